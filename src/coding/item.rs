//! Risks and actions that hang on who coded the case.

use std::collections::BTreeSet;

use crate::advice::{Advice, Item};
use crate::whatif::{ItemChange, WhatIf};

/// A risk or an action that two codings give at different moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCoded {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The moments at which only the first coding, and only the second, gives it, by position.
    pub only: [Vec<usize>; 2],
    /// How many moments both give it.
    pub both: usize,
    /// The paths of the facts on which that hangs.
    pub because: Vec<String>,
}

/// The items of a list that one coding gives and the other does not, by id.
pub(super) fn coded(
    advice: &[[Advice; 2]],
    changes: &[WhatIf],
    list: impl Fn(&Advice) -> &Vec<Item>,
    differing: impl Fn(&WhatIf) -> &Vec<ItemChange>,
) -> Vec<ItemCoded> {
    let all = advice.iter().flatten().flat_map(|advice| list(advice).iter());
    let titles: BTreeSet<(&str, &str)> = all.map(|item| (&*item.id, &*item.title)).collect();
    let gives =
        |advice: &Advice, id: &str| list(advice).iter().any(|one| one.id == id && !one.done);
    let coded = titles.into_iter().map(|(id, title)| {
        let mut of = ItemCoded {
            id: id.to_owned(),
            title: title.to_owned(),
            only: [Vec::new(), Vec::new()],
            both: 0,
            because: Vec::new(),
        };
        let mut because = BTreeSet::new();
        for (at, ([first, second], change)) in advice.iter().zip(changes).enumerate() {
            let [only_first, only_second] = &mut of.only;
            match (gives(first, id), gives(second, id)) {
                (true, true) => of.both += 1,
                (true, false) => only_first.push(at),
                (false, true) => only_second.push(at),
                (false, false) => {}
            }
            if gives(first, id) != gives(second, id) {
                because.extend(grounds(change, differing(change), id));
            }
        }
        of.because = because.into_iter().collect();
        of
    });
    coded.filter(|of| of.only.iter().any(|only| !only.is_empty())).collect()
}

/// The paths of the facts to which a change of an item is put down.
fn grounds(change: &WhatIf, items: &[ItemChange], id: &str) -> Vec<String> {
    let reasons = items.iter().filter(|item| item.id == id).flat_map(|item| &item.reasons);
    let because = reasons.flat_map(|reason| &reason.because);
    because.filter_map(|at| Some(change.changed.get(*at)?.path.clone())).collect()
}
