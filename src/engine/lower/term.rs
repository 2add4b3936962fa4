//! Tests and terms of finite types: where a value is possible, and what tests make of that. `compare` has tests of two.

use crate::knowledge::{
    AttributeId, EntityId, EntityKind, Extreme, RelationId, Row, Term, Test, Type, VariableId,
};
use crate::value::{Members, all_members};

use super::super::circuit::{Expr, Leaf};
use super::{Bound, Lower};

impl Lower<'_> {
    /// A test on one bound.
    pub(super) fn test(&mut self, test: &Test, bound: Bound) -> Expr {
        match test {
            Test::Among(term, members) => self.among(term, *members, bound),
            Test::Within(term, low, high) => self.within(term, *low, *high, bound),
            Test::Includes(term, members) => self.includes(term, *members, bound),
            Test::IncludesValue(set, value) => self.includes_value(set, value, bound),
            Test::Empty(term) => {
                let all = self.all_of(self.kind(term));
                self.includes(term, all, bound.other()).not()
            }
            Test::Unknown(term) => self.unknown(term),
            Test::Compare(left, comparison, right) => self.compare(left, *comparison, right, bound),
            Test::OneOf(left, members, rights) => self.one_of(left, *members, rights, bound),
        }
    }

    pub(super) fn kind(&self, term: &Term) -> Type {
        let words = &self.knowledge.vocabulary;
        match term {
            Term::Attribute(attribute, _) => words.attribute(*attribute).kind,
            Term::Relation(relation, ..) => Type::Choice(words.relation(*relation).kind),
            Term::Member(variable) => match words.entity(self.entity(*variable)).kind {
                EntityKind::Members(domain) => Type::Choice(domain),
                EntityKind::Many | EntityKind::One => Type::YES_NO,
            },
            Term::Extreme(extreme) => self.kind(&extreme.term),
            Term::Years { .. } => Type::Number,
        }
    }

    pub(super) fn all_of(&self, kind: Type) -> Members {
        match kind {
            Type::Choice(domain) | Type::Set(domain) => {
                self.knowledge.vocabulary.members_of(domain)
            }
            Type::Number | Type::Date => 0,
        }
    }

    pub(super) fn among(&mut self, term: &Term, members: Members, bound: Bound) -> Expr {
        if !bound.certain() {
            return self.can(term, members);
        }
        let all = self.all_of(self.kind(term));
        let other = self.can(term, all & !members).not();
        let sure = self.sure(term);
        self.circuit.all(vec![other, sure])
    }

    /// The term may be one of these.
    pub(super) fn can(&mut self, term: &Term, members: Members) -> Expr {
        let members = members & self.all_of(self.kind(term));
        if members == 0 {
            return Expr::constant(false);
        }
        match term {
            Term::Attribute(attribute, row) => self.attribute_can(*attribute, *row, members),
            Term::Relation(relation, a, b) => self.tie_can(*relation, [*a, *b], members),
            Term::Member(variable) => {
                let entity = self.entity(*variable);
                self.member(entity, variable.0, members)
            }
            Term::Extreme(extreme) => {
                let values = values(members);
                let parts = values.map(|value| self.extreme_can(extreme, value)).collect();
                self.circuit.any(parts)
            }
            Term::Years { .. } => Expr::constant(false),
        }
    }

    pub(super) fn member(&mut self, entity: EntityId, variable: usize, members: Members) -> Expr {
        if self.fixed_rows(entity).is_some_and(|rows| members == all_members(rows)) {
            return Expr::constant(true);
        }
        self.leaf(Leaf::Member(entity, members), vec![entity], vec![variable])
    }

    fn tie_can(&mut self, relation: RelationId, pair: [VariableId; 2], members: Members) -> Expr {
        let declared = self.knowledge.vocabulary.relation(relation);
        if members == self.all_of(Type::Choice(declared.kind)) {
            return Expr::constant(true);
        }
        let frame = declared.entities.to_vec();
        self.leaf(Leaf::Tie(relation, members), frame, self.tie_places(relation, pair))
    }

    /// The variables of a relation, in one order where the order does not matter.
    fn tie_places(&self, relation: RelationId, [a, b]: [VariableId; 2]) -> Vec<usize> {
        let symmetric = self.knowledge.vocabulary.relation(relation).symmetric;
        if symmetric { vec![a.0.min(b.0), a.0.max(b.0)] } else { vec![a.0, b.0] }
    }

    fn attribute_can(&mut self, attribute: AttributeId, row: Row, members: Members) -> Expr {
        let declared = self.knowledge.vocabulary.attribute(attribute);
        if members == self.all_of(declared.kind) {
            return Expr::constant(true);
        }
        if !declared.derived {
            return self.of_row(attribute, row, Leaf::Can(attribute, members));
        }
        self.at_row(attribute, row, |lower, variable| {
            let derived = lower.derived.get(&attribute).cloned().unwrap_or_default();
            let parts = values(members).filter_map(|value| derived.get(value).cloned());
            let parts = parts.map(|part| part.rename(|_| variable)).collect();
            lower.circuit.any(parts)
        })
    }

    /// A leaf of an attribute of a row.
    pub(super) fn of_row(&mut self, attribute: AttributeId, row: Row, leaf: Leaf) -> Expr {
        let entity = self.knowledge.vocabulary.attribute(attribute).entity;
        self.at_row(attribute, row, |lower, variable| {
            if lower.is_one(entity) {
                lower.leaf(leaf, vec![], vec![])
            } else {
                lower.leaf(leaf, vec![entity], vec![variable])
            }
        })
    }

    pub(in super::super) fn is_one(&self, entity: EntityId) -> bool {
        self.knowledge.vocabulary.entity(entity).kind == EntityKind::One
    }

    /// What `make` says of a variable, said of a row.
    fn at_row(
        &mut self,
        attribute: AttributeId,
        row: Row,
        make: impl FnOnce(&mut Self, usize) -> Expr,
    ) -> Expr {
        match row {
            Row::Variable(variable) => make(self, variable.0),
            Row::Only => make(self, 0),
            Row::Member(member) => {
                let entity = self.knowledge.vocabulary.attribute(attribute).entity;
                let variable = self.fresh(entity);
                let body = make(self, variable);
                let only = self.member(entity, variable, 1 << (member & 63));
                self.circuit.exists(variable, entity, vec![only, body])
            }
        }
    }

    /// The term certainly has a value.
    pub(super) fn sure(&mut self, term: &Term) -> Expr {
        match term {
            Term::Extreme(extreme) => {
                let parts = self.parts(&extreme.condition, Bound::Certain);
                self.exists(extreme.variable, parts, Bound::Certain)
            }
            _ => Expr::constant(true),
        }
    }

    /// A row may have this value, and none certainly has a better one.
    pub(super) fn extreme_can(&mut self, extreme: &Extreme, value: usize) -> Expr {
        let mut parts = self.parts(&extreme.condition, Bound::Possible);
        parts.push(self.can(&extreme.term, 1 << value));
        let taken = self.exists(extreme.variable, parts, Bound::Possible);
        let upto = all_members(value + 1);
        let all = self.all_of(self.kind(&extreme.term));
        let not_better = if extreme.highest { upto } else { all & !(upto >> 1) };
        let mut parts = self.parts(&extreme.condition, Bound::Certain);
        parts.push(self.can(&extreme.term, not_better).not());
        let better = self.exists(extreme.variable, parts, Bound::Certain);
        self.circuit.all(vec![taken, better.not()])
    }

    pub(super) fn includes(&mut self, term: &Term, members: Members, bound: Bound) -> Expr {
        let Term::Attribute(attribute, row) = term else {
            return Expr::constant(false);
        };
        let leaf = if bound.certain() {
            Leaf::Must(*attribute, members)
        } else {
            Leaf::May(*attribute, members)
        };
        self.of_row(*attribute, *row, leaf)
    }

    fn includes_value(&mut self, set: &Term, value: &Term, bound: Bound) -> Expr {
        if let (Term::Attribute(attribute, row), Term::Member(variable)) = (set, value) {
            return self.includes_member(*attribute, *row, *variable, bound);
        }
        let mut parts = Vec::new();
        for member in values(self.all_of(self.kind(set))) {
            let included = self.includes(set, 1 << member, bound);
            let chosen = self.can(value, 1 << member);
            parts.push(if bound.certain() {
                self.circuit.any(vec![included, chosen.not()])
            } else {
                self.circuit.all(vec![included, chosen])
            });
        }
        if bound.certain() {
            parts.push(self.sure(value));
            return self.circuit.all(parts);
        }
        self.circuit.any(parts)
    }

    fn includes_member(
        &mut self,
        attribute: AttributeId,
        row: Row,
        member: VariableId,
        bound: Bound,
    ) -> Expr {
        let leaf = Leaf::Includes { attribute, may: !bound.certain() };
        let owner = self.knowledge.vocabulary.attribute(attribute).entity;
        let entity = self.entity(member);
        self.at_row(attribute, row, |lower, variable| {
            if lower.is_one(owner) {
                lower.leaf(leaf, vec![entity], vec![member.0])
            } else {
                lower.leaf(leaf, vec![owner, entity], vec![variable, member.0])
            }
        })
    }

    fn unknown(&mut self, term: &Term) -> Expr {
        let kind = self.kind(term);
        match (term, kind) {
            (Term::Member(_), _) => Expr::constant(false),
            (_, Type::Number | Type::Date) => self.number_unknown(term),
            (Term::Attribute(attribute, row), _)
                if !self.knowledge.vocabulary.attribute(*attribute).derived =>
            {
                self.of_row(*attribute, *row, Leaf::Undecided(*attribute))
            }
            (Term::Relation(relation, a, b), _) => {
                let frame = self.knowledge.vocabulary.relation(*relation).entities.to_vec();
                let places = self.tie_places(*relation, [*a, *b]);
                self.leaf(Leaf::TieUndecided(*relation), frame, places)
            }
            _ => {
                let members = values(self.all_of(kind));
                let mut outcomes: Vec<Expr> =
                    members.map(|member| self.can(term, 1 << member)).collect();
                outcomes.push(self.sure(term).not());
                self.two_of(outcomes)
            }
        }
    }

    fn two_of(&mut self, outcomes: Vec<Expr>) -> Expr {
        let mut before = Expr::constant(false);
        let mut second = Vec::new();
        for outcome in outcomes {
            second.push(self.circuit.all(vec![before.clone(), outcome.clone()]));
            before = self.circuit.any(vec![before, outcome]);
        }
        self.circuit.any(second)
    }
}

/// The members of a set.
pub(super) fn values(members: Members) -> impl Iterator<Item = usize> {
    (0..64).filter(move |member| members >> member & 1 == 1)
}
