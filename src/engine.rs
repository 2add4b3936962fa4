//! Inference: a knowledge base and facts to a [`Model`], set at a time on planes of bits.
//! Knows no text, no files, no spans, no severity. Cannot fail but by running out of a counted [`Limit`].

pub mod model;

pub use model::{Conclusion, Limit, Limits, Model, Status};
