//! What a leaf of a circuit says of given rows of one case: the meaning that every layout of planes shares.
//! Layouts have faster ways for the common leaves; this one is for all.

use crate::facts::Facts;
use crate::knowledge::{AttributeId, EntityId, RelationId, Type, Vocabulary};
use crate::value::{NUMBER_UNIT, Possible, completed_years};

use super::circuit::{Leaf, Source};

/// How many rows of an entity a case lists.
pub(super) fn listed(facts: &Facts, entity: EntityId) -> usize {
    facts.rows(entity).list.len()
}

/// How many rows of an entity a case has, the unlisted one included.
pub(super) fn rows(facts: &Facts, entity: EntityId) -> usize {
    let rows = facts.rows(entity);
    rows.list.len() + usize::from(!rows.complete)
}

/// What an attribute of a row may be.
pub(super) fn possible(
    words: &Vocabulary,
    facts: &Facts,
    attribute: AttributeId,
    row: usize,
) -> Possible {
    facts
        .cell(attribute, row)
        .map_or_else(|| words.attribute(attribute).background, |cell| cell.possible)
}

fn tie(words: &Vocabulary, facts: &Facts, relation: RelationId, rows: &[usize]) -> Possible {
    let [a, b] = pair(rows);
    facts
        .tie(words, relation, a, b)
        .map_or_else(|| words.relation(relation).background, |cell| cell.possible)
}

fn pair(rows: &[usize]) -> [usize; 2] {
    [first(rows), rows.get(1).copied().unwrap_or(0)]
}

fn first(rows: &[usize]) -> usize {
    rows.first().copied().unwrap_or(0)
}

/// Whether a leaf holds for these rows of its frame.
pub(super) fn holds(words: &Vocabulary, facts: &Facts, leaf: &Leaf, at: &[usize]) -> bool {
    match leaf {
        Leaf::Can(attribute, members) => {
            matches!(possible(words, facts, *attribute, first(at)), Possible::Choice(may) if may & members != 0)
        }
        Leaf::Stated(attribute) => {
            facts.cell(*attribute, first(at)).is_some_and(crate::facts::Cell::is_stated)
        }
        Leaf::Undecided(attribute) => !possible(words, facts, *attribute, first(at)).is_known(),
        Leaf::May(..) | Leaf::Must(..) | Leaf::Includes { .. } => includes(words, facts, leaf, at),
        Leaf::Tie(relation, members) => {
            matches!(tie(words, facts, *relation, at), Possible::Choice(may) if may & members != 0)
        }
        Leaf::TieUndecided(relation) => !tie(words, facts, *relation, at).is_known(),
        Leaf::Member(_, members) => first(at) < 64 && members >> first(at) & 1 == 1,
        Leaf::Listed(entity) => first(at) < listed(facts, *entity),
        Leaf::There(entity) => first(at) < rows(facts, *entity),
        Leaf::Unlisted(entity) => {
            (listed(facts, *entity)..rows(facts, *entity)).contains(&first(at))
        }
        Leaf::Apart { entity, open } => {
            let [a, b] = pair(at);
            a != b || (*open && a == listed(facts, *entity))
        }
        Leaf::Before(_) => {
            let [a, b] = pair(at);
            a < b
        }
        Leaf::Reach { source, high, least } => {
            let (low, top) = bounds(words, facts, source, at.first());
            (if *high { top } else { low }) >= *least
        }
        Leaf::AtLeast { left, right, by, certain } => {
            let mut places = at.iter();
            let left =
                bounds(words, facts, left, if left.fixed.is_none() { places.next() } else { None });
            let right = bounds(words, facts, right, places.next());
            at_least(left, right, *by, *certain)
        }
        Leaf::Uncertain(source) => {
            let (low, high) = bounds(words, facts, source, at.first());
            low != high
        }
    }
}

fn includes(words: &Vocabulary, facts: &Facts, leaf: &Leaf, at: &[usize]) -> bool {
    let (attribute, row, members, may) = match leaf {
        Leaf::May(attribute, members) => (*attribute, first(at), *members, true),
        Leaf::Must(attribute, members) => (*attribute, first(at), *members, false),
        Leaf::Includes { attribute, may } => {
            let row = if at.len() > 1 { first(at) } else { 0 };
            (*attribute, row, 1 << (at.last().copied().unwrap_or(0) & 63), *may)
        }
        _ => return false,
    };
    match possible(words, facts, attribute, row) {
        Possible::Set { may_include, may_exclude } => {
            members & (if may { may_include } else { !may_exclude }) != 0
        }
        _ => false,
    }
}

/// Whether the left is at least the right plus `by`; open bounds are without end.
fn at_least(left: (i64, i64), right: (i64, i64), by: i64, certain: bool) -> bool {
    if certain {
        left.0 != i64::MIN && right.1 != i64::MAX && left.0 >= right.1.saturating_add(by)
    } else {
        left.1 == i64::MAX || right.0 == i64::MIN || left.1 >= right.0.saturating_add(by)
    }
}

/// The bounds of a number, a date, or years since or until a date.
fn bounds(words: &Vocabulary, facts: &Facts, source: &Source, at: Option<&usize>) -> (i64, i64) {
    let row = source.fixed.or(at.copied()).unwrap_or(0);
    let Possible::Range { low, high } = possible(words, facts, source.attribute, row) else {
        return (i64::MIN, i64::MAX);
    };
    let Some(since) = source.years else {
        return (low, high);
    };
    let Some(today) = facts.today else {
        return (i64::MIN, i64::MAX);
    };
    let years = |from, to| match completed_years(from, to) {
        end @ (i64::MIN | i64::MAX) => end,
        years => years.saturating_mul(NUMBER_UNIT),
    };
    if since {
        (years(high, today), years(low, today))
    } else {
        (years(today, low), years(today, high))
    }
}

/// How many members the domain of an attribute has.
pub(super) fn members(words: &Vocabulary, kind: Type) -> usize {
    match kind {
        Type::Choice(domain) | Type::Set(domain) => words.domain(domain).members.len(),
        Type::Number | Type::Date => 0,
    }
}
