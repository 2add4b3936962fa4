//! Proofs changed at random, and whether what a proof claims is so.

use std::collections::BTreeSet;

use convener::certificate::{
    Atom, Bound, Claim, Inference, Matter, Outcome, Proof, Quantity, Step, Verdict,
};
use convener::knowledge::KnowledgeBase;
use convener::proof::{Scope, View, Worlds};
use convener::truth::Truth;
use convener::value::Possible;

use crate::random::choice::Choices;

/// Changes a proof somewhere.
pub(super) fn change(proof: &mut Proof, choices: &mut Choices) {
    let at = choices.below(proof.steps.len());
    let other = choices.below(proof.steps.len());
    match choices.below(9) {
        0 => drop_step(proof, at),
        1 => rows(&mut proof.steps[at].claim, choices),
        2 => bound(&mut proof.steps[at].claim, choices),
        3 => value(&mut proof.steps[at].claim, choices),
        4 => renumber(&mut proof.steps[at], other, choices),
        5 => proof.steps.swap(at, other),
        6 => verdict(proof, choices),
        7 => proof.steps[at].claim = proof.steps[other].claim.clone(),
        _ => {
            let Step { believing, by, .. } = proof.steps[other].clone();
            proof.steps[at].believing = believing;
            proof.steps[at].by = by;
        }
    }
}

fn drop_step(proof: &mut Proof, at: usize) {
    proof.steps.remove(at);
    let moved = |from: &usize| from - usize::from(*from > at);
    for step in &mut proof.steps {
        step.from = step.from.iter().filter(|from| **from != at).map(moved).collect();
    }
    proof.conclusions = proof.conclusions.iter().filter(|c| **c != at).map(moved).collect();
}

fn change_row(rows: &mut [usize], choices: &mut Choices) {
    if !rows.is_empty() {
        let at = choices.below(rows.len());
        rows[at] = choices.below(4);
    }
}

fn rows(claim: &mut Claim, choices: &mut Choices) {
    match claim {
        Claim::Holds(
            Matter::Condition(_, rows) | Matter::Predicate(_, rows) | Matter::Rule(_, rows),
            _,
        )
        | Claim::Value(Quantity::Extreme(_, rows), _)
        | Claim::Verdict(_, rows, _) => change_row(rows, choices),
        Claim::Value(Quantity::Attribute(_, row), _) => *row = choices.below(4),
        Claim::Value(Quantity::Relation(_, a, b), _) => {
            std::mem::swap(a, b);
            *a = choices.below(4);
        }
        Claim::Fails(atoms, _) => change_atoms(atoms, choices),
    }
}

fn change_atoms(atoms: &mut Vec<Atom>, choices: &mut Choices) {
    if atoms.is_empty() {
        return;
    }
    let at = choices.below(atoms.len());
    if choices.chance(50) {
        change_row(&mut atoms[at].1, choices);
    } else {
        atoms.remove(at);
    }
    atoms.sort();
}

fn bound(claim: &mut Claim, choices: &mut Choices) {
    if let Claim::Holds(_, bound) | Claim::Fails(_, bound) = claim {
        *bound = *choices.of(&Bound::ALL);
    }
}

fn value(claim: &mut Claim, choices: &mut Choices) {
    let Claim::Value(_, Outcome { value, may_lack }) = claim else { return };
    match value {
        Some(Possible::Choice(members)) => *members ^= 1 << choices.below(3),
        Some(Possible::Set { may_include, may_exclude }) => {
            *(if choices.chance(50) { may_include } else { may_exclude }) ^= 1 << choices.below(3);
        }
        Some(Possible::Range { low, .. }) => *low = low.saturating_add(1),
        None => *value = Some(Possible::Choice(1)),
    }
    *may_lack ^= choices.chance(10);
}

fn renumber(step: &mut Step, other: usize, choices: &mut Choices) {
    if step.from.is_empty() || choices.chance(30) {
        step.from.push(other);
    } else {
        let at = choices.below(step.from.len());
        if choices.chance(50) {
            step.from[at] = other;
        } else {
            step.from.remove(at);
        }
    }
}

fn verdict(proof: &mut Proof, choices: &mut Choices) {
    let all = [
        Verdict::Fires,
        Verdict::Provisional,
        Verdict::Contested,
        Verdict::Open,
        Verdict::SetAside,
        Verdict::Silent,
    ];
    for step in &mut proof.steps {
        if let Claim::Verdict(.., verdict) = &mut step.claim {
            *verdict = *choices.of(&all);
        }
    }
}

/// Whether everything that a proof claims without a supposition is so, by the evaluator for one case.
pub(super) fn all_true(kb: &KnowledgeBase, worlds: &Worlds, proof: &Proof) -> Result<(), String> {
    let mut supposed: Vec<BTreeSet<usize>> = Vec::new();
    for (index, step) in proof.steps.iter().enumerate() {
        let mut own: BTreeSet<usize> =
            step.from.iter().flat_map(|from| supposed[*from].iter().copied()).collect();
        match step.by {
            Inference::Supposition => drop(own.insert(index)),
            Inference::Unfounded => drop(own.remove(&step.from[0])),
            _ => {}
        }
        let world = worlds.list().iter().position(|world| world.believing == step.believing);
        let view = worlds.view(kb, world.unwrap()).unwrap();
        if own.is_empty() && !is_so(view, &step.claim) {
            return Err(format!("step {index} was verified and is false: {step:?}"));
        }
        supposed.push(own);
    }
    Ok(())
}

fn reaches(truth: Truth, bound: Bound) -> bool {
    match bound {
        Bound::Certain => truth.certain(),
        Bound::NotCertain => !truth.certain(),
        Bound::Possible => truth.possible(),
        Bound::Impossible => !truth.possible(),
    }
}

fn is_so(view: View<'_>, claim: &Claim) -> bool {
    match claim {
        Claim::Holds(Matter::Condition(place, rows), bound) => {
            let found = place.find(view.kb).unwrap();
            let scope = Scope::new(view, found.variables, rows);
            reaches(scope.truth(found.condition), *bound)
        }
        Claim::Holds(Matter::Predicate(predicate, rows), bound) => {
            reaches(view.model.truth(*predicate, rows), *bound)
        }
        Claim::Fails(atoms, bound) => atoms
            .iter()
            .all(|(predicate, rows)| reaches(view.model.truth(*predicate, rows), *bound)),
        Claim::Value(Quantity::Attribute(attribute, row), outcome) => {
            outcome.value == Some(view.attribute(*attribute, *row)) && !outcome.may_lack
        }
        Claim::Value(Quantity::Relation(relation, a, b), outcome) => {
            outcome.value == Some(view.relation(*relation, *a, *b)) && !outcome.may_lack
        }
        // The rules' verdicts are the oracle's to judge, and a highest or lowest shows in what is tested of it.
        Claim::Holds(Matter::Rule(..), _) | Claim::Value(..) | Claim::Verdict(..) => true,
    }
}

/// The proof with one bound changed, in every way.
pub(super) fn with_one_bound_changed(proof: &Proof) -> Vec<Proof> {
    let mut changed = Vec::new();
    for (at, step) in proof.steps.iter().enumerate() {
        let (Claim::Holds(_, own) | Claim::Fails(_, own)) = &step.claim else { continue };
        for bound in Bound::ALL.into_iter().filter(|bound| bound != own) {
            let mut other = proof.clone();
            if let Claim::Holds(_, own) | Claim::Fails(_, own) = &mut other.steps[at].claim {
                *own = bound;
            }
            changed.push(other);
        }
    }
    changed
}
