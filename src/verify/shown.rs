//! What has been shown of the two bounds of something: that it is reached, that it is not, or nothing yet.

use crate::certificate::Bound;

/// What is known of the two bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shown {
    pub(super) certain: Option<bool>,
    pub(super) possible: Option<bool>,
}

impl Shown {
    pub(super) const HOLDS: Shown = Shown { certain: Some(true), possible: Some(true) };
    pub(super) const FAILS: Shown = Shown { certain: Some(false), possible: Some(false) };
    /// Known to be possible and not certain.
    pub(super) const OPEN: Shown = Shown { certain: Some(false), possible: Some(true) };

    /// Both bounds, known.
    pub(super) fn exactly(certain: bool, possible: bool) -> Shown {
        Shown { certain: Some(certain), possible: Some(possible) }
    }

    /// What a claim shows.
    pub(super) fn by(bound: Bound) -> Shown {
        match bound {
            Bound::Certain => Shown::HOLDS,
            Bound::NotCertain => Shown { certain: Some(false), possible: None },
            Bound::Possible => Shown { certain: None, possible: Some(true) },
            Bound::Impossible => Shown::FAILS,
        }
    }

    /// Whether a claim is shown.
    pub(super) fn reaches(self, bound: Bound) -> bool {
        match bound {
            Bound::Certain => self.certain == Some(true),
            Bound::NotCertain => self.certain == Some(false),
            Bound::Possible => self.possible == Some(true),
            Bound::Impossible => self.possible == Some(false),
        }
    }

    /// What two claims show together.
    pub(super) fn with(self, other: Shown) -> Shown {
        Shown {
            certain: self.certain.or(other.certain),
            possible: self.possible.or(other.possible),
        }
    }

    pub(super) fn and(self, other: Shown) -> Shown {
        Shown {
            certain: both(self.certain, other.certain),
            possible: both(self.possible, other.possible),
        }
    }

    pub(super) fn or(self, other: Shown) -> Shown {
        self.negated().and(other.negated()).negated()
    }

    pub(super) fn negated(self) -> Shown {
        Shown { certain: self.possible.map(|is| !is), possible: self.certain.map(|is| !is) }
    }
}

/// Whether both hold, as far as that is known.
pub(super) fn both(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Whether something fails, as far as that is known.
pub(super) fn not(a: Option<bool>) -> Option<bool> {
    a.map(|is| !is)
}

/// Bounds on how many of some things hold: at least those known to, at most those not known to fail.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    pub(super) least: usize,
    pub(super) most: usize,
}

impl Count {
    pub(super) fn of(list: impl Iterator<Item = Option<bool>>) -> Count {
        list.fold(Count { least: 0, most: 0 }, |count, is| Count {
            least: count.least + usize::from(is == Some(true)),
            most: count.most + usize::from(is != Some(false)),
        })
    }

    /// Whether it is at least so many.
    pub(super) fn reaches(self, wanted: usize) -> Option<bool> {
        if self.least >= wanted {
            Some(true)
        } else if self.most < wanted {
            Some(false)
        } else {
            None
        }
    }

    /// Whether it is more than another.
    pub(super) fn exceeds(self, other: Count) -> Option<bool> {
        if self.least > other.most {
            Some(true)
        } else if self.most <= other.least {
            Some(false)
        } else {
            None
        }
    }
}
