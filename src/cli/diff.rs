//! `convener diff`: two packs compared, on their items, on cases and on made-up cases.

use std::path::{Path, PathBuf};

use tracing::info;

use crate::case;
use crate::diagnostic::Diagnostics;
use crate::diff::{CaseText, Refused, Settings, Side, diff};
use crate::engine::Limits;
use crate::knowledge::KnowledgeBase;
use crate::pack::Pack;
use crate::report::Options;
use crate::report::diff::{Around, json, markdown, text};
use crate::source::SourceId;

use super::case_files::case_files;
use super::load::{Loader, limit_failure};
use super::look::Format;
use super::{Failure, Outcome, Shared, terminal};

/// What the built-in pack is called where a pack is named.
const BUILT_IN: &str = "built-in";
/// The folder of cases that is taken where none is named.
const CASES: &str = "cases";
/// Problems that are shown of a case that a pack cannot read; `check` shows all.
const SHOWN: usize = 2;

/// What `diff` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "OLD and NEW are folders of packs, or `built-in`. A pack that extends another is laid over it first, so `diff built-in DIR` shows what a pack of your own changes.\n\nExamples:\n  convener diff built-in rules                      has anything changed in the folder?\n  convener diff built-in my-pack cases --all        what my pack changes, in full\n  convener diff old-rules rules --expect-same       end with 1 where anything comes out otherwise\n  convener diff old-rules rules --made-up           also a made-up case for every change\n\nTo compare with an earlier state of a folder that git keeps, put that beside it first:\n  git worktree add ../before HEAD~5\n  convener diff ../before/rules rules\n\ndocs/diff.md tells how it is worked out and what it cannot show."
)]
pub(super) struct Arguments {
    /// The pack as it was: a folder, or `built-in`.
    old: PathBuf,
    /// The pack as it is now.
    new: PathBuf,
    /// Case files, or folders of case files; the folder `cases` where none is named and there is one.
    #[arg(value_name = "CASE")]
    cases: Vec<PathBuf>,
    /// End with exit code 1 where anything comes out otherwise.
    #[arg(long)]
    expect_same: bool,
    /// Make up a case for every item that differs, also for those whose difference the cases show.
    #[arg(long)]
    made_up: bool,
    /// Show everything.
    #[arg(long)]
    all: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Compares two packs.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let old = pack(&mut loader, &arguments.old, shared)?;
    let new = pack(&mut loader, &arguments.new, shared)?;
    let (Some(old), Some(new)) = (old, new) else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let texts = texts(&mut loader, &arguments.cases)?;
    let cases: Vec<CaseText<'_>> = texts
        .iter()
        .map(|(name, source, text, format)| CaseText {
            name,
            source: *source,
            text,
            format: *format,
        })
        .collect();
    let sides = [&old, &new].map(|(kb, packs)| Side { packs, kb });
    let settings = Settings { always: arguments.made_up, ..Settings::default() };
    let found = diff(sides, &loader.sources, &cases, settings, Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    info!(items = found.items.len(), changes = found.changes.len(), "compared the packs");
    let mut problems = Diagnostics::default();
    let shown = |one: &Refused| one.problems.clone().into_iter().take(SHOWN);
    problems.extend(found.refused.iter().flat_map(shown));
    loader.diagnostics = problems;
    loader.report(shared);
    let options = Options {
        all: arguments.all,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
        ..Options::default()
    };
    let names = [&arguments.old, &arguments.new].map(|path| path.display().to_string());
    let around = Around { names: names.each_ref().map(String::as_str), sources: &loader.sources };
    terminal::show(&match arguments.format {
        Format::Text => text(&found, around, &options),
        Format::Markdown => markdown(&found, around, &options),
        Format::Json => json(&found, around),
    })?;
    let findings = !found.refused.is_empty() || (arguments.expect_same && found.is_change());
    Ok(if findings { Outcome::Findings } else { Outcome::Done })
}

/// A pack by its folder or as the built-in one, over the packs that every command takes.
fn pack(
    loader: &mut Loader,
    path: &Path,
    shared: &Shared,
) -> Result<Option<(KnowledgeBase, Vec<Pack>)>, Failure> {
    let mut folders = shared.packs.clone();
    if path != Path::new(BUILT_IN) {
        if !path.exists() {
            return Err(Failure(format!(
                "there is no pack {}\nhelp: name the folder that holds its `pack.toml`, or write `{BUILT_IN}` for the pack that comes with the program",
                path.display()
            )));
        }
        folders.push(path.to_owned());
    }
    loader.knowledge_and_packs(&folders)
}

/// The texts of cases; `cases` where none is named and that is a folder.
fn texts(
    loader: &mut Loader,
    paths: &[PathBuf],
) -> Result<Vec<(String, SourceId, String, case::Format)>, Failure> {
    let usual = [PathBuf::from(CASES)];
    let paths = if paths.is_empty() && usual[0].is_dir() { &usual[..] } else { paths };
    let mut texts = Vec::new();
    for path in paths {
        let files = case_files(std::slice::from_ref(path))?;
        if files.is_empty() {
            return Err(Failure(format!("there are no case files below {}", path.display())));
        }
        for files in files {
            let (source, text, format) = loader.text(&files.case)?;
            texts.push((files.case.display().to_string(), source, text, format));
        }
    }
    Ok(texts)
}
