//! Tests of one or two values: certain when every possible value passes, possible when one does.
//! A term without a value fails every test.

use crate::knowledge::{Comparison, EntityId, Term, Test, VariableId};
use crate::truth::Truth;
use crate::value::{Members, Possible};

use super::evaluate::Scope;

impl Scope<'_> {
    pub(super) fn test(&self, test: &Test) -> Truth {
        match test {
            Test::Among(term, members) => self.passes(term, |value| among(value, *members)),
            Test::Within(term, low, high) => self.passes(term, |value| within(value, *low, *high)),
            Test::Includes(term, members) => self.passes(term, |value| includes(value, *members)),
            Test::IncludesValue(set, member) => {
                self.passes(set, |set| self.passes(member, |member| includes_value(set, member)))
            }
            Test::Empty(term) => self.passes(term, empty),
            Test::Unknown(term) => {
                let unknown = !self.outcome(term).is_known();
                Truth::from_bounds(unknown, unknown)
            }
            Test::Compare(left, comparison, right) => self.compare(left, *comparison, right),
            Test::OneOf(left, members, rights) => self.one_of(left, *members, rights),
        }
    }

    fn passes(&self, term: &Term, test: impl Fn(Possible) -> Truth) -> Truth {
        let outcome = self.outcome(term);
        let truth = outcome.value.map_or(Truth::False, test);
        if outcome.may_lack { truth.and(Truth::Open) } else { truth }
    }

    fn compare(&self, left: &Term, comparison: Comparison, right: &Term) -> Truth {
        if self.same_cell(left, right) {
            let holds = match comparison {
                Comparison::Same => true,
                Comparison::Different => false,
                Comparison::AtLeast(by) => by <= 0,
            };
            return Truth::from_bounds(holds, holds);
        }
        self.passes(left, |left| {
            self.passes(right, |right| match comparison {
                Comparison::Same => same(left, right),
                Comparison::Different => !same(left, right),
                Comparison::AtLeast(by) => at_least(left, right, by),
            })
        })
    }

    /// Certain where each possible value of the left is one of the members or all that one of the rights can be.
    fn one_of(&self, left: &Term, members: Members, rights: &[Term]) -> Truth {
        if rights.iter().any(|right| self.same_cell(left, right)) {
            return Truth::True;
        }
        let compared = rights.iter().map(|right| self.compare(left, Comparison::Same, right));
        let constant = self.passes(left, |value| among(value, members));
        let apart = compared.fold(constant, Truth::or);
        let mut sure = members;
        for right in rights.iter().map(|right| self.outcome(right)) {
            if let (Some(Possible::Choice(value)), true) = (right.value, right.is_known()) {
                sure |= value;
            }
        }
        let together = self.passes(left, |value| among(value, sure));
        if together == Truth::True { Truth::True } else { apart }
    }

    /// Whether two terms are one value: the same attribute of one row, the same relation of the same rows.
    fn same_cell(&self, left: &Term, right: &Term) -> bool {
        match (left, right) {
            (Term::Attribute(a, left), Term::Attribute(b, right)) => {
                let entity = self.view.kb.vocabulary.attribute(*a).entity;
                let one = left == right
                    || self.one_listed(entity, self.resolve(*left), self.resolve(*right));
                a == b && one
            }
            (Term::Relation(a, a1, a2), Term::Relation(b, b1, b2)) => {
                let relation = self.view.kb.vocabulary.relation(*a);
                let [first, second] = relation.entities;
                let straight = self.one_row(first, *a1, *b1) && self.one_row(second, *a2, *b2);
                let crossed = relation.symmetric
                    && self.one_row(first, *a1, *b2)
                    && self.one_row(second, *a2, *b1);
                a == b && (straight || crossed)
            }
            _ => false,
        }
    }

    fn one_row(&self, entity: EntityId, a: VariableId, b: VariableId) -> bool {
        a == b || self.one_listed(entity, self.row(a), self.row(b))
    }

    fn one_listed(&self, entity: EntityId, a: usize, b: usize) -> bool {
        a == b && self.view.is_listed(entity, a)
    }
}

fn among(value: Possible, members: Members) -> Truth {
    match value {
        Possible::Choice(value) => Truth::from_bounds(value & !members == 0, value & members != 0),
        _ => Truth::False,
    }
}

fn within(value: Possible, low: i64, high: i64) -> Truth {
    match value {
        Possible::Range { low: least, high: greatest } => Truth::from_bounds(
            low <= least && greatest <= high,
            least.max(low) <= greatest.min(high),
        ),
        _ => Truth::False,
    }
}

fn includes(value: Possible, members: Members) -> Truth {
    match value {
        Possible::Set { may_include, may_exclude } => Truth::from_bounds(
            may_include & !may_exclude & members != 0,
            may_include & members != 0,
        ),
        _ => Truth::False,
    }
}

fn includes_value(set: Possible, member: Possible) -> Truth {
    match (set, member) {
        (Possible::Set { may_include, may_exclude }, Possible::Choice(member)) => {
            Truth::from_bounds(
                member & !(may_include & !may_exclude) == 0,
                member & may_include != 0,
            )
        }
        _ => Truth::False,
    }
}

fn empty(value: Possible) -> Truth {
    match value {
        Possible::Set { may_include, may_exclude } => {
            Truth::from_bounds(may_include == 0, may_include & !may_exclude == 0)
        }
        _ => Truth::False,
    }
}

fn same(left: Possible, right: Possible) -> Truth {
    let possible = left.meet(right).is_some();
    Truth::from_bounds(possible && left.is_known() && right.is_known(), possible)
}

fn at_least(left: Possible, right: Possible, by: i64) -> Truth {
    let (Some((least, greatest)), Some((floor, ceiling))) = (bounds(left), bounds(right)) else {
        return Truth::False;
    };
    let certain = least != i64::MIN && ceiling != i64::MAX && least >= ceiling.saturating_add(by);
    let possible =
        greatest == i64::MAX || floor == i64::MIN || greatest >= floor.saturating_add(by);
    Truth::from_bounds(certain, possible)
}

fn bounds(value: Possible) -> Option<(i64, i64)> {
    match value {
        Possible::Choice(0) | Possible::Set { .. } => None,
        Possible::Choice(members) => {
            Some((i64::from(members.trailing_zeros()), i64::from(members.ilog2())))
        }
        Possible::Range { low, high } => Some((low, high)),
    }
}
