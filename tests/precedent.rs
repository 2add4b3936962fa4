//! Past cases that are like one: planted likeness is found and ordered, what followed is told, and a rule's record counts as
//! the evaluation does.

mod hindsight;

use convener::advice::advise;
use convener::case::outcome::{ActionResult, Happened, Outcome};
use convener::case::{self, Case, Filter, Moment};
use convener::engine::{Limits, Plan};
use convener::evaluate::{Settings, Trial, evaluate};
use convener::knowledge::{KnowledgeBase, RuleId};
use convener::precedent::{
    Archive, End, Lines, Precedents, Record, Told, lines, precedents, record,
};
use convener::proof::View;
use convener::report::precedent::{PastTold, json, markdown, text};
use convener::report::{self, Heading, Options};
use convener::source::SourceMap;

use crate::support::{shipped, timeline};

/// What the past has to say of a case at a moment.
pub(crate) struct Found {
    pub(crate) precedents: Precedents,
    pub(crate) lines: Lines,
    pub(crate) records: Vec<Record>,
    advice: convener::advice::Advice,
}

/// Looks through an archive.
pub(crate) fn found(
    (kb, plan): (&KnowledgeBase, &Plan),
    (case, moment): (&Case, Moment),
    cases: &[Case],
    outcomes: &[Option<Outcome>],
) -> Found {
    let limits = Limits::default();
    let archive = Archive::new((kb, plan), (case, &moment), cases, None, limits).unwrap();
    let told = Told::new(&archive, outcomes);
    let facts = case::facts(case, &kb.vocabulary, &moment, &Filter::default());
    let model = plan.infer(&[&facts], limits).unwrap().remove(0);
    let view = View { kb, facts: &facts, model: &model };
    let advice = advise(kb, &facts, &model);
    let rules = (0..kb.rules.len()).map(RuleId);
    Found {
        precedents: precedents(view, &archive, &told),
        lines: lines(view, &advice, &archive, &told),
        records: rules.filter_map(|rule| record(kb, &archive, &told, rule)).collect(),
        advice,
    }
}

/// A case of the small rules: its id, place and facts from the start, with further lines after its only event of that year.
fn made(kb: &KnowledgeBase, id: &str, year: &str, facts: &str, later: &str) -> Case {
    let text = format!(
        "[case]\nid = \"{id}\"\ntitle = \"The {id}\"\nplace = \"{id} town, Land\"\n{facts}\n[[event]]\nid = \"begin\"\nat = \"{year}\"\ntitle = \"It begins in {year}\"\n{later}"
    );
    timeline::read(kb, &text)
}

const PRESENT: &str = "[partnership]\nstage = \"work\"\nconflict = \"high\"\n[[party]]\nid = \"fishers\"\nname = \"the fishers\"\nplural = true\nweak = true\nkey = false\nsector = \"market\"\n[[party]]\nid = \"buyer\"\nname = \"the buyer\"\nangry = true";

/// Shares all advice.
const TWIN: &str = "[partnership]\nstage = \"work\"\nconflict = \"high\"\n[[party]]\nid = \"users\"\nname = \"the users\"\nplural = true\nweak = true\nkey = false\n[[party]]\nid = \"bank\"\nname = \"the bank\"\nangry = true";
/// Shares one rule, and two facts that it rests on.
const HALF: &str = "[partnership]\nstage = \"start\"\nconflict = \"low\"\n[[party]]\nid = \"users\"\nweak = true\nkey = false";
/// Shares that rule, and one fact that it rests on.
const LESS: &str = "[partnership]\nstage = \"start\"\n[[party]]\nid = \"users\"\nweak = true";
/// Shares another rule and the fact that it rests on, and began a year earlier.
const FACT: &str = "[partnership]\nstage = \"start\"\nconflict = \"high\"\n[[party]]\nid = \"users\"\nweak = false";
/// Shares nothing.
const OTHER: &str = "[partnership]\nstage = \"work\"\nconflict = \"low\"";

/// An archive with planted likeness, and the case to compare with it.
fn planted(kb: &KnowledgeBase) -> (Case, Vec<Case>, Vec<Option<Outcome>>) {
    let later = "[[event]]\nid = \"help\"\nat = \"1992\"\ntitle = \"They get help\"\nset.party.users.weak = false\nset.partnership.stage = \"start\"\nset.partnership.conflict = \"medium\"\nset.party.bank.angry = false\ndid = [{ action = \"organize\", for = \"users\" }]\n";
    let cases = vec![
        made(kb, "other", "1980", OTHER, ""),
        made(kb, "fact", "1981", FACT, ""),
        made(kb, "less", "1982", LESS, ""),
        made(kb, "half", "1983", HALF, ""),
        made(kb, "twin", "1990", TWIN, later),
        made(kb, "late", "2021", TWIN, ""),
        timeline::read(kb, &format!("[case]\nid = \"undated\"\n{}", TWIN.replace("bank", "shop"))),
    ];
    let twin = "[outcome]\ncase = \"twin\"\nobserved_until = \"1999\"\n[[risk]]\nid = \"exit\"\nat = \"1995\"\nfor = \"bank\"\nhappened = true\nnote = \"the bank left; nobody had named a mediator\"\n[[risk]]\nid = \"no-voice\"\nfor = \"users\"\nhappened = false\nnote = \"by 2001 they had a union\"\n[[action]]\nid = \"organize\"\nfor = \"users\"\nat = \"1992\"\nresult = \"worked\"\nnote = \"they elected a committee\"\n";
    let half = "[outcome]\ncase = \"half\"\nobserved_until = \"1990\"\n[[risk]]\nid = \"no-voice\"\nat = \"1986\"\nhappened = true\n";
    let outcomes = cases.iter().map(|case| match case.id.as_str() {
        "twin" => Some(timeline::came_of(kb, case, twin)),
        "half" => Some(timeline::came_of(kb, case, half)),
        _ => None,
    });
    let outcomes = outcomes.collect();
    (made(kb, "now", "2020", PRESENT, ""), cases, outcomes)
}

fn ids(of: &Precedents) -> Vec<&str> {
    of.list.iter().map(|one| one.case.id.as_str()).collect()
}

fn now(kb: &KnowledgeBase) -> Found {
    let (case, cases, outcomes) = planted(kb);
    found((kb, &Plan::new(kb)), (&case, case.end()), &cases, &outcomes)
}

#[test]
fn planted_likeness_is_found_and_ordered() {
    let kb = timeline::knowledge();
    let of = now(&kb).precedents;
    assert_eq!(ids(&of), ["twin", "half", "fact", "less"]);
    let looked = &of.looked;
    assert_eq!((looked.past, looked.own), (5, false));
    assert_eq!((looked.later, looked.undated.join(" ")), (1, "undated".to_owned()));
    let twin = &of.list[0];
    assert_eq!(twin.rules, ["angry-side", "quarrel", "weak-side"]);
    assert_eq!((twin.at.as_str(), twin.event.as_deref()), ("1990", Some("It begins in 1990")));
    let paths: Vec<(&str, &str)> =
        twin.both.iter().map(|pair| (pair.path.as_str(), pair.there_path.as_str())).collect();
    let wanted = [
        ("partnership.conflict", "partnership.conflict"),
        ("party.fishers.weak", "party.users.weak"),
        ("party.buyer.angry", "party.bank.angry"),
        ("party.fishers.key", "party.users.key"),
    ];
    for pair in wanted {
        assert!(paths.contains(&pair), "{pair:?} in {paths:?}");
    }
    assert!(twin.differs.is_empty() && twin.only_here.warnings.is_empty());
    let half = &of.list[1];
    assert_eq!(half.differs[0].path, "partnership.conflict");
    assert_eq!((half.differs[0].here.as_str(), half.differs[0].there.as_str()), ("high", "low"));
    assert_eq!(half.only_here.warnings[0].id, "exit");
    let [fact, less] = [2, 3].map(|at| (of.list[at].rules.join(" "), of.list[at].both.len()));
    assert_eq!((fact, less), (("quarrel".to_owned(), 1), ("weak-side".to_owned(), 1)));
}

#[test]
fn what_was_done_and_what_came_of_it_is_told() {
    let kb = timeline::knowledge();
    let found = now(&kb);
    let twin = &found.precedents.list[0];
    let [done] = twin.done.as_slice() else { panic!("told once: {:?}", twin.done) };
    assert_eq!((done.action.id.as_str(), done.result), ("organize", ActionResult::Worked));
    let came: Vec<(&str, Happened)> =
        twin.came.iter().map(|came| (came.risk.id.as_str(), came.happened)).collect();
    assert_eq!(came, [("exit", Happened::Yes), ("no-voice", Happened::No)]);
    let exit = &found.lines.warnings["exit"];
    assert_eq!(
        (exit.case.id.as_str(), exit.end, exit.when.as_str()),
        ("twin", End::CameTrue, "1995")
    );
    let voice = &found.lines.warnings["no-voice"];
    assert_eq!((voice.case.id.as_str(), voice.end), ("twin", End::DidNot));
    assert_eq!((voice.heeded.join(" "), voice.so, voice.of), ("organize".to_owned(), 1, 2));
    let organize = &found.lines.recommendations["organize"];
    assert_eq!(organize.end, End::Done(ActionResult::Worked));
    assert!(!found.lines.recommendations.contains_key("mediate"), "nothing is known of it");
}

#[test]
fn only_what_was_known_then_is_shown() {
    let kb = timeline::knowledge();
    let plan = Plan::new(&kb);
    let (case, cases, outcomes) = planted(&kb);
    let at = |date: &str| {
        let moment = case.moment(date).unwrap();
        found((&kb, &plan), (&case, moment), &cases, &outcomes)
    };
    // The case itself begins in 2020, yet it can be looked at earlier, for what its facts from the start bring about.
    assert_eq!(ids(&at("1982").precedents), ["fact", "less"]);
    let early = at("1994");
    let twin = &early.precedents.list[0];
    assert_eq!((twin.case.id.as_str(), twin.came.len()), ("twin", 0));
    assert_eq!((twin.done[0].result, &twin.done[0].note), (ActionResult::Unknown, &None));
    assert!(!early.lines.warnings.contains_key("exit"));
    let then = at("1995");
    assert_eq!(then.lines.warnings["exit"].when, "1995");
    assert_eq!(at("1999").precedents.list[0].done[0].result, ActionResult::Worked);
    let note = |date: &str| at(date).lines.warnings["no-voice"].note.clone();
    assert_eq!((note("1999"), note("2001").as_deref()), (None, Some("by 2001 they had a union")));
}

#[test]
fn a_case_is_never_its_own_precedent() {
    let kb = timeline::knowledge();
    let plan = Plan::new(&kb);
    let (case, mut cases, mut outcomes) = planted(&kb);
    let renamed = made(&kb, "draft-2", "2020", PRESENT, "");
    let same_id = made(&kb, "now", "1970", TWIN, "");
    cases.extend([renamed, same_id]);
    outcomes.extend([None, None]);
    let of = found((&kb, &plan), (&case, case.end()), &cases, &outcomes).precedents;
    assert_eq!(ids(&of), ["twin", "half", "fact", "less"]);
    assert!(of.looked.own);
}

#[test]
fn without_a_date_all_of_the_archive_is_past() {
    let kb = timeline::knowledge();
    let plan = Plan::new(&kb);
    let (_, cases, outcomes) = planted(&kb);
    let case = timeline::read(&kb, &format!("[case]\nid = \"now\"\n{PRESENT}"));
    let of = found((&kb, &plan), (&case, case.end()), &cases, &outcomes).precedents;
    assert_eq!((of.looked.by.clone(), of.looked.past), (None, 7));
    assert_eq!(ids(&of), ["twin", "late", "undated", "half", "fact", "less"]);
}

#[test]
fn a_record_counts_as_the_evaluation_does() {
    let kb = shipped::pack(&mut SourceMap::default());
    let plan = Plan::new(&kb);
    let (mut cases, mut outcomes) = (Vec::new(), Vec::new());
    for (case, _, outcome) in shipped::told(&kb) {
        cases.push(case);
        outcomes.push(outcome);
    }
    let trials: Vec<Trial<'_>> = cases
        .iter()
        .zip(&outcomes)
        .map(|(case, outcome)| Trial {
            case,
            outcome: outcome.as_ref(),
            filter: Filter::default(),
            hashes: [None, None],
            expected: false,
        })
        .collect();
    let evaluation =
        evaluate((&kb, &plan), &trials, &Settings::default(), Limits::default()).unwrap();
    let dated = "[case]\nid = \"now\"\n[[event]]\nid = \"x\"\nat = \"2090\"\n";
    let undated = "[case]\nid = \"now\"\n";
    for text in [dated, undated] {
        let case = timeline::read(&kb, text);
        // What nothing dates is not past for certain where a date is given; it tells of no outcome.
        let found = found((&kb, &plan), (&case, case.end()), &cases, &outcomes);
        let mut told = 0;
        for record in &found.records {
            let row = evaluation.tables.rules.iter().find(|row| row.name == record.rule);
            let none = convener::evaluate::Row { name: record.rule.clone(), ..Default::default() };
            assert_eq!(&record.verdicts, row.unwrap_or(&none), "{}", record.rule);
            told += usize::from(record.verdicts.known() > 0);
        }
        assert!(told > 20, "{told}");
    }
}

#[test]
fn who_shares_all_that_another_shares_and_more_stands_before_it() {
    let kb = shipped::pack(&mut SourceMap::default());
    let plan = Plan::new(&kb);
    let told = shipped::told(&kb);
    let cases: Vec<Case> = told.iter().map(|(case, _, _)| case.clone()).collect();
    let outcomes: Vec<Option<Outcome>> = told.into_iter().map(|(.., outcome)| outcome).collect();
    let mut contained = 0;
    for case in &cases {
        // Without its dates every other case is past.
        let mut case = case.clone();
        for event in &mut case.events {
            event.day = None;
        }
        for at in 0..case.events.len() {
            let moment = Moment { today: None, seen: at + 1 };
            let list = found((&kb, &plan), (&case, moment), &cases, &outcomes).precedents.list;
            let shared: Vec<Vec<&str>> = list
                .iter()
                .map(|one| {
                    let facts = one.both.iter().map(|pair| pair.path.as_str());
                    one.rules.iter().map(String::as_str).chain(facts).collect()
                })
                .collect();
            for (place, less) in shared.iter().enumerate() {
                for more in shared.iter().skip(place + 1) {
                    let holds = less.iter().all(|one| more.contains(one));
                    assert!(!(holds && more.len() > less.len()), "{less:?} before {more:?}");
                    contained += usize::from(more.iter().all(|one| less.contains(one)));
                }
            }
        }
    }
    assert!(contained > 20, "{contained}");
}

fn heading() -> Heading {
    let (id, title) = ("now".to_owned(), "The <now>".to_owned());
    Heading { id, title, seen: Some("2020-12-31".to_owned()), ..Heading::default() }
}

#[test]
fn the_screens() {
    let kb = timeline::knowledge();
    let found = now(&kb);
    let of = PastTold { packs: &kb.packs, precedents: Some(&found.precedents), record: None };
    let options = Options { top: 3, width: 80, ..Options::default() };
    insta::assert_snapshot!("text", text(of, &heading(), &options));
    let all = Options { all: true, ..options };
    insta::assert_snapshot!("all", text(of, &heading(), &all));
    insta::assert_snapshot!("markdown", markdown(of, &heading(), &options));
    insta::assert_snapshot!("json", json(of, &heading()));
    let record = found.records.iter().find(|record| record.rule == "weak-side");
    let of = PastTold { packs: &kb.packs, precedents: None, record };
    insta::assert_snapshot!("record", text(of, &heading(), &options));
    insta::assert_snapshot!("record_json", json(of, &heading()));
}

#[test]
fn a_line_stands_under_the_advice_in_every_form() {
    let kb = timeline::knowledge();
    let found = now(&kb);
    let told = report::Told { advice: &found.advice, lines: Some(&found.lines) };
    let (sources, options) = (SourceMap::default(), Options { width: 80, ..Options::default() });
    let text = report::text(told, &heading(), &sources, &options);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let exit =
        "As in twin town, 1990: it came true in 1995. The bank left; nobody had named a mediator.";
    let heeded = "Said in twin town, 1990, too, and heeded (organize): it had not come true by 1999 (so in 1 of 2 past cases).";
    assert!(words.contains(exit) && words.contains(heeded), "{text}");
    let markdown = report::markdown(told, &heading(), &sources, &options);
    assert!(markdown.contains(&format!("   - {exit}")), "{markdown}");
    let json = report::json(told, &heading(), &sources, &options);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let precedent = &json["warnings"][0]["precedent"];
    assert_eq!((&precedent["end"], &precedent["text"]), (&"came_true".into(), &exit.into()));
    assert_eq!(json["recommendations"][1].get("precedent"), None, "{json}");
    let without = report::text(&found.advice, &heading(), &sources, &options);
    assert!(!without.contains("As in"), "{without}");
}
