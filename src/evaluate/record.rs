//! What was evaluated, exactly: each case with the hashes of its texts, so that a result can be reproduced, and what shows that
//! a case held out was not.

use std::collections::BTreeSet;

use crate::case::outcome::Outcome;
use crate::case::{Case, Filter};
use crate::knowledge::{AdviceKind, KnowledgeBase, PackName};
use crate::source::content_hash;

use super::past::Past;

/// A case to be evaluated.
#[derive(Debug, Clone)]
pub struct Trial<'a> {
    /// The case.
    pub case: &'a Case,
    /// What came of it, where that is told.
    pub outcome: Option<&'a Outcome>,
    /// Which of its facts count.
    pub filter: Filter,
    /// The hashes of the texts of the case and of its outcome.
    pub hashes: [Option<String>; 2],
    /// Whether a file beside it says what the rules should say of it: it has been used to test them.
    pub expected: bool,
}

/// A case that was evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// The SHA-256 of its text.
    pub hash: Option<String>,
    /// The SHA-256 of the text that tells what came of it; none where nothing does.
    pub outcome_hash: Option<String>,
    /// At how many points it was looked at.
    pub points: usize,
    /// Whether rules have been tested on it.
    pub expected: bool,
    /// Passages of the guide that tell of the case and that rules cite, by id.
    pub shared: Vec<String>,
    /// Risks that were warned of at some point and of which no outcome tells, by id.
    pub untold: Vec<String>,
}

/// The hash of one text.
#[must_use]
pub fn hash(text: &str) -> String {
    content_hash([text])
}

pub(super) fn record(kb: &KnowledgeBase, trial: &Trial<'_>, past: &Past<'_>) -> Record {
    let cited: BTreeSet<&str> = kb
        .rules
        .iter()
        .flat_map(|rule| &rule.cites)
        .filter_map(|id| Some(kb.citations.get(id.0)?.id.as_str()))
        .collect();
    let shared: BTreeSet<&str> = trial
        .case
        .cites
        .iter()
        .map(|passage| passage.id.as_str())
        .filter(|id| cited.contains(id))
        .collect();
    let [hash, outcome_hash] = trial.hashes.clone();
    Record {
        id: trial.case.id.clone(),
        hash,
        outcome_hash,
        points: past.points.len(),
        expected: trial.expected,
        shared: shared.into_iter().map(str::to_owned).collect(),
        untold: untold(kb, trial.outcome, past),
    }
}

fn untold(kb: &KnowledgeBase, outcome: Option<&Outcome>, past: &Past<'_>) -> Vec<String> {
    let rules = past.given.iter().flatten().filter_map(|given| kb.rules.get(given.rule.0));
    let warned: BTreeSet<_> = rules
        .flat_map(|rule| &rule.advice)
        .filter_map(|clause| match clause.kind {
            AdviceKind::Warn(risk, _) => Some(risk),
            _ => None,
        })
        .collect();
    let told =
        |risk| outcome.is_some_and(|outcome| outcome.risks.iter().any(|told| told.risk == risk));
    let untold = warned.into_iter().filter(|risk| !told(*risk));
    untold.filter_map(|risk| Some(kb.risks.get(risk.0)?.name.clone())).collect()
}

/// The hash of packs and cases together.
pub(super) fn whole(packs: &[PackName], cases: &[Record]) -> String {
    let packs = packs.iter().flat_map(|pack| [pack.id.as_str(), pack.hash.as_str()]);
    let cases = cases.iter().flat_map(|case| {
        let hashes = [&case.hash, &case.outcome_hash].map(|hash| hash.as_deref().unwrap_or(""));
        [case.id.as_str(), hashes[0], hashes[1]]
    });
    content_hash(packs.chain(cases))
}
