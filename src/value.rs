//! Values as the engine sees them: members of finite domains, exact numbers and dates, and sets of possible values.
//! Knows no names: a member is its position in its domain.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// Most members that one scale or enum may have: a set of possible values is one machine word.
pub const MAX_MEMBERS: usize = 64;

/// Numbers are exact, in millionths.
pub const NUMBER_UNIT: i64 = 1_000_000;

/// A set of members of one domain, a bit each.
pub type Members = u64;

/// The set of the first `count` members.
#[must_use]
pub fn all_members(count: usize) -> Members {
    if count >= MAX_MEMBERS { Members::MAX } else { (1 << count) - 1 }
}

/// What a fact may be: never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Possible {
    /// One of these members of a scale or enum; `yes_no` is the domain `no` (0), `yes` (1).
    Choice(Members),
    /// A set-valued attribute: a yes or no for each member.
    Set {
        /// Members that may be in the set.
        may_include: Members,
        /// Members that may be outside the set.
        may_exclude: Members,
    },
    /// A number in millionths, or a day counted from 1970-01-01, between two bounds, both included.
    /// `i64::MIN` and `i64::MAX` stand for no bound.
    Range {
        /// Least possible value.
        low: i64,
        /// Greatest possible value.
        high: i64,
    },
}

impl Possible {
    /// Whether exactly one value is possible.
    #[must_use]
    pub fn is_known(self) -> bool {
        match self {
            Possible::Choice(members) => members.is_power_of_two(),
            Possible::Set { may_include, may_exclude } => may_include & may_exclude == 0,
            Possible::Range { low, high } => low == high,
        }
    }

    /// Whether every value of `self` is possible in `other`, which has the same shape.
    #[must_use]
    pub fn within(self, other: Possible) -> bool {
        match (self, other) {
            (Possible::Choice(a), Possible::Choice(b)) => a & !b == 0,
            (
                Possible::Set { may_include: a, may_exclude: b },
                Possible::Set { may_include: c, may_exclude: d },
            ) => a & !c == 0 && b & !d == 0,
            (Possible::Range { low: a, high: b }, Possible::Range { low: c, high: d }) => {
                c <= a && b <= d
            }
            _ => false,
        }
    }

    /// The values possible in both; `None` where they exclude each other or differ in shape.
    #[must_use]
    pub fn meet(self, other: Possible) -> Option<Possible> {
        match (self, other) {
            (Possible::Choice(a), Possible::Choice(b)) => {
                (a & b != 0).then_some(Possible::Choice(a & b))
            }
            (
                Possible::Set { may_include: a, may_exclude: b },
                Possible::Set { may_include: c, may_exclude: d },
            ) => {
                let met = Possible::Set { may_include: a & c, may_exclude: b & d };
                ((a | b) & !((a & c) | (b & d)) == 0).then_some(met)
            }
            (Possible::Range { low: a, high: b }, Possible::Range { low: c, high: d }) => {
                (a.max(c) <= b.min(d)).then(|| Possible::Range { low: a.max(c), high: b.min(d) })
            }
            _ => None,
        }
    }

    /// The values possible in either; `self` where they differ in shape.
    #[must_use]
    pub fn join(self, other: Possible) -> Possible {
        match (self, other) {
            (Possible::Choice(a), Possible::Choice(b)) => Possible::Choice(a | b),
            (
                Possible::Set { may_include: a, may_exclude: b },
                Possible::Set { may_include: c, may_exclude: d },
            ) => Possible::Set { may_include: a | c, may_exclude: b | d },
            (Possible::Range { low: a, high: b }, Possible::Range { low: c, high: d }) => {
                Possible::Range { low: a.min(c), high: b.max(d) }
            }
            _ => self,
        }
    }
}

/// The day number of a date, counted from 1970-01-01.
#[must_use]
pub fn day_number(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

/// The date of a day number; `None` outside the years −9999 to 9999.
#[must_use]
pub fn date_of_day(day: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(day).ok()?;
    Date::constant(1970, 1, 1).checked_add(span).ok()
}

/// Completed months from one day to another; negative where `to` comes first; none for days of no calendar.
#[must_use]
pub fn completed_months(from: i64, to: i64) -> Option<i64> {
    let (from, to) = (date_of_day(from)?, date_of_day(to)?);
    let span = from.until((jiff::Unit::Month, to)).ok()?;
    Some(i64::from(span.get_months()))
}

/// Completed years from one day to another; negative where `to` comes first; rounded towards zero.
/// Unbounded days give unbounded years.
#[must_use]
pub fn completed_years(from: i64, to: i64) -> i64 {
    if from == i64::MIN || to == i64::MAX {
        return i64::MAX;
    }
    if from == i64::MAX || to == i64::MIN {
        return i64::MIN;
    }
    let (Some(from), Some(to)) = (date_of_day(from), date_of_day(to)) else {
        return 0;
    };
    from.until((jiff::Unit::Year, to)).map_or(0, |span| i64::from(span.get_years()))
}

/// A number in millionths, without needless digits.
#[must_use]
pub fn decimal(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let unit = NUMBER_UNIT.unsigned_abs();
    let (whole, rest) = (number.unsigned_abs() / unit, number.unsigned_abs() % unit);
    let digits = format!("{rest:06}");
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{digits}") }
}

/// A whole year or month, as `1985` or `1985-06`.
#[must_use]
pub fn calendar_period(low: i64, high: i64) -> Option<String> {
    let (first, last) = (date_of_day(low)?, date_of_day(high)?);
    let next = last.checked_add(1.day()).ok()?;
    if first.day() != 1 || next.day() != 1 {
        return None;
    }
    let months = i32::from(next.year() - first.year()) * 12 + i32::from(next.month())
        - i32::from(first.month());
    match months {
        12 if first.month() == 1 => Some(format!("{:04}", first.year())),
        1 => Some(format!("{:04}-{:02}", first.year(), first.month())),
        _ => None,
    }
}
