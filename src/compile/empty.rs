//! Blocks in which nothing stands, and rules that ask for nothing: what they say by that is seldom meant.

use crate::diagnostic::code::check::{ALWAYS_HOLDS, NEVER_FIRES, NEVER_HOLDS};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::tree::{Block, Condition, ConditionKind, DeriveBody, Quantifier, Rule};

use super::collect::Declared;

/// Warns of empty blocks in all items that have conditions.
pub(super) fn empty(declared: &Declared, diagnostics: &mut Diagnostics) {
    for rule in &declared.rules {
        of_rule(rule, diagnostics);
    }
    for define in &declared.definitions {
        asking(&define.when, diagnostics);
    }
    for derive in &declared.derivations {
        let DeriveBody::Branches(branches) = &derive.body else { continue };
        for block in branches.iter().filter_map(|branch| branch.when.as_ref()) {
            asking(block, diagnostics);
        }
    }
    for block in declared.questions.iter().filter_map(|question| question.answered.as_ref()) {
        asking(block, diagnostics);
    }
}

fn of_rule(rule: &Rule, diagnostics: &mut Diagnostics) {
    let asked = rule.subject.iter().filter_map(|subject| subject.condition.as_ref());
    for block in asked.chain(&rule.when) {
        inside(block, diagnostics);
    }
    for block in &rule.unless {
        if block.conditions.is_empty() {
            let report = Diagnostic::new(NEVER_FIRES, block.span, "this exception always holds");
            diagnostics.push(
                report
                    .label(format!("so `{}` never fires", rule.name.text))
                    .help("say when the rule does not hold, or take the exception out"),
            );
        }
        inside(block, diagnostics);
    }
    let asks = rule.when.as_ref().is_some_and(|block| !block.conditions.is_empty());
    if asks || rule.subject.is_some() || rule.qualifies.is_some() || !rule.unless.is_empty() {
        return;
    }
    let message = format!("the rule `{}` asks for nothing", rule.name.text);
    diagnostics.push(
        Diagnostic::new(ALWAYS_HOLDS, rule.name.span, message)
            .label("so it fires in every case")
            .help("say in `when { … }` what it depends on; what is always true is a `caveat`"),
    );
}

/// A block that must ask for something, with what stands in it.
fn asking(block: &Block, diagnostics: &mut Diagnostics) {
    if block.conditions.is_empty() {
        diagnostics.push(always(block.span));
    }
    inside(block, diagnostics);
}

fn inside(block: &Block, diagnostics: &mut Diagnostics) {
    for condition in &block.conditions {
        judge(condition, diagnostics);
    }
}

fn judge(condition: &Condition, diagnostics: &mut Diagnostics) {
    match &condition.kind {
        ConditionKind::AnyOf(block) | ConditionKind::NotAll(block) => {
            if block.conditions.is_empty() {
                diagnostics.push(never(condition.span));
            }
            inside(block, diagnostics);
        }
        ConditionKind::NoneOf(block) | ConditionKind::All(block) => {
            if block.conditions.is_empty() {
                diagnostics.push(always(condition.span));
            }
            inside(block, diagnostics);
        }
        ConditionKind::Quantified(quantified) => {
            if quantified.quantifier == Quantifier::AtLeast(0) {
                diagnostics.push(
                    Diagnostic::new(ALWAYS_HOLDS, condition.span, "this condition always holds")
                        .label("none at all is at least 0")
                        .help("write `at least 1`, or take it out"),
                );
            }
            for block in quantified.filter.iter().chain([&quantified.body]) {
                inside(block, diagnostics);
            }
        }
        ConditionKind::Holds { .. } | ConditionKind::Test { .. } | ConditionKind::Done { .. } => {}
    }
}

fn always(span: Span) -> Diagnostic {
    Diagnostic::new(ALWAYS_HOLDS, span, "this condition always holds")
        .label("nothing stands in it")
        .help("put what must hold between the braces, or take it out")
}

fn never(span: Span) -> Diagnostic {
    Diagnostic::new(NEVER_HOLDS, span, "this condition can never hold")
        .label("nothing stands in it")
        .help("put the conditions between the braces, or take it out")
}
