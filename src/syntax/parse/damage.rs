//! Which items were not wholly understood, and which names they may have declared: later phases do not complain of those.

use std::ops::Range;

use super::super::report::Report;
use super::super::scan::{Kind, Scanner, slice};
use super::super::tree::Damage;

/// Items that declare nothing but the name after their first word.
const NAMED_ONLY: [&str; 6] = ["rule", "question", "declines", "caveat", "example", "ranking"];

/// So many words of a head are taken for an id.
const MOST_WORDS: usize = 8;

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
            damage.names.insert(meant(fragment));
        } else {
            damage.names.extend(words);
        }
    }
    damage
}

/// The id that the head of an item was meant to give: in quotes, with capitals, or with spaces between its words.
fn meant(fragment: &str) -> String {
    let head = Scanner::new(fragment).skip(1).take_while(|token| token.kind != Kind::Open);
    let words = head.filter(|token| matches!(token.kind, Kind::Word | Kind::Text));
    let words: Vec<String> = words
        .take(MOST_WORDS)
        .map(|token| token.text(fragment).trim_matches('"').to_lowercase().replace(['_', ' '], "-"))
        .collect();
    words.join("-")
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
