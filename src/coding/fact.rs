//! What two codings say of each fact over time. Compares no advice.

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::AttributeId;
use crate::proof::{Fact, FactView, Grounds, View};

/// A fact as two people coded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// Its path.
    pub path: String,
    /// The question that it answers.
    pub question: String,
    /// How the two compare.
    pub saying: Saying,
    /// What each says from which moment on, by its position, in words; nothing where it does not state it.
    pub values: Vec<(usize, [Option<String>; 2])>,
}

/// How what two codings say of a fact compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Saying {
    /// At some moment they say different things.
    Differently,
    /// They say the same where both state it, but not from or until the same moment.
    AtOtherTimes,
    /// They say the same at every moment.
    Same,
    /// Only the first states it.
    OnlyFirst,
    /// Only the second states it.
    OnlySecond,
}

impl Saying {
    /// Whether both state the fact.
    #[must_use]
    pub fn is_of_both(self) -> bool {
        matches!(self, Saying::Differently | Saying::AtOtherTimes | Saying::Same)
    }
}

/// All facts that either states at some moment, by path.
pub(super) fn coded(pairs: &[[View<'_>; 2]]) -> Vec<Coded> {
    let mut found: BTreeMap<String, Coded> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let [first, second] = pair.map(stated);
        let paths = first.keys().chain(second.keys());
        for path in paths {
            let views = [first.get(path), second.get(path)];
            let Some(view) = views.into_iter().flatten().next() else { continue };
            let coded = found.entry(path.clone()).or_insert_with(|| Coded {
                path: path.clone(),
                question: view.question.clone(),
                saying: Saying::Same,
                values: Vec::new(),
            });
            let values = views.map(|view| view.map(|view| view.value.clone()));
            note(&mut coded.values, at, values);
        }
        for coded in found
            .values_mut()
            .filter(|coded| !first.contains_key(&coded.path) && !second.contains_key(&coded.path))
        {
            note(&mut coded.values, at, [None, None]);
        }
    }
    let mut list: Vec<Coded> = found.into_values().collect();
    for coded in &mut list {
        coded.saying = saying(&coded.values);
    }
    list
}

/// Notes what is said at a moment, where that is new.
fn note(values: &mut Vec<(usize, [Option<String>; 2])>, at: usize, said: [Option<String>; 2]) {
    if values.last().is_none_or(|(_, last)| *last != said) {
        values.push((at, said));
    }
}

fn saying(values: &[(usize, [Option<String>; 2])]) -> Saying {
    let is = |wanted: fn(&[Option<String>; 2]) -> bool| values.iter().any(|(_, of)| wanted(of));
    let same = is(|of| matches!(of, [Some(a), Some(b)] if a == b));
    let other = is(|of| matches!(of, [Some(a), Some(b)] if a != b));
    let first = is(|of| matches!(of, [Some(_), None]));
    let second = is(|of| matches!(of, [None, Some(_)]));
    match (other, same, first, second) {
        (true, ..) => Saying::Differently,
        (_, true, false, false) => Saying::Same,
        (_, true, ..) | (_, _, true, true) => Saying::AtOtherTimes,
        (_, _, true, false) => Saying::OnlyFirst,
        _ => Saying::OnlySecond,
    }
}

/// What a coding states, by path. What it marks as asked and not known counts as stated.
fn stated(view: View<'_>) -> BTreeMap<String, FactView> {
    let described = facts(view).into_iter().map(|fact| view.describe(fact));
    let stated = described.filter(|it| matches!(it.grounds, Grounds::Stated | Grounds::Unknown));
    let mut stated: Vec<FactView> = stated.collect();
    // What is said of an action is said of all rows at once, by one statement: it counts once.
    stated.sort_by_key(|it| (it.path.len(), it.path.clone()));
    let mut said = BTreeSet::new();
    stated.retain(|it| !it.path.starts_with("did.") || said.insert(it.span));
    stated.into_iter().map(|it| (it.path.clone(), it)).collect()
}

/// Everything of which something could be stated.
fn facts(view: View<'_>) -> Vec<Fact> {
    let attributes = view.kb.vocabulary.attributes.iter().enumerate();
    let attributes = attributes.flat_map(|(at, attribute)| {
        let rows = 0..view.facts.rows(attribute.entity).list.len();
        rows.map(move |row| Fact::Attribute(AttributeId(at), row))
    });
    let ties = view.facts.ties.keys().map(|tie| {
        let [a, b] = tie.rows;
        Fact::Relation(tie.relation, a, b)
    });
    attributes.chain(ties).collect()
}
