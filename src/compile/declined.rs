//! Passages that a pack leaves out on purpose: each once, and none that something in the same pack cites. A pack may
//! well cite what one below it declines.

use std::collections::BTreeMap;

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::Declined;
use crate::pack::Pack;
use crate::source::Span;
use crate::syntax::tree::{Citation, Item};

use super::names::Names;
use super::text;

/// All passages declined, by citation.
pub(super) fn declined(
    names: &Names,
    packs: &[Pack],
    diagnostics: &mut Diagnostics,
) -> Vec<Declined> {
    let mut declined: Vec<Declined> =
        packs.iter().flat_map(|pack| of_pack(names, pack, diagnostics)).collect();
    declined.sort_by_key(|one| (one.citation, one.span));
    declined
}

fn of_pack(names: &Names, pack: &Pack, diagnostics: &mut Diagnostics) -> Vec<Declined> {
    let items = || pack.files.iter().flat_map(|file| &file.items);
    let cited = first_places(items().flat_map(Item::cites));
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut declined = Vec::new();
    for item in items() {
        let Item::Declines(item) = item else { continue };
        let reason = text::plain(&item.reason, diagnostics);
        for passage in &item.passages {
            let Some(citation) = names.citation(passage, diagnostics) else { continue };
            if let Some(place) = first.get(passage.text.as_str()) {
                diagnostics.push(twice(passage, *place));
                continue;
            }
            first.insert(&passage.text, passage.span);
            if let Some(place) = cited.get(passage.text.as_str()) {
                diagnostics.push(contradiction(passage, *place));
            }
            declined.push(Declined { citation, reason: reason.clone(), span: passage.span });
        }
    }
    declined
}

fn first_places<'a>(cites: impl Iterator<Item = &'a Citation>) -> BTreeMap<&'a str, Span> {
    let mut first = BTreeMap::new();
    for cite in cites {
        let place = first.entry(cite.text.as_str()).or_insert(cite.span);
        *place = (*place).min(cite.span);
    }
    first
}

fn twice(passage: &Citation, first: Span) -> Diagnostic {
    let message = format!("`{}` is declined twice", passage.text);
    Diagnostic::new(code::DECLINED_TWICE, passage.span, message)
        .label("declined again here")
        .related(first, "it is declined here already")
        .help("leave one of the two out, and keep the better reason")
}

fn contradiction(passage: &Citation, cited: Span) -> Diagnostic {
    let message = format!("`{}` is declined, and yet cited", passage.text);
    Diagnostic::new(code::DECLINED_AND_CITED, passage.span, message)
        .label("left out of the pack here")
        .related(cited, "cited here all the same")
        .help("leave one of the two out")
}
