//! Parses an item by the grammar; where it breaks off, reports it and looks at what remains.

use pest::Parser;
use pest::error::InputLocation;

use super::ground::Pair;
use crate::syntax::explain;
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::report::Report;

/// The item as the grammar takes it; `scratch` holds the text that was parsed in the end.
pub(super) fn item<'i>(
    fragment: &'i str,
    offset: usize,
    scratch: &'i mut String,
    report: &mut Report<'_>,
) -> Option<Pair<'i>> {
    scratch.clear();
    match Grammar::parse(Rule::single_item, fragment) {
        Ok(mut pairs) => pairs.next(),
        Err(error) => {
            let at = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            };
            report.push(explain::explain(fragment, offset, at, &error, report));
            None
        }
    }
}
