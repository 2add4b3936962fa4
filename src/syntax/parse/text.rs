//! What stands between quotes: white space folded, escapes resolved, holes taken apart with their exact places.

use pest::Parser;

use super::ground::{Builder, Pair};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::syntax as code;
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::scan::slice;
use crate::syntax::tree::{Path, Piece, Text};

/// The pieces so far; neighbouring words are one piece.
#[derive(Default)]
struct Pieces {
    list: Vec<Piece>,
    words: String,
    /// Whether white space waits to be written.
    space: bool,
}

impl Pieces {
    fn letter(&mut self, letter: char) {
        if letter.is_whitespace() {
            self.space = true;
            return;
        }
        self.flush_space();
        self.words.push(letter);
    }

    fn flush_space(&mut self) {
        if self.space && !(self.list.is_empty() && self.words.is_empty()) {
            self.words.push(' ');
        }
        self.space = false;
    }

    fn piece(&mut self, piece: Piece) {
        self.flush_space();
        self.flush_words();
        self.list.push(piece);
    }

    fn flush_words(&mut self) {
        if !self.words.is_empty() {
            self.list.push(Piece::Words(std::mem::take(&mut self.words)));
        }
    }
}

impl Builder<'_, '_> {
    /// A text.
    pub(super) fn text(&mut self, pair: &Pair<'_>) -> Text {
        let raw = pair.as_str();
        let inside = slice(raw, 1, raw.len().saturating_sub(1));
        let base = self.offset + pair.as_span().start() + 1;
        let mut pieces = Pieces::default();
        let mut at = 0;
        while let Some(letter) = slice(inside, at, inside.len()).chars().next() {
            let rest = slice(inside, at, inside.len());
            at += match letter {
                '\\' => self.escape(rest, base + at, &mut pieces),
                '{' => self.braces(rest, base + at, &mut pieces),
                '}' => {
                    self.bad_hole(base + at, base + at + 1, "this `}` closes nothing");
                    1
                }
                _ => {
                    pieces.letter(letter);
                    letter.len_utf8()
                }
            };
        }
        pieces.flush_words();
        Text { pieces: pieces.list, span: self.span(pair) }
    }

    /// Takes what stands between braces at the start of `rest`, and returns how much that is, braces included.
    fn braces(&mut self, rest: &str, at: usize, pieces: &mut Pieces) -> usize {
        let inside = slice(rest, 1, rest.len());
        let Some(length) = hole_length(inside) else {
            self.bad_hole(at, at + 1, "this `{` is never closed");
            return 1;
        };
        if let Some(piece) = self.hole(slice(inside, 0, length), at + 1) {
            pieces.piece(piece);
        }
        length + 2
    }

    /// Takes the backslash at the start of `rest` with what follows it, and returns how much that is.
    fn escape(&mut self, rest: &str, at: usize, pieces: &mut Pieces) -> usize {
        let Some(escaped) = rest.chars().nth(1) else { return 1 };
        self.check_escape(escaped, at);
        pieces.letter(escaped);
        1 + escaped.len_utf8()
    }

    fn check_escape(&mut self, escaped: char, at: usize) {
        if matches!(escaped, '"' | '\\' | '{' | '}') {
            return;
        }
        let span = self.report.span(at, at + 1 + escaped.len_utf8());
        self.problem(
            Diagnostic::new(code::BAD_ESCAPE, span, format!("`\\{escaped}` means nothing in a text"))
                .label("remove the backslash")
                .help("a backslash stands before `\"`, `\\`, `{` or `}` only; a text may simply run over lines"),
        );
    }

    fn bad_hole(&mut self, start: usize, end: usize, message: &str) {
        let span = self.report.span(start, end);
        self.problem(Diagnostic::new(code::BAD_HOLE, span, message).help(
            "`{p}`, `{p.power}` and `{p: does|do}` are filled in; a brace that is meant as such is written `\\{` or `\\}`",
        ));
    }

    /// What stands between braces; `at` is the place of its first letter in the file.
    fn hole(&mut self, inside: &str, at: usize) -> Option<Piece> {
        let (braces, end) = (at - 1, at + inside.len() + 1);
        if inside.trim().is_empty() {
            self.bad_hole(braces, end, "there is nothing between these braces");
            return None;
        }
        let Some((path, forms)) = inside.split_once(':') else {
            return self.hole_path(inside, at).map(Piece::Hole);
        };
        let path = self.hole_path(path, at)?;
        let mut parts = forms.split('|').map(fold);
        let forms = (parts.next(), parts.next(), parts.next());
        let (Some(singular), Some(plural), None) = forms else {
            self.bad_hole(
                braces,
                end,
                "expected two forms with `|` between them, for one and for several",
            );
            return None;
        };
        Some(Piece::Agreement { path, singular, plural })
    }

    fn hole_path(&mut self, inside: &str, at: usize) -> Option<Path> {
        let offset = std::mem::replace(&mut self.offset, at);
        let hole = Grammar::parse(Rule::hole, inside).ok().and_then(|mut pairs| pairs.next());
        let path = hole
            .and_then(|hole| super::ground::child(&hole, Rule::path))
            .map(|path| self.path(&path));
        self.offset = offset;
        if path.is_none() {
            let start = at + (inside.len() - inside.trim_start().len());
            let message =
                format!("expected names with dots between them, found `{}`", fold(inside));
            self.bad_hole(start, start + inside.trim().len(), &message);
        }
        path
    }
}

/// The length of what stands before the closing brace of a hole.
fn hole_length(rest: &str) -> Option<usize> {
    let end = rest.find(['{', '}', '\\'])?;
    slice(rest, end, end + 1).eq("}").then_some(end)
}

fn fold(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
