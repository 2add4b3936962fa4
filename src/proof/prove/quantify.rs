//! So many rows: witnesses for what is reached, enough rows that fail for what is not.

use crate::certificate::Bound;
use crate::knowledge::{Quantified, Quantifier};
use crate::truth::Truth;

use super::super::quantify::Counted;
use super::condition::At;
use super::{Prover, TooLong, reaches};

type Steps = Result<Vec<usize>, TooLong>;

/// What is counted of rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The filter admits it.
    Admitted,
    /// Admitted, and it satisfies the body.
    Meets,
    /// Admitted, and it does not.
    Misses,
}

impl Side {
    fn truth(self, row: Counted) -> Truth {
        match self {
            Side::Admitted => row.admitted,
            Side::Meets => row.meets(),
            Side::Misses => row.misses(),
        }
    }
}

/// Rows under a quantifier, to be proved one by one.
#[derive(Clone, Copy)]
struct Rows<'s, 'v> {
    at: At<'s, 'v>,
    quantified: &'s Quantified,
    list: &'s [Counted],
}

impl<'s> Rows<'s, '_> {
    /// The rows of which one side reaches a bound.
    fn that(self, side: Side, bound: Bound) -> impl Iterator<Item = Counted> + 's {
        self.list.iter().copied().filter(move |row| reaches(side.truth(*row), bound))
    }

    fn listed(self) -> usize {
        self.list.iter().filter(|row| row.candidate.listed).count()
    }

    fn others(self) -> Option<Counted> {
        self.list.iter().copied().find(|row| !row.candidate.listed)
    }
}

impl Prover<'_> {
    pub(super) fn quantified(
        &mut self,
        at: At<'_, '_>,
        quantified: &Quantified,
        bound: Bound,
    ) -> Steps {
        let counted = at.scope.counted(quantified);
        let rows = Rows { at, quantified, list: &counted };
        match quantified.quantifier {
            Quantifier::Some => self.at_least(rows, Side::Meets, 1, bound),
            Quantifier::AtLeast(count) => self.at_least(rows, Side::Meets, count as usize, bound),
            Quantifier::Every => self.every(rows, bound),
            Quantifier::Most => self.most(rows, bound),
        }
    }

    /// That a side of one row reaches a bound, which it does.
    fn row(&mut self, rows: Rows<'_, '_>, row: Counted, side: Side, bound: Bound) -> Steps {
        let Rows { at, quantified, .. } = rows;
        let inner = at.scope.bind(quantified.variable, row.candidate.row);
        let at = At { scope: &inner, ..at };
        let body_bound = if side == Side::Misses { bound.swapped() } else { bound };
        let filter = inner.truth(&quantified.filter);
        let body = inner.truth(&quantified.body);
        let mut from = Vec::new();
        let apart_fails = !bound.is_reached() && reaches(row.candidate.apart, bound);
        let filter_fails = !bound.is_reached() && reaches(filter, bound);
        let body_fails = side != Side::Admitted && !bound.is_reached() && reaches(body, body_bound);
        if apart_fails {
            return Ok(from);
        }
        if bound.is_reached() || filter_fails {
            from.extend(self.part(at, 0, &quantified.filter, bound)?);
        }
        if (bound.is_reached() && side != Side::Admitted) || (body_fails && !filter_fails) {
            from.extend(self.part(at, 1, &quantified.body, body_bound)?);
        }
        Ok(from)
    }

    /// That at least so many rows are on a side, or fewer.
    fn at_least(&mut self, rows: Rows<'_, '_>, side: Side, count: usize, bound: Bound) -> Steps {
        let listed = |row: &Counted| row.candidate.listed;
        let mut chosen: Vec<Counted> = rows.that(side, bound).filter(listed).collect();
        let others = rows.others().filter(|row| reaches(side.truth(*row), bound));
        if bound.is_reached() {
            if chosen.len() >= count {
                chosen.truncate(count);
            } else {
                chosen = others.into_iter().collect();
            }
        } else {
            chosen.truncate((rows.listed() + 1).saturating_sub(count));
            chosen.extend(others.filter(|_| bound == Bound::Impossible));
        }
        let mut from = Vec::new();
        for row in chosen {
            from.extend(self.row(rows, row, side, bound)?);
        }
        Ok(from)
    }

    /// Some row is admitted, and none that is fails.
    fn every(&mut self, rows: Rows<'_, '_>, bound: Bound) -> Steps {
        let admitted = |bound| {
            let listed_only = matches!(bound, Bound::Certain | Bound::NotCertain);
            rows.that(Side::Admitted, bound)
                .filter(move |row| !listed_only || row.candidate.listed)
                .count()
        };
        if bound.is_reached() {
            let mut from = self.at_least(rows, Side::Admitted, 1, bound)?;
            from.extend(self.at_least(rows, Side::Misses, 1, bound.swapped())?);
            return Ok(from);
        }
        let candidates = if bound == Bound::Impossible { rows.list.len() } else { rows.listed() };
        if admitted(bound) == candidates {
            self.at_least(rows, Side::Admitted, 1, bound)
        } else {
            self.at_least(rows, Side::Misses, 1, bound.swapped())
        }
    }

    /// More rows satisfy the body than do not.
    fn most(&mut self, rows: Rows<'_, '_>, bound: Bound) -> Steps {
        // Any number of others may tip the balance: towards what is possible, away from what is certain.
        let (side, own, settles) = match bound {
            Bound::Certain | Bound::NotCertain => {
                (Side::Misses, bound.swapped(), Bound::NotCertain)
            }
            Bound::Possible | Bound::Impossible => (Side::Meets, bound, Bound::Possible),
        };
        let mut from = Vec::new();
        if let Some(row) = rows.others().filter(|row| reaches(side.truth(*row), own)) {
            from.extend(self.row(rows, row, side, own)?);
            if bound == settles {
                return Ok(from);
            }
        }
        for (side, bound) in [(Side::Meets, bound), (Side::Misses, bound.swapped())] {
            for row in rows.that(side, bound).filter(|row| row.candidate.listed) {
                from.extend(self.row(rows, row, side, bound)?);
            }
        }
        from.sort_unstable();
        from.dedup();
        Ok(from)
    }
}
