//! Repairs: the smallest sets of changes of facts that make a rule fire for a subject, or clear it. Candidates come from
//! what keeps the rule from it; every repair is run before it is given. Bounded by a counted number of variants.

mod candidate;
mod fact;
mod goal;
mod leaf;
mod quantified;
mod search;
mod step;

use std::collections::BTreeSet;

use crate::change::Change;
use crate::engine::{Limit, Limits, Plan, Status};
use crate::knowledge::{Changes, KnowledgeBase, RuleId};

use super::evaluate::View;
use super::fact::Fact;

use candidate::Candidate;

/// Most changes in one repair.
pub const MOST_CHANGES: usize = 3;

/// What is to become of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// It fires.
    Fire,
    /// It is silent or set aside.
    Clear,
}

impl Goal {
    /// Whether a status is what is wanted; none stands for silence.
    #[must_use]
    pub fn is_met(self, status: Option<Status>) -> bool {
        match self {
            Goal::Fire => status == Some(Status::Firing),
            Goal::Clear => matches!(status, None | Some(Status::SetAside)),
        }
    }
}

/// How much is tried; counted, never timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Variants of the case that are run.
    pub variants: usize,
    /// Repairs after which the search ends.
    pub repairs: usize,
}

impl Default for Effort {
    fn default() -> Effort {
        Effort { variants: 3_000, repairs: 60 }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repairs {
    /// The repairs: those by acting alone first, then the shortest, then by path.
    pub list: Vec<Repair>,
    /// How many variants of the case were run.
    pub tried: usize,
    /// Whether the search ended before it had tried everything.
    pub stopped: bool,
    /// What stands in the way and cannot be otherwise: known facts that never change, a date that is lacking.
    pub barred: BTreeSet<Fact>,
}

/// Changes that together reach the goal, none of which can be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The changes: what is said of a row after the row, otherwise by path.
    pub steps: Vec<Step>,
}

impl Repair {
    /// The changes as data.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        self.steps.iter().map(|step| step.change.clone()).collect()
    }

    /// Whether all of it can be brought about.
    #[must_use]
    pub fn is_by_acting(&self) -> bool {
        self.steps.iter().all(|step| step.changes == Changes::ByActing)
    }
}

/// One change of a repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The change.
    pub change: Change,
    /// The fact, where the case has it.
    pub fact: Option<Fact>,
    /// Its path in a case file.
    pub path: String,
    /// The question that it answers.
    pub question: String,
    /// What the case says of it now.
    pub from: String,
    /// What it is to be.
    pub to: String,
    /// Whether the case leaves it possible that it is so already.
    pub unknown: bool,
    /// What can change it.
    pub changes: Changes,
}

/// Looks for repairs of a rule for a subject.
///
/// # Errors
/// Where a limit of the engine is reached.
pub fn repairs(
    view: View<'_>,
    plan: &Plan,
    (rule, subject): (RuleId, &[usize]),
    goal: Goal,
    effort: Effort,
) -> Result<Repairs, Limit> {
    let Some((small, own)) = alone(view.kb, rule) else { return Ok(Repairs::default()) };
    let matter = search::Matter::new(view, &small, own, subject, goal);
    let found = search::search(&matter, effort)?;
    let mut repairs = Repairs {
        tried: found.tried,
        stopped: found.stopped,
        barred: found.barred,
        list: Vec::new(),
    };
    for set in verified(view, plan, &matter, (rule, goal), found.sets)? {
        repairs.list.push(step::repair(view, &set));
    }
    repairs.list.sort_by_cached_key(step::order);
    Ok(repairs)
}

/// The sets that reach the goal with all rules of the packs.
fn verified(
    view: View<'_>,
    plan: &Plan,
    matter: &search::Matter<'_>,
    (rule, goal): (RuleId, Goal),
    sets: Vec<Vec<Candidate>>,
) -> Result<Vec<Vec<Candidate>>, Limit> {
    let variants: Vec<_> = sets.iter().map(|set| candidate::applied(view, set)).collect();
    let facts: Vec<_> = variants.iter().collect();
    let found = plan.conclusions(&facts, Limits::default())?;
    let sets = sets.into_iter().zip(variants.iter().zip(found));
    let met = sets.filter(|(_, (facts, conclusions))| {
        let subject = matter.subject_in(facts);
        let one =
            conclusions.iter().find(|one| one.rule == rule && one.subject.as_slice() == subject);
        goal.is_met(one.map(|one| one.status))
    });
    Ok(met.map(|(set, _)| set).collect())
}

/// The knowledge base with one rule and those that can override it, and the rule's place in it.
fn alone(kb: &KnowledgeBase, rule: RuleId) -> Option<(KnowledgeBase, RuleId)> {
    let mut kept = BTreeSet::new();
    let mut left = vec![rule];
    while let Some(id) = left.pop() {
        if kept.insert(id) {
            left.extend(&kb.rules.get(id.0)?.overridden_by);
        }
    }
    let place = |id: &RuleId| kept.iter().position(|kept| kept == id).map(RuleId);
    let rules = kept.iter().filter_map(|id| {
        let mut rule = kb.rules.get(id.0)?.clone();
        rule.overrides = rule.overrides.iter().filter_map(place).collect();
        rule.overridden_by = rule.overridden_by.iter().filter_map(place).collect();
        rule.qualifies = None;
        rule.advice.clear();
        Some(rule)
    });
    let small = KnowledgeBase {
        rules: rules.collect(),
        vocabulary: kb.vocabulary.clone(),
        predicates: kb.predicates.clone(),
        derivations: kb.derivations.clone(),
        strata: kb.strata.clone(),
        ..KnowledgeBase::default()
    };
    Some((small, place(&rule)?))
}
