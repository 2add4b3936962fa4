//! The normal form of the items of a rule file: their words and texts in order, comments and white space left out, texts
//! folded. Two items with one normal form say the same in the same words; nothing here knows what they say.

use crate::diagnostic::Diagnostics;
use crate::source::{SourceId, even_line_ends};

use super::report::Report;
use super::scan::{Kind, Scanner, slice};
use super::split::split;

/// A word, a text or a mark of an item.
#[derive(Debug, Clone)]
pub struct Word {
    /// It, as it is written; a text with its quotes and on one line.
    pub text: String,
    /// Its first byte in the file.
    pub start: usize,
    kind: Kind,
    /// Whether the author set it apart from the word before.
    wide: bool,
}

/// Which words a difference lies between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A name, a word of the language, a number.
    Word,
    /// A text in quotes.
    Text,
    /// `{` or `}`.
    Brace,
    /// Another mark.
    Mark,
}

impl Word {
    /// A text in quotes that stands in no file.
    #[must_use]
    pub fn quoted(text: &str) -> Word {
        Word { text: format!("\"{text}\""), start: 0, kind: Kind::Text, wide: false }
    }

    /// A word that stands in no file.
    #[must_use]
    pub fn plain(text: &str) -> Word {
        Word { text: text.to_owned(), start: 0, kind: Kind::Word, wide: false }
    }

    /// What it is.
    #[must_use]
    pub fn sort(&self) -> Sort {
        match self.kind {
            Kind::Text | Kind::UnclosedText => Sort::Text,
            Kind::Open | Kind::Close => Sort::Brace,
            Kind::Word => Sort::Word,
            _ => Sort::Mark,
        }
    }
}

/// The items of a file that parses without mistakes, in order, each as its words.
#[must_use]
pub fn normal(text: &str) -> Vec<Vec<Word>> {
    let text = &*even_line_ends(text);
    let mut unheard = Diagnostics::default();
    let ranges = split(text, &mut Report::new(SourceId(0), &mut unheard));
    ranges.into_iter().map(|range| words(text, range.start, range.end)).collect()
}

fn words(text: &str, from: usize, to: usize) -> Vec<Word> {
    let item = slice(text, from, to);
    let mut words = Vec::new();
    let mut last = 0;
    for token in Scanner::new(item).filter(|token| token.kind != Kind::Comment) {
        words.push(Word {
            text: folded(token.text(item)),
            start: from + token.start,
            kind: token.kind,
            wide: token.start > last + 1,
        });
        last = token.end;
    }
    words
}

/// Words on one line, spaced as the canonical text spaces them; further apart where the author set words apart.
#[must_use]
pub fn joined(words: &[Word]) -> String {
    let mut line = String::new();
    let mut last: Option<Kind> = None;
    for word in words {
        let apart = last.is_some_and(|last| is_apart(last, word.kind));
        let wide = word.wide && last == Some(Kind::Word) && word.kind == Kind::Word;
        line.push_str(if wide {
            "  "
        } else if apart {
            " "
        } else {
            ""
        });
        line.push_str(&word.text);
        last = Some(word.kind);
    }
    line
}

fn is_apart(before: Kind, kind: Kind) -> bool {
    !matches!(
        (before, kind),
        (Kind::Left | Kind::Dot | Kind::Bar, _)
            | (_, Kind::Right | Kind::Dot | Kind::Comma | Kind::Bar | Kind::Star)
            | (Kind::Word, Kind::Left)
    )
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
