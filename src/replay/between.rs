//! Two moments of a case side by side: which warnings are mended, worse, new or unanswered.

use crate::advice::{Item, Reason, advise};
use crate::case::{self, Case, Moment};
use crate::engine::{Limit, Limits, Plan, Status};
use crate::knowledge::KnowledgeBase;
use crate::proof::View;
use crate::whatif::{Standing, WhatIf, compare, differences, standing};

use super::{Span, statuses};

/// Two moments compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// What differs.
    pub change: WhatIf,
    /// Every warning of either moment: the news first, then the rest, each in the order of the list that it stands in.
    pub warnings: Vec<Fate>,
}

/// What became of a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// The risk.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What became of it.
    pub became: Became,
    /// How it stands at either moment.
    pub standing: [Option<Standing>; 2],
    /// What its first reason says, at the later moment or else at the earlier one.
    pub text: String,
    /// The facts that differ and for which it does, by position in [`WhatIf::changed`].
    pub because: Vec<usize>,
}

/// What became of a warning between two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Became {
    /// It is given now, and was not.
    New,
    /// It is graver, or certain where it was provisional.
    Worse,
    /// It was given, and now it is not known whether it holds.
    Unanswered,
    /// It is less grave, or provisional where it was certain.
    Milder,
    /// It is given as before.
    Standing,
    /// It was given, and what it warned of is settled.
    Mended,
    /// It was given, still holds, and belongs to a stage that is over.
    Past,
}

/// Compares the advice at two moments.
///
/// # Errors
/// Where a limit is reached.
pub fn between(
    (kb, plan): (&KnowledgeBase, &Plan),
    case: &Case,
    moments: [Moment; 2],
    span: &Span,
    limits: Limits,
) -> Result<Option<Between>, Limit> {
    let facts = moments.map(|at| case::facts(case, &kb.vocabulary, &at, &span.filter));
    let models = plan.infer(&[&facts[0], &facts[1]], limits)?;
    let [before, after] = models.as_slice() else { return Ok(None) };
    let before = View { kb, facts: &facts[0], model: before };
    let after = View { kb, facts: &facts[1], model: after };
    let abouts = differences(&kb.vocabulary, before.facts, after.facts);
    let mut change = compare(before, after, &abouts);
    span.cut(&mut change);
    let warnings = fates([before, after], span, &change);
    Ok(Some(Between { change, warnings }))
}

fn fates(views: [View<'_>; 2], span: &Span, change: &WhatIf) -> Vec<Fate> {
    let lists = views.map(|view| advise(view.kb, view.facts, view.model).warnings);
    let [before, after] = &lists;
    let gone = before.iter().filter(|item| after.iter().all(|other| other.id != item.id));
    let all = after.iter().chain(gone).filter(|item| span.shows(item, true));
    let mut fates: Vec<Fate> = all
        .map(|item| {
            let found = [before, after].map(|list| list.iter().find(|other| other.id == item.id));
            let standing = [
                found[0].map(|item| standing(before, item)),
                found[1].map(|item| standing(after, item)),
            ];
            let became = match found {
                [Some(_), Some(_)] => changed(standing),
                [None, _] => Became::New,
                [Some(item), None] => gone_why(item, views[1]),
            };
            let reasons = change.warnings.iter().filter(|other| other.id == item.id);
            let mut because: Vec<usize> = reasons
                .flat_map(|item| &item.reasons)
                .flat_map(|one| &one.because)
                .copied()
                .collect();
            because.sort_unstable();
            because.dedup();
            let text = item.reasons.first().map_or_else(String::new, |one| one.text.clone());
            let (id, title) = (item.id.clone(), item.title.clone());
            Fate { id, title, became, standing, text, because }
        })
        .collect();
    fates.sort_by_key(|fate| fate.became);
    fates
}

fn changed(standing: [Option<Standing>; 2]) -> Became {
    let key = |one: Standing| (one.severity, !one.provisional);
    let [Some(before), Some(after)] = standing else { return Became::Standing };
    match key(after).cmp(&key(before)) {
        std::cmp::Ordering::Greater => Became::Worse,
        std::cmp::Ordering::Less => Became::Milder,
        std::cmp::Ordering::Equal => Became::Standing,
    }
}

/// Why a warning is given no more.
fn gone_why(item: &Item, then: View<'_>) -> Became {
    let statuses = statuses(then, then.model);
    let status =
        |reason: &Reason| statuses.get(&(reason.rule.clone(), reason.subject.clone())).copied();
    let any = |wanted: [Status; 2]| {
        item.reasons.iter().filter_map(status).any(|status| wanted.contains(&status))
    };
    if any([Status::Firing, Status::Provisional]) {
        Became::Past
    } else if any([Status::Open, Status::Contested]) {
        Became::Unanswered
    } else {
        Became::Mended
    }
}
