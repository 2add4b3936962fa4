//! What one conclusion rests on and hangs on: facts with their evidence, witnesses, open facts.
//! Ranks nothing; words are made in `wording`.

use std::collections::BTreeSet;

use crate::facts::Evidence;
use crate::knowledge::{Condition, Quantifier, RuleId, VariableId};
use crate::truth::Truth;

use super::evaluate::{Scope, View};
use super::fact::Fact;
use super::walk::Walker;

/// What a conclusion rests on and hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// The facts that it rests on.
    pub facts: BTreeSet<Fact>,
    /// The weakest evidence among them; documented where it rests on none.
    pub evidence: Evidence,
    /// For each variable of a top-level `some`, the rows that satisfy it.
    pub witnesses: Vec<Witnesses>,
    /// The facts that are undecided and on which it hangs.
    pub open: BTreeSet<Fact>,
}

/// Which rows satisfy a top-level `some`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnesses {
    /// Its variable.
    pub variable: VariableId,
    /// Listed rows that certainly do, in id order.
    pub certain: Vec<usize>,
    /// Listed rows that may, in id order.
    pub possible: Vec<usize>,
}

/// What a rule rests on and hangs on for a subject.
#[must_use]
pub fn support(view: View<'_>, rule: RuleId, subject: &[usize]) -> Support {
    let mut walker = Walker::new(view);
    walker.rule(rule, subject);
    let witnesses = view.kb.rules.get(rule.0).map_or_else(Vec::new, |rule| {
        witnesses(&Scope::new(view, &rule.variables, subject), &rule.when)
    });
    let Walker { used: facts, open, .. } = walker;
    Support { evidence: weakest(view, &facts), facts, witnesses, open }
}

/// What a derived attribute of a row rests on and hangs on, whatever the case states of it.
#[must_use]
pub fn derivation_support(
    view: View<'_>,
    attribute: crate::knowledge::AttributeId,
    row: usize,
) -> (BTreeSet<Fact>, BTreeSet<Fact>) {
    let mut walker = Walker::new(view);
    walker.derivation(attribute, row, true);
    (walker.used, walker.open)
}

/// The facts that leave a condition without a subject open.
#[must_use]
pub fn open_facts(scope: &Scope<'_>, condition: &Condition) -> BTreeSet<Fact> {
    let mut walker = Walker::new(scope.view);
    walker.condition(scope, condition, true);
    walker.open
}

/// The facts that settle a condition.
#[must_use]
pub fn settling_facts(scope: &Scope<'_>, condition: &Condition) -> BTreeSet<Fact> {
    let mut walker = Walker::new(scope.view);
    walker.condition(scope, condition, false);
    walker.used
}

fn weakest(view: View<'_>, facts: &BTreeSet<Fact>) -> Evidence {
    facts.iter().map(|fact| view.evidence(*fact)).min().unwrap_or(Evidence::Documented)
}

fn witnesses(scope: &Scope<'_>, condition: &Condition) -> Vec<Witnesses> {
    match condition {
        Condition::All(list) => list.iter().flat_map(|part| witnesses(scope, part)).collect(),
        Condition::Quantified(quantified, _) if quantified.quantifier == Quantifier::Some => {
            let rows: Vec<(usize, Truth)> = scope
                .counted(quantified)
                .into_iter()
                .filter(|row| row.candidate.listed)
                .map(|row| (row.candidate.row, row.meets()))
                .collect();
            let those = |wanted: fn(Truth) -> bool| {
                rows.iter().filter(|(_, truth)| wanted(*truth)).map(|(row, _)| *row).collect()
            };
            vec![Witnesses {
                variable: quantified.variable,
                certain: those(Truth::certain),
                possible: those(Truth::possible),
            }]
        }
        _ => Vec::new(),
    }
}
