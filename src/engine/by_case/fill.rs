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
use crate::knowledge::{AttributeId, EntityId, RelationId, Vocabulary};
use crate::value::{Members, Possible};

use super::super::circuit::{Asked, Leaf};
use super::super::kernel::Odometer;
use super::super::leaf;
use super::{ByCase, Lane};

/// One plane per value; for sets one per member that says where it may be included, then one where it may be excluded.
type Planes<const L: usize> = Vec<Vec<Lane<L>>>;

/// Where values are possible, by attribute and by relation.
pub(super) struct Values<const L: usize> {
    attributes: Vec<Planes<L>>,
    relations: Vec<Planes<L>>,
}

impl<const L: usize> Values<L> {
    /// Reads what will be asked for, case by case, as it lies in memory.
    pub(super) fn read(
        words: &Vocabulary,
        cases: &[&Facts],
        rows: &[usize],
        asked: &Asked,
    ) -> Values<L> {
        let attributes = asked.attributes.iter();
        let mut columns: Vec<Column<L>> =
            attributes.map(|&attribute| Column::new(words, attribute, rows)).collect();
        let mut networks: Vec<Option<Network<L>>> = vec![None; words.relations.len()];
        for &relation in &asked.relations {
            networks[relation.0] = Network::new(words, relation, rows);
        }
        for (at, cases) in cases.chunks(64).enumerate() {
            for (bit, facts) in cases.iter().enumerate() {
                for column in &mut columns {
                    column.put(facts, bit);
                }
                for (tie, cell) in &facts.ties {
                    if let Some(network) = &mut networks[tie.relation.0] {
                        network.put(tie.rows, cell.possible, bit);
                    }
                }
            }
            for column in &mut columns {
                column.read.spread(at, 0);
            }
            for network in networks.iter_mut().flatten() {
                network.read.spread(at, network.background);
            }
        }
        let mut attributes = vec![Vec::new(); words.attributes.len()];
        for column in columns {
            attributes[column.attribute.0] = column.read.planes;
        }
        let relations = networks
            .into_iter()
            .map(|network| network.map(|network| network.read.planes).unwrap_or_default());
        Values { attributes, relations: relations.collect() }
    }
}

/// What is read off 64 cases, close together until it is spread over the planes.
#[derive(Clone)]
struct Reading<const L: usize> {
    /// A word per place and value.
    words: Vec<u64>,
    planes: Planes<L>,
}

impl<const L: usize> Reading<L> {
    fn new(places: usize, values: usize, background: Members) -> Reading<L> {
        let mut reading =
            Reading { words: vec![0; places * values], planes: vec![vec![[0; L]; places]; values] };
        reading.clear(background);
        reading
    }

    /// All 64 cases may have these values everywhere.
    fn clear(&mut self, background: Members) {
        for words in self.words.chunks_exact_mut(self.planes.len().max(1)) {
            for (value, word) in words.iter_mut().enumerate() {
                *word = if background >> (value & 63) & 1 == 1 { u64::MAX } else { 0 };
            }
        }
    }

    /// Moves what was read to the planes.
    fn spread(&mut self, at: usize, background: Members) {
        let values = self.planes.len().max(1);
        for (place, words) in self.words.chunks_exact(values).enumerate() {
            for (plane, word) in self.planes.iter_mut().zip(words) {
                plane[place][at] = *word;
            }
        }
        self.clear(background);
    }
}

/// An attribute while it is read.
struct Column<const L: usize> {
    attribute: AttributeId,
    background: Possible,
    /// Members of its domain.
    count: usize,
    read: Reading<L>,
}

impl<const L: usize> Column<L> {
    fn new(words: &Vocabulary, attribute: AttributeId, rows: &[usize]) -> Column<L> {
        let declared = words.attribute(attribute);
        let count = leaf::members(words, declared.kind);
        let sides = if matches!(declared.background, Possible::Set { .. }) { 2 } else { 1 };
        let read = Reading::new(rows[declared.entity.0], count * sides, 0);
        Column { attribute, background: declared.background, count, read }
    }

    /// Reads one case.
    fn put(&mut self, facts: &Facts, bit: usize) {
        let cells = facts.cells.of(self.attribute);
        let width = self.read.planes.len().max(1);
        for (row, words) in self.read.words.chunks_exact_mut(width).enumerate() {
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
}

/// Sets the bit of one case in the word of each of these members.
fn set(words: &mut [u64], members: Members, bit: usize) {
    for (value, word) in words.iter_mut().enumerate() {
        *word |= (members >> (value & 63) & 1) << bit;
    }
}

/// A relation while it is read.
#[derive(Clone)]
struct Network<const L: usize> {
    symmetric: bool,
    rows: [usize; 2],
    background: Members,
    read: Reading<L>,
}

impl<const L: usize> Network<L> {
    fn new(words: &Vocabulary, relation: RelationId, rows: &[usize]) -> Option<Network<L>> {
        let declared = words.relation(relation);
        let rows = declared.entities.map(|entity| rows[entity.0]);
        let Possible::Choice(background) = declared.background else { return None };
        let values = words.domain(declared.kind).members.len();
        let read = Reading::new(rows[0] * rows[1], values, background);
        Some(Network { symmetric: declared.symmetric, rows, background, read })
    }

    /// Reads one tie of one case.
    fn put(&mut self, [a, b]: [usize; 2], possible: Possible, bit: usize) {
        let Possible::Choice(members) = possible else { return };
        let [first, second] = self.rows;
        let both = if self.symmetric { [(a, b), (b, a)] } else { [(a, b); 2] };
        let values = self.read.planes.len().max(1);
        for (a, b) in both.into_iter().filter(|&(a, b)| a < first && b < second) {
            let place = (a * second + b) * values;
            for (value, word) in self.read.words[place..place + values].iter_mut().enumerate() {
                *word = *word & !(1 << bit) | (members >> (value & 63) & 1) << bit;
            }
        }
    }
}

impl<const L: usize> ByCase<'_, L> {
    /// The plane of a leaf.
    pub(super) fn fill(&self, leaf: &Leaf, frame: &[EntityId]) -> Vec<Lane<L>> {
        let mut out = self.plane(self.len(frame), [0; L]);
        match leaf {
            Leaf::Can(attribute, members) | Leaf::May(attribute, members) => {
                unite(&mut out, &self.values.attributes[attribute.0], *members);
            }
            Leaf::Must(attribute, members) => self.sure_members(&mut out, *attribute, *members),
            Leaf::Undecided(attribute) => self.undecided(&mut out, *attribute),
            Leaf::Includes { attribute, may } => self.includes(&mut out, *attribute, *may, frame),
            Leaf::Tie(relation, members) => {
                unite(&mut out, &self.values.relations[relation.0], *members);
            }
            Leaf::TieUndecided(relation) => twice(&mut out, &self.values.relations[relation.0]),
            Leaf::Apart { open: false, .. } | Leaf::Before(_) | Leaf::Member(..) => {
                self.alike(&mut out, leaf, frame);
            }
            _ => self.by_hand(&mut out, leaf, frame),
        }
        out
    }

    /// A leaf that says the same of every case.
    fn alike(&self, out: &mut [Lane<L>], leaf: &Leaf, frame: &[EntityId]) {
        let mut places = Odometer::new(self.sizes(frame).iter().copied());
        for lane in out {
            let (Some(place), Some(facts)) = (places.current(), self.cases.first()) else { break };
            if leaf::holds(self.words, facts, leaf, place) {
                *lane = [u64::MAX; L];
            }
            places.advance();
        }
    }

    /// A leaf, case by case and row by row.
    fn by_hand(&self, out: &mut [Lane<L>], leaf: &Leaf, frame: &[EntityId]) {
        let mut places = Odometer::new(self.sizes(frame).iter().copied());
        for lane in out {
            let Some(place) = places.current() else { break };
            for (case, facts) in self.cases.iter().enumerate() {
                let bit = u64::from(leaf::holds(self.words, facts, leaf, place));
                lane[case / 64] |= bit << (case % 64);
            }
            places.advance();
        }
    }

    /// The planes of a set: where each member may be included, and where excluded.
    fn set(&self, attribute: AttributeId) -> (&[Vec<Lane<L>>], &[Vec<Lane<L>>]) {
        let planes = &self.values.attributes[attribute.0];
        planes.split_at(planes.len() / 2)
    }

    fn sure_members(&self, out: &mut [Lane<L>], attribute: AttributeId, members: Members) {
        for (value, plane) in self.set(attribute).1.iter().enumerate() {
            if members >> value & 1 == 1 {
                merge(out, plane, |out, word| out | !word);
            }
        }
    }

    fn undecided(&self, out: &mut [Lane<L>], attribute: AttributeId) {
        if matches!(self.words.attribute(attribute).background, Possible::Choice(_)) {
            return twice(out, &self.values.attributes[attribute.0]);
        }
        let (may, not) = self.set(attribute);
        for (may, not) in may.iter().zip(not) {
            for (out, (may, not)) in out.iter_mut().zip(may.iter().zip(not)) {
                for (out, (may, not)) in out.iter_mut().zip(may.iter().zip(not)) {
                    *out |= may & not;
                }
            }
        }
    }

    fn includes(&self, out: &mut [Lane<L>], attribute: AttributeId, may: bool, frame: &[EntityId]) {
        let sizes = self.sizes(frame);
        let Some(&members) = sizes.last().filter(|members| **members > 0) else { return };
        let (included, excluded) = self.set(attribute);
        let planes = if may { included } else { excluded };
        let flip = if may { 0 } else { u64::MAX };
        for (row, line) in out.chunks_exact_mut(members).enumerate() {
            for (lane, plane) in line.iter_mut().zip(planes) {
                *lane = plane[row].map(|word| word ^ flip);
            }
        }
    }
}

fn merge<const L: usize>(out: &mut [Lane<L>], plane: &[Lane<L>], with: impl Fn(u64, u64) -> u64) {
    for (out, lane) in out.iter_mut().zip(plane) {
        for (out, word) in out.iter_mut().zip(lane) {
            *out = with(*out, *word);
        }
    }
}

/// Adds where one of these values is possible.
fn unite<const L: usize>(out: &mut [Lane<L>], planes: &Planes<L>, members: Members) {
    for (value, plane) in planes.iter().enumerate().take(64) {
        if members >> value & 1 == 1 {
            merge(out, plane, |out, word| out | word);
        }
    }
}

/// Adds where more than one value is possible.
fn twice<const L: usize>(twice: &mut [Lane<L>], planes: &Planes<L>) {
    for (place, twice) in twice.iter_mut().enumerate() {
        let mut once = [0; L];
        for plane in planes {
            for ((once, twice), word) in once.iter_mut().zip(twice.iter_mut()).zip(&plane[place]) {
                *twice |= *once & word;
                *once |= word;
            }
        }
    }
}
