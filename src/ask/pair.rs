//! Pairs of answers, for questions of which no single answer changes the advice: with each fact that some rule reads
//! together with it, for the same rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Limit;
use crate::knowledge::{Reads, RuleId};

use super::Pair;
use super::Turn;
use super::candidate::{Topic, rows};
use super::effect::{Difference, Trials, turn};
use super::rank::{Asking, Tried};

/// Facts of one topic that are paired with others: what is so for a few rows is so for the others.
const ROWS: usize = 3;
/// Most pairs of answers that are tried.
const MOST_PAIRS: usize = 6_000;

/// Two facts, by topic and place in it.
type Couple = [(usize, usize); 2];

/// Tries pairs, and notes with each fact the weightiest one that changes the advice.
pub(super) fn pairs(trials: &Trials<'_>, asking: &mut [Asking]) -> Result<(), Limit> {
    let couples = couples(trials, asking);
    let mut variants = Vec::new();
    let mut tried = Vec::new();
    for couple in couples {
        let [Some(a), Some(b)] = couple.map(|at| fact(asking, at)) else { continue };
        if variants.len() + a.replies.len() * b.replies.len() > MOST_PAIRS {
            break;
        }
        for (first, a) in a.replies.iter().enumerate() {
            for (second, b) in b.replies.iter().enumerate() {
                variants.push(vec![a.change.clone(), b.change.clone()]);
                tried.push((couple, [first, second]));
            }
        }
    }
    let found = trials.run(&variants)?;
    let mut pairs: BTreeMap<(usize, usize), Together> = BTreeMap::new();
    for (at, ((couple, replies), found)) in tried.iter().zip(&found).enumerate() {
        let rules = news(asking, *couple, *replies, found);
        let weight = rules.iter().fold(0_i64, |sum, rule| sum.saturating_add(trials.weight(*rule)));
        for one in couple.iter().filter(|(topic, _)| weight > 0 && !changes_advice(asking, *topic))
        {
            let together = pairs.entry(*one).or_default();
            together.rules.extend(&rules);
            together.news.extend(trials.page.news(found).intersection(&rules));
            if weight > together.weight {
                (together.weight, together.at) = (weight, at);
            }
        }
    }
    let mut noted = Vec::new();
    for (place, together) in pairs {
        let (Some((couple, replies)), Some(found)) =
            (tried.get(together.at), found.get(together.at))
        else {
            continue;
        };
        let turned = couple[0] != place;
        let pair = pair(trials, asking, (couple, replies), found, turned);
        noted.extend(pair.map(|pair| (place, pair, [together.rules, together.news])));
    }
    for ((topic, at), pair, rules) in noted {
        let fact = asking.get_mut(topic).and_then(|asking| asking.facts.get_mut(at));
        if let Some(fact) = fact {
            fact.pair = Some((pair, rules));
        }
    }
    Ok(())
}

/// What a fact changes together with others: the rules whose advice comes or goes, and the weightiest pair.
#[derive(Debug, Default)]
struct Together {
    rules: BTreeSet<RuleId>,
    /// Those by which advice comes on the page or leaves it.
    news: BTreeSet<RuleId>,
    weight: i64,
    at: usize,
}

fn fact(asking: &[Asking], (topic, at): (usize, usize)) -> Option<&Tried> {
    asking.get(topic)?.facts.get(at)
}

fn changes_advice(asking: &[Asking], topic: usize) -> bool {
    asking.get(topic).is_some_and(Asking::changes_advice)
}

/// Facts that some rule reads together, at least one of which changes nothing alone; those of weighty rules first.
fn couples(trials: &Trials<'_>, asking: &[Asking]) -> Vec<Couple> {
    let mut weights: BTreeMap<[usize; 2], i64> = BTreeMap::new();
    for (at, reads) in trials.reads.iter().enumerate() {
        let weight = trials.weight(RuleId(at));
        if weight == 0 {
            continue;
        }
        let read: Vec<usize> = asking
            .iter()
            .enumerate()
            .filter(|(_, asking)| is_read(trials, reads, asking.topic))
            .map(|(topic, _)| topic)
            .collect();
        let couples = read
            .iter()
            .enumerate()
            .flat_map(|(at, first)| read.iter().skip(at + 1).map(move |second| [*first, *second]));
        let alone =
            |couple: &[usize; 2]| couple.iter().any(|topic| !changes_advice(asking, *topic));
        for couple in couples.filter(alone) {
            let sum = weights.entry(couple).or_default();
            *sum = sum.saturating_add(weight);
        }
    }
    let mut topics: Vec<([usize; 2], i64)> = weights.into_iter().collect();
    topics.sort_by_key(|(topics, weight)| (std::cmp::Reverse(*weight), *topics));
    topics.into_iter().flat_map(|(topics, _)| of_rows(trials, asking, topics)).collect()
}

fn is_read(trials: &Trials<'_>, reads: &Reads<'_>, topic: Topic) -> bool {
    match topic {
        Topic::Attribute(id) => reads.attributes.contains(&id),
        Topic::Relation(id) => reads.relations.contains(&id),
        Topic::Others(entity) => {
            let vocabulary = &trials.view.kb.vocabulary;
            reads.entities.contains(&entity)
                || reads.attributes.iter().any(|id| vocabulary.attribute(*id).entity == entity)
        }
    }
}

/// Facts of two topics that have no rows to differ by, or share one.
fn of_rows(trials: &Trials<'_>, asking: &[Asking], topics: [usize; 2]) -> Vec<Couple> {
    let [Some(first), Some(second)] = topics.map(|topic| asking.get(topic)) else {
        return Vec::new();
    };
    let mut couples = Vec::new();
    for (a, one) in first.facts.iter().enumerate() {
        let own = rows(trials.view, one.candidate.fact);
        let fits = |other: &Tried| {
            let others = rows(trials.view, other.candidate.fact);
            own.is_empty() || others.is_empty() || own.iter().any(|row| others.contains(row))
        };
        let b = second.facts.iter().position(fits);
        couples.extend(b.map(|b| [(topics[0], a), (topics[1], b)]));
        if couples.len() == ROWS {
            break;
        }
    }
    couples
}

/// The rules whose advice comes or goes with two answers and with neither alone.
fn news(
    asking: &[Asking],
    couple: Couple,
    replies: [usize; 2],
    found: &[Difference],
) -> BTreeSet<RuleId> {
    let alone: Vec<&Difference> = couple
        .into_iter()
        .zip(replies)
        .filter_map(|(at, reply)| fact(asking, at)?.differences.get(reply))
        .flatten()
        .collect();
    let changes = found.iter().filter(|one| turn(one.status) <= Turn::Goes);
    changes.filter(|one| !alone.contains(one)).map(|one| one.rule).collect()
}

/// A pair as it is noted with one of its facts: the first, or where it is `turned` the second.
fn pair(
    trials: &Trials<'_>,
    asking: &[Asking],
    (couple, replies): (&Couple, &[usize; 2]),
    found: &[Difference],
    turned: bool,
) -> Option<Pair> {
    let [own, other] = if turned { [1, 0] } else { [0, 1] };
    let (this, that) = (fact(asking, *couple.get(own)?)?, fact(asking, *couple.get(other)?)?);
    let reply = this.replies.get(*replies.get(own)?)?;
    let with = that.replies.get(*replies.get(other)?)?;
    let described = trials.view.describe(that.candidate.fact);
    Some(Pair {
        words: reply.words.clone(),
        path: described.path,
        question: described.question,
        other: with.words.clone(),
        changes: vec![reply.change.clone(), with.change.clone()],
        effects: trials.effects(found),
        seen: trials.page.seen(trials.view, found),
    })
}
