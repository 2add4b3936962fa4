//! Rule text to syntax tree and back: [`parse`] never fails, it returns what it understood and collects the rest as
//! diagnostics; [`format()`] gives the canonical text. Knows no types, no files, no meaning.

pub mod tree;
