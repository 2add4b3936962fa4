//! What advice becomes of changed facts: what appears, goes, changes its status or its place, and for which of the
//! changes. Two looks at a case, compared; lays nothing out.

mod about;
mod item;
mod reason;

use std::collections::{BTreeMap, BTreeSet};

use crate::advice::{Advice, TradeOff, advise};
use crate::change::{Change, changed};
use crate::engine::{Limit, Limits, Model, Plan, Status};
use crate::facts::{Evidence, Facts, RowName};
use crate::knowledge::{EntityId, KnowledgeBase, PackName, Severity};
use crate::proof::{Fact, View};
use crate::value::date_of_day;

pub use about::{About, differences};
pub use item::standing;

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
    /// Whether it is a row that comes.
    pub adds: bool,
    /// The source of what it is then, of a fact.
    pub source: Option<String>,
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
    let abouts: Vec<About> = changes.iter().map(About::from).collect();
    let now = View { kb, facts, model: now_model };
    Ok(compare(now, View { kb, facts: &then, model: then_model }, &abouts))
}

/// What differs between two looks at a case, and for what of that which may differ.
#[must_use]
pub fn compare(now: View<'_>, then: View<'_>, abouts: &[About]) -> WhatIf {
    compared(&Side::new(now, abouts), &Side::new(then, abouts), abouts)
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
    /// Rows that are there on one side only, likewise.
    lone: BTreeMap<(EntityId, usize), usize>,
}

impl<'a> Side<'a> {
    fn new(view: View<'a>, abouts: &[About]) -> Side<'a> {
        let advice = advise(view.kb, view.facts, view.model);
        let conclusions = advice.conclusions.iter();
        let conclusions =
            conclusions.map(|one| ((one.rule.clone(), one.subject.clone()), one.status));
        let mut side = Side {
            view,
            conclusions: conclusions.collect(),
            advice,
            touched: BTreeMap::new(),
            lone: BTreeMap::new(),
        };
        for (at, about) in abouts.iter().enumerate() {
            for fact in about.facts(view) {
                side.touched.entry(fact).or_default().insert(at);
            }
            if let About::Row(entity, row) = about
                && let Some(row) = view.facts.find_row(*entity, &row.id)
            {
                side.lone.insert((*entity, row), at);
            }
        }
        side
    }

    fn status(&self, key: &(String, Vec<String>)) -> Option<Status> {
        self.conclusions.get(key).copied()
    }
}

fn compared(now: &Side<'_>, then: &Side<'_>, abouts: &[About]) -> WhatIf {
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
        changed: abouts.iter().map(|about| in_words(sides, about)).collect(),
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

fn in_words(sides: [&Side<'_>; 2], about: &About) -> Changed {
    match about {
        About::Row(entity, row) => row_in_words(sides, *entity, row),
        About::List(entity) => {
            let complete = |side: &Side<'_>| side.view.facts.rows(*entity).complete;
            let words = |complete| if complete { "nobody else" } else { "there may be others" };
            of_case(sides, Fact::Others(*entity), |side| Some(words(complete(side)).to_owned()))
        }
        About::Day => of_case(sides, Fact::Today, |side| {
            side.view.facts.today.and_then(date_of_day).map(|date| date.to_string())
        }),
        About::Fact(_) => fact_in_words(sides, about),
    }
}

fn row_in_words([now, then]: [&Side<'_>; 2], entity: EntityId, row: &RowName) -> Changed {
    let kind = &then.view.kb.vocabulary.entity(entity).name;
    let there = |side: &Side<'_>| side.view.facts.find_row(entity, &row.id).is_some();
    let values = [now, then].map(|side| there(side).then(|| row.name.clone()));
    Changed {
        path: format!("{kind}.{}", row.id),
        question: row.name.clone(),
        differs: values[0] != values[1],
        adds: values[0].is_none(),
        source: None,
        values,
    }
}

/// Of the case as such.
fn of_case(
    sides: [&Side<'_>; 2],
    fact: Fact,
    value: impl Fn(&Side<'_>) -> Option<String>,
) -> Changed {
    let view = sides[1].view;
    let values = sides.map(value);
    Changed {
        path: view.path(fact),
        question: view.question(fact),
        differs: values[0] != values[1],
        adds: false,
        source: None,
        values,
    }
}

fn fact_in_words(sides: [&Side<'_>; 2], about: &About) -> Changed {
    let first = |side: &Side<'_>| {
        let fact = about.facts(side.view).into_iter().next();
        fact.map(|fact| (side.view.describe(fact), side.view.value(fact)))
    };
    let [before, after] = sides.map(first);
    let view = after.as_ref().or(before.as_ref());
    Changed {
        path: view.map_or_else(String::new, |(view, _)| view.path.clone()),
        question: view.map_or_else(String::new, |(view, _)| view.question.clone()),
        differs: before.as_ref().map(|(_, value)| value) != after.as_ref().map(|(_, value)| value),
        adds: false,
        source: after.as_ref().and_then(|(view, _)| view.source.clone()),
        values: [before, after].map(|view| view.map(|(view, _)| view.value)),
    }
}
