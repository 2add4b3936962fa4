//! The subjects of a rule, and how far each is from firing: fewest failing conditions first.

use crate::knowledge::{Rule, RuleId};
use crate::truth::Truth;

use super::super::evaluate::{Scope, View};
use super::{Strength, top};

/// So many subjects are looked at; of more, the first ones.
const MOST: usize = 20_000;

/// How far a rule is from firing for a subject, nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance {
    /// Whether the subject itself is excluded.
    pub excluded: bool,
    /// Conditions that fail, exceptions that hold and rules that override it.
    pub failing: usize,
    /// Conditions that are open.
    pub open: usize,
}

/// Whether rows may be the subject of a rule together.
#[must_use]
pub fn is_subject(rule: &Rule, subject: &[usize]) -> bool {
    let apart = rule.variables.iter().take(rule.subjects).zip(subject).all(|(variable, row)| {
        variable.apart.iter().all(|other| subject.get(other.0) != Some(row))
    });
    apart && (!rule.two || subject.first() < subject.get(1))
}

/// The subjects of a rule in the order of their rows, and how many were left out for their number.
#[must_use]
pub fn subjects(view: View<'_>, rule: &Rule) -> (Vec<Vec<usize>>, usize) {
    let mut subjects = vec![Vec::new()];
    let mut left = 0;
    for variable in rule.variables.iter().take(rule.subjects) {
        let rows = view.listed(variable.entity);
        let all = subjects.len().saturating_mul(rows);
        subjects = subjects
            .iter()
            .flat_map(|subject: &Vec<usize>| {
                (0..rows).map(move |row| subject.iter().copied().chain([row]).collect())
            })
            .take(MOST)
            .collect();
        left = left.max(all.saturating_sub(MOST));
    }
    subjects.retain(|subject| is_subject(rule, subject));
    (subjects, left)
}

/// How far a rule is from firing for a subject.
#[must_use]
pub fn distance(view: View<'_>, id: RuleId, subject: &[usize]) -> Distance {
    let none = Distance { excluded: false, failing: 0, open: 0 };
    let Some(rule) = view.kb.rules.get(id.0) else { return none };
    let scope = Scope::new(view, &rule.variables, subject);
    let (admits, conditions) = top(rule);
    let truths = |truth: Truth, list: &[crate::knowledge::Condition]| {
        list.iter().filter(|condition| scope.truth(condition) == truth).count()
    };
    let unless = scope.truth(&rule.unless);
    let others = rule.overridden_by.iter().map(|other| Strength::of(view, *other, subject));
    let (mut failing, mut open) =
        (usize::from(unless == Truth::True), usize::from(unless == Truth::Open));
    for other in others {
        failing += usize::from(other.fires);
        open += usize::from(other.may && !other.fires);
    }
    Distance {
        excluded: truths(Truth::False, admits) > 0,
        failing: failing + truths(Truth::False, admits) + truths(Truth::False, conditions),
        open: open + truths(Truth::Open, admits) + truths(Truth::Open, conditions),
    }
}

/// The subjects of a rule, nearest to firing first.
#[must_use]
pub fn nearest(view: View<'_>, id: RuleId) -> Vec<(Distance, Vec<usize>)> {
    let Some(rule) = view.kb.rules.get(id.0) else { return Vec::new() };
    let (subjects, _) = subjects(view, rule);
    let mut list: Vec<(Distance, Vec<usize>)> =
        subjects.into_iter().map(|subject| (distance(view, id, &subject), subject)).collect();
    list.sort();
    list
}
