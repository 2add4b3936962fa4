//! What an independent solver concludes from the exported program is what the engine concludes: on the shipped cases at
//! every event, on generated packs and cases, and on a program small enough to be read here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use convener::case::{Filter, Format};
use convener::diagnostic::Diagnostics;
use convener::engine::{Limits, Model, Plan, Status};
use convener::export::{self, Seen};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::source::SourceMap;
use convener::value::{completed_years, date_of_day, day_number};

use crate::properties::{compile, fail, parse, try_on};
use crate::random;
use crate::support::clingo::{self, Concluded};
use crate::support::{self, shipped};

/// What the engine concluded of some cases, in the words of the program.
fn concluded(kb: &KnowledgeBase, seen: &[Seen<'_>], models: &[Model]) -> Concluded {
    let mut all = Concluded::new();
    for (seen, model) in seen.iter().zip(models) {
        for conclusion in &model.conclusions {
            let rule = &kb.rules[conclusion.rule.0];
            let rows = conclusion.subject.iter().zip(&rule.variables);
            let ids =
                rows.map(|(row, variable)| seen.facts.rows(variable.entity).list[*row].id.clone());
            let key = (seen.id.to_owned(), rule.name.clone(), ids.collect());
            all.insert(key, status(conclusion.status).to_owned());
        }
    }
    all
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Firing => "fires",
        Status::Provisional => "provisional",
        Status::Contested => "contested",
        Status::Open => "open",
        Status::SetAside => "set_aside",
    }
}

/// Where the two differ, in a few lines.
fn differences(solver: &Concluded, engine: &Concluded) -> Option<String> {
    let mut text = String::new();
    let mut keys: Vec<_> = solver.keys().chain(engine.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys.into_iter().filter(|key| solver.get(*key) != engine.get(*key)).take(5) {
        writeln!(text, "{key:?}: clingo {:?}, engine {:?}", solver.get(key), engine.get(key))
            .unwrap();
    }
    (!text.is_empty()).then_some(text)
}

/// The cases that come with the program.
fn names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let files = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let names = files.filter_map(|path| {
        let name = path.file_name()?.to_str()?.strip_suffix(".toml")?.to_owned();
        (!name.contains('.')).then_some(name)
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn agrees_on_the_shipped_cases_at_every_event() {
    let Some(clingo) = clingo::find("agrees_on_the_shipped_cases_at_every_event") else { return };
    let mut sources = SourceMap::default();
    let kb = shipped::pack(&mut sources);
    let plan = Plan::new(&kb);
    for name in names() {
        let moments = shipped::moments(&kb, &name, &mut sources);
        let ids: Vec<String> = (0..moments.len()).map(|at| format!("{name} {at}")).collect();
        let seen = ids.iter().zip(&moments);
        let seen: Vec<Seen<'_>> =
            seen.map(|(id, facts)| Seen { id, title: &name, facts }).collect();
        let facts: Vec<&Facts> = moments.iter().collect();
        let models = plan.infer(&facts, Limits::default()).unwrap();
        let program = export::clingo(&kb, &sources, &seen).unwrap();
        assert_eq!(negative_cycle(&program), None, "{name}");
        let solved = clingo.conclusions(&program).unwrap();
        let engine = concluded(&kb, &seen, &models);
        assert!(engine.len() > 10 * moments.len(), "{name}: {} conclusions", engine.len());
        if let Some(text) = differences(&solved, &engine) {
            panic!("{name}:\n{text}");
        }
    }
}

#[test]
fn agrees_on_generated_packs_and_cases() {
    let Some(clingo) = clingo::find("agrees_on_generated_packs_and_cases") else { return };
    try_on(48, |input| {
        let base = compile(vec![parse(&input.pack(), 0)?])?;
        let facts = random::facts::facts(&base, &input.case);
        let models = Plan::new(&base).infer(&[&facts], Limits::default()).unwrap();
        let seen = [Seen { id: "random", title: "Random", facts: &facts }];
        let mut sources = SourceMap::default();
        sources.add("random.rules", input.pack());
        let program = export::clingo(&base, &sources, &seen).unwrap();
        if let Some(found) = negative_cycle(&program) {
            return Err(fail(format!("{found} depends on its negation\n{program}")));
        }
        let solved = clingo.conclusions(&program);
        let solved = solved.map_err(|error| fail(format!("{error}\n{program}")))?;
        match differences(&solved, &concluded(&base, &seen, &models)) {
            None => Ok(()),
            Some(text) => Err(fail(format!("{text}\n--- program ---\n{program}"))),
        }
    });
}

/// A predicate that depends on its own negation or on a count of itself; none in a program that is stratified.
fn negative_cycle(program: &str) -> Option<String> {
    let joined = program.replace("\n    ", " ");
    let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut negative = BTreeSet::new();
    for line in joined.lines().filter(|line| !line.starts_with(['%', '#'])) {
        let Some((head, body)) = line.split_once(" :- ") else { continue };
        let head = last_name(head.split('(').next().unwrap());
        for (at, _) in body.match_indices('(') {
            let before = &body[..at];
            let name = last_name(before);
            let start = before.strip_suffix(name).unwrap();
            uses.entry(head).or_default().insert(name);
            let counted = before.rfind('{') > before.rfind('}');
            if start.ends_with("not ") || counted {
                negative.insert((head, name));
            }
        }
    }
    assert!(!uses.is_empty(), "a program has rules");
    let reaches = |from: &str, to: &str| {
        let mut seen = BTreeSet::from([from]);
        let mut stack = vec![from];
        while let Some(top) = stack.pop() {
            let next = uses.get(top).into_iter().flatten();
            stack.extend(next.filter(|name| seen.insert(name)));
        }
        seen.contains(to)
    };
    let found = negative.into_iter().find(|(head, name)| reaches(name, head));
    found.map(|(head, _)| head.to_owned())
}

/// The name with which a text ends.
fn last_name(text: &str) -> &str {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    &text[text.trim_end_matches(letter).len()..]
}

#[test]
fn a_negative_cycle_would_be_found() {
    assert_eq!(
        negative_cycle("a(X) :- b(X).\nb(X) :- c(X),\n    not a(X).\n"),
        Some("b".to_owned())
    );
    assert_eq!(
        negative_cycle("a(X) :- 2 <= #count { Y : b(Y) }.\nb(X) :- a(X).\n"),
        Some("a".to_owned())
    );
    assert_eq!(negative_cycle("a(X) :- b(X), not c(X).\nb(X) :- a(X).\n"), None);
}

const SMALL: &str = r#"
scale level { none low medium high }
entity party "a party" {
  key       yes_no  default no  "Is {self} key?"
  organized level               "How well is {self} organised?"
  budget    number              "What can {self} spend?"
}
one issue "the issue" {
  since date "Since when?"
}
relation conflict(party a, party b) yes_no symmetric default no "Do {a} and {b} quarrel?"
define weak(party p) { when { p.organized at most low } }
rule poor {
  for  party p
  when { p.budget below 2.5 }
  note "{p} is poor."
}
rule quarrel {
  overrides poor
  for    party p { p.key }
  when   { some other party q { conflict(a p, b q)  weak(q) } }
  unless { years since issue.since at least 5 }
  note   "{p} quarrels."
}
"#;

const SMALL_CASE: &str = r#"
[case]
id = "small"
title = "A small case"
complete = ["party"]

[[party]]
id = "a"
key = true
budget = { at_most = 2.25 }

[[party]]
id = "b"
organized = { says = { a = "low", b = "high" } }
budget = 3

[conflict]
a.b = true

[issue]
since = "1985-06"

[[event]]
id = "end"
at = 1990-06-15
"#;

/// The small pack and its case at its end.
fn small(case: &str) -> (KnowledgeBase, SourceMap, Facts) {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let kb = support::compile("", SMALL, &mut sources, &mut diagnostics);
    let source = sources.add("small.toml", case);
    let read = kb
        .as_ref()
        .and_then(|kb| convener::case::read(source, case, Format::Toml, kb, &mut diagnostics));
    let (Some(kb), Some(read)) = (kb, read) else {
        panic!("{}", support::shown(&diagnostics, &sources))
    };
    let facts = convener::case::facts(&read, &kb.vocabulary, &read.end(), &Filter::default());
    (kb, sources, facts)
}

#[test]
fn a_small_program_can_be_read() {
    let (kb, sources, facts) = small(SMALL_CASE);
    let seen = [Seen { id: "small", title: "A small case", facts: &facts }];
    let program = export::clingo(&kb, &sources, &seen).unwrap();
    insta::assert_snapshot!("program", program);
    let models = Plan::new(&kb).infer(&[&facts], Limits::default()).unwrap();
    let engine = concluded(&kb, &seen, &models);
    let of = |rule: &str| {
        let key = ("small".to_owned(), rule.to_owned(), vec!["a".to_owned()]);
        engine.get(&key).map(String::as_str)
    };
    assert_eq!((of("poor"), of("quarrel")), (Some("provisional"), Some("open")));
    let Some(clingo) = clingo::find("a_small_program_can_be_read") else { return };
    assert_eq!(differences(&clingo.conclusions(&program).unwrap(), &engine), None);
}

#[test]
fn a_number_that_clingo_cannot_hold_is_refused_by_its_place() {
    let cases = [
        ("budget = 3", "budget = 3000000000", "more than 500 million"),
        ("budget = 3", "budget = 0.00001", "more than four decimal places"),
    ];
    for (was, is, why) in cases {
        let (kb, sources, facts) = small(&SMALL_CASE.replace(was, is));
        let seen = [Seen { id: "small", title: "A small case", facts: &facts }];
        let unfit = export::clingo(&kb, &sources, &seen).unwrap_err();
        assert_eq!(unfit.fact, "party.b.budget");
        assert!(unfit.why.contains(why), "{}", unfit.why);
        let (file, position) = sources.locate(unfit.span.unwrap());
        assert_eq!((file, position.line), ("small.toml", 15));
    }
}

#[test]
fn numbers_agree_at_the_edges_of_what_clingo_holds() {
    let Some(clingo) = clingo::find("numbers_agree_at_the_edges_of_what_clingo_holds") else {
        return;
    };
    for budget in ["500000000", "-500000000", "2.4999", "2.5", "-0.0001", "49999.9999"] {
        let (kb, sources, facts) = small(
            &SMALL_CASE.replace("budget = 3", &format!("budget = {budget}")).replace("2.25", "2"),
        );
        let seen = [Seen { id: "small", title: "A small case", facts: &facts }];
        let program = export::clingo(&kb, &sources, &seen).unwrap();
        let models = Plan::new(&kb).infer(&[&facts], Limits::default()).unwrap();
        let solved = clingo.conclusions(&program).unwrap();
        assert_eq!(differences(&solved, &concluded(&kb, &seen, &models)), None, "{budget}");
    }
}

/// The rule of docs/semantics.md: dates written one digit after the other, their difference without its last four digits.
#[test]
fn completed_years_are_a_difference_of_dates() {
    let written = |day: i64| {
        let date = date_of_day(day).unwrap();
        i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
    };
    let days = |year: i16, month: i8| {
        let first = day_number(jiff::civil::date(year, month, 1));
        first - 3..first + 3
    };
    let years = [1896_i16, 1900, 1904, 1999, 2000, 2001, 2004];
    let days: Vec<i64> = years
        .iter()
        .flat_map(|year| [1, 3, 7].into_iter().flat_map(|month| days(*year, month)))
        .collect();
    for from in &days {
        for to in &days {
            let expected = (written(*to) - written(*from)) / 10_000;
            assert_eq!(
                completed_years(*from, *to),
                expected,
                "{} to {}",
                written(*from),
                written(*to)
            );
        }
    }
}
