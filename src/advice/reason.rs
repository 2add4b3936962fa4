//! Turns conclusions that fire or are provisional into reasons: their texts, facts, exceptions and remarks.
//! Gathers by risk and action; ranks nothing.

use std::collections::BTreeMap;

use crate::engine::model::{Conclusion, Status};
use crate::knowledge::{
    ActionId, Advice as Clause, AdviceKind, CitationId, EntityKind, KnowledgeBase, RiskId, Rule,
    RuleId, Severity, Template,
};
use crate::proof::{Fact, Scope, Support, View, Wording, support};
use crate::value::Possible;

use super::stage::Clock;
use super::{Cited, Reason};

/// A reason with the rule that it comes from.
pub(super) type Grounded = (RuleId, Reason);

/// All reasons, by what they are for.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    pub(super) risks: BTreeMap<RiskId, Vec<Grounded>>,
    pub(super) actions: BTreeMap<ActionId, Vec<Grounded>>,
    pub(super) encouragements: Vec<Reason>,
    pub(super) notes: Vec<Reason>,
    /// Facts that leave exceptions open, by rule and subject, with the score that the advice has.
    pub(super) provisional: Vec<(RuleId, i64, Vec<Fact>)>,
}

pub(super) fn collect(view: View<'_>, clock: &Clock) -> Reasons {
    let mut reasons = Reasons::default();
    for conclusion in &view.model.conclusions {
        let provisional = conclusion.status == Status::Provisional;
        let Some(rule) = view.kb.rules.get(conclusion.rule.0) else { continue };
        if !(provisional || conclusion.status == Status::Firing) || clock.is_over(rule) {
            continue;
        }
        let reason = Draft::new(view, conclusion, rule);
        if provisional {
            let open = reason.support.open.iter().copied().collect();
            reasons.provisional.push((conclusion.rule, weight(view.kb, clock, rule), open));
        }
        for clause in &rule.advice {
            reasons.add(view, &reason, clause);
        }
    }
    reasons.sort();
    reasons
}

impl Reasons {
    fn add(&mut self, view: View<'_>, draft: &Draft<'_>, clause: &Clause) {
        let id = draft.conclusion.rule;
        match clause.kind {
            AdviceKind::Warn(risk, severity) => {
                self.risks.entry(risk).or_default().push((id, draft.reason(clause, severity)));
            }
            AdviceKind::Recommend(action, severity) => {
                let mut reason = draft.reason(clause, severity);
                let taken = taken(view, draft.rule, &draft.conclusion.subject, action);
                let arose = reason.facts.iter().map(|fact| view.since(*fact)).max().unwrap_or(0);
                reason.done = taken.is_some_and(|taken| taken >= arose);
                reason.done_before = taken.is_some_and(|taken| taken < arose);
                self.actions.entry(action).or_default().push((id, reason));
            }
            AdviceKind::Encourage => self.encouragements.push(draft.reason(clause, Severity::Low)),
            AdviceKind::Note if draft.rule.qualifies.is_none() => {
                self.notes.push(draft.reason(clause, Severity::Low));
            }
            AdviceKind::Note => {}
        }
    }

    fn sort(&mut self) {
        let order = |a: &Reason, b: &Reason| (&a.rule, &a.subject).cmp(&(&b.rule, &b.subject));
        self.encouragements.sort_by(order);
        self.notes.sort_by(order);
        let all = self.risks.values_mut().chain(self.actions.values_mut());
        for list in all {
            list.sort_by(|(_, a), (_, b)| order(a, b));
        }
        self.provisional.sort();
    }
}

/// What all advice of one conclusion shares.
struct Draft<'a> {
    conclusion: &'a Conclusion,
    rule: &'a Rule,
    support: Support,
    wording: Wording<'a>,
    subject: Vec<String>,
    names: Vec<String>,
    notes: Vec<String>,
    /// The severity that it is softened to.
    at_most: Severity,
    cites: Vec<Cited>,
}

impl<'a> Draft<'a> {
    fn new(view: View<'a>, conclusion: &'a Conclusion, rule: &'a Rule) -> Draft<'a> {
        let support = support(view, conclusion.rule, &conclusion.subject);
        let (notes, at_most) = qualifications(view, conclusion, rule);
        Draft {
            conclusion,
            rule,
            wording: wording(view, rule, &conclusion.subject, &support),
            support,
            subject: subject_ids(view, rule, &conclusion.subject),
            names: subject_names(view, rule, &conclusion.subject),
            notes,
            at_most,
            cites: cited(view.kb, &rule.cites),
        }
    }

    fn reason(&self, clause: &Clause, severity: Severity) -> Reason {
        let provisional = self.conclusion.status == Status::Provisional;
        Reason {
            rule: self.rule.name.clone(),
            span: self.rule.span,
            subject: self.subject.clone(),
            names: self.names.clone(),
            text: self.wording.render(&clause.text),
            severity: severity.min(self.at_most),
            provisional,
            unless: if provisional {
                self.support.open.iter().copied().collect()
            } else {
                Vec::new()
            },
            done: false,
            done_before: false,
            evidence: self.support.evidence,
            notes: self.notes.clone(),
            facts: self.support.facts.iter().copied().collect(),
            cites: self.cites.clone(),
        }
    }
}

/// How the texts of a rule are filled for a subject.
pub(super) fn wording<'a>(
    view: View<'a>,
    rule: &'a Rule,
    subject: &[usize],
    support: &Support,
) -> Wording<'a> {
    let scope = Scope::new(view, &rule.variables, subject);
    Wording::of_rule(&scope, rule.subjects, &support.witnesses)
}

/// The remarks on a conclusion, and the severity that it has at most.
fn qualifications(view: View<'_>, on: &Conclusion, rule: &Rule) -> (Vec<String>, Severity) {
    let mut notes: Vec<(&str, String)> = Vec::new();
    let mut at_most = Severity::Critical;
    for conclusion in &view.model.conclusions {
        let Some(other) = view.kb.rules.get(conclusion.rule.0) else { continue };
        let Some(qualification) = &other.qualifies else { continue };
        if conclusion.status != Status::Firing
            || !qualification.rules.contains(&on.rule)
            || !same_subject(other, &conclusion.subject, rule, &on.subject)
        {
            continue;
        }
        at_most = at_most.min(qualification.to.unwrap_or(Severity::Critical));
        let support = support(view, conclusion.rule, &conclusion.subject);
        let wording = wording(view, other, &conclusion.subject, &support);
        let own = other.advice.iter().filter(|clause| clause.kind == AdviceKind::Note);
        notes.extend(own.map(|clause| (other.name.as_str(), wording.render(&clause.text))));
    }
    notes.sort();
    notes.dedup();
    (notes.into_iter().map(|(_, note)| note).collect(), at_most)
}

/// A qualifying rule speaks of the same rows where its subject is of the same kind, by position; otherwise of all.
fn same_subject(a: &Rule, a_rows: &[usize], b: &Rule, b_rows: &[usize]) -> bool {
    let kinds = |rule: &Rule| -> Vec<_> {
        rule.variables.iter().take(rule.subjects).map(|variable| variable.entity).collect()
    };
    let (a_kinds, b_kinds) = (kinds(a), kinds(b));
    !b_kinds.starts_with(&a_kinds) || b_rows.starts_with(a_rows)
}

/// Since when an action is taken for all rows of a subject that are the case's own, or, without such rows, at all: after
/// how many events. None where it is not.
fn taken(view: View<'_>, rule: &Rule, subject: &[usize], action: ActionId) -> Option<usize> {
    let since = |entity, row| {
        let done = view.kb.vocabulary.find_done(action, entity)?;
        let taken = view.attribute(done, row) == Possible::Choice(0b10);
        taken.then(|| view.since(Fact::Attribute(done, row)))
    };
    let own = rule.variables.iter().zip(subject).filter(|(variable, _)| {
        view.kb.vocabulary.entity(variable.entity).kind == EntityKind::Many
    });
    let times: Option<Vec<usize>> =
        own.map(|(variable, row)| since(Some(variable.entity), *row)).collect();
    let times = times?;
    if times.is_empty() { since(None, 0) } else { times.into_iter().min() }
}

/// The score that a rule's gravest advice gives, before softening.
pub(super) fn weight(kb: &KnowledgeBase, clock: &Clock, rule: &Rule) -> i64 {
    let severity = rule
        .advice
        .iter()
        .filter_map(|clause| match clause.kind {
            AdviceKind::Warn(_, severity) | AdviceKind::Recommend(_, severity) => Some(severity),
            AdviceKind::Encourage | AdviceKind::Note => None,
        })
        .max()
        .unwrap_or(Severity::Low);
    severity_weight(kb, severity).saturating_mul(clock.factor(clock.timing(rule.stage)))
}

/// The weight of a severity, in millionths.
pub(super) fn severity_weight(kb: &KnowledgeBase, severity: Severity) -> i64 {
    let [low, medium, high, critical] = kb.ranking.severity;
    match severity {
        Severity::Low => low,
        Severity::Medium => medium,
        Severity::High => high,
        Severity::Critical => critical,
    }
}

/// The ids of a subject's rows.
pub(super) fn subject_ids(view: View<'_>, rule: &Rule, subject: &[usize]) -> Vec<String> {
    let rows = rule.variables.iter().zip(subject);
    rows.map(|(variable, row)| view.row_id(variable.entity, *row).to_owned()).collect()
}

/// The names of a subject's rows.
pub(super) fn subject_names(view: View<'_>, rule: &Rule, subject: &[usize]) -> Vec<String> {
    let rows = rule.variables.iter().zip(subject);
    rows.map(|(variable, row)| view.name(variable.entity, *row)).collect()
}

/// Places in the guide, in words.
pub(super) fn cited(kb: &KnowledgeBase, cites: &[CitationId]) -> Vec<Cited> {
    cites
        .iter()
        .filter_map(|id| kb.citations.get(id.0))
        .map(|citation| Cited {
            id: citation.id.clone(),
            source: citation.source.clone(),
            place: citation.place.clone(),
        })
        .collect()
}

/// The text that a rule's first clause would give.
pub(super) fn first_text(rule: &Rule) -> Option<&Template> {
    rule.advice.first().map(|clause| &clause.text)
}
