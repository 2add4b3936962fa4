//! What is to be explained: a rule for its subjects, or the reasons behind a risk or an action, by id.

use crate::advice::Advice;
use crate::diagnostic::nearest::did_you_mean;
use crate::engine::Status;
use crate::knowledge::{EntityId, Rule, RuleId};
use crate::proof::View;
use crate::proof::wording::join;

use super::super::Failure;
use super::super::terminal::counted;

/// What is to be explained.
pub(super) struct Wanted {
    /// Rules with their subjects.
    pub(super) subjects: Vec<(RuleId, Vec<usize>)>,
    /// What to say where nothing comes of it.
    pub(super) silence: String,
    /// The rule that was asked for.
    pub(super) rule: Option<String>,
}

/// Finds what an id means.
pub(super) fn find(
    view: View<'_>,
    advised: impl Fn() -> Advice,
    id: &str,
    subject: &[String],
) -> Result<Wanted, Failure> {
    let (name, own) = match id.split_once('.') {
        Some((name, row)) if !known(view, id) => (name, vec![row.to_owned()]),
        _ => (id, Vec::new()),
    };
    let ids: Vec<String> = own.into_iter().chain(subject.iter().cloned()).collect();
    let name = titled(view, name).unwrap_or(name);
    if let Some(at) = view.kb.rules.iter().position(|rule| rule.name == name) {
        return rule(view, RuleId(at), &ids);
    }
    if !known(view, name) {
        let near = did_you_mean(name, names(view));
        let near = near.map_or_else(String::new, |near| format!("\nhelp: {near}"));
        return Err(Failure(format!("`{name}` is no rule, risk or action of the packs{near}")));
    }
    if !ids.is_empty() {
        return Err(Failure(format!(
            "`{name}` is no rule, and only a rule has a subject; leave `{}` out",
            ids.join(" ")
        )));
    }
    let advice = advised();
    let items = advice.warnings.iter().chain(&advice.recommendations);
    let reasons = items.filter(|item| item.id == name).flat_map(|item| &item.reasons);
    let found = reasons.filter_map(|reason| {
        let at = view.kb.rules.iter().position(|rule| rule.name == reason.rule)?;
        let rule = view.kb.rules.get(at)?;
        Some((RuleId(at), rows(view, rule, &reason.subject).ok()?))
    });
    let mut subjects: Vec<(RuleId, Vec<usize>)> = Vec::new();
    for one in found {
        if !subjects.contains(&one) {
            subjects.push(one);
        }
    }
    let silence = format!("Nothing gives a reason for {name} here: no rule that could does fire.");
    Ok(Wanted { subjects, silence, rule: None })
}

fn names(view: View<'_>) -> impl Iterator<Item = &str> {
    let kb = view.kb;
    let rules = kb.rules.iter().map(|rule| rule.name.as_str());
    let risks = kb.risks.iter().map(|risk| risk.name.as_str());
    rules.chain(risks).chain(kb.actions.iter().map(|action| action.name.as_str()))
}

/// The risk or action that screens show under this title.
fn titled<'a>(view: View<'a>, title: &str) -> Option<&'a str> {
    let kb = view.kb;
    let risks = kb.risks.iter().map(|risk| (&risk.title, &risk.name));
    let actions = kb.actions.iter().map(|action| (&action.title, &action.name));
    let mut all = risks.chain(actions);
    all.find(|(own, _)| own.eq_ignore_ascii_case(title)).map(|(_, name)| name.as_str())
}

fn known(view: View<'_>, name: &str) -> bool {
    names(view).any(|other| other == name)
}

/// A rule for the subject named, or for every subject of which it is not silent.
fn rule(view: View<'_>, id: RuleId, ids: &[String]) -> Result<Wanted, Failure> {
    let Some(rule) = view.kb.rules.get(id.0) else {
        return Err(Failure("there is no such rule".to_owned()));
    };
    let name = Some(rule.name.clone());
    if ids.is_empty() && rule.subjects > 0 {
        let conclusions = view.model.conclusions.iter().filter(|one| one.rule == id);
        let mut conclusions: Vec<_> = conclusions.collect();
        conclusions.sort_by_key(|one| one.status == Status::Open);
        let subjects = conclusions.into_iter().map(|one| (id, one.subject.to_vec())).collect();
        let silence = format!("{} is silent here, for whomever.", rule.name);
        return Ok(Wanted { subjects, silence, rule: name });
    }
    let subject = rows(view, rule, ids)?;
    speaks_of(rule, &subject)?;
    let named = rule.variables.iter().zip(&subject);
    let named: Vec<String> =
        named.map(|(variable, row)| view.name(variable.entity, *row)).collect();
    let whom =
        if named.is_empty() { String::new() } else { format!(" for {}", join(&named, "and")) };
    let silence = format!("{} is silent{whom}.", rule.name);
    Ok(Wanted { subjects: vec![(id, subject)], silence, rule: name })
}

/// The rows of a subject by their ids.
fn rows(view: View<'_>, rule: &Rule, ids: &[String]) -> Result<Vec<usize>, Failure> {
    let variables = rule.variables.get(..rule.subjects).unwrap_or_default();
    if ids.len() != variables.len() {
        let wanted: Vec<&str> =
            variables.iter().map(|variable| entity_name(view, variable.entity)).collect();
        let wanted = if wanted.is_empty() {
            "has no subject".to_owned()
        } else {
            format!("has a subject of {} ({})", counted(wanted.len(), "row"), wanted.join(", "))
        };
        let given = match ids.len() {
            1 => "1 id is given".to_owned(),
            many => format!("{many} ids are given"),
        };
        return Err(Failure(format!("`{}` {wanted}, and {given}", rule.name)));
    }
    let row = |(variable, id): (&crate::knowledge::Variable, &String)| {
        view.facts.find_row(variable.entity, id).ok_or_else(|| {
            let entity = entity_name(view, variable.entity);
            let rows = view.facts.rows(variable.entity).list.iter().map(|row| row.id.as_str());
            let near = did_you_mean(id, rows);
            let near = near.map_or_else(String::new, |near| format!("\nhelp: {near}"));
            Failure(format!("`{id}` is no {entity} of the case at this date{near}"))
        })
    };
    variables.iter().zip(ids).map(row).collect()
}

fn entity_name(view: View<'_>, entity: EntityId) -> &str {
    &view.kb.vocabulary.entity(entity).name
}

fn speaks_of(rule: &Rule, subject: &[usize]) -> Result<(), Failure> {
    let mut pairs = rule.variables.iter().zip(subject);
    let twice = pairs.any(|(variable, row)| {
        variable.apart.iter().any(|other| subject.get(other.0) == Some(row))
    });
    if twice {
        return Err(Failure(format!("`{}` speaks of different rows only", rule.name)));
    }
    if rule.two && subject.first() > subject.get(1) {
        return Err(Failure(format!(
            "`{}` takes each pair once, in the order of the ids; turn the two around",
            rule.name
        )));
    }
    Ok(())
}
