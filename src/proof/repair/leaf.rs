//! Which changes of single facts bring a test to what is wanted of it.

use crate::change::Target;
use crate::knowledge::{Changes, Comparison, Term, Test, Type};
use crate::value::{Members, NUMBER_UNIT, Possible, completed_years};

use super::super::evaluate::Scope;
use super::super::fact::{Fact, Grounds};
use super::super::why_not::kind;
use super::candidate::Candidate;
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
                let mut good = *members;
                let mut ways = Vec::new();
                for right in rights {
                    let value = scope.outcome(right).value.and_then(choice).unwrap_or(0);
                    let usable = !wanted || value.is_power_of_two();
                    good |= if usable { value } else { 0 };
                    ways.extend(self.same(scope, right, left, wanted));
                }
                let good = if wanted { good } else { !good };
                ways.extend(self.bring(scope, left, Wanted::Members(good)));
                ways
            }
        }
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

    /// Ways to bring a term to what is wanted; none where it is so already.
    pub(super) fn bring(&mut self, scope: &Scope<'a>, term: &Term, wanted: Wanted) -> Ways {
        match term {
            Term::Attribute(attribute, row) => {
                let row = scope.resolve(*row);
                let vocabulary = &self.view.kb.vocabulary;
                let declared = vocabulary.attribute(*attribute);
                if scope.is_worked_out(*attribute, row) {
                    let Wanted::Members(members) = wanted else { return Vec::new() };
                    return self.derived(*attribute, row, members);
                }
                let id = self.view.row_id(declared.entity, row);
                if declared.fixed.is_some() || !self.view.is_listed(declared.entity, row) {
                    return Vec::new();
                }
                let taken = declared.action.is_some()
                    && self.view.attribute(*attribute, row) == Possible::Choice(0b10);
                let changes = if taken { Changes::Never } else { declared.changes };
                let target = Target::Attribute(*attribute, id.to_owned());
                self.cell(Fact::Attribute(*attribute, row), &target, changes, wanted)
            }
            Term::Relation(relation, a, b) => {
                let declared = self.view.kb.vocabulary.relation(*relation);
                let (mut a, mut b) = (scope.row(*a), scope.row(*b));
                let [first, second] = declared.entities;
                let listed = self.view.is_listed(first, a) && self.view.is_listed(second, b);
                if !listed || (first == second && a == b) {
                    return Vec::new();
                }
                if declared.symmetric && b < a {
                    (a, b) = (b, a);
                }
                let ids = [(first, a), (second, b)].map(|(of, row)| self.view.row_id(of, row));
                let target = Target::Tie(*relation, ids[0].to_owned(), ids[1].to_owned());
                self.cell(Fact::Relation(*relation, a, b), &target, declared.changes, wanted)
            }
            Term::Member(_) => Vec::new(),
            Term::Extreme(extreme) => self.extreme(scope, extreme, wanted),
            Term::Years { since, date } => self.years(scope, *since, date, wanted),
        }
    }

    fn years(&mut self, scope: &Scope<'a>, since: bool, date: &Term, wanted: Wanted) -> Ways {
        let Some(today) = self.view.facts.today else {
            self.barred.insert(Fact::Today);
            return Vec::new();
        };
        let Wanted::Range(low, high) = wanted else { return Vec::new() };
        // Years since a day fall as the day comes later; years until it rise.
        let count = |day: i64| {
            let years =
                if since { completed_years(day, today) } else { completed_years(today, day) };
            years.saturating_mul(NUMBER_UNIT)
        };
        let first = |holds: &dyn Fn(i64) -> bool| first_day(today, holds);
        let (from, to) = if since {
            (first(&|day| count(day) <= high), first(&|day| count(day) < low).map(|day| day - 1))
        } else {
            (first(&|day| count(day) >= low), first(&|day| count(day) > high).map(|day| day - 1))
        };
        let from =
            if (since && high == i64::MAX) || (!since && low == i64::MIN) { None } else { from };
        let to = if (since && low == i64::MIN) || (!since && high == i64::MAX) { None } else { to };
        let range = Wanted::Range(from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX));
        self.bring(scope, date, range)
    }

    /// Ways to bring one fact of the case to what is wanted.
    fn cell(&mut self, fact: Fact, target: &Target, changes: Changes, wanted: Wanted) -> Ways {
        let Some(held) = self.view.value(fact) else { return Vec::new() };
        let all = match target.kind(&self.view.kb.vocabulary) {
            Type::Choice(domain) | Type::Set(domain) => self.view.kb.vocabulary.members_of(domain),
            Type::Number | Type::Date => 0,
        };
        let ways = changed_to(held, all, target, wanted);
        // What the case says of it can be otherwise only where such a thing changes, or nobody has said it.
        if changes != Changes::Never || self.view.describe(fact).grounds != Grounds::Stated {
            return ways;
        }
        let within: Ways = ways.iter().filter_map(|way| way.within(held)).collect();
        if within.is_empty() && !ways.is_empty() {
            self.barred.insert(fact);
        }
        within
    }
}

/// The changes that bring a value to what is wanted.
fn changed_to(held: Possible, all: Members, target: &Target, wanted: Wanted) -> Ways {
    let set = |possible| vec![Candidate::Set(target.clone(), possible)];
    match (held, wanted) {
        (Possible::Choice(held), Wanted::Members(good)) => {
            let good = good & all;
            if good == 0 || held & !good == 0 { Vec::new() } else { set(Possible::Choice(good)) }
        }
        (Possible::Range { low: least, high: most }, Wanted::Range(low, high)) => {
            if low > high || (low <= least && most <= high) {
                return Vec::new();
            }
            set(Possible::Range { low, high })
        }
        (Possible::Set { may_include, may_exclude }, Wanted::Include(members)) => {
            let members = members & all;
            if may_include & !may_exclude & members != 0 {
                return Vec::new();
            }
            let open = may_include & members;
            let add = if open != 0 { open } else { members };
            ones(add).map(|member| Candidate::Add(target.clone(), member)).collect()
        }
        (Possible::Set { may_include, .. }, Wanted::Exclude(members)) => {
            let rest = may_include & members & all;
            if rest == 0 {
                return Vec::new();
            }
            vec![Candidate::Remove(target.clone(), rest)]
        }
        _ => Vec::new(),
    }
}

fn included(members: Members, wanted: bool) -> Wanted {
    if wanted { Wanted::Include(members) } else { Wanted::Exclude(members) }
}

fn ones(members: Members) -> impl Iterator<Item = Members> {
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

/// The first day within four centuries from which something holds.
fn first_day(today: i64, holds: &dyn Fn(i64) -> bool) -> Option<i64> {
    const FAR: i64 = 400 * 366;
    let (mut low, mut high) = (today - FAR, today + FAR);
    if !holds(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(high)
}
