//! Convener: a rule-based advisor on intersectoral partnerships, as a library.
//!
//! ```text
//! rules/*.rules ──syntax──▶ tree ──pack, compile──▶ KnowledgeBase ─┐
//!                                                                   ├──engine──▶ Model ──proof, advice──▶ Advice ──report──▶ text
//! cases/*.toml ──case──▶ timeline ──at a date──▶ Facts ─────────────┘
//! ```
//!
//! Modules stand in reading order; each imports only from those above it.

pub mod source;

pub mod diagnostic;
pub mod truth;
pub mod value;

pub mod syntax;

pub mod pack;

pub mod knowledge;

pub mod compile;

pub mod facts;

pub mod change;

pub mod case;

pub mod certificate;

pub mod verify;

pub mod engine;

pub mod proof;

pub mod explain;

pub mod advice;

pub mod whatif;

pub mod ask;

pub mod interview;

pub mod replay;

pub mod evaluate;

pub mod coding;

pub mod precedent;

pub mod trial;

pub mod diff;

pub mod receipt;

pub mod export;

pub mod coverage;

pub mod report;

pub mod cli;
