//! One small tree with places for TOML and JSON alike, so that nothing after it knows which of the two was written.
//! Knows no vocabulary; says what is not TOML or JSON at all, and finds keys that stand twice.

mod json;
mod toml;

use crate::diagnostic::{Diagnostic, code};
use crate::source::{SourceId, Span};

use super::Format;
use super::words::quoted;

/// Most bytes of a case file.
pub(super) const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Most levels of tables and lists inside each other.
pub(super) const MAX_DEPTH: usize = 64;
/// Most faults of form that are told at once.
const MAX_FAULTS: usize = 20;

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) value: Value,
}

/// A value as written.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    /// A number in decimal digits.
    Number(String),
    Truth(bool),
    /// A whole day, as `1985-06-30`.
    Day(String),
    /// A day with a time, or a time alone.
    Time,
    Nothing,
    List(Vec<Node>),
    Table(Table),
}

impl Value {
    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Number(_) => "a number",
            Value::Truth(_) => "true or false",
            Value::Day(_) => "a date",
            Value::Time => "a time",
            Value::Nothing => "null",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Keys with values, in the order in which they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: Span,
    pub(super) node: Node,
}

impl Table {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Makes a table of entries in the order of their places; says which keys stand twice and keeps the first.
    fn new(mut entries: Vec<Entry>, faults: &mut Vec<Diagnostic>) -> Table {
        entries.sort_by_key(|entry| entry.at);
        let mut seen = std::collections::BTreeMap::new();
        entries.retain(|entry| {
            let Some(first) = seen.insert(entry.key.clone(), entry.at) else {
                return true;
            };
            seen.insert(entry.key.clone(), first);
            if faults.len() < MAX_FAULTS {
                faults.push(repeated(&entry.key, entry.at).related(first, "first here"));
            }
            false
        });
        Table { entries }
    }
}

fn repeated(key: &str, at: Span) -> Diagnostic {
    Diagnostic::new(code::case::REPEATED_KEY, at, format!("{} stands twice", quoted(key)))
        .label("again here")
        .help("keep one of the two")
}

/// Reads a text that begins with a heading into a tree. Where the form is broken it says so, and there is no tree.
pub(super) fn parse(
    source: SourceId,
    text: &str,
    format: Format,
    heading: &str,
) -> Result<Table, Vec<Diagnostic>> {
    let whole = Place { source, text };
    if text.len() > MAX_BYTES {
        return Err(vec![
            Diagnostic::new(
                code::case::CASE_TOO_LARGE,
                whole.span(0, 0),
                "the file is larger than 8 MiB",
            )
            .help("a case is told in a few hundred lines; split the file"),
        ]);
    }
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(vec![
            Diagnostic::new(code::case::EMPTY_CASE, whole.span(0, 0), "the file is empty")
                .help(format!("begin with the heading `[{heading}]`")),
        ]);
    }
    match format {
        Format::Toml => toml::parse(whole),
        Format::Json => json::parse(whole),
    }
}

/// A text and its id, to make places in it.
#[derive(Clone, Copy)]
struct Place<'a> {
    source: SourceId,
    text: &'a str,
}

impl Place<'_> {
    /// A place, moved outwards to whole characters and into the text.
    fn span(self, start: usize, end: usize) -> Span {
        let start = self.text.floor_char_boundary(start);
        let end = self.text.ceil_char_boundary(end.max(start).min(self.text.len()));
        Span { source: self.source, start: number(start), end: number(end) }
    }

    /// The fault of nesting too deeply.
    fn too_deep(self, start: usize, end: usize) -> Diagnostic {
        Diagnostic::new(
            code::case::CASE_TOO_LARGE,
            self.span(start, end),
            format!("tables and lists stand more than {MAX_DEPTH} levels inside each other"),
        )
        .help("a case file needs no more than six levels")
    }

    /// A fault of form.
    fn malformed(self, start: usize, end: usize, message: String) -> Diagnostic {
        Diagnostic::new(code::case::MALFORMED_CASE, self.span(start, end), message)
    }
}

fn number(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
