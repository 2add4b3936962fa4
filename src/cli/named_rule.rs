//! A rule by its name, for commands that ask about one. Where a risk or an action is named instead, says which rules give it.

use crate::diagnostic::nearest::did_you_mean;
use crate::knowledge::{AdviceKind, KnowledgeBase, Rule, RuleId};
use crate::proof::wording::join;

use super::Failure;

/// The rule of this name.
pub(super) fn named_rule(kb: &KnowledgeBase, name: &str) -> Result<RuleId, Failure> {
    if let Some(at) = kb.rules.iter().position(|rule| rule.name == name) {
        return Ok(RuleId(at));
    }
    let help = match giving(kb, name) {
        Some(rules) => Some(format!("that is a risk or an action; it comes from {rules}")),
        None => did_you_mean(name, kb.rules.iter().map(|rule| rule.name.as_str())),
    };
    let help = help.map_or_else(String::new, |help| format!("\nhelp: {help}"));
    Err(Failure(format!("no rule has the id `{name}`{help}")))
}

/// The rules that give a risk or an action; none where there is no such thing.
fn giving(kb: &KnowledgeBase, name: &str) -> Option<String> {
    let risk = kb.risks.iter().position(|risk| risk.name == name);
    let action = kb.actions.iter().position(|action| action.name == name);
    if risk.is_none() && action.is_none() {
        return None;
    }
    let gives = |rule: &&Rule| {
        rule.advice.iter().any(|clause| match clause.kind {
            AdviceKind::Warn(of, _) => Some(of.0) == risk,
            AdviceKind::Recommend(what, _) => Some(what.0) == action,
            AdviceKind::Encourage | AdviceKind::Note => false,
        })
    };
    let rules: Vec<String> =
        kb.rules.iter().filter(gives).map(|rule| format!("`{}`", rule.name)).collect();
    Some(if rules.is_empty() { "no rule".to_owned() } else { join(&rules, "and") })
}
