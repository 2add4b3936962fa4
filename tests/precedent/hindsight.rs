//! No hindsight: everything in the archive that is dated after the day looked at is poisoned, or left out, and what is said on
//! that day stays as it was, byte for byte.

use convener::case::outcome::{ActionResult, Happened, Outcome, Told as OutcomeTold, When};
use convener::case::{Boundary, Case, Period};
use convener::engine::Plan;
use convener::knowledge::{KnowledgeBase, RiskId};
use convener::source::SourceMap;

use super::found;
use crate::cli::precedents::LAKE;
use crate::replay::hindsight::poisoned;
use crate::support::{shipped, timeline};

const LATE: &str = "2097-05";

fn late() -> Period {
    Period::parse(LATE).unwrap()
}

/// How an archive is spoilt: what is later is turned into something else, or taken away.
#[derive(Clone, Copy, PartialEq)]
enum Poison {
    Turned,
    TakenAway,
}

fn spoilt_case(kb: &KnowledgeBase, case: &Case, by: i64, poison: Poison) -> Case {
    let from = case.events.iter().filter(|event| event.day <= Some(by)).count();
    if from == 0 && case.events.iter().all(|event| event.day.is_none()) {
        return case.clone();
    }
    let mut bad = if poison == Poison::Turned { poisoned(kb, case, from) } else { case.clone() };
    if poison == Poison::TakenAway {
        bad.events.truncate(from);
    }
    let is_late = |boundary: &Option<Boundary>| match boundary {
        Some(Boundary::Date(period)) => period.last > by,
        Some(Boundary::Event(id)) => case.events.iter().skip(from).any(|event| event.id == *id),
        None => false,
    };
    for row in &mut bad.rows {
        if is_late(&row.from) {
            "poison".clone_into(&mut row.name);
            row.from = Some(Boundary::Date(late()));
        }
        if is_late(&row.until) {
            row.until = if poison == Poison::Turned { Some(Boundary::Date(late())) } else { None };
        }
    }
    bad
}

fn spoilt_outcome(case: &Case, outcome: &Outcome, by: i64, poison: Poison) -> Outcome {
    let day = |when: Option<When>| match when {
        Some(When::Dated(period)) => Some(period.last),
        Some(When::Event(at)) => case.events[at].day,
        None => None,
    };
    let mut bad = outcome.clone();
    let ended = day(outcome.observed_until).is_some_and(|day| day <= by);
    let turned = |told: &mut OutcomeTold| {
        told.note = Some("poison".to_owned());
        told.rows.clear();
        told.at = Some(When::Dated(late()));
    };
    let is_late = |at: Option<When>| day(at).is_some_and(|day| day > by);
    bad.risks.retain(|risk| {
        poison == Poison::Turned || !is_late(risk.told.at.or(outcome.observed_until))
    });
    for risk in &mut bad.risks {
        if is_late(risk.told.at.or(outcome.observed_until)) {
            turned(&mut risk.told);
            risk.risk = RiskId(0);
            risk.happened = Happened::Yes;
        }
    }
    bad.actions.retain(|action| poison == Poison::Turned || !is_late(action.told.at));
    for action in &mut bad.actions {
        if is_late(action.told.at) {
            turned(&mut action.told);
        }
        if !ended {
            // What came of it was not known yet.
            action.result = ActionResult::Failed;
            action.told.note = Some("poison".to_owned());
        }
    }
    if !ended {
        bad.observed_until = Some(When::Dated(late()));
    }
    bad
}

#[test]
fn what_is_later_changes_nothing_that_is_said_before() {
    let kb = shipped::pack(&mut SourceMap::default());
    let plan = Plan::new(&kb);
    let told = shipped::told(&kb);
    let cases: Vec<Case> = told.iter().map(|(case, _, _)| case.clone()).collect();
    let outcomes: Vec<Option<Outcome>> = told.into_iter().map(|(.., outcome)| outcome).collect();
    let (mut looked, mut bites, mut lines) = (0, 0, 0);
    let today = ["1985", "1989", "1991", "1994", "1998", "2006"];
    let today = today.map(|year| timeline::read(&kb, &LAKE.replace("2025-05", year)));
    for present in cases.iter().chain(&today) {
        for at in (0..present.events.len()).step_by(3) {
            let moment = present.moment_of(at);
            let Some(by) = moment.today else { continue };
            let shown = |cases: &[Case], outcomes: &[Option<Outcome>], moment| {
                let mut found = found((&kb, &plan), (present, moment), cases, outcomes);
                let said = found.lines.warnings.len() + found.lines.recommendations.len();
                // How many cases begin later is said; a case without any event is none that begins.
                found.precedents.looked.later = 0;
                found.records.iter_mut().for_each(|record| record.looked.later = 0);
                (format!("{:#?}{:#?}{:#?}", found.precedents, found.lines, found.records), said)
            };
            let (before, said) = shown(&cases, &outcomes, moment);
            for poison in [Poison::Turned, Poison::TakenAway] {
                let has_begun = |case: &Case| {
                    let days = || case.events.iter().filter_map(|event| event.day);
                    days().next().is_none() || days().any(|day| day <= by)
                };
                let pairs = cases.iter().zip(&outcomes);
                let kept = pairs.filter(|(case, _)| poison == Poison::Turned || has_begun(case));
                let bad = kept.map(|(case, outcome)| {
                    let dated = case.events.iter().any(|event| event.day.is_some());
                    let spoilt = |outcome: &Outcome| spoilt_outcome(case, outcome, by, poison);
                    let outcome = outcome.as_ref();
                    let outcome = outcome.map(|it| if dated { spoilt(it) } else { it.clone() });
                    (spoilt_case(&kb, case, by, poison), outcome)
                });
                let (bad, bad_outcomes): (Vec<Case>, Vec<Option<Outcome>>) = bad.unzip();
                let (after, _) = shown(&bad, &bad_outcomes, moment);
                let differing = before.lines().zip(after.lines()).find(|(a, b)| a != b);
                assert_eq!(differing, None, "{} at {by}", present.id);
                assert_eq!(before.len(), after.len(), "{} at {by}", present.id);
                let end = convener::case::Moment { today: Some(50_000), ..moment };
                let clean = shown(&cases, &outcomes, end).0;
                bites += usize::from(clean != shown(&bad, &bad_outcomes, end).0);
            }
            looked += 1;
            lines += said;
        }
    }
    assert!(looked > 15 && bites > looked && lines > 5, "{looked} {bites} {lines}");
}
