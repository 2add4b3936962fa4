//! What a case lists and states, as facts with their places.

use crate::facts::{Cell, Facts};
use crate::knowledge::{AttributeId, EntityId, EntityKind, Type};

use super::number::day;
use super::program::{Atom, member, text};
use super::{Export, Seen};

impl Export<'_> {
    /// The facts of a case.
    pub(super) fn case(&mut self, seen: &Seen<'_>) {
        self.program.comment(&format!("Case {}: {}", seen.id, seen.title));
        let id = text(seen.id);
        self.program.facts(&[Atom::new("case", [id.as_str(), &text(seen.title)])], None);
        if let Some(today) = seen.facts.today {
            self.program.facts(&[Atom::new("today", [id.clone(), day(today).to_string()])], None);
        }
        for (at, entity) in self.knowledge.vocabulary.entities.iter().enumerate() {
            if entity.kind == EntityKind::Many {
                self.listed_rows(&id, EntityId(at), &entity.name, seen.facts);
            }
        }
        for at in 0..self.knowledge.vocabulary.attributes.len() {
            self.stated_attribute(&id, AttributeId(at), seen.facts);
        }
        for (tie, cell) in &seen.facts.ties {
            let relation = self.knowledge.vocabulary.relation(tie.relation);
            let [a, b] = [0, 1].map(|place| {
                let entity = relation.entities.get(place).copied().unwrap_or(EntityId(0));
                self.row_term(seen.facts, entity, tie.rows.get(place).copied().unwrap_or(0))
            });
            let key = [id.clone(), text(&relation.name), format!("({a},{b})")];
            self.stated(&key, cell, Type::Choice(relation.kind));
        }
    }

    fn listed_rows(&mut self, case: &str, entity: EntityId, name: &str, facts: &Facts) {
        let rows = facts.rows(entity);
        let entity = text(name);
        if rows.complete {
            self.program.facts(&[Atom::new("complete", [case, &entity])], None);
        }
        let rows = rows.list.iter();
        let rows: Vec<Atom> =
            rows.map(|row| Atom::new("row", [case, &entity, &text(&row.id)])).collect();
        if !rows.is_empty() {
            self.program.facts(&rows, None);
        }
    }

    fn stated_attribute(&mut self, case: &str, attribute: AttributeId, facts: &Facts) {
        let declared = self.knowledge.vocabulary.attribute(attribute);
        for (row, cell) in facts.cells.of(attribute).iter().enumerate() {
            let row = self.row_term(facts, declared.entity, row);
            let key = [case.to_owned(), self.words.fact(attribute), row];
            self.stated(&key, cell, declared.kind);
        }
    }

    /// What is stated in a cell, and who says what of it.
    fn stated(&mut self, key: &[String; 3], cell: &Cell, kind: Type) {
        let Some(record) = &cell.record else { return };
        let place = self.sources.get(record.span.source).map(|_| self.place(record.span));
        let unknown = vec!["\"unknown\"".to_owned()];
        let values = if record.unknown { unknown } else { self.said(cell.possible, kind) };
        let [case, fact, row] = key;
        let stated: Vec<Atom> = values
            .iter()
            .map(|value| Atom::new("stated", [case, fact, row].map(String::as_str)).with(value))
            .collect();
        self.program.facts(&stated, place.as_deref());
        for (speaker, said) in &record.says {
            let said: Vec<Atom> = self
                .said(*said, kind)
                .into_iter()
                .map(|value| Atom::new("said", [case, &text(speaker), fact, row, &value]))
                .collect();
            self.program.facts(&said, None);
        }
    }

    /// A statement as terms; one that leaves everything open is `"anything"`.
    fn said(&self, possible: crate::value::Possible, kind: Type) -> Vec<String> {
        let statements = self.statements(possible, kind).into_iter();
        let mut terms: Vec<String> = statements
            .map(|(what, value)| match what {
                "may" => value,
                "least" => format!("at_least({value})"),
                "most" => format!("at_most({value})"),
                _ => format!("{what}({value})"),
            })
            .collect();
        if terms.is_empty() {
            terms.push("\"anything\"".to_owned());
        }
        terms
    }

    /// A row as a term: the id of a row that a case lists, the name of a member, `only` for a `one`.
    fn row_term(&self, facts: &Facts, entity: EntityId, row: usize) -> String {
        let id = facts.rows(entity).list.get(row).map_or("", |row| row.id.as_str());
        match self.knowledge.vocabulary.entity(entity).kind {
            EntityKind::Many => text(id),
            EntityKind::One => "only".to_owned(),
            EntityKind::Members(_) => member(id),
        }
    }
}
