//! Kleene's strong three-valued logic: what is certain, what is excluded, what is open.

/// Whether something holds, as far as the case tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It holds in no completion of the case.
    False,
    /// The case does not settle it.
    Open,
    /// It holds in every completion of the case.
    True,
}

impl Truth {
    /// From the two bounds. `certain` without `possible` is read as certain.
    #[must_use]
    pub fn from_bounds(certain: bool, possible: bool) -> Truth {
        match (certain, possible) {
            (true, _) => Truth::True,
            (false, true) => Truth::Open,
            (false, false) => Truth::False,
        }
    }

    /// Whether it certainly holds.
    #[must_use]
    pub fn certain(self) -> bool {
        self == Truth::True
    }

    /// Whether it may hold.
    #[must_use]
    pub fn possible(self) -> bool {
        self != Truth::False
    }

    /// Both hold: the weaker of the two.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// One of them holds: the stronger of the two.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Open => Truth::Open,
            Truth::True => Truth::False,
        }
    }
}
