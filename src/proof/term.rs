//! The possible values of a term: an attribute, a relation, a member, the highest or lowest over some rows, years.
//! Knows no tests.

use crate::knowledge::{AttributeId, Extreme, RelationId, Term};
use crate::truth::Truth;
use crate::value::{Members, NUMBER_UNIT, Possible, completed_years};

use super::evaluate::{Scope, View};

/// What a term may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Its possible values; none where it certainly has no value.
    pub(super) value: Option<Possible>,
    /// Whether it may have no value.
    pub(super) may_lack: bool,
}

impl Outcome {
    fn of(value: Possible) -> Outcome {
        Outcome { value: Some(value), may_lack: false }
    }

    /// Whether exactly one outcome is possible.
    pub(super) fn is_known(self) -> bool {
        match self.value {
            None => true,
            Some(value) => !self.may_lack && value.is_known(),
        }
    }
}

const ANY: Possible = Possible::Range { low: i64::MIN, high: i64::MAX };

impl View<'_> {
    /// The possible values of an attribute of a row, listed or not.
    #[must_use]
    pub fn attribute(self, attribute: AttributeId, row: usize) -> Possible {
        let declared = self.kb.vocabulary.attribute(attribute);
        let cell = self.facts.cell(attribute, row);
        let stated = cell.is_some_and(crate::facts::Cell::is_stated);
        if declared.derived && !stated {
            let worked_out = self.model.derived.get(&attribute).and_then(|rows| rows.get(row));
            return worked_out.copied().unwrap_or_else(|| self.derivation(attribute, row));
        }
        cell.map_or(declared.background, |cell| cell.possible)
    }

    /// The possible values of a relation of two rows, listed or not.
    #[must_use]
    pub fn relation(self, relation: RelationId, a: usize, b: usize) -> Possible {
        let declared = self.kb.vocabulary.relation(relation);
        let [first, second] = declared.entities;
        let stated = (self.is_listed(first, a) && self.is_listed(second, b))
            .then(|| self.facts.tie(&self.kb.vocabulary, relation, a, b))
            .flatten();
        stated.map_or(declared.background, |cell| cell.possible)
    }
}

impl Scope<'_> {
    /// What a term may be.
    pub(super) fn outcome(&self, term: &Term) -> Outcome {
        match term {
            Term::Attribute(attribute, row) => {
                Outcome::of(self.view.attribute(*attribute, self.resolve(*row)))
            }
            Term::Relation(relation, a, b) => {
                Outcome::of(self.view.relation(*relation, self.row(*a), self.row(*b)))
            }
            Term::Member(variable) => Outcome::of(Possible::Choice(
                1_u64.checked_shl(shift(self.row(*variable))).unwrap_or(0),
            )),
            Term::Extreme(extreme) => self.extreme(extreme),
            Term::Years { since, date } => Outcome::of(self.years(*since, date)),
        }
    }

    fn years(&self, since: bool, date: &Term) -> Possible {
        let (Some(today), Some(Possible::Range { low, high })) =
            (self.view.facts.today, self.outcome(date).value)
        else {
            return ANY;
        };
        if since {
            Possible::Range {
                low: years(completed_years(high, today)),
                high: years(completed_years(low, today)),
            }
        } else {
            Possible::Range {
                low: years(completed_years(today, low)),
                high: years(completed_years(today, high)),
            }
        }
    }

    /// The highest or lowest over some rows; it may have no value unless some listed row certainly counts.
    pub(super) fn extreme(&self, extreme: &Extreme) -> Outcome {
        let rows: Vec<(bool, Possible)> = self
            .candidates(extreme.variable)
            .into_iter()
            .filter_map(|candidate| {
                let scope = self.bind(extreme.variable, candidate.row);
                let counts = candidate.apart.and(scope.truth(&extreme.condition));
                let value = scope.outcome(&extreme.term).value?;
                counts.possible().then_some((counts == Truth::True && candidate.listed, value))
            })
            .collect();
        Outcome {
            value: extreme_value(extreme.highest, &rows),
            may_lack: !rows.iter().any(|(certain, _)| *certain),
        }
    }
}

fn shift(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn years(count: i64) -> i64 {
    if count == i64::MIN || count == i64::MAX { count } else { count.saturating_mul(NUMBER_UNIT) }
}

fn extreme_value(highest: bool, rows: &[(bool, Possible)]) -> Option<Possible> {
    match rows.first()? {
        (_, Possible::Choice(_)) => Some(Possible::Choice(extreme_member(highest, rows))),
        _ => extreme_range(highest, rows),
    }
}

/// A member is possible where a row that may count may have it, and every row that certainly counts may have one that
/// does not surpass it.
fn extreme_member(highest: bool, rows: &[(bool, Possible)]) -> Members {
    let mut members = 0;
    let mut allowed = Members::MAX;
    for (certain, value) in rows {
        let Possible::Choice(value) = *value else { continue };
        members |= value;
        if *certain && value != 0 {
            allowed &= if highest {
                Members::MAX << value.trailing_zeros()
            } else {
                Members::MAX >> value.leading_zeros()
            };
        }
    }
    members & allowed
}

fn extreme_range(highest: bool, rows: &[(bool, Possible)]) -> Option<Possible> {
    let bounds = |certain_only: bool| {
        rows.iter().filter(move |(certain, _)| *certain || !certain_only).filter_map(
            |(_, value)| match value {
                Possible::Range { low, high } => Some((*low, *high)),
                _ => None,
            },
        )
    };
    let (lows, highs) = (|(low, _)| low, |(_, high)| high);
    Some(if highest {
        Possible::Range {
            low: bounds(true).map(lows).max().or_else(|| bounds(false).map(lows).min())?,
            high: bounds(false).map(highs).max()?,
        }
    } else {
        Possible::Range {
            low: bounds(false).map(lows).min()?,
            high: bounds(true).map(highs).min().or_else(|| bounds(false).map(highs).max())?,
        }
    })
}
