//! Values: from facts, or from what derivations and the highest or lowest rest on.

use crate::certificate::place::{own_rows, terms};
use crate::certificate::{Claim, Inference, Outcome, Place, Quantity, Root};
use crate::knowledge::{AttributeId, Branch, Condition, DerivationBody, Extreme, Term, Test};
use crate::truth::Truth;

use super::super::evaluate::Scope;
use super::condition::At;
use super::{Proved, Prover, TooLong, bounds};

impl Prover<'_> {
    /// Proves the values of all terms of a test.
    pub(super) fn terms(&mut self, at: At<'_, '_>, test: &Test) -> Result<Vec<usize>, TooLong> {
        let mut from = Vec::new();
        for (position, term) in terms(test).into_iter().enumerate() {
            from.extend(self.term(at, term, position)?);
        }
        Ok(from)
    }

    fn term(
        &mut self,
        at: At<'_, '_>,
        term: &Term,
        position: usize,
    ) -> Result<Option<usize>, TooLong> {
        match term {
            Term::Attribute(attribute, row) => {
                self.attribute(at.world, *attribute, at.scope.resolve(*row)).map(Some)
            }
            Term::Relation(relation, a, b) => {
                let (a, b) = (at.scope.row(*a), at.scope.row(*b));
                let value = at.scope.view.relation(*relation, a, b);
                let outcome = Outcome { value: Some(value), may_lack: false };
                let claim = Claim::Value(Quantity::Relation(*relation, a, b), outcome);
                match self.find(at.world, &claim) {
                    Some(known) => Ok(Some(known)),
                    None => self.add(at.world, claim, Inference::Fact, vec![]).map(Some),
                }
            }
            Term::Member(_) => Ok(None),
            Term::Extreme(extreme) => {
                let place = at.place.part(position);
                let found = at.scope.extreme(extreme);
                let outcome = Outcome { value: found.value, may_lack: found.may_lack };
                let rows = at.scope.rows().to_vec();
                let claim = Claim::Value(Quantity::Extreme(place.clone(), rows), outcome);
                if let Some(known) = self.find(at.world, &claim) {
                    return Ok(Some(known));
                }
                let from = self.extreme(At { place: &place, ..at }, extreme)?;
                self.add(at.world, claim, Inference::Extreme, from).map(Some)
            }
            Term::Years { date, .. } => self.term(at, date, position),
        }
    }

    /// What a highest or lowest rests on: which rows count, and their values.
    fn extreme(&mut self, at: At<'_, '_>, extreme: &Extreme) -> Result<Vec<usize>, TooLong> {
        let mut from = Vec::new();
        for candidate in at.scope.candidates(extreme.variable) {
            let scope = at.scope.bind(extreme.variable, candidate.row);
            let at = At { scope: &scope, ..at };
            let counts = scope.truth(&extreme.condition);
            for bound in bounds(counts) {
                from.extend(self.whole(at, &extreme.condition, *bound)?);
            }
            if counts.possible() {
                from.extend(self.term(at, &extreme.term, 0)?);
            }
        }
        Ok(from)
    }

    /// Proves the values of an attribute of a row.
    fn attribute(&mut self, world: usize, attribute: AttributeId, row: usize) -> Proved {
        let view = self.view(world)?;
        let outcome = Outcome { value: Some(view.attribute(attribute, row)), may_lack: false };
        let claim = Claim::Value(Quantity::Attribute(attribute, row), outcome);
        if let Some(known) = self.find(world, &claim) {
            return Ok(known);
        }
        let subject = vec![row; own_rows(self.kb, attribute)];
        let kb = self.kb;
        let derivation = kb.derivations.get(&attribute);
        let Some(derivation) =
            derivation.filter(|_| Scope::new(view, &[], &[]).is_worked_out(attribute, row))
        else {
            return self.add(world, claim, Inference::Fact, vec![]);
        };
        let scope = Scope::new(view, &derivation.variables, &subject);
        self.deeper(|prover| {
            let from = prover.derivation(world, &scope, (attribute, &derivation.body))?;
            prover.add(world, claim, Inference::Derivation, from)
        })
    }

    /// What a derivation rests on.
    fn derivation(
        &mut self,
        world: usize,
        scope: &Scope<'_>,
        (attribute, body): (AttributeId, &DerivationBody),
    ) -> Result<Vec<usize>, TooLong> {
        match body {
            DerivationBody::Branches(branches) => {
                self.branches(world, scope, (attribute, branches))
            }
            DerivationBody::Table { inputs, .. } => {
                let place = Place::root(Root::Branch(attribute, 0));
                let at = At::new(world, scope, &place);
                let mut from = Vec::new();
                for input in inputs {
                    from.extend(self.term(at, input, 0)?);
                }
                Ok(from)
            }
            DerivationBody::Extreme(extreme) => {
                let place = Place::root(Root::Extreme(attribute));
                self.extreme(At::new(world, scope, &place), extreme)
            }
        }
    }

    /// Every branch up to the first that certainly holds.
    fn branches(
        &mut self,
        world: usize,
        scope: &Scope<'_>,
        (attribute, branches): (AttributeId, &[Branch]),
    ) -> Result<Vec<usize>, TooLong> {
        let mut from = Vec::new();
        for (at, branch) in branches.iter().enumerate() {
            let place = Place::root(Root::Branch(attribute, at));
            let when: &Condition = &branch.when;
            let truth = scope.truth(when);
            for bound in bounds(truth) {
                from.extend(self.whole(At::new(world, scope, &place), when, *bound)?);
            }
            if truth == Truth::True {
                break;
            }
        }
        Ok(from)
    }
}
