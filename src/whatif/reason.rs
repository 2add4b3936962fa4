//! Conclusions of rules, now and then, and the changes that they rest on or hang on.

use std::collections::{BTreeMap, BTreeSet};

use crate::advice::{Reason, Undecided};
use crate::engine::Status;
use crate::knowledge::RuleId;
use crate::proof::{Fact, support};

use super::{ReasonChange, Side};

type Key = (String, Vec<String>);

/// What a reason is told from others by.
pub(super) fn key(reason: &Reason) -> Key {
    (reason.rule.clone(), reason.subject.clone())
}

/// Those of some conclusions, with what they say, that become something else.
pub(super) fn differing(sides: [&Side<'_>; 2], texts: BTreeMap<Key, &str>) -> Vec<ReasonChange> {
    let changes = texts.into_iter().filter_map(|(key, text)| {
        let status = sides.map(|side| side.status(&key));
        (status[0] != status[1]).then(|| {
            let because = because(sides, &key);
            let (rule, subject) = key;
            ReasonChange { rule, subject, text: text.to_owned(), status, because }
        })
    });
    changes.collect()
}

/// What goes well, and remarks.
pub(super) fn remarks(sides: [&Side<'_>; 2]) -> Vec<ReasonChange> {
    let mut texts = BTreeMap::new();
    for side in sides {
        for reason in side.advice.encouragements.iter().chain(&side.advice.notes) {
            texts.insert(key(reason), reason.text.as_str());
        }
    }
    differing(sides, texts)
}

/// What is open or contested on one side and no advice on either, heaviest first.
pub(super) fn undecided(sides: [&Side<'_>; 2]) -> Vec<ReasonChange> {
    let mut found: BTreeMap<Key, &Undecided> = BTreeMap::new();
    for side in sides {
        for one in &side.advice.undecided {
            found.insert((one.rule.clone(), one.subject.clone()), one);
        }
    }
    let given = |key: &Key| {
        sides
            .iter()
            .any(|side| matches!(side.status(key), Some(Status::Firing | Status::Provisional)))
    };
    found.retain(|key, _| !given(key));
    let weights: BTreeMap<Key, i64> =
        found.iter().map(|(key, one)| (key.clone(), one.weight)).collect();
    let texts = found.into_iter().map(|(key, one)| (key, one.text.as_str())).collect();
    let mut changes = differing(sides, texts);
    let weight = |one: &ReasonChange| weights.get(&(one.rule.clone(), one.subject.clone()));
    changes.sort_by(|a, b| weight(b).cmp(&weight(a)));
    changes
}

/// The changes that what becomes of a rule rests on or hangs on, on either side.
fn because(sides: [&Side<'_>; 2], (rule, subject): &Key) -> Vec<usize> {
    let mut because = BTreeSet::new();
    for side in sides {
        let Some(at) = side.view.kb.rules.iter().position(|other| other.name == *rule) else {
            continue;
        };
        let variables = side.view.kb.rules.get(at).map_or(&[][..], |rule| &rule.variables);
        let rows = variables.iter().zip(subject);
        let rows: Option<Vec<usize>> =
            rows.map(|(variable, id)| side.view.facts.find_row(variable.entity, id)).collect();
        let Some(rows) = rows else { continue };
        let support = support(side.view, RuleId(at), &rows);
        for fact in support.facts.union(&support.open) {
            side.count(*fact, &mut because);
        }
    }
    because.into_iter().collect()
}

impl Side<'_> {
    /// Counts the changes that a fact is about.
    fn count(&self, fact: Fact, because: &mut BTreeSet<usize>) {
        because.extend(self.touched.get(&fact).into_iter().flatten());
        let rows = match fact {
            Fact::Attribute(attribute, row) => {
                vec![(self.view.kb.vocabulary.attribute(attribute).entity, row)]
            }
            Fact::Relation(relation, a, b) => {
                let [first, second] = self.view.kb.vocabulary.relation(relation).entities;
                vec![(first, a), (second, b)]
            }
            Fact::Others(_) | Fact::Today => Vec::new(),
        };
        because.extend(rows.iter().filter_map(|row| self.lone.get(row)));
    }
}
