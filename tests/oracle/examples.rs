//! The oracle on examples written by hand: it is held to the examples' own expectations, without compiler or engine.
//! The engine is held to the same.

use std::collections::BTreeSet;

use convener::diagnostic::Diagnostics;
use convener::engine::Limits;
use convener::pack::Pack;
use convener::source::{SourceId, Span};
use convener::syntax::tree::{
    Example, Expect, ExpectStatus, File, Given, GivenValue, Item, Literal, Name, Order,
};

use super::case::{Did, OracleCase, Stated};
use super::rule::{Status, conclusions};
use super::value::{Kind, Values};
use super::words::{Words, kind, period};
use super::world::{Row, World};

/// Holds the oracle and the engine to the examples of a text.
fn check(text: &str) {
    let files = oracle_agrees(text);
    engine_agrees(files.into());
}

fn oracle_agrees(text: &str) -> [File; 1] {
    let mut diagnostics = Diagnostics::default();
    let files = [convener::syntax::parse(SourceId(0), text, &mut diagnostics)];
    assert!(diagnostics.is_empty(), "{:#?}", diagnostics.sorted());
    let mut count = 0;
    for item in &files[0].items {
        if let Item::Example(example) = item {
            example_holds(&files, example);
            count += 1;
        }
    }
    assert!(count > 0, "no example");
    files
}

fn engine_agrees(files: Vec<File>) {
    let pack = Pack {
        id: "examples".to_owned(),
        title: "Examples".to_owned(),
        version: "1".to_owned(),
        extends: None,
        references: Vec::new(),
        passages: Vec::new(),
        files,
        hash: String::new(),
        span: Span { source: SourceId(0), start: 0, end: 0 },
        doubtful: false,
    };
    let mut diagnostics = Diagnostics::default();
    let base = convener::compile::compile(&[pack], &mut diagnostics);
    let base = base.unwrap_or_else(|| panic!("{:#?}", diagnostics.sorted()));
    let tried = convener::trial::run(&base, Limits::default(), &mut diagnostics).unwrap();
    assert_eq!(tried.met, base.examples.len(), "{:#?}", diagnostics.sorted());
}

fn example_holds(files: &[File], example: &Example) {
    let words = Words::new(files);
    let case = case(&words, example);
    let found = conclusions(files, &case);
    for expect in &example.expects {
        match expect {
            Expect::Rule { status, rule, subject, .. } => {
                let of_rule = found.iter().filter(|((name, _), _)| *name == rule.text);
                let mut of_subject = of_rule.filter(|((_, ids), _)| match subject {
                    Some(names) => names.iter().map(|name| &name.text).eq(ids),
                    None => true,
                });
                let holds = match wanted(*status) {
                    Some(wanted) => of_subject.any(|(_, status)| *status == wanted),
                    None => of_subject.all(|(_, status)| *status == Status::SetAside),
                };
                assert!(
                    holds,
                    "{:?}: {status:?} {} {subject:?}\n{found:#?}",
                    example.title, rule.text
                );
            }
            Expect::Value { path, values, .. } => {
                let names: Vec<&str> = path.names.iter().map(|name| &*name.text).collect();
                let world = World::new(&words, &case);
                let found = match names.as_slice() {
                    [entity, attribute] => {
                        world.attribute_values(entity, &Row::Listed(String::new()), attribute)
                    }
                    [entity, row, attribute] => {
                        world.attribute_values(entity, &Row::Listed((*row).to_owned()), attribute)
                    }
                    _ => panic!("a path of {names:?}"),
                };
                let wanted: BTreeSet<String> =
                    values.iter().map(|name| name.text.clone()).collect();
                let wanted = if wanted.is_empty() {
                    words.everything(&words.kind_of(names[0], names[names.len() - 1]))
                } else {
                    Values::Choice(wanted)
                };
                assert_eq!(found, wanted, "{:?}: {names:?}", example.title);
            }
        }
    }
}

fn wanted(status: ExpectStatus) -> Option<Status> {
    match status {
        ExpectStatus::Fires => Some(Status::Fires),
        ExpectStatus::No => None,
        ExpectStatus::Open => Some(Status::Open),
        ExpectStatus::Provisional => Some(Status::Provisional),
        ExpectStatus::Contested => Some(Status::Contested),
        ExpectStatus::SetAside => Some(Status::SetAside),
    }
}

/// The case that an example gives.
fn case(words: &Words, example: &Example) -> OracleCase {
    let today = example.at.as_ref().map(|date| period(&Kind::Date, date).1);
    let mut case = OracleCase { today, ..OracleCase::default() };
    for given in &example.given {
        match given {
            Given::Row { entity, id, facts } => {
                if words.entities.contains_key(&*entity.text) {
                    case.rows.entry(entity.text.clone()).or_default().push(id.text.clone());
                }
                add_facts(words, &mut case, &entity.text, &id.text, facts);
            }
            Given::One { entity, facts } => add_facts(words, &mut case, &entity.text, "", facts),
            Given::Tie(call, value) => {
                let relation = words.relations[&*call.name.text];
                let ids: Vec<String> =
                    call.arguments.iter().map(|(_, name)| name.text.clone()).collect();
                let key = (call.name.text.clone(), ids[0].clone(), ids[1].clone());
                case.ties.insert(key, stated(words, &kind(&relation.kind), value));
            }
            Given::Did { taken, action, subject } => case.did.push(Did {
                action: action.text.clone(),
                row: subject.as_ref().map(|name| ("party".to_owned(), name.text.clone())),
                taken: *taken,
            }),
            Given::Complete(entity) => {
                case.complete.insert(entity.text.clone());
            }
        }
    }
    for rows in case.rows.values_mut() {
        rows.sort();
    }
    case
}

fn add_facts(
    words: &Words,
    case: &mut OracleCase,
    entity: &str,
    row: &str,
    facts: &[(Name, GivenValue)],
) {
    for (name, value) in facts {
        let stated = stated(words, &words.kind_of(entity, &name.text), value);
        case.facts.insert((entity.to_owned(), row.to_owned(), name.text.clone()), stated);
    }
}

fn stated(words: &Words, kind: &Kind, given: &GivenValue) -> Stated {
    let unknown = matches!(given, GivenValue::Unknown(_));
    let says: Vec<(String, Values)> = match given {
        GivenValue::Says(says, _) => {
            says.iter().map(|(who, said)| (who.text.clone(), values(words, kind, said))).collect()
        }
        _ => Vec::new(),
    };
    let joined = says.iter().map(|(_, said)| said.clone()).reduce(|a, b| a.join(&b));
    Stated { values: joined.unwrap_or_else(|| values(words, kind, given)), unknown, says }
}

fn values(words: &Words, kind: &Kind, given: &GivenValue) -> Values {
    let names = |names: &[Name]| names.iter().map(|name| name.text.clone()).collect();
    let all = || match kind {
        Kind::Set(domain) => words.members(domain).into_iter().collect::<BTreeSet<String>>(),
        _ => panic!("not a set"),
    };
    match given {
        GivenValue::OneOf(literals) => {
            let one = |literal: &Literal| {
                if let Literal::Name(name) = literal {
                    return Values::Choice([name.text.clone()].into());
                }
                let (low, high) = period(kind, literal);
                Values::Range { low, high }
            };
            literals.iter().map(one).reduce(|a, b| a.join(&b)).expect("a value")
        }
        GivenValue::Order(order, literal) => in_order(words, kind, *order, literal),
        GivenValue::Set(members, _) => {
            let may_include: BTreeSet<String> = names(members);
            Values::Set { may_exclude: &all() - &may_include, may_include }
        }
        GivenValue::Partial { includes, excludes, .. } => Values::Set {
            may_include: &all() - &names(excludes),
            may_exclude: &all() - &names(includes),
        },
        GivenValue::Unknown(_) | GivenValue::Says(..) => words.everything(kind),
    }
}

fn in_order(words: &Words, kind: &Kind, order: Order, literal: &Literal) -> Values {
    if let (Kind::Choice(domain), Literal::Name(name)) = (kind, literal) {
        let bound = words.place(domain, &name.text);
        let members = words.members(domain).into_iter().filter(|member| {
            let place = words.place(domain, member);
            match order {
                Order::AtLeast => place >= bound,
                Order::AtMost => place <= bound,
                Order::Below => place < bound,
                Order::Above => place > bound,
            }
        });
        return Values::Choice(members.collect());
    }
    let (first, last) = period(kind, literal);
    let (low, high) = match order {
        Order::AtLeast => (first, i64::MAX),
        Order::Above => (last + 1, i64::MAX),
        Order::AtMost => (i64::MIN, last),
        Order::Below => (i64::MIN, first - 1),
    };
    Values::Range { low, high }
}

#[test]
fn sample_rules() {
    oracle_agrees(include_str!("../fixtures/sample.rules"));
}

#[test]
fn rows_that_are_not_listed() {
    check(include_str!("unlisted.rules"));
}

#[test]
fn definitions() {
    check(include_str!("definitions.rules"));
}

#[test]
fn exceptions() {
    check(include_str!("exceptions.rules"));
}

#[test]
fn values_that_may_be_lacking() {
    check(include_str!("lacking.rules"));
}

#[test]
fn one_value_of_several() {
    check(include_str!("several.rules"));
}

#[test]
fn values_and_time() {
    check(include_str!("values.rules"));
}
