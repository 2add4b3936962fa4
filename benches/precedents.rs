//! How long it takes to look through the cases that come with the program. `cargo bench --bench precedents`.
#![expect(clippy::unwrap_used, reason = "a bench has nobody to report to")]
#![expect(clippy::disallowed_methods, reason = "a bench reads its own input")]

use std::path::Path;

use convener::case::{self, Case, Filter, Format};
use convener::diagnostic::Diagnostics;
use convener::engine::{Limits, Plan};
use convener::knowledge::KnowledgeBase;
use convener::pack::{self, PackText};
use convener::precedent::{Archive, Told, precedents};
use convener::proof::View;
use convener::source::SourceMap;
use convener::syntax::Wanted;
use divan::Bencher;

fn main() {
    divan::main();
}

/// The names and texts of the files of a folder whose names have a single dot.
fn texts(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let names = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name.matches('.').count() == 1);
    names.sort();
    let text = |name: String| (std::fs::read_to_string(folder.join(&name)).unwrap(), name);
    names.into_iter().map(text).map(|(text, name)| (name, text)).collect()
}

fn knowledge() -> KnowledgeBase {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let file = |(name, text): (String, String)| (name.clone(), sources.add(name, text));
    let files = texts("rules").into_iter().map(file).collect();
    let text = PackText { name: "rules".to_owned(), files };
    let pack = pack::read(&text, &sources, Wanted::WithoutExamples, &mut diagnostics).unwrap();
    convener::compile::compile(&[pack], &mut diagnostics).unwrap()
}

fn cases(knowledge: &KnowledgeBase, texts: &[(String, String)]) -> Vec<Case> {
    let read = |(name, text): &(String, String)| {
        let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
        let source = sources.add(name.as_str(), text.as_str());
        case::read(source, text, Format::Toml, knowledge, &mut diagnostics)
    };
    texts.iter().filter_map(read).collect()
}

#[divan::bench]
fn read(bencher: Bencher) {
    let (knowledge, texts) = (knowledge(), texts("cases"));
    bencher.bench(|| cases(&knowledge, &texts).len());
}

#[divan::bench]
fn infer(bencher: Bencher) {
    let knowledge = knowledge();
    let cases = cases(&knowledge, &texts("cases"));
    let plan = Plan::new(&knowledge);
    let case = cases.last().unwrap();
    let moment = case.end();
    bencher.bench(|| {
        let archive =
            Archive::new((&knowledge, &plan), (case, &moment), &cases, None, Limits::default());
        archive.unwrap().looked().past
    });
}

#[divan::bench]
fn compare(bencher: Bencher) {
    let knowledge = knowledge();
    let cases = cases(&knowledge, &texts("cases"));
    let plan = Plan::new(&knowledge);
    let case = cases.iter().find(|case| case.id == "pittsburgh").unwrap();
    let moment = case.moment("1988").unwrap();
    let limits = Limits::default();
    let archive = Archive::new((&knowledge, &plan), (case, &moment), &cases, None, limits).unwrap();
    let told = Told::new(&archive, &[]);
    let facts = case::facts(case, &knowledge.vocabulary, &moment, &Filter::default());
    let models = plan.infer(&[&facts], limits).unwrap();
    let view = View { kb: &knowledge, facts: &facts, model: models.first().unwrap() };
    bencher.bench(|| precedents(view, &archive, &told).list.len());
}
