//! What conditions read, directly and through definitions: attributes, relations, and the tests of their values.

use std::collections::BTreeSet;

use super::{
    AttributeId, Condition, DerivationBody, EntityId, Extreme, KnowledgeBase, PredicateId,
    RelationId, Rule, Term, Test,
};

/// What is read.
#[derive(Debug, Default)]
pub struct Reads<'k> {
    /// Attributes, derived ones with all that they come from.
    pub attributes: BTreeSet<AttributeId>,
    /// Relations.
    pub relations: BTreeSet<RelationId>,
    /// Entities whose rows are gone through.
    pub entities: BTreeSet<EntityId>,
    /// Tests of values.
    pub tests: Vec<&'k Test>,
    /// Predicates.
    pub predicates: BTreeSet<PredicateId>,
}

impl KnowledgeBase {
    /// What some conditions read.
    pub fn reads<'k>(&'k self, conditions: impl IntoIterator<Item = &'k Condition>) -> Reads<'k> {
        let mut reads = Reads::default();
        for condition in conditions {
            reads.condition(self, condition);
        }
        reads
    }

    /// What a rule reads: its conditions and exceptions.
    #[must_use]
    pub fn read_by<'k>(&'k self, rule: &'k Rule) -> Reads<'k> {
        let mut reads = self.reads([&rule.when, &rule.unless]);
        reads.entities.extend(rule.variables.iter().map(|variable| variable.entity));
        reads
    }
}

impl<'k> Reads<'k> {
    fn condition(&mut self, kb: &'k KnowledgeBase, condition: &'k Condition) {
        match condition {
            Condition::All(list) | Condition::Any(list) => {
                for part in list {
                    self.condition(kb, part);
                }
            }
            Condition::Not(part) => self.condition(kb, part),
            Condition::Test(test, _) => self.test(kb, test),
            Condition::Holds(predicate, ..) => self.predicate(kb, *predicate),
            Condition::Quantified(quantified, _) => {
                self.condition(kb, &quantified.filter);
                self.condition(kb, &quantified.body);
            }
        }
    }

    fn predicate(&mut self, kb: &'k KnowledgeBase, predicate: PredicateId) {
        if !self.predicates.insert(predicate) {
            return;
        }
        let declared = kb.predicates.get(predicate.0);
        for definition in declared.into_iter().flat_map(|predicate| &predicate.definitions) {
            self.entities.extend(definition.variables.iter().map(|variable| variable.entity));
            self.condition(kb, &definition.when);
        }
    }

    fn test(&mut self, kb: &'k KnowledgeBase, test: &'k Test) {
        self.tests.push(test);
        match test {
            Test::Among(term, _)
            | Test::Within(term, ..)
            | Test::Includes(term, _)
            | Test::Empty(term)
            | Test::Unknown(term) => self.term(kb, term),
            Test::IncludesValue(left, right) | Test::Compare(left, _, right) => {
                self.term(kb, left);
                self.term(kb, right);
            }
            Test::OneOf(left, _, rights) => {
                for term in std::iter::once(left).chain(rights) {
                    self.term(kb, term);
                }
            }
        }
    }

    fn term(&mut self, kb: &'k KnowledgeBase, term: &'k Term) {
        match term {
            Term::Attribute(attribute, _) => self.attribute(kb, *attribute),
            Term::Relation(relation, ..) => {
                self.relations.insert(*relation);
            }
            Term::Member(_) => {}
            Term::Extreme(extreme) => self.extreme(kb, extreme),
            Term::Years { date, .. } => self.term(kb, date),
        }
    }

    fn extreme(&mut self, kb: &'k KnowledgeBase, extreme: &'k Extreme) {
        self.term(kb, &extreme.term);
        self.condition(kb, &extreme.condition);
    }

    fn attribute(&mut self, kb: &'k KnowledgeBase, attribute: AttributeId) {
        if !self.attributes.insert(attribute) {
            return;
        }
        let Some(derivation) = kb.derivations.get(&attribute) else { return };
        self.entities.extend(derivation.variables.iter().map(|variable| variable.entity));
        match &derivation.body {
            DerivationBody::Branches(branches) => {
                for branch in branches {
                    self.condition(kb, &branch.when);
                }
            }
            DerivationBody::Table { inputs, .. } => {
                for input in inputs {
                    self.term(kb, input);
                }
            }
            DerivationBody::Extreme(extreme) => self.extreme(kb, extreme),
        }
    }
}
