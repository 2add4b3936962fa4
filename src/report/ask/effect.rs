//! What an answer would change, in one sentence: told as the reader of the advice will see it.

use std::collections::BTreeSet;

use crate::ask::{Effect, Given, GivenKind, Seen, Sight, Turn};
use crate::proof::wording::join;

use super::super::phrase;

/// The kinds of advice, in the order in which they are told.
const KINDS: [GivenKind; 3] = [GivenKind::Warning, GivenKind::Recommendation, GivenKind::Remark];

/// What an answer would change; at most so many pieces of advice of a kind are named. Subjects go without saying where they
/// are the rows that the question is about.
pub(super) fn effects(effects: &[Effect], seen: &[Seen], about: &[String], most: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (sight, provisional) in
        [(Sight::Appears, false), (Sight::Appears, true), (Sight::Also, false)]
    {
        for kind in KINDS {
            let those = seen.iter().filter(|one| one.sight == sight && one.what.kind == kind);
            let those = those.filter(|one| sight == Sight::Also || one.provisional == provisional);
            let start = start(kind, sight, provisional);
            parts.extend(named(those, &start, about, most));
        }
    }
    for (sight, start) in [
        (Sight::Goes, "no longer"),
        (Sight::Certain, "makes certain"),
        (Sight::Provisional, "makes provisional"),
        (Sight::More, "one more reason for"),
        (Sight::Other, "other reasons for"),
        (Sight::Fewer, "fewer reasons for"),
        (Sight::Firmness, "changes how certain the reasons are for"),
    ] {
        parts.extend(named(seen.iter().filter(|one| one.sight == sight), start, about, most));
    }
    if parts.is_empty() {
        parts = quiet(effects);
    }
    format!("{}.", parts.join("; "))
}

/// What becomes of rules where no advice changes.
fn quiet(effects: &[Effect]) -> Vec<String> {
    let mut parts = Vec::new();
    for (turn, what) in [(Turn::Settled, "settles"), (Turn::Opens, "brings up")] {
        let those = effects.iter().filter(|effect| effect.turn() == turn);
        let rules: BTreeSet<&str> = those.map(|effect| effect.rule.as_str()).collect();
        if !rules.is_empty() {
            parts.push(format!("{what} {}", phrase::count(rules.len(), "rule", "rules")));
        }
    }
    let quiet = if parts.is_empty() { "nothing changes" } else { "no advice changes" };
    parts.insert(0, quiet.to_owned());
    parts
}

fn start(kind: GivenKind, sight: Sight, provisional: bool) -> String {
    let verb = match kind {
        GivenKind::Warning => "warns",
        GivenKind::Recommendation => "advises",
        GivenKind::Remark => "remarks",
    };
    let of = if kind == GivenKind::Warning { " of" } else { "" };
    match (sight, provisional) {
        (Sight::Also, _) => format!("also {verb}{of}"),
        (_, true) => format!("{verb} provisionally{of}"),
        (_, false) => format!("{verb}{of}"),
    }
}

/// Advice of which the same is said.
fn named<'s>(
    seen: impl Iterator<Item = &'s Seen>,
    start: &str,
    about: &[String],
    most: usize,
) -> Option<String> {
    let seen: Vec<&Seen> = seen.collect();
    let shown = seen.iter().take(most);
    let mut texts: Vec<String> =
        shown.map(|one| format!("{}{}", words(one), whom(one, about))).collect();
    if seen.len() > most {
        texts.push(format!("{} more", seen.len() - most));
    }
    (!texts.is_empty()).then(|| format!("{start} {}", join(&texts, "and")))
}

fn words(seen: &Seen) -> String {
    match &seen.says {
        Some(says) => format!("“{}” ({})", says.trim_end_matches('.'), seen.what.id),
        None => title(&seen.what),
    }
}

/// Whom advice is for, unless that goes without saying; advice that is there already is always said to be for somebody.
fn whom(seen: &Seen, about: &[String]) -> String {
    let known = |names: &Vec<String>| names.iter().all(|name| about.contains(name));
    let also = seen.sight == Sight::Also;
    let names = seen.whom.iter().filter(|names| !names.is_empty() && (also || !known(names)));
    let names: BTreeSet<String> = names.map(|names| names.join(" with ")).collect();
    let names: Vec<String> = names.into_iter().collect();
    match names.as_slice() {
        [] => String::new(),
        _ => format!(" for {}", join(&names, "and")),
    }
}

/// A piece of advice with its id.
pub(super) fn title(given: &Given) -> String {
    match given.kind {
        GivenKind::Warning | GivenKind::Recommendation => {
            format!("“{}” ({})", given.title, given.id)
        }
        GivenKind::Remark => format!("the remark ({})", given.id),
    }
}
