//! Verdicts in groups: by risk, rule, stage, what the rows carry, and passages of the guide.

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::{AdviceKind, KnowledgeBase};

use super::{RiskVerdict, Share, Verdict};

/// Results in groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    /// All together.
    pub all: Row,
    /// By risk.
    pub risks: Vec<Row>,
    /// By rule: of the risks that it warns of, whether it did.
    pub rules: Vec<Row>,
    /// By the stage at the first warning, or else at the last point that counts.
    pub stages: Vec<Row>,
    /// By what the rows carry.
    pub groups: Vec<Row>,
    /// By the part of the guide that rules cite: what stands before the first dot of a passage's id.
    pub passages: Vec<Row>,
}

/// How one group came out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub name: String,
    /// Warned of, and happened.
    pub hits: usize,
    /// Happened, and not warned of.
    pub misses: usize,
    /// Warned of, and did not happen.
    pub false_alarms: usize,
    /// Neither.
    pub silences: usize,
    /// What cannot be known, for whatever reason.
    pub unknown: usize,
}

impl Row {
    /// Of the warnings, those that came true.
    #[must_use]
    pub fn precision(&self) -> Share {
        Share::new(self.hits, self.hits + self.false_alarms)
    }

    /// Of what happened, that which was warned of.
    #[must_use]
    pub fn recall(&self) -> Share {
        Share::new(self.hits, self.hits + self.misses)
    }

    /// Of what did not happen, that of which no warning was given.
    #[must_use]
    pub fn specificity(&self) -> Share {
        Share::new(self.silences, self.silences + self.false_alarms)
    }

    /// How many of the outcomes say anything.
    #[must_use]
    pub fn known(&self) -> usize {
        self.hits + self.misses + self.false_alarms + self.silences
    }

    /// Counts one verdict, by whether what the row is about warned.
    pub fn count(&mut self, verdict: Verdict, warned: bool) {
        let happened = matches!(verdict, Verdict::Hit | Verdict::Miss);
        let place = match (verdict.counts(), happened, warned) {
            (false, ..) => &mut self.unknown,
            (true, true, true) => &mut self.hits,
            (true, true, false) => &mut self.misses,
            (true, false, true) => &mut self.false_alarms,
            (true, false, false) => &mut self.silences,
        };
        *place += 1;
    }
}

/// Rows in the making, by name.
#[derive(Default)]
struct Groups(BTreeMap<String, Row>);

impl Groups {
    fn count(&mut self, name: &str, one: &RiskVerdict, warned: bool) {
        let new = || Row { name: name.to_owned(), ..Row::default() };
        self.0.entry(name.to_owned()).or_insert_with(new).count(one.verdict, warned);
    }

    fn rows(self) -> Vec<Row> {
        self.0.into_values().collect()
    }
}

pub(super) fn tables(kb: &KnowledgeBase, verdicts: &[RiskVerdict]) -> Tables {
    let mut all = Row { name: "all".to_owned(), ..Row::default() };
    let (mut risks, mut stages, mut groups) =
        (Groups::default(), Groups::default(), Groups::default());
    let (mut rules, mut passages) = (Groups::default(), Groups::default());
    let warning = warning(kb);
    for one in verdicts {
        let warned = one.verdict.is_warned();
        all.count(one.verdict, warned);
        risks.count(&one.risk, one, warned);
        let stage =
            if one.stage.is_empty() { "not known".to_owned() } else { one.stage.join(" or ") };
        stages.count(&stage, one, warned);
        for group in &one.groups {
            groups.count(group, one, warned);
        }
        let mut cited: BTreeMap<&str, bool> = BTreeMap::new();
        for (rule, parts) in warning.get(one.risk.as_str()).into_iter().flatten() {
            let own = one.by.iter().any(|by| by == rule);
            rules.count(rule, one, own);
            for part in parts {
                *cited.entry(part).or_default() |= own;
            }
        }
        for (part, warned) in cited {
            passages.count(part, one, warned);
        }
    }
    Tables {
        all,
        risks: risks.rows(),
        rules: rules.rows(),
        stages: stages.rows(),
        groups: groups.rows(),
        passages: passages.rows(),
    }
}

/// For each risk the rules that warn of it, each with the parts of the guide that it cites.
fn warning(kb: &KnowledgeBase) -> BTreeMap<&str, Vec<(&str, BTreeSet<&str>)>> {
    let mut found: BTreeMap<&str, Vec<(&str, BTreeSet<&str>)>> = BTreeMap::new();
    for rule in &kb.rules {
        let cited = rule.cites.iter().filter_map(|id| kb.citations.get(id.0));
        let parts: BTreeSet<&str> =
            cited.filter_map(|citation| citation.id.split('.').next()).collect();
        let risks: BTreeSet<&str> = rule
            .advice
            .iter()
            .filter_map(|clause| match clause.kind {
                AdviceKind::Warn(risk, _) => Some(kb.risks.get(risk.0)?.name.as_str()),
                _ => None,
            })
            .collect();
        for risk in risks {
            found.entry(risk).or_default().push((&rule.name, parts.clone()));
        }
    }
    found
}
