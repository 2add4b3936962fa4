//! The order of past cases: who shares more of the advice stands first, then who shares more of the facts that it rests on.
//! So a case that shares all that another shares, and more, stands before it; nothing is weighed against anything else.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::evaluate::point_name;
use crate::knowledge::{AdviceKind, KnowledgeBase, RuleId};
use crate::proof::{Fact, Scope, View, Wording, support};

use super::alike::{Advised, Alike, Here, alike};
use super::archive::{Archive, Known};
use super::followed::{Heard, Wanted};
use super::told::Told;
use super::{Common, FactPair, Named, Precedent, Precedents};

/// A past case at its most alike moment.
struct Near<'a> {
    case: usize,
    at: usize,
    there: Advised<'a>,
    alike: Alike,
}

/// Most shared first; of equals the one with less advice of its own or of the other's, then the earlier one, of which more is
/// known that followed.
type Place = (Reverse<usize>, Reverse<usize>, usize, (bool, Option<i64>));

/// The past cases that share advice with a case, or facts that advice on it rests on, nearest first.
#[must_use]
pub fn precedents(here: View<'_>, archive: &Archive, told: &Told) -> Precedents {
    let here = Here::new(here);
    let mut found: Vec<Near<'_>> = (archive.cases.iter().enumerate())
        .filter_map(|(case, known)| nearest(&here, case, known))
        .collect();
    let place = |near: &Near<'_>| (place(archive, near), near.case);
    found.sort_by_key(place);
    let list = found.iter().filter_map(|near| precedent(&here, (archive, told), near));
    Precedents {
        looked: archive.looked.clone(),
        advice: here.advised.rules.len(),
        list: list.collect(),
    }
}

fn place(archive: &Archive, near: &Near<'_>) -> Place {
    let known = archive.cases.get(near.case);
    let day = known.and_then(|known| known.points.get(near.at)).and_then(|point| point.today);
    let Alike { rules, both, alone, .. } = &near.alike;
    (Reverse(rules.len()), Reverse(both.len()), *alone, (day.is_none(), day))
}

/// The moment of a case that is most alike, the earliest of equals.
fn nearest<'a>(here: &Here<'a>, case: usize, known: &'a Known) -> Option<Near<'a>> {
    let mine = here.advised.ids();
    let shared: Vec<usize> =
        known.advising.iter().map(|rules| rules.intersection(&mine).count()).collect();
    let most = shared.iter().copied().max()?;
    let points = shared.iter().enumerate().filter(|(_, shared)| **shared == most);
    let mut best: Option<Near<'_>> = None;
    for (at, _) in points {
        let there = Advised::new(known.view(here.advised.view.kb, at)?);
        let alike = alike(here, &there);
        let key = |alike: &Alike| (Reverse(alike.both.len()), alike.alone);
        if best.as_ref().is_none_or(|held| key(&alike) < key(&held.alike)) {
            best = Some(Near { case, at, there, alike });
        }
    }
    best.filter(|near| !near.alike.rules.is_empty() || !near.alike.both.is_empty())
}

fn precedent(
    here: &Here<'_>,
    (archive, told): (&Archive, &Told),
    near: &Near<'_>,
) -> Option<Precedent> {
    let here = &here.advised;
    let kb = here.view.kb;
    let known = archive.cases.get(near.case)?;
    let moment = known.points.get(near.at)?;
    let outcome = told.outcomes.get(near.case).and_then(Option::as_ref);
    let heard = Heard { kb, known, outcome };
    let wanted = wanted(kb, &here.ids());
    let pairs = |facts: &std::collections::BTreeMap<Fact, Fact>| {
        facts
            .iter()
            .map(|(mine, theirs)| pair((here.view, near.there.view), *mine, *theirs))
            .collect()
    };
    let [mine, theirs] = [here, &near.there].map(|advised| common(advised, &advised.ids()));
    Some(Precedent {
        case: known.named(),
        place: known.case.place.clone(),
        at: point_name(&known.case, moment),
        event: known.case.last_event(moment).map(|event| event.title.clone()),
        rules: names(kb, &near.alike.rules),
        alike: common(here, &near.alike.rules),
        both: pairs(&near.alike.both),
        differs: pairs(&near.alike.differs),
        only_here: without(mine.clone(), &theirs),
        only_there: without(theirs, &mine),
        done: heard.done(near.at, &wanted),
        came: heard.came(near.at, &wanted),
    })
}

fn pair((here, there): (View<'_>, View<'_>), mine: Fact, theirs: Fact) -> FactPair {
    let (mine, theirs) = (here.describe(mine), there.describe(theirs));
    FactPair {
        path: mine.path,
        question: mine.question,
        here: mine.value,
        there_path: theirs.path,
        there: theirs.value,
    }
}

pub(super) fn names(kb: &KnowledgeBase, rules: &BTreeSet<RuleId>) -> Vec<String> {
    rules.iter().filter_map(|rule| Some(kb.rules.get(rule.0)?.name.clone())).collect()
}

/// What some rules warn of and recommend.
pub(super) fn wanted(kb: &KnowledgeBase, rules: &BTreeSet<RuleId>) -> Wanted {
    let mut wanted = Wanted::default();
    for clause in rules.iter().filter_map(|rule| kb.rules.get(rule.0)).flat_map(|rule| &rule.advice)
    {
        match clause.kind {
            AdviceKind::Warn(risk, _) => {
                wanted.risks.insert(risk);
            }
            AdviceKind::Recommend(action, _) => {
                wanted.actions.insert(action);
            }
            AdviceKind::Encourage | AdviceKind::Note => {}
        }
    }
    wanted
}

/// The advice of some rules in one case, each risk and action once.
fn common(advised: &Advised<'_>, rules: &BTreeSet<RuleId>) -> Common {
    let kb = advised.view.kb;
    let Wanted { risks, actions } = wanted(kb, rules);
    let risks = risks.iter().filter_map(|risk| kb.risks.get(risk.0));
    let actions = actions.iter().filter_map(|action| kb.actions.get(action.0));
    Common {
        warnings: risks.map(|risk| named(&risk.name, &risk.title)).collect(),
        actions: actions.map(|action| named(&action.name, &action.title)).collect(),
        going_well: rules.iter().filter_map(|rule| going_well(advised, *rule)).collect(),
    }
}

fn named(id: &str, title: &str) -> Named {
    Named { id: id.to_owned(), title: title.to_owned() }
}

/// What a rule that encourages says of its first subject.
fn going_well(advised: &Advised<'_>, id: RuleId) -> Option<Named> {
    let rule = advised.view.kb.rules.get(id.0)?;
    let clause = rule.advice.iter().find(|clause| clause.kind == AdviceKind::Encourage)?;
    let subject = advised.rules.get(&id)?.first()?;
    let scope = Scope::new(advised.view, &rule.variables, subject);
    let witnesses = support(advised.view, id, subject).witnesses;
    let text = Wording::of_rule(&scope, rule.subjects, &witnesses).render(&clause.text);
    Some(named(&rule.name, &text))
}

/// What of some advice is not given in another case at all.
fn without(mut all: Common, other: &Common) -> Common {
    let lacks = |list: &[Named], one: &Named| list.iter().all(|held| held.id != one.id);
    all.warnings.retain(|one| lacks(&other.warnings, one));
    all.actions.retain(|one| lacks(&other.actions, one));
    all.going_well.retain(|one| lacks(&other.going_well, one));
    all
}
