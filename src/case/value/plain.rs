//! Plain values: a word, yes or no, a number, a date, a list for a set, or `"unknown"`.

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::{DomainId, DomainMember, Type, Vocabulary};
use crate::value::{Members, NUMBER_UNIT, Possible};

use super::super::date::{Period, meant};
use super::super::document::{Node, Value};
use super::super::read::Reader;
use super::super::words::{list, member_suggestion, quoted};

/// Reads a plain value, and whether it says that nobody knows.
pub(super) fn plain(
    reader: &mut Reader<'_>,
    node: &Node,
    kind: Type,
    what: &str,
) -> Option<(Possible, bool)> {
    if matches!(&node.value, Value::Text(text) if text == "unknown") {
        return Some((reader.vocabulary.everything(kind), true));
    }
    let possible = match kind {
        Type::Choice(domain) => Possible::Choice(1 << member(reader, node, domain, what)?),
        Type::Set(domain) => {
            let members = members(reader, node, domain, what)?;
            let rest = reader.vocabulary.members_of(domain) & !members;
            Possible::Set { may_include: members, may_exclude: rest }
        }
        Type::Number => {
            let number = number(reader, node, what)?;
            Possible::Range { low: number, high: number }
        }
        Type::Date => {
            let period = period(reader, node, what)?;
            Possible::Range { low: period.first, high: period.last }
        }
    };
    Some((possible, false))
}

/// A member of a domain, by its position.
pub(super) fn member(
    reader: &mut Reader<'_>,
    node: &Node,
    domain: DomainId,
    what: &str,
) -> Option<usize> {
    let members = &reader.vocabulary.domain(domain).members;
    let word = match &node.value {
        Value::Text(word) => word,
        Value::Truth(truth) if domain == Vocabulary::YES_NO => return Some(usize::from(*truth)),
        other => {
            let help = matches!(other, Value::List(_)).then(|| {
                "where it may be one of several, write `{ one_of = [\"…\", \"…\"] }`".to_owned()
            });
            reader.wrong(node, what, &choice(reader.vocabulary, domain), help);
            return None;
        }
    };
    if let Some(found) = members.iter().position(|member| member.name == *word) {
        return Some(found);
    }
    let truth = domain == Vocabulary::YES_NO && ["true", "false"].contains(&word.as_str());
    let help = truth
        .then(|| format!("write `{word}`, without quotes"))
        .or_else(|| named(members, word).map(|name| format!("did you mean `{name}`?")))
        .or_else(|| member_suggestion(word, members))
        .unwrap_or_else(|| format!("{what} is {}", choice(reader.vocabulary, domain)));
    let message = format!("{what} cannot be {}", quoted(word));
    reader.problem(Diagnostic::new(code::case::UNKNOWN_VALUE, node.span, message).help(help));
    None
}

/// The member that texts call so.
fn named<'m>(members: &'m [DomainMember], wording: &str) -> Option<&'m str> {
    let meant = members.iter().find(|member| member.wording.eq_ignore_ascii_case(wording));
    meant.map(|member| member.name.as_str())
}

fn choice(vocabulary: &Vocabulary, domain: DomainId) -> String {
    if domain == Vocabulary::YES_NO {
        return "yes or no (`true` or `false`)".to_owned();
    }
    let members = &vocabulary.domain(domain).members;
    format!("one of {}", list(members.iter().map(|member| member.name.as_str()), "or"))
}

/// The members in a list.
pub(in super::super) fn members(
    reader: &mut Reader<'_>,
    node: &Node,
    domain: DomainId,
    what: &str,
) -> Option<Members> {
    let Value::List(items) = &node.value else {
        let help = match &node.value {
            Value::Text(word) if word.len() < 40 => {
                let meant = named(&reader.vocabulary.domain(domain).members, word);
                format!("write `[\"{}\"]`", meant.unwrap_or(word).escape_debug())
            }
            _ => "a list stands in square brackets; `[]` is the empty one".to_owned(),
        };
        reader.wrong(node, what, "a list", Some(help));
        return None;
    };
    let mut members = 0;
    let mut whole = true;
    for item in items {
        match member(reader, item, domain, &format!("an entry of {what}")) {
            Some(member) => members |= 1 << member,
            None => whole = false,
        }
    }
    whole.then_some(members)
}

/// A number in millionths.
pub(super) fn number(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<i64> {
    let Value::Number(digits) = &node.value else {
        let help = match &node.value {
            Value::Text(text) if millionths(text).is_some() => {
                Some("write the number without quotes".to_owned())
            }
            Value::Text(_) => Some("write it in digits: `12`; or `\"unknown\"`".to_owned()),
            _ => None,
        };
        reader.wrong(node, what, "a number", help);
        return None;
    };
    let number = millionths(digits);
    if number.is_none() {
        let message = format!("{} is not a number that can be held exactly", quoted(digits));
        reader.problem(Diagnostic::new(code::case::WRONG_VALUE, node.span, message).help(
            "write it in digits, below a trillion and with at most six decimals: `12`, `0.5`",
        ));
    }
    number
}

fn millionths(digits: &str) -> Option<i64> {
    let (negative, digits) = match digits.as_bytes().first()? {
        b'-' => (true, digits.get(1..)?),
        b'+' => (false, digits.get(1..)?),
        _ => (false, digits),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = decimals.trim_end_matches('0');
    let figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !figures(whole) || !figures(decimals) || decimals.len() > 6 {
        return None;
    }
    let whole: i64 = whole.parse().ok().filter(|whole| *whole < 1_000_000_000_000)?;
    let decimals: i64 = format!("{decimals:0<6}").parse().ok()?;
    let number = whole * NUMBER_UNIT + decimals;
    Some(if negative { -number } else { number })
}

/// A year, month or day.
pub(in super::super) fn period(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Period> {
    let text = match &node.value {
        Value::Text(text) | Value::Day(text) | Value::Number(text) => text,
        Value::Time => {
            let message = format!("{what} is a day without a time");
            reader.problem(
                Diagnostic::new(code::case::MALFORMED_DATE, node.span, message)
                    .help("leave out what follows the day"),
            );
            return None;
        }
        _ => {
            reader.wrong(node, what, "a date", Some(HOW_DATES_ARE.to_owned()));
            return None;
        }
    };
    let period = Period::parse(text);
    if period.is_none() {
        let message = format!("{} is not a date", quoted(text));
        reader.problem(
            Diagnostic::new(code::case::MALFORMED_DATE, node.span, message)
                .help(meant(text).unwrap_or_else(|| HOW_DATES_ARE.to_owned())),
        );
    }
    period
}

const HOW_DATES_ARE: &str =
    "write a year, a month or a day: `\"1985\"`, `\"1985-06\"`, `\"1985-06-30\"`";
