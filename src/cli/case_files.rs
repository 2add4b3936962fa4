//! Cases and the files beside them, told apart by their names: `ID.toml` is a case, `ID.outcome.toml` what came of it,
//! `ID.expect.toml` what the rules are expected to say of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Failure;
use super::load::{files_below, read_text};

/// How the name of an outcome ends, after the id of its case.
const OUTCOME: &str = "outcome.toml";
/// How the name of a file of expectations ends.
pub(super) const EXPECTATIONS: &str = "expect.toml";

/// What a file is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A case.
    Case,
    /// What came of a case.
    Outcome,
    /// What is expected of a case.
    Expectations,
}

/// A case with the files beside it that are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CaseFiles {
    /// The case; it may not be there where only a file beside it is.
    pub(super) case: PathBuf,
    /// What came of it.
    pub(super) outcome: Option<PathBuf>,
    /// What is expected of it.
    pub(super) expectations: Option<PathBuf>,
}

/// What a file is, and the case that it belongs to.
pub(super) fn kind(path: &Path) -> (Kind, PathBuf) {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    for (ending, kind) in [(OUTCOME, Kind::Outcome), (EXPECTATIONS, Kind::Expectations)] {
        let Some(id) = name.strip_suffix(ending).and_then(|start| start.strip_suffix('.')) else {
            continue;
        };
        let case = |extension: &str| path.with_file_name(format!("{id}.{extension}"));
        let (toml, json) = (case("toml"), case("json"));
        return (kind, if json.is_file() && !toml.is_file() { json } else { toml });
    }
    (Kind::Case, path.to_owned())
}

/// The cases that paths name: files, which must be readable, with what
/// stands beside them, and folders with all that is below them. A file beside a
/// case brings its case along.
pub(super) fn case_files(paths: &[PathBuf]) -> Result<Vec<CaseFiles>, Failure> {
    let mut found = BTreeMap::new();
    for path in paths {
        if path.is_dir() {
            let files = files_below(path)?;
            for file in files.iter().filter(|file| is_data(file)) {
                add(&mut found, file);
            }
            continue;
        }
        read_text(path)?;
        add(&mut found, path);
        if kind(path).0 == Kind::Case {
            let beside = [OUTCOME, EXPECTATIONS].map(|ending| path.with_extension(ending));
            for file in beside.iter().filter(|file| file.is_file()) {
                add(&mut found, file);
            }
        }
    }
    Ok(found.into_values().collect())
}

fn add(found: &mut BTreeMap<PathBuf, CaseFiles>, file: &Path) {
    let (kind, case) = kind(file);
    let files =
        found.entry(case.clone()).or_insert(CaseFiles { case, outcome: None, expectations: None });
    match kind {
        Kind::Case => {}
        Kind::Outcome => files.outcome = Some(file.to_owned()),
        Kind::Expectations => files.expectations = Some(file.to_owned()),
    }
}

fn is_data(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "toml" || extension == "json")
}
