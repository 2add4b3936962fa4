//! What the rules said against what happened: every kind of verdict on a small case, and planted effects found exactly in
//! made-up archives.

mod interval;

use convener::case::outcome::Outcome;
use convener::case::{Case, Filter};
use convener::engine::{Limits, Plan};
use convener::evaluate::{Evaluation, RiskVerdict, Settings, Share, Trial, Verdict, evaluate};
use convener::facts::Evidence;
use convener::knowledge::KnowledgeBase;
use convener::report;
use convener::report::evaluate::Evaluated;

use crate::support::timeline;

fn evaluated(
    kb: &KnowledgeBase,
    cases: &[(Case, Outcome)],
    settings: &Settings,
    evidence: Option<Evidence>,
) -> Evaluation {
    let trials: Vec<Trial<'_>> = cases
        .iter()
        .map(|(case, outcome)| Trial {
            case,
            outcome: Some(outcome),
            filter: case.filter(&[], evidence).unwrap(),
            hashes: [None, None],
            expected: false,
        })
        .collect();
    evaluate((kb, &Plan::new(kb)), &trials, settings, Limits::default()).unwrap()
}

fn small(kb: &KnowledgeBase) -> Vec<(Case, Outcome)> {
    let case = timeline::read(kb, timeline::CASE);
    let outcome = timeline::came_of(kb, &case, timeline::OUTCOME);
    vec![(case, outcome)]
}

fn verdicts(of: &Evaluation) -> Vec<(&str, Verdict)> {
    of.risks.iter().map(|one| (one.risk.as_str(), one.verdict)).collect()
}

#[test]
fn every_kind_of_verdict_is_found() {
    let kb = timeline::knowledge();
    let found = evaluated(&kb, &small(&kb), &Settings::default(), None);
    let wanted = [
        ("exit", Verdict::Hit),
        ("no-voice", Verdict::Miss),
        ("no-voice", Verdict::FalseAlarm),
        ("tired", Verdict::Silence),
        ("tired", Verdict::Unknown),
        ("exit", Verdict::NoPoint),
    ];
    assert_eq!(verdicts(&found), wanted);
    let [exit, _, alarm, ..] = found.risks.as_slice() else { panic!() };
    let first = exit.first.as_ref().unwrap();
    assert_eq!((first.at.as_str(), first.rank, first.months), ("1984", 1, Some([12, 12])));
    assert_eq!((first.points, exit.by.join(" ")), (2, "angry-side quarrel".to_owned()));
    assert!(exit.last.is_some());
    assert!(alarm.first.is_some() && alarm.last.is_none(), "taken back in 1982");
    let [organize, mediate] = found.actions.as_slice() else { panic!() };
    assert_eq!(organize.first.as_ref().unwrap().months, Some([16, 17]));
    assert!(mediate.has_point && mediate.first.is_none(), "it was recommended for the bank alone");
    assert_eq!(found.cases[0].untold, Vec::<String>::new());
}

#[test]
fn a_warning_that_was_watched_too_short_is_not_false() {
    let kb = timeline::knowledge();
    let of = |months| {
        let settings = Settings { watched_months: months, ..Settings::default() };
        evaluated(&kb, &small(&kb), &settings, None).risks[2].verdict
    };
    assert_eq!(of(120), Verdict::FalseAlarm);
    assert_eq!(of(121), Verdict::TooShort);
}

#[test]
fn results_stand_in_groups() {
    let kb = timeline::knowledge();
    let party = kb.vocabulary.find_entity("party").unwrap();
    let by = kb.vocabulary.find_attribute(party, "sector");
    let settings = Settings { by, sensitivity: true, ..Settings::default() };
    let found = evaluated(&kb, &small(&kb), &settings, None);
    let rows = |rows: &[convener::evaluate::Row]| -> Vec<(String, [usize; 5])> {
        let numbers = |row: &convener::evaluate::Row| {
            [row.hits, row.misses, row.false_alarms, row.silences, row.unknown]
        };
        rows.iter().map(|row| (row.name.clone(), numbers(row))).collect()
    };
    let named = |name: &str, numbers| (name.to_owned(), numbers);
    let tables = &found.tables;
    assert_eq!(rows(std::slice::from_ref(&tables.all)), [named("all", [1, 1, 1, 1, 2])]);
    assert_eq!(
        rows(&tables.rules),
        [
            named("angry-side", [1, 0, 0, 0, 1]),
            named("long-way", [0, 0, 0, 1, 1]),
            named("quarrel", [1, 0, 0, 0, 1]),
            named("weak-side", [0, 1, 1, 0, 0]),
        ]
    );
    assert_eq!(
        rows(&tables.passages),
        [named("pit", [1, 0, 0, 0, 1]), named("s1", [0, 1, 1, 0, 0])]
    );
    assert_eq!(
        rows(&tables.groups),
        [named("business", [0, 0, 1, 0, 0]), named("government", [1, 1, 0, 0, 0])]
    );
    let baselines = &found.baselines;
    assert_eq!((baselines.rules.right(), baselines.rules.all()), (2, 4));
    assert_eq!((baselines.always.hits, baselines.always.false_alarms), (2, 2));
    assert_eq!(baselines.never.misses, 2);
    let sensitivity = found.sensitivity.as_ref().unwrap();
    let fragile: Vec<(&str, &str)> = sensitivity
        .fragile
        .iter()
        .map(|one| (one.fact.as_str(), one.instead.as_deref().unwrap_or("left out")))
        .collect();
    assert_eq!((sensitivity.left_out, sensitivity.verdicts), (13, 6));
    // Two rules warn of the exit, either is enough; what users and bank are like decides of the rest.
    let wanted = [("party.users.weak", "left out"), ("party.users.weak", "no")];
    assert_eq!(fragile, wanted);
    assert_eq!(sensitivity.replaced, 12);
    let of = Evaluated { main: &found, held_out: Some(&found), by: Some("party.sector") };
    let options = report::Options { all: true, ..report::Options::default() };
    insta::assert_snapshot!("text", report::evaluate::text(of, &options));
    insta::assert_snapshot!("markdown", report::evaluate::markdown(of));
    insta::assert_snapshot!("json", report::evaluate::json(of));
    let html = report::evaluate::html(of);
    assert!(html.contains("<table>") && !html.contains("<script"));
}

#[test]
fn facts_that_are_not_firm_enough_do_not_count() {
    let kb = timeline::knowledge();
    let found = evaluated(&kb, &small(&kb), &Settings::default(), Some(Evidence::Documented));
    assert_eq!(found.risks[2].verdict, Verdict::FalseAlarm, "what talks tell makes it unknown");
    let told = timeline::CASE.replace("weak = true", "weak = { is = true, source = \"talks\" }");
    let case = timeline::read(&kb, &told);
    let outcome = timeline::came_of(&kb, &case, timeline::OUTCOME);
    let cases = [(case, outcome)];
    let firm = evaluated(&kb, &cases, &Settings::default(), Some(Evidence::Documented));
    let all = evaluated(&kb, &cases, &Settings::default(), None);
    let verdict = |of: &Evaluation| of.risks[2].verdict;
    assert_eq!((verdict(&all), verdict(&firm)), (Verdict::FalseAlarm, Verdict::Silence));
}

#[test]
fn what_makes_the_numbers_other_ones_is_said() {
    let kb = timeline::knowledge();
    let settings = Settings { watched_months: 24, ..Settings::default() };
    let found = evaluated(&kb, &small(&kb), &settings, Some(Evidence::Documented));
    let of = Evaluated { main: &found, held_out: None, by: None };
    let page = report::evaluate::text(of, &report::Options::default());
    assert!(page.contains("Only documented facts count.") && page.contains("for 24 months"));
    let json: serde_json::Value = serde_json::from_str(&report::evaluate::json(of)).unwrap();
    assert_eq!((&json["evidence"], &json["watched_months"]), (&"documented".into(), &24.into()));
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn one_of<T: Copy>(&mut self, some: &[T]) -> T {
        some[usize::try_from(self.below(some.len() as u64)).unwrap()]
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// What is planted in a case of an archive.
struct Planted {
    verdict: Verdict,
    /// The years from the warning to what it warns of.
    years: i64,
    case: String,
    outcome: String,
}

fn planted(id: usize, verdict: Verdict, chance: &mut Chance) -> Planted {
    let warning = 1951 + chance.below(20);
    let years = 1 + chance.below(9);
    let outcome = warning + years;
    let (seen, weak) = match verdict {
        Verdict::Miss if chance.below(2) == 0 => (outcome + 1 + chance.below(3), true),
        Verdict::Miss | Verdict::Silence => (warning, false),
        _ => (warning, true),
    };
    let happened = match verdict {
        Verdict::Hit | Verdict::Miss | Verdict::NoPoint => "true",
        Verdict::Unknown => "\"unknown\"",
        _ => "false",
    };
    let at = if verdict == Verdict::NoPoint { 1950 } else { outcome };
    // Noise: another party with trouble of its own, of whom no outcome tells, and facts that no rule reads.
    let noise =
        if chance.below(2) == 0 { "weak = true\nangry = true" } else { "sector = \"state\"" };
    let (sector, between) = (chance.one_of(&["state", "market"]), chance.below(10));
    let case = format!(
        "[case]\nid = \"case-{id}\"\n[partnership]\nstage = \"start\"\n[[party]]\nid = \"users\"\nsector = \"{sector}\"\n[[party]]\nid = \"other\"\n{noise}\n[[event]]\nid = \"begin\"\nat = \"1950\"\n[[event]]\nid = \"told\"\nat = \"{seen}\"\nset.party.users.weak = {weak}\n[[event]]\nid = \"noise\"\nat = \"{}-06-01\"\nset.party.other.sector = \"market\"\n",
        1985 + between
    );
    let outcome = format!(
        "[outcome]\ncase = \"case-{id}\"\nobserved_until = \"1999\"\n[[risk]]\nid = \"no-voice\"\nfor = \"users\"\nat = \"{at}\"\nhappened = {happened}\n"
    );
    Planted { verdict, years: i64::try_from(years).unwrap(), case, outcome }
}

#[test]
fn planted_effects_are_found_exactly() {
    let kb = timeline::knowledge();
    let kinds = [
        Verdict::Hit,
        Verdict::Miss,
        Verdict::FalseAlarm,
        Verdict::Silence,
        Verdict::Unknown,
        Verdict::NoPoint,
    ];
    for seed in [3, 17, 99] {
        let mut chance = Chance(seed);
        let archive: Vec<Planted> =
            (0..120).map(|id| planted(id, chance.one_of(&kinds), &mut chance)).collect();
        let cases: Vec<(Case, Outcome)> = archive
            .iter()
            .map(|one| {
                let case = timeline::read(&kb, &one.case);
                let outcome = timeline::came_of(&kb, &case, &one.outcome);
                (case, outcome)
            })
            .collect();
        let found = evaluated(&kb, &cases, &Settings::default(), None);
        let wanted: Vec<Verdict> = archive.iter().map(|one| one.verdict).collect();
        let verdicts: Vec<Verdict> = found.risks.iter().map(|one| one.verdict).collect();
        assert_eq!(verdicts, wanted);
        let count = |kind| wanted.iter().filter(|verdict| **verdict == kind).count();
        let (hits, alarms) = (count(Verdict::Hit), count(Verdict::FalseAlarm));
        let all = &found.tables.all;
        assert_eq!(all.precision(), Share::new(hits, hits + alarms));
        assert_eq!(all.recall(), Share::new(hits, hits + count(Verdict::Miss)));
        assert_eq!(all.specificity().of, count(Verdict::Silence));
        assert_eq!(all.unknown, count(Verdict::Unknown) + count(Verdict::NoPoint));
        let lead = |one: &RiskVerdict| one.first.as_ref().unwrap().months.unwrap();
        for (one, planted) in found.risks.iter().zip(&archive) {
            if planted.verdict == Verdict::Hit {
                assert_eq!(lead(one), [12 * (planted.years - 1), 12 * planted.years]);
            }
        }
    }
}

#[test]
fn without_outcomes_nothing_is_shown() {
    let kb = timeline::knowledge();
    let case = timeline::read(&kb, timeline::CASE);
    let trial = Trial {
        case: &case,
        outcome: None,
        filter: Filter::default(),
        hashes: [None, None],
        expected: true,
    };
    let plan = Plan::new(&kb);
    let found = evaluate((&kb, &plan), &[trial], &Settings::default(), Limits::default()).unwrap();
    assert_eq!(found.cases[0].untold, ["exit", "no-voice", "tired"]);
    let of = Evaluated { main: &found, held_out: None, by: None };
    let text = report::evaluate::text(of, &report::Options::default());
    assert!(text.contains("nothing is shown"), "{text}");
}
