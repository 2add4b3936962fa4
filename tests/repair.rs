//! Repairs and why-not on random packs and cases: a repair does what it says and nothing of it can be left out, a single
//! change that would do is found, and what is told of conditions is what the engine concludes.

use std::cell::Cell;
use std::collections::BTreeSet;

use convener::change::{Change, changed};
use convener::engine::{Limits, Model, Plan, Status};
use convener::facts::Facts;
use convener::knowledge::{KnowledgeBase, Rule, RuleId};
use convener::proof::View;
use convener::proof::repair::{Effort, Goal, MOST_CHANGES, Repair, Repairs, repairs};
use convener::proof::why_not::{State, nearest, status, why_not};

use crate::properties::{compiled, try_on};
use crate::random::Input;
use crate::random::facts::facts;

mod screens;
mod single;

/// So many subjects of each rule are looked at.
const SUBJECTS: usize = 3;

/// A rule for a subject.
type Matter = (RuleId, Vec<usize>);

fn infer(plan: &Plan, facts: &Facts) -> Model {
    plan.infer(&[facts], Limits::default()).unwrap().remove(0)
}

/// The nearest subjects of all rules.
fn matters(view: View<'_>) -> Vec<Matter> {
    let rules = (0..view.kb.rules.len()).map(RuleId);
    let near = |rule: RuleId| {
        let subjects = nearest(view, rule).into_iter().take(SUBJECTS);
        subjects.map(move |(_, subject)| (rule, subject)).collect::<Vec<_>>()
    };
    rules.flat_map(near).collect()
}

/// What becomes of a rule once changes are made, for the same rows.
fn status_after(
    (kb, plan): (&KnowledgeBase, &Plan),
    before: &Facts,
    (rule, subject): &Matter,
    changes: &[Change],
) -> Option<Status> {
    let after = changed(&kb.vocabulary, before, changes);
    let subject = same_rows(&kb.rules[rule.0], before, &after, subject);
    let found = plan.conclusions(&[&after], Limits::default()).unwrap().remove(0);
    let found = found.iter().find(|one| one.rule == *rule && one.subject.as_slice() == subject);
    found.map(|one| one.status)
}

fn same_rows(rule: &Rule, before: &Facts, after: &Facts, subject: &[usize]) -> Vec<usize> {
    let rows = rule.variables.iter().zip(subject);
    let ids =
        rows.map(|(variable, row)| (variable.entity, &before.rows(variable.entity).list[*row].id));
    ids.map(|(entity, id)| after.find_row(entity, id).unwrap()).collect()
}

/// What a goal is for what became of a rule; none where it is met.
fn goal(status: Option<Status>) -> Goal {
    match status {
        Some(Status::Firing | Status::Provisional) => Goal::Clear,
        _ => Goal::Fire,
    }
}

fn found(view: View<'_>, plan: &Plan, matter: &Matter, goal: Goal) -> Repairs {
    let effort = Effort { variants: 400, repairs: 20 };
    repairs(view, plan, (matter.0, &matter.1), goal, effort).unwrap()
}

/// Every proper part of the changes of a repair.
fn parts(repair: &Repair) -> Vec<Vec<Change>> {
    let all = repair.changes();
    let chosen = 0..(1_usize << all.len()) - 1;
    chosen
        .map(|chosen| {
            let kept = all.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
            kept.map(|(_, change)| change.clone()).collect()
        })
        .collect()
}

#[test]
fn a_repair_does_what_it_says_and_nothing_of_it_can_be_left_out() {
    let count = Cell::new(0);
    try_on(150, |input: &Input| {
        let kb = compiled(input)?;
        let facts = facts(&kb, &input.case);
        let plan = Plan::new(&kb);
        let model = infer(&plan, &facts);
        let view = View { kb: &kb, facts: &facts, model: &model };
        for matter in matters(view) {
            let goal = goal(status(view, matter.0, &matter.1));
            let found = found(view, &plan, &matter, goal);
            let mut seen = BTreeSet::new();
            for repair in found.list.iter().take(12) {
                let name = &kb.rules[matter.0.0].name;
                let steps = repair.steps.iter().map(|step| (step.path.as_str(), step.to.as_str()));
                let steps: Vec<_> = steps.collect();
                assert!((1..=MOST_CHANGES).contains(&steps.len()), "{name}: {steps:?}");
                let after = status_after((&kb, &plan), &facts, &matter, &repair.changes());
                assert!(goal.is_met(after), "{name} {goal:?}: {steps:?} gives {after:?}");
                for part in parts(repair) {
                    let after = status_after((&kb, &plan), &facts, &matter, &part);
                    assert!(!goal.is_met(after), "{name} {goal:?}: less than {steps:?} is enough");
                }
                assert!(seen.insert(format!("{:?}", repair.changes())), "{name}: {steps:?} twice");
                count.set(count.get() + 1);
            }
        }
        Ok(())
    });
    let count = count.get();
    assert!(count > 300, "only {count} repairs were tried");
}

#[test]
fn what_is_told_of_conditions_is_what_the_engine_concludes() {
    try_on(300, |input: &Input| {
        let kb = compiled(input)?;
        let facts = facts(&kb, &input.case);
        let model = infer(&Plan::new(&kb), &facts);
        let view = View { kb: &kb, facts: &facts, model: &model };
        for (rule, subject) in matters(view) {
            let told = why_not(view, rule, &subject).unwrap();
            let worst = told.all().map(|part| part.state).max().unwrap_or(State::Holds);
            let excepted = told.exceptions.iter().map(|part| part.state).max();
            let overridden = told.overridden_by.iter().any(|other| other.fires);
            let name = &kb.rules[rule.0].name;
            match told.status {
                Some(Status::Firing) => {
                    assert_eq!(worst, State::Holds, "{name}");
                    assert!(excepted.is_none() && told.overridden_by.is_empty(), "{name}");
                }
                Some(Status::Provisional) => {
                    assert_eq!(worst, State::Holds, "{name}");
                    let open = excepted.is_some() || !told.overridden_by.is_empty();
                    assert!(open && !overridden, "{name}");
                }
                Some(Status::SetAside) => assert!(overridden && worst < State::Fails, "{name}"),
                Some(Status::Open) => assert!(worst != State::Fails && !overridden, "{name}"),
                Some(Status::Contested) => {}
                None => assert!(
                    worst == State::Fails || excepted == Some(State::Fails),
                    "{name} is silent and nothing says why"
                ),
            }
        }
        Ok(())
    });
}
