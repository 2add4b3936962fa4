//! Where a condition stands in a knowledge base: from a rule or definition down by positions.

use crate::knowledge::{
    AttributeId, Condition, DerivationBody, Extreme, KnowledgeBase, PredicateId, RuleId, Term,
    Test, Variable, VariableId,
};

/// The condition that a place starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    /// The conditions of a rule.
    When(RuleId),
    /// Its exceptions.
    Unless(RuleId),
    /// A definition of a predicate, by position.
    Definition(PredicateId, usize),
    /// A branch of a derivation, by position.
    Branch(AttributeId, usize),
    /// Which rows count for a derived highest or lowest.
    Extreme(AttributeId),
}

/// A condition: a root, then positions. A block's parts are counted from 0; a negation has part 0; under a quantifier 0
/// is the filter and 1 the body; under a test, which rows count for its term of that position, a highest or lowest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Where it starts.
    pub root: Root,
    /// The positions.
    pub path: Vec<usize>,
}

/// What stands at a place.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// All variables of the rule or definition.
    pub variables: &'a [Variable],
    /// Those that stand for rows there.
    pub bound: Vec<VariableId>,
    /// The condition.
    pub condition: &'a Condition,
    /// The highest or lowest whose rows it selects.
    pub extreme: Option<&'a Extreme>,
}

impl Place {
    /// The root itself.
    #[must_use]
    pub fn root(root: Root) -> Place {
        Place { root, path: Vec::new() }
    }

    /// The part at a position.
    #[must_use]
    pub fn part(&self, position: usize) -> Place {
        let mut path = self.path.clone();
        path.push(position);
        Place { root: self.root, path }
    }

    /// What stands there.
    #[must_use]
    pub fn find<'a>(&self, kb: &'a KnowledgeBase) -> Option<Found<'a>> {
        let mut found = start(kb, self.root)?;
        for position in &self.path {
            found = step(found, *position)?;
        }
        Some(found)
    }
}

fn start(kb: &KnowledgeBase, root: Root) -> Option<Found<'_>> {
    let mut extreme = None;
    let (variables, count, condition): (&[Variable], usize, &Condition) = match root {
        Root::When(rule) | Root::Unless(rule) => {
            let found = kb.rules.get(rule.0)?;
            let unless = matches!(root, Root::Unless(_));
            let condition = if unless { &found.unless } else { &found.when };
            (&found.variables, found.subjects, condition)
        }
        Root::Definition(predicate, at) => {
            let predicate = kb.predicates.get(predicate.0)?;
            let definition = predicate.definitions.get(at)?;
            (&definition.variables, predicate.parameters.len(), &definition.when)
        }
        Root::Branch(attribute, _) | Root::Extreme(attribute) => {
            let derivation = kb.derivations.get(&attribute)?;
            let condition = match (&derivation.body, root) {
                (DerivationBody::Branches(branches), Root::Branch(_, at)) => {
                    &branches.get(at)?.when
                }
                (DerivationBody::Extreme(found), Root::Extreme(_)) => {
                    extreme = Some(found);
                    &*found.condition
                }
                _ => return None,
            };
            (&derivation.variables, own_rows(kb, attribute), condition)
        }
    };
    let mut bound: Vec<VariableId> = (0..count).map(VariableId).collect();
    bound.extend(extreme.map(|extreme| extreme.variable));
    Some(Found { variables, bound, condition, extreme })
}

/// How many variables of a derivation stand for the row itself.
#[must_use]
pub fn own_rows(kb: &KnowledgeBase, attribute: AttributeId) -> usize {
    let entity = kb.vocabulary.attribute(attribute).entity;
    usize::from(kb.vocabulary.entity(entity).kind != crate::knowledge::EntityKind::One)
}

fn step(mut found: Found<'_>, position: usize) -> Option<Found<'_>> {
    found.extreme = None;
    found.condition = match found.condition {
        Condition::All(list) | Condition::Any(list) => list.get(position)?,
        Condition::Not(part) => (position == 0).then_some(&**part)?,
        Condition::Quantified(quantified, _) => {
            found.bound.push(quantified.variable);
            match position {
                0 => &quantified.filter,
                1 => &quantified.body,
                _ => return None,
            }
        }
        Condition::Test(test, _) => {
            let extreme = extreme_of(terms(test).get(position)?)?;
            found.bound.push(extreme.variable);
            found.extreme = Some(extreme);
            &extreme.condition
        }
        Condition::Holds(..) => return None,
    };
    Some(found)
}

/// The terms that a test reads, in order.
#[must_use]
pub fn terms(test: &Test) -> Vec<&Term> {
    match test {
        Test::Among(term, _)
        | Test::Within(term, ..)
        | Test::Includes(term, _)
        | Test::Empty(term)
        | Test::Unknown(term) => vec![term],
        Test::IncludesValue(left, right) | Test::Compare(left, _, right) => vec![left, right],
        Test::OneOf(left, _, rights) => std::iter::once(left).chain(rights).collect(),
    }
}

/// The highest or lowest that a term is, or that its years are counted from.
#[must_use]
pub fn extreme_of(term: &Term) -> Option<&Extreme> {
    match term {
        Term::Extreme(extreme) => Some(extreme),
        Term::Years { date, .. } => extreme_of(date),
        _ => None,
    }
}
