//! Ranking, its properties, and the reports, on a knowledge base built by hand.

use convener::advice::rank::{Standing, order};
use convener::advice::{Advice, advise};
use convener::engine::Model;
use convener::facts::{Evidence, Facts, Tie};
use convener::knowledge::KnowledgeBase;
use convener::report::{self, Heading, Options};
use convener::source::SourceMap;
use convener::value::Possible;
use proptest::prelude::*;

use crate::support;
use crate::support::shipped;
use crate::support::small::*;

fn set(facts: &mut Facts, attribute: convener::knowledge::AttributeId, id: &str, value: Possible) {
    let row = row(facts, id);
    facts.set(attribute, row, stated(value, Evidence::Documented));
}

/// Two parties that distrust the convener, one of them unorganised, while nobody knows of a crisis.
fn troubled(kb: &KnowledgeBase) -> Facts {
    let mut facts = parties(kb, &["donor", "ministry", "users"], false);
    set(&mut facts, CONVENES, "donor", YES);
    set(&mut facts, KEY, "ministry", YES);
    set(&mut facts, KEY, "users", YES);
    set(&mut facts, ORGANIZED, "users", Possible::Choice(3));
    let donor = row(&facts, "donor");
    for id in ["ministry", "users"] {
        let to = row(&facts, id);
        let cell = stated(Possible::Choice(2), Evidence::Reported);
        facts.set_tie(&kb.vocabulary, CREDIBLE, donor, to, cell);
    }
    facts.set(STAGE, 0, stated(Possible::Choice(2), Evidence::Documented));
    facts
}

fn heading() -> Heading {
    Heading {
        id: "water".to_owned(),
        title: "Water for all".to_owned(),
        place: Some("Somewhere".to_owned()),
        seen: Some("1986-06-01".to_owned()),
        last_event: Some("a meeting (1986)".to_owned()),
        ..Heading::default()
    }
}

fn sources() -> SourceMap {
    let mut sources = SourceMap::default();
    sources.add("water.toml", "[case]\n");
    sources
}

fn advice(kb: &KnowledgeBase, facts: &Facts) -> Advice {
    advise(kb, facts, &conclude(kb, facts))
}

#[test]
fn several_subjects_of_one_rule_count_once_and_first_steps_come_first() {
    let kb = knowledge();
    let advice = advice(&kb, &troubled(&kb));
    let [warning] = advice.warnings.as_slice() else { panic!("one risk") };
    assert_eq!((warning.reasons.len(), warning.score), (2, 8_000_000_000_000));
    assert!(warning.provisional);
    assert_eq!(warning.reasons[0].text, "MINISTRY does not trust DONOR.");
    assert_eq!(warning.reasons[1].text, "USERS do not trust DONOR.");
    let ids: Vec<&str> = advice.recommendations.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["organize", "find-convener"]);
    let first = &advice.recommendations[0];
    assert_eq!(first.score, 3_000_000_000_000, "medium, and overdue");
    assert_eq!(first.rank_score, 4_000_000_000_000, "that of the step that comes after");
    assert_eq!(first.reasons[0].text, "USERS (none or low) first.");
    assert_eq!(advice.tradeoffs.len(), 1);
}

#[test]
fn what_was_done_is_listed_last() {
    let kb = knowledge();
    let mut facts = troubled(&kb);
    let users = row(&facts, "users");
    facts.set(convener::knowledge::AttributeId(5), users, stated(YES, Evidence::Documented));
    let advice = advice(&kb, &facts);
    let states: Vec<(&str, bool)> =
        advice.recommendations.iter().map(|item| (item.id.as_str(), item.done)).collect();
    assert_eq!(states, [("find-convener", false), ("organize", true)]);
    assert!(advice.tradeoffs.is_empty());
}

#[test]
fn open_conclusions_are_apart_and_grouped_by_what_settles_them() {
    let kb = knowledge();
    let mut facts = troubled(&kb);
    let (donor, users) = (row(&facts, "donor"), row(&facts, "users"));
    facts.ties.remove(&Tie { relation: CREDIBLE, rows: [donor, users] });
    let advice = advice(&kb, &facts);
    assert_eq!(advice.warnings[0].reasons.len(), 1);
    let rules: Vec<(&str, &[String])> =
        advice.undecided.iter().map(|one| (one.rule.as_str(), one.subject.as_slice())).collect();
    let ministry = ["ministry".to_owned()];
    let users = ["users".to_owned()];
    assert_eq!(rules, [("convener-not-credible", &users[..]), ("unorganised", &ministry[..])]);
    let paths: Vec<(&str, usize)> = advice
        .settling
        .iter()
        .map(|one| (advice.facts[&one.fact].path.as_str(), one.conclusions))
        .collect();
    assert_eq!(
        paths,
        [("issue.crisis", 2), ("credible.donor.users", 1), ("party.ministry.organized", 1)]
    );
}

#[test]
fn the_reports_read_well() {
    let kb = knowledge();
    let advice = advice(&kb, &troubled(&kb));
    let options = Options { width: 80, ..Options::default() };
    insta::assert_snapshot!("text", report::text(&advice, &heading(), &sources(), &options));
    let all = Options { all: true, explain: true, ..options };
    insta::assert_snapshot!("text_explained", report::text(&advice, &heading(), &sources(), &all));
    insta::assert_snapshot!("markdown", report::markdown(&advice, &heading(), &sources(), &all));
    insta::assert_snapshot!("json", report::json(&advice, &heading(), &sources(), &all));
}

#[test]
fn no_text_controls_the_terminal_or_injects_markup() {
    let kb = knowledge();
    let mut facts = troubled(&kb);
    let evil = "\u{1b}[2J<script>alert(1)</script> [x](http://evil) `**\u{202e}\u{7}";
    std::sync::Arc::make_mut(&mut facts.rows[PARTY.0].list)[1].name = evil.to_owned();
    let heading = Heading { title: evil.to_owned(), id: evil.to_owned(), ..heading() };
    let advice = advice(&kb, &facts);
    let all = Options { all: true, explain: true, ..Options::default() };
    let text = report::text(&advice, &heading, &sources(), &all);
    let markdown = report::markdown(&advice, &heading, &sources(), &all);
    for output in [&text, &markdown] {
        assert!(!output.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    }
    let outside_code: String = markdown.replace("\\`", "").split('`').step_by(2).collect();
    assert!(!outside_code.contains("<script"));
    assert!(!outside_code.contains("[x]"));
    let coloured = report::text(&advice, &heading, &sources(), &Options { colour: true, ..all });
    assert!(coloured.contains("\u{1b}[") && !coloured.contains("\u{1b}[2J"));
}

#[test]
fn contested_conclusions_name_whom_one_would_have_to_believe() {
    let kb = knowledge();
    let mut facts = troubled(&kb);
    let (donor, ministry) = (row(&facts, "donor"), row(&facts, "ministry"));
    let mut cell = stated(Possible::Choice(0b1010), Evidence::Documented);
    let says = [("donor", 8), ("ministry", 2)];
    cell.record.as_mut().unwrap().says =
        says.map(|(who, level)| (who.to_owned(), Possible::Choice(level))).to_vec();
    facts.set_tie(&kb.vocabulary, CREDIBLE, donor, ministry, cell);
    facts.set(CRISIS, 0, stated(NO, Evidence::Documented));
    let models = shipped::infer(&kb, std::slice::from_ref(&facts));
    let advice = advise(&kb, &facts, &models[0]);
    let contested = advice.undecided.iter().find(|one| one.contested).unwrap();
    assert_eq!(contested.believing, ["MINISTRY"]);
    assert_eq!(contested.text, "MINISTRY does not trust DONOR.");
    let text = report::text(&advice, &heading(), &sources(), &Options::default());
    assert!(text.contains("If one believes MINISTRY: MINISTRY does not trust DONOR."), "{text}");
    assert!(text.contains("DONOR: high; MINISTRY: low"), "{text}");
}

#[test]
fn a_shipped_case_fits_one_page_at_any_time() {
    let mut sources = SourceMap::default();
    let kb = shipped::pack(&mut sources);
    for name in ["orangi", "bangladesh-immunization"] {
        let moments = shipped::moments(&kb, name, &mut sources);
        for (facts, mut model) in moments.iter().zip(shipped::infer(&kb, &moments)) {
            let advice = advise(&kb, facts, &model);
            let text = report::text(&advice, &heading(), &sources, &Options::default());
            assert!(text.lines().count() <= 48, "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= 96), "{text}");
            let shown = advice.warnings.iter().chain(&advice.recommendations);
            for item in shown.filter(|item| !item.done) {
                let reason = item.reasons[0].text.split(' ').take(3).collect::<Vec<_>>().join(" ");
                let title = format!("({})", item.id);
                let there =
                    text.lines().any(|line| line.contains(&title) && line.contains(&item.title));
                assert!(!there || text.contains(&reason), "{}: {text}", item.id);
            }
            let all = Options { all: true, explain: true, ..Options::default() };
            let json = report::json(&advice, &heading(), &sources, &all);
            let value: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(value["schema"], "convener.advice/1");
            model.conclusions.reverse();
            assert_eq!(advise(&kb, facts, &model), advice);
        }
    }
}

const STAGES: &str = r#"
    scale stage { first "meeting"  second "planning"  third "doing" }
    one partnership "the partnership" {
      met      yes_no  "Have they met?"
      planned  yes_no  "Have they planned?"
    }
    derive partnership.stage stage "How far has it come?" {
      third   when { partnership.met  partnership.planned }
      second  when { partnership.met }
      first   otherwise
    }
    ranking {
      stage    partnership.stage
      severity { critical 8  high 4  medium 2  low 1 }
      timing   { overdue 1.5  now 1  next 0.5  later 0.25 }
    }
    risk  haste "Too much haste"
    rule  past {
      stage second only
      cites s1.a
      when  { partnership.met }
      warn  haste high "This is over."
    }
    rule  no-plan {
      stage third
      cites pit.a
      when  { not partnership.planned }
      warn  haste critical "There is no plan."
    }
    rule  never-over {
      qualifies rules citing pit.* to low
      cites s1.b
      note  "Nobody is ever quite free of this."
    }
"#;

#[test]
fn a_stated_stage_is_held_against_the_facts_and_remarks_soften() {
    let mut sources = SourceMap::default();
    let mut diagnostics = convener::diagnostic::Diagnostics::default();
    let kb = support::compile("", STAGES, &mut sources, &mut diagnostics);
    let kb = kb.unwrap_or_else(|| panic!("{}", support::shown(&diagnostics, &sources)));
    let partnership = kb.vocabulary.find_entity("partnership").unwrap();
    let mut facts = Facts::new(&kb.vocabulary);
    for (name, value) in [("met", YES), ("planned", NO), ("stage", Possible::Choice(4))] {
        let attribute = kb.vocabulary.find_attribute(partnership, name).unwrap();
        facts.set(attribute, 0, stated(value, Evidence::Documented));
    }
    let models = shipped::infer(&kb, std::slice::from_ref(&facts));
    let advice = advise(&kb, &facts, &models[0]);
    let [contradiction] = advice.contradictions.as_slice() else { panic!("one contradiction") };
    assert_eq!(
        (contradiction.stated.as_str(), contradiction.derived.as_str()),
        ("doing", "planning")
    );
    assert_eq!(contradiction.skipped, ["planning"]);
    assert_eq!(contradiction.facts.len(), 2);
    let [warning] = advice.warnings.as_slice() else { panic!("one risk") };
    let [reason] = warning.reasons.as_slice() else { panic!("the other rule's stage is past") };
    assert_eq!((reason.rule.as_str(), warning.score), ("no-plan", 1_000_000_000_000));
    assert_eq!(reason.notes, ["Nobody is ever quite free of this."]);
    assert!(advice.notes.is_empty(), "the remark stands with what it qualifies");
    let text = report::text(&advice, &heading(), &sources, &Options::default());
    assert!(text.contains("you may be skipping planning"), "{text}");
}

fn standings() -> impl Strategy<Value = Vec<Standing>> {
    let one = (0..6_i64, 0..3_u8, proptest::collection::vec(0..8_usize, 0..3));
    proptest::collection::vec(one, 1..8).prop_map(|list| {
        list.into_iter()
            .enumerate()
            .map(|(index, (score, evidence, after))| Standing {
                id: format!("i{index}"),
                score,
                evidence: grade(evidence),
                after: after.into_iter().filter(|before| *before < index).collect(),
            })
            .collect()
    })
}

fn grade(grade: u8) -> Evidence {
    match grade {
        0 => Evidence::Assumed,
        1 => Evidence::Reported,
        _ => Evidence::Documented,
    }
}

fn place(items: &[Standing], index: usize) -> usize {
    order(items).iter().position(|(at, _)| *at == index).unwrap()
}

proptest! {
    #[test]
    fn a_stronger_reason_never_lowers_an_item(
        items in standings(), index in 0..8_usize, more in 0..6_i64, better in 0..3_u8,
    ) {
        let index = index % items.len();
        let before = place(&items, index);
        let mut raised = items.clone();
        raised[index].score += more;
        raised[index].evidence = raised[index].evidence.max(grade(better));
        prop_assert!(place(&raised, index) <= before);
    }

    #[test]
    fn first_steps_come_first(items in standings()) {
        let places: Vec<usize> = (0..items.len()).map(|index| place(&items, index)).collect();
        for (index, item) in items.iter().enumerate() {
            for before in &item.after {
                prop_assert!(places[*before] < places[index]);
            }
        }
    }

    #[test]
    fn the_order_of_items_is_irrelevant(
        (items, shuffle) in standings().prop_flat_map(|items| {
            let positions: Vec<usize> = (0..items.len()).collect();
            (Just(items), Just(positions).prop_shuffle())
        })
    ) {
        let names = |items: &[Standing]| -> Vec<String> {
            order(items).into_iter().map(|(index, _)| items[index].id.clone()).collect()
        };
        let mut shuffled: Vec<Standing> = shuffle.iter().map(|at| items[*at].clone()).collect();
        for item in &mut shuffled {
            for before in &mut item.after {
                *before = shuffle.iter().position(|at| at == before).unwrap();
            }
        }
        prop_assert_eq!(names(&items), names(&shuffled));
    }

    #[test]
    fn the_order_of_conclusions_is_irrelevant(order in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let kb = knowledge();
        let facts = troubled(&kb);
        let model = conclude(&kb, &facts);
        let pick = |at: &usize| model.conclusions.get(*at).cloned();
        let conclusions = order.iter().filter_map(pick).collect();
        let shuffled = Model { conclusions, ..Model::default() };
        prop_assert_eq!(advise(&kb, &facts, &shuffled), advise(&kb, &facts, &model));
    }
}
