//! Rules that are silent for every subject and lack little: fewest failing conditions first, then by what they would weigh.

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::RuleId;
use crate::proof::why_not::{Distance, Part, WhyNot, nearest, why_not};
use crate::proof::{Fact, FactView, View, support};
use crate::source::Span;

use super::reason::{first_text, subject_ids, subject_names, weight, wording};
use super::stage::Clock;

/// Near misses, nearest first, with what the list leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMisses {
    /// The nearest ones.
    pub list: Vec<NearMiss>,
    /// Silent rules that are not listed.
    pub more: usize,
    /// Rules of which the case has no subject at all.
    pub without_subject: usize,
    /// Silent rules whose only stage is past.
    pub over: usize,
    /// The facts that the conditions point at, in words.
    pub facts: BTreeMap<Fact, FactView>,
}

/// A silent rule with the subject for which it lacks least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The rule.
    pub rule: String,
    /// Where the rule stands.
    pub span: Span,
    /// The ids of the subject's rows.
    pub subject: Vec<String>,
    /// The names of the subject's rows.
    pub names: Vec<String>,
    /// Other subjects that lack no more.
    pub as_near: usize,
    /// What it would say first.
    pub text: String,
    /// How far it is from firing.
    pub distance: Distance,
    /// The score that it would add, in millionths of millionths.
    pub weight: i64,
    /// What stands in the way.
    pub lacks: Vec<Part>,
    /// Rules that override it and may fire, by id.
    pub overridden_by: Vec<String>,
}

/// The silent rules of a case, nearest first, at most so many.
#[must_use]
pub fn near_misses(view: View<'_>, top: usize) -> NearMisses {
    let clock = Clock::new(view);
    let heard: BTreeSet<RuleId> = view.model.conclusions.iter().map(|one| one.rule).collect();
    let mut found = NearMisses {
        list: Vec::new(),
        more: 0,
        without_subject: 0,
        over: 0,
        facts: BTreeMap::new(),
    };
    let mut silent = Vec::new();
    for (index, rule) in view.kb.rules.iter().enumerate() {
        let id = RuleId(index);
        if heard.contains(&id) || rule.advice.is_empty() {
            continue;
        }
        if clock.is_over(rule) {
            found.over += 1;
            continue;
        }
        let near = nearest(view, id);
        let Some((distance, subject)) = near.first() else {
            found.without_subject += 1;
            continue;
        };
        let as_near = near.iter().filter(|(other, _)| other == distance).count() - 1;
        let weight = weight(view.kb, &clock, rule);
        let key = (distance.failing, std::cmp::Reverse(weight), distance.open, id);
        silent.push((key, *distance, subject.clone(), as_near, weight));
    }
    silent.sort_by_key(|(key, ..)| *key);
    found.more = silent.len().saturating_sub(top);
    for ((.., id), distance, subject, as_near, weight) in silent.into_iter().take(top) {
        let Some(why) = why_not(view, id, &subject) else { continue };
        found.list.extend(one(view, (distance, as_near, weight), &why));
    }
    let parts = found.list.iter().flat_map(|one| &one.lacks);
    let facts: BTreeSet<Fact> = parts.flat_map(Part::facts).collect();
    found.facts = facts.into_iter().map(|fact| (fact, view.describe(fact))).collect();
    found
}

fn one(
    view: View<'_>,
    (distance, as_near, weight): (Distance, usize, i64),
    why: &WhyNot,
) -> Option<NearMiss> {
    let rule = view.kb.rules.get(why.rule.0)?;
    let found = support(view, why.rule, &why.subject);
    let words = wording(view, rule, &why.subject, &found);
    let hindering = why.all().chain(&why.exceptions).filter(|part| part.state.hinders());
    let overriders = why.overridden_by.iter();
    Some(NearMiss {
        rule: rule.name.clone(),
        span: rule.span,
        subject: subject_ids(view, rule, &why.subject),
        names: subject_names(view, rule, &why.subject),
        as_near,
        text: first_text(rule).map_or_else(String::new, |text| words.render(text)),
        distance,
        weight,
        lacks: hindering.cloned().collect(),
        overridden_by: overriders
            .filter_map(|other| Some(view.kb.rules.get(other.rule.0)?.name.clone()))
            .collect(),
    })
}
