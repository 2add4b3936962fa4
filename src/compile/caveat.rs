//! Caveats: remarks that stand beside all advice.

use crate::diagnostic::Diagnostics;
use crate::knowledge::Caveat;
use crate::syntax::tree;

use super::names::Names;
use super::text;

/// All caveats, by id.
pub(super) fn caveats(
    names: &Names,
    caveats: &[&tree::Caveat],
    diagnostics: &mut Diagnostics,
) -> Vec<Caveat> {
    let lower = |caveat: &&tree::Caveat| Caveat {
        name: caveat.name.text.clone(),
        text: text::plain(&caveat.text, diagnostics),
        stage: caveat.stage.as_ref().and_then(|name| names.stage(name, diagnostics)),
        cites: names.cites(&caveat.cites, diagnostics),
        span: caveat.name.span,
    };
    caveats.iter().map(lower).collect()
}
