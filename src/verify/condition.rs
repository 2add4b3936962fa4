//! Conditions from their parts: blocks, negation, calls, so many rows.

use crate::certificate::place::Found;
use crate::certificate::{Inference, Matter, Place, UNBOUND};
use crate::knowledge::{Condition, EntityId, Quantified, Quantifier, Variable, VariableId};

use super::Checked;
use super::premises::Premises;
use super::shown::{Count, Shown, both, not};

/// A row that a variable may stand for.
pub(super) struct Candidate {
    pub(super) listed: bool,
    /// Whether it differs from the rows it must differ from.
    pub(super) apart: Shown,
    /// All rows, this one among them.
    pub(super) rows: Vec<usize>,
}

impl<'a> Premises<'a> {
    /// What stands at a place, where the variables in scope stand for rows that are there and the others for none.
    pub(super) fn find(&self, place: &Place) -> Checked<Found<'a>> {
        place.find(self.kb).ok_or_else(|| "the rules have no such condition".to_owned())
    }

    pub(super) fn in_scope(&self, found: &Found<'_>, rows: &[usize]) -> Checked<()> {
        let fits = |(at, (row, variable)): (usize, (&usize, &Variable))| {
            if found.bound.contains(&VariableId(at)) {
                *row < self.end(variable.entity)
            } else {
                *row == UNBOUND
            }
        };
        let pairs = rows.iter().zip(found.variables);
        if rows.len() == found.variables.len() && pairs.enumerate().all(fits) {
            Ok(())
        } else {
            Err("it speaks of rows that are not there".to_owned())
        }
    }

    /// The kind of inference that gives a condition.
    pub(super) fn kind_of(&self, place: &Place) -> Checked<Inference> {
        Ok(match self.find(place)?.condition {
            Condition::All(_) | Condition::Any(_) => Inference::Block,
            Condition::Not(_) => Inference::Negation,
            Condition::Test(..) => Inference::Test,
            Condition::Holds(..) => Inference::Call,
            Condition::Quantified(..) => Inference::Quantifier,
        })
    }

    /// What the parts of a condition show of it.
    pub(super) fn condition(&self, place: &Place, rows: &[usize]) -> Checked<Shown> {
        let found = self.find(place)?;
        self.in_scope(&found, rows)?;
        let parts = |list: &[Condition]| -> Vec<Shown> {
            let parts = list.iter().enumerate();
            parts.map(|(at, part)| self.part(&place.part(at), part, rows)).collect()
        };
        Ok(match found.condition {
            Condition::All(list) => parts(list).into_iter().fold(Shown::HOLDS, Shown::and),
            Condition::Any(list) => parts(list).into_iter().fold(Shown::FAILS, Shown::or),
            Condition::Not(part) => self.part(&place.part(0), part, rows).negated(),
            Condition::Test(test, _) => self.test(place, test, found.variables, rows)?,
            Condition::Holds(predicate, arguments, _) => {
                let row = |argument: &VariableId| rows.get(argument.0).copied();
                let arguments: Vec<usize> = arguments.iter().filter_map(row).collect();
                self.atom(*predicate, &arguments)
            }
            Condition::Quantified(quantified, _) => {
                self.quantified(place, quantified, found.variables, rows)
            }
        })
    }

    /// What a premise shows of a part; an empty block needs none.
    pub(super) fn part(&self, place: &Place, condition: &Condition, rows: &[usize]) -> Shown {
        match condition {
            Condition::All(list) if list.is_empty() => Shown::HOLDS,
            Condition::Any(list) if list.is_empty() => Shown::FAILS,
            _ => self.shown(&Matter::Condition(place.clone(), rows.to_vec())),
        }
    }

    /// Every row that a variable may stand for, the unlisted one last.
    pub(super) fn candidates(
        &self,
        variables: &[Variable],
        variable: VariableId,
        rows: &[usize],
    ) -> Vec<Candidate> {
        let Some(declared) = variables.get(variable.0) else { return Vec::new() };
        let listed = self.listed(declared.entity);
        let candidate = |row: usize| {
            let alike = declared.apart.iter().any(|other| rows.get(other.0) == Some(&row));
            let apart = match (alike, row < listed) {
                (false, _) => Shown::HOLDS,
                (true, true) => Shown::FAILS,
                (true, false) => Shown::OPEN,
            };
            let mut rows = rows.to_vec();
            if let Some(place) = rows.get_mut(variable.0) {
                *place = row;
            }
            Candidate { listed: row < listed, apart, rows }
        };
        let all = (0..self.end(entity(declared))).map(candidate);
        all.filter(|candidate| candidate.apart != Shown::FAILS).collect()
    }

    fn quantified(
        &self,
        place: &Place,
        quantified: &Quantified,
        variables: &[Variable],
        rows: &[usize],
    ) -> Shown {
        let candidates = self.candidates(variables, quantified.variable, rows);
        let counted: Vec<Counted> = candidates
            .into_iter()
            .map(|candidate| {
                let filter = self.part(&place.part(0), &quantified.filter, &candidate.rows);
                let body = self.part(&place.part(1), &quantified.body, &candidate.rows);
                let admitted = candidate.apart.and(filter);
                let meets = admitted.and(body);
                let misses = admitted.and(body.negated());
                Counted { listed: candidate.listed, admitted, meets, misses }
            })
            .collect();
        match quantified.quantifier {
            Quantifier::Some => at_least(1, &counted, |row| row.meets),
            Quantifier::AtLeast(count) => at_least(count as usize, &counted, |row| row.meets),
            Quantifier::Every => {
                let none_misses = at_least(1, &counted, |row| row.misses).negated();
                at_least(1, &counted, |row| row.admitted).and(none_misses)
            }
            Quantifier::Most => most(&counted),
        }
    }
}

fn entity(variable: &Variable) -> EntityId {
    variable.entity
}

/// A row under a quantifier.
struct Counted {
    listed: bool,
    /// It may stand for the variable and the filter admits it.
    admitted: Shown,
    /// Admitted, and it satisfies the body.
    meets: Shown,
    /// Admitted, and it does not.
    misses: Shown,
}

/// How many listed rows are so.
fn count(rows: &[Counted], is: impl Fn(&Counted) -> Option<bool>) -> Count {
    Count::of(rows.iter().filter(|row| row.listed).map(is))
}

/// Whether the unlisted row, which stands for any number, may be so.
fn others(rows: &[Counted], is: impl Fn(&Counted) -> Option<bool>) -> Option<bool> {
    rows.iter().find(|row| !row.listed).map_or(Some(false), is)
}

fn at_least(wanted: usize, rows: &[Counted], is: fn(&Counted) -> Shown) -> Shown {
    let listed = count(rows, |row| is(row).possible).reaches(wanted);
    let others = others(rows, |row| is(row).possible);
    Shown {
        certain: count(rows, |row| is(row).certain).reaches(wanted),
        possible: not(both(not(listed), not(others))),
    }
}

fn most(rows: &[Counted]) -> Shown {
    let certain =
        count(rows, |row| row.meets.certain).exceeds(count(rows, |row| row.misses.possible));
    let possible =
        count(rows, |row| row.meets.possible).exceeds(count(rows, |row| row.misses.certain));
    let others_miss = others(rows, |row| row.misses.possible);
    let others_meet = others(rows, |row| row.meets.possible);
    Shown {
        certain: both(certain, not(others_miss)),
        possible: not(both(not(possible), not(others_meet))),
    }
}
