//! What is expected of a case, against what the engine concludes and the advice names at that moment.

use crate::advice::{Advice, advise};
use crate::case::expected::{
    Becomes, Expectations, ExpectedMoment, ExpectedRule, Named, Recommendation,
};
use crate::case::{self, Case};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::engine::{Limit, Limits, Model, Plan, Status};
use crate::facts::Facts;
use crate::knowledge::{ActionId, KnowledgeBase};
use crate::proof::View;
use crate::source::Span;

use super::{UNMET_EXPECTATION, subject_ids, why};

/// Tries what is expected of a case; each expectation that is not met becomes a diagnostic. Returns how many of the moments
/// come out as expected.
///
/// # Errors
/// Where the case is larger than the engine's limits allow.
pub fn on_case(
    (kb, plan): (&KnowledgeBase, &Plan),
    case: &Case,
    expectations: &Expectations,
    limits: Limits,
    diagnostics: &mut Diagnostics,
) -> Result<usize, Limit> {
    let moments = &expectations.moments;
    let facts: Vec<Facts> = moments
        .iter()
        .map(|expected| case::facts(case, &kb.vocabulary, &expected.moment, &expected.filter))
        .collect();
    let models = plan.infer(&facts.iter().collect::<Vec<_>>(), limits)?;
    let mut met = 0;
    for ((expected, facts), model) in moments.iter().zip(&facts).zip(&models) {
        let misses = Trial { kb, case, expected, facts, model }.misses();
        met += usize::from(misses.is_empty());
        for miss in misses {
            diagnostics.push(miss);
        }
    }
    Ok(met)
}

struct Trial<'a> {
    kb: &'a KnowledgeBase,
    case: &'a Case,
    expected: &'a ExpectedMoment,
    facts: &'a Facts,
    model: &'a Model,
}

impl Trial<'_> {
    fn misses(&self) -> Vec<Diagnostic> {
        let ExpectedMoment { rules, named, first, .. } = self.expected;
        let mut misses: Vec<Diagnostic> = rules.iter().filter_map(|rule| self.rule(rule)).collect();
        if named.is_empty() && first.is_empty() {
            return misses;
        }
        let advice = advise(self.kb, self.facts, self.model);
        misses.extend(named.iter().filter_map(|named| self.named(named, &advice)));
        misses.extend(self.first(first, &advice));
        misses
    }

    fn rule(&self, expected: &ExpectedRule) -> Option<Diagnostic> {
        let rule = self.kb.rules.get(expected.rule.0)?;
        let subject = expected.subject.as_ref().map(|ids| ids.join(", "));
        let found: Vec<(Status, String)> = self
            .model
            .conclusions
            .iter()
            .filter(|conclusion| conclusion.rule == expected.rule)
            .map(|conclusion| {
                (
                    conclusion.status,
                    subject_ids(self.kb, self.facts, expected.rule, &conclusion.subject),
                )
            })
            .filter(|(_, ids)| subject.as_ref().is_none_or(|subject| subject == ids))
            .collect();
        let (met, wanted) = match wanted(expected.becomes) {
            Some((status, wanted)) => (found.iter().any(|one| one.0 == status), wanted),
            None => (!found.iter().any(|one| appears(one.0)), "should be silent"),
        };
        if met {
            return None;
        }
        let about = subject.map_or_else(String::new, |ids| format!(" for {ids}"));
        let message = format!("`{}`{about} {wanted}", rule.name);
        let gone = self.gone(expected);
        let view = View { kb: self.kb, facts: self.facts, model: self.model };
        let outcome = || why::outcome(view, expected.rule, expected.subject.as_deref(), &found);
        Some(self.miss(expected.span, message, &gone.unwrap_or_else(outcome)))
    }

    /// Which row of the subject is not there.
    fn gone(&self, expected: &ExpectedRule) -> Option<String> {
        let variables = &self.kb.rules.get(expected.rule.0)?.variables;
        let mut rows = expected.subject.iter().flatten().zip(variables);
        let gone = rows.find(|(id, one)| self.facts.find_row(one.entity, id).is_none())?;
        Some(format!("`{}` is not there", gone.0))
    }

    fn named(&self, named: &Named, advice: &Advice) -> Option<Diagnostic> {
        let (name, is_named, found) = match named.what {
            Recommendation::Action(id) => {
                let name = &self.kb.actions.get(id.0)?.name;
                let to_do = to_do(advice);
                let done = advice.recommendations.iter().any(|item| item.done && item.id == *name);
                let found =
                    if done { "it is done".to_owned() } else { said("recommended", &to_do) };
                (name, to_do.contains(&name.as_str()), found)
            }
            Recommendation::Risk(id) => {
                let name = &self.kb.risks.get(id.0)?.name;
                let warnings: Vec<&str> =
                    advice.warnings.iter().map(|item| item.id.as_str()).collect();
                (name, warnings.contains(&name.as_str()), said("warned of", &warnings))
            }
        };
        if is_named == named.wanted {
            return None;
        }
        let verb = match named.what {
            Recommendation::Action(_) => "be recommended",
            Recommendation::Risk(_) => "be warned of",
        };
        let (not, found) = if named.wanted { ("", found) } else { ("not ", "it is".to_owned()) };
        Some(self.miss(named.span, format!("`{name}` should {not}{verb}"), &found))
    }

    /// The first action that is not where it should be among what is to be done.
    fn first(&self, first: &[(ActionId, Span)], advice: &Advice) -> Option<Diagnostic> {
        let to_do = to_do(advice);
        first.iter().enumerate().find_map(|(place, (id, span))| {
            let name = &self.kb.actions.get(id.0)?.name;
            if to_do.get(place) == Some(&name.as_str()) {
                return None;
            }
            let message = format!("`{name}` should be number {} of what to do", place + 1);
            Some(self.miss(*span, message, &said("recommended, in this order,", &to_do)))
        })
    }

    fn miss(&self, span: Span, message: String, found: &str) -> Diagnostic {
        let ExpectedMoment { name, why, .. } = self.expected;
        let when =
            name.as_deref().map_or_else(|| "at its end".to_owned(), |name| format!("at {name}"));
        let why = why.as_ref().map_or_else(String::new, |why| format!(": {why}"));
        Diagnostic::new(UNMET_EXPECTATION, span, message)
            .label(found)
            .related(self.expected.span, format!("in the case {} {when}{why}", self.case.id))
    }
}

/// The status that a rule should have; none where it should be silent.
fn wanted(becomes: Becomes) -> Option<(Status, &'static str)> {
    match becomes {
        Becomes::Firing => Some((Status::Firing, "should fire")),
        Becomes::Provisional => Some((Status::Provisional, "should be provisional")),
        Becomes::Contested => Some((Status::Contested, "should be contested")),
        Becomes::Open => Some((Status::Open, "should be open")),
        Becomes::SetAside => Some((Status::SetAside, "should be set aside")),
        Becomes::Silent => None,
    }
}

fn appears(status: Status) -> bool {
    matches!(status, Status::Firing | Status::Provisional | Status::Contested)
}

/// The ids of what is to be done, in order.
fn to_do(advice: &Advice) -> Vec<&str> {
    let items = advice.recommendations.iter().filter(|item| !item.done);
    items.map(|item| item.id.as_str()).collect()
}

/// `recommended are a, b and 3 more`.
fn said(what: &str, ids: &[&str]) -> String {
    const MOST: usize = 8;
    if ids.is_empty() {
        return format!("{what} is nothing");
    }
    let shown = ids.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    let more = ids.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{what} {} {shown}{more}", if ids.len() == 1 { "is" } else { "are" })
}
