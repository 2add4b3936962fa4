//! Which items were not wholly understood, and which names they may have declared: later phases do not complain of those.

use std::ops::Range;

use super::super::report::Report;
use super::super::scan::{Kind, Scanner, slice};
use super::super::tree::Damage;

/// Items that declare nothing but the name after their first word.
const NAMED_ONLY: [&str; 6] = ["rule", "question", "declines", "caveat", "example", "ranking"];

/// The damage of a file: its items lie at these places, its problems are in the report.
pub(super) fn damage(text: &str, items: &[Range<usize>], report: &Report<'_>) -> Damage {
    let mut damage = Damage::default();
    for range in spoiled(text, items, report.places()) {
        damage.items.push(report.span(range.start, range.end));
        let fragment = slice(text, range.start, range.end);
        let mut words = Scanner::new(fragment)
            .filter(|token| token.kind == Kind::Word)
            .map(|token| token.text(fragment).to_owned());
        let first = words.next();
        if first.is_some_and(|first| NAMED_ONLY.contains(&first.as_str())) {
            damage.names.extend(words.next());
        } else {
            damage.names.extend(words);
        }
    }
    damage
}

/// The items in which a problem lies, and the stretches between items in which one does.
fn spoiled(text: &str, items: &[Range<usize>], places: &[usize]) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut end = 0;
    for item in items {
        stretches.push(end..item.start);
        stretches.push(item.clone());
        end = item.end;
    }
    stretches.push(end..text.len() + 1);
    stretches.retain(|stretch| places.iter().any(|place| stretch.contains(place)));
    stretches
}
