//! Actions taken and not taken: `did` and `did_not`.

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::{ActionId, EntityId};
use crate::source::Span;

use super::document::{Node, Table, Value};
use super::read::Reader;
use super::value::{bare, listed};
use super::words::quoted;
use super::{ActionTaken, Statements};

const EXAMPLE: &str = "[\"some-action\", { action = \"some-action\", for = \"some-id\" }]";

/// Reads `did` and `did_not` of a table.
pub(super) fn read(
    reader: &mut Reader<'_>,
    table: &Table,
    source: Option<&str>,
    event: Option<&str>,
    out: &mut Statements,
) {
    for (key, taken) in [("did", true), ("did_not", false)] {
        let Some(entry) = table.get(key) else { continue };
        for item in reader.items(entry, &format!("`{key} = {EXAMPLE}`")) {
            let Some((action, row)) = one(reader, item) else { continue };
            let record = bare(reader, item.span, source, event);
            out.actions.push(ActionTaken { action, row, taken, record });
        }
    }
}

type Taken = (ActionId, Option<(EntityId, String)>);

fn one(reader: &mut Reader<'_>, item: &Node) -> Option<Taken> {
    match &item.value {
        Value::Text(name) => Some((action(reader, name, item.span)?, None)),
        Value::Table(table) => {
            reader.only(table, "an action", &["action", "for"]);
            let Some(entry) = table.get("action") else {
                let message = "this does not say which action";
                reader.problem(
                    Diagnostic::new(code::case::MISSING_KEY, item.span, message)
                        .help("write `{ action = \"some-action\", for = \"some-id\" }`"),
                );
                return None;
            };
            let name = reader.text(entry)?;
            let action = action(reader, name, entry.node.span);
            let row = match table.get("for") {
                Some(entry) => {
                    let id = reader.text(entry)?;
                    Some(row(reader, id, entry.node.span)?)
                }
                None => None,
            };
            Some((action?, row))
        }
        _ => {
            reader.wrong(
                item,
                "an action",
                "its id, or a table",
                Some(format!("write a list like `{EXAMPLE}`")),
            );
            None
        }
    }
}

/// The action of this name, or a problem.
pub(super) fn action(reader: &mut Reader<'_>, name: &str, at: Span) -> Option<ActionId> {
    let actions =
        reader.vocabulary.attributes.iter().filter(|attribute| attribute.action.is_some());
    if let Some(found) = actions.clone().find(|attribute| attribute.name == name) {
        return found.action;
    }
    if reader.is_full() {
        return None;
    }
    let mut known: Vec<&str> = actions.map(|attribute| attribute.name.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    let message = format!("the rules know no action {}", quoted(name));
    reader.unknown(code::case::UNKNOWN_CASE_ACTION, at, message, name, known.iter().copied());
    None
}

/// The listed row of this id, or a problem.
pub(super) fn row(reader: &mut Reader<'_>, id: &str, at: Span) -> Option<(EntityId, String)> {
    let entities = listed(reader);
    if let Some(entity) = entities.iter().find(|entity| reader.has_row(**entity, id)) {
        return Some((*entity, id.to_owned()));
    }
    if reader.is_full() {
        return None;
    }
    if let [only] = entities.as_slice() {
        reader.row(*only, id, at);
        return None;
    }
    let known: Vec<String> = reader.rows.values().flat_map(|rows| rows.keys().cloned()).collect();
    let message = format!("the case lists nothing called {}", quoted(id));
    let names = known.iter().map(String::as_str);
    reader.unknown(code::case::UNKNOWN_ROW, at, message, id, names);
    None
}
