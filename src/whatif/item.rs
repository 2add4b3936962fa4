//! Risks and actions, now and then.

use std::collections::BTreeMap;

use crate::advice::{Advice, Item};

use super::reason::{differing, key};
use super::{ItemChange, Side, Standing};

/// Of which something differs: in the order of then, those that go last.
pub(super) fn changes(
    sides: [&Side<'_>; 2],
    list: impl Fn(&Advice) -> &Vec<Item>,
) -> Vec<ItemChange> {
    let [now, then] = sides.map(|side| list(&side.advice));
    let mut changes: Vec<ItemChange> =
        then.iter().filter_map(|item| change(sides, [now, then], &item.id)).collect();
    let gone = now.iter().filter(|item| then.iter().all(|other| other.id != item.id));
    changes.extend(gone.filter_map(|item| change(sides, [now, then], &item.id)));
    changes
}

fn change(sides: [&Side<'_>; 2], lists: [&Vec<Item>; 2], id: &str) -> Option<ItemChange> {
    let items = lists.map(|list| list.iter().find(|item| item.id == id));
    let standing = [0, 1].map(|at| Some(standing(lists.get(at)?, (*items.get(at)?)?)));
    let places = [0, 1].map(|at| {
        let [here, there] = if at == 0 { lists } else { [lists[1], lists[0]] };
        common_place(here, there, id)
    });
    let mut reasons = BTreeMap::new();
    for reason in items.into_iter().flatten().flat_map(|item| &item.reasons) {
        reasons.insert(key(reason), reason.text.as_str());
    }
    let reasons = differing(sides, reasons);
    let settled =
        standing.map(|standing| standing.map(|one| (one.severity, one.provisional, one.done)));
    let title = items.into_iter().flatten().next_back().map(|item| item.title.clone())?;
    let moved = places[0].is_some() && places[1].is_some() && places[0] != places[1];
    let score = standing.map(|standing| standing.map(|one| one.score));
    let same = settled[0] == settled[1] && score[0] == score[1] && !moved && reasons.is_empty();
    (!same).then(|| ItemChange { id: id.to_owned(), title, standing, moved, reasons })
}

/// How an item of a list stands.
#[must_use]
pub fn standing(list: &[Item], item: &Item) -> Standing {
    let rank = list.iter().filter(|other| !other.done).position(|other| other.id == item.id);
    Standing {
        rank: rank.map(|rank| rank + 1),
        severity: item.severity,
        provisional: item.provisional,
        done: item.done,
        score: item.score,
        evidence: item.evidence,
    }
}

/// The place of an item among those to be done that both lists have.
fn common_place(here: &[Item], there: &[Item], id: &str) -> Option<usize> {
    let todo = |list: &[Item], id: &str| list.iter().any(|item| item.id == id && !item.done);
    let both = here.iter().filter(|item| !item.done && todo(there, &item.id));
    both.map(|item| item.id.as_str()).position(|other| other == id)
}
