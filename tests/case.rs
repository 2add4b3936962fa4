//! Case files: what they say at which date, in either form and any order; and that no text, however broken, harms.

mod edit;
mod facts;
mod filter;
mod form;
mod given;
mod hostile;
mod outcome;
mod pages;
mod timeline;
mod vocabulary;

use convener::case::{self, Case, Filter, Format};
use convener::diagnostic::{Diagnostics, render};
use convener::facts::{Cell, Facts};
use convener::knowledge::AttributeId;
use convener::source::SourceMap;

/// Reads a case against the test vocabulary, with what is said about it.
fn read(text: &str, format: Format) -> (Option<Case>, String) {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let name = if format == Format::Json { "case.json" } else { "case.toml" };
    let source = sources.add(name, text);
    let case = case::read(source, text, format, vocabulary::knowledge(), &mut diagnostics);
    assert_eq!(case.is_none(), diagnostics.has_errors(), "errors and refusal go together");
    let shown = if diagnostics.is_empty() {
        "no problem".to_owned()
    } else {
        render::render(&diagnostics, &sources, false)
    };
    (case, shown)
}

/// Reads a case in TOML that has no problems.
fn good(text: &str) -> Case {
    let (case, said) = read(text, Format::Toml);
    assert_eq!(said, "no problem", "{text}");
    case.unwrap()
}

/// The facts of a case in TOML at a date or event; at its end where none is named.
fn at(text: &str, moment: &str) -> Facts {
    let case = good(text);
    let moment = if moment.is_empty() { case.end() } else { case.moment(moment).unwrap() };
    case::facts(&case, vocabulary::vocabulary(), &moment, &Filter::default())
}

/// A fact by its path: `party.ngo.organized`, `issue.crisis`, `credible.ngo.ministry`.
fn cell(facts: &Facts, path: &str) -> Cell {
    let words = vocabulary::vocabulary();
    let parts: Vec<&str> = path.split('.').collect();
    if let Some(relation) = words.find_relation(parts[0]) {
        let entities = words.relation(relation).entities;
        let a = facts.find_row(entities[0], parts[1]).unwrap();
        let b = facts.find_row(entities[1], parts[2]).unwrap();
        return facts
            .tie(words, relation, a, b)
            .cloned()
            .unwrap_or_else(|| Cell::background(words.relation(relation).background));
    }
    let entity = words.find_entity(parts[0]).unwrap();
    let (row, name) = if parts.len() == 2 { ("", parts[1]) } else { (parts[1], parts[2]) };
    let row = facts.find_row(entity, row).unwrap_or_else(|| panic!("no row {path}"));
    let attribute = words
        .attributes
        .iter()
        .position(|attribute| attribute.entity == entity && attribute.name == name)
        .unwrap_or_else(|| panic!("no fact {path}"));
    facts.cells.of(AttributeId(attribute))[row].clone()
}

/// What a fact may be, in words: `low|medium`, `money -labour ?relationships`, `1985-01-01..1985-12-31`.
fn said(facts: &Facts, path: &str) -> String {
    use convener::value::Possible;
    let words = vocabulary::vocabulary();
    let parts: Vec<&str> = path.split('.').collect();
    let names = |domain: convener::knowledge::DomainId| -> Vec<String> {
        words.domain(domain).members.iter().map(|member| member.name.clone()).collect()
    };
    let kind = if let Some(id) = words.find_relation(parts[0]) {
        convener::knowledge::Type::Choice(words.relation(id).kind)
    } else {
        let entity = words.find_entity(parts[0]).unwrap();
        let name = *parts.last().unwrap();
        let mut all = words.attributes.iter();
        all.find(|a| a.entity == entity && a.name == name).unwrap().kind
    };
    let bit = |set: u64, index: usize| set & (1 << index) != 0;
    match (cell(facts, path).possible, kind) {
        (Possible::Choice(set), convener::knowledge::Type::Choice(domain)) => {
            let names = names(domain).into_iter().enumerate();
            let left: Vec<String> = names.filter(|(i, _)| bit(set, *i)).map(|(_, n)| n).collect();
            left.join("|")
        }
        (Possible::Set { may_include, may_exclude }, convener::knowledge::Type::Set(domain)) => {
            let marks = names(domain).into_iter().enumerate().map(|(index, name)| {
                match (bit(may_include, index), bit(may_exclude, index)) {
                    (true, true) => format!("?{name}"),
                    (true, false) => name,
                    (false, true) => format!("-{name}"),
                    (false, false) => format!("!{name}"),
                }
            });
            marks.collect::<Vec<_>>().join(" ")
        }
        (Possible::Range { low, high }, convener::knowledge::Type::Date) => {
            let day = |day: i64| match day {
                i64::MIN | i64::MAX => String::new(),
                day => convener::value::date_of_day(day).unwrap().to_string(),
            };
            format!("{}..{}", day(low), day(high))
        }
        (Possible::Range { low, high }, _) => {
            let number = |number: i64| match number {
                i64::MIN | i64::MAX => String::new(),
                number => number.to_string(),
            };
            format!("{}..{}", number(low), number(high))
        }
        other => panic!("{other:?}"),
    }
}
