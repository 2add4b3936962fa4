//! JSON, strict, to the tree of a document. Knows nothing of cases.

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::diagnostic::{Diagnostic, code};

use super::{Entry, MAX_DEPTH, Node, Place, Table, Value};

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn parse(place: Place<'_>) -> Result<Table, Vec<Diagnostic>> {
    let text = place.text.trim_start_matches('\u{feff}');
    let reader = Reader { place, skipped: place.text.len() - text.len() };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT)
        .map_err(|error| vec![reader.fault(error.kind(), error.range())])?;
    let mut faults = Vec::new();
    let table = match parsed.value {
        Some(ast::Value::Object(object)) => reader.table(object, 1, &mut faults),
        other => {
            let end = other.map_or(0, |value| value.end());
            let message = "a case file in JSON is one object".to_owned();
            return Err(vec![
                Diagnostic::new(code::case::WRONG_VALUE, reader.span(0, end), message)
                    .help("begin with `{ \"case\": { \"id\": \"…\" } }`"),
            ]);
        }
    };
    if faults.is_empty() { Ok(table) } else { Err(faults) }
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    place: Place<'a>,
    /// Bytes of a byte order mark before the text.
    skipped: usize,
}

impl Reader<'_> {
    fn span(self, start: usize, end: usize) -> crate::source::Span {
        self.place.span(start + self.skipped, end + self.skipped)
    }

    fn fault(self, kind: &ParseErrorKind, range: jsonc_parser::common::Range) -> Diagnostic {
        let (start, end) = (range.start + self.skipped, range.end + self.skipped);
        if matches!(kind, ParseErrorKind::NestingDepthExceeded) {
            return self.place.too_deep(start, end);
        }
        let mut said = kind.to_string();
        if let Some(first) = said.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        self.place
            .malformed(start, end.max(start + 1), "this cannot be read as JSON".to_owned())
            .label(said)
            .help("keys and words stand in double quotes, with a comma between two entries and none after the last")
    }

    fn table(self, object: ast::Object<'_>, depth: usize, faults: &mut Vec<Diagnostic>) -> Table {
        let mut entries = Vec::with_capacity(object.properties.len());
        for property in object.properties {
            let range = property.name.range();
            let node = self.node(property.value, depth + 1, faults);
            entries.push(Entry {
                key: property.name.into_string(),
                at: self.span(range.start, range.end),
                node,
            });
        }
        Table::new(entries, faults)
    }

    fn node(self, value: ast::Value<'_>, depth: usize, faults: &mut Vec<Diagnostic>) -> Node {
        let range = value.range();
        let span = self.span(range.start, range.end);
        if depth > MAX_DEPTH {
            if faults.is_empty() {
                let (start, end) = (range.start + self.skipped, range.end + self.skipped);
                faults.push(self.place.too_deep(start, end));
            }
            return Node { span, value: Value::Nothing };
        }
        let value = match value {
            ast::Value::StringLit(text) => Value::Text(text.value.into_owned()),
            ast::Value::NumberLit(number) => Value::Number(number.value.to_owned()),
            ast::Value::BooleanLit(truth) => Value::Truth(truth.value),
            ast::Value::NullKeyword(_) => Value::Nothing,
            ast::Value::Object(object) => Value::Table(self.table(object, depth, faults)),
            ast::Value::Array(array) => Value::List(
                array.elements.into_iter().map(|item| self.node(item, depth + 1, faults)).collect(),
            ),
        };
        Node { span, value }
    }
}
