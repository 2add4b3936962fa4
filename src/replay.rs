//! The advice on a case along its timeline: at each point what advice appears, goes, rises or falls, and for which of the
//! facts that came to light there. Only what was known by a point counts at it; what came of the case is not read.

mod between;

use std::collections::{BTreeMap, BTreeSet};

use crate::advice::{Advice, Item, advise};
use crate::case::{self, Case, Filter, Moment, Period};
use crate::engine::{Limit, Limits, Model, Plan, Status};
use crate::facts::Facts;
use crate::knowledge::{KnowledgeBase, PackName, RuleId};
use crate::proof::View;
use crate::value::date_of_day;
use crate::whatif::{
    About, ItemChange, ReasonChange, Standing, WhatIf, compare, differences, standing,
};

pub use between::{Became, Between, Fate, between};

/// What of the timeline and of the advice is looked at; the default is all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// The first moment; where it is none of the case's own points, the advice at it opens the replay.
    pub from: Option<Moment>,
    /// The last moment.
    pub to: Option<Moment>,
    /// Which facts count.
    pub filter: Filter,
    /// Only advice of these rules and on these risks, by id; all where none is named.
    pub rules: Vec<String>,
    /// See [`Span::rules`].
    pub risks: Vec<String>,
}

/// A case along its timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The packs that advise.
    pub packs: Vec<PackName>,
    /// The points, in order.
    pub points: Vec<Point>,
    /// Every warning that is given at some point, by when it is first given, then gravest first.
    pub warnings: Vec<Life>,
    /// Every action that is recommended, or done with reasons for it, at some point, likewise.
    pub recommendations: Vec<Life>,
}

/// A moment of the case, and what became of the advice there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// When.
    pub moment: Moment,
    /// The day, as `1985-12-31`; none where nothing dates it.
    pub date: Option<String>,
    /// When the last of its events was, as the case says it: `1985`; the day where they are not of that day.
    pub when: Option<String>,
    /// The events that are seen since the point before.
    pub events: Vec<Happening>,
    /// The stages that are possible, in words.
    pub stage: Vec<String>,
    /// What differs from the point before; nothing at the first.
    pub change: Option<WhatIf>,
}

/// An event of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Its id.
    pub id: String,
    /// What happened, in words.
    pub title: String,
}

/// A risk or an action along the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// How it stands at each point; none where it is not advised.
    pub standing: Vec<Option<Standing>>,
}

/// The advice along the timeline.
///
/// # Errors
/// Where a limit is reached.
pub fn replay(
    (kb, plan): (&KnowledgeBase, &Plan),
    case: &Case,
    span: &Span,
    limits: Limits,
) -> Result<Replay, Limit> {
    let mut moments = moments(case, span);
    let facts: Vec<Facts> =
        moments.iter().map(|at| case::facts(case, &kb.vocabulary, at, &span.filter)).collect();
    let models = plan.infer(&facts.iter().collect::<Vec<_>>(), limits)?;
    let mut views: Vec<View<'_>> =
        facts.iter().zip(&models).map(|(facts, model)| View { kb, facts, model }).collect();
    let mut advice: Vec<Advice> =
        views.iter().map(|view| advise(kb, view.facts, view.model)).collect();
    if let ([start, first, ..], [moment, ..]) = (advice.as_slice(), moments.as_slice())
        && *moment == case.start()
        && !loses(start, first)
    {
        moments.remove(0);
        views.remove(0);
        advice.remove(0);
    }
    let mut points = Vec::new();
    for (at, (moment, advice)) in moments.iter().zip(&advice).enumerate() {
        let before = at.checked_sub(1).and_then(|before| Some((before, *views.get(before)?)));
        let seen = before.and_then(|(before, _)| moments.get(before)).map_or(0, |at| at.seen);
        let change = match (before, views.get(at)) {
            (Some((_, before)), Some(now)) => Some(change(plan, before, *now, span, limits)?),
            _ => None,
        };
        points.push(Point {
            moment: *moment,
            date: moment.today.and_then(date_of_day).map(|date| date.to_string()),
            when: when(case, moment),
            events: happenings(case, seen, moment),
            stage: advice.stage.as_ref().map_or_else(Vec::new, |stage| stage.possible.clone()),
            change,
        });
    }
    Ok(Replay {
        packs: kb.packs.clone(),
        points,
        warnings: lives(&advice, |advice| &advice.warnings, |item| span.shows(item, true)),
        recommendations: lives(
            &advice,
            |advice| &advice.recommendations,
            |item| span.shows(item, false),
        ),
    })
}

/// The points of the case within the span, the span's own beginning first: without one, what holds before any event.
fn moments(case: &Case, span: &Span) -> Vec<Moment> {
    let place = |moment: &Moment| (moment.seen, moment.today);
    let start = (!case.events.is_empty()).then(|| case.start());
    let mut moments: Vec<Moment> = span.from.or(start).into_iter().collect();
    moments.extend(case.points().into_iter().filter(|point| {
        span.from.is_none_or(|from| place(&from) < place(point))
            && span.to.is_none_or(|to| place(point) <= place(&to))
    }));
    moments
}

/// Whether something is advised at one point and not at another.
fn loses(here: &Advice, there: &Advice) -> bool {
    let ids = |list: &[Item]| -> BTreeSet<String> {
        list.iter().filter(|item| !item.done).map(|item| item.id.clone()).collect()
    };
    let lost = |here: &[Item], there: &[Item]| !ids(here).is_subset(&ids(there));
    lost(&here.warnings, &there.warnings) || lost(&here.recommendations, &there.recommendations)
}

/// When a moment is, in words. An event that nothing dates is as late as the one before it, or later.
fn when(case: &Case, moment: &Moment) -> Option<String> {
    let seen = case.seen(moment);
    let is_today = |at: &Period| Some(at.last) == moment.today;
    let stated = seen.iter().rev().find_map(|event| event.at.filter(is_today));
    let undated = seen.last().is_some_and(|event| event.at.is_none() && event.day == moment.today);
    match (stated, undated) {
        (Some(at), true) => Some(format!("{at} or later")),
        (Some(at), false) => Some(at.to_string()),
        (None, _) => Some(moment.today.and_then(date_of_day)?.to_string()),
    }
}

/// The events that are seen at a moment and not yet after the first `seen`. At the first point those of the past are told by
/// their last one alone.
fn happenings(case: &Case, seen: usize, moment: &Moment) -> Vec<Happening> {
    let events = case.seen(moment).get(seen..).unwrap_or_default();
    let skipped = if seen == 0 { events.len().saturating_sub(1) } else { 0 };
    let events = events.iter().skip(skipped);
    events.map(|event| Happening { id: event.id.clone(), title: event.title.clone() }).collect()
}

impl Span {
    fn is_whole(&self) -> bool {
        self.rules.is_empty() && self.risks.is_empty()
    }

    /// Whether an item is looked at: by its id where it is a risk, or by a rule that gives it.
    fn shows(&self, item: &Item, risk: bool) -> bool {
        self.is_whole()
            || (risk && self.risks.contains(&item.id))
            || item.reasons.iter().any(|reason| self.rules.contains(&reason.rule))
    }

    /// What of a comparison is looked at.
    fn cut(&self, change: &mut WhatIf) {
        if self.is_whole() {
            return;
        }
        let rule = |reason: &ReasonChange| self.rules.contains(&reason.rule);
        let of_rule = |item: &ItemChange| item.reasons.iter().any(rule);
        change.warnings.retain(|item| self.risks.contains(&item.id) || of_rule(item));
        change.recommendations.retain(of_rule);
        change.remarks.retain(rule);
        change.undecided.retain(rule);
        change.tradeoffs = [Vec::new(), Vec::new()];
    }
}

/// What becomes of the advice from one point to the next.
fn change(
    plan: &Plan,
    before: View<'_>,
    now: View<'_>,
    span: &Span,
    limits: Limits,
) -> Result<WhatIf, Limit> {
    let abouts = differences(&now.kb.vocabulary, before.facts, now.facts);
    let mut change = compare(before, now, &abouts);
    if let Some(day) = abouts.iter().position(|about| *about == About::Day) {
        passing(plan, (before, now), (&mut change, day), limits)?;
    }
    span.cut(&mut change);
    Ok(change)
}

/// Finds what is due to the time that has passed: what would be as before, had all else changed and the day not.
fn passing(
    plan: &Plan,
    (before, now): (View<'_>, View<'_>),
    (change, day): (&mut WhatIf, usize),
    limits: Limits,
) -> Result<(), Limit> {
    let items = change.warnings.iter_mut().chain(&mut change.recommendations);
    let reasons = items.flat_map(|item| &mut item.reasons);
    let reasons = reasons.chain(&mut change.remarks).chain(&mut change.undecided);
    let mut unexplained: Vec<&mut ReasonChange> =
        reasons.filter(|reason| reason.because.is_empty()).collect();
    if unexplained.is_empty() {
        return Ok(());
    }
    let still = Facts { today: before.facts.today, ..now.facts.clone() };
    let models = plan.infer(&[&still], limits)?;
    let Some(model) = models.first() else { return Ok(()) };
    let held = statuses(View { model, facts: &still, ..now }, model);
    for reason in &mut unexplained {
        let key = (reason.rule.clone(), reason.subject.clone());
        if held.get(&key).copied() == reason.status[0] {
            reason.because.push(day);
        }
    }
    Ok(())
}

/// What became of each rule, by its id and the ids of its subject.
fn statuses(view: View<'_>, model: &Model) -> BTreeMap<(String, Vec<String>), Status> {
    let named = model.conclusions.iter().filter_map(|one| {
        let RuleId(at) = one.rule;
        let rule = view.kb.rules.get(at)?;
        let rows = rule.variables.iter().zip(&one.subject);
        let ids = rows.map(|(variable, row)| view.row_id(variable.entity, *row).to_owned());
        Some(((rule.name.clone(), ids.collect()), one.status))
    });
    named.collect()
}

/// The items of all points that are looked at.
fn lives(
    advice: &[Advice],
    list: impl Fn(&Advice) -> &Vec<Item>,
    shown: impl Fn(&Item) -> bool,
) -> Vec<Life> {
    let mut lives: Vec<Life> = Vec::new();
    for (at, advice) in advice.iter().enumerate() {
        let items = list(advice);
        for item in items.iter().filter(|item| shown(item)) {
            let known = lives.iter().position(|life| life.id == item.id).unwrap_or_else(|| {
                let (id, title) = (item.id.clone(), item.title.clone());
                lives.push(Life { id, title, standing: Vec::new() });
                lives.len() - 1
            });
            if let Some(life) = lives.get_mut(known) {
                life.standing.resize(at, None);
                life.standing.push(Some(standing(items, item)));
            }
        }
    }
    for life in &mut lives {
        life.standing.resize(advice.len(), None);
    }
    lives
}
