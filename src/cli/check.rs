//! `convener check`: what is wrong with packs and case files.

use std::path::{Path, PathBuf};

use super::load::{Loader, files_below};
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

/// Whether a folder is a pack, or would be one if it had its `pack.toml`.
pub(super) fn is_pack(path: &Path) -> Result<bool, Failure> {
    if !path.is_dir() {
        if has_extension(path, "rules") {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new(".")).display();
            return Err(Failure(format!(
                "{} is a rule file, and rules are checked as a whole pack\nhelp: name its folder: convener check {folder}",
                path.display()
            )));
        }
        return Ok(false);
    }
    Ok(path.join("pack.toml").is_file()
        || files_below(path)?.iter().any(|file| has_extension(file, "rules")))
}

/// A case file, or those of a folder; files of outcomes are not cases.
pub(super) fn case_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = files_below(path)?;
    files.retain(|file| {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("");
        !name.ends_with(".outcome.toml")
            && (has_extension(file, "toml") || has_extension(file, "json"))
    });
    Ok(files)
}

fn has_extension(file: &Path, wanted: &str) -> bool {
    file.extension().is_some_and(|extension| extension == wanted)
}
