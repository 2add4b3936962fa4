//! What is open or contested, and the few facts that would settle most of it.
//! Such conclusions are listed apart and never ranked with advice.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Conclusion, Limits, Plan, Status, Subject};
use crate::facts::Facts;
use crate::knowledge::{AdviceKind, Rule, RuleId};
use crate::proof::{Fact, Grounds, View, support};

use super::reason::{first_text, subject_ids, subject_names, weight, wording};
use super::stage::Clock;
use super::{Settling, Undecided};

/// Open subjects of one rule that are looked into: what would settle fifty of them would settle the others.
const LOOKED_INTO: usize = 50;

/// What is undecided, heaviest first; of a rule with very many open subjects the first, and how many were only counted.
pub(super) fn undecided(view: View<'_>, clock: &Clock) -> (Vec<Undecided>, u64) {
    let beliefs = beliefs(view);
    let mut list = Vec::new();
    let mut counted = 0;
    let mut of_rule = (RuleId(0), 0);
    for conclusion in &view.model.conclusions {
        if !matches!(conclusion.status, Status::Open | Status::Contested) {
            continue;
        }
        let Some(rule) = view.kb.rules.get(conclusion.rule.0) else { continue };
        if rule.advice.is_empty() || clock.is_over(rule) {
            continue;
        }
        let seen = if of_rule.0 == conclusion.rule { of_rule.1 } else { 0 };
        of_rule = (conclusion.rule, seen + 1);
        if seen >= LOOKED_INTO && conclusion.status == Status::Open {
            counted += 1;
        } else {
            list.push(one(view, clock, &beliefs, conclusion, rule));
        }
    }
    list.sort_by(|a, b| {
        b.weight.cmp(&a.weight).then_with(|| (&a.rule, &a.subject).cmp(&(&b.rule, &b.subject)))
    });
    (list, counted)
}

/// What fires if one speaker is believed, by the speaker's name; empty where nothing is contested.
type Beliefs = Vec<(String, BTreeSet<(RuleId, Subject)>)>;

fn beliefs(view: View<'_>) -> Beliefs {
    let mut list = view.model.conclusions.iter();
    if !list.any(|conclusion| conclusion.status == Status::Contested) {
        return Vec::new();
    }
    let speakers: Vec<&str> = view.facts.speakers().into_iter().collect();
    let believing: Vec<Facts> = speakers.iter().map(|who| view.facts.believing(who)).collect();
    let facts: Vec<&Facts> = believing.iter().collect();
    let Ok(found) = Plan::new(view.kb).conclusions(&facts, Limits::default()) else {
        return Vec::new();
    };
    let fires = |conclusions: Vec<Conclusion>| {
        let firing = conclusions.into_iter().filter(|one| one.status == Status::Firing);
        firing.map(|one| (one.rule, one.subject)).collect()
    };
    speakers.into_iter().map(|who| view.speaker(who)).zip(found.into_iter().map(fires)).collect()
}

fn one(
    view: View<'_>,
    clock: &Clock,
    beliefs: &Beliefs,
    conclusion: &Conclusion,
    rule: &Rule,
) -> Undecided {
    let support = support(view, conclusion.rule, &conclusion.subject);
    let contested = conclusion.status == Status::Contested;
    let mut hangs_on = support.open.clone();
    if contested {
        let disputed: BTreeSet<Fact> = support
            .facts
            .union(&support.open)
            .copied()
            .filter(|fact| view.is_disputed(*fact))
            .collect();
        if !disputed.is_empty() {
            hangs_on = disputed;
        }
    }
    let words = wording(view, rule, &conclusion.subject, &support);
    let key = (conclusion.rule, conclusion.subject.clone());
    let believing = beliefs.iter().filter(|(_, fires)| contested && fires.contains(&key));
    Undecided {
        rule: rule.name.clone(),
        span: rule.span,
        subject: subject_ids(view, rule, &conclusion.subject),
        names: subject_names(view, rule, &conclusion.subject),
        contested,
        gives: gives(view, rule),
        text: first_text(rule).map_or_else(String::new, |text| words.render(text)),
        weight: weight(view.kb, clock, rule),
        hangs_on: hangs_on.into_iter().collect(),
        believing: believing.map(|(who, _)| who.clone()).collect(),
    }
}

fn gives(view: View<'_>, rule: &Rule) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for clause in &rule.advice {
        let name = match clause.kind {
            AdviceKind::Warn(risk, _) => view.kb.risks.get(risk.0).map(|risk| &risk.name),
            AdviceKind::Recommend(action, _) => {
                view.kb.actions.get(action.0).map(|action| &action.name)
            }
            AdviceKind::Encourage | AdviceKind::Note => None,
        };
        list.extend(name.filter(|name| !list.contains(name)).cloned());
    }
    list
}

/// Groups undecided and provisional conclusions by the facts that they hang on. A conclusion that hangs on several facts
/// shares its weight among them, so that a fact that settles something alone comes first; as in ranking, several subjects
/// of one rule count once. What the case has asked in vain is left out, unless nothing else is left.
pub(super) fn settling(
    view: View<'_>,
    undecided: &[Undecided],
    provisional: &[(RuleId, i64, Vec<Fact>)],
) -> Vec<Settling> {
    let open = undecided.iter().map(|one| (one.rule.as_str(), one.weight, &one.hangs_on));
    let excepted = provisional.iter().filter_map(|(rule, weight, facts)| {
        Some((view.kb.rules.get(rule.0)?.name.as_str(), *weight, facts))
    });
    let mut groups: BTreeMap<Fact, (usize, BTreeMap<&str, i64>)> = BTreeMap::new();
    for (rule, weight, facts) in open.chain(excepted) {
        let share = i64::try_from(facts.len()).map_or(0, |count| weight / count.max(1));
        for fact in facts {
            let (count, shares) = groups.entry(*fact).or_default();
            *count += 1;
            let most = shares.entry(rule).or_default();
            *most = share.max(*most);
        }
    }
    let mut list: Vec<(String, Settling)> = groups
        .into_iter()
        .map(|(fact, (conclusions, shares))| {
            let weight = shares.values().fold(0_i64, |sum, share| sum.saturating_add(*share));
            let rules = shares.into_keys().map(str::to_owned).collect();
            (view.path(fact), Settling { fact, conclusions, rules, weight })
        })
        .collect();
    let given: BTreeSet<Fact> =
        provisional.iter().flat_map(|(_, _, facts)| facts).copied().collect();
    list.sort_by(|(a_path, a), (b_path, b)| {
        let key = |of: &Settling| (given.contains(&of.fact), of.weight, of.conclusions);
        key(b).cmp(&key(a)).then_with(|| a_path.cmp(b_path))
    });
    let (asked, mut left): (Vec<_>, Vec<_>) = list
        .into_iter()
        .map(|(_, settling)| settling)
        .partition(|settling| view.describe(settling.fact).grounds == Grounds::Unknown);
    if left.is_empty() {
        left = asked;
    }
    left
}
