//! The layout for one case with many rows: a word holds one bit of each of 64 rows of the last variable of a frame, so
//! that a pair is a bit. A quantifier over what links two variables is a product of Boolean matrices.
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
    reason = "a plane has a line for every combination of rows of its frame but the last, and inputs are read through \
              their frames"
)]

use crate::facts::Facts;
use crate::knowledge::{EntityId, Vocabulary};
use crate::value::Possible;

use super::circuit::Leaf;
use super::kernel::{Input, Kernel, Odometer, ones};
use super::leaf;

mod view;

use view::{View, lines, view};

/// Rows of the last variable side by side, 64 a word; combinations of the others one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plane {
    pub(super) bits: Vec<u64>,
}

/// One case.
pub(super) struct ByRow<'a> {
    words: &'a Vocabulary,
    facts: &'a Facts,
    rows: Vec<usize>,
}

/// Words for so many rows.
fn words_for(rows: usize) -> usize {
    rows.div_ceil(64)
}

impl<'a> ByRow<'a> {
    pub(super) fn new(words: &'a Vocabulary, facts: &'a Facts) -> ByRow<'a> {
        let entities = 0..words.entities.len();
        let rows = entities.map(|entity| leaf::rows(facts, EntityId(entity))).collect();
        ByRow { words, facts, rows }
    }

    fn sizes(&self, frame: &[EntityId]) -> Vec<usize> {
        frame.iter().map(|entity| self.rows[entity.0]).collect()
    }

    /// A plane that is full of zeros or ones; no bit beyond the last row is ever read.
    fn blank(sizes: &[usize], word: u64) -> Plane {
        let len = match sizes.split_last() {
            None => 1,
            Some((last, outer)) => outer.iter().product::<usize>() * words_for(*last),
        };
        Plane { bits: vec![word; len] }
    }

    fn tie(&self, leaf: &Leaf, frame: &[EntityId]) -> Option<Plane> {
        let (relation, members) = match leaf {
            Leaf::Tie(relation, members) => (*relation, Some(*members)),
            Leaf::TieUndecided(relation) => (*relation, None),
            _ => return None,
        };
        let test = |possible: Possible| match (possible, members) {
            (Possible::Choice(may), Some(members)) => may & members != 0,
            _ => !possible.is_known(),
        };
        let declared = self.words.relation(relation);
        let word = if test(declared.background) { u64::MAX } else { 0 };
        let sizes = self.sizes(frame);
        let mut plane = Self::blank(&sizes, word);
        let width = words_for(sizes[1]);
        for (tie, cell) in self.facts.ties_of(relation) {
            let [a, b] = tie.rows;
            let both = if declared.symmetric { [(a, b), (b, a)] } else { [(a, b); 2] };
            for (a, b) in both {
                if a < sizes[0] && b < sizes[1] {
                    put(&mut plane.bits, a * width, b, test(cell.possible));
                }
            }
        }
        Some(plane)
    }

    /// Counts per combination of the frame's rows; `decide` sees for each the lines of all inputs over the bound rows.
    fn tally(
        &self,
        frame: &[EntityId],
        over: EntityId,
        inputs: &[Input<Plane>],
        mut decide: impl FnMut(&[View], &[usize]) -> bool,
    ) -> Plane {
        let sizes = self.sizes(frame);
        let mut all = sizes.clone();
        all.push(self.rows[over.0]);
        let order: Vec<usize> = (0..all.len()).collect();
        let views: Vec<View> = inputs
            .iter()
            .map(|input| view(&self.sizes(input.frame), input, &all, &order))
            .collect();
        let mut out = Self::blank(&sizes, 0);
        let mut places = Odometer::new(sizes.clone());
        let width = sizes.last().map_or(1, |last| words_for(*last));
        while let Some(place) = places.current() {
            if decide(&views, place) {
                let (last, outer) =
                    place.split_last().map_or((0, place), |(last, outer)| (*last, outer));
                let line = outer.iter().zip(&sizes).fold(0, |at, (row, size)| at * size + row);
                put(&mut out.bits, line * width, last, true);
            }
            places.advance();
        }
        out
    }

    /// For two variables and the bound one: a product, by the rows at which the first variable's inputs hold.
    fn product(
        &self,
        frame: &[EntityId],
        over: EntityId,
        inputs: &[Input<Plane>],
        swapped: bool,
    ) -> Plane {
        let mut sizes = self.sizes(frame);
        sizes.push(self.rows[over.0]);
        let bound = frame.len();
        let (lane, outer): (usize, Vec<usize>) =
            if swapped { (0, (1..bound).collect()) } else { (bound - 1, (0..bound - 1).collect()) };
        let (mut walk_order, mut lane_order) = (outer.clone(), outer.clone());
        walk_order.push(bound);
        lane_order.extend([bound, lane]);
        let (lanes, walks): (Vec<&Input<Plane>>, Vec<&Input<Plane>>) =
            inputs.iter().partition(|input| input.map.iter().any(|at| usize::from(*at) == lane));
        let walks: Vec<View> = walks
            .into_iter()
            .map(|input| view(&self.sizes(input.frame), input, &sizes, &walk_order))
            .collect();
        let lanes: Vec<View> = lanes
            .into_iter()
            .map(|input| view(&self.sizes(input.frame), input, &sizes, &lane_order))
            .collect();
        let width = words_for(sizes[lane]);
        let mut reach = vec![0; words_for(sizes[bound])];
        let mut line = vec![0; width];
        let mut bits = Vec::new();
        let mut places = Odometer::new(outer.iter().map(|&at| sizes[at]));
        while let Some(place) = places.current() {
            let mut sum = vec![0; width];
            let mut at = place.to_vec();
            lines(&walks, &at, sizes[bound], &mut reach);
            at.push(0);
            for row in ones(&reach) {
                at[place.len()] = row;
                lines(&lanes, &at, sizes[lane], &mut line);
                for (sum, word) in sum.iter_mut().zip(&line) {
                    *sum |= word;
                }
            }
            bits.extend(sum);
            places.advance();
        }
        Plane { bits }
    }

    /// How many rows of a variable and the bound one the inputs without the other variable leave at least.
    fn spread(inputs: &[Input<Plane>], without: usize) -> u64 {
        let pairs = inputs.iter().filter(|input| {
            input.frame.len() > 1 && input.map.iter().all(|at| usize::from(*at) != without)
        });
        let spread = pairs.map(|input| {
            let bits: u64 = input.plane.bits.iter().map(|word| u64::from(word.count_ones())).sum();
            let all = input.plane.bits.len() as u64 * 64;
            if input.negated { all - bits } else { bits }
        });
        spread.min().unwrap_or(u64::MAX)
    }
}

/// Sets or clears a bit of the line that starts at a word.
fn put(bits: &mut [u64], line: usize, row: usize, value: bool) {
    let word = &mut bits[line + row / 64];
    let bit = 1 << (row % 64);
    *word = if value { *word | bit } else { *word & !bit };
}

impl Kernel for ByRow<'_> {
    type Plane = Plane;

    fn size(&self, frame: &[EntityId]) -> u64 {
        let Some((last, outer)) = frame.split_last() else {
            return 1;
        };
        outer
            .iter()
            .map(|entity| self.rows[entity.0] as u64)
            .fold(words_for(self.rows[last.0]) as u64, u64::saturating_mul)
    }

    fn rows(&self, entity: EntityId) -> usize {
        self.rows[entity.0]
    }

    fn nowhere(&self, frame: &[EntityId]) -> Plane {
        Self::blank(&self.sizes(frame), 0)
    }

    fn leaf(&self, leaf: Option<&Leaf>, frame: &[EntityId]) -> Plane {
        let sizes = self.sizes(frame);
        let Some(leaf) = leaf else {
            return Self::blank(&sizes, u64::MAX);
        };
        if let Some(plane) = self.tie(leaf, frame) {
            return plane;
        }
        let width = sizes.last().map_or(1, |last| words_for(*last));
        if let Leaf::Apart { entity, open } = leaf {
            let mut plane = Self::blank(&sizes, u64::MAX);
            let listed = leaf::listed(self.facts, *entity);
            for row in 0..sizes[0] {
                put(&mut plane.bits, row * width, row, *open && row == listed);
            }
            return plane;
        }
        let mut plane = Self::blank(&sizes, 0);
        let mut places = Odometer::new(sizes.clone());
        while let Some(place) = places.current() {
            if leaf::holds(self.words, self.facts, leaf, place) {
                let (last, outer) =
                    place.split_last().map_or((0, place), |(last, outer)| (*last, outer));
                let line = outer.iter().zip(&sizes).fold(0, |at, (row, size)| at * size + row);
                put(&mut plane.bits, line * width, last, true);
            }
            places.advance();
        }
        plane
    }

    fn and(&self, frame: &[EntityId], inputs: &[Input<Plane>]) -> Plane {
        let sizes = self.sizes(frame);
        let order: Vec<usize> = (0..sizes.len()).collect();
        let views: Vec<View> = inputs
            .iter()
            .map(|input| view(&self.sizes(input.frame), input, &sizes, &order))
            .collect();
        let mut out = Self::blank(&sizes, 0);
        let (last, outer) =
            sizes.split_last().map_or((1, &sizes[..]), |(last, outer)| (*last, outer));
        if last == 0 {
            return out;
        }
        let mut places = Odometer::new(outer.to_vec());
        for line in out.bits.chunks_exact_mut(words_for(last)) {
            let Some(place) = places.current() else { break };
            lines(&views, place, last, line);
            places.advance();
        }
        out
    }

    fn restrict(&self, frame: &[EntityId], plane: &mut Plane, input: &Input<Plane>) -> bool {
        let order = [0, 1, 2, 3, 4, 5, 6, 7];
        let map = order.get(..frame.len()).unwrap_or(&order);
        let left = {
            let held = Input { plane: &*plane, frame, map, negated: false };
            self.and(frame, &[held, Input { ..*input }])
        };
        *plane = left;
        !self.is_empty(plane)
    }

    fn recycle(&self, _: Plane) {}

    fn exists(&self, frame: &[EntityId], over: EntityId, inputs: &[Input<Plane>]) -> Plane {
        if frame.len() < 2 {
            let rows = self.rows[over.0];
            let mut line = vec![0; words_for(rows)];
            return self.tally(frame, over, inputs, |views, place| {
                lines(views, place, rows, &mut line);
                line.iter().any(|word| *word != 0)
            });
        }
        let swapped = frame.len() == 2 && Self::spread(inputs, 0) < Self::spread(inputs, 1);
        let plane = self.product(frame, over, inputs, swapped);
        if !swapped {
            return plane;
        }
        let sizes = self.sizes(frame);
        Plane { bits: view::transpose(&plane.bits, sizes[1], sizes[0]) }
    }

    fn at_least(
        &self,
        frame: &[EntityId],
        over: EntityId,
        least: u32,
        inputs: &[Input<Plane>],
    ) -> Plane {
        let rows = self.rows[over.0];
        let mut line = vec![0; words_for(rows)];
        self.tally(frame, over, inputs, |views, place| {
            lines(views, place, rows, &mut line);
            count(&line) >= u64::from(least)
        })
    }

    fn most(
        &self,
        frame: &[EntityId],
        over: EntityId,
        more: &[Input<Plane>],
        less: &[Input<Plane>],
    ) -> Plane {
        let rows = self.rows[over.0];
        let mut line = vec![0; words_for(rows)];
        let together = more.iter().chain(less).map(|input| Input { ..*input });
        let together: Vec<Input<Plane>> = together.collect();
        self.tally(frame, over, &together, |views, place| {
            let (more, less) = views.split_at(more.len());
            lines(more, place, rows, &mut line);
            let first = count(&line);
            lines(less, place, rows, &mut line);
            first > count(&line)
        })
    }

    fn is_empty(&self, plane: &Plane) -> bool {
        plane.bits.iter().all(|word| *word == 0)
    }

    fn visit(&self, frame: &[EntityId], plane: &Plane, visitor: &mut dyn FnMut(&[usize], &[u64])) {
        let sizes = self.sizes(frame);
        let Some((&last, outer)) = sizes.split_last() else {
            if plane.bits[0] & 1 == 1 {
                visitor(&[], &[1]);
            }
            return;
        };
        if last == 0 {
            return;
        }
        let mut places = Odometer::new(outer.to_vec());
        for line in plane.bits.chunks_exact(words_for(last)) {
            let Some(place) = places.current() else { return };
            let mut at = place.to_vec();
            at.push(0);
            for row in ones(line).take_while(|row| *row < last) {
                at[outer.len()] = row;
                visitor(&at, &[1]);
            }
            places.advance();
        }
    }

    fn get(&self, frame: &[EntityId], plane: &Plane, _: usize, rows: &[usize]) -> bool {
        let sizes = self.sizes(frame);
        let (last, outer) = rows.split_last().map_or((0, rows), |(last, outer)| (*last, outer));
        let width = sizes.last().map_or(1, |last| words_for(*last));
        let line = outer.iter().zip(&sizes).fold(0, |at, (row, size)| at * size + row);
        plane.bits.get(line * width + last / 64).is_some_and(|word| word >> (last % 64) & 1 == 1)
    }
}

fn count(line: &[u64]) -> u64 {
    line.iter().map(|word| u64::from(word.count_ones())).sum()
}
