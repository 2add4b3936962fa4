//! Splits a rule file into its items before anything is parsed, so that one broken item never hides another.
//! Knows quotes, comments, braces and how an item starts; what stands inside an item is the parser's.

use std::ops::Range;

use super::report::Report;
use super::scan::{ITEMS, Kind, Scanner, Token, slice, starts_item};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::syntax as code;
use crate::diagnostic::nearest::did_you_mean;

/// Deepest nesting of braces.
const MAX_DEPTH: usize = 64;
/// Longest word and longest text, in bytes.
const MAX_WORD: usize = 200;
const MAX_TEXT: usize = 16_384;

/// The places of the items of a file that can be parsed; what is wrong with the others is reported.
pub(super) fn split(text: &str, report: &mut Report<'_>) -> Vec<Range<usize>> {
    let mut splitter =
        Splitter { text, items: Vec::new(), current: None, line: Line::default(), last: None };
    for token in Scanner::new(text) {
        splitter.line.advance(text, splitter.last.map_or(0, |last| last.end), token);
        if token.kind != Kind::Comment {
            splitter.token(token, report);
        }
        splitter.last = Some(token);
    }
    splitter.finish(report);
    splitter.items
}

/// The line that the scan has reached.
#[derive(Debug, Default, Clone, Copy)]
struct Line {
    start: usize,
    indent: usize,
    /// Whether the present token is the first on its line.
    first: bool,
}

impl Line {
    fn advance(&mut self, text: &str, from: usize, token: Token) {
        let newline = slice(text, from, token.start).rfind('\n').map(|at| from + at + 1);
        self.first = newline.is_some() || from == 0;
        if let Some(start) = newline {
            self.start = start;
        }
        if self.first {
            self.indent = token.start - self.start;
        }
        if let Some(inside) = token.text(text).rfind('\n') {
            self.start = token.start + inside + 1;
        }
    }
}

/// An item, or something that is none, as far as it was read.
#[derive(Debug)]
struct Current {
    start: usize,
    end: usize,
    tokens: usize,
    /// Whether it is worth parsing.
    sound: bool,
    /// Whether its last brace was closed.
    closed: bool,
    /// Its open braces, each with the indentation of its line.
    open: Vec<(Token, usize)>,
    /// Braces beyond the deepest.
    beyond: usize,
    /// The brace that seems to lack its partner, by the indentation.
    suspect: Option<Token>,
}

struct Splitter<'t> {
    text: &'t str,
    items: Vec<Range<usize>>,
    current: Option<Current>,
    line: Line,
    last: Option<Token>,
}

impl Splitter<'_> {
    fn token(&mut self, token: Token, report: &mut Report<'_>) {
        let starts = self.starts(token);
        if starts || self.current.as_ref().is_none_or(|current| current.closed && current.sound) {
            self.finish(report);
            self.current = Some(Current {
                start: token.start,
                end: token.end,
                tokens: 0,
                sound: starts,
                closed: false,
                open: Vec::new(),
                beyond: 0,
                suspect: None,
            });
            if !starts {
                report_stray(self.text, token, report);
            }
        }
        let line = self.line;
        let Some(current) = self.current.as_mut() else { return };
        current.tokens += 1;
        current.end = token.end;
        match token.kind {
            Kind::Open => current.open(token, line, report),
            Kind::Close => current.close(token, line),
            Kind::UnclosedText => {
                if current.sound {
                    report_unclosed_text(token, report);
                }
                self.current = None;
            }
            _ => current.check_length(token, report),
        }
    }

    /// Whether an item starts here.
    fn starts(&self, token: Token) -> bool {
        if token.kind != Kind::Word || !ITEMS.contains(&token.text(self.text)) {
            return false;
        }
        let rest = slice(self.text, token.start, self.text.len());
        let Some(current) = &self.current else { return true };
        if !current.open.is_empty() {
            return token.start == self.line.start && starts_item(rest);
        }
        if current.closed {
            return true;
        }
        let last = self.last.map_or("", |last| last.text(self.text));
        if current.sound && (current.tokens == 1 || last == "of") {
            return false;
        }
        let after = rest.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
        starts_item(rest)
            || (self.line.first
                && last != ","
                && !after.trim_start().starts_with(['.', ',', '(', ')']))
    }

    fn finish(&mut self, report: &mut Report<'_>) {
        let Some(current) = self.current.take() else { return };
        if !current.sound {
            return;
        }
        let Some(unclosed) = current.suspect.or(current.open.last().map(|(open, _)| *open)) else {
            self.items.push(current.start..current.end);
            return;
        };
        if current.open.is_empty() {
            self.items.push(current.start..current.end);
            return;
        }
        let span = report.span(unclosed.start, unclosed.end);
        report.push(
            Diagnostic::new(code::UNCLOSED_BRACE, span, "this `{` is never closed")
                .label("opened here")
                .help("add the missing `}`"),
        );
    }
}

impl Current {
    fn open(&mut self, token: Token, line: Line, report: &mut Report<'_>) {
        self.closed = false;
        if self.open.len() < MAX_DEPTH {
            self.open.push((token, line.indent));
            return;
        }
        self.beyond += 1;
        if self.sound {
            self.sound = false;
            let span = report.span(token.start, token.end);
            let message = format!("blocks are nested more than {MAX_DEPTH} deep");
            report.push(
                Diagnostic::new(code::TOO_DEEP, span, message)
                    .label("the first block too deep")
                    .help("give the inner conditions a name with `define`, or add the missing `}`"),
            );
        }
    }

    fn close(&mut self, token: Token, line: Line) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let Some((open, indent)) = self.open.pop() else { return };
        if line.first && token.start - line.start < indent && self.suspect.is_none() {
            self.suspect = Some(open);
        }
        self.closed = self.open.is_empty();
    }

    fn check_length(&mut self, token: Token, report: &mut Report<'_>) {
        let (limit, what) = match token.kind {
            Kind::Text => (MAX_TEXT, "text"),
            _ => (MAX_WORD, "word"),
        };
        if token.end - token.start > limit && self.sound {
            self.sound = false;
            let span = report.span(token.start, token.end);
            let message = format!("a {what} of more than {limit} letters");
            report.push(Diagnostic::new(code::TOO_LONG, span, message).label("too long"));
        }
    }
}

fn report_stray(text: &str, token: Token, report: &mut Report<'_>) {
    let span = report.span(token.start, token.end.min(token.start + MAX_WORD));
    if token.kind == Kind::Close {
        report.push(
            Diagnostic::new(code::UNOPENED_BRACE, span, "this `}` closes nothing")
                .label("no open `{` before it")
                .help("remove it, or look for a `}` too many above"),
        );
        return;
    }
    if token.kind == Kind::UnclosedText {
        report_unclosed_text(token, report);
        return;
    }
    let known = "an item starts with one of: scale, enum, entity, one, attributes of, relation, risk, action, question, \
                 declines, caveat, define, derive, rule, ranking, example";
    let word = token.text(text);
    let found = super::explain::found(text, token);
    let help = did_you_mean(word, ITEMS)
        .or_else(|| super::explain::slip::slip(word).map(ToOwned::to_owned))
        .unwrap_or_else(|| known.to_owned());
    report.push(
        Diagnostic::new(code::NO_ITEM, span, format!("expected an item, found {found}"))
            .label("no item starts like this")
            .help(help),
    );
}

fn report_unclosed_text(token: Token, report: &mut Report<'_>) {
    let span = report.span(token.start, token.start + 1);
    report.push(
        Diagnostic::new(code::UNCLOSED_TEXT, span, "this text is never closed")
            .label("opened here")
            .help("add the missing `\"`; a quotation mark inside a text is written `\\\"`"),
    );
}
