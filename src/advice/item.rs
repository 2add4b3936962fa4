//! A piece of advice as data: a risk or an action with its reasons, what each weighs, and what pulls against it.
//! Gathers and ranks nothing.

use crate::facts::Evidence;
use crate::knowledge::Severity;
use crate::proof::{Fact, FactView, Grounds};
use crate::source::Span;

use super::{Advice, Timing};

/// A risk or an action, with all reasons for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The stage that an action belongs to.
    pub stage: Option<String>,
    /// The severity of its gravest reason.
    pub severity: Severity,
    /// The sum of its weights, in millionths of millionths.
    pub score: i64,
    /// What it is ranked by: its own score, or that of an action that comes after it.
    pub rank_score: i64,
    /// The weakest evidence in the proof of its best-founded reason.
    pub evidence: Evidence,
    /// Every reason is provisional.
    pub provisional: bool,
    /// An action that was taken for every reason.
    pub done: bool,
    /// Recommended actions that come before it, by id.
    pub after: Vec<String>,
    /// Recommended actions that it pulls against, by id.
    pub opposes: Vec<String>,
    /// The reasons, weightiest first.
    pub reasons: Vec<Reason>,
    /// What each distinct rule adds to the score.
    pub weights: Vec<Weight>,
    /// Its own places in the guide.
    pub cites: Vec<Cited>,
}

impl Item {
    /// Whether all that counts for it is of a stage that is past, and it is not done.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        !self.done && self.is_all(|timing| timing == Timing::Overdue)
    }

    /// Whether all that counts for it is of a stage that is still to come.
    #[must_use]
    pub fn is_for_later(&self) -> bool {
        self.is_all(|timing| matches!(timing, Timing::Next | Timing::Later))
    }

    fn is_all(&self, of: impl Fn(Timing) -> bool) -> bool {
        !self.weights.is_empty() && self.weights.iter().all(|weight| of(weight.timing))
    }
}

/// What one rule adds to a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// The rule.
    pub rule: String,
    /// How grave it is.
    pub severity: Severity,
    /// The weight of that severity, in millionths.
    pub severity_weight: i64,
    /// The rule's stage against the case's.
    pub timing: Timing,
    /// The factor of that timing, in millionths.
    pub timing_factor: i64,
    /// Their product, in millionths of millionths.
    pub score: i64,
}

/// A place in a source guide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// Its id.
    pub id: String,
    /// The source.
    pub source: String,
    /// Where it stands there.
    pub place: String,
}

/// One rule's advice for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule.
    pub rule: String,
    /// Where the rule stands.
    pub span: Span,
    /// The ids of the subject's rows.
    pub subject: Vec<String>,
    /// The names of the subject's rows.
    pub names: Vec<String>,
    /// What it says.
    pub text: String,
    /// How grave it is, after softening; low for encouragement and remarks.
    pub severity: Severity,
    /// An exception is open.
    pub provisional: bool,
    /// For provisional advice, the facts that could make an exception hold.
    pub unless: Vec<Fact>,
    /// The action was taken for this subject, since the reason came up.
    pub done: bool,
    /// The action was taken for this subject, but before the reason came up as it is now.
    pub done_before: bool,
    /// The weakest evidence in its proof.
    pub evidence: Evidence,
    /// Remarks of rules that qualify it.
    pub notes: Vec<String>,
    /// The facts that it rests on.
    pub facts: Vec<Fact>,
    /// The rule's places in the guide.
    pub cites: Vec<Cited>,
}

impl Reason {
    /// Whether it rests on something that the case itself only assumes.
    #[must_use]
    pub fn is_assumed(&self, advice: &Advice) -> bool {
        let views = self.facts.iter().filter_map(|fact| advice.facts.get(fact));
        let assumed =
            |view: &FactView| view.grounds == Grounds::Stated && view.evidence == Evidence::Assumed;
        views.into_iter().any(assumed)
    }
}

/// Two recommended actions that pull against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TradeOff {
    /// The ids of the two, in id order.
    pub actions: [String; 2],
    /// Their titles.
    pub titles: [String; 2],
    /// Why they pull apart.
    pub why: Vec<String>,
    /// The weightiest reason for each.
    pub reasons: [String; 2],
}
