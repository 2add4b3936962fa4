//! Walks a condition down to the facts of the case: those that settle it, and those that leave it open.
//! Follows derived attributes and predicates; visits each once, so recursion ends.

use std::collections::BTreeSet;

use crate::knowledge::{
    AttributeId, Branch, Condition, DerivationBody, EntityKind, Extreme, PredicateId, Quantified,
    Quantifier, RelationId, RuleId, Stratum, Term, Test, VariableId,
};
use crate::truth::Truth;

use super::evaluate::{Scope, View};
use super::fact::Fact;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Visit {
    Predicate(PredicateId, Vec<usize>),
    Attribute(AttributeId, usize, bool),
    Rule(RuleId, Vec<usize>),
}

/// What was found on the way.
#[derive(Debug)]
pub(super) struct Walker<'a> {
    pub(super) view: View<'a>,
    /// Facts that settle something.
    pub(super) used: BTreeSet<Fact>,
    /// Facts that leave something open.
    pub(super) open: BTreeSet<Fact>,
    visited: BTreeSet<Visit>,
    /// Take every way in which something holds, not only the first: inside recursive predicates, where the first may
    /// lead in a circle.
    thorough: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(view: View<'a>) -> Walker<'a> {
        Walker {
            view,
            used: BTreeSet::new(),
            open: BTreeSet::new(),
            visited: BTreeSet::new(),
            thorough: false,
        }
    }

    /// Walks a rule for a subject: conditions, exceptions, and the rules that override it.
    pub(super) fn rule(&mut self, id: RuleId, subject: &[usize]) {
        let kb = self.view.kb;
        let Some(rule) = kb.rules.get(id.0) else { return };
        if !self.visited.insert(Visit::Rule(id, subject.to_vec())) {
            return;
        }
        let scope = Scope::new(self.view, &rule.variables, subject);
        self.condition(&scope, &rule.when, true);
        if !scope.truth(&rule.when).possible() {
            return;
        }
        self.condition(&scope, &rule.unless, true);
        for other in &rule.overridden_by {
            self.rule(*other, subject);
        }
    }

    /// Walks a condition. Where it is open, its open parts are followed only if `open` is asked for.
    pub(super) fn condition(&mut self, scope: &Scope<'a>, condition: &Condition, open: bool) {
        let truth = scope.truth(condition);
        if truth == Truth::Open && !open {
            return;
        }
        match condition {
            Condition::All(list) => self.parts(scope, list, truth, Truth::False),
            Condition::Any(list) => self.parts(scope, list, truth, Truth::True),
            Condition::Not(part) => self.condition(scope, part, open),
            Condition::Test(test, _) => self.test(scope, test, truth == Truth::Open),
            Condition::Holds(predicate, arguments, _) => {
                self.predicate(*predicate, &scope.rows_of(arguments), truth);
            }
            Condition::Quantified(quantified, _) => self.quantified(scope, quantified, truth),
        }
    }

    /// The parts of a block: one that decides is enough, otherwise all count.
    fn parts(&mut self, scope: &Scope<'a>, list: &[Condition], truth: Truth, decisive: Truth) {
        if truth != decisive {
            for part in list {
                self.condition(scope, part, truth == Truth::Open);
            }
            return;
        }
        let deciding = list.iter().filter(|part| scope.truth(part) == decisive);
        let count = if self.thorough { usize::MAX } else { 1 };
        for part in deciding.take(count) {
            self.condition(scope, part, false);
        }
    }

    fn test(&mut self, scope: &Scope<'a>, test: &Test, open: bool) {
        match test {
            Test::Among(term, _)
            | Test::Within(term, ..)
            | Test::Includes(term, _)
            | Test::Empty(term)
            | Test::Unknown(term) => self.term(scope, term, open),
            Test::IncludesValue(left, right) | Test::Compare(left, _, right) => {
                self.term(scope, left, open);
                self.term(scope, right, open);
            }
            Test::OneOf(left, _, rights) => {
                for term in std::iter::once(left).chain(rights) {
                    self.term(scope, term, open);
                }
            }
        }
    }

    fn term(&mut self, scope: &Scope<'a>, term: &Term, open: bool) {
        match term {
            Term::Attribute(attribute, row) => {
                self.attribute(*attribute, scope.resolve(*row), open);
            }
            Term::Relation(relation, a, b) => {
                self.relation(*relation, scope.row(*a), scope.row(*b), open);
            }
            Term::Member(_) => {}
            Term::Extreme(extreme) => self.extreme(scope, extreme, open),
            Term::Years { date, .. } => {
                if self.view.facts.today.is_none() && open {
                    self.open.insert(Fact::Today);
                }
                self.term(scope, date, open);
            }
        }
    }

    fn attribute(&mut self, attribute: AttributeId, row: usize, open: bool) {
        let declared = self.view.kb.vocabulary.attribute(attribute);
        if declared.fixed.is_some() {
            return;
        }
        let value = self.view.attribute(attribute, row);
        let unknown = open && !value.is_known();
        let stated =
            self.view.facts.cell(attribute, row).is_some_and(crate::facts::Cell::is_stated);
        if declared.derived && !stated {
            self.derivation(attribute, row, unknown);
        } else if unknown && !self.view.is_listed(declared.entity, row) {
            self.open.insert(Fact::Others(declared.entity));
        } else {
            self.leaf(Fact::Attribute(attribute, row), unknown);
        }
    }

    fn relation(&mut self, relation: RelationId, a: usize, b: usize, open: bool) {
        let declared = self.view.kb.vocabulary.relation(relation);
        let unknown = open && !self.view.relation(relation, a, b).is_known();
        let unlisted = declared
            .entities
            .into_iter()
            .zip([a, b])
            .find(|(entity, row)| !self.view.is_listed(*entity, *row));
        match unlisted {
            Some((entity, _)) if unknown => {
                self.open.insert(Fact::Others(entity));
            }
            _ => {
                let (a, b) = if declared.symmetric { (a.min(b), a.max(b)) } else { (a, b) };
                self.leaf(Fact::Relation(relation, a, b), unknown);
            }
        }
    }

    fn leaf(&mut self, fact: Fact, unknown: bool) {
        if unknown {
            self.open.insert(fact)
        } else {
            self.used.insert(fact)
        };
    }

    pub(super) fn derivation(&mut self, attribute: AttributeId, row: usize, open: bool) {
        if !self.visited.insert(Visit::Attribute(attribute, row, open)) {
            return;
        }
        let kb = self.view.kb;
        let Some(derivation) = kb.derivations.get(&attribute) else { return };
        let one =
            kb.vocabulary.entity(kb.vocabulary.attribute(attribute).entity).kind == EntityKind::One;
        let subject: &[usize] = if one { &[] } else { &[row] };
        let scope = Scope::new(self.view, &derivation.variables, subject);
        match &derivation.body {
            DerivationBody::Branches(branches) => self.branches(&scope, branches, open),
            DerivationBody::Table { inputs, .. } => {
                let read = inputs.iter().filter(|input| open || scope.outcome(input).is_known());
                for input in read {
                    self.term(&scope, input, open);
                }
            }
            DerivationBody::Extreme(extreme) => self.extreme(&scope, extreme, open),
        }
    }

    fn branches(&mut self, scope: &Scope<'a>, branches: &[Branch], open: bool) {
        for branch in branches {
            self.condition(scope, &branch.when, open);
            if scope.truth(&branch.when) == Truth::True {
                return;
            }
        }
    }

    fn extreme(&mut self, scope: &Scope<'a>, extreme: &Extreme, open: bool) {
        let mut listed_open = false;
        let mut others = false;
        for candidate in scope.candidates(extreme.variable) {
            let inner = scope.bind(extreme.variable, candidate.row);
            let counts = inner.truth(&extreme.condition);
            if open && !candidate.listed {
                others |= counts.possible();
                continue;
            }
            let known = inner.outcome(&extreme.term).is_known();
            listed_open |= counts == Truth::Open || (counts == Truth::True && !known);
            self.condition(&inner, &extreme.condition, open);
            let read = counts.possible() && (open || known);
            read.then(|| self.term(&inner, &extreme.term, open));
        }
        if open && others && !listed_open {
            self.others(scope, extreme.variable);
        }
    }

    fn others(&mut self, scope: &Scope<'a>, variable: VariableId) {
        self.open.insert(Fact::Others(scope.entity(variable)));
    }

    fn predicate(&mut self, predicate: PredicateId, rows: &[usize], truth: Truth) {
        if !self.visited.insert(Visit::Predicate(predicate, rows.to_vec())) {
            return;
        }
        let kb = self.view.kb;
        let Some(declared) = kb.predicates.get(predicate.0) else { return };
        let before = self.thorough;
        self.thorough |= self.is_recursive(predicate);
        for definition in &declared.definitions {
            let scope = Scope::new(self.view, &definition.variables, rows);
            let own = scope.truth(&definition.when);
            if own == truth || truth == Truth::Open {
                self.condition(&scope, &definition.when, truth == Truth::Open);
            }
            if own == Truth::True && truth == Truth::True && !self.thorough {
                break;
            }
        }
        self.thorough = before;
    }

    fn is_recursive(&self, predicate: PredicateId) -> bool {
        self.view.kb.strata.iter().any(|stratum| match stratum {
            Stratum::Predicates { members, recursive } => {
                *recursive && members.contains(&predicate)
            }
            Stratum::Attribute(_) => false,
        })
    }

    fn quantified(&mut self, scope: &Scope<'a>, quantified: &Quantified, truth: Truth) {
        if truth == Truth::Open {
            self.open_quantified(scope, quantified);
            return;
        }
        let enough = match quantified.quantifier {
            _ if truth == Truth::False || self.thorough => None,
            Quantifier::Some => Some(1),
            Quantifier::AtLeast(count) => Some(count as usize),
            Quantifier::Every | Quantifier::Most => None,
        };
        let mut rows = scope.counted(quantified);
        if let Some(count) = enough {
            rows.retain(|row| row.candidate.listed && row.meets() == Truth::True);
            rows.truncate(count);
        }
        for row in rows {
            let inner = scope.bind(quantified.variable, row.candidate.row);
            self.condition(&inner, &quantified.filter, false);
            if row.admitted.possible() {
                self.condition(&inner, &quantified.body, false);
            }
        }
    }

    /// The listed rows that leave it open; where none does, whether there are others.
    fn open_quantified(&mut self, scope: &Scope<'a>, quantified: &Quantified) {
        let counts = matches!(quantified.quantifier, Quantifier::Some | Quantifier::AtLeast(_));
        let mut listed_open = false;
        let mut others = false;
        for row in scope.counted(quantified) {
            if !row.candidate.listed {
                others |= row.admitted.possible();
                continue;
            }
            if !row.admitted.possible() || (counts && row.meets() == Truth::False) {
                continue;
            }
            listed_open |= row.meets() == Truth::Open || row.misses() == Truth::Open;
            let inner = scope.bind(quantified.variable, row.candidate.row);
            self.condition(&inner, &quantified.filter, true);
            self.condition(&inner, &quantified.body, true);
        }
        if others && !listed_open {
            self.others(scope, quantified.variable);
        }
    }
}
