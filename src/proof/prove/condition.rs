//! Conditions from their parts. A block that one part decides rests on the one that is easiest to see.

use crate::certificate::{Bound, Claim, Inference, Matter, Place};
use crate::knowledge::{Condition, Test};

use super::super::evaluate::Scope;
use super::{Proved, Prover, TooLong, reaches, strongest};

/// A condition where its variables stand for rows of a world.
#[derive(Clone, Copy)]
pub(super) struct At<'s, 'v> {
    pub(super) world: usize,
    pub(super) scope: &'s Scope<'v>,
    pub(super) place: &'s Place,
}

impl<'s, 'v> At<'s, 'v> {
    pub(super) fn new(world: usize, scope: &'s Scope<'v>, place: &'s Place) -> At<'s, 'v> {
        At { world, scope, place }
    }
}

impl Prover<'_> {
    /// Proves that a condition reaches a bound, which it does; where it reaches more, that: it reads better, and serves
    /// both bounds.
    pub(super) fn condition(
        &mut self,
        at: At<'_, '_>,
        condition: &Condition,
        bound: Bound,
    ) -> Proved {
        let bound = strongest(at.scope.truth(condition), bound);
        let matter = Matter::Condition(at.place.clone(), at.scope.rows().to_vec());
        let claim = Claim::Holds(matter, bound);
        if let Some(known) = self.find(at.world, &claim) {
            return Ok(known);
        }
        self.deeper(|prover| {
            let (by, from) = match condition {
                Condition::All(list) => {
                    (Inference::Block, prover.block(at, list, bound, bound.is_reached())?)
                }
                Condition::Any(list) => {
                    (Inference::Block, prover.block(at, list, bound, !bound.is_reached())?)
                }
                Condition::Not(part) => {
                    let place = at.place.part(0);
                    let at = At { place: &place, ..at };
                    (Inference::Negation, vec![prover.condition(at, part, bound.swapped())?])
                }
                Condition::Test(test, _) => (Inference::Test, prover.terms(at, test)?),
                Condition::Holds(predicate, arguments, _) => {
                    let rows = at.scope.rows_of(arguments);
                    (Inference::Call, vec![prover.atom(at, *predicate, &rows, bound)?])
                }
                Condition::Quantified(quantified, _) => {
                    (Inference::Quantifier, prover.quantified(at, quantified, bound)?)
                }
            };
            prover.add(at.world, claim, by, from)
        })
    }

    /// Proves the parts that carry a block: all, or the first of the easiest kind that reaches the bound.
    fn block(
        &mut self,
        at: At<'_, '_>,
        list: &[Condition],
        bound: Bound,
        all: bool,
    ) -> Result<Vec<usize>, TooLong> {
        let parts = list.iter().enumerate();
        let chosen: Vec<(usize, &Condition)> = if all {
            parts.collect()
        } else {
            let deciding = parts.filter(|(_, part)| reaches(at.scope.truth(part), bound));
            deciding.min_by_key(|(_, part)| effort(part)).into_iter().collect()
        };
        let mut from = Vec::new();
        for (position, part) in chosen {
            from.extend(self.part(at, position, part, bound)?);
        }
        Ok(from)
    }

    /// Proves a part; an empty block needs no proof.
    pub(super) fn part(
        &mut self,
        at: At<'_, '_>,
        position: usize,
        part: &Condition,
        bound: Bound,
    ) -> Result<Option<usize>, TooLong> {
        if is_empty(part) {
            return Ok(None);
        }
        let place = at.place.part(position);
        self.condition(At { place: &place, ..at }, part, bound).map(Some)
    }

    /// Proves a condition at its root; an empty block needs no proof.
    pub(super) fn whole(
        &mut self,
        at: At<'_, '_>,
        condition: &Condition,
        bound: Bound,
    ) -> Result<Option<usize>, TooLong> {
        if is_empty(condition) { Ok(None) } else { self.condition(at, condition, bound).map(Some) }
    }
}

fn is_empty(condition: &Condition) -> bool {
    matches!(condition, Condition::All(list) | Condition::Any(list) if list.is_empty())
}

/// How hard a condition is to see through.
fn effort(condition: &Condition) -> usize {
    match condition {
        Condition::Test(Test::Compare(..) | Test::IncludesValue(..) | Test::OneOf(..), _) => 1,
        Condition::Test(..) => 0,
        Condition::Not(part) => effort(part),
        Condition::Holds(..) => 2,
        Condition::All(list) | Condition::Any(list) => {
            2 + list.iter().map(effort).max().unwrap_or(0)
        }
        Condition::Quantified(..) => 4,
    }
}
