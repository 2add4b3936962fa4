//! The engine on knowledge bases and cases made by hand, and both layouts of planes against each other.

use convener::engine::{Firing, Layout, Limit, Limits, Model, Plan, Status};
use convener::facts::Facts;
use convener::knowledge::{
    AttributeId, Branch, Comparison, Condition, Derivation, DerivationBody, DomainId, Extreme,
    KnowledgeBase, Quantifier, Row, RuleId, Stratum, TableRow, Term, Test, Type, VariableId,
};
use convener::truth::Truth;
use convener::value::Possible;

#[path = "../benches/support.rs"]
#[expect(dead_code, reason = "shared with the bench, which uses other parts")]
mod support;

use support::{
    CASE, Chance, LEVEL, PARTY, SECTOR, SECTORS, YES, attribute, holds, is, many, not, of, parties,
    random, relation, rule, said, some, span, stated, variable, words,
};

const NO: Possible = Possible::Choice(1);
const IS: Possible = Possible::Choice(2);

/// The model of one case, which both layouts agree on.
fn model(knowledge: &KnowledgeBase, facts: &Facts) -> Model {
    let plan = Plan::new(knowledge);
    let mut models = plan.infer(&[facts], Limits::default()).unwrap();
    for layout in [Layout::ByCase, Layout::ByRow] {
        let forced = plan.clone().with_layout(layout);
        let other = forced.infer(&[facts], Limits::default()).unwrap();
        assert_eq!(shown(&models[0]), shown(&other[0]), "{layout:?}");
    }
    models.remove(0)
}

fn shown(model: &Model) -> String {
    format!("{model:#?}")
}

fn status(model: &Model, rule: RuleId, subject: &[usize]) -> Option<Status> {
    let found = model
        .conclusions
        .iter()
        .find(|conclusion| conclusion.rule == rule && conclusion.subject.as_slice() == subject);
    found.map(|conclusion| conclusion.status)
}

fn base(words: convener::knowledge::Vocabulary) -> KnowledgeBase {
    KnowledgeBase { vocabulary: words, ..KnowledgeBase::default() }
}

#[test]
fn an_unlisted_row_keeps_none_and_every_open() {
    let mut words = words();
    let key = attribute(&mut words, PARTY, Type::YES_NO, None);
    let convenes = attribute(&mut words, PARTY, Type::YES_NO, Some(NO));
    let mut knowledge = base(words.clone());
    let party = || vec![variable(PARTY, &[])];
    let no_key =
        rule(&mut knowledge, 0, party(), vec![not(some(0, vec![is(key, of(0), YES)]))], vec![]);
    let none_convenes = rule(
        &mut knowledge,
        0,
        party(),
        vec![not(some(0, vec![is(convenes, of(0), YES)]))],
        vec![],
    );
    let every =
        many(Quantifier::Every, 0, vec![is(key, of(0), YES)], vec![is(convenes, of(0), YES)]);
    let all_convene = rule(&mut knowledge, 0, party(), vec![every], vec![]);
    for complete in [false, true] {
        let mut facts = parties(&words, 1, complete);
        facts.set(key, 0, stated(NO));
        let found = model(&knowledge, &facts);
        let expected = if complete { Status::Firing } else { Status::Open };
        assert_eq!(status(&found, no_key, &[]), Some(expected));
        assert_eq!(status(&found, none_convenes, &[]), Some(Status::Firing));
        facts.set(key, 0, stated(IS));
        facts.set(convenes, 0, stated(IS));
        assert_eq!(status(&model(&knowledge, &facts), all_convene, &[]), Some(expected));
    }
}

#[test]
fn other_keeps_listed_rows_apart_and_two_orders_pairs() {
    let mut words = words();
    let key = attribute(&mut words, PARTY, Type::YES_NO, Some(NO));
    let mut knowledge = base(words.clone());
    let apart = vec![variable(PARTY, &[]), variable(PARTY, &[0])];
    let keys = vec![is(key, of(0), YES), is(key, of(1), YES)];
    let lone = vec![is(key, of(0), YES), not(some(1, vec![is(key, of(1), YES)]))];
    let lone = rule(&mut knowledge, 1, apart.clone(), lone, vec![]);
    let pair = rule(&mut knowledge, 2, apart, keys, vec![]);
    knowledge.rules[pair.0].two = true;
    let mut facts = parties(&words, 3, true);
    facts.set(key, 1, stated(IS));
    let found = model(&knowledge, &facts);
    assert_eq!(status(&found, lone, &[1]), Some(Status::Firing));
    assert_eq!(found.conclusions.len(), 1);
    facts.set(key, 2, stated(IS));
    let found = model(&knowledge, &facts);
    assert_eq!(status(&found, pair, &[1, 2]), Some(Status::Firing));
    assert_eq!(found.conclusions.len(), 1);
}

#[test]
fn most_counts_those_of_the_filter() {
    let mut words = words();
    let key = attribute(&mut words, PARTY, Type::YES_NO, None);
    let strong = attribute(&mut words, PARTY, Type::YES_NO, None);
    let mut knowledge = base(words.clone());
    let most = many(Quantifier::Most, 0, vec![is(key, of(0), YES)], vec![is(strong, of(0), YES)]);
    let most = rule(&mut knowledge, 0, vec![variable(PARTY, &[])], vec![most], vec![]);
    let mut facts = parties(&words, 4, true);
    for (row, (key_value, strong_value)) in
        [(IS, IS), (IS, IS), (IS, NO), (NO, NO)].into_iter().enumerate()
    {
        facts.set(key, row, stated(key_value));
        facts.set(strong, row, stated(strong_value));
    }
    assert_eq!(status(&model(&knowledge, &facts), most, &[]), Some(Status::Firing));
    facts.set(key, 3, stated(Possible::Choice(3)));
    assert_eq!(status(&model(&knowledge, &facts), most, &[]), Some(Status::Open));
    facts.set(key, 3, stated(IS));
    assert_eq!(status(&model(&knowledge, &facts), most, &[]), None);
}

fn highest(attribute: AttributeId, condition: Condition) -> Term {
    Term::Extreme(Box::new(Extreme {
        highest: true,
        variable: VariableId(0),
        term: Term::Attribute(attribute, of(0)),
        condition: Box::new(condition),
    }))
}

#[test]
fn the_highest_of_a_scale_and_of_numbers() {
    let mut words = words();
    let key = attribute(&mut words, PARTY, Type::YES_NO, Some(NO));
    let power = attribute(&mut words, PARTY, Type::Choice(LEVEL), None);
    let budget = attribute(&mut words, PARTY, Type::Number, None);
    let mut knowledge = base(words.clone());
    let party = || vec![variable(PARTY, &[])];
    let test = |term, members| Condition::Test(Test::Among(term, members), span());
    let weak = vec![test(highest(power, is(key, of(0), YES)), 3)];
    let weak = rule(&mut knowledge, 0, party(), weak, vec![]);
    let rich = Test::Within(highest(budget, is(key, of(0), YES)), 10, i64::MAX);
    let rich = rule(&mut knowledge, 0, party(), vec![Condition::Test(rich, span())], vec![]);
    let unknown = Test::Unknown(highest(budget, is(key, of(0), YES)));
    let unknown = rule(&mut knowledge, 0, party(), vec![Condition::Test(unknown, span())], vec![]);
    let mut facts = parties(&words, 2, false);
    let found = model(&knowledge, &facts);
    assert!(found.conclusions.is_empty(), "nothing is the highest: {found:?}");
    facts.set(key, 0, stated(IS));
    facts.set(power, 0, stated(Possible::Choice(2)));
    facts.set(budget, 0, stated(Possible::Range { low: 5, high: 12 }));
    facts.set(budget, 1, stated(Possible::Range { low: 20, high: 20 }));
    let found = model(&knowledge, &facts);
    assert_eq!(status(&found, weak, &[]), Some(Status::Firing));
    assert_eq!(status(&found, rich, &[]), Some(Status::Open));
    assert_eq!(status(&found, unknown, &[]), Some(Status::Firing));
    facts.set(key, 1, stated(IS));
    let found = model(&knowledge, &facts);
    assert_eq!(status(&found, weak, &[]), Some(Status::Open));
    assert_eq!(status(&found, rich, &[]), Some(Status::Firing));
    assert_eq!(status(&found, unknown, &[]), None);
}

fn derive(knowledge: &mut KnowledgeBase, attribute: AttributeId, body: DerivationBody) {
    knowledge.vocabulary.attributes[attribute.0].derived = true;
    let derivation = Derivation { attribute, variables: vec![], body, cites: vec![], span: span() };
    knowledge.derivations.insert(attribute, derivation);
    knowledge.strata.push(Stratum::Attribute(attribute));
}

#[test]
fn a_table_is_exact_and_a_stated_value_holds() {
    let mut words = words();
    let crisis = attribute(&mut words, CASE, Type::YES_NO, None);
    let form = attribute(&mut words, CASE, Type::Choice(LEVEL), None);
    let mut knowledge = base(words.clone());
    let inputs = vec![Term::Attribute(crisis, Row::Only)];
    let row = |cells, result| TableRow { cells: vec![cells], result, span: span() };
    let body = DerivationBody::Table { inputs, rows: vec![row(1, 4), row(3, 4)] };
    derive(&mut knowledge, form, body);
    let medium = rule(&mut knowledge, 0, vec![], vec![is(form, Row::Only, 4)], vec![]);
    let mut facts = parties(&knowledge.vocabulary, 0, true);
    let found = model(&knowledge, &facts);
    assert_eq!(found.derived[&form], [Possible::Choice(4)]);
    assert_eq!(status(&found, medium, &[]), Some(Status::Firing));
    facts.set(form, 0, stated(Possible::Choice(8)));
    let found = model(&knowledge, &facts);
    assert_eq!(found.derived[&form], [Possible::Choice(8)]);
    assert_eq!(status(&found, medium, &[]), None);
}

#[test]
fn branches_leave_what_is_not_yet_excluded() {
    let mut words = words();
    let crisis = attribute(&mut words, CASE, Type::YES_NO, None);
    let big = attribute(&mut words, CASE, Type::YES_NO, Some(NO));
    let form = attribute(&mut words, CASE, Type::Choice(LEVEL), None);
    let mut knowledge = base(words);
    let branch = |result, when| Branch { result, when, span: span() };
    let body = DerivationBody::Branches(vec![
        branch(8, is(crisis, Row::Only, YES)),
        branch(4, is(big, Row::Only, YES)),
        branch(1, Condition::All(vec![])),
    ]);
    derive(&mut knowledge, form, body);
    let mut facts = parties(&knowledge.vocabulary, 0, true);
    assert_eq!(model(&knowledge, &facts).derived[&form], [Possible::Choice(9)]);
    facts.set(crisis, 0, stated(NO));
    assert_eq!(model(&knowledge, &facts).derived[&form], [Possible::Choice(1)]);
}

#[test]
fn recursion_reaches_its_least_fixpoint() {
    let mut words = words();
    let tie = relation(&mut words, DomainId(0), false, Some(NO));
    let mut knowledge = base(words.clone());
    let reach = support::reach(&mut knowledge, tie);
    let pair = vec![variable(PARTY, &[]), variable(PARTY, &[0])];
    let cut = rule(&mut knowledge, 2, pair, vec![not(holds(reach, &[0, 1]))], vec![]);
    let mut facts = parties(&words, 4, true);
    facts.set_tie(&words, tie, 0, 1, stated(IS));
    facts.set_tie(&words, tie, 1, 2, stated(IS));
    facts.set_tie(&words, tie, 2, 0, stated(Possible::Choice(3)));
    let found = model(&knowledge, &facts);
    assert_eq!(found.truth(reach, &[0, 2]), Truth::True);
    assert_eq!(found.truth(reach, &[2, 1]), Truth::Open);
    assert_eq!(found.truth(reach, &[0, 3]), Truth::False);
    assert_eq!(status(&found, cut, &[0, 3]), Some(Status::Firing));
    assert_eq!(status(&found, cut, &[2, 0]), Some(Status::Open));
    assert_eq!(status(&found, cut, &[0, 2]), None);
}

#[test]
fn what_overrides_sets_aside_or_makes_provisional() {
    let mut words = words();
    let key = attribute(&mut words, PARTY, Type::YES_NO, Some(NO));
    let local = attribute(&mut words, PARTY, Type::YES_NO, None);
    let mut knowledge = base(words.clone());
    let party = || vec![variable(PARTY, &[])];
    let weaker = rule(&mut knowledge, 1, party(), vec![is(key, of(0), YES)], vec![]);
    let excused = vec![is(local, of(0), YES)];
    let excused = rule(&mut knowledge, 1, party(), vec![is(key, of(0), YES)], excused);
    let stronger = rule(&mut knowledge, 1, party(), vec![is(local, of(0), YES)], vec![]);
    support::overrides(&mut knowledge, stronger, weaker);
    let mut facts = parties(&words, 3, true);
    for (row, local_value) in [IS, NO, Possible::Choice(3)].into_iter().enumerate() {
        facts.set(key, row, stated(IS));
        facts.set(local, row, stated(local_value));
    }
    let found = model(&knowledge, &facts);
    let all = |rule| [0, 1, 2].map(|row| status(&found, rule, &[row]));
    let (fires, open) = (Some(Status::Firing), Some(Status::Provisional));
    assert_eq!(all(weaker), [Some(Status::SetAside), fires, open]);
    assert_eq!(all(excused), [None, fires, open]);
    assert_eq!(all(stronger), [fires, None, Some(Status::Open)]);
}

#[test]
fn what_fires_for_one_believer_is_contested() {
    let mut words = words();
    let key = attribute(&mut words, PARTY, Type::YES_NO, None);
    let mut knowledge = base(words.clone());
    let fires =
        rule(&mut knowledge, 1, vec![variable(PARTY, &[])], vec![is(key, of(0), YES)], vec![]);
    let unknown = Test::Unknown(Term::Attribute(key, of(0)));
    let settled = vec![not(Condition::Test(unknown, span()))];
    let settled = rule(&mut knowledge, 1, vec![variable(PARTY, &[])], settled, vec![]);
    let mut facts = parties(&words, 2, true);
    let says = vec![("x".to_string(), NO), ("y".to_string(), IS)];
    facts.set(key, 0, said(Possible::Choice(3), says));
    let found = model(&knowledge, &facts);
    assert_eq!(status(&found, fires, &[0]), Some(Status::Contested));
    assert_eq!(status(&found, fires, &[1]), Some(Status::Open));
    assert_eq!(status(&found, settled, &[0]), Some(Status::Contested));
}

#[test]
fn one_cell_compared_with_itself_is_one_value() {
    let mut words = words();
    let power = attribute(&mut words, PARTY, Type::Choice(LEVEL), None);
    let mut knowledge = base(words.clone());
    let compare = |by| {
        let [left, right] = [of(0), of(1)].map(|row| Term::Attribute(power, row));
        Condition::Test(Test::Compare(left, Comparison::AtLeast(by), right), span())
    };
    let variables = || vec![variable(PARTY, &[]), variable(PARTY, &[])];
    let at_least = rule(&mut knowledge, 2, variables(), vec![compare(0)], vec![]);
    let above = rule(&mut knowledge, 2, variables(), vec![compare(1)], vec![]);
    let facts = parties(&words, 2, true);
    let found = model(&knowledge, &facts);
    assert_eq!(status(&found, at_least, &[0, 0]), Some(Status::Firing));
    assert_eq!(status(&found, at_least, &[0, 1]), Some(Status::Open));
    assert_eq!(status(&found, above, &[1, 1]), None);
}

#[test]
fn a_set_includes_what_an_enum_variable_stands_for() {
    let mut words = words();
    let sectors = attribute(&mut words, PARTY, Type::Set(SECTOR), None);
    let mut knowledge = base(words.clone());
    let variables = vec![variable(PARTY, &[]), variable(SECTORS, &[])];
    let term = Term::Attribute(sectors, of(0));
    let test = Test::IncludesValue(term, Term::Member(VariableId(1)));
    let includes = rule(&mut knowledge, 2, variables, vec![Condition::Test(test, span())], vec![]);
    let mut facts = parties(&words, 1, true);
    facts.set(sectors, 0, stated(Possible::Set { may_include: 0b011, may_exclude: 0b110 }));
    let found = model(&knowledge, &facts);
    let all = [0, 1, 2].map(|member| status(&found, includes, &[0, member]));
    assert_eq!(all, [Some(Status::Firing), Some(Status::Open), None]);
}

#[test]
fn open_subjects_beyond_the_limit_are_counted() {
    let mut words = words();
    let key = attribute(&mut words, PARTY, Type::YES_NO, None);
    let mut knowledge = base(words.clone());
    let open =
        rule(&mut knowledge, 1, vec![variable(PARTY, &[])], vec![is(key, of(0), YES)], vec![]);
    let facts = parties(&words, 90, true);
    let limits = Limits { open_subjects: 40, ..Limits::default() };
    let models = Plan::new(&knowledge).infer(&[&facts], limits).unwrap();
    assert_eq!(models[0].conclusions.len(), 40);
    assert_eq!(models[0].uncounted[&open], 50);
    let limits = Limits { words: 3, ..Limits::default() };
    assert_eq!(Plan::new(&knowledge).infer(&[&facts], limits).unwrap_err(), Limit::Words(3));
}

#[test]
fn layouts_blocks_and_questions_agree() {
    let mut chance = Chance(11);
    for unknown in [0, 15, 70] {
        let (knowledge, _) = random::knowledge(60, &mut chance);
        let plan = Plan::new(&knowledge);
        let by_row = plan.clone().with_layout(Layout::ByRow);
        let cases: Vec<Facts> = (0..100)
            .map(|_| {
                let count = chance.below(20);
                random::case_of(&knowledge, unknown, count, 30, &mut chance)
            })
            .collect();
        let cases: Vec<&Facts> = cases.iter().collect();
        let block = plan.infer(&cases, Limits::default()).unwrap();
        let rows = by_row.infer(&cases, Limits::default()).unwrap();
        let firing = plan.firing(&cases, Limits::default()).unwrap();
        for (at, case) in cases.iter().enumerate() {
            let alone = plan.infer(&[case], Limits::default()).unwrap();
            assert_eq!(shown(&alone[0]), shown(&block[at]));
            assert_eq!(shown(&alone[0]), shown(&rows[at]));
            let fires = alone[0].conclusions.iter().filter(|found| found.status == Status::Firing);
            let fast = firing[at].iter();
            assert!(fires.map(|found| found.rule).eq(fast.map(Firing::rule)));
        }
    }
}

#[test]
fn a_large_case_agrees_by_row_and_by_case() {
    let mut chance = Chance(5);
    let (knowledge, _) = random::knowledge(40, &mut chance);
    let facts = random::case_of(&knowledge, 15, 70, 300, &mut chance);
    model(&knowledge, &facts);
}
