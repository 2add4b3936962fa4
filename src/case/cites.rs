//! The passages of the guide that a case was written down from: `cites`. They are kept for whoever asks what the cases
//! cover; no fact comes of them.

use crate::diagnostic::{Diagnostic, code};
use crate::source::Span;

use super::CitedPassage;
use super::document::{Table, Value};
use super::read::Reader;
use super::words::quoted;

/// Reads `cites` of a table.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table) {
    let Some(entry) = table.get("cites") else { return };
    let knowledge = reader.knowledge;
    for item in reader.items(entry, "`cites = [\"…\"]`, a list of ids of passages") {
        let Value::Text(id) = &item.value else {
            let help = Some("write its id in double quotes".to_owned());
            reader.wrong(item, "a passage", "its id", help);
            continue;
        };
        if knowledge.citations.iter().any(|known| known.id == *id) {
            reader.cites.push(CitedPassage { span: item.span, id: id.clone() });
        } else {
            unknown(reader, id, item.span);
        }
    }
}

fn unknown(reader: &mut Reader<'_>, id: &str, at: Span) {
    let knowledge = reader.knowledge;
    let message = format!("no source index lists a passage {}", quoted(id));
    if knowledge.citations.is_empty() {
        let help = "the packs in use have no source index; leave `cites` out";
        reader.problem(Diagnostic::new(code::case::UNKNOWN_PASSAGE, at, message).help(help));
        return;
    }
    let known = knowledge.citations.iter().map(|citation| citation.id.as_str());
    reader.unknown(code::case::UNKNOWN_PASSAGE, at, message, id, known);
}
