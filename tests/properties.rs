//! x
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
#[path = "oracle/evaluator.rs"]
mod oracle;
#[path = "random/generator.rs"]
mod random;

proptest::proptest! {
#[test]
fn x(input in random::inputs()) { 
    let text = random::text::text(&random::text::sections(&input.words, &input.case));
    panic!("{}\n{text}", input.pack());
}
}
