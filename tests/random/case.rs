//! Random cases for a vocabulary, and their text as a case file.

use std::collections::BTreeSet;

use super::choice::Choices;
use super::definition::is_listed;
use super::words::{Rows, Words};
use crate::oracle::case::{Did, OracleCase, Stated};
use crate::oracle::value::{Kind, Values};

const SPEAKERS: [&str; 2] = ["report-a", "report-b"];

/// Chooses a case: the choices of each row apart, then those of all else.
pub(crate) fn random(words: &Words, rows: &[Vec<u16>], rest: &[u16]) -> OracleCase {
    let mut case = OracleCase::default();
    let mut rest = Choices::new(rest);
    case.today = rest.chance(80).then_some(7000);
    for (entity, kind) in &words.entities {
        if *kind != Rows::Many {
            continue;
        }
        case.rows.insert(entity.clone(), Vec::new());
        if rest.chance(40) {
            case.complete.insert(entity.clone());
        }
    }
    for (number, row) in rows.iter().enumerate() {
        let mut choices = Choices::new(row);
        let boxes = case.rows.contains_key("box") && choices.chance(25);
        let entity = if boxes { "box" } else { "party" };
        let id = format!("r{number}");
        case.rows.get_mut(entity).unwrap().push(id.clone());
        add_facts(words, &mut case, &mut choices, entity, &id);
    }
    add_facts(words, &mut case, &mut rest, "issue", "");
    for domain in &words.domains {
        for member in &domain.members {
            add_facts(words, &mut case, &mut rest, &domain.name, member);
        }
    }
    add_ties(words, &mut case, &mut rest);
    add_actions(words, &mut case, &mut rest);
    case
}

fn add_facts(words: &Words, case: &mut OracleCase, choices: &mut Choices, entity: &str, row: &str) {
    for attribute in words.attributes.iter().filter(|attribute| attribute.entity == entity) {
        let percent = if attribute.derived { 12 } else { 65 };
        if attribute.fixed || !choices.chance(percent) {
            continue;
        }
        let key = (entity.to_owned(), row.to_owned(), attribute.name.clone());
        let stated = stated(words, choices, &attribute.kind, &case.rows["party"]);
        case.facts.insert(key, stated);
    }
}

fn add_ties(words: &Words, case: &mut OracleCase, choices: &mut Choices) {
    for relation in &words.relations {
        let ids = |entity: &str| match case.rows.get(entity) {
            Some(rows) => rows.clone(),
            None => words.members(entity),
        };
        let kind = Kind::Choice(relation.domain.clone());
        for a in ids(&relation.entities[0]) {
            for b in ids(&relation.entities[1]) {
                let twice = relation.symmetric && a >= b;
                if a != b && !twice && choices.chance(35) {
                    let (a, b) = if relation.symmetric && choices.chance(50) {
                        (b, a.clone())
                    } else {
                        (a.clone(), b)
                    };
                    let key = (relation.name.clone(), a, b);
                    let stated = stated(words, choices, &kind, &case.rows["party"]);
                    case.ties.insert(key, stated);
                }
            }
        }
    }
}

fn add_actions(words: &Words, case: &mut OracleCase, choices: &mut Choices) {
    let rows: Vec<(String, String)> = case
        .rows
        .iter()
        .filter(|(entity, _)| is_listed(words, entity))
        .flat_map(|(entity, ids)| ids.iter().map(|id| (entity.clone(), id.clone())))
        .collect();
    for action in &words.actions {
        let did = |row, taken| Did { action: action.clone(), row, taken };
        match choices.weighted(&[3, 1, 1, 3]) {
            0 => {}
            1 => case.did.push(did(None, true)),
            2 => case.did.push(did(None, false)),
            _ => {
                for row in choices.some_of(&rows, 0, 40) {
                    let taken = choices.chance(60);
                    case.did.push(did(Some(row), taken));
                }
            }
        }
    }
}

/// A statement of a value: known, partly known, asked in vain or disputed between reports and parties.
fn stated(words: &Words, choices: &mut Choices, kind: &Kind, parties: &[String]) -> Stated {
    match choices.weighted(&[6, 3, 1, 2]) {
        0 => Stated::plain(known(words, choices, kind)),
        1 => Stated::plain(partial(words, choices, kind)),
        2 => Stated { values: everything(words, kind), unknown: true, says: Vec::new() },
        _ => {
            let mut speakers = SPEAKERS.map(str::to_owned);
            for speaker in &mut speakers {
                if !parties.is_empty() && choices.chance(30) {
                    speaker.clone_from(choices.of(parties));
                }
            }
            if speakers[0] == speakers[1] {
                speakers = SPEAKERS.map(str::to_owned);
            }
            let says = speakers.map(|speaker| {
                let partly = choices.chance(20);
                let said = if partly { partial } else { known }(words, choices, kind);
                (speaker, said)
            });
            let says: Vec<(String, Values)> = says.into();
            let values = says[0].1.join(&says[1].1);
            Stated { values, unknown: false, says }
        }
    }
}

/// Every value of a type.
pub(crate) fn everything(words: &Words, kind: &Kind) -> Values {
    let all = |domain: &str| words.members(domain).into_iter().collect::<BTreeSet<String>>();
    match kind {
        Kind::Choice(domain) => Values::Choice(all(domain)),
        Kind::Set(domain) => Values::Set { may_include: all(domain), may_exclude: all(domain) },
        Kind::Number | Kind::Date => Values::Range { low: i64::MIN, high: i64::MAX },
    }
}

/// One value.
pub(crate) fn known(words: &Words, choices: &mut Choices, kind: &Kind) -> Values {
    match kind {
        Kind::Choice(domain) => Values::Choice([choices.of(&words.members(domain)).clone()].into()),
        Kind::Set(domain) => {
            let members = words.members(domain);
            let may_include: BTreeSet<String> =
                choices.some_of(&members, 0, 40).into_iter().collect();
            let may_exclude = members.into_iter().filter(|m| !may_include.contains(m)).collect();
            Values::Set { may_include, may_exclude }
        }
        Kind::Number => {
            let number = *choices.of(&[2, 0, 1, 3, -1, 7]) * convener::value::NUMBER_UNIT;
            Values::Range { low: number, high: number }
        }
        Kind::Date => {
            let day = *choices.of(&DAYS);
            Values::Range { low: day, high: day }
        }
    }
}

/// 1985-06-30, 1985-01-01, 1985-12-31, 1989-03-01, 2000-02-29, 1970-01-01.
const DAYS: [i64; 6] = [5659, 5479, 5843, 6999, 11016, 0];

fn partial(words: &Words, choices: &mut Choices, kind: &Kind) -> Values {
    match kind {
        Kind::Choice(domain) => {
            let some = choices.some_of(&words.members(domain), 1, 60);
            Values::Choice(some.into_iter().collect())
        }
        Kind::Set(domain) => {
            let mut may_include = BTreeSet::new();
            let mut may_exclude = BTreeSet::new();
            for member in words.members(domain) {
                let what = choices.below(3);
                if what != 1 {
                    may_include.insert(member.clone());
                }
                if what != 2 {
                    may_exclude.insert(member);
                }
            }
            Values::Set { may_include, may_exclude }
        }
        Kind::Number | Kind::Date => {
            let ends = known(words, choices, kind).join(&known(words, choices, kind));
            let Values::Range { low, high } = ends else { panic!("not a range") };
            match choices.below(3) {
                0 => Values::Range { low, high },
                1 => Values::Range { low, high: i64::MAX },
                _ => Values::Range { low: i64::MIN, high },
            }
        }
    }
}
