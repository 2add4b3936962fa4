//! Conditions on how many rows satisfy something, in words: how many do, and what the nearest lack.

use crate::knowledge::{Quantified, Quantifier};
use crate::truth::Truth;

use super::super::evaluate::Scope;
use super::super::quantify::Counted;
use super::super::wording::{capitalised, spaced};
use super::{Part, State, Teller, by_parts, state};

/// So many rows are shown, nearest first.
const SHOWN: usize = 2;

impl Teller {
    pub(super) fn quantified(
        &self,
        scope: &Scope<'_>,
        quantified: &Quantified,
        wanted: bool,
    ) -> Part {
        let rows = scope.counted(quantified);
        let own = state(scope.quantified(quantified), wanted);
        let mut parts = self.rows(scope, quantified, &rows, wanted);
        let more = parts.len().saturating_sub(SHOWN);
        parts.truncate(SHOWN);
        let text = sentence(scope, quantified, &rows, wanted);
        Part { state: by_parts(own, &parts), text, fact: None, either: wanted, parts, more }
    }

    /// The listed rows that keep it from being as it is wanted, nearest first.
    fn rows(
        &self,
        scope: &Scope<'_>,
        quantified: &Quantified,
        rows: &[Counted],
        wanted: bool,
    ) -> Vec<Part> {
        // Rows are wanted to meet it under `some` and counts; under `every` and `most` not to miss it.
        let counts = matches!(quantified.quantifier, Quantifier::Some | Quantifier::AtLeast(_));
        let meet = counts == wanted || (!counts && wanted);
        let mut parts: Vec<(usize, Part)> = Vec::new();
        for row in rows.iter().filter(|row| row.candidate.listed) {
            let matters = if counts && wanted {
                row.meets() != Truth::True
            } else if counts {
                row.meets() != Truth::False
            } else {
                row.admitted.possible() && (row.body != Truth::True) == wanted
            };
            if !matters {
                continue;
            }
            let inner = scope.bind(quantified.variable, row.candidate.row);
            let below = self.condition(&inner, &quantified.body, meet);
            let lacking = below.iter().filter(|part| part.state == State::Fails).count();
            let open = below.iter().filter(|part| part.state.hinders()).count();
            let own = below.iter().map(|part| part.state).max().unwrap_or(State::Fails);
            let text = scope.view.name(scope.entity(quantified.variable), row.candidate.row);
            let part = Part {
                state: own,
                text: format!("{}:", capitalised(&text)),
                fact: None,
                either: false,
                parts: below,
                more: 0,
            };
            parts.push((lacking * 64 + open, part));
        }
        parts.sort_by_key(|(distance, _)| *distance);
        parts.into_iter().map(|(_, part)| part).collect()
    }
}

/// `Some other party is so: of 4 recorded, none.`
fn sentence(scope: &Scope<'_>, quantified: &Quantified, rows: &[Counted], wanted: bool) -> String {
    let view = scope.view;
    let entity = scope.entity(quantified.variable);
    let variable = scope.variables.get(quantified.variable.0);
    let other = variable.is_some_and(|variable| !variable.apart.is_empty());
    let what = format!(
        "{}{}",
        if other { "other " } else { "" },
        spaced(&view.kb.vocabulary.entity(entity).name)
    );
    let listed: Vec<&Counted> = rows.iter().filter(|row| row.candidate.listed).collect();
    let number = |holds: fn(Counted) -> Truth, truth: Truth| {
        listed.iter().filter(|row| holds(***row) == truth).count()
    };
    let (sure, open) = (number(Counted::meets, Truth::True), number(Counted::meets, Truth::Open));
    let admitted = listed.iter().filter(|row| row.admitted.possible()).count();
    let wanted_words = match (quantified.quantifier, wanted) {
        (Quantifier::Some, true) => format!("Some {what} is so"),
        (Quantifier::Some, false) => format!("No {what} is so"),
        (Quantifier::AtLeast(count), true) => format!("At least {count} of: {what}"),
        (Quantifier::AtLeast(count), false) => {
            format!("At most {} of: {what}", count.saturating_sub(1))
        }
        (Quantifier::Every, true) => format!("Every such {what} is so"),
        (Quantifier::Every, false) => format!("Not every such {what} is so"),
        (Quantifier::Most, true) => format!("Most of: {what}"),
        (Quantifier::Most, false) => format!("Not most of: {what}"),
    };
    let counts = matches!(quantified.quantifier, Quantifier::Some | Quantifier::AtLeast(_));
    let total = if counts { listed.len() } else { admitted };
    let maybe = if open > 0 { format!(", perhaps {open} more") } else { String::new() };
    let others = rows.iter().any(|row| !row.candidate.listed && row.meets().possible());
    let list = if others { "; the list may not be complete" } else { "" };
    let recorded = if counts { "recorded" } else { "that count" };
    let sure = if sure == 0 { "none".to_owned() } else { sure.to_string() };
    format!("{wanted_words}: {sure} of {total} {recorded}{maybe}{list}.")
}
