//! Numbers and dates: exact numbers in millionths; years, months and days. Says how one that does not exist is written.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::syntax as code;
use crate::source::Span;
use crate::syntax::tree::Literal;
use crate::value::NUMBER_UNIT;

/// The number or date that a text is, or what is wrong with it.
pub(super) fn read(text: &str, span: Span) -> Result<Literal, Box<Diagnostic>> {
    if text.get(1..).is_some_and(|rest| rest.contains('-')) {
        return match date(text) {
            Ok((first, last)) => Ok(Literal::Date(first, last, span)),
            Err(problem) => Err(Box::new(problem.diagnostic(text, span))),
        };
    }
    number(text).map(|millionths| Literal::Number(millionths, span)).map_err(|label| {
        Box::new(day_first(text, span).unwrap_or_else(|| {
            Diagnostic::new(code::BAD_NUMBER, span, format!("`{text}` is no number"))
                .label(label)
                .help("write a number such as 12, 0.5 or -3, with at most six decimals")
        }))
    })
}

/// `30.06.1985`, which is no number but meant as a day.
fn day_first(text: &str, span: Span) -> Option<Diagnostic> {
    let parts: Vec<&str> = text.split('.').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    if parts.iter().any(|part| part.is_empty() || part.bytes().any(|it| !it.is_ascii_digit())) {
        return None;
    }
    let turned = format!("{year}-{month:0>2}-{day:0>2}");
    let help = match date(&turned) {
        Ok(_) => format!("the year comes first: `{turned}`"),
        Err(_) => "write a date as 1985, 1985-06 or 1985-06-30".to_owned(),
    };
    let report = Diagnostic::new(code::BAD_DATE, span, format!("`{text}` is no date"));
    Some(report.label("no date is written like this").help(help))
}

/// A decimal in millionths, or what is wrong with it.
fn number(text: &str) -> Result<i64, &'static str> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !only_digits(whole) || !only_digits(part) || digits.ends_with('.') {
        return Err("letters or signs in it");
    }
    if part.len() > 6 {
        return Err("more than six decimals");
    }
    let whole: i64 = whole.parse().map_err(|_| "too large")?;
    let part: i64 = format!("{part:0<6}").parse().map_err(|_| "too large")?;
    let size = whole.checked_mul(NUMBER_UNIT).and_then(|whole| whole.checked_add(part));
    size.map(|size| if negative { -size } else { size }).ok_or("too large")
}

enum DateProblem {
    Shape,
    NoSuchMonth,
    NoSuchDay,
}

impl DateProblem {
    fn diagnostic(&self, text: &str, span: Span) -> Diagnostic {
        let label = match self {
            DateProblem::Shape => "no date is written like this",
            DateProblem::NoSuchMonth => "there is no such month",
            DateProblem::NoSuchDay => "that month has no such day",
        };
        Diagnostic::new(code::BAD_DATE, span, format!("`{text}` is no date"))
            .label(label)
            .help("write a date as 1985, 1985-06 or 1985-06-30")
    }
}

/// The first and the last day of a month or a day.
fn date(text: &str) -> Result<(Date, Date), DateProblem> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, length: usize| {
        let right = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if right {
            part.parse::<i16>().map_err(|_| DateProblem::Shape)
        } else {
            Err(DateProblem::Shape)
        }
    };
    let small = |number: i16| i8::try_from(number).map_err(|_| DateProblem::Shape);
    let (year, month, day) = match parts.as_slice() {
        [year, month] => (digits(year, 4)?, digits(month, 2)?, None),
        [year, month, day] => (digits(year, 4)?, digits(month, 2)?, Some(digits(day, 2)?)),
        _ => return Err(DateProblem::Shape),
    };
    let first = Date::new(year, small(month)?, 1).map_err(|_| DateProblem::NoSuchMonth)?;
    match day {
        None => Ok((first, first.last_of_month())),
        Some(day) => {
            let day =
                Date::new(year, small(month)?, small(day)?).map_err(|_| DateProblem::NoSuchDay)?;
            Ok((day, day))
        }
    }
}
