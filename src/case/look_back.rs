//! A look over the whole case once it is read: rows that are never there or not when an event speaks of them, removals
//! that change nothing, and facts from the start that were only known later.

mod absent;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::EntityId;
use crate::value::{Members, Possible};

use super::read::Reader;
use super::settle::subject;
use super::words::{list, quoted};
use super::{Boundary, Case, CaseRow, Effect, Fact, Target};

/// Looks over a case whose events are in order.
pub(super) fn look_back(reader: &mut Reader<'_>, case: &Case) {
    for row in &case.rows {
        never_there(reader, case, row);
    }
    absent::absent(reader, case);
    removals(reader, case);
    late_sources(reader, case);
}

fn never_there(reader: &mut Reader<'_>, case: &Case, row: &CaseRow) {
    let (Some(from), Some(until)) = (&row.from, &row.until) else { return };
    let never = match (case.day(from), case.day(until)) {
        (Some(from), Some(until)) if from != until => until < from,
        (Some(_), Some(_)) | (None, None) => match (from, until) {
            (Boundary::Event(from), Boundary::Event(until)) => {
                case.position(until) <= case.position(from)
            }
            _ => true,
        },
        _ => false,
    };
    if never {
        let message = format!("{} is gone before it is there", quoted(&row.id));
        reader.problem(
            Diagnostic::new(code::case::ROW_NEVER_THERE, row.span, message)
                .help("let `until` be later than `from`"),
        );
    }
}

/// Follows each set through the events and says where something is taken out that was not in.
fn removals(reader: &mut Reader<'_>, case: &Case) {
    let mut state: BTreeMap<&Target, Possible> = BTreeMap::new();
    for fact in case.happened().flat_map(|statements| &statements.facts) {
        let Target::Attribute(id, _) = &fact.target else { continue };
        let attribute = reader.vocabulary.attribute(*id);
        let held = state.get(&fact.target).copied().unwrap_or(attribute.background);
        if let (Effect::Remove(members), Possible::Set { may_include, .. }) = (fact.effect, held)
            && members & !may_include != 0
        {
            removes_nothing(reader, fact, members & !may_include);
        }
        state.insert(&fact.target, fact.effect.apply(held));
    }
}

fn removes_nothing(reader: &mut Reader<'_>, fact: &Fact, missing: Members) {
    let Target::Attribute(id, _) = &fact.target else { return };
    let crate::knowledge::Type::Set(domain) = reader.vocabulary.attribute(*id).kind else { return };
    let members = reader.vocabulary.domain(domain).members.iter().enumerate();
    let names = members
        .filter(|(index, _)| missing & (1 << index) != 0)
        .map(|(_, member)| member.name.as_str());
    let message =
        format!("{} is not in {} by then", list(names, "and"), subject(reader, &fact.target));
    reader.problem(
        Diagnostic::new(code::case::REMOVES_NOTHING, fact.record.span, message)
            .help("leave it out, or state before that it was there"),
    );
}

/// Says of each source which facts it gives to a time before it was written; once a source.
fn late_sources(reader: &mut Reader<'_>, case: &Case) {
    let Some(first) = case.events.iter().filter_map(|event| event.at).map(|at| at.last).min()
    else {
        return;
    };
    let start = Start { reader, first, days: days(case) };
    let mut late: BTreeMap<&str, (usize, &Fact)> = BTreeMap::new();
    for fact in &case.base.facts {
        let Some(source) = fact.record.source.as_deref() else { continue };
        let written = reader.sources.get(source).and_then(|source| source.date);
        if written.is_none_or(|written| written.first <= start.of(&fact.target)) {
            continue;
        }
        let found = late.entry(source).or_insert((0, fact));
        found.0 += 1;
        if fact.record.span < found.1.record.span {
            found.1 = fact;
        }
    }
    for (source, (count, fact)) in late {
        late_source(reader, source, count, fact);
    }
}

fn late_source(reader: &mut Reader<'_>, source: &str, count: usize, fact: &Fact) {
    let facts = if count == 1 { "a fact".to_owned() } else { format!("{count} facts") };
    let message = format!("{facts} from the start came to light only with {}", quoted(source));
    let mut problem = Diagnostic::new(code::case::LATE_SOURCE, fact.record.span, message)
        .label("holds from the start, before the first event")
        .help("put into events what was not known at the start, or the advice of that time looks wiser than it was");
    if let Some(source) = reader.sources.get(source) {
        problem = problem.related(source.span, "written after the first event");
    }
    reader.problem(problem);
}

/// The day of each event.
fn days(case: &Case) -> BTreeMap<&str, Option<i64>> {
    case.events.iter().map(|event| (event.id.as_str(), event.day)).collect()
}

/// When facts begin to hold.
struct Start<'a> {
    reader: &'a Reader<'a>,
    /// The day of the first event.
    first: i64,
    days: BTreeMap<&'a str, Option<i64>>,
}

impl Start<'_> {
    /// The day of the first event, or from which the rows of a fact are there, if that is later.
    fn of(&self, target: &Target) -> i64 {
        let rows = match target {
            Target::Attribute(id, row) => {
                self.row(self.reader.vocabulary.attribute(*id).entity, row)
            }
            Target::Tie(id, a, b) => {
                let [first, second] = self.reader.vocabulary.relation(*id).entities;
                self.row(first, a).max(self.row(second, b))
            }
        };
        rows.unwrap_or(i64::MIN).max(self.first)
    }

    fn row(&self, entity: EntityId, id: &str) -> Option<i64> {
        match self.reader.rows.get(&entity)?.get(id)?.from.as_ref()? {
            Boundary::Date(period) => Some(period.last),
            Boundary::Event(event) => self.days.get(event.as_str()).copied().flatten(),
        }
    }
}
