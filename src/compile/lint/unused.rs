//! Definitions, risks and actions that nothing uses.

use std::collections::BTreeSet;

use crate::compile::walk::{self, Owner};
use crate::diagnostic::code::check::{UNUSED_ACTION, UNUSED_DEFINE, UNUSED_RISK};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{ActionId, AdviceKind, Condition, KnowledgeBase, PredicateId, RiskId, Term};

/// Warns of predicates that nothing but themselves asks for.
pub(in crate::compile) fn defines(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    let mut used: BTreeSet<PredicateId> = BTreeSet::new();
    for site in walk::sites(kb) {
        site.each(&mut |condition| {
            if let Condition::Holds(id, ..) = condition
                && site.owner != Owner::Predicate(*id)
            {
                used.insert(*id);
            }
        });
    }
    for (index, predicate) in kb.predicates.iter().enumerate() {
        let Some(definition) = predicate.definitions.first() else { continue };
        if !used.contains(&PredicateId(index)) {
            diagnostics.push(
                Diagnostic::new(
                    UNUSED_DEFINE,
                    definition.span,
                    format!("nothing uses the definition `{}`", predicate.name),
                )
                .help("use it in a rule, or take it out"),
            );
        }
    }
}

/// Warns of risks that no rule warns of.
pub(in crate::compile) fn risks(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    let used: BTreeSet<RiskId> = kb
        .rules
        .iter()
        .flat_map(|rule| &rule.advice)
        .filter_map(|advice| match advice.kind {
            AdviceKind::Warn(risk, _) => Some(risk),
            AdviceKind::Recommend(..) | AdviceKind::Encourage | AdviceKind::Note => None,
        })
        .collect();
    for (index, risk) in kb.risks.iter().enumerate() {
        if !used.contains(&RiskId(index)) {
            diagnostics.push(
                Diagnostic::new(
                    UNUSED_RISK,
                    risk.span,
                    format!("no rule warns of the risk `{}`", risk.name),
                )
                .help("write a rule that warns of it, or take it out"),
            );
        }
    }
}

/// Warns of actions that no rule recommends and no condition asks for, and that pull against no other: those are there
/// to be weighed.
pub(in crate::compile) fn actions(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    let mut used: BTreeSet<ActionId> = kb
        .rules
        .iter()
        .flat_map(|rule| &rule.advice)
        .filter_map(|advice| match advice.kind {
            AdviceKind::Recommend(action, _) => Some(action),
            AdviceKind::Warn(..) | AdviceKind::Encourage | AdviceKind::Note => None,
        })
        .collect();
    for site in walk::sites(kb) {
        site.each(&mut |condition| {
            let Condition::Test(test, _) = condition else { return };
            used.extend(walk::terms(test).into_iter().filter_map(|term| match term {
                Term::Attribute(id, _) => kb.vocabulary.attribute(*id).action,
                _ => None,
            }));
        });
    }
    for (index, action) in kb.actions.iter().enumerate() {
        used.extend(action.opposes.iter().map(|(other, _)| *other));
        used.extend((!action.opposes.is_empty()).then_some(ActionId(index)));
    }
    for (index, action) in kb.actions.iter().enumerate() {
        if !used.contains(&ActionId(index)) {
            diagnostics.push(
                Diagnostic::new(
                    UNUSED_ACTION,
                    action.span,
                    format!("no rule recommends the action `{}`", action.name),
                )
                .help("write a rule that recommends it, or take it out"),
            );
        }
    }
}
