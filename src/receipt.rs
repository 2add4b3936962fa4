//! Receipts: what a result rests on and what it came to, pinned, so that it can be worked out again and every difference be
//! named and explained. Knows no files: whoever works a result out passes it in.

mod compare;

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::{Answer, Kind, Name, Outcome, hashes};
use crate::engine::Status;
use crate::facts::Evidence;
use crate::knowledge::{KnowledgeBase, RuleId, Severity};
use crate::pack::Pack;
use crate::proof::wording::number_text;
use crate::source::SourceMap;
use crate::value::NUMBER_UNIT;

pub use compare::{CaseDifference, Difference, ItemDifference, Reproduction, compare};

/// A result, with all that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The version of the program.
    pub program: String,
    /// The version of the rules language.
    pub language: String,
    /// The folders of the packs that were named, relative to the receipt; none for the built-in pack alone.
    pub folders: Vec<String>,
    /// The packs.
    pub packs: Vec<PinnedPack>,
    /// Their items.
    pub items: BTreeMap<Name, PinnedItem>,
    /// When the cases are looked at.
    pub when: When,
    /// Only facts of these sources count, where any is named.
    pub sources: BTreeSet<String>,
    /// Only facts at least as well founded as this.
    pub evidence: Option<Evidence>,
    /// The cases, by id.
    pub cases: BTreeMap<String, PinnedCase>,
}

/// A pack, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedPack {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The SHA-256 of its files.
    pub hash: String,
}

/// An item of a pack, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedItem {
    /// The SHA-256 of its normal form.
    pub hash: String,
    /// Of a rule: the rules that it overrides or qualifies.
    pub over: BTreeSet<String>,
}

/// When cases are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// At their ends.
    End,
    /// At a date or an event.
    At(String),
    /// At every moment at which they tell of something.
    Every,
}

/// A case and its results, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedCase {
    /// Its file, relative to the receipt.
    pub file: String,
    /// The SHA-256 of its text.
    pub hash: String,
    /// What came out, moment by moment.
    pub results: Vec<PinnedResult>,
}

/// What came out at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedResult {
    /// The moment in words.
    pub at: String,
    /// The SHA-256 of the whole advice.
    pub hash: String,
    /// What comes out, point by point, in words.
    pub points: BTreeMap<String, String>,
}

/// The packs as a receipt pins them.
#[must_use]
pub fn pinned_packs(kb: &KnowledgeBase) -> Vec<PinnedPack> {
    let packs = kb.packs.iter().map(|pack| PinnedPack {
        id: pack.id.clone(),
        version: pack.version.clone(),
        hash: pack.hash.clone(),
    });
    packs.collect()
}

/// The items of packs as a receipt pins them; examples have no part in a result.
#[must_use]
pub fn pinned_items(
    kb: &KnowledgeBase,
    packs: &[Pack],
    sources: &SourceMap,
) -> BTreeMap<Name, PinnedItem> {
    let named = |id: &RuleId| kb.rules.get(id.0).map(|rule| rule.name.clone());
    let over: BTreeMap<&str, BTreeSet<String>> = kb
        .rules
        .iter()
        .map(|rule| {
            let qualified = rule.qualifies.iter().flat_map(|it| &it.rules);
            (rule.name.as_str(), rule.overrides.iter().chain(qualified).filter_map(named).collect())
        })
        .collect();
    let items = hashes(packs, sources).into_iter();
    items
        .filter(|(name, _)| name.kind != Kind::Example)
        .map(|(name, hash)| {
            let is_rule = name.kind == Kind::Rule;
            let own = over.get(name.name.as_str()).filter(|_| is_rule);
            let over = own.cloned().unwrap_or_default();
            (name, PinnedItem { hash, over })
        })
        .collect()
}

/// An outcome in words, point by point.
#[must_use]
pub fn points(outcome: &Outcome) -> BTreeMap<String, String> {
    outcome.iter().map(|(point, answer)| (point.to_string(), words(answer))).collect()
}

fn words(answer: &Answer) -> String {
    match answer {
        Answer::Status(status) => match status {
            Status::Firing => "fires",
            Status::Provisional => "provisional",
            Status::Contested => "contested",
            Status::Open => "open",
            Status::SetAside => "set aside",
        }
        .to_owned(),
        Answer::Stands(standing) => {
            let severity = match standing.severity {
                Severity::Low => "low",
                Severity::Medium => "medium",
                Severity::High => "high",
                Severity::Critical => "critical",
            };
            let evidence = match standing.evidence {
                Evidence::Assumed => "assumed",
                Evidence::Reported => "reported",
                Evidence::Documented => "documented",
            };
            let place = match standing.rank {
                Some(rank) if !standing.done => format!("place {rank}"),
                _ => "done".to_owned(),
            };
            let firm = if standing.provisional { "provisional" } else { "certain" };
            let score = number_text(standing.score / NUMBER_UNIT);
            format!("{severity}, {place}, score {score}, {firm}, {evidence}")
        }
        Answer::Holds => "so".to_owned(),
        Answer::Stages(stages) => stages.join(" or "),
    }
}
