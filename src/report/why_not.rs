//! Why a rule does not fire and what would change that, and the silent rules that lack little: for a terminal, as Markdown
//! and as JSON. Computes nothing.

mod json;
mod near_miss;
mod schema;
mod words;

use crate::advice::silence::Silence;
use crate::knowledge::PackName;
use crate::proof::repair::Repairs;
use crate::proof::why_not::State;
use crate::source::SourceMap;

use super::page::Look;
use super::sheet::{Piece, Sheet, id, plain, strong};
use super::{Heading, Options, phrase};
use words::Line;

pub use json::{json, near_misses as near_misses_json};
pub use near_miss::{markdown as near_misses_markdown, text as near_misses_text};

/// What stands around what is told: which case, which packs, and the texts that places lie in.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The case.
    pub heading: &'a Heading,
    /// The packs.
    pub packs: &'a [PackName],
    /// The texts.
    pub sources: &'a SourceMap,
}

/// Why a rule does not fire for a subject, for a terminal.
#[must_use]
pub fn text(silence: &Silence, around: Around<'_>, options: &Options) -> String {
    sheet(silence, around, *options).text(options.width, options.colour)
}

/// The same as Markdown.
#[must_use]
pub fn markdown(silence: &Silence, around: Around<'_>, options: &Options) -> String {
    sheet(silence, around, *options).markdown()
}

fn sheet(silence: &Silence, around: Around<'_>, options: Options) -> Sheet {
    let mut sheet = Sheet::default();
    phrase::heading(around.heading, &mut sheet);
    sheet.section("THE RULE");
    sheet.entry(Look::Plain, "says", vec![plain(&silence.text), id(words::name(silence))]);
    sheet.under(vec![strong(words::verdict(silence))]);
    if let Some(others) = words::others(silence.others) {
        sheet.under(vec![plain(others)]);
    }
    if silence.is_over {
        sheet.under(vec![plain("Its only stage is past: it would not be shown.")]);
    }
    let sections = [
        ("WHAT IT ASKS OF ITS SUBJECT", &silence.why.admits),
        ("WHAT ELSE IT ASKS", &silence.why.conditions),
        ("EXCEPTIONS", &silence.why.exceptions),
    ];
    for (title, parts) in sections.into_iter().filter(|(_, parts)| !parts.is_empty()) {
        sheet.section(title);
        for line in words::lines(parts, &silence.facts, around.sources) {
            branch(&mut sheet, line);
        }
    }
    overriders(&mut sheet, silence);
    if let Some((goal, found)) = &silence.repairs {
        sheet.section(words::repairs_title(*goal));
        repairs(&mut sheet, silence, found, around, options);
    }
    sheet.section("WHERE THE RULE STANDS");
    let place = phrase::place(around.sources, silence.span).into_iter();
    for place in place.chain(silence.cites.iter().map(phrase::cited)) {
        sheet.head(vec![Piece::Words(Look::Dim, place)]);
    }
    sheet
}

/// A sentence of the tree.
fn branch(sheet: &mut Sheet, line: Line) {
    let look = match line.state {
        Some(State::Fails) => Look::Grave,
        Some(State::Open | State::Disputed) => Look::Serious,
        Some(State::Holds) => Look::Plain,
        None => Look::Dim,
    };
    let mut pieces = vec![plain(line.text)];
    pieces.extend(line.place.map(id));
    let mark = line.state.map_or("", words::state);
    sheet.branch(line.depth, look, format!("{mark:<8}"), pieces);
}

fn overriders(sheet: &mut Sheet, silence: &Silence) {
    if silence.overridden_by.is_empty() {
        return;
    }
    sheet.section("RULES THAT OVERRIDE IT");
    for (rule, fires) in &silence.overridden_by {
        let how = if *fires { "fires" } else { "may fire" };
        sheet.entry(Look::Plain, how, vec![plain(rule)]);
    }
}

fn repairs(
    sheet: &mut Sheet,
    silence: &Silence,
    found: &Repairs,
    around: Around<'_>,
    options: Options,
) {
    let shown = options.limit(usize::MAX);
    for (index, repair) in found.list.iter().take(shown).enumerate() {
        for (at, step) in repair.steps.iter().enumerate() {
            let number = if at == 0 { (index + 1).to_string() } else { "and".to_owned() };
            let mark = format!("{number:<3} {:<8}", words::way(step));
            let (text, place) = words::step(step, &silence.facts, around.sources);
            sheet.branch(0, Look::Strong, mark, vec![plain(text), id(place)]);
        }
    }
    for line in words::effort(found, shown, &silence.facts) {
        sheet.head(vec![Piece::Words(Look::Dim, line)]);
    }
}
