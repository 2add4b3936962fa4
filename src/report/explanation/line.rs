//! The lines of a tree: a sentence with where it comes from, and what a full explanation adds below it.

use crate::explain::{Cited, Node};
use crate::source::SourceMap;

use super::super::phrase;
use super::Detail;

/// Longest text of a rule that is shown whole, in characters.
const LONGEST: usize = 240;

/// Longest that is shown in the line, in characters.
const SHORT: usize = 80;

/// A sentence, its fact's grounds or its place.
pub(super) fn line(node: &Node, sources: &SourceMap, detail: Detail) -> String {
    let mut text = node.text.clone();
    let bare = node.parts.iter().all(|part| part.aside && detail != Detail::Full);
    if bare && text.ends_with(':') {
        text.pop();
        text.push('.');
    }
    let full = detail == Detail::Full;
    let mut grounds: Vec<String> = Vec::new();
    if node.needs_asked && detail == Detail::Normal {
        let asked = node.asked.map(|span| folded(sources.text(span))).unwrap_or_default();
        if !asked.is_empty() && asked.chars().count() <= SHORT {
            grounds.push(format!("asked: {asked}"));
        }
    }
    if let Some(fact) = &node.fact {
        grounds.push(phrase::founded(fact, sources, full));
        grounds.extend(fact.says.iter().map(|(who, what)| format!("{who} says {what}")));
    }
    grounds.extend(node.at.and_then(|at| phrase::place(sources, at)));
    if node.told {
        grounds.push("as told above".to_owned());
    }
    if grounds.is_empty() {
        return text;
    }
    match text.strip_suffix(':') {
        Some(text) => format!("{text} ({}):", grounds.join("; ")),
        None => format!("{text} ({})", grounds.join("; ")),
    }
}

/// What a full explanation says below a sentence.
pub(super) fn more(node: &Node, sources: &SourceMap) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(span) = node.asked {
        let text = folded(sources.text(span));
        let place = phrase::place(sources, span);
        let place = place.map_or_else(String::new, |place| format!(" ({place})"));
        if !text.is_empty() {
            lines.push(format!("asked: {text}{place}"));
        }
    }
    if let Some(note) = node.fact.as_ref().and_then(|fact| fact.note.as_ref()) {
        lines.push(format!("note: {note}"));
    }
    lines.extend(node.cites.iter().map(|cites| format!("guide: {}", cited(cites))));
    lines
}

/// `Stage 1, paragraph 'A' (s1.a)`.
pub(super) fn cited(cited: &Cited) -> String {
    if cited.place.is_empty() {
        cited.id.clone()
    } else {
        format!("{} ({})", cited.place, cited.id)
    }
}

/// A text of a rule on one line, its conditions two spaces apart as rule files have them.
fn folded(text: &str) -> String {
    let lines = text.lines().flat_map(|line| line.split("  ")).map(str::trim);
    let parts: Vec<&str> = lines.filter(|part| !part.is_empty()).collect();
    let text = parts.join("  ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start} …")
}
