//! The registry of codes: each names one problem and has one page under `docs/diagnostics/`.
//! One file per phase declares that phase's codes; a test holds registry and pages together.

pub mod beside;
pub mod case;
pub mod check;
pub mod compile;
pub mod pack;
pub mod syntax;
pub mod trial;

use super::Severity;

/// One kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Code {
    /// Its name, in words: `unknown-attribute`. Also the name of its page.
    pub name: &'static str,
    /// What it is about, for lists of codes.
    pub title: &'static str,
    /// Whether it stops the run.
    pub severity: Severity,
}

impl Code {
    /// A code that stops the run.
    #[must_use]
    pub const fn error(name: &'static str, title: &'static str) -> Code {
        Code { name, title, severity: Severity::Error }
    }

    /// A code that warns.
    #[must_use]
    pub const fn warning(name: &'static str, title: &'static str) -> Code {
        Code { name, title, severity: Severity::Warning }
    }
}

/// All codes of all phases, by phase.
#[must_use]
pub fn all() -> Vec<Code> {
    [syntax::ALL, compile::ALL, check::ALL, pack::ALL, case::ALL, beside::ALL, trial::ALL].concat()
}
