//! Examples and cases put to the test: what is expected of them, against what the engine concludes.
//! Says nothing about how they are read or shown.

mod on_case;
mod why;

use crate::case;
use crate::diagnostic::code::trial::{CHANGED_EXAMPLE, UNMET_EXPECTATION};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::engine::{Limit, Limits, Model, Plan, Status};
use crate::facts::Facts;
use crate::knowledge::{AttributeId, Example, Expectation, ExpectedStatus, KnowledgeBase, RuleId};
use crate::proof::View;
use crate::source::Span;
use crate::value::Possible;

pub use on_case::on_case;

/// How examples come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tried {
    /// So many as expected.
    pub met: usize,
    /// So many of packs below the last one otherwise.
    pub changed: usize,
}

/// Runs all examples; each expectation that is not met becomes a diagnostic: an error, or for an example of a pack below the
/// last one a warning, since a pack that is laid over another may well change what becomes of its examples.
///
/// # Errors
/// Where an example is larger than the engine's limits allow.
pub fn run(
    kb: &KnowledgeBase,
    limits: Limits,
    diagnostics: &mut Diagnostics,
) -> Result<Tried, Limit> {
    let facts: Vec<Facts> =
        kb.examples.iter().map(|example| case::given(&kb.vocabulary, example)).collect();
    let models = Plan::new(kb).infer(&facts.iter().collect::<Vec<_>>(), limits)?;
    let mut tried = Tried::default();
    for ((example, facts), model) in kb.examples.iter().zip(&facts).zip(&models) {
        let trial = Trial { kb, example, facts, model };
        let misses: Vec<Diagnostic> =
            example.expects.iter().filter_map(|expectation| trial.miss(expectation)).collect();
        tried.met += usize::from(misses.is_empty());
        tried.changed += usize::from(!misses.is_empty() && trial.is_below());
        diagnostics.extend(misses);
    }
    Ok(tried)
}

struct Trial<'a> {
    kb: &'a KnowledgeBase,
    example: &'a Example,
    facts: &'a Facts,
    model: &'a Model,
}

impl<'a> Trial<'a> {
    fn view(&self) -> View<'a> {
        View { kb: self.kb, facts: self.facts, model: self.model }
    }

    /// Whether the example belongs to a pack over which another one is laid.
    fn is_below(&self) -> bool {
        self.example.pack + 1 < self.kb.packs.len()
    }

    fn miss(&self, expectation: &Expectation) -> Option<Diagnostic> {
        match expectation {
            Expectation::Rule { status, rule, subject, span } => {
                self.rule_miss(*status, *rule, subject.as_deref(), *span)
            }
            Expectation::Value { attribute, row, possible, span } => {
                self.value_miss(*attribute, row.as_deref(), *possible, *span)
            }
        }
    }

    fn rule_miss(
        &self,
        expected: ExpectedStatus,
        rule: RuleId,
        subject: Option<&[String]>,
        span: Span,
    ) -> Option<Diagnostic> {
        let found: Vec<(Status, String)> = self
            .model
            .conclusions
            .iter()
            .filter(|conclusion| conclusion.rule == rule)
            .map(|conclusion| {
                (conclusion.status, subject_ids(self.kb, self.facts, rule, &conclusion.subject))
            })
            .filter(|(_, ids)| subject.is_none_or(|subject| *ids == subject.join(", ")))
            .collect();
        let met = match expected {
            ExpectedStatus::No => found.iter().all(|(status, _)| *status == Status::SetAside),
            other => found.iter().any(|(status, _)| status_of(other) == Some(*status)),
        };
        if met {
            return None;
        }
        let name = self.kb.rules.get(rule.0).map_or("", |rule| rule.name.as_str());
        let about = subject.map_or(String::new(), |subject| format!(" for {}", subject.join(", ")));
        let message = format!("`{name}`{about} {}", wanted(expected));
        let outcome = why::outcome(self.view(), rule, subject, &found);
        Some(self.diagnostic(span, message, &outcome))
    }

    fn value_miss(
        &self,
        attribute: AttributeId,
        row: Option<&str>,
        expected: Possible,
        span: Span,
    ) -> Option<Diagnostic> {
        let declared = self.kb.vocabulary.attribute(attribute);
        let row = self.facts.find_row(declared.entity, row.unwrap_or(""))?;
        let found = match self.model.derived.get(&attribute) {
            Some(values) => *values.get(row)?,
            None => self.facts.cell(attribute, row)?.possible,
        };
        if found == expected {
            return None;
        }
        let message = format!("`{}` should be {}", declared.name, self.words(attribute, expected));
        let because = why::unsettled(self.view(), attribute, row);
        let because = because.map_or_else(String::new, |because| format!(": {because}"));
        let label = format!("it is {}{because}", self.words(attribute, found));
        Some(self.diagnostic(span, message, &label))
    }

    fn words(&self, attribute: AttributeId, possible: Possible) -> String {
        let vocabulary = &self.kb.vocabulary;
        let kind = vocabulary.attribute(attribute).kind;
        if possible == vocabulary.everything(kind) {
            return "unknown".to_owned();
        }
        let (Possible::Choice(members), crate::knowledge::Type::Choice(domain)) = (possible, kind)
        else {
            return "something else".to_owned();
        };
        let names = vocabulary.domain(domain).members.iter().enumerate();
        names
            .filter(|(index, _)| members >> index & 1 == 1)
            .map(|(_, member)| format!("`{}`", member.name))
            .collect::<Vec<_>>()
            .join(" or ")
    }

    fn diagnostic(&self, span: Span, message: String, label: &str) -> Diagnostic {
        let code = if self.is_below() { CHANGED_EXAMPLE } else { UNMET_EXPECTATION };
        let report = Diagnostic::new(code, span, message)
            .label(label)
            .related(self.example.span, format!("in the example \"{}\"", self.example.title));
        let Some(top) = self.kb.packs.last().filter(|_| self.is_below()) else { return report };
        report.help(format!(
            "this example belongs to a pack below `{}`: make sure that the change is meant",
            top.id
        ))
    }
}

/// The ids of a subject's rows.
fn subject_ids(kb: &KnowledgeBase, facts: &Facts, rule: RuleId, subject: &[usize]) -> String {
    let variables = kb.rules.get(rule.0).map_or(&[][..], |rule| &rule.variables);
    let ids = subject.iter().zip(variables).filter_map(|(row, variable)| {
        facts.rows(variable.entity).list.get(*row).map(|row| row.id.as_str())
    });
    ids.collect::<Vec<_>>().join(", ")
}

fn status_of(expected: ExpectedStatus) -> Option<Status> {
    match expected {
        ExpectedStatus::No => None,
        ExpectedStatus::Fires => Some(Status::Firing),
        ExpectedStatus::Open => Some(Status::Open),
        ExpectedStatus::Provisional => Some(Status::Provisional),
        ExpectedStatus::Contested => Some(Status::Contested),
        ExpectedStatus::SetAside => Some(Status::SetAside),
    }
}

fn wanted(expected: ExpectedStatus) -> &'static str {
    match expected {
        ExpectedStatus::Fires => "should fire",
        ExpectedStatus::No => "should be silent",
        ExpectedStatus::Open => "should be open",
        ExpectedStatus::Provisional => "should be provisional",
        ExpectedStatus::Contested => "should be contested",
        ExpectedStatus::SetAside => "should be set aside",
    }
}
