//! Changes in words: what the fact is now, what it is to be, whether it may be so already, and what can change it.

use crate::change::Target;
use crate::knowledge::{Changes, Type};
use crate::value::Members;

use super::super::evaluate::View;
use super::super::fact::{Fact, Grounds};
use super::super::wording::{join, spaced, value_text};
use super::candidate::{Candidate, applied};
use super::{Repair, Step};

/// A set of changes in words.
pub(super) fn repair(view: View<'_>, set: &[Candidate]) -> Repair {
    let facts = applied(view, set);
    let after = View { facts: &facts, ..view };
    let mut steps: Vec<Step> = set.iter().map(|one| step(view, after, one)).collect();
    let of_row = |step: &Step| matches!(step.change, crate::change::Change::AddRow(..));
    steps.sort_by(|a, b| (!of_row(a), &a.path).cmp(&(!of_row(b), &b.path)));
    Repair { steps }
}

/// Repairs by acting first; then those that need no known fact to be otherwise; then the shortest; then by path.
pub(super) fn order(repair: &Repair) -> (bool, bool, usize, Vec<(String, String)>) {
    let otherwise = |step: &Step| !step.unknown && step.changes != Changes::ByActing;
    let paths = repair.steps.iter().map(|step| (step.path.clone(), step.to.clone())).collect();
    (!repair.is_by_acting(), repair.steps.iter().any(otherwise), repair.steps.len(), paths)
}

fn step(before: View<'_>, after: View<'_>, candidate: &Candidate) -> Step {
    let change = candidate.change(before);
    match candidate {
        Candidate::Row(entity) => {
            let name = &before.kb.vocabulary.entity(*entity).name;
            Step {
                change,
                fact: None,
                path: format!("{name}.{}", super::candidate::new_row(before, *entity).id),
                question: format!("Is there, or can there be, another {}?", spaced(name)),
                from: String::new(),
                to: String::new(),
                unknown: before.has_unlisted(*entity),
                changes: Changes::ByActing,
            }
        }
        Candidate::Close(entity) => Step {
            change,
            fact: Some(Fact::Others(*entity)),
            path: before.path(Fact::Others(*entity)),
            question: before.question(Fact::Others(*entity)),
            from: "not known".to_owned(),
            to: "complete".to_owned(),
            unknown: true,
            changes: Changes::ByItself,
        },
        Candidate::Set(target, _) | Candidate::Add(target, _) | Candidate::Remove(target, _) => {
            stated(before, after, candidate, target)
        }
    }
}

fn stated(before: View<'_>, after: View<'_>, candidate: &Candidate, target: &Target) -> Step {
    let vocabulary = &before.kb.vocabulary;
    let (own, now) = (fact(before, target), fact(after, target));
    let view = own.map(|fact| before.describe(fact));
    let changes = match target {
        Target::Attribute(id, _) => vocabulary.attribute(*id).changes,
        Target::Tie(id, ..) => vocabulary.relation(*id).changes,
    };
    let kind = target.kind(vocabulary);
    let may_be =
        own.and_then(|fact| before.value(fact)).is_none_or(|held| candidate.within(held).is_some());
    // What holds only because nobody has said otherwise is not known either.
    let unsaid = view.as_ref().is_none_or(|view| view.grounds != Grounds::Stated);
    Step {
        change: candidate.change(before),
        fact: own,
        path: now.map_or_else(String::new, |fact| after.path(fact)),
        question: now.map_or_else(String::new, |fact| after.question(fact)),
        from: view.map_or_else(|| "not known".to_owned(), |view| view.value),
        to: to(before, kind, candidate),
        unknown: may_be || unsaid,
        changes,
    }
}

fn to(view: View<'_>, kind: Type, candidate: &Candidate) -> String {
    let members = |members: &Members, word: &str| {
        let Type::Set(domain) = kind else { return String::new() };
        let all = view.kb.vocabulary.domain(domain).members.iter().enumerate();
        let names: Vec<String> = all
            .filter(|(index, _)| members >> (index & 63) & 1 == 1)
            .map(|(_, member)| member.wording.clone())
            .collect();
        join(&names, word)
    };
    match candidate {
        Candidate::Set(_, possible) => value_text(view.kb, kind, *possible),
        Candidate::Add(_, added) => format!("with {}", members(added, "and")),
        Candidate::Remove(_, removed) => format!("without {}", members(removed, "or")),
        Candidate::Row(_) | Candidate::Close(_) => String::new(),
    }
}

/// The fact that a target is, where its rows are there.
fn fact(view: View<'_>, target: &Target) -> Option<Fact> {
    let vocabulary = &view.kb.vocabulary;
    match target {
        Target::Attribute(id, row) => {
            let row = view.facts.find_row(vocabulary.attribute(*id).entity, row)?;
            Some(Fact::Attribute(*id, row))
        }
        Target::Tie(id, a, b) => {
            let declared = vocabulary.relation(*id);
            let [first, second] = declared.entities;
            let (a, b) = (view.facts.find_row(first, a)?, view.facts.find_row(second, b)?);
            let (a, b) = if declared.symmetric { (a.min(b), a.max(b)) } else { (a, b) };
            Some(Fact::Relation(*id, a, b))
        }
    }
}
