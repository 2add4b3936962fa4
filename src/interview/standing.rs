//! How the advice stands, and what an answer made of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::advice::{self, Advice, Item};
use crate::engine::Status;

/// How the advice stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Risks that are warned of, gravest first.
    pub warnings: Vec<Given>,
    /// Actions that are recommended and not done, first steps first.
    pub recommendations: Vec<Given>,
    /// How many conclusions wait for facts.
    pub open: u64,
    /// What holds only if one of those who differ is right, weightiest first.
    pub contested: Vec<Contested>,
    /// The conclusions that wait, as far as they are listed.
    waiting: BTreeSet<(String, Vec<String>)>,
}

/// A risk or an action of the advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// An exception is open.
    pub provisional: bool,
}

/// A conclusion that holds if somebody is right whom others contradict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contested {
    /// What it would say.
    pub text: String,
    /// Who would have to be right.
    pub believing: Vec<String>,
    /// The risks and actions that it would give, by id.
    gives: Vec<String>,
}

/// What an answer made of the advice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many risks are warned of for certain.
    pub warnings: usize,
    /// How many actions are recommended for certain.
    pub recommendations: usize,
    /// How much of both is provisional.
    pub provisional: usize,
    /// How many conclusions wait for facts.
    pub open: u64,
    /// How many of these did not wait before.
    pub newly_open: usize,
    /// How many waited before and do not wait any more.
    pub no_longer_open: usize,
    /// How many conclusions are contested.
    pub contested: usize,
    /// What is new of the warnings, by title.
    pub new_warnings: Vec<String>,
    /// What is new of the recommendations, by title.
    pub new_recommendations: Vec<String>,
    /// What became certain, by title.
    pub certain: Vec<String>,
    /// What was given before and is contested now, by title.
    pub now_contested: Vec<String>,
    /// What is gone, by title.
    pub gone: Vec<String>,
}

impl Standing {
    /// How advice stands.
    #[must_use]
    pub fn of(advice: &Advice) -> Standing {
        let given = |item: &Item| Given {
            id: item.id.clone(),
            title: item.title.clone(),
            provisional: item.provisional,
        };
        let open = advice.undecided.iter().filter(|one| !one.contested);
        let rules: BTreeSet<&str> = open.clone().map(|one| one.rule.as_str()).collect();
        let waits = |one: &&advice::Conclusion| {
            one.status == Status::Open && rules.contains(one.rule.as_str())
        };
        let waiting = advice.conclusions.iter().filter(waits);
        let contested = advice.undecided.iter().filter(|one| one.contested);
        let open = open.count();
        Standing {
            warnings: advice.warnings.iter().map(given).collect(),
            recommendations: advice
                .recommendations
                .iter()
                .filter(|item| !item.done)
                .map(given)
                .collect(),
            open: u64::try_from(open).unwrap_or(u64::MAX).saturating_add(advice.uncounted),
            contested: contested
                .map(|one| Contested {
                    text: one.text.clone(),
                    believing: one.believing.clone(),
                    gives: one.gives.clone(),
                })
                .collect(),
            waiting: waiting.map(|one| (one.rule.clone(), one.subject.clone())).collect(),
        }
    }

    /// How much there is, with nothing new.
    #[must_use]
    pub fn so_far(&self) -> Progress {
        self.since(self)
    }

    /// What became of it since another.
    #[must_use]
    pub fn since(&self, before: &Standing) -> Progress {
        let certain = |list: &[Given]| list.iter().filter(|given| !given.provisional).count();
        let all = self.warnings.len() + self.recommendations.len();
        let (warnings, recommendations) = (certain(&self.warnings), certain(&self.recommendations));
        let mut progress = Progress {
            warnings,
            recommendations,
            provisional: all - warnings - recommendations,
            open: self.open,
            newly_open: self.waits_beyond(before),
            no_longer_open: before.waits_beyond(self),
            contested: self.contested.len(),
            ..Progress::default()
        };
        let sides = [
            (&before.warnings, &self.warnings, &mut progress.new_warnings),
            (&before.recommendations, &self.recommendations, &mut progress.new_recommendations),
        ];
        for (before, after, new) in sides {
            let was: BTreeMap<&str, bool> =
                before.iter().map(|given| (given.id.as_str(), given.provisional)).collect();
            let was_so =
                |given: &&Given, so: Option<bool>| was.get(given.id.as_str()).copied() == so;
            let title = |given: &Given| given.title.clone();
            new.extend(after.iter().filter(|given| was_so(given, None)).map(title));
            let firm = after.iter().filter(|given| !given.provisional);
            progress.certain.extend(firm.filter(|given| was_so(given, Some(true))).map(title));
            let still: BTreeSet<&str> = after.iter().map(|given| given.id.as_str()).collect();
            let gone = before.iter().filter(|given| !still.contains(given.id.as_str()));
            let (contested, gone): (Vec<_>, Vec<_>) =
                gone.partition(|given| self.is_contested(&given.id));
            progress.now_contested.extend(contested.into_iter().map(title));
            progress.gone.extend(gone.into_iter().map(title));
        }
        progress
    }

    /// How many conclusions wait here that did not wait in another; those that are only counted by their number.
    fn waits_beyond(&self, other: &Standing) -> usize {
        let counted = |standing: &Standing| {
            let listed = u64::try_from(standing.waiting.len()).unwrap_or(u64::MAX);
            standing.open.saturating_sub(listed)
        };
        let more = counted(self).saturating_sub(counted(other));
        let listed = self.waiting.difference(&other.waiting).count();
        listed.saturating_add(usize::try_from(more).unwrap_or(usize::MAX))
    }

    fn is_contested(&self, id: &str) -> bool {
        self.contested.iter().any(|one| one.gives.iter().any(|gives| gives == id))
    }
}
