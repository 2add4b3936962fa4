//! What became of a rule instead, and why: the facts that settle it, or those that leave it open.

use std::collections::BTreeSet;

use crate::engine::Status;
use crate::knowledge::{AttributeId, Rule, RuleId};
use crate::proof::support::{derivation_support, open_facts, settling_facts};
use crate::proof::{Fact, Grounds, Scope, View};

/// So many facts are named.
const NAMED: usize = 3;

/// What became of a rule for these subjects, with the reason where one subject is meant.
pub(super) fn outcome(
    view: View<'_>,
    rule: RuleId,
    subject: Option<&[String]>,
    found: &[(Status, String)],
) -> String {
    let told = tell(found);
    let because = match found {
        [] => reason(view, rule, subject, None),
        [(status, _)] => reason(view, rule, subject, Some(*status)),
        _ => None,
    };
    because.map_or_else(|| told.clone(), |because| format!("{told}: {because}"))
}

/// The facts that leave a derived attribute of a row open.
pub(super) fn unsettled(view: View<'_>, attribute: AttributeId, row: usize) -> Option<String> {
    let (_, open) = derivation_support(view, attribute, row);
    list(open.iter().map(|fact| lacking(view, *fact)))
}

fn tell(found: &[(Status, String)]) -> String {
    if found.is_empty() {
        return "it is silent".to_owned();
    }
    let each = found.iter().map(|(status, ids)| {
        let status = match status {
            Status::Firing => "it fires",
            Status::Provisional => "it is provisional",
            Status::Contested => "it is contested",
            Status::Open => "it is open",
            Status::SetAside => "it is set aside",
        };
        if ids.is_empty() { status.to_owned() } else { format!("{status} for {ids}") }
    });
    each.collect::<Vec<_>>().join("; ")
}

fn reason(
    view: View<'_>,
    id: RuleId,
    subject: Option<&[String]>,
    status: Option<Status>,
) -> Option<String> {
    let rule = view.kb.rules.get(id.0)?;
    let rows = rows(view, rule, subject)?;
    let scope = Scope::new(view, &rule.variables, &rows);
    let open =
        |condition| list(open_facts(&scope, condition).into_iter().map(|fact| lacking(view, fact)));
    let settled = |condition| {
        list(settling_facts(&scope, condition).into_iter().map(|fact| given(view, fact)))
    };
    match status {
        None if !scope.truth(&rule.when).possible() => settled(&rule.when),
        None => settled(&rule.unless).map(|facts| format!("its exception holds, as {facts}")),
        Some(Status::Open) => open(&rule.when).or_else(|| open(&rule.unless)),
        Some(Status::Provisional) => open(&rule.unless)
            .map(|facts| format!("an exception is possible, as {facts}"))
            .or_else(|| overriding(view, rule, &rows, |other| other != Status::Firing)),
        Some(Status::SetAside) => overriding(view, rule, &rows, |other| other == Status::Firing),
        Some(Status::Firing | Status::Contested) => None,
    }
}

/// The rows that are meant: those named, or the only ones that there are.
fn rows(view: View<'_>, rule: &Rule, subject: Option<&[String]>) -> Option<Vec<usize>> {
    let variables = rule.variables.iter().take(rule.subjects);
    if let Some(ids) = subject {
        return ids
            .iter()
            .zip(variables)
            .map(|(id, variable)| view.facts.find_row(variable.entity, id))
            .collect();
    }
    match rule.variables.get(..rule.subjects)? {
        [] => Some(Vec::new()),
        [only] if view.listed(only.entity) == 1 => Some(vec![0]),
        _ => None,
    }
}

/// The rule that overrides this one for these rows, or may do so.
fn overriding(
    view: View<'_>,
    rule: &Rule,
    rows: &[usize],
    wanted: fn(Status) -> bool,
) -> Option<String> {
    let over = view.model.conclusions.iter().find(|one| {
        wanted(one.status)
            && one.subject.as_slice() == rows
            && rule.overridden_by.contains(&one.rule)
    })?;
    let name = &view.kb.rules.get(over.rule.0)?.name;
    let verb = if over.status == Status::Firing { "overrides" } else { "may override" };
    Some(format!("`{name}` {verb} it"))
}

fn given(view: View<'_>, fact: Fact) -> String {
    if let Some(entity) = others(view, fact) {
        return format!("the list of `{entity}` may go on");
    }
    let known = view.describe(fact);
    let default = if known.grounds == Grounds::Default { " by default" } else { "" };
    format!("`{}` is {}{default}", known.path, known.value)
}

fn lacking(view: View<'_>, fact: Fact) -> String {
    if let Some(entity) = others(view, fact) {
        return format!("the list of `{entity}` may go on");
    }
    let known = view.describe(fact);
    match known.grounds {
        _ if fact == Fact::Today => "no date is given (`at`)".to_owned(),
        Grounds::NotStated => format!("`{}` is not given", known.path),
        Grounds::Unknown => format!("`{}` is given as unknown", known.path),
        Grounds::Stated | Grounds::Default => format!("`{}` may be {}", known.path, known.value),
    }
}

/// The entity whose rows beyond those listed a fact is about.
fn others(view: View<'_>, fact: Fact) -> Option<&str> {
    let vocabulary = &view.kb.vocabulary;
    let unlisted = |entity, row| view.has_unlisted(entity) && !view.is_listed(entity, row);
    let entity = match fact {
        Fact::Others(entity) => Some(entity),
        Fact::Attribute(attribute, row) => {
            let entity = vocabulary.attribute(attribute).entity;
            unlisted(entity, row).then_some(entity)
        }
        Fact::Relation(relation, a, b) => {
            let ends = vocabulary.relation(relation).entities.into_iter().zip([a, b]);
            ends.into_iter().find(|(entity, row)| unlisted(*entity, *row)).map(|(entity, _)| entity)
        }
        Fact::Today => None,
    }?;
    Some(&vocabulary.entity(entity).name)
}

/// The first few in words, each once; nothing where there are none.
fn list(facts: impl Iterator<Item = String>) -> Option<String> {
    let facts: BTreeSet<String> = facts.collect();
    let more = facts.len().saturating_sub(NAMED);
    let mut named: Vec<String> = facts.into_iter().take(NAMED).collect();
    if more > 0 {
        named.push(format!("{more} more"));
    }
    let last = named.pop()?;
    Some(if named.is_empty() { last } else { format!("{} and {last}", named.join(", ")) })
}
