//! What an item concerns: the rules whose conclusions can hang on it, and the facts that these read.

use std::collections::BTreeSet;

use crate::knowledge::{AdviceKind, KnowledgeBase, Reads, Rule, RuleId, Type};

use super::item::{Kind, Name};

/// The rules whose conclusions or advice can hang on an item, by position.
pub(super) fn concerned(kb: &KnowledgeBase, name: &Name) -> BTreeSet<usize> {
    let rules = kb.rules.iter().enumerate();
    let mut found: BTreeSet<usize> =
        rules.filter(|(_, rule)| concerns(kb, rule, name)).map(|(at, _)| at).collect();
    // What a rule overrides or qualifies hangs on it as well.
    let mut left: Vec<usize> = found.iter().copied().collect();
    while let Some(at) = left.pop() {
        let Some(rule) = kb.rules.get(at) else { continue };
        let qualified = rule.qualifies.iter().flat_map(|qualified| &qualified.rules);
        for RuleId(below) in rule.overrides.iter().chain(qualified) {
            if found.insert(*below) {
                left.push(*below);
            }
        }
    }
    found
}

/// The rules, by id, whose conclusions or advice can hang on an item.
#[must_use]
pub fn rules_on(kb: &KnowledgeBase, name: &Name) -> BTreeSet<String> {
    let rules = concerned(kb, name).into_iter().filter_map(|at| kb.rules.get(at));
    rules.map(|rule| rule.name.clone()).collect()
}

fn concerns(kb: &KnowledgeBase, rule: &Rule, name: &Name) -> bool {
    let reads = || kb.read_by(rule);
    match name.kind {
        Kind::Rule => rule.name == name.name,
        Kind::Definition => reads_predicate(kb, &reads(), &name.name),
        Kind::Derivation | Kind::Attribute => reads_attribute(kb, &reads(), &name.name),
        Kind::Relation => {
            let id = kb.vocabulary.find_relation(&name.name);
            id.is_some_and(|id| reads().relations.contains(&id))
        }
        Kind::Entity => {
            let id = kb.vocabulary.find_entity(&name.name);
            id.is_some_and(|id| reads().entities.contains(&id))
        }
        Kind::Domain => reads_domain(kb, &reads(), &name.name),
        Kind::Risk => gives(kb, rule).any(|(risk, id)| risk && id == name.name),
        Kind::Action => {
            let near = neighbours(kb, &name.name);
            gives(kb, rule).any(|(risk, id)| !risk && near.contains(id))
                || reads_action(kb, &reads(), &name.name)
        }
        Kind::Ranking => !rule.advice.is_empty(),
        Kind::Question
        | Kind::Caveat
        | Kind::Declined
        | Kind::Passage
        | Kind::Source
        | Kind::Example => false,
    }
}

fn reads_predicate(kb: &KnowledgeBase, reads: &Reads<'_>, name: &str) -> bool {
    let named = |id: usize| kb.predicates.get(id).is_some_and(|it| it.name == name);
    reads.predicates.iter().any(|id| named(id.0))
}

fn reads_attribute(kb: &KnowledgeBase, reads: &Reads<'_>, path: &str) -> bool {
    let Some((entity, name)) = path.rsplit_once('.') else { return false };
    let words = &kb.vocabulary;
    reads.attributes.iter().any(|id| {
        let own = words.attribute(*id);
        own.name == name && words.entity(own.entity).name == entity
    })
}

fn reads_action(kb: &KnowledgeBase, reads: &Reads<'_>, name: &str) -> bool {
    let action = |id: &crate::knowledge::ActionId| kb.actions.get(id.0);
    reads.attributes.iter().any(|id| {
        let recorded = kb.vocabulary.attribute(*id).action;
        recorded.as_ref().and_then(action).is_some_and(|action| action.name == name)
    })
}

fn reads_domain(kb: &KnowledgeBase, reads: &Reads<'_>, name: &str) -> bool {
    let words = &kb.vocabulary;
    let Some(at) = words.domains.iter().position(|domain| domain.name == name) else {
        return false;
    };
    let of_kind = |kind: Type| matches!(kind, Type::Choice(id) | Type::Set(id) if id.0 == at);
    let rows = words.domains.get(at).and_then(|domain| domain.rows);
    reads.attributes.iter().any(|id| of_kind(words.attribute(*id).kind))
        || reads.relations.iter().any(|id| words.relation(*id).kind.0 == at)
        || rows.is_some_and(|rows| reads.entities.contains(&rows))
}

/// The risks and actions that a rule gives, by id; true for risks.
fn gives<'k>(kb: &'k KnowledgeBase, rule: &'k Rule) -> impl Iterator<Item = (bool, &'k str)> {
    rule.advice.iter().filter_map(|advice| match advice.kind {
        AdviceKind::Warn(risk, _) => Some((true, kb.risks.get(risk.0)?.name.as_str())),
        AdviceKind::Recommend(action, _) => Some((false, kb.actions.get(action.0)?.name.as_str())),
        AdviceKind::Encourage | AdviceKind::Note => None,
    })
}

/// An action and those that come before it or pull against it.
fn neighbours<'k>(kb: &'k KnowledgeBase, name: &str) -> BTreeSet<&'k str> {
    let Some(action) = kb.actions.iter().find(|action| action.name == name) else {
        return BTreeSet::new();
    };
    let others = action.after.iter().chain(action.opposes.iter().map(|(other, _)| other));
    let others = others.filter_map(|id| kb.actions.get(id.0));
    others.chain([action]).map(|action| action.name.as_str()).collect()
}

/// What some rules and a question read.
pub(super) fn reads<'k>(kb: &'k KnowledgeBase, rules: &BTreeSet<usize>, name: &Name) -> Reads<'k> {
    let mut all = Reads::default();
    let own = rules.iter().filter_map(|at| kb.rules.get(*at)).map(|rule| kb.read_by(rule));
    let question =
        kb.questions.iter().filter(|it| name.kind == Kind::Question && it.name == name.name);
    let answered = question.filter_map(|question| {
        let mut reads = kb.reads([question.answered.as_ref()?]);
        reads.entities.extend(question.variables.iter().map(|variable| variable.entity));
        Some(reads)
    });
    for reads in own.chain(answered) {
        all.attributes.extend(reads.attributes);
        all.relations.extend(reads.relations);
        all.entities.extend(reads.entities);
        all.tests.extend(reads.tests);
    }
    all
}

/// The knowledge base with some of its rules and those that may override or qualify them.
pub(super) fn narrowed(kb: &KnowledgeBase, rules: &BTreeSet<usize>, name: &Name) -> KnowledgeBase {
    let mut kept = rules.clone();
    let mut left: Vec<usize> = rules.iter().copied().collect();
    while let Some(at) = left.pop() {
        let Some(rule) = kb.rules.get(at) else { continue };
        let qualifying = kb.rules.iter().enumerate().filter(|(_, other)| {
            other.qualifies.as_ref().is_some_and(|it| it.rules.contains(&RuleId(at)))
        });
        let above = rule.overridden_by.iter().map(|id| id.0);
        for more in above.chain(qualifying.map(|(at, _)| at)) {
            if kept.insert(more) {
                left.push(more);
            }
        }
    }
    let place = |id: &RuleId| kept.iter().position(|kept| *kept == id.0).map(RuleId);
    let own = kept.iter().filter_map(|at| {
        let mut rule = kb.rules.get(*at)?.clone();
        rule.overrides = rule.overrides.iter().filter_map(place).collect();
        rule.overridden_by = rule.overridden_by.iter().filter_map(place).collect();
        if let Some(qualified) = &mut rule.qualifies {
            qualified.rules = qualified.rules.iter().filter_map(place).collect();
        }
        Some(rule)
    });
    let questions =
        kb.questions.iter().filter(|it| name.kind == Kind::Question && it.name == name.name);
    KnowledgeBase {
        rules: own.collect(),
        questions: questions.cloned().collect(),
        caveats: Vec::new(),
        examples: Vec::new(),
        ..kb.clone()
    }
}
