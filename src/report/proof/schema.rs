//! The serialised form of proofs. Change it only together with `docs/proof-json.md`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::case::Filter;
use crate::certificate::{Bound, Inference, Verdict};
use crate::facts::Evidence;
use crate::knowledge::PackName;

use super::About;

/// The name of the schema.
pub(super) const SCHEMA: &str = "convener.proof/1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) schema: String,
    pub(super) packs: Vec<Pack>,
    pub(super) case: Case,
    pub(super) conclusions: Vec<Conclusion>,
    pub(super) steps: Vec<Step>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Pack {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) version: String,
    pub(super) hash: String,
}

impl Pack {
    pub(super) fn of(pack: &PackName) -> Pack {
        let PackName { id, title, version, hash } = pack.clone();
        Pack { id, title, version, hash }
    }

    pub(super) fn name(self) -> PackName {
        let Pack { id, title, version, hash } = self;
        PackName { id, title, version, hash }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) seen: Option<String>,
    pub(super) events: usize,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) sources: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) evidence: Option<Firmness>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) believing: Option<String>,
}

impl Case {
    pub(super) fn of(about: &About) -> Case {
        Case {
            id: about.case.clone(),
            seen: about.seen.clone(),
            events: about.events,
            sources: about.filter.sources.clone(),
            evidence: about.filter.evidence.map(Firmness::from),
            believing: about.believing.clone(),
        }
    }

    pub(super) fn about(&self, packs: Vec<PackName>) -> About {
        let evidence = self.evidence.map(Evidence::from);
        About {
            packs,
            case: self.id.clone(),
            seen: self.seen.clone(),
            events: self.events,
            filter: Filter { sources: self.sources.clone(), evidence },
            believing: self.believing.clone(),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct Conclusion {
    pub(super) rule: String,
    pub(super) subject: Vec<String>,
    pub(super) status: Status,
    pub(super) step: usize,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Step {
    #[serde(rename = "step")]
    pub(super) number: usize,
    pub(super) claim: Form,
    pub(super) by: By,
    pub(super) from: Vec<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) believing: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<String>,
}

/// A claim, by what it is about.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Form {
    Condition { place: Place, rows: BTreeMap<String, String>, is: Is },
    Predicate { atom: Atom, is: Is },
    Rule { rule: String, subject: Vec<String>, is: Is },
    Value { of: Of, values: Option<Values>, may_lack: bool },
    NoneOf { atoms: Vec<Atom>, is: Is },
    Verdict { rule: String, subject: Vec<String>, status: Status },
}

#[derive(Serialize, Deserialize)]
pub(super) struct Atom {
    pub(super) predicate: String,
    pub(super) rows: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Of {
    Attribute { attribute: String, row: String },
    Relation { relation: String, rows: [String; 2] },
    Extreme { place: Place, rows: BTreeMap<String, String> },
}

#[derive(Serialize, Deserialize)]
pub(super) struct Place {
    /// `when`, `unless`, `define`, `branch` or `extreme`.
    pub(super) part: Part,
    /// The rule, the predicate, or the attribute.
    pub(super) of: String,
    /// Which definition or branch, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<usize>,
    pub(super) path: Vec<usize>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum Part {
    When,
    Unless,
    Define,
    Branch,
    Extreme,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Values {
    Choice(Vec<String>),
    Set { may_include: Vec<String>, may_exclude: Vec<String> },
    Range { low: Option<i64>, high: Option<i64> },
}

/// An enum of the domain with the names that the schema has for it.
macro_rules! named {
    ($form:ident, $domain:ident, $($name:ident),+) => {
        #[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq)]
        #[serde(rename_all = "snake_case")]
        pub(super) enum $form { $($name),+ }

        impl From<$domain> for $form {
            fn from(value: $domain) -> $form {
                match value { $($domain::$name => $form::$name),+ }
            }
        }

        impl From<$form> for $domain {
            fn from(value: $form) -> $domain {
                match value { $($form::$name => $domain::$name),+ }
            }
        }
    };
}

named!(Firmness, Evidence, Assumed, Reported, Documented);
named!(Is, Bound, Certain, NotCertain, Possible, Impossible);
named!(Status, Verdict, Fires, Provisional, Contested, Open, SetAside, Silent);
named!(
    By,
    Inference,
    Fact,
    Derivation,
    Extreme,
    Test,
    Block,
    Negation,
    Quantifier,
    Call,
    Definition,
    Supposition,
    Unfounded,
    Rule,
    Verdict
);
