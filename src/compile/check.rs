//! What can be wrong with a pack whose every name and type is right: a table of contents of the checks.
//! Each stands in a file of its own: errors under `check/`, warnings under `lint/`.

mod cycles;
mod distinct;
mod width;

use crate::diagnostic::Diagnostics;
use crate::knowledge::KnowledgeBase;

use super::lint;

/// One check over the whole knowledge base.
type Check = fn(&KnowledgeBase, &mut Diagnostics);

/// All checks, errors first.
const CHECKS: &[Check] = &[
    cycles::overrides,
    cycles::after,
    width::width,
    distinct::distinct,
    lint::branches::branches,
    lint::tables::tables,
    lint::contradictions::contradictions,
    lint::steps::steps,
    lint::repeated::repeated,
    lint::repeated::exceptions,
    lint::unused::defines,
    lint::unused::risks,
    lint::unused::actions,
];

/// Runs every check over a stratified knowledge base.
pub fn check(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    for check in CHECKS {
        check(kb, diagnostics);
    }
}
