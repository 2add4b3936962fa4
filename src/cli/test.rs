//! `convener test`: the examples of a pack, run.

use std::path::PathBuf;

use tracing::info;

use crate::engine::Limits;
use crate::trial;

use super::load::{Loader, limit_failure};
use super::{Failure, Outcome, Shared, terminal};

/// What `test` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: convener test rules")]
pub(super) struct Arguments {
    /// Packs whose examples to run; without any, those of the packs in use.
    #[arg(value_name = "PACK")]
    folders: Vec<PathBuf>,
}

/// Runs all examples and reports those that come out otherwise.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let mut in_use = shared.packs.clone();
    in_use.extend(arguments.folders.iter().cloned());
    let Some(knowledge) = loader.knowledge(&in_use)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let met = trial::run(&knowledge, Limits::default(), &mut loader.diagnostics)
        .map_err(|limit| limit_failure(&limit))?;
    info!(met, "ran the examples");
    loader.report(shared);
    let total = knowledge.examples.len();
    let examples = terminal::counted(total, "example");
    let missed = total - met;
    if missed == 0 {
        terminal::show(&format!("{examples}, all as expected\n"))?;
        return Ok(Outcome::Done);
    }
    terminal::show(&format!("{examples}, {missed} not as expected\n"))?;
    Ok(Outcome::Findings)
}
