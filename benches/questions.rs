//! How long it takes to say what to ask, and what if. `cargo bench --bench questions`.
#![expect(clippy::unwrap_used, reason = "a bench has nobody to report to")]

use convener::ask::ask;
use convener::engine::{Limits, Plan};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::whatif::what_if;
use divan::Bencher;

#[expect(dead_code, reason = "shared with tests, which use other parts")]
mod support;

use support::{Chance, random};

fn main() {
    divan::main();
}

/// A case of some parties of whose facts 70 % are unknown.
fn case(rules: usize, parties: usize) -> (KnowledgeBase, Facts) {
    let mut chance = Chance(7);
    let (knowledge, _) = random::knowledge(rules, &mut chance);
    let facts = random::case_of(&knowledge, 70, parties, 2 * parties, &mut chance);
    (knowledge, facts)
}

#[divan::bench(args = [(150, 4), (150, 10), (1_000, 10)], sample_count = 5, sample_size = 1)]
fn questions(bencher: Bencher, (rules, parties): (usize, usize)) {
    let (knowledge, facts) = case(rules, parties);
    let plan = Plan::new(&knowledge);
    let asked = ask((&knowledge, &plan), &facts, Limits::default()).unwrap();
    bencher
        .counter(divan::counter::ItemsCount::new(asked.unknown.facts))
        .bench(|| ask((&knowledge, &plan), &facts, Limits::default()).unwrap().questions.len());
}

#[divan::bench(args = [(150, 10), (1_000, 10)], sample_count = 5, sample_size = 1)]
fn nothing_changed(bencher: Bencher, (rules, parties): (usize, usize)) {
    let (knowledge, facts) = case(rules, parties);
    let plan = Plan::new(&knowledge);
    bencher.bench(|| {
        what_if((&knowledge, &plan), &facts, &[], Limits::default()).unwrap().is_nothing()
    });
}
