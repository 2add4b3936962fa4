//! The facts that an example in a rule file gives.

use std::collections::BTreeMap;

use crate::change::record_action;
use crate::facts::{Cell, Evidence, Facts, Record, RowName};
use crate::knowledge::example::Statement;
use crate::knowledge::{EntityId, EntityKind, Example, Vocabulary};
use crate::source::Span;

/// The facts that an example gives. What is stated counts as documented, without a source.
#[must_use]
pub fn given(vocabulary: &Vocabulary, example: &Example) -> Facts {
    let mut facts = Facts::new(vocabulary);
    facts.today = example.today;
    rows(&mut facts, vocabulary, example);
    for (id, row, statement) in &example.given.attributes {
        let entity = vocabulary.attribute(*id).entity;
        if let Some(row) = facts.find_row(entity, row.as_deref().unwrap_or_default()) {
            facts.set(*id, row, cell(statement));
        }
    }
    for (id, [a, b], statement) in &example.given.ties {
        let [first, second] = vocabulary.relation(*id).entities;
        if let (Some(a), Some(b)) = (facts.find_row(first, a), facts.find_row(second, b)) {
            facts.set_tie(vocabulary, *id, a, b, cell(statement));
        }
    }
    let mut actions: Vec<_> = example.given.actions.iter().collect();
    actions.sort_by_key(|(_, row, _)| row.is_some());
    for (action, row, taken) in actions {
        let row = row.as_ref().map(|(entity, id)| (*entity, id.as_str()));
        record_action(&mut facts, vocabulary, (*action, row, *taken), &record(example.span));
    }
    facts
}

fn rows(facts: &mut Facts, vocabulary: &Vocabulary, example: &Example) {
    let mut rows: BTreeMap<EntityId, Vec<RowName>> = BTreeMap::new();
    for row in &example.given.rows {
        let name = row.id.replace('_', " ");
        let row_name = RowName { id: row.id.clone(), name, plural: false };
        rows.entry(row.entity).or_default().push(row_name);
    }
    for (index, entity) in vocabulary.entities.iter().enumerate() {
        let id = EntityId(index);
        if entity.kind == EntityKind::Many {
            let mut list = rows.remove(&id).unwrap_or_default();
            list.sort();
            list.dedup();
            facts.set_rows(vocabulary, id, list, example.given.complete.contains(&id));
        }
    }
}

fn cell(statement: &Statement) -> Cell {
    let mut says = statement.says.clone();
    says.sort();
    let record = Record { unknown: statement.unknown, says, ..record(statement.span) };
    Cell { possible: statement.possible, record: Some(Box::new(record)) }
}

fn record(span: Span) -> Record {
    Record {
        span,
        source: None,
        evidence: Evidence::Documented,
        note: None,
        unknown: false,
        says: Vec::new(),
        event: None,
    }
}
