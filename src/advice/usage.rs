//! How many of the facts that the rules read are known. Defaults count only where the case states them, so that an empty
//! case does not look well known.

use std::collections::BTreeSet;

use crate::facts::Cell;
use crate::knowledge::{
    AttributeId, Condition, DerivationBody, Extreme, KnowledgeBase, PredicateId, RelationId, Term,
    Test,
};
use crate::proof::View;
use crate::value::Possible;

use super::Known;

/// What rules read, directly and through definitions.
#[derive(Debug, Default)]
struct Usage {
    attributes: BTreeSet<AttributeId>,
    relations: BTreeSet<RelationId>,
    predicates: BTreeSet<PredicateId>,
}

pub(super) fn known(view: View<'_>) -> Known {
    let mut usage = Usage::default();
    for rule in &view.kb.rules {
        usage.condition(view.kb, &rule.when);
        usage.condition(view.kb, &rule.unless);
    }
    let vocabulary = &view.kb.vocabulary;
    let mut known = Known::default();
    for attribute in &usage.attributes {
        let declared = vocabulary.attribute(*attribute);
        if declared.derived || declared.fixed.is_some() || declared.action.is_some() {
            continue;
        }
        let cells = view.facts.cells.of(*attribute).iter();
        for cell in cells.filter(|cell| cell.is_stated() || !declared.has_default) {
            known.count(cell);
        }
    }
    for relation in &usage.relations {
        for (_, cell) in view.facts.ties_of(*relation) {
            known.count(cell);
        }
    }
    known
}

impl Known {
    fn count(&mut self, cell: &Cell) {
        let bounded = match cell.possible {
            Possible::Range { low, high } => low != i64::MIN && high != i64::MAX,
            other => other.is_known(),
        };
        self.total += 1;
        self.known += usize::from(bounded);
    }
}

impl Usage {
    fn condition(&mut self, kb: &KnowledgeBase, condition: &Condition) {
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

    fn predicate(&mut self, kb: &KnowledgeBase, predicate: PredicateId) {
        if !self.predicates.insert(predicate) {
            return;
        }
        let declared = kb.predicates.get(predicate.0);
        for definition in declared.into_iter().flat_map(|predicate| &predicate.definitions) {
            self.condition(kb, &definition.when);
        }
    }

    fn test(&mut self, kb: &KnowledgeBase, test: &Test) {
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

    fn term(&mut self, kb: &KnowledgeBase, term: &Term) {
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

    fn extreme(&mut self, kb: &KnowledgeBase, extreme: &Extreme) {
        self.term(kb, &extreme.term);
        self.condition(kb, &extreme.condition);
    }

    fn attribute(&mut self, kb: &KnowledgeBase, attribute: AttributeId) {
        if !self.attributes.insert(attribute) {
            return;
        }
        match kb.derivations.get(&attribute).map(|derivation| &derivation.body) {
            None => {}
            Some(DerivationBody::Branches(branches)) => {
                for branch in branches {
                    self.condition(kb, &branch.when);
                }
            }
            Some(DerivationBody::Table { inputs, .. }) => {
                for input in inputs {
                    self.term(kb, input);
                }
            }
            Some(DerivationBody::Extreme(extreme)) => self.extreme(kb, extreme),
        }
    }
}
