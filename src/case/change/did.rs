//! Changes of what was done: `did.ACTION=yes`, `did.ACTION.ROW=no`.

use crate::change::{Effect, Target};
use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::Type;
use crate::value::Possible;

use super::super::read::Reader;
use super::super::words::quoted;
use super::super::{ActionTaken, Fact, action};
use super::Wanted;
use super::phrase::{self, Piece};

impl Wanted {
    /// Reads `did.ACTION=yes` or `did.ACTION.ROW=no`.
    pub(super) fn did(
        &mut self,
        reader: &mut Reader<'_>,
        piece: Piece<'_>,
        value: Piece<'_>,
        path: &[Piece<'_>],
    ) {
        let Some(target) = done(reader, piece, path) else { return };
        let kind = Type::YES_NO;
        let Some(node) = phrase::node(reader, value, kind) else { return };
        let what = quoted(path.first().map_or("", |action| action.text));
        let Some(stated) = super::super::value::value(reader, &node, kind, &what) else { return };
        let effect = Effect::Set(stated.possible);
        let record = stated.record(reader, piece.span(), None, None);
        self.statements.facts.push(Fact { target, effect, record });
    }
}

/// The record of whether an action was taken, for a row or at all.
pub(super) fn done(
    reader: &mut Reader<'_>,
    piece: Piece<'_>,
    path: &[Piece<'_>],
) -> Option<Target> {
    let (name, row) = match path {
        [name] => (name, None),
        [name, row] => (name, Some(row)),
        _ => {
            let message = format!("{} names no action", quoted(piece.text));
            let help = "write `did.ACTION=yes`, or `did.ACTION.ROW=yes` for one row";
            let problem = Diagnostic::new(code::case::WRONG_VALUE, piece.span(), message);
            reader.problem(problem.help(help));
            return None;
        }
    };
    let action = action::action(reader, name.text, name.span());
    let row = match row {
        Some(row) => Some(action::row(reader, row.text, row.span())?),
        None => None,
    };
    let entity = row.as_ref().map(|(entity, _)| *entity);
    let id = reader.vocabulary.find_done(action?, entity)?;
    Some(Target::Attribute(id, row.map_or_else(String::new, |(_, id)| id)))
}

/// What an action taken makes of the facts.
pub(super) fn fact(reader: &Reader<'_>, taken: ActionTaken) -> Option<Fact> {
    let entity = taken.row.as_ref().map(|(entity, _)| *entity);
    let id = reader.vocabulary.find_done(taken.action, entity)?;
    let target = Target::Attribute(id, taken.row.map_or_else(String::new, |(_, id)| id));
    let effect = Effect::Set(Possible::Choice(if taken.taken { 0b10 } else { 0b01 }));
    Some(Fact { target, effect, record: taken.record })
}
