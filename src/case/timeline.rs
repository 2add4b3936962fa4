//! A case over time: moments, who is there at one, and what holds then.
//! A case that was read is whole, so nothing here can fail.

use crate::change::{Effect, Target, state, unsettle};
use crate::diagnostic::nearest::by_nearness;
use crate::facts::{Facts, RowName};
use crate::knowledge::{EntityId, EntityKind, Vocabulary};

use super::date::{Period, meant};
use super::words::{list, quoted, suggestion};
use super::{ActionTaken, Boundary, Case, CaseRow, Event, Filter, Statements};

/// A time at which a case is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day; none where nothing dates it.
    pub today: Option<i64>,
    /// How many of the case's events are seen, from the first.
    pub seen: usize,
}

impl Case {
    /// The moment that a year, a month, a day or an event names; else a message that says what is wrong.
    ///
    /// # Errors
    /// Where the text is neither a date nor an event of this case.
    pub fn moment(&self, text: &str) -> Result<Moment, String> {
        if let Some(period) = Period::parse(text) {
            return Ok(self.moment_on(period.last));
        }
        if let Some(index) = self.events.iter().position(|event| event.id == text) {
            return Ok(self.moment_of(index));
        }
        Err(self.no_moment(text))
    }

    /// The moment of a day.
    #[must_use]
    pub fn moment_on(&self, day: i64) -> Moment {
        let seen = self.events.partition_point(|event| event.day <= Some(day));
        Moment { today: Some(day), seen }
    }

    /// The moments at which the case tells of something, in order: after each event, and between the first and the last of
    /// them each day on which a row comes or goes. Its end where it tells of no event.
    #[must_use]
    pub fn points(&self) -> Vec<Moment> {
        let mut points: Vec<Moment> = (0..self.events.len()).map(|at| self.moment_of(at)).collect();
        let days = || self.events.iter().filter_map(|event| event.day);
        if let (Some(first), Some(last)) = (days().min(), days().max()) {
            let bounds = self.rows.iter().flat_map(|row| [&row.from, &row.until]);
            let dates = bounds.flatten().filter_map(|bound| match bound {
                Boundary::Date(period) => Some(period.last),
                Boundary::Event(_) => None,
            });
            points.extend(
                dates.filter(|day| first < *day && *day < last).map(|day| self.moment_on(day)),
            );
        }
        if points.is_empty() {
            points.push(self.end());
        }
        points.sort_by_key(|point| (point.seen, point.today));
        points.dedup();
        points
    }

    /// What is wrong with a text that names no moment, and what could stand there.
    fn no_moment(&self, text: &str) -> String {
        if is_date_like(text) {
            return format!("there is no such {} as {}", part(text), quoted(text));
        }
        if let Some(meant) = meant(text) {
            return format!("{} is no date; {}", quoted(text), meant.replace('"', ""));
        }
        let ids = || self.events.iter().map(|event| event.id.as_str());
        let forms = "a year, a month like `1985-06`, a day like `1985-06-30`";
        let message = format!("{} is neither a date nor an event of this case", quoted(text));
        let message = match suggestion(text, ids()) {
            Some(near) => format!("{message}; {near} Write"),
            None => format!("{message}; write"),
        };
        let known = by_nearness(&text.chars().take(60).collect::<String>(), ids());
        match known.len() {
            0 => format!("{message} {forms} (the case tells of no event)"),
            _ => format!("{message} {forms}, or an event: {}", list(known, "or")),
        }
    }

    /// The event that happened last among those that are seen at a moment.
    #[must_use]
    pub fn last_event(&self, moment: &Moment) -> Option<&Event> {
        self.seen(moment).iter().max_by_key(|event| event.order)
    }

    /// The moment right after the event at this position in [`Case::events`]; the end beyond the last.
    #[must_use]
    pub fn moment_of(&self, index: usize) -> Moment {
        match self.events.get(index) {
            Some(event) => Moment { today: event.day, seen: index + 1 },
            None => self.end(),
        }
    }

    /// The end of the case: all events, at the day of the last one that is dated. Where none is, at the day on which the
    /// last row came; a planned end is not reached unasked.
    #[must_use]
    pub fn end(&self) -> Moment {
        let events = self.events.iter().filter_map(|event| event.day).max();
        let rows = self.rows.iter().filter_map(|row| self.day(row.from.as_ref()?));
        Moment { today: events.or_else(|| rows.max()), seen: self.events.len() }
    }

    /// The moment before any event, on no particular day.
    #[must_use]
    pub fn start(&self) -> Moment {
        Moment { today: None, seen: 0 }
    }

    /// The events that are seen at a moment, in the order in which they could be seen.
    #[must_use]
    pub fn seen(&self, moment: &Moment) -> &[Event] {
        self.events.get(..moment.seen).unwrap_or(&self.events)
    }

    /// Whether a row is there at a moment.
    #[must_use]
    pub fn is_there(&self, row: &CaseRow, moment: &Moment) -> bool {
        let reached = |boundary: &Boundary, undated: bool| match boundary {
            Boundary::Date(period) => moment.today.map_or(undated, |today| period.last <= today),
            Boundary::Event(id) => self.seen(moment).iter().any(|event| event.id == *id),
        };
        row.from.as_ref().is_none_or(|from| reached(from, true))
            && !row.until.as_ref().is_some_and(|until| reached(until, false))
    }

    /// The day of a row's beginning or end.
    pub(super) fn day(&self, boundary: &Boundary) -> Option<i64> {
        match boundary {
            Boundary::Date(period) => Some(period.last),
            Boundary::Event(id) => self.events.iter().find(|event| event.id == *id)?.day,
        }
    }

    /// The position of an event in the order in which events are seen.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.events.iter().position(|event| event.id == id)
    }

    /// All statements in the order in which they came to hold.
    pub(super) fn happened(&self) -> impl Iterator<Item = &Statements> {
        let mut events: Vec<&Event> = self.events.iter().collect();
        events.sort_by_key(|event| event.order);
        std::iter::once(&self.base).chain(events.into_iter().map(|event| &event.statements))
    }
}

/// Whether a text is written as dates are: a year, a month or a day.
fn is_date_like(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    parts.iter().all(digits) && [&[4][..], &[4, 2], &[4, 2, 2]].contains(&lengths.as_slice())
}

fn part(date: &str) -> &'static str {
    match date.split('-').count() {
        1 => "year",
        2 => "month",
        _ => "day",
    }
}

/// The facts of a case at a moment that a filter admits. What it leaves out is as if nobody had said it, so the
/// vocabulary's default holds where there is one; a fact that the admitted state and something left out changes later is
/// unknown from then on.
#[must_use]
pub fn facts(case: &Case, vocabulary: &Vocabulary, moment: &Moment, filter: &Filter) -> Facts {
    let mut facts = Facts::new(vocabulary);
    facts.today = moment.today;
    let titles = case.sources.iter().map(|source| (source.id.clone(), source.title.clone()));
    facts.titles = titles.collect();
    let told_of = filter.told_of(case, vocabulary, moment);
    for (index, entity) in vocabulary.entities.iter().enumerate() {
        let id = EntityId(index);
        if entity.kind == EntityKind::Many {
            let there = case.rows.iter().filter(|row| row.entity == id);
            let there: Vec<&CaseRow> = there.filter(|row| case.is_there(row, moment)).collect();
            let admitted = there.iter().filter(|row| filter.admits_row(row, &told_of));
            let rows: Vec<RowName> = admitted.map(|row| row_name(row)).collect();
            let complete = case.complete.contains(&id) && filter.admits_header(case);
            let whole = rows.len() == there.len();
            facts.set_rows(vocabulary, id, rows, complete && whole);
        }
    }
    let mut seen: Vec<&Event> = case.seen(moment).iter().collect();
    seen.sort_by_key(|event| event.order);
    facts.events = seen.iter().map(|event| event.id.clone()).collect();
    let events = seen.into_iter().map(|event| &event.statements);
    for statements in std::iter::once(&case.base).chain(events) {
        for fact in &statements.facts {
            match filter.admitted(case, fact) {
                Some(fact) => {
                    state(&mut facts, vocabulary, &fact.target, fact.effect, &fact.record);
                }
                None => unsettle(&mut facts, vocabulary, &fact.target, fact.effect),
            }
        }
        for taken in &statements.actions {
            take(&mut facts, vocabulary, taken, filter.admits_action(taken));
        }
    }
    facts
}

fn row_name(row: &CaseRow) -> RowName {
    RowName { id: row.id.clone(), name: row.name.clone(), plural: row.plural }
}

fn take(facts: &mut Facts, vocabulary: &Vocabulary, taken: &ActionTaken, admitted: bool) {
    let row = taken.row.as_ref().map(|(entity, id)| (*entity, id.as_str()));
    let Some(target) = Target::action(vocabulary, taken.action, row) else { return };
    let effect = Effect::taken(taken.taken);
    if admitted {
        state(facts, vocabulary, &target, effect, &taken.record);
    } else {
        unsettle(facts, vocabulary, &target, effect);
    }
}
