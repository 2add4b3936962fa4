//! Text to tree: splits a file into its items, parses each by the grammar, and makes the tree of what was understood.
//! One file per section of the grammar under `parse/`; what to say of a mistake is in `explain.rs`.

mod condition;
mod damage;
mod declaration;
mod definition;
mod example;
mod figure;
mod ground;
mod recover;
mod rule;
mod text;

use std::num::NonZeroUsize;
use std::ops::Range;

use self::ground::{Builder, Pair};
use super::grammar::Rule;
use super::report::Report;
use super::scan::slice;
use super::split::split;
use super::tree::{File, Item};
use crate::diagnostic::code::syntax as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{SourceId, even_line_ends};

/// Longest rule file, in bytes.
const MAX_FILE: usize = 8_388_608;
/// Steps that the grammar may take over one item: far more than any text of that length needs.
const MAX_STEPS: Option<NonZeroUsize> = NonZeroUsize::new(200_000_000);

/// How much of a rule file is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    Whole,
    /// All but its examples, which whoever only uses the rules has no need of: about half of the text.
    WithoutExamples,
}

/// The tree of a rule file. What is not understood is left out of it and reported.
#[must_use]
pub fn parse(source: SourceId, text: &str, diagnostics: &mut Diagnostics) -> File {
    parse_wanted(source, text, Wanted::Whole, diagnostics)
}

/// The same of as much as is wanted. Nothing is said of what stands in the rest.
#[must_use]
pub fn parse_wanted(
    source: SourceId,
    text: &str,
    wanted: Wanted,
    diagnostics: &mut Diagnostics,
) -> File {
    let text = &*even_line_ends(text);
    let mut report = Report::new(source, diagnostics);
    if let Some(problem) = unreadable(text, &report) {
        report.push(problem);
        return File::default();
    }
    pest::set_call_limit(MAX_STEPS);
    let mut ranges = split(text, &mut report);
    if wanted == Wanted::WithoutExamples {
        ranges.retain(|range| !is_example(slice(text, range.start, range.end)));
    }
    let items = ranges.iter().filter_map(|range| item(text, range.clone(), &mut report)).collect();
    File { items, damage: damage::damage(text, &ranges, &report) }
}

fn is_example(item: &str) -> bool {
    let rest = item.strip_prefix("example");
    rest.is_some_and(|rest| rest.starts_with(|next: char| next.is_whitespace() || next == '"'))
}

fn unreadable(text: &str, report: &Report<'_>) -> Option<Diagnostic> {
    if text.len() > MAX_FILE {
        let message =
            format!("a rule file may have at most {MAX_FILE} bytes, this one has {}", text.len());
        let help = "split it into several files";
        return Some(Diagnostic::new(code::NOT_A_RULE_FILE, report.span(0, 0), message).help(help));
    }
    let control = |letter: char| {
        letter == '\u{FFFD}' || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
    };
    let (at, letter) = text.char_indices().find(|(_, letter)| control(*letter))?;
    let span = report.span(at, at + letter.len_utf8());
    let message = "this is no rule file: it holds signs that are no text";
    Some(Diagnostic::new(code::NOT_A_RULE_FILE, span, message).label("the first of them"))
}

fn item(text: &str, range: Range<usize>, report: &mut Report<'_>) -> Option<Item> {
    let offset = range.start;
    let fragment = slice(text, range.start, range.end);
    let mut scratch = String::new();
    let (pair, repaired) = recover::item(fragment, offset, &mut scratch, report)?;
    Builder { offset, repaired, report }.item(&pair)
}

impl Builder<'_, '_> {
    fn item(&mut self, pair: &Pair<'_>) -> Option<Item> {
        Some(match pair.as_rule() {
            Rule::domain => Item::Domain(self.domain(pair)?),
            Rule::entity => Item::Entity(self.entity(pair)?),
            Rule::relation => Item::Relation(self.relation(pair)?),
            Rule::risk => Item::Risk(self.risk(pair)?),
            Rule::action => Item::Action(self.action(pair)?),
            Rule::question => Item::Question(self.question(pair)?),
            Rule::declines => Item::Declines(self.declines(pair)?),
            Rule::caveat => Item::Caveat(self.caveat(pair)?),
            Rule::define => Item::Define(self.define(pair)?),
            Rule::derive => Item::Derive(self.derive(pair)?),
            Rule::rule => Item::Rule(Box::new(self.rule(pair)?)),
            Rule::ranking => Item::Ranking(self.ranking(pair)),
            Rule::example => Item::Example(self.example(pair)?),
            _ => return None,
        })
    }
}
