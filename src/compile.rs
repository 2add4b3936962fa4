//! Trees to a knowledge base: names resolved, tests typed, definitions stratified. Knows no cases.

pub mod check;
pub mod stratify;

mod by_value;
mod graph;
mod lint;
mod product;
mod walk;
mod words;
