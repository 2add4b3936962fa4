//! The source index: the passages that rules may cite, with where each stands in its source, in words.
//! They stand in the manifest or in a file of their own; each id is listed once in a pack.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::code::pack::{
    DUPLICATE_PASSAGE, INVALID_PASSAGE_ID, MISSING_PACK_KEY, NO_INDEX_FILE,
};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;

use super::table::{self, Entry, Table};
use super::{Passage, Text, extension};

/// The passages found so far.
#[derive(Debug)]
pub(super) struct Index<'a> {
    texts: &'a BTreeMap<&'a str, Text<'a>>,
    passages: BTreeMap<String, Passage>,
    files: BTreeSet<String>,
}

impl<'a> Index<'a> {
    /// No passages yet; files are looked up among `texts`.
    pub(super) fn new(texts: &'a BTreeMap<&'a str, Text<'a>>) -> Index<'a> {
        Index { texts, passages: BTreeMap::new(), files: BTreeSet::new() }
    }

    /// The passages by id, and the names of the files that they were read from.
    pub(super) fn finish(self) -> (Vec<Passage>, BTreeSet<String>) {
        (self.passages.into_values().collect(), self.files)
    }

    /// Reads the passages of a source from a file of the pack.
    pub(super) fn read_file(
        &mut self,
        source: &str,
        file: &str,
        place: Span,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(text) = self.texts.get(file) else {
            let known = self.texts.keys().copied().filter(|name| extension(name) == "toml");
            diagnostics.push(
                Diagnostic::new(NO_INDEX_FILE, place, format!("the pack has no file `{file}`"))
                    .help(
                        "name a `.toml` file of the pack's folder, or leave `index` out and list \
                         the passages here",
                    )
                    .maybe_help(did_you_mean(file, known)),
            );
            return;
        };
        self.files.insert(file.to_owned());
        let parsed = table::parse(text, diagnostics);
        let root = Table::root(text, &parsed);
        root.refuse_unknown(&["passages"], diagnostics);
        match root.find("passages") {
            Some(entry) => {
                if let Some(table) = entry.table("[passages]".to_owned(), diagnostics) {
                    self.read_table(source, &table, diagnostics);
                }
            }
            None => diagnostics.push(
                Diagnostic::new(MISSING_PACK_KEY, root.span, format!("`{file}` lists no passages"))
                    .help("begin it with `[passages]`, then one line for each passage"),
            ),
        }
    }

    /// Reads the passages of a source from a table.
    pub(super) fn read_table(
        &mut self,
        source: &str,
        table: &Table<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        for entry in table.entries() {
            if !is_citation(entry.key) || entry.is_table() {
                diagnostics.push(not_a_passage(&entry));
                continue;
            }
            let Some(place) = entry.text(diagnostics) else { continue };
            if place.trim().is_empty() {
                diagnostics.push(
                    Diagnostic::new(
                        MISSING_PACK_KEY,
                        entry.span,
                        format!("nothing says where `{}` stands", entry.key),
                    )
                    .help("say it in words, such as \"Chapter 3, on permits\""),
                );
            }
            if let Some(first) = self.passages.get(entry.key) {
                diagnostics.push(
                    Diagnostic::new(
                        DUPLICATE_PASSAGE,
                        entry.key_span,
                        format!("the passage `{}` is listed twice", entry.key),
                    )
                    .related(first.span, "it is listed here already"),
                );
                continue;
            }
            let passage = Passage {
                id: entry.key.to_owned(),
                source: source.to_owned(),
                place: place.to_owned(),
                span: entry.key_span,
            };
            self.passages.insert(passage.id.clone(), passage);
        }
    }
}

fn not_a_passage(entry: &Entry<'_>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        INVALID_PASSAGE_ID,
        entry.key_span,
        format!("`{}` cannot be the id of a passage", entry.key),
    );
    if entry.is_table() {
        return diagnostic.label("without quotes, a dot divides tables").help(
            "put the whole id in quotes: `\"s2.convener-credible\" = \"Stage 2, on conveners\"`",
        );
    }
    diagnostic.help(
        "an id is made of small letters, digits and dashes, with dots between its parts: \
         `s2.convener-credible`",
    )
}

/// Whether this is an id that `cites` can name.
fn is_citation(id: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphanumeric())
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
    };
    id.starts_with(|first: char| first.is_ascii_lowercase()) && id.split('.').all(part)
}
