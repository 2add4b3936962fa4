//! Parses an item by the grammar. Where it breaks off, the mistake is reported, the line or clause that holds it is blanked
//! out, and the rest is tried again: so that one mistake costs one clause and one message.

use std::ops::Range;

use pest::Parser;
use pest::error::{Error, InputLocation};

use super::ground::Pair;
use crate::syntax::explain::{self, Break};
use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::report::Report;
use crate::syntax::scan::{Kind, Scanner, Token, slice};

/// How many mistakes of one item are looked for.
const MAX_MISTAKES: usize = 20;
/// The longest item in which more than one mistake is looked for, in bytes.
const MAX_REPAIRED: usize = 65_536;

/// The item as the grammar takes it, and whether something of it was left out; `scratch` is for what remains of it then.
pub(super) fn item<'i>(
    fragment: &'i str,
    offset: usize,
    scratch: &'i mut String,
    report: &mut Report<'_>,
) -> Option<(Pair<'i>, bool)> {
    let error = match Grammar::parse(Rule::single_item, fragment) {
        Ok(mut pairs) => return pairs.next().map(|pair| (pair, false)),
        Err(error) => error,
    };
    *scratch = repaired(fragment, offset, &error, report)?;
    Grammar::parse(Rule::single_item, scratch).ok()?.next().map(|pair| (pair, true))
}

/// The text without what cannot be understood; `None` where nothing can be saved.
fn repaired(
    fragment: &str,
    offset: usize,
    error: &Error<Rule>,
    report: &mut Report<'_>,
) -> Option<String> {
    let mut text = fragment.to_owned();
    let mut blanked: Option<Range<usize>> = None;
    let mut next = Some(place(&text, error));
    for _ in 0..MAX_MISTAKES {
        let Some(broken) = next else { return Some(text) };
        if !blanked.as_ref().is_some_and(|range| touches(&text, range, broken.at)) {
            report.push(explain::explain(&text, offset, &broken, report));
        }
        if text.len() > MAX_REPAIRED {
            return None;
        }
        let chunk = chunk(&text, &broken)?;
        text = blank(&text, &chunk)?;
        blanked = Some(chunk);
        next = Grammar::parse(Rule::single_item, &text).err().map(|error| place(&text, &error));
    }
    None
}

fn place(text: &str, error: &Error<Rule>) -> Break {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let token = tokens(slice(text, at, text.len())).next();
    Break::new(token.map_or(text.len(), |token| at + token.start), error)
}

fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    Scanner::new(text).filter(|token| token.kind != Kind::Comment)
}

/// Whether nothing but white space lies between what was blanked out and the place.
fn touches(text: &str, range: &Range<usize>, at: usize) -> bool {
    let before = slice(text, range.end, at).trim().is_empty() && at >= range.end;
    before || (at < range.end && at >= range.start)
}

/// The same text with white space in place of a part of it.
fn blank(text: &str, part: &Range<usize>) -> Option<String> {
    let inside = text.get(part.clone()).filter(|inside| !inside.trim().is_empty())?;
    let spaces: String =
        inside.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    Some([text.get(..part.start)?, &spaces, text.get(part.end..)?].concat())
}

/// What stands between two braces, as far as it was read: where its last two lines or clauses start.
#[derive(Default)]
struct Frame {
    previous: Option<usize>,
    start: Option<usize>,
}

/// The line, with those that continue it inside braces, that a mistake spoils.
fn chunk(text: &str, broken: &Break) -> Option<Range<usize>> {
    let mut frames: Vec<Frame> = Vec::new();
    let (mut end, mut comma) = (0, false);
    let mut rest = tokens(text).peekable();
    while let Some(token) = rest.next_if(|token| token.start <= broken.at) {
        let stop = token.start == broken.at;
        let starts_line = slice(text, end, token.start).contains('\n') && !comma;
        end = token.end;
        comma = token.kind == Kind::Comma;
        if token.kind != Kind::Close {
            let frame = frames.last_mut();
            if let Some(frame) = frame.filter(|frame| starts_line || frame.start.is_none()) {
                frame.previous = frame.start.replace(token.start);
            }
        }
        if stop {
            break;
        }
        match token.kind {
            Kind::Open => frames.push(Frame::default()),
            Kind::Close => frames.truncate(frames.len().saturating_sub(1)),
            _ => {}
        }
    }
    let frame = frames.pop()?;
    let start = frame.start?;
    if start == broken.at && !broken.may_end() {
        return frame.previous.map(|previous| previous..start);
    }
    Some(start..chunk_end(text, start))
}

/// Where the line that starts at `start` ends: before the next line at its depth, or the brace that closes its block.
fn chunk_end(text: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    let (mut end, mut comma) = (start, false);
    for token in tokens(slice(text, start, text.len())) {
        let (token_start, token_end) = (start + token.start, start + token.end);
        let next_line = slice(text, end, token_start).contains('\n') && end > start && !comma;
        if depth == 0 && (next_line || token.kind == Kind::Close) {
            return end;
        }
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            _ => {}
        }
        end = token_end;
        comma = token.kind == Kind::Comma;
    }
    end
}
