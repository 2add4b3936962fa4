//! Tests of two values: over independent choices of both, unless both are one value.

use crate::knowledge::{AttributeId, Comparison, DomainId, Row, Term, Type, VariableId};
use crate::value::{Members, all_members};

use super::super::circuit::{Expr, Leaf};
use super::term::values;
use super::{Bound, Lower};

impl Lower<'_> {
    pub(super) fn compare(
        &mut self,
        left: &Term,
        comparison: Comparison,
        right: &Term,
        bound: Bound,
    ) -> Expr {
        let general = match (self.kind(left), comparison) {
            (Type::Number | Type::Date, Comparison::Same) => {
                let up = self.number_at_least(left, right, 0, bound);
                let down = self.number_at_least(right, left, 0, bound);
                self.circuit.all(vec![up, down])
            }
            (Type::Number | Type::Date, Comparison::Different) => {
                self.number_differs(left, right, bound)
            }
            (Type::Number | Type::Date, Comparison::AtLeast(by)) => {
                self.number_at_least(left, right, by, bound)
            }
            (Type::Set(domain), Comparison::Different) => {
                self.same_set(left, right, domain, bound.other()).not()
            }
            (Type::Set(domain), _) => self.same_set(left, right, domain, bound),
            (Type::Choice(_), _) => self.compare_choices(left, comparison, right, bound),
        };
        let same = self.same_cell(left, right);
        let crisp = match comparison {
            Comparison::Same => true,
            Comparison::Different => false,
            Comparison::AtLeast(by) => by <= 0,
        };
        let one = self.circuit.all(vec![same.clone(), Expr::constant(crisp)]);
        let two = self.circuit.all(vec![same.not(), general]);
        self.circuit.any(vec![one, two])
    }

    fn compare_choices(
        &mut self,
        left: &Term,
        comparison: Comparison,
        right: &Term,
        bound: Bound,
    ) -> Expr {
        let all = self.all_of(self.kind(right));
        let mut parts = Vec::new();
        for value in values(self.all_of(self.kind(left))) {
            let good = good_partners(value, comparison) & all;
            let partners = if bound.certain() { all & !good } else { good };
            let a = self.can(left, 1 << value);
            let b = self.can(right, partners);
            parts.push(self.circuit.all(vec![a, b]));
        }
        let some = self.circuit.any(parts);
        if !bound.certain() {
            return some;
        }
        let (a, b) = (self.sure(left), self.sure(right));
        self.circuit.all(vec![some.not(), a, b])
    }

    /// A choice is one of these members, or what one of these terms is: certain where each of its possible values is one
    /// of the members or all that one of the terms can be.
    pub(super) fn one_of(
        &mut self,
        left: &Term,
        members: Members,
        rights: &[Term],
        bound: Bound,
    ) -> Expr {
        let mut ways = Vec::new();
        if !bound.certain() {
            ways.push(self.among(left, members, bound));
            for right in rights {
                ways.push(self.compare(left, Comparison::Same, right, bound));
            }
            return self.circuit.any(ways);
        }
        let all = self.all_of(self.kind(left));
        let mut each = vec![self.sure(left)];
        for value in values(all & !members) {
            let mut taken = vec![self.can(left, 1 << value).not()];
            for right in rights {
                taken.push(self.among(right, 1 << value, bound));
            }
            each.push(self.circuit.any(taken));
        }
        ways.push(self.circuit.all(each));
        for right in rights {
            ways.push(self.same_cell(left, right));
        }
        self.circuit.any(ways)
    }

    fn same_set(&mut self, left: &Term, right: &Term, domain: DomainId, bound: Bound) -> Expr {
        let mut parts = Vec::new();
        for member in values(self.knowledge.vocabulary.members_of(domain)) {
            let members = 1 << member;
            let (a, b) =
                (self.includes(left, members, bound), self.includes(right, members, bound));
            let with = self.circuit.all(vec![a, b]);
            let a = self.includes(left, members, bound.other()).not();
            let b = self.includes(right, members, bound.other()).not();
            let without = self.circuit.all(vec![a, b]);
            parts.push(self.circuit.any(vec![with, without]));
        }
        self.circuit.all(parts)
    }

    /// Both terms are the same attribute of one row, or the same relation of the same rows.
    fn same_cell(&mut self, left: &Term, right: &Term) -> Expr {
        match (left, right) {
            (Term::Attribute(a, p), Term::Attribute(b, q)) if a == b => self.same_row(*a, *p, *q),
            (Term::Relation(relation, from, to), Term::Relation(other, start, end))
                if relation == other =>
            {
                let [one, two] = [self.same_pair(*from, *start), self.same_pair(*to, *end)];
                let straight = self.circuit.all(vec![one, two]);
                if !self.knowledge.vocabulary.relation(*relation).symmetric {
                    return straight;
                }
                let [one, two] = [self.same_pair(*from, *end), self.same_pair(*to, *start)];
                let crossed = self.circuit.all(vec![one, two]);
                self.circuit.any(vec![straight, crossed])
            }
            _ => Expr::constant(false),
        }
    }

    fn same_row(&mut self, attribute: AttributeId, left: Row, right: Row) -> Expr {
        match (left, right) {
            (Row::Only, Row::Only) => Expr::constant(true),
            (Row::Member(a), Row::Member(b)) => Expr::constant(a == b),
            (Row::Variable(a), Row::Variable(b)) => self.same_pair(a, b),
            (Row::Variable(variable), Row::Member(member))
            | (Row::Member(member), Row::Variable(variable)) => {
                let entity = self.knowledge.vocabulary.attribute(attribute).entity;
                self.member(entity, variable.0, 1 << (member & 63))
            }
            _ => Expr::constant(false),
        }
    }

    /// Two variables stand for one row: they are one variable, or stand for one listed row.
    fn same_pair(&mut self, a: VariableId, b: VariableId) -> Expr {
        let entity = self.entity(a);
        if entity != self.entity(b) {
            return Expr::constant(false);
        }
        if a == b {
            return Expr::constant(true);
        }
        let mut parts: Vec<Expr> = self.mask(a.0, Leaf::Listed).into_iter().collect();
        let pair = vec![a.0.min(b.0), a.0.max(b.0)];
        let apart = self.leaf(Leaf::Apart { entity, open: false }, vec![entity; 2], pair);
        parts.push(apart.not());
        self.circuit.all(parts)
    }
}

/// The right values with which a left value compares well.
fn good_partners(value: usize, comparison: Comparison) -> Members {
    match comparison {
        Comparison::Same => 1 << (value & 63),
        Comparison::Different => !(1 << (value & 63)),
        Comparison::AtLeast(by) => {
            let value = i64::try_from(value).unwrap_or(0);
            let count = value.saturating_sub(by).saturating_add(1).clamp(0, 64);
            all_members(usize::try_from(count).unwrap_or(0))
        }
    }
}
