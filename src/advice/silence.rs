//! Why a rule is silent, open or set aside for a subject, in words, with the repairs that were found. Looks for none itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Status;
use crate::knowledge::RuleId;
use crate::proof::repair::{Goal, Repairs};
use crate::proof::why_not::{Distance, WhyNot, why_not};
use crate::proof::{Fact, FactView, View, support};
use crate::source::Span;

use super::Cited;
use super::reason::{cited, first_text, subject_ids, wording};
use super::stage::Clock;

/// Why a rule does not fire for a subject, or how it would be cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// The rule.
    pub rule: String,
    /// Where the rule stands.
    pub span: Span,
    /// Its places in the guide.
    pub cites: Vec<Cited>,
    /// The ids of the subject's rows.
    pub subject: Vec<String>,
    /// The names of the subject's rows.
    pub names: Vec<String>,
    /// What it says, or would say, first.
    pub text: String,
    /// Whether it is for one stage only and that is past.
    pub is_over: bool,
    /// Its conditions and how it stands with them.
    pub why: WhyNot,
    /// The rules that override it, by id, and whether each certainly fires.
    pub overridden_by: Vec<(String, bool)>,
    /// What became of the other subjects; none where there are none.
    pub others: Others,
    /// What the repairs are to reach, and what was found.
    pub repairs: Option<(Goal, Repairs)>,
    /// The facts that the above points at, in words.
    pub facts: BTreeMap<Fact, FactView>,
}

/// What became of the other subjects of a rule, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Others {
    /// For so many it fires or is provisional.
    pub fires: usize,
    /// For so many it is open or contested.
    pub open: usize,
    /// For so many it is set aside.
    pub set_aside: usize,
    /// For so many it is silent though they are its subjects.
    pub silent: usize,
    /// So many its `for` excludes.
    pub excluded: usize,
}

impl Others {
    /// Counts the subjects of a rule but one.
    #[must_use]
    pub fn count(
        view: View<'_>,
        rule: RuleId,
        near: &[(Distance, Vec<usize>)],
        but: &[usize],
    ) -> Others {
        let statuses: BTreeMap<&[usize], Status> = view
            .model
            .conclusions
            .iter()
            .filter(|one| one.rule == rule)
            .map(|one| (one.subject.as_slice(), one.status))
            .collect();
        let mut others = Others::default();
        for (distance, subject) in near.iter().filter(|(_, subject)| subject != but) {
            let count = match statuses.get(subject.as_slice()) {
                Some(Status::Firing | Status::Provisional) => &mut others.fires,
                Some(Status::Open | Status::Contested) => &mut others.open,
                Some(Status::SetAside) => &mut others.set_aside,
                None if distance.excluded => &mut others.excluded,
                // What is open beyond a number of subjects is only counted.
                None if distance.failing == 0 => &mut others.open,
                None => &mut others.silent,
            };
            *count += 1;
        }
        others
    }
}

/// Why a rule does not fire for a subject.
#[must_use]
pub fn silence(
    view: View<'_>,
    (rule, subject): (RuleId, &[usize]),
    others: Others,
    repairs: Option<(Goal, Repairs)>,
) -> Option<Silence> {
    let declared = view.kb.rules.get(rule.0)?;
    let why = why_not(view, rule, subject)?;
    let found = support(view, rule, subject);
    let words = wording(view, declared, subject, &found);
    let rows = declared.variables.iter().zip(subject);
    let mut facts: BTreeSet<Fact> = why.facts();
    if let Some((_, repairs)) = &repairs {
        facts.extend(&repairs.barred);
        let steps = repairs.list.iter().flat_map(|repair| &repair.steps);
        facts.extend(steps.filter_map(|step| step.fact));
    }
    let overriders = why
        .overridden_by
        .iter()
        .filter_map(|other| Some((view.kb.rules.get(other.rule.0)?.name.clone(), other.fires)));
    Some(Silence {
        rule: declared.name.clone(),
        span: declared.span,
        cites: cited(view.kb, &declared.cites),
        subject: subject_ids(view, declared, subject),
        names: rows.map(|(variable, row)| view.name(variable.entity, *row)).collect(),
        text: first_text(declared).map_or_else(String::new, |text| words.render(text)),
        is_over: Clock::new(view).is_over(declared),
        overridden_by: overriders.collect(),
        others,
        repairs,
        facts: facts.into_iter().map(|fact| (fact, view.describe(fact))).collect(),
        why,
    })
}
