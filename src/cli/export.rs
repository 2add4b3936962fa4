//! `convener export`: packs and cases as a program for an independent solver.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::case::{self, Case, Filter};
use crate::export::{self, Seen, Unfit};

use super::case_files::case_files;
use super::load::Loader;
use super::{Failure, Outcome, Shared, terminal};

/// What `export` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener export cases/orangi.toml --to clingo | clingo\n  convener export cases --to clingo > cases.lp\n\nclingo is an answer set solver; docs/clingo.md says how to get it and how to read the program."
)]
pub(super) struct Arguments {
    /// Case files, in TOML or (named `*.json`) JSON, and folders of them.
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<PathBuf>,
    /// For which solver.
    #[arg(long, value_enum)]
    to: Solver,
    /// Look at the cases at this year, month, day or event; without it, at their ends.
    #[arg(long, value_name = "DATE|EVENT")]
    at: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Solver {
    Clingo,
}

/// Writes the program.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let Solver::Clingo = arguments.to;
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge_in_use(&shared.packs)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let files = case_files(&arguments.cases)?;
    let paths: Vec<PathBuf> = files.into_iter().map(|files| files.case).collect();
    let mut cases = Vec::new();
    for path in &paths {
        cases.push(loader.case(path, &knowledge)?);
    }
    loader.report(shared);
    let Some(cases) = cases.into_iter().collect::<Option<Vec<Case>>>() else {
        return Ok(Outcome::Refused);
    };
    distinct(&cases, &paths)?;
    let mut facts = Vec::new();
    for (case, path) in cases.iter().zip(&paths) {
        let moment = match &arguments.at {
            None => case.end(),
            Some(at) => case
                .moment(at)
                .map_err(|problem| Failure(format!("{}: --at: {problem}", path.display())))?,
        };
        facts.push(case::facts(case, &knowledge.vocabulary, &moment, &Filter::default()));
    }
    let seen: Vec<Seen<'_>> = cases
        .iter()
        .zip(&facts)
        .map(|(case, facts)| Seen { id: &case.id, title: &case.title, facts })
        .collect();
    let program = export::clingo(&knowledge, &loader.sources, &seen);
    let program = program.map_err(|unfit| refusal(&unfit, &loader))?;
    terminal::show(&program)?;
    Ok(Outcome::Done)
}

/// Refuses two cases of one id: their conclusions could not be told apart.
fn distinct(cases: &[Case], paths: &[PathBuf]) -> Result<(), Failure> {
    let mut known: BTreeMap<&str, &Path> = BTreeMap::new();
    for (case, path) in cases.iter().zip(paths) {
        if let Some(first) = known.insert(&case.id, path) {
            return Err(Failure(format!(
                "{} and {} both have the id `{}`, and conclusions go by the ids of cases\nhelp: export them one by one",
                first.display(),
                path.display(),
                case.id
            )));
        }
    }
    Ok(())
}

fn refusal(unfit: &Unfit, loader: &Loader) -> Failure {
    let place = unfit.span.map_or_else(String::new, |span| {
        let (file, position) = loader.sources.locate(span);
        format!("{file}:{}:{}: ", position.line, position.column)
    });
    Failure(format!("{place}`{}` cannot be exported: {}", unfit.fact, unfit.why))
}
