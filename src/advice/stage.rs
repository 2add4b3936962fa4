//! The stage of the case: what it weighs that advice is overdue or early, and where stated values contradict the facts.
//! Ranks nothing.

use crate::knowledge::{self, AttributeId, Rule, Type};
use crate::proof::support::derivation_support;
use crate::proof::wording::value_text;
use crate::proof::{Fact, View};
use crate::value::{Members, Possible};

use super::{Contradiction, Stage};

/// A rule's stage against the case's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timing {
    /// The case is past it.
    Overdue,
    /// It is the case's stage, or one of the two is not known.
    Now,
    /// It comes next.
    Next,
    /// It comes later.
    Later,
}

/// Where the case stands on the stage scale.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    attribute: Option<AttributeId>,
    possible: Members,
    factors: [i64; 4],
}

impl Clock {
    pub(super) fn new(view: View<'_>) -> Clock {
        let attribute = view.kb.ranking.stage;
        let possible = match attribute.map(|attribute| view.attribute(attribute, 0)) {
            Some(Possible::Choice(members)) => members,
            _ => Members::MAX,
        };
        Clock { attribute, possible, factors: view.kb.ranking.timing }
    }

    fn now(&self) -> Option<usize> {
        self.possible.is_power_of_two().then(|| self.possible.trailing_zeros() as usize)
    }

    pub(super) fn timing(&self, stage: Option<knowledge::Stage>) -> Timing {
        let (Some(stage), Some(now)) = (stage, self.now()) else { return Timing::Now };
        if stage.member < now {
            Timing::Overdue
        } else if stage.member == now {
            Timing::Now
        } else if stage.member == now + 1 {
            Timing::Next
        } else {
            Timing::Later
        }
    }

    pub(super) fn factor(&self, timing: Timing) -> i64 {
        let [overdue, now, next, later] = self.factors;
        match timing {
            Timing::Overdue => overdue,
            Timing::Now => now,
            Timing::Next => next,
            Timing::Later => later,
        }
    }

    /// Whether a rule is for one stage only and that is certainly past.
    pub(super) fn is_over(&self, rule: &Rule) -> bool {
        self.attribute.is_some()
            && rule.stage.is_some_and(|stage| {
                stage.only && self.possible.trailing_zeros() as usize > stage.member
            })
    }

    /// Whether the case may be at a stage.
    pub(super) fn may_be_at(&self, stage: Option<usize>) -> bool {
        stage.is_none_or(|stage| stage < 64 && self.possible >> stage & 1 == 1)
    }

    pub(super) fn stage(&self, view: View<'_>) -> Option<Stage> {
        let attribute = self.attribute?;
        let declared = view.kb.vocabulary.attribute(attribute);
        Some(Stage {
            path: view.path(Fact::Attribute(attribute, 0)),
            possible: wordings(view, attribute, self.possible),
            unknown: view.attribute(attribute, 0) == view.kb.vocabulary.everything(declared.kind),
            stated: view.facts.cell(attribute, 0).is_some_and(crate::facts::Cell::is_stated),
        })
    }

    /// The wording of a stage.
    pub(super) fn wording(&self, view: View<'_>, stage: Option<usize>) -> Option<String> {
        wordings(view, self.attribute?, 1_u64.checked_shl(u32::try_from(stage?).ok()?)?).pop()
    }
}

fn wordings(view: View<'_>, attribute: AttributeId, members: Members) -> Vec<String> {
    let Type::Choice(domain) = view.kb.vocabulary.attribute(attribute).kind else {
        return Vec::new();
    };
    let all = view.kb.vocabulary.domain(domain).members.iter().enumerate();
    all.filter(|(index, _)| members >> index & 1 == 1)
        .map(|(_, member)| member.wording.clone())
        .collect()
}

/// Stated values of derived attributes that the facts contradict.
pub(super) fn contradictions(view: View<'_>) -> Vec<Contradiction> {
    let mut list = Vec::new();
    for attribute in view.kb.derivations.keys().copied() {
        let cells = view.facts.cells.of(attribute).iter().enumerate();
        for (row, cell) in cells.filter(|(_, cell)| cell.is_stated()) {
            let derived = view.derivation(attribute, row);
            if derived.meet(cell.possible).is_none() {
                list.push(contradiction(view, attribute, row, cell.possible, derived));
            }
        }
    }
    list.sort_by_key(|contradiction| !contradiction.is_stage);
    list
}

fn contradiction(
    view: View<'_>,
    attribute: AttributeId,
    row: usize,
    stated: Possible,
    derived: Possible,
) -> Contradiction {
    let kind = view.kb.vocabulary.attribute(attribute).kind;
    let is_stage = view.kb.ranking.stage == Some(attribute);
    let fact = Fact::Attribute(attribute, row);
    let skipped = match (is_stage, stated, derived) {
        (true, Possible::Choice(stated), Possible::Choice(derived)) if derived != 0 => {
            let before = (1_u64 << stated.trailing_zeros().min(63)) - 1;
            let from = Members::MAX << derived.ilog2();
            wordings(view, attribute, before & from)
        }
        _ => Vec::new(),
    };
    Contradiction {
        path: view.path(fact),
        fact,
        stated: value_text(view.kb, kind, stated),
        derived: value_text(view.kb, kind, derived),
        is_stage,
        skipped,
        facts: derivation_support(view, attribute, row).0.into_iter().collect(),
    }
}
