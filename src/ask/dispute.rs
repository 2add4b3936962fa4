//! What people say different things of: what becomes of rules if each is right, who is silent, and what of the advice holds
//! whomever one believes.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Limit;
use crate::facts::{Cell, Facts};
use crate::knowledge::{AttributeId, EntityId, EntityKind, RuleId};
use crate::proof::wording::value_text;
use crate::proof::{Fact, View};
use crate::value::Possible;

use super::answer::kind;
use super::effect::{Difference, Trials, given, gives};
use super::{Disputed, Disputes, Given, Said, Speaker};

/// A disputed fact, with who says what.
type Dispute<'f> = (Fact, &'f [(String, Possible)]);

/// Everything that is disputed.
pub(super) fn disputes(trials: &Trials<'_>) -> Result<Disputes, Limit> {
    let view = trials.view;
    let disputes = disputed(view);
    if disputes.is_empty() {
        return Ok(Disputes::default());
    }
    let ids: BTreeSet<&str> =
        disputes.iter().flat_map(|(_, says)| says.iter().map(|(who, _)| who.as_str())).collect();
    let speakers: Vec<Speaker> = ids
        .iter()
        .map(|id| Speaker {
            id: (*id).to_owned(),
            name: view.speaker(id),
            facts: disputes
                .iter()
                .filter(|(_, says)| says.iter().any(|(who, _)| who == id))
                .count(),
        })
        .collect();
    let believing: Vec<Facts> = ids.iter().map(|id| view.facts.believing(id)).collect();
    let under = trials.compare(&believing)?;
    let (robust, depends) = sorted(trials, &speakers, &under);
    let facts = disputes.iter().map(|dispute| one(trials, &disputes, *dispute));
    Ok(Disputes { facts: facts.collect::<Result<_, _>>()?, robust, depends, speakers })
}

/// The facts of which people say different things.
fn disputed(view: View<'_>) -> Vec<Dispute<'_>> {
    let mut list = Vec::new();
    let mut add = |fact: Fact, cell: &'_ Cell| -> Option<()> {
        let says = cell.record.as_ref()?.says.as_slice();
        let (_, first) = says.first()?;
        says.iter().any(|(_, said)| said != first).then(|| list.push((fact, says.len())))
    };
    for at in 0..view.kb.vocabulary.attributes.len() {
        for (row, cell) in view.facts.cells.of(AttributeId(at)).iter().enumerate() {
            add(Fact::Attribute(AttributeId(at), row), cell);
        }
    }
    for (tie, cell) in &view.facts.ties {
        add(Fact::Relation(tie.relation, tie.rows[0], tie.rows[1]), cell);
    }
    list.into_iter().map(|(fact, _)| (fact, says(view, fact))).collect()
}

/// Who says what of a fact.
fn says(view: View<'_>, fact: Fact) -> &[(String, Possible)] {
    let cell = match fact {
        Fact::Attribute(id, row) => view.facts.cell(id, row),
        Fact::Relation(id, a, b) => view.facts.tie(&view.kb.vocabulary, id, a, b),
        Fact::Others(_) | Fact::Today => None,
    };
    cell.and_then(|cell| cell.record.as_ref()).map_or(&[], |record| record.says.as_slice())
}

fn one(
    trials: &Trials<'_>,
    all: &[Dispute<'_>],
    (fact, says): Dispute<'_>,
) -> Result<Disputed, Limit> {
    let view = trials.view;
    let variants: Vec<Facts> = says.iter().map(|(who, _)| believing_in(view, fact, who)).collect();
    let found = trials.compare(&variants)?;
    let described = view.describe(fact);
    let text = |possible: Possible| {
        kind(view, fact).map_or_else(String::new, |kind| value_text(view.kb, kind, possible))
    };
    let said = says.iter().zip(&found).map(|((who, value), found)| Said {
        who: who.clone(),
        name: view.speaker(who),
        value: text(*value),
        effects: trials.effects(found),
        seen: trials.page.seen(view, found),
    });
    Ok(Disputed {
        path: described.path,
        question: described.question,
        says: said.collect(),
        silent: silent(view, all, says),
    })
}

/// The case with one speaker believed in one fact.
fn believing_in(view: View<'_>, fact: Fact, who: &str) -> Facts {
    let mut facts = view.facts.clone();
    match fact {
        Fact::Attribute(id, row) => {
            if let Some(cell) = facts.cells.of_mut(id).get_mut(row) {
                cell.believe(who);
            }
        }
        Fact::Relation(id, a, b) => {
            if let Some(mut cell) = facts.tie(&view.kb.vocabulary, id, a, b).cloned() {
                cell.believe(who);
                facts.set_tie(&view.kb.vocabulary, id, a, b, cell);
            }
        }
        Fact::Others(_) | Fact::Today => {}
    }
    facts
}

/// Those who say nothing of a fact of which others of their kind do: rows of an entity with a speaker among them, and
/// sources that speak of other disputed facts.
fn silent(view: View<'_>, all: &[Dispute<'_>], says: &[(String, Possible)]) -> Vec<String> {
    let speaks = |id: &str| says.iter().any(|(who, _)| who == id);
    let mut silent = Vec::new();
    let mut rows = BTreeSet::new();
    for (at, entity) in view.kb.vocabulary.entities.iter().enumerate() {
        let id = EntityId(at);
        let list = &view.facts.rows(id).list;
        if entity.kind != EntityKind::Many {
            continue;
        }
        rows.extend(list.iter().map(|row| row.id.as_str()));
        if list.iter().any(|row| speaks(&row.id)) {
            let others = list.iter().enumerate().filter(|(_, row)| !speaks(&row.id));
            silent.extend(others.map(|(row, _)| view.name(id, row)));
        }
    }
    let ids: BTreeSet<&str> =
        all.iter().flat_map(|(_, says)| says.iter().map(|(who, _)| who.as_str())).collect();
    let sources = ids.into_iter().filter(|id| !rows.contains(id) && !speaks(id));
    silent.extend(sources.map(str::to_owned));
    silent
}

/// Who would be given some advice, by position of the speaker.
type Under = BTreeMap<Given, BTreeSet<usize>>;

/// Advice that is given whomever one believes, and advice that is given only under some.
fn sorted(
    trials: &Trials<'_>,
    speakers: &[Speaker],
    under: &[Vec<Difference>],
) -> (Vec<Given>, Vec<(Given, Vec<String>)>) {
    let view = trials.view;
    let mut found: Under = BTreeMap::new();
    for (speaker, differences) in under.iter().enumerate() {
        let mut reasons: BTreeSet<(RuleId, &[usize])> = view
            .model
            .conclusions
            .iter()
            .filter(|one| given(Some(one.status)) && trials.weight(one.rule) > 0)
            .map(|one| (one.rule, one.subject.as_slice()))
            .collect();
        for one in differences {
            let key = (one.rule, one.subject.as_slice());
            if given(one.status[1]) {
                reasons.insert(key)
            } else {
                reasons.remove(&key)
            };
        }
        for (rule, _) in reasons {
            for what in gives(view, rule) {
                found.entry(what).or_default().insert(speaker);
            }
        }
    }
    let (robust, depends): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(_, under)| under.len() == speakers.len());
    let names = |under: BTreeSet<usize>| {
        let names = under.into_iter().filter_map(|at| speakers.get(at));
        names.map(|speaker| speaker.name.clone()).collect()
    };
    let depends = depends.into_iter().map(|(what, under)| (what, names(under)));
    (robust.into_iter().map(|(what, _)| what).collect(), depends.collect())
}
