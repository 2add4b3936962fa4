//! How far a share or a median can be trusted: exact intervals from the binomial distribution, in whole numbers, rounded
//! outwards to a thousandth. No normal approximation and no floating point.

use num_bigint::BigUint;

/// Bounds are multiples of one in so many.
const PARTS: u32 = 1_000;

/// So many of so many, with the Clopper-Pearson interval at 95 in 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub of: usize,
    /// Of how many.
    pub all: usize,
    /// The interval, in thousandths; everything where there are none.
    pub thousandths: [u32; 2],
}

impl Share {
    /// The share of some among all.
    #[must_use]
    pub fn new(of: usize, all: usize) -> Share {
        let thousandths = if all == 0 {
            [0, PARTS]
        } else {
            [lower(of, all), PARTS - lower(all - of.min(all), all)]
        };
        Share { of, all, thousandths }
    }
}

/// The greatest probability in thousandths at which so many or more of `all` are seen at most 25 times in 1,000.
fn lower(of: usize, all: usize) -> u32 {
    if of == 0 {
        return 0;
    }
    let (mut low, mut high) = (0, PARTS);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if is_rare(of, all, middle) { low = middle } else { high = middle }
    }
    low
}

/// Whether `of` or more of `all` are seen at most 25 times in 1,000 where each has this probability, in thousandths.
fn is_rare(of: usize, all: usize, probability: u32) -> bool {
    let against = PARTS - probability;
    let power =
        |base: u32, times: usize| BigUint::from(base).pow(u32::try_from(times).unwrap_or(u32::MAX));
    // The terms of the sum from the last: all of all, then one fewer at a time.
    let mut term = power(probability, all);
    let mut tail = term.clone();
    for left in (of..all).rev() {
        let (got, missed) = (left + 1, all - left);
        term = term * BigUint::from(got) * BigUint::from(against);
        term /= BigUint::from(missed) * BigUint::from(probability.max(1));
        tail += &term;
    }
    tail * BigUint::from(40_u32) <= power(PARTS, all)
}

/// The interval of a median at 95 in 100, from values in order: two of the values. None where there are fewer than six.
#[must_use]
pub fn median_interval(values: &[i64]) -> Option<[i64; 2]> {
    let all = values.len();
    let half = |skipped: usize| {
        let mut sum = BigUint::from(0_u32);
        let mut term = BigUint::from(1_u32);
        for at in 0..=skipped {
            sum += &term;
            term = term * BigUint::from(all - at) / BigUint::from(at + 1);
        }
        sum * BigUint::from(40_u32)
            <= BigUint::from(2_u32).pow(u32::try_from(all).unwrap_or(u32::MAX))
    };
    let skipped = (0..all / 2).take_while(|skipped| half(*skipped)).last()?;
    Some([*values.get(skipped)?, *values.get(all - 1 - skipped)?])
}
