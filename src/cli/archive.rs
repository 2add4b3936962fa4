//! The archive of past cases: a folder that is named, or else the cases that come with the program, for the rules that come
//! with it. What came of the cases is read only once the rules have spoken.

use std::collections::BTreeSet;
use std::path::PathBuf;

use include_dir::{Dir, include_dir};
use tracing::info;

use crate::advice;
use crate::case::outcome::{self, Outcome as CameOf};
use crate::case::{self, Beside, Case, Format};
use crate::diagnostic::Diagnostics;
use crate::engine::{Limits, Model};
use crate::facts::Evidence;
use crate::knowledge::{KnowledgeBase, RuleId};
use crate::precedent::{Archive, Told};
use crate::proof::View;
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

/// What is known of the past of a case.
pub(super) struct Past {
    pub(super) archive: Archive,
    pub(super) told: Told,
}

/// Of which past cases it is asked what came of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// Of all.
    All,
    /// Of those that share advice with the case looked at.
    Alike,
}

/// The cases of an archive, with where it is told what came of each.
struct Read {
    cases: Vec<Case>,
    outcomes: Vec<Option<Text>>,
}

/// Where it is told what came of a case.
enum Text {
    File(PathBuf),
    BuiltIn(&'static str),
}

/// The past of a case; none where a case of a named archive has errors, which are reported, or there is no archive at all.
pub(super) fn past(
    loader: &Loader,
    archived: &Archived,
    seen: &Look,
    (model, heard): (&Model, Heard),
    shared: &Shared,
) -> Result<Found, Failure> {
    let knowledge = &seen.knowledge;
    // A loader of its own: what is wrong in the archive is no fault of the case.
    let mut own = Loader::default();
    let read = match &archived.archive {
        Some(folder) => named(&mut own, folder, knowledge)?,
        None if loader.built_in => built_in(knowledge),
        None => return Ok(Found::NoArchive),
    };
    own.diagnostics.keep_errors();
    if own.report(shared) {
        return Ok(Found::Refused);
    }
    let filter = seen.heading.filtered.as_ref();
    let evidence: Option<Evidence> = filter.and_then(|filtered| filtered.filter.evidence);
    let of = (&seen.case, &seen.moment);
    let archive =
        Archive::new((knowledge, &seen.plan), of, &read.cases, evidence, Limits::default())
            .map_err(|limit| limit_failure(&limit))?;
    let view = View { kb: knowledge, facts: &seen.facts, model };
    let mine: BTreeSet<RuleId> = advice::given(view).iter().map(|one| one.rule).collect();
    let wanted = match heard {
        Heard::All => (0..read.cases.len()).collect(),
        Heard::Alike => archive.shares(&mine),
    };
    let outcomes = hear(&mut own, &read, &wanted, knowledge)?;
    own.diagnostics.keep_errors();
    if own.report(shared) {
        return Ok(Found::Refused);
    }
    info!(past = archive.looked().past, heard = wanted.len(), "looked through the archive");
    let told = Told::new(&archive, &outcomes);
    Ok(Found::Past(Box::new(Past { archive, told })))
}

/// What comes of looking for the past.
pub(super) enum Found {
    /// An archive.
    Past(Box<Past>),
    /// Other rules are in use, and no archive was named.
    NoArchive,
    /// A case of the archive that was named has errors, which are reported.
    Refused,
}

/// The cases of a folder.
fn named(own: &mut Loader, folder: &PathBuf, knowledge: &KnowledgeBase) -> Result<Read, Failure> {
    if !folder.is_dir() {
        return Err(Failure(format!(
            "--archive: {} is no folder\nhelp: name the folder that holds the past cases",
            folder.display()
        )));
    }
    let files: Vec<CaseFiles> = case_files(std::slice::from_ref(folder))?;
    let mut read = Read { cases: Vec::new(), outcomes: Vec::new() };
    for files in files {
        if let Some(case) = own.case_of(&files, knowledge)? {
            read.cases.push(case);
            read.outcomes.push(files.outcome.map(Text::File));
        }
    }
    Ok(read)
}

/// The cases that come with the program. One that does not fit the rules in use, which a pack may change, is left out.
fn built_in(knowledge: &KnowledgeBase) -> Read {
    let mut read = Read { cases: Vec::new(), outcomes: Vec::new() };
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

/// What came of those cases of which it is asked.
fn hear(
    own: &mut Loader,
    read: &Read,
    wanted: &[usize],
    knowledge: &KnowledgeBase,
) -> Result<Vec<Option<CameOf>>, Failure> {
    let mut outcomes = Vec::new();
    for (place, (case, text)) in read.cases.iter().zip(&read.outcomes).enumerate() {
        outcomes.push(match text {
            _ if !wanted.contains(&place) => None,
            None => None,
            Some(Text::File(path)) => own.outcome(path, Some(case), knowledge)?,
            Some(Text::BuiltIn(text)) => {
                let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
                let source = sources.add(format!("cases/{}.outcome.toml", case.id), *text);
                let beside = Beside { source, text, case, knowledge };
                outcome::read(beside, &mut diagnostics)
            }
        });
    }
    Ok(outcomes)
}
