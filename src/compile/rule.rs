//! Rules, risks and actions.

use crate::diagnostic::code::check::{MAYBE_ONE_ROW, SAID_TWICE};
use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{
    Action, ActionId, Advice, AdviceKind, Condition, EntityId, Risk, Rule, Stage, VariableId,
};
use crate::syntax::tree;

use super::condition::all;
use super::names::{Names, look_up, severity};
use super::scope::{Declaring, Lowering};
use super::text;

/// All risks, by id.
pub(super) fn risks(
    names: &Names,
    risks: &[&tree::Risk],
    diagnostics: &mut Diagnostics,
) -> Vec<Risk> {
    let lower = |risk: &&tree::Risk| Risk {
        name: risk.name.text.clone(),
        title: text::plain(&risk.title, diagnostics),
        cites: names.cites(&risk.cites, diagnostics),
        span: risk.name.span,
    };
    risks.iter().map(lower).collect()
}

/// All actions, by id.
pub(super) fn actions(
    names: &Names,
    actions: &[&tree::Action],
    diagnostics: &mut Diagnostics,
) -> Vec<Action> {
    actions.iter().map(|tree| action(names, tree, diagnostics)).collect()
}

fn action(names: &Names, tree: &tree::Action, diagnostics: &mut Diagnostics) -> Action {
    let known = |name, diagnostics: &mut Diagnostics| -> Option<ActionId> {
        look_up(
            (&names.actions, &names.forgiven),
            name,
            code::UNKNOWN_ACTION,
            "action",
            diagnostics,
        )
    };
    let mut after: Vec<ActionId> =
        tree.after.iter().filter_map(|name| known(name, diagnostics)).collect();
    after.sort_unstable();
    after.dedup();
    let mut opposes = Vec::new();
    for (name, why) in &tree.opposes {
        let why = text::plain(why, diagnostics);
        if name.text == tree.name.text {
            diagnostics.push(names_itself(name, "an action cannot pull against itself"));
            continue;
        }
        opposes.extend(known(name, diagnostics).map(|id| (id, why)));
    }
    opposes.sort();
    Action {
        name: tree.name.text.clone(),
        title: text::plain(&tree.title, diagnostics),
        stage: tree.stage.as_ref().and_then(|name| names.stage(name, diagnostics)),
        after,
        opposes,
        cites: names.cites(&tree.cites, diagnostics),
        span: tree.name.span,
    }
}

/// A rule or an action where another one belongs.
pub(super) fn names_itself(name: &tree::Name, message: &str) -> Diagnostic {
    Diagnostic::new(code::NAMES_ITSELF, name.span, message)
        .label("names itself here")
        .help("name the other one, or take this out")
}

/// All rules, by id; `overrides` and `qualifies` are joined later, for they compare rules.
pub(super) fn rules(
    names: &Names,
    rules: &[&tree::Rule],
    diagnostics: &mut Diagnostics,
) -> Vec<Rule> {
    rules.iter().map(|tree| rule(names, tree, diagnostics)).collect()
}

fn rule(names: &Names, tree: &tree::Rule, diagnostics: &mut Diagnostics) -> Rule {
    check_advice(tree, diagnostics);
    let stage = tree.stage.as_ref().and_then(|clause| {
        let member = names.stage(&clause.stage, diagnostics)?;
        Some(Stage { member, only: clause.only })
    });
    let mut lowering = Lowering::new(names, diagnostics);
    let mut when = Vec::new();
    let mut two = false;
    let (mut subjects, mut admits) = (0, 0);
    if let Some(subject) = &tree.subject {
        two = subject.two;
        subjects = subject.parameters.len();
        when.extend(lowering.subject(subject));
        admits = when.len();
    }
    if let Some(block) = &tree.when {
        when.extend(lowering.top(block));
    }
    let unless = tree.unless.iter().map(|block| lowering.block(block)).collect();
    let advice: Vec<Advice> =
        tree.advice.iter().filter_map(|advice| lowering.advice(advice)).collect();
    lowering.check_twice(&advice);
    let variables = lowering.variables;
    Rule {
        name: tree.name.text.clone(),
        stage,
        cites: names.cites(&tree.cites, diagnostics),
        variables,
        subjects,
        two,
        when: all(when),
        admits,
        unless: Condition::Any(unless),
        overrides: Vec::new(),
        overridden_by: Vec::new(),
        qualifies: None,
        advice,
        pack: 0,
        span: tree.span,
    }
}

fn check_advice(tree: &tree::Rule, diagnostics: &mut Diagnostics) {
    if !tree.advice.is_empty() {
        return;
    }
    let message = format!("the rule `{}` gives no advice", tree.name.text);
    diagnostics.push(
        Diagnostic::new(code::RULE_WITHOUT_ADVICE, tree.name.span, message)
            .label("says nothing when it fires")
            .help("add `warn`, `recommend`, `encourage` or `note`"),
    );
}

impl Lowering<'_> {
    /// The subject's variables come into scope; returns its conditions.
    fn subject(&mut self, subject: &tree::Subject) -> Vec<Condition> {
        let mut declared = Vec::new();
        for (other, parameter) in &subject.parameters {
            let declaring = Declaring { parameter, other: *other, plural: subject.two };
            declared.push(self.declare(declaring));
        }
        if !subject.two {
            self.check_apart(subject, &declared);
        }
        if subject.two {
            self.two(&declared);
        }
        subject.condition.as_ref().map_or_else(Vec::new, |block| self.conditions(block))
    }

    /// Warns of two rows of one entity that may be one and the same.
    fn check_apart(&mut self, subject: &tree::Subject, declared: &[Option<VariableId>]) {
        let entity = |id: &Option<VariableId>| Some(self.variable((*id)?)?.entity);
        let mut seen: Vec<(EntityId, &tree::Name)> = Vec::new();
        let mut reports = Vec::new();
        for ((other, parameter), id) in subject.parameters.iter().zip(declared) {
            let Some(entity) = entity(id) else { continue };
            let name = &parameter.name;
            let first = seen.iter().find(|(known, _)| *known == entity);
            if let Some((_, first)) = first.filter(|_| !other) {
                let kind = &parameter.entity.text;
                let message = format!(
                    "`{}` and `{}` may be one and the same {kind} here",
                    first.text, name.text
                );
                let report = Diagnostic::new(MAYBE_ONE_ROW, name.span, message);
                reports.push(
                    report
                        .label("nothing keeps it apart from the other one")
                        .related(first.span, "the other one")
                        .help(format!("write `other {kind} {}`", name.text)),
                );
            }
            seen.push((entity, name));
        }
        for report in reports {
            self.push(report);
        }
    }

    /// Keeps the second of `two` apart from the first.
    fn two(&mut self, declared: &[Option<VariableId>]) {
        if let [Some(first), Some(second)] = declared
            && let Some(variable) = self.variables.get_mut(second.0)
        {
            variable.apart = vec![*first];
        }
    }

    /// Warns of advice that is given twice in the same words.
    fn check_twice(&mut self, advice: &[Advice]) {
        for (index, own) in advice.iter().enumerate() {
            let mut before = advice.iter().take(index);
            let same = |other: &&Advice| other.kind == own.kind && other.text == own.text;
            if let Some(first) = before.find(same) {
                let report = Diagnostic::new(SAID_TWICE, own.span, "this advice is given twice");
                self.push(
                    report
                        .label("the same words again")
                        .related(first.span, "given here already")
                        .help("take one of them out"),
                );
            }
        }
    }

    fn advice(&mut self, tree: &tree::Advice) -> Option<Advice> {
        let kind = match &tree.kind {
            tree::AdviceKind::Warn(risk, weight) => {
                let risks = (&self.names.risks, &self.names.forgiven);
                let risk = look_up(risks, risk, code::UNKNOWN_RISK, "risk", self.diagnostics);
                let weight = severity(weight, self.diagnostics);
                risk.zip(weight).map(|(risk, weight)| AdviceKind::Warn(risk, weight))
            }
            tree::AdviceKind::Recommend(action, weight) => {
                let actions = (&self.names.actions, &self.names.forgiven);
                let action =
                    look_up(actions, action, code::UNKNOWN_ACTION, "action", self.diagnostics);
                let weight = severity(weight, self.diagnostics);
                action.zip(weight).map(|(action, weight)| AdviceKind::Recommend(action, weight))
            }
            tree::AdviceKind::Encourage => Some(AdviceKind::Encourage),
            tree::AdviceKind::Note => Some(AdviceKind::Note),
        };
        let text = self.template(&tree.text);
        Some(Advice { kind: kind?, text, span: tree.span })
    }
}
