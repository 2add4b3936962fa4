//! Gates over one bound variable: their inputs walked row by row, and numbers of rows counted for all cases at once.
#![expect(
    clippy::indexing_slicing,
    reason = "a plane has a lane for every combination of rows of its frame, and inputs are read through their frames"
)]

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::knowledge::EntityId;

use super::super::kernel::{Few, Input, Odometer, steps};
use super::{ByCase, Lane};

/// An input while a gate is worked out.
pub(super) struct Feed<'a, const L: usize> {
    lanes: Cow<'a, [Lane<L>]>,
    steps: Few,
    flip: u64,
}

/// The inputs of a gate; few have more than these.
pub(super) type Feeds<'a, const L: usize> = SmallVec<[Feed<'a, L>; 6]>;

impl<const L: usize> ByCase<'_, L> {
    /// Inputs of a gate over a frame and one bound variable. Those that speak of the bound variable alone are joined
    /// once and for all.
    pub(super) fn feeds<'p>(
        &self,
        frame: &[EntityId],
        over: EntityId,
        inputs: &[Input<'p, Vec<Lane<L>>>],
    ) -> Feeds<'p, L> {
        let feed = |input: &Input<'p, Vec<Lane<L>>>| Feed {
            lanes: Cow::Borrowed(input.plane.as_slice()),
            steps: steps(&self.sizes(input.frame), input.map, frame.len() + 1),
            flip: if input.negated { u64::MAX } else { 0 },
        };
        let mut feeds: Feeds<'p, L> = inputs.iter().map(feed).collect();
        let alone = |feed: &Feed<'p, L>| feed.steps[..frame.len()].iter().all(|step| *step == 0);
        if frame.is_empty() || feeds.iter().filter(|feed| alone(feed)).count() < 2 {
            return feeds;
        }
        let joined = {
            let alone = feeds.iter().filter(|feed| alone(feed));
            let walks: SmallVec<[Walk<'_, L>; 6]> =
                alone.map(|feed| Walk::new(feed, frame.len())).collect();
            (0..self.rows[over.0]).map(|row| joint(&walks, row)).collect()
        };
        feeds.retain(|feed| !alone(feed));
        let places = (0..=frame.len()).map(|at| usize::from(at == frame.len()));
        feeds.push(Feed { lanes: Cow::Owned(joined), steps: places.collect(), flip: 0 });
        feeds
    }

    /// Works out a plane: `work` has for each input its lanes from the place at hand on, and its step per row of the
    /// bound variable.
    pub(super) fn fold(
        &self,
        frame: &[EntityId],
        feeds: &[Feed<'_, L>],
        mut work: impl FnMut(&[Walk<'_, L>]) -> Lane<L>,
    ) -> Vec<Lane<L>> {
        let mut out = self.plane(self.len(frame), [0; L]);
        let mut places = Odometer::new(self.sizes(frame).iter().copied());
        let mut walks: SmallVec<[Walk<'_, L>; 6]> =
            feeds.iter().map(|feed| Walk::new(feed, frame.len())).collect();
        for lane in &mut out {
            let Some(place) = places.current() else { break };
            for (walk, feed) in walks.iter_mut().zip(feeds) {
                walk.start = place.iter().zip(&*feed.steps).map(|(at, step)| at * step).sum();
            }
            *lane = work(&walks);
            places.advance();
        }
        out
    }
}

/// An input along the bound variable.
pub(super) struct Walk<'a, const L: usize> {
    lanes: &'a [Lane<L>],
    start: usize,
    step: usize,
    flip: u64,
}

impl<'a, const L: usize> Walk<'a, L> {
    /// Along the variable at this place, from the first rows of all others on.
    fn new(feed: &'a Feed<'_, L>, bound: usize) -> Walk<'a, L> {
        Walk { lanes: &feed.lanes, start: 0, step: feed.steps[bound], flip: feed.flip }
    }
}

/// Where all inputs hold at one row of the bound variable.
#[inline]
pub(super) fn joint<const L: usize>(walks: &[Walk<'_, L>], row: usize) -> Lane<L> {
    let mut all = [u64::MAX; L];
    for walk in walks {
        let lane = &walk.lanes[walk.start + row * walk.step];
        for (all, word) in all.iter_mut().zip(lane) {
            *all &= word ^ walk.flip;
        }
    }
    all
}

/// Adds one, where the lane holds, to a number for each case, of which each lane is a binary digit, the lowest first.
#[inline]
pub(super) fn count<const L: usize>(counter: &mut [Lane<L>], mut carry: Lane<L>) {
    for digit in counter {
        for (digit, carry) in digit.iter_mut().zip(&mut carry) {
            let both = *digit & *carry;
            *digit ^= *carry;
            *carry = both;
        }
    }
}

/// Where the first number is greater than the second.
#[inline]
pub(super) fn greater<const L: usize>(a: &[Lane<L>], b: &[Lane<L>]) -> Lane<L> {
    let mut greater = [0; L];
    for (a, b) in a.iter().zip(b) {
        for (greater, (a, b)) in greater.iter_mut().zip(a.iter().zip(b)) {
            *greater = (a & !b) | (!(a ^ b) & *greater);
        }
    }
    greater
}

/// A number for each case, zero, that can count so many rows.
pub(super) fn counter<const L: usize>(rows: usize) -> SmallVec<[Lane<L>; 4]> {
    SmallVec::from_elem([0; L], (usize::BITS - rows.leading_zeros()) as usize)
}
