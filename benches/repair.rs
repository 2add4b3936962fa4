//! How long it takes to tell why a rule does not fire on a shipped case, and to find what would make it fire.
//! `cargo bench --bench repair`.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench reads files and has nobody to report to"
)]

use std::path::Path;

use convener::advice::near_miss::near_misses;
use convener::case::{self, Filter, Format};
use convener::compile::compile;
use convener::diagnostic::Diagnostics;
use convener::engine::{Limits, Model, Plan};
use convener::facts::Facts;
use convener::knowledge::{KnowledgeBase, RuleId};
use convener::pack::{self, PackText};
use convener::proof::View;
use convener::proof::repair::{Effort, Goal, repairs};
use convener::proof::why_not::nearest;
use convener::source::SourceMap;
use convener::syntax::Wanted;
use divan::Bencher;

fn main() {
    divan::main();
}

const CASES: [&str; 3] = ["bangladesh-immunization", "orangi", "pittsburgh"];

/// The shipped pack, and a case at its end.
fn shipped(name: &str) -> (KnowledgeBase, Facts) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let entries = root.join("rules").read_dir().unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let files = names.into_iter().map(|name| {
        let text = std::fs::read_to_string(root.join("rules").join(&name)).unwrap();
        let id = sources.add(&name, text);
        (name, id)
    });
    let pack = PackText { name: "rules".to_owned(), files: files.collect() };
    let pack = pack::read(&pack, &sources, Wanted::Whole, &mut diagnostics).unwrap();
    let kb = compile(&[pack], &mut diagnostics).unwrap();
    let text = std::fs::read_to_string(root.join(format!("cases/{name}.toml"))).unwrap();
    let source = sources.add(name, text.clone());
    let case = case::read(source, &text, Format::Toml, &kb, &mut diagnostics).unwrap();
    let facts = case::facts(&case, &kb.vocabulary, &case.end(), &Filter::default());
    (kb, facts)
}

/// A case with what inference made of it.
fn inferred(name: &str) -> (KnowledgeBase, Facts, Plan, Model) {
    let (kb, facts) = shipped(name);
    let plan = Plan::new(&kb);
    let model = plan.infer(&[&facts], Limits::default()).unwrap().remove(0);
    (kb, facts, plan, model)
}

/// Repairs of every rule for its nearest subject.
#[divan::bench(args = CASES, sample_count = 3, sample_size = 1)]
fn repairs_of_all_rules(bencher: Bencher, name: &str) {
    let (kb, facts, plan, model) = inferred(name);
    let view = View { kb: &kb, facts: &facts, model: &model };
    bencher.bench(|| {
        let mut found = 0;
        for rule in (0..kb.rules.len()).map(RuleId) {
            let Some((_, subject)) = nearest(view, rule).into_iter().next() else { continue };
            let matter = (rule, subject.as_slice());
            let repairs = repairs(view, &plan, matter, Goal::Fire, Effort::default()).unwrap();
            found += repairs.list.len();
        }
        found
    });
}

/// The repairs that take longest, by variants run.
#[divan::bench(args = CASES, sample_count = 5, sample_size = 1)]
fn repairs_of_the_hardest_rule(bencher: Bencher, name: &str) {
    let (kb, facts, plan, model) = inferred(name);
    let view = View { kb: &kb, facts: &facts, model: &model };
    let tried = |rule: usize| {
        let subject = nearest(view, RuleId(rule)).into_iter().next()?.1;
        let matter = (RuleId(rule), subject.as_slice());
        let found = repairs(view, &plan, matter, Goal::Fire, Effort::default()).unwrap();
        Some((found.tried, rule, subject))
    };
    let (_, rule, subject) = (0..kb.rules.len()).filter_map(tried).max().unwrap();
    let matter = (RuleId(rule), subject.as_slice());
    bencher.bench(|| repairs(view, &plan, matter, Goal::Fire, Effort::default()).unwrap());
}

/// The silent rules that lack least.
#[divan::bench(args = CASES)]
fn silent(bencher: Bencher, name: &str) {
    let (kb, facts, _, model) = inferred(name);
    let view = View { kb: &kb, facts: &facts, model: &model };
    bencher.bench(|| near_misses(view, 10));
}
