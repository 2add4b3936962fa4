//! Why a rule does not fire, and what would change that: for a terminal, as Markdown, as JSON. Computes nothing.

mod json;
mod markdown;
mod schema;
mod text;
pub(super) mod words;

pub use json::{json, near_misses as near_misses_json};
pub use markdown::{markdown, near_misses as near_misses_markdown};
pub use text::{near_misses as near_misses_text, text};

use crate::knowledge::PackName;
use crate::source::SourceMap;

use super::Heading;

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
