//! Numbers and dates as whole numbers of 32 bits, which are all that clingo has.

use crate::facts::Cell;
use crate::knowledge::{AttributeId, KnowledgeBase, Type};
use crate::source::Span;
use crate::value::{NUMBER_UNIT, Possible, date_of_day};

use super::{Seen, Unfit};

/// Largest number of a case, in units: two of them and a distance can be added up.
const LARGEST: i64 = 500_000_000;
/// Larger than the distance of any two numbers of a case.
const BEYOND: i64 = 2 * LARGEST + 1;
/// Most decimal places: years can still be counted in so small a unit.
const MOST_PLACES: u32 = 4;

/// What the number 1 of a program stands for, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit(i64);

impl Unit {
    /// The largest power of ten, 1 at most, of which every number of the cases is a multiple.
    pub(super) fn of(knowledge: &KnowledgeBase, cases: &[Seen<'_>]) -> Result<Unit, Unfit> {
        let mut unit = Unit(NUMBER_UNIT);
        let least = NUMBER_UNIT / 10_i64.pow(MOST_PLACES);
        let numbers = numbers(knowledge, cases);
        for number in &numbers {
            if number.value % least != 0 {
                let why =
                    "it has more than four decimal places, and clingo counts in whole numbers";
                return Err(number.unfit(knowledge, why));
            }
            while number.value % unit.0 != 0 {
                unit = Unit(unit.0 / 10);
            }
        }
        for number in &numbers {
            if (number.value / unit.0).abs() > LARGEST {
                let why = "it is more than 500 million of the smallest decimal place that the cases use, and clingo counts in 32 bits";
                return Err(number.unfit(knowledge, why));
            }
        }
        Ok(unit)
    }

    /// How many units are a whole.
    pub(super) fn per_whole(self) -> i64 {
        NUMBER_UNIT / self.0
    }

    /// A number or day; a number between two units is rounded up.
    pub(super) fn up(self, kind: Type, value: i64) -> i64 {
        match kind {
            Type::Date => day(value),
            _ => {
                value.saturating_sub(1).div_euclid(self.0).saturating_add(1).clamp(-BEYOND, BEYOND)
            }
        }
    }

    /// A number or day; a number between two units is rounded down.
    pub(super) fn down(self, kind: Type, value: i64) -> i64 {
        match kind {
            Type::Date => day(value),
            _ => value.div_euclid(self.0).clamp(-BEYOND, BEYOND),
        }
    }

    /// A distance: days differ by one where they differ at all.
    pub(super) fn distance(self, kind: Type, by: i64) -> i64 {
        match kind {
            Type::Date => by,
            _ => self.up(kind, by),
        }
    }
}

/// A day as its date, year, month and day one after the other: 19850630.
pub(super) fn day(day: i64) -> i64 {
    let Some(date) = date_of_day(day) else {
        return if day < 0 { -BEYOND } else { BEYOND };
    };
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// A number of a case or of the vocabulary.
struct Number<'a> {
    value: i64,
    attribute: AttributeId,
    /// The case and the row; none for a default.
    of: Option<(&'a Seen<'a>, usize)>,
    span: Option<Span>,
}

impl Number<'_> {
    fn unfit(&self, knowledge: &KnowledgeBase, why: &'static str) -> Unfit {
        let declared = knowledge.vocabulary.attribute(self.attribute);
        let entity = &knowledge.vocabulary.entity(declared.entity).name;
        let row = self.of.and_then(|(seen, row)| seen.facts.rows(declared.entity).list.get(row));
        let fact = match row {
            Some(row) if !row.id.is_empty() => format!("{entity}.{}.{}", row.id, declared.name),
            _ => format!("{entity}.{}", declared.name),
        };
        Unfit { fact, span: self.span, why }
    }
}

/// Every number of the cases, and those that the vocabulary gives where a case says nothing.
fn numbers<'a>(knowledge: &KnowledgeBase, cases: &'a [Seen<'a>]) -> Vec<Number<'a>> {
    let mut numbers = Vec::new();
    for (at, declared) in knowledge.vocabulary.attributes.iter().enumerate() {
        if declared.kind != Type::Number {
            continue;
        }
        let attribute = AttributeId(at);
        let defaults = ends(declared.background);
        numbers.extend(defaults.map(|value| Number {
            value,
            attribute,
            of: None,
            span: declared.span,
        }));
        for seen in cases {
            for (row, cell) in seen.facts.cells.of(attribute).iter().enumerate() {
                let span = cell.record.as_ref().map(|record| record.span);
                let number = |value| Number { value, attribute, of: Some((seen, row)), span };
                numbers.extend(said(cell).flat_map(ends).map(number));
            }
        }
    }
    numbers
}

/// What a cell may be, and what anybody says of it.
fn said(cell: &Cell) -> impl Iterator<Item = Possible> {
    let says = cell.record.iter().flat_map(|record| record.says.iter().map(|(_, said)| *said));
    std::iter::once(cell.possible).chain(says)
}

/// The bounds of a number.
fn ends(possible: Possible) -> impl Iterator<Item = i64> {
    let (low, high) = match possible {
        Possible::Range { low, high } => (low, high),
        _ => (i64::MIN, i64::MAX),
    };
    let low = Some(low).filter(|low| *low != i64::MIN);
    let high = Some(high).filter(|high| *high != i64::MAX);
    low.into_iter().chain(high)
}
