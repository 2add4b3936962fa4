//! What hangs on single facts: each statement of a case is left out in turn, and each other value put in its place; the
//! verdicts that change are counted.

mod variant;

use crate::case;
use crate::case::outcome::Outcome;
use crate::engine::{Limit, Limits, Plan};
use crate::facts::Facts;
use crate::knowledge::KnowledgeBase;

use super::past::given;
use super::record::Trial;
use super::verdict::judged;
use super::{Settings, Verdict};

/// So many variants of all cases are tried; the others are counted.
const MOST_TRIED: usize = 10_000;

/// What hangs on single facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sensitivity {
    /// How many statements were left out in turn.
    pub left_out: usize,
    /// How many other values were put in their place, in turn.
    pub replaced: usize,
    /// How many of both were not tried, because there are too many.
    pub untried: usize,
    /// How many verdicts there are for each.
    pub verdicts: usize,
    /// Those without which, or with another value of which, a verdict is another.
    pub fragile: Vec<Fragile>,
}

/// A statement on which verdicts hang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragile {
    /// The case.
    pub case: String,
    /// The event that states it; none from the start.
    pub event: Option<String>,
    /// The path of the fact.
    pub fact: String,
    /// The value that was put in its place, in words; none where it was left out.
    pub instead: Option<String>,
    /// The risks whose verdict changes, with the verdict before and then.
    pub changes: Vec<(String, [Verdict; 2])>,
}

impl Sensitivity {
    /// Leaves out each statement of a case in turn, then puts each other value in its place.
    pub(super) fn try_case(
        &mut self,
        (kb, plan): (&KnowledgeBase, &Plan),
        (trial, outcome): (&Trial<'_>, &Outcome),
        (held, settings): (&[Verdict], &Settings),
        limits: Limits,
    ) -> Result<(), Limit> {
        self.verdicts += held.len();
        for variant in variant::variants(kb, trial.case) {
            if self.left_out + self.replaced == MOST_TRIED {
                self.untried += 1;
                continue;
            }
            let tried = if variant.is_left_out() { &mut self.left_out } else { &mut self.replaced };
            *tried += 1;
            let case = variant.of(trial.case);
            let points = case.points();
            let facts =
                points.iter().map(|at| case::facts(&case, &kb.vocabulary, at, &trial.filter));
            let facts: Vec<Facts> = facts.collect();
            let models = plan.infer(&facts.iter().collect::<Vec<_>>(), limits)?;
            let given: Vec<_> =
                facts.iter().zip(&models).map(|(facts, model)| given(kb, facts, model)).collect();
            let found = judged(kb, (&points, &given), outcome, settings);
            let pairs = outcome.risks.iter().zip(held.iter().zip(&found));
            let changes: Vec<_> = pairs
                .filter(|(_, (held, found))| **held != found.verdict)
                .filter_map(|(told, (held, found))| {
                    Some((kb.risks.get(told.risk.0)?.name.clone(), [*held, found.verdict]))
                })
                .collect();
            if !changes.is_empty() {
                let event = variant.event(trial.case).map(|event| event.id.clone());
                let fact = variant.path(kb, trial.case);
                let instead = variant.instead(kb, trial.case);
                self.fragile.push(Fragile { case: case.id, event, fact, instead, changes });
            }
        }
        Ok(())
    }
}
