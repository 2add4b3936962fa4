//! Rows over a full product of finite domains: which combinations no row takes, which rows never come first, which rows
//! compete. Works by value, combination by combination, up to a bound.

use std::collections::{BTreeMap, BTreeSet};

use crate::value::Members;

/// Most combinations that are gone through.
const MOST_COMBINATIONS: usize = 100_000;

/// Most comparisons of a combination with a row.
const MOST_STEPS: usize = 20_000_000;

/// A row: per domain, the members that match.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) cells: Vec<Members>,
    /// Whether a combination that matches is certainly taken, so that later rows do not get it.
    pub(super) closes: bool,
}

impl Row {
    fn matches(&self, combination: &[u32]) -> bool {
        self.cells.iter().zip(combination).all(|(cell, member)| cell >> member & 1 == 1)
    }

    /// Whether every combination of `other` is one of `self`.
    fn contains(&self, other: &Row) -> bool {
        self.cells.iter().zip(&other.cells).all(|(own, cell)| cell & !own == 0)
    }
}

/// What was found, row by row.
#[derive(Debug, Clone)]
pub(super) struct Product {
    rows: Vec<Row>,
    /// Combinations that no row takes: the first of them, and how many.
    gap: Option<(Vec<u32>, usize)>,
    /// Rows that get a combination.
    reached: BTreeSet<usize>,
    /// For each row, the rows that take combinations from it, with one such combination.
    taken: BTreeMap<(usize, usize), Vec<u32>>,
}

impl Product {
    /// Goes through all combinations; nothing where there are too many.
    pub(super) fn of(domains: &[Members], rows: Vec<Row>) -> Option<Product> {
        let combinations = domains.iter().try_fold(1_usize, |product, domain| {
            product.checked_mul(domain.count_ones() as usize)
        })?;
        let steps = combinations.checked_mul(rows.len().max(1))?;
        if combinations > MOST_COMBINATIONS || steps > MOST_STEPS {
            return None;
        }
        let mut product =
            Product { rows, gap: None, reached: BTreeSet::new(), taken: BTreeMap::new() };
        let mut next = first(domains);
        while let Some(combination) = next {
            product.note(&combination);
            next = following(domains, combination);
        }
        Some(product)
    }

    fn note(&mut self, combination: &[u32]) {
        let mut taker = None;
        for (index, row) in self.rows.iter().enumerate() {
            if !row.matches(combination) {
                continue;
            }
            if let Some(taker) = taker {
                self.taken.entry((index, taker)).or_insert_with(|| combination.to_vec());
            } else {
                self.reached.insert(index);
                taker = row.closes.then_some(index);
            }
        }
        if taker.is_none() {
            let (_, count) = self.gap.get_or_insert_with(|| (combination.to_vec(), 0));
            *count += 1;
        }
    }

    /// The first combination that no row takes, and how many there are.
    pub(super) fn gap(&self) -> Option<(&[u32], usize)> {
        self.gap.as_ref().map(|(combination, count)| (combination.as_slice(), *count))
    }

    /// Rows that get no combination although they match some, each with the rows that take them.
    pub(super) fn masked(&self) -> Vec<(usize, Vec<usize>)> {
        let by = |row: usize| -> Vec<usize> {
            self.taken.keys().filter(|(loser, _)| *loser == row).map(|(_, taker)| *taker).collect()
        };
        (0..self.rows.len())
            .filter(|row| !self.reached.contains(row))
            .map(|row| (row, by(row)))
            .filter(|(_, by)| !by.is_empty())
            .collect()
    }

    /// Pairs of rows, the earlier first, of which both get something and neither contains the other, with a combination
    /// that the earlier takes from the later.
    pub(super) fn overlapping(&self) -> Vec<(usize, usize, &[u32])> {
        let apart = |a: usize, b: usize| match (self.rows.get(a), self.rows.get(b)) {
            (Some(a), Some(b)) => !a.contains(b) && !b.contains(a),
            _ => false,
        };
        self.taken
            .iter()
            .filter(|((later, earlier), _)| self.reached.contains(later) && apart(*later, *earlier))
            .map(|((later, earlier), combination)| (*earlier, *later, combination.as_slice()))
            .collect()
    }
}

/// The first combination; nothing where a domain has no members.
fn first(domains: &[Members]) -> Option<Vec<u32>> {
    domains.iter().map(|domain| (*domain != 0).then(|| domain.trailing_zeros())).collect()
}

/// The combination after this one, the last domain running fastest.
fn following(domains: &[Members], mut combination: Vec<u32>) -> Option<Vec<u32>> {
    for (domain, member) in domains.iter().zip(combination.iter_mut()).rev() {
        let above = domain & Members::MAX.checked_shl(*member + 1).unwrap_or(0);
        if above != 0 {
            *member = above.trailing_zeros();
            return Some(combination);
        }
        *member = domain.trailing_zeros();
    }
    None
}
