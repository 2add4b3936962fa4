//! Which changes of single facts bring a test to what is wanted of it.

use crate::knowledge::{Comparison, Term, Test, Type};
use crate::value::{Members, Possible};

use super::super::evaluate::Scope;
use super::super::why_not::kind;
use super::goal::{Mender, Ways};

/// What a value has to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    /// One of these.
    Members(Members),
    /// Within these bounds.
    Range(i64, i64),
    /// A set with at least one of these.
    Include(Members),
    /// A set with none of these.
    Exclude(Members),
}

impl<'a> Mender<'a> {
    pub(super) fn test(&mut self, scope: &Scope<'a>, test: &Test, wanted: bool) -> Ways {
        match test {
            Test::Among(term, members) => {
                let members = if wanted { *members } else { !*members };
                self.bring(scope, term, Wanted::Members(members))
            }
            Test::Within(term, low, high) if wanted => {
                self.bring(scope, term, Wanted::Range(*low, *high))
            }
            Test::Within(term, low, high) => {
                let mut ways = Vec::new();
                if *low != i64::MIN {
                    ways.extend(self.bring(scope, term, Wanted::Range(i64::MIN, low - 1)));
                }
                if *high != i64::MAX {
                    ways.extend(self.bring(scope, term, Wanted::Range(high + 1, i64::MAX)));
                }
                ways
            }
            Test::Includes(term, members) => self.bring(scope, term, included(*members, wanted)),
            Test::IncludesValue(set, member) => self.member(scope, set, member, wanted),
            Test::Empty(term) if wanted => self.bring(scope, term, Wanted::Exclude(Members::MAX)),
            Test::Empty(term) => self.bring(scope, term, Wanted::Include(Members::MAX)),
            Test::Unknown(_) if wanted => Vec::new(),
            Test::Unknown(term) => self.settle(scope, term),
            Test::Compare(left, comparison, right) => {
                self.compare(scope, left, *comparison, right, wanted)
            }
            Test::OneOf(left, members, rights) => {
                self.one_of(scope, left, *members, rights, wanted)
            }
        }
    }

    fn one_of(
        &mut self,
        scope: &Scope<'a>,
        left: &Term,
        members: Members,
        rights: &[Term],
        wanted: bool,
    ) -> Ways {
        let mut named = members;
        let mut ways = Vec::new();
        for right in rights {
            let value = scope.outcome(right).value.and_then(choice).unwrap_or(0);
            // An open value is no place to bring the left to, and one to keep it away from.
            if !wanted || value.is_power_of_two() {
                named |= value;
            }
            ways.extend(self.same(scope, right, left, wanted));
        }
        let good = if wanted { named } else { !named };
        ways.extend(self.bring(scope, left, Wanted::Members(good)));
        ways
    }

    fn member(&mut self, scope: &Scope<'a>, set: &Term, member: &Term, wanted: bool) -> Ways {
        let mut ways = Vec::new();
        let value = scope.outcome(member).value.and_then(choice).unwrap_or(0);
        let single = value.is_power_of_two();
        if single || !wanted {
            ways.extend(self.bring(scope, set, included(value, wanted)));
        }
        if let Some(Possible::Set { may_include, may_exclude }) = scope.outcome(set).value {
            let good = if wanted { may_include & !may_exclude } else { !may_include };
            ways.extend(self.bring(scope, member, Wanted::Members(good)));
        }
        if !single && wanted {
            ways.extend(self.settle(scope, member));
        }
        ways
    }

    /// Ways to settle an open value: each that it may have.
    fn settle(&mut self, scope: &Scope<'a>, term: &Term) -> Ways {
        match scope.outcome(term).value {
            Some(Possible::Choice(members)) => ones(members)
                .flat_map(|member| self.bring(scope, term, Wanted::Members(member)))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Ways to bring one value to another, or away from it, by changing the first.
    fn same(&mut self, scope: &Scope<'a>, term: &Term, other: &Term, wanted: bool) -> Ways {
        match scope.outcome(other).value {
            Some(Possible::Choice(members)) if wanted => {
                // Where the other is open itself, it has to be settled by another change.
                ones(members)
                    .flat_map(|member| self.bring(scope, term, Wanted::Members(member)))
                    .collect()
            }
            Some(Possible::Choice(members)) => self.bring(scope, term, Wanted::Members(!members)),
            Some(Possible::Range { low, high }) if wanted && low == high => {
                self.bring(scope, term, Wanted::Range(low, high))
            }
            Some(Possible::Range { low, high }) if !wanted => {
                let mut ways = Vec::new();
                if low != i64::MIN {
                    ways.extend(self.bring(scope, term, Wanted::Range(i64::MIN, low - 1)));
                }
                if high != i64::MAX {
                    ways.extend(self.bring(scope, term, Wanted::Range(high + 1, i64::MAX)));
                }
                ways
            }
            _ => Vec::new(),
        }
    }

    fn compare(
        &mut self,
        scope: &Scope<'a>,
        left: &Term,
        comparison: Comparison,
        right: &Term,
        wanted: bool,
    ) -> Ways {
        let by = match comparison {
            Comparison::Same | Comparison::Different => {
                let same = (comparison == Comparison::Same) == wanted;
                let mut ways = self.same(scope, left, right, same);
                ways.extend(self.same(scope, right, left, same));
                if ways.is_empty() && !same {
                    // Both may be anything: settling one leaves room for the other.
                    ways.extend(self.settle(scope, left));
                    ways.extend(self.settle(scope, right));
                }
                return ways;
            }
            Comparison::AtLeast(by) => by,
        };
        let (Some(l), Some(r)) = (bounds(scope, left), bounds(scope, right)) else {
            return Vec::new();
        };
        // At least `right + by`; contrariwise, `right` is at least `left - by + 1`.
        let (upper, lower, by) =
            if wanted { ((left, l), (right, r), by) } else { ((right, r), (left, l), 1 - by) };
        let mut ways = Vec::new();
        let finite = matches!(kind(scope, left), Type::Choice(_));
        let (from, to) = (lower.1.0, lower.1.1);
        let cuts: Vec<i64> = if finite { (from..=to).collect() } else { vec![to] };
        for cut in cuts.into_iter().filter(|cut| *cut != i64::MAX && *cut != i64::MIN) {
            ways.extend(self.bring(scope, upper.0, above(finite, cut.saturating_add(by))));
        }
        let (from, to) = (upper.1.0, upper.1.1);
        let cuts: Vec<i64> = if finite { (from..=to).collect() } else { vec![from] };
        for cut in cuts.into_iter().filter(|cut| *cut != i64::MAX && *cut != i64::MIN) {
            ways.extend(self.bring(scope, lower.0, below(finite, cut.saturating_sub(by))));
        }
        ways
    }
}

fn included(members: Members, wanted: bool) -> Wanted {
    if wanted { Wanted::Include(members) } else { Wanted::Exclude(members) }
}

pub(super) fn ones(members: Members) -> impl Iterator<Item = Members> {
    (0..64).map(|bit| 1 << bit).filter(move |member| members & member != 0)
}

fn choice(value: Possible) -> Option<Members> {
    match value {
        Possible::Choice(members) => Some(members),
        _ => None,
    }
}

fn bounds(scope: &Scope<'_>, term: &Term) -> Option<(i64, i64)> {
    match scope.outcome(term).value? {
        Possible::Choice(0) | Possible::Set { .. } => None,
        Possible::Choice(members) => {
            Some((i64::from(members.trailing_zeros()), i64::from(members.ilog2())))
        }
        Possible::Range { low, high } => Some((low, high)),
    }
}

/// At least this, as a member or a number.
fn above(finite: bool, least: i64) -> Wanted {
    if !finite {
        return Wanted::Range(least, i64::MAX);
    }
    Wanted::Members(
        u32::try_from(least.max(0)).ok().and_then(|by| Members::MAX.checked_shl(by)).unwrap_or(0),
    )
}

/// At most this, as a member or a number.
fn below(finite: bool, most: i64) -> Wanted {
    if !finite {
        return Wanted::Range(i64::MIN, most);
    }
    let Ok(most) = u32::try_from(most) else { return Wanted::Members(0) };
    Wanted::Members(
        Members::MAX.checked_shl(most.saturating_add(1)).map_or(Members::MAX, |high| !high),
    )
}
