//! What runs but was probably not meant: one lint a file. A good pack gets no warning.

mod alike;
pub(super) mod branches;
pub(super) mod contradictions;
pub(super) mod repeated;
pub(super) mod steps;
pub(super) mod tables;
pub(super) mod unused;
