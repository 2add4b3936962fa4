//! The sentences that all layouts of a why-not share. No markup.

use std::collections::BTreeMap;

use crate::advice::near_miss::{NearMiss, NearMisses};
use crate::advice::silence::{Others, Silence};
use crate::engine::Status;
use crate::knowledge::Changes;
use crate::proof::repair::{Goal, Repairs, Step};
use crate::proof::why_not::{Part, State};
use crate::proof::wording::{capitalised, join};
use crate::proof::{Fact, FactView, Grounds};
use crate::source::SourceMap;

use super::super::phrase;

/// So many facts that never change are named.
const BARRED: usize = 4;

/// A sentence of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// How deep it stands.
    pub(super) depth: usize,
    /// How it stands with it; empty where that is not the point.
    pub(super) state: Option<State>,
    /// The sentence.
    pub(super) text: String,
    /// The fact and where the case states it.
    pub(super) place: Option<String>,
}

/// The word for how it stands with a condition.
pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Holds => "holds",
        State::Disputed => "disputed",
        State::Open => "open",
        State::Fails => "fails",
    }
}

/// Conditions as lines; of what holds only the sentence itself.
pub(super) fn lines(
    parts: &[Part],
    facts: &BTreeMap<Fact, FactView>,
    sources: &SourceMap,
) -> Vec<Line> {
    let mut lines = Vec::new();
    for part in parts {
        add(&mut lines, part, 0, facts, sources);
    }
    lines
}

fn add(
    lines: &mut Vec<Line>,
    part: &Part,
    depth: usize,
    facts: &BTreeMap<Fact, FactView>,
    sources: &SourceMap,
) {
    let view = part.fact.and_then(|fact| facts.get(&fact));
    let mut text = part.text.clone();
    if let Some(view) = view.filter(|view| !view.says.is_empty()) {
        let says = view.says.iter().map(|(who, what)| format!("{who}: {what}"));
        text = format!("{text} {}.", capitalised(&says.collect::<Vec<_>>().join("; ")));
    }
    let place = view.map(|view| place(view, sources));
    lines.push(Line { depth, state: Some(part.state), text, place });
    if part.state == State::Holds {
        return;
    }
    for below in &part.parts {
        add(lines, below, depth + 1, facts, sources);
    }
    if part.more > 0 {
        let text = format!("And {} more.", part.more);
        lines.push(Line { depth: depth + 1, state: None, text, place: None });
    }
}

/// `party.users.organized, cases/x.toml:12`.
pub(super) fn place(view: &FactView, sources: &SourceMap) -> String {
    let grounds = match view.grounds {
        Grounds::Stated => view.span.and_then(|span| phrase::place(sources, span)),
        Grounds::Unknown => Some("asked, nobody knows".to_owned()),
        Grounds::Default => Some("nothing said, so by default".to_owned()),
        Grounds::NotStated => Some("nothing said".to_owned()),
    };
    match grounds {
        Some(grounds) => format!("{}, {grounds}", view.path),
        None => view.path.clone(),
    }
}

/// `rule users donor`.
pub(super) fn name(silence: &Silence) -> String {
    named(&silence.rule, &silence.subject)
}

/// `rule users donor`.
pub(super) fn named(rule: &str, subject: &[String]) -> String {
    let mut words = vec![rule.to_owned()];
    words.extend(subject.iter().cloned());
    words.join(" ")
}

/// What became of the rule, in one sentence.
pub(super) fn verdict(silence: &Silence) -> String {
    let about = if silence.names.is_empty() {
        String::new()
    } else {
        format!(" for {}", join(&silence.names, "and"))
    };
    let count =
        |wanted: fn(State) -> bool| silence.why.all().filter(|part| wanted(part.state)).count();
    let all = silence.why.all().count();
    let failing = count(|state| state == State::Fails);
    let open = count(|state| matches!(state, State::Open | State::Disputed));
    let excepted = silence.why.exceptions.iter().any(|part| part.state == State::Fails);
    match silence.why.status {
        Some(Status::Firing) => {
            let rule = name(silence);
            format!("It fires{about}: `explain CASE {rule}` shows why.")
        }
        Some(Status::Provisional) => {
            format!("It fires{about} unless an exception holds that the case leaves open.")
        }
        Some(Status::Contested) => {
            format!(
                "It is contested{about}: it would fire if one of those who disagree were right."
            )
        }
        Some(Status::Open) => {
            let are = if open == 1 { "is" } else { "are" };
            format!("It is open{about}: {open} of {all} conditions {are} not settled.")
        }
        Some(Status::SetAside) => {
            let names = silence.overridden_by.iter().filter(|(_, fires)| *fires);
            let names: Vec<String> = names.map(|(rule, _)| rule.clone()).collect();
            format!("It is set aside{about} by {}.", join(&names, "and"))
        }
        None if silence.why.is_excluded() => {
            format!("It is not about that subject{about}: what it asks of its subject fails.")
        }
        None if failing == 0 && excepted => format!("It is silent{about}: an exception holds."),
        None => format!("It is silent{about}: {failing} of {all} conditions {}.", fail(failing)),
    }
}

fn fail(count: usize) -> &'static str {
    if count == 1 { "fails" } else { "fail" }
}

/// What became of the other subjects; nothing where there are none.
pub(super) fn others(others: Others) -> Option<String> {
    let counts = [
        (others.fires, "it fires for"),
        (others.open, "it is open for"),
        (others.set_aside, "it is set aside for"),
        (others.silent, "it is silent for"),
        (others.excluded, "it is not about"),
    ];
    let texts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{what} {count}"))
        .collect();
    (!texts.is_empty()).then(|| format!("Of the other subjects, {}.", join(&texts, "and")))
}

/// The heading above the repairs.
pub(super) fn repairs_title(goal: Goal) -> &'static str {
    match goal {
        Goal::Fire => "WHAT WOULD MAKE IT FIRE",
        Goal::Clear => "WHAT WOULD CLEAR IT",
    }
}

/// How much was tried, and what was left out.
pub(super) fn effort(
    repairs: &Repairs,
    shown: usize,
    facts: &BTreeMap<Fact, FactView>,
) -> Vec<String> {
    let mut lines = Vec::new();
    if repairs.list.is_empty() {
        let within = if repairs.stopped { "among those tried" } else { "of up to three facts" };
        lines.push(format!("No change {within} would do it."));
    }
    if repairs.list.len() > shown {
        lines.push(format!("And {} more, with --all.", repairs.list.len() - shown));
    }
    let known = repairs.barred.iter().filter(|fact| **fact != Fact::Today);
    let paths = known.filter_map(|fact| facts.get(fact));
    let paths: Vec<String> = paths.map(|view| format!("{} ({})", view.path, view.value)).collect();
    if !paths.is_empty() {
        let more = paths.len().saturating_sub(BARRED);
        let shown = join(paths.get(..BARRED).unwrap_or(&paths), "and");
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        lines.push(format!("In the way, and never changing: {shown}{more}."));
    }
    if repairs.barred.contains(&Fact::Today) {
        lines.push("In the way: nothing dates the case (`--at` does).".to_owned());
    }
    if repairs.stopped {
        lines.push(format!(
            "The search stopped after {} variants of the case: there may be other ways.",
            repairs.tried
        ));
    }
    lines
}

/// What is to be done about one fact, in a word.
pub(super) fn way(step: &Step) -> &'static str {
    match (step.unknown, step.changes) {
        (true, _) => "find out",
        (false, Changes::ByActing) => "act",
        (false, Changes::ByItself | Changes::Never) => "if",
    }
}

/// One change, as a sentence, and the fact with its place.
pub(super) fn step(
    step: &Step,
    facts: &BTreeMap<Fact, FactView>,
    sources: &SourceMap,
) -> (String, String) {
    let view = step.fact.and_then(|fact| facts.get(&fact));
    let place = view.map_or_else(|| step.path.clone(), |view| self::place(view, sources));
    let also = match (step.unknown, step.changes) {
        (true, Changes::ByActing) if !step.to.is_empty() => " It can also be brought about.",
        (false, Changes::ByItself) => " Nobody here decides that.",
        _ => "",
    };
    let to = capitalised(&step.to);
    let sentence = match (step.to.is_empty(), step.unknown) {
        (true, _) => step.question.clone(),
        (false, true) => format!("{} {to} would do.", step.question),
        (false, false) => format!("{} {to} would do; now it is {}.", step.question, step.from),
    };
    (format!("{sentence}{also}"), place)
}

/// What keeps a near miss silent beside its conditions; nothing where they alone do.
pub(super) fn aside(miss: &NearMiss) -> Option<String> {
    let rules = join(&miss.overridden_by, "or");
    (!miss.overridden_by.is_empty()).then(|| format!("It would be set aside by {rules}."))
}

/// `1 condition fails, 2 are open`.
pub(super) fn distance(miss: &NearMiss) -> String {
    let failing = phrase::count(miss.distance.failing, "condition fails", "conditions fail");
    let open = match miss.distance.open {
        0 => String::new(),
        1 => ", 1 is open".to_owned(),
        many => format!(", {many} are open"),
    };
    let near = match miss.as_near {
        0 => String::new(),
        count => format!("; as near for {}", phrase::count(count, "other", "others")),
    };
    format!("{failing}{open}{near}")
}

/// What the list of near misses leaves out.
pub(super) fn left_out(found: &NearMisses) -> Vec<String> {
    let mut lines = Vec::new();
    if found.list.is_empty() {
        lines.push("No rule is silent.".to_owned());
    }
    if found.more > 0 {
        lines.push(format!(
            "And {}.",
            phrase::count(found.more, "more silent rule", "more silent rules")
        ));
    }
    if found.without_subject > 0 {
        let rules = phrase::count(found.without_subject, "rule has", "rules have");
        lines.push(format!("{rules} no subject in this case."));
    }
    if found.over > 0 {
        let rules = phrase::count(found.over, "rule belongs", "rules belong");
        lines.push(format!("{rules} to a stage that is past."));
    }
    lines
}
