//! The line under a piece of advice that a past case has to say of it, for a terminal.

use crate::precedent::Line;

use super::super::page::Look;
use super::super::precedent::{fitting, told};
use super::Layout;

/// The lines of the page that it takes at most.
const MOST_LINES: usize = 2;

impl Layout<'_> {
    pub(super) fn precedent(&mut self, line: Option<&Line>) {
        let Some(line) = line else { return };
        let whole = self.options.all || self.options.explain;
        let text = if whole {
            told(line, None)
        } else {
            fitting(line, |text| self.page.lines_under(text) <= MOST_LINES)
        };
        let text = self.page.look(Look::Dim, &text);
        self.page.under(&text);
    }
}
