//! An evaluation as JSON: the schema `convener.evaluation/1`, described in `docs/evaluation-json.md`. Change it only together
//! with that page.

use serde::Serialize;

use crate::evaluate::{self, Counts, Evaluation, Share};
use crate::report::json::{Pack, pack};
use crate::report::phrase::severity;

use super::super::phrase::evidence;
use super::Evaluated;
use super::phrase::{happened, plainly, result, verdict};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    main: Results<'a>,
    by: Option<&'a str>,
    held_out: Option<Results<'a>>,
}

#[derive(Serialize)]
struct Results<'a> {
    packs: Vec<Pack<'a>>,
    hash: &'a str,
    sources: Vec<&'a str>,
    evidence: Option<&'static str>,
    watched_months: i64,
    limits: Vec<String>,
    cases: Vec<Case<'a>>,
    all: Row<'a>,
    risks: Vec<OfRisk<'a>>,
    actions: Vec<OfAction<'a>>,
    baselines: Baselines,
    by_risk: Vec<Row<'a>>,
    by_rule: Vec<Row<'a>>,
    by_stage: Vec<Row<'a>>,
    by_group: Vec<Row<'a>>,
    by_part: Vec<Row<'a>>,
    sensitivity: Option<Sensitivity<'a>>,
}

#[derive(Serialize)]
struct Case<'a> {
    id: &'a str,
    hash: Option<&'a str>,
    outcome_hash: Option<&'a str>,
    points: usize,
    tested_on: bool,
    passages_cited_by_rules: &'a [String],
    warned_and_untold: &'a [String],
}

#[derive(Serialize)]
struct OfRisk<'a> {
    case: &'a str,
    risk: &'a str,
    rows: &'a [String],
    happened: &'static str,
    at: &'a str,
    verdict: &'static str,
    first: Option<Said<'a>>,
    last: Option<Said<'a>>,
    by: &'a [String],
    stage: &'a [String],
    groups: &'a [String],
    rules_warning: usize,
}

#[derive(Serialize)]
struct OfAction<'a> {
    case: &'a str,
    action: &'a str,
    rows: &'a [String],
    result: &'static str,
    at: &'a str,
    has_point: bool,
    first: Option<Said<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    at: &'a str,
    rank: usize,
    severity: &'static str,
    provisional: bool,
    months: Option<[i64; 2]>,
    points: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    hits: usize,
    misses: usize,
    false_alarms: usize,
    silences: usize,
    unknown: usize,
    precision: Ratio,
    recall: Ratio,
    specificity: Ratio,
}

/// So many of so many, with an interval.
#[derive(Serialize)]
pub(in crate::report) struct Ratio {
    of: usize,
    all: usize,
    low_thousandths: u32,
    high_thousandths: u32,
}

#[derive(Serialize)]
struct Baselines {
    rules: Count,
    always: Count,
    never: Count,
    commonest: Count,
    count: Count,
    count_threshold: usize,
}

#[derive(Serialize)]
struct Count {
    hits: usize,
    misses: usize,
    false_alarms: usize,
    silences: usize,
}

#[derive(Serialize)]
struct Sensitivity<'a> {
    left_out: usize,
    replaced: usize,
    untried: usize,
    verdicts: usize,
    fragile: Vec<Fragile<'a>>,
}

#[derive(Serialize)]
struct Fragile<'a> {
    case: &'a str,
    event: Option<&'a str>,
    fact: &'a str,
    instead: Option<&'a str>,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    risk: &'a str,
    verdict: &'static str,
    then: &'static str,
}

/// The evaluation as JSON, on several lines. Everything is always in it.
#[must_use]
pub fn json(evaluated: Evaluated<'_>) -> String {
    let document = Document {
        schema: "convener.evaluation/1",
        main: part(evaluated.main),
        by: evaluated.by,
        held_out: evaluated.held_out.map(part),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn part(of: &Evaluation) -> Results<'_> {
    let rows = |rows| <[evaluate::Row]>::iter(rows).map(row).collect();
    Results {
        packs: of.packs.iter().map(pack).collect(),
        hash: &of.hash,
        sources: of.filter.sources.iter().map(String::as_str).collect(),
        evidence: of.filter.evidence.map(evidence),
        watched_months: of.watched_months,
        limits: plainly(of),
        cases: of.cases.iter().map(case).collect(),
        all: row(&of.tables.all),
        risks: of.risks.iter().map(risk).collect(),
        actions: of.actions.iter().map(action).collect(),
        baselines: baselines(of),
        by_risk: rows(&of.tables.risks),
        by_rule: rows(&of.tables.rules),
        by_stage: rows(&of.tables.stages),
        by_group: rows(&of.tables.groups),
        by_part: rows(&of.tables.passages),
        sensitivity: of.sensitivity.as_ref().map(sensitivity),
    }
}

fn case(from: &evaluate::Record) -> Case<'_> {
    Case {
        id: &from.id,
        hash: from.hash.as_deref(),
        outcome_hash: from.outcome_hash.as_deref(),
        points: from.points,
        tested_on: from.expected,
        passages_cited_by_rules: &from.shared,
        warned_and_untold: &from.untold,
    }
}

fn risk(from: &evaluate::RiskVerdict) -> OfRisk<'_> {
    OfRisk {
        case: &from.case,
        risk: &from.risk,
        rows: &from.rows,
        happened: happened(from.happened),
        at: &from.at,
        verdict: verdict(from.verdict),
        first: from.first.as_ref().map(said),
        last: from.last.as_ref().map(said),
        by: &from.by,
        stage: &from.stage,
        groups: &from.groups,
        rules_warning: from.unmet,
    }
}

fn action(from: &evaluate::ActionVerdict) -> OfAction<'_> {
    OfAction {
        case: &from.case,
        action: &from.action,
        rows: &from.rows,
        result: result(from.result),
        at: &from.at,
        has_point: from.has_point,
        first: from.first.as_ref().map(said),
    }
}

fn said(from: &evaluate::Said) -> Said<'_> {
    Said {
        at: &from.at,
        rank: from.rank,
        severity: severity(from.severity),
        provisional: from.provisional,
        months: from.months,
        points: from.points,
    }
}

fn row(from: &evaluate::Row) -> Row<'_> {
    Row {
        name: &from.name,
        hits: from.hits,
        misses: from.misses,
        false_alarms: from.false_alarms,
        silences: from.silences,
        unknown: from.unknown,
        precision: ratio(from.precision()),
        recall: ratio(from.recall()),
        specificity: ratio(from.specificity()),
    }
}

pub(in crate::report) fn ratio(from: Share) -> Ratio {
    let [low_thousandths, high_thousandths] = from.thousandths;
    Ratio { of: from.of, all: from.all, low_thousandths, high_thousandths }
}

fn baselines(of: &Evaluation) -> Baselines {
    let count = |from: Counts| Count {
        hits: from.hits,
        misses: from.misses,
        false_alarms: from.false_alarms,
        silences: from.silences,
    };
    let from = &of.baselines;
    Baselines {
        rules: count(from.rules),
        always: count(from.always),
        never: count(from.never),
        commonest: count(from.commonest),
        count: count(from.count),
        count_threshold: from.threshold,
    }
}

fn sensitivity(from: &evaluate::Sensitivity) -> Sensitivity<'_> {
    let fragile = from.fragile.iter().map(|one| Fragile {
        case: &one.case,
        event: one.event.as_deref(),
        fact: &one.fact,
        instead: one.instead.as_deref(),
        changes: one
            .changes
            .iter()
            .map(|(risk, [before, after])| Change {
                risk,
                verdict: verdict(*before),
                then: verdict(*after),
            })
            .collect(),
    });
    Sensitivity {
        left_out: from.left_out,
        replaced: from.replaced,
        untried: from.untried,
        verdicts: from.verdicts,
        fragile: fragile.collect(),
    }
}
