//! The serialised form of receipts. Change it only together with `docs/receipts.md`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The schema.
pub const SCHEMA: &str = "convener.receipt/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) schema: String,
    pub(super) program: String,
    pub(super) language: String,
    pub(super) folders: Vec<String>,
    pub(super) packs: Vec<Pack>,
    pub(super) at: String,
    pub(super) sources: Vec<String>,
    pub(super) evidence: Option<String>,
    pub(super) cases: Vec<Case>,
    pub(super) items: Vec<Item>,
    pub(super) seal: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) hash: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) file: String,
    pub(super) hash: String,
    pub(super) results: Vec<Outcome>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outcome {
    pub(super) at: String,
    pub(super) hash: String,
    pub(super) points: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) hash: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) over: Vec<String>,
}
