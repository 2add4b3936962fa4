//! Which pack a place stands in. Where a pack declares what one below it has, it is the upper one that must give way.

use std::collections::BTreeMap;

use crate::diagnostic::code::compile::DUPLICATE_NAME;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pack::Pack;
use crate::source::{SourceId, Span};
use crate::syntax::tree::Item;

/// The packs by their texts, lowest first.
pub(super) struct Layers<'a> {
    packs: &'a [Pack],
    of: BTreeMap<SourceId, usize>,
}

impl<'a> Layers<'a> {
    /// The layers of these packs.
    pub(super) fn new(packs: &'a [Pack]) -> Layers<'a> {
        let mut of = BTreeMap::new();
        for (index, pack) in packs.iter().enumerate() {
            let items = pack.files.iter().flat_map(|file| &file.items).map(Item::span);
            let passages = pack.passages.iter().map(|passage| passage.span);
            for span in items.chain(passages).chain([pack.span]) {
                of.entry(span.source).or_insert(index);
            }
        }
        Layers { packs, of }
    }

    /// The pack that a place stands in, by position.
    pub(super) fn of(&self, span: Span) -> usize {
        self.of.get(&span.source).copied().unwrap_or(0)
    }

    /// Passes on what was found; of names that a pack below has already, it says so.
    pub(super) fn blame(&self, found: Diagnostics) -> Diagnostics {
        let mut blamed = Diagnostics::default();
        blamed.extend(found.into_iter().map(|diagnostic| self.name_below(diagnostic)));
        blamed
    }

    fn name_below(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let Some((first, _)) = diagnostic.related.first() else { return diagnostic };
        let below = self.of(*first);
        if diagnostic.code != DUPLICATE_NAME || below >= self.of(diagnostic.span) {
            return diagnostic;
        }
        let Some(pack) = self.packs.get(below) else { return diagnostic };
        diagnostic.label = format!("the pack `{}` below has it already", pack.id);
        let more = diagnostic.help.filter(|help| help.starts_with("to add"));
        let more = more.map_or_else(String::new, |more| format!("; {more}"));
        diagnostic.help = Some(format!("choose another name{more}"));
        diagnostic
    }
}
