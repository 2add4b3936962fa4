//! What a pack makes of facts, point by point: every conclusion, the place of all advice, the stage, the questions answered.
//! Goes by names, so that what two packs make of a case can be compared.

use std::collections::BTreeMap;

use crate::advice::{Advice, advise};
use crate::engine::Status;
use crate::proof::View;
use crate::whatif::{Standing, standing};

/// What can come out one way or another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// A rule for a subject, by the ids of its rows.
    Rule(String, Vec<String>),
    /// A warning, by its risk.
    Warning(String),
    /// A recommendation, by its action.
    Recommendation(String),
    /// Two recommendations that pull against each other.
    TradeOff([String; 2]),
    /// A question of the guide.
    Question(String),
    /// How far the case has come.
    Stage,
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Point::Rule(rule, subject) if subject.is_empty() => write!(f, "rule {rule}"),
            Point::Rule(rule, subject) => write!(f, "rule {rule} of {}", subject.join(", ")),
            Point::Warning(risk) => write!(f, "warning {risk}"),
            Point::Recommendation(action) => write!(f, "recommendation {action}"),
            Point::TradeOff(actions) => write!(f, "trade-off {}", actions.join(" and ")),
            Point::Question(question) => write!(f, "question {question}"),
            Point::Stage => f.write_str("the stage"),
        }
    }
}

/// How it comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// What becomes of a rule; it is silent where there is no answer.
    Status(Status),
    /// How a warning or a recommendation stands.
    Stands(Standing),
    /// It is so.
    Holds,
    /// The stages that are possible, in words.
    Stages(Vec<String>),
}

/// All points that a pack has an answer to.
pub type Outcome = BTreeMap<Point, Answer>;

/// A point with what two packs make of it.
pub type Differing = (Point, [Option<Answer>; 2]);

/// What a pack makes of facts.
#[must_use]
pub fn outcome(view: View<'_>) -> Outcome {
    let advice = advise(view.kb, view.facts, view.model);
    let mut outcome: Outcome = advice
        .conclusions
        .iter()
        .map(|one| {
            let point = Point::Rule(one.rule.clone(), one.subject.clone());
            (point, Answer::Status(one.status))
        })
        .collect();
    outcome.extend(standings(&advice));
    let pairs = advice.tradeoffs.iter().map(|one| Point::TradeOff(one.actions.clone()));
    let answered = advice.questions.iter().filter(|question| question.answered);
    let answered = answered.map(|question| Point::Question(question.id.clone()));
    outcome.extend(pairs.chain(answered).map(|point| (point, Answer::Holds)));
    if let Some(stage) = advice.stage {
        outcome.insert(Point::Stage, Answer::Stages(stage.possible));
    }
    outcome
}

fn standings(advice: &Advice) -> impl Iterator<Item = (Point, Answer)> {
    let warnings = advice.warnings.iter().map(|item| {
        let stands = Answer::Stands(standing(&advice.warnings, item));
        (Point::Warning(item.id.clone()), stands)
    });
    let recommendations = advice.recommendations.iter().map(|item| {
        let stands = Answer::Stands(standing(&advice.recommendations, item));
        (Point::Recommendation(item.id.clone()), stands)
    });
    warnings.chain(recommendations)
}

/// The points to which two packs have different answers.
pub(super) fn differing(before: &Outcome, after: &Outcome) -> Vec<Differing> {
    let gone = before.iter().filter(|(point, answer)| after.get(point) != Some(answer));
    let mut differing: Vec<Differing> = gone
        .map(|(point, answer)| (point.clone(), [Some(answer.clone()), after.get(point).cloned()]))
        .collect();
    let come = after.iter().filter(|(point, _)| !before.contains_key(point));
    differing.extend(come.map(|(point, answer)| (point.clone(), [None, Some(answer.clone())])));
    differing.sort_by(|a, b| a.0.cmp(&b.0));
    differing
}
