//! Rules of thumb to compare with: to warn always, never, as is commonest, or where many conditions are unmet at once.

use super::{RiskVerdict, Verdict};

/// How rules of thumb would have done on the same outcomes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Baselines {
    /// The rules themselves.
    pub rules: Counts,
    /// To warn always.
    pub always: Counts,
    /// To warn never.
    pub never: Counts,
    /// To say of every outcome what is commonest.
    pub commonest: Counts,
    /// To warn of everything where at least [`Baselines::threshold`] rules warn of anything, a checklist that only counts.
    pub count: Counts,
    /// The threshold that does best, chosen after the event, which flatters the checklist.
    pub threshold: usize,
}

/// How often a way to decide was right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Warned, and happened.
    pub hits: usize,
    /// Not warned, and happened.
    pub misses: usize,
    /// Warned, and did not happen.
    pub false_alarms: usize,
    /// Neither.
    pub silences: usize,
}

impl Counts {
    /// How often it was right.
    #[must_use]
    pub fn right(&self) -> usize {
        self.hits + self.silences
    }

    /// All outcomes that count.
    #[must_use]
    pub fn all(&self) -> usize {
        self.right() + self.misses + self.false_alarms
    }
}

/// How a way to decide does on the outcomes that count.
fn counts(verdicts: &[RiskVerdict], warns: impl Fn(&RiskVerdict) -> bool) -> Counts {
    let mut counts = Counts::default();
    for one in verdicts.iter().filter(|one| one.verdict.counts()) {
        let happened = matches!(one.verdict, Verdict::Hit | Verdict::Miss);
        let place = match (warns(one), happened) {
            (true, true) => &mut counts.hits,
            (false, true) => &mut counts.misses,
            (true, false) => &mut counts.false_alarms,
            (false, false) => &mut counts.silences,
        };
        *place += 1;
    }
    counts
}

pub(super) fn baselines(verdicts: &[RiskVerdict]) -> Baselines {
    let always = counts(verdicts, |_| true);
    let never = counts(verdicts, |_| false);
    let most = verdicts.iter().map(|one| one.unmet).max().unwrap_or(0);
    let tried = (0..=most + 1).map(|least| (least, counts(verdicts, |one| one.unmet >= least)));
    let best = tried.max_by_key(|(least, counts)| (counts.right(), std::cmp::Reverse(*least)));
    let (threshold, count) = best.unwrap_or_default();
    Baselines {
        rules: counts(verdicts, |one| one.verdict.is_warned()),
        always,
        never,
        commonest: if always.right() > never.right() { always } else { never },
        count,
        threshold,
    }
}
