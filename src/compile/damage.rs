//! What is not said of texts that did not parse: their mistakes were reported, and what follows from them would hide the rest.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pack::Pack;
use crate::source::Span;
use crate::syntax::tree::{EntityKind, Item};

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

/// Problems that a manifest or source index, if it were in order, might have prevented.
const FOLLOWING: &[Code] = &[
    code::UNKNOWN_TYPE,
    code::UNKNOWN_ENTITY,
    code::UNKNOWN_ATTRIBUTE,
    code::UNKNOWN_MEMBER,
    code::UNKNOWN_PREDICATE,
    code::UNKNOWN_VARIABLE,
    code::UNKNOWN_RISK,
    code::UNKNOWN_ACTION,
    code::UNKNOWN_RULE,
    code::UNKNOWN_STAGE,
    code::UNKNOWN_CITATION,
    code::NO_STAGES,
    code::NOTHING_QUALIFIED,
];

/// Passes on what was found, but for what only follows from a manifest that could not be read, or that says of no pack that
/// it is laid over it.
pub(super) fn forgive_names(
    packs: &[Pack],
    found: Diagnostics,
    diagnostics: &mut Diagnostics,
) -> Diagnostics {
    let lonely = lonely(packs, &found);
    let forgiving = lonely.is_some() || packs.iter().any(|pack| pack.doubtful);
    diagnostics.extend(lonely);
    let mut rest = Diagnostics::default();
    rest.extend(found.into_iter().filter(|one| !forgiving || !FOLLOWING.contains(&one.code)));
    rest
}

/// A pack that speaks of things that only another pack can declare, and that is laid over none.
fn lonely(packs: &[Pack], found: &Diagnostics) -> Option<Diagnostic> {
    let [pack] = packs else { return None };
    let mut items = pack.files.iter().flat_map(|file| &file.items);
    let own = |item: &Item| matches!(item, Item::Entity(it) if it.kind != EntityKind::Members);
    let sound = pack.files.iter().all(|file| file.damage.items.is_empty());
    let lost = [code::UNKNOWN_ENTITY, code::UNKNOWN_VARIABLE];
    let is_lost = found.sorted().iter().any(|one| lost.contains(&one.code));
    if !sound || !is_lost || pack.extends.is_some() || items.any(own) {
        return None;
    }
    let report = Diagnostic::new(
        code::NO_VOCABULARY,
        pack.span,
        "this pack says nothing of what there is in a case, and is laid over no pack that does",
    );
    Some(
        report
            .label("no `extends` in `pack.toml`")
            .help("add the line `extends = \"intersectoral-partnering\"`, or declare an `entity`"),
    )
}

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
