//! `convener compare`: two people's codings of one case, side by side.

use std::path::{Path, PathBuf};

use tracing::info;

use crate::coding::compare_codings;
use crate::engine::{Limits, Plan};
use crate::report::coding::{Compared, json, markdown, text};
use crate::report::{Heading, Options};

use super::case_files::case_files;
use super::load::{Loader, limit_failure};
use super::look::{Format, heading};
use super::{Failure, Outcome, Shared, terminal};

/// What `compare` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Two people write down the same case without seeing each other's file. This says how far they agree, and which advice hangs on where they do not. Where an outcome stands beside the first file (`orangi.outcome.toml` for `orangi.toml`), verdicts are compared as well.\n\nExamples:\n  convener compare cases/orangi.toml coders/second/orangi.toml\n  convener compare first.toml second.toml --format json\n\ndocs/evaluation.md tells how agreement is counted."
)]
pub(super) struct Arguments {
    /// The case as the first person coded it.
    first: PathBuf,
    /// The same case as the second person coded it.
    second: PathBuf,
    /// Show everything.
    #[arg(long)]
    all: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Compares two codings of one case.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge_in_use(&shared.packs)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let first = loader.case(&arguments.first, &knowledge)?;
    let second = loader.case(&arguments.second, &knowledge)?;
    let beside = case_files(std::slice::from_ref(&arguments.first))?;
    let beside = beside.into_iter().find_map(|files| files.outcome);
    let outcome =
        beside.map(|path| loader.outcome(&path, first.as_ref(), &knowledge)).transpose()?.flatten();
    if loader.report(shared) {
        return Ok(Outcome::Refused);
    }
    let (Some(first), Some(second)) = (first, second) else { return Ok(Outcome::Refused) };
    let plan = Plan::new(&knowledge);
    let cases = [&first, &second];
    let coding = compare_codings((&knowledge, &plan), cases, outcome.as_ref(), Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    info!(moments = coding.moments.len(), facts = coding.facts.len(), "compared the codings");
    let files: [&Path; 2] = [&arguments.first, &arguments.second];
    let [one, other] = [0, 1].map(|at| {
        let (case, file) = (cases.get(at).copied().unwrap_or(&first), files.get(at));
        let name = file.map_or_else(String::new, |file| file.display().to_string());
        Heading { id: name, ..heading(case, &case.end()) }
    });
    let compared = Compared { coding: &coding, headings: [&one, &other] };
    let options = Options {
        all: arguments.all,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
        ..Options::default()
    };
    terminal::show(&match arguments.format {
        Format::Text => text(compared, &options),
        Format::Markdown => markdown(compared, &options),
        Format::Json => json(compared),
    })?;
    Ok(Outcome::Done)
}
