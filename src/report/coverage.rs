//! Coverage, laid out for a terminal, as Markdown and as JSON.

mod guide;
mod json;
mod markdown;
mod phrase;
mod rules;

pub use guide::guide;
pub use json::{guide as guide_json, rules as rules_json};
pub use markdown::{guide as guide_markdown, rules as rules_markdown};
pub use rules::rules;

use crate::coverage::Kind;

/// What kind of thing carries a passage, in words: one, several.
fn kind(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::Rule => ["rule", "rules"],
        Kind::Definition => ["definition", "definitions"],
        Kind::Derived => ["derived", "derived"],
        Kind::Table => ["table", "tables"],
        Kind::Question => ["question", "questions"],
        Kind::Attribute => ["attribute", "attributes"],
        Kind::Relation => ["relation", "relations"],
        Kind::Member => ["member", "members"],
        Kind::Risk => ["risk", "risks"],
        Kind::Action => ["action", "actions"],
        Kind::Caveat => ["caveat", "caveats"],
        Kind::Case => ["case", "cases"],
    }
}
