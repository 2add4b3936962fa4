//! Events: `[[event]]`, with when they happened and what holds from then on. Their order is worked out elsewhere.

use crate::diagnostic::{Diagnostic, code};
use crate::source::Span;

use super::date::Period;
use super::document::{Entry, Table, Value};
use super::header::missing_id;
use super::read::{Reader, check_id};
use super::settle::settle;
use super::table::{Mode, Verb, subject};
use super::value::period;
use super::words::quoted;
use super::{Event, MAX_EVENTS, Statements, action, cites};

const KEYS: [&str; 12] = [
    "id", "at", "after", "known", "title", "source", "cites", "set", "add", "remove", "did",
    "did_not",
];
const VERBS: [(&str, Verb); 3] = [("set", Verb::Set), ("add", Verb::Add), ("remove", Verb::Remove)];

/// An event as it stands in the document.
pub(super) struct Told<'n> {
    /// Its id, or a name that no id can be where it has none of its own.
    id: String,
    span: Span,
    table: &'n Table,
}

/// Finds all events, so that whatever names them can be checked.
pub(super) fn list<'n>(reader: &mut Reader<'_>, document: &'n Table) -> Vec<Told<'n>> {
    let Some(entry) = document.get("event") else { return Vec::new() };
    let Value::List(items) = &entry.node.value else {
        let help = "each event has a heading with two brackets: `[[event]]`".to_owned();
        reader.wrong(&entry.node, "`event`", "a list of tables", Some(help));
        return Vec::new();
    };
    if let Some(item) = items.get(MAX_EVENTS) {
        let message = format!("the case tells of more than {MAX_EVENTS} events");
        reader.problem(Diagnostic::new(code::case::CASE_TOO_LARGE, item.span, message));
    }
    let mut told: Vec<Told<'n>> = Vec::new();
    for item in items.iter().take(MAX_EVENTS) {
        let Value::Table(table) = &item.value else {
            let help = Some("write `[[event]]`".to_owned());
            reader.wrong(item, "an entry of `event`", "a table", help);
            continue;
        };
        let (id, span) = register(reader, item.span, table)
            .unwrap_or_else(|| (format!("?{}", told.len()), item.span));
        told.push(Told { id, span, table });
    }
    told
}

fn register(reader: &mut Reader<'_>, heading: Span, table: &Table) -> Option<(String, Span)> {
    let Some(entry) = table.get("id") else {
        missing_id(reader, heading, "this event", "[[event]]");
        return None;
    };
    let (id, span) = (reader.text(entry)?.to_owned(), entry.node.span);
    if !check_id(reader, &id, span) {
        return None;
    }
    if Period::parse(&id).is_some() {
        let message = format!("the id {} reads as a date", quoted(&id));
        reader.problem(
            Diagnostic::new(code::case::MALFORMED_ID, span, message)
                .help("name the event by what happened; its date stands in `at`"),
        );
        return None;
    }
    if let Some(first) = reader.events.get(&id) {
        let message = format!("the id {} stands for two events", quoted(&id));
        let problem = Diagnostic::new(code::case::REPEATED_ID, span, message)
            .label("again here")
            .related(*first, "first here")
            .help("give one of them another id");
        reader.problem(problem);
        return None;
    }
    reader.events.insert(id.clone(), span);
    Some((id, span))
}

/// Reads all events; no order yet. Says also whether their times could all be read.
pub(super) fn read(
    reader: &mut Reader<'_>,
    told: &[Told<'_>],
    source: Option<&str>,
) -> (Vec<Event>, bool) {
    let dated = told.iter().any(|event| event.table.get("at").is_some());
    let loose =
        |event: &Told<'_>| event.table.get("at").is_none() && event.table.get("after").is_none();
    let many = told.iter().filter(|event| loose(event)).count() > 1;
    let mut whole = true;
    let mut events = Vec::with_capacity(told.len());
    for told in told {
        if loose(told) && (dated || many) {
            undated(reader, told);
            whole = false;
        }
        events.push(event(reader, told, source, &mut whole));
    }
    (events, whole)
}

fn undated(reader: &mut Reader<'_>, told: &Told<'_>) {
    let name =
        if told.id.starts_with('?') { String::new() } else { format!("{} ", quoted(&told.id)) };
    let message = format!("the event {name}has neither a date nor a place in the order");
    reader.problem(
        Diagnostic::new(code::case::UNDATED_EVENT, told.span, message)
            .help("add `at = \"1985-12\"`, or `after = \"…\"` with the event that it follows"),
    );
}

fn event(
    reader: &mut Reader<'_>,
    told: &Told<'_>,
    default: Option<&str>,
    whole: &mut bool,
) -> Event {
    let table = told.table;
    reader.only(table, "an event", &KEYS);
    cites::read(reader, table);
    let mut when = |reader: &mut Reader<'_>, key: &str| {
        let entry = table.get(key)?;
        let period = period(reader, &entry.node, &quoted(key));
        *whole &= period.is_some();
        period
    };
    let (at, known) = (when(reader, "at"), when(reader, "known"));
    let after = table.get("after").and_then(|entry| follows(reader, entry, whole));
    let title = table.get("title").and_then(|entry| reader.name(entry));
    let title = title.map_or_else(|| told.id.clone(), str::to_owned);
    let own = table.get("source").and_then(|entry| reader.source(entry));
    let source = own.as_deref().or(default);
    let mut statements = Statements::default();
    for (key, verb) in VERBS {
        let Some(entry) = table.get(key) else { continue };
        let form = format!("`{key}.….… = …`: what is changed, then its fact");
        let Some(changes) = reader.table(entry, &form) else { continue };
        let mode = Mode { verb, source, event: Some(&told.id), at_top: false };
        for entry in &changes.entries {
            subject(reader, entry, mode, &mut statements);
        }
    }
    action::read(reader, table, source, Some(&told.id), &mut statements);
    let statements = settle(reader, statements);
    let id = told.id.clone();
    Event { id, title, at, known, after, day: None, order: 0, statements, span: told.span }
}

fn follows(reader: &mut Reader<'_>, entry: &Entry, whole: &mut bool) -> Option<String> {
    let id = reader.text(entry).map(str::to_owned);
    let id = id.filter(|id| reader.event(id, entry.node.span));
    *whole &= id.is_some();
    id
}
