//! What an answer would change, in one sentence.

use std::collections::{BTreeMap, BTreeSet};

use crate::ask::{Effect, Given, GivenKind, Turn};
use crate::proof::wording::join;

use super::super::phrase;

/// What an answer would change; at most so many pieces of advice of a kind are named.
pub(super) fn effects(effects: &[Effect], most: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    for turn in [Turn::Appears, Turn::Goes, Turn::Certain, Turn::Provisional] {
        parts.extend(named(effects, turn, most));
    }
    for (turn, what) in [(Turn::Settled, "settles without advice"), (Turn::Opens, "brings up")] {
        let those = effects.iter().filter(|effect| effect.turn() == turn);
        let rules: BTreeSet<&str> = those.map(|effect| effect.rule.as_str()).collect();
        if !rules.is_empty() {
            parts.push(format!("{what}: {}", phrase::count(rules.len(), "rule", "rules")));
        }
    }
    if parts.is_empty() { "nothing changes.".to_owned() } else { format!("{}.", parts.join("; ")) }
}

/// The advice that turns one way.
fn named(effects: &[Effect], turn: Turn, most: usize) -> Option<String> {
    let mut given: BTreeMap<&Given, BTreeSet<String>> = BTreeMap::new();
    for effect in effects.iter().filter(|effect| effect.turn() == turn) {
        for what in &effect.gives {
            given.entry(what).or_default().extend(whom(effect));
        }
    }
    let mut texts: Vec<String> = given
        .iter()
        .take(most)
        .map(|(what, whom)| {
            let whom: Vec<String> = whom.iter().cloned().collect();
            let whom = if whom.is_empty() {
                String::new()
            } else {
                format!(" for {}", join(&whom, "and"))
            };
            format!("{}{whom}", advice(what))
        })
        .collect();
    if given.len() > most {
        texts.push(format!("{} more", given.len() - most));
    }
    let start = match turn {
        Turn::Appears => "then",
        Turn::Goes => "no longer",
        Turn::Certain => "certain",
        _ => "only provisional",
    };
    (!texts.is_empty()).then(|| format!("{start} {}", join(&texts, "and")))
}

/// The names of a subject.
fn whom(effect: &Effect) -> Option<String> {
    (!effect.names.is_empty()).then(|| effect.names.join(" with "))
}

/// A piece of advice with its id.
pub(super) fn advice(given: &Given) -> String {
    match given.kind {
        GivenKind::Warning => format!("the warning “{}” ({})", given.title, given.id),
        GivenKind::Recommendation => format!("the advice “{}” ({})", given.title, given.id),
        GivenKind::Remark => format!("a remark ({})", given.id),
    }
}
