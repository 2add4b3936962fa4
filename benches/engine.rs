//! How many cases a second, and how a network closes. `cargo bench --bench engine`.
#![expect(clippy::unwrap_used, reason = "a bench has nobody to report to")]

use convener::engine::{Limits, Plan};
use convener::facts::Facts;
use convener::knowledge::{Condition, DomainId, KnowledgeBase};
use convener::value::Possible;
use divan::Bencher;
use divan::counter::ItemsCount;

#[expect(dead_code, reason = "shared with tests, which use other parts")]
mod support;

use support::{Chance, random};

const CASES: usize = 10_000;

fn main() {
    divan::main();
}

fn cases(rules: usize, unknown: usize, count: usize) -> (KnowledgeBase, Vec<Facts>) {
    let mut chance = Chance(7);
    let (knowledge, _) = random::knowledge(rules, &mut chance);
    let cases = (0..count).map(|_| random::case(&knowledge, unknown, &mut chance)).collect();
    (knowledge, cases)
}

#[divan::bench(args = [(1_000, 15), (1_000, 70), (5_000, 15), (5_000, 70)], sample_count = 5, sample_size = 1)]
fn firing(bencher: Bencher, (rules, unknown): (usize, usize)) {
    let (knowledge, cases) = cases(rules, unknown, CASES);
    let plan = Plan::new(&knowledge);
    let cases: Vec<&Facts> = cases.iter().collect();
    bencher
        .counter(ItemsCount::new(CASES))
        .bench(|| plan.firing(&cases, Limits::default()).unwrap().len());
}

#[divan::bench(args = [15, 70], sample_count = 3, sample_size = 1)]
fn conclusions(bencher: Bencher, unknown: usize) {
    let (knowledge, cases) = cases(1_000, unknown, CASES);
    let plan = Plan::new(&knowledge);
    let cases: Vec<&Facts> = cases.iter().collect();
    bencher
        .counter(ItemsCount::new(CASES))
        .bench(|| plan.conclusions(&cases, Limits::default()).unwrap().len());
}

#[divan::bench(args = [50, 1_000, 5_000])]
fn compile(bencher: Bencher, rules: usize) {
    let (knowledge, _) = cases(rules, 15, 0);
    bencher.bench(|| Plan::new(&knowledge));
}

#[divan::bench(args = [50, 1_000, 5_000])]
fn one_case(bencher: Bencher, rules: usize) {
    let (knowledge, cases) = cases(rules, 15, 1);
    let plan = Plan::new(&knowledge);
    let cases: Vec<&Facts> = cases.iter().collect();
    bencher.bench(|| plan.infer(&cases, Limits::default()).unwrap());
}

/// A random network closed under being tied, and its negation.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn reach(bencher: Bencher) {
    let mut words = support::words();
    let tie = support::relation(&mut words, DomainId(0), false, Some(Possible::Choice(1)));
    let mut knowledge = KnowledgeBase { vocabulary: words, ..KnowledgeBase::default() };
    let reach = support::reach(&mut knowledge, tie);
    let variables =
        vec![support::variable(support::PARTY, &[]), support::variable(support::PARTY, &[0])];
    let cut_off = support::some(1, vec![support::not(support::holds(reach, &[0, 1]))]);
    support::rule(&mut knowledge, 1, variables, vec![Condition::All(vec![cut_off])], vec![]);
    let mut chance = Chance(3);
    let facts = random::case_of(&knowledge, 0, 2_000, 6_000, &mut chance);
    let plan = Plan::new(&knowledge);
    bencher.bench(|| plan.infer(&[&facts], Limits::default()).unwrap());
}
