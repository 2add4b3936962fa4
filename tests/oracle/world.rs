//! A pack and a case together, and the variables of the moment. Remembers what was worked out; works nothing out itself.

use std::cell::RefCell;
use std::collections::BTreeMap;

use convener::syntax::tree::{EntityKind, Parameter};
use convener::truth::Truth;

use super::case::OracleCase;
use super::value::{Values, crisp};
use super::words::Words;

/// A row that a variable stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Row {
    /// By id, or the member of an enum.
    Listed(String),
    /// All rows that the case does not list.
    Unlisted,
}

/// A variable with its row.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub(crate) name: String,
    pub(crate) entity: String,
    pub(crate) row: Row,
}

/// The variables in scope.
pub(crate) type Scope = Vec<Bound>;

/// Truth of a predicate by arguments.
pub(crate) type Table = BTreeMap<Vec<Row>, Truth>;

/// A pack and a case.
pub(crate) struct World<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) case: &'a OracleCase,
    pub(crate) predicates: RefCell<BTreeMap<String, Table>>,
    pub(crate) derived: RefCell<BTreeMap<(String, String, Row), Values>>,
    pub(crate) rules: RefCell<BTreeMap<(String, Vec<Row>), super::rule::Standing>>,
}

impl<'a> World<'a> {
    /// A case seen with a pack.
    pub(crate) fn new(words: &'a Words<'a>, case: &'a OracleCase) -> World<'a> {
        World {
            words,
            case,
            predicates: RefCell::default(),
            derived: RefCell::default(),
            rules: RefCell::default(),
        }
    }

    /// The rows that a case lists of an entity; the members of a domain.
    pub(crate) fn listed(&self, entity: &str) -> Vec<Row> {
        let names = match self.words.entities.get(entity) {
            Some(EntityKind::Many) => self.case.rows.get(entity).cloned().unwrap_or_default(),
            Some(_) => vec![String::new()],
            None => self.words.members(entity),
        };
        names.into_iter().map(Row::Listed).collect()
    }

    /// Those and the unlisted one, unless the list is complete.
    pub(crate) fn all_rows(&self, entity: &str) -> Vec<Row> {
        let mut rows = self.listed(entity);
        let many = self.words.entities.get(entity) == Some(&EntityKind::Many);
        if many && !self.case.complete.contains(entity) {
            rows.push(Row::Unlisted);
        }
        rows
    }

    /// The scope with one more variable.
    pub(crate) fn bind(&self, scope: &Scope, parameter: &Parameter, row: &Row) -> Scope {
        let mut scope = scope.clone();
        scope.push(Bound {
            name: parameter.name.text.clone(),
            entity: self.words.entity(&parameter.entity.text),
            row: row.clone(),
        });
        scope
    }
}

/// Whether the last variable's row differs from every row of its entity in scope.
pub(crate) fn apart(scope: &Scope) -> Truth {
    let Some((last, earlier)) = scope.split_last() else { return Truth::True };
    let same_entity = earlier.iter().filter(|bound| bound.entity == last.entity);
    same_entity.fold(Truth::True, |all, bound| {
        let differ = match (&bound.row, &last.row) {
            (Row::Unlisted, Row::Unlisted) => Truth::Open,
            (a, b) => crisp(a != b),
        };
        all.and(differ)
    })
}

/// The variable with this name.
pub(crate) fn variable<'s>(scope: &'s Scope, name: &str) -> Option<&'s Bound> {
    scope.iter().rev().find(|bound| bound.name == name)
}
