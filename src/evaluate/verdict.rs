//! One outcome against what was said before it.

use std::collections::BTreeSet;

use crate::advice::Item;
use crate::case::Moment;
use crate::case::outcome::{ActionOutcome, Happened, Outcome, RiskOutcome, When};
use crate::knowledge::{AdviceKind, AttributeId, EntityId, KnowledgeBase, RiskId, RuleId, Type};
use crate::value::{Possible, completed_months};

use super::past::{Given, Past, Rows, before, warns, while_watched};
use super::{ActionVerdict, RiskVerdict, Settings, Verdict};

/// What became of a risk of which an outcome tells, and where it was warned of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The risk.
    pub risk: RiskId,
    /// The verdict.
    pub verdict: Verdict,
    /// At which of the points that count which rules warned of it, in order.
    pub warned: Vec<(usize, RuleId)>,
}

/// What became of the risks of a case.
pub(super) fn risks(
    kb: &KnowledgeBase,
    past: &Past<'_>,
    outcome: &Outcome,
    settings: &Settings,
) -> Vec<RiskVerdict> {
    let found = outcome.risks.iter().filter_map(|told| risk(kb, past, (outcome, told), settings));
    found.collect()
}

fn risk(
    kb: &KnowledgeBase,
    past: &Past<'_>,
    (outcome, told): (&Outcome, &RiskOutcome),
    settings: &Settings,
) -> Option<RiskVerdict> {
    let declared = kb.risks.get(told.risk.0)?;
    let until = until(outcome, told);
    let points = counted(&past.points, told.happened, until);
    let warned = warned(kb, &past.given, told, &points);
    let item = |at: usize| {
        let list = past.advice.get(at).map(|advice| advice.warnings.as_slice())?;
        let item = list.iter().find(|item| item.id == declared.name)?;
        Some(past.said(at, (list, item), until))
    };
    let first = warned.iter().map(|(at, _)| *at).next();
    let last = points.last().copied();
    let stands = last.filter(|last| warned.iter().any(|(at, _)| at == last));
    let shown = first.or(last).and_then(|at| past.advice.get(at));
    let rows = last.and_then(|at| past.facts.get(at));
    let groups = settings
        .by
        .zip(rows)
        .map_or_else(Vec::new, |(by, facts)| groups(kb, facts, by, &told.told.rows));
    let by: BTreeSet<String> =
        warned.iter().filter_map(|(_, rule)| Some(kb.rules.get(rule.0)?.name.clone())).collect();
    Some(RiskVerdict {
        case: past.case.id.clone(),
        risk: declared.name.clone(),
        title: declared.title.clone(),
        rows: told.told.rows.iter().map(|(_, id)| id.clone()).collect(),
        happened: told.happened,
        at: past.when(until),
        verdict: verdict(&past.points, told.happened, (until, settings), (&points, first)),
        first: first.and_then(item),
        last: stands.and_then(item),
        by: by.into_iter().collect(),
        stage: shown.and_then(|advice| advice.stage.as_ref()).map_or_else(Vec::new, |stage| {
            if stage.unknown { Vec::new() } else { stage.possible.clone() }
        }),
        groups,
        unmet: last.and_then(|at| past.given.get(at)).map_or(0, |given| unmet(kb, given)),
    })
}

/// What became of each risk that an outcome tells of, from what is given at the points of a case.
#[must_use]
pub fn judged(
    kb: &KnowledgeBase,
    (points, given): (&[Moment], &[Vec<Given>]),
    outcome: &Outcome,
    settings: &Settings,
) -> Vec<Judged> {
    let each = outcome.risks.iter().map(|told| {
        let until = until(outcome, told);
        let counted = counted(points, told.happened, until);
        let warned = warned(kb, given, told, &counted);
        let first = warned.iter().map(|(at, _)| *at).next();
        let verdict = verdict(points, told.happened, (until, settings), (&counted, first));
        Judged { risk: told.risk, verdict, warned }
    });
    each.collect()
}

/// When it happened, or until when it was watched.
fn until(outcome: &Outcome, told: &RiskOutcome) -> Option<When> {
    let watched = if told.happened == Happened::No { outcome.observed_until } else { None };
    told.told.at.or(watched)
}

/// The points at which a warning counts: before what happened, or while it was watched whether it does.
fn counted(points: &[Moment], happened: Happened, until: Option<When>) -> Vec<usize> {
    match (happened, until) {
        (_, None) => (0..points.len()).collect(),
        (Happened::No, Some(until)) => while_watched(points, until),
        (_, Some(until)) => before(points, until),
    }
}

/// The points at which a risk is warned of for the rows that an outcome names, with the rules that do, in order.
fn warned(
    kb: &KnowledgeBase,
    given: &[Vec<Given>],
    told: &RiskOutcome,
    points: &[usize],
) -> Vec<(usize, RuleId)> {
    let rules = warns(kb, told.risk);
    let mut found = Vec::new();
    for at in points {
        let here = given.get(*at).into_iter().flatten();
        let those = here.filter(|one| rules.contains(&one.rule) && one.concerns(&told.told.rows));
        found.extend(those.map(|one| (*at, one.rule)));
    }
    found
}

fn verdict(
    points: &[Moment],
    happened: Happened,
    (until, settings): (Option<When>, &Settings),
    (counted, first): (&[usize], Option<usize>),
) -> Verdict {
    match (happened, first) {
        (Happened::Unknown, _) => Verdict::Unknown,
        _ if counted.is_empty() => Verdict::NoPoint,
        (Happened::Yes, Some(_)) => Verdict::Hit,
        (Happened::Yes, None) => Verdict::Miss,
        (Happened::No, None) => Verdict::Silence,
        (Happened::No, Some(first)) => {
            let from = points.get(first).and_then(|point| point.today);
            let watched = match (from, until) {
                (Some(from), Some(When::Dated(period))) => completed_months(from, period.last),
                _ => None,
            };
            let enough = watched
                .map_or(settings.watched_months <= 0, |months| months >= settings.watched_months);
            if enough { Verdict::FalseAlarm } else { Verdict::TooShort }
        }
    }
}

/// How many rules warn of anything.
fn unmet(kb: &KnowledgeBase, given: &[Given]) -> usize {
    let warning = |rule: &RuleId| {
        let advice = kb.rules.get(rule.0).map_or(&[][..], |rule| &rule.advice);
        advice.iter().any(|clause| matches!(clause.kind, AdviceKind::Warn(..)))
    };
    let rules: BTreeSet<RuleId> = given.iter().map(|one| one.rule).filter(warning).collect();
    rules.len()
}

/// What rows are known to carry of an attribute, in words.
fn groups(
    kb: &KnowledgeBase,
    facts: &crate::facts::Facts,
    by: AttributeId,
    rows: Rows<'_>,
) -> Vec<String> {
    let attribute = kb.vocabulary.attribute(by);
    let (Type::Choice(domain) | Type::Set(domain)) = attribute.kind else { return Vec::new() };
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for (entity, id) in rows.iter().filter(|(entity, _)| *entity == attribute.entity) {
        let row = facts.find_row(EntityId(entity.0), id);
        let cell = row.and_then(|row| facts.cell(by, row));
        let members = match cell.map(|cell| cell.possible) {
            Some(Possible::Choice(members)) if members.is_power_of_two() => members,
            Some(Possible::Set { may_include, may_exclude }) => may_include & !may_exclude,
            _ => 0,
        };
        found.extend((0..64).filter(|at| members >> at & 1 == 1));
    }
    let members = &kb.vocabulary.domain(domain).members;
    found.into_iter().filter_map(|at| Some(members.get(at)?.wording.clone())).collect()
}

/// What came of the actions of a case.
pub(super) fn actions(
    kb: &KnowledgeBase,
    past: &Past<'_>,
    outcome: &Outcome,
) -> Vec<ActionVerdict> {
    outcome.actions.iter().filter_map(|told| action(kb, past, told)).collect()
}

fn action(kb: &KnowledgeBase, past: &Past<'_>, told: &ActionOutcome) -> Option<ActionVerdict> {
    let declared = kb.actions.get(told.action.0)?;
    let points = match told.told.at {
        Some(at) => past.before(at),
        None => (0..past.points.len()).collect(),
    };
    let first = points.iter().find_map(|at| {
        let list = past.advice.get(*at)?.recommendations.as_slice();
        let item = list.iter().find(|item| item.id == declared.name && !item.done)?;
        let given = past.given.get(*at)?;
        recommends(kb, item, given, &told.told.rows)
            .then(|| past.said(*at, (list, item), told.told.at))
    });
    Some(ActionVerdict {
        case: past.case.id.clone(),
        action: declared.name.clone(),
        title: declared.title.clone(),
        rows: told.told.rows.iter().map(|(_, id)| id.clone()).collect(),
        result: told.result,
        at: past.when(told.told.at),
        has_point: !points.is_empty(),
        first,
    })
}

/// Whether a reason that is not done yet speaks of one of the rows.
fn recommends(kb: &KnowledgeBase, item: &Item, given: &[Given], rows: Rows<'_>) -> bool {
    item.reasons.iter().filter(|reason| !reason.done).any(|reason| {
        let rule = kb.rules.iter().position(|rule| rule.name == reason.rule);
        let those = given.iter().filter(|one| Some(one.rule.0) == rule);
        those
            .filter(|one| one.subject.iter().all(|(_, id)| reason.subject.contains(id)))
            .any(|one| one.concerns(rows))
    })
}
