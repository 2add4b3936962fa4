//! What advice becomes of changed facts: what appears, goes, changes its status or its place, and for which of the
//! changes. Two cases as one block, compared; lays nothing out.

mod item;
mod reason;

use std::collections::{BTreeMap, BTreeSet};

use crate::advice::{Advice, TradeOff, advise};
use crate::change::{Change, Target, changed};
use crate::engine::{Limit, Limits, Model, Plan, Status};
use crate::facts::{Evidence, Facts};
use crate::knowledge::{EntityId, KnowledgeBase, PackName, Severity};
use crate::proof::{Fact, View};

/// What becomes of a case if some facts were different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// The packs that advise.
    pub packs: Vec<PackName>,
    /// The changes, added rows first.
    pub changed: Vec<Changed>,
    /// The stages that are possible now and then, in words, where that differs.
    pub stage: Option<[Vec<String>; 2]>,
    /// Risks of which something differs: in their order then, those that go last.
    pub warnings: Vec<ItemChange>,
    /// Actions of which something differs.
    pub recommendations: Vec<ItemChange>,
    /// What goes well and remarks of which something differs.
    pub remarks: Vec<ReasonChange>,
    /// Pairs of actions that pull against each other only now, and only then.
    pub tradeoffs: [Vec<TradeOff>; 2],
    /// Conclusions that are no advice now or then, and of which something differs; heaviest first.
    pub undecided: Vec<ReasonChange>,
    /// How many conclusions are provisional, contested or open, now and then.
    pub unsettled: [usize; 2],
}

/// One change in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The path of the fact; of a row that is added, `party.bank`.
    pub path: String,
    /// The question that it answers; of a row that is added, its name.
    pub question: String,
    /// What it is now and then, in words; nothing for a row that is not there.
    pub values: [Option<String>; 2],
    /// Whether that differs.
    pub differs: bool,
    /// Whether it is a row that is added.
    pub adds: bool,
}

/// What becomes of a risk or an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// How it stands now and then; none where it is not advised.
    pub standing: [Option<Standing>; 2],
    /// Whether it stands otherwise among those that are advised both now and then.
    pub moved: bool,
    /// Its reasons of which something differs.
    pub reasons: Vec<ReasonChange>,
}

/// How a risk or an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its place in the list, from 1; none for an action that is done.
    pub rank: Option<usize>,
    /// The severity of its gravest reason.
    pub severity: Severity,
    /// Every reason is provisional.
    pub provisional: bool,
    /// It is done.
    pub done: bool,
    /// The sum of its weights, in millionths of millionths.
    pub score: i64,
    /// The weakest evidence in the proof of its best-founded reason.
    pub evidence: Evidence,
}

/// What becomes of one rule for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonChange {
    /// The rule.
    pub rule: String,
    /// The ids of the subject's rows.
    pub subject: Vec<String>,
    /// What it says then, or else now.
    pub text: String,
    /// What becomes of it now and then; none where it is silent.
    pub status: [Option<Status>; 2],
    /// The changes that it rests on or hangs on, by position.
    pub because: Vec<usize>,
}

impl WhatIf {
    /// Whether nothing of the advice differs, nor of what is undecided.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let same = self.warnings.is_empty() && self.recommendations.is_empty();
        let quiet = self.remarks.is_empty() && self.tradeoffs.iter().all(Vec::is_empty);
        same && quiet && self.undecided.is_empty() && self.stage.is_none()
    }
}

/// What becomes of the advice on a case with changed facts.
///
/// # Errors
/// Where a limit is reached.
pub fn what_if(
    (kb, plan): (&KnowledgeBase, &Plan),
    facts: &Facts,
    changes: &[Change],
    limits: Limits,
) -> Result<WhatIf, Limit> {
    let then = changed(&kb.vocabulary, facts, changes);
    let models = plan.infer(&[facts, &then], limits)?;
    let [now_model, then_model] = models.as_slice() else {
        return Ok(nothing(kb));
    };
    let now = Side::new(View { kb, facts, model: now_model }, changes);
    let then = Side::new(View { kb, facts: &then, model: then_model }, changes);
    Ok(compare(&now, &then, changes))
}

fn nothing(kb: &KnowledgeBase) -> WhatIf {
    WhatIf {
        packs: kb.packs.clone(),
        changed: Vec::new(),
        stage: None,
        warnings: Vec::new(),
        recommendations: Vec::new(),
        remarks: Vec::new(),
        tradeoffs: [Vec::new(), Vec::new()],
        undecided: Vec::new(),
        unsettled: [0, 0],
    }
}

/// The case now, or then.
struct Side<'a> {
    view: View<'a>,
    advice: Advice,
    /// Every conclusion, by rule and subject.
    conclusions: BTreeMap<(String, Vec<String>), Status>,
    /// The facts that the changes are about, with the positions of these.
    touched: BTreeMap<Fact, BTreeSet<usize>>,
    /// Rows that are added, likewise.
    added: BTreeMap<(EntityId, usize), usize>,
}

impl<'a> Side<'a> {
    fn new(view: View<'a>, changes: &[Change]) -> Side<'a> {
        let advice = advise(view.kb, view.facts, view.model);
        let conclusions = advice.conclusions.iter();
        let conclusions =
            conclusions.map(|one| ((one.rule.clone(), one.subject.clone()), one.status));
        let mut side = Side {
            view,
            conclusions: conclusions.collect(),
            advice,
            touched: BTreeMap::new(),
            added: BTreeMap::new(),
        };
        for (at, change) in changes.iter().enumerate() {
            for fact in facts_of(view, change) {
                side.touched.entry(fact).or_default().insert(at);
            }
            if let Change::AddRow(entity, row) = change
                && let Some(row) = view.facts.find_row(*entity, &row.id)
            {
                side.added.insert((*entity, row), at);
            }
        }
        side
    }

    fn status(&self, key: &(String, Vec<String>)) -> Option<Status> {
        self.conclusions.get(key).copied()
    }
}

/// The facts that a change is about: for an action, those of all rows that it is recorded for.
fn facts_of(view: View<'_>, change: &Change) -> Vec<Fact> {
    let facts = view.facts;
    match change {
        Change::State { target, .. } | Change::Unset(target) => match target {
            Target::Attribute(id, row) => {
                let declared = view.kb.vocabulary.attribute(*id);
                let row = facts.find_row(declared.entity, row);
                let own = row.map(|row| Fact::Attribute(*id, row));
                let others = declared.action.map(|action| recorded(view, action));
                own.into_iter().chain(others.into_iter().flatten()).collect()
            }
            Target::Tie(id, a, b) => {
                let declared = view.kb.vocabulary.relation(*id);
                let [first, second] = declared.entities;
                let rows = (facts.find_row(first, a), facts.find_row(second, b));
                let (Some(a), Some(b)) = rows else { return Vec::new() };
                let (a, b) = if declared.symmetric { (a.min(b), a.max(b)) } else { (a, b) };
                vec![Fact::Relation(*id, a, b)]
            }
        },
        Change::AddRow(entity, _) | Change::Complete(entity, _) => vec![Fact::Others(*entity)],
    }
}

/// Everything that records whether an action was taken.
fn recorded(view: View<'_>, action: crate::knowledge::ActionId) -> Vec<Fact> {
    let attributes = view.kb.vocabulary.attributes.iter().enumerate();
    let those = attributes.filter(|(_, declared)| declared.action == Some(action));
    those
        .flat_map(|(at, declared)| {
            let rows = 0..view.facts.rows(declared.entity).list.len();
            rows.map(move |row| Fact::Attribute(crate::knowledge::AttributeId(at), row))
        })
        .collect()
}

fn compare(now: &Side<'_>, then: &Side<'_>, changes: &[Change]) -> WhatIf {
    let sides = [now, then];
    let stages = sides.map(|side| {
        side.advice.stage.as_ref().map_or_else(Vec::new, |stage| stage.possible.clone())
    });
    let lone = |here: &Side<'_>, there: &Side<'_>| {
        let others = &there.advice.tradeoffs;
        let only = |one: &&TradeOff| others.iter().all(|other| other.actions != one.actions);
        here.advice.tradeoffs.iter().filter(only).cloned().collect()
    };
    WhatIf {
        packs: now.advice.packs.clone(),
        changed: changes.iter().map(|change| in_words(sides, change)).collect(),
        stage: (stages[0] != stages[1]).then_some(stages),
        warnings: item::changes(sides, |advice| &advice.warnings),
        recommendations: item::changes(sides, |advice| &advice.recommendations),
        remarks: reason::remarks(sides),
        tradeoffs: [lone(now, then), lone(then, now)],
        undecided: reason::undecided(sides),
        unsettled: sides.map(|side| unsettled(side.view.model)),
    }
}

fn unsettled(model: &Model) -> usize {
    let open = [Status::Provisional, Status::Contested, Status::Open];
    let listed = model.conclusions.iter().filter(|one| open.contains(&one.status)).count();
    let counted: u64 = model.uncounted.values().sum();
    listed.saturating_add(usize::try_from(counted).unwrap_or(usize::MAX))
}

fn in_words([now, then]: [&Side<'_>; 2], change: &Change) -> Changed {
    if let Change::AddRow(entity, row) = change {
        let kind = &then.view.kb.vocabulary.entity(*entity).name;
        return Changed {
            path: format!("{kind}.{}", row.id),
            question: row.name.clone(),
            values: [None, Some(row.name.clone())],
            differs: true,
            adds: true,
        };
    }
    if let Change::Complete(entity, _) = change {
        let fact = Fact::Others(*entity);
        let values = [now, then].map(|side| {
            let complete = side.view.facts.rows(*entity).complete;
            Some(if complete { "nobody else" } else { "there may be others" }.to_owned())
        });
        let differs = values[0] != values[1];
        let (path, question) = (then.view.path(fact), then.view.question(fact));
        return Changed { path, question, values, differs, adds: false };
    }
    let first = |side: &Side<'_>| {
        let fact = facts_of(side.view, change).into_iter().next();
        fact.map(|fact| (side.view.describe(fact), side.view.value(fact)))
    };
    let (before, after) = (first(now), first(then));
    let view = after.as_ref().or(before.as_ref());
    Changed {
        path: view.map_or_else(String::new, |(view, _)| view.path.clone()),
        question: view.map_or_else(String::new, |(view, _)| view.question.clone()),
        differs: before.as_ref().map(|(_, value)| value) != after.as_ref().map(|(_, value)| value),
        adds: false,
        values: [before, after].map(|view| view.map(|(view, _)| view.value)),
    }
}
