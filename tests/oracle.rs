//! The oracle: a second evaluator, by plain recursion over the syntax tree, one subject at a time, written for clarity
//! alone. It shares nothing with the compiler and the engine but the syntax tree and the arithmetic of dates.

pub(crate) mod case;
pub(crate) mod condition;
pub(crate) mod definition;
mod examples;
pub(crate) mod mention;
pub(crate) mod rule;
pub(crate) mod term;
pub(crate) mod test;
pub(crate) mod value;
pub(crate) mod words;
pub(crate) mod world;
