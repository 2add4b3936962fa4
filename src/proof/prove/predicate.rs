//! Predicates: by a definition that gives them, by all that do not, and where they are recursive by rounds or by a set of
//! atoms none of which can be derived as long as none of them holds.

use std::rc::Rc;

use crate::certificate::{Atom, Bound, Claim, Inference, Matter, Place, Root};
use crate::knowledge::{Definition, PredicateId, Stratum};

use super::super::evaluate::{Scope, View};
use super::condition::At;
use super::rank::{self, Ranks};
use super::{Proved, Prover, TooLong, reaches};

/// Atoms that are taken not to hold while it is shown that none of them can be derived.
pub(super) struct Supposition {
    world: usize,
    bound: Bound,
    stratum: usize,
    /// The step that supposes them.
    step: usize,
    atoms: Vec<Atom>,
    /// How many of them have been looked into.
    done: usize,
}

impl Prover<'_> {
    /// Proves that a predicate of some rows reaches a bound, as seen from a condition that names it.
    pub(super) fn atom(
        &mut self,
        at: At<'_, '_>,
        predicate: PredicateId,
        rows: &[usize],
        bound: Bound,
    ) -> Proved {
        let claim = Claim::Holds(Matter::Predicate(predicate, rows.to_vec()), bound);
        if let Some(known) = self.find(at.world, &claim) {
            return Ok(known);
        }
        let recursive = self.stratum(predicate).filter(|(_, recursive)| *recursive);
        match recursive {
            None => {
                let view = self.view(at.world)?;
                let from = self.definitions(view, at.world, (predicate, rows), bound)?;
                self.add(at.world, claim, Inference::Definition, from)
            }
            Some((stratum, _)) if bound.is_reached() => {
                let ranks = self.ranks(at.world, stratum, bound)?;
                let view = self.view(at.world)?;
                let model = ranks.before(view.model, predicate, rows);
                let view = View { model: &model, ..view };
                let from = self.definitions(view, at.world, (predicate, rows), bound)?;
                self.add(at.world, claim, Inference::Definition, from)
            }
            Some((stratum, _)) => {
                self.unfounded(at.world, stratum, (predicate, rows.to_vec()), bound)
            }
        }
    }

    /// The stratum of a predicate, and whether it is recursive.
    fn stratum(&self, predicate: PredicateId) -> Option<(usize, bool)> {
        self.kb.strata.iter().enumerate().find_map(|(at, stratum)| match stratum {
            Stratum::Predicates { members, recursive } if members.contains(&predicate) => {
                Some((at, *recursive))
            }
            _ => None,
        })
    }

    fn ranks(&mut self, world: usize, stratum: usize, bound: Bound) -> Result<Rc<Ranks>, TooLong> {
        if let Some(known) = self.ranks.get(&(world, stratum, bound)) {
            return Ok(Rc::clone(known));
        }
        let ranks = Rc::new(rank::ranks(self.view(world)?, stratum, bound)?);
        self.ranks.insert((world, stratum, bound), Rc::clone(&ranks));
        Ok(ranks)
    }

    /// The definition that gives an atom, or all of them where none does.
    fn definitions(
        &mut self,
        view: View<'_>,
        world: usize,
        (predicate, rows): (PredicateId, &[usize]),
        bound: Bound,
    ) -> Result<Vec<usize>, TooLong> {
        let kb = self.kb;
        let definitions: &[Definition] =
            kb.predicates.get(predicate.0).map_or(&[], |found| &found.definitions);
        let mut from = Vec::new();
        for (position, definition) in definitions.iter().enumerate() {
            let scope = Scope::new(view, &definition.variables, rows);
            if !reaches(scope.truth(&definition.when), bound) {
                continue;
            }
            let place = Place::root(Root::Definition(predicate, position));
            from.extend(self.whole(At::new(world, &scope, &place), &definition.when, bound)?);
            if bound.is_reached() {
                break;
            }
        }
        Ok(from)
    }

    /// Shows that an atom fails, with those that it could only be derived from.
    fn unfounded(&mut self, world: usize, stratum: usize, atom: Atom, bound: Bound) -> Proved {
        if let Some(open) = self
            .suppositions
            .iter_mut()
            .find(|open| (open.world, open.bound, open.stratum) == (world, bound, stratum))
        {
            if !open.atoms.contains(&atom) {
                open.atoms.push(atom);
            }
            return Ok(open.step);
        }
        if let Some(known) = self.failing(world, &atom, bound) {
            return Ok(known);
        }
        let level = self.suppositions.len() + 1;
        let claim = Claim::Fails(Vec::new(), bound);
        let step = self.add(world, claim, Inference::Supposition, vec![])?;
        if let Some(supposed) = self.supposed.get_mut(step) {
            *supposed = level;
        }
        let atoms = vec![atom];
        self.suppositions.push(Supposition { world, bound, stratum, step, atoms, done: 0 });
        let mut from = vec![step];
        while let Some((predicate, rows)) = self.next_atom() {
            let view = self.view(world)?;
            from.extend(self.definitions(view, world, (predicate, &rows), bound)?);
        }
        self.conclude(from, level)
    }

    /// The next atom of the innermost supposition that is to be looked into.
    fn next_atom(&mut self) -> Option<Atom> {
        let open = self.suppositions.last_mut()?;
        let atom = open.atoms.get(open.done).cloned()?;
        open.done += 1;
        Some(atom)
    }

    /// Ends the innermost supposition: what rests on it alone is forgotten.
    fn conclude(&mut self, from: Vec<usize>, level: usize) -> Proved {
        let Some(mut open) = self.suppositions.pop() else { return Err(TooLong) };
        open.atoms.sort();
        let claim = Claim::Fails(open.atoms, open.bound);
        if let Some(step) = self.steps.get_mut(open.step) {
            step.claim = claim.clone();
        }
        let supposed = &self.supposed;
        let still = |index: &usize| supposed.get(*index).is_none_or(|own| *own < level);
        self.known.retain(|_, index| still(index));
        self.concluded.retain(|(_, index)| still(index));
        let step = self.add(open.world, claim, Inference::Unfounded, from)?;
        // It may rest on the suppositions around this one.
        if let Some(supposed) = self.supposed.get_mut(step) {
            *supposed = level - 1;
        }
        self.concluded.push((open.world, step));
        Ok(step)
    }

    /// A step that shows that an atom fails, among others.
    fn failing(&self, world: usize, atom: &Atom, bound: Bound) -> Option<usize> {
        let shows = |index: &usize| match self.steps.get(*index).map(|step| &step.claim) {
            Some(Claim::Fails(atoms, own)) => *own == bound && atoms.binary_search(atom).is_ok(),
            _ => false,
        };
        let sets = self.concluded.iter().filter(|(of, _)| *of == world);
        sets.map(|(_, index)| *index).find(|index| shows(index))
    }
}
