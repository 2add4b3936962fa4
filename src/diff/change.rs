//! Which items differ between two packs: added, removed, or changed in meaning, in the places they cite, in wording alone.

use crate::source::Span;
use crate::syntax::{Sort, Word, joined};

use super::item::{Item, Items, Name};

/// Most words on either side of a difference that are shown with it.
const AROUND: usize = 6;
/// Items with more words than this are compared from both ends alone.
const MANY_WORDS: usize = 2_000;

/// What differs about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Only the new pack has it.
    Added,
    /// Only the old pack has it.
    Removed,
    /// What it means.
    Meaning,
    /// The places that it cites; what qualifies rules by these may depend on it.
    Cites,
    /// Titles and texts.
    Wording,
}

/// An item that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// Which.
    pub name: Name,
    /// What differs about it.
    pub what: What,
    /// Where it stands, before and after.
    pub spans: [Option<Span>; 2],
    /// What stood there before and what stands there after, with a few words around, for what is in both packs.
    pub places: Vec<[String; 2]>,
}

impl ItemChange {
    /// Whether conclusions may depend on it.
    #[must_use]
    pub fn may_matter(&self) -> bool {
        self.name.kind.bears_on_conclusions() && self.what != What::Wording
    }
}

/// The items that differ, by kind and name.
pub(super) fn changes(sides: [&Items<'_>; 2]) -> Vec<ItemChange> {
    let [old, new] = sides;
    let mut changes = Vec::new();
    for (name, before) in old {
        match new.get(name) {
            None => changes.push(ItemChange {
                name: name.clone(),
                what: What::Removed,
                spans: [Some(before.span), None],
                places: Vec::new(),
            }),
            Some(after) => changes.extend(change(name, before, after)),
        }
    }
    let added = new.iter().filter(|(name, _)| !old.contains_key(name));
    changes.extend(added.map(|(name, item)| ItemChange {
        name: name.clone(),
        what: What::Added,
        spans: [None, Some(item.span)],
        places: Vec::new(),
    }));
    changes.sort_by(|a, b| a.name.cmp(&b.name));
    changes
}

fn change(name: &Name, before: &Item<'_>, after: &Item<'_>) -> Option<ItemChange> {
    let texts = |words: &[Word]| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
    if texts(&before.words) == texts(&after.words) {
        return None;
    }
    let told = |words: &[Word]| {
        let told = words.iter().filter(|word| word.sort() != Sort::Text);
        told.map(|word| word.text.clone()).collect::<Vec<_>>()
    };
    let meant = |words: &[Word]| texts(&uncited(words));
    let what = if meant(&before.words) != meant(&after.words) {
        What::Meaning
    } else if told(&before.words) != told(&after.words) {
        What::Cites
    } else {
        What::Wording
    };
    Some(ItemChange {
        name: name.clone(),
        what,
        spans: [Some(before.span), Some(after.span)],
        places: places(&before.words, &after.words),
    })
}

/// The words without texts and without what follows `cites`.
fn uncited(words: &[Word]) -> Vec<Word> {
    let mut kept: Vec<Word> = Vec::new();
    let mut words = words.iter().filter(|word| word.sort() != Sort::Text).peekable();
    while let Some(word) = words.next() {
        if word.text != "cites" {
            kept.push(word.clone());
            continue;
        }
        // An id, then what follows a dot or a comma.
        words.next();
        while words.next_if(|next| [".", ","].contains(&next.text.as_str())).is_some() {
            words.next();
        }
    }
    kept
}

/// The stretches of words in which two items differ, each with a few words around.
fn places(before: &[Word], after: &[Word]) -> Vec<[String; 2]> {
    let mut places: Vec<[(usize, usize); 2]> = Vec::new();
    for [old, new] in stretches(before, after) {
        match places.last_mut() {
            Some([a, b]) if old.0 <= a.1 + 2 * AROUND && new.0 <= b.1 + 2 * AROUND => {
                (a.1, b.1) = (old.1, new.1);
            }
            _ => places.push([old, new]),
        }
    }
    places.into_iter().map(|[old, new]| [shown(before, old), shown(after, new)]).collect()
}

fn shown(words: &[Word], (from, to): (usize, usize)) -> String {
    let (first, last) = (from.saturating_sub(AROUND), (to + AROUND).min(words.len()));
    let told = |(at, word): (usize, &Word)| {
        // A text that only stands around would hide what differs.
        let aside = word.sort() == Sort::Text && !(from..to).contains(&at);
        if aside { Word::quoted("…") } else { word.clone() }
    };
    let own: Vec<Word> = words.iter().enumerate().take(last).skip(first).map(told).collect();
    let own = joined(&own);
    let (before, after) =
        (if first > 0 { "… " } else { "" }, if last < words.len() { " …" } else { "" });
    format!("{before}{own}{after}")
}

/// Where two lists of words differ, as ranges of both, in order: what is left over by their longest common part.
fn stretches(before: &[Word], after: &[Word]) -> Vec<[(usize, usize); 2]> {
    let same =
        |a: usize, b: usize| before.get(a).zip(after.get(b)).is_some_and(|(a, b)| a.text == b.text);
    let shorter = before.len().min(after.len());
    let head = (0..shorter).take_while(|at| same(*at, *at)).count();
    let tail = (0..shorter - head)
        .take_while(|at| same(before.len() - 1 - at, after.len() - 1 - at))
        .count();
    let (rows, columns) = (before.len() - head - tail, after.len() - head - tail);
    if rows * columns > MANY_WORDS * MANY_WORDS {
        return vec![[(head, head + rows), (head, head + columns)]];
    }
    let lengths = lengths(rows, columns, |a, b| same(head + a, head + b));
    let mut found: Vec<[(usize, usize); 2]> = Vec::new();
    let (mut a, mut b) = (0, 0);
    while a < rows || b < columns {
        if a < rows && b < columns && same(head + a, head + b) {
            (a, b) = (a + 1, b + 1);
            continue;
        }
        let length = |a: usize, b: usize| lengths.get(a * (columns + 1) + b).copied().unwrap_or(0);
        let goes = b == columns || (a < rows && length(a + 1, b) >= length(a, b + 1));
        let at = (head + a, head + b);
        (a, b) = if goes { (a + 1, b) } else { (a, b + 1) };
        match found.last_mut().filter(|[old, new]| (old.1, new.1) == at) {
            Some([old, new]) => (old.1, new.1) = (head + a, head + b),
            None => found.push([(at.0, head + a), (at.1, head + b)]),
        }
    }
    found
}

/// The length of the longest common part of every pair of rests, in rows of one more than `columns`.
fn lengths(rows: usize, columns: usize, same: impl Fn(usize, usize) -> bool) -> Vec<u32> {
    let width = columns + 1;
    let mut lengths = vec![0_u32; (rows + 1) * width];
    for a in (0..rows).rev() {
        for b in (0..columns).rev() {
            let at = |a: usize, b: usize| lengths.get(a * width + b).copied().unwrap_or(0);
            let longest =
                if same(a, b) { at(a + 1, b + 1) + 1 } else { at(a + 1, b).max(at(a, b + 1)) };
            if let Some(place) = lengths.get_mut(a * width + b) {
                *place = longest;
            }
        }
    }
    lengths
}
