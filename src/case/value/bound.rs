//! One key of an inline table: `is`, `one_of`, `at_least` and the like.

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::{DomainId, Type};
use crate::source::Span;
use crate::value::{Members, Possible};

use super::super::document::{Entry, Node};
use super::super::read::Reader;
use super::super::words::quoted;
use super::plain::{self, member, members, number, period};

/// What one bound leaves possible, and whether it says that nobody knows.
pub(super) fn bound(
    reader: &mut Reader<'_>,
    entry: &Entry,
    kind: Type,
    what: &str,
) -> Option<(Possible, bool)> {
    if entry.key == "is" {
        return plain::plain(reader, &entry.node, kind, what);
    }
    let possible = match (entry.key.as_str(), kind) {
        ("includes" | "excludes", Type::Set(domain)) => part(reader, entry, domain, what)?,
        ("one_of", Type::Choice(_) | Type::Number | Type::Date) => {
            one_of(reader, entry, kind, what)?
        }
        ("at_least" | "at_most" | "above" | "below", Type::Choice(domain))
            if reader.vocabulary.domain(domain).ordered =>
        {
            steps(reader, entry, domain, what)?
        }
        ("at_least" | "at_most" | "above" | "below", Type::Number) => {
            let number = number(reader, &entry.node, what)?;
            range(&entry.key, number, number)
        }
        ("at_least" | "at_most" | "above" | "below", Type::Date) => {
            let period = period(reader, &entry.node, what)?;
            range(&entry.key, period.first, period.last)
        }
        _ => {
            misfit(reader, entry, kind, what);
            return None;
        }
    };
    Some((possible, false))
}

fn misfit(reader: &mut Reader<'_>, entry: &Entry, kind: Type, what: &str) {
    let (reason, help) = match (entry.key.as_str(), kind) {
        (_, Type::Set(_)) => ("a set", "use `is`, `includes` or `excludes`"),
        ("includes" | "excludes", Type::Number) => {
            ("a number", "use `is`, `at_least` or `at_most`")
        }
        ("includes" | "excludes", Type::Date) => ("a date", "use `is`, `at_least` or `at_most`"),
        ("includes" | "excludes", _) => ("one value and not a set", "use `is` or `one_of`"),
        _ => ("without an order", "use `is` or `one_of`"),
    };
    let message = format!("{} does not fit {what}, which is {reason}", quoted(&entry.key));
    reader.problem(Diagnostic::new(code::case::WRONG_VALUE, entry.at, message).help(help));
}

fn part(reader: &mut Reader<'_>, entry: &Entry, domain: DomainId, what: &str) -> Option<Possible> {
    let members = members(reader, &entry.node, domain, what)?;
    let all = reader.vocabulary.members_of(domain);
    Some(if entry.key == "includes" {
        Possible::Set { may_include: all, may_exclude: all & !members }
    } else {
        Possible::Set { may_include: all & !members, may_exclude: all }
    })
}

fn one_of(reader: &mut Reader<'_>, entry: &Entry, kind: Type, what: &str) -> Option<Possible> {
    let mut found: Option<Possible> = None;
    let mut whole = true;
    for item in reader.items(entry, "`one_of = […]`") {
        let Some((possible, _)) = plain::plain(reader, item, kind, what) else {
            whole = false;
            continue;
        };
        found = Some(found.map_or(possible, |found| found.join(possible)));
    }
    if !whole {
        return None;
    }
    if found.is_none() && matches!(&entry.node.value, super::Value::List(_)) {
        nothing(reader, &entry.node, "`one_of` lists no value");
    }
    found
}

fn steps(reader: &mut Reader<'_>, entry: &Entry, domain: DomainId, what: &str) -> Option<Possible> {
    let member = member(reader, &entry.node, domain, what)?;
    let all = reader.vocabulary.members_of(domain);
    let below: Members = (1 << member) - 1;
    let left = match entry.key.as_str() {
        "at_least" => all & !below,
        "above" => all & !below & !(1 << member),
        "at_most" => all & (below | (1 << member)),
        _ => all & below,
    };
    if left == 0 {
        let name = reader.vocabulary.domain(domain).members.get(member);
        let name = name.map_or("", |member| member.name.as_str());
        nothing(reader, &entry.node, &format!("nothing is {} `{name}`", entry.key));
        return None;
    }
    Some(Possible::Choice(left))
}

fn nothing(reader: &mut Reader<'_>, node: &Node, message: &str) {
    let at: Span = node.span;
    reader.problem(
        Diagnostic::new(code::case::IMPOSSIBLE_VALUE, at, message)
            .help("say `\"unknown\"` where nobody knows"),
    );
}

fn range(key: &str, first: i64, last: i64) -> Possible {
    let (low, high) = match key {
        "at_least" => (first, i64::MAX),
        "above" => (last.saturating_add(1), i64::MAX),
        "at_most" => (i64::MIN, last),
        _ => (i64::MIN, first.saturating_sub(1)),
    };
    Possible::Range { low, high }
}
