//! Positions to names: rules, rows, attributes, values, places.

use std::collections::BTreeMap;

use crate::certificate::{Place, Quantity, Root};
use crate::facts::Facts;
use crate::knowledge::{
    AttributeId, DomainId, EntityId, KnowledgeBase, PredicateId, RuleId, Term, Type,
};
use crate::value::{Members, Possible};

use super::schema::{self, Atom, Of, Part, Values};

/// The id that stands for all rows that a case does not list.
pub(super) const UNLISTED: &str = "*";

/// What names are taken from.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) kb: &'a KnowledgeBase,
    pub(super) facts: &'a Facts,
}

impl Names<'_> {
    pub(super) fn rule(self, rule: RuleId) -> String {
        self.kb.rules.get(rule.0).map_or_else(String::new, |rule| rule.name.clone())
    }

    pub(super) fn row(self, entity: EntityId, row: usize) -> String {
        let rows = &self.facts.rows(entity).list;
        rows.get(row).map_or_else(|| UNLISTED.to_owned(), |row| row.id.clone())
    }

    pub(super) fn subject(self, rule: RuleId, subject: &[usize]) -> Vec<String> {
        let variables = self.kb.rules.get(rule.0).map_or(&[][..], |rule| &rule.variables);
        let rows = variables.iter().zip(subject);
        rows.map(|(variable, row)| self.row(variable.entity, *row)).collect()
    }

    pub(super) fn atom(self, predicate: PredicateId, rows: &[usize]) -> Atom {
        let Some(found) = self.kb.predicates.get(predicate.0) else {
            return Atom { predicate: String::new(), rows: Vec::new() };
        };
        let rows = found.parameters.iter().zip(rows);
        let rows = rows.map(|(entity, row)| self.row(*entity, *row)).collect();
        Atom { predicate: found.name.clone(), rows }
    }

    /// `party.organized`; `party.did.co-sponsor` for whether an action was taken.
    pub(super) fn attribute(self, attribute: AttributeId) -> String {
        let declared = self.kb.vocabulary.attribute(attribute);
        let entity = &self.kb.vocabulary.entity(declared.entity).name;
        match declared.action.and_then(|action| self.kb.actions.get(action.0)) {
            Some(action) => format!("{entity}.did.{}", action.name),
            None => format!("{entity}.{}", declared.name),
        }
    }

    pub(super) fn place(self, place: &Place) -> schema::Place {
        let (part, of, number) = match place.root {
            Root::When(rule) => (Part::When, self.rule(rule), None),
            Root::Unless(rule) => (Part::Unless, self.rule(rule), None),
            Root::Definition(predicate, at) => {
                let found = self.kb.predicates.get(predicate.0);
                let name = found.map_or_else(String::new, |found| found.name.clone());
                (Part::Define, name, Some(at))
            }
            Root::Branch(attribute, at) => (Part::Branch, self.attribute(attribute), Some(at)),
            Root::Extreme(attribute) => (Part::Extreme, self.attribute(attribute), None),
        };
        schema::Place { part, of, number, path: place.path.clone() }
    }

    /// The rows that variables stand for at a place, by their names.
    pub(super) fn bindings(self, place: &Place, rows: &[usize]) -> BTreeMap<String, String> {
        let Some(found) = place.find(self.kb) else { return BTreeMap::new() };
        let bound = found.bound.iter().filter_map(|variable| {
            let row = rows.get(variable.0).filter(|row| **row != crate::certificate::UNBOUND)?;
            let declared = found.variables.get(variable.0)?;
            Some((declared.name.clone(), self.row(declared.entity, *row)))
        });
        bound.collect()
    }

    pub(super) fn quantity(self, quantity: &Quantity) -> Of {
        match quantity {
            Quantity::Attribute(attribute, row) => {
                let entity = self.kb.vocabulary.attribute(*attribute).entity;
                Of::Attribute { attribute: self.attribute(*attribute), row: self.row(entity, *row) }
            }
            Quantity::Relation(relation, a, b) => {
                let declared = self.kb.vocabulary.relation(*relation);
                let [first, second] = declared.entities;
                Of::Relation {
                    relation: declared.name.clone(),
                    rows: [self.row(first, *a), self.row(second, *b)],
                }
            }
            Quantity::Extreme(place, rows) => {
                Of::Extreme { place: self.place(place), rows: self.bindings(place, rows) }
            }
        }
    }

    pub(super) fn values(self, quantity: &Quantity, possible: Option<Possible>) -> Option<Values> {
        let domain = self.domain(quantity);
        let members =
            |members| domain.map_or_else(Vec::new, |domain| self.members(domain, members));
        Some(match possible? {
            Possible::Choice(chosen) => Values::Choice(members(chosen)),
            Possible::Set { may_include, may_exclude } => {
                Values::Set { may_include: members(may_include), may_exclude: members(may_exclude) }
            }
            Possible::Range { low, high } => Values::Range {
                low: (low != i64::MIN).then_some(low),
                high: (high != i64::MAX).then_some(high),
            },
        })
    }

    fn members(self, domain: DomainId, members: Members) -> Vec<String> {
        let all = self.kb.vocabulary.domain(domain).members.iter().enumerate();
        all.filter(|(at, _)| members >> at & 1 == 1)
            .map(|(_, member)| member.name.clone())
            .collect()
    }

    /// The domain whose members are the values of something.
    pub(super) fn domain(self, quantity: &Quantity) -> Option<DomainId> {
        match quantity {
            Quantity::Attribute(attribute, _) => {
                of_type(self.kb.vocabulary.attribute(*attribute).kind)
            }
            Quantity::Relation(relation, ..) => Some(self.kb.vocabulary.relation(*relation).kind),
            Quantity::Extreme(place, _) => match &place.find(self.kb)?.extreme?.term {
                Term::Attribute(attribute, _) => {
                    of_type(self.kb.vocabulary.attribute(*attribute).kind)
                }
                Term::Relation(relation, ..) => Some(self.kb.vocabulary.relation(*relation).kind),
                _ => None,
            },
        }
    }
}

fn of_type(kind: Type) -> Option<DomainId> {
    match kind {
        Type::Choice(domain) | Type::Set(domain) => Some(domain),
        Type::Number | Type::Date => None,
    }
}
