//! What may differ between two looks at a case, and all that does differ between two sets of facts.

use crate::change::{Change, Target};
use crate::facts::{Cell, Facts, RowName};
use crate::knowledge::{ActionId, AttributeId, EntityId, EntityKind, Vocabulary};
use crate::proof::{Fact, View};

/// Something that may differ between two looks at a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A fact.
    Fact(Target),
    /// Whether a row is there.
    Row(EntityId, RowName),
    /// Whether there are no rows but those listed.
    List(EntityId),
    /// The day on which the case is looked at.
    Day,
}

impl From<&Change> for About {
    fn from(change: &Change) -> About {
        match change {
            Change::State { target, .. } | Change::Unset(target) => About::Fact(target.clone()),
            Change::AddRow(entity, row) => About::Row(*entity, row.clone()),
            Change::Complete(entity, _) => About::List(*entity),
        }
    }
}

impl About {
    /// The facts that it is about: for an action, those of all rows that it is recorded for.
    pub(super) fn facts(&self, view: View<'_>) -> Vec<Fact> {
        let facts = view.facts;
        match self {
            About::Fact(Target::Attribute(id, row)) => {
                let declared = view.kb.vocabulary.attribute(*id);
                let row = facts.find_row(declared.entity, row);
                let own = row.map(|row| Fact::Attribute(*id, row));
                let recorded = declared.action.map_or_else(Vec::new, |id| recorded(view, id));
                let others = recorded.into_iter().filter(|fact| Some(*fact) != own);
                own.into_iter().chain(others).collect()
            }
            About::Fact(Target::Tie(id, a, b)) => {
                let declared = view.kb.vocabulary.relation(*id);
                let [first, second] = declared.entities;
                let rows = (facts.find_row(first, a), facts.find_row(second, b));
                let (Some(a), Some(b)) = rows else { return Vec::new() };
                let (a, b) = if declared.symmetric { (a.min(b), a.max(b)) } else { (a, b) };
                vec![Fact::Relation(*id, a, b)]
            }
            About::Row(entity, _) | About::List(entity) => vec![Fact::Others(*entity)],
            About::Day => vec![Fact::Today],
        }
    }
}

/// Everything that records whether an action was taken.
fn recorded(view: View<'_>, action: ActionId) -> Vec<Fact> {
    let attributes = view.kb.vocabulary.attributes.iter().enumerate();
    let those = attributes.filter(|(_, declared)| declared.action == Some(action));
    those
        .flat_map(|(at, declared)| {
            let rows = 0..view.facts.rows(declared.entity).list.len();
            rows.map(move |row| Fact::Attribute(AttributeId(at), row))
        })
        .collect()
}

/// All that differs between two sets of facts of one case: rows, lists, attributes, relations, the day. A fact of a row that
/// is there on one side only differs where anything is said of it.
#[must_use]
pub fn differences(vocabulary: &Vocabulary, now: &Facts, then: &Facts) -> Vec<About> {
    let mut found = Vec::new();
    for (at, entity) in vocabulary.entities.iter().enumerate() {
        if entity.kind == EntityKind::Many {
            rows(EntityId(at), [now, then], &mut found);
        }
    }
    for (at, attribute) in vocabulary.attributes.iter().enumerate() {
        let id = AttributeId(at);
        for row in ids(attribute.entity, [now, then]) {
            let cell = |facts: &Facts| {
                let row = facts.find_row(attribute.entity, &row)?;
                facts.cell(id, row).cloned()
            };
            let background = Cell::background(attribute.background);
            if differ([now, then].map(cell), &background) {
                found.push(About::Fact(Target::Attribute(id, row)));
            }
        }
    }
    ties(vocabulary, [now, then], &mut found);
    if now.today != then.today {
        found.push(About::Day);
    }
    found
}

fn rows(entity: EntityId, [now, then]: [&Facts; 2], found: &mut Vec<About>) {
    for (here, there) in [(then, now), (now, then)] {
        let lone = here.rows(entity).list.iter();
        let lone = lone.filter(|row| there.find_row(entity, &row.id).is_none());
        found.extend(lone.map(|row| About::Row(entity, row.clone())));
    }
    if now.rows(entity).complete != then.rows(entity).complete {
        found.push(About::List(entity));
    }
}

/// The ids of the rows on either side, each once.
fn ids(entity: EntityId, sides: [&Facts; 2]) -> Vec<String> {
    let rows = sides.into_iter().flat_map(|facts| facts.rows(entity).list.iter());
    let mut ids: Vec<String> = rows.map(|row| row.id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Whether two cells say different things, or say the same with another foundation.
fn differ([now, then]: [Option<Cell>; 2], background: &Cell) -> bool {
    let said = |cell: &Cell| {
        let record = cell.record.as_deref();
        let record = record.map(|record| (record.evidence, record.unknown, record.says.clone()));
        (cell.possible, record)
    };
    let [now, then] = [now.as_ref(), then.as_ref()].map(|cell| said(cell.unwrap_or(background)));
    now != then
}

fn ties(vocabulary: &Vocabulary, sides: [&Facts; 2], found: &mut Vec<About>) {
    let mut named: Vec<Target> = Vec::new();
    for facts in sides {
        for tie in facts.ties.keys() {
            let [first, second] = vocabulary.relation(tie.relation).entities;
            let id = |entity, row: usize| Some(facts.rows(entity).list.get(row)?.id.clone());
            let [a, b] = tie.rows;
            if let (Some(a), Some(b)) = (id(first, a), id(second, b)) {
                named.push(Target::Tie(tie.relation, a, b));
            }
        }
    }
    named.sort();
    named.dedup();
    for target in named {
        let Target::Tie(relation, a, b) = &target else { continue };
        let declared = vocabulary.relation(*relation);
        let [first, second] = declared.entities;
        let cell = |facts: &Facts| {
            let (a, b) = (facts.find_row(first, a)?, facts.find_row(second, b)?);
            facts.tie(vocabulary, *relation, a, b).cloned()
        };
        if differ(sides.map(cell), &Cell::background(declared.background)) {
            found.push(About::Fact(target));
        }
    }
}
