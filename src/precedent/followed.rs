//! What was done in a past case from a point on, and what came of it, as far as it was known.

use std::collections::BTreeSet;

use crate::case::outcome::{ActionOutcome, ActionResult, Happened, Outcome, When};
use crate::case::{ActionTaken, Moment};
use crate::evaluate::before;
use crate::knowledge::{ActionId, EntityId, KnowledgeBase, RiskId};

use super::archive::Known;
use super::{Came, Done, Named};

type Rows<'a> = &'a [(EntityId, String)];

/// A past case with what was heard of it.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    pub(super) kb: &'a KnowledgeBase,
    pub(super) known: &'a Known,
    pub(super) outcome: Option<&'a Outcome>,
}

/// With whether it stands among what is not advised, and its day: what it is listed by.
type Placed<T> = (bool, Option<i64>, T);

fn order(of: &Placed<Done>) -> (bool, Option<i64>, &Named, &[String]) {
    (of.0, of.1, &of.2.action, &of.2.whom)
}

/// What is advised in the case looked at: it is told first.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) risks: BTreeSet<RiskId>,
    pub(super) actions: BTreeSet<ActionId>,
}

impl Heard<'_> {
    /// What was done at a point or later: what is advised now first, then by time.
    pub(super) fn done(self, at: usize, wanted: &Wanted) -> Vec<Done> {
        let Some(moment) = self.known.points.get(at) else { return Vec::new() };
        let told = self.outcome.map_or(&[][..], |outcome| &outcome.actions);
        let told: Vec<&ActionOutcome> = told
            .iter()
            .filter(|one| one.told.at.is_none_or(|at| !self.is_over(at, moment)))
            .collect();
        let mut list: Vec<Placed<Done>> = Vec::new();
        for one in &told {
            let advised = wanted.actions.contains(&one.action);
            let Some(action) = self.action(one.action) else { continue };
            let done = Done {
                action,
                whom: self.known.names(one.told.rows.iter().map(|(_, id)| id.as_str())),
                at: self.when(one.told.at),
                day: self.day(one.told.at),
                result: one.result,
                note: one.told.note.clone(),
                advised,
            };
            list.push((!advised, self.day(one.told.at), done));
        }
        list.extend(self.taken(moment, &told, wanted));
        list.sort_by(|a, b| order(a).cmp(&order(b)));
        list.into_iter().map(|(_, _, done)| done).collect()
    }

    /// The actions that events at a moment or later tell of, and no outcome.
    fn taken(self, from: &Moment, told: &[&ActionOutcome], wanted: &Wanted) -> Vec<Placed<Done>> {
        let first = from.seen.saturating_sub(1);
        let events = self.known.case.events.iter().enumerate().skip(first);
        let taken = events.flat_map(|(place, event)| {
            let taken = event.statements.actions.iter().filter(|taken| taken.taken);
            taken.map(move |taken| (When::Event(place), taken))
        });
        let untold = taken.filter(|(_, taken)| !told.iter().any(|one| is_told(one, taken)));
        let done = untold.filter_map(|(when, taken)| {
            let advised = wanted.actions.contains(&taken.action);
            let day = self.day(Some(when));
            let done = Done {
                action: self.action(taken.action)?,
                whom: self.known.names(taken.row.iter().map(|(_, id)| id.as_str())),
                at: self.when(Some(when)),
                day,
                result: ActionResult::Unknown,
                note: None,
                advised,
            };
            Some((!advised, day, done))
        });
        done.collect()
    }

    /// The risks that came true, or were seen not to, at a point or later: those that are warned of now first, then by time.
    pub(super) fn came(self, from: usize, wanted: &Wanted) -> Vec<Came> {
        let Some(moment) = self.known.points.get(from) else { return Vec::new() };
        let Some(outcome) = self.outcome else { return Vec::new() };
        let mut list: Vec<Placed<Came>> = Vec::new();
        for one in outcome.risks.iter().filter(|one| one.happened != Happened::Unknown) {
            let at = one.told.at.or(outcome.observed_until);
            if at.is_some_and(|at| self.is_over(at, moment)) {
                continue;
            }
            let Some(risk) = self.risk(one.risk) else { continue };
            let advised = wanted.risks.contains(&one.risk);
            let came = Came {
                risk,
                whom: self.known.names(one.told.rows.iter().map(|(_, id)| id.as_str())),
                at: self.when(at),
                happened: one.happened,
                later: self.before(at).contains(&from),
                note: one.told.note.clone(),
                advised,
            };
            list.push((!advised, self.day(at), came));
        }
        list.sort_by(|a, b| {
            (a.0, a.1, &a.2.risk, &a.2.whom).cmp(&(b.0, b.1, &b.2.risk, &b.2.whom))
        });
        list.into_iter().map(|(_, _, came)| came).collect()
    }

    /// Whether something had certainly passed at a moment: on an earlier day, or at an earlier event.
    fn is_over(self, when: When, moment: &Moment) -> bool {
        match (when, self.day(Some(when)), moment.today) {
            (When::Event(at), _, _) => at + 1 < moment.seen,
            (When::Dated(_), Some(day), Some(today)) => day < today,
            _ => false,
        }
    }

    /// Whether a day was reached when something was known; where nothing dates them, what is told is taken to be.
    pub(super) fn is_by(self, day: Option<i64>, when: Option<When>) -> bool {
        day.zip(self.day(when)).is_none_or(|(day, until)| day <= until)
    }

    fn day(self, when: Option<When>) -> Option<i64> {
        match when? {
            When::Dated(period) => Some(period.last),
            When::Event(at) => self.known.case.events.get(at)?.day,
        }
    }

    /// When something was, in words: a date, or what happened then.
    pub(super) fn when(self, when: Option<When>) -> String {
        match when {
            None => String::new(),
            Some(When::Dated(period)) => period.to_string(),
            Some(When::Event(at)) => {
                let event = self.known.case.events.get(at);
                let said = event.map(|event| event.at.map(|at| at.to_string()).ok_or(&event.id));
                said.map_or_else(String::new, |said| said.unwrap_or_else(Clone::clone))
            }
        }
    }

    /// The points that certainly lie before something.
    pub(super) fn before(self, when: Option<When>) -> Vec<usize> {
        match when {
            Some(when) => before(&self.known.points, when),
            None => (0..self.known.points.len()).collect(),
        }
    }

    fn action(self, id: ActionId) -> Option<Named> {
        let action = self.kb.actions.get(id.0)?;
        Some(Named { id: action.name.clone(), title: action.title.clone() })
    }

    fn risk(self, id: RiskId) -> Option<Named> {
        let risk = self.kb.risks.get(id.0)?;
        Some(Named { id: risk.name.clone(), title: risk.title.clone() })
    }
}

/// Whether an outcome tells of an action that an event tells of too.
fn is_told(one: &ActionOutcome, taken: &ActionTaken) -> bool {
    let rows: Rows<'_> = &one.told.rows;
    one.action == taken.action
        && taken.row.as_ref().is_none_or(|row| rows.is_empty() || rows.contains(row))
}
