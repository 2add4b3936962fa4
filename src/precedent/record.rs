//! The record of a rule over the past: where it spoke, and whether what it warned of came about. Counted as
//! `crate::evaluate` counts, so that the two never differ.

use std::collections::BTreeSet;

use crate::evaluate::{Row, Settings, judged, point_name};
use crate::knowledge::{AdviceKind, KnowledgeBase, RuleId};

use super::archive::Archive;
use super::followed::Heard;
use super::near::wanted;
use super::told::Told;
use super::{Came, Done, Looked, Named};

/// What became of what a rule said of past cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The rule.
    pub rule: String,
    /// The archive that was looked through.
    pub looked: Looked,
    /// Whether it warns of anything.
    pub warns: bool,
    /// At how many points it gave advice.
    pub points: usize,
    /// The verdicts on the outcomes of the risks that it warns of.
    pub verdicts: Row,
    /// The cases in which it gave advice, by id.
    pub cases: Vec<Fired>,
}

/// A case in which a rule gave advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired {
    /// The case.
    pub case: Named,
    /// Where it took place.
    pub place: Option<String>,
    /// The points, in words.
    pub at: Vec<String>,
    /// For whom, at any of them.
    pub whom: Vec<String>,
    /// What of its advice was done from the first point on.
    pub done: Vec<Done>,
    /// What became of the risks that it warns of from the first point on.
    pub came: Vec<Came>,
}

/// The record of a rule; none where there is no such rule.
#[must_use]
pub fn record(kb: &KnowledgeBase, archive: &Archive, told: &Told, rule: RuleId) -> Option<Record> {
    let declared = kb.rules.get(rule.0)?;
    let wanted = wanted(kb, &BTreeSet::from([rule]));
    let mut verdicts = Row { name: declared.name.clone(), ..Row::default() };
    let mut cases = Vec::new();
    let mut points = 0;
    for (known, outcome) in archive.cases.iter().zip(&told.outcomes) {
        if let Some(outcome) = outcome {
            let of = (known.points.as_slice(), known.given.as_slice());
            let all = judged(kb, of, outcome, &Settings::default());
            for one in all.iter().filter(|one| wanted.risks.contains(&one.risk)) {
                verdicts.count(one.verdict, one.warned.iter().any(|(_, by)| *by == rule));
            }
        }
        let given = known.given.iter().enumerate();
        let at: Vec<usize> = given
            .filter(|(_, given)| given.iter().any(|one| one.rule == rule))
            .map(|(at, _)| at)
            .collect();
        let Some(first) = at.first().copied() else { continue };
        points += at.len();
        let subjects = known.given.iter().flatten().filter(|one| one.rule == rule);
        let rows: BTreeSet<&str> =
            subjects.flat_map(|one| &one.subject).map(|(_, id)| id.as_str()).collect();
        let heard = Heard { kb, known, outcome: outcome.as_ref() };
        let moments = at.iter().filter_map(|at| known.points.get(*at));
        cases.push(Fired {
            case: known.named(),
            place: known.case.place.clone(),
            at: moments.map(|moment| point_name(&known.case, moment)).collect(),
            whom: known.names(rows.into_iter()),
            done: heard.done(first, &wanted).into_iter().filter(|done| done.advised).collect(),
            came: heard.came(first, &wanted).into_iter().filter(|came| came.advised).collect(),
        });
    }
    let warns = declared.advice.iter().any(|one| matches!(one.kind, AdviceKind::Warn(..)));
    let (rule, looked) = (declared.name.clone(), archive.looked.clone());
    Some(Record { rule, looked, warns, points, verdicts, cases })
}
