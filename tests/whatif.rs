//! What becomes of advice if facts were different: what is compared, what it is put down to, and how it is shown.

use convener::engine::{Limits, Plan, Status};
use convener::report::{self, Options};
use convener::whatif::{WhatIf, what_if};

use crate::support::questions::{self, CASE, heading, knowledge};

fn whatif(settings: &[&str]) -> WhatIf {
    let changes = questions::changes(settings).unwrap_or_else(|problem| panic!("{problem}"));
    let (_, facts) = questions::read(CASE);
    let plan = Plan::new(knowledge());
    what_if((knowledge(), &plan), &facts, &changes, Limits::default()).unwrap()
}

const SETTINGS: [&str; 4] = [
    "party.ministry.organized=low",
    "party.ngos.staff=3",
    "add party.bank:the bank",
    "issue.size=high",
];

#[test]
fn the_page() {
    insta::assert_snapshot!(report::whatif::text(
        &whatif(&SETTINGS),
        &heading(),
        &Options::default()
    ));
}

#[test]
fn markdown() {
    let shown = report::whatif::markdown(&whatif(&SETTINGS), &heading(), &Options::default());
    insta::assert_snapshot!(shown);
}

#[test]
fn json() {
    insta::assert_snapshot!(report::whatif::json(&whatif(&SETTINGS), &heading()));
}

#[test]
fn nothing_changes() {
    let same = whatif(&["issue.crisis=no", "party.fund.staff=7"]);
    assert!(same.is_nothing());
    assert_eq!(same.changed.iter().map(|one| one.differs).collect::<Vec<_>>(), [false, true]);
    let page = report::whatif::text(&same, &heading(), &Options::default());
    assert!(page.contains("NOTHING CHANGES"), "{page}");
}

#[test]
fn each_difference_is_put_down_to_its_own_change() {
    let whatif = whatif(&["party.ngos.staff=3", "party.ministry.organized=low"]);
    let path = |at: &usize| whatif.changed[*at].path.as_str();
    let items = whatif.warnings.iter().chain(&whatif.recommendations);
    let reasons: Vec<_> = items.flat_map(|item| &item.reasons).collect();
    assert!(!reasons.is_empty());
    for reason in reasons {
        let because: Vec<&str> = reason.because.iter().map(path).collect();
        let expected = match (reason.rule.as_str(), reason.subject[0].as_str()) {
            ("short-of-hands", "ngos") => "party.ngos.staff",
            ("weak-side", "ministry") => "party.ministry.organized",
            other => panic!("{other:?} does not hang on the changes"),
        };
        assert_eq!(because, [expected]);
    }
}

#[test]
fn an_exception_that_comes_to_be_unknown_makes_advice_provisional() {
    let settled = ["party.ministry.organized=low"];
    let base = whatif(&settled);
    let item = base.warnings.iter().find(|item| item.id == "no-voice").unwrap();
    assert_eq!(item.reasons[0].status, [Some(Status::Contested), Some(Status::Firing)]);
    let open = whatif(&["party.ministry.organized=low", "issue.crisis=unknown"]);
    let item = open.warnings.iter().find(|item| item.id == "no-voice").unwrap();
    assert!(item.standing[1].unwrap().provisional);
    let reason = item.reasons.iter().find(|reason| reason.subject == ["ministry"]).unwrap();
    assert_eq!(reason.because, [0, 1]);
}

#[test]
fn a_stage_that_is_past_takes_its_rules_along() {
    let changes = ["party.ngos.joined=1990", "partnership.stage=implementation"];
    let first = whatif(&changes[..1]);
    assert!(first.recommendations.iter().any(|item| item.id == "remind"));
    let both = whatif(&changes);
    assert!(both.recommendations.iter().all(|item| item.id != "remind"));
    assert!(both.stage.is_some());
}
