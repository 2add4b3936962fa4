//! The path of a change as the headings of a case, so that it is read as what stands under them.

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::EntityKind;

use super::super::document::{Entry, Node, Table, Value};
use super::super::read::Reader;
use super::super::table;
use super::super::words::quoted;
use super::phrase::Piece;

/// The headings of a path, one inside the other, with the value innermost.
pub(super) fn nested(
    reader: &mut Reader<'_>,
    path: Piece<'_>,
    segments: &[Piece<'_>],
    value: Node,
) -> Option<Entry> {
    let [head, ..] = segments else { return None };
    let vocabulary = reader.vocabulary;
    let wanted = match table::entity(vocabulary, head.text).map(|id| vocabulary.entity(id).kind) {
        Some(EntityKind::One) => Some((2, format!("`{}.FACT`", head.text))),
        Some(_) => Some((3, format!("`{}.ID.FACT`", head.text))),
        None => vocabulary.find_relation(head.text).map(|id| {
            let [first, second] = &vocabulary.relation(id).roles;
            (3, format!("`{}.ID.ID`, `{first}` first and then `{second}`", head.text))
        }),
    };
    if let Some((_, form)) = wanted.filter(|(length, _)| *length != segments.len()) {
        let message = format!("{} does not name one fact", quoted(path.text));
        let problem = Diagnostic::new(code::case::WRONG_VALUE, path.span(), message);
        reader.problem(problem.help(format!("write {form}")));
        return None;
    }
    let mut segments = segments.iter().rev();
    let last = segments.next()?;
    let entry = |piece: &Piece<'_>, node: Node| Entry {
        key: piece.text.to_owned(),
        at: piece.span(),
        node,
    };
    Some(segments.fold(entry(last, value), |inner, piece| {
        let span = piece.span().to(inner.at);
        entry(piece, Node { span, value: Value::Table(Table { entries: vec![inner] }) })
    }))
}
