//! Coverage: what of the guide a pack accounts for, what becomes of its rules over many cases, what its examples reach.
//! Counts only; judges no advice and lays nothing out.

mod branch;
mod carrier;
mod passage;
mod rule;

use std::collections::BTreeMap;

use crate::case::Case;
use crate::engine::{Limit, Limits, Plan};
use crate::knowledge::{KnowledgeBase, PackName};

pub use branch::{Branch, Derived};
pub use carrier::{Carrier, Kind};
pub use passage::{Account, Passage, Section};
pub use rule::{ByExample, ByStatus, Rule};

/// What of the guide is accounted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// The packs.
    pub packs: Vec<PackName>,
    /// Its sections in their order.
    pub sections: Vec<Section>,
}

impl Guide {
    /// Takes up what passages say, by their ids.
    pub fn tell(&mut self, says: &BTreeMap<String, String>) {
        for passage in self.sections.iter_mut().flat_map(|section| &mut section.passages) {
            passage.says = says.get(&passage.id).cloned();
        }
    }

    /// All passages in their order.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.sections.iter().flat_map(|section| &section.passages)
    }

    /// How many passages are accounted for in this way, each counted once, in the strongest.
    #[must_use]
    pub fn count(&self, account: Account) -> usize {
        self.passages().filter(|passage| passage.account() == account).count()
    }
}

/// What of the guide the packs account for, and the cases that cite it.
#[must_use]
pub fn guide(kb: &KnowledgeBase, cases: &[Case]) -> Guide {
    Guide { packs: kb.packs.clone(), sections: passage::sections(kb, cases) }
}

/// What becomes of the rules over the points of cases, and what the examples reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The packs.
    pub packs: Vec<PackName>,
    /// How many cases.
    pub cases: usize,
    /// How many points of these cases.
    pub points: usize,
    /// How many examples.
    pub examples: usize,
    /// Every rule by its place, those of the pack laid over the others first.
    pub rules: Vec<Rule>,
    /// Every derived attribute, by its place.
    pub derived: Vec<Derived>,
}

/// Runs the rules at every point of the cases, and the examples.
///
/// # Errors
/// Where a case or an example is larger than the engine's limits allow.
pub fn rules(kb: &KnowledgeBase, cases: &[Case], limits: Limits) -> Result<Rules, Limit> {
    let plan = Plan::new(kb);
    let points = rule::points(kb, cases);
    let concluded = plan.conclusions(&points.iter().collect::<Vec<_>>(), limits)?;
    let mut rules = rule::rules(kb, &concluded);
    rules.sort_by_key(|rule| (std::cmp::Reverse(rule.pack), rule.span));
    let mut derived = branch::derived(kb, &plan, limits)?;
    derived.sort_by_key(|one| one.span);
    Ok(Rules {
        packs: kb.packs.clone(),
        cases: cases.len(),
        points: points.len(),
        examples: kb.examples.len(),
        rules,
        derived,
    })
}
