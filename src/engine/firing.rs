//! What fires in each of many cases, and nothing else: the short answer of an engine that is asked about thousands.

use crate::facts::Facts;
use crate::knowledge::RuleId;

use super::block::{Job, run};
use super::evaluate::Evaluator;
use super::kernel::{Kernel, ones};
use super::meter::Meter;
use super::{Limit, Limits, Plan, Status};

/// A rule that fires in a case. Small, since there are many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Firing {
    rule: u32,
    subject: [u16; 3],
}

impl Firing {
    /// Rules number fewer than a hundred thousand, rows of an entity and variables of a subject at most 4,097 and three.
    pub(super) fn new(rule: RuleId, rows: &[usize]) -> Firing {
        let row = |at: usize| rows.get(at).and_then(|row| u16::try_from(*row).ok()).unwrap_or(0);
        Firing {
            rule: u32::try_from(rule.0).unwrap_or(u32::MAX),
            subject: [row(0), row(1), row(2)],
        }
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> RuleId {
        RuleId(self.rule as usize)
    }

    /// The rows of its subject; 0 beyond its number of variables.
    #[must_use]
    pub fn subject(&self) -> [usize; 3] {
        self.subject.map(usize::from)
    }
}

/// What fires in each case, by rule and subject.
pub(super) fn firing(
    plan: &Plan,
    facts: &[&Facts],
    limits: Limits,
) -> Result<Vec<Vec<Firing>>, Limit> {
    let mut meter = Meter::new(limits);
    let found = vec![Vec::new(); facts.len()];
    let mut job = FiringJob { meter: &mut meter, read: Vec::new(), counts: Vec::new(), found };
    run(plan, facts, &mut job)?;
    let mut found = job.found;
    // Where some rules override others they are not worked out in the order of their ids.
    if !plan.order.is_sorted() {
        for found in &mut found {
            found.sort_unstable();
        }
    }
    Ok(found)
}

struct FiringJob<'m> {
    meter: &'m mut Meter,
    /// What was read off the planes of a block.
    read: Vec<Read>,
    /// How much fires in each case of the block.
    counts: Vec<usize>,
    found: Vec<Vec<Firing>>,
}

/// A firing and its case in the block, which has few; together they are no larger than the firing alone.
struct Read {
    rule: u32,
    subject: [u16; 3],
    case: u16,
}

impl Job for FiringJob<'_> {
    fn run<K: Kernel>(&mut self, plan: &Plan, kernel: K, cases: &[usize]) -> Result<(), Limit> {
        let mut evaluator = Evaluator::new(plan, kernel, false, self.meter);
        evaluator.fixpoints()?;
        let (read, counts) = (&mut self.read, &mut self.counts);
        read.clear();
        counts.clear();
        counts.resize(cases.len(), 0);
        evaluator.rules(false, &mut |rule, status, rows, lane| {
            if status != Status::Firing {
                return;
            }
            let Firing { rule, subject } = Firing::new(rule, rows);
            read.extend(ones(lane).filter_map(|case| {
                *counts.get_mut(case)? += 1;
                Some(Read { rule, subject, case: u16::try_from(case).ok()? })
            }));
        })?;
        self.hand_out(cases);
        Ok(())
    }
}

impl FiringJob<'_> {
    /// Gives each case what fires in it, in room of just that size.
    fn hand_out(&mut self, cases: &[usize]) {
        for (&case, &count) in cases.iter().zip(&self.counts) {
            if let Some(found) = self.found.get_mut(case) {
                found.reserve_exact(count);
            }
        }
        for &Read { rule, subject, case } in &self.read {
            let found = cases.get(usize::from(case)).and_then(|&case| self.found.get_mut(case));
            if let Some(found) = found {
                found.push(Firing { rule, subject });
            }
        }
    }
}
