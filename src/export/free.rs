//! Which variables a condition, test or term speaks of and does not bind.

use std::collections::BTreeSet;

use crate::knowledge::{Condition, Extreme, Quantified, Row, Term, Test, VariableId};

use super::Export;

/// Variables that a part of a condition speaks of and does not bind.
pub(super) type Free = BTreeSet<VariableId>;

/// The variables that a condition speaks of and does not bind.
pub(super) fn free(export: &Export<'_>, condition: &Condition) -> Free {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().flat_map(|part| free(export, part)).collect()
        }
        Condition::Not(inner) => free(export, inner),
        Condition::Test(test, _) => free_of_test(export, test),
        Condition::Holds(_, arguments, _) => arguments.iter().copied().collect(),
        Condition::Quantified(quantified, _) => free_of_quantified(export, quantified),
    }
}

pub(super) fn free_of_quantified(export: &Export<'_>, quantified: &Quantified) -> Free {
    let mut found = free(export, &quantified.filter);
    found.extend(free(export, &quantified.body));
    found.extend(export.apart_from(quantified.variable));
    found.remove(&quantified.variable);
    found
}

pub(super) fn free_of_test(export: &Export<'_>, test: &Test) -> Free {
    match test {
        Test::Among(term, _)
        | Test::Within(term, ..)
        | Test::Includes(term, _)
        | Test::Empty(term)
        | Test::Unknown(term) => free_of_term(export, term),
        Test::IncludesValue(left, right) | Test::Compare(left, _, right) => {
            let mut found = free_of_term(export, left);
            found.extend(free_of_term(export, right));
            found
        }
        Test::OneOf(left, _, rights) => {
            let mut found = free_of_term(export, left);
            found.extend(rights.iter().flat_map(|right| free_of_term(export, right)));
            found
        }
    }
}

pub(super) fn free_of_term(export: &Export<'_>, term: &Term) -> Free {
    match term {
        Term::Attribute(_, Row::Variable(variable)) | Term::Member(variable) => [*variable].into(),
        Term::Attribute(_, Row::Only | Row::Member(_)) => Free::new(),
        Term::Relation(_, a, b) => [*a, *b].into(),
        Term::Extreme(extreme) => free_of_extreme(export, extreme),
        Term::Years { date, .. } => free_of_term(export, date),
    }
}

pub(super) fn free_of_extreme(export: &Export<'_>, extreme: &Extreme) -> Free {
    let mut found = free(export, &extreme.condition);
    found.extend(free_of_term(export, &extreme.term));
    found.extend(export.apart_from(extreme.variable));
    found.remove(&extreme.variable);
    found
}
