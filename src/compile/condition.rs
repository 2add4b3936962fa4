//! Blocks and conditions: logic, quantifiers, what holds or was done. Tests of values stand in `test`.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::compile as code;
use crate::knowledge::{Condition, EntityKind, Quantified, Quantifier, Row, Term, Test, Type};
use crate::source::{SourceId, Span};
use crate::syntax::tree::{self, Block, ConditionKind, Name, Operand};

use super::names::{bit, look_up};
use super::scope::{Declaring, Lowering};

/// The condition that always holds, also in the place of a condition that was reported.
pub(super) fn nothing() -> Condition {
    Condition::All(Vec::new())
}

impl Lowering<'_> {
    /// All conditions of a block.
    pub(super) fn block(&mut self, block: &Block) -> Condition {
        all(self.conditions(block))
    }

    /// The conditions of a block.
    pub(super) fn conditions(&mut self, block: &Block) -> Vec<Condition> {
        block.conditions.iter().map(|condition| self.condition(condition)).collect()
    }

    /// One condition.
    pub(super) fn condition(&mut self, condition: &tree::Condition) -> Condition {
        let span = condition.span;
        match &condition.kind {
            ConditionKind::Holds { negated, operand } => {
                let lowered = self.operand_holds(operand, span).unwrap_or_else(nothing);
                negate_if(*negated, lowered)
            }
            ConditionKind::Test { operand, test } => {
                self.test(operand, test, span).unwrap_or_else(nothing)
            }
            ConditionKind::AnyOf(block) => Condition::Any(self.conditions(block)),
            ConditionKind::NoneOf(block) => negate(Condition::Any(self.conditions(block))),
            ConditionKind::NotAll(block) => negate(self.block(block)),
            ConditionKind::All(block) => self.block(block),
            ConditionKind::Quantified(quantified) => {
                self.quantified(quantified, span, false).unwrap_or_else(nothing)
            }
            ConditionKind::Done { negated, action, subject } => {
                let lowered = self.done(action, subject.as_ref(), span).unwrap_or_else(nothing);
                negate_if(*negated, lowered)
            }
        }
    }

    /// The conditions of a rule's `when`, whose own `some` can be named in texts.
    pub(super) fn top(&mut self, block: &Block) -> Vec<Condition> {
        block
            .conditions
            .iter()
            .map(|condition| match &condition.kind {
                ConditionKind::Quantified(quantified) => {
                    self.quantified(quantified, condition.span, true).unwrap_or_else(nothing)
                }
                _ => self.condition(condition),
            })
            .collect()
    }

    fn operand_holds(&mut self, operand: &Operand, span: Span) -> Option<Condition> {
        if let Operand::Call(call) = operand
            && self.names.predicates.contains_key(&call.name.text)
        {
            return self.holds(call);
        }
        let typed = self.operand(operand)?;
        if typed.kind == Type::YES_NO {
            return Some(Condition::Test(Test::Among(typed.term, bit(1)), span));
        }
        let help = match typed.kind {
            Type::Choice(domain) if self.names.vocabulary.domain(domain).ordered => {
                "compare it: `is …`, `at least …`, `at most …`"
            }
            Type::Choice(_) => "compare it: `is …`, `is not …`",
            Type::Set(_) => "test it: `includes …`, `excludes …`, `is empty`",
            Type::Number | Type::Date => "compare it: `at least …`, `below …`",
        };
        let message = format!("{} alone is not a condition", self.names.describe(typed.kind));
        let report = Diagnostic::new(code::NOT_YES_NO, operand.span(), message)
            .label("neither yes nor no")
            .help(help);
        self.push(report);
        None
    }

    fn done(&mut self, action: &Name, subject: Option<&Name>, span: Span) -> Option<Condition> {
        let id = look_up(
            (&self.names.actions, &self.names.forgiven),
            action,
            code::UNKNOWN_ACTION,
            "action",
            self.diagnostics,
        );
        let (entity, row) = match subject {
            None => (None, Row::Only),
            Some(name) => {
                let (variable, entity) = self.require(name)?;
                let known = self.names.vocabulary.entity(entity);
                if known.kind != EntityKind::Many {
                    let message = format!("nothing is done for a `{}`", known.name);
                    let report = Diagnostic::new(code::WRONG_ARGUMENTS, name.span, message)
                        .label("expected a row that a case lists")
                        .help("leave out `for`, or name a row of an `entity`");
                    self.push(report);
                    return None;
                }
                (Some(entity), Row::Variable(variable))
            }
        };
        let attribute = self.names.vocabulary.find_done(id?, entity)?;
        Some(Condition::Test(Test::Among(Term::Attribute(attribute, row), bit(1)), span))
    }

    fn quantified(&mut self, tree: &tree::Quantified, span: Span, top: bool) -> Option<Condition> {
        let mark = self.enter();
        let parameter = &tree.parameter;
        let variable = self.declare(Declaring { parameter, other: tree.other, plural: true });
        if top && tree.quantifier == tree::Quantifier::Some {
            self.witnesses.push((parameter.name.text.clone(), variable));
        }
        let filter = tree.filter.as_ref().map_or_else(nothing, |block| self.block(block));
        let body = self.block(&tree.body);
        self.leave(mark);
        let (quantifier, negated) = match tree.quantifier {
            tree::Quantifier::No | tree::Quantifier::AtMost(0) => (Quantifier::Some, true),
            tree::Quantifier::Every => (Quantifier::Every, false),
            tree::Quantifier::Most => (Quantifier::Most, false),
            tree::Quantifier::AtLeast(0) => return Some(nothing()),
            tree::Quantifier::Some | tree::Quantifier::AtLeast(1) => (Quantifier::Some, false),
            tree::Quantifier::AtLeast(count) => (Quantifier::AtLeast(count), false),
            tree::Quantifier::AtMost(count) => (Quantifier::AtLeast(count.saturating_add(1)), true),
        };
        let counted = Quantified {
            quantifier,
            variable: variable?,
            filter: Box::new(filter),
            body: Box::new(body),
        };
        Some(negate_if(negated, Condition::Quantified(counted, span)))
    }
}

/// All of these; one alone stands for itself.
pub(super) fn all(mut conditions: Vec<Condition>) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        Some(last) => {
            conditions.push(last);
            Condition::All(conditions)
        }
        None => nothing(),
    }
}

/// It does not hold.
pub(super) fn negate(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

/// It does not hold, where `negated`.
pub(super) fn negate_if(negated: bool, condition: Condition) -> Condition {
    if negated { negate(condition) } else { condition }
}

/// A condition without its places, as a key that is the same wherever it stands.
pub(super) fn shape(condition: &Condition) -> String {
    format!("{:?}", unplaced(condition))
}

fn unplaced(condition: &Condition) -> Condition {
    let nowhere = Span { source: SourceId(0), start: 0, end: 0 };
    let each = |list: &[Condition]| list.iter().map(unplaced).collect();
    match condition {
        Condition::All(list) => Condition::All(each(list)),
        Condition::Any(list) => Condition::Any(each(list)),
        Condition::Not(inner) => negate(unplaced(inner)),
        Condition::Test(test, _) => Condition::Test(test.clone(), nowhere),
        Condition::Holds(id, variables, _) => Condition::Holds(*id, variables.clone(), nowhere),
        Condition::Quantified(quantified, _) => {
            let quantified = Quantified {
                quantifier: quantified.quantifier,
                variable: quantified.variable,
                filter: Box::new(unplaced(&quantified.filter)),
                body: Box::new(unplaced(&quantified.body)),
            };
            Condition::Quantified(quantified, nowhere)
        }
    }
}
