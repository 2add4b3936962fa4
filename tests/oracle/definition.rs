//! Defined predicates as least fixpoints, derived attributes by their three shapes.

use std::collections::{BTreeMap, BTreeSet};

use convener::syntax::tree::{Branch, Cell, Define, Derive, DeriveBody, TableRow};
use convener::truth::Truth;

use super::mention::Mentions;
use super::value::{Kind, Values};
use super::world::{Row, Scope, Table, World};

impl World<'_> {
    /// Whether a predicate holds for these rows.
    pub(crate) fn predicate(&self, name: &str, rows: &[Row]) -> Truth {
        if !self.predicates.borrow().contains_key(name) {
            self.work_out(&self.group_of(name));
        }
        self.predicates.borrow()[name][rows]
    }

    /// The predicates that this one depends on and that depend on it, itself included.
    fn group_of(&self, name: &str) -> BTreeSet<String> {
        let needs = |name: &str| Mentions::of_predicate(self.words, name).predicates;
        let mut group: BTreeSet<String> =
            needs(name).into_iter().filter(|other| needs(other).contains(name)).collect();
        group.insert(name.to_owned());
        group
    }

    /// The least fixpoint of a group, by naive rounds from nothing at all.
    fn work_out(&self, group: &BTreeSet<String>) {
        for name in group {
            let nothing: Table =
                self.tuples(name).into_iter().map(|rows| (rows, Truth::False)).collect();
            self.predicates.borrow_mut().insert(name.clone(), nothing);
        }
        loop {
            let mut next = BTreeMap::new();
            for name in group {
                let round = |rows: Vec<Row>| (rows.clone(), self.one_round(name, &rows));
                let table: Table = self.tuples(name).into_iter().map(round).collect();
                next.insert(name.clone(), table);
            }
            let settled = next.iter().all(|(name, table)| self.predicates.borrow()[name] == *table);
            self.predicates.borrow_mut().extend(next);
            if settled {
                return;
            }
        }
    }

    fn tuples(&self, name: &str) -> Vec<Vec<Row>> {
        let mut tuples = vec![Vec::new()];
        for parameter in &self.words.defines[name][0].parameters {
            let rows = self.all_rows(&self.words.entity(&parameter.entity.text));
            tuples = tuples
                .into_iter()
                .flat_map(|tuple| {
                    rows.iter().map(move |row| [tuple.clone(), vec![row.clone()]].concat())
                })
                .collect();
        }
        tuples
    }

    fn one_round(&self, name: &str, rows: &[Row]) -> Truth {
        let one = |define: &&Define| {
            let parameters = define.parameters.iter().zip(rows);
            let scope = parameters
                .fold(Scope::new(), |scope, (parameter, row)| self.bind(&scope, parameter, row));
            self.block(&define.when, &scope)
        };
        self.words.defines[name].iter().map(one).fold(Truth::False, Truth::or)
    }

    /// What a derived attribute may be by its derivation.
    pub(crate) fn derived_values(&self, entity: &str, row: &Row, attribute: &str) -> Values {
        let key = (entity.to_owned(), attribute.to_owned(), row.clone());
        if let Some(values) = self.derived.borrow().get(&key) {
            return values.clone();
        }
        let derive = self.words.derives[&(entity, attribute)];
        let values = self.derive(derive, row);
        self.derived.borrow_mut().insert(key, values.clone());
        values
    }

    fn derive(&self, derive: &Derive, row: &Row) -> Values {
        let scope = match &derive.parameter {
            Some(parameter) => self.bind(&Scope::new(), parameter, row),
            None => Scope::new(),
        };
        let kind = super::words::kind(&derive.kind);
        let everything = self.words.everything(&kind);
        match &derive.body {
            DeriveBody::Branches(branches) => self.branches(&kind, branches, &scope),
            DeriveBody::Table { inputs, rows } => {
                let inputs: Vec<BTreeSet<String>> = inputs
                    .iter()
                    .map(|path| self.path(path, &scope).values.expect("a value").members().clone())
                    .collect();
                self.table(&kind, &inputs, &mut Vec::new(), rows)
            }
            DeriveBody::Extreme(extreme) => {
                let term = self.extreme(extreme, &scope);
                term.values.filter(|_| !term.may_lack).unwrap_or(everything)
            }
        }
    }

    fn branches(&self, kind: &Kind, branches: &[Branch], scope: &Scope) -> Values {
        let mut possible = BTreeSet::new();
        for branch in branches {
            let holds = branch.when.as_ref().map_or(Truth::True, |when| self.block(when, scope));
            if holds.possible() {
                possible.extend(self.result(kind, &branch.result));
            }
            if holds.certain() {
                return Values::Choice(possible);
            }
        }
        self.words.everything(kind)
    }

    /// The union, over every combination of input values, of the first matching row's result.
    fn table(
        &self,
        kind: &Kind,
        inputs: &[BTreeSet<String>],
        chosen: &mut Vec<String>,
        rows: &[TableRow],
    ) -> Values {
        let Some(values) = inputs.get(chosen.len()) else {
            let matching = rows.iter().find(|row| {
                row.cells.iter().zip(&*chosen).all(|(cell, value)| match cell {
                    Cell::Any(_) => true,
                    Cell::OneOf(names) => names.iter().any(|name| name.text == *value),
                    Cell::Unknown(_) => panic!("`unknown` as a cell"),
                })
            });
            return match matching {
                Some(row) => Values::Choice(self.result(kind, &row.result)),
                None => self.words.everything(kind),
            };
        };
        let mut union = Values::Choice(BTreeSet::new());
        for value in values {
            chosen.push(value.clone());
            union = union.join(&self.table(kind, inputs, chosen, rows));
            chosen.pop();
        }
        union
    }

    fn result(&self, kind: &Kind, cell: &Cell) -> BTreeSet<String> {
        match cell {
            Cell::OneOf(names) => names.iter().map(|name| name.text.clone()).collect(),
            Cell::Unknown(_) => self.words.everything(kind).members().clone(),
            Cell::Any(_) => panic!("`_` as a result"),
        }
    }
}
