//! Tests from the values of their terms: certain when every value passes, possible when one does.

use crate::certificate::{Outcome, Place, Quantity};
use crate::knowledge::{Comparison, EntityId, Row, Term, Test, Variable, VariableId};
use crate::value::{Members, NUMBER_UNIT, Possible, completed_years};

use super::Checked;
use super::premises::Premises;
use super::shown::Shown;

/// Where a test stands, and for which rows.
struct At<'a> {
    place: &'a Place,
    variables: &'a [Variable],
    rows: &'a [usize],
}

impl At<'_> {
    fn row(&self, variable: VariableId) -> usize {
        self.rows.get(variable.0).copied().unwrap_or(crate::certificate::UNBOUND)
    }

    fn resolve(&self, row: Row) -> usize {
        match row {
            Row::Variable(variable) => self.row(variable),
            Row::Only => 0,
            Row::Member(member) => member,
        }
    }
}

impl Premises<'_> {
    pub(super) fn test(
        &self,
        place: &Place,
        test: &Test,
        variables: &[Variable],
        rows: &[usize],
    ) -> Checked<Shown> {
        let at = At { place, variables, rows };
        Ok(match test {
            Test::Among(term, members) => self.one(&at, term, |value| among(value, *members))?,
            Test::Within(term, low, high) => self.one(&at, term, |value| match value {
                Possible::Range { low: least, high: most } => {
                    Shown::exactly(*low <= least && most <= *high, *low <= most && least <= *high)
                }
                _ => Shown::FAILS,
            })?,
            Test::Includes(term, members) => self.one(&at, term, |value| {
                let (may, sure) = set(value);
                Shown::exactly(sure & members != 0, may & members != 0)
            })?,
            Test::Empty(term) => self.one(&at, term, |value| match value {
                Possible::Set { .. } => {
                    let (may, sure) = set(value);
                    Shown::exactly(may == 0, sure == 0)
                }
                _ => Shown::FAILS,
            })?,
            Test::Unknown(term) => {
                let Outcome { value, may_lack } = self.term(&at, term, 0)?;
                let known = value.is_none_or(|value| !may_lack && value.is_known());
                Shown::exactly(!known, !known)
            }
            Test::IncludesValue(left, right) => {
                self.two(&at, (left, 0), (right, 1), includes_value)?
            }
            Test::Compare(left, how, right) => self.compare(&at, left, *how, (right, 1))?,
            Test::OneOf(left, members, rights) => self.one_of(&at, left, *members, rights)?,
        })
    }

    fn one(&self, at: &At<'_>, term: &Term, test: impl Fn(Possible) -> Shown) -> Checked<Shown> {
        Ok(passes(self.term(at, term, 0)?, test))
    }

    fn two(
        &self,
        at: &At<'_>,
        left: (&Term, usize),
        right: (&Term, usize),
        test: impl Fn(Possible, Possible) -> Shown,
    ) -> Checked<Shown> {
        let (left, right) = (self.term(at, left.0, left.1)?, self.term(at, right.0, right.1)?);
        Ok(passes(left, |left| passes(right, |right| test(left, right))))
    }

    fn compare(
        &self,
        at: &At<'_>,
        left: &Term,
        how: Comparison,
        right: (&Term, usize),
    ) -> Checked<Shown> {
        if self.one_value(at, left, right.0) {
            let holds = match how {
                Comparison::Same => true,
                Comparison::Different => false,
                Comparison::AtLeast(steps) => steps <= 0,
            };
            return Ok(Shown::exactly(holds, holds));
        }
        self.two(at, (left, 0), right, |left, right| match how {
            Comparison::Same => same(left, right),
            Comparison::Different => same(left, right).negated(),
            Comparison::AtLeast(steps) => reaches(left, right, steps),
        })
    }

    /// Certain where each value of the left is a constant or all that one of the others may be.
    fn one_of(
        &self,
        at: &At<'_>,
        left: &Term,
        members: Members,
        rights: &[Term],
    ) -> Checked<Shown> {
        if rights.iter().any(|right| self.one_value(at, left, right)) {
            return Ok(Shown::HOLDS);
        }
        let left_is = self.term(at, left, 0)?;
        let mut sure = members;
        let mut any = passes(left_is, |value| among(value, members));
        for (right, position) in rights.iter().zip(1..) {
            any = any.or(self.compare(at, left, Comparison::Same, (right, position))?);
            let right = self.term(at, right, position)?;
            if let (Some(Possible::Choice(value)), false) = (right.value, right.may_lack)
                && value.is_power_of_two()
            {
                sure |= value;
            }
        }
        let together = passes(left_is, |value| among(value, sure));
        Ok(if together.certain == Some(true) { Shown::HOLDS } else { any })
    }

    /// What a term may be.
    fn term(&self, at: &At<'_>, term: &Term, position: usize) -> Checked<Outcome> {
        let known = |value| Ok(Outcome { value: Some(value), may_lack: false });
        match term {
            Term::Attribute(attribute, row) => {
                self.known(&Quantity::Attribute(*attribute, at.resolve(*row)))
            }
            Term::Relation(relation, a, b) => {
                self.known(&Quantity::Relation(*relation, at.row(*a), at.row(*b)))
            }
            Term::Member(variable) => {
                let row = u32::try_from(at.row(*variable)).unwrap_or(u32::MAX);
                known(Possible::Choice(1_u64.checked_shl(row).unwrap_or(0)))
            }
            Term::Extreme(_) => {
                self.known(&Quantity::Extreme(at.place.part(position), at.rows.to_vec()))
            }
            Term::Years { since, date } => {
                let date = self.term(at, date, position)?;
                known(years(*since, date.value, self.facts.today))
            }
        }
    }

    /// What a term over given rows may be, outside a test.
    pub(super) fn term_of_rows(
        &self,
        variables: &[Variable],
        term: &Term,
        (place, rows): (&Place, &[usize]),
    ) -> Checked<Outcome> {
        self.term(&At { place, variables, rows }, term, 0)
    }

    /// Whether two terms are the same fact.
    fn one_value(&self, at: &At<'_>, left: &Term, right: &Term) -> bool {
        let one_row = |entity: EntityId, a: usize, b: usize| a == b && a < self.listed(entity);
        let one = |a: VariableId, b: VariableId| {
            let entity = at.variables.get(a.0).map(|variable| variable.entity);
            a == b || entity.is_some_and(|entity| one_row(entity, at.row(a), at.row(b)))
        };
        match (left, right) {
            (Term::Attribute(a, left), Term::Attribute(b, right)) => {
                let entity = self.kb.vocabulary.attribute(*a).entity;
                let rows = (at.resolve(*left), at.resolve(*right));
                a == b && (left == right || one_row(entity, rows.0, rows.1))
            }
            (Term::Relation(a, a1, a2), Term::Relation(b, b1, b2)) => {
                let symmetric = self.kb.vocabulary.relation(*a).symmetric;
                let straight = one(*a1, *b1) && one(*a2, *b2);
                a == b && (straight || (symmetric && one(*a1, *b2) && one(*a2, *b1)))
            }
            _ => false,
        }
    }
}

/// Having no value fails every test.
fn passes(outcome: Outcome, test: impl Fn(Possible) -> Shown) -> Shown {
    let shown = outcome.value.map_or(Shown::FAILS, test);
    if outcome.may_lack { shown.and(Shown::OPEN) } else { shown }
}

fn among(value: Possible, members: Members) -> Shown {
    match value {
        Possible::Choice(value) => Shown::exactly(value & !members == 0, value & members != 0),
        _ => Shown::FAILS,
    }
}

fn includes_value(left: Possible, right: Possible) -> Shown {
    let (may, sure) = set(left);
    match right {
        Possible::Choice(right) => Shown::exactly(right & !sure == 0, right & may != 0),
        _ => Shown::FAILS,
    }
}

/// The members that may be in a set, and those that certainly are.
fn set(value: Possible) -> (Members, Members) {
    match value {
        Possible::Set { may_include, may_exclude } => (may_include, may_include & !may_exclude),
        _ => (0, 0),
    }
}

fn same(left: Possible, right: Possible) -> Shown {
    let possible = left.meet(right).is_some();
    Shown::exactly(possible && left.is_known() && right.is_known(), possible)
}

/// Whether the left is at least the right and so many steps; no bound is short of nothing and beyond everything.
fn reaches(left: Possible, right: Possible, steps: i64) -> Shown {
    let (Some((low, high)), Some((floor, ceiling))) = (ends(left), ends(right)) else {
        return Shown::FAILS;
    };
    let certain = low > i64::MIN && ceiling < i64::MAX && low >= ceiling.saturating_add(steps);
    let open_end = high == i64::MAX || floor == i64::MIN;
    Shown::exactly(certain, open_end || high >= floor.saturating_add(steps))
}

fn ends(value: Possible) -> Option<(i64, i64)> {
    match value {
        Possible::Range { low, high } => Some((low, high)),
        Possible::Choice(members) if members != 0 => {
            Some((members.trailing_zeros().into(), members.ilog2().into()))
        }
        _ => None,
    }
}

/// Completed years between a date and the day looked at, in millionths.
fn years(since: bool, date: Option<Possible>, today: Option<i64>) -> Possible {
    let (Some(Possible::Range { low, high }), Some(today)) = (date, today) else {
        return Possible::Range { low: i64::MIN, high: i64::MAX };
    };
    let whole = |count: i64| match count {
        i64::MIN | i64::MAX => count,
        _ => count.saturating_mul(NUMBER_UNIT),
    };
    let between = |from, to| whole(completed_years(from, to));
    if since {
        Possible::Range { low: between(high, today), high: between(low, today) }
    } else {
        Possible::Range { low: between(today, low), high: between(today, high) }
    }
}
