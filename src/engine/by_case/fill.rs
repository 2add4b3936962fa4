//! Planes by case from facts: each cell is read once, into one plane per value; leaves are unions of those.
#![expect(
    clippy::excessive_nesting,
    reason = "loops over cases, rows and words lie within each other"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "planes of values are made for the rows and cases that are walked here"
)]

use crate::facts::Facts;
use crate::knowledge::{AttributeId, EntityId, EntityKind, RelationId, Vocabulary};
use crate::value::{Members, Possible};

use super::super::circuit::Leaf;
use super::super::kernel::Odometer;
use super::super::leaf;
use super::{ByCase, Lane};

/// One plane per value; for sets one per member that says where it may be included, then one where it may be excluded.
type Planes<const L: usize> = Vec<Vec<Lane<L>>>;

/// Where values are possible, by attribute and by relation, once they were needed.
pub(super) struct Values<const L: usize> {
    attributes: Vec<Option<Planes<L>>>,
    relations: Vec<Option<Planes<L>>>,
}

impl<const L: usize> Values<L> {
    /// Reads the attributes that will be asked for, case by case, as they lie in memory; relations wait until one is
    /// asked for.
    pub(super) fn read(
        words: &Vocabulary,
        cases: &[&Facts],
        rows: &[usize],
        attributes: &[AttributeId],
    ) -> Values<L> {
        let mut columns: Vec<Column<L>> =
            attributes.iter().map(|&attribute| Column::new(words, attribute, rows)).collect();
        for (at, cases) in cases.chunks(64).enumerate() {
            for (bit, facts) in cases.iter().enumerate() {
                for column in &mut columns {
                    column.put(facts, bit);
                }
            }
            for column in &mut columns {
                column.spread(at);
            }
        }
        let mut values = Values {
            attributes: vec![None; words.attributes.len()],
            relations: vec![None; words.relations.len()],
        };
        for column in columns {
            values.attributes[column.attribute.0] = Some(column.planes);
        }
        values
    }
}

/// An attribute while it is read.
struct Column<const L: usize> {
    attribute: AttributeId,
    background: Possible,
    /// Members of its domain.
    count: usize,
    /// For the 64 cases at hand, a word per row and value: they stay close together until they are spread.
    words: Vec<u64>,
    planes: Planes<L>,
}

impl<const L: usize> Column<L> {
    fn new(words: &Vocabulary, attribute: AttributeId, rows: &[usize]) -> Column<L> {
        let declared = words.attribute(attribute);
        let rows = rows[declared.entity.0];
        let count = leaf::members(words, declared.kind);
        let sides = if matches!(declared.background, Possible::Set { .. }) { 2 } else { 1 };
        Column {
            attribute,
            background: declared.background,
            count,
            words: vec![0; rows * count * sides],
            planes: vec![vec![[0; L]; rows]; count * sides],
        }
    }

    /// Reads one case.
    fn put(&mut self, facts: &Facts, bit: usize) {
        let cells = facts.cells.get(self.attribute.0).map_or(&[][..], Vec::as_slice);
        let width = self.planes.len().max(1);
        for (row, words) in self.words.chunks_exact_mut(width).enumerate() {
            let possible = cells.get(row).map_or(self.background, |cell| cell.possible);
            match possible {
                Possible::Choice(members) => set(words, members, bit),
                Possible::Set { may_include, may_exclude } => {
                    let (included, excluded) = words.split_at_mut(self.count);
                    set(included, may_include, bit);
                    set(excluded, may_exclude, bit);
                }
                Possible::Range { .. } => {}
            }
        }
    }

    /// Moves what was read to the planes.
    fn spread(&mut self, at: usize) {
        let width = self.planes.len().max(1);
        for (row, words) in self.words.chunks_exact_mut(width).enumerate() {
            for (plane, word) in self.planes.iter_mut().zip(words) {
                plane[row][at] = std::mem::take(word);
            }
        }
    }
}

/// Sets the bit of one case in the word of each of these members.
fn set(words: &mut [u64], members: Members, bit: usize) {
    for (value, word) in words.iter_mut().enumerate() {
        *word |= (members >> value & 1) << bit;
    }
}

impl<const L: usize> ByCase<'_, L> {
    /// The plane of a leaf.
    pub(super) fn fill(&mut self, leaf: &Leaf, frame: &[EntityId]) -> Vec<Lane<L>> {
        match leaf {
            Leaf::Can(attribute, members) | Leaf::May(attribute, members) => {
                union(self.values.attributes[attribute.0].as_ref(), *members, self.len(frame))
            }
            Leaf::Must(attribute, members) => {
                self.sure_members(*attribute, *members, self.len(frame))
            }
            Leaf::Undecided(attribute) => self.undecided(*attribute, self.len(frame)),
            Leaf::Includes { attribute, may } => self.includes(*attribute, *may, frame),
            Leaf::Tie(relation, members) => {
                self.load_relation(*relation);
                union(self.values.relations[relation.0].as_ref(), *members, self.len(frame))
            }
            Leaf::TieUndecided(relation) => {
                self.load_relation(*relation);
                twice(self.values.relations[relation.0].as_deref().unwrap_or(&[]), self.len(frame))
            }
            Leaf::Apart { open: false, .. } | Leaf::Before(_) | Leaf::Member(..) => {
                self.alike(leaf, frame)
            }
            _ => self.by_hand(leaf, frame),
        }
    }

    /// A leaf that says the same of every case.
    fn alike(&self, leaf: &Leaf, frame: &[EntityId]) -> Vec<Lane<L>> {
        let mut out = Vec::with_capacity(self.len(frame));
        let mut places = Odometer::new(self.sizes(frame).iter().copied());
        while let (Some(place), Some(facts)) = (places.current(), self.cases.first()) {
            let holds = leaf::holds(self.words, facts, leaf, place);
            out.push([if holds { u64::MAX } else { 0 }; L]);
            places.advance();
        }
        out
    }

    /// A leaf, case by case and row by row.
    fn by_hand(&self, leaf: &Leaf, frame: &[EntityId]) -> Vec<Lane<L>> {
        let mut out = vec![[0; L]; self.len(frame)];
        let mut places = Odometer::new(self.sizes(frame).iter().copied());
        for lane in &mut out {
            let Some(place) = places.current() else { break };
            for (case, facts) in self.cases.iter().enumerate() {
                let bit = u64::from(leaf::holds(self.words, facts, leaf, place));
                lane[case / 64] |= bit << (case % 64);
            }
            places.advance();
        }
        out
    }

    fn load_relation(&mut self, relation: RelationId) {
        if self.values.relations[relation.0].is_some() {
            return;
        }
        let declared = self.words.relation(relation);
        let [first, second] = declared.entities.map(|entity| self.rows[entity.0]);
        let count = self.words.domain(declared.kind).members.len();
        let Possible::Choice(background) = declared.background else { return };
        let mut planes: Planes<L> = (0..count)
            .map(|value| {
                let word = if background >> value & 1 == 1 { u64::MAX } else { 0 };
                vec![[word; L]; first * second]
            })
            .collect();
        for (case, facts) in self.cases.iter().enumerate() {
            let (at, bit) = (case / 64, 1_u64 << (case % 64));
            let ties = facts.ties.get(relation.0).into_iter().flatten();
            for (&(a, b), cell) in ties {
                let Possible::Choice(members) = cell.possible else { continue };
                let both = if declared.symmetric { [(a, b), (b, a)] } else { [(a, b); 2] };
                for (a, b) in both {
                    if a >= first || b >= second {
                        continue;
                    }
                    for (value, plane) in planes.iter_mut().enumerate() {
                        let word = &mut plane[a * second + b][at];
                        *word = if members >> value & 1 == 1 { *word | bit } else { *word & !bit };
                    }
                }
            }
        }
        self.values.relations[relation.0] = Some(planes);
    }

    /// The planes of a set: where each member may be included, and where excluded.
    fn set(&self, attribute: AttributeId) -> (&[Vec<Lane<L>>], &[Vec<Lane<L>>]) {
        let planes = self.values.attributes[attribute.0].as_deref().unwrap_or(&[]);
        planes.split_at(planes.len() / 2)
    }

    fn sure_members(&self, attribute: AttributeId, members: Members, len: usize) -> Vec<Lane<L>> {
        let mut out = vec![[0; L]; len];
        for (value, plane) in self.set(attribute).1.iter().enumerate() {
            if members >> value & 1 == 1 {
                merge(&mut out, plane, |out, word| out | !word);
            }
        }
        out
    }

    fn undecided(&self, attribute: AttributeId, len: usize) -> Vec<Lane<L>> {
        if matches!(self.words.attribute(attribute).background, Possible::Choice(_)) {
            let planes = self.values.attributes[attribute.0].as_deref().unwrap_or(&[]);
            return twice(planes, len);
        }
        let (may, not) = self.set(attribute);
        let mut out = vec![[0; L]; len];
        for (may, not) in may.iter().zip(not) {
            for (out, (may, not)) in out.iter_mut().zip(may.iter().zip(not)) {
                for (out, (may, not)) in out.iter_mut().zip(may.iter().zip(not)) {
                    *out |= may & not;
                }
            }
        }
        out
    }

    fn includes(&mut self, attribute: AttributeId, may: bool, frame: &[EntityId]) -> Vec<Lane<L>> {
        let one = self.words.entity(self.words.attribute(attribute).entity).kind == EntityKind::One;
        let sizes = self.sizes(frame);
        let rows = if one { 1 } else { sizes[0] };
        let members = sizes.last().copied().unwrap_or(0);
        let (included, excluded) = self.set(attribute);
        let planes = if may { included } else { excluded };
        let flip = if may { 0 } else { u64::MAX };
        let mut out = Vec::with_capacity(rows * members);
        for row in 0..rows {
            for member in 0..members {
                out.push(
                    planes.get(member).map_or([0; L], |plane| plane[row].map(|word| word ^ flip)),
                );
            }
        }
        out
    }
}

fn merge<const L: usize>(out: &mut [Lane<L>], plane: &[Lane<L>], with: impl Fn(u64, u64) -> u64) {
    for (out, lane) in out.iter_mut().zip(plane) {
        for (out, word) in out.iter_mut().zip(lane) {
            *out = with(*out, *word);
        }
    }
}

fn union<const L: usize>(planes: Option<&Planes<L>>, members: Members, len: usize) -> Vec<Lane<L>> {
    let mut out = vec![[0; L]; len];
    for (value, plane) in planes.into_iter().flatten().enumerate().take(64) {
        if members >> value & 1 == 1 {
            merge(&mut out, plane, |out, word| out | word);
        }
    }
    out
}

/// Where more than one value is possible.
fn twice<const L: usize>(planes: &[Vec<Lane<L>>], len: usize) -> Vec<Lane<L>> {
    let (mut once, mut twice) = (vec![[0; L]; len], vec![[0; L]; len]);
    for plane in planes {
        for ((once, twice), lane) in once.iter_mut().zip(&mut twice).zip(plane) {
            for ((once, twice), word) in once.iter_mut().zip(twice.iter_mut()).zip(lane) {
                *twice |= *once & word;
                *once |= word;
            }
        }
    }
    twice
}
