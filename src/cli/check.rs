//! `convener check`: what is wrong with packs and case files.

use std::path::PathBuf;

use super::load::{Loader, case_files, is_pack};
use super::{Failure, Outcome, Shared, terminal};

/// What `check` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener check rules              a pack\n  convener check cases              all case files of a folder\n  convener check --pack local cases/orangi.toml\n\nEvery problem has a page: docs/diagnostics/CODE.md."
)]
pub(super) struct Arguments {
    /// Packs (folders with a `pack.toml`), case files, or folders of case files. Without any, the packs in use are checked.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Checks everything named, in one run.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut packs = Vec::new();
    let mut others = Vec::new();
    for path in &arguments.paths {
        if is_pack(path)? {
            packs.push(path.clone());
        } else {
            others.push(path.clone());
        }
    }
    let mut loader = Loader::default();
    let mut in_use = shared.packs.clone();
    in_use.extend(packs);
    let Some(knowledge) = loader.knowledge(&in_use)? else {
        loader.report(shared);
        return Ok(Outcome::Findings);
    };
    let mut cases = 0;
    for path in others.iter().map(|path| case_files(path)).collect::<Result<Vec<_>, _>>()?.concat()
    {
        loader.case(&path, &knowledge.vocabulary)?;
        cases += 1;
    }
    if loader.report(shared) {
        return Ok(Outcome::Findings);
    }
    let examples = terminal::counted(knowledge.examples.len(), "example");
    let facts =
        knowledge.vocabulary.attributes.iter().filter(|attribute| attribute.span.is_some()).count()
            + knowledge.vocabulary.relations.len();
    let facts = terminal::counted(facts, "fact");
    let rules = terminal::counted(knowledge.rules.len(), "rule");
    let cases =
        if cases == 0 { String::new() } else { format!("; {}", terminal::counted(cases, "case")) };
    terminal::show(&format!("{rules}, {facts}, {examples}{cases}: no errors\n"))?;
    Ok(Outcome::Done)
}
