//! The evaluator for one case asked for every conclusion, predicate and derived attribute, beside what the engine found.

use convener::engine::{Model, Status};
use convener::facts::Facts;
use convener::knowledge::{EntityKind, KnowledgeBase, RuleId};
use convener::proof::{Scope, View};
use convener::truth::Truth;

/// Every way in which rows may stand for variables of these sizes.
fn tuples(sizes: &[usize]) -> Vec<Vec<usize>> {
    sizes.iter().fold(vec![Vec::new()], |tuples, size| {
        let extend = |tuple: Vec<usize>| {
            (0..*size).map(move |row| tuple.iter().copied().chain([row]).collect())
        };
        tuples.into_iter().flat_map(extend).collect()
    })
}

/// Whether a rule may fire and whether it fires, by the evaluator.
fn bounds(view: View<'_>, rule: RuleId, subject: &[usize]) -> (bool, bool) {
    let declared = &view.kb.rules[rule.0];
    let scope = Scope::new(view, &declared.variables, subject);
    let (when, unless) = (scope.truth(&declared.when), scope.truth(&declared.unless));
    let overriding = declared.overridden_by.iter();
    let overriding = overriding.filter(|other| is_subject(view.kb, **other, subject));
    let overriding = overriding.map(|other| bounds(view, *other, subject));
    let (may, fires) = overriding.fold((false, false), |(a, b), (c, d)| (a || c, b || d));
    (when.possible() && !unless.certain() && !fires, when.certain() && !unless.possible() && !may)
}

fn status(view: View<'_>, rule: RuleId, subject: &[usize]) -> Option<Status> {
    let declared = &view.kb.rules[rule.0];
    let scope = Scope::new(view, &declared.variables, subject);
    let (when, unless) = (scope.truth(&declared.when), scope.truth(&declared.unless));
    let (may, fires) = bounds(view, rule, subject);
    if fires {
        Some(Status::Firing)
    } else if when == Truth::True && may {
        Some(Status::Provisional)
    } else if when.possible() && !unless.certain() && !may {
        Some(Status::SetAside)
    } else {
        may.then_some(Status::Open)
    }
}

fn is_subject(kb: &KnowledgeBase, rule: RuleId, subject: &[usize]) -> bool {
    let rule = &kb.rules[rule.0];
    let apart = rule
        .variables
        .iter()
        .take(rule.subjects)
        .zip(subject)
        .all(|(variable, row)| variable.apart.iter().all(|other| subject[other.0] != *row));
    apart && (!rule.two || subject[0] < subject[1])
}

/// Fails where the evaluator comes to another conclusion; calls for each subject with what it comes to. What is contested
/// the evaluator cannot know.
pub(crate) fn check_conclusions(
    kb: &KnowledgeBase,
    facts: &Facts,
    model: &Model,
    mut each: impl FnMut(RuleId, &[usize], Option<Status>),
) {
    let view = View { kb, facts, model };
    for rule in (0..kb.rules.len()).map(RuleId) {
        let declared = &kb.rules[rule.0];
        let subjects = declared.variables.iter().take(declared.subjects);
        let sizes: Vec<usize> = subjects.map(|variable| view.listed(variable.entity)).collect();
        for subject in tuples(&sizes).into_iter().filter(|rows| is_subject(kb, rule, rows)) {
            let mut found = model.conclusions.iter();
            let found = found.find(|one| one.rule == rule && one.subject.as_slice() == subject);
            let found = found.map(|conclusion| conclusion.status);
            let expected = status(view, rule, &subject);
            if found == Some(Status::Contested) {
                assert!(matches!(expected, None | Some(Status::Open)), "{}", declared.name);
            } else {
                assert_eq!(found, expected, "{} for {subject:?}", declared.name);
            }
            each(rule, &subject, expected);
        }
    }
}

/// Fails where the evaluator finds another truth of a predicate or another value of a derived attribute.
pub(crate) fn check_definitions(kb: &KnowledgeBase, facts: &Facts, model: &Model) {
    let view = View { kb, facts, model };
    for (index, predicate) in kb.predicates.iter().enumerate() {
        let size = |entity| view.listed(entity) + usize::from(view.has_unlisted(entity));
        let sizes: Vec<usize> = predicate.parameters.iter().map(|entity| size(*entity)).collect();
        for rows in tuples(&sizes) {
            let any = predicate.definitions.iter().fold(Truth::False, |truth, definition| {
                truth.or(Scope::new(view, &definition.variables, &rows).truth(&definition.when))
            });
            let held = model.truth(convener::knowledge::PredicateId(index), &rows);
            assert_eq!(any, held, "{} of {rows:?} is a fixpoint", predicate.name);
        }
    }
    for (attribute, values) in &model.derived {
        let declared = kb.vocabulary.attribute(*attribute);
        assert!(kb.vocabulary.entity(declared.entity).kind != EntityKind::One || values.len() == 1);
        for (row, value) in values.iter().enumerate() {
            let stated = facts.cell(*attribute, row).is_some_and(convener::facts::Cell::is_stated);
            let expected = if stated {
                facts.cell(*attribute, row).unwrap().possible
            } else {
                view.derivation(*attribute, row)
            };
            assert_eq!(*value, expected, "{} of row {row}", declared.name);
        }
    }
}
