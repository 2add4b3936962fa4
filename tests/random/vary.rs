//! Other cases made of a case: knowing more, knowing less, knowing everything.

use super::Input;
use super::case::{everything, known};
use super::choice::Choices;
use super::words::Words;
use crate::oracle::case::{Did, OracleCase, Stated};
use crate::oracle::value::{Kind, Values};

/// A fact that a case may state of an attribute: its entity, its row, its name.
pub(crate) type Place = (String, String, String);

/// Every place of a declared attribute, with its type.
fn places(words: &Words, case: &OracleCase) -> Vec<(Place, Kind)> {
    let mut places = Vec::new();
    for attribute in
        words.attributes.iter().filter(|attribute| !attribute.derived && !attribute.fixed)
    {
        for row in rows(words, case, &attribute.entity) {
            let place = (attribute.entity.clone(), row, attribute.name.clone());
            places.push((place, attribute.kind.clone()));
        }
    }
    places
}

/// Every place of a relation, with its type.
fn tie_places(words: &Words, case: &OracleCase) -> Vec<(Place, Kind)> {
    let mut places = Vec::new();
    for relation in &words.relations {
        for a in rows(words, case, &relation.entities[0]) {
            for b in rows(words, case, &relation.entities[1]) {
                if !(relation.symmetric && a > b) && a != b {
                    let place = (relation.name.clone(), a.clone(), b);
                    places.push((place, Kind::Choice(relation.domain.clone())));
                }
            }
        }
    }
    places
}

fn rows(words: &Words, case: &OracleCase, entity: &str) -> Vec<String> {
    match case.rows.get(entity) {
        Some(rows) => rows.clone(),
        None if entity == "issue" => vec![String::new()],
        None => words.members(entity),
    }
}

/// The place where a tie is stated, whichever way round.
fn tie_key(case: &OracleCase, (name, a, b): &Place) -> Place {
    let turned = (name.clone(), b.clone(), a.clone());
    if case.ties.contains_key(&turned) { turned } else { (name.clone(), a.clone(), b.clone()) }
}

/// The same case with some possible sets made smaller.
pub(crate) fn knowing_more(input: &Input, choices: &mut Choices) -> OracleCase {
    let (words, mut case) = (&input.words, input.case.clone());
    for (place, kind) in places(words, &input.case) {
        let stated = case.facts.get(&place).cloned();
        let default = words.has_default(&place.0, &place.2);
        if let Some(stated) = smaller(words, choices, &kind, stated.as_ref(), default) {
            case.facts.insert(place, stated);
        }
    }
    for (place, kind) in tie_places(words, &input.case) {
        let key = if words.is_symmetric(&place.0) { tie_key(&case, &place) } else { place };
        let stated = case.ties.get(&key).cloned();
        let default = words.has_default("", &key.0);
        if let Some(stated) = smaller(words, choices, &kind, stated.as_ref(), default) {
            case.ties.insert(key, stated);
        }
    }
    case
}

fn smaller(
    words: &Words,
    choices: &mut Choices,
    kind: &Kind,
    stated: Option<&Stated>,
    default: bool,
) -> Option<Stated> {
    if !choices.chance(30) || (stated.is_none() && default) {
        return None;
    }
    let values = stated.map_or_else(|| everything(words, kind), |stated| stated.values.clone());
    (!values.is_known()).then(|| Stated::plain(narrowed(words, choices, kind, &values)))
}

/// A smaller set of values.
fn narrowed(words: &Words, choices: &mut Choices, kind: &Kind, values: &Values) -> Values {
    match values {
        Values::Choice(members) => {
            let members: Vec<String> = members.iter().cloned().collect();
            Values::Choice(choices.some_of(&members, 1, 30).into_iter().collect())
        }
        _ => one_of(words, choices, kind, values),
    }
}

/// One of these values.
fn one_of(words: &Words, choices: &mut Choices, kind: &Kind, values: &Values) -> Values {
    match values {
        Values::Choice(members) => {
            let members: Vec<String> = members.iter().cloned().collect();
            Values::Choice([choices.of(&members).clone()].into())
        }
        Values::Set { may_include, may_exclude } => {
            let (mut include, mut exclude) = (may_include.clone(), may_exclude.clone());
            for member in may_include.intersection(may_exclude) {
                if choices.chance(50) {
                    exclude.remove(member)
                } else {
                    include.remove(member)
                };
            }
            Values::Set { may_include: include, may_exclude: exclude }
        }
        Values::Range { low, high } => {
            let Values::Range { low: chosen, .. } = known(words, choices, kind) else {
                panic!("not a range")
            };
            let chosen = chosen.clamp(*low, *high);
            Values::Range { low: chosen, high: chosen }
        }
    }
}

/// The same case with some known values, also those known by default, stated as unknown.
pub(crate) fn knowing_less(input: &Input, choices: &mut Choices) -> OracleCase {
    let (words, mut case) = (&input.words, input.case.clone());
    let unknown =
        |kind: &Kind| Stated { values: everything(words, kind), unknown: true, says: Vec::new() };
    for (place, kind) in places(words, &input.case) {
        if choices.chance(30) {
            case.facts.insert(place, unknown(&kind));
        }
    }
    for (place, kind) in tie_places(words, &input.case) {
        if choices.chance(30) {
            let key = if words.is_symmetric(&place.0) { tie_key(&case, &place) } else { place };
            case.ties.insert(key, unknown(&kind));
        }
    }
    case
}

/// One of the cases that this one may turn out to be: everybody listed, every declared fact known.
pub(crate) fn completion(input: &Input, choices: &mut Choices) -> OracleCase {
    let (words, mut case) = (&input.words, input.case.clone());
    case.complete = case.rows.keys().cloned().collect();
    case.today = case.today.or(Some(7000));
    for (place, kind) in places(words, &input.case) {
        let stated = case.facts.get(&place).cloned();
        if stated.is_none() && words.has_default(&place.0, &place.2) {
            continue;
        }
        let values = stated.map_or_else(|| everything(words, &kind), |stated| stated.values);
        case.facts.insert(place, Stated::plain(one_of(words, choices, &kind, &values)));
    }
    for (place, kind) in tie_places(words, &input.case) {
        let key = if words.is_symmetric(&place.0) { tie_key(&case, &place) } else { place };
        let stated = case.ties.get(&key).cloned();
        if stated.is_none() && words.has_default("", &key.0) {
            continue;
        }
        let values = stated.map_or_else(|| everything(words, &kind), |stated| stated.values);
        case.ties.insert(key, Stated::plain(one_of(words, choices, &kind, &values)));
    }
    complete_actions(words, choices, &mut case);
    case
}

fn complete_actions(words: &Words, choices: &mut Choices, case: &mut OracleCase) {
    for action in words.actions.iter().filter(|action| !words.has_default("", action)) {
        if case.did.iter().any(|did| did.action == *action && did.row.is_none()) {
            continue;
        }
        for (entity, ids) in case.rows.clone() {
            for id in ids {
                if case.done(action, Some((&entity, &id))).is_none() {
                    let (taken, row) = (choices.chance(50), Some((entity.clone(), id)));
                    case.did.push(Did { action: action.clone(), row, taken });
                }
            }
        }
        if case.done(action, None).is_none() {
            case.did.insert(0, Did { action: action.clone(), row: None, taken: false });
        }
    }
}

/// A list in another order.
pub(crate) fn shuffled<T: Clone>(list: &[T], choices: &mut Choices) -> Vec<T> {
    let mut left = list.to_vec();
    let mut shuffled = Vec::new();
    while !left.is_empty() {
        shuffled.push(left.remove(choices.below(left.len())));
    }
    shuffled
}
