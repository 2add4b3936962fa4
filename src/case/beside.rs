//! What the files beside a case share, its outcome and its expectations: a heading that names the case, tables in double
//! brackets, and the ids of the case to check them by.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::knowledge::{EntityId, EntityKind, KnowledgeBase};
use crate::source::{SourceId, Span};

use super::document::{self, Entry, Node, Table, Value};
use super::read::Reader;
use super::words::quoted;
use super::{Case, Format, action};

/// A text in TOML beside a case.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// Its id.
    pub source: SourceId,
    /// What stands in it.
    pub text: &'a str,
    /// The case that it stands beside.
    pub case: &'a Case,
    /// What the packs know.
    pub knowledge: &'a KnowledgeBase,
}

impl<'a> Beside<'a> {
    /// Reads the text, which begins with a heading, with `content`. Where there are errors nothing comes of it.
    pub(super) fn read<T>(
        self,
        heading: &str,
        diagnostics: &mut Diagnostics,
        content: impl FnOnce(&mut Reader<'a>, &Table) -> T,
    ) -> Option<T> {
        let (read, problems) = match document::parse(self.source, self.text, Format::Toml, heading)
        {
            Ok(document) => {
                let mut reader = self.reader();
                let read = content(&mut reader, &document);
                let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
                reader.finish(read, Span { source: self.source, start: end, end })
            }
            Err(problems) => (None, problems),
        };
        for problem in problems {
            diagnostics.push(problem);
        }
        read
    }

    /// A reader that knows the ids of the case.
    fn reader(self) -> Reader<'a> {
        let mut reader = Reader::new(self.knowledge);
        for (index, entity) in self.knowledge.vocabulary.entities.iter().enumerate() {
            if entity.kind == EntityKind::Many {
                reader.rows.insert(EntityId(index), BTreeMap::new());
            }
        }
        for row in &self.case.rows {
            reader.rows.entry(row.entity).or_default().insert(row.id.clone(), row.clone());
        }
        let sources = self.case.sources.iter();
        reader.sources = sources.map(|source| (source.id.clone(), source.clone())).collect();
        let events = self.case.events.iter();
        reader.events = events.map(|event| (event.id.clone(), event.span)).collect();
        reader
    }

    /// The table under the first heading, which has to name the case.
    pub(super) fn header<'n>(
        self,
        reader: &mut Reader<'_>,
        document: &'n Table,
        heading: &str,
        keys: &[&str],
    ) -> Option<&'n Table> {
        let Some(entry) = document.get(heading) else {
            let at = Span { source: self.source, start: 0, end: 0 };
            let message = format!("there is no `[{heading}]` table");
            reader.problem(
                Diagnostic::new(code::case::MISSING_KEY, at, message)
                    .help(format!("begin with `[{heading}]`, then {}", self.line())),
            );
            return None;
        };
        let table = reader.table(entry, &format!("`[{heading}]`, then {}", self.line()))?;
        reader.only(table, &format!("`[{heading}]`"), keys);
        match table.get("case") {
            None => reader.problem(
                Diagnostic::new(
                    code::case::MISSING_KEY,
                    entry.at,
                    "this does not say of which case",
                )
                .help(format!("add {}", self.line())),
            ),
            Some(entry) => self.names_it(reader, entry),
        }
        Some(table)
    }

    fn names_it(self, reader: &mut Reader<'_>, entry: &Entry) {
        let Some(id) = reader.text(entry).filter(|id| *id != self.case.id) else { return };
        let (own, other) = (quoted(&self.case.id), quoted(id));
        let message = format!("this is of the case {other}, and the case beside it is {own}");
        reader.problem(
            Diagnostic::new(code::beside::OTHER_CASE, entry.node.span, message)
                .help(format!("write {}, or name this file after its own case", self.line())),
        );
    }

    fn line(self) -> String {
        format!("`case = \"{}\"`", self.case.id)
    }
}

/// The tables under a heading in double brackets, with the place of each.
pub(super) fn tables<'n>(
    reader: &mut Reader<'_>,
    document: &'n Table,
    heading: &str,
) -> Vec<(&'n Table, Span)> {
    let Some(entry) = document.get(heading) else { return Vec::new() };
    let Value::List(items) = &entry.node.value else {
        let help = format!("each has a heading with two brackets: `[[{heading}]]`");
        reader.wrong(&entry.node, &quoted(heading), "a list of tables", Some(help));
        return Vec::new();
    };
    let mut tables = Vec::new();
    for item in items {
        if let Value::Table(table) = &item.value {
            tables.push((table, item.span));
        } else {
            let what = format!("an entry of `{heading}`");
            reader.wrong(item, &what, "a table", Some(format!("write `[[{heading}]]`")));
        }
    }
    tables
}

/// The rows that `for` names: one id, or a list of them.
pub(super) fn rows(reader: &mut Reader<'_>, table: &Table) -> Vec<(EntityId, String)> {
    let Some(entry) = table.get("for") else { return Vec::new() };
    let mut rows: Vec<(EntityId, String)> = Vec::new();
    for (id, at) in texts(reader, entry, "`for = [\"some-id\"]`") {
        rows.extend(action::row(reader, id, at));
    }
    rows.sort();
    rows.dedup();
    rows
}

/// The texts in an entry, one or a list of them, each with its place.
pub(super) fn texts<'n>(
    reader: &mut Reader<'_>,
    entry: &'n Entry,
    form: &str,
) -> Vec<(&'n str, Span)> {
    let items: &[Node] = match &entry.node.value {
        Value::Text(_) => std::slice::from_ref(&entry.node),
        _ => reader.items(entry, form),
    };
    let mut texts = Vec::new();
    for item in items {
        if let Value::Text(text) = &item.value {
            texts.push((text.as_str(), item.span));
        } else {
            reader.wrong(item, &format!("an entry of {}", quoted(&entry.key)), "a text", None);
        }
    }
    texts
}
