//! The words that all layouts share: of severity, evidence, timing, scores, facts, stage.
//! No markup.

use std::collections::BTreeSet;

use crate::advice::{Advice, Cited, Contradiction, KeyQuestion, Reason, Timing, Undecided, Weight};
use crate::engine::model::Status;
use crate::facts::Evidence;
use crate::knowledge::Severity;
use crate::proof::wording::{join, number_text};
use crate::proof::{Fact, FactView, Grounds};
use crate::source::{SourceMap, Span};
use crate::value::NUMBER_UNIT;

use super::sheet::{Sheet, id, plain, strong};
use super::{Believing, Filtered, Heading};

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

pub(super) fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Assumed => "assumed",
        Evidence::Reported => "reported",
        Evidence::Documented => "documented",
    }
}

pub(super) fn timing(timing: Timing) -> &'static str {
    match timing {
        Timing::Overdue => "overdue",
        Timing::Now => "now",
        Timing::Next => "next",
        Timing::Later => "later",
    }
}

pub(super) fn grounds(grounds: Grounds) -> &'static str {
    match grounds {
        Grounds::Stated => "stated",
        Grounds::Unknown => "unknown",
        Grounds::Default => "default",
        Grounds::NotStated => "not_stated",
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Firing => "fires",
        Status::Provisional => "provisional",
        Status::Contested => "contested",
        Status::Open => "open",
        Status::SetAside => "set_aside",
    }
}

/// A score in millionths of millionths, as people read it: `12`, `1.5`.
pub(super) fn score(score: i64) -> String {
    number_text(score / NUMBER_UNIT)
}

/// `8 critical × 1.5 overdue = 12`.
pub(super) fn weight(weight: &Weight) -> String {
    format!(
        "{} {} × {} {} = {}",
        number_text(weight.severity_weight),
        severity(weight.severity),
        number_text(weight.timing_factor),
        timing(weight.timing),
        score(weight.score)
    )
}

/// `FILE:LINE`; nothing for a place of another run.
pub(super) fn place(sources: &SourceMap, span: Span) -> Option<String> {
    let (name, position) = sources.locate(span);
    (!name.is_empty()).then(|| format!("{name}:{}", position.line))
}

/// `1 reason`, `2 reasons`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

pub(super) fn stage(advice: &Advice) -> Option<String> {
    let stage = advice.stage.as_ref()?;
    Some(if stage.unknown {
        format!("The stage is not known (say {}).", stage.path)
    } else {
        let how = if stage.stated { "as the case says" } else { "as the facts give it" };
        format!("Stage: {}, {how}.", join(&stage.possible, "or"))
    })
}

/// `Only documented facts from idr-1997: 12 of 57 left out.`
pub(super) fn filtered(filtered: &Filtered) -> String {
    let Filtered { filter, left_out } = filtered;
    let evidence = match filter.evidence {
        None | Some(Evidence::Assumed) => "facts",
        Some(Evidence::Reported) => "reported and documented facts",
        Some(Evidence::Documented) => "documented facts",
    };
    let sources: Vec<String> = filter.sources.iter().cloned().collect();
    let from =
        if sources.is_empty() { String::new() } else { format!(" from {}", join(&sources, "and")) };
    let mut out = vec![format!("{} of {}", left_out.facts, left_out.of)];
    if left_out.voices > 0 {
        out.push(count(left_out.voices, "voice in disputes", "voices in disputes"));
    }
    if left_out.rows > 0 {
        out.push(count(left_out.rows, "party or other row", "parties or other rows"));
    }
    format!("Only {evidence}{from}: {} left out.", join(&out, "and"))
}

/// `As if the ministry were right, in 2 disputed facts.`
pub(super) fn believing(believing: &Believing) -> String {
    let facts = count(believing.facts, "disputed fact", "disputed facts");
    format!("As if {} were right, in {facts}.", believing.name)
}

/// The parts of a case's place that its title does not name already: `India` for `Biogas in Orissa` in `Orissa, India`.
pub(super) fn further_place(heading: &Heading) -> Option<String> {
    let parts = heading.place.iter().flat_map(|place| place.split(", "));
    let further: Vec<&str> = parts.filter(|part| !heading.title.contains(part)).collect();
    (!further.is_empty()).then(|| further.join(", "))
}

/// Whether the action was taken for a reason, to stand after its text.
pub(super) fn done(reason: &Reason) -> &'static str {
    match (reason.done, reason.done_before) {
        (true, _) => " Done.",
        (false, true) => " Done before this came up.",
        (false, false) => "",
    }
}

/// Of whom else the same holds as of the first: three by name, the rest by number. Where they differ from the first in one
/// place, only what stands there is named. It stands in parentheses.
pub(super) fn likewise(first: &[String], others: &[&[String]]) -> Option<String> {
    let differing = |other: &[String]| -> Vec<usize> {
        (0..first.len()).filter(|at| first.get(*at) != other.get(*at)).collect()
    };
    let places: BTreeSet<usize> = others.iter().flat_map(|other| differing(other)).collect();
    let single = places.iter().copied().next().filter(|_| places.len() == 1);
    let mut names: Vec<String> = others
        .iter()
        .take(3)
        .map(|other| match single {
            Some(at) => other.get(at).cloned().unwrap_or_default(),
            None => join(other, "and"),
        })
        .collect();
    if others.len() > 3 {
        names.push(format!("{} more", others.len() - 3));
    }
    let names = if single.is_some() { join(&names, "and") } else { names.join("; ") };
    (!names.is_empty()).then(|| format!("likewise {names}"))
}

/// Which case, seen when.
pub(super) fn heading(heading: &Heading, sheet: &mut Sheet) {
    let place = further_place(heading).map_or_else(String::new, |place| format!(", {place}"));
    sheet.title(vec![strong(format!("{}{place}", heading.title)), id(&heading.id)]);
    let seen = match (&heading.seen, &heading.last_event) {
        (Some(date), Some(event)) => Some(format!("Seen on {date}, after: {event}")),
        (Some(date), None) => Some(format!("Seen on {date}")),
        (None, Some(event)) => Some(format!("Seen after: {event}")),
        (None, None) => None,
    };
    if let Some(seen) = seen {
        sheet.head(vec![plain(seen)]);
    }
    if let Some(filter) = &heading.filtered {
        sheet.head(vec![strong(filtered(filter))]);
    }
    if let Some(who) = &heading.believing {
        sheet.head(vec![strong(believing(who))]);
    }
}

/// ` of the stage`, where it is known.
pub(super) fn of_stage(advice: &Advice) -> &'static str {
    let known = advice.stage.as_ref().is_some_and(|stage| stage.possible.len() == 1);
    if known { " of the stage" } else { "" }
}

pub(super) fn known(advice: &Advice) -> String {
    format!("{} of {} facts known.", advice.known.known, advice.known.total)
}

pub(super) fn contradiction(contradiction: &Contradiction) -> String {
    let Contradiction { stated, derived, path, .. } = contradiction;
    if !contradiction.is_stage {
        return format!("The case says that {path} is {stated}; its facts give {derived}.");
    }
    if contradiction.skipped.is_empty() {
        return format!("The case says {stated}; its facts reach further: {derived}.");
    }
    let skipped = join(&contradiction.skipped, "and");
    format!("The case says {stated}, its facts only {derived}: you may be skipping {skipped}.")
}

/// `party.ministry.key: yes (documented, cases/x.toml:12, source idr-1997)`.
pub(super) fn fact(view: &FactView, sources: &SourceMap) -> String {
    let value = if view.value.is_empty() { "not known" } else { &view.value };
    let note = view.note.as_ref().map_or_else(String::new, |note| format!(" - {note}"));
    format!("{}: {value} ({}){note}", view.path, founded(view, sources, true))
}

/// `documented, cases/x.toml:12`, with `full` also the source and the event.
pub(super) fn founded(view: &FactView, sources: &SourceMap, full: bool) -> String {
    let mut grounds: Vec<String> = Vec::new();
    match view.grounds {
        Grounds::Stated => grounds.push(evidence(view.evidence).to_owned()),
        Grounds::Unknown => grounds.push("asked, nobody knows".to_owned()),
        Grounds::Default => grounds.push("nothing said, so by default".to_owned()),
        Grounds::NotStated => grounds.push("nothing said".to_owned()),
    }
    grounds.extend(view.span.and_then(|span| place(sources, span)));
    if full {
        grounds.extend(view.source.as_ref().map(|source| format!("source {source}")));
        grounds.extend(view.event.as_ref().map(|event| format!("event {event}")));
    }
    grounds.join(", ")
}

/// What provisional advice waits for, so many facts at most; first those that can still be found out.
pub(super) fn provisional(advice: &Advice, reason: &Reason, limit: usize) -> String {
    let asked =
        |fact: &Fact| advice.facts.get(fact).is_some_and(|view| view.grounds == Grounds::Unknown);
    let (asked, open): (Vec<Fact>, Vec<Fact>) = reason.unless.iter().copied().partition(asked);
    let start = if open.is_empty() {
        "Provisional, for nobody knows"
    } else {
        "Provisional until this is known"
    };
    let facts: Vec<Fact> = open.into_iter().chain(asked).collect();
    format!("{start}: {}", questions(advice, &facts, limit))
}

/// The questions of some facts, each with its path; those beyond `limit` are counted.
pub(super) fn questions(advice: &Advice, facts: &[Fact], limit: usize) -> String {
    let shown = facts.iter().filter_map(|fact| advice.facts.get(fact)).take(limit);
    let mut texts: Vec<String> = shown
        .map(|view| {
            let asked =
                if view.grounds == Grounds::Unknown { " (asked, and not known)" } else { "" };
            format!("{} ({}){asked}", view.question, view.path)
        })
        .collect();
    if facts.len() > limit {
        texts.push(format!("And {} more.", facts.len() - limit));
    }
    texts.join(" ")
}

/// What an open conclusion waits for, a line each: first the paths of facts whose questions stand among those that would
/// settle most, then the other facts with their questions.
pub(super) fn waits_for(advice: &Advice, facts: &[Fact]) -> Vec<String> {
    let is_asked = |fact: &&Fact| advice.settling.iter().any(|settling| settling.fact == **fact);
    let (asked, others): (Vec<&Fact>, Vec<&Fact>) = facts.iter().partition(is_asked);
    let views = asked.into_iter().filter_map(|fact| advice.facts.get(fact));
    let paths: Vec<&str> = views.map(|view| view.path.as_str()).collect();
    let others = others.into_iter().map(|fact| questions(advice, &[*fact], 1));
    let paths = (!paths.is_empty()).then(|| paths.join(", "));
    paths.into_iter().chain(others).collect()
}

/// What to write where a question waits only for lists that leave nobody out.
pub(super) fn completes(question: &KeyQuestion) -> Option<String> {
    let lists = &question.needs_complete;
    let quoted: Vec<String> = lists.iter().map(|list| format!("\"{list}\"")).collect();
    (!lists.is_empty()).then(|| {
        format!(
            "Answered once the case says that nobody is left out: complete = [{}]",
            quoted.join(", ")
        )
    })
}

/// What to say where the case is looked at before it begins.
pub(super) fn begins(begins: &str) -> String {
    format!("The case begins only on {begins}.")
}

/// The text with a capital first, to stand after a full stop or a question mark.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Who says what in a dispute.
pub(super) fn dispute(advice: &Advice, undecided: &Undecided) -> String {
    let views = undecided.hangs_on.iter().filter_map(|fact| advice.facts.get(fact));
    let texts = views.filter(|view| !view.says.is_empty()).map(|view| {
        let says: Vec<String> =
            view.says.iter().map(|(who, what)| format!("{who}: {what}")).collect();
        format!("{} {} ({}).", view.question, capital(&says.join("; ")), view.path)
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// `Step 2, p. 14 (s2.convener-credible)`.
pub(super) fn cited(cited: &Cited) -> String {
    if cited.place.is_empty() {
        format!("{} ({})", cited.source, cited.id)
    } else {
        format!("{} ({})", cited.place, cited.id)
    }
}
