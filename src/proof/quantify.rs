//! How many rows satisfy a condition: `some`, `every`, `most`, counts, with the unlisted row standing for any number.
//! Split from evaluation for its own length only.

use crate::knowledge::{Quantified, Quantifier};
use crate::truth::Truth;

use super::evaluate::{Candidate, Scope};

/// One row under a quantifier.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub(super) candidate: Candidate,
    /// It may stand for the variable and the filter admits it.
    pub(super) admitted: Truth,
    /// It satisfies the body.
    pub(super) body: Truth,
}

impl Counted {
    /// Admitted, and it satisfies the body.
    pub(super) fn meets(self) -> Truth {
        self.admitted.and(self.body)
    }

    /// Admitted, and it does not satisfy the body.
    pub(super) fn misses(self) -> Truth {
        self.admitted.and(!self.body)
    }
}

impl Scope<'_> {
    /// Every row that may stand for the variable, with what the filter and the body say of it.
    pub(super) fn counted(&self, quantified: &Quantified) -> Vec<Counted> {
        self.candidates(quantified.variable)
            .into_iter()
            .map(|candidate| {
                let scope = self.bind(quantified.variable, candidate.row);
                Counted {
                    candidate,
                    admitted: candidate.apart.and(scope.truth(&quantified.filter)),
                    body: scope.truth(&quantified.body),
                }
            })
            .collect()
    }

    pub(super) fn quantified(&self, quantified: &Quantified) -> Truth {
        let rows = self.counted(quantified);
        match quantified.quantifier {
            Quantifier::Some => at_least(1, &rows, Counted::meets),
            Quantifier::AtLeast(count) => at_least(count as usize, &rows, Counted::meets),
            Quantifier::Every => {
                at_least(1, &rows, |row| row.admitted).and(!at_least(1, &rows, Counted::misses))
            }
            Quantifier::Most => most(&rows),
        }
    }
}

fn at_least(count: usize, rows: &[Counted], holds: impl Fn(Counted) -> Truth) -> Truth {
    let listed = |wanted: fn(Truth) -> bool| {
        rows.iter().filter(|row| row.candidate.listed && wanted(holds(**row))).count()
    };
    let others = rows.iter().any(|row| !row.candidate.listed && holds(*row).possible());
    Truth::from_bounds(listed(Truth::certain) >= count, listed(Truth::possible) >= count || others)
}

fn most(rows: &[Counted]) -> Truth {
    let count = |holds: fn(Counted) -> Truth, wanted: fn(Truth) -> bool| {
        rows.iter().filter(|row| row.candidate.listed && wanted(holds(**row))).count()
    };
    let others = |holds: fn(Counted) -> Truth| {
        rows.iter().any(|row| !row.candidate.listed && holds(*row).possible())
    };
    let certain = !others(Counted::misses)
        && count(Counted::meets, Truth::certain) > count(Counted::misses, Truth::possible);
    let possible = others(Counted::meets)
        || count(Counted::meets, Truth::possible) > count(Counted::misses, Truth::certain);
    Truth::from_bounds(certain, possible)
}
