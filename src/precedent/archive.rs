//! The cases of an archive that are past, as they were known on the day looked at, with what the rules said of them at each
//! of their points. Nothing here knows what came of a case.

use std::collections::BTreeSet;

use crate::case::{self, Case, Filter, Moment, Statements};
use crate::engine::{Limit, Limits, Model, Plan};
use crate::evaluate::{Given, given};
use crate::facts::{Evidence, Facts};
use crate::knowledge::{AdviceKind, KnowledgeBase, RuleId};
use crate::proof::View;
use crate::value::date_of_day;

use super::cut::{Cut, cut};
use super::{Looked, Named};

/// The past of a case: an archive, cut at the day on which the case is looked at.
#[derive(Debug)]
pub struct Archive {
    /// The day; none where nothing dates the case looked at.
    pub(super) by: Option<i64>,
    /// The cases that are past, by id.
    pub(super) cases: Vec<Known>,
    pub(super) looked: Looked,
}

/// A past case as it was known.
#[derive(Debug)]
pub struct Known {
    /// Its position in the list that the archive was made of.
    pub(super) place: usize,
    pub(super) case: Case,
    pub(super) points: Vec<Moment>,
    pub(super) facts: Vec<Facts>,
    pub(super) models: Vec<Model>,
    /// At each point, the rules that are given as advice, with their subjects.
    pub(super) given: Vec<Vec<Given>>,
    /// At each point, the rules among these that warn, recommend or encourage.
    pub(super) advising: Vec<BTreeSet<RuleId>>,
}

impl Archive {
    /// The archive for a case at a moment: without the case itself, under whatever name it stands there, and as it was known
    /// by the day of the moment.
    ///
    /// # Errors
    /// Where a limit is reached.
    pub fn new(
        (kb, plan): (&KnowledgeBase, &Plan),
        (present, moment): (&Case, &Moment),
        archive: &[Case],
        evidence: Option<Evidence>,
        limits: Limits,
    ) -> Result<Archive, Limit> {
        let first = present.events.iter().filter_map(|event| event.day).min();
        let by = moment.today.or(first);
        let mut looked = Looked {
            by: by.and_then(date_of_day).map(|date| date.to_string()),
            ..Looked::default()
        };
        let mut cases = Vec::new();
        for (place, case) in archive.iter().enumerate() {
            if is_same(case, present) {
                looked.own = true;
                continue;
            }
            match cut(case, by) {
                Cut::Known(case) => cases.push(Known::new(kb, place, *case, evidence)),
                Cut::Later => looked.later += 1,
                Cut::Undated => looked.undated.push(case.id.clone()),
            }
        }
        cases.sort_by(|a, b| a.case.id.cmp(&b.case.id).then(a.place.cmp(&b.place)));
        looked.undated.sort();
        looked.past = cases.len();
        let facts: Vec<&Facts> = cases.iter().flat_map(|known| &known.facts).collect();
        let mut models = plan.infer(&facts, limits)?.into_iter();
        for known in &mut cases {
            known.models = models.by_ref().take(known.points.len()).collect();
            let pairs = || known.facts.iter().zip(&known.models);
            known.given = pairs().map(|(facts, model)| given(kb, facts, model)).collect();
            known.advising = known.given.iter().map(|given| advising(kb, given)).collect();
        }
        Ok(Archive { by, cases, looked })
    }

    /// How much of the archive is past.
    #[must_use]
    pub fn looked(&self) -> &Looked {
        &self.looked
    }
}

impl Known {
    fn new(kb: &KnowledgeBase, place: usize, case: Case, evidence: Option<Evidence>) -> Known {
        let filter = Filter { sources: BTreeSet::new(), evidence };
        let points = case.points();
        let facts = points.iter().map(|at| case::facts(&case, &kb.vocabulary, at, &filter));
        let facts = facts.collect();
        let (models, given, advising) = (Vec::new(), Vec::new(), Vec::new());
        Known { place, case, points, facts, models, given, advising }
    }

    pub(super) fn view<'a>(&'a self, kb: &'a KnowledgeBase, at: usize) -> Option<View<'a>> {
        Some(View { kb, facts: self.facts.get(at)?, model: self.models.get(at)? })
    }

    pub(super) fn named(&self) -> Named {
        Named { id: self.case.id.clone(), title: self.case.title.clone() }
    }

    /// The names of rows.
    pub(super) fn names<'r>(&self, rows: impl Iterator<Item = &'r str>) -> Vec<String> {
        let named = |id: &str| self.case.rows.iter().find(|row| row.id == id);
        rows.map(|id| named(id).map_or_else(|| id.to_owned(), |row| row.name.clone())).collect()
    }
}

/// The rules among those given that warn, recommend or encourage.
pub(super) fn advising(kb: &KnowledgeBase, given: &[Given]) -> BTreeSet<RuleId> {
    given.iter().map(|one| one.rule).filter(|rule| advises(kb, *rule)).collect()
}

/// Whether a rule does more than remark on others.
pub(super) fn advises(kb: &KnowledgeBase, rule: RuleId) -> bool {
    let clauses = kb.rules.get(rule.0).map_or(&[][..], |rule| &rule.advice);
    clauses.iter().any(|clause| clause.kind != AdviceKind::Note)
}

/// Whether two cases are one, under whatever id: of one id, or telling the same of the same rows.
fn is_same(one: &Case, other: &Case) -> bool {
    let rows = |case: &Case| -> Vec<_> {
        case.rows.iter().map(|row| (row.entity, row.id.clone(), row.name.clone())).collect()
    };
    one.id == other.id
        || (one.events.len() == other.events.len()
            && !(one.events.is_empty() && one.rows.is_empty())
            && rows(one) == rows(other)
            && tells_the_same(&one.base, &other.base)
            && one.events.iter().zip(&other.events).all(|(one, other)| {
                (&one.id, one.day) == (&other.id, other.day)
                    && tells_the_same(&one.statements, &other.statements)
            }))
}

fn tells_the_same(one: &Statements, other: &Statements) -> bool {
    let same_facts = one.facts.iter().zip(&other.facts);
    let same_actions = one.actions.iter().zip(&other.actions);
    one.facts.len() == other.facts.len()
        && one.actions.len() == other.actions.len()
        && same_facts.into_iter().all(|(a, b)| a.target == b.target && a.effect == b.effect)
        && same_actions
            .into_iter()
            .all(|(a, b)| (a.action, &a.row, a.taken) == (b.action, &b.row, b.taken))
}
