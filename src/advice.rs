//! Advice: what inference concluded, as ranked warnings and recommendations with their reasons, and what is still open.
//! Pure data, in words; computes no inference and lays nothing out.

mod caveat;
mod item;
pub mod near_miss;
mod open;
mod question;
pub mod rank;
mod reason;
pub mod silence;
mod stage;
mod usage;

use std::collections::BTreeMap;

use crate::engine::model::Status;
use crate::engine::{self, Model};
use crate::facts::Facts;
use crate::knowledge::{AdviceKind, KnowledgeBase, PackName, RuleId};
use crate::proof::{Fact, FactView, View};
use crate::source::Span;

pub use item::{Cited, Item, Reason, TradeOff, Weight};
pub use stage::Timing;

/// Everything that can be said of a case at one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The packs that advise.
    pub packs: Vec<PackName>,
    /// How far the case has come, where the packs have stages.
    pub stage: Option<Stage>,
    /// How much of what the rules ask is known.
    pub known: Known,
    /// Stated values that the facts contradict.
    pub contradictions: Vec<Contradiction>,
    /// Risks with their reasons, gravest first.
    pub warnings: Vec<Item>,
    /// Actions with their reasons: what is to be done, first steps first, then what was done.
    pub recommendations: Vec<Item>,
    /// What goes well.
    pub encouragements: Vec<Reason>,
    /// Remarks that belong to no other advice.
    pub notes: Vec<Reason>,
    /// Recommended actions that pull against each other.
    pub tradeoffs: Vec<TradeOff>,
    /// Conclusions that are open or contested, weightiest first.
    pub undecided: Vec<Undecided>,
    /// Open conclusions that were only counted.
    pub uncounted: u64,
    /// The facts that would settle conclusions, those that settle most first.
    pub settling: Vec<Settling>,
    /// The questions of the stage.
    pub questions: Vec<KeyQuestion>,
    /// What is to be borne in mind with all of it.
    pub caveats: Vec<Caveat>,
    /// Every rule and subject that is not silent.
    pub conclusions: Vec<Conclusion>,
    /// The facts that the above points at, in words.
    pub facts: BTreeMap<Fact, FactView>,
}

/// How far the case has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The path of the attribute: `partnership.stage`.
    pub path: String,
    /// The stages that are possible, in words.
    pub possible: Vec<String>,
    /// Whether every stage is possible.
    pub unknown: bool,
    /// Whether the case states it (else it is worked out or has a default).
    pub stated: bool,
}

/// How many of the facts that the rules read are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// Known ones.
    pub known: usize,
    /// All.
    pub total: usize,
}

/// A stated value that the facts contradict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The attribute of the row: `partnership.stage`.
    pub path: String,
    /// The fact that is stated.
    pub fact: Fact,
    /// What the case states.
    pub stated: String,
    /// What the facts give.
    pub derived: String,
    /// Whether it is the stage.
    pub is_stage: bool,
    /// For the stage: the stages that may have been skipped.
    pub skipped: Vec<String>,
    /// The facts that speak against it.
    pub facts: Vec<Fact>,
}

/// A conclusion that is open or contested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// The rule.
    pub rule: String,
    /// Where the rule stands.
    pub span: Span,
    /// The ids of the subject's rows.
    pub subject: Vec<String>,
    /// The names of the subject's rows.
    pub names: Vec<String>,
    /// What speakers disagree about decides it, and not only what is not known.
    pub contested: bool,
    /// The risks and actions that it would give, by id.
    pub gives: Vec<String>,
    /// What it would say first.
    pub text: String,
    /// The score that it would add, in millionths of millionths.
    pub weight: i64,
    /// The facts that it hangs on.
    pub hangs_on: Vec<Fact>,
    /// For contested ones, the speakers whom it would take to believe.
    pub believing: Vec<String>,
}

/// A fact that would settle conclusions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settling {
    /// The fact.
    pub fact: Fact,
    /// How many conclusions hang on it.
    pub conclusions: usize,
    /// The rules of these, by id.
    pub rules: Vec<String>,
    /// The weights of these rules, each shared among the facts that its conclusion hangs on.
    pub weight: i64,
}

/// A question of the guide for the stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyQuestion {
    /// Its id.
    pub id: String,
    /// The question.
    pub title: String,
    /// Its stage.
    pub stage: Option<String>,
    /// Whether the case answers it.
    pub answered: bool,
    /// Whether a case can answer it at all.
    pub answerable: bool,
    /// Where nothing else is missing: the lists of which the case does not say that they leave nobody out.
    pub needs_complete: Vec<String>,
    /// Its places in the guide.
    pub cites: Vec<Cited>,
}

/// A standing remark of the packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caveat {
    /// Its id.
    pub id: String,
    /// The remark.
    pub text: String,
    /// Its stage.
    pub stage: Option<String>,
    /// Its places in the guide.
    pub cites: Vec<Cited>,
}

/// What became of one rule for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// The rule.
    pub rule: String,
    /// The ids of the subject's rows.
    pub subject: Vec<String>,
    /// What became of it.
    pub status: Status,
}

/// What can be said of a case, ranked.
#[must_use]
pub fn advise(kb: &KnowledgeBase, facts: &Facts, model: &Model) -> Advice {
    let view = View { kb, facts, model };
    let clock = stage::Clock::new(view);
    let reasons = reason::collect(view, &clock);
    let (undecided, counted) = open::undecided(view, &clock);
    let mut recommendations = rank::actions(view, &clock, &reasons);
    let tradeoffs = rank::tradeoffs(kb, &mut recommendations);
    let mut advice = Advice {
        packs: kb.packs.clone(),
        stage: clock.stage(view),
        known: usage::known(view),
        contradictions: stage::contradictions(view),
        warnings: rank::risks(view, &clock, &reasons),
        recommendations,
        encouragements: reasons.encouragements,
        notes: reasons.notes,
        tradeoffs,
        settling: open::settling(view, &undecided, &reasons.provisional),
        undecided,
        uncounted: model.uncounted.values().sum::<u64>() + counted,
        questions: question::questions(view, &clock),
        caveats: caveat::caveats(view, &clock),
        conclusions: conclusions(view),
        facts: BTreeMap::new(),
    };
    advice.facts = mentioned(&advice).into_iter().map(|fact| (fact, view.describe(fact))).collect();
    advice
}

/// The conclusions that are given as advice: those that fire or are provisional, and whose stage is not over.
#[must_use]
pub fn given(view: View<'_>) -> Vec<&engine::Conclusion> {
    let clock = stage::Clock::new(view);
    let conclusions = view.model.conclusions.iter();
    conclusions
        .filter(|one| matches!(one.status, Status::Firing | Status::Provisional))
        .filter(|one| view.kb.rules.get(one.rule.0).is_some_and(|rule| !clock.is_over(rule)))
        .collect()
}

/// What a remark of a rule says of a subject, or else its first advice.
#[must_use]
pub fn said(view: View<'_>, rule: RuleId, subject: &[usize]) -> String {
    let Some(known) = view.kb.rules.get(rule.0) else { return String::new() };
    let is_remark = |kind: AdviceKind| matches!(kind, AdviceKind::Encourage | AdviceKind::Note);
    let clause = known.advice.iter().find(|clause| is_remark(clause.kind));
    let text = clause.map(|clause| &clause.text).or_else(|| reason::first_text(known));
    let support = crate::proof::support(view, rule, subject);
    let wording = reason::wording(view, known, subject, &support);
    text.map_or_else(String::new, |text| wording.render(text))
}

/// What each rule weighs that gives advice, by its gravest advice and the stage of the case, in millionths of millionths;
/// none for a rule that gives none, or none any more.
#[must_use]
pub fn weights(view: View<'_>) -> Vec<Option<i64>> {
    let clock = stage::Clock::new(view);
    let rules = view.kb.rules.iter();
    rules
        .map(|rule| {
            let gives = !rule.advice.is_empty() && !clock.is_over(rule);
            gives.then(|| reason::weight(view.kb, &clock, rule))
        })
        .collect()
}

fn conclusions(view: View<'_>) -> Vec<Conclusion> {
    let mut list: Vec<Conclusion> = view
        .model
        .conclusions
        .iter()
        .filter_map(|conclusion| {
            let rule = view.kb.rules.get(conclusion.rule.0)?;
            Some(Conclusion {
                rule: rule.name.clone(),
                subject: reason::subject_ids(view, rule, &conclusion.subject),
                status: conclusion.status,
            })
        })
        .collect();
    list.sort_by(|a, b| (&a.rule, &a.subject).cmp(&(&b.rule, &b.subject)));
    list
}

fn mentioned(advice: &Advice) -> std::collections::BTreeSet<Fact> {
    let items = advice.warnings.iter().chain(&advice.recommendations);
    let reasons =
        items.flat_map(|item| &item.reasons).chain(&advice.encouragements).chain(&advice.notes);
    let mut facts: std::collections::BTreeSet<Fact> =
        reasons.flat_map(|reason| reason.facts.iter().chain(&reason.unless)).copied().collect();
    facts.extend(advice.undecided.iter().flat_map(|undecided| &undecided.hangs_on));
    facts.extend(advice.settling.iter().map(|settling| settling.fact));
    for contradiction in &advice.contradictions {
        facts.insert(contradiction.fact);
        facts.extend(&contradiction.facts);
    }
    facts
}
