//! What advice becomes of changed facts as JSON: the schema `convener.whatif/1`, described in `docs/questions-json.md`.
//! Change it only together with that page.

use serde::Serialize;

use crate::report::json::{Case, Pack, case, pack};
use crate::report::{Heading, phrase};
use crate::value::NUMBER_UNIT;
use crate::whatif::{self, WhatIf};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    packs: Vec<Pack<'a>>,
    case: Case<'a>,
    nothing_changes: bool,
    #[serde(flatten)]
    change: Change<'a>,
}

/// What differs between two looks at a case.
#[derive(Serialize)]
pub(in crate::report) struct Change<'a> {
    changed: Vec<Changed<'a>>,
    stage: Option<Sides<&'a [String]>>,
    warnings: Vec<Item<'a>>,
    recommendations: Vec<Item<'a>>,
    remarks: Vec<Reason<'a>>,
    tradeoffs: Sides<Vec<&'a [String; 2]>>,
    undecided: Vec<Reason<'a>>,
    unsettled: Sides<usize>,
}

#[derive(Serialize)]
pub(in crate::report) struct Sides<T> {
    now: T,
    then: T,
}

impl<T> From<[T; 2]> for Sides<T> {
    fn from([now, then]: [T; 2]) -> Sides<T> {
        Sides { now, then }
    }
}

#[derive(Serialize)]
pub(in crate::report) struct Changed<'a> {
    fact: &'a str,
    question: &'a str,
    now: Option<&'a str>,
    then: Option<&'a str>,
    differs: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
}

#[derive(Serialize)]
pub(in crate::report) struct Item<'a> {
    id: &'a str,
    title: &'a str,
    now: Option<Standing>,
    then: Option<Standing>,
    moved: bool,
    reasons: Vec<Reason<'a>>,
}

#[derive(Serialize)]
pub(in crate::report) struct Standing {
    rank: Option<usize>,
    severity: &'static str,
    score_millionths: i64,
    evidence: &'static str,
    provisional: bool,
    done: bool,
}

#[derive(Serialize)]
pub(in crate::report) struct Reason<'a> {
    rule: &'a str,
    subject: &'a [String],
    text: &'a str,
    now: &'static str,
    then: &'static str,
    because: Vec<&'a str>,
}

/// The changes as JSON, on several lines. Everything is always in it.
#[must_use]
pub fn json(whatif: &WhatIf, heading: &Heading) -> String {
    let document = Document {
        schema: "convener.whatif/1",
        packs: whatif.packs.iter().map(pack).collect(),
        case: case(heading),
        nothing_changes: whatif.is_nothing(),
        change: change(whatif),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// What differs between two looks at a case.
pub(in crate::report) fn change(whatif: &WhatIf) -> Change<'_> {
    Change {
        changed: whatif.changed.iter().map(changed).collect(),
        stage: whatif.stage.as_ref().map(|[now, then]| [now.as_slice(), then.as_slice()].into()),
        warnings: items(whatif, &whatif.warnings),
        recommendations: items(whatif, &whatif.recommendations),
        remarks: reasons(whatif, &whatif.remarks),
        tradeoffs: [0, 1]
            .map(|at| {
                let list = whatif.tradeoffs.get(at).into_iter().flatten();
                list.map(|tradeoff| &tradeoff.actions).collect::<Vec<_>>()
            })
            .into(),
        undecided: reasons(whatif, &whatif.undecided),
        unsettled: whatif.unsettled.into(),
    }
}

fn items<'a>(whatif: &'a WhatIf, list: &'a [whatif::ItemChange]) -> Vec<Item<'a>> {
    list.iter().map(|one| item(whatif, one)).collect()
}

fn reasons<'a>(whatif: &'a WhatIf, list: &'a [whatif::ReasonChange]) -> Vec<Reason<'a>> {
    list.iter().map(|one| reason(whatif, one)).collect()
}

fn changed(from: &whatif::Changed) -> Changed<'_> {
    let [now, then] = &from.values;
    Changed {
        fact: &from.path,
        question: &from.question,
        now: now.as_deref(),
        then: then.as_deref(),
        differs: from.differs,
        source: from.source.as_deref(),
    }
}

fn item<'a>(whatif: &'a WhatIf, from: &'a whatif::ItemChange) -> Item<'a> {
    let [now, then] = from.standing.map(|standing| standing.map(standing_of));
    Item {
        id: &from.id,
        title: &from.title,
        now,
        then,
        moved: from.moved,
        reasons: reasons(whatif, &from.reasons),
    }
}

pub(in crate::report) fn standing_of(from: whatif::Standing) -> Standing {
    Standing {
        rank: from.rank,
        severity: phrase::severity(from.severity),
        score_millionths: from.score / NUMBER_UNIT,
        evidence: phrase::evidence(from.evidence),
        provisional: from.provisional,
        done: from.done,
    }
}

fn reason<'a>(whatif: &'a WhatIf, from: &'a whatif::ReasonChange) -> Reason<'a> {
    let [now, then] = from.status.map(|status| status.map_or("silent", phrase::status));
    let because = from.because.iter().filter_map(|at| whatif.changed.get(*at));
    Reason {
        rule: &from.rule,
        subject: &from.subject,
        text: &from.text,
        now,
        then,
        because: because.map(|changed| changed.path.as_str()).collect(),
    }
}
