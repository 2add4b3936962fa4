//! The facts of one case at one date: which rows there are, and what each attribute and relation may be.
//! Knows the vocabulary; knows nothing of files, timelines or rules.

mod cells;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::knowledge::{Attribute, AttributeId, EntityId, EntityKind, RelationId, Vocabulary};
use crate::source::Span;
use crate::value::Possible;

pub use cells::Cells;

/// How well a fact is founded, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Supposed by whoever wrote the case, or by the vocabulary's default.
    Assumed,
    /// Told by somebody.
    Reported,
    /// Read in a source.
    Documented,
}

/// The facts of one case at one date.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The day at which the case is looked at, counted from 1970-01-01; none where nothing dates it.
    pub today: Option<i64>,
    /// Rows by entity; for `one` and members of a domain they are filled in by [`Facts::new`].
    pub rows: Vec<Rows>,
    /// Cells by attribute, then row.
    pub cells: Cells,
    /// What is stated of relations.
    pub ties: BTreeMap<Tie, Cell>,
    /// Titles of the case's sources, by id: how texts call those that speak in disputes.
    pub titles: BTreeMap<String, String>,
    /// The events that are seen, by id, in the order in which they happened.
    pub events: Vec<String>,
}

/// Two rows that a relation is stated of; a symmetric one has the smaller row first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// The relation.
    pub relation: RelationId,
    /// The rows.
    pub rows: [usize; 2],
}

/// The rows of one entity, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// The rows; the many variants of one case share them.
    pub list: Arc<Vec<RowName>>,
    /// Whether there are no others.
    pub complete: bool,
}

/// How a row is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowName {
    /// Its id in the case, or the name of the member.
    pub id: String,
    /// How texts call it.
    pub name: String,
    /// Whether texts take the plural with it.
    pub plural: bool,
}

/// What one attribute of one row, or one relation of two, may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The possible values.
    pub possible: Possible,
    /// Who states it and where; none where the vocabulary's background holds.
    pub record: Option<Box<Record>>,
}

impl Cell {
    /// A cell for which nothing is stated.
    #[must_use]
    pub fn background(possible: Possible) -> Cell {
        Cell { possible, record: None }
    }

    /// Takes what a speaker says for so; whether they say anything of it.
    pub fn believe(&mut self, speaker: &str) -> bool {
        let Some(record) = &mut self.record else { return false };
        let Some((_, said)) = record.says.iter().find(|(who, _)| who == speaker) else {
            return false;
        };
        self.possible = *said;
        record.says.retain(|(who, _)| who == speaker);
        true
    }

    /// Whether the case states a value (and not only that it was asked for).
    #[must_use]
    pub fn is_stated(&self) -> bool {
        self.record.as_ref().is_some_and(|record| !record.unknown)
    }
}

/// Who states a fact, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub span: Span,
    /// The id of its source.
    pub source: Option<String>,
    /// How well it is founded.
    pub evidence: Evidence,
    /// A remark.
    pub note: Option<String>,
    /// Asked, and nobody knows.
    pub unknown: bool,
    /// For a disputed fact, who says what, by speaker: a party's id or a source's.
    pub says: Vec<(String, Possible)>,
    /// The event that set it, if one did.
    pub event: Option<String>,
}

impl Facts {
    /// A case in which nothing is stated: one row for each `one`, all members of each domain, no rows of other entities.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary) -> Facts {
        let rows: Vec<Rows> =
            vocabulary.entities.iter().map(|entity| fixed_rows(vocabulary, entity.kind)).collect();
        let mut facts = Facts {
            today: None,
            rows,
            cells: Cells::default(),
            ties: BTreeMap::new(),
            titles: BTreeMap::new(),
            events: Vec::new(),
        };
        let columns = vocabulary.attributes.iter().map(|attribute| facts.blank(attribute));
        facts.cells = Cells::new(columns);
        facts
    }

    /// Sets the rows of an entity with many, sorted by id, and gives them their background. To be called once per entity,
    /// before facts about its rows are set.
    pub fn set_rows(
        &mut self,
        vocabulary: &Vocabulary,
        entity: EntityId,
        mut list: Vec<RowName>,
        complete: bool,
    ) {
        list.sort();
        if let Some(rows) = self.rows.get_mut(entity.0) {
            *rows = Rows { list: Arc::new(list), complete };
        }
        let columns = std::mem::take(&mut self.cells).into_columns();
        let columns = vocabulary.attributes.iter().zip(columns).map(|(attribute, column)| {
            if attribute.entity == entity { self.blank(attribute) } else { column }
        });
        self.cells = Cells::new(columns);
    }

    /// The cells of an attribute of which nothing is stated.
    fn blank(&self, attribute: &Attribute) -> Vec<Cell> {
        let cell = |row: usize| {
            let fixed = attribute.fixed.as_ref().and_then(|fixed| fixed.get(row));
            let possible =
                fixed.map_or(attribute.background, |member| Possible::Choice(1 << member));
            Cell::background(possible)
        };
        (0..self.rows(attribute.entity).list.len()).map(cell).collect()
    }

    /// The rows of an entity.
    ///
    /// # Panics
    /// Where the id is of another vocabulary.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "facts are made with the vocabulary they are read with"
    )]
    pub fn rows(&self, entity: EntityId) -> &Rows {
        &self.rows[entity.0]
    }

    /// The row with this id.
    #[must_use]
    pub fn find_row(&self, entity: EntityId, id: &str) -> Option<usize> {
        self.rows(entity)
            .list
            .binary_search_by(|row| row.id.as_str().cmp(id))
            .ok()
            .or_else(|| self.rows(entity).list.iter().position(|row| row.id == id))
    }

    /// The cell of an attribute; none for the unlisted row, for which the vocabulary's background holds.
    #[must_use]
    pub fn cell(&self, attribute: AttributeId, row: usize) -> Option<&Cell> {
        self.cells.of(attribute).get(row)
    }

    /// The stated cell of a relation, whichever way round a symmetric one is asked for.
    #[must_use]
    pub fn tie(
        &self,
        vocabulary: &Vocabulary,
        relation: RelationId,
        a: usize,
        b: usize,
    ) -> Option<&Cell> {
        self.ties.get(&Tie::new(vocabulary, relation, a, b))
    }

    /// All that is stated of one relation.
    pub fn ties_of(&self, relation: RelationId) -> impl Iterator<Item = (&Tie, &Cell)> {
        let from = Tie { relation, rows: [0; 2] };
        let to = Tie { relation, rows: [usize::MAX; 2] };
        self.ties.range(from..=to)
    }

    /// States an attribute of a listed row; nothing happens where there is no such row.
    pub fn set(&mut self, attribute: AttributeId, row: usize, cell: Cell) {
        if let Some(place) = self.cells.of_mut(attribute).get_mut(row) {
            *place = cell;
        }
    }

    /// States a relation of two listed rows.
    pub fn set_tie(
        &mut self,
        vocabulary: &Vocabulary,
        relation: RelationId,
        a: usize,
        b: usize,
        cell: Cell,
    ) {
        self.ties.insert(Tie::new(vocabulary, relation, a, b), cell);
    }

    /// States nothing of a relation of two listed rows.
    pub fn unset_tie(&mut self, vocabulary: &Vocabulary, relation: RelationId, a: usize, b: usize) {
        self.ties.remove(&Tie::new(vocabulary, relation, a, b));
    }

    /// Everybody who says something in a dispute, by id.
    #[must_use]
    pub fn speakers(&self) -> BTreeSet<&str> {
        let cells = self.cells.iter().chain(self.ties.values());
        cells
            .filter_map(|cell| cell.record.as_deref())
            .flat_map(|record| record.says.iter().map(|(speaker, _)| speaker.as_str()))
            .collect()
    }

    /// The same case with one speaker believed in all that they say: what others say of the same facts is left out.
    #[must_use]
    pub fn believing(&self, speaker: &str) -> Facts {
        let mut facts = self.clone();
        for cell in facts.cells.iter_mut().chain(facts.ties.values_mut()) {
            cell.believe(speaker);
        }
        facts
    }
}

impl Tie {
    /// A relation of two rows, whichever way round a symmetric one is given.
    fn new(vocabulary: &Vocabulary, relation: RelationId, a: usize, b: usize) -> Tie {
        let turned = vocabulary.relation(relation).symmetric && b < a;
        Tie { relation, rows: if turned { [b, a] } else { [a, b] } }
    }
}

fn fixed_rows(vocabulary: &Vocabulary, kind: EntityKind) -> Rows {
    let list = match kind {
        EntityKind::Many => return Rows::default(),
        EntityKind::One => {
            vec![RowName { id: String::new(), name: String::new(), plural: false }]
        }
        EntityKind::Members(domain) => vocabulary
            .domain(domain)
            .members
            .iter()
            .map(|member| RowName {
                id: member.name.clone(),
                name: member.wording.clone(),
                plural: false,
            })
            .collect(),
    };
    Rows { list: Arc::new(list), complete: true }
}
