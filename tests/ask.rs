//! What to ask: that answers do what is announced, that nothing is asked in vain, and how it is shown.

use std::collections::BTreeMap;

use convener::advice::advise;
use convener::ask::{Ask, Asked, Effect, GivenKind, Sight, Turn, ask};
use convener::change::{Change, Effect as Makes, changed};
use convener::engine::{Limits, Plan, Status};
use convener::facts::Facts;
use convener::knowledge::{EntityKind, KnowledgeBase};
use convener::report::{self, Options};
use convener::source::SourceMap;

use crate::support::questions::{self, CASE, heading, knowledge};
use crate::support::shipped;

fn asked(kb: &KnowledgeBase, facts: &Facts) -> Ask {
    ask((kb, &Plan::new(kb)), facts, Limits::default()).unwrap()
}

fn of(text: &str) -> Ask {
    asked(knowledge(), &questions::read(text).1)
}

fn fact<'a>(ask: &'a Ask, path: &str) -> Option<&'a Asked> {
    ask.questions.iter().flat_map(|question| &question.facts).find(|fact| fact.path == path)
}

/// What became of every rule that gives advice, as advice says it.
fn conclusions(kb: &KnowledgeBase, facts: &Facts) -> BTreeMap<(String, Vec<String>), Status> {
    let models = Plan::new(kb).infer(&[facts], Limits::default()).unwrap();
    let advice = advise(kb, facts, &models[0]);
    let list = advice.conclusions.into_iter();
    list.map(|one| ((one.rule, one.subject), one.status)).collect()
}

/// Holds a case with an answer against what was announced of it.
fn check_announced(kb: &KnowledgeBase, facts: &Facts, changes: &[Change], effects: &[Effect]) {
    let then = changed(&kb.vocabulary, facts, changes);
    let (before, after) = (conclusions(kb, facts), conclusions(kb, &then));
    let models = Plan::new(kb).infer(&[&then], Limits::default()).unwrap();
    let advice = advise(kb, &then, &models[0]);
    for effect in effects {
        let key = (effect.rule.clone(), effect.subject.clone());
        assert_eq!(before.get(&key).copied(), effect.status[0], "{effect:?}");
        if effect.turn() != Turn::Goes {
            assert_eq!(after.get(&key).copied(), effect.status[1], "{effect:?}");
        }
        let items = advice.warnings.iter().chain(&advice.recommendations);
        let reasons: Vec<_> = items
            .flat_map(|item| item.reasons.iter().map(move |reason| (item.id.as_str(), reason)))
            .filter(|(_, reason)| reason.rule == effect.rule && reason.subject == effect.subject)
            .collect();
        for given in effect.gives.iter().filter(|given| given.kind != GivenKind::Remark) {
            let there = reasons.iter().any(|(id, _)| *id == given.id);
            match effect.turn() {
                Turn::Appears | Turn::Certain | Turn::Provisional => assert!(there, "{effect:?}"),
                Turn::Goes | Turn::Settled | Turn::Opens => assert!(!there, "{effect:?}"),
            }
        }
    }
    let announced = |key: &(String, Vec<String>)| {
        effects.iter().any(|effect| effect.rule == key.0 && effect.subject == key.1)
    };
    let gives =
        |name: &str| kb.rules.iter().any(|rule| rule.name == name && !rule.advice.is_empty());
    let is_over = |name: &str| {
        let rule = kb.rules.iter().find(|rule| rule.name == name).unwrap();
        rule.stage.is_some_and(|stage| stage.only)
    };
    for key in before.keys().chain(after.keys()) {
        if before.get(key) != after.get(key) && gives(&key.0) && !is_over(&key.0) {
            assert!(announced(key), "{key:?} changes and nobody said so");
        }
    }
}

/// Every answer of some questions, and every pair.
fn check_questions(kb: &KnowledgeBase, facts: &Facts, ask: &Ask, most: usize) -> usize {
    let mut checked = 0;
    for fact in ask.questions.iter().take(most).flat_map(|question| &question.facts).take(most) {
        for answer in &fact.answers {
            for change in &answer.changes {
                check_announced(kb, facts, std::slice::from_ref(change), &answer.effects);
                checked += 1;
            }
        }
        if let Some(pair) = &fact.pair {
            check_announced(kb, facts, &pair.changes, &pair.effects);
            assert!(pair.effects.iter().any(|effect| effect.turn() <= Turn::Goes));
            checked += 1;
        }
    }
    checked
}

/// Every piece of advice that a page has, with whether it is provisional.
fn on_page(kb: &KnowledgeBase, facts: &Facts) -> BTreeMap<String, bool> {
    let models = Plan::new(kb).infer(&[facts], Limits::default()).unwrap();
    let advice = advise(kb, facts, &models[0]);
    let items = advice.warnings.into_iter().chain(advice.recommendations);
    items.map(|item| (item.id, item.provisional)).collect()
}

/// Holds what is said to be new, gone, certain or provisional against the page before and after.
fn check_seen(kb: &KnowledgeBase, facts: &Facts) -> usize {
    let before = on_page(kb, facts);
    let mut checked = 0;
    let ask = asked(kb, facts);
    for answer in ask.questions.iter().flat_map(|one| &one.facts).flat_map(|one| &one.answers) {
        let after = on_page(kb, &changed(&kb.vocabulary, facts, &answer.changes[..1]));
        let items = answer.seen.iter().filter(|one| one.what.kind != GivenKind::Remark);
        for seen in items {
            let id = &seen.what.id;
            let [now, then] = [&before, &after].map(|page| page.get(id).copied());
            match seen.sight {
                Sight::Appears => assert_eq!((now, then), (None, Some(seen.provisional))),
                Sight::Goes => assert!(now.is_some() && then.is_none(), "{seen:?}"),
                Sight::Certain => assert_eq!((now, then), (Some(true), Some(false))),
                Sight::Provisional => assert_eq!((now, then), (Some(false), Some(true))),
                _ => assert!(now.is_some() && now == then, "{seen:?}"),
            }
            checked += 1;
        }
        let said = |id: &String| answer.seen.iter().any(|one| one.what.id == *id);
        let all = before.keys().chain(after.keys());
        assert!(all.filter(|id| before.get(*id) != after.get(*id)).all(said));
    }
    checked
}

#[test]
fn answers_are_told_as_the_reader_of_the_advice_will_see_them() {
    assert!(check_seen(knowledge(), &questions::read(CASE).1) > 10);
    let known = CASE.replace(
        "organized = { says = { ministry = \"high\", study = \"low\" } }",
        "organized = \"low\"",
    );
    let known = known.replace("crisis = false", "");
    assert!(check_seen(knowledge(), &questions::read(&known).1) > 10);
    let ask = of(&known);
    let ngos = fact(&ask, "party.ngos.organized").unwrap();
    let low = ngos.answers.iter().find(|one| one.words.contains("low")).unwrap();
    let also = low.seen.iter().find(|one| one.what.id == "no-voice").unwrap();
    assert_eq!(also.sight, Sight::Also, "the ministry is warned of already");
    assert_eq!(also.whom, [["the NGOs"]]);
}

#[test]
fn what_brings_or_takes_advice_is_asked_before_what_adds_reasons() {
    let ask = of(CASE);
    let later = ask.questions.iter().skip_while(|one| one.introduces || one.is_stage);
    let weights: Vec<_> = later.map(|one| (one.news, one.weight)).collect();
    assert!(weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
    assert!(weights.iter().any(|(news, _)| *news > 0));
}

#[test]
fn disputes_come_before_questions() {
    let page = report::ask::text(&of(CASE), &heading(), &Options::default());
    assert!(page.find("DISPUTED").unwrap() < page.find("WHAT TO ASK").unwrap());
}

#[test]
fn the_page() {
    insta::assert_snapshot!(report::ask::text(&of(CASE), &heading(), &Options::default()));
}

#[test]
fn the_page_with_everything() {
    let options = Options { all: true, ..Options::default() };
    insta::assert_snapshot!(report::ask::text(&of(CASE), &heading(), &options));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(report::ask::markdown(&of(CASE), &heading(), &Options::default()));
}

#[test]
fn json() {
    insta::assert_snapshot!(report::ask::json(&of(CASE), &heading()));
}

#[test]
fn every_answer_does_what_is_announced() {
    let (_, facts) = questions::read(CASE);
    let ask = asked(knowledge(), &facts);
    assert!(check_questions(knowledge(), &facts, &ask, usize::MAX) > 20);
}

#[test]
fn every_answer_to_the_first_questions_of_shipped_cases_does_what_is_announced() {
    let mut sources = SourceMap::default();
    let kb = shipped::pack(&mut sources);
    for case in ["orangi", "bangladesh-immunization"] {
        let moments = shipped::moments(&kb, case, &mut sources);
        for facts in moments.iter().step_by(2) {
            let ask = asked(&kb, facts);
            assert!(!ask.questions.is_empty() && !ask.settled);
            assert!(check_questions(&kb, facts, &ask, 2) > 0);
        }
    }
}

#[test]
fn what_was_asked_in_vain_is_not_asked_again() {
    let ask = of(CASE);
    assert!(fact(&ask, "issue.size").is_none());
    assert!(ask.unknown.in_vain > 0);
    let again = of(&CASE.replace("size = \"unknown\"\n", ""));
    assert!(again.unknown.in_vain < ask.unknown.in_vain);
}

#[test]
fn thresholds_make_the_answers_of_numbers_and_dates() {
    let ask = of(CASE);
    let words = |path: &str| -> Vec<String> {
        fact(&ask, path).unwrap().answers.iter().map(|answer| answer.words.clone()).collect()
    };
    assert_eq!(words("party.ministry.staff"), ["5 to 9.999999", "at least 10"]);
    assert_eq!(words("party.ngos.joined"), ["at most 1988-12-31", "at least 1989-01-01"]);
    assert_eq!(words("party.ngos.organized"), ["none or low", "medium", "high"]);
}

#[test]
fn rows_of_one_attribute_are_one_question() {
    let ask = of(CASE);
    let abouts: Vec<&str> = ask.questions.iter().map(|question| question.about.as_str()).collect();
    let mut single = abouts.clone();
    single.sort_unstable();
    single.dedup();
    assert_eq!(single.len(), abouts.len(), "{abouts:?}");
}

#[test]
fn whether_anybody_else_is_involved_is_asked_where_it_matters() {
    let head = "[case]\nid = \"a\"\n[[event]]\nid = \"e\"\nat = \"1990\"\n\
                [[party]]\nid = \"ngos\"\nkey = true\norganized = \"medium\"\n";
    let ask = of(head);
    let others = fact(&ask, "complete.party").unwrap();
    assert!(others.answers[0].effects.iter().any(|effect| effect.rule == "nobody-strong"));
    check_questions(knowledge(), &questions::read(head).1, &ask, usize::MAX);
    let page = report::ask::text(&ask, &heading(), &Options { all: true, ..Options::default() });
    assert!(page.contains("If somebody is, list them, and ask again."), "{page}");
    let closed = of(&head.replace("id = \"a\"\n", "id = \"a\"\ncomplete = [\"party\"]\n"));
    assert!(fact(&closed, "complete.party").is_none());
}

#[test]
fn the_pair_of_a_relation_could_tell_and_nobody_of_the_issue() {
    let ask = of(CASE);
    let trust = fact(&ask, "trust.ministry.ngos").unwrap();
    assert_eq!(trust.could_tell, ["the ministry", "the NGOs"]);
    let bare = of("[case]\nid = \"a\"\n[[event]]\nid = \"e\"\nat = \"1990\"\n");
    assert!(fact(&bare, "issue.size").unwrap().could_tell.is_empty());
}

#[test]
fn a_case_begins_with_who_takes_part() {
    let empty = "[case]\nid = \"a\"\n[[event]]\nid = \"e\"\nat = \"1990\"\n";
    let ask = of(empty);
    let first = &ask.questions[0].facts[0];
    assert_eq!(first.path, "complete.party");
    assert_eq!(first.question, "Name a party: the case lists none yet.");
    assert!(ask.questions[1].is_stage);
    let nobody = of(&empty.replace("id = \"a\"", "id = \"a\"\ncomplete = [\"party\"]"));
    assert!(nobody.questions[0].is_stage);
}

#[test]
fn what_is_taken_for_granted_is_asked_until_the_case_speaks_of_it() {
    let head =
        "[case]\nid = \"a\"\n[[party]]\nid = \"ngos\"\n[[event]]\nid = \"e\"\nat = \"1990\"\n";
    let bare = of(head);
    let key = fact(&bare, "party.ngos.key").unwrap();
    assert_eq!(key.assumed.as_deref(), Some("no"));
    assert!(key.pair.is_some(), "alone it only brings rules up");
    // A party that is only named is introduced first; then the stage, on which all weights depend.
    let first: Vec<&str> = bare.questions.iter().take(4).map(|one| one.about.as_str()).collect();
    assert_eq!(first, ["party.key", "party.organized", "party.joined", "partnership.stage"]);
    let spoken = of(&head.replace("id = \"ngos\"\n", "id = \"ngos\"\nkey = false\n"));
    assert!(fact(&spoken, "party.ngos.key").is_none());
}

#[test]
fn believing_one_or_the_other_is_told_apart() {
    let disputes = of(CASE).disputes;
    let names: Vec<(&str, usize)> =
        disputes.speakers.iter().map(|one| (one.name.as_str(), one.facts)).collect();
    assert_eq!(names, [("the ministry", 1), ("A study", 1)]);
    let fact = &disputes.facts[0];
    assert_eq!(fact.path, "party.ministry.organized");
    assert_eq!(fact.silent, ["the fund", "the NGOs"]);
    assert!(
        disputes
            .depends
            .iter()
            .any(|(given, under)| { given.id == "no-voice" && under == &["A study".to_owned()] })
    );
    assert!(disputes.robust.iter().all(|given| given.id != "no-voice"));
}

/// The case with the first value of every question, until nothing is left to ask.
fn answered(kb: &KnowledgeBase, mut facts: Facts) -> Facts {
    for (at, entity) in kb.vocabulary.entities.iter().enumerate() {
        if entity.kind == EntityKind::Many {
            facts.rows[at].complete = true;
        }
    }
    for cell in facts.cells.iter_mut().chain(facts.ties.values_mut()) {
        cell.possible = first(cell.possible);
        if let Some(record) = &mut cell.record {
            record.says.clear();
            record.unknown = false;
        }
    }
    for at in 0..kb.vocabulary.relations.len() {
        let id = convener::knowledge::RelationId(at);
        let relation = kb.vocabulary.relation(id);
        let [rows, others] = relation.entities.map(|entity| facts.rows(entity).list.len());
        for (a, b) in (0..rows).flat_map(|a| (0..others).map(move |b| (a, b))) {
            if facts.tie(&kb.vocabulary, id, a, b).is_none() {
                let cell = convener::facts::Cell {
                    possible: first(relation.background),
                    record: Some(Box::new(convener::change::supposed())),
                };
                facts.set_tie(&kb.vocabulary, id, a, b, cell);
            }
        }
    }
    facts
}

fn first(possible: convener::value::Possible) -> convener::value::Possible {
    use convener::value::Possible;
    match possible {
        Possible::Choice(members) => Possible::Choice(1 << members.trailing_zeros()),
        Possible::Set { may_include, may_exclude } => {
            Possible::Set { may_include: may_include & !may_exclude, may_exclude }
        }
        Possible::Range { low, high } => {
            let at = if low == i64::MIN { high.min(0) } else { low };
            Possible::Range { low: at, high: at }
        }
    }
}

#[test]
fn when_all_is_known_nothing_is_left_to_ask() {
    let facts = answered(knowledge(), questions::read(CASE).1);
    let ask = asked(knowledge(), &facts);
    assert!(ask.settled, "{:?}", ask.unsettled);
    assert!(ask.questions.is_empty() && ask.disputes.facts.is_empty());
    let page = report::ask::text(&ask, &heading(), &Options::default());
    assert!(page.contains("NOTHING MORE TO ASK"), "{page}");
}

#[test]
fn what_waits_for_facts_that_nobody_knows_is_not_settled() {
    let facts = answered(knowledge(), questions::read(CASE).1);
    let settings = ["party.ngos.organized=unknown"];
    let changes = questions::changes(&settings).unwrap();
    let ask = asked(knowledge(), &changed(&knowledge().vocabulary, &facts, &changes));
    assert!(!ask.settled && ask.questions.is_empty());
    assert_eq!(ask.unknown.in_vain, 1);
    let page = report::ask::text(&ask, &heading(), &Options::default());
    assert!(page.contains("NOTHING TO ASK"), "{page}");
}

#[test]
fn what_is_announced_comes_true_when_a_change_says_it_in_a_case_file() {
    let (_, facts) = questions::read(CASE);
    let ask = asked(knowledge(), &facts);
    let first = &ask.questions[0].facts[0];
    let answer = &first.answers[0];
    let Change::State { effect: Makes::Set(_), .. } = &answer.changes[0] else {
        panic!("{first:?}");
    };
    let settings = format!("{}={}", first.path, answer.words.split(" or ").next().unwrap());
    let written = questions::changes(&[&settings]).unwrap();
    check_announced(knowledge(), &facts, &written, &answer.effects);
}
