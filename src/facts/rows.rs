//! Rows that come to those of a case, with what is stated of the others kept.

use crate::knowledge::{EntityId, EntityKind, Vocabulary};

use super::{Cells, Facts, RowName, Tie};

impl Facts {
    /// Adds a row of an entity with many, of which nothing is stated; nothing happens where one has its id.
    pub fn add_row(&mut self, vocabulary: &Vocabulary, entity: EntityId, row: RowName) {
        let many = vocabulary.entity(entity).kind == EntityKind::Many;
        if !many || self.find_row(entity, &row.id).is_some() {
            return;
        }
        let Some(rows) = self.rows.get_mut(entity.0) else { return };
        let at = rows.list.partition_point(|other| *other < row);
        std::sync::Arc::make_mut(&mut rows.list).insert(at, row);
        let columns = std::mem::take(&mut self.cells).into_columns();
        let columns = vocabulary.attributes.iter().zip(columns).map(|(attribute, mut column)| {
            if attribute.entity == entity && at <= column.len() {
                column.insert(at, super::Cell::background(attribute.background));
            }
            column
        });
        self.cells = Cells::new(columns);
        self.move_ties(vocabulary, entity, at);
    }

    /// Gives ties the new places of rows after one was put in at a place.
    fn move_ties(&mut self, vocabulary: &Vocabulary, entity: EntityId, at: usize) {
        let ties = std::mem::take(&mut self.ties).into_iter().map(|(tie, cell)| {
            let entities = vocabulary.relation(tie.relation).entities;
            let mut rows = tie.rows;
            for (row, of) in rows.iter_mut().zip(entities) {
                *row += usize::from(of == entity && *row >= at);
            }
            (Tie { rows, ..tie }, cell)
        });
        self.ties = ties.collect();
    }
}
