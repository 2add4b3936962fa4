//! The facts that may be asked: what rules read and the case does not settle.

use std::collections::BTreeSet;

use crate::change::{Change, Target};
use crate::facts::Cell;
use crate::knowledge::{AttributeId, EntityId, EntityKind, Reads, RelationId};
use crate::proof::support::derivation_support;
use crate::proof::{Fact, View};
use crate::value::Possible;

/// What a question asks for, without the rows that it asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    Attribute(AttributeId),
    Relation(RelationId),
    Others(EntityId),
}

/// A fact that may be asked.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) topic: Topic,
    pub(super) fact: Fact,
    /// The vocabulary has a default, and the case never speaks of it.
    pub(super) assumed: bool,
}

/// All facts that may be asked, by topic.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) facts: Vec<Candidate>,
    pub(super) count: usize,
    /// Facts that the case says nobody knows.
    pub(super) in_vain: usize,
}

/// The facts that rules read, and the stage, where the case does not settle them.
pub(super) fn candidates(view: View<'_>) -> Candidates {
    let conditions = view.kb.rules.iter().flat_map(|rule| [&rule.when, &rule.unless]);
    let reads = view.kb.reads(conditions);
    let mut found = Candidates::default();
    let stage = view.kb.ranking.stage.filter(|stage| !reads.attributes.contains(stage));
    for attribute in reads.attributes.iter().copied().chain(stage) {
        found.attribute(view, attribute);
    }
    for relation in &reads.relations {
        found.relation(view, *relation);
    }
    for entity in entities(view, &reads) {
        let fact = Fact::Others(entity);
        found.facts.push(Candidate { topic: Topic::Others(entity), fact, assumed: false });
    }
    found.count = found.facts.len();
    found
}

/// Entities whose lists may leave somebody out.
fn entities(view: View<'_>, reads: &Reads<'_>) -> BTreeSet<EntityId> {
    let vocabulary = &view.kb.vocabulary;
    let of = reads.attributes.iter().map(|id| vocabulary.attribute(*id).entity);
    let between = reads.relations.iter().flat_map(|id| vocabulary.relation(*id).entities);
    of.chain(between).filter(|entity| view.has_unlisted(*entity)).collect()
}

impl Candidates {
    fn attribute(&mut self, view: View<'_>, id: AttributeId) {
        let declared = view.kb.vocabulary.attribute(id);
        if declared.fixed.is_some() {
            return;
        }
        let cells = view.facts.cells.of(id);
        let spoken_of = cells.iter().any(|cell| cell.record.is_some());
        let assumed = declared.has_default && !spoken_of;
        for (row, cell) in cells.iter().enumerate() {
            let worked_out = declared.derived && !cell.is_stated();
            let unknown = !view.attribute(id, row).is_known();
            if worked_out && !(unknown && derivation_support(view, id, row).1.is_empty()) {
                continue;
            }
            let fact = Fact::Attribute(id, row);
            self.add(Candidate { topic: Topic::Attribute(id), fact, assumed }, cell, unknown);
        }
    }

    fn relation(&mut self, view: View<'_>, id: RelationId) {
        let declared = view.kb.vocabulary.relation(id);
        let spoken_of = view.facts.ties_of(id).next().is_some();
        let assumed = declared.has_default && !spoken_of;
        let [first, second] = declared.entities.map(|entity| view.listed(entity));
        let same = declared.entities[0] == declared.entities[1];
        let blank = Cell::background(declared.background);
        for a in 0..first {
            for b in (0..second).filter(|b| !(same && (a == *b || declared.symmetric && a > *b))) {
                let cell = view.facts.tie(&view.kb.vocabulary, id, a, b).unwrap_or(&blank);
                let fact = Fact::Relation(id, a, b);
                let unknown = !cell.possible.is_known();
                self.add(Candidate { topic: Topic::Relation(id), fact, assumed }, cell, unknown);
            }
        }
    }

    fn add(&mut self, candidate: Candidate, cell: &Cell, unknown: bool) {
        if cell.record.as_ref().is_some_and(|record| record.unknown) {
            self.in_vain += usize::from(unknown);
        } else if unknown || candidate.assumed {
            self.facts.push(candidate);
        }
    }
}

/// What a case file calls a fact; none for questions about the case as such.
#[must_use]
pub fn target(view: View<'_>, fact: Fact) -> Option<Target> {
    match fact {
        Fact::Attribute(id, row) => {
            let entity = view.kb.vocabulary.attribute(id).entity;
            Some(Target::Attribute(id, view.row_id(entity, row).to_owned()))
        }
        Fact::Relation(id, a, b) => {
            let [first, second] = view.kb.vocabulary.relation(id).entities;
            let (a, b) = (view.row_id(first, a), view.row_id(second, b));
            Some(Target::Tie(id, a.to_owned(), b.to_owned()))
        }
        Fact::Others(_) | Fact::Today => None,
    }
}

/// The change that makes a fact so.
pub(super) fn change(view: View<'_>, fact: Fact, possible: Possible) -> Option<Change> {
    target(view, fact).map(|target| Change::suppose(target, possible))
}

/// The rows of entities with many that a fact is about.
pub(super) fn rows(view: View<'_>, fact: Fact) -> Vec<(EntityId, usize)> {
    let vocabulary = &view.kb.vocabulary;
    let rows = match fact {
        Fact::Attribute(id, row) => vec![(vocabulary.attribute(id).entity, row)],
        Fact::Relation(id, a, b) => {
            let [first, second] = vocabulary.relation(id).entities;
            vec![(first, a), (second, b)]
        }
        Fact::Others(_) | Fact::Today => Vec::new(),
    };
    let many =
        |(entity, _): &(EntityId, usize)| vocabulary.entity(*entity).kind == EntityKind::Many;
    rows.into_iter().filter(many).collect()
}
