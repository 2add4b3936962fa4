//! What the steps that a step rests on show, by what they are about.

use std::collections::BTreeMap;

use crate::certificate::{Atom, Bound, Claim, Matter, Outcome, Place, Quantity, Root, Step};
use crate::facts::Facts;
use crate::knowledge::{EntityId, EntityKind, KnowledgeBase, PredicateId, RuleId};

use super::Checked;
use super::shown::Shown;

/// What a step may rest on.
pub(super) struct Premises<'a> {
    pub(super) kb: &'a KnowledgeBase,
    /// The facts, with the speaker of the step believed.
    pub(super) facts: &'a Facts,
    /// The facts of the case as it is.
    pub(super) case: &'a Facts,
    shown: BTreeMap<&'a Matter, Shown>,
    values: BTreeMap<&'a Quantity, Outcome>,
    failing: Vec<(&'a [Atom], Bound)>,
    /// Where a speaker is believed, what is shown of rules.
    elsewhere: BTreeMap<(&'a str, &'a Matter), Shown>,
}

impl<'a> Premises<'a> {
    pub(super) fn new(kb: &'a KnowledgeBase, facts: &'a Facts, case: &'a Facts) -> Premises<'a> {
        Premises {
            kb,
            facts,
            case,
            shown: BTreeMap::new(),
            values: BTreeMap::new(),
            failing: Vec::new(),
            elsewhere: BTreeMap::new(),
        }
    }

    /// Adds what a step shows. Only verdicts rest on steps where somebody is believed.
    pub(super) fn add(&mut self, step: &'a Step) {
        let elsewhere = !std::ptr::eq(self.facts, self.case);
        match (&step.claim, &step.believing) {
            (Claim::Holds(matter, bound), Some(speaker)) if !elsewhere => {
                let shown = self.elsewhere.entry((speaker, matter)).or_default();
                *shown = shown.with(Shown::by(*bound));
            }
            (_, Some(_)) if !elsewhere => {}
            (Claim::Holds(matter, bound), _) => {
                let shown = self.shown.entry(matter).or_default();
                *shown = shown.with(Shown::by(*bound));
            }
            (Claim::Value(quantity, outcome), _) => {
                self.values.insert(quantity, *outcome);
            }
            (Claim::Fails(atoms, bound), _) => self.failing.push((atoms, *bound)),
            (Claim::Verdict(..), _) => {}
        }
    }

    /// What is shown of something.
    pub(super) fn shown(&self, matter: &Matter) -> Shown {
        self.shown.get(matter).copied().unwrap_or_default()
    }

    /// What is shown of a rule where a speaker is believed.
    pub(super) fn shown_believing(&self, speaker: &str, matter: &Matter) -> Shown {
        self.elsewhere.get(&(speaker, matter)).copied().unwrap_or_default()
    }

    /// What is shown of a predicate, by itself or among atoms that fail.
    pub(super) fn atom(&self, predicate: PredicateId, rows: &[usize]) -> Shown {
        let atom = (predicate, rows.to_vec());
        let failing = self.failing.iter().filter(|(atoms, _)| atoms.binary_search(&atom).is_ok());
        let own = self.shown(&Matter::Predicate(predicate, rows.to_vec()));
        failing.fold(own, |shown, (_, bound)| shown.with(Shown::by(*bound)))
    }

    /// The values of something, which must have been shown.
    pub(super) fn known(&self, quantity: &Quantity) -> Checked<Outcome> {
        let missing = || "it rests on no step with a value that it needs".to_owned();
        self.values.get(quantity).copied().ok_or_else(missing)
    }

    pub(super) fn listed(&self, entity: EntityId) -> usize {
        self.facts.rows(entity).list.len()
    }

    /// One past the last row that something may be said of: the unlisted one, where there may be one.
    pub(super) fn end(&self, entity: EntityId) -> usize {
        let many = self.kb.vocabulary.entity(entity).kind == EntityKind::Many;
        self.listed(entity) + usize::from(many && !self.facts.rows(entity).complete)
    }

    /// That these rows may be spoken of as rows of these entities.
    pub(super) fn rows(
        &self,
        rows: &[usize],
        entities: impl ExactSizeIterator<Item = EntityId>,
    ) -> Checked<()> {
        let fits = rows.len() == entities.len()
            && rows.iter().zip(entities).all(|(row, entity)| *row < self.end(entity));
        if fits { Ok(()) } else { Err("it speaks of rows that are not there".to_owned()) }
    }

    /// That a predicate may be spoken of for these rows.
    fn arguments(&self, predicate: PredicateId, rows: &[usize]) -> Checked<()> {
        let predicate = self.kb.predicates.get(predicate.0).ok_or("there is no such predicate")?;
        self.rows(rows, predicate.parameters.iter().copied())
    }

    /// That these atoms may be taken not to reach a bound.
    pub(super) fn atoms(&self, atoms: &[Atom], bound: Bound) -> Checked<()> {
        if bound.is_reached() || !atoms.is_sorted_by(|a, b| a < b) {
            return Err("it is no list of atoms that fail".to_owned());
        }
        atoms.iter().try_for_each(|(predicate, rows)| self.arguments(*predicate, rows))
    }

    /// That no definition gives one of these atoms.
    pub(super) fn unfounded(&self, atoms: &[Atom], bound: Bound) -> Checked<()> {
        self.atoms(atoms, bound)?;
        for (predicate, rows) in atoms {
            if !self.definitions(*predicate, rows)?.reaches(bound) {
                return Err("a definition may give one of the atoms".to_owned());
            }
        }
        Ok(())
    }

    /// What the definitions of a predicate show of it.
    pub(super) fn definitions(&self, predicate: PredicateId, rows: &[usize]) -> Checked<Shown> {
        self.arguments(predicate, rows)?;
        let found = self.kb.predicates.get(predicate.0).ok_or("there is no such predicate")?;
        let of = |(at, definition): (usize, &crate::knowledge::Definition)| {
            let place = Place::root(Root::Definition(predicate, at));
            let rows = padded(rows, definition.variables.len());
            self.part(&place, &definition.when, &rows)
        };
        Ok(found.definitions.iter().enumerate().map(of).fold(Shown::FAILS, Shown::or))
    }

    /// What is shown of a matter of the step, from its parts.
    pub(super) fn matter(&self, matter: &Matter) -> Checked<Shown> {
        match matter {
            Matter::Condition(place, rows) => self.condition(place, rows),
            Matter::Predicate(predicate, rows) => self.definitions(*predicate, rows),
            Matter::Rule(rule, subject) => self.rule(*rule, subject),
        }
    }

    /// The rule with this id.
    pub(super) fn find_rule(&self, rule: RuleId) -> Checked<&'a crate::knowledge::Rule> {
        self.kb.rules.get(rule.0).ok_or_else(|| "there is no such rule".to_owned())
    }
}

/// Rows for the first variables; the others stand for none yet.
pub(super) fn padded(rows: &[usize], variables: usize) -> Vec<usize> {
    let mut padded = rows.to_vec();
    padded.resize(variables.max(rows.len()), crate::certificate::UNBOUND);
    padded
}
