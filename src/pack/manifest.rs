//! The manifest `pack.toml`: what the pack is called, what it is laid over, which sources it cites.
//! Leaves the passages of a source to the index.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::code::pack::{
    INVALID_PACK_ID, MISSING_PACK_KEY, NO_MANIFEST, UNKNOWN_LANGUAGE, UNKNOWN_SOURCE_EVIDENCE,
};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{SourceId, Span};

use super::index::Index;
use super::table::{self, Entry, Table};
use super::{MANIFEST, PackText, Passage, Reference, Text};

/// Versions of the rules language that can be read.
const LANGUAGES: &[&str] = &[super::LANGUAGE];

/// What a manifest says, as far as it could be read.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) version: Option<String>,
    pub(super) extends: Option<String>,
    pub(super) references: Vec<Reference>,
    pub(super) passages: Vec<Passage>,
    /// Names of the files that list passages.
    pub(super) indexes: BTreeSet<String>,
    pub(super) span: Span,
}

/// Reads the manifest and what it points to; nothing where there is none.
pub(super) fn read(
    pack: &PackText,
    texts: &BTreeMap<&str, Text<'_>>,
    diagnostics: &mut Diagnostics,
) -> Option<Manifest> {
    let Some(text) = texts.get(MANIFEST) else {
        if !pack.files.iter().any(|(name, _)| name == MANIFEST) {
            diagnostics.push(no_manifest(pack));
        }
        return None;
    };
    let parsed = table::parse(text, diagnostics);
    let root = Table::root(text, &parsed);
    root.refuse_unknown(&["pack", "sources"], diagnostics);
    let mut manifest = Manifest {
        id: None,
        title: None,
        version: None,
        extends: None,
        references: Vec::new(),
        passages: Vec::new(),
        indexes: BTreeSet::new(),
        span: root.span,
    };
    match root.find("pack") {
        Some(entry) => {
            if let Some(table) = entry.table("[pack]".to_owned(), diagnostics) {
                read_identity(&table, &mut manifest, diagnostics);
            }
        }
        None => diagnostics.push(
            Diagnostic::new(
                MISSING_PACK_KEY,
                root.span,
                format!("`{MANIFEST}` does not say which pack this is"),
            )
            .help("begin it with `[pack]` and lines for `id`, `title`, `version` and `language`"),
        ),
    }
    let sources =
        root.find("sources").and_then(|entry| entry.table("[sources]".to_owned(), diagnostics));
    let mut index = Index::new(texts);
    for entry in sources.iter().flat_map(Table::entries) {
        read_source(&entry, &mut manifest, &mut index, diagnostics);
    }
    (manifest.passages, manifest.indexes) = index.finish();
    Some(manifest)
}

fn no_manifest(pack: &PackText) -> Diagnostic {
    let source = pack.files.iter().min().map_or(SourceId(u32::MAX), |(_, id)| *id);
    let names = pack.files.iter().map(|(name, _)| name.as_str());
    Diagnostic::new(
        NO_MANIFEST,
        Span { source, start: 0, end: 0 },
        format!("the pack `{}` has no `{MANIFEST}`", pack.name),
    )
    .help("add it, with `[pack]` and lines for `id`, `title`, `version` and `language = \"1\"`")
    .maybe_help(did_you_mean(MANIFEST, names).map(|_| format!("name the file `{MANIFEST}`")))
}

fn read_identity(table: &Table<'_>, manifest: &mut Manifest, diagnostics: &mut Diagnostics) {
    table.refuse_unknown(&["id", "title", "version", "language", "extends"], diagnostics);
    manifest.span = table.span;
    if let Some((id, entry)) = table.required("id", "\"partnerships-kenya\"", diagnostics) {
        manifest.id = checked_id(id, entry.span, diagnostics);
        manifest.span = entry.span;
    }
    let title = table.required("title", "\"Partnerships in Kenya\"", diagnostics);
    manifest.title = title.map(|(title, _)| title.to_owned());
    let version = table.required("version", "\"2026-01\"", diagnostics);
    manifest.version = version.map(|(version, _)| version.to_owned());
    if let Some((base, entry)) = table.text("extends", diagnostics) {
        manifest.extends = checked_id(base, entry.span, diagnostics);
    }
    let language = table.required("language", "\"1\"", diagnostics);
    if let Some((version, entry)) = language.filter(|(version, _)| !LANGUAGES.contains(version)) {
        diagnostics.push(
            Diagnostic::new(
                UNKNOWN_LANGUAGE,
                entry.span,
                format!("version `{version}` of the rules language is not known here"),
            )
            .help("this program reads version `1`: write `language = \"1\"`"),
        );
    }
}

fn checked_id(id: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<String> {
    let sound = id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
    if !sound {
        diagnostics
            .push(Diagnostic::new(INVALID_PACK_ID, span, format!("`{id}` cannot be an id")).help(
            "an id begins with a small letter and goes on with small letters, digits and dashes",
        ));
    }
    sound.then(|| id.to_owned())
}

fn read_source(
    entry: &Entry<'_>,
    manifest: &mut Manifest,
    index: &mut Index<'_>,
    diagnostics: &mut Diagnostics,
) {
    let id = checked_id(entry.key, entry.key_span, diagnostics);
    let title = format!("[sources.{}]", entry.key);
    let Some(table) = entry.table(title, diagnostics) else { return };
    table.refuse_unknown(&["title", "evidence", "index", "passages"], diagnostics);
    let title = table.required("title", "\"Guide to partnering, 1997\"", diagnostics);
    let evidence = table.text("evidence", diagnostics);
    if let Some((word, entry)) = evidence {
        check_evidence(word, entry.span, diagnostics);
    }
    if let Some((file, place)) = table.text("index", diagnostics) {
        index.read_file(entry.key, file, place.span, diagnostics);
    }
    if let Some(passages) = table.find("passages") {
        let title = format!("[sources.{}.passages]", entry.key);
        if let Some(passages) = passages.table(title, diagnostics) {
            index.read_table(entry.key, &passages, diagnostics);
        }
    }
    if let (Some(id), Some((title, _))) = (id, title) {
        let evidence = evidence.map(|(word, _)| word.to_owned());
        manifest.references.push(Reference { id, title: title.to_owned(), evidence });
    }
}

fn check_evidence(word: &str, span: Span, diagnostics: &mut Diagnostics) {
    const KNOWN: [&str; 3] = ["documented", "reported", "assumed"];
    if !KNOWN.contains(&word) {
        diagnostics.push(
            Diagnostic::new(
                UNKNOWN_SOURCE_EVIDENCE,
                span,
                format!("`{word}` does not say how well a source is founded"),
            )
            .help("write `documented`, `reported` or `assumed`")
            .maybe_help(did_you_mean(word, KNOWN)),
        );
    }
}
