//! Dates as periods: a year, a month or a day, from its first to its last day.

mod meant;

use jiff::civil::Date;

use crate::value::{date_of_day, day_number};

pub(super) use meant::meant;

/// The days of a year, a month or one day, counted from 1970-01-01, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Its first day.
    pub first: i64,
    /// Its last day.
    pub last: i64,
}

impl Period {
    /// Reads `1985`, `1985-06` or `1985-06-30`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Period> {
        let mut parts = text.split('-');
        let year: i16 = digits(parts.next()?, 4)?.try_into().ok()?;
        let month =
            parts.next().map(|part| digits(part, 2)).map_or(Some(None), |part| part.map(Some))?;
        let day =
            parts.next().map(|part| digits(part, 2)).map_or(Some(None), |part| part.map(Some))?;
        if parts.next().is_some() || year == 0 {
            return None;
        }
        let narrow = |number: u16| i8::try_from(number).ok();
        let (first, last) = match (month, day) {
            (None, _) => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
            (Some(month), None) => {
                let first = Date::new(year, narrow(month)?, 1).ok()?;
                (first, first.last_of_month())
            }
            (Some(month), Some(day)) => {
                let day = Date::new(year, narrow(month)?, narrow(day)?).ok()?;
                (day, day)
            }
        };
        Some(Period { first: day_number(first), last: day_number(last) })
    }
}

fn digits(part: &str, count: usize) -> Option<u16> {
    (part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| part.parse().ok())
        .flatten()
}

impl std::fmt::Display for Period {
    /// As short as it can be written: a year, a month or a day.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Some(date) = date_of_day(self.first) else {
            return Ok(());
        };
        let day = date.to_string();
        let shorter = [day.get(..4), day.get(..7)].into_iter().flatten();
        let written = shorter.into_iter().find(|text| Period::parse(text) == Some(*self));
        f.write_str(written.unwrap_or(&day))
    }
}
