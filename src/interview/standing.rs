//! How the advice stands, and what an answer made of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::advice::{Advice, Item};
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
    /// Conclusions that are open, contested or provisional.
    unsettled: BTreeSet<(String, Vec<String>)>,
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
    /// How many conclusions the answer settled.
    pub settled: usize,
    /// What is new of the warnings, by title.
    pub new_warnings: Vec<String>,
    /// What is new of the recommendations, by title.
    pub new_recommendations: Vec<String>,
    /// What became certain, by title.
    pub certain: Vec<String>,
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
        let settled = |status: Status| matches!(status, Status::Firing | Status::SetAside);
        let unsettled = advice.conclusions.iter().filter(|one| !settled(one.status));
        let open = advice.undecided.iter().filter(|one| !one.contested).count();
        Standing {
            warnings: advice.warnings.iter().map(given).collect(),
            recommendations: advice
                .recommendations
                .iter()
                .filter(|item| !item.done)
                .map(given)
                .collect(),
            open: u64::try_from(open).unwrap_or(u64::MAX).saturating_add(advice.uncounted),
            unsettled: unsettled.map(|one| (one.rule.clone(), one.subject.clone())).collect(),
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
            settled: before.unsettled.difference(&self.unsettled).count(),
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
            progress.gone.extend(gone.map(title));
        }
        progress
    }
}
