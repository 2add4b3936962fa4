//! Source texts, places in them, and the hash that names what they hold. Knows nothing of rules or cases.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

/// Identifies one text in a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A range of bytes in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text that the range lies in.
    pub source: SourceId,
    /// First byte, counted from 0.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The place of what stands in no text.
    pub const NOWHERE: Span = Span { source: SourceId(u32::MAX), start: 0, end: 0 };

    /// The range from the start of `self` to the end of `other`, both in one source.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// A named text: a rule file, a case file, a pack manifest.
#[derive(Debug, Clone)]
pub struct Source {
    /// How the user knows it: a path as typed, or `pack:FILE` for the embedded pack.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Line and column of a byte, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// All texts of one run.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// Adds a text and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        self.sources.push(Source { name: name.into(), text: even(text.into()) });
        id
    }

    /// The text with this id, if it came from this map.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// The name and the start position of a span; an empty name where the span is of another map.
    #[must_use]
    pub fn locate(&self, span: Span) -> (&str, Position) {
        let Some(source) = self.get(span.source) else {
            return ("", Position { line: 1, column: 1 });
        };
        (&source.name, position(&source.text, span.start as usize))
    }

    /// The marked text; empty where the span is of another map.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source)
            .and_then(|source| source.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }
}

/// SHA-256 over texts, each after its length, so that no two lists of texts run together to the same bytes; in hexadecimal.
#[must_use]
pub fn content_hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    let digest = hasher.finalize();
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// A text whose lines all end in a line feed, with or without a carriage return before it: each carriage return that
/// stands alone becomes a line feed, so that no byte moves.
#[must_use]
pub fn even_line_ends(text: &str) -> Cow<'_, str> {
    if text.bytes().filter(|byte| *byte == b'\r').count() == text.matches("\r\n").count() {
        return Cow::Borrowed(text);
    }
    let next = text.chars().skip(1).chain(['\0']);
    let letters = text.chars().zip(next);
    Cow::Owned(
        letters.map(|pair| if pair.0 == '\r' && pair.1 != '\n' { '\n' } else { pair.0 }).collect(),
    )
}

fn even(text: String) -> String {
    match even_line_ends(&text) {
        Cow::Owned(even) => even,
        Cow::Borrowed(_) => text,
    }
}

fn position(text: &str, byte: usize) -> Position {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
        column: before.get(line_start..).unwrap_or("").chars().count() + 1,
    }
}
