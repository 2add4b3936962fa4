//! Proofs and their check: every conclusion and every silence is proved, the proof verifies, its verdict is the oracle's,
//! and no proof that was tampered with shows anything false.

mod tamper;

use std::cell::Cell;
use std::collections::BTreeMap;

use convener::certificate::{Claim, Proof, Verdict};
use convener::engine::{Limits, Plan};
use convener::facts::Facts;
use convener::knowledge::{KnowledgeBase, Rule, RuleId};
use convener::proof::{Worlds, prove};
use convener::report::proof::{About, read};
use convener::source::SourceMap;
use convener::verify::verify;

use crate::oracle;
use crate::oracle::rule::{Conclusions, Status};
use crate::properties::{Checked, compile, fail, parse, try_on};
use crate::random;
use crate::support::shipped;

/// Every subject that a rule speaks of.
fn subjects(facts: &Facts, rule: &Rule) -> Vec<Vec<usize>> {
    let mut tuples = vec![Vec::new()];
    for variable in rule.variables.iter().take(rule.subjects) {
        let rows = facts.rows(variable.entity).list.len();
        let extend = |tuple: Vec<usize>| {
            (0..rows).map(move |row| tuple.iter().copied().chain([row]).collect::<Vec<_>>())
        };
        tuples = tuples.into_iter().flat_map(extend).collect();
    }
    tuples.retain(|rows| {
        let mut variables = rule.variables.iter().zip(rows);
        let apart = variables
            .all(|(variable, row)| variable.apart.iter().all(|other| rows[other.0] != *row));
        apart && (!rule.two || rows[0] < rows[1])
    });
    tuples
}

fn all_subjects(kb: &KnowledgeBase, facts: &Facts) -> Vec<(RuleId, Vec<usize>)> {
    let rules = kb.rules.iter().enumerate();
    let all = rules.flat_map(|(at, rule)| {
        subjects(facts, rule).into_iter().map(move |subject| (RuleId(at), subject))
    });
    all.collect()
}

fn ids(
    kb: &KnowledgeBase,
    facts: &Facts,
    rule: RuleId,
    subject: &[usize],
) -> (String, Vec<String>) {
    let rule = &kb.rules[rule.0];
    let rows = subject.iter().zip(&rule.variables);
    let ids = rows.map(|(row, variable)| facts.rows(variable.entity).list[*row].id.clone());
    (rule.name.clone(), ids.collect())
}

fn expected(status: Option<&Status>) -> Verdict {
    match status {
        Some(Status::Fires) => Verdict::Fires,
        Some(Status::Provisional) => Verdict::Provisional,
        Some(Status::Contested) => Verdict::Contested,
        Some(Status::Open) => Verdict::Open,
        Some(Status::SetAside) => Verdict::SetAside,
        None => Verdict::Silent,
    }
}

/// Fails where a conclusion of a proof is another one than the oracle's.
fn agree(kb: &KnowledgeBase, facts: &Facts, proof: &Proof, oracle: &Conclusions) -> Checked {
    for step in &proof.conclusions {
        let Claim::Verdict(rule, subject, verdict) = &proof.steps[*step].claim else {
            return Err(fail("a conclusion that is no verdict"));
        };
        let key = ids(kb, facts, *rule, subject);
        if *verdict != expected(oracle.get(&key)) {
            return Err(fail(format!("{key:?}: {verdict:?}, oracle {:?}", oracle.get(&key))));
        }
    }
    Ok(())
}

fn write(kb: &KnowledgeBase, facts: &Facts, proof: &Proof) -> String {
    let case = "random".to_owned();
    let about = About { packs: kb.packs.clone(), case, seen: None, ..About::default() };
    convener::report::proof::proof(kb, facts, &about, proof, &SourceMap::default())
}

#[test]
fn every_verdict_on_random_packs_is_proved_and_verified() {
    try_on(600, |input| {
        let file = parse(&input.pack(), 0)?;
        let oracle = oracle::rule::conclusions(std::slice::from_ref(&file), &input.case);
        let base = compile(vec![file])?;
        let facts = random::facts::facts(&base, &input.case);
        let worlds = Worlds::new(&Plan::new(&base), &facts, Limits::default()).unwrap();
        for subject in all_subjects(&base, &facts) {
            let proof = prove(&base, &worlds, std::slice::from_ref(&subject));
            let proof = proof.map_err(|_| fail("too long to prove"))?;
            verify(&base, &facts, &proof).map_err(|flaw| {
                let step = &proof.steps[flaw.step];
                fail(format!("{subject:?}: step {} {step:?}: {}", flaw.step, flaw.reason))
            })?;
            agree(&base, &facts, &proof, &oracle)?;
            let written = write(&base, &facts, &proof);
            let read = read(&written).and_then(|read| read.resolve(&base, &facts));
            if read.as_ref() != Ok(&proof) {
                return Err(fail(format!("{written} was read as {read:?}")));
            }
        }
        Ok(())
    });
}

#[test]
fn what_was_tampered_with_shows_nothing_false() {
    let (refused, accepted) = (Cell::new(0), Cell::new(0));
    try_on(400, |input| {
        let file = parse(&input.pack(), 0)?;
        let oracle = oracle::rule::conclusions(std::slice::from_ref(&file), &input.case);
        let base = compile(vec![file])?;
        let facts = random::facts::facts(&base, &input.case);
        let worlds = Worlds::new(&Plan::new(&base), &facts, Limits::default()).unwrap();
        let subjects = all_subjects(&base, &facts);
        let choices = &mut random::choice::Choices::new(&input.spare);
        for _ in 0..4 {
            if subjects.is_empty() {
                return Ok(());
            }
            let chosen = choices.some_of(&subjects, 1, 15);
            let proof = prove(&base, &worlds, &chosen).map_err(|_| fail("too long to prove"))?;
            for _ in 0..12 {
                let mut other = proof.clone();
                for _ in 0..choices.between(1, 2) {
                    tamper::change(&mut other, choices);
                }
                if verify(&base, &facts, &other).is_err() {
                    refused.set(refused.get() + 1);
                } else {
                    accepted.set(accepted.get() + usize::from(other != proof));
                    agree(&base, &facts, &other, &oracle)?;
                    tamper::all_true(&base, &worlds, &other).map_err(fail)?;
                }
            }
        }
        Ok(())
    });
    // Both ways of coming out are tried: a change that takes nothing away may leave a proof a proof.
    assert!(
        refused.get() > 500 && accepted.get() > 50,
        "{refused:?} refused, {accepted:?} accepted"
    );
}

#[test]
fn no_bound_of_a_proof_can_be_changed_to_a_false_one() {
    try_on(400, |input| {
        let base = compile(vec![parse(&input.pack(), 0)?])?;
        let facts = random::facts::facts(&base, &input.case);
        let worlds = Worlds::new(&Plan::new(&base), &facts, Limits::default()).unwrap();
        let choices = &mut random::choice::Choices::new(&input.spare);
        for subject in choices.some_of(&all_subjects(&base, &facts), 0, 15).into_iter().take(6) {
            let proof = prove(&base, &worlds, &[subject]).map_err(|_| fail("too long to prove"))?;
            if proof.steps.len() > 150 {
                continue;
            }
            for other in tamper::with_one_bound_changed(&proof) {
                if verify(&base, &facts, &other).is_ok() {
                    tamper::all_true(&base, &worlds, &other).map_err(fail)?;
                }
            }
        }
        Ok(())
    });
}

#[test]
fn every_conclusion_on_every_shipped_case_is_proved_and_verified() {
    let mut sources = SourceMap::default();
    let kb = shipped::pack(&mut sources);
    let plan = Plan::new(&kb);
    let mut seen: BTreeMap<Verdict, usize> = BTreeMap::new();
    for name in shipped::cases() {
        for facts in shipped::moments(&kb, &name, &mut sources) {
            let worlds = Worlds::new(&plan, &facts, Limits::default()).unwrap();
            let concluded = &worlds.list()[0].model.conclusions;
            for (at, (rule, subject)) in all_subjects(&kb, &facts).into_iter().enumerate() {
                let found =
                    concluded.iter().find(|c| c.rule == rule && c.subject.as_slice() == subject);
                if found.is_none() && at % 7 != 0 {
                    continue;
                }
                let proof = prove(&kb, &worlds, &[(rule, subject.clone())]).unwrap();
                assert_eq!(verify(&kb, &facts, &proof), Ok(()), "{name}: {rule:?} {subject:?}");
                let verdict = found.map_or(Verdict::Silent, |found| found.status.into());
                let claim = &proof.steps[proof.conclusions[0]].claim;
                assert_eq!(*claim, Claim::Verdict(rule, subject, verdict));
                *seen.entry(verdict).or_default() += 1;
            }
        }
    }
    for verdict in [Verdict::Fires, Verdict::Open, Verdict::Silent] {
        assert!(seen.get(&verdict).is_some_and(|count| *count > 20), "{seen:?}");
    }
}
