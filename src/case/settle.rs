//! What one place states, put in order: a fact stated twice alike counts once, stated differently it is a contradiction.
//! Nothing here depends on the order in which the facts stand.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, code};
use crate::knowledge::ActionId;
use crate::source::Span;

use super::read::Reader;
use super::words::quoted;
use super::{ActionTaken, Effect, Fact, Statements, Target};

/// Puts the statements of one place in order.
pub(super) fn settle(reader: &mut Reader<'_>, mut statements: Statements) -> Statements {
    statements.facts.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut facts: Vec<Fact> = Vec::with_capacity(statements.facts.len());
    for fact in statements.facts {
        match facts.last().filter(|last| last.target == fact.target) {
            Some(last) if same(last, &fact) => {}
            Some(last) if agree(last, &fact) => facts.push(fact),
            Some(last) => {
                let problem = disagreement(
                    reader,
                    code::case::CONTRADICTORY_FACTS,
                    &fact.target,
                    [last.record.span, fact.record.span],
                );
                reader.problem(problem.help("keep one, or write who says what: `says = { … }`"));
            }
            None => facts.push(fact),
        }
    }
    statements.facts = facts;
    statements.actions = actions(reader, statements.actions);
    statements
}

type Key<'f> = (&'f Target, Option<&'f str>, Option<&'f str>, Span);

fn key(fact: &Fact) -> Key<'_> {
    let record = &fact.record;
    (&fact.target, record.source.as_deref(), record.note.as_deref(), record.span)
}

/// Whether two statements about one fact say the same.
fn same(a: &Fact, b: &Fact) -> bool {
    a.effect == b.effect && a.record.says == b.record.says && a.record.unknown == b.record.unknown
}

/// Whether two statements about one fact leave the same behind in whichever order they are taken.
pub(super) fn agree(a: &Fact, b: &Fact) -> bool {
    match (a.effect, b.effect) {
        (Effect::Add(a), Effect::Remove(b)) | (Effect::Remove(a), Effect::Add(b)) => a & b == 0,
        (Effect::Add(_), Effect::Add(_)) | (Effect::Remove(_), Effect::Remove(_)) => true,
        _ => same(a, b),
    }
}

/// Two places that state one fact differently.
pub(super) fn disagreement(
    reader: &Reader<'_>,
    code: Code,
    target: &Target,
    [a, b]: [Span; 2],
) -> Diagnostic {
    let (first, second) = (a.min(b), a.max(b));
    let message = format!("{} is stated in two ways", subject(reader, target));
    Diagnostic::new(code, second, message).label("another way here").related(first, "one way here")
}

/// What a fact is about, in words.
pub(super) fn subject(reader: &Reader<'_>, target: &Target) -> String {
    match target {
        Target::Attribute(id, row) => {
            let attribute = reader.vocabulary.attribute(*id);
            if row.is_empty() {
                let entity = &reader.vocabulary.entity(attribute.entity).name;
                return format!("`{}` of `{entity}`", attribute.name);
            }
            format!("`{}` of {}", attribute.name, quoted(row))
        }
        Target::Tie(id, a, b) => {
            let name = &reader.vocabulary.relation(*id).name;
            format!("`{name}` of {} and {}", quoted(a), quoted(b))
        }
    }
}

/// Actions in order, those without a row first, each once.
fn actions(reader: &mut Reader<'_>, mut actions: Vec<ActionTaken>) -> Vec<ActionTaken> {
    let key = |taken: &ActionTaken| (taken.row.is_some(), taken.action, taken.row.clone());
    actions.sort_by_key(|taken| (key(taken), taken.taken, taken.record.span));
    actions.dedup_by(|a, b| key(a) == key(b) && a.taken == b.taken);
    let mut last: Option<&ActionTaken> = None;
    let mut for_all: BTreeMap<ActionId, &ActionTaken> = BTreeMap::new();
    for taken in &actions {
        let before = last.filter(|last| clash(last, taken));
        let for_all_before = for_all.get(&taken.action).copied().filter(|all| clash(all, taken));
        if let Some(other) = before.or(for_all_before) {
            let problem = clash_of(reader, code::case::CONTRADICTORY_FACTS, other, taken);
            reader.problem(
                problem
                    .help("an action taken for some and not for others names each: `for = \"…\"`"),
            );
        }
        if taken.row.is_none() {
            for_all.insert(taken.action, taken);
        }
        last = Some(taken);
    }
    actions
}

/// Whether an action is said to be taken and not taken; without a row it is meant for all.
pub(super) fn clash(a: &ActionTaken, b: &ActionTaken) -> bool {
    let meet = a.row == b.row || a.row.is_none() || b.row.is_none();
    a.action == b.action && a.taken != b.taken && meet
}

/// Two places that say of one action that it was taken and that it was not.
pub(super) fn clash_of(
    reader: &Reader<'_>,
    code: Code,
    a: &ActionTaken,
    b: &ActionTaken,
) -> Diagnostic {
    let attributes = reader.vocabulary.attributes.iter();
    let name = attributes
        .filter(|attribute| attribute.action == Some(a.action))
        .map(|attribute| attribute.name.as_str())
        .next()
        .unwrap_or_default();
    let (taken, not) = if a.taken { (a, b) } else { (b, a) };
    Diagnostic::new(code, not.record.span, format!("`{name}` was both done and not done"))
        .label("not done, it says here")
        .related(taken.record.span, "done, it says here")
}
