//! The pack and the cases that come with the program, read through the whole pipeline.

use std::path::Path;

use convener::case::outcome::{self, Outcome};
use convener::case::{self, Beside, Case, Filter, Format};
use convener::diagnostic::Diagnostics;
use convener::engine::{Limits, Model, Plan};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::pack::{self, PackText};
use convener::source::SourceMap;
use convener::syntax::Wanted;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The pack in `rules/`.
pub(crate) fn pack(sources: &mut SourceMap) -> KnowledgeBase {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let names = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    let file = |name: String| {
        let text = read(&format!("rules/{name}"));
        (name.clone(), sources.add(format!("rules/{name}"), text))
    };
    let text = PackText { name: "rules".to_owned(), files: names.into_iter().map(file).collect() };
    let mut diagnostics = Diagnostics::default();
    let pack = pack::read(&text, sources, Wanted::Whole, &mut diagnostics).unwrap();
    convener::compile::compile(&[pack], &mut diagnostics).unwrap()
}

/// The names of the cases in `cases/`.
pub(crate) fn cases() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let names = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let cases = names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned));
    // Files beside a case have a second word before the ending.
    let mut cases: Vec<String> = cases.filter(|name| !name.contains('.')).collect();
    cases.sort();
    cases
}

/// A case file at its end and after each of its events.
pub(crate) fn moments(kb: &KnowledgeBase, name: &str, sources: &mut SourceMap) -> Vec<Facts> {
    let path = format!("cases/{name}.toml");
    let text = read(&path);
    let source = sources.add(path, text.clone());
    let mut diagnostics = Diagnostics::default();
    let format = Format::Toml;
    let case = case::read(source, &text, format, kb, &mut diagnostics).unwrap();
    let moments = (0..=case.events.len()).map(|index| case.moment_of(index));
    moments.map(|moment| case::facts(&case, &kb.vocabulary, &moment, &Filter::default())).collect()
}

/// What the engine makes of facts.
pub(crate) fn infer(kb: &KnowledgeBase, facts: &[Facts]) -> Vec<Model> {
    let facts: Vec<&Facts> = facts.iter().collect();
    Plan::new(kb).infer(&facts, Limits::default()).unwrap()
}

/// Every shipped case with its text and what came of it.
pub(crate) fn told(kb: &KnowledgeBase) -> Vec<(Case, String, Option<Outcome>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let names = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name.matches('.').count() == 1);
    names.sort();
    let read = |name: String| {
        let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
        let whole = std::fs::read_to_string(folder.join(&name)).unwrap();
        let source = sources.add(name.as_str(), whole.as_str());
        let case = case::read(source, &whole, Format::Toml, kb, &mut diagnostics).unwrap();
        let path = folder.join(name.replace(".toml", ".outcome.toml"));
        let came_of = std::fs::read_to_string(path).ok().and_then(|text| {
            let source = sources.add("outcome", text.as_str());
            let beside = Beside { source, text: &text, case: &case, knowledge: kb };
            outcome::read(beside, &mut diagnostics)
        });
        (case, whole, came_of)
    };
    names.into_iter().map(read).collect()
}
