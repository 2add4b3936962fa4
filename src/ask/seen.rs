//! What an answer makes of the advice as its reader sees it: advice that is new on the page or gone from it, advice that
//! stays with other reasons or for other parties. Compares pieces of advice, where effects compare rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::advice::said;
use crate::engine::Status;
use crate::knowledge::RuleId;
use crate::proof::View;

use super::effect::{Difference, given, gives};
use super::{Given, GivenKind, Seen, Sight};

/// The advice of a case: every piece that rules may give, and the reasons for it now.
pub(super) struct Page {
    items: Vec<Given>,
    /// The pieces that each rule gives.
    of_rule: Vec<Vec<usize>>,
    /// How many reasons each piece has that are certain, and provisional.
    counts: Vec<[i64; 2]>,
    /// The subjects that each piece is given for.
    subjects: Vec<BTreeSet<Vec<String>>>,
}

impl Page {
    pub(super) fn new(view: View<'_>, counts: impl Fn(RuleId) -> bool) -> Page {
        let rules: Vec<Vec<Given>> =
            (0..view.kb.rules.len()).map(|rule| gives(view, RuleId(rule))).collect();
        let all: BTreeSet<&Given> = rules.iter().flatten().collect();
        let items: Vec<Given> = all.into_iter().cloned().collect();
        let place = |what: &Given| items.binary_search(what).ok();
        let of_rule = rules.iter().map(|list| list.iter().filter_map(place).collect()).collect();
        let mut page = Page {
            counts: vec![[0, 0]; items.len()],
            subjects: vec![BTreeSet::new(); items.len()],
            of_rule,
            items,
        };
        let conclusions = view.model.conclusions.iter();
        for one in conclusions.filter(|one| given(Some(one.status)) && counts(one.rule)) {
            let names = names(view, one.rule, &one.subject);
            page.of(one.rule)
                .to_vec()
                .into_iter()
                .for_each(|item| page.note(item, one.status, &names));
        }
        page
    }

    /// Notes a reason for a piece of advice.
    fn note(&mut self, item: usize, status: Status, names: &[String]) {
        if let Some(counts) = self.counts.get_mut(item) {
            count(counts, Some(status), 1);
        }
        if let Some(subjects) = self.subjects.get_mut(item) {
            subjects.insert(names.to_vec());
        }
    }

    fn of(&self, rule: RuleId) -> &[usize] {
        self.of_rule.get(rule.0).map_or(&[], Vec::as_slice)
    }

    /// Whether each piece is given, and whether provisionally, now and then; only of those that some rule changes.
    fn standings(&self, differences: &[Difference]) -> BTreeMap<usize, [Option<bool>; 2]> {
        let mut then: BTreeMap<usize, [i64; 2]> = BTreeMap::new();
        let now = |item: usize| self.counts.get(item).copied().unwrap_or_default();
        for one in differences.iter().filter(|one| one.status.into_iter().any(given)) {
            for item in self.of(one.rule) {
                let counts = then.entry(*item).or_insert_with(|| now(*item));
                count(counts, one.status[0], -1);
                count(counts, one.status[1], 1);
            }
        }
        then.into_iter().map(|(item, then)| (item, [now(item), then].map(standing))).collect()
    }

    /// The rules by which advice comes on the page or leaves it.
    pub(super) fn news(&self, differences: &[Difference]) -> BTreeSet<RuleId> {
        let standings = self.standings(differences);
        let is_news = |item: &usize| {
            standings.get(item).is_some_and(|[now, then]| now.is_some() != then.is_some())
        };
        let turns = |one: &&Difference| given(one.status[0]) != given(one.status[1]);
        let those = differences.iter().filter(turns);
        those.filter(|one| self.of(one.rule).iter().any(is_news)).map(|one| one.rule).collect()
    }

    /// What becomes of each piece of advice, new ones first.
    pub(super) fn seen(&self, view: View<'_>, differences: &[Difference]) -> Vec<Seen> {
        let standings = self.standings(differences);
        let mut list: Vec<Seen> = standings
            .into_iter()
            .filter_map(|(item, standing)| self.one(view, differences, item, standing))
            .collect();
        list.sort_by(|a, b| (a.sight, &a.what).cmp(&(b.sight, &b.what)));
        list
    }

    fn one(
        &self,
        view: View<'_>,
        differences: &[Difference],
        item: usize,
        [now, then]: [Option<bool>; 2],
    ) -> Option<Seen> {
        let what = self.items.get(item)?.clone();
        let own: Vec<&Difference> =
            differences.iter().filter(|one| self.of(one.rule).contains(&item)).collect();
        let whom = |which: &dyn Fn([Option<Status>; 2]) -> bool| -> BTreeSet<Vec<String>> {
            let those = own.iter().filter(|one| which(one.status));
            those.map(|one| names(view, one.rule, &one.subject)).collect()
        };
        let comes = whom(&|[now, then]| !given(now) && given(then));
        let goes = whom(&|[now, then]| given(now) && !given(then));
        let before = self.subjects.get(item)?;
        let also: BTreeSet<Vec<String>> = comes.difference(before).cloned().collect();
        let (sight, whom) = match (now, then) {
            (None, None) => return None,
            (None, Some(_)) => (Sight::Appears, comes),
            (Some(_), None) => (Sight::Goes, goes),
            (Some(true), Some(false)) => (Sight::Certain, BTreeSet::new()),
            (Some(false), Some(true)) => (Sight::Provisional, BTreeSet::new()),
            _ if !also.is_empty() => (Sight::Also, also),
            _ if !comes.is_empty() && !goes.is_empty() => (Sight::Other, BTreeSet::new()),
            _ if !comes.is_empty() => (Sight::More, BTreeSet::new()),
            _ if !goes.is_empty() => (Sight::Fewer, BTreeSet::new()),
            _ => (Sight::Firmness, BTreeSet::new()),
        };
        let remark = what.kind == GivenKind::Remark && sight == Sight::Appears;
        let says = own.first().filter(|_| remark).map(|one| said(view, one.rule, &one.subject));
        let provisional = then == Some(true);
        Some(Seen { what, sight, provisional, whom: whom.into_iter().collect(), says })
    }
}

fn count(counts: &mut [i64; 2], status: Option<Status>, by: i64) {
    match status {
        Some(Status::Firing) => counts[0] += by,
        Some(Status::Provisional) => counts[1] += by,
        _ => {}
    }
}

/// Whether advice with so many reasons, certain and provisional, is provisional; none where it is not given.
fn standing([certain, provisional]: [i64; 2]) -> Option<bool> {
    (certain > 0 || provisional > 0).then_some(certain <= 0)
}

fn names(view: View<'_>, rule: RuleId, subject: &[usize]) -> Vec<String> {
    let variables = view.kb.rules.get(rule.0).map_or(&[][..], |rule| &rule.variables);
    let rows = variables.iter().zip(subject);
    rows.map(|(variable, row)| view.name(variable.entity, *row)).collect()
}
