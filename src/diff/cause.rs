//! What conclusions change for: the items that bring a change about when they alone are taken from the new pack, and where no
//! single one does, the fewest that do together. Every cause is found by running it.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Limit, Limits, Plan};
use crate::knowledge::KnowledgeBase;

use super::Change;
use super::hybrid::{Budget, Chosen, Mixer};
use super::outcome::{Outcome, Point};
use super::run::{Cases, Place};

/// Changes with one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The items, by position in [`super::Diff::items`]: together they bring the changes about.
    pub items: Vec<usize>,
    /// Other such lists, each of which does as well.
    pub or: Vec<Vec<usize>>,
    /// The changes, by position in [`super::Diff::changes`].
    pub changes: Vec<usize>,
}

/// What causes which changes, and which changes were not traced within the budget.
#[derive(Debug, Default)]
pub(super) struct Traced {
    pub(super) causes: Vec<Cause>,
    pub(super) untraced: Vec<usize>,
    /// Per item that was tried alone: it with what it needs.
    pub(super) alone: BTreeMap<usize, Chosen>,
}

/// The old pack with some of the new items, and what comes of it.
type Mixed = Option<BTreeMap<Place, Outcome>>;

struct Finder<'a> {
    mixer: &'a Mixer<'a>,
    cases: &'a Cases<'a>,
    changes: &'a [Change],
    places: BTreeSet<Place>,
    limits: Limits,
    budget: Budget,
    tried: BTreeMap<Chosen, Mixed>,
}

/// Traces changes.
pub(super) fn trace(
    mixer: &Mixer<'_>,
    cases: &Cases<'_>,
    changes: &[Change],
    new: BTreeMap<Place, Outcome>,
    (limits, budget): (Limits, Budget),
) -> Result<Traced, Limit> {
    let all = mixer.candidates();
    let places = changes.iter().map(|change| (change.case, change.moment)).collect();
    let tried = BTreeMap::from([(all.clone(), Some(new))]);
    let mut finder = Finder { mixer, cases, changes, places, limits, budget, tried };
    let mut traced = Traced::default();
    if changes.is_empty() {
        return Ok(traced);
    }
    let singles = finder.singles(&all, &mut traced)?;
    let mut groups: BTreeMap<Vec<Chosen>, Vec<usize>> = BTreeMap::new();
    let mut left = Vec::new();
    for at in 0..changes.len() {
        let showing = singles.iter().filter(|set| finder.known(set, at));
        let fewest = showing.clone().map(BTreeSet::len).min();
        let sets: Vec<Chosen> = showing.filter(|set| Some(set.len()) == fewest).cloned().collect();
        if sets.is_empty() { left.push(at) } else { groups.entry(sets).or_default().push(at) }
    }
    while let Some(first) = left.first().copied() {
        let Some(set) = finder.fewest(all.clone(), first)? else {
            traced.untraced.push(first);
            left.remove(0);
            continue;
        };
        let (shown, rest) =
            left.into_iter().partition(|at| *at == first || finder.known(&set, *at));
        left = rest;
        groups.entry(vec![set]).or_default().extend::<Vec<usize>>(shown);
    }
    traced.causes =
        groups.into_iter().filter_map(|(sets, changes)| cause(&sets, changes)).collect();
    traced.causes.sort_by(|a, b| (b.changes.len(), &a.items).cmp(&(a.changes.len(), &b.items)));
    Ok(traced)
}

fn cause(sets: &[Chosen], changes: Vec<usize>) -> Option<Cause> {
    let mut lists = sets.iter().map(|set| set.iter().copied().collect());
    Some(Cause { items: lists.next()?, or: lists.collect(), changes })
}

impl Finder<'_> {
    /// Every item alone, with what it needs.
    fn singles(&mut self, all: &Chosen, traced: &mut Traced) -> Result<BTreeSet<Chosen>, Limit> {
        let mut singles = BTreeSet::new();
        // Some are left for what no single item brings about.
        let kept = self.budget.0 / 3;
        for at in all {
            if self.budget.0 <= kept {
                break;
            }
            let known = Chosen::from([*at]);
            if self.tried.contains_key(&known) {
                traced.alone.insert(*at, known.clone());
                singles.insert(known);
                continue;
            }
            let Some((set, kb)) = self.mixer.with_needs(*at, &mut self.budget) else { continue };
            if !self.tried.contains_key(&set) {
                let outcomes = self.run(&kb)?;
                self.tried.insert(set.clone(), Some(outcomes));
            }
            traced.alone.insert(*at, set.clone());
            singles.insert(set);
        }
        Ok(singles)
    }

    fn run(&self, kb: &KnowledgeBase) -> Result<BTreeMap<Place, Outcome>, Limit> {
        self.cases.outcomes((kb, &Plan::new(kb)), &self.places, self.limits)
    }

    /// Whether some items are known to bring a change about.
    fn known(&self, set: &Chosen, at: usize) -> bool {
        let (Some(change), Some(Some(outcomes))) = (self.changes.get(at), self.tried.get(set))
        else {
            return false;
        };
        let outcome = outcomes.get(&(change.case, change.moment));
        let answer = |point: &Point| outcome.and_then(|outcome| outcome.get(point));
        outcome.is_some() && answer(&change.point) == change.answers[1].as_ref()
    }

    /// The same, found out where it is not known.
    fn shows(&mut self, set: &Chosen, at: usize) -> Result<bool, Limit> {
        if !self.tried.contains_key(set) {
            if !self.budget.spend() {
                return Ok(false);
            }
            let mixed = self.mixer.mixed(set);
            let outcomes = mixed.map(|kb| self.run(&kb)).transpose()?;
            self.tried.insert(set.clone(), outcomes);
        }
        Ok(self.known(set, at))
    }

    /// A set of items that brings a change about and of which none can be left out; nothing where the budget ends.
    fn fewest(&mut self, all: Chosen, at: usize) -> Result<Option<Chosen>, Limit> {
        let mut set = all;
        let mut size = (set.len() / 2).max(1);
        loop {
            match self.smaller(&set, size, at)? {
                Some(rest) => set = rest,
                None if size == 1 => break,
                None => size = (size / 2).max(1),
            }
            size = size.min(set.len()).max(1);
        }
        Ok((self.budget.0 > 0).then_some(set))
    }

    /// The set without so many neighbours that are not needed; nothing where all are.
    fn smaller(&mut self, set: &Chosen, size: usize, at: usize) -> Result<Option<Chosen>, Limit> {
        let list: Vec<usize> = set.iter().copied().collect();
        for part in list.chunks(size) {
            let rest: Chosen = set.iter().filter(|one| !part.contains(one)).copied().collect();
            if !rest.is_empty() && self.shows(&rest, at)? {
                return Ok(Some(rest));
            }
        }
        Ok(None)
    }
}
