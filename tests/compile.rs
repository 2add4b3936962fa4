//! Packs that compile: the sample and the whole vocabulary, in any order of their items; and what some conditions become.

use std::collections::BTreeSet;

use convener::diagnostic::Diagnostics;
use convener::knowledge::{
    Comparison, Condition, EntityKind, KnowledgeBase, Quantifier, Row, Term, Test, Type,
};
use convener::pack::Passage;
use convener::source::SourceMap;
use convener::syntax::tree::Item;

use crate::support;

const SAMPLE: &str = include_str!("fixtures/sample.rules");
/// What the sample leaves out.
const REST: &str = "ranking { stage partnership.stage }
    rule show-early { when { some party p { p.key } } recommend show-results low \"Show something.\" }
    caveat no-recipe \"No two go the same way.\" { stage convening cites zz.b }
    caveat never-alone \"Nobody does it alone.\"
    declines zz.c , zz.a \"They tell of one country.\"
    declines zz.d \"It tells of another.\" ";
const VOCABULARY: &str = include_str!("fixtures/vocabulary.rules");

/// Every passage that a text cites.
fn cited(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    let ids = words.filter(|word| {
        let mut parts = word.split('.');
        parts.clone().count() == 2
            && parts.all(|part| {
                !part.is_empty()
                    && part
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            })
    });
    ids.map(str::to_owned).collect()
}

/// Compiles a text with its items in the given order.
fn compile(text: &str, reorder: impl Fn(&mut Vec<Item>)) -> (Option<KnowledgeBase>, String) {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let source = sources.add("test.rules", text);
    let mut pack = support::pack(source, text, &mut diagnostics);
    let span = pack.span;
    pack.passages.extend(cited(text).into_iter().map(|id| Passage {
        id,
        source: "guide".to_owned(),
        place: "a place".to_owned(),
        span,
    }));
    for file in &mut pack.files {
        reorder(&mut file.items);
    }
    let knowledge = convener::compile::compile(&[pack], &mut diagnostics);
    (knowledge, support::shown(&diagnostics, &sources))
}

fn good(text: &str) -> KnowledgeBase {
    let (knowledge, shown) = compile(text, |_| {});
    assert_eq!(shown, "no problem");
    knowledge.unwrap()
}

#[test]
fn the_sample_compiles_without_a_word() {
    let knowledge = good(&format!("{SAMPLE}{REST}"));
    assert_eq!(knowledge.rules.len(), 11);
    assert_eq!(knowledge.examples.len(), 3);
    assert!(knowledge.rules.is_sorted_by(|a, b| a.name < b.name));
}

#[test]
fn the_vocabulary_compiles_without_a_word() {
    let knowledge = good(VOCABULARY);
    assert_eq!(knowledge.vocabulary.relations.len(), 7);
}

fn assert_order_is_nothing(text: &str) {
    let shown = |reorder: &dyn Fn(&mut Vec<Item>)| {
        let (knowledge, shown) = compile(text, reorder);
        format!("{:?}", knowledge.expect(&shown))
    };
    let forward = shown(&|_| {});
    assert_eq!(forward, shown(&|items| items.reverse()));
    assert_eq!(
        forward,
        shown(&|items| {
            let half = items.len() / 2;
            items.rotate_left(half);
        })
    );
}

#[test]
fn the_order_of_items_changes_nothing() {
    assert_order_is_nothing(&format!("{SAMPLE}{REST}"));
}

#[test]
fn the_order_of_definitions_changes_nothing() {
    assert_order_is_nothing(
        "entity party { key yes_no  big yes_no }
        define able(party p) { when { p.key } }
        define able(party p) { when { some other party q { q.big } } }
        define able(party p) { when { p.big } }",
    );
}

const WORDS: &str = "scale level { none low medium high }
    enum sector { state market civil }
    enum weakness { inertia { typical state } founder { typical market } }
    entity party { sector set of sector  main sector  power level  size number  since date  key yes_no }
    one issue { crisis yes_no  started date  weight level }
    attributes of sector { affected yes_no }
    relation trust(party who, party to) level
    risk trouble \"Trouble\"  action meet \"Meet\"
    rule uses { when { issue.started at most 1985 } warn trouble low \"n\"  recommend meet low \"n\" } ";

/// What the `when` of a rule becomes.
fn when(subject: &str, conditions: &str) -> (KnowledgeBase, Condition) {
    let text = format!("{WORDS} rule r {{ {subject} when {{ {conditions} }} note \"n\" }}");
    let knowledge = good(&text);
    let condition = knowledge.rules.first().unwrap().when.clone();
    (knowledge, condition)
}

fn test_of(subject: &str, conditions: &str) -> Test {
    let (_, condition) = when(subject, conditions);
    match condition {
        Condition::Test(test, _) => test,
        other => panic!("not one test: {other:?}"),
    }
}

fn among(test: Test) -> u64 {
    match test {
        Test::Among(_, members) => members,
        other => panic!("not among: {other:?}"),
    }
}

fn within(test: Test) -> (i64, i64) {
    match test {
        Test::Within(_, low, high) => (low, high),
        other => panic!("not within: {other:?}"),
    }
}

#[test]
fn constants_become_members() {
    let p = "for party p";
    assert_eq!(among(test_of(p, "p.power is low or high")), 0b1010);
    assert_eq!(among(test_of(p, "p.power is not low or high")), 0b0101);
    assert_eq!(among(test_of(p, "p.power at least medium")), 0b1100);
    assert_eq!(among(test_of(p, "p.power above medium")), 0b1000);
    assert_eq!(among(test_of(p, "p.power at most low")), 0b0011);
    assert_eq!(among(test_of(p, "p.power below low")), 0b0001);
    assert_eq!(among(test_of(p, "p.power above none by 2")), 0b1100);
    assert_eq!(among(test_of(p, "p.power below high by 2")), 0b0011);
    assert_eq!(among(test_of(p, "p.key")), 0b10);
}

#[test]
fn numbers_and_periods_become_bounds() {
    let p = "for party p";
    assert_eq!(within(test_of(p, "p.size at least 2.5")), (2_500_000, i64::MAX));
    assert_eq!(within(test_of(p, "p.size above 2")), (2_000_001, i64::MAX));
    assert_eq!(within(test_of(p, "p.size below 2")), (i64::MIN, 1_999_999));
    assert_eq!(within(test_of(p, "p.since is 1970")), (0, 364));
    assert_eq!(within(test_of(p, "p.since at least 1971")), (365, i64::MAX));
    assert_eq!(within(test_of(p, "p.since above 1970-01")), (31, i64::MAX));
    assert_eq!(within(test_of(p, "p.since at most 1970-01")), (i64::MIN, 30));
    assert_eq!(within(test_of(p, "p.since below 1970-01-02")), (i64::MIN, 0));
}

#[test]
fn paths_are_compared() {
    let distance = |conditions: &str| match test_of("for party p, other party q", conditions) {
        Test::Compare(
            Term::Attribute(_, Row::Variable(left)),
            comparison,
            Term::Attribute(_, Row::Variable(right)),
        ) => (left.0, comparison, right.0),
        other => panic!("not two attributes: {other:?}"),
    };
    assert_eq!(distance("p.power is q.power"), (0, Comparison::Same, 1));
    assert_eq!(distance("p.power at least q.power"), (0, Comparison::AtLeast(0), 1));
    assert_eq!(distance("p.power above q.power"), (0, Comparison::AtLeast(1), 1));
    assert_eq!(distance("p.power above q.power by 2"), (0, Comparison::AtLeast(2), 1));
    assert_eq!(distance("p.power below q.power"), (1, Comparison::AtLeast(1), 0));
    assert_eq!(distance("p.size at most q.size"), (1, Comparison::AtLeast(0), 0));
    assert_eq!(distance("p.size above q.size by 0.5"), (0, Comparison::AtLeast(500_000), 1));
}

#[test]
fn sets_include_members_and_values() {
    let p = "for party p, weakness w";
    assert!(matches!(test_of(p, "p.sector includes state or civil"), Test::Includes(_, 0b101)));
    assert!(matches!(
        test_of(p, "p.sector includes w.typical"),
        Test::IncludesValue(_, Term::Attribute(..))
    ));
    let (_, excludes) = when("for party p, sector s", "p.sector excludes s");
    let Condition::Not(inner) = excludes else { panic!("not negated: {excludes:?}") };
    assert!(matches!(*inner, Condition::Test(Test::IncludesValue(_, Term::Member(_)), _)));
}

#[test]
fn counts_become_few_quantifiers() {
    let quantifier = |conditions: &str| {
        let (_, condition) = when("", conditions);
        match condition {
            Condition::Quantified(quantified, _) => (false, quantified.quantifier),
            Condition::Not(inner) => match *inner {
                Condition::Quantified(quantified, _) => (true, quantified.quantifier),
                other => panic!("not counted: {other:?}"),
            },
            other => panic!("not counted: {other:?}"),
        }
    };
    assert_eq!(quantifier("some party p { p.key }"), (false, Quantifier::Some));
    assert_eq!(quantifier("no party p { p.key }"), (true, Quantifier::Some));
    assert_eq!(quantifier("at least 2 parties p { p.key }"), (false, Quantifier::AtLeast(2)));
    assert_eq!(quantifier("at most 2 parties p { p.key }"), (true, Quantifier::AtLeast(3)));
    assert_eq!(quantifier("every party p where { p.key } { p.key }"), (false, Quantifier::Every));
    assert_eq!(quantifier("most party p { p.key }"), (false, Quantifier::Most));
}

#[test]
fn other_and_two_keep_variables_apart() {
    let (knowledge, _) =
        when("for two parties a, b", "some other party c { trust(who a, to c) is low }");
    let rule = knowledge.rules.first().unwrap();
    let apart: Vec<Vec<usize>> = rule
        .variables
        .iter()
        .map(|variable| variable.apart.iter().map(|id| id.0).collect())
        .collect();
    assert_eq!(apart, [vec![], vec![0], vec![0, 1]]);
    assert!(rule.two && rule.subjects == 2);
}

#[test]
fn actions_are_recorded_for_the_case_and_for_every_entity_with_rows() {
    let (knowledge, _) = when("for party p", "done meet for p");
    let vocabulary = &knowledge.vocabulary;
    let recorded: Vec<(&str, EntityKind)> = vocabulary
        .attributes
        .iter()
        .filter(|attribute| attribute.action.is_some())
        .map(|attribute| {
            let entity = vocabulary.entity(attribute.entity);
            (entity.name.as_str(), entity.kind)
        })
        .collect();
    assert_eq!(recorded, [("case", EntityKind::One), ("party", EntityKind::Many)]);
}

#[test]
fn fields_are_fixed_attributes() {
    let knowledge = good(WORDS);
    let entity = knowledge.vocabulary.find_entity("weakness").unwrap();
    let typical = knowledge.vocabulary.find_attribute(entity, "typical").unwrap();
    let typical = knowledge.vocabulary.attribute(typical);
    assert_eq!(typical.fixed.as_deref(), Some([0, 1].as_slice()));
    assert!(matches!(typical.kind, Type::Choice(_)));
}

#[test]
fn a_missing_row_fails_also_is_not() {
    let extreme = "highest q.power of other party q { q.key }";
    for (left, right) in [(extreme, "p.power"), ("p.power", extreme)] {
        let test = test_of("for party p", &format!("{left} is not {right}"));
        assert!(matches!(test, Test::Compare(_, Comparison::Different, _)), "{test:?}");
    }
}

#[test]
fn a_pack_has_at_most_a_hundred_thousand_rules() {
    let crowd = |count: usize| {
        compile(
            "one issue { crisis yes_no } rule r { when { issue.crisis } note \"n\" }",
            move |items| {
                let Some(Item::Rule(rule)) = items.pop() else { panic!("not a rule") };
                items.extend((0..count).map(|index| {
                    let mut rule = rule.clone();
                    rule.name.text = format!("r{index}");
                    Item::Rule(rule)
                }));
            },
        )
    };
    let (knowledge, shown) = crowd(100_000);
    assert_eq!(shown, "no problem");
    assert_eq!(knowledge.unwrap().rules.len(), 100_000);
    let (knowledge, shown) = crowd(100_001);
    assert!(knowledge.is_none() && shown.contains("[too-many-rules]"), "{shown}");
}
