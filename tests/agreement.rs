//! The evaluator for one case agrees with the engine: on every conclusion, predicate and derived attribute of the shipped
//! pack, over its examples and its cases at all their events.

use convener::engine::{Model, Status};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::proof::{View, support};
use convener::source::SourceMap;

use crate::support::{evaluator, shipped};

fn check(kb: &KnowledgeBase, facts: &Facts, model: &Model) -> usize {
    let view = View { kb, facts, model };
    let mut count = 0;
    evaluator::check_conclusions(kb, facts, model, |rule, subject, expected| {
        let support = support(view, rule, subject);
        let name = &kb.rules[rule.0].name;
        if matches!(expected, Some(Status::Open | Status::Provisional)) {
            assert!(!support.open.is_empty(), "{name} hangs on something");
        }
        if expected == Some(Status::Firing) {
            assert!(support.open.is_empty(), "{name} hangs on nothing");
        }
        count += usize::from(expected.is_some());
    });
    count
}

#[test]
fn on_the_examples() {
    let mut sources = SourceMap::default();
    let kb = shipped::pack(&mut sources);
    let given = |example| convener::case::given(&kb.vocabulary, example);
    let facts: Vec<Facts> = kb.examples.iter().map(given).collect();
    let mut count = 0;
    for (facts, model) in facts.iter().zip(&shipped::infer(&kb, &facts)) {
        count += check(&kb, facts, model);
        evaluator::check_definitions(&kb, facts, model);
    }
    assert!(count > 1_000, "{count} conclusions");
}

#[test]
fn on_the_cases() {
    let mut sources = SourceMap::default();
    let kb = shipped::pack(&mut sources);
    for name in ["orangi", "bangladesh-immunization"] {
        let facts = shipped::moments(&kb, name, &mut sources);
        for (facts, model) in facts.iter().zip(&shipped::infer(&kb, &facts)) {
            assert!(check(&kb, facts, model) > 0);
            evaluator::check_definitions(&kb, facts, model);
        }
    }
}
