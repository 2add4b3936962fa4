//! What an answer would change, in one sentence.

use std::collections::{BTreeMap, BTreeSet};

use crate::ask::{Effect, Given, GivenKind, Turn};
use crate::proof::wording::join;

use super::super::phrase;

/// What an answer would change; at most so many pieces of advice of a kind are named. Subjects go without saying where they
/// are the rows that the question is about.
pub(super) fn effects(effects: &[Effect], about: &[String], most: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    let stays = stays(effects);
    if !stays.is_empty() {
        let titles: BTreeSet<String> = stays.iter().map(|(what, _)| title(what)).collect();
        let titles: Vec<String> = titles.into_iter().take(most).collect();
        parts.push(format!("gives other reasons for {}", join(&titles, "and")));
    }
    for turn in [Turn::Appears, Turn::Goes, Turn::Certain, Turn::Provisional] {
        for kind in [GivenKind::Warning, GivenKind::Recommendation, GivenKind::Remark] {
            parts.extend(named((effects, &stays), (turn, kind), about, most));
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

/// Advice, and whom it is for.
type For<'e> = (&'e Given, &'e [String]);

/// The advice that one rule no longer gives and another gives instead, for the same rows.
fn stays(effects: &[Effect]) -> BTreeSet<For<'_>> {
    let of = |turn: Turn| -> BTreeSet<For<'_>> {
        let those = effects.iter().filter(|effect| effect.turn() == turn);
        those.flat_map(|one| one.gives.iter().map(|what| (what, one.names.as_slice()))).collect()
    };
    of(Turn::Appears).intersection(&of(Turn::Goes)).copied().collect()
}

/// The advice of a kind that turns one way.
fn named(
    (effects, stays): (&[Effect], &BTreeSet<For<'_>>),
    (turn, kind): (Turn, GivenKind),
    about: &[String],
    most: usize,
) -> Option<String> {
    let mut given: BTreeMap<&Given, BTreeSet<String>> = BTreeMap::new();
    for effect in effects.iter().filter(|effect| effect.turn() == turn) {
        let of_kind = effect.gives.iter().filter(|what| what.kind == kind);
        for what in of_kind.filter(|what| !stays.contains(&(*what, effect.names.as_slice()))) {
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
