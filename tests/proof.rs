//! The evaluator for one case, and what conclusions rest and hang on, on a knowledge base built by hand.

use convener::facts::{Evidence, Facts};
use convener::knowledge::{Condition, KnowledgeBase, Quantifier, Row, RuleId, Term, Test};
use convener::proof::{Fact, Scope, View, support};
use convener::truth::Truth;
use convener::value::Possible;

use crate::support::small::*;

fn truth(kb: &KnowledgeBase, facts: &Facts, condition: &Condition, row: usize) -> Truth {
    let model = convener::engine::Model::default();
    let view = View { kb, facts, model: &model };
    Scope::new(view, &kb.rules.first().unwrap().variables, &[row]).truth(condition)
}

fn set(facts: &mut Facts, attribute: convener::knowledge::AttributeId, id: &str, value: Possible) {
    let row = row(facts, id);
    facts.set(attribute, row, stated(value, Evidence::Documented));
}

#[test]
fn the_unlisted_row_keeps_no_from_being_certain() {
    let kb = knowledge();
    let nobody_organised = Condition::Not(Box::new(quantified(
        Quantifier::Some,
        always(),
        at_most_low(Term::Attribute(ORGANIZED, of(C))),
    )));
    for (complete, expected) in [(true, Truth::True), (false, Truth::Open)] {
        let mut facts = parties(&kb, &["a", "b"], complete);
        set(&mut facts, ORGANIZED, "b", Possible::Choice(8));
        assert_eq!(truth(&kb, &facts, &nobody_organised, 0), expected);
    }
}

#[test]
fn a_default_closes_what_nobody_says() {
    let kb = knowledge();
    let facts = parties(&kb, &["a", "b"], false);
    let nobody_convenes =
        Condition::Not(Box::new(quantified(Quantifier::Some, always(), yes(CONVENES, of(C)))));
    assert_eq!(truth(&kb, &facts, &nobody_convenes, 0), Truth::True);
}

#[test]
fn every_needs_one_and_most_needs_more_than_half() {
    let kb = knowledge();
    let mut facts = parties(&kb, &["a", "b", "c", "d"], true);
    let low = || at_most_low(Term::Attribute(ORGANIZED, of(C)));
    let every = quantified(Quantifier::Every, yes(KEY, of(C)), low());
    let most = quantified(Quantifier::Most, yes(KEY, of(C)), low());
    assert_eq!(truth(&kb, &facts, &every, 0), Truth::False);
    for id in ["b", "c", "d"] {
        set(&mut facts, KEY, id, YES);
    }
    set(&mut facts, ORGANIZED, "b", Possible::Choice(1));
    set(&mut facts, ORGANIZED, "c", Possible::Choice(3));
    assert_eq!(truth(&kb, &facts, &every, 0), Truth::Open);
    assert_eq!(truth(&kb, &facts, &most, 0), Truth::True);
    set(&mut facts, ORGANIZED, "c", Possible::Choice(8));
    assert_eq!(truth(&kb, &facts, &every, 0), Truth::False);
    assert_eq!(truth(&kb, &facts, &most, 0), Truth::Open);
}

#[test]
fn one_value_compared_with_itself_is_settled() {
    let kb = knowledge();
    let facts = parties(&kb, &["a"], true);
    let organized = || Term::Attribute(ORGANIZED, of(P));
    let compare = |by| {
        let comparison = convener::knowledge::Comparison::AtLeast(by);
        Condition::Test(Test::Compare(organized(), comparison, organized()), span())
    };
    assert_eq!(truth(&kb, &facts, &compare(0), 0), Truth::True);
    assert_eq!(truth(&kb, &facts, &compare(1), 0), Truth::False);
    let unknown = Condition::Test(Test::Unknown(Term::Attribute(CRISIS, Row::Only)), span());
    assert_eq!(truth(&kb, &facts, &unknown, 0), Truth::True);
}

#[test]
fn the_highest_may_have_no_value() {
    let kb = knowledge();
    let mut facts = parties(&kb, &["a", "b", "c"], true);
    let extreme = convener::knowledge::Extreme {
        highest: true,
        variable: C,
        term: Term::Attribute(ORGANIZED, of(C)),
        condition: Box::new(yes(KEY, of(C))),
    };
    let high = Condition::Test(Test::Among(Term::Extreme(Box::new(extreme)), 0b1100), span());
    assert_eq!(truth(&kb, &facts, &high, 0), Truth::False);
    set(&mut facts, KEY, "b", YES);
    set(&mut facts, ORGANIZED, "b", Possible::Choice(4));
    assert_eq!(truth(&kb, &facts, &high, 0), Truth::True);
    set(&mut facts, KEY, "b", Possible::Choice(3));
    assert_eq!(truth(&kb, &facts, &high, 0), Truth::Open);
    set(&mut facts, KEY, "c", YES);
    set(&mut facts, ORGANIZED, "c", Possible::Choice(3));
    assert_eq!(truth(&kb, &facts, &high, 0), Truth::Open);
    set(&mut facts, KEY, "b", NO);
    assert_eq!(truth(&kb, &facts, &high, 0), Truth::False);
}

#[test]
fn support_names_witnesses_weakest_evidence_and_what_is_open() {
    let kb = knowledge();
    let mut facts = parties(&kb, &["ministry", "unicef", "who"], false);
    for id in ["unicef", "who"] {
        set(&mut facts, CONVENES, id, YES);
    }
    set(&mut facts, KEY, "ministry", YES);
    let [ministry, unicef, who] = ["ministry", "unicef", "who"].map(|id| row(&facts, id));
    let low = stated(Possible::Choice(2), Evidence::Reported);
    facts.set_tie(&kb.vocabulary, CREDIBLE, unicef, ministry, low);
    let model = conclude(&kb, &facts);
    let view = View { kb: &kb, facts: &facts, model: &model };
    let found = support(view, RuleId(0), &[ministry]);
    assert_eq!(found.evidence, Evidence::Reported);
    assert!(found.facts.contains(&Fact::Relation(CREDIBLE, unicef, ministry)));
    assert!(!found.facts.contains(&Fact::Relation(CREDIBLE, who, ministry)));
    let [witnesses] = found.witnesses.as_slice() else { panic!("one top-level some") };
    assert_eq!((&witnesses.certain, &witnesses.possible), (&vec![unicef], &vec![unicef, who]));
    assert_eq!(found.open.into_iter().collect::<Vec<_>>(), [Fact::Attribute(CRISIS, 0)]);
}

#[test]
fn only_the_unlisted_row_asks_for_others() {
    let kb = knowledge();
    let facts = parties(&kb, &["a", "b"], false);
    let some_low =
        quantified(Quantifier::Some, always(), at_most_low(Term::Attribute(ORGANIZED, of(C))));
    let model = convener::engine::Model::default();
    let view = View { kb: &kb, facts: &facts, model: &model };
    let variables = &rule_of(&kb, 0).variables;
    let open = |facts: &Facts| {
        let scope = Scope::new(View { facts, ..view }, variables, &[0]);
        convener::proof::support::open_facts(&scope, &some_low)
    };
    assert_eq!(open(&facts).into_iter().collect::<Vec<_>>(), [Fact::Attribute(ORGANIZED, 1)]);
    let mut known = facts.clone();
    set(&mut known, ORGANIZED, "b", Possible::Choice(8));
    assert_eq!(open(&known).into_iter().collect::<Vec<_>>(), [Fact::Others(PARTY)]);
}
