//! What a derivation alone gives for a row, whatever the case states: to set beside a stated value that it contradicts.
//! The engine does the same for many rows at once.

use crate::knowledge::{AttributeId, Branch, DerivationBody, EntityKind, TableRow, Term};
use crate::truth::Truth;
use crate::value::{Members, Possible};

use super::evaluate::{Scope, View};

impl View<'_> {
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
        let one = vocabulary.entity(declared.entity).kind == EntityKind::One;
        let subject: &[usize] = if one { &[] } else { &[row] };
        let scope = Scope::new(self, &derivation.variables, subject);
        let members = match &derivation.body {
            DerivationBody::Branches(branches) => first_branch(&scope, branches, all),
            DerivationBody::Table { inputs, rows } => table(&scope, inputs, rows, all),
            DerivationBody::Extreme(extreme) => match scope.extreme(extreme) {
                super::term::Outcome { value: Some(value), may_lack: false } => return value,
                _ => all,
            },
        };
        Possible::Choice(members)
    }
}

/// The union of the results of branches that may be the first to hold; everything where none certainly holds.
fn first_branch(scope: &Scope<'_>, branches: &[Branch], all: Members) -> Members {
    let mut members = 0;
    for branch in branches {
        match scope.truth(&branch.when) {
            Truth::True => return members | branch.result,
            Truth::Open => members |= branch.result,
            Truth::False => {}
        }
    }
    all
}

/// The union of the results of the first matching row over all combinations of possible inputs: each row takes its part
/// out of the boxes of combinations that earlier rows have left.
fn table(scope: &Scope<'_>, inputs: &[Term], rows: &[TableRow], all: Members) -> Members {
    let start: Vec<Members> = inputs
        .iter()
        .map(|input| match scope.outcome(input).value {
            Some(Possible::Choice(members)) => members,
            _ => Members::MAX,
        })
        .collect();
    let mut left = vec![start];
    let mut members = 0;
    for row in rows {
        let mut next = Vec::new();
        for combination in left {
            if cut(&combination, &row.cells, &mut next) {
                members |= row.result;
            }
        }
        left = next;
    }
    if left.is_empty() { members } else { all }
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
