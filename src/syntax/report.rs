//! The diagnostics of one rule file on their way to the collector: spans from places, and not more than anybody reads.

use crate::diagnostic::code::syntax as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{SourceId, Span};

/// How many problems of one file are listed.
const MAX_REPORTED: usize = 100;

/// Collects the problems of one file.
pub(super) struct Report<'d> {
    source: SourceId,
    diagnostics: &'d mut Diagnostics,
    count: usize,
    /// Where problems start that leave something out of the tree, also those not listed.
    places: Vec<usize>,
}

impl<'d> Report<'d> {
    /// For the text with this id.
    pub(super) fn new(source: SourceId, diagnostics: &'d mut Diagnostics) -> Report<'d> {
        Report { source, diagnostics, count: 0, places: Vec::new() }
    }

    /// The span of these bytes.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { source: self.source, start: byte(start), end: byte(end) }
    }

    /// Where problems start that leave something out of the tree, in the order in which they were found.
    pub(super) fn places(&self) -> &[usize] {
        &self.places
    }

    /// Marks a place as one whose item is not wholly understood.
    pub(super) fn spoil(&mut self, span: Span) {
        self.places.push(span.start as usize);
    }

    /// Adds a problem that leaves something out of the tree.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.spoil(diagnostic.span);
        self.push_whole(diagnostic);
    }

    /// Adds a problem that the tree bears the mark of; of too many, only the first are kept.
    pub(super) fn push_whole(&mut self, diagnostic: Diagnostic) {
        self.count += 1;
        if self.count <= MAX_REPORTED {
            self.diagnostics.push(diagnostic);
        } else if self.count == MAX_REPORTED + 1 {
            let message = format!("more than {MAX_REPORTED} mistakes; the others are not listed");
            self.diagnostics.push(Diagnostic::new(
                code::TOO_MANY_MISTAKES,
                diagnostic.span,
                message,
            ));
        }
    }
}
