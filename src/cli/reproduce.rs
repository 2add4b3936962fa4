//! `convener reproduce`: the results of a receipt worked out again, with every difference named and explained.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use tracing::info;

use crate::diagnostic::nearest::did_you_mean;
use crate::receipt::{Receipt, compare};
use crate::report::Options;
use crate::report::receipt::{read, reproduction_json, reproduction_text};

use super::case_files::case_files;
use super::load::read_text;
use super::receipt::{Wanted, work_out};
use super::snapshot::folder_of;
use super::{Failure, Outcome, Shared, terminal};

/// What `reproduce` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Ends with exit code 0 where everything is the same, byte for byte, and with 1 where something differs; with --accept-explained only where nothing that the result rests on explains it.\n\nExamples:\n  convener reproduce orangi-1984.json\n  convener reproduce baseline.json --accept-explained      fails only at what nothing explains\n  convener reproduce baseline.json --pack my-pack --all    with other rules\n  convener reproduce baseline.json --cases elsewhere       with cases that lie elsewhere\n\ndocs/receipts.md tells what counts as an explanation."
)]
pub(super) struct Arguments {
    /// The receipt, as `convener snapshot` writes it.
    receipt: PathBuf,
    /// Files or folders to take the cases from, by the names of their files; without it, where the receipt says.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    cases: Vec<PathBuf>,
    /// End with 0 also where something differs, as long as it is explained.
    #[arg(long)]
    accept_explained: bool,
    /// Show everything.
    #[arg(long)]
    all: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
}

/// Works results out again and compares.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let path = &arguments.receipt;
    let receipt = read(&read_text(path)?)
        .map_err(|problem| Failure(format!("{}: {problem}", path.display())))?;
    let base = folder_of(path);
    let folders: Vec<PathBuf> = receipt.folders.iter().map(|folder| base.join(folder)).collect();
    let packs = if shared.packs.is_empty() { &folders } else { &shared.packs };
    let cases = cases(arguments, &receipt, base)?;
    let wanted = Wanted {
        base,
        packs,
        cases: &cases,
        when: receipt.when.clone(),
        sources: &receipt.sources,
        evidence: receipt.evidence,
    };
    let Some((now, kb)) = work_out(&wanted, shared)? else { return Ok(Outcome::Refused) };
    all_there(&receipt, &now)?;
    let found = compare(&receipt, &now, &kb);
    info!(same = found.is_same(), explained = found.is_explained(), "compared the results");
    let options = Options {
        all: arguments.all,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
        ..Options::default()
    };
    terminal::show(&match arguments.format {
        Form::Text => reproduction_text(&found, &path.display().to_string(), &options),
        Form::Json => reproduction_json(&found),
    })?;
    let accepted = found.is_same() || (arguments.accept_explained && found.is_explained());
    Ok(if accepted { Outcome::Done } else { Outcome::Findings })
}

/// The case files: where the receipt says, or those of the same names among others.
fn cases(arguments: &Arguments, receipt: &Receipt, base: &Path) -> Result<Vec<PathBuf>, Failure> {
    let pinned = receipt.cases.values();
    if arguments.cases.is_empty() {
        let paths: Vec<PathBuf> = pinned.map(|case| base.join(&case.file)).collect();
        let lost = paths.iter().find(|path| !path.is_file());
        return match lost {
            None => Ok(paths),
            Some(path) => Err(Failure(format!(
                "the receipt pins {}, and there is no such file\nhelp: say with --cases where the cases lie now",
                path.display()
            ))),
        };
    }
    let mut known: BTreeMap<String, PathBuf> = BTreeMap::new();
    for files in case_files(&arguments.cases)? {
        known.insert(name(&files.case), files.case);
    }
    let found = pinned.map(|case| {
        let own = name(Path::new(&case.file));
        known.get(&own).cloned().ok_or_else(|| {
            let near = did_you_mean(&own, known.keys().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!("\nhelp: {near}"));
            Failure(format!("--cases: no file `{own}` is there, which the receipt pins{near}"))
        })
    });
    found.collect()
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Fails where a file now tells of another case.
fn all_there(receipt: &Receipt, now: &Receipt) -> Result<(), Failure> {
    let lost = receipt.cases.iter().find(|(id, _)| !now.cases.contains_key(*id));
    match lost {
        None => Ok(()),
        Some((id, case)) => Err(Failure(format!(
            "{} is the case `{id}` no more, which the receipt pins",
            case.file
        ))),
    }
}
