//! A view on a TOML table that knows where everything stands and says what is wrong with it in an author's words.
//! Leaves to others which keys there are and what they mean.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::code::pack::{
    INVALID_PACK_TOML, MISSING_PACK_KEY, UNKNOWN_PACK_KEY, WRONG_PACK_TYPE,
};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{SourceId, Span};

use super::Text;

/// A table with its place and how its author calls it: `[pack]`.
#[derive(Debug, Clone)]
pub(super) struct Table<'t> {
    pub(super) title: String,
    pub(super) span: Span,
    entries: &'t DeTable<'t>,
}

/// A key of a table with its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) key_span: Span,
    value: &'t DeValue<'t>,
    pub(super) span: Span,
}

/// Parses a text; what is not TOML is reported and left out.
pub(super) fn parse<'t>(text: &Text<'t>, diagnostics: &mut Diagnostics) -> Spanned<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text.content);
    for error in errors {
        let span = error.span().map_or(text.start(), |range| span(text.id, range));
        diagnostics.push(
            Diagnostic::new(
                INVALID_PACK_TOML,
                span,
                format!("`{}` cannot be read as TOML", text.name),
            )
            .label(plain(error.message())),
        );
    }
    table
}

/// What the reader of TOML says, in plainer words where it is a common slip.
fn plain(message: &str) -> String {
    const PLAINER: [(&str, &str); 4] = [
        ("must be quoted", "a text stands in double quotes"),
        ("invalid basic string", "a text ends with a double quote, on the same line"),
        ("duplicate key", "this key stands there already"),
        ("key with no value", "a key is followed by `=` and a value"),
    ];
    let known = PLAINER.iter().find(|(slip, _)| message.contains(slip));
    known.map_or_else(|| message.replace('\n', " ").to_lowercase(), |(_, said)| (*said).to_owned())
}

fn span(source: SourceId, range: std::ops::Range<usize>) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { source, start: byte(range.start), end: byte(range.end) }
}

impl<'t> Table<'t> {
    /// The whole file as a table; `title` is the file's name.
    pub(super) fn root(text: &Text<'_>, table: &'t Spanned<DeTable<'t>>) -> Table<'t> {
        Table { title: text.name.to_owned(), span: text.start(), entries: table.get_ref() }
    }

    /// Its entries in the order of their keys.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'t>> {
        let source = self.span.source;
        let mut list: Vec<Entry<'t>> = self
            .entries
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref(),
                key_span: span(source, key.span()),
                value: value.get_ref(),
                span: span(source, value.span()),
            })
            .collect();
        list.sort_by_key(|entry| entry.key);
        list.into_iter()
    }

    /// The entry with this key.
    pub(super) fn find(&self, key: &str) -> Option<Entry<'t>> {
        self.entries().find(|entry| entry.key == key)
    }

    /// The text with this key; reported where it is there and no text.
    pub(super) fn text(
        &self,
        key: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<(&'t str, Entry<'t>)> {
        let entry = self.find(key)?;
        entry.text(diagnostics).map(|text| (text, entry))
    }

    /// The text with this key; reported where it is not there or empty.
    pub(super) fn required(
        &self,
        key: &str,
        example: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<(&'t str, Entry<'t>)> {
        if self.find(key).is_none() {
            diagnostics.push(
                Diagnostic::new(
                    MISSING_PACK_KEY,
                    self.span,
                    format!("`{key}` is missing in `{}`", self.title),
                )
                .help(format!("add a line such as `{key} = {example}`")),
            );
        }
        let (text, entry) = self.text(key, diagnostics)?;
        if text.trim().is_empty() {
            diagnostics.push(
                Diagnostic::new(MISSING_PACK_KEY, entry.span, format!("`{key}` says nothing"))
                    .help(format!("write for example `{key} = {example}`")),
            );
            return None;
        }
        Some((text, entry))
    }

    /// Reports every key that is not one of these.
    pub(super) fn refuse_unknown(&self, known: &[&str], diagnostics: &mut Diagnostics) {
        for entry in self.entries().filter(|entry| !known.contains(&entry.key)) {
            diagnostics.push(
                Diagnostic::new(
                    UNKNOWN_PACK_KEY,
                    entry.key_span,
                    format!("`{}` has no key `{}`", self.title, entry.key),
                )
                .help(
                    did_you_mean(entry.key, known.iter().copied()).unwrap_or_else(|| {
                        let list: Vec<String> =
                            known.iter().map(|known| format!("`{known}`")).collect();
                        format!("there may be {}", list.join(", "))
                    }),
                ),
            );
        }
    }
}

impl<'t> Entry<'t> {
    /// Its value as a text; reported where it is none.
    pub(super) fn text(&self, diagnostics: &mut Diagnostics) -> Option<&'t str> {
        let text = self.value.as_str();
        if text.is_none() {
            diagnostics.push(self.wrong("a text in quotes"));
        }
        text
    }

    /// Its value as a table; reported where it is none.
    pub(super) fn table(&self, title: String, diagnostics: &mut Diagnostics) -> Option<Table<'t>> {
        let entries = self.value.as_table();
        if entries.is_none() {
            diagnostics.push(self.wrong("a table"));
        }
        Some(Table { title, span: self.key_span, entries: entries? })
    }

    /// Whether its value is a table.
    pub(super) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    fn wrong(&self, wanted: &str) -> Diagnostic {
        let found = match self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let diagnostic =
            Diagnostic::new(WRONG_PACK_TYPE, self.span, format!("`{}` must be {wanted}", self.key))
                .label(format!("this is {found}"));
        if wanted.starts_with("a text") && !self.is_table() && !self.value.is_array() {
            return diagnostic.help("put the value in double quotes");
        }
        diagnostic
    }
}
