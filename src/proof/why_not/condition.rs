//! Conditions in words: blocks, alternatives, negations, definitions that are named.

use crate::knowledge::Condition;

use super::super::evaluate::Scope;
use super::{Part, State, Teller, by_parts, state};

impl Teller {
    /// What has to hold for a condition to be as it is wanted; all of these together.
    pub(super) fn condition(
        &self,
        scope: &Scope<'_>,
        condition: &Condition,
        wanted: bool,
    ) -> Vec<Part> {
        match condition {
            Condition::All(list) if wanted => self.each(scope, list, true),
            Condition::Any(list) if !wanted => self.each(scope, list, false),
            Condition::All(list) | Condition::Any(list) if list.len() == 1 => {
                self.each(scope, list, wanted)
            }
            Condition::All(list) | Condition::Any(list) => {
                let either = list.iter().map(|part| together(self.condition(scope, part, wanted)));
                let own = state(scope.truth(condition), wanted);
                vec![one_of(own, either.flatten().collect())]
            }
            Condition::Not(part) => self.condition(scope, part, !wanted),
            Condition::Test(test, _) => vec![self.test(scope, test, wanted)],
            Condition::Holds(predicate, arguments, _) => {
                let own = state(scope.truth(condition), wanted);
                vec![self.predicate(scope.view, *predicate, &scope.rows_of(arguments), own, wanted)]
            }
            Condition::Quantified(quantified, _) => {
                vec![self.quantified(scope, quantified, wanted)]
            }
        }
    }

    fn each(&self, scope: &Scope<'_>, list: &[Condition], wanted: bool) -> Vec<Part> {
        list.iter().flat_map(|part| self.condition(scope, part, wanted)).collect()
    }
}

/// Parts of which one is enough.
pub(super) fn one_of(own: State, mut parts: Vec<Part>) -> Part {
    parts.sort_by_key(|part| part.state);
    let own = by_parts(own, &parts);
    let text = "At least one of these:".to_owned();
    Part { state: own, text, fact: None, either: true, parts, more: 0 }
}

/// Parts that have to hold together, as one.
pub(super) fn together(mut parts: Vec<Part>) -> Option<Part> {
    if parts.len() <= 1 {
        return parts.pop();
    }
    let state = parts.iter().map(|part| part.state).max().unwrap_or(State::Holds);
    let text = "All of these:".to_owned();
    Some(Part { state: by_parts(state, &parts), text, fact: None, either: false, parts, more: 0 })
}
