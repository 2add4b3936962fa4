//! What inference gives: the status of every rule for every subject, and what definitions and derived attributes came to.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::knowledge::{AttributeId, PredicateId, RuleId};
use crate::truth::Truth;
use crate::value::Possible;

/// What became of a rule for one subject. A subject without a status is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Its conditions are certain and its exceptions certainly do not hold.
    Firing,
    /// Its conditions are certain and an exception is open.
    Provisional,
    /// Neither, and it would fire if one speaker is believed in all that they say.
    Contested,
    /// Its conditions are possible and nothing excludes it.
    Open,
    /// Its conditions are possible, and a rule that fires overrides it.
    SetAside,
}

/// The rows that a subject's variables stand for. There are at most three, and very many subjects.
pub type Subject = SmallVec<[usize; 3]>;

/// The status of one rule for one subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conclusion {
    /// The rule.
    pub rule: RuleId,
    /// The rows that the subject's variables stand for, by position in the case.
    pub subject: Subject,
    /// What became of it.
    pub status: Status,
}

/// What inference gives for one case.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Every rule and subject that is not silent, by rule, then subject.
    pub conclusions: Vec<Conclusion>,
    /// Open subjects that were counted and not listed, by rule: those beyond [`Limits::open_subjects`].
    pub uncounted: BTreeMap<RuleId, u64>,
    /// Truth of every predicate, in row-major order over its parameters' rows, the unlisted row last.
    pub predicates: Vec<Relationship>,
    /// Possible values of every derived attribute by row, the unlisted row last.
    pub derived: BTreeMap<AttributeId, Vec<Possible>>,
}

/// Truth of a predicate by arguments.
#[derive(Debug, Clone, Default)]
pub struct Relationship {
    /// Rows per parameter, the unlisted one included.
    pub sizes: Vec<usize>,
    /// Truth in row-major order; empty where it was not worked out because no conclusion needs it.
    pub truths: Vec<Truth>,
}

impl Model {
    /// Whether a predicate holds for these rows.
    #[must_use]
    pub fn truth(&self, predicate: PredicateId, rows: &[usize]) -> Truth {
        let Some(relationship) = self.predicates.get(predicate.0) else {
            return Truth::False;
        };
        let index =
            rows.iter().zip(&relationship.sizes).fold(0, |index, (row, size)| index * size + row);
        relationship.truths.get(index).copied().unwrap_or(Truth::False)
    }
}

/// Bounds on one evaluation; all are counted, none is a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Open subjects listed per rule; the rest are counted.
    pub open_subjects: usize,
    /// Machine words that may be worked on.
    pub words: u64,
    /// Machine words that may be held at once.
    pub held_words: u64,
}

impl Default for Limits {
    /// A thousand open subjects; work for about a minute; two gibibytes.
    fn default() -> Limits {
        Limits { open_subjects: 1_000, words: 200_000_000_000, held_words: 1 << 28 }
    }
}

/// Which bound was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// [`Limits::words`].
    Words(u64),
    /// [`Limits::held_words`].
    HeldWords(u64),
}
