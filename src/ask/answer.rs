//! The answers that a question may have: each member of a scale or enum, each member of a set in or out, and for numbers
//! and dates the sides of the thresholds that rules compare them with.

use std::collections::BTreeSet;

use crate::change::Change;
use crate::knowledge::{Term, Test, Type};
use crate::proof::wording::{join, value_text};
use crate::proof::{Fact, View};
use crate::value::{Members, NUMBER_UNIT, Possible, completed_years};

use super::candidate::{Candidate, change};

/// Days between which dates are looked for: the years 1 to 9999, roughly.
const DAYS: (i64, i64) = (-719_000, 2_932_000);
/// Most sides that the thresholds of one fact have.
const MOST_SIDES: usize = 24;

/// An answer: what it makes possible, or that a list is complete, in words.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) change: Change,
    pub(super) possible: Option<Possible>,
    pub(super) words: String,
}

/// The answers to a question about a fact; `tests` are all that rules try of values.
pub(super) fn replies(view: View<'_>, candidate: &Candidate, tests: &[&Test]) -> Vec<Reply> {
    if let Fact::Others(entity) = candidate.fact {
        let change = Change::Complete(entity, true);
        return vec![Reply { change, possible: None, words: "nobody else".to_owned() }];
    }
    let Some(kind) = kind(view, candidate.fact) else { return Vec::new() };
    let held = view.value(candidate.fact).unwrap_or(view.kb.vocabulary.everything(kind));
    let held = if candidate.assumed { view.kb.vocabulary.everything(kind) } else { held };
    let values: Vec<(Possible, String)> = match (held, kind) {
        (Possible::Choice(members), _) => {
            let each = bits(members).map(Possible::Choice);
            each.map(|possible| (possible, value_text(view.kb, kind, possible))).collect()
        }
        (Possible::Set { may_include, may_exclude }, Type::Set(_)) => {
            set(view, kind, (may_include, may_exclude), candidate.assumed)
        }
        (Possible::Range { low, high }, _) => {
            let sides = sides(view, candidate.fact, (low, high), tests);
            sides.map(|possible| (possible, value_text(view.kb, kind, possible))).collect()
        }
        (Possible::Set { .. }, _) => Vec::new(),
    };
    values
        .into_iter()
        .filter_map(|(possible, words)| {
            let change = change(view, candidate.fact, possible)?;
            Some(Reply { change, possible: Some(possible), words })
        })
        .collect()
}

/// The type of a fact.
pub(super) fn kind(view: View<'_>, fact: Fact) -> Option<Type> {
    match fact {
        Fact::Attribute(id, _) => Some(view.kb.vocabulary.attribute(id).kind),
        Fact::Relation(id, ..) => Some(Type::Choice(view.kb.vocabulary.relation(id).kind)),
        Fact::Others(_) | Fact::Today => None,
    }
}

fn bits(members: Members) -> impl Iterator<Item = Members> {
    (0..Members::BITS).map(|bit| 1 << bit).filter(move |bit| members & bit != 0)
}

/// Each member that is not settled, in the set and outside it; and none of them.
fn set(
    view: View<'_>,
    kind: Type,
    (may_include, may_exclude): (Members, Members),
    assumed: bool,
) -> Vec<(Possible, String)> {
    let Type::Set(domain) = kind else { return Vec::new() };
    let name = |bit: Members| value_text(view.kb, Type::Choice(domain), Possible::Choice(bit));
    let open = may_include & may_exclude;
    let mut list = Vec::new();
    for bit in bits(open) {
        // What is taken for granted of the other members stays.
        let rest = if assumed { all_out(view, domain) } else { (may_include, may_exclude) };
        let with = Possible::Set { may_include: rest.0 | bit, may_exclude: rest.1 & !bit };
        list.push((with, name(bit)));
        if !assumed {
            let without = Possible::Set { may_include: may_include & !bit, may_exclude };
            list.push((without, format!("not {}", name(bit))));
        }
    }
    if open.count_ones() > 1 && !assumed {
        let words = if may_include == open { "none of these" } else { "nothing else" };
        let none = Possible::Set { may_include: may_include & !open, may_exclude };
        list.push((none, words.to_owned()));
    }
    list
}

fn all_out(view: View<'_>, domain: crate::knowledge::DomainId) -> (Members, Members) {
    (0, view.kb.vocabulary.members_of(domain))
}

/// A number or date between the thresholds that it is compared with.
fn sides(
    view: View<'_>,
    fact: Fact,
    (low, high): (i64, i64),
    tests: &[&Test],
) -> impl Iterator<Item = Possible> {
    let mut cuts = BTreeSet::new();
    for test in tests {
        cut(view, fact, test, &mut cuts);
    }
    let within = cuts.into_iter().filter(|cut| low < *cut && *cut <= high).take(MOST_SIDES - 1);
    let mut starts = vec![low];
    starts.extend(within);
    let ends: Vec<i64> = starts.iter().skip(1).map(|next| next - 1).chain([high]).collect();
    let alone = starts.len() == 1;
    starts
        .into_iter()
        .zip(ends)
        .filter(move |_| !alone)
        .map(|(low, high)| Possible::Range { low, high })
}

/// Adds the least values beyond a threshold that a test sets for a fact.
fn cut(view: View<'_>, fact: Fact, test: &Test, cuts: &mut BTreeSet<i64>) {
    let Fact::Attribute(id, _) = fact else { return };
    let is_it = |term: &Term| matches!(term, Term::Attribute(other, _) if *other == id);
    match test {
        Test::Within(term, low, high) if reads(term, id) => {
            let mut bounds: Vec<i64> = Vec::new();
            bounds.extend((*low != i64::MIN).then_some(*low));
            bounds.extend((*high != i64::MAX).then(|| high.saturating_add(1)));
            match years(term) {
                None => cuts.extend(bounds),
                Some(since) => {
                    let days = bounds.into_iter().filter_map(|bound| day(view, since, bound));
                    cuts.extend(days);
                }
            }
        }
        Test::Compare(left, _, right) if is_it(left) || is_it(right) => {
            cuts.extend([left, right].into_iter().flat_map(|term| known(view, term)));
        }
        _ => {}
    }
}

/// The known values of an attribute, and the least beyond each.
fn known(view: View<'_>, term: &Term) -> Vec<i64> {
    let Term::Attribute(id, _) = term else { return Vec::new() };
    let cells = view.facts.cells.of(*id).iter();
    let values = cells.filter_map(|cell| match cell.possible {
        Possible::Range { low, high } if low == high => Some(low),
        _ => None,
    });
    values.flat_map(|value| [value, value.saturating_add(1)]).collect()
}

fn reads(term: &Term, id: crate::knowledge::AttributeId) -> bool {
    match term {
        Term::Attribute(other, _) => *other == id,
        Term::Years { date, .. } => reads(date, id),
        Term::Extreme(extreme) => reads(&extreme.term, id),
        Term::Relation(..) | Term::Member(_) => false,
    }
}

/// Whether a term counts years since a date, or until it.
fn years(term: &Term) -> Option<bool> {
    match term {
        Term::Years { since, .. } => Some(*since),
        Term::Extreme(extreme) => years(&extreme.term),
        _ => None,
    }
}

/// The first day on the other side of a number of years: since a date, years get fewer with later dates.
fn day(view: View<'_>, since: bool, bound: i64) -> Option<i64> {
    let today = view.facts.today?;
    let reached = |day: i64| {
        let (from, to) = if since { (day, today) } else { (today, day) };
        let enough = completed_years(from, to).saturating_mul(NUMBER_UNIT) >= bound;
        enough != since
    };
    let (mut below, mut above) = DAYS;
    if reached(below) || !reached(above) {
        return None;
    }
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if reached(middle) { above = middle } else { below = middle }
    }
    Some(above)
}

/// Answers with like effects in words: `none or low`.
pub(super) fn together(view: View<'_>, fact: Fact, options: &[&Reply]) -> String {
    let words: Vec<String> = options.iter().map(|option| option.words.clone()).collect();
    let joined = options.iter().map(|option| option.possible).collect::<Option<Vec<_>>>();
    let joined = joined.and_then(|list| list.into_iter().reduce(Possible::join));
    match (joined, kind(view, fact)) {
        (Some(range @ Possible::Range { .. }), Some(kind)) => value_text(view.kb, kind, range),
        _ => join(&words, "or"),
    }
}
