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

use convener::diagnostic::Diagnostics;
use convener::source::SourceId;
use convener::syntax::tree::File;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

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

fn parse(text: &str, source: u32) -> Result<File, TestCaseError> {
    let mut diagnostics = Diagnostics::default();
    let file = convener::syntax::parse(SourceId(source), text, &mut diagnostics);
    if diagnostics.is_empty() { Ok(file) } else { Err(fail(format!("{:#?}", diagnostics.sorted()))) }
}

#[test]
fn random_packs_parse() {
    try_on(500, |input| {
        let file = parse(&input.pack(), 0)?;
        oracle::rule::conclusions(&[file], &input.case);
        Ok(())
    });
}
