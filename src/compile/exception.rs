//! What rules say of each other: `overrides`, which needs the same subject on both sides, and `qualifies`.

use std::collections::BTreeMap;

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{AdviceKind, EntityId, Qualification, Rule, RuleId, Severity};
use crate::source::Span;
use crate::syntax::tree::{self, Citation};

use super::names::{Names, look_up, quoted, severity, severity_name};
use super::rule::names_itself;

/// Joins the rules by their `overrides` and `qualifies`.
pub(super) fn join(
    names: &Names,
    trees: &[&tree::Rule],
    rules: &mut [Rule],
    diagnostics: &mut Diagnostics,
) {
    let cited = cited(trees);
    for (index, tree) in trees.iter().enumerate() {
        let id = RuleId(index);
        for name in &tree.overrides {
            let found = look_up(
                (&names.rules, &names.forgiven),
                name,
                code::UNKNOWN_RULE,
                "rule",
                diagnostics,
            );
            let Some(other) = found else { continue };
            let place = trees.get(other.0).map_or(name.span, |tree| tree.name.span);
            if let Some(report) = unlike(names, rules, (id, other), (name, place)) {
                diagnostics.push(report);
                continue;
            }
            if let Some(rule) = rules.get_mut(index) {
                rule.overrides.push(other);
            }
            if let Some(rule) = rules.get_mut(other.0) {
                rule.overridden_by.push(id);
            }
        }
        let qualification = tree
            .qualifies
            .as_ref()
            .map(|qualifies| qualification(names, &cited, (id, qualifies), diagnostics));
        if let Some(rule) = rules.get_mut(index) {
            rule.qualifies = qualification;
        }
    }
    check_qualifications(trees, rules, diagnostics);
    for rule in rules {
        for list in [&mut rule.overrides, &mut rule.overridden_by] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// Rules by the passages they cite.
fn cited<'a>(trees: &[&'a tree::Rule]) -> BTreeMap<&'a str, Vec<RuleId>> {
    let mut cited: BTreeMap<&str, Vec<RuleId>> = BTreeMap::new();
    for (index, tree) in trees.iter().enumerate() {
        for cite in &tree.cites {
            cited.entry(&cite.text).or_default().push(RuleId(index));
        }
    }
    cited
}

fn unlike(
    names: &Names,
    rules: &[Rule],
    (own, other): (RuleId, RuleId),
    (name, place): (&tree::Name, Span),
) -> Option<Diagnostic> {
    let (rule, overridden) = (rules.get(own.0)?, rules.get(other.0)?);
    let (mine, theirs) = (subject(rule), subject(overridden));
    if mine == theirs && rule.two == overridden.two {
        return None;
    }
    let words = |rule: &Rule, entities: &[EntityId]| {
        let entities = entities.iter().map(|id| names.vocabulary.entity(*id).name.as_str());
        match (entities.len(), rule.two) {
            (0, _) => "no subject".to_owned(),
            (_, true) => format!("two of {}", quoted(entities.take(1), "and")),
            _ => quoted(entities, "and"),
        }
    };
    let message = format!("`{}` and `{}` are about different subjects", rule.name, name.text);
    let label = format!(
        "`{}` is for {}, this rule for {}",
        name.text,
        words(overridden, &theirs),
        words(rule, &mine)
    );
    Some(
        Diagnostic::new(code::WRONG_OVERRIDE, name.span, message)
            .label(label)
            .related(place, "the rule that is overridden")
            .help("give both rules the same `for`, or state the exception with `unless`"),
    )
}

fn subject(rule: &Rule) -> Vec<EntityId> {
    rule.variables.iter().take(rule.subjects).map(|variable| variable.entity).collect()
}

fn qualification(
    names: &Names,
    cited: &BTreeMap<&str, Vec<RuleId>>,
    (own, tree): (RuleId, &tree::Qualifies),
    diagnostics: &mut Diagnostics,
) -> Qualification {
    let mut rules: Vec<RuleId> = tree
        .rules
        .iter()
        .filter_map(|name| {
            look_up((&names.rules, &names.forgiven), name, code::UNKNOWN_RULE, "rule", diagnostics)
        })
        .collect();
    for name in tree.rules.iter().filter(|name| names.rules.get(&name.text) == Some(&own)) {
        diagnostics.push(names_itself(name, "a rule cannot qualify itself"));
    }
    for cite in &tree.citing {
        let is_exact = !cite.text.ends_with(".*");
        if is_exact && names.citation(cite, diagnostics).is_none() {
            continue;
        }
        let found = citing(cited, cite);
        if found.iter().all(|rule| *rule == own) {
            diagnostics.push(nothing_qualified(cite));
        }
        rules.extend(found);
    }
    rules.retain(|rule| *rule != own);
    rules.sort_unstable();
    rules.dedup();
    Qualification { rules, to: tree.to.as_ref().and_then(|name| severity(name, diagnostics)) }
}

/// Refuses what softens nothing or gives no reason, and warns of rules that qualify each other.
fn check_qualifications(trees: &[&tree::Rule], rules: &[Rule], diagnostics: &mut Diagnostics) {
    for (index, (tree, rule)) in trees.iter().zip(rules).enumerate() {
        let (Some(written), Some(own)) = (&tree.qualifies, &rule.qualifies) else { continue };
        if let (Some(word), Some(to)) = (&written.to, own.to) {
            diagnostics.extend(softens_nothing(word, to, own, rules));
            diagnostics.extend(without_note(tree, word));
        }
        for other in own.rules.iter().filter(|other| other.0 > index) {
            let back = rules.get(other.0).and_then(|other| other.qualifies.as_ref());
            if back.is_some_and(|back| back.rules.contains(&RuleId(index)))
                && let Some(other) = trees.get(other.0)
            {
                diagnostics.push(each_other(tree, other));
            }
        }
    }
}

fn softens_nothing(
    word: &tree::Name,
    to: Severity,
    own: &Qualification,
    rules: &[Rule],
) -> Option<Diagnostic> {
    let qualified = || own.rules.iter().filter_map(|id| rules.get(id.0));
    let clauses = || qualified().flat_map(|rule| &rule.advice);
    let weights = clauses().filter_map(|advice| match advice.kind {
        AdviceKind::Warn(_, weight) | AdviceKind::Recommend(_, weight) => Some(weight),
        AdviceKind::Encourage | AdviceKind::Note => None,
    });
    let gravest = weights.max();
    if gravest.is_some_and(|gravest| gravest > to) || qualified().any(|rule| rule.advice.is_empty())
    {
        return None;
    }
    let rule = qualified().next()?;
    let (label, help) = match gravest {
        None => (
            "what is qualified neither warns nor recommends".to_owned(),
            "`to` lowers the severity of a warning or recommendation: leave it out here",
        ),
        Some(gravest) => (
            format!("what is qualified is `{}` at most", severity_name(gravest)),
            "`to` only softens: name a lower severity, or leave it out",
        ),
    };
    Some(
        Diagnostic::new(
            code::WRONG_QUALIFICATION,
            word.span,
            format!("`to {}` softens nothing", word.text),
        )
        .label(label)
        .related(rule.span, "a rule that is qualified")
        .help(help),
    )
}

fn without_note(tree: &tree::Rule, word: &tree::Name) -> Option<Diagnostic> {
    let note = |advice: &tree::Advice| matches!(advice.kind, tree::AdviceKind::Note);
    if tree.advice.is_empty() || tree.advice.iter().any(note) {
        return None;
    }
    let message = format!("`{}` softens other advice and does not say why", tree.name.text);
    Some(
        Diagnostic::new(code::WRONG_QUALIFICATION, word.span, message)
            .label("the reader would see a lower severity and no reason")
            .help("add `note \"…\"` with the reason: it stands under the advice that is softened"),
    )
}

fn each_other(tree: &tree::Rule, other: &tree::Rule) -> Diagnostic {
    let message = format!("`{}` and `{}` qualify each other", tree.name.text, other.name.text);
    Diagnostic::new(code::QUALIFY_EACH_OTHER, tree.name.span, message)
        .label("a remark on the other, which is a remark on this")
        .related(other.name.span, "the other one")
        .help("let one of them be the advice, and the other the remark on it")
}

/// The rules that cite a passage, or with `.*` at its end any passage that starts so.
fn citing(cited: &BTreeMap<&str, Vec<RuleId>>, cite: &Citation) -> Vec<RuleId> {
    let Some(start) = cite.text.strip_suffix('*') else {
        return cited.get(cite.text.as_str()).cloned().unwrap_or_default();
    };
    let from = cited.range(start..).take_while(|(id, _)| id.starts_with(start));
    from.flat_map(|(_, rules)| rules.iter().copied()).collect()
}

fn nothing_qualified(cite: &Citation) -> Diagnostic {
    let message = format!("no other rule cites `{}`", cite.text);
    Diagnostic::new(code::NOTHING_QUALIFIED, cite.span, message)
        .label("nothing is qualified by this")
        .help("check the id, or take it out")
}
