//! A case as it could have been told on a day: without the events, rows and dates that came later. What is cut away cannot
//! be read by anything that follows.

use crate::case::{Boundary, Case, CitedSource};
use crate::facts::Evidence;

/// What is left of a case.
pub(super) enum Cut {
    /// The case as it was known.
    Known(Box<Case>),
    /// It had not begun.
    Later,
    /// Nothing dates it, and not all of its sources are known to be written by then.
    Undated,
}

/// The case as it was known by a day; all of it where no day is given.
pub(super) fn cut(case: &Case, by: Option<i64>) -> Cut {
    let Some(by) = by else { return Cut::Known(Box::new(case.clone())) };
    let Some(first) = case.events.iter().filter_map(|event| event.day).min() else {
        let written = written(&case.sources).is_some_and(|written| written <= by);
        return if written { Cut::Known(Box::new(case.clone())) } else { Cut::Undated };
    };
    if by < first {
        return Cut::Later;
    }
    let mut known = case.clone();
    known.events.retain(|event| event.day <= Some(by));
    let begun = |boundary: &Boundary| match boundary {
        Boundary::Date(period) => period.last <= by,
        Boundary::Event(id) => known.events.iter().any(|event| event.id == *id),
    };
    let reached = |from: Option<&Boundary>| from.is_none_or(begun);
    known.rows = case.rows.iter().filter(|row| reached(row.from.as_ref())).cloned().collect();
    for row in &mut known.rows {
        let ended = row.until.as_ref().is_some_and(|until| match until {
            Boundary::Date(period) => period.last <= by,
            Boundary::Event(id) => known.events.iter().any(|event| event.id == *id),
        });
        if !ended {
            row.until = None;
        }
    }
    Cut::Known(Box::new(known))
}

/// The day on which the last of the sources was written; none where one does not say. Suppositions need no source.
pub(super) fn written(sources: &[CitedSource]) -> Option<i64> {
    let firm = sources.iter().filter(|source| source.evidence > Evidence::Assumed);
    let days: Option<Vec<i64>> = firm.map(|source| source.date.map(|date| date.last)).collect();
    days?.into_iter().max()
}
