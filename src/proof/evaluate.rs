//! The truth of a condition where its variables stand for given rows, by Kleene's strong three-valued logic.
//! One subject at a time and written to be read; inference over many is the engine's work.

use crate::certificate::UNBOUND;
use crate::engine::Model;
use crate::facts::Facts;
use crate::knowledge::{
    AttributeId, Condition, EntityId, EntityKind, KnowledgeBase, Row, Variable, VariableId,
};
use crate::truth::Truth;

/// What is looked at: a knowledge base, the facts of a case, and what inference made of them.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The knowledge base.
    pub kb: &'a KnowledgeBase,
    /// The facts.
    pub facts: &'a Facts,
    /// What inference made of them.
    pub model: &'a Model,
}

impl View<'_> {
    /// How many rows of an entity the case lists; the row of this number is the unlisted one.
    #[must_use]
    pub fn listed(self, entity: EntityId) -> usize {
        self.facts.rows(entity).list.len()
    }

    /// Whether there may be rows that the case does not list.
    #[must_use]
    pub fn has_unlisted(self, entity: EntityId) -> bool {
        self.kb.vocabulary.entity(entity).kind == EntityKind::Many
            && !self.facts.rows(entity).complete
    }

    /// Whether a row is listed.
    #[must_use]
    pub fn is_listed(self, entity: EntityId, row: usize) -> bool {
        row < self.listed(entity)
    }
}

/// The variables of a rule or definition, and the rows that they stand for.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// What is looked at.
    pub view: View<'a>,
    /// The variables.
    pub variables: &'a [Variable],
    rows: Vec<usize>,
}

/// A row that may stand for a variable.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) row: usize,
    pub(super) listed: bool,
    /// Whether it differs from the rows that the variable must differ from.
    pub(super) apart: Truth,
}

impl<'a> Scope<'a> {
    /// The first variables stand for these rows, the others for nothing yet.
    #[must_use]
    pub fn new(view: View<'a>, variables: &'a [Variable], subject: &[usize]) -> Scope<'a> {
        let mut rows = vec![UNBOUND; variables.len()];
        for (place, row) in rows.iter_mut().zip(subject) {
            *place = *row;
        }
        Scope { view, variables, rows }
    }

    /// The same with one more variable standing for a row.
    #[must_use]
    pub fn bind(&self, variable: VariableId, row: usize) -> Scope<'a> {
        let mut scope = self.clone();
        if let Some(place) = scope.rows.get_mut(variable.0) {
            *place = row;
        }
        scope
    }

    /// The row that a variable stands for.
    #[must_use]
    pub fn row(&self, variable: VariableId) -> usize {
        self.rows.get(variable.0).copied().unwrap_or(UNBOUND)
    }

    /// The rows of all variables; [`UNBOUND`] for those that stand for nothing yet.
    #[must_use]
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// The entity that a variable ranges over.
    #[must_use]
    pub fn entity(&self, variable: VariableId) -> EntityId {
        self.variables.get(variable.0).map_or(EntityId(0), |variable| variable.entity)
    }

    /// The row whose attribute is meant.
    #[must_use]
    pub fn resolve(&self, row: Row) -> usize {
        match row {
            Row::Variable(variable) => self.row(variable),
            Row::Only => 0,
            Row::Member(member) => member,
        }
    }

    /// Whether a condition holds.
    #[must_use]
    pub fn truth(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::All(list) => list.iter().fold(Truth::True, |truth, part| match truth {
                Truth::False => truth,
                _ => truth.and(self.truth(part)),
            }),
            Condition::Any(list) => list.iter().fold(Truth::False, |truth, part| match truth {
                Truth::True => truth,
                _ => truth.or(self.truth(part)),
            }),
            Condition::Not(part) => !self.truth(part),
            Condition::Test(test, _) => self.test(test),
            Condition::Holds(predicate, arguments, _) => {
                self.view.model.truth(*predicate, &self.rows_of(arguments))
            }
            Condition::Quantified(quantified, _) => self.quantified(quantified),
        }
    }

    /// The rows that some variables stand for.
    #[must_use]
    pub fn rows_of(&self, variables: &[VariableId]) -> Vec<usize> {
        variables.iter().map(|variable| self.row(*variable)).collect()
    }

    /// Every row that may stand for a variable, the unlisted one last.
    pub(super) fn candidates(&self, variable: VariableId) -> Vec<Candidate> {
        let entity = self.entity(variable);
        let listed = self.view.listed(entity);
        let end = listed + usize::from(self.view.has_unlisted(entity));
        (0..end)
            .map(|row| Candidate {
                row,
                listed: row < listed,
                apart: self.apart(variable, row, row < listed),
            })
            .filter(|candidate| candidate.apart.possible())
            .collect()
    }

    fn apart(&self, variable: VariableId, row: usize, listed: bool) -> Truth {
        let Some(variable) = self.variables.get(variable.0) else {
            return Truth::True;
        };
        let differs = |other: &VariableId| match (self.row(*other) == row, listed) {
            (false, _) => Truth::True,
            (true, true) => Truth::False,
            (true, false) => Truth::Open,
        };
        variable.apart.iter().map(differs).fold(Truth::True, Truth::and)
    }

    /// Whether an attribute of a row is worked out and not stated.
    #[must_use]
    pub fn is_worked_out(&self, attribute: AttributeId, row: usize) -> bool {
        self.view.kb.vocabulary.attribute(attribute).derived
            && !self.view.facts.cell(attribute, row).is_some_and(crate::facts::Cell::is_stated)
    }
}
