//! Rows of entities with many: `[[party]]` and the like, with their ids, names and the time in which they are there.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::{EntityId, EntityKind};
use crate::source::Span;

use super::date::{Period, meant};
use super::document::{Entry, Table, Value};
use super::header::missing_id;
use super::read::{Reader, check_id};
use super::value::period;
use super::words::quoted;
use super::{Boundary, CaseRow, MAX_ROWS};

/// Keys of a row that are no attributes.
pub(super) const KEYS: [&str; 7] = ["id", "name", "plural", "from", "until", "source", "cites"];

/// A row as it stands in the document.
pub(super) struct Listed<'n> {
    pub(super) entity: EntityId,
    /// Its id, or a name that no id can be where it has none of its own.
    pub(super) id: String,
    /// The source that it names itself.
    pub(super) source: Option<String>,
    pub(super) table: &'n Table,
}

/// Finds all rows, so that whatever names them can be checked.
pub(super) fn list<'n>(reader: &mut Reader<'_>, document: &'n Table) -> Vec<Listed<'n>> {
    let mut listed = Vec::new();
    for (index, entity) in reader.vocabulary.entities.iter().enumerate() {
        if entity.kind != EntityKind::Many {
            continue;
        }
        reader.rows.insert(EntityId(index), BTreeMap::new());
        let Some(entry) = document.get(&entity.name) else { continue };
        let Value::List(items) = &entry.node.value else {
            let help = format!("each has a heading with two brackets: `[[{}]]`", entity.name);
            let what = quoted(&entity.name);
            reader.wrong(&entry.node, &what, "a list of tables", Some(help));
            continue;
        };
        if let Some(item) = items.get(MAX_ROWS) {
            let message = format!("the case lists more than {MAX_ROWS} of `{}`", entity.name);
            reader
                .problem(Diagnostic::new(code::case::CASE_TOO_LARGE, item.span, message).help(
                    "list those that matter to the issue one by one, and the rest as groups",
                ));
        }
        for item in items.iter().take(MAX_ROWS) {
            let Value::Table(table) = &item.value else {
                let what = format!("an entry of `{}`", entity.name);
                reader.wrong(item, &what, "a table", Some(format!("write `[[{}]]`", entity.name)));
                continue;
            };
            let id = register(reader, EntityId(index), item.span, table)
                .unwrap_or_else(|| format!("?{}", listed.len()));
            let source = table.get("source").and_then(|entry| reader.source(entry));
            listed.push(Listed { entity: EntityId(index), id, source, table });
        }
    }
    listed
}

/// Notes a row by its id; none where the id is missing, malformed or taken.
fn register(
    reader: &mut Reader<'_>,
    entity: EntityId,
    heading: Span,
    table: &Table,
) -> Option<String> {
    let kind = &reader.vocabulary.entity(entity).name;
    let Some(entry) = table.get("id") else {
        missing_id(reader, heading, &format!("this {kind}"), &format!("[[{kind}]]"));
        return None;
    };
    let id = reader.text(entry)?.to_owned();
    if !check_id(reader, &id, entry.node.span) {
        return None;
    }
    if let Some(first) = reader.rows.get(&entity).and_then(|rows| rows.get(&id)) {
        let message = format!("the id {} stands for two of `{kind}`", quoted(&id));
        let problem = Diagnostic::new(code::case::REPEATED_ID, entry.node.span, message)
            .label("again here")
            .related(first.span, "first here")
            .help("give one of them another id");
        reader.problem(problem);
        return None;
    }
    let name = table.get("name").and_then(|entry| reader.name(entry)).map(str::to_owned);
    let row = CaseRow {
        entity,
        named: name.is_some(),
        name: name.unwrap_or_else(|| id.replace(['_', '-'], " ")),
        plural: table.get("plural").is_some_and(|entry| plural(reader, entry)),
        from: None,
        until: None,
        source: None,
        evidence: reader.evidence_of(None),
        span: entry.node.span,
        id: id.clone(),
    };
    reader.rows.entry(entity).or_default().insert(id.clone(), row);
    Some(id)
}

fn plural(reader: &mut Reader<'_>, entry: &Entry) -> bool {
    if let Value::Truth(truth) = entry.node.value {
        return truth;
    }
    reader.wrong(&entry.node, "`plural`", "`true` or `false`", None);
    false
}

/// Reads since when and until when the rows are there, and who tells of them, once all events are known. `default` is the
/// source of those that name none.
pub(super) fn boundaries(reader: &mut Reader<'_>, listed: &[Listed<'_>], default: Option<&str>) {
    for row in listed {
        let source = row.source.as_deref().or(default).map(str::to_owned);
        let evidence = reader.evidence_of(source.as_deref());
        let from = row.table.get("from").and_then(|entry| boundary(reader, entry));
        let until = row.table.get("until").and_then(|entry| boundary(reader, entry));
        let rows = reader.rows.get_mut(&row.entity);
        if let Some(found) = rows.and_then(|rows| rows.get_mut(&row.id)) {
            found.from = from;
            found.until = until;
            found.source = source;
            found.evidence = evidence;
        }
    }
}

fn boundary(reader: &mut Reader<'_>, entry: &Entry) -> Option<Boundary> {
    if let Value::Text(text) = &entry.node.value
        && Period::parse(text).is_none()
        && !text.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
        && (meant(text).is_none() || reader.events.contains_key(text))
    {
        return reader.event(text, entry.node.span).then(|| Boundary::Event(text.clone()));
    }
    if let Value::Text(text) = &entry.node.value
        && reader.events.contains_key(text)
    {
        return Some(Boundary::Event(text.clone()));
    }
    period(reader, &entry.node, &quoted(&entry.key)).map(Boundary::Date)
}
