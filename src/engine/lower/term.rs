//! Tests and terms of finite types: where a value is possible, and what tests make of that.

use crate::knowledge::{
    AttributeId, Comparison, DomainId, EntityId, EntityKind, Extreme, RelationId, Row, Term, Test,
    Type, VariableId,
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

    fn among(&mut self, term: &Term, members: Members, bound: Bound) -> Expr {
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

    fn member(&mut self, entity: EntityId, variable: usize, members: Members) -> Expr {
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

    fn includes(&mut self, term: &Term, members: Members, bound: Bound) -> Expr {
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

    fn compare(&mut self, left: &Term, comparison: Comparison, right: &Term, bound: Bound) -> Expr {
        let general = match (self.kind(left), comparison) {
            (Type::Number | Type::Date, Comparison::Same) => {
                let up = self.number_at_least(left, right, 0, bound);
                let down = self.number_at_least(right, left, 0, bound);
                self.circuit.all(vec![up, down])
            }
            (Type::Number | Type::Date, Comparison::AtLeast(by)) => {
                self.number_at_least(left, right, by, bound)
            }
            (Type::Set(domain), _) => self.same_set(left, right, domain, bound),
            (Type::Choice(_), _) => self.compare_choices(left, comparison, right, bound),
        };
        let same = self.same_cell(left, right);
        let crisp = match comparison {
            Comparison::Same => true,
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

    /// Both terms are the same attribute of one listed row, or the same relation of the same listed rows.
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

    /// Two variables stand for one listed row.
    fn same_pair(&mut self, a: VariableId, b: VariableId) -> Expr {
        let entity = self.entity(a);
        if entity != self.entity(b) {
            return Expr::constant(false);
        }
        let mut parts: Vec<Expr> = self.mask(a.0, Leaf::Listed).into_iter().collect();
        if a != b {
            let pair = vec![a.0.min(b.0), a.0.max(b.0)];
            let apart = self.leaf(Leaf::Apart { entity, open: false }, vec![entity; 2], pair);
            parts.push(apart.not());
        }
        self.circuit.all(parts)
    }
}

/// The members of a set.
pub(super) fn values(members: Members) -> impl Iterator<Item = usize> {
    (0..64).filter(move |member| members >> member & 1 == 1)
}

/// The right values with which a left value compares well.
fn good_partners(value: usize, comparison: Comparison) -> Members {
    match comparison {
        Comparison::Same => 1 << (value & 63),
        Comparison::AtLeast(by) => {
            let value = i64::try_from(value).unwrap_or(0);
            let count = value.saturating_sub(by).saturating_add(1).clamp(0, 64);
            all_members(usize::try_from(count).unwrap_or(0))
        }
    }
}
