//! Answers tried: what becomes of rules under many variants of a case, worked out as blocks and compared with the case.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::advice::weights;
use crate::change::{Change, changed};
use crate::engine::{Conclusion, Limit, Limits, Plan, Status, Subject};
use crate::facts::Facts;
use crate::knowledge::{AdviceKind, AttributeId, Reads, RuleId};
use crate::proof::View;

use super::seen::Page;
use super::{Effect, Given, GivenKind, Turn};

/// Variants that are worked out as one block.
const BLOCK: usize = 256;
/// Most variants that are tried for one case.
pub(super) const MOST_VARIANTS: usize = 20_000;

/// A case, and what it takes to try variants of it.
pub(super) struct Trials<'a> {
    pub(super) view: View<'a>,
    /// What each rule reads.
    pub(super) reads: Vec<Reads<'a>>,
    /// What each rule weighs; none where it gives no advice.
    weights: Vec<Option<i64>>,
    /// The advice as it is.
    pub(super) page: Page,
    plan: &'a Plan,
    limits: Limits,
    /// The facts without what the engine does not read.
    lean: Facts,
    /// How many more variants may be tried.
    left: AtomicUsize,
}

/// What became of rules under each variant of a block.
type Found = Result<Vec<Vec<Difference>>, Limit>;

/// What becomes of a rule for a subject under a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) rule: RuleId,
    pub(super) subject: Subject,
    pub(super) status: [Option<Status>; 2],
}

impl<'a> Trials<'a> {
    pub(super) fn new(plan: &'a Plan, view: View<'a>, limits: Limits) -> Trials<'a> {
        let weights = weights(view);
        let counts = |rule: RuleId| weights.get(rule.0).is_some_and(Option::is_some);
        Trials {
            view,
            page: Page::new(view, counts),
            reads: view.kb.rules.iter().map(|rule| view.kb.read_by(rule)).collect(),
            weights,
            plan,
            limits,
            lean: lean(view),
            left: AtomicUsize::new(MOST_VARIANTS),
        }
    }

    /// How many of some variants may be tried; they count as tried.
    pub(super) fn claim(&self, wanted: usize) -> bool {
        let less = |left: usize| left.checked_sub(wanted);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    /// What a rule weighs; nothing where it gives no advice.
    pub(super) fn weight(&self, rule: RuleId) -> i64 {
        self.weights.get(rule.0).copied().flatten().unwrap_or(0)
    }

    /// What becomes of rules that give advice, under each of some sets of changes. Blocks are worked out by several threads
    /// and joined in their order, so that nothing depends on which was first.
    pub(super) fn run(&self, variants: &[Vec<Change>]) -> Result<Vec<Vec<Difference>>, Limit> {
        let blocks: Vec<&[Vec<Change>]> = variants.chunks(BLOCK).collect();
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let share = blocks.len().div_ceil(threads.max(1)).max(1);
        let found: Vec<Option<Vec<Found>>> = thread::scope(|scope| {
            let shares = blocks.chunks(share).map(|share| {
                scope.spawn(|| share.iter().map(|block| self.block(block)).collect::<Vec<Found>>())
            });
            let started: Vec<_> = shares.collect();
            started.into_iter().map(|share| share.join().ok()).collect()
        });
        let mut all = Vec::with_capacity(variants.len());
        for (share, found) in blocks.chunks(share).zip(found) {
            // A thread that could not finish leaves its share to this one.
            let again = || share.iter().map(|block| self.block(block)).collect();
            for block in found.unwrap_or_else(again) {
                all.extend(block?);
            }
        }
        Ok(all)
    }

    fn block(&self, variants: &[Vec<Change>]) -> Found {
        let vocabulary = &self.view.kb.vocabulary;
        let facts: Vec<Facts> =
            variants.iter().map(|changes| changed(vocabulary, &self.lean, changes)).collect();
        self.compare(&facts)
    }

    /// What becomes of rules that give advice, in each of some variants.
    pub(super) fn compare(&self, facts: &[Facts]) -> Result<Vec<Vec<Difference>>, Limit> {
        let facts: Vec<&Facts> = facts.iter().collect();
        let found = self.plan.conclusions(&facts, self.limits)?;
        let before = &self.view.model.conclusions;
        Ok(found
            .iter()
            .zip(facts)
            .map(|(after, facts)| {
                let mut list = differences(before, after);
                list.extend(self.over(facts, after));
                list.retain(|one| self.weight(one.rule) > 0);
                list
            })
            .collect())
    }

    /// What is not shown any more since the stage of its rule is past.
    fn over(&self, facts: &Facts, after: &[Conclusion]) -> Vec<Difference> {
        let Some(stage) = self.view.kb.ranking.stage else { return Vec::new() };
        let possible = |facts: &Facts| facts.cell(stage, 0).map(|cell| cell.possible);
        if possible(facts) == possible(self.view.facts) {
            return Vec::new();
        }
        let then = weights(View { facts, ..self.view });
        let over = |rule: RuleId| then.get(rule.0).copied().flatten().is_none();
        let before = &self.view.model.conclusions;
        let gone = after.iter().filter(|one| over(one.rule) && given(Some(one.status)));
        gone.filter_map(|one| {
            let same = before.binary_search_by(|other| key(other).cmp(&key(one))).ok()?;
            let was = before.get(same)?.status;
            given(Some(was)).then(|| Difference {
                rule: one.rule,
                subject: one.subject.clone(),
                status: [Some(was), None],
            })
        })
        .collect()
    }

    /// A difference in words.
    pub(super) fn effect(&self, difference: &Difference) -> Option<Effect> {
        let view = self.view;
        let rule = view.kb.rules.get(difference.rule.0)?;
        let rows = rule.variables.iter().zip(&difference.subject);
        Some(Effect {
            rule: rule.name.clone(),
            subject: rows
                .clone()
                .map(|(variable, row)| view.row_id(variable.entity, *row).to_owned())
                .collect(),
            names: rows.map(|(variable, row)| view.name(variable.entity, *row)).collect(),
            status: difference.status,
            gives: gives(view, difference.rule),
            weight: self.weight(difference.rule),
        })
    }

    /// Differences in words, weightiest first.
    pub(super) fn effects(&self, differences: &[Difference]) -> Vec<Effect> {
        let mut list: Vec<Effect> = differences.iter().filter_map(|one| self.effect(one)).collect();
        list.sort_by(|a, b| {
            let order = |one: &Effect| (one.turn(), std::cmp::Reverse(one.weight));
            order(a).cmp(&order(b)).then_with(|| (&a.rule, &a.subject).cmp(&(&b.rule, &b.subject)))
        });
        list
    }
}

/// What a rule gives.
pub(super) fn gives(view: View<'_>, rule: RuleId) -> Vec<Given> {
    let Some(rule) = view.kb.rules.get(rule.0) else { return Vec::new() };
    let mut list: Vec<Given> = rule
        .advice
        .iter()
        .filter_map(|clause| {
            let (kind, id, title) = match clause.kind {
                AdviceKind::Warn(risk, _) => {
                    let risk = view.kb.risks.get(risk.0)?;
                    (GivenKind::Warning, &risk.name, risk.title.as_str())
                }
                AdviceKind::Recommend(action, _) => {
                    let action = view.kb.actions.get(action.0)?;
                    (GivenKind::Recommendation, &action.name, action.title.as_str())
                }
                AdviceKind::Encourage | AdviceKind::Note => (GivenKind::Remark, &rule.name, ""),
            };
            Some(Given { kind, id: id.clone(), title: title.to_owned() })
        })
        .collect();
    list.sort();
    list.dedup();
    list
}

/// Whether advice is given.
pub(super) fn given(status: Option<Status>) -> bool {
    matches!(status, Some(Status::Firing | Status::Provisional))
}

/// What kind of difference it is, now and then.
pub(super) fn turn([now, then]: [Option<Status>; 2]) -> Turn {
    match (given(now), given(then)) {
        (false, true) => Turn::Appears,
        (true, false) => Turn::Goes,
        (true, true) if then == Some(Status::Firing) => Turn::Certain,
        (true, true) => Turn::Provisional,
        (false, false) if matches!(then, None | Some(Status::SetAside)) => Turn::Settled,
        (false, false) => Turn::Opens,
    }
}

type Key<'c> = (RuleId, &'c [usize]);

fn key(conclusion: &Conclusion) -> Key<'_> {
    (conclusion.rule, &conclusion.subject)
}

/// What becomes of rules and subjects that differ; both lists are sorted by these.
fn differences(before: &[Conclusion], after: &[Conclusion]) -> Vec<Difference> {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    let mut list = Vec::new();
    loop {
        let order = match (before.peek(), after.peek()) {
            (None, None) => return list,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => key(a).cmp(&key(b)),
        };
        let now = if order.is_le() { before.next() } else { None };
        let then = if order.is_ge() { after.next() } else { None };
        let status = [now, then].map(|one| one.map(|one| one.status));
        if status[0] != status[1]
            && let Some(one) = now.or(then)
        {
            list.push(Difference { rule: one.rule, subject: one.subject.clone(), status });
        }
    }
}

/// The facts with only those records that the engine reads: of disputes, and of derived attributes that are stated.
fn lean(view: View<'_>) -> Facts {
    let mut facts = view.facts.clone();
    let kept = |record: &crate::facts::Record| !record.says.is_empty();
    for cell in facts.ties.values_mut() {
        cell.record.take_if(|record| !kept(record));
    }
    for (at, declared) in view.kb.vocabulary.attributes.iter().enumerate() {
        if declared.derived {
            continue;
        }
        for cell in facts.cells.of_mut(AttributeId(at)) {
            cell.record.take_if(|record| !kept(record));
        }
    }
    facts
}

/// The weight of rules, each counted once and in its weightiest way.
#[derive(Debug, Clone, Default)]
pub(super) struct Weighing(BTreeMap<RuleId, i64>);

impl Weighing {
    pub(super) fn add(&mut self, rule: RuleId, weight: i64) {
        let most = self.0.entry(rule).or_default();
        *most = weight.max(*most);
    }

    pub(super) fn sum(&self) -> i64 {
        self.0.values().fold(0, |sum, weight| sum.saturating_add(*weight))
    }
}
