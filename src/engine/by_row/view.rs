//! How a gate reads an input plane by row: line by line along one of its variables, turned around first if need be.
#![expect(
    clippy::indexing_slicing,
    reason = "a view is made for the frame of the gate that reads it, with a line for every place"
)]

use std::borrow::Cow;

use super::super::kernel::{Input, Odometer};
use super::{Plane, put, words_for};

/// An input, read at places of the gate's outer variables, along its lane.
pub(super) struct View<'a> {
    bits: Cow<'a, [u64]>,
    flip: u64,
    /// Per outer variable of the gate, how many words further the next row's line is.
    steps: Vec<usize>,
    along: Along,
}

/// What a line of the input is along.
enum Along {
    /// The lane.
    Lane,
    /// An outer variable of the gate: one bit at a place.
    Outer(usize),
    /// Nothing: one bit.
    Nothing,
}

/// A view of an input of these sizes; `order` has the gate's variables, the lane last, `all` the sizes of all of them.
pub(super) fn view<'a>(
    sizes: &[usize],
    input: &Input<'a, Plane>,
    all: &[usize],
    order: &[usize],
) -> View<'a> {
    let flip = if input.negated { u64::MAX } else { 0 };
    let place = |at: &u8| order.iter().position(|other| *other == usize::from(*at)).unwrap_or(0);
    let places: Vec<usize> = input.map.iter().map(place).collect();
    let lane = order.len().saturating_sub(1);
    let Some((&last, outer)) = places.split_last() else {
        let bits = Cow::Borrowed(input.plane.bits.as_slice());
        return View { bits, flip, steps: vec![0; lane], along: Along::Nothing };
    };
    if places.contains(&lane) && (last != lane || outer.contains(&lane)) {
        let (bits, places) = turned(sizes, &places, &input.plane.bits, all, order);
        let sizes: Vec<usize> = places.iter().map(|&place| all[order[place]]).collect();
        let steps = steps(&sizes, &places, lane);
        return View { bits: Cow::Owned(bits), flip, steps, along: Along::Lane };
    }
    let along = if last == lane { Along::Lane } else { Along::Outer(last) };
    let steps = steps(sizes, &places, lane);
    View { bits: Cow::Borrowed(&input.plane.bits), flip, steps, along }
}

/// Words between lines, by outer variable of the gate.
fn steps(sizes: &[usize], places: &[usize], outer: usize) -> Vec<usize> {
    let mut steps = vec![0; outer];
    let mut stride = sizes.last().map_or(1, |last| words_for(*last));
    for (size, place) in sizes.iter().zip(places).rev().skip(1) {
        if let Some(step) = steps.get_mut(*place) {
            *step += stride;
        }
        stride *= size;
    }
    steps
}

/// The bits of an input with its variables in the gate's order, each once.
fn turned(
    sizes: &[usize],
    places: &[usize],
    bits: &[u64],
    all: &[usize],
    order: &[usize],
) -> (Vec<u64>, Vec<usize>) {
    let mut wanted = places.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    if places.len() == 2 && wanted.len() == 2 {
        return (transpose(bits, sizes[0], sizes[1]), wanted);
    }
    let target: Vec<usize> = wanted.iter().map(|&place| all[order[place]]).collect();
    let width = target.last().map_or(1, |last| words_for(*last));
    let lines: usize = target.iter().rev().skip(1).product();
    let mut out = vec![0; lines * width];
    let source_width = sizes.last().map_or(1, |last| words_for(*last));
    let mut at = Odometer::new(target.clone());
    while let Some(rows) = at.current() {
        let row = |place: &usize| {
            wanted.iter().position(|other| other == place).map_or(0, |position| rows[position])
        };
        let source: Vec<usize> = places.iter().map(row).collect();
        let (last, outer) =
            source.split_last().map_or((0, &source[..]), |(last, outer)| (*last, outer));
        let line = outer.iter().zip(sizes).fold(0, |at, (row, size)| at * size + row);
        if bits[line * source_width + last / 64] >> (last % 64) & 1 == 1 {
            let (last, outer) = rows.split_last().map_or((0, rows), |(last, outer)| (*last, outer));
            let line = outer.iter().zip(&target).fold(0, |at, (row, size)| at * size + row);
            put(&mut out, line * width, last, true);
        }
        at.advance();
    }
    (out, wanted)
}

/// A matrix of `rows` lines of `columns` bits turned around, in blocks of 64 by 64.
pub(super) fn transpose(bits: &[u64], rows: usize, columns: usize) -> Vec<u64> {
    let (from, to) = (words_for(columns), words_for(rows));
    let mut out = vec![0; columns * to];
    for high in 0..to {
        for low in 0..from {
            let mut block = [0_u64; 64];
            for (at, word) in block.iter_mut().enumerate().take(rows - (high * 64).min(rows)) {
                *word = bits[(high * 64 + at) * from + low];
            }
            turn(&mut block);
            for (at, word) in block.iter().enumerate().take(columns - (low * 64).min(columns)) {
                out[(low * 64 + at) * to + high] = *word;
            }
        }
    }
    out
}

/// Turns a block around by halves.
fn turn(block: &mut [u64; 64]) {
    let mut half = 32;
    let mut mask = u64::from(u32::MAX);
    while half != 0 {
        let mut row = 0;
        while row < 64 {
            let swap = ((block[row] >> half) ^ block[row + half]) & mask;
            block[row] ^= swap << half;
            block[row + half] ^= swap;
            row = (row + half + 1) & !half;
        }
        half >>= 1;
        mask ^= mask << half;
    }
}

/// The line along the lane, of `size` rows, at which all views hold at a place of the outer variables.
pub(super) fn lines(views: &[View], place: &[usize], size: usize, out: &mut [u64]) {
    out.fill(u64::MAX);
    for view in views {
        let start: usize = place.iter().zip(&view.steps).map(|(at, step)| at * step).sum();
        let bit = match view.along {
            Along::Lane => {
                for (out, word) in out.iter_mut().zip(&view.bits[start..]) {
                    *out &= word ^ view.flip;
                }
                continue;
            }
            Along::Outer(at) => {
                let row = place[at];
                (view.bits[start + row / 64] ^ view.flip) >> (row % 64) & 1
            }
            Along::Nothing => (view.bits[0] ^ view.flip) & 1,
        };
        if bit == 0 {
            out.fill(0);
            return;
        }
    }
    if let Some(last) = out.last_mut().filter(|_| !size.is_multiple_of(64)) {
        *last &= (1 << (size % 64)) - 1;
    }
}
