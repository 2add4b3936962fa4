//! Ranks risks and actions: the weight of each distinct rule, first steps before later ones, ties by evidence, then id.
//! Integers only; an added or stronger reason never lowers an item.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Evidence;
use crate::knowledge::{ActionId, KnowledgeBase, RuleId, Severity};
use crate::proof::View;

use super::reason::{Grounded, Reasons, cited, severity_weight};
use super::stage::Clock;
use super::{Item, Reason, TradeOff, Weight};

/// What is needed to put an item in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: String,
    /// Its own score.
    pub score: i64,
    /// The evidence of its best-founded reason.
    pub evidence: Evidence,
    /// The positions in the list of the items that come before it.
    pub after: Vec<usize>,
}

/// The order of items, as positions with the score each is ranked by: highest first, what comes before another first and
/// with its score, ties by evidence, then id. Circles in `after` are cut.
#[must_use]
pub fn order(items: &[Standing]) -> Vec<(usize, i64)> {
    let scores: Vec<i64> = (0..items.len()).map(|index| inherited(items, index)).collect();
    let key = |index: usize| {
        items.get(index).map(|item| {
            let score = scores.get(index).copied().unwrap_or(0);
            (std::cmp::Reverse(score), std::cmp::Reverse(item.evidence), &item.id)
        })
    };
    let mut left: BTreeSet<usize> = (0..items.len()).collect();
    let mut sorted = Vec::new();
    while !left.is_empty() {
        let ready = |index: &&usize| {
            let after = items.get(**index).map(|item| &item.after);
            after.is_none_or(|after| after.iter().all(|before| !left.contains(before)))
        };
        let next = left.iter().filter(ready).min_by_key(|index| key(**index));
        let Some(next) = next.or_else(|| left.first()).copied() else { break };
        left.remove(&next);
        sorted.push((next, scores.get(next).copied().unwrap_or(0)));
    }
    sorted
}

/// The highest score among an item and those that come after it.
fn inherited(items: &[Standing], index: usize) -> i64 {
    let mut reached = BTreeSet::from([index]);
    let mut queue = vec![index];
    while let Some(at) = queue.pop() {
        for (later, item) in items.iter().enumerate() {
            if item.after.contains(&at) && reached.insert(later) {
                queue.push(later);
            }
        }
    }
    reached.iter().filter_map(|index| items.get(*index)).map(|item| item.score).max().unwrap_or(0)
}

pub(super) fn risks(view: View<'_>, clock: &Clock, reasons: &Reasons) -> Vec<Item> {
    let items: Vec<Item> = reasons
        .risks
        .iter()
        .filter_map(|(id, reasons)| {
            let risk = view.kb.risks.get(id.0)?;
            let mut item = item(view.kb, clock, reasons);
            item.id.clone_from(&risk.name);
            item.title.clone_from(&risk.title);
            item.cites = cited(view.kb, &risk.cites);
            Some(item)
        })
        .collect();
    arranged(items, &BTreeMap::new())
}

pub(super) fn actions(view: View<'_>, clock: &Clock, reasons: &Reasons) -> Vec<Item> {
    let mut todo = Vec::new();
    let mut done = Vec::new();
    let mut ids = Vec::new();
    for (id, reasons) in &reasons.actions {
        let Some(action) = view.kb.actions.get(id.0) else { continue };
        let mut item = item(view.kb, clock, reasons);
        item.id.clone_from(&action.name);
        item.title.clone_from(&action.title);
        item.stage = clock.wording(view, action.stage);
        item.cites = cited(view.kb, &action.cites);
        item.done = item.reasons.iter().all(|reason| reason.done);
        if item.done {
            done.push(item);
        } else {
            todo.push(item);
            ids.push(*id);
        }
    }
    let before: BTreeMap<String, BTreeSet<String>> = ids
        .iter()
        .filter_map(|id| Some((name(view.kb, *id)?, first_steps(view.kb, *id, &ids))))
        .collect();
    let mut list = arranged(todo, &before);
    list.extend(arranged(done, &BTreeMap::new()));
    list
}

fn name(kb: &KnowledgeBase, action: ActionId) -> Option<String> {
    kb.actions.get(action.0).map(|action| action.name.clone())
}

/// The recommended actions that come before one, directly or through others.
fn first_steps(kb: &KnowledgeBase, action: ActionId, recommended: &[ActionId]) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut queue = vec![action];
    while let Some(at) = queue.pop() {
        for before in kb.actions.get(at.0).into_iter().flat_map(|action| &action.after) {
            if *before != action && reached.insert(*before) {
                queue.push(*before);
            }
        }
    }
    let those = reached.iter().filter(|id| recommended.contains(id));
    those.filter_map(|id| name(kb, *id)).collect()
}

fn arranged(items: Vec<Item>, before: &BTreeMap<String, BTreeSet<String>>) -> Vec<Item> {
    let none = BTreeSet::new();
    let standings: Vec<Standing> = items
        .iter()
        .map(|item| {
            let first = before.get(&item.id).unwrap_or(&none);
            let those = items.iter().enumerate().filter(|(_, other)| first.contains(&other.id));
            Standing {
                id: item.id.clone(),
                score: item.score,
                evidence: item.evidence,
                after: those.map(|(index, _)| index).collect(),
            }
        })
        .collect();
    let mut slots: Vec<Option<Item>> = items.into_iter().map(Some).collect();
    order(&standings)
        .into_iter()
        .filter_map(|(index, score)| {
            let mut item = slots.get_mut(index)?.take()?;
            item.rank_score = score;
            item.after = before.get(&item.id).into_iter().flatten().cloned().collect();
            Some(item)
        })
        .collect()
}

/// An item without a name: its reasons, weightiest first, and the sum of the weights of distinct rules. Reasons for which
/// the action was taken weigh nothing where others are left.
fn item(kb: &KnowledgeBase, clock: &Clock, reasons: &[Grounded]) -> Item {
    let all_done = reasons.iter().all(|(_, reason)| reason.done);
    let mut gravest: BTreeMap<RuleId, Severity> = BTreeMap::new();
    for (rule, reason) in reasons.iter().filter(|(_, reason)| all_done || !reason.done) {
        let severity = gravest.entry(*rule).or_insert(reason.severity);
        *severity = reason.severity.max(*severity);
    }
    let mut weights: Vec<Weight> = gravest
        .iter()
        .filter_map(|(rule, severity)| {
            let rule = kb.rules.get(rule.0)?;
            let timing = clock.timing(rule.stage);
            let severity_weight = severity_weight(kb, *severity);
            let timing_factor = clock.factor(timing);
            Some(Weight {
                rule: rule.name.clone(),
                severity: *severity,
                severity_weight,
                timing,
                timing_factor,
                score: severity_weight.saturating_mul(timing_factor),
            })
        })
        .collect();
    weights.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.rule.cmp(&b.rule)));
    let place = |reason: &Reason| weights.iter().position(|weight| weight.rule == reason.rule);
    let mut sorted: Vec<Reason> = reasons.iter().map(|(_, reason)| reason.clone()).collect();
    sorted.sort_by(|a, b| {
        let key = |reason: &Reason| (reason.done, reason.provisional, place(reason));
        key(a).cmp(&key(b)).then_with(|| a.subject.cmp(&b.subject))
    });
    Item {
        id: String::new(),
        title: String::new(),
        stage: None,
        severity: gravest.values().copied().max().unwrap_or(Severity::Low),
        score: weights.iter().fold(0, |sum, weight| sum.saturating_add(weight.score)),
        rank_score: 0,
        evidence: sorted.iter().map(|reason| reason.evidence).max().unwrap_or(Evidence::Assumed),
        provisional: sorted.iter().all(|reason| reason.provisional),
        done: false,
        after: Vec::new(),
        opposes: Vec::new(),
        reasons: sorted,
        weights,
        cites: Vec::new(),
    }
}

/// Actions still to do that pull against each other; both are told so.
pub(super) fn tradeoffs(kb: &KnowledgeBase, items: &mut [Item]) -> Vec<TradeOff> {
    let mut pairs: BTreeMap<[String; 2], BTreeSet<&str>> = BTreeMap::new();
    for action in &kb.actions {
        for (other, why) in &action.opposes {
            let Some(other) = kb.actions.get(other.0) else { continue };
            let mut pair = [action.name.clone(), other.name.clone()];
            pair.sort();
            pairs.entry(pair).or_default().insert(why);
        }
    }
    let todo = |id: &str| items.iter().find(|item| item.id == id && !item.done);
    let mut list = Vec::new();
    for (actions, why) in pairs {
        let [first, second] = &actions;
        let (Some(a), Some(b)) = (todo(first), todo(second)) else { continue };
        let text = |item: &Item| item.reasons.first().map_or_else(String::new, |r| r.text.clone());
        list.push(TradeOff {
            titles: [a.title.clone(), b.title.clone()],
            reasons: [text(a), text(b)],
            why: why.into_iter().map(str::to_owned).collect(),
            actions,
        });
    }
    for item in items {
        let others = list.iter().filter_map(|tradeoff| match &tradeoff.actions {
            [a, b] if *a == item.id => Some(b.clone()),
            [a, b] if *b == item.id => Some(a.clone()),
            _ => None,
        });
        item.opposes = others.collect();
    }
    list
}
