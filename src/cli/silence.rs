//! `convener explain --why-not`, `--clear` and `--silent`: the rule and subject that are meant, and what is told of them.

use tracing::info;

use crate::advice::near_miss::near_misses;
use crate::advice::silence::{Others, Silence, silence};
use crate::diagnostic::nearest::did_you_mean;
use crate::engine::{Limits, Plan, Status};
use crate::knowledge::{Rule, RuleId};
use crate::proof::View;
use crate::proof::repair::{Effort, Goal, repairs};
use crate::proof::why_not::{self, Distance, is_subject, nearest};
use crate::report::{Options, why_not as report};

use super::load::{Loader, limit_failure};
use super::look::{Asked, Format, look};
use super::named_rule::named_rule;
use super::{Failure, Outcome, Shared, terminal};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Question<'a> {
    /// Why a rule does not fire.
    WhyNot(&'a str),
    /// What would clear the advice of a rule.
    Clear(&'a str),
    /// Which silent rules lack little.
    Silent,
}

/// About what, and in which form.
pub(super) struct About<'a> {
    pub(super) asked: &'a Asked,
    pub(super) subject: &'a [String],
    pub(super) format: Format,
    pub(super) options: Options,
}

/// Answers.
pub(super) fn run(
    question: Question<'_>,
    about: &About<'_>,
    shared: &Shared,
) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(look) = look(&mut loader, about.asked, shared)? else {
        return Ok(Outcome::Refused);
    };
    let models = look
        .plan
        .infer(&[&look.facts], Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let Some(model) = models.first() else {
        return Err(Failure("the engine gave no answer for the case".to_owned()));
    };
    let view = View { kb: &look.knowledge, facts: &look.facts, model };
    let around = report::Around {
        heading: &look.heading,
        packs: &look.knowledge.packs,
        sources: &loader.sources,
    };
    let (rule, goal) = match question {
        Question::Silent => {
            let top = if about.options.all { usize::MAX } else { about.options.top };
            let found = near_misses(view, top);
            terminal::show(&match about.format {
                Format::Text => report::near_misses_text(&found, around, &about.options),
                Format::Markdown => report::near_misses_markdown(&found, around),
                Format::Json => report::near_misses_json(&found, around),
            })?;
            return Ok(Outcome::Done);
        }
        Question::WhyNot(rule) => (rule, Goal::Fire),
        Question::Clear(rule) => (rule, Goal::Clear),
    };
    let told = one(view, &look.plan, rule, goal, about.subject)?;
    terminal::show(&match about.format {
        Format::Text => report::text(&told, around, &about.options),
        Format::Markdown => report::markdown(&told, around, &about.options),
        Format::Json => report::json(&told, around),
    })?;
    Ok(Outcome::Done)
}

/// What is told of one rule.
fn one(
    view: View<'_>,
    plan: &Plan,
    name: &str,
    goal: Goal,
    ids: &[String],
) -> Result<Silence, Failure> {
    let (name, own) = match name.split_once('.') {
        Some((rule, row)) if view.kb.rules.iter().any(|known| known.name == rule) => {
            (rule, vec![row.to_owned()])
        }
        _ => (name, Vec::new()),
    };
    let ids: Vec<String> = own.into_iter().chain(ids.iter().cloned()).collect();
    let ids = ids.as_slice();
    let id = named_rule(view.kb, name)?;
    let near = nearest(view, id);
    let subject = match view.kb.rules.get(id.0) {
        Some(rule) if !ids.is_empty() => subject(view, rule, ids)?,
        Some(rule) => chosen(view, rule, id, goal, &near)?,
        None => Vec::new(),
    };
    let others = Others::count(view, id, &near, &subject);
    let status = why_not::status(view, id, &subject);
    let found = if goal.is_met(status) {
        None
    } else {
        let found = repairs(view, plan, (id, &subject), goal, Effort::default())
            .map_err(|limit| limit_failure(&limit))?;
        info!(tried = found.tried, repairs = found.list.len(), "looked for repairs");
        Some((goal, found))
    };
    silence(view, (id, &subject), others, found)
        .ok_or_else(|| Failure(format!("nothing can be told of `{name}`")))
}

/// The rows that ids name.
fn subject(view: View<'_>, rule: &Rule, ids: &[String]) -> Result<Vec<usize>, Failure> {
    let variables = rule.variables.get(..rule.subjects).unwrap_or_default();
    if ids.len() != variables.len() {
        let wanted: Vec<String> = variables
            .iter()
            .map(|variable| {
                format!("{} {}", view.kb.vocabulary.entity(variable.entity).name, variable.name)
            })
            .collect();
        let wanted = match wanted.as_slice() {
            [] => "the case as a whole, so no subject is named".to_owned(),
            _ => wanted.join(", "),
        };
        let given = ids.len();
        return Err(Failure(format!(
            "`{}` speaks of {wanted}\nhelp: {given} {} given",
            rule.name,
            if given == 1 { "id was" } else { "ids were" }
        )));
    }
    let mut rows = Vec::new();
    for (variable, id) in variables.iter().zip(ids) {
        let known = &view.facts.rows(variable.entity).list;
        let Some(row) = view.facts.find_row(variable.entity, id) else {
            let entity = &view.kb.vocabulary.entity(variable.entity).name;
            let help = did_you_mean(id, known.iter().map(|row| row.id.as_str()));
            let help = help.map_or_else(String::new, |help| format!("\nhelp: {help}"));
            return Err(Failure(format!("the case has no {entity} `{id}` at this date{help}")));
        };
        rows.push(row);
    }
    if rule.two {
        rows.sort_unstable();
    }
    if !is_subject(rule, &rows) {
        return Err(Failure(format!(
            "`{}` speaks of different rows, and one is named twice",
            rule.name
        )));
    }
    Ok(rows)
}

/// The subject that is told of where none is named: the nearest that the goal is not met for.
fn chosen(
    view: View<'_>,
    rule: &Rule,
    id: RuleId,
    goal: Goal,
    near: &[(Distance, Vec<usize>)],
) -> Result<Vec<usize>, Failure> {
    let standing = |subject: &[usize]| why_not::status(view, id, subject);
    let fires =
        |subject: &[usize]| matches!(standing(subject), Some(Status::Firing | Status::Provisional));
    let found = match goal {
        Goal::Fire => near.iter().find(|(_, subject)| !goal.is_met(standing(subject))),
        Goal::Clear => near.iter().find(|(_, subject)| fires(subject)),
    };
    if let Some((_, subject)) = found.or(near.first()) {
        return Ok(subject.clone());
    }
    let missing = rule.variables.iter().take(rule.subjects);
    let missing = missing.filter(|variable| view.listed(variable.entity) == 0);
    let names: Vec<&str> =
        missing.map(|variable| view.kb.vocabulary.entity(variable.entity).name.as_str()).collect();
    Err(Failure(format!(
        "`{}` has no subject in this case: {}",
        rule.name,
        if names.is_empty() {
            "it speaks of several different rows, and there are too few".to_owned()
        } else {
            format!("the case lists no {}", names.join(" and no "))
        }
    )))
}
