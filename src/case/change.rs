//! Changes of facts in the words of case files: `PATH=VALUE`, a path to forget, a row to add, or a file of facts.
//! Read with the readers of a case, so that a mistake gets the message that it would get there.

mod did;
mod file;
mod path;
mod phrase;

use crate::change::{Change, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::facts::{Evidence, Facts, RowName};
use crate::knowledge::{EntityId, EntityKind, KnowledgeBase, Vocabulary};
use crate::source::{SourceId, Span};
use crate::value::Possible;

use super::document::{Entry, Node, Table, Value};
use super::read::{Reader, check_id};
use super::settle::settle;
use super::table::{Mode, Verb, subject};
use super::words::quoted;
use super::{Case, CaseRow, Format, Statements, header};
use did::{done, fact};
use path::nested;
use phrase::Piece;

/// A text that says what is to be changed.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Its id.
    pub source: SourceId,
    /// What stands in it.
    pub text: &'a str,
    /// How to read it.
    pub form: SettingForm,
}

/// How a text says what is to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingForm {
    /// `PATH=VALUE`, or `PATH+=VALUE` and `PATH-=VALUE` for a set.
    Set,
    /// `PATH`: as if the case had never spoken of it.
    Unset,
    /// `ENTITY.ID` or `ENTITY.ID:NAME`: one more row.
    Add,
    /// Facts as in a case, or under `set`, `add` and `remove` as in an event.
    File(Format),
}

/// Reads what is to be changed of the facts of a case. Where there are errors they are all in `diagnostics` and nothing is
/// changed.
pub fn changes(
    settings: &[Setting<'_>],
    (case, facts): (&Case, &Facts),
    knowledge: &KnowledgeBase,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Change>> {
    let mut reader = reader(case, facts, knowledge);
    let mut wanted = Wanted::default();
    let mut files = Vec::new();
    for setting in settings {
        match setting.form {
            SettingForm::File(format) => files.extend(file::parse(&mut reader, setting, format)),
            SettingForm::Add => wanted.add(&mut reader, Piece::whole(setting)),
            SettingForm::Set | SettingForm::Unset => {}
        }
    }
    for document in &files {
        wanted.rows_of(&mut reader, document);
    }
    for document in &files {
        wanted.facts_of(&mut reader, document);
    }
    for setting in settings {
        match setting.form {
            SettingForm::Set => wanted.set(&mut reader, Piece::whole(setting)),
            SettingForm::Unset => wanted.unset(&mut reader, Piece::whole(setting)),
            SettingForm::Add | SettingForm::File(_) => {}
        }
    }
    let changes = wanted.changes(&mut reader, (case, facts));
    let (changes, problems) = reader.finish(changes, Span::NOWHERE);
    for problem in problems {
        diagnostics.push(problem);
    }
    changes
}

/// A reader that knows the ids of the case; what is only supposed counts as assumed.
fn reader<'a>(case: &Case, facts: &Facts, knowledge: &'a KnowledgeBase) -> Reader<'a> {
    let mut reader = Reader::new(knowledge);
    reader.evidence = Some(Evidence::Assumed);
    reader.sources =
        case.sources.iter().map(|source| (source.id.clone(), source.clone())).collect();
    for (index, entity) in knowledge.vocabulary.entities.iter().enumerate() {
        if entity.kind != EntityKind::Many {
            continue;
        }
        let id = EntityId(index);
        let told = case.rows.iter().filter(|row| row.entity == id);
        let mut rows: std::collections::BTreeMap<String, CaseRow> =
            told.map(|row| (row.id.clone(), row.clone())).collect();
        for row in facts.rows(id).list.iter() {
            rows.entry(row.id.clone()).or_insert_with(|| case_row(id, row.clone(), Span::NOWHERE));
        }
        reader.rows.insert(id, rows);
    }
    reader
}

fn case_row(entity: EntityId, row: RowName, span: Span) -> CaseRow {
    CaseRow {
        entity,
        named: row.name != row.id,
        id: row.id,
        name: row.name,
        plural: row.plural,
        from: None,
        until: None,
        source: None,
        evidence: Evidence::Assumed,
        span,
    }
}

/// What is wanted so far.
#[derive(Debug, Default)]
struct Wanted {
    rows: Vec<(EntityId, RowName)>,
    complete: Vec<(EntityId, bool)>,
    statements: Statements,
    unset: Vec<(Target, Span)>,
}

impl Wanted {
    /// Reads `ENTITY.ID:NAME`.
    fn add(&mut self, reader: &mut Reader<'_>, piece: Piece<'_>) {
        let (path, name) = piece.split_once(":").map_or((piece, None), |(a, b)| (a, Some(b)));
        let Some((entity, id)) = path.split_once(".") else {
            let help = "name what it is and its id: `party.water-board:The water board`";
            let message = format!("{} names no row", quoted(path.text));
            let problem = Diagnostic::new(code::case::WRONG_VALUE, path.span(), message).help(help);
            return reader.problem(problem);
        };
        let Some(entity) = many(reader, entity.text, entity.span()) else { return };
        if let Some(name) = name.filter(|name| name.text.is_empty()) {
            let message = "the name after the colon is blank";
            let problem = Diagnostic::new(code::case::WRONG_VALUE, name.span(), message);
            return reader.problem(problem.help("leave the colon out to call it by its id"));
        }
        let name = name.map(|name| name.text.to_owned());
        self.row(reader, entity, (id.text, id.span()), (name, false));
    }

    /// Notes one more row.
    fn row(
        &mut self,
        reader: &mut Reader<'_>,
        entity: EntityId,
        (id, at): (&str, Span),
        (name, plural): (Option<String>, bool),
    ) {
        if !check_id(reader, id, at) {
            return;
        }
        if reader.has_row(entity, id) {
            let kind = &reader.vocabulary.entity(entity).name;
            let message = format!("the case lists a {kind} {} already", quoted(id));
            let problem = Diagnostic::new(code::case::REPEATED_ID, at, message);
            return reader.problem(problem.help("give the new one another id"));
        }
        let name = name.unwrap_or_else(|| id.replace(['_', '-'], " "));
        let row = RowName { id: id.to_owned(), name, plural };
        let listed = case_row(entity, row.clone(), at);
        reader.rows.entry(entity).or_default().insert(id.to_owned(), listed);
        self.rows.push((entity, row));
    }

    /// Reads `PATH=VALUE`.
    fn set(&mut self, reader: &mut Reader<'_>, piece: Piece<'_>) {
        let Some((path, value, verb)) = piece.assignment() else {
            let message = format!("{} does not say what is to be what", quoted(piece.text));
            let problem = Diagnostic::new(code::case::WRONG_VALUE, piece.span(), message);
            return reader.problem(problem.help("write PATH=VALUE: `party.ministry.key=yes`"));
        };
        let segments = path.segments();
        match segments.as_slice() {
            [head, entity] if head.text == "complete" => {
                let Some(entity) = many(reader, entity.text, entity.span()) else { return };
                let kind = crate::knowledge::Type::YES_NO;
                let Some(node) = phrase::node(reader, value, kind) else { return };
                let stated = super::value::value(reader, &node, kind, "`complete`");
                if let Some(Possible::Choice(is @ (1 | 2))) = stated.map(|said| said.possible) {
                    self.complete.push((entity, is == 2));
                }
            }
            [head, rest @ ..] if head.text == "did" => {
                self.did(reader, piece, value, rest);
            }
            _ => {
                let kind = phrase::kind(reader.vocabulary, &segments);
                let Some(node) = phrase::node(reader, value, kind.unwrap_or(phrase::UNKNOWN_KIND))
                else {
                    return;
                };
                if let Some(entry) = nested(reader, path, &segments, node) {
                    subject(reader, &entry, mode(verb), &mut self.statements);
                }
            }
        }
    }

    /// Reads a path that is to be forgotten.
    fn unset(&mut self, reader: &mut Reader<'_>, piece: Piece<'_>) {
        let segments = piece.segments();
        match segments.as_slice() {
            [head, entity] if head.text == "complete" => {
                let entity = many(reader, entity.text, entity.span());
                self.complete.extend(entity.map(|entity| (entity, false)));
            }
            [head, rest @ ..] if head.text == "did" => {
                let target = done(reader, piece, rest);
                self.unset.extend(target.map(|target| (target, piece.span())));
            }
            _ => {
                let nobody_knows =
                    Node { span: piece.span(), value: Value::Text("unknown".to_owned()) };
                let Some(entry) = nested(reader, piece, &segments, nobody_knows) else { return };
                let mut named = Statements::default();
                subject(reader, &entry, mode(Verb::Set), &mut named);
                let facts = named.facts.into_iter();
                self.unset.extend(facts.map(|fact| (fact.target, fact.record.span)));
            }
        }
    }

    /// All changes, those that add rows first.
    fn changes(self, reader: &mut Reader<'_>, (case, facts): (&Case, &Facts)) -> Vec<Change> {
        let mut statements = settle(reader, self.statements);
        let actions = std::mem::take(&mut statements.actions);
        statements.facts.extend(actions.into_iter().filter_map(|taken| fact(reader, taken)));
        let added = self.rows.clone();
        let there = |entity: EntityId, id: &str| {
            let now = facts.find_row(entity, id).is_some();
            now || added.iter().any(|(of, row)| *of == entity && row.id == id)
        };
        let named = statements.facts.iter().map(|fact| (&fact.target, fact.record.span));
        let unset = self.unset.iter().map(|(target, span)| (target, *span));
        let mut absent = Vec::new();
        for (target, at) in named.chain(unset) {
            let gone = rows_of(reader.vocabulary, target)
                .into_iter()
                .find(|(entity, id)| !there(*entity, id) && case.lists(*entity, id));
            absent.extend(gone.map(|(_, id)| not_there(id, at)));
        }
        for problem in absent {
            reader.problem(problem);
        }
        let rows = self.rows.into_iter().map(|(entity, row)| Change::AddRow(entity, row));
        let lists = self.complete.into_iter().map(|(entity, is)| Change::Complete(entity, is));
        let unset = self.unset.into_iter().map(|(target, _)| Change::Unset(target));
        let facts = statements.facts.into_iter().map(|fact| Change::State {
            target: fact.target,
            effect: fact.effect,
            record: fact.record,
        });
        rows.chain(lists).chain(unset).chain(facts).collect()
    }
}

fn mode(verb: Verb) -> Mode<'static> {
    Mode { verb, source: None, event: None, at_top: false }
}

impl Case {
    fn lists(&self, entity: EntityId, id: &str) -> bool {
        self.rows.iter().any(|row| row.entity == entity && row.id == id)
    }
}

fn not_there(id: &str, at: Span) -> Diagnostic {
    let message = format!("{} is not there at the time looked at", quoted(id));
    Diagnostic::new(code::case::UNKNOWN_ROW, at, message)
        .help("look at the case when it is, with --at, or add one with another id")
}

/// The rows of entities with many that a fact is about.
fn rows_of<'t>(vocabulary: &Vocabulary, target: &'t Target) -> Vec<(EntityId, &'t str)> {
    let rows = match target {
        Target::Attribute(id, row) => vec![(vocabulary.attribute(*id).entity, row.as_str())],
        Target::Tie(id, a, b) => {
            let [first, second] = vocabulary.relation(*id).entities;
            vec![(first, a.as_str()), (second, b.as_str())]
        }
    };
    let many = |(entity, _): &(EntityId, &str)| vocabulary.entity(*entity).kind == EntityKind::Many;
    rows.into_iter().filter(many).collect()
}

/// The entity with many rows of this name, or a problem.
fn many(reader: &mut Reader<'_>, name: &str, at: Span) -> Option<EntityId> {
    let list = Node { span: at, value: Value::Text(name.to_owned()) };
    let node = Node { span: at, value: Value::List(vec![list]) };
    let entry = Entry { key: "complete".to_owned(), at, node };
    header::complete(reader, &Table { entries: vec![entry] }).pop()
}
