//! The evaluator for one case agrees with the engine on every conclusion of the shipped pack: on its examples and cases.
#![expect(clippy::unwrap_used, reason = "tests")]
