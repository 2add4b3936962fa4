//! The rounds in which recursive predicates come to hold: an atom rests on atoms of earlier rounds only.

use std::collections::BTreeMap;

use crate::certificate::{Atom, Bound};
use crate::engine::Model;
use crate::knowledge::{PredicateId, Stratum};
use crate::truth::Truth;

use super::super::evaluate::{Scope, View};
use super::{TooLong, reaches};

/// Most definitions that are tried while rounds are counted.
const MAX_TRIALS: usize = 2_000_000;

/// The round in which each atom of a stratum reaches a bound.
pub(super) struct Ranks {
    members: Vec<PredicateId>,
    bound: Bound,
    rounds: BTreeMap<Atom, usize>,
}

impl Ranks {
    /// The model in which only atoms of rounds before that of this one reach the bound.
    pub(super) fn before(&self, model: &Model, predicate: PredicateId, rows: &[usize]) -> Model {
        let round = self.rounds.get(&(predicate, rows.to_vec())).copied().unwrap_or(0);
        self.until(model, round)
    }

    fn until(&self, model: &Model, round: usize) -> Model {
        let mut before = model.clone();
        for predicate in &self.members {
            let Some(table) = before.predicates.get_mut(predicate.0) else { continue };
            for truth in &mut table.truths {
                *truth = lowered(*truth, self.bound);
            }
        }
        for ((predicate, rows), own) in &self.rounds {
            let truth = model.truth(*predicate, rows);
            if *own < round {
                set(&mut before, *predicate, rows, truth);
            }
        }
        before
    }
}

/// The strongest truth that does not reach a bound.
fn lowered(truth: Truth, bound: Bound) -> Truth {
    match bound {
        Bound::Certain => truth.min(Truth::Open),
        _ => Truth::False,
    }
}

fn set(model: &mut Model, predicate: PredicateId, rows: &[usize], truth: Truth) {
    let Some(table) = model.predicates.get_mut(predicate.0) else { return };
    let index = rows.iter().zip(&table.sizes).fold(0, |index, (row, size)| index * size + row);
    if let Some(entry) = table.truths.get_mut(index) {
        *entry = truth;
    }
}

/// Counts the rounds of a stratum.
pub(super) fn ranks(view: View<'_>, stratum: usize, bound: Bound) -> Result<Ranks, TooLong> {
    let members = match view.kb.strata.get(stratum) {
        Some(Stratum::Predicates { members, .. }) => members.clone(),
        _ => Vec::new(),
    };
    let mut left: Vec<Atom> = members
        .iter()
        .flat_map(|predicate| tuples(view, *predicate).into_iter().map(|rows| (*predicate, rows)))
        .filter(|(predicate, rows)| reaches(view.model.truth(*predicate, rows), bound))
        .collect();
    let mut ranks = Ranks { members, bound, rounds: BTreeMap::new() };
    let mut trials = 0;
    for round in 0.. {
        let model = ranks.until(view.model, round);
        let before = View { model: &model, ..view };
        trials += left.len() + 1;
        let (now, later): (Vec<Atom>, Vec<Atom>) =
            left.into_iter().partition(|atom| given(before, atom, bound));
        if now.is_empty() {
            return if later.is_empty() { Ok(ranks) } else { Err(TooLong) };
        }
        if trials > MAX_TRIALS {
            return Err(TooLong);
        }
        ranks.rounds.extend(now.into_iter().map(|atom| (atom, round)));
        left = later;
    }
    Ok(ranks)
}

fn given(view: View<'_>, (predicate, rows): &Atom, bound: Bound) -> bool {
    let definitions = view.kb.predicates.get(predicate.0).map(|found| &found.definitions);
    definitions.into_iter().flatten().any(|definition| {
        reaches(Scope::new(view, &definition.variables, rows).truth(&definition.when), bound)
    })
}

/// Every choice of rows for the parameters of a predicate.
fn tuples(view: View<'_>, predicate: PredicateId) -> Vec<Vec<usize>> {
    let sizes = view.model.predicates.get(predicate.0).map_or(&[][..], |table| &table.sizes);
    sizes.iter().fold(vec![Vec::new()], |tuples, size| {
        let extend = |tuple: Vec<usize>| {
            (0..*size).map(move |row| tuple.iter().copied().chain([row]).collect())
        };
        tuples.into_iter().flat_map(extend).collect()
    })
}
