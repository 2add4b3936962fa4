//! Constants as values of a type: members, numbers, and periods of days. Used by tests, defaults and examples alike.

use jiff::civil::Date;

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::Type;
use crate::source::Span;
use crate::syntax::tree::{Literal, Order};
use crate::value::{Members, NUMBER_UNIT, Possible, all_members, day_number};

use super::names::{Names, bit};

/// Years before this one are taken for slips.
const FIRST_YEAR: i64 = 1000;

/// A constant of a known type.
#[derive(Clone, Copy)]
pub(super) enum Constant {
    /// A member, by position.
    Member(usize),
    /// A number in millionths, or the first and last day of a period.
    Range(i64, i64),
}

impl Names {
    /// A constant that is to be of a type; for a set, one of its members.
    pub(super) fn constant(
        &self,
        literal: &Literal,
        kind: Type,
        diagnostics: &mut Diagnostics,
    ) -> Option<Constant> {
        let found = match (literal, kind) {
            (Literal::Broken(_), _) => return None,
            (Literal::Name(name), Type::Choice(domain) | Type::Set(domain)) => {
                return self.member(domain, name, diagnostics).map(Constant::Member);
            }
            (Literal::Number(number, _), Type::Number) => Some(Constant::Range(*number, *number)),
            (Literal::Number(number, span), Type::Date) => {
                let found = year(*number);
                if found.is_some() && *number < FIRST_YEAR * NUMBER_UNIT {
                    diagnostics.push(early(*number / NUMBER_UNIT, *span));
                }
                found
            }
            (Literal::Date(first, last, _), Type::Date) => {
                Some(Constant::Range(day_number(*first), day_number(*last)))
            }
            _ => None,
        };
        if found.is_none() {
            diagnostics.push(self.wrong_value(place(literal), kind));
        }
        found
    }

    /// A value that is not of the type wanted.
    pub(super) fn wrong_value(&self, span: Span, kind: Type) -> Diagnostic {
        let (label, help) = match kind {
            Type::YES_NO => ("expected `yes` or `no`".to_owned(), None),
            Type::Choice(domain) | Type::Set(domain) => {
                let known = self.vocabulary.domain(domain);
                let members = known.members.iter().map(|member| member.name.as_str());
                let label = format!("expected a member of `{}`", known.name);
                let start = format!("the members of `{}` are", known.name);
                (label, super::names::list(&start, members))
            }
            Type::Number => ("expected a number".to_owned(), None),
            Type::Date => (
                "expected a date".to_owned(),
                Some("write a year, a month or a day: `1985`, `1985-06`, `1985-06-30`".to_owned()),
            ),
        };
        let message = format!("this is not {}", self.describe(kind));
        Diagnostic::new(code::WRONG_CONSTANT, span, message).label(label).maybe_help(help)
    }
}

impl Constant {
    /// The members that stand so to this member, or the range of numbers or days, `by` steps or units away.
    pub(super) fn ordered(self, order: Order, by: Option<i64>, all: Possible) -> Possible {
        match self {
            Constant::Member(member) => {
                let all = if let Possible::Choice(all) = all { all } else { 0 };
                Possible::Choice(ordered_members(member, order, by, all))
            }
            Constant::Range(first, last) => {
                let (low, high) = match (order, by) {
                    (Order::AtLeast, None) => (first, i64::MAX),
                    (Order::Above, None) => (last.saturating_add(1), i64::MAX),
                    (Order::AtMost, None) => (i64::MIN, last),
                    (Order::Below, None) => (i64::MIN, first.saturating_sub(1)),
                    (Order::AtLeast | Order::Above, Some(by)) => {
                        (last.saturating_add(by), i64::MAX)
                    }
                    (Order::AtMost | Order::Below, Some(by)) => {
                        (i64::MIN, first.saturating_sub(by))
                    }
                };
                Possible::Range { low, high }
            }
        }
    }
}

fn ordered_members(member: usize, order: Order, by: Option<i64>, all: Members) -> Members {
    let steps = by.and_then(|by| usize::try_from(by).ok());
    let up = |from: usize| all & !all_members(from);
    let down = |past: usize| if past == 0 { 0 } else { all & all_members(past) };
    match (order, steps) {
        (Order::AtLeast, None) => up(member),
        (Order::Above, None) => up(member.saturating_add(1)),
        (Order::AtMost, None) => down(member.saturating_add(1)),
        (Order::Below, None) => down(member),
        (Order::AtLeast | Order::Above, Some(steps)) => up(member.saturating_add(steps)),
        (Order::AtMost | Order::Below, Some(steps)) => {
            down(member.saturating_add(1).saturating_sub(steps))
        }
    }
}

/// A year that lacks its century.
fn early(year: i64, span: Span) -> Diagnostic {
    let whole = if (0..100).contains(&year) { 1900 + year } else { 1985 };
    Diagnostic::new(code::EARLY_DATE, span, format!("this is the year {year}"))
        .label("more than a thousand years ago")
        .help(format!("write all four digits, such as `{whole}`"))
}

/// The days of a bare year.
fn year(number: i64) -> Option<Constant> {
    if number % NUMBER_UNIT != 0 {
        return None;
    }
    let year = i16::try_from(number / NUMBER_UNIT).ok()?;
    let first = Date::new(year, 1, 1).ok()?;
    let last = Date::new(year, 12, 31).ok()?;
    Some(Constant::Range(day_number(first), day_number(last)))
}

/// Where a constant stands.
pub(super) fn place(literal: &Literal) -> Span {
    match literal {
        Literal::Name(name) => name.span,
        Literal::Number(_, span) | Literal::Date(_, _, span) | Literal::Broken(span) => *span,
    }
}

/// The values of one constant.
pub(super) fn exactly(constant: Constant) -> Possible {
    match constant {
        Constant::Member(member) => Possible::Choice(bit(member)),
        Constant::Range(low, high) => Possible::Range { low, high },
    }
}
