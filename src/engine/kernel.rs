//! What the evaluator asks of a layout of planes. A plane says of each combination of rows of a frame, for each case of
//! the block, whether something holds there. What a plane says of rows that a case does not have means nothing.

use crate::knowledge::EntityId;

use super::circuit::Leaf;

/// A plane as a gate uses it.
pub(super) struct Input<'a, P> {
    pub(super) plane: &'a P,
    /// The entities of its variables.
    pub(super) frame: &'a [EntityId],
    /// For each of them, which variable of the gate it is.
    pub(super) map: &'a [u8],
    pub(super) negated: bool,
}

/// A layout of planes for a block of cases.
pub(super) trait Kernel {
    type Plane: Clone + PartialEq;

    /// Words that a plane of this frame takes.
    fn size(&self, frame: &[EntityId]) -> u64;

    /// How many rows an entity has at most.
    fn rows(&self, entity: EntityId) -> usize;

    /// Nowhere.
    fn nowhere(&self, frame: &[EntityId]) -> Self::Plane;

    /// What a leaf says; everywhere for none.
    fn leaf(&self, leaf: Option<&Leaf>, frame: &[EntityId]) -> Self::Plane;

    /// Where all inputs hold.
    fn and(&self, frame: &[EntityId], inputs: &[Input<Self::Plane>]) -> Self::Plane;

    /// Takes away from a plane where an input does not hold; whether anything is left.
    fn restrict(
        &self,
        frame: &[EntityId],
        plane: &mut Self::Plane,
        input: &Input<Self::Plane>,
    ) -> bool;

    /// Takes back a plane that nobody needs, to make others in its place.
    fn recycle(&self, plane: Self::Plane);

    /// Where they do for some row of one more variable.
    fn exists(
        &self,
        frame: &[EntityId],
        over: EntityId,
        inputs: &[Input<Self::Plane>],
    ) -> Self::Plane;

    /// Where they do for at least so many rows of one more variable.
    fn at_least(
        &self,
        frame: &[EntityId],
        over: EntityId,
        count: u32,
        inputs: &[Input<Self::Plane>],
    ) -> Self::Plane;

    /// Where the first hold for more rows of one more variable than the second.
    fn most(
        &self,
        frame: &[EntityId],
        over: EntityId,
        more: &[Input<Self::Plane>],
        less: &[Input<Self::Plane>],
    ) -> Self::Plane;

    /// Whether a plane holds nowhere, in no case.
    fn is_empty(&self, plane: &Self::Plane) -> bool;

    /// Calls for each combination of rows at which a plane holds in some case, in the order of the rows, with a bit for
    /// each case in which it does.
    fn visit(
        &self,
        frame: &[EntityId],
        plane: &Self::Plane,
        visitor: &mut dyn FnMut(&[usize], &[u64]),
    );

    /// Whether a plane holds for a case and rows.
    fn get(&self, frame: &[EntityId], plane: &Self::Plane, case: usize, rows: &[usize]) -> bool;
}

/// The positions of the bits that are set.
pub(super) fn ones(bits: &[u64]) -> impl Iterator<Item = usize> {
    bits.iter().enumerate().flat_map(|(at, &word)| {
        let mut left = word;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| at * 64 + left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            bit
        })
    })
}

/// Most variables of a frame and one bound to it: three live ones and one more, with room to spare.
const MOST: usize = 8;

/// A few numbers, one per variable, without a place of their own in memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Few {
    items: [usize; MOST],
    len: usize,
}

impl std::ops::Deref for Few {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        self.items.get(..self.len).unwrap_or(&self.items)
    }
}

impl std::ops::DerefMut for Few {
    fn deref_mut(&mut self) -> &mut [usize] {
        self.items.get_mut(..self.len).unwrap_or_default()
    }
}

impl FromIterator<usize> for Few {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Few {
        let mut few = Few { items: [0; MOST], len: 0 };
        for (place, number) in few.items.iter_mut().zip(numbers) {
            *place = number;
            few.len += 1;
        }
        few
    }
}

/// Counts through all combinations of rows, the last fastest.
pub(super) struct Odometer {
    sizes: Few,
    at: Few,
    done: bool,
}

impl Odometer {
    pub(super) fn new(sizes: impl IntoIterator<Item = usize>) -> Odometer {
        let sizes: Few = sizes.into_iter().collect();
        Odometer { at: Few { items: [0; MOST], len: sizes.len }, done: sizes.contains(&0), sizes }
    }

    /// The combination it stands at; none at the end.
    pub(super) fn current(&self) -> Option<&[usize]> {
        (!self.done).then_some(&*self.at)
    }

    /// On to the next.
    pub(super) fn advance(&mut self) {
        for (at, size) in self.at.iter_mut().zip(&*self.sizes).rev() {
            *at += 1;
            if *at < *size {
                return;
            }
            *at = 0;
        }
        self.done = true;
    }
}

/// Per variable of the user's frame, how far apart neighbouring rows stand in an input; `sizes` are the input's.
pub(super) fn steps(sizes: &[usize], map: &[u8], variables: usize) -> Few {
    let mut steps: Few = std::iter::repeat_n(0, variables).collect();
    let mut stride = 1;
    for (size, at) in sizes.iter().zip(map).rev() {
        if let Some(step) = steps.get_mut(usize::from(*at)) {
            *step += stride;
        }
        stride *= size;
    }
    steps
}
