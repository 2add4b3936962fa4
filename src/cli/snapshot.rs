//! `convener snapshot`: what the advice on cases is, and all that it rests on, written down as a receipt.

use std::path::{Path, PathBuf};

use crate::facts::Evidence;
use crate::receipt::When;
use crate::report::receipt::{SCHEMA, write};

use super::look::Firmness;
use super::receipt::{Wanted, work_out};
use super::{Failure, Outcome, Shared, terminal};

/// What `snapshot` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener snapshot cases/orangi.toml --at 1984 --to orangi-1984.json   one result\n  convener snapshot cases --every-moment --to baseline.json              all that there is, as a baseline\n  convener reproduce baseline.json                                       is it still so?\n\nPaths are written as seen from the folder of the receipt.\n\ndocs/receipts.md tells what stands in it."
)]
pub(super) struct Arguments {
    /// Case files, or folders of case files.
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<PathBuf>,
    /// Look at the cases at this year, month, day or event; without it, at their ends.
    #[arg(long, value_name = "DATE|EVENT", conflicts_with = "every_moment")]
    at: Option<String>,
    /// Look at the cases at every moment at which they tell of something.
    #[arg(long)]
    every_moment: bool,
    /// Use only facts from this source; repeat it for several. Every case has to list it.
    #[arg(long = "source", value_name = "ID")]
    sources: Vec<String>,
    /// Use only facts at least as well founded as this.
    #[arg(long, value_enum)]
    evidence: Option<Firmness>,
    /// The file to write; without it, the receipt is printed, with paths as seen from here.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

/// Writes a receipt.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let folder = arguments.to.as_deref().map_or(Path::new("."), folder_of);
    let wanted = Wanted {
        base: folder,
        packs: &shared.packs,
        cases: &arguments.cases,
        when: match &arguments.at {
            Some(at) => When::At(at.clone()),
            None if arguments.every_moment => When::Every,
            None => When::End,
        },
        sources: &arguments.sources.iter().cloned().collect(),
        evidence: arguments.evidence.map(Evidence::from),
    };
    let Some((receipt, _)) = work_out(&wanted, shared)? else { return Ok(Outcome::Refused) };
    let text = write(&receipt);
    let Some(path) = &arguments.to else {
        terminal::show(&text)?;
        return Ok(Outcome::Done);
    };
    replaces_a_receipt(path)?;
    std::fs::write(path, text)
        .map_err(|error| Failure(format!("cannot write {}: {error}", path.display())))?;
    let results: usize = receipt.cases.values().map(|case| case.results.len()).sum();
    terminal::show_safe(&format!(
        "{}: {} of {}\n",
        path.display(),
        terminal::counted(results, "result"),
        terminal::counted(receipt.cases.len(), "case")
    ))?;
    Ok(Outcome::Done)
}

/// Fails where something stands there already that is no receipt: a case or a rule file is easily named by mistake.
fn replaces_a_receipt(path: &Path) -> Result<(), Failure> {
    let Ok(there) = std::fs::read_to_string(path) else { return Ok(()) };
    if there.trim().is_empty() || there.contains(SCHEMA) {
        return Ok(());
    }
    Err(Failure(format!(
        "--to: {} is there already, and is no receipt\nhelp: name a file that is not there yet",
        path.display()
    )))
}

/// The folder that a file stands in.
pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
