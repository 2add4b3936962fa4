//! What a condition asks of the values of single terms, as far as that can be told without knowing any case.
//! Knows the meaning of tests; judges nothing.

use crate::knowledge::{Condition, KnowledgeBase, Term, Test, Variable};
use crate::source::Span;
use crate::value::Members;

use super::words;

/// What is asked of one term.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'k> {
    pub(super) term: &'k Term,
    pub(super) values: Values,
    pub(super) span: Span,
}

/// The values that pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    /// One of these members.
    Among(Members),
    /// Within these bounds.
    Within(i64, i64),
    /// A set with at least one of these members.
    Includes(Members),
    /// A set with none of these members.
    Excludes(Members),
}

impl Ask<'_> {
    /// The members that pass, where the term is one of a domain.
    pub(super) fn members(&self) -> Option<Members> {
        match self.values {
            Values::Among(members) => Some(members),
            Values::Within(..) | Values::Includes(_) | Values::Excludes(_) => None,
        }
    }
}

/// What a condition asks of single terms, and whether it asks nothing else.
pub(super) fn of<'k>(
    kb: &KnowledgeBase,
    variables: &[Variable],
    condition: &'k Condition,
) -> (Vec<Ask<'k>>, bool) {
    let mut asks = Vec::new();
    let mut exact = true;
    for (part, holds) in conjuncts(condition, true) {
        match part {
            Condition::Test(test, span) => match ask(kb, variables, test, holds) {
                Some((term, values)) => asks.push(Ask { term, values, span: *span }),
                None => exact = false,
            },
            _ => exact = false,
        }
    }
    (asks, exact)
}

/// The parts that must all hold (or, with `false`, not hold) for a condition to hold, or not to: blocks and negations dissolved.
pub(super) fn conjuncts(condition: &Condition, holds: bool) -> Vec<(&Condition, bool)> {
    let mut parts = Vec::new();
    dissolve(condition, holds, &mut parts);
    parts
}

fn dissolve<'k>(condition: &'k Condition, holds: bool, parts: &mut Vec<(&'k Condition, bool)>) {
    match (condition, holds) {
        (Condition::All(inner), true) | (Condition::Any(inner), false) => {
            for part in inner {
                dissolve(part, holds, parts);
            }
        }
        (Condition::Any(inner) | Condition::All(inner), _) => match inner.as_slice() {
            [only] => dissolve(only, holds, parts),
            _ => parts.push((condition, holds)),
        },
        (Condition::Not(part), _) => dissolve(part, !holds, parts),
        _ => parts.push((condition, holds)),
    }
}

/// What a test asks of a term, if it asks of one alone. A highest or lowest may have no value, which passes only where
/// the test is to fail.
pub(super) fn ask<'k>(
    kb: &KnowledgeBase,
    variables: &[Variable],
    test: &'k Test,
    holds: bool,
) -> Option<(&'k Term, Values)> {
    match test {
        Test::Among(term, members) if holds => Some((term, Values::Among(*members))),
        Test::Among(Term::Extreme(_), _) => None,
        Test::Among(term, members) => {
            let all = kb.vocabulary.members_of(words::choice(kb, variables, term)?);
            Some((term, Values::Among(all & !members)))
        }
        Test::Within(term, low, high) if holds => Some((term, Values::Within(*low, *high))),
        Test::Within(Term::Extreme(_), ..) => None,
        Test::Within(term, i64::MIN, high) if *high < i64::MAX => {
            Some((term, Values::Within(high + 1, i64::MAX)))
        }
        Test::Within(term, low, i64::MAX) if *low > i64::MIN => {
            Some((term, Values::Within(i64::MIN, low - 1)))
        }
        Test::Includes(term, members) if holds => Some((term, Values::Includes(*members))),
        Test::Includes(term, members) => Some((term, Values::Excludes(*members))),
        Test::Empty(term) => {
            let all = kb.vocabulary.members_of(words::domain(kb, variables, term)?);
            Some((term, if holds { Values::Excludes(all) } else { Values::Includes(all) }))
        }
        Test::Within(..)
        | Test::IncludesValue(..)
        | Test::Unknown(_)
        | Test::Compare(..)
        | Test::OneOf(..) => None,
    }
}
