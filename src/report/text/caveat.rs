//! What is to be borne in mind with all advice, for a terminal.

use super::super::page::Look;
use super::super::phrase;
use super::Layout;

impl Layout<'_> {
    pub(super) fn caveats(&mut self) {
        if self.advice.caveats.is_empty() || !self.options.all {
            return;
        }
        self.page.section("CAVEATS");
        let explain = self.options.explain;
        for caveat in &self.advice.caveats {
            let text =
                format!("{} {}", self.page.look(Look::Plain, &caveat.text), self.id(&caveat.id));
            self.page.tagged(Look::Plain, "-", &text);
            for cited in caveat.cites.iter().filter(|_| explain) {
                self.page.detail("guide", &phrase::cited(cited));
            }
        }
    }
}
