//! The facts of an example: rows, values, relations, actions. What is given twice is reported with both places.

use std::collections::BTreeMap;

use crate::diagnostic::code::check::SAME_ARGUMENT_TWICE;
use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{
    ActionId, AttributeId, EntityId, EntityKind, Given, GivenRow, RelationId, Type,
};
use crate::source::Span;
use crate::syntax::tree::{self, Call, GivenValue, Name};

use super::collect::twice;
use super::example::require_row;
use super::names::{Names, look_up};

/// The facts of an example as they are read.
pub(super) struct Reading<'a> {
    pub(super) names: &'a Names,
    pub(super) diagnostics: &'a mut Diagnostics,
    given: Given,
    rows: BTreeMap<(EntityId, String), Span>,
    facts: BTreeMap<(AttributeId, Option<String>), Span>,
    ties: BTreeMap<(RelationId, [String; 2]), Span>,
    done: Vec<Done>,
}

type Done = (ActionId, Option<(EntityId, String)>, bool, Span);

impl<'a> Reading<'a> {
    /// Reads what an example gives.
    pub(super) fn read(
        names: &'a Names,
        trees: &[tree::Given],
        diagnostics: &'a mut Diagnostics,
    ) -> Given {
        let mut reading = Reading {
            names,
            diagnostics,
            given: Given::default(),
            rows: BTreeMap::new(),
            facts: BTreeMap::new(),
            ties: BTreeMap::new(),
            done: Vec::new(),
        };
        for tree in trees {
            reading.row(tree);
        }
        for tree in trees {
            reading.rest(tree);
        }
        let done = reading.done.into_iter();
        reading.given.actions = done.map(|(action, row, taken, _)| (action, row, taken)).collect();
        reading.given
    }

    /// Rows come first: relations may name rows that stand below them.
    fn row(&mut self, tree: &tree::Given) {
        let tree::Given::Row { entity, id, .. } = tree else { return };
        let Some(known) = self.names.entities.get(&entity.text).copied() else { return };
        if self.names.vocabulary.entity(known).kind != EntityKind::Many {
            return;
        }
        let key = (known, id.text.clone());
        if let Some(first) = self.rows.get(&key) {
            self.diagnostics.push(twice("a row", &id.text, id.span, *first));
            return;
        }
        self.rows.insert(key, id.span);
        self.given.rows.push(GivenRow { entity: known, id: id.text.clone() });
    }

    /// The rows that the example gives.
    pub(super) fn rows(&self) -> &[GivenRow] {
        &self.given.rows
    }

    fn rest(&mut self, tree: &tree::Given) {
        match tree {
            tree::Given::Row { entity, id, facts } => self.facts_of_row(entity, id, facts),
            tree::Given::One { entity, facts } => self.facts_of_one(entity, facts),
            tree::Given::Tie(call, value) => self.tie(call, value),
            tree::Given::Did { taken, action, subject } => {
                self.did(*taken, action, subject.as_ref());
            }
            tree::Given::Complete(entity) => self.complete(entity),
        }
    }

    fn facts_of_row(&mut self, entity: &Name, id: &Name, facts: &[(Name, GivenValue)]) {
        let Some(known) = self.names.entity(entity, false, self.diagnostics) else { return };
        match self.names.vocabulary.entity(known).kind {
            EntityKind::Many => {}
            EntityKind::One => {
                let help = format!("write `{} {{ … }}`", entity.text);
                self.wrong_rows(id.span, format!("there is only one `{}`", entity.text), &help);
                return;
            }
            EntityKind::Members(domain) => {
                if self.names.member(domain, id, self.diagnostics).is_none() {
                    return;
                }
            }
        }
        let first = self.rows.get(&(known, id.text.clone()));
        if first.is_none_or(|first| *first == id.span) {
            self.facts(known, Some(&id.text), facts);
        }
    }

    fn facts_of_one(&mut self, entity: &Name, facts: &[(Name, GivenValue)]) {
        let Some(known) = self.names.entity(entity, false, self.diagnostics) else { return };
        if self.names.vocabulary.entity(known).kind == EntityKind::One {
            self.facts(known, None, facts);
            return;
        }
        let help = format!("write `{} SOMEBODY {{ … }}`, with an id or member", entity.text);
        self.wrong_rows(entity.span, format!("which `{}` is meant?", entity.text), &help);
    }

    fn wrong_rows(&mut self, span: Span, message: String, help: &str) {
        let report = Diagnostic::new(code::WRONG_ROWS, span, message);
        self.diagnostics.push(report.label("does not fit the entity").help(help));
    }

    fn facts(&mut self, entity: EntityId, row: Option<&str>, facts: &[(Name, GivenValue)]) {
        for (name, value) in facts {
            let Some(id) = self.names.attribute(entity, name, self.diagnostics) else { continue };
            if self.names.vocabulary.attribute(id).fixed.is_some() {
                let message = format!("`{}` is fixed by the vocabulary", name.text);
                let report = Diagnostic::new(code::WRONG_CONSTANT, name.span, message);
                self.diagnostics.push(report.label("a case cannot state it"));
                continue;
            }
            let key = (id, row.map(str::to_owned));
            if let Some(first) = self.facts.get(&key) {
                let report = contradiction(name.span, *first, &format!("`{}`", name.text));
                self.diagnostics.push(report);
                continue;
            }
            self.facts.insert(key, name.span);
            let Some(kind) = self.names.kind_of(id) else { continue };
            if let Some(statement) = self.statement(value, kind, name.span) {
                self.given.attributes.push((id, row.map(str::to_owned), statement));
            }
        }
    }

    fn tie(&mut self, call: &Call, value: &GivenValue) {
        let Some(id) = self.names.relations.get(&call.name.text).copied() else {
            if !self.names.forgiven.contains(&call.name.text) {
                self.diagnostics.push(self.names.no_call(&call.name));
            }
            return;
        };
        if self.names.broken_relations.contains(&id) {
            return;
        }
        let relation = self.names.vocabulary.relation(id);
        let found = self.ends(call, id);
        let kind = Type::Choice(relation.kind);
        let statement = self.statement(value, kind, call.span);
        let (Some(mut ends), Some(statement)) = (found, statement) else { return };
        if relation.entities[0] == relation.entities[1] && ends[0] == ends[1] {
            self.diagnostics.push(with_itself(call, &ends[0]));
            return;
        }
        let given = ends.clone();
        if relation.symmetric {
            ends.sort();
        }
        if let Some(first) = self.ties.get(&(id, ends.clone())) {
            let report = contradiction(call.span, *first, &format!("`{}`", call.name.text));
            self.diagnostics.push(report);
            return;
        }
        self.ties.insert((id, ends), call.span);
        self.given.ties.push((id, given, statement));
    }

    /// The rows that a stated relation is between, in the order of its roles.
    fn ends(&mut self, call: &Call, id: RelationId) -> Option<[String; 2]> {
        let relation = self.names.vocabulary.relation(id);
        let [one, two] = relation.entities;
        let roles_needed = one == two && !relation.symmetric;
        let [first, second] = &relation.roles;
        let slots = [(first.clone(), Some(one)), (second.clone(), Some(two))];
        let order = super::arguments::order(self.names, call, &slots, roles_needed);
        let order = match order {
            Ok(order) => order,
            Err(reports) => {
                for report in reports {
                    self.diagnostics.push(report);
                }
                return None;
            }
        };
        let [a, b] = order.as_slice() else { return None };
        let (a, b) = (self.end(one, a), self.end(two, b));
        Some([a?, b?])
    }

    fn end(&mut self, entity: EntityId, name: &Name) -> Option<String> {
        if let EntityKind::Members(domain) = self.names.vocabulary.entity(entity).kind {
            self.names.member(domain, name, self.diagnostics)?;
            return Some(name.text.clone());
        }
        require_row(self.names, &self.given.rows, (entity, name), self.diagnostics)
    }

    fn did(&mut self, taken: bool, action: &Name, subject: Option<&Name>) {
        let known = (&self.names.actions, &self.names.forgiven);
        let id = look_up(known, action, code::UNKNOWN_ACTION, "action", self.diagnostics);
        let row = match subject {
            None => None,
            Some(name) => match self.whoever(name) {
                Some(row) => Some(row),
                None => return,
            },
        };
        let Some(id) = id else { return };
        let against = self.done.iter().find(|(other, for_row, before, _)| {
            *other == id && *before != taken && excludes(for_row.as_ref(), row.as_ref())
        });
        if let Some((_, _, _, first)) = against {
            let report = Diagnostic::new(
                code::CONTRADICTORY_EXAMPLE,
                action.span,
                format!("`{}` was both done and not done", action.text),
            )
            .label("the opposite stands here")
            .related(*first, "against this")
            .help("take one of them out");
            self.diagnostics.push(report);
            return;
        }
        self.done.push((id, row, taken, action.span));
    }

    /// The row with this id, of whichever entity.
    fn whoever(&mut self, name: &Name) -> Option<(EntityId, String)> {
        let mut found = self.given.rows.iter().filter(|row| row.id == name.text);
        match (found.next(), found.next()) {
            (Some(row), None) => Some((row.entity, row.id.clone())),
            (Some(_), Some(_)) => {
                let message = format!("two rows are called `{}`", name.text);
                let report = Diagnostic::new(code::UNKNOWN_EXAMPLE_ROW, name.span, message);
                self.diagnostics.push(report.label("which one is meant cannot be told"));
                None
            }
            (None, _) => {
                let ids: Vec<&str> = self.given.rows.iter().map(|row| row.id.as_str()).collect();
                let message = format!("the example gives no row `{}`", name.text);
                let help = crate::diagnostic::nearest::did_you_mean(&name.text, ids);
                let report = Diagnostic::new(code::UNKNOWN_EXAMPLE_ROW, name.span, message);
                self.diagnostics.push(report.label("not given").maybe_help(help));
                None
            }
        }
    }

    fn complete(&mut self, entity: &Name) {
        let Some(known) = self.names.entity(entity, false, self.diagnostics) else { return };
        if self.names.vocabulary.entity(known).kind == EntityKind::Many {
            self.given.complete.push(known);
            return;
        }
        let help = "leave this out: such a list is always complete";
        self.wrong_rows(entity.span, format!("`{}` is no list of the case", entity.text), help);
    }
}

/// Whether an action for one row, or for all, excludes its opposite for another.
fn excludes(before: Option<&(EntityId, String)>, now: Option<&(EntityId, String)>) -> bool {
    match (before, now) {
        (Some(before), Some(now)) => before == now,
        (None, _) | (_, None) => true,
    }
}

fn with_itself(call: &Call, row: &str) -> Diagnostic {
    let message = format!("`{}` is said of `{row}` and itself", call.name.text);
    Diagnostic::new(SAME_ARGUMENT_TWICE, call.span, message)
        .label("one row stands on both sides")
        .help("it is said of two different rows: name another one on one of the sides")
}

fn contradiction(span: Span, first: Span, what: &str) -> Diagnostic {
    Diagnostic::new(code::CONTRADICTORY_EXAMPLE, span, format!("{what} is given twice"))
        .label("given again here")
        .related(first, "given here already")
        .help("give it once; for a disputed fact write `says { … }`")
}
