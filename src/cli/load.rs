//! Files and folders to texts, and texts to a knowledge base or a case. Reports on standard error what is wrong with them.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use tracing::{debug, info};

use crate::case::expected::Expectations;
use crate::case::outcome::Outcome;
use crate::case::{self, Beside, Case, Format};
use crate::compile;
use crate::diagnostic::nearest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, code, render};
use crate::engine::Limit;
use crate::knowledge::KnowledgeBase;
use crate::pack::{self, Pack, PackText};
use crate::source::{SourceId, SourceMap, Span};
use crate::syntax::Wanted;

use super::case_files::{CaseFiles, Kind, kind};
use super::statements::STATEMENTS;
use super::terminal::{colours_complaints, complain_drawn};
use super::{Failure, Shared};

/// The pack that comes with the program.
pub(super) static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// Largest file that is read, in bytes: 8 MiB.
const LARGEST_FILE: u64 = 8 << 20;

/// Texts read and problems found in one run.
#[derive(Debug, Default)]
pub(super) struct Loader {
    /// The texts.
    pub(super) sources: SourceMap,
    /// The problems.
    pub(super) diagnostics: Diagnostics,
    /// Whether the pack that comes with the program is among those in use.
    pub(super) built_in: bool,
}

impl Loader {
    /// Writes all problems to standard error; true where one of them stops the run.
    pub(super) fn report(&self, shared: &Shared) -> bool {
        let colour = colours_complaints(shared.colour);
        complain_drawn(&render::render(&self.diagnostics, &self.sources, colour));
        self.diagnostics.has_errors()
    }

    /// The same for whoever only uses the packs: what is wrong with their rules is said; their examples, and what could
    /// be better, are left to `check` and `test`.
    pub(super) fn knowledge_in_use(
        &mut self,
        folders: &[PathBuf],
    ) -> Result<Option<KnowledgeBase>, Failure> {
        let knowledge = self.compiled(folders, Wanted::WithoutExamples)?;
        self.diagnostics.keep_errors();
        Ok(knowledge)
    }

    /// The knowledge base of the packs named on the command line, laid over the built-in pack where they extend it;
    /// of the built-in pack where none is named.
    pub(super) fn knowledge(
        &mut self,
        folders: &[PathBuf],
    ) -> Result<Option<KnowledgeBase>, Failure> {
        self.compiled(folders, Wanted::Whole)
    }

    fn compiled(
        &mut self,
        folders: &[PathBuf],
        wanted: Wanted,
    ) -> Result<Option<KnowledgeBase>, Failure> {
        let Some(packs) = self.packs(folders, wanted)? else { return Ok(None) };
        let knowledge = compile::compile(&packs, &mut self.diagnostics);
        if let Some(knowledge) = &knowledge {
            let (rules, examples) = (knowledge.rules.len(), knowledge.examples.len());
            info!(rules, examples, "compiled the rules");
        }
        Ok(knowledge)
    }

    /// The same packs, and their trees with it.
    pub(super) fn knowledge_and_packs(
        &mut self,
        folders: &[PathBuf],
    ) -> Result<Option<(KnowledgeBase, Vec<Pack>)>, Failure> {
        let Some(packs) = self.packs(folders, Wanted::Whole)? else { return Ok(None) };
        let knowledge = compile::compile(&packs, &mut self.diagnostics);
        self.diagnostics.keep_errors();
        Ok(knowledge.map(|knowledge| (knowledge, packs)))
    }

    /// The packs in the order in which they are laid over each other.
    fn packs(&mut self, folders: &[PathBuf], wanted: Wanted) -> Result<Option<Vec<Pack>>, Failure> {
        // Its texts come first, as it lies below the others: what stands twice is said of the later place.
        let built_in = self.built_in();
        let mut packs = Vec::new();
        for folder in folders {
            let text = self.pack_folder(folder)?;
            packs.extend(pack::read(&text, &self.sources, wanted, &mut self.diagnostics));
        }
        if packs.len() < folders.len() {
            return Ok(None);
        }
        if folders.is_empty() || packs.iter().any(|pack| wants_built_in(pack, &packs)) {
            let Some(pack) = pack::read(&built_in, &self.sources, wanted, &mut self.diagnostics)
            else {
                return Ok(None);
            };
            packs.insert(0, pack);
            self.built_in = true;
        }
        let Some(packs) = pack::order(packs, &mut self.diagnostics) else {
            return Ok(None);
        };
        for pack in &packs {
            info!(pack = pack.id, version = pack.version, files = pack.files.len(), "read a pack");
        }
        Ok(Some(packs))
    }

    fn built_in(&mut self) -> PackText {
        let files = BUILT_IN
            .files()
            .filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
            .filter(|(name, _)| belongs_to_pack(name))
            .map(|(name, text)| (name.to_owned(), self.sources.add(format!("rules/{name}"), text)))
            .collect();
        PackText { name: "rules".to_owned(), files }
    }

    /// The files of a pack's folder.
    fn pack_folder(&mut self, folder: &Path) -> Result<PackText, Failure> {
        if folder.is_dir() && !folder.join("pack.toml").is_file() {
            return Err(Failure(format!(
                "{} is no pack: it has no `pack.toml`\nhelp: docs/language.md shows what stands in it",
                folder.display()
            )));
        }
        let mut files = Vec::new();
        let mut paths = files_below(folder)?;
        // The manifest and the index come first: what the rules may name depends on them.
        paths.sort_by_key(|path| !has_extension(path, "toml"));
        for path in paths {
            let Some(name) = path.strip_prefix(folder).ok().and_then(|name| name.to_str()) else {
                return Err(Failure(format!(
                    "the name of {} is not readable text",
                    path.display()
                )));
            };
            if belongs_to_pack(name) {
                let text = read_text(&path)?;
                let name = name.replace('\\', "/");
                files.push((name, self.sources.add(path.display().to_string(), text)));
            }
        }
        Ok(PackText { name: folder.display().to_string(), files })
    }

    /// A case file, read against what the packs know.
    pub(super) fn case(
        &mut self,
        path: &Path,
        knowledge: &KnowledgeBase,
    ) -> Result<Option<Case>, Failure> {
        if let (kind @ (Kind::Outcome | Kind::Expectations), case) = kind(path) {
            let what = if kind == Kind::Outcome { "came of" } else { "is expected of" };
            return Err(Failure(format!(
                "{} tells what {what} a case\nhelp: name the case itself: {}",
                path.display(),
                case.display()
            )));
        }
        let text = read_text(path)?;
        let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let format = if json { Format::Json } else { Format::Toml };
        let source = self.sources.add(path.display().to_string(), text.clone());
        let case = case::read(source, &text, format, knowledge, &mut self.diagnostics);
        if let Some(case) = &case {
            info!(case = case.id, events = case.events.len(), "read a case");
        }
        Ok(case)
    }

    /// What came of a case, read against it; none where the case could not be read.
    pub(super) fn outcome(
        &mut self,
        path: &Path,
        case: Option<&Case>,
        knowledge: &KnowledgeBase,
    ) -> Result<Option<Outcome>, Failure> {
        let text = read_text(path)?;
        let source = self.sources.add(path.display().to_string(), text.clone());
        let Some(case) = case else { return Ok(None) };
        let beside = Beside { source, text: &text, case, knowledge };
        Ok(case::outcome::read(beside, &mut self.diagnostics))
    }

    /// What is expected of a case, read against it; none where the case could not be read.
    pub(super) fn expectations(
        &mut self,
        path: &Path,
        case: Option<&Case>,
        knowledge: &KnowledgeBase,
    ) -> Result<Option<Expectations>, Failure> {
        let text = read_text(path)?;
        let source = self.sources.add(path.display().to_string(), text.clone());
        let Some(case) = case else { return Ok(None) };
        let beside = Beside { source, text: &text, case, knowledge };
        Ok(case::expected::read(beside, &mut self.diagnostics))
    }

    /// The case of some files; where there is none, that is a problem of each file beside it.
    pub(super) fn case_of(
        &mut self,
        files: &CaseFiles,
        knowledge: &KnowledgeBase,
    ) -> Result<Option<Case>, Failure> {
        let beside: Vec<&PathBuf> = files.outcome.iter().chain(&files.expectations).collect();
        if files.case.is_file() || beside.is_empty() {
            return self.case(&files.case, knowledge);
        }
        for path in beside {
            let source = self.sources.add(path.display().to_string(), read_text(path)?);
            let at = Span { source, start: 0, end: 0 };
            let message = format!("there is no case `{}` beside this", files.case.display());
            self.diagnostics.push(
                Diagnostic::new(code::beside::NO_CASE, at, message)
                    .help("name this file after its case, and put both into one folder"),
            );
        }
        Ok(None)
    }

    /// The text of a file, and how it is written.
    pub(super) fn text(&mut self, path: &Path) -> Result<(SourceId, String, Format), Failure> {
        let text = read_text(path)?;
        let json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let format = if json { Format::Json } else { Format::Toml };
        Ok((self.sources.add(path.display().to_string(), text.clone()), text, format))
    }
}

/// Whether a pack extends one that is not among those named.
fn wants_built_in(pack: &Pack, named: &[Pack]) -> bool {
    pack.extends.as_ref().is_some_and(|id| named.iter().all(|other| other.id != *id))
}

fn belongs_to_pack(name: &str) -> bool {
    let extension = Path::new(name).extension();
    name != STATEMENTS
        && extension.is_some_and(|extension| extension == "rules" || extension == "toml")
}

/// All files below a folder, sorted; an error names the folder that cannot be read.
pub(super) fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder).map_err(|error| {
        Failure(format!("cannot read the folder {}: {}", folder.display(), plain(&error)))
    })?;
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| {
            Failure(format!("cannot read the folder {}: {}", folder.display(), plain(&error)))
        })?;
        let kind = entry.file_type().map_err(|error| {
            Failure(format!("cannot read {}: {}", entry.path().display(), plain(&error)))
        })?;
        if kind.is_dir() {
            files.extend(files_below(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
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
        if path.file_name().is_some_and(|name| name == "pack.toml") {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            return Err(Failure(format!(
                "{} belongs to a pack, and a pack is named by its folder\nhelp: name the folder: convener check {}",
                path.display(),
                folder.unwrap_or(Path::new(".")).display()
            )));
        }
        return Ok(false);
    }
    Ok(path.join("pack.toml").is_file()
        || files_below(path)?.iter().any(|file| has_extension(file, "rules")))
}

fn has_extension(file: &Path, wanted: &str) -> bool {
    file.extension().is_some_and(|extension| extension == wanted)
}

/// The text of a file: at most 8 MiB, UTF-8.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let cannot = |error: &std::io::Error| {
        let near = near_file(path).filter(|_| error.kind() == std::io::ErrorKind::NotFound);
        let help = near.map_or_else(String::new, |near| format!("\nhelp: did you mean `{near}`?"));
        Failure(format!("cannot read {name}: {}{help}", plain(error)))
    };
    let metadata = std::fs::metadata(path).map_err(|error| cannot(&error))?;
    if metadata.is_dir() {
        return Err(Failure(format!(
            "cannot read {name}: it is a folder, and a file is wanted here"
        )));
    }
    if metadata.len() > LARGEST_FILE {
        return Err(Failure(format!(
            "{name} has {} bytes, which is over the limit of 8 MiB ({LARGEST_FILE} bytes) for one file",
            metadata.len()
        )));
    }
    debug!(file = %name, bytes = metadata.len(), "read a file");
    let bytes = std::fs::read(path).map_err(|error| cannot(&error))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map_or(bytes.clone(), <[u8]>::to_vec);
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        Failure(format!(
            "{name}:{line}: the file is not UTF-8 text (byte {at} fits no character)\nhelp: save it as UTF-8"
        ))
    })
}

/// The file in the same folder that is called most like this one, its ending apart.
fn near_file(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| has_extension(file, "toml") || has_extension(file, "json"));
    files.sort();
    let stem = |file: &Path| Some(file.file_stem()?.to_str()?.to_owned());
    let wanted = stem(path)?;
    let stems: Vec<String> = files.iter().filter_map(|file| stem(file)).collect();
    let near = stems.iter().find(|other| **other == wanted).cloned();
    let near =
        near.or_else(|| nearest(&wanted, stems.iter().map(String::as_str)).map(str::to_owned))?;
    let file = files.iter().find(|file| stem(file).as_ref() == Some(&near))?;
    let name = file.file_name()?;
    Some(
        folder
            .map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
            .display()
            .to_string(),
    )
}

/// An error of the system in its own words, without its number.
pub(super) fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission was denied".to_owned(),
        std::io::ErrorKind::NotADirectory => "it is a file, and a folder is wanted here".to_owned(),
        _ => error.to_string(),
    }
}

/// What to say where the engine ran out.
pub(super) fn limit_failure(limit: &Limit) -> Failure {
    Failure(match limit {
        Limit::Words(limit) => format!(
            "gave up: the case and the rules together need more than the limit of {limit} steps of work"
        ),
        Limit::HeldWords(limit) => format!(
            "gave up: the case and the rules together need more than the limit of {} MiB of memory",
            limit / (1 << 17)
        ),
    })
}
