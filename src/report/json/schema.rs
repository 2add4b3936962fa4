//! The serialised form of advice: the schema `convener.advice/1`, described in `docs/advice-json.md`.
//! Change it only together with that page.

use std::collections::BTreeMap;

use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Document<'a> {
    pub(super) schema: &'static str,
    pub(super) packs: Vec<Pack<'a>>,
    pub(super) case: Case<'a>,
    pub(super) stage: Option<Stage<'a>>,
    pub(super) facts_known: usize,
    pub(super) facts_read: usize,
    pub(super) contradictions: Vec<Contradiction<'a>>,
    pub(super) warnings: Vec<Item<'a>>,
    pub(super) recommendations: Vec<Item<'a>>,
    pub(super) encouragements: Vec<Reason<'a>>,
    pub(super) notes: Vec<Reason<'a>>,
    pub(super) tradeoffs: Vec<TradeOff<'a>>,
    pub(super) undecided: Vec<Undecided<'a>>,
    pub(super) open_not_listed: u64,
    pub(super) settling: Vec<Settling<'a>>,
    pub(super) questions: Vec<Question<'a>>,
    pub(super) caveats: Vec<Caveat<'a>>,
    pub(super) facts: BTreeMap<&'a str, FactEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) conclusions: Option<Vec<Conclusion<'a>>>,
}

#[derive(Serialize)]
pub(in crate::report) struct Pack<'a> {
    pub(in crate::report) id: &'a str,
    pub(in crate::report) title: &'a str,
    pub(in crate::report) version: &'a str,
    pub(in crate::report) hash: &'a str,
}

#[derive(Serialize)]
pub(in crate::report) struct Case<'a> {
    pub(in crate::report) id: &'a str,
    pub(in crate::report) title: &'a str,
    pub(in crate::report) place: Option<&'a str>,
    pub(in crate::report) seen: Option<&'a str>,
    pub(in crate::report) last_event: Option<&'a str>,
    pub(in crate::report) begins: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::report) believing: Option<&'a str>,
    pub(in crate::report) filter: Option<Filter<'a>>,
}

#[derive(Serialize)]
pub(in crate::report) struct Filter<'a> {
    pub(super) sources: Vec<&'a str>,
    pub(super) evidence: Option<&'static str>,
    pub(super) left_out: LeftOut,
}

#[derive(Serialize)]
pub(in crate::report) struct LeftOut {
    pub(super) facts: usize,
    pub(super) of: usize,
    pub(super) voices: usize,
    pub(super) rows: usize,
}

#[derive(Serialize)]
pub(super) struct Stage<'a> {
    pub(super) fact: &'a str,
    pub(super) possible: &'a [String],
    pub(super) known: bool,
    pub(super) stated: bool,
}

#[derive(Serialize)]
pub(super) struct Contradiction<'a> {
    pub(super) fact: &'a str,
    pub(super) stated: &'a str,
    pub(super) derived: &'a str,
    pub(super) is_stage: bool,
    pub(super) skipped: &'a [String],
    pub(super) because: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Item<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) stage: Option<&'a str>,
    pub(super) severity: &'static str,
    pub(super) score_millionths: i64,
    pub(super) ranked_by_millionths: i64,
    pub(super) evidence: &'static str,
    pub(super) provisional: bool,
    pub(super) done: bool,
    pub(super) overdue: bool,
    pub(super) after: &'a [String],
    pub(super) opposes: &'a [String],
    pub(super) reasons: Vec<Reason<'a>>,
    pub(super) weights: Vec<Weight<'a>>,
    pub(super) cites: Vec<Cited<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) precedent: Option<super::precedent::LineEntry<'a>>,
}

#[derive(Serialize)]
pub(super) struct Weight<'a> {
    pub(super) rule: &'a str,
    pub(super) severity: &'static str,
    pub(super) severity_millionths: i64,
    pub(super) timing: &'static str,
    pub(super) timing_millionths: i64,
    pub(super) score_millionths: i64,
}

#[derive(Serialize)]
pub(super) struct Reason<'a> {
    pub(super) rule: &'a str,
    pub(super) rule_at: Option<String>,
    pub(super) subject: &'a [String],
    pub(super) text: &'a str,
    pub(super) severity: &'static str,
    pub(super) status: &'static str,
    pub(super) unless: Vec<&'a str>,
    pub(super) done: bool,
    pub(super) done_before: bool,
    pub(super) evidence: &'static str,
    pub(super) notes: &'a [String],
    pub(super) because: Vec<&'a str>,
    pub(super) cites: Vec<Cited<'a>>,
}

#[derive(Serialize)]
pub(super) struct Cited<'a> {
    pub(super) id: &'a str,
    pub(super) source: &'a str,
    pub(super) place: &'a str,
}

#[derive(Serialize)]
pub(super) struct TradeOff<'a> {
    pub(super) actions: &'a [String; 2],
    pub(super) titles: &'a [String; 2],
    pub(super) why: &'a [String],
    pub(super) reasons: &'a [String; 2],
}

#[derive(Serialize)]
pub(super) struct Undecided<'a> {
    pub(super) rule: &'a str,
    pub(super) rule_at: Option<String>,
    pub(super) subject: &'a [String],
    pub(super) status: &'static str,
    pub(super) gives: &'a [String],
    pub(super) text: &'a str,
    pub(super) weight_millionths: i64,
    pub(super) hangs_on: Vec<&'a str>,
    pub(super) believing: &'a [String],
}

#[derive(Serialize)]
pub(super) struct Settling<'a> {
    pub(super) fact: &'a str,
    pub(super) question: &'a str,
    pub(super) conclusions: usize,
    pub(super) rules: &'a [String],
    pub(super) weight_millionths: i64,
}

#[derive(Serialize)]
pub(super) struct Question<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) stage: Option<&'a str>,
    pub(super) answered: Option<bool>,
    pub(super) needs_complete: &'a [String],
    pub(super) cites: Vec<Cited<'a>>,
}

#[derive(Serialize)]
pub(super) struct Caveat<'a> {
    pub(super) id: &'a str,
    pub(super) text: &'a str,
    pub(super) stage: Option<&'a str>,
    pub(super) cites: Vec<Cited<'a>>,
}

#[derive(Serialize)]
pub(super) struct FactEntry<'a> {
    pub(super) question: &'a str,
    pub(super) value: &'a str,
    pub(super) known: bool,
    pub(super) grounds: &'static str,
    pub(super) evidence: &'static str,
    pub(super) stated_at: Option<String>,
    pub(super) source: Option<&'a str>,
    pub(super) event: Option<&'a str>,
    pub(super) note: Option<&'a str>,
    pub(super) says: Vec<Says<'a>>,
}

#[derive(Serialize)]
pub(super) struct Says<'a> {
    pub(super) who: &'a str,
    pub(super) value: &'a str,
}

#[derive(Serialize)]
pub(super) struct Conclusion<'a> {
    pub(super) rule: &'a str,
    pub(super) subject: &'a [String],
    pub(super) status: &'static str,
}
