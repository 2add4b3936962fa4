//! The words for past cases: when, how something ended, what was passed over. No markup.

use crate::case::outcome::{ActionResult, Happened};
use crate::precedent::{Came, Done, End, Line, Looked, Named, Record};
use crate::proof::wording::{capitalised, join};
use crate::report::phrase::count;

/// `Biogas programme in Orissa, India`.
pub(super) fn title(case: &Named, place: Option<&str>) -> String {
    place.map_or_else(|| case.title.clone(), |place| format!("{}, {place}", case.title))
}

/// By when everything was known.
pub(super) fn known_by(looked: &Looked) -> String {
    match &looked.by {
        Some(by) => format!("Past cases as they were known on {by}."),
        None => "Nothing dates this case, so every case of the archive counts as past.".to_owned(),
    }
}

/// The cases of the archive that are passed over, and why.
pub(super) fn passed_over(looked: &Looked) -> Option<String> {
    let mut parts = Vec::new();
    if looked.own {
        parts.push("this case itself".to_owned());
    }
    if looked.later > 0 {
        let begin = if looked.later == 1 { "begins" } else { "begin" };
        parts.push(format!("{} that {begin} later", count(looked.later, "case", "cases")));
    }
    if !looked.undated.is_empty() {
        parts.push(format!("{}, whose time is not known", join(&looked.undated, "and")));
    }
    let text = parts.join("; ");
    (!text.is_empty()).then(|| format!("Passed over: {text}."))
}

/// Something that was done, in a sentence.
pub(super) fn done(of: &Done) -> String {
    let whom =
        if of.whom.is_empty() { String::new() } else { format!(", for {}", join(&of.whom, "and")) };
    let what = format!("{}{}{whom}.", dated(&of.at), of.action.title);
    let result = match of.result {
        ActionResult::Worked => " It worked.",
        ActionResult::Partly => " It helped in part.",
        ActionResult::Failed => " It failed.",
        ActionResult::Unknown => "",
    };
    format!("{what}{result}{}", remark(of.note.as_deref()))
}

/// A risk that came true or did not, in a sentence.
pub(super) fn came(of: &Came) -> String {
    let whom =
        if of.whom.is_empty() { String::new() } else { format!(" ({})", join(&of.whom, "and")) };
    let end = match of.happened {
        Happened::Yes if of.later => "it came true.",
        Happened::Yes => "it came true, at about that time.",
        Happened::No => "by then it had not come true.",
        Happened::Unknown => "whether it came true is not known.",
    };
    format!("{}{}{whom}: {end}{}", dated(&of.at), of.risk.title, remark(of.note.as_deref()))
}

fn dated(at: &str) -> String {
    if at.is_empty() { String::new() } else { format!("{at}: ") }
}

fn remark(note: Option<&str>) -> String {
    note.map_or_else(String::new, |note| format!(" {}", sentence(note)))
}

/// A remark as a sentence: with a capital and a full stop.
fn sentence(note: &str) -> String {
    let text = capitalised(note.trim());
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

/// The record of a rule in a sentence.
pub(super) fn recorded(of: &Record) -> String {
    let points = count(of.points, "past point", "past points");
    let cases = count(of.cases.len(), "case", "cases");
    if of.points == 0 {
        return "It spoke at no past point.".to_owned();
    }
    let spoke = format!("It spoke at {points} of {cases}");
    if !of.warns {
        return format!("{spoke}. It warns of nothing that could come true.");
    }
    let (hits, all) = (of.verdicts.hits, of.verdicts.hits + of.verdicts.false_alarms);
    match all {
        0 => format!("{spoke}; of none is it known whether the problem followed."),
        1 if hits == 1 => format!("{spoke}; the problem followed in the 1 that can be known."),
        1 => format!("{spoke}; the problem did not follow in the 1 that can be known."),
        _ => format!("{spoke}; the problem followed in {hits} of the {all} that can be known."),
    }
}

/// The line under a piece of advice, with so many parts of its remark; all where no number is given.
pub(in crate::report) fn told(line: &Line, parts: Option<usize>) -> String {
    let head = head(line);
    let Some(note) = &line.note else { return head };
    let cut = match parts {
        None => Some(note.trim()),
        Some(0) => None,
        Some(parts) => start(note.trim(), parts),
    };
    cut.map_or_else(|| head.clone(), |note| format!("{head} {}", sentence(note)))
}

/// The line with as much of its remark as fits.
pub(in crate::report) fn fitting(line: &Line, fits: impl Fn(&str) -> bool) -> String {
    let whole = told(line, None);
    if fits(&whole) {
        return whole;
    }
    let shorter = (0..4).rev().map(|parts| told(line, Some(parts)));
    shorter.into_iter().find(|text| fits(text)).unwrap_or_else(|| head(line))
}

/// The first so many parts of a remark, which end with a full stop or a semicolon; none where there are not more.
fn start(note: &str, parts: usize) -> Option<&str> {
    let ends = note.char_indices().filter(|(at, mark)| {
        let next = note.get(at + 1..).and_then(|rest| rest.chars().next());
        matches!(mark, '.' | ';') && next.is_none_or(char::is_whitespace)
    });
    let end = ends.map(|(at, _)| at).nth(parts.checked_sub(1)?)?;
    note.get(..end)
}

fn head(line: &Line) -> String {
    let place = line.place.as_deref().and_then(|place| place.split(',').next()).map(str::trim);
    let place = place.filter(|place| !place.is_empty() && !line.shared_place);
    let place = place.unwrap_or(&line.case.title);
    let at = if line.dated { format!(", {}", year(&line.at)) } else { String::new() };
    let when = if line.dated && !line.when.is_empty() { year(&line.when) } else { "" };
    let in_year = if when.is_empty() { String::new() } else { format!(" in {when}") };
    let by_year = if when.is_empty() { String::new() } else { format!(" by {when}") };
    let so = if line.of > 1 {
        format!(" (so in {} of {} past cases)", line.so, line.of)
    } else {
        String::new()
    };
    let done = |result: &str| format!("As in {place}{at}: done{in_year}, and it {result}{so}.");
    match line.end {
        End::CameTrue => format!("As in {place}{at}: it came true{in_year}{so}."),
        End::DidNot => {
            let heeded = if line.heeded.is_empty() {
                String::new()
            } else {
                format!(" and heeded ({})", join(&line.heeded, "and"))
            };
            format!("Said in {place}{at}, too,{heeded}: it had not come true{by_year}{so}.")
                .replace(",:", ":")
        }
        End::Done(ActionResult::Worked) => done("worked"),
        End::Done(ActionResult::Partly) => done("helped in part"),
        End::Done(ActionResult::Failed) => done("failed"),
        End::Done(ActionResult::Unknown) => format!("As in {place}{at}: done{in_year}{so}."),
    }
}

/// The year of a date.
fn year(date: &str) -> &str {
    date.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(date)
}
