//! `convener check`: what is wrong with packs, case files and the files beside them.

use std::path::{Path, PathBuf};

use crate::case::Case;
use crate::knowledge::KnowledgeBase;

use super::case_files::{CaseFiles, case_files};
use super::load::{Loader, is_pack};
use super::{Failure, Outcome, Shared, terminal};

/// What `check` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener check rules              a pack\n  convener check cases              all cases of a folder, with their outcomes and expectations\n  convener check --pack local cases/orangi.toml\n\nEvery problem has a page: docs/diagnostics/CODE.md."
)]
pub(super) struct Arguments {
    /// Packs (folders with a `pack.toml`), case files and files beside them, or folders of these. Without any, the packs in
    /// use are checked.
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
    let files = case_files(&others)?;
    let mut unnamed = Vec::new();
    for files in &files {
        unnamed.extend(check_case(&mut loader, files, &knowledge)?);
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
    terminal::show(&format!("{rules}, {facts}, {examples}{}: no errors\n", counts(&files)))?;
    for hint in unnamed {
        terminal::show(&hint)?;
    }
    Ok(Outcome::Done)
}

/// Checks a case with the files beside it. Says which of its rows advice has to call by their ids.
fn check_case(
    loader: &mut Loader,
    files: &CaseFiles,
    knowledge: &KnowledgeBase,
) -> Result<Option<String>, Failure> {
    let case = loader.case_of(files, knowledge)?;
    if let Some(path) = &files.outcome {
        loader.outcome(path, case.as_ref(), knowledge)?;
    }
    if let Some(path) = &files.expectations {
        loader.expectations(path, case.as_ref(), knowledge)?;
    }
    Ok(case.and_then(|case| unnamed(&files.case, &case)))
}

fn unnamed(path: &Path, case: &Case) -> Option<String> {
    let rows = case.rows.iter().filter(|row| !row.named);
    let ids: Vec<&str> = rows.map(|row| row.id.as_str()).take(MOST_UNNAMED + 1).collect();
    let more = if ids.len() > MOST_UNNAMED { " and others" } else { "" };
    let ids = ids.get(..MOST_UNNAMED.min(ids.len()))?.join(", ");
    (!ids.is_empty()).then(|| {
        format!("hint: {}: without a `name`, advice uses the id of {ids}{more}\n", path.display())
    })
}

/// `; 2 cases, 1 outcome, 1 file of expectations`.
fn counts(files: &[CaseFiles]) -> String {
    let outcomes = files.iter().filter(|files| files.outcome.is_some()).count();
    let expected = files.iter().filter(|files| files.expectations.is_some()).count();
    let expected_files = if expected == 1 { "file" } else { "files" };
    let mut counts = Vec::new();
    if !files.is_empty() {
        counts.push(terminal::counted(files.len(), "case"));
    }
    if outcomes > 0 {
        counts.push(terminal::counted(outcomes, "outcome"));
    }
    if expected > 0 {
        counts.push(format!("{expected} {expected_files} of expectations"));
    }
    if counts.is_empty() { String::new() } else { format!("; {}", counts.join(", ")) }
}

/// So many rows without a name are listed.
const MOST_UNNAMED: usize = 8;
