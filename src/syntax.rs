//! Rule text to syntax tree and back: [`parse()`] never fails, it returns what it understood and collects the rest as
//! diagnostics; [`format()`] gives the canonical text, [`normal()`] its words
//! without comments and layout. Knows no types, no files, no meaning.

mod explain;
mod format;
mod grammar;
mod normal;
mod parse;
mod report;
mod scan;
mod split;
pub mod tree;

pub use format::format;
pub use normal::{Sort, Word, joined, normal};
pub use parse::{Wanted, parse, parse_wanted};
