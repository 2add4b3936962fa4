//! What a case begins with: the rows of each entity that has none, and what most rules ask of a row that was only named.

use std::collections::BTreeMap;

use crate::knowledge::{AttributeId, EntityId, EntityKind, KnowledgeBase};
use crate::proof::{Fact, View};

use super::candidate::Topic;

/// Most attributes that a row is introduced by.
const MOST: usize = 3;
/// One rule in so many reads an attribute that introduces rows, at least.
const SHARE: usize = 10;

/// A step of the beginning, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Which rows there are.
    Rows,
    /// What they are.
    Introduction,
    /// How far the case has come.
    Stage,
    /// Everything else.
    Rest,
}

/// Which step each topic belongs to.
pub(super) struct Opening<'a> {
    view: View<'a>,
    introductions: Vec<Fact>,
}

impl<'a> Opening<'a> {
    pub(super) fn new(view: View<'a>) -> Opening<'a> {
        Opening { view, introductions: introductions(view) }
    }

    pub(super) fn step(&self, topic: Topic) -> Step {
        let introduces = |fact: &Fact| matches!((fact, topic), (Fact::Attribute(id, _), Topic::Attribute(of)) if *id == of);
        match topic {
            Topic::Others(entity) if self.view.listed(entity) == 0 => Step::Rows,
            _ if self.introductions.iter().any(introduces) => Step::Introduction,
            Topic::Attribute(id) if self.view.kb.ranking.stage == Some(id) => Step::Stage,
            _ => Step::Rest,
        }
    }

    /// Whether a fact is asked for even where no answer changes anything yet.
    pub(super) fn asks(&self, fact: Fact) -> bool {
        match fact {
            Fact::Others(entity) => self.view.listed(entity) == 0,
            Fact::Attribute(id, _) if self.view.kb.ranking.stage == Some(id) => true,
            _ => self.introductions.contains(&fact),
        }
    }

    /// The place of a topic among those of its step.
    pub(super) fn place(&self, topic: Topic) -> usize {
        let Topic::Attribute(id) = topic else { return usize::MAX };
        let attributes = self.introductions.iter().map(|fact| match fact {
            Fact::Attribute(id, _) => Some(*id),
            _ => None,
        });
        attributes.into_iter().position(|other| other == Some(id)).unwrap_or(usize::MAX)
    }
}

/// The facts that introduce rows of which the case says nothing else yet, row by row.
#[must_use]
pub fn introductions(view: View<'_>) -> Vec<Fact> {
    let vocabulary = &view.kb.vocabulary;
    let entities = (0..vocabulary.entities.len()).map(EntityId);
    let many = entities.filter(|id| vocabulary.entity(*id).kind == EntityKind::Many);
    many.flat_map(|entity| {
        let asked = introducing(view.kb, entity);
        let rows = 0..view.listed(entity);
        rows.flat_map(move |row| missing(view, entity, row, &asked)).collect::<Vec<_>>()
    })
    .collect()
}

/// What is missing of a row that is only named, or half introduced.
fn missing(view: View<'_>, entity: EntityId, row: usize, asked: &[AttributeId]) -> Vec<Fact> {
    let attributes = view.kb.vocabulary.attributes.iter().enumerate();
    let own = attributes.filter(|(_, one)| one.entity == entity && one.action.is_none());
    let stated =
        |id: AttributeId| view.facts.cell(id, row).is_some_and(|cell| cell.record.is_some());
    let mut said = own.map(|(at, _)| AttributeId(at)).filter(|id| stated(*id));
    if said.any(|id| !asked.contains(&id)) {
        return Vec::new();
    }
    let open = asked.iter().filter(|id| !stated(**id));
    open.map(|id| Fact::Attribute(*id, row)).collect()
}

/// The attributes of an entity that most rules read, in the order of their declaration.
fn introducing(kb: &KnowledgeBase, entity: EntityId) -> Vec<AttributeId> {
    let mut readers: BTreeMap<AttributeId, usize> = BTreeMap::new();
    for rule in &kb.rules {
        for id in kb.read_by(rule).attributes {
            let attribute = kb.vocabulary.attribute(id);
            let asked = attribute.fixed.is_none() && attribute.action.is_none();
            if asked && !attribute.derived && attribute.entity == entity {
                *readers.entry(id).or_default() += 1;
            }
        }
    }
    let mut list: Vec<(usize, AttributeId)> = readers
        .into_iter()
        .filter(|(_, count)| *count * SHARE >= kb.rules.len())
        .map(|(id, count)| (count, id))
        .collect();
    list.sort_by_key(|(count, id)| (std::cmp::Reverse(*count), *id));
    let mut list: Vec<AttributeId> = list.into_iter().take(MOST).map(|(_, id)| id).collect();
    list.sort_by_key(|id| kb.vocabulary.attribute(*id).span);
    list
}
