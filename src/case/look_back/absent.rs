//! Events that speak of rows which are not yet there when the event is seen, or are gone by then.
//! Says so once for each row of an event.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::EntityId;
use crate::source::Span;

use super::super::read::Reader;
use super::super::words::quoted;
use super::super::{Boundary, Case, CaseRow, Event, Target};

/// Looks at all that events say of rows.
pub(super) fn absent(reader: &mut Reader<'_>, case: &Case) {
    let events = case.events.iter().enumerate();
    let places: BTreeMap<&str, usize> =
        events.clone().map(|(place, event)| (event.id.as_str(), place)).collect();
    let rows: BTreeMap<(EntityId, &str), &CaseRow> =
        case.rows.iter().map(|row| ((row.entity, row.id.as_str()), row)).collect();
    for (place, event) in events {
        let mut told = BTreeSet::new();
        for (entity, id, span) in mentioned(reader, event) {
            let Some(row) = rows.get(&(entity, id)) else { continue };
            let Some(bound) = bound(row, event, place, &places) else { continue };
            if told.insert((entity, id)) {
                tell(reader, event, row, bound, span);
            }
        }
    }
}

/// The rows that an event speaks of, in the order of their places.
fn mentioned<'e>(reader: &Reader<'_>, event: &'e Event) -> Vec<(EntityId, &'e str, Span)> {
    let mut list = Vec::new();
    for fact in &event.statements.facts {
        let span = fact.record.span;
        match &fact.target {
            Target::Attribute(id, row) => {
                list.push((reader.vocabulary.attribute(*id).entity, row.as_str(), span));
            }
            Target::Tie(id, a, b) => {
                let [first, second] = reader.vocabulary.relation(*id).entities;
                list.extend([(first, a.as_str(), span), (second, b.as_str(), span)]);
            }
        }
    }
    for taken in &event.statements.actions {
        list.extend(taken.row.iter().map(|(entity, id)| (*entity, id.as_str(), taken.record.span)));
    }
    list.sort_by_key(|(_, _, span)| *span);
    list
}

/// The key of a row that an event lies beyond: `from` or `until`. The event with which a row goes may still speak of it.
fn bound(
    row: &CaseRow,
    event: &Event,
    place: usize,
    places: &BTreeMap<&str, usize>,
) -> Option<&'static str> {
    let early = match row.from.as_ref() {
        Some(Boundary::Date(from)) => event.day.is_some_and(|day| day < from.last),
        Some(Boundary::Event(from)) => places.get(from.as_str()).is_some_and(|from| place < *from),
        None => false,
    };
    let late = match row.until.as_ref() {
        Some(Boundary::Date(until)) => event.day.is_some_and(|day| until.last <= day),
        Some(Boundary::Event(until)) => {
            places.get(until.as_str()).is_some_and(|until| *until < place)
        }
        None => false,
    };
    if early { Some("from") } else { late.then_some("until") }
}

fn tell(reader: &mut Reader<'_>, event: &Event, row: &CaseRow, bound: &str, span: Span) {
    let state = if bound == "from" { "not yet there" } else { "gone" };
    let message =
        format!("{} is {state} when the event {} is seen", quoted(&row.id), quoted(&event.id));
    reader.problem(
        Diagnostic::new(code::case::ROW_NOT_THERE, span, message)
            .related(row.span, format!("its time is told here, with `{bound}`"))
            .help(format!("mend `{bound}`, or the date of the event, or leave this out")),
    );
}
