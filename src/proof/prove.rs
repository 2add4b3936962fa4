//! Finds proofs: from what is true, by the evaluator for one case, down to the facts that make it so. Takes one way where
//! several lead there: one part of a block that decides it, one witness, as many rows as a count needs.

mod condition;
mod predicate;
mod quantify;
mod rank;
mod rule;
mod value;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::certificate::{Bound, Claim, Inference, Proof, Step};
use crate::knowledge::{KnowledgeBase, RuleId};
use crate::truth::Truth;

use super::evaluate::View;
use super::worlds::Worlds;

use predicate::Supposition;
use rank::Ranks;

/// Most steps of one proof.
pub const MAX_STEPS: usize = 500_000;
/// Most steps that rest on each other in a chain.
const MAX_DEPTH: usize = 400;

/// A proof would be too long, or too deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

type Proved = Result<usize, TooLong>;

/// The proof of what becomes of each of these rules for its subject: rows that the case lists and that it speaks of.
///
/// # Errors
/// Where the proof would be too long.
pub fn prove(
    kb: &KnowledgeBase,
    worlds: &Worlds,
    subjects: &[(RuleId, Vec<usize>)],
) -> Result<Proof, TooLong> {
    let mut prover = Prover::new(kb, worlds);
    let mut conclusions = Vec::new();
    for (rule, subject) in subjects {
        conclusions.push(prover.verdict(*rule, subject)?);
    }
    Ok(without_loose_ends(Proof { steps: prover.steps, conclusions }))
}

struct Prover<'a> {
    kb: &'a KnowledgeBase,
    worlds: &'a Worlds,
    steps: Vec<Step>,
    /// By step, the innermost open supposition that it may rest on, counted from 1; 0 for none.
    supposed: Vec<usize>,
    known: BTreeMap<(usize, Claim), usize>,
    ranks: BTreeMap<(usize, usize, Bound), Rc<Ranks>>,
    suppositions: Vec<Supposition>,
    /// Steps that show that sets of atoms fail, each with its world.
    concluded: Vec<(usize, usize)>,
    depth: usize,
}

impl<'a> Prover<'a> {
    fn new(kb: &'a KnowledgeBase, worlds: &'a Worlds) -> Prover<'a> {
        Prover {
            kb,
            worlds,
            steps: Vec::new(),
            supposed: Vec::new(),
            known: BTreeMap::new(),
            ranks: BTreeMap::new(),
            suppositions: Vec::new(),
            concluded: Vec::new(),
            depth: 0,
        }
    }

    /// What is looked at in a world.
    fn view(&self, world: usize) -> Result<View<'a>, TooLong> {
        self.worlds.view(self.kb, world).ok_or(TooLong)
    }

    /// The step that makes a claim, if there is one.
    fn find(&self, world: usize, claim: &Claim) -> Option<usize> {
        self.known.get(&(world, claim.clone())).copied()
    }

    /// Adds a step. What rests on a supposition is known only until that ends.
    fn add(&mut self, world: usize, claim: Claim, by: Inference, from: Vec<usize>) -> Proved {
        let index = self.steps.len();
        if index >= MAX_STEPS {
            return Err(TooLong);
        }
        let supposed = |from: &usize| self.supposed.get(*from).copied().unwrap_or(0);
        self.supposed.push(from.iter().map(supposed).max().unwrap_or(0));
        self.known.insert((world, claim.clone()), index);
        let believing = self.worlds.list().get(world).and_then(|world| world.believing.clone());
        self.steps.push(Step { believing, claim, by, from });
        Ok(index)
    }

    /// Goes one level deeper.
    fn deeper(&mut self, prove: impl FnOnce(&mut Self) -> Proved) -> Proved {
        if self.depth >= MAX_DEPTH {
            return Err(TooLong);
        }
        self.depth += 1;
        let proved = prove(self);
        self.depth -= 1;
        proved
    }
}

/// Whether something of this truth reaches a bound.
fn reaches(truth: Truth, bound: Bound) -> bool {
    match bound {
        Bound::Certain => truth.certain(),
        Bound::NotCertain => !truth.certain(),
        Bound::Possible => truth.possible(),
        Bound::Impossible => !truth.possible(),
    }
}

/// The bound that says most of a truth that reaches another.
fn strongest(truth: Truth, bound: Bound) -> Bound {
    match truth {
        Truth::True if bound.is_reached() => Bound::Certain,
        Truth::False if !bound.is_reached() => Bound::Impossible,
        _ => bound,
    }
}

/// The bounds that say all that there is to say of a truth.
fn bounds(truth: Truth) -> &'static [Bound] {
    match truth {
        Truth::True => &[Bound::Certain],
        Truth::Open => &[Bound::Possible, Bound::NotCertain],
        Truth::False => &[Bound::Impossible],
    }
}

/// The steps that the conclusions rest on, and no others.
fn without_loose_ends(proof: Proof) -> Proof {
    let mut wanted = vec![false; proof.steps.len()];
    let mut open = proof.conclusions.clone();
    while let Some(index) = open.pop() {
        let (Some(wanted), Some(step)) = (wanted.get_mut(index), proof.steps.get(index)) else {
            continue;
        };
        if !std::mem::replace(wanted, true) {
            open.extend(&step.from);
        }
    }
    let mut place = 0;
    let places: Vec<usize> = wanted
        .iter()
        .map(|wanted| {
            place += usize::from(*wanted);
            place.saturating_sub(1)
        })
        .collect();
    let moved = |from: &usize| places.get(*from).copied().unwrap_or(0);
    let kept = proof.steps.into_iter().zip(wanted).filter(|(_, wanted)| *wanted);
    let steps = kept.map(|(mut step, _)| {
        step.from = step.from.iter().map(moved).collect();
        step
    });
    Proof { steps: steps.collect(), conclusions: proof.conclusions.iter().map(moved).collect() }
}
