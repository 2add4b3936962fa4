//! The cells of one case in one piece of memory, attribute after attribute: many cases are read in the order in which
//! their cells lie.

use crate::knowledge::AttributeId;

use super::Cell;

/// Cells by attribute, then row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// Where each attribute begins, and where the last one ends.
    starts: Vec<usize>,
    list: Vec<Cell>,
}

impl Cells {
    /// Cells by attribute.
    pub(super) fn new(columns: impl IntoIterator<Item = Vec<Cell>>) -> Cells {
        let mut cells = Cells { starts: vec![0], list: Vec::new() };
        for column in columns {
            cells.list.extend(column);
            cells.starts.push(cells.list.len());
        }
        cells
    }

    /// The cells taken apart by attribute.
    pub(super) fn into_columns(self) -> impl Iterator<Item = Vec<Cell>> {
        let mut list = self.list.into_iter();
        let ends = self.starts.into_iter().skip(1);
        ends.scan(0, move |start, end| {
            let column = list.by_ref().take(end - *start).collect();
            *start = end;
            Some(column)
        })
    }

    /// The cells of one attribute.
    #[must_use]
    pub fn of(&self, attribute: AttributeId) -> &[Cell] {
        self.range(attribute).and_then(|range| self.list.get(range)).unwrap_or_default()
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, attribute: AttributeId) -> &mut [Cell] {
        self.range(attribute).and_then(|range| self.list.get_mut(range)).unwrap_or_default()
    }

    /// All cells.
    pub fn iter(&self) -> impl Iterator<Item = &Cell> {
        self.list.iter()
    }

    /// All cells, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.list.iter_mut()
    }

    fn range(&self, attribute: AttributeId) -> Option<std::ops::Range<usize>> {
        Some(*self.starts.get(attribute.0)?..*self.starts.get(attribute.0 + 1)?)
    }
}
