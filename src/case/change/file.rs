//! A file of facts: of the same shape as a case, or as the `set`, `add` and `remove` of an event.

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::{EntityId, EntityKind};

use super::super::document::{self, Entry, Table, Value};
use super::super::header::{self, missing_id};
use super::super::read::Reader;
use super::super::table::{Verb, attributes, entity, subject};
use super::super::words::quoted;
use super::super::{Format, MAX_ROWS, action};
use super::{Setting, Wanted, mode};

/// Keys of a row that are no facts.
const ROW: [&str; 3] = ["id", "name", "plural"];

/// The document of a file; none where it is no TOML or JSON.
pub(super) fn parse(
    reader: &mut Reader<'_>,
    setting: &Setting<'_>,
    format: Format,
) -> Option<Table> {
    let parsed = document::parse(setting.source, setting.text, format, "set");
    let problems = match parsed {
        Ok(document) => return Some(document),
        Err(problems) => problems,
    };
    for problem in problems {
        reader.problem(problem);
    }
    None
}

impl Wanted {
    /// The rows that a file adds: those that the case does not list.
    pub(super) fn rows_of(&mut self, reader: &mut Reader<'_>, document: &Table) {
        for (entity, table) in listed(reader, document) {
            let Some(entry) = table.get("id") else { continue };
            let at = entry.node.span;
            let Some(id) = reader.text(entry).map(str::to_owned) else { continue };
            let name = table.get("name").and_then(|entry| reader.name(entry)).map(str::to_owned);
            let plural = table.get("plural");
            let plural = plural.is_some_and(|entry| matches!(entry.node.value, Value::Truth(true)));
            if !reader.has_row(entity, &id) {
                self.row(reader, entity, (&id, at), (name, plural));
            }
        }
    }

    /// The facts of a file.
    pub(super) fn facts_of(&mut self, reader: &mut Reader<'_>, document: &Table) {
        for (entity, table) in listed(reader, document) {
            let name = reader.vocabulary.entity(entity).name.clone();
            let Some(entry) = table.get("id") else {
                let at = table.entries.first().map(|entry| entry.at);
                let (this, heading) = (format!("this {name}"), format!("[[{name}]]"));
                missing_id(reader, at.unwrap_or(crate::source::Span::NOWHERE), &this, &heading);
                continue;
            };
            let Value::Text(id) = &entry.node.value else { continue };
            if !self.rows.iter().any(|(of, row)| *of == entity && row.id == *id) {
                renamed(reader, table, id);
            }
            if reader.has_row(entity, id) {
                attributes(
                    reader,
                    entity,
                    id,
                    &facts(table),
                    mode(Verb::Set),
                    &mut self.statements,
                );
            }
        }
        self.complete.extend(header::complete(reader, document).into_iter().map(|id| (id, true)));
        action::read(reader, document, None, None, &mut self.statements);
        for entry in &document.entries {
            match entry.key.as_str() {
                "complete" | "did" | "did_not" => {}
                "set" => self.verb(reader, entry, Verb::Set),
                "add" => self.verb(reader, entry, Verb::Add),
                "remove" => self.verb(reader, entry, Verb::Remove),
                _ if is_list(reader, entry) => {}
                _ => subject(reader, entry, mode(Verb::Set), &mut self.statements),
            }
        }
    }

    fn verb(&mut self, reader: &mut Reader<'_>, entry: &Entry, verb: Verb) {
        let form = format!("`[{}.…]`, then facts", entry.key);
        let Some(table) = reader.table(entry, &form) else { return };
        for entry in &table.entries {
            subject(reader, entry, mode(verb), &mut self.statements);
        }
    }
}

/// Says that what a row of the case is called stays.
fn renamed(reader: &mut Reader<'_>, table: &Table, id: &str) {
    for key in ["name", "plural"] {
        let Some(entry) = table.get(key) else { continue };
        let message = format!("the case says already how {} is called", quoted(id));
        let problem = Diagnostic::new(code::case::WRONG_VALUE, entry.at, message);
        reader.problem(problem.help("leave this out, or add one with another id"));
    }
}

/// Whether an entry lists rows, as `[[party]]` does.
fn is_list(reader: &Reader<'_>, entry: &Entry) -> bool {
    many(reader, &entry.key).is_some() && matches!(entry.node.value, Value::List(_))
}

fn many(reader: &Reader<'_>, name: &str) -> Option<EntityId> {
    let found = entity(reader.vocabulary, name)?;
    (reader.vocabulary.entity(found).kind == EntityKind::Many).then_some(found)
}

/// The rows that a file lists, each a table.
fn listed<'n>(reader: &mut Reader<'_>, document: &'n Table) -> Vec<(EntityId, &'n Table)> {
    let mut rows = Vec::new();
    for entry in &document.entries {
        let (Some(entity), Value::List(items)) = (many(reader, &entry.key), &entry.node.value)
        else {
            continue;
        };
        for item in items.iter().take(MAX_ROWS) {
            if let Value::Table(table) = &item.value {
                rows.push((entity, table));
            } else {
                let help = format!("write `[[{}]]`", entry.key);
                let what = format!("an entry of {}", quoted(&entry.key));
                reader.wrong(item, &what, "a table", Some(help));
            }
        }
    }
    rows
}

/// The entry of a row without what is no fact.
fn facts(table: &Table) -> Table {
    let kept = table.entries.iter().filter(|entry| !ROW.contains(&entry.key.as_str()));
    Table { entries: kept.cloned().collect() }
}
