//! Two people's codings of one case, compared: which facts both state and how far they agree, what only one of them states,
//! and what of the advice, and of its verdicts, hangs on that.

mod fact;
mod item;

use std::collections::BTreeSet;

use crate::advice::{Advice, advise};
use crate::case::outcome::{Outcome, RiskOutcome};
use crate::case::{self, Case, Filter, Moment};
use crate::engine::{Limit, Limits, Plan};
use crate::evaluate::{Settings, Share, Trial, Verdict, evaluate};
use crate::facts::Facts;
use crate::knowledge::{EntityId, EntityKind, KnowledgeBase, PackName};
use crate::proof::View;
use crate::value::date_of_day;
use crate::whatif::{WhatIf, compare, differences};

pub use fact::{Coded, Saying};
pub use item::ItemCoded;

/// Two codings of one case, side by side. Of a pair, the first coding comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    /// The packs.
    pub packs: Vec<PackName>,
    /// The ids of the two, which may show that they are not of one case.
    pub ids: [String; 2],
    /// The moments that are compared, in words.
    pub moments: Vec<String>,
    /// Rows that only one of them has, as paths.
    pub rows: [Vec<String>; 2],
    /// Facts that at least one of them states, by path.
    pub facts: Vec<Coded>,
    /// Of the facts that both state, those of which they say the same at every moment.
    pub agreement: Share,
    /// Risks that the two warn of at different moments.
    pub warnings: Vec<ItemCoded>,
    /// Actions that they recommend at different moments.
    pub recommendations: Vec<ItemCoded>,
    /// Verdicts that differ, where an outcome was given: the risk, its rows, and both verdicts.
    pub verdicts: Option<Vec<VerdictCoded>>,
}

/// A verdict that hangs on who coded the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictCoded {
    /// The risk.
    pub risk: String,
    /// The ids of the rows that the outcome names.
    pub rows: Vec<String>,
    /// The verdicts.
    pub verdicts: [Verdict; 2],
}

impl Coding {
    /// The facts of one saying.
    pub fn said(&self, saying: Saying) -> impl Iterator<Item = &Coded> {
        self.facts.iter().filter(move |fact| fact.saying == saying)
    }
}

/// Compares two codings of one case, after each event that both tell of and at each day on which either of them tells of
/// something.
///
/// # Errors
/// Where a limit is reached.
pub fn compare_codings(
    (kb, plan): (&KnowledgeBase, &Plan),
    cases: [&Case; 2],
    outcome: Option<&Outcome>,
    limits: Limits,
) -> Result<Coding, Limit> {
    let moments = moments(cases);
    let facts: Vec<Facts> = moments
        .iter()
        .flat_map(|pair| pair.iter().zip(cases))
        .map(|(moment, case)| case::facts(case, &kb.vocabulary, moment, &Filter::default()))
        .collect();
    let models = plan.infer(&facts.iter().collect::<Vec<_>>(), limits)?;
    let views: Vec<View<'_>> =
        facts.iter().zip(&models).map(|(facts, model)| View { kb, facts, model }).collect();
    let pairs: Vec<[View<'_>; 2]> =
        views.as_chunks::<2>().0.iter().map(|[first, second]| [*first, *second]).collect();
    let advice: Vec<[Advice; 2]> =
        pairs.iter().map(|pair| pair.map(|view| advise(kb, view.facts, view.model))).collect();
    let changes: Vec<WhatIf> = pairs
        .iter()
        .map(|[first, second]| {
            let abouts = differences(&kb.vocabulary, first.facts, second.facts);
            compare(*first, *second, &abouts)
        })
        .collect();
    let coded = fact::coded(&pairs);
    let same = coded.iter().filter(|fact| fact.saying == Saying::Same).count();
    let both = coded.iter().filter(|fact| fact.saying.is_of_both()).count();
    let verdicts =
        outcome.map(|outcome| verdicts((kb, plan), cases, outcome, limits)).transpose()?;
    Ok(Coding {
        packs: kb.packs.clone(),
        ids: cases.map(|case| case.id.clone()),
        moments: names(cases, &moments),
        rows: [[0, 1], [1, 0]].map(|order| lone_rows(kb, order.map(|at| cases.get(at)))),
        facts: coded,
        agreement: Share::new(same, both),
        warnings: item::coded(&advice, &changes, |it| &it.warnings, |it| &it.warnings),
        recommendations: item::coded(
            &advice,
            &changes,
            |it| &it.recommendations,
            |it| &it.recommendations,
        ),
        verdicts,
    })
}

/// The moments to compare, of both: after each event that both tell of, and on each day on which either tells of something.
/// An event that only one tells of, and that nothing dates, is looked at with what the other tells up to then.
fn moments([first, second]: [&Case; 2]) -> Vec<[Moment; 2]> {
    let days: BTreeSet<i64> =
        [first, second].iter().flat_map(|case| case.points()).filter_map(|it| it.today).collect();
    let mut pairs: Vec<[Moment; 2]> =
        days.into_iter().map(|day| [first.moment_on(day), second.moment_on(day)]).collect();
    let mut reached = second.start();
    for (at, event) in first.events.iter().enumerate() {
        let there = second.events.iter().position(|other| other.id == event.id);
        reached = there.map_or(reached, |there| second.moment_of(there));
        if there.is_some() || event.day.is_none() {
            pairs.push([first.moment_of(at), reached]);
        }
    }
    for (at, event) in second.events.iter().enumerate() {
        if event.day.is_none() && first.events.iter().all(|other| other.id != event.id) {
            let before = second.events.iter().take(at).rev();
            let known = before.filter_map(|it| first.events.iter().position(|one| one.id == it.id));
            let reached =
                known.map(|at| first.moment_of(at)).next().unwrap_or_else(|| first.start());
            pairs.push([reached, second.moment_of(at)]);
        }
    }
    if pairs.is_empty() {
        pairs.push([first.end(), second.end()]);
    }
    pairs.sort_by_key(|[one, other]| (one.seen + other.seen, one.today, other.today));
    pairs.dedup();
    pairs
}

/// The moments in words, no two the same: the date or the event, and both where several share the date.
fn names(cases: [&Case; 2], moments: &[[Moment; 2]]) -> Vec<String> {
    let [first, second] = cases;
    let parts: Vec<(String, String)> = moments
        .iter()
        .map(|[one, other]| {
            let event = first.seen(one).last().or_else(|| second.seen(other).last());
            let stated = event.and_then(|event| event.at).filter(|at| Some(at.last) == one.today);
            let day = || one.today.and_then(date_of_day).map(|date| date.to_string());
            let date = stated.map(|at| at.to_string()).or_else(day).unwrap_or_default();
            (date, event.map_or_else(String::new, |event| event.id.clone()))
        })
        .collect();
    let shared = |date: &str| parts.iter().filter(|(other, _)| other == date).count() > 1;
    let named = parts.iter().map(|(date, event)| match (date.as_str(), event.as_str()) {
        ("", "") => "the end".to_owned(),
        ("", event) => event.to_owned(),
        (date, "") => date.to_owned(),
        (date, event) if shared(date) => format!("{date} ({event})"),
        (date, _) => date.to_owned(),
    });
    named.collect()
}

/// The rows of one case that the other does not have.
fn lone_rows(kb: &KnowledgeBase, cases: [Option<&&Case>; 2]) -> Vec<String> {
    let [Some(here), Some(there)] = cases else { return Vec::new() };
    let many = |entity: &EntityId| kb.vocabulary.entity(*entity).kind == EntityKind::Many;
    let rows = here.rows.iter().filter(|row| many(&row.entity));
    let lone = rows.filter(|row| {
        there.rows.iter().all(|other| (other.entity, &other.id) != (row.entity, &row.id))
    });
    let mut paths: Vec<String> =
        lone.map(|row| format!("{}.{}", kb.vocabulary.entity(row.entity).name, row.id)).collect();
    paths.sort();
    paths
}

/// The verdicts that differ between the two.
fn verdicts(
    of: (&KnowledgeBase, &Plan),
    cases: [&Case; 2],
    outcome: &Outcome,
    limits: Limits,
) -> Result<Vec<VerdictCoded>, Limit> {
    let [first, second] = cases.map(|case| {
        let filter = Filter::default();
        let hashes = [None, None];
        let trial = Trial { case, outcome: Some(outcome), filter, hashes, expected: false };
        evaluate(of, &[trial], &Settings::default(), limits)
    });
    let (first, second) = (first?, second?);
    let told: &[RiskOutcome] = &outcome.risks;
    debug_assert_eq!(told.len(), first.risks.len(), "one verdict for each outcome");
    let pairs = first.risks.into_iter().zip(second.risks);
    let differ = pairs.filter(|(one, other)| one.verdict != other.verdict);
    Ok(differ
        .map(|(one, other)| VerdictCoded {
            risk: one.risk,
            rows: one.rows,
            verdicts: [one.verdict, other.verdict],
        })
        .collect())
}
