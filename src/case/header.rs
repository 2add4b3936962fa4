//! The header of a case and its sources: `[case]` and `[sources]`.

use crate::diagnostic::{Diagnostic, code};
use crate::facts::Evidence;
use crate::knowledge::{EntityId, EntityKind};
use crate::source::{SourceId, Span};

use super::document::{Entry, Table, Value};
use super::read::{Reader, check_id};
use super::words::{list, quoted};
use super::{CitedSource, Statements, action, cites, value};

const KEYS: [&str; 9] =
    ["id", "title", "place", "source", "complete", "evidence", "cites", "did", "did_not"];
const EVIDENCE: [(&str, Evidence); 3] = [
    ("documented", Evidence::Documented),
    ("reported", Evidence::Reported),
    ("assumed", Evidence::Assumed),
];

/// What stands in `[case]`.
#[derive(Default)]
pub(super) struct Header {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) place: Option<String>,
    pub(super) source: Option<String>,
    pub(super) complete: Vec<EntityId>,
}

/// Reads `[case]`; its actions come later, when all rows are known.
pub(super) fn header(reader: &mut Reader<'_>, document: &Table, source: SourceId) -> Header {
    let Some(entry) = document.get("case") else {
        let at = Span { source, start: 0, end: 0 };
        reader.problem(
            Diagnostic::new(code::case::MISSING_KEY, at, "the case has no `[case]` table")
                .help("begin with `[case]`, an `id` and a `title`"),
        );
        return Header::default();
    };
    let Some(table) = reader.table(entry, "`[case]`, then `id = \"…\"`") else {
        return Header::default();
    };
    reader.only(table, "`[case]`", &KEYS);
    let id = match table.get("id") {
        None => {
            missing_id(reader, entry.at, "the case", "[case]");
            String::new()
        }
        Some(entry) => reader.text(entry).map(str::to_owned).unwrap_or_default(),
    };
    if let Some(entry) = table.get("id").filter(|entry| matches!(entry.node.value, Value::Text(_)))
    {
        check_id(reader, &id, entry.node.span);
    }
    let text = |reader: &mut Reader<'_>, key: &str| {
        table.get(key).and_then(|entry| reader.name(entry)).map(str::to_owned)
    };
    let title = text(reader, "title").unwrap_or_else(|| id.clone());
    let place = text(reader, "place");
    cites::read(reader, table);
    reader.evidence = table.get("evidence").and_then(|entry| evidence(reader, entry));
    let source = table.get("source").and_then(|entry| reader.source(entry));
    Header { id, title, place, source, complete: complete(reader, table) }
}

/// Says that an id is missing.
pub(super) fn missing_id(reader: &mut Reader<'_>, at: Span, what: &str, heading: &str) {
    reader.problem(
        Diagnostic::new(code::case::MISSING_KEY, at, format!("{what} has no `id`"))
            .help(format!("add `id = \"…\"` below `{heading}`")),
    );
}

/// Reads which lists leave nobody out.
pub(super) fn complete(reader: &mut Reader<'_>, table: &Table) -> Vec<EntityId> {
    let Some(entry) = table.get("complete") else { return Vec::new() };
    let mut found = Vec::new();
    for item in reader.items(entry, "`complete = [\"party\"]`") {
        let Value::Text(name) = &item.value else {
            reader.wrong(item, "what is complete", "a name", None);
            continue;
        };
        let entity = reader.vocabulary.find_entity(name);
        if let Some(entity) =
            entity.filter(|id| reader.vocabulary.entity(*id).kind == EntityKind::Many)
        {
            found.push(entity);
            continue;
        }
        let names = reader.vocabulary.entities.iter();
        let names = names.filter(|entity| entity.kind == EntityKind::Many);
        let message = format!("a case has no list of {}", quoted(name));
        let names = names.map(|entity| entity.name.as_str());
        reader.unknown(code::case::UNKNOWN_KEY, item.span, message, name, names);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Reads `did` and `did_not` of `[case]`.
pub(super) fn actions(
    reader: &mut Reader<'_>,
    document: &Table,
    source: Option<&str>,
    base: &mut Statements,
) {
    let Some(Entry { node, .. }) = document.get("case") else { return };
    let Value::Table(table) = &node.value else { return };
    action::read(reader, table, source, None, base);
}

/// Reads `[sources]`.
pub(super) fn sources(reader: &mut Reader<'_>, document: &Table) {
    let Some(entry) = document.get("sources") else { return };
    let form = "`[sources]`, then `report-1986 = { title = \"…\" }`";
    let Some(table) = reader.table(entry, form) else { return };
    for entry in &table.entries {
        if !check_id(reader, &entry.key, entry.at) {
            continue;
        }
        let source = source(reader, entry);
        reader.sources.insert(entry.key.clone(), source);
    }
}

fn source(reader: &mut Reader<'_>, entry: &Entry) -> CitedSource {
    let mut source = CitedSource {
        id: entry.key.clone(),
        title: entry.key.clone(),
        evidence: Evidence::Documented,
        date: None,
        span: entry.at,
    };
    let form = format!("`{} = {{ title = \"…\" }}`", entry.key);
    let Some(table) = reader.table(entry, &form) else { return source };
    reader.only(table, "a source", &["title", "evidence", "date"]);
    if let Some(title) = table.get("title").and_then(|entry| reader.name(entry)) {
        title.clone_into(&mut source.title);
    }
    if let Some(found) = table.get("evidence").and_then(|entry| evidence(reader, entry)) {
        source.evidence = found;
    }
    source.date = table.get("date").and_then(|entry| value::period(reader, &entry.node, "`date`"));
    source
}

/// Reads how well something is founded.
pub(super) fn evidence(reader: &mut Reader<'_>, entry: &Entry) -> Option<Evidence> {
    let word = reader.text(entry)?;
    if let Some((_, evidence)) = EVIDENCE.iter().find(|(name, _)| *name == word) {
        return Some(*evidence);
    }
    let names = EVIDENCE.iter().map(|(name, _)| *name);
    let message = format!("{} is not a kind of evidence", quoted(word));
    let near = super::words::suggestion(word, names.clone());
    let help = near.unwrap_or_else(|| format!("write {}", list(names, "or")));
    reader.problem(Diagnostic::new(code::case::UNKNOWN_VALUE, entry.node.span, message).help(help));
    None
}
