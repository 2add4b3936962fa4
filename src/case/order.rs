//! The order of events: by the last day of their dates, and within a day by what comes after what.
//! Says where that is circular, where dates speak against it, and where events of one day disagree.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::ActionId;

use super::date::Period;
use super::read::Reader;
use super::settle::{agree, clash, clash_of, disagreement};
use super::words::{list, quoted};
use super::{ActionTaken, Event, Fact, Target};

/// Puts events in the order in which they are seen, and notes for each its place in the order in which they happened.
/// `whole` says whether all times could be read; where not, nothing is said of what follows from them.
pub(super) fn arrange(reader: &mut Reader<'_>, mut events: Vec<Event>, whole: bool) -> Vec<Event> {
    events.sort_by(|a, b| a.id.cmp(&b.id));
    let parents = parents(&events);
    if circular(reader, &events, &parents) || !whole {
        return events;
    }
    let days = days(reader, &mut events, &parents);
    let happened = happened(&parents, &days);
    for (order, index) in happened.iter().enumerate() {
        if let Some(event) = events.get_mut(*index) {
            event.order = order;
        }
    }
    against_listing(reader, &events);
    let known = BTreeMap::new();
    Conflicts { events: &events, parents: &parents, days: &days, known }.tell(reader, &happened);
    events.sort_by_key(|event| (event.day, event.order));
    events
}

/// For each event, the position of the one that it comes after.
fn parents(events: &[Event]) -> Vec<Option<usize>> {
    let find = |id: &String| events.binary_search_by(|event| event.id.cmp(id)).ok();
    events.iter().map(|event| event.after.as_ref().and_then(find)).collect()
}

/// Says which events come after each other in a circle.
fn circular(reader: &mut Reader<'_>, events: &[Event], parents: &[Option<usize>]) -> bool {
    let mut round = vec![0_usize; events.len()];
    let mut found = false;
    for start in 0..events.len() {
        let (mut at, mut path) = (Some(start), Vec::new());
        while let Some(index) = at.filter(|index| round.get(*index) == Some(&0)) {
            if let Some(mark) = round.get_mut(index) {
                *mark = start + 1;
            }
            path.push(index);
            at = parents.get(index).copied().flatten();
        }
        let Some(closed) = at.filter(|index| round.get(*index) == Some(&(start + 1))) else {
            continue;
        };
        found = true;
        let circle = path.iter().skip_while(|index| **index != closed);
        let circle: Vec<&Event> = circle.filter_map(|index| events.get(*index)).collect();
        tell_circle(reader, &circle);
    }
    found
}

fn tell_circle(reader: &mut Reader<'_>, circle: &[&Event]) {
    let Some((first, rest)) = circle.split_first() else { return };
    let message = if rest.is_empty() {
        format!("the event {} comes after itself", quoted(&first.id))
    } else {
        let names = circle.iter().map(|event| event.id.as_str());
        format!("the events {} come after each other in a circle", list(names, "and"))
    };
    let mut problem = Diagnostic::new(code::case::CIRCULAR_EVENTS, first.span, message)
        .help("leave out one `after`, or give one of them a date: `at = \"1985-12\"`");
    for event in rest.iter().take(4) {
        let after = event.after.as_deref().unwrap_or_default();
        problem = problem.related(event.span, format!("comes after {}", quoted(after)));
    }
    reader.problem(problem);
}

/// The day on which each event happened; sets the day from which it is seen.
fn days(
    reader: &mut Reader<'_>,
    events: &mut [Event],
    parents: &[Option<usize>],
) -> Vec<Option<i64>> {
    let mut days: Vec<Option<i64>> = vec![None; events.len()];
    for index in parents_first(parents) {
        let parent = parents.get(index).copied().flatten();
        let reached = parent.and_then(|parent| days.get(parent).copied().flatten());
        let parent = parent.and_then(|parent| events.get(parent));
        if let (Some(event), Some(parent)) = (events.get(index), parent) {
            out_of_order(reader, event, parent);
        }
        let with_parent = parent.and_then(|parent| parent.day);
        let Some(event) = events.get_mut(index) else { continue };
        let happened = event.at.map(|at| at.last).max(reached);
        let seen = if event.at.is_some() { happened } else { with_parent };
        event.day = seen.max(event.known.map(|known| known.last));
        if let Some(day) = days.get_mut(index) {
            *day = happened;
        }
    }
    days
}

/// Says where an event stands after another of a longer period around its own, and is taken to have happened before it: a
/// year counts as its last day, and that is easily forgotten.
fn against_listing(reader: &mut Reader<'_>, events: &[Event]) {
    let mut listed: Vec<(&Event, Period)> =
        events.iter().filter_map(|event| Some((event, event.at?))).collect();
    listed.sort_by_key(|(event, _)| event.span);
    for (index, (event, at)) in listed.iter().enumerate() {
        let around = |other: &&(&Event, Period)| {
            other.1.first <= at.first && at.last < other.1.last && other.0.order > event.order
        };
        let Some((other, period)) = listed.iter().take(index).rev().find(around) else { continue };
        let (id, before) = (quoted(&event.id), quoted(&other.id));
        let message = format!("{id} stands after {before}, and is taken to come before it");
        let help = format!(
            "{period} counts as its last day; write `after = \"{}\"` here, date {before} more closely, or list it later",
            other.id
        );
        reader.problem(
            Diagnostic::new(code::case::LISTED_OUT_OF_ORDER, event.span, message)
                .label(format!("in {at}"))
                .related(other.span, format!("some time in {period}"))
                .help(help),
        );
    }
}

/// Says where an event is dated before the one that it comes after.
fn out_of_order(reader: &mut Reader<'_>, event: &Event, parent: &Event) {
    let (Some(at), Some(earlier)) = (event.at, parent.at) else { return };
    if earlier.first <= at.last {
        return;
    }
    let message = format!(
        "{} is dated before {}, which it comes after",
        quoted(&event.id),
        quoted(&parent.id)
    );
    reader.problem(
        Diagnostic::new(code::case::EVENT_OUT_OF_ORDER, event.span, message)
            .related(parent.span, "this one is dated later")
            .help("mend one of the dates, or leave out `after`"),
    );
}

/// All positions, each after its parent.
fn parents_first(parents: &[Option<usize>]) -> Vec<usize> {
    let children = children(parents);
    let mut order: Vec<usize> = (0..parents.len())
        .filter(|index| parents.get(*index).copied().flatten().is_none())
        .collect();
    let mut next = 0;
    while let Some(index) = order.get(next).copied() {
        order.extend(children.get(&index).into_iter().flatten());
        next += 1;
    }
    order
}

fn children(parents: &[Option<usize>]) -> BTreeMap<usize, Vec<usize>> {
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children.entry(*parent).or_default().push(index);
        }
    }
    children
}

/// All positions in the order in which things happened: by day; within a day each is followed by those that come after it.
fn happened(parents: &[Option<usize>], days: &[Option<i64>]) -> Vec<usize> {
    let day = |index: usize| days.get(index).copied().flatten();
    let children = children(parents);
    let starts = |index: usize| {
        parents.get(index).copied().flatten().is_none_or(|parent| day(parent) != day(index))
    };
    let mut roots: Vec<usize> = (0..parents.len()).filter(|index| starts(*index)).collect();
    roots.sort_by_key(|index| (day(*index), *index));
    let mut order = Vec::with_capacity(parents.len());
    for root in roots {
        let mut stack = vec![root];
        while let Some(index) = stack.pop() {
            order.push(index);
            let inner = children.get(&index).into_iter().flatten().rev();
            stack.extend(inner.filter(|child| day(**child) == day(index)));
        }
    }
    order
}

/// Looks for events of one day that disagree.
struct Conflicts<'a> {
    events: &'a [Event],
    parents: &'a [Option<usize>],
    days: &'a [Option<i64>],
    /// Whether one event comes after another, once that is worked out.
    known: BTreeMap<(usize, usize), bool>,
}

/// What was last said of a fact, or of an action, on one day.
type Last<'a, K, T> = BTreeMap<(Option<i64>, K), (usize, &'a T)>;

impl<'a> Conflicts<'a> {
    fn tell(&mut self, reader: &mut Reader<'_>, happened: &[usize]) {
        let mut facts: Last<'a, &'a Target, Fact> = BTreeMap::new();
        let mut actions: Last<'a, ActionId, ActionTaken> = BTreeMap::new();
        for index in happened {
            let Some(event) = self.events.get(*index) else { continue };
            let day = self.days.get(*index).copied().flatten();
            for fact in &event.statements.facts {
                let last = facts.insert((day, &fact.target), (*index, fact));
                self.fact(reader, last, (*index, fact));
            }
            for taken in &event.statements.actions {
                let last = actions.insert((day, taken.action), (*index, taken));
                self.action(reader, last, (*index, taken));
            }
        }
    }

    fn fact(
        &mut self,
        reader: &mut Reader<'_>,
        last: Option<(usize, &Fact)>,
        (index, fact): (usize, &Fact),
    ) {
        let Some((other, before)) = last.filter(|last| !agree(last.1, fact)) else { return };
        if self.ordered(other, index) {
            return;
        }
        let spans = [before.record.span, fact.record.span];
        let code = code::case::CONFLICTING_EVENTS;
        let mut problem = disagreement(reader, code, &fact.target, spans);
        problem.message.push_str(" on one day");
        reader.problem(problem.help(self.help(other, index)));
    }

    fn action(
        &mut self,
        reader: &mut Reader<'_>,
        last: Option<(usize, &ActionTaken)>,
        (index, taken): (usize, &ActionTaken),
    ) {
        let Some((other, before)) = last.filter(|last| clash(last.1, taken)) else { return };
        if self.ordered(other, index) {
            return;
        }
        let problem = clash_of(reader, code::case::CONFLICTING_EVENTS, before, taken);
        reader.problem(problem.help(self.help(other, index)));
    }

    fn help(&self, a: usize, b: usize) -> String {
        let name = |index: usize| self.events.get(index).map_or("", |event| event.id.as_str());
        format!(
            "say which comes first: `after = \"{}\"` in the event `{}`, or the other way round",
            name(a),
            name(b)
        )
    }

    /// Whether `b` is `a` or comes after it, maybe with others between them.
    fn ordered(&mut self, a: usize, b: usize) -> bool {
        if let Some(known) = self.known.get(&(a, b)) {
            return *known;
        }
        let mut at = Some(b);
        while let Some(index) = at.filter(|index| *index != a) {
            at = self.parents.get(index).copied().flatten();
        }
        self.known.insert((a, b), at.is_some());
        at.is_some()
    }
}
