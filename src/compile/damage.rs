//! What is not said of texts that did not parse: their mistakes were reported, and what follows from them would hide the rest.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pack::Pack;
use crate::source::Span;

/// Problems that are told also inside an item of which only a part was understood.
const TOLD: &[Code] = &[
    code::DUPLICATE_NAME,
    code::UNKNOWN_ACTION,
    code::UNKNOWN_ATTRIBUTE,
    code::UNKNOWN_CITATION,
    code::UNKNOWN_MEMBER,
    code::UNKNOWN_PREDICATE,
    code::UNKNOWN_RISK,
    code::UNKNOWN_TYPE,
];

/// Problems that another item, if it had been understood, might have prevented.
const DOUBTFUL: &[Code] = &[code::NO_STAGES, code::NOTHING_QUALIFIED, code::WRONG_OVERRIDE];

/// Passes on what was found, but for what may only follow from damage.
pub(super) fn forgive(packs: &[Pack], found: Diagnostics, diagnostics: &mut Diagnostics) {
    let damaged: Vec<Span> = packs
        .iter()
        .flat_map(|pack| &pack.files)
        .flat_map(|file| file.damage.items.clone())
        .collect();
    for diagnostic in found {
        if damaged.is_empty() || is_sure(&diagnostic, &damaged) {
            diagnostics.push(diagnostic);
        }
    }
}

fn is_sure(diagnostic: &Diagnostic, damaged: &[Span]) -> bool {
    let place = diagnostic.span;
    let inside = damaged.iter().any(|item| {
        item.source == place.source && item.start <= place.start && place.start < item.end
    });
    if inside { TOLD.contains(&diagnostic.code) } else { !DOUBTFUL.contains(&diagnostic.code) }
}
