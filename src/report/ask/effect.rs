//! What an answer would change, in one sentence.

use std::collections::{BTreeMap, BTreeSet};

use crate::ask::{Effect, Given, GivenKind, Turn};
use crate::proof::wording::join;

use super::super::phrase;

/// What an answer would change; at most so many pieces of advice of a kind are named. Subjects go without saying where they
/// are the rows that the question is about.
pub(super) fn effects(effects: &[Effect], about: &[String], most: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    for turn in [Turn::Appears, Turn::Goes, Turn::Certain, Turn::Provisional] {
        for kind in [GivenKind::Warning, GivenKind::Recommendation, GivenKind::Remark] {
            parts.extend(named(effects, (turn, kind), about, most));
        }
    }
    if parts.is_empty() {
        for (turn, what) in [(Turn::Settled, "settles"), (Turn::Opens, "brings up")] {
            let those = effects.iter().filter(|effect| effect.turn() == turn);
            let rules: BTreeSet<&str> = those.map(|effect| effect.rule.as_str()).collect();
            if !rules.is_empty() {
                parts.push(format!("{what} {}", phrase::count(rules.len(), "rule", "rules")));
            }
        }
        let quiet = if parts.is_empty() { "nothing changes" } else { "no advice changes" };
        parts.insert(0, quiet.to_owned());
    }
    format!("{}.", parts.join("; "))
}

/// The advice of a kind that turns one way.
fn named(
    effects: &[Effect],
    (turn, kind): (Turn, GivenKind),
    about: &[String],
    most: usize,
) -> Option<String> {
    let mut given: BTreeMap<&Given, BTreeSet<String>> = BTreeMap::new();
    for effect in effects.iter().filter(|effect| effect.turn() == turn) {
        for what in effect.gives.iter().filter(|what| what.kind == kind) {
            given.entry(what).or_default().extend(whom(effect, about));
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
            format!("{}{whom}", title(what))
        })
        .collect();
    if given.len() > most {
        texts.push(format!("{} more", given.len() - most));
    }
    let start = match (turn, kind) {
        (Turn::Appears, GivenKind::Warning) => "warns of",
        (Turn::Appears, GivenKind::Recommendation) => "advises",
        (Turn::Appears, GivenKind::Remark) => "remarks",
        (Turn::Goes, _) => "no longer",
        (Turn::Certain, _) => "makes certain",
        _ => "makes provisional",
    };
    (!texts.is_empty()).then(|| format!("{start} {}", join(&texts, "and")))
}

/// The names of a subject, unless they go without saying.
fn whom(effect: &Effect, about: &[String]) -> Option<String> {
    let known = effect.names.iter().all(|name| about.contains(name));
    (!known).then(|| effect.names.join(" with "))
}

/// A piece of advice with its id.
pub(super) fn title(given: &Given) -> String {
    match given.kind {
        GivenKind::Warning | GivenKind::Recommendation => {
            format!("“{}” ({})", given.title, given.id)
        }
        GivenKind::Remark => format!("({})", given.id),
    }
}
