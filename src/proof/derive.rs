//! What a derivation alone gives for a row, whatever the case states: to set beside a stated value that it contradicts.
//! The engine does the same for many rows at once.

use crate::knowledge::{
    AttributeId, Branch, Derivation, DerivationBody, EntityKind, TableRow, Term,
};
use crate::value::{Members, Possible};

use super::evaluate::{Scope, View};

impl<'a> View<'a> {
    /// The values that the derivation of an attribute leaves possible for a row.
    #[must_use]
    pub fn derivation(self, attribute: AttributeId, row: usize) -> Possible {
        let vocabulary = &self.kb.vocabulary;
        let declared = vocabulary.attribute(attribute);
        let everything = vocabulary.everything(declared.kind);
        let (Some(derivation), Possible::Choice(all)) =
            (self.kb.derivations.get(&attribute), everything)
        else {
            return everything;
        };
        let scope = self.deriving(derivation, row);
        if let DerivationBody::Extreme(extreme) = &derivation.body {
            return match scope.extreme(extreme) {
                super::term::Outcome { value: Some(value), may_lack: false } => value,
                _ => everything,
            };
        }
        let Deciding { parts, certain } = deciding(&scope, &derivation.body);
        let results = parts.iter().map(|(_, result)| result);
        Possible::Choice(if certain { results.fold(0, |all, one| all | one) } else { all })
    }

    /// The branches or rows, by position, that may decide what the derivation of an attribute gives for a row; for the
    /// highest or lowest of something the only one.
    #[must_use]
    pub fn deciding(self, attribute: AttributeId, row: usize) -> Vec<usize> {
        let Some(derivation) = self.kb.derivations.get(&attribute) else { return Vec::new() };
        let scope = self.deriving(derivation, row);
        deciding(&scope, &derivation.body).parts.into_iter().map(|(index, _)| index).collect()
    }

    /// The variables of a derivation, for a row.
    fn deriving(self, derivation: &'a Derivation, row: usize) -> Scope<'a> {
        let vocabulary = &self.kb.vocabulary;
        let entity = vocabulary.attribute(derivation.attribute).entity;
        let one = vocabulary.entity(entity).kind == EntityKind::One;
        let subject: &[usize] = if one { &[] } else { &[row] };
        Scope::new(self, &derivation.variables, subject)
    }
}

/// The branches or rows that may decide, by position, with their results.
struct Deciding {
    parts: Vec<(usize, Members)>,
    /// Whether one of them certainly does.
    certain: bool,
}

fn deciding(scope: &Scope<'_>, body: &DerivationBody) -> Deciding {
    match body {
        DerivationBody::Branches(branches) => first_branch(scope, branches),
        DerivationBody::Table { inputs, rows } => first_row(scope, inputs, rows),
        DerivationBody::Extreme(_) => Deciding { parts: vec![(0, Members::MAX)], certain: true },
    }
}

/// The branches that may be the first to hold.
fn first_branch(scope: &Scope<'_>, branches: &[Branch]) -> Deciding {
    let mut parts = Vec::new();
    for (index, branch) in branches.iter().enumerate() {
        let truth = scope.truth(&branch.when);
        if truth.possible() {
            parts.push((index, branch.result));
        }
        if truth.certain() {
            return Deciding { parts, certain: true };
        }
    }
    Deciding { parts, certain: false }
}

/// The rows that are the first to match some combination of possible inputs: each row takes its part out of the boxes of
/// combinations that earlier rows have left.
fn first_row(scope: &Scope<'_>, inputs: &[Term], rows: &[TableRow]) -> Deciding {
    let start: Vec<Members> = inputs
        .iter()
        .map(|input| match scope.outcome(input).value {
            Some(Possible::Choice(members)) => members,
            _ => Members::MAX,
        })
        .collect();
    let mut left = vec![start];
    let mut parts = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut next = Vec::new();
        let mut matches = false;
        for combination in left {
            matches |= cut(&combination, &row.cells, &mut next);
        }
        if matches {
            parts.push((index, row.result));
        }
        left = next;
    }
    Deciding { parts, certain: left.is_empty() }
}

/// Splits a box of combinations into what the cells match and, into `rest`, what they do not; whether they match any.
fn cut(combination: &[Members], cells: &[Members], rest: &mut Vec<Vec<Members>>) -> bool {
    if combination.iter().zip(cells).any(|(values, cell)| values & cell == 0) {
        rest.push(combination.to_vec());
        return false;
    }
    let mut matched = combination.to_vec();
    for (index, cell) in cells.iter().enumerate() {
        let Some(values) = matched.get(index).copied() else { break };
        if values & !cell != 0 {
            let mut outside = matched.clone();
            if let Some(place) = outside.get_mut(index) {
                *place = values & !cell;
            }
            rest.push(outside);
        }
        if let Some(place) = matched.get_mut(index) {
            *place = values & cell;
        }
    }
    true
}
