//! What was found, laid out for a terminal, as Markdown and as JSON. Owns the serialised forms; computes nothing.
//! Texts of cases and packs are made safe here for the place where they are shown.

pub mod ask;
pub mod coding;
pub mod coverage;
pub mod diff;
pub mod evaluate;
pub mod interview;
pub mod precedent;
pub mod proof;
pub mod receipt;
pub mod replay;
pub mod whatif;

mod explanation;
mod json;
mod markdown;
mod page;
mod phrase;
mod sheet;
mod text;
pub mod why_not;

use crate::advice::Advice;
use crate::case::{Filter, LeftOut};
use crate::precedent::Lines;

pub use explanation::{Detail, explanation, explanation_in_markdown};
pub use json::json;
pub use markdown::markdown;
pub use text::text;

/// Advice, with what past cases have to say of it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The advice.
    pub advice: &'a Advice,
    /// The line under each piece of it; none where no past case was looked at.
    pub lines: Option<&'a Lines>,
}

impl<'a> From<&'a Advice> for Told<'a> {
    fn from(advice: &'a Advice) -> Told<'a> {
        Told { advice, lines: None }
    }
}

/// Which case is reported on; `case` fills it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it takes place.
    pub place: Option<String>,
    /// The date at which it is looked at, as `1985-12-31`.
    pub seen: Option<String>,
    /// The last event by then, in words: `WHO brings them together (1985-12)`.
    pub last_event: Option<String>,
    /// Where it is looked at before its first event, when that is, in words.
    pub begins: Option<String>,
    /// Which of its facts count, where not all do.
    pub filtered: Option<Filtered>,
    /// Who is believed in what is disputed, if anybody is.
    pub believing: Option<Believing>,
}

/// Who is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Believing {
    /// The speaker's id.
    pub speaker: String,
    /// The speaker's name.
    pub name: String,
    /// How many facts they speak of.
    pub facts: usize,
}

/// Which facts count, and how much that leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filtered {
    /// Which facts count.
    pub filter: Filter,
    /// How much is left out.
    pub left_out: LeftOut,
}

/// How much is shown, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// How many warnings and recommendations.
    pub top: usize,
    /// Everything that was found.
    pub all: bool,
    /// With sums, facts, rules and places in the guide.
    pub explain: bool,
    /// Columns of the terminal; lines are kept within 40 and 100.
    pub width: usize,
    /// With colours.
    pub colour: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { top: 5, all: false, explain: false, width: 96, colour: false }
    }
}

impl Options {
    /// How many of a list are shown where the page has room for `usual`.
    fn limit(self, usual: usize) -> usize {
        if self.all { usize::MAX } else { usual.min(self.top) }
    }
}
