//! Texts: plain ones, questions that may name their own rows, and the texts of rules, which may name what the rule
//! binds. Says why a hole cannot be filled.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{EntityId, EntityKind, Piece, Row, Template, Term, VariableId};
use crate::syntax::tree::{self, Name, Path, Text};

use super::scope::{Lowering, Seen};

/// A text in which nothing stands.
fn empty(text: &Text) -> Option<Diagnostic> {
    text.pieces.is_empty().then(|| {
        Diagnostic::new(code::EMPTY_TEXT, text.span, "this text says nothing")
            .help("write a sentence between the quotes")
    })
}

/// A text in which nothing can be filled in.
pub(super) fn plain(text: &Text, diagnostics: &mut Diagnostics) -> String {
    diagnostics.extend(empty(text));
    let mut words = String::new();
    for piece in &text.pieces {
        match piece {
            tree::Piece::Words(more) => words.push_str(more),
            tree::Piece::Hole(path) | tree::Piece::Agreement { path, .. } => {
                diagnostics.push(
                    Diagnostic::new(code::WRONG_HOLE, path.span, "nothing is filled in here")
                        .label("this text is the same for every case")
                        .help("write the words out; for braces write `\\{` and `\\}`"),
                );
            }
        }
    }
    words
}

/// A text about one row, `{self}`, or about the two rows of a relation by their roles.
pub(super) fn about(text: &Text, roles: &[&str], diagnostics: &mut Diagnostics) -> Template {
    diagnostics.extend(empty(text));
    let own: &[&str] = if roles.is_empty() { &["self"] } else { roles };
    let mut find = |path: &Path| {
        let found = match path.names.as_slice() {
            [name] => own.iter().position(|role| *role == name.text),
            _ => None,
        };
        if found.is_none() {
            let holes: Vec<String> = own.iter().map(|role| format!("`{{{role}}}`")).collect();
            diagnostics.push(
                Diagnostic::new(
                    code::WRONG_HOLE,
                    path.span,
                    format!("`{}` cannot be filled in here", written(path)),
                )
                .label("a question names only the rows it is about")
                .help(format!("write {}", holes.join(" or "))),
            );
        }
        found
    };
    let pieces = text.pieces.iter().filter_map(|piece| match piece {
        tree::Piece::Words(words) => Some(Piece::Words(words.clone())),
        tree::Piece::Hole(path) => {
            let role = find(path)?;
            Some(if roles.is_empty() { Piece::Itself } else { Piece::Role(role) })
        }
        tree::Piece::Agreement { path, singular, plural } => {
            find(path).map(|role| Piece::OwnAgreement(role, singular.clone(), plural.clone()))
        }
    });
    Template { pieces: pieces.collect() }
}

impl Lowering<'_> {
    /// A text that may name every variable in scope and the witnesses of top-level `some`.
    pub(super) fn template(&mut self, text: &Text) -> Template {
        self.diagnostics.extend(empty(text));
        let pieces = text.pieces.iter().filter_map(|piece| match piece {
            tree::Piece::Words(words) => Some(Piece::Words(words.clone())),
            tree::Piece::Hole(path) => self.hole(path),
            tree::Piece::Agreement { path, singular, plural } => {
                let id = self.agreement(path)?;
                Some(Piece::Agreement(id, singular.clone(), plural.clone()))
            }
        });
        Template { pieces: pieces.collect() }
    }

    fn hole(&mut self, path: &Path) -> Option<Piece> {
        match path.names.as_slice() {
            [name] => self.name_hole(name),
            [first, attribute] => match self.nameable(first)? {
                Some((id, entity)) => self.row_hole(id, entity, attribute),
                None => self.value_hole(path),
            },
            _ => self.value_hole(path),
        }
    }

    fn name_hole(&mut self, name: &Name) -> Option<Piece> {
        if let Some((id, _)) = self.nameable(name)? {
            return Some(Piece::Name(id));
        }
        let entity = self.names.entities.get(&name.text);
        let report = match entity.map(|id| self.names.vocabulary.entity(*id)) {
            Some(entity) => Diagnostic::new(
                code::WRONG_HOLE,
                name.span,
                format!("`{}` has no name to fill in", name.text),
            )
            .label(match entity.kind {
                EntityKind::One => "a case has one of it, without a name",
                _ => "this is no single row",
            })
            .help("write the words out, or name an attribute or a variable"),
            None => self.no_variable(name),
        };
        self.push(report);
        None
    }

    fn row_hole(&mut self, id: VariableId, entity: EntityId, attribute: &Name) -> Option<Piece> {
        if self.names.text_field(entity, &attribute.text).is_some() {
            if let Some(report) = self.names.lacking_text(entity, attribute) {
                self.push(report);
            }
            return Some(Piece::Field(id, attribute.text.clone()));
        }
        let found = match self.names.misspelt_text(entity, attribute) {
            Some(report) => {
                self.push(report);
                return None;
            }
            None => self.names.attribute(entity, attribute, self.diagnostics)?,
        };
        Some(Piece::Value(found, Row::Variable(id)))
    }

    fn value_hole(&mut self, path: &Path) -> Option<Piece> {
        match self.path(path)?.term {
            Term::Attribute(attribute, row) => Some(Piece::Value(attribute, row)),
            _ => None,
        }
    }

    fn agreement(&mut self, path: &Path) -> Option<VariableId> {
        let report = |label: &str| {
            Diagnostic::new(
                code::WRONG_AGREEMENT,
                path.span,
                format!("`{}` is neither singular nor plural", written(path)),
            )
            .label(label.to_owned())
            .help("let a variable decide: `{p: does|do}`")
        };
        let [name] = path.names.as_slice() else {
            self.push(report("a value, not a row"));
            return None;
        };
        if let Some((id, _)) = self.nameable(name)? {
            return Some(id);
        }
        let known = self.names.entities.contains_key(&name.text);
        let report = if known { report("not a variable") } else { self.no_variable(name) };
        self.push(report);
        None
    }

    /// The variable that a text names: none where the name is no variable at all, and reported where it is one that
    /// a text cannot name.
    #[expect(clippy::option_option, reason = "reported, no variable, or a variable")]
    fn nameable(&mut self, name: &Name) -> Option<Option<(VariableId, EntityId)>> {
        match self.see(&name.text) {
            Seen::Variable(id, entity) => return Some(Some((id, entity))),
            Seen::Broken => return None,
            Seen::Nothing => {}
        }
        let mut found = self.witnesses.iter().filter(|(known, _)| *known == name.text);
        match (found.next(), found.next()) {
            (Some((_, id)), None) => {
                let id = (*id)?;
                Some(Some((id, self.variable(id)?.entity)))
            }
            (Some(_), Some(_)) => {
                let report = unnameable(name, "two conditions of `when` use this name")
                    .help("give the two variables different names");
                self.push(report);
                None
            }
            (None, _) if self.variables.iter().any(|known| known.name == name.text) => {
                let report = unnameable(name, "it is bound deeper in the conditions").help(
                    "a text names the subject (`for`) and the variables of a `some` that stands \
                     directly in `when`, not inside another block and not in `unless`",
                );
                self.push(report);
                None
            }
            (None, _) => Some(None),
        }
    }
}

fn unnameable(name: &Name, label: &str) -> Diagnostic {
    let message = format!("`{}` cannot be named in a text", name.text);
    Diagnostic::new(code::UNNAMEABLE_VARIABLE, name.span, message).label(label)
}

/// A path as it is written.
pub(super) fn written(path: &Path) -> String {
    let names: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
    names.join(".")
}
