//! What people say different things of, and what of the advice hangs on whom one believes.

use crate::proof::wording::{capitalised, join};

use super::super::page::Look;
use super::super::phrase;
use super::super::sheet::{Piece, id, plain, strong};
use super::effect::{effects, title};
use super::{FEW, Layout};

impl Layout<'_> {
    pub(super) fn disputes(&mut self) {
        let disputes = &self.ask.disputes;
        if disputes.facts.is_empty() {
            return;
        }
        let most = if self.options.all { usize::MAX } else { FEW };
        self.sheet.section("DISPUTED: what follows from whom one believes");
        for fact in &disputes.facts {
            let pieces = vec![strong(capitalised(&fact.question)), id(&fact.path)];
            self.sheet.entry(Look::Serious, "!", pieces);
            for said in &fact.says {
                let start = format!("{}: {}.", capitalised(&said.name), said.value);
                self.sheet.bullet(vec![
                    plain(start),
                    plain(capitalised(&effects(&said.effects, &said.seen, &[], most))),
                ]);
            }
            if !fact.silent.is_empty() {
                let text = format!("Silent: {}.", join(&fact.silent, "and"));
                self.sheet.under(vec![Piece::Words(Look::Dim, text)]);
            }
        }
        for (what, under) in &disputes.depends {
            let text = format!("{} only if one believes", title(what));
            let text = format!("{text} {}.", join(under, "or"));
            self.sheet.entry(Look::Serious, "depends", vec![plain(text)]);
        }
        let robust = phrase::count(disputes.robust.len(), "piece", "pieces");
        if !disputes.robust.is_empty() {
            let rest = if disputes.depends.is_empty() { "" } else { " other" };
            let text = format!("{robust} of{rest} advice would be given whomever one believes.");
            self.sheet.entry(Look::Good, "robust", vec![plain(text)]);
        }
    }
}
