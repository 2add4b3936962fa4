//! Which changes help where so many rows have to satisfy something, or not: of the rows listed, one more row, a closed list.

use crate::knowledge::{EntityKind, Extreme, Quantified, Quantifier};
use crate::truth::Truth;

use super::super::evaluate::Scope;
use super::super::quantify::Counted;
use super::candidate::Candidate;
use super::goal::{Mender, Ways, fewest};
use super::leaf::Wanted;

impl<'a> Mender<'a> {
    pub(super) fn quantified(
        &mut self,
        scope: &Scope<'a>,
        quantified: &Quantified,
        wanted: bool,
    ) -> Ways {
        let rows = scope.counted(quantified);
        match (quantified.quantifier, wanted) {
            (Quantifier::Some | Quantifier::AtLeast(_), true) => {
                let mut ways = self.each(scope, quantified, &rows, Asked::Meets(true)).concat();
                ways.extend(self.one_more(scope, quantified));
                ways
            }
            (Quantifier::Some | Quantifier::AtLeast(1), false) => {
                let mut lists = self.each(scope, quantified, &rows, Asked::Meets(false));
                lists.extend(close(scope, quantified, &rows, Counted::meets));
                fewest(lists)
            }
            (Quantifier::AtLeast(_), false) => {
                let mut lists = self.each(scope, quantified, &rows, Asked::Meets(false));
                lists.extend(close(scope, quantified, &rows, Counted::meets));
                lists.concat()
            }
            (Quantifier::Every, true) => {
                let mut lists = self.each(scope, quantified, &rows, Asked::Misses(false));
                lists.extend(close(scope, quantified, &rows, Counted::misses));
                if !rows.iter().any(|row| row.candidate.listed && row.admitted == Truth::True) {
                    let mut some = self.each(scope, quantified, &rows, Asked::Admitted).concat();
                    some.extend(self.one_more(scope, quantified));
                    lists.push(some);
                }
                fewest(lists)
            }
            (Quantifier::Most, true) => {
                let mut ways = self.each(scope, quantified, &rows, Asked::Misses(false)).concat();
                ways.extend(self.each(scope, quantified, &rows, Asked::Meets(true)).concat());
                ways.extend(close(scope, quantified, &rows, Counted::misses).concat());
                ways.extend(self.one_more(scope, quantified));
                ways
            }
            (Quantifier::Every | Quantifier::Most, false) => {
                let mut ways = self.each(scope, quantified, &rows, Asked::Misses(true)).concat();
                ways.extend(self.each(scope, quantified, &rows, Asked::Meets(false)).concat());
                ways.extend(close(scope, quantified, &rows, Counted::meets).concat());
                ways.extend(self.one_more(scope, quantified));
                ways
            }
        }
    }

    /// For each listed row that is not as asked, the ways to make it so.
    fn each(
        &mut self,
        scope: &Scope<'a>,
        quantified: &Quantified,
        rows: &[Counted],
        asked: Asked,
    ) -> Vec<Ways> {
        let left = rows.iter().filter(|row| row.candidate.listed && !asked.holds(**row));
        left.map(|row| {
            let inner = scope.bind(quantified.variable, row.candidate.row);
            let (filter, body) = asked.parts();
            let mut lists = Vec::new();
            if let Some(wanted) = filter
                && inner.truth(&quantified.filter) != Truth::from_bounds(wanted, wanted)
            {
                lists.push(self.condition(&inner, &quantified.filter, wanted));
            }
            if let Some(wanted) = body
                && inner.truth(&quantified.body) != Truth::from_bounds(wanted, wanted)
            {
                lists.push(self.condition(&inner, &quantified.body, wanted));
            }
            if asked.together() { fewest(lists) } else { lists.concat() }
        })
        .collect()
    }

    /// One more row, of which the rest has to be said by further changes.
    fn one_more(&self, scope: &Scope<'a>, quantified: &Quantified) -> Ways {
        let entity = scope.entity(quantified.variable);
        let many = self.view.kb.vocabulary.entity(entity).kind == EntityKind::Many;
        if many { vec![Candidate::Row(entity)] } else { Vec::new() }
    }

    /// Ways to bring the highest or lowest over some rows to what is wanted: a row's value, or whether it counts.
    pub(super) fn extreme(&mut self, scope: &Scope<'a>, extreme: &Extreme, wanted: Wanted) -> Ways {
        let mut ways = Vec::new();
        let mut others = false;
        for candidate in scope.candidates(extreme.variable) {
            let inner = scope.bind(extreme.variable, candidate.row);
            let counts = inner.truth(&extreme.condition);
            if !candidate.listed {
                others |= counts.possible();
                continue;
            }
            if counts.possible() {
                ways.extend(self.bring(&inner, &extreme.term, wanted));
                ways.extend(self.condition(&inner, &extreme.condition, false));
            }
            if counts != Truth::True {
                ways.extend(self.condition(&inner, &extreme.condition, true));
            }
        }
        if others {
            ways.push(Candidate::Close(scope.entity(extreme.variable)));
        }
        ways
    }
}

/// Closing the list, where rows that are not listed stand in the way.
fn close(
    scope: &Scope<'_>,
    quantified: &Quantified,
    rows: &[Counted],
    holds: fn(Counted) -> Truth,
) -> Vec<Ways> {
    let others = rows.iter().any(|row| !row.candidate.listed && holds(*row).possible());
    let entity = scope.entity(quantified.variable);
    if others { vec![vec![Candidate::Close(entity)]] } else { Vec::new() }
}

/// What is asked of one row under a quantifier.
#[derive(Debug, Clone, Copy)]
enum Asked {
    /// It is admitted and satisfies the body, or not.
    Meets(bool),
    /// It is admitted and does not satisfy the body, or not that.
    Misses(bool),
    /// It is admitted.
    Admitted,
}

impl Asked {
    fn holds(self, row: Counted) -> bool {
        match self {
            Asked::Meets(wanted) => row.meets() == Truth::from_bounds(wanted, wanted),
            Asked::Misses(wanted) => row.misses() == Truth::from_bounds(wanted, wanted),
            Asked::Admitted => row.admitted == Truth::True,
        }
    }

    /// What that asks of the filter and of the body.
    fn parts(self) -> (Option<bool>, Option<bool>) {
        match self {
            Asked::Meets(wanted) => (Some(wanted), Some(wanted)),
            Asked::Misses(wanted) => (Some(wanted), Some(!wanted)),
            Asked::Admitted => (Some(true), None),
        }
    }

    /// Whether both are needed.
    fn together(self) -> bool {
        !matches!(self, Asked::Meets(false) | Asked::Misses(false))
    }
}
