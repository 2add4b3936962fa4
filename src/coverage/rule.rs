//! What becomes of each rule: at how many points of cases it has each status, and in how many examples it is expected.

use std::collections::BTreeSet;

use crate::case::{self, Case, Filter, Moment};
use crate::engine::{Conclusion, Status};
use crate::facts::Facts;
use crate::knowledge::{Example, Expectation, ExpectedStatus, KnowledgeBase, RuleId};
use crate::source::Span;

/// A rule that fires at more than so many of a hundred points fires nearly always.
const NEARLY_ALWAYS: usize = 80;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub name: String,
    /// The pack that it belongs to, by position.
    pub pack: usize,
    /// Where it stands.
    pub span: Span,
    /// What became of it at the points of the cases.
    pub points: ByStatus,
    /// What the examples expect of it.
    pub examples: ByExample,
}

/// At how many points a rule has a status for some subject. One point may count for several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ByStatus {
    /// It fires.
    pub fires: usize,
    /// It is provisional.
    pub provisional: usize,
    /// It is contested.
    pub contested: usize,
    /// It is open.
    pub open: usize,
    /// It is set aside.
    pub set_aside: usize,
    /// It is silent for every subject.
    pub silent: usize,
}

/// In how many examples a rule is expected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ByExample {
    /// To fire.
    pub fires: usize,
    /// Not to: a near miss.
    pub no: usize,
}

impl Rule {
    /// Whether it fires at nearly all of so many points.
    #[must_use]
    pub fn fires_nearly_always(&self, points: usize) -> bool {
        self.points.fires * 100 > points * NEARLY_ALWAYS
    }

    /// Whether the examples show both when it fires and when it does not.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.examples.fires > 0 && self.examples.no > 0
    }
}

/// The facts at every point of the cases: at the start, after each event, at the end.
pub(super) fn points(kb: &KnowledgeBase, cases: &[Case]) -> Vec<Facts> {
    let mut points = Vec::new();
    for case in cases {
        let events = (0..case.events.len()).map(|index| case.moment_of(index));
        let moments: BTreeSet<Moment> =
            [case.start(), case.end()].into_iter().chain(events).collect();
        points.extend(
            moments.iter().map(|at| case::facts(case, &kb.vocabulary, at, &Filter::default())),
        );
    }
    points
}

/// Every rule, with what was concluded at each point.
pub(super) fn rules(kb: &KnowledgeBase, points: &[Vec<Conclusion>]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = kb
        .rules
        .iter()
        .enumerate()
        .map(|(index, rule)| Rule {
            name: rule.name.clone(),
            pack: rule.pack,
            span: rule.span,
            points: ByStatus { silent: points.len(), ..ByStatus::default() },
            examples: examples(kb, RuleId(index)),
        })
        .collect();
    for conclusions in points {
        let found: BTreeSet<(RuleId, Status)> =
            conclusions.iter().map(|conclusion| (conclusion.rule, conclusion.status)).collect();
        let heard: BTreeSet<RuleId> = found.iter().map(|(rule, _)| *rule).collect();
        for (rule, status) in found {
            let Some(rule) = rules.get_mut(rule.0) else { continue };
            *rule.points.of(status) += 1;
        }
        for rule in heard {
            let Some(rule) = rules.get_mut(rule.0) else { continue };
            rule.points.silent -= 1;
        }
    }
    rules
}

impl ByStatus {
    fn of(&mut self, status: Status) -> &mut usize {
        match status {
            Status::Firing => &mut self.fires,
            Status::Provisional => &mut self.provisional,
            Status::Contested => &mut self.contested,
            Status::Open => &mut self.open,
            Status::SetAside => &mut self.set_aside,
        }
    }
}

fn examples(kb: &KnowledgeBase, wanted: RuleId) -> ByExample {
    let expects = |example: &Example, expected: ExpectedStatus| {
        example.expects.iter().any(|expectation| {
            matches!(expectation, Expectation::Rule { status, rule, .. }
                if *rule == wanted && *status == expected)
        })
    };
    let count = |expected| kb.examples.iter().filter(|example| expects(example, expected)).count();
    ByExample { fires: count(ExpectedStatus::Fires), no: count(ExpectedStatus::No) }
}
