//! Properties of inference on random packs and cases: what the engine concludes is what the oracle concludes, nothing
//! depends on order, and knowing more or less changes conclusions only as `docs/semantics.md` says.
//! `CONVENER_PROPTEST_CASES` says how many inputs each property is tried on.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

#[path = "oracle/evaluator.rs"]
mod oracle;
#[path = "random/generator.rs"]
mod random;

use std::collections::BTreeSet;

use convener::diagnostic::{Diagnostics, Severity};
use convener::engine::{Limits, Plan};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::pack::Pack;
use convener::source::{SourceId, Span};
use convener::syntax::tree::File;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use oracle::rule::{Conclusions, Status};
use random::Input;

type Checked = Result<(), TestCaseError>;

/// Tries a property on so many inputs, or on as many as the environment asks for.
fn try_on(cases: u32, property: impl Fn(&Input) -> Checked) {
    let wanted = std::env::var("CONVENER_PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let config = Config {
        cases: wanted.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&random::inputs(), |input| property(&input));
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

fn fail(reason: impl Into<String>) -> TestCaseError {
    TestCaseError::fail(reason.into())
}

/// A pack of these files, compiled; a warning is no failure.
fn compile(files: Vec<File>) -> Result<KnowledgeBase, TestCaseError> {
    let pack = Pack {
        id: "random".to_owned(),
        title: "Random".to_owned(),
        version: "1".to_owned(),
        extends: None,
        references: Vec::new(),
        passages: Vec::new(),
        files,
        hash: String::new(),
        span: Span { source: SourceId(0), start: 0, end: 0 },
    };
    let mut diagnostics = Diagnostics::default();
    let base = convener::compile::compile(&[pack], &mut diagnostics);
    base.ok_or_else(|| fail(complaints(&diagnostics)))
}

fn parse(text: &str, source: u32) -> Result<File, TestCaseError> {
    let mut diagnostics = Diagnostics::default();
    let file = convener::syntax::parse(SourceId(source), text, &mut diagnostics);
    if diagnostics.is_empty() { Ok(file) } else { Err(fail(complaints(&diagnostics))) }
}

fn complaints(diagnostics: &Diagnostics) -> String {
    let errors = diagnostics.sorted().into_iter();
    let errors = errors.filter(|found| found.code.severity == Severity::Error);
    let lines =
        errors.map(|found| format!("{}: {} ({})", found.code.name, found.message, found.label));
    lines.collect::<Vec<_>>().join("\n")
}

/// What the engine concludes, in the oracle's words.
fn infer(base: &KnowledgeBase, facts: &Facts) -> Result<Conclusions, TestCaseError> {
    let models = Plan::new(base).infer(&[facts], Limits::default());
    let models = models.map_err(|limit| fail(format!("{limit:?}")))?;
    let conclusions = models[0].conclusions.iter().map(|conclusion| {
        let rule = &base.rules[conclusion.rule.0];
        let rows = conclusion.subject.iter().zip(&rule.variables);
        let ids = rows.map(|(row, variable)| facts.rows(variable.entity).list[*row].id.clone());
        ((rule.name.clone(), ids.collect()), status(conclusion.status))
    });
    Ok(conclusions.collect())
}

fn status(status: convener::engine::Status) -> Status {
    match status {
        convener::engine::Status::Firing => Status::Fires,
        convener::engine::Status::Provisional => Status::Provisional,
        convener::engine::Status::Contested => Status::Contested,
        convener::engine::Status::Open => Status::Open,
        convener::engine::Status::SetAside => Status::SetAside,
    }
}

/// Fails where two sets of conclusions differ, with the first differences.
fn same(left: &Conclusions, right: &Conclusions, names: [&str; 2]) -> Checked {
    let keys: BTreeSet<_> = left.keys().chain(right.keys()).collect();
    let differ = keys.into_iter().filter(|key| left.get(*key) != right.get(*key));
    let lines: Vec<String> = differ
        .take(5)
        .map(|key| {
            let [a, b] = names;
            format!("{key:?}: {a} {:?}, {b} {:?}", left.get(key), right.get(key))
        })
        .collect();
    if lines.is_empty() { Ok(()) } else { Err(fail(lines.join("\n"))) }
}

#[test]
fn random_packs_compile() {
    try_on(500, |input| compile(vec![parse(&input.pack(), 0)?]).map(drop));
}

#[test]
fn the_engine_concludes_what_the_oracle_does() {
    try_on(500, |input| {
        let file = parse(&input.pack(), 0)?;
        let expected = oracle::rule::conclusions(std::slice::from_ref(&file), &input.case);
        let base = compile(vec![file])?;
        let facts = random::facts::facts(&base, &input.case);
        same(&infer(&base, &facts)?, &expected, ["engine", "oracle"])
    });
}
