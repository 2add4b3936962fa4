//! A case along its timeline: what appears, goes and moves at each event and why, and two moments side by side.

pub(crate) mod hindsight;

use convener::case::Case;
use convener::engine::{Limits, Plan};
use convener::knowledge::KnowledgeBase;
use convener::replay::{Became, Between, Replay, Span, between, replay};
use convener::report::{self, Heading, Options};

use crate::support::timeline;

fn replayed(kb: &KnowledgeBase, case: &Case, span: &Span) -> Replay {
    replay((kb, &Plan::new(kb)), case, span, Limits::default()).unwrap()
}

fn heading() -> Heading {
    Heading { id: "well".to_owned(), title: "A <well> & a pump".to_owned(), ..Heading::default() }
}

#[test]
fn the_story_of_a_small_case() {
    let kb = timeline::knowledge();
    let case = timeline::read(&kb, timeline::CASE);
    let found = replayed(&kb, &case, &Span::default());
    let (heading, options) = (heading(), Options::default());
    insta::assert_snapshot!("text", report::replay::text(&found, &heading, &options));
    let all = Options { all: true, ..options };
    insta::assert_snapshot!("all", report::replay::text(&found, &heading, &all));
    insta::assert_snapshot!("markdown", report::replay::markdown(&found, &heading, &options));
    insta::assert_snapshot!("json", report::replay::json(&found, &heading));
    insta::assert_snapshot!("html", report::replay::html(&found, &heading, &options));
}

#[test]
fn the_page_is_safe_and_whole() {
    let kb = timeline::knowledge();
    let case = timeline::read(&kb, timeline::CASE);
    let found = replayed(&kb, &case, &Span::default());
    let html = report::replay::html(&found, &heading(), &Options::default());
    assert!(!html.contains("<well>") && !html.contains("<loudly>"), "{html}");
    assert!(!html.contains("<script") && !html.contains(" src=") && !html.contains(" href="));
    assert_eq!(html.matches("<svg").count(), 1);
    let bars = html.matches("stroke=\"#555\"").count();
    let runs = |standing: &Vec<Option<_>>| {
        let mut pieces: Vec<_> = standing
            .iter()
            .map(|one: &Option<convener::whatif::Standing>| {
                one.map(|it| (it.severity, it.provisional))
            })
            .collect();
        pieces.dedup();
        pieces.iter().flatten().count()
    };
    let wanted: usize = found.warnings.iter().map(|life| runs(&life.standing)).sum();
    assert_eq!(bars, wanted, "a bar for each stretch of a warning's life");
}

#[test]
fn what_passes_with_time_is_put_down_to_time() {
    let kb = timeline::knowledge();
    let case = timeline::read(&kb, timeline::CASE);
    let found = replayed(&kb, &case, &Span::default());
    let tired = found.points.iter().find_map(|point| {
        let change = point.change.as_ref()?;
        let item = change.warnings.iter().find(|item| item.id == "tired")?;
        Some((point.when.clone(), item.reasons[0].because.clone(), change))
    });
    let (when, because, change) = tired.unwrap();
    assert_eq!(when.as_deref(), Some("1985"));
    let causes: Vec<&str> = because.iter().map(|at| change.changed[*at].path.as_str()).collect();
    assert_eq!(causes, ["at"]);
}

#[test]
fn a_rule_a_risk_and_a_part_of_the_time_can_be_asked_for() {
    let kb = timeline::knowledge();
    let case = timeline::read(&kb, timeline::CASE);
    let only = |span: Span| {
        let found = replayed(&kb, &case, &span);
        let ids = found.warnings.iter().map(|life| life.id.clone()).collect::<Vec<_>>();
        (ids, found.points.len())
    };
    let risk = Span { risks: vec!["tired".to_owned()], ..Span::default() };
    assert_eq!(only(risk), (vec!["tired".to_owned()], 6));
    let rule = Span { rules: vec!["quarrel".to_owned()], ..Span::default() };
    assert_eq!(only(rule), (vec!["exit".to_owned()], 6));
    let late = Span {
        from: Some(case.moment("1983-06").unwrap()),
        to: Some(case.moment("worse").unwrap()),
        ..Span::default()
    };
    assert_eq!(only(late), (vec!["exit".to_owned(), "tired".to_owned()], 4));
}

fn compared(kb: &KnowledgeBase, case: &Case, before: &str, now: &str) -> Between {
    let moments = [before, now].map(|at| case.moment(at).unwrap());
    between((kb, &Plan::new(kb)), case, moments, &Span::default(), Limits::default())
        .unwrap()
        .unwrap()
}

fn fates(found: &Between) -> Vec<(&str, Became)> {
    found.warnings.iter().map(|fate| (fate.id.as_str(), fate.became)).collect()
}

#[test]
fn two_moments_side_by_side() {
    let kb = timeline::knowledge();
    let case = timeline::read(&kb, timeline::CASE);
    let early = compared(&kb, &case, "1980", "1984");
    assert_eq!(fates(&early), [("exit", Became::New), ("no-voice", Became::Mended)]);
    let worse = compared(&kb, &case, "1984", "1985");
    assert_eq!(fates(&worse), [("tired", Became::New), ("exit", Became::Worse)]);
    let late = compared(&kb, &case, "1985", "1986-07-01");
    assert_eq!(fates(&late), [("exit", Became::Unanswered), ("tired", Became::Standing)]);
    let headings = [&heading(), &Heading { seen: Some("1985-12-31".to_owned()), ..heading() }];
    let options = Options::default();
    insta::assert_snapshot!("between", report::replay::between_text(&worse, headings, &options));
    insta::assert_snapshot!("between_json", report::replay::between_json(&worse, headings));
}
