//! What an independent solver concludes from the exported program is what the engine concludes: on the shipped cases at
//! every event, on generated packs and cases, and on a program small enough to be read here.

use std::fmt::Write;
use std::path::Path;

use convener::engine::{Limits, Model, Plan, Status};
use convener::export::{self, Seen};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::source::SourceMap;

use crate::properties::{compile, fail, parse, try_on};
use crate::random;
use crate::support::clingo::{self, Concluded};
use crate::support::shipped;

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
        let solved = clingo.conclusions(&program);
        let solved = solved.map_err(|error| fail(format!("{error}\n{program}")))?;
        match differences(&solved, &concluded(&base, &seen, &models)) {
            None => Ok(()),
            Some(text) => Err(fail(format!("{text}\n--- program ---\n{program}"))),
        }
    });
}
