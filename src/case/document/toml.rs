//! TOML to the tree of a document. Knows nothing of cases.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};

use crate::diagnostic::Diagnostic;

use super::super::read;
use super::{Entry, MAX_DEPTH, MAX_FAULTS, Node, Place, Table, Value};

pub(super) fn parse(place: Place<'_>) -> Result<Table, Vec<Diagnostic>> {
    let (root, errors) = DeTable::parse_recoverable(place.text);
    let mut faults = faults(place, &errors);
    let table = table(place, root.into_inner(), 1, &mut faults);
    if faults.is_empty() { Ok(table) } else { Err(faults) }
}

/// The errors of the parser in our words, one a line.
fn faults(place: Place<'_>, errors: &[Error]) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = Vec::new();
    let mut last_line = None;
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let line = place.text.get(..range.start).map(|before| before.rfind('\n'));
        if faults.len() >= MAX_FAULTS || (last_line.is_some() && last_line == Some(line)) {
            continue;
        }
        last_line = Some(line);
        faults.push(fault(place, error.message(), range));
    }
    faults
}

fn fault(place: Place<'_>, message: &str, range: Range<usize>) -> Diagnostic {
    if message.contains("recurs") {
        return place.too_deep(range.start, range.end);
    }
    if message == "duplicate key" {
        let key = place.text.get(range.clone()).unwrap_or("a key");
        let key = key.trim_matches('"');
        let repeated = super::repeated(key, place.span(range.start, range.end));
        let line = line_of(place.text, range.start).trim_start();
        if line.starts_with('[')
            && !line.starts_with("[[")
            && place.text.contains(&format!("[[{key}]]"))
        {
            return repeated.help(format!("one more of several begins with `[[{key}]]`"));
        }
        return repeated;
    }
    let end = range.end.max(range.start + 1);
    let diagnostic = place
        .malformed(range.start, end, "this cannot be read as TOML".to_owned())
        .label(in_words(if is_bare_word(place, message, range.start) { BARE } else { message }));
    let begins_curly = place.text.get(range.start..).is_some_and(|rest| rest.starts_with(CURLY));
    if begins_curly || line_of(place.text, range.start).trim_end().ends_with(CURLY) {
        return diagnostic
            .help("these are the curly quotes of a word processor; type straight ones: `\"`");
    }
    if is_bare_word(place, message, range.start) {
        let word = place.text.get(range).unwrap_or_default().trim();
        let help = match word.to_ascii_lowercase().as_str() {
            "yes" | "y" => "write `true` or `\"yes\"`".to_owned(),
            "no" | "n" => "write `false` or `\"no\"`".to_owned(),
            _ if read::is_id(word) => format!("words stand in double quotes: `\"{word}\"`"),
            _ if word.len() < 40 && !word.contains(['"', '\\']) => {
                format!("words stand in double quotes: `\"{word}\"`")
            }
            _ => "words stand in double quotes: `name = \"…\"`".to_owned(),
        };
        return diagnostic.help(help);
    }
    diagnostic.help("a line is `key = value`, or a heading: `[issue]` for one thing, `[[party]]` for one of several")
}

/// Whether the parser stumbles over words without quotes; those in `n` and `i` it takes for `nan` and `inf`.
fn is_bare_word(place: Place<'_>, message: &str, start: usize) -> bool {
    let is_letter =
        || place.text.get(start..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    message.starts_with(BARE) || (message.starts_with("invalid float") && is_letter())
}

/// What the parser says of words without quotes.
const BARE: &str = "string values must be quoted";

/// Quotes that word processors set by themselves.
const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '‚'];

/// The line that a byte lies in.
fn line_of(text: &str, byte: usize) -> &str {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| before.len() + at);
    text.get(start..end).unwrap_or_default()
}

/// What the parser says, for people who write no programs.
fn in_words(message: &str) -> String {
    let message = message.trim_end_matches(", expected nothing");
    let known = [
        (BARE, "these words have no quotes"),
        ("invalid basic string, expected `\"`", "the closing `\"` is missing"),
        ("unclosed array table, expected `]`", "the closing `]]` is missing"),
        ("unclosed table, expected `]`", "the closing `]` is missing"),
        ("unclosed array, expected `]`", "the closing `]` of the list is missing"),
        ("unclosed inline table, expected `}`", "the closing `}` is missing"),
        ("key with no value, expected `=`", "a key needs `=` and a value"),
    ];
    let found = known.iter().find(|(start, _)| message.starts_with(start));
    found.map_or(message, |(_, words)| words).to_owned()
}

fn table(
    place: Place<'_>,
    table: DeTable<'_>,
    depth: usize,
    faults: &mut Vec<Diagnostic>,
) -> Table {
    let entries = table
        .into_iter()
        .map(|(key, value)| {
            let at = place.span(key.span().start, key.span().end);
            Entry {
                at,
                node: node(place, value, &key, depth + 1, faults),
                key: key.into_inner().into_owned(),
            }
        })
        .collect();
    Table::new(entries, faults)
}

fn node(
    place: Place<'_>,
    value: Spanned<DeValue<'_>>,
    key: &Spanned<std::borrow::Cow<'_, str>>,
    depth: usize,
    faults: &mut Vec<Diagnostic>,
) -> Node {
    let range = if value.span().is_empty() { key.span() } else { value.span() };
    let span = place.span(range.start, range.end);
    if depth > MAX_DEPTH {
        if faults.is_empty() {
            faults.push(place.too_deep(range.start, range.end));
        }
        return Node { span, value: Value::Nothing };
    }
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(integer) if integer.radix() == 10 => {
            Value::Number(integer.as_str().to_owned())
        }
        DeValue::Integer(integer) => Value::Number(
            i64::from_str_radix(integer.as_str(), integer.radix())
                .map_or_else(|_| integer.to_string(), |number| number.to_string()),
        ),
        DeValue::Float(float) => Value::Number(float.as_str().to_owned()),
        DeValue::Boolean(truth) => Value::Truth(truth),
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time) {
            (Some(date), None) => Value::Day(date.to_string()),
            _ => Value::Time,
        },
        DeValue::Array(list) => Value::List(
            list.into_iter().map(|item| node(place, item, key, depth + 1, faults)).collect(),
        ),
        DeValue::Table(inner) => Value::Table(table(place, inner, depth, faults)),
    };
    Node { span, value }
}
