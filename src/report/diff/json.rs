//! What differs between two packs as JSON: the schema `convener.diff/1`, described in `docs/diff.md`.
//! Change it only together with that page.

use serde::Serialize;

use crate::diff::{
    Answer, CaseRead, Change, Diff, ItemChange, Point, Refused, Sameness, Search, What,
};
use crate::report::json::{Pack, pack};
use crate::report::phrase;
use crate::report::whatif::{StandingEntry, standing_of};

use super::Around;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    old: Side<'a>,
    new: Side<'a>,
    packs: &'static str,
    changes_something: bool,
    items: Vec<Item<'a>>,
    cases: Vec<Case<'a>>,
    unreadable: Vec<Unreadable<'a>>,
    changes: Vec<ChangeEntry<'a>>,
    causes: Vec<Cause<'a>>,
    untraced: &'a [usize],
    made_up: Vec<MadeUp<'a>>,
    bounds: Bounds,
}

#[derive(Serialize)]
struct Side<'a> {
    name: &'a str,
    packs: Vec<Pack<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    kind: &'static str,
    name: &'a str,
    what: &'static str,
    old_at: Option<String>,
    new_at: Option<String>,
    places: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct Case<'a> {
    file: &'a str,
    id: &'a str,
    moments: &'a [String],
}

#[derive(Serialize)]
struct Unreadable<'a> {
    file: &'a str,
    old_reads_it: bool,
    new_reads_it: bool,
    problems: Vec<String>,
}

#[derive(Serialize)]
struct ChangeEntry<'a> {
    case: &'a str,
    moment: &'a str,
    #[serde(flatten)]
    differing: Differing<'a>,
}

#[derive(Serialize)]
struct Differing<'a> {
    #[serde(flatten)]
    point: PointEntry<'a>,
    old: Option<AnswerEntry<'a>>,
    new: Option<AnswerEntry<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
enum PointEntry<'a> {
    Rule { rule: &'a str, subject: &'a [String] },
    Warning { id: &'a str },
    Recommendation { id: &'a str },
    TradeOff { ids: &'a [String; 2] },
    Question { id: &'a str },
    Stage {},
}

#[derive(Serialize)]
#[serde(untagged)]
enum AnswerEntry<'a> {
    Status(&'static str),
    Stands(StandingEntry),
    Holds(bool),
    Stages(&'a [String]),
}

#[derive(Serialize)]
struct Cause<'a> {
    items: &'a [usize],
    or: &'a [Vec<usize>],
    changes: &'a [usize],
}

#[derive(Serialize)]
struct MadeUp<'a> {
    item: usize,
    tried: usize,
    case: Option<&'a str>,
    words_of: Option<&'static str>,
    in_part: bool,
    changes: Vec<Differing<'a>>,
}

#[derive(Serialize)]
struct Bounds {
    mixtures: usize,
    made_up_cases: usize,
    rows: usize,
    not_looked_into: usize,
}

/// The comparison as JSON, on several lines. Everything is always in it.
#[must_use]
pub fn json(diff: &Diff, around: Around<'_>) -> String {
    let [old, new] = around.names;
    let [before, after] = &diff.packs;
    let document = Document {
        schema: "convener.diff/1",
        old: Side { name: old, packs: before.iter().map(pack).collect() },
        new: Side { name: new, packs: after.iter().map(pack).collect() },
        packs: match diff.sameness {
            Sameness::Identical => "identical",
            Sameness::EqualItems => "equal",
            Sameness::Different => "different",
        },
        changes_something: diff.is_change(),
        items: diff.items.iter().map(|one| item(one, around)).collect(),
        cases: diff.cases.iter().map(case).collect(),
        unreadable: diff.refused.iter().map(unreadable).collect(),
        changes: diff.changes.iter().filter_map(|one| change(one, diff)).collect(),
        causes: diff
            .causes
            .iter()
            .map(|cause| Cause { items: &cause.items, or: &cause.or, changes: &cause.changes })
            .collect(),
        untraced: &diff.untraced,
        made_up: diff.searches.iter().map(made_up).collect(),
        bounds: Bounds {
            mixtures: diff.settings.mixtures,
            made_up_cases: diff.settings.bound.cases,
            rows: diff.settings.bound.rows,
            not_looked_into: diff.unsearched,
        },
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn item<'a>(from: &'a ItemChange, around: Around<'_>) -> Item<'a> {
    let at = |span: Option<crate::source::Span>| phrase::place(around.sources, span?);
    let [old_at, new_at] = from.spans.map(at);
    Item {
        kind: from.name.kind.word(),
        name: &from.name.name,
        what: match from.what {
            What::Added => "added",
            What::Removed => "removed",
            What::Meaning => "meaning",
            What::Cites => "cites",
            What::Wording => "wording",
        },
        old_at,
        new_at,
        places: from.places.iter().map(|[old, new]| Place { old, new }).collect(),
    }
}

fn case(from: &CaseRead) -> Case<'_> {
    Case { file: &from.name, id: &from.id, moments: &from.moments }
}

fn unreadable(from: &Refused) -> Unreadable<'_> {
    let [old_reads_it, new_reads_it] = from.reads;
    let problems = from.problems.sorted();
    let problems = problems.into_iter().map(|problem| problem.message.clone()).collect();
    Unreadable { file: &from.name, old_reads_it, new_reads_it, problems }
}

fn change<'a>(from: &'a Change, diff: &'a Diff) -> Option<ChangeEntry<'a>> {
    let case = diff.cases.get(from.case)?;
    let moment = case.moments.get(from.moment)?;
    Some(ChangeEntry { case: &case.id, moment, differing: differing(&from.point, &from.answers) })
}

fn differing<'a>(point: &'a Point, answers: &'a [Option<Answer>; 2]) -> Differing<'a> {
    let [old, new] = answers.each_ref().map(|answer| answer.as_ref().map(entry));
    let point = match point {
        Point::Rule(rule, subject) => PointEntry::Rule { rule, subject },
        Point::Warning(id) => PointEntry::Warning { id },
        Point::Recommendation(id) => PointEntry::Recommendation { id },
        Point::TradeOff(ids) => PointEntry::TradeOff { ids },
        Point::Question(id) => PointEntry::Question { id },
        Point::Stage => PointEntry::Stage {},
    };
    Differing { point, old, new }
}

fn entry(answer: &Answer) -> AnswerEntry<'_> {
    match answer {
        Answer::Status(status) => AnswerEntry::Status(phrase::status(*status)),
        Answer::Stands(standing) => AnswerEntry::Stands(standing_of(*standing)),
        Answer::Holds => AnswerEntry::Holds(true),
        Answer::Stages(stages) => AnswerEntry::Stages(stages),
    }
}

fn made_up(from: &Search) -> MadeUp<'_> {
    let witness = from.witness.as_ref();
    let changes = witness.map_or(&[][..], |witness| &witness.differing);
    MadeUp {
        item: from.item,
        tried: from.tried,
        case: witness.map(|witness| witness.file.as_str()),
        words_of: witness.map(|witness| if witness.words_of_new { "new" } else { "old" }),
        in_part: witness.is_some_and(|witness| witness.in_part),
        changes: changes.iter().map(|(point, answers)| differing(point, answers)).collect(),
    }
}
