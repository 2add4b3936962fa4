//! Choices read from a list of numbers, so that a failing input shrinks with the list: nought is always the simplest.

/// Choices still to be made.
#[derive(Debug, Clone)]
pub(crate) struct Choices<'a> {
    numbers: std::slice::Iter<'a, u16>,
}

impl<'a> Choices<'a> {
    /// Choices made by these numbers; once they run out, the simplest.
    pub(crate) fn new(numbers: &'a [u16]) -> Choices<'a> {
        Choices { numbers: numbers.iter() }
    }

    /// One of the first `count` numbers.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        assert!(count > 0, "nothing to choose from");
        let number = self.numbers.next().copied().unwrap_or(0);
        usize::from(number) * count / (usize::from(u16::MAX) + 1)
    }

    /// A number from `least` to `most`.
    pub(crate) fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True in so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of a list.
    pub(crate) fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }

    /// The position of one of these weights; the first is the simplest.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (position, weight) in weights.iter().enumerate() {
            if left < *weight {
                return position;
            }
            left -= weight;
        }
        0
    }

    /// Some of a list, at least so many, in its order.
    pub(crate) fn some_of<T: Clone>(&mut self, list: &[T], least: usize, percent: usize) -> Vec<T> {
        let mut left = list.len();
        let mut chosen = Vec::new();
        for item in list {
            if self.chance(percent) || chosen.len() + left <= least {
                chosen.push(item.clone());
            }
            left -= 1;
        }
        chosen
    }
}
