//! The caveats of the packs that hold at the stage of the case.

use crate::proof::View;

use super::Caveat;
use super::reason::cited;
use super::stage::Clock;

/// Those of the stage, the general ones first.
pub(super) fn caveats(view: View<'_>, clock: &Clock) -> Vec<Caveat> {
    let mut list: Vec<(Option<usize>, Caveat)> = view
        .kb
        .caveats
        .iter()
        .filter(|caveat| clock.may_be_at(caveat.stage))
        .map(|caveat| {
            let shown = Caveat {
                id: caveat.name.clone(),
                text: caveat.text.clone(),
                stage: clock.wording(view, caveat.stage),
                cites: cited(view.kb, &caveat.cites),
            };
            (caveat.stage, shown)
        })
        .collect();
    list.sort_by(|(a_stage, a), (b_stage, b)| (a_stage, &a.id).cmp(&(b_stage, &b.id)));
    list.into_iter().map(|(_, caveat)| caveat).collect()
}
