//! All tests, as one program: one build and one link. Each module says what it is about.
#![expect(
    clippy::disallowed_methods,
    clippy::excessive_nesting,
    clippy::expect_used,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test reads files, takes for granted what it has built, and fails by panicking"
)]

mod advice;
mod agreement;
mod announced;
mod ask;
mod case;
mod certificate;
mod change;
mod cli;
mod clingo;
mod compile;
mod coverage;
mod diff;
mod docs;
mod engine;
mod evaluate;
mod evaluation_page;
mod explain;
mod format;
mod interview;
mod oracle;
mod pack;
mod pages;
mod passes;
mod precedent;
mod proof;
mod properties;
mod random;
mod readme;
mod repair;
mod replay;
mod screens;
mod shipped;
mod suite;
mod support;
mod syntax;
mod tidy;
mod whatif;
