//! How many of the facts that the rules read are known. Defaults count only where the case states them, so that an empty
//! case does not look well known.

use crate::facts::Cell;
use crate::proof::View;
use crate::value::Possible;

use super::Known;

pub(super) fn known(view: View<'_>) -> Known {
    let conditions = view.kb.rules.iter().flat_map(|rule| [&rule.when, &rule.unless]);
    let reads = view.kb.reads(conditions);
    let vocabulary = &view.kb.vocabulary;
    let mut known = Known::default();
    for attribute in &reads.attributes {
        let declared = vocabulary.attribute(*attribute);
        if declared.derived || declared.fixed.is_some() || declared.action.is_some() {
            continue;
        }
        let cells = view.facts.cells.of(*attribute).iter();
        for cell in cells.filter(|cell| cell.is_stated() || !declared.has_default) {
            known.count(cell);
        }
    }
    for relation in &reads.relations {
        for (_, cell) in view.facts.ties_of(*relation) {
            known.count(cell);
        }
    }
    known
}

impl Known {
    fn count(&mut self, cell: &Cell) {
        let bounded = match cell.possible {
            Possible::Range { low, high } => low != i64::MIN && high != i64::MAX,
            other => other.is_known(),
        };
        self.total += 1;
        self.known += usize::from(bounded);
    }
}
