//! Which changes may bring a condition nearer to what is wanted of it. Of conditions that have to hold together only the one
//! with the fewest ways is followed: whatever mends them all has to mend that one.

use std::collections::BTreeSet;

use crate::knowledge::{
    AttributeId, Branch, Condition, DerivationBody, EntityKind, PredicateId, RuleId, TableRow, Term,
};
use crate::truth::Truth;
use crate::value::{Members, Possible};

use super::super::evaluate::{Scope, View};
use super::super::fact::Fact;
use super::super::why_not::is_subject;
use super::candidate::Candidate;
use super::leaf::Wanted;

/// So deep are definitions followed.
const DEEP: usize = 8;

/// Finds the changes that may help in one variant of a case.
pub(super) struct Mender<'a> {
    pub(super) view: View<'a>,
    /// What stands in the way and cannot be otherwise: known facts that never change, a date that is lacking.
    pub(super) barred: BTreeSet<Fact>,
    visited: Vec<Inside>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Inside {
    Predicate(PredicateId, Vec<usize>, bool),
    Attribute(AttributeId, usize, Members),
}

/// Ways to bring something about; empty where there are none.
pub(super) type Ways = Vec<Candidate>;

/// The shortest list, for what has to be brought about together; whatever holds already is to be left out.
pub(super) fn fewest(lists: impl IntoIterator<Item = Ways>) -> Ways {
    lists.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

impl<'a> Mender<'a> {
    pub(super) fn new(view: View<'a>) -> Mender<'a> {
        Mender { view, barred: BTreeSet::new(), visited: Vec::new() }
    }

    /// Ways to make a rule fire for a subject, or to keep it from it.
    pub(super) fn rule(&mut self, id: RuleId, subject: &[usize], fires: bool) -> Ways {
        let kb = self.view.kb;
        let Some(rule) = kb.rules.get(id.0).filter(|rule| is_subject(rule, subject)) else {
            return Vec::new();
        };
        let scope = Scope::new(self.view, &rule.variables, subject);
        let when = scope.truth(&rule.when);
        let unless = scope.truth(&rule.unless);
        let mut lists = Vec::new();
        if !fires || when != Truth::True {
            lists.push(self.condition(&scope, &rule.when, fires));
        }
        if !fires || unless != Truth::False {
            lists.push(self.condition(&scope, &rule.unless, !fires));
        }
        for other in &rule.overridden_by {
            let strength = super::super::why_not::Strength::of(self.view, *other, subject);
            if !fires || strength.may {
                lists.push(self.rule(*other, subject, !fires));
            }
        }
        if fires { fewest(lists) } else { lists.concat() }
    }

    /// Ways to make a condition certain, or to exclude it.
    pub(super) fn condition(
        &mut self,
        scope: &Scope<'a>,
        condition: &Condition,
        wanted: bool,
    ) -> Ways {
        match condition {
            Condition::All(list) => self.parts(scope, list, wanted, wanted),
            Condition::Any(list) => self.parts(scope, list, wanted, !wanted),
            Condition::Not(part) => self.condition(scope, part, !wanted),
            Condition::Test(test, _) => self.test(scope, test, wanted),
            Condition::Holds(predicate, arguments, _) => {
                self.predicate(*predicate, &scope.rows_of(arguments), wanted)
            }
            Condition::Quantified(quantified, _) => self.quantified(scope, quantified, wanted),
        }
    }

    fn parts(
        &mut self,
        scope: &Scope<'a>,
        list: &[Condition],
        wanted: bool,
        together: bool,
    ) -> Ways {
        let settled = Truth::from_bounds(wanted, wanted);
        let left = list.iter().filter(|part| scope.truth(part) != settled);
        let lists: Vec<Ways> = left.map(|part| self.condition(scope, part, wanted)).collect();
        if together { fewest(lists) } else { lists.concat() }
    }

    fn predicate(&mut self, predicate: PredicateId, rows: &[usize], wanted: bool) -> Ways {
        let inside = Inside::Predicate(predicate, rows.to_vec(), wanted);
        let Some(declared) = self.view.kb.predicates.get(predicate.0) else { return Vec::new() };
        if self.visited.contains(&inside) || self.visited.len() >= DEEP {
            return Vec::new();
        }
        self.visited.push(inside);
        let mut lists = Vec::new();
        for definition in &declared.definitions {
            let scope = Scope::new(self.view, &definition.variables, rows);
            if wanted || scope.truth(&definition.when).possible() {
                lists.push(self.condition(&scope, &definition.when, wanted));
            }
        }
        self.visited.pop();
        if wanted { lists.concat() } else { fewest(lists) }
    }

    /// Ways to bring a derived attribute of a row to one of these values.
    pub(super) fn derived(&mut self, attribute: AttributeId, row: usize, wanted: Members) -> Ways {
        let inside = Inside::Attribute(attribute, row, wanted);
        let Some(derivation) = self.view.kb.derivations.get(&attribute) else { return Vec::new() };
        if self.visited.contains(&inside) || self.visited.len() >= DEEP {
            return Vec::new();
        }
        self.visited.push(inside);
        let kb = self.view.kb;
        let entity = kb.vocabulary.attribute(attribute).entity;
        let one = kb.vocabulary.entity(entity).kind == EntityKind::One;
        let subject: &[usize] = if one { &[] } else { &[row] };
        let scope = Scope::new(self.view, &derivation.variables, subject);
        let ways = match &derivation.body {
            DerivationBody::Branches(branches) => self.branches(&scope, branches, wanted),
            DerivationBody::Table { inputs, rows } => self.table(&scope, inputs, rows, wanted),
            DerivationBody::Extreme(extreme) => {
                self.extreme(&scope, extreme, Wanted::Members(wanted))
            }
        };
        self.visited.pop();
        ways
    }

    /// One of the branches with a wanted result has to be the first to hold.
    fn branches(&mut self, scope: &Scope<'a>, branches: &[Branch], wanted: Members) -> Ways {
        let mut ways = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            if branch.result & !wanted != 0 {
                continue;
            }
            let before = branches.iter().take(index).filter(|other| other.result & !wanted != 0);
            let mut lists: Vec<Ways> = before
                .filter(|other| scope.truth(&other.when).possible())
                .map(|other| self.condition(scope, &other.when, false))
                .collect();
            if scope.truth(&branch.when) != Truth::True {
                lists.push(self.condition(scope, &branch.when, true));
            }
            ways.extend(fewest(lists));
        }
        ways
    }

    /// The inputs have to match a row with a wanted result.
    fn table(
        &mut self,
        scope: &Scope<'a>,
        inputs: &[Term],
        rows: &[TableRow],
        wanted: Members,
    ) -> Ways {
        let values: Vec<Members> = inputs
            .iter()
            .map(|input| match scope.outcome(input).value {
                Some(Possible::Choice(members)) => members,
                _ => Members::MAX,
            })
            .collect();
        let may_match = |row: &TableRow| values.iter().zip(&row.cells).all(|(a, b)| a & b != 0);
        let mut ways = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            if row.result & !wanted != 0 {
                continue;
            }
            let cells = inputs.iter().zip(&row.cells).zip(&values);
            let mut lists: Vec<Ways> = cells
                .filter(|((_, cell), value)| *value & !*cell != 0)
                .map(|((input, cell), _)| self.bring(scope, input, Wanted::Members(*cell)))
                .collect();
            // No row before it may match that gives something else.
            let before = rows.iter().take(index).filter(|other| other.result & !wanted != 0);
            for other in before.filter(|other| may_match(other)) {
                let cells = inputs.iter().zip(&other.cells);
                let out = cells
                    .flat_map(|(input, cell)| self.bring(scope, input, Wanted::Members(!*cell)));
                lists.push(out.collect());
            }
            ways.extend(fewest(lists));
        }
        ways
    }
}
