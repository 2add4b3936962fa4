//! `convener fmt`: rule files in their canonical form.

use std::path::PathBuf;

use crate::syntax;

use super::load::{files_below, read_text};
use super::{Failure, Outcome, terminal};

/// What `fmt` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: convener fmt --check rules")]
pub(super) struct Arguments {
    /// Rule files, or folders whose rule files are meant.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing; name the files that are not in canonical form and end with exit code 1.
    #[arg(long)]
    check: bool,
}

/// Formats, or says what is not formatted.
pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    for path in rule_files(&arguments.paths)? {
        let text = read_text(&path)?;
        let Some(formatted) = syntax::format(&text) else {
            terminal::complain(&format!(
                "error: {} is left as it is: it has errors, which `convener check` names",
                path.display()
            ));
            outcome = Outcome::Refused;
            continue;
        };
        if formatted == text {
            continue;
        }
        if arguments.check {
            terminal::show(&format!("{} is not in canonical form\n", path.display()))?;
            if outcome == Outcome::Done {
                outcome = Outcome::Findings;
            }
        } else {
            std::fs::write(&path, formatted)
                .map_err(|error| Failure(format!("cannot write {}: {error}", path.display())))?;
            terminal::show(&format!("formatted {}\n", path.display()))?;
        }
    }
    Ok(outcome)
}

fn rule_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut below = files_below(path)?;
            below.retain(|file| file.extension().is_some_and(|extension| extension == "rules"));
            files.append(&mut below);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}
