//! The archive of past cases: a folder that is named, or else the cases that come with the program, for the rules that come
//! with it. What came of the cases is read only once the rules have spoken.

use std::path::PathBuf;

use include_dir::{Dir, include_dir};
use tracing::info;

use crate::case::outcome::{self, Outcome as CameOf};
use crate::case::{self, Beside, Case, Format};
use crate::diagnostic::Diagnostics;
use crate::engine::Limits;
use crate::facts::Evidence;
use crate::knowledge::KnowledgeBase;
use crate::precedent::{Archive, Told};
use crate::source::SourceMap;

use super::case_files::{CaseFiles, case_files};
use super::load::{Loader, limit_failure};
use super::look::Look;
use super::{Failure, Shared};

/// The cases that come with the program.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/cases");

/// Which archive.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Archived {
    /// A folder of past cases to compare with; without it, the cases that come with the program, unless other rules take
    /// the place of its own.
    #[arg(long, value_name = "DIR")]
    pub(super) archive: Option<PathBuf>,
}

/// An archive that was read: its cases, with where it is told what came of each.
#[derive(Default)]
pub(super) struct Read {
    /// A loader of its own: what is wrong in an archive is no fault of the case.
    loader: Loader,
    cases: Vec<Case>,
    outcomes: Vec<Option<Text>>,
}

/// Where it is told what came of a case.
enum Text {
    File(PathBuf),
    BuiltIn(&'static str),
}

/// The past of a case, and what was read for it.
pub(super) struct Past {
    pub(super) archive: Archive,
    pub(super) told: Told,
    loader: Loader,
}

/// Reads the cases of the archive; none where other rules are in use and no archive was named.
pub(super) fn read(
    archived: &Archived,
    built_in_rules: bool,
    knowledge: &KnowledgeBase,
) -> Result<Option<Read>, Failure> {
    match &archived.archive {
        Some(folder) => named(folder, knowledge).map(Some),
        None => Ok(built_in_rules.then(|| built_in(knowledge))),
    }
}

impl Read {
    /// The past of a case: what the rules said of the others, and only then what came of them.
    pub(super) fn past(mut self, seen: &Look) -> Result<Past, Failure> {
        let knowledge = &seen.knowledge;
        let filter = seen.heading.filtered.as_ref();
        let evidence: Option<Evidence> = filter.and_then(|filtered| filtered.filter.evidence);
        let of = (&seen.case, &seen.moment);
        let archive =
            Archive::new((knowledge, &seen.plan), of, &self.cases, evidence, Limits::default())
                .map_err(|limit| limit_failure(&limit))?;
        let outcomes = self.hear(knowledge)?;
        let told = Told::new(&archive, &outcomes);
        Ok(Past { archive, told, loader: self.loader })
    }

    /// What came of the cases.
    fn hear(&mut self, knowledge: &KnowledgeBase) -> Result<Vec<Option<CameOf>>, Failure> {
        let mut outcomes = Vec::new();
        for (case, text) in self.cases.iter().zip(&self.outcomes) {
            outcomes.push(match text {
                None => None,
                Some(Text::File(path)) => self.loader.outcome(path, Some(case), knowledge)?,
                Some(Text::BuiltIn(text)) => {
                    let (mut sources, mut diagnostics) =
                        (SourceMap::default(), Diagnostics::default());
                    let source = sources.add(format!("cases/{}.outcome.toml", case.id), *text);
                    let beside = Beside { source, text, case, knowledge };
                    outcome::read(beside, &mut diagnostics)
                }
            });
        }
        Ok(outcomes)
    }
}

impl Past {
    /// Writes what is wrong in the archive to standard error; true where that stops the run.
    pub(super) fn report(&mut self, shared: &Shared) -> bool {
        self.loader.diagnostics.keep_errors();
        info!(past = self.archive.looked().past, "looked through the archive");
        self.loader.report(shared)
    }
}

/// Does one thing here and another on a second thread meanwhile. Neither sees anything of the other.
pub(super) fn meanwhile<A, B: Send>(
    here: impl FnOnce() -> A,
    there: impl FnOnce() -> Result<B, Failure> + Send,
) -> (A, Result<B, Failure>) {
    std::thread::scope(|scope| {
        let there = scope.spawn(there);
        let here = here();
        let broken = || Err(Failure("the archive could not be looked through".to_owned()));
        (here, there.join().unwrap_or_else(|_| broken()))
    })
}

/// The cases of a folder.
fn named(folder: &PathBuf, knowledge: &KnowledgeBase) -> Result<Read, Failure> {
    if !folder.is_dir() {
        return Err(Failure(format!(
            "--archive: {} is no folder\nhelp: name the folder that holds the past cases",
            folder.display()
        )));
    }
    let files: Vec<CaseFiles> = case_files(std::slice::from_ref(folder))?;
    let mut read = Read::default();
    for files in files {
        if let Some(case) = read.loader.case_of(&files, knowledge)? {
            read.cases.push(case);
            read.outcomes.push(files.outcome.map(Text::File));
        }
    }
    Ok(read)
}

/// The cases that come with the program. One that does not fit the rules in use, which a pack may change, is left out.
fn built_in(knowledge: &KnowledgeBase) -> Read {
    let mut read = Read::default();
    let files = BUILT_IN.files().filter_map(|file| {
        let name = file.path().to_str()?.strip_suffix(".toml")?;
        (!name.contains('.')).then_some((name, file.contents_utf8()?))
    });
    for (name, text) in files {
        let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
        let source = sources.add(format!("cases/{name}.toml"), text);
        let case = case::read(source, text, Format::Toml, knowledge, &mut diagnostics);
        if let Some(case) = case.filter(|_| !diagnostics.has_errors()) {
            read.cases.push(case);
            let outcome = BUILT_IN.get_file(format!("{name}.outcome.toml"));
            read.outcomes.push(outcome.and_then(|file| file.contents_utf8()).map(Text::BuiltIn));
        }
    }
    read
}
