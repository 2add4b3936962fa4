//! Checks a proof step by step, from the text of rules and the facts of a case alone. A second reading of
//! `docs/semantics.md`, apart from inference and from how proofs are found; it knows neither.

mod condition;
mod premises;
mod rule;
mod shown;
mod test;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use crate::certificate::{Claim, Inference, Matter, Proof, Step};
use crate::facts::Facts;
use crate::knowledge::KnowledgeBase;

use premises::Premises;

/// The first step of a proof that does not follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Its position.
    pub step: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// Checks every step of a proof, and that its conclusions rest on no supposition.
///
/// # Errors
/// The first step that does not follow.
pub fn verify(kb: &KnowledgeBase, facts: &Facts, proof: &Proof) -> Result<(), Flaw> {
    let mut checker = Checker {
        kb,
        proof,
        facts,
        believing: BTreeMap::new(),
        supposed: Vec::with_capacity(proof.steps.len()),
    };
    for (index, step) in proof.steps.iter().enumerate() {
        let supposed = checker.step(index, step).map_err(|reason| Flaw { step: index, reason })?;
        checker.supposed.push(supposed);
    }
    for index in &proof.conclusions {
        checker.conclusion(*index).map_err(|reason| Flaw { step: *index, reason })?;
    }
    Ok(())
}

/// Why a step does not follow.
type Checked<T> = Result<T, String>;

struct Checker<'a> {
    kb: &'a KnowledgeBase,
    proof: &'a Proof,
    facts: &'a Facts,
    /// The facts where a speaker is believed.
    believing: BTreeMap<String, Facts>,
    /// By step, the suppositions that it rests on.
    supposed: Vec<BTreeSet<usize>>,
}

impl Checker<'_> {
    /// Checks one step; gives the suppositions that it rests on.
    fn step(&mut self, index: usize, step: &Step) -> Checked<BTreeSet<usize>> {
        self.believe(step)?;
        let mut premises = Premises::new(self.kb, self.world(step), self.facts);
        let mut supposed = BTreeSet::new();
        for from in &step.from {
            let premise = self.proof.steps.get(*from).filter(|_| *from < index);
            let premise = premise.ok_or("it rests on a step that does not come before it")?;
            if premise.believing != step.believing && !matches!(step.claim, Claim::Verdict(..)) {
                return Err("it rests on a step where somebody else is believed".to_owned());
            }
            premises.add(premise);
            supposed.extend(self.supposed.get(*from).into_iter().flatten());
        }
        match (&step.claim, step.by) {
            (Claim::Fails(atoms, bound), Inference::Supposition) => {
                premises.atoms(atoms, *bound)?;
                supposed.insert(index);
            }
            (Claim::Fails(atoms, bound), Inference::Unfounded) => {
                let first = step.from.first().copied().unwrap_or(index);
                let same = self.proof.steps.get(first).is_some_and(|first| {
                    first.by == Inference::Supposition && first.claim == step.claim
                });
                if !same {
                    return Err("it does not begin with its own supposition".to_owned());
                }
                premises.unfounded(atoms, *bound)?;
                supposed.remove(&first);
            }
            (Claim::Fails(..), _) => return Err("no such inference gives this claim".to_owned()),
            (Claim::Holds(matter, bound), by) => {
                premises.kind(matter, by)?;
                if !premises.matter(matter)?.reaches(*bound) {
                    return Err("it does not follow from the steps that it rests on".to_owned());
                }
            }
            (Claim::Value(quantity, outcome), by) => {
                let found = premises.value(quantity, by)?;
                if found != *outcome {
                    return Err("the values are others".to_owned());
                }
            }
            (Claim::Verdict(rule, subject, verdict), Inference::Verdict) => {
                if step.believing.is_some() {
                    return Err("a verdict is about the case as it is".to_owned());
                }
                premises.verdict(*rule, subject, *verdict)?;
            }
            (Claim::Verdict(..), _) => return Err("no such inference gives a verdict".to_owned()),
        }
        Ok(supposed)
    }

    /// Prepares the facts where a speaker is believed.
    fn believe(&mut self, step: &Step) -> Checked<()> {
        let Some(speaker) = &step.believing else { return Ok(()) };
        if self.believing.contains_key(speaker) {
            return Ok(());
        }
        if !self.facts.speakers().contains(speaker.as_str()) {
            return Err(format!("`{speaker}` says nothing that is disputed in the case"));
        }
        self.believing.insert(speaker.clone(), self.facts.believing(speaker));
        Ok(())
    }

    fn world(&self, step: &Step) -> &Facts {
        let believed = step.believing.as_ref().and_then(|speaker| self.believing.get(speaker));
        believed.unwrap_or(self.facts)
    }

    fn conclusion(&self, index: usize) -> Checked<()> {
        let Some(step) = self.proof.steps.get(index) else {
            return Err("there is no such step".to_owned());
        };
        if !matches!(step.claim, Claim::Verdict(..)) {
            return Err("a conclusion is a verdict on a rule".to_owned());
        }
        if self.supposed.get(index).is_none_or(|supposed| !supposed.is_empty()) {
            return Err("it still rests on a supposition".to_owned());
        }
        Ok(())
    }
}

impl Premises<'_> {
    /// Whether a claim about this is carried by this kind of inference.
    fn kind(&self, matter: &Matter, by: Inference) -> Checked<()> {
        let expected = match matter {
            Matter::Condition(place, _) => self.kind_of(place)?,
            Matter::Predicate(..) => Inference::Definition,
            Matter::Rule(..) => Inference::Rule,
        };
        if by == expected { Ok(()) } else { Err("no such inference gives this claim".to_owned()) }
    }
}
