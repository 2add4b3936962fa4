//! A case as the oracle sees it: rows by id, facts by name. Knows no files and no rules.

use std::collections::{BTreeMap, BTreeSet};

use super::value::Values;

/// What is stated of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stated {
    /// What it may be; for a disputed fact what anybody says.
    pub(crate) values: Values,
    /// Whether it is stated as unknown.
    pub(crate) unknown: bool,
    /// For a disputed fact, who says what.
    pub(crate) says: Vec<(String, Values)>,
}

impl Stated {
    /// A fact that nobody disputes.
    pub(crate) fn plain(values: Values) -> Stated {
        Stated { values, unknown: false, says: Vec::new() }
    }
}

/// An action taken or not: at all, or for one row (its entity and id).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Did {
    pub(crate) action: String,
    pub(crate) row: Option<(String, String)>,
    pub(crate) taken: bool,
}

/// A case at one date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OracleCase {
    /// The day at which it is looked at.
    pub(crate) today: Option<i64>,
    /// The ids of the rows by entity, sorted; entities with many rows only.
    pub(crate) rows: BTreeMap<String, Vec<String>>,
    /// The entities of which there are no other rows.
    pub(crate) complete: BTreeSet<String>,
    /// Facts by entity, row (empty for a `one`) and attribute.
    pub(crate) facts: BTreeMap<(String, String, String), Stated>,
    /// Relations by name and rows in the order of the roles.
    pub(crate) ties: BTreeMap<(String, String, String), Stated>,
    /// Actions, later ones over earlier ones.
    pub(crate) did: Vec<Did>,
}

impl OracleCase {
    /// Everybody who says something in a dispute.
    pub(crate) fn speakers(&self) -> BTreeSet<String> {
        let stated = self.facts.values().chain(self.ties.values());
        stated.flat_map(|fact| fact.says.iter().map(|(speaker, _)| speaker.clone())).collect()
    }

    /// The case with one speaker believed in all that they say.
    pub(crate) fn believing(&self, speaker: &str) -> OracleCase {
        let mut case = self.clone();
        for fact in case.facts.values_mut().chain(case.ties.values_mut()) {
            if let Some((_, said)) = fact.says.iter().find(|(who, _)| who == speaker) {
                fact.values = said.clone();
            }
        }
        case
    }

    /// Whether an action is stated as taken or not taken: at all, or for one row.
    pub(crate) fn done(&self, action: &str, row: Option<(&str, &str)>) -> Option<bool> {
        self.did.iter().rev().filter(|did| did.action == action).find_map(|did| match &did.row {
            None => Some(did.taken),
            Some(_) if row.is_none() => did.taken.then_some(true),
            Some((entity, id)) => (row == Some((entity, id))).then_some(did.taken),
        })
    }
}
