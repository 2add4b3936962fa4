//! Canonical text of a rule file: the author's words, comments and lines with indentation, spacing and columns made even.
//! Works on tokens, so that nothing but white space can change; knows the grammar only through the parser that lets it start.

mod columns;
mod lines;

use super::parse::parse;
use crate::diagnostic::Diagnostics;
use crate::source::{SourceId, even_line_ends};

/// The canonical text of a rule file; `None` where it does not parse.
#[must_use]
pub fn format(text: &str) -> Option<String> {
    let text = &*even_line_ends(text);
    let mut diagnostics = Diagnostics::default();
    let _ = parse(SourceId(0), text, &mut diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let mut lines = lines::lines(text);
    columns::align(&mut lines);
    Some(lines.iter().map(lines::Line::write).collect())
}
