//! On random packs and cases: an answer does what `ask` announces of it, and where all is known nothing is asked.

use convener::ask::ask;
use convener::change::changed;
use convener::diagnostic::Diagnostics;
use convener::engine::{Conclusion, Limits, Plan};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::source::SourceMap;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::random::choice::Choices;
use crate::random::{Input, facts, inputs, vary};
use crate::support;

fn compile(input: &Input) -> KnowledgeBase {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    support::compile("", &input.pack(), &mut sources, &mut diagnostics)
        .unwrap_or_else(|| panic!("{}", support::shown(&diagnostics, &sources)))
}

fn conclusions(plan: &Plan, facts: &Facts) -> Vec<Conclusion> {
    plan.conclusions(&[facts], Limits::default()).unwrap().remove(0)
}

/// The name of a rule, the ids of its subject, and what became of it.
fn named(kb: &KnowledgeBase, facts: &Facts, list: &[Conclusion]) -> Vec<String> {
    let one = |one: &Conclusion| {
        let rule = &kb.rules[one.rule.0];
        let rows = rule.variables.iter().zip(&one.subject);
        let ids: Vec<&str> = rows
            .map(|(variable, row)| facts.rows(variable.entity).list[*row].id.as_str())
            .collect();
        format!("{} {ids:?} {:?}", rule.name, one.status)
    };
    list.iter().filter(|one| !kb.rules[one.rule.0].advice.is_empty()).map(one).collect()
}

fn try_on(cases: u32, property: impl Fn(&Input) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    runner.run(&inputs(), |input| property(&input)).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn answers_do_what_is_announced() {
    try_on(120, |input| {
        let kb = compile(input);
        let plan = Plan::new(&kb);
        let facts = facts::facts(&kb, &input.case);
        let before = named(&kb, &facts, &conclusions(&plan, &facts));
        let asked = ask((&kb, &plan), &facts, Limits::default()).unwrap();
        let questions = asked.questions.iter().take(3).filter_map(|one| one.facts.first());
        for answer in questions.flat_map(|fact| &fact.answers) {
            for change in &answer.changes {
                let then = changed(&kb.vocabulary, &facts, std::slice::from_ref(change));
                let after = named(&kb, &then, &conclusions(&plan, &then));
                let announced: Vec<String> = answer
                    .effects
                    .iter()
                    .filter_map(|effect| {
                        let status = effect.status[1]?;
                        Some(format!("{} {:?} {status:?}", effect.rule, effect.subject))
                    })
                    .collect();
                let mut news: Vec<&String> =
                    after.iter().filter(|one| !before.contains(one)).collect();
                let mut said: Vec<&String> = announced.iter().collect();
                news.sort();
                said.sort();
                if news != said {
                    return Err(TestCaseError::fail(format!("{change:?}\n{news:?}\n{said:?}")));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn where_all_is_known_nothing_is_asked() {
    try_on(200, |input| {
        let kb = compile(input);
        let plan = Plan::new(&kb);
        let mut whole =
            facts::facts(&kb, &vary::completion(input, &mut Choices::new(&input.spare)));
        for rows in &mut whole.rows {
            rows.complete = true;
        }
        let asked = ask((&kb, &plan), &whole, Limits::default()).unwrap();
        let open = conclusions(&plan, &whole).iter().any(|one| {
            use convener::engine::Status::{Contested, Open, Provisional};
            matches!(one.status, Open | Provisional | Contested)
        });
        if asked.settled && open {
            return Err(TestCaseError::fail("said to be settled, and something is open"));
        }
        let left = asked.questions.iter().flat_map(|one| &one.facts);
        let left: Vec<&str> =
            left.filter(|one| one.assumed.is_none()).map(|one| one.path.as_str()).collect();
        // A derived attribute may stay unknown, and so may a default that is a whole year, and what was done.
        let loose = kb.vocabulary.attributes.iter().filter(|one| one.derived || one.has_default);
        let loose: Vec<String> = loose.map(|one| format!(".{}", one.name)).collect();
        let only =
            |path: &&str| loose.iter().any(|name| path.ends_with(name)) || path.starts_with("did.");
        if left.iter().all(only) {
            return Ok(());
        }
        Err(TestCaseError::fail(format!("asked: {left:?}")))
    });
}
