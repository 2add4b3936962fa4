//! Rules from their conditions, exceptions and overriders, and verdicts from rules here and where speakers are believed.

use crate::certificate::{Matter, Place, Root, Verdict};
use crate::knowledge::{Rule, RuleId};

use super::Checked;
use super::premises::{Premises, padded};
use super::shown::{Shown, both, not};

/// What is shown of the parts of a rule for a subject.
struct Parts {
    when: Shown,
    unless: Shown,
    /// Whether a rule that overrides it fires, and whether one may.
    overridden: Shown,
}

impl Parts {
    /// Certain where it fires, possible where it may fire.
    fn fires(&self) -> Shown {
        self.when.and(self.unless.negated()).and(self.overridden.negated())
    }
}

impl Premises<'_> {
    /// What the parts of a rule show of it.
    pub(super) fn rule(&self, id: RuleId, subject: &[usize]) -> Checked<Shown> {
        let rule = self.find_rule(id)?;
        self.subject(rule, subject)?;
        Ok(self.parts(id, rule, subject).fires())
    }

    /// That the rows are listed and the rule speaks of them.
    fn subject(&self, rule: &Rule, subject: &[usize]) -> Checked<()> {
        let listed = |(row, variable): (&usize, &crate::knowledge::Variable)| {
            *row < self.listed(variable.entity)
        };
        let all = subject.len() == rule.subjects && subject.iter().zip(&rule.variables).all(listed);
        if all && speaks_of(rule, subject) {
            Ok(())
        } else {
            Err("the rule does not speak of these rows".to_owned())
        }
    }

    fn parts(&self, id: RuleId, rule: &Rule, subject: &[usize]) -> Parts {
        let rows = padded(subject, rule.variables.len());
        let overriding = rule.overridden_by.iter().map(|other| match self.kb.rules.get(other.0) {
            Some(found) if speaks_of(found, subject) => {
                self.shown(&Matter::Rule(*other, subject.to_vec()))
            }
            _ => Shown::FAILS,
        });
        Parts {
            when: self.part(&Place::root(Root::When(id)), &rule.when, &rows),
            unless: self.part(&Place::root(Root::Unless(id)), &rule.unless, &rows),
            overridden: overriding.fold(Shown::FAILS, Shown::or),
        }
    }

    /// That a verdict is the first that applies.
    pub(super) fn verdict(&self, id: RuleId, subject: &[usize], claimed: Verdict) -> Checked<()> {
        let rule = self.find_rule(id)?;
        self.subject(rule, subject)?;
        let matter = Matter::Rule(id, subject.to_vec());
        let parts = self.parts(id, rule, subject);
        let fires = self.shown(&matter).with(parts.fires());
        let believed: Vec<Option<bool>> = self
            .case
            .speakers()
            .into_iter()
            .map(|speaker| self.shown_believing(speaker, &matter).certain)
            .collect();
        let nobody = believed.into_iter().map(not).reduce(both).unwrap_or(Some(true));
        // What may fire is overridden by nothing that fires.
        let aside = both(parts.overridden.certain, not(fires.possible));
        let aside = both(both(parts.when.possible, not(parts.unless.certain)), aside);
        let applies = [
            (Verdict::Fires, fires.certain),
            (Verdict::Provisional, both(parts.when.certain, fires.possible)),
            (Verdict::SetAside, aside),
            (Verdict::Contested, not(nobody)),
            (Verdict::Open, fires.possible),
            (Verdict::Silent, Some(true)),
        ];
        for (verdict, applies) in applies {
            if verdict == claimed {
                return match applies {
                    Some(true) => Ok(()),
                    _ => Err("the verdict does not follow".to_owned()),
                };
            }
            if applies != Some(false) {
                return Err("an earlier verdict is not excluded".to_owned());
            }
        }
        Err("there is no such verdict".to_owned())
    }
}

/// Whether a rule speaks of these rows: apart where it wants them apart, in order where it takes pairs once.
fn speaks_of(rule: &Rule, subject: &[usize]) -> bool {
    let apart = rule.variables.iter().take(rule.subjects).zip(subject).all(|(variable, row)| {
        variable.apart.iter().all(|other| subject.get(other.0) != Some(row))
    });
    let ordered = match subject {
        [first, second] if rule.two => first < second,
        _ => true,
    };
    apart && ordered
}
