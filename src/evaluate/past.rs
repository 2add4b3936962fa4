//! A case at all its points, with the advice at each: everything that could have been said of it, and nothing later.

use std::collections::BTreeSet;

use crate::advice::{self, Advice, Item, advise};
use crate::case::outcome::When;
use crate::case::{self, Case, Filter, Moment};
use crate::engine::{Limit, Limits, Model, Plan};
use crate::facts::Facts;
use crate::knowledge::{AdviceKind, EntityId, EntityKind, KnowledgeBase, RiskId, RuleId};
use crate::proof::View;
use crate::value::{completed_months, date_of_day};

use super::Said;

/// What an outcome is about: its rows, where it names any.
pub type Rows<'a> = &'a [(EntityId, String)];

/// A case at its points.
pub(super) struct Past<'a> {
    pub(super) case: &'a Case,
    pub(super) points: Vec<Moment>,
    pub(super) facts: Vec<Facts>,
    pub(super) advice: Vec<Advice>,
    /// At each point, the rules that are given as advice, with the ids of their subjects.
    pub(super) given: Vec<Vec<Given>>,
}

/// A rule that is given as advice for a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The rule.
    pub rule: RuleId,
    /// The rows of which there are many, by entity and id.
    pub subject: Vec<(EntityId, String)>,
}

impl<'a> Past<'a> {
    pub(super) fn new(
        (kb, plan): (&KnowledgeBase, &Plan),
        case: &'a Case,
        filter: &Filter,
        limits: Limits,
    ) -> Result<Past<'a>, Limit> {
        let points = case.points();
        let facts: Vec<Facts> =
            points.iter().map(|at| case::facts(case, &kb.vocabulary, at, filter)).collect();
        let models = plan.infer(&facts.iter().collect::<Vec<_>>(), limits)?;
        let pairs = || facts.iter().zip(&models);
        let advice = pairs().map(|(facts, model)| advise(kb, facts, model)).collect();
        let given = pairs().map(|(facts, model)| given(kb, facts, model)).collect();
        Ok(Past { case, points, facts, advice, given })
    }

    /// The positions of the points that lie before something for certain.
    pub(super) fn before(&self, when: When) -> Vec<usize> {
        before(&self.points, when)
    }

    /// A point in words: the day as the last event there gives it, or the event's id.
    pub(super) fn name(&self, at: usize) -> String {
        self.points.get(at).map_or_else(String::new, |moment| point_name(self.case, moment))
    }

    /// Something in words that has a date or is an event.
    pub(super) fn when(&self, when: Option<When>) -> String {
        match when {
            None => String::new(),
            Some(When::Dated(period)) => period.to_string(),
            Some(When::Event(at)) => {
                self.case.events.get(at).map_or_else(String::new, |event| event.id.clone())
            }
        }
    }

    /// Advice at a point, with how early it came.
    pub(super) fn said(
        &self,
        at: usize,
        (list, item): (&[Item], &Item),
        until: Option<When>,
    ) -> Said {
        let said = Said::new(list, item, self.name(at));
        let today = self.points.get(at).and_then(|point| point.today);
        let days = until.and_then(|until| self.days(until));
        let months = today.zip(days).and_then(|(today, [first, last])| {
            Some([completed_months(today, first)?, completed_months(today, last)?])
        });
        let later = until.map_or_else(Vec::new, |until| self.before(until));
        let points = later.iter().filter(|other| **other >= at).count();
        Said { months, points, ..said }
    }

    /// The first and the last day on which something may have been.
    fn days(&self, when: When) -> Option<[i64; 2]> {
        let period = match when {
            When::Dated(period) => period,
            When::Event(at) => self.case.events.get(at)?.at?,
        };
        Some([period.first, period.last])
    }
}

/// A point in words: the day as the last event there gives it, or the event's id.
#[must_use]
pub fn point_name(case: &Case, moment: &Moment) -> String {
    let event = moment.seen.checked_sub(1).and_then(|last| case.events.get(last));
    let stated = event.and_then(|event| event.at).filter(|at| Some(at.last) == moment.today);
    let day = || moment.today.and_then(date_of_day).map(|date| date.to_string());
    let id = || event.map(|event| event.id.clone());
    stated.map(|at| at.to_string()).or_else(day).or_else(id).unwrap_or_default()
}

/// The positions of the points that lie before something for certain.
#[must_use]
pub fn before(points: &[Moment], when: When) -> Vec<usize> {
    positions(points, |point| match when {
        When::Dated(period) => point.today.is_some_and(|today| today < period.first),
        When::Event(at) => point.seen <= at,
    })
}

/// The positions of the points at which something was still being watched.
pub(super) fn while_watched(points: &[Moment], until: When) -> Vec<usize> {
    positions(points, |point| match until {
        When::Dated(period) => point.today.is_some_and(|today| today <= period.last),
        When::Event(at) => point.seen <= at + 1,
    })
}

fn positions(points: &[Moment], wanted: impl Fn(&Moment) -> bool) -> Vec<usize> {
    points.iter().enumerate().filter(|(_, point)| wanted(point)).map(|(at, _)| at).collect()
}

/// What is given as advice.
#[must_use]
pub fn given(kb: &KnowledgeBase, facts: &Facts, model: &Model) -> Vec<Given> {
    let view = View { kb, facts, model };
    let all = advice::given(view).into_iter().filter_map(|conclusion| {
        let rule = kb.rules.get(conclusion.rule.0)?;
        let rows = rule.variables.iter().zip(&conclusion.subject);
        let many = rows
            .filter(|(variable, _)| kb.vocabulary.entity(variable.entity).kind == EntityKind::Many);
        let ids = many.map(|(variable, row)| {
            (variable.entity, view.row_id(variable.entity, *row).to_owned())
        });
        Some(Given { rule: conclusion.rule, subject: ids.collect() })
    });
    all.collect()
}

impl Given {
    /// Whether it speaks of one of these rows, or of the case as a whole.
    #[must_use]
    pub fn concerns(&self, rows: Rows<'_>) -> bool {
        rows.is_empty()
            || self.subject.is_empty()
            || self.subject.iter().any(|row| rows.contains(row))
    }
}

/// The rules that warn of a risk.
pub(super) fn warns(kb: &KnowledgeBase, risk: RiskId) -> BTreeSet<RuleId> {
    let rules = kb.rules.iter().enumerate();
    let those = rules.filter(|(_, rule)| {
        rule.advice
            .iter()
            .any(|clause| matches!(clause.kind, AdviceKind::Warn(of, _) if of == risk))
    });
    those.map(|(at, _)| RuleId(at)).collect()
}
