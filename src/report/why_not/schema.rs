//! The serialised forms `convener.why-not/1` and `convener.near-misses/1`, described in `docs/why-not-json.md`.
//! Change them only together with that page.

use serde::Serialize;

use crate::report::json::{Case, Pack};

#[derive(Serialize)]
pub(super) struct Document<'a> {
    pub(super) schema: &'static str,
    pub(super) packs: Vec<Pack<'a>>,
    pub(super) case: Case<'a>,
    pub(super) rule: &'a str,
    pub(super) rule_at: Option<String>,
    pub(super) cites: Vec<&'a str>,
    pub(super) subject: &'a [String],
    pub(super) status: &'static str,
    pub(super) excluded: bool,
    pub(super) text: &'a str,
    pub(super) verdict: String,
    pub(super) others: Others,
    pub(super) subject_conditions: Vec<Part<'a>>,
    pub(super) conditions: Vec<Part<'a>>,
    pub(super) exceptions: Vec<Part<'a>>,
    pub(super) overridden_by: Vec<Overrider<'a>>,
    pub(super) repairs: Option<Repairs<'a>>,
}

#[derive(Serialize)]
pub(super) struct Others {
    pub(super) fires: usize,
    pub(super) open: usize,
    pub(super) set_aside: usize,
    pub(super) silent: usize,
    pub(super) excluded: usize,
}

#[derive(Serialize)]
pub(super) struct Part<'a> {
    pub(super) state: &'static str,
    pub(super) text: &'a str,
    pub(super) fact: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    pub(super) grounds: Option<&'static str>,
    pub(super) stated_at: Option<String>,
    pub(super) either: bool,
    pub(super) parts: Vec<Part<'a>>,
    pub(super) not_listed: usize,
}

#[derive(Serialize)]
pub(super) struct Overrider<'a> {
    pub(super) rule: &'a str,
    pub(super) fires: bool,
}

#[derive(Serialize)]
pub(super) struct Repairs<'a> {
    pub(super) goal: &'static str,
    pub(super) list: Vec<Repair<'a>>,
    pub(super) variants_tried: usize,
    pub(super) stopped_early: bool,
    pub(super) never_changing: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct Repair<'a> {
    pub(super) by_acting: bool,
    pub(super) steps: Vec<Step<'a>>,
}

#[derive(Serialize)]
pub(super) struct Step<'a> {
    pub(super) fact: &'a str,
    pub(super) question: &'a str,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) find_out: bool,
    pub(super) changes: &'static str,
}

#[derive(Serialize)]
pub(super) struct NearMisses<'a> {
    pub(super) schema: &'static str,
    pub(super) packs: Vec<Pack<'a>>,
    pub(super) case: Case<'a>,
    #[serde(rename = "near_misses")]
    pub(super) listed: Vec<NearMiss<'a>>,
    pub(super) not_listed: usize,
    pub(super) without_subject: usize,
    pub(super) stage_past: usize,
}

#[derive(Serialize)]
pub(super) struct NearMiss<'a> {
    pub(super) rule: &'a str,
    pub(super) rule_at: Option<String>,
    pub(super) subject: &'a [String],
    pub(super) text: &'a str,
    pub(super) failing: usize,
    pub(super) open: usize,
    pub(super) excluded: bool,
    pub(super) subjects_as_near: usize,
    pub(super) weight_millionths: i64,
    pub(super) lacks: Vec<Part<'a>>,
    pub(super) overridden_by: &'a [String],
}
