//! The layout for blocks of cases with few rows: a word holds one bit of each of 64 cases, so that rows are places in an
//! array, a quantifier is a loop over words and no plane is ever turned around.
#![expect(
    clippy::excessive_nesting,
    reason = "loops over cases, rows and words lie within each other"
)]
#![expect(
    clippy::similar_names,
    reason = "a place among places and a lane of a plane are called so"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "a plane has a lane for every combination of rows of its frame, and inputs are read through their frames"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::facts::Facts;
use crate::knowledge::{EntityId, Vocabulary};

use super::circuit::{Asked, Leaf};
use super::kernel::{Few, Input, Kernel, Odometer, steps};

mod fill;
mod gate;

use gate::{count, counter, greater, joint};

/// One bit for each of `64 * L` cases.
type Lane<const L: usize> = [u64; L];

/// A block of cases.
pub(super) struct ByCase<'a, const L: usize> {
    words: &'a Vocabulary,
    cases: Vec<&'a Facts>,
    /// A bit for each case.
    all: Lane<L>,
    /// Rows by entity: the most that a case of the block has.
    rows: Vec<usize>,
    /// Where each value of an attribute or relation is possible.
    values: fill::Values<L>,
    spare: &'a Spare<L>,
}

/// Planes given back, by the power of two that their length is at most; they outlive the block.
pub(super) type Spare<const L: usize> = RefCell<BTreeMap<usize, Vec<Vec<Lane<L>>>>>;

impl<'a, const L: usize> ByCase<'a, L> {
    /// A block of at most `64 * L` cases, of which this will be asked for.
    pub(super) fn new(
        words: &'a Vocabulary,
        cases: Vec<&'a Facts>,
        asked: &Asked,
        spare: &'a Spare<L>,
    ) -> ByCase<'a, L> {
        let entities = 0..words.entities.len();
        let rows: Vec<usize> = entities
            .map(|entity| {
                let rows = cases.iter().map(|facts| super::leaf::rows(facts, EntityId(entity)));
                rows.max().unwrap_or(0)
            })
            .collect();
        let values = fill::Values::read(words, &cases, &rows, asked);
        let mut all = [0; L];
        for case in 0..cases.len() {
            all[case / 64] |= 1 << (case % 64);
        }
        ByCase { words, cases, all, rows, values, spare }
    }

    /// A plane of one lane throughout.
    fn plane(&self, len: usize, lane: Lane<L>) -> Vec<Lane<L>> {
        let room = len.next_power_of_two();
        let spare = self.spare.borrow_mut().get_mut(&room).and_then(Vec::pop);
        let mut plane = spare.unwrap_or_else(|| Vec::with_capacity(room));
        plane.clear();
        plane.resize(len, lane);
        plane
    }

    fn sizes(&self, frame: &[EntityId]) -> Few {
        frame.iter().map(|entity| self.rows[entity.0]).collect()
    }

    fn len(&self, frame: &[EntityId]) -> usize {
        frame.iter().map(|entity| self.rows[entity.0]).product()
    }
}

/// Takes away from a lane where another (flipped or not) does not hold, and notes what is left.
#[inline]
fn narrow<const L: usize>(lane: &mut Lane<L>, by: &Lane<L>, flip: u64, any: &mut Lane<L>) {
    for ((word, by), any) in lane.iter_mut().zip(by).zip(any) {
        *word &= by ^ flip;
        *any |= *word;
    }
}

impl<const L: usize> Kernel for ByCase<'_, L> {
    type Plane = Vec<Lane<L>>;

    fn size(&self, frame: &[EntityId]) -> u64 {
        frame.iter().map(|entity| self.rows[entity.0] as u64).fold(L as u64, u64::saturating_mul)
    }

    fn rows(&self, entity: EntityId) -> usize {
        self.rows[entity.0]
    }

    fn nowhere(&self, frame: &[EntityId]) -> Self::Plane {
        self.plane(self.len(frame), [0; L])
    }

    fn leaf(&self, leaf: Option<&Leaf>, frame: &[EntityId]) -> Self::Plane {
        match leaf {
            None => self.plane(self.len(frame), self.all),
            Some(leaf) => self.fill(leaf, frame),
        }
    }

    fn and(&self, frame: &[EntityId], inputs: &[Input<Self::Plane>]) -> Self::Plane {
        let mut out = self.plane(self.len(frame), [u64::MAX; L]);
        for input in inputs {
            self.restrict(frame, &mut out, input);
        }
        out
    }

    fn restrict(
        &self,
        frame: &[EntityId],
        plane: &mut Self::Plane,
        input: &Input<Self::Plane>,
    ) -> bool {
        let flip = if input.negated { u64::MAX } else { 0 };
        let mut any = [0; L];
        let Some((&last, outer)) = frame.split_last() else {
            narrow(&mut plane[0], &input.plane[0], flip, &mut any);
            return any.iter().any(|word| *word != 0);
        };
        let width = self.rows[last.0];
        if width == 0 {
            return false;
        }
        let steps = steps(&self.sizes(input.frame), input.map, frame.len());
        let step = steps[outer.len()];
        let mut places = Odometer::new(self.sizes(outer).iter().copied());
        for line in plane.chunks_exact_mut(width) {
            let Some(place) = places.current() else { break };
            let start: usize = place.iter().zip(&*steps).map(|(at, step)| at * step).sum();
            for (row, lane) in line.iter_mut().enumerate() {
                narrow(lane, &input.plane[start + row * step], flip, &mut any);
            }
            places.advance();
        }
        any.iter().any(|word| *word != 0)
    }

    fn recycle(&self, plane: Self::Plane) {
        let room = plane.len().next_power_of_two();
        if plane.capacity() >= room {
            self.spare.borrow_mut().entry(room).or_default().push(plane);
        }
    }

    fn exists(
        &self,
        frame: &[EntityId],
        over: EntityId,
        inputs: &[Input<Self::Plane>],
    ) -> Self::Plane {
        let feeds = self.feeds(frame, over, inputs);
        let rows = self.rows[over.0];
        self.fold(frame, &feeds, |walks| {
            let mut some = [0; L];
            for row in 0..rows {
                for (some, word) in some.iter_mut().zip(joint(walks, row)) {
                    *some |= word;
                }
            }
            some
        })
    }

    fn at_least(
        &self,
        frame: &[EntityId],
        over: EntityId,
        least: u32,
        inputs: &[Input<Self::Plane>],
    ) -> Self::Plane {
        let feeds = self.feeds(frame, over, inputs);
        let rows = self.rows[over.0];
        if least as usize > rows {
            return self.nowhere(frame);
        }
        let mut number = counter::<L>(rows);
        let mut bar = number.clone();
        for (digit, lane) in bar.iter_mut().enumerate() {
            *lane = [if (least.saturating_sub(1)) >> digit & 1 == 1 { u64::MAX } else { 0 }; L];
        }
        self.fold(frame, &feeds, |walks| {
            number.fill([0; L]);
            for row in 0..rows {
                count(&mut number, joint(walks, row));
            }
            greater(&number, &bar)
        })
    }

    fn most(
        &self,
        frame: &[EntityId],
        over: EntityId,
        more: &[Input<Self::Plane>],
        less: &[Input<Self::Plane>],
    ) -> Self::Plane {
        let mut feeds = self.feeds(frame, over, more);
        let first_of_less = feeds.len();
        feeds.extend(self.feeds(frame, over, less));
        let rows = self.rows[over.0];
        let (mut first, mut second) = (counter::<L>(rows), counter::<L>(rows));
        self.fold(frame, &feeds, |walks| {
            let (more, less) = walks.split_at(first_of_less);
            first.fill([0; L]);
            second.fill([0; L]);
            for row in 0..rows {
                count(&mut first, joint(more, row));
                count(&mut second, joint(less, row));
            }
            greater(&first, &second)
        })
    }

    fn is_empty(&self, plane: &Self::Plane) -> bool {
        plane.iter().all(|lane| lane.iter().all(|word| *word == 0))
    }

    fn visit(
        &self,
        frame: &[EntityId],
        plane: &Self::Plane,
        visitor: &mut dyn FnMut(&[usize], &[u64]),
    ) {
        let mut places = Odometer::new(self.sizes(frame).iter().copied());
        for lane in plane {
            let Some(place) = places.current() else { return };
            let mut found = *lane;
            let mut any = 0;
            for (found, all) in found.iter_mut().zip(&self.all) {
                *found &= all;
                any |= *found;
            }
            if any != 0 {
                visitor(place, &found);
            }
            places.advance();
        }
    }

    fn get(&self, frame: &[EntityId], plane: &Self::Plane, case: usize, rows: &[usize]) -> bool {
        let place =
            frame.iter().zip(rows).fold(0, |at, (entity, row)| at * self.rows[entity.0] + row);
        plane.get(place).is_some_and(|lane| lane[case / 64] >> (case % 64) & 1 == 1)
    }
}
