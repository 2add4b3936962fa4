//! Tables of facts: attributes of rows, of a `one`, of members; and relations. The same shapes stand at the top of a case
//! and under `set`, `add` and `remove` of an event.

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::{
    Attribute, AttributeId, EntityId, EntityKind, Relation, RelationId, Type, Vocabulary,
};
use crate::source::Span;

use super::document::{Entry, Table, Value};
use super::read::{Reader, short};
use super::row::{self, Listed};
use super::value::{members, value};
use super::words::quoted;
use super::{Effect, Fact, Statements, Target, cites};

/// What the facts of a table do, and what they share.
#[derive(Clone, Copy)]
pub(super) struct Mode<'m> {
    pub(super) verb: Verb,
    /// The source of those that name no other.
    pub(super) source: Option<&'m str>,
    /// The event that states them.
    pub(super) event: Option<&'m str>,
    /// Whether they stand at the top of a case, or in the entry of a row, among what is no fact.
    pub(super) at_top: bool,
}

/// What a fact does to what held before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Set,
    Add,
    Remove,
}

/// Keys at the top of a case that are no part of the vocabulary.
const TOP: [&str; 3] = ["case", "sources", "event"];
/// The key by which a case in JSON tells editors of its schema.
const SCHEMA: &str = "$schema";

/// Reads what holds from the start.
pub(super) fn base(
    reader: &mut Reader<'_>,
    document: &Table,
    listed: &[Listed<'_>],
    source: Option<&str>,
    out: &mut Statements,
) {
    let mode = Mode { verb: Verb::Set, source, event: None, at_top: true };
    for row in listed {
        cites::read(reader, row.table);
        let mode = Mode { source: row.source.as_deref().or(source), ..mode };
        attributes(reader, row.entity, &row.id, row.table, mode, out);
    }
    let other = |entry: &&Entry| !TOP.contains(&entry.key.as_str()) && entry.key != SCHEMA;
    for entry in document.entries.iter().filter(other) {
        let entity = entity(reader.vocabulary, &entry.key);
        let is_list =
            entity.is_some_and(|entity| reader.vocabulary.entity(entity).kind == EntityKind::Many);
        if !is_list {
            subject(reader, entry, mode, out);
        }
    }
}

/// Reads one entry whose key is an entity or a relation.
pub(super) fn subject(
    reader: &mut Reader<'_>,
    entry: &Entry,
    mode: Mode<'_>,
    out: &mut Statements,
) {
    if let Some(entity) = entity(reader.vocabulary, &entry.key) {
        return of_entity(reader, entity, entry, mode, out);
    }
    if let Some(relation) = reader.vocabulary.find_relation(&entry.key) {
        return of_relation(reader, relation, entry, mode, out);
    }
    let vocabulary = reader.vocabulary;
    let entities = (0..vocabulary.entities.len()).map(EntityId);
    let mut known: Vec<&str> = entities
        .filter(|id| entity(vocabulary, &vocabulary.entity(*id).name).is_some())
        .map(|id| vocabulary.entity(id).name.as_str())
        .chain(vocabulary.relations.iter().map(|relation| relation.name.as_str()))
        .collect();
    if mode.at_top {
        known.extend(TOP);
    }
    let owners = owners(vocabulary, &entry.key);
    let message = format!("the rules know nothing called {}", quoted(&entry.key));
    let row = reader.rows.iter().find(|(_, rows)| rows.contains_key(&entry.key));
    if let Some((entity, _)) = row {
        let name = &vocabulary.entity(*entity).name;
        let help = format!("it is a {name}: write `{name}.{}`", entry.key);
        reader.problem(Diagnostic::new(code::case::UNKNOWN_KEY, entry.at, message).help(help));
    } else if owners.is_empty() {
        let known = known.iter().copied();
        reader.unknown(code::case::UNKNOWN_KEY, entry.at, message, &entry.key, known);
    } else {
        let help = format!("it is a fact of {}", super::words::list(owners, "and of"));
        reader.problem(Diagnostic::new(code::case::UNKNOWN_KEY, entry.at, message).help(help));
    }
}

/// Entities that have an attribute of this name.
pub(super) fn owners<'v>(vocabulary: &'v Vocabulary, name: &str) -> Vec<&'v str> {
    let attributes = vocabulary.attributes.iter();
    attributes
        .filter(|attribute| attribute.name == name && is_fact(attribute))
        .map(|attribute| vocabulary.entity(attribute.entity).name.as_str())
        .collect()
}

fn is_fact(attribute: &Attribute) -> bool {
    attribute.action.is_none() && attribute.fixed.is_none()
}

/// The entity that a key of a case names: the row of actions is none, nor are members without attributes.
pub(super) fn entity(vocabulary: &Vocabulary, name: &str) -> Option<EntityId> {
    let entity = vocabulary.find_entity(name)?;
    let mut attributes = vocabulary.attributes.iter();
    match vocabulary.entity(entity).kind {
        EntityKind::Many => Some(entity),
        EntityKind::One => (name != "case").then_some(entity),
        EntityKind::Members(_) => attributes
            .any(|attribute| attribute.entity == entity && attribute.action.is_none())
            .then_some(entity),
    }
}

fn of_entity(
    reader: &mut Reader<'_>,
    entity: EntityId,
    entry: &Entry,
    mode: Mode<'_>,
    out: &mut Statements,
) {
    let one = reader.vocabulary.entity(entity).kind == EntityKind::One;
    let form = match (&entry.node.value, one) {
        (Value::List(_), true) => format!("the heading with one bracket: `[{}]`", entry.key),
        (_, true) => format!("`[{}]`, then its facts", entry.key),
        (_, false) => format!("`[{}.…]`, then its facts", entry.key),
    };
    let Some(table) = reader.table(entry, &form) else { return };
    if one {
        return attributes(reader, entity, "", table, mode, out);
    }
    for entry in &table.entries {
        if !reader.row(entity, &entry.key, entry.at) {
            continue;
        }
        if let Some(table) = reader.table(entry, "its facts as a table") {
            attributes(reader, entity, &entry.key, table, mode, out);
        }
    }
}

/// Reads the attributes of one row.
pub(super) fn attributes(
    reader: &mut Reader<'_>,
    entity: EntityId,
    row: &str,
    table: &Table,
    mode: Mode<'_>,
    out: &mut Statements,
) {
    let listed = reader.vocabulary.entity(entity).kind == EntityKind::Many && mode.at_top;
    for entry in &table.entries {
        if listed && row::KEYS.contains(&entry.key.as_str()) {
            continue;
        }
        let Some(id) = reader.vocabulary.find_attribute(entity, &entry.key) else {
            unknown_attribute(reader, entity, entry, listed);
            continue;
        };
        let attribute = reader.vocabulary.attribute(id);
        if attribute.fixed.is_some() {
            let message = format!("{} is fixed by the rules", quoted(&entry.key));
            reader.problem(
                Diagnostic::new(code::case::FIXED_FACT, entry.at, message)
                    .help("leave it out; a rule file of your own can change it"),
            );
            continue;
        }
        let target = Target::Attribute(id, row.to_owned());
        leaf(reader, entry, target, attribute.kind, mode, out);
    }
}

fn unknown_attribute(reader: &mut Reader<'_>, entity: EntityId, entry: &Entry, listed: bool) {
    let vocabulary = reader.vocabulary;
    let name = &vocabulary.entity(entity).name;
    let message = format!("{} is not a fact of `{name}`", quoted(&entry.key));
    let owners = owners(vocabulary, &entry.key);
    if !owners.is_empty() {
        let help = format!("it is a fact of {}", super::words::list(owners, "and of"));
        reader.problem(Diagnostic::new(code::case::UNKNOWN_KEY, entry.at, message).help(help));
        return;
    }
    if let Some(relation) = vocabulary.find_relation(&entry.key) {
        let [first, second] = &vocabulary.relation(relation).roles;
        let help = format!(
            "it is between two: `[{}]`, then a line `{first}.{second} = …` with their ids",
            entry.key
        );
        reader.problem(Diagnostic::new(code::case::UNKNOWN_KEY, entry.at, message).help(help));
        return;
    }
    let own = (0..vocabulary.attributes.len()).map(AttributeId).map(|id| vocabulary.attribute(id));
    let own = own.filter(|attribute| attribute.entity == entity && is_fact(attribute));
    let mut known: Vec<&str> = own.map(|attribute| attribute.name.as_str()).collect();
    if listed {
        known.extend(row::KEYS);
    }
    let known = known.iter().copied();
    reader.unknown(code::case::UNKNOWN_KEY, entry.at, message, &entry.key, known);
}

fn of_relation(
    reader: &mut Reader<'_>,
    id: RelationId,
    entry: &Entry,
    mode: Mode<'_>,
    out: &mut Statements,
) {
    let relation = reader.vocabulary.relation(id);
    let [first, second] = &relation.roles;
    let form = format!("`[{}]`, then a line `{first}.{second} = …`", relation.name);
    let Some(table) = reader.table(entry, &form) else { return };
    for outer in &table.entries {
        if !reader.row(relation.entities[0], &outer.key, outer.at) {
            continue;
        }
        let Value::Table(inner) = &outer.node.value else {
            half(reader, outer, relation);
            continue;
        };
        for entry in &inner.entries {
            if !reader.row(relation.entities[1], &entry.key, entry.at) {
                continue;
            }
            let same = relation.entities[0] == relation.entities[1];
            if same && outer.key == entry.key {
                itself(reader, entry.at, &outer.key, &relation.name);
                continue;
            }
            let swap = relation.symmetric && entry.key < outer.key;
            let (a, b) = if swap { (entry, outer) } else { (outer, entry) };
            let target = Target::Tie(id, a.key.clone(), b.key.clone());
            leaf(reader, entry, target, Type::Choice(relation.kind), mode, out);
        }
    }
}

/// Says that a relation names only one of its two.
fn half(reader: &mut Reader<'_>, outer: &Entry, relation: &Relation) {
    let (name, one) = (&relation.name, quoted(&outer.key));
    let [first, second] = &relation.roles;
    reader.problem(
        Diagnostic::new(
            code::case::WRONG_VALUE,
            outer.at,
            format!("`{name}` is between two, and this names only {one}"),
        )
        .help(format!(
            "name both, `{first}` first and then `{second}`: `{}.… = …`",
            short(&outer.key)
        )),
    );
}

fn itself(reader: &mut Reader<'_>, at: Span, row: &str, relation: &str) {
    let message = format!("`{relation}` is between two, and this is {} twice", quoted(row));
    reader.problem(
        Diagnostic::new(code::case::SELF_RELATION, at, message).help("name the other one here"),
    );
}

/// Reads the value of one fact.
fn leaf(
    reader: &mut Reader<'_>,
    entry: &Entry,
    target: Target,
    kind: Type,
    mode: Mode<'_>,
    out: &mut Statements,
) {
    let what = quoted(&entry.key);
    let what = match &target {
        Target::Attribute(..) => what,
        Target::Tie(relation, ..) => format!("`{}`", reader.vocabulary.relation(*relation).name),
    };
    let (effect, stated) = if mode.verb == Verb::Set {
        let Some(stated) = value(reader, &entry.node, kind, &what) else { return };
        (Effect::Set(stated.possible), Some(stated))
    } else {
        let Type::Set(domain) = kind else {
            let message = format!("{what} is one value; only sets are added to or taken from");
            reader.problem(
                Diagnostic::new(code::case::WRONG_VALUE, entry.at, message).help("use `set`"),
            );
            return;
        };
        let Some(members) = members(reader, &entry.node, domain, &what) else { return };
        let add = mode.verb == Verb::Add;
        (if add { Effect::Add(members) } else { Effect::Remove(members) }, None)
    };
    let span = entry.at.to(entry.node.span);
    let record = match stated {
        Some(stated) => stated.record(reader, span, mode.source, mode.event),
        None => super::value::bare(reader, span, mode.source, mode.event),
    };
    out.facts.push(Fact { target, effect, record });
}
