//! The search: sets of changes, the smallest first, each level run as one block. Ends after a counted number of variants.

use std::collections::BTreeSet;

use crate::engine::{Limit, Limits, Model, Plan};
use crate::facts::Facts;
use crate::knowledge::{EntityId, KnowledgeBase, RuleId};

use super::super::evaluate::View;
use super::super::fact::Fact;
use super::candidate::{Candidate, applied, covers, with};
use super::goal::Mender;
use super::{Effort, Goal, MOST_CHANGES};

/// So often is a set widened or made narrower.
const ROUNDS: usize = 5;

/// What is to be repaired.
pub(super) struct Matter<'a> {
    /// The case as it is, with the one rule and those that override it.
    view: View<'a>,
    rule: RuleId,
    subject: Vec<(EntityId, String)>,
    goal: Goal,
    plan: Plan,
}

/// What the search came to.
#[derive(Default)]
pub(super) struct Found {
    pub(super) sets: Vec<Vec<Candidate>>,
    pub(super) tried: usize,
    pub(super) stopped: bool,
    pub(super) barred: BTreeSet<Fact>,
}

impl<'a> Matter<'a> {
    pub(super) fn new(
        view: View<'a>,
        small: &'a KnowledgeBase,
        rule: RuleId,
        subject: &[usize],
        goal: Goal,
    ) -> Matter<'a> {
        let variables = small.rules.get(rule.0).map_or(&[][..], |rule| &rule.variables);
        let ids = variables.iter().zip(subject).map(|(variable, row)| {
            (variable.entity, view.row_id(variable.entity, *row).to_owned())
        });
        Matter {
            subject: ids.collect(),
            view: View { kb: small, ..view },
            rule,
            goal,
            plan: Plan::new(small),
        }
    }

    /// The rows of the subject in facts that may have more rows.
    pub(super) fn subject_in(&self, facts: &Facts) -> Vec<usize> {
        let rows = self.subject.iter().map(|(entity, id)| facts.find_row(*entity, id));
        rows.map(|row| row.unwrap_or(usize::MAX)).collect()
    }

    fn is_met(&self, facts: &Facts, model: &Model) -> bool {
        let subject = self.subject_in(facts);
        let mut conclusions = model.conclusions.iter();
        let found =
            conclusions.find(|one| one.rule == self.rule && one.subject.as_slice() == subject);
        self.goal.is_met(found.map(|one| one.status))
    }

    fn infer(&self, facts: &[Facts]) -> Result<Vec<Model>, Limit> {
        let limits = Limits { open_subjects: usize::MAX, ..Limits::default() };
        self.plan.infer(&facts.iter().collect::<Vec<_>>(), limits)
    }

    /// The changes that may help in one variant, each once.
    fn ways(
        &self,
        facts: &Facts,
        model: &Model,
        never: &mut BTreeSet<Fact>,
    ) -> BTreeSet<Candidate> {
        let view = View { kb: self.view.kb, facts, model };
        let mut mender = Mender::new(view);
        let fires = self.goal == Goal::Fire;
        let ways = mender.rule(self.rule, &self.subject_in(facts), fires);
        never.append(&mut mender.barred);
        ways.into_iter().collect()
    }
}

/// Looks for sets of changes that reach the goal and of which no part does.
pub(super) fn search(matter: &Matter<'_>, effort: Effort) -> Result<Found, Limit> {
    let mut found = Found::default();
    let mut seen: BTreeSet<Vec<Candidate>> = BTreeSet::new();
    let mut frontier: Vec<Vec<Candidate>> = vec![Vec::new()];
    for _ in 0..=ROUNDS {
        let variants: Vec<Facts> = frontier.iter().map(|set| applied(matter.view, set)).collect();
        let models = matter.infer(&variants)?;
        found.tried += frontier.iter().filter(|set| !set.is_empty()).count();
        let (mut open, mut met) = (Vec::new(), Vec::new());
        for (set, (facts, model)) in frontier.into_iter().zip(variants.iter().zip(&models)) {
            let done = matter.is_met(facts, model);
            if done { met.push(set) } else { open.push((set, facts, model)) }
        }
        found.sets.extend(met);
        let mut next: BTreeSet<Vec<Candidate>> = BTreeSet::new();
        for (set, facts, model) in open {
            // What never changes counts where it stands in the way of the case as it is.
            let mut unheard = BTreeSet::new();
            let never = if set.is_empty() { &mut found.barred } else { &mut unheard };
            let ways = matter.ways(facts, model, never);
            let wider = ways.iter().filter_map(|way| with(&set, way));
            let new = |set: &Vec<Candidate>| {
                let known = found.sets.iter().any(|known| covers(known, set));
                set.len() <= MOST_CHANGES && !known && !seen.contains(set)
            };
            next.extend(wider.filter(new));
        }
        frontier = chosen(next, effort, &mut found);
        seen.extend(frontier.iter().cloned());
        if frontier.is_empty() {
            break;
        }
    }
    minimal(matter, &mut found)?;
    Ok(found)
}

/// What is tried next, within the effort.
fn chosen(
    next: BTreeSet<Vec<Candidate>>,
    effort: Effort,
    found: &mut Found,
) -> Vec<Vec<Candidate>> {
    let left = effort.variants.saturating_sub(found.tried);
    let enough = found.sets.len() >= effort.repairs;
    if next.len() > left || (enough && !next.is_empty()) {
        found.stopped = true;
    }
    let mut list: Vec<Vec<Candidate>> = next.into_iter().collect();
    list.sort_by_key(Vec::len);
    list.truncate(if enough { 0 } else { left });
    list
}

/// Replaces sets by parts of them that reach the goal alone, and drops those that ask for more than another.
fn minimal(matter: &Matter<'_>, found: &mut Found) -> Result<(), Limit> {
    let mut parts: BTreeSet<Vec<Candidate>> = BTreeSet::new();
    for set in &found.sets {
        for chosen in 1..(1_usize << set.len()) - 1 {
            let part = set.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
            parts.insert(part.map(|(_, candidate)| candidate.clone()).collect());
        }
    }
    let parts: Vec<Vec<Candidate>> = parts.into_iter().collect();
    let variants: Vec<Facts> = parts.iter().map(|set| applied(matter.view, set)).collect();
    let models = matter.infer(&variants)?;
    found.tried += parts.len();
    let enough = parts.into_iter().zip(variants.iter().zip(&models));
    let enough = enough.filter(|(_, (facts, model))| matter.is_met(facts, model));
    found.sets.extend(enough.map(|(set, _)| set));
    found.sets.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    found.sets.dedup();
    let all = found.sets.clone();
    found.sets.retain(|set| !all.iter().any(|other| other != set && covers(other, set)));
    Ok(())
}
