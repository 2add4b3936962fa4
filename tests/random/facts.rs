//! A case as facts, without the detour through a case file.

use std::collections::BTreeSet;

use convener::facts::{Cell, Evidence, Facts, Record, RowName};
use convener::knowledge::{ActionId, EntityId, EntityKind, KnowledgeBase, Type, Vocabulary};
use convener::source::{SourceId, Span};
use convener::value::{Members, Possible};

use crate::oracle::case::{OracleCase, Stated};
use crate::oracle::value::Values;

/// The facts of a case for a compiled vocabulary.
pub(crate) fn facts(base: &KnowledgeBase, case: &OracleCase) -> Facts {
    let vocabulary = &base.vocabulary;
    let mut facts = Facts::new(vocabulary);
    facts.today = case.today;
    for (name, ids) in &case.rows {
        let entity = vocabulary.find_entity(name).unwrap();
        let row = |id: &String| RowName { id: id.clone(), name: id.clone(), plural: false };
        let complete = case.complete.contains(name);
        facts.set_rows(vocabulary, entity, ids.iter().map(row).collect(), complete);
    }
    for ((entity, row, name), stated) in &case.facts {
        let entity = vocabulary.find_entity(entity).unwrap();
        let attribute = vocabulary.find_attribute(entity, name).unwrap();
        let row = facts.find_row(entity, row).unwrap();
        let kind = vocabulary.attribute(attribute).kind;
        facts.set(attribute, row, cell(vocabulary, kind, stated));
    }
    for ((name, a, b), stated) in &case.ties {
        let id = vocabulary.find_relation(name).unwrap();
        let relation = vocabulary.relation(id);
        let cell = cell(vocabulary, Type::Choice(relation.kind), stated);
        let a = facts.find_row(relation.entities[0], a).unwrap();
        let b = facts.find_row(relation.entities[1], b).unwrap();
        facts.set_tie(vocabulary, id, a, b, cell);
    }
    for did in &case.did {
        let action = base.actions.iter().position(|action| action.name == did.action).unwrap();
        let row = did.row.as_ref().map(|(entity, id)| {
            let entity = vocabulary.find_entity(entity).unwrap();
            (entity, facts.find_row(entity, id).unwrap())
        });
        record_action(vocabulary, &mut facts, ActionId(action), row, did.taken);
    }
    facts
}

fn record_action(
    vocabulary: &Vocabulary,
    facts: &mut Facts,
    action: ActionId,
    row: Option<(EntityId, usize)>,
    taken: bool,
) {
    let known = |taken: bool| {
        let possible = Possible::Choice(if taken { 2 } else { 1 });
        Cell { possible, record: Some(Box::new(record(false, Vec::new()))) }
    };
    if row.is_none() || taken {
        let attribute = vocabulary.find_done(action, None).unwrap();
        facts.set(attribute, 0, known(taken));
    }
    if let Some((entity, row)) = row {
        facts.set(vocabulary.find_done(action, Some(entity)).unwrap(), row, known(taken));
        return;
    }
    for (position, entity) in vocabulary.entities.iter().enumerate() {
        if entity.kind == EntityKind::Many {
            let attribute = vocabulary.find_done(action, Some(EntityId(position))).unwrap();
            for row in 0..facts.rows(EntityId(position)).list.len() {
                facts.set(attribute, row, known(taken));
            }
        }
    }
}

fn record(unknown: bool, says: Vec<(String, Possible)>) -> Record {
    Record {
        span: Span { source: SourceId(0), start: 0, end: 0 },
        source: None,
        evidence: Evidence::Documented,
        note: None,
        unknown,
        says,
        event: None,
    }
}

fn cell(vocabulary: &Vocabulary, kind: Type, stated: &Stated) -> Cell {
    let says =
        stated.says.iter().map(|(who, said)| (who.clone(), possible(vocabulary, kind, said)));
    Cell {
        possible: possible(vocabulary, kind, &stated.values),
        record: Some(Box::new(record(stated.unknown, says.collect()))),
    }
}

fn possible(vocabulary: &Vocabulary, kind: Type, values: &Values) -> Possible {
    let bits = |names: &BTreeSet<String>| -> Members {
        let (Type::Choice(domain) | Type::Set(domain)) = kind else { panic!("no members") };
        let members = vocabulary.domain(domain).members.iter().enumerate();
        members.filter(|(_, m)| names.contains(&m.name)).map(|(bit, _)| 1 << bit).sum()
    };
    match values {
        Values::Choice(names) => Possible::Choice(bits(names)),
        Values::Set { may_include, may_exclude } => {
            Possible::Set { may_include: bits(may_include), may_exclude: bits(may_exclude) }
        }
        Values::Range { low, high } => Possible::Range { low: *low, high: *high },
    }
}
