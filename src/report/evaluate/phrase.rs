//! The words of an evaluation: shares, times, verdicts, and in plain sentences how little some cases can show. No markup.

use crate::case::outcome::{ActionResult, Happened};
use crate::evaluate::{Evaluation, Said, Share, Verdict};
use crate::facts::Evidence;
use crate::proof::wording::join;
use crate::report::phrase::count;

/// `75 %`; nothing of nothing.
pub(in crate::report) fn share(share: Share) -> String {
    if share.all == 0 {
        return "-".to_owned();
    }
    let thousandths = (share.of * 2_000 + share.all) / (2 * share.all);
    percent(thousandths)
}

/// `19.4 to 99.4 %`.
pub(in crate::report) fn interval(share: Share) -> String {
    let [low, high] = bounds(share);
    format!("{low} to {high} %")
}

/// `19.4 and 99.4 %`.
pub(super) fn between(share: Share) -> String {
    let [low, high] = bounds(share);
    format!("{low} and {high} %")
}

fn bounds(share: Share) -> [String; 2] {
    share.thousandths.map(|part| percent(part as usize).trim_end_matches(" %").to_owned())
}

fn percent(thousandths: usize) -> String {
    match (thousandths / 10, thousandths % 10) {
        (whole, 0) => format!("{whole} %"),
        (whole, tenth) => format!("{whole}.{tenth} %"),
    }
}

/// `4 years 2 months`.
pub(super) fn duration(months: i64) -> String {
    let (years, rest) = (months / 12, months % 12);
    let years = (years != 0)
        .then(|| if years == 1 { "1 year".to_owned() } else { format!("{years} years") });
    let rest = (rest != 0 || years.is_none())
        .then(|| if rest == 1 { "1 month".to_owned() } else { format!("{rest} months") });
    years.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

/// How early something was said.
pub(super) fn lead(said: &Said) -> String {
    match said.months {
        Some([least, _]) => duration(least),
        None => count(said.points, "point", "points"),
    }
}

pub(in crate::report) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Hit => "warned",
        Verdict::Miss => "missed",
        Verdict::FalseAlarm => "false alarm",
        Verdict::Silence => "rightly silent",
        Verdict::Unknown => "not known",
        Verdict::TooShort => "watched too short",
        Verdict::NoPoint => "nothing before it",
    }
}

pub(super) fn happened(happened: Happened) -> &'static str {
    match happened {
        Happened::Yes => "yes",
        Happened::No => "no",
        Happened::Unknown => "unknown",
    }
}

pub(super) fn result(result: ActionResult) -> &'static str {
    match result {
        ActionResult::Worked => "worked",
        ActionResult::Partly => "partly",
        ActionResult::Failed => "failed",
        ActionResult::Unknown => "unknown",
    }
}

/// What was asked for that makes the numbers other ones.
pub(super) fn settings(of: &Evaluation) -> Vec<String> {
    let mut lines = Vec::new();
    if !of.filter.admits_all() {
        let facts = match of.filter.evidence {
            None | Some(Evidence::Assumed) => "facts",
            Some(Evidence::Reported) => "reported and documented facts",
            Some(Evidence::Documented) => "documented facts",
        };
        let sources: Vec<String> = of.filter.sources.iter().cloned().collect();
        let from = if sources.is_empty() {
            String::new()
        } else {
            format!(" from {}", join(&sources, "and"))
        };
        lines.push(format!("Only {facts}{from} count."));
    }
    if of.watched_months > 0 {
        lines.push(format!(
            "A warning counts as false only where its risk was watched for {} after it. Hits and silences count however short they were watched, so precision and specificity look better than they are.",
            count(usize::try_from(of.watched_months).unwrap_or(0), "month", "months")
        ));
    }
    lines
}

/// What the numbers show, and what they cannot.
pub(super) fn plainly(of: &Evaluation) -> Vec<String> {
    let all = &of.tables.all;
    let (recall, precision) = (all.recall(), all.precision());
    let mut sentences = Vec::new();
    if all.known() == 0 {
        sentences.push(
            "No outcome is told that could be set against a warning: nothing is shown.".to_owned(),
        );
    }
    if recall.all > 0 {
        sentences.push(format!(
            "Of {} that came true, {} had been warned of before. By itself that is in keeping with anything between {} in the long run.",
            count(recall.all, "risk", "risks"),
            recall.of,
            between(recall)
        ));
    }
    if precision.all > 0 {
        sentences.push(format!(
            "Of {} that had been warned of, {} came true: anything between {}. The other warnings may have been wrong, or heeded: {}.",
            count(precision.all, "known outcome", "known outcomes"),
            precision.of,
            between(precision),
            taken_back(of)
        ));
    }
    let [rules, never] = [&of.baselines.rules, &of.baselines.never];
    if rules.all() > 0 {
        sentences.push(format!(
            "Of {}, the rules are right about {}; to warn never would have been right about {}.",
            count(rules.all(), "known outcome", "known outcomes"),
            rules.right(),
            never.right()
        ));
    }
    let untold: usize = of.cases.iter().map(|case| case.untold.len()).sum();
    sentences.push(format!(
        "What cannot be known: {}, and {} in these cases of which nobody tells what came of them.",
        count(all.unknown, "outcome", "outcomes"),
        count(untold, "warning", "warnings")
    ));
    let happened = all.hits + all.misses;
    let written = of.cases.iter().filter(|case| !case.shared.is_empty()).count();
    sentences.push(format!(
        "{} of {} known outcomes are of what did not happen, and {} of {} actions are told to have worked: what failed is seldom written down, so such cases cannot show how often warnings are right elsewhere.",
        all.known() - happened,
        all.known(),
        of.actions.iter().filter(|one| one.result == ActionResult::Worked).count(),
        of.actions.len(),
    ));
    sentences.push(if written == 0 {
        "No rule cites a passage of the guide that tells of one of these cases.".to_owned()
    } else {
        format!(
            "Of {}, {written} are told in passages that rules cite: the rules were written with them in view, and this is no test of them on cases that they have not seen.",
            count(of.cases.len(), "case", "cases"),
        )
    });
    sentences
}

fn taken_back(of: &Evaluation) -> String {
    let vain: Vec<_> = of.risks.iter().filter(|one| one.verdict == Verdict::FalseAlarm).collect();
    let back = vain.iter().filter(|one| one.last.is_none()).count();
    let vain = count(vain.len(), "false alarm", "false alarms");
    format!(
        "{back} of {vain} had been taken back by the end, for what they rest on was mended or no longer known"
    )
}
