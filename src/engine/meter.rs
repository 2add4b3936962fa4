//! Counts the words that an evaluation works on and holds, so that it ends at the same point everywhere.

use super::model::{Limit, Limits};

/// What was worked on in all blocks, and what is held in the present one.
pub(super) struct Meter {
    pub(super) limits: Limits,
    worked: u64,
    held: u64,
}

impl Meter {
    pub(super) fn new(limits: Limits) -> Meter {
        Meter { limits, worked: 0, held: 0 }
    }

    /// A new block begins with nothing held.
    pub(super) fn begin(&mut self) {
        self.held = 0;
    }

    pub(super) fn work(&mut self, words: u64) -> Result<(), Limit> {
        self.worked = self.worked.saturating_add(words);
        if self.worked > self.limits.words {
            return Err(Limit::Words(self.limits.words));
        }
        Ok(())
    }

    pub(super) fn hold(&mut self, words: u64) -> Result<(), Limit> {
        self.held = self.held.saturating_add(words);
        self.check(self.held)
    }

    /// That so many words may be held at once at all.
    pub(super) fn check(&self, words: u64) -> Result<(), Limit> {
        if words > self.limits.held_words {
            return Err(Limit::HeldWords(self.limits.held_words));
        }
        Ok(())
    }

    pub(super) fn free(&mut self, words: u64) {
        self.held = self.held.saturating_sub(words);
    }
}
