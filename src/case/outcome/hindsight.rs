//! Whether a case says too early what came of it. Told only where it can be told exactly: an earlier fact, action or event in
//! the very words of the outcome, and an earlier fact whose date is that of the outcome.

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::{EntityKind, Type};
use crate::source::Span;
use crate::value::Possible;

use super::super::read::Reader;
use super::super::{Case, Effect, Fact, Statements, Target};
use super::{Told, When};

/// Fewer words may be the same by chance.
const FEWEST_WORDS: usize = 3;

/// Says where a case tells before its time what an entry of the outcome tells.
pub(super) fn hindsight(reader: &mut Reader<'_>, case: &Case, told: &Told) {
    let Some(at) = told.at else { return };
    early(reader, (&case.base, None), told, at);
    for (index, event) in case.events.iter().enumerate() {
        let before = match at {
            When::Dated(period) => event.day.is_some_and(|day| day < period.first),
            When::Event(of) => index < of,
        };
        if before {
            early(reader, (&event.statements, Some((&event.title, event.span))), told, at);
        }
    }
}

fn early(
    reader: &mut Reader<'_>,
    (statements, event): (&Statements, Option<(&String, Span)>),
    told: &Told,
    at: When,
) {
    if let Some((_, span)) = event.filter(|(title, _)| same_words(Some(title), told)) {
        problem(reader, span, told, "this event is told in the words of what came only later");
    }
    let facts = statements.facts.iter().map(|fact| &fact.record);
    for record in facts.chain(statements.actions.iter().map(|taken| &taken.record)) {
        if same_words(record.note.as_ref(), told) {
            problem(reader, record.span, told, "this is told in the words of what came only later");
        }
    }
    let When::Dated(period) = at else { return };
    let days = Possible::Range { low: period.first, high: period.last };
    for fact in &statements.facts {
        if fact.effect == Effect::Set(days) && is_date(reader, fact) && is_about(reader, fact, told)
        {
            let message = "this names the day of what came only later";
            problem(reader, fact.record.span, told, message);
        }
    }
}

fn same_words(text: Option<&String>, told: &Told) -> bool {
    let (Some(text), Some(note)) = (text, &told.note) else { return false };
    words(text).eq(words(note)) && words(text).count() >= FEWEST_WORDS
}

/// The words of a text, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn is_date(reader: &Reader<'_>, fact: &Fact) -> bool {
    fact.target.kind(reader.vocabulary) == Type::Date
}

/// Whether a fact is about one of the rows of an outcome, or about the case where it names none.
fn is_about(reader: &Reader<'_>, fact: &Fact, told: &Told) -> bool {
    let Target::Attribute(id, row) = &fact.target else { return false };
    let entity = reader.vocabulary.attribute(*id).entity;
    if told.rows.is_empty() {
        return reader.vocabulary.entity(entity).kind == EntityKind::One;
    }
    told.rows.iter().any(|(of, id)| *of == entity && id == row)
}

fn problem(reader: &mut Reader<'_>, at: Span, told: &Told, message: &str) {
    reader.problem(
        Diagnostic::new(code::beside::HINDSIGHT, at, message)
            .related(told.span, "what came of it, told here")
            .help("advice from before then would be wise after the event: move this to the event that brought it to light"),
    );
}
