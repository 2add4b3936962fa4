//! What a fact may be, with members as words: the oracle's own idea of a value. Knows no rules.

use std::collections::BTreeSet;

use convener::truth::Truth;

/// The type of an attribute, relation or term.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A member of this scale or enum; `yes_no` is one.
    Choice(String),
    /// A set of its members.
    Set(String),
    /// A number in millionths.
    Number,
    /// A day from 1970-01-01.
    Date,
}

/// What a fact may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Values {
    /// One of these.
    Choice(BTreeSet<String>),
    /// A set: a yes or no for each member.
    Set { may_include: BTreeSet<String>, may_exclude: BTreeSet<String> },
    /// Between two bounds; the ends of `i64` stand for no bound.
    Range { low: i64, high: i64 },
}

impl Values {
    /// Whether one value alone is possible.
    pub(crate) fn is_known(&self) -> bool {
        match self {
            Values::Choice(members) => members.len() == 1,
            Values::Set { may_include, may_exclude } => may_include.is_disjoint(may_exclude),
            Values::Range { low, high } => low == high,
        }
    }

    /// What is possible in either.
    pub(crate) fn join(&self, other: &Values) -> Values {
        match (self, other) {
            (Values::Choice(a), Values::Choice(b)) => Values::Choice(a | b),
            (
                Values::Set { may_include: a, may_exclude: b },
                Values::Set { may_include: c, may_exclude: d },
            ) => Values::Set { may_include: a | c, may_exclude: b | d },
            (Values::Range { low: a, high: b }, Values::Range { low: c, high: d }) => {
                Values::Range { low: *a.min(c), high: *b.max(d) }
            }
            _ => panic!("two types joined: {self:?} and {other:?}"),
        }
    }

    /// The members of a choice.
    pub(crate) fn members(&self) -> &BTreeSet<String> {
        match self {
            Values::Choice(members) => members,
            _ => panic!("not a choice: {self:?}"),
        }
    }
}

/// Certain where every one of these passes and there is one, possible where one passes.
pub(crate) fn over_all(passes: impl IntoIterator<Item = bool>) -> Truth {
    let passes: Vec<bool> = passes.into_iter().collect();
    let possible = passes.contains(&true);
    Truth::from_bounds(possible && !passes.contains(&false), possible)
}

/// Both at once, for something that is never open.
pub(crate) fn crisp(holds: bool) -> Truth {
    Truth::from_bounds(holds, holds)
}
