//! Why a rule does not fire for a subject: its conditions, exceptions and the rules that override it, each with whether it
//! holds, fails, is open or is disputed, in words and down to the facts. Changes nothing and ranks nothing but subjects.

mod condition;
mod definition;
mod row;
mod subject;
mod test;

use std::collections::BTreeSet;

use crate::engine::Status;
use crate::knowledge::{Condition, Rule, RuleId};
use crate::truth::Truth;

use super::evaluate::{Scope, View};
use super::fact::Fact;

pub use subject::{Distance, distance, is_subject, nearest, subjects};
pub(super) use test::kind;

/// How it stands with a condition that has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It holds.
    Holds,
    /// The case does not settle it, because speakers disagree.
    Disputed,
    /// The case does not settle it.
    Open,
    /// It does not hold.
    Fails,
}

impl State {
    /// Whether it stands in the way of firing.
    #[must_use]
    pub fn hinders(self) -> bool {
        self != State::Holds
    }
}

/// A condition that has to hold, and how it stands with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// How it stands with it.
    pub state: State,
    /// What is asked and what was found, as a sentence.
    pub text: String,
    /// The fact that it reads, where it reads one.
    pub fact: Option<Fact>,
    /// Whether one of the parts below is enough.
    pub either: bool,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// Parts of the kind that are not listed.
    pub more: usize,
}

impl Part {
    /// The facts that it and its parts read.
    #[must_use]
    pub fn facts(&self) -> BTreeSet<Fact> {
        let mut facts: BTreeSet<Fact> = self.parts.iter().flat_map(Part::facts).collect();
        facts.extend(self.fact);
        facts
    }
}

/// Why a rule does not fire for a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    /// The rule.
    pub rule: RuleId,
    /// The rows of its subject.
    pub subject: Vec<usize>,
    /// What became of it; none where it is silent.
    pub status: Option<Status>,
    /// What has to hold of the subject itself.
    pub admits: Vec<Part>,
    /// The other conditions.
    pub conditions: Vec<Part>,
    /// Exceptions that hold or may hold, put as what has not to hold.
    pub exceptions: Vec<Part>,
    /// Rules that override it and fire or may fire.
    pub overridden_by: Vec<Overrider>,
}

/// A rule that overrides another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overrider {
    /// The rule.
    pub rule: RuleId,
    /// Whether it certainly fires.
    pub fires: bool,
}

impl WhyNot {
    /// All conditions, those of the subject first.
    pub fn all(&self) -> impl Iterator<Item = &Part> {
        self.admits.iter().chain(&self.conditions)
    }

    /// Whether the subject itself is excluded.
    #[must_use]
    pub fn is_excluded(&self) -> bool {
        self.admits.iter().any(|part| part.state == State::Fails)
    }

    /// The facts that it points at.
    #[must_use]
    pub fn facts(&self) -> BTreeSet<Fact> {
        self.all().chain(&self.exceptions).flat_map(Part::facts).collect()
    }
}

/// Why a rule does not fire for a subject; for one that does, how it stands with its conditions all the same.
#[must_use]
pub fn why_not(view: View<'_>, rule: RuleId, subject: &[usize]) -> Option<WhyNot> {
    let declared = view.kb.rules.get(rule.0)?;
    let scope = Scope::new(view, &declared.variables, subject);
    let teller = Teller { visited: Vec::new() };
    let (admits, conditions) = top(declared);
    let tell = |list: &[Condition]| -> Vec<Part> {
        list.iter().flat_map(|condition| teller.condition(&scope, condition, true)).collect()
    };
    let exceptions = teller.condition(&scope, &declared.unless, false);
    let overriders = declared.overridden_by.iter().filter_map(|other| {
        let strength = Strength::of(view, *other, subject);
        strength.may.then_some(Overrider { rule: *other, fires: strength.fires })
    });
    Some(WhyNot {
        rule,
        subject: subject.to_vec(),
        status: status(view, rule, subject),
        admits: tell(admits),
        conditions: tell(conditions),
        exceptions: exceptions.into_iter().filter(|part| part.state.hinders()).collect(),
        overridden_by: overriders.collect(),
    })
}

/// The conditions of a rule: those of its subject, and the others.
fn top(rule: &Rule) -> (&[Condition], &[Condition]) {
    let list = match &rule.when {
        Condition::All(list) => list.as_slice(),
        other => std::slice::from_ref(other),
    };
    list.split_at(rule.admits.min(list.len()))
}

/// What became of a rule for a subject; none where it is silent.
#[must_use]
pub fn status(view: View<'_>, rule: RuleId, subject: &[usize]) -> Option<Status> {
    let mut conclusions = view.model.conclusions.iter();
    let found = conclusions.find(|one| one.rule == rule && one.subject.as_slice() == subject);
    found.map(|conclusion| conclusion.status).or_else(|| {
        // What is open beyond a number of subjects is only counted.
        Strength::of(view, rule, subject).may.then_some(Status::Open)
    })
}

/// How far a rule goes for a subject.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strength {
    /// It may fire.
    pub(super) may: bool,
    /// It fires.
    pub(super) fires: bool,
}

impl Strength {
    pub(super) fn of(view: View<'_>, rule: RuleId, subject: &[usize]) -> Strength {
        let none = Strength { may: false, fires: false };
        let Some(declared) = view.kb.rules.get(rule.0) else { return none };
        let scope = Scope::new(view, &declared.variables, subject);
        let when = scope.truth(&declared.when);
        if !is_subject(declared, subject) || when == Truth::False {
            return none;
        }
        let unless = scope.truth(&declared.unless);
        let others = declared.overridden_by.iter();
        let (may, fires) = others
            .map(|other| Strength::of(view, *other, subject))
            .fold((false, false), |(may, fires), other| (may || other.may, fires || other.fires));
        Strength {
            may: unless != Truth::True && !fires,
            fires: when == Truth::True && unless == Truth::False && !may,
        }
    }
}

/// Puts conditions into words; knows which definitions it is inside of, so that recursion ends.
#[derive(Debug, Clone)]
struct Teller {
    visited: Vec<definition::Inside>,
}

/// How it stands with something that has to have a truth.
fn state(truth: Truth, wanted: bool) -> State {
    match if wanted { truth } else { !truth } {
        Truth::True => State::Holds,
        Truth::Open => State::Open,
        Truth::False => State::Fails,
    }
}

/// What is open because of disputes alone is disputed.
fn by_parts(state: State, parts: &[Part]) -> State {
    let open = |wanted: State| parts.iter().any(|part| part.state == wanted);
    if state == State::Open && open(State::Disputed) && !open(State::Open) {
        State::Disputed
    } else {
        state
    }
}
