//! The grammar of `grammar/rules.pest` as a parser: the only place that the parser generator touches.

/// Parses by the rules of `grammar/rules.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/rules.pest"]
pub(super) struct Grammar;
