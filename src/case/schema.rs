//! The JSON Schema of case files, from the vocabulary, so that editors complete them and say what each fact means.
//! It is a help in writing: what `read` says counts.

mod value;

use serde_json::{Map, Value, json};

use crate::knowledge::{
    Attribute, Entity, EntityId, EntityKind, Piece, Relation, Template, Type, Vocabulary,
};

/// The JSON Schema (2020-12) of case files over a vocabulary.
#[must_use]
pub fn schema(vocabulary: &Vocabulary) -> Value {
    let mut properties = Map::new();
    properties.insert("$schema".to_owned(), text("Where the schema of the case stands."));
    properties.insert("case".to_owned(), header(vocabulary));
    properties.insert("sources".to_owned(), sources());
    for (name, subject) in subjects(vocabulary, false) {
        properties.insert(name, subject);
    }
    properties.insert("event".to_owned(), events(vocabulary));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A case file",
        "description": "What is known of one partnership: its issue, its parties, their relations, and what happened.",
        "type": "object",
        "required": ["case"],
        "additionalProperties": false,
        "properties": properties,
        "$defs": value::definitions(vocabulary),
    })
}

/// An object with these properties and no others.
fn object(description: &str, properties: impl Into<Value>, required: &[&str]) -> Value {
    let properties: Value = properties.into();
    json!({
        "description": description,
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "required": required,
    })
}

/// An object whose keys are free.
fn keyed(description: &str, inner: &Value) -> Value {
    json!({ "description": description, "type": "object", "additionalProperties": inner })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn described(name: &str, description: &str) -> Value {
    json!({ "description": description, "$ref": format!("#/$defs/{name}") })
}

fn text(description: &str) -> Value {
    json!({ "description": description, "type": "string" })
}

fn header(vocabulary: &Vocabulary) -> Value {
    let many = vocabulary.entities.iter().filter(|entity| entity.kind == EntityKind::Many);
    let many: Vec<&str> = many.map(|entity| entity.name.as_str()).collect();
    let properties = json!({
        "id": described("id", "The id of the case."),
        "title": text("The title of the case."),
        "place": text("Where it takes place."),
        "source": described("id", "The source of every fact that names no other."),
        "evidence": described("evidence", "How well facts without a source are founded."),
        "complete": {
            "description": "Lists that leave nobody out.",
            "type": "array",
            "items": { "enum": many },
        },
        "cites": described("passages", "Passages of the guide that tell of the case."),
        "did": described("actions", "Actions that were taken before the first event."),
        "did_not": described("actions", "Actions that were not taken before the first event."),
    });
    object("The header of the case.", properties, &["id"])
}

fn sources() -> Value {
    let properties = json!({
        "title": text("What it is."),
        "evidence": described("evidence", "How well it founds a fact."),
        "date": described("date", "When it was written."),
    });
    keyed("What the facts were taken from, by id.", &object("A source.", properties, &[]))
}

fn events(vocabulary: &Vocabulary) -> Value {
    let changes = |description: &str, sets: bool| {
        let properties: Map<String, Value> = subjects_of(vocabulary, true, sets).collect();
        object(description, properties, &[])
    };
    let properties = json!({
        "id": described("id", "The id of the event."),
        "at": described("date", "When it happened: a year, a month or a day."),
        "after": described("id", "The event that it comes after."),
        "known": described("date", "When it could be known, if later."),
        "title": text("What happened, in one sentence."),
        "source": described("id", "The source of what it changes."),
        "cites": described("passages", "Passages of the guide that tell of it."),
        "set": changes("What holds from then on.", false),
        "add": changes("What comes into sets.", true),
        "remove": changes("What goes out of sets.", true),
        "did": described("actions", "Actions that were taken."),
        "did_not": described("actions", "Actions that were not taken."),
    });
    json!({
        "description": "What happened, one heading `[[event]]` each.",
        "type": "array",
        "items": object("An event.", properties, &["id"]),
    })
}

/// Everything with facts, by the key that it has in a case, or under `set` in an event.
fn subjects(vocabulary: &Vocabulary, inner: bool) -> impl Iterator<Item = (String, Value)> {
    subjects_of(vocabulary, inner, false)
}

fn subjects_of(
    vocabulary: &Vocabulary,
    inner: bool,
    sets: bool,
) -> impl Iterator<Item = (String, Value)> {
    let entities = vocabulary.entities.iter().enumerate().filter_map(move |(index, entity)| {
        let attributes = attributes(vocabulary, EntityId(index), sets);
        let skipped = entity.name == "case" && entity.kind == EntityKind::One;
        (!skipped && (!attributes.is_empty() || entity.kind == EntityKind::Many))
            .then(|| (entity.name.clone(), subject(vocabulary, entity, attributes, inner)))
    });
    let relations = vocabulary.relations.iter().filter(move |_| !sets);
    entities.chain(relations.map(|relation| (relation.name.clone(), tie(vocabulary, relation))))
}

fn attributes(vocabulary: &Vocabulary, entity: EntityId, sets: bool) -> Map<String, Value> {
    let attributes = vocabulary.attributes.iter().filter(|attribute| {
        attribute.entity == entity
            && attribute.action.is_none()
            && attribute.fixed.is_none()
            && (!sets || matches!(attribute.kind, Type::Set(_)))
    });
    let schema = |attribute: &Attribute| {
        let description = question(vocabulary, attribute);
        match attribute.kind {
            Type::Set(domain) if sets => {
                let domain = &vocabulary.domain(domain).name;
                described(&format!("list-{domain}"), &description)
            }
            kind => described(&value::name(vocabulary, kind), &description),
        }
    };
    attributes.map(|attribute| (attribute.name.clone(), schema(attribute))).collect()
}

fn subject(
    vocabulary: &Vocabulary,
    entity: &Entity,
    mut attributes: Map<String, Value>,
    inner: bool,
) -> Value {
    let label = if entity.label.is_empty() { &entity.name } else { &entity.label };
    match entity.kind {
        EntityKind::One => object(label, attributes, &[]),
        EntityKind::Many if inner => {
            let facts = object(label, attributes, &[]);
            keyed(&format!("By id: {label}"), &facts)
        }
        EntityKind::Many => {
            let mut properties = row_keys();
            properties.append(&mut attributes);
            json!({
                "description": format!("One heading `[[{}]]` each: {label}", entity.name),
                "type": "array",
                "maxItems": super::MAX_ROWS,
                "items": object(label, properties, &["id"]),
            })
        }
        EntityKind::Members(domain) => {
            let members = &vocabulary.domain(domain).members;
            let properties: Map<String, Value> = members
                .iter()
                .map(|member| {
                    let facts = object(&member.wording, attributes.clone(), &[]);
                    (member.name.clone(), facts)
                })
                .collect();
            object(label, properties, &[])
        }
    }
}

fn row_keys() -> Map<String, Value> {
    let boundary = |description: &str| {
        json!({
            "description": description,
            "anyOf": [reference("date"), reference("id")],
        })
    };
    let keys = [
        ("id", described("id", "How the rest of the case calls it.")),
        ("name", text("How texts call it.")),
        (
            "plural",
            json!({ "description": "Whether texts take the plural with it.", "type": "boolean" }),
        ),
        ("from", boundary("Since when it is there: a date or an event.")),
        ("until", boundary("Until when it is there: a date or an event.")),
        ("source", described("id", "The source of its facts.")),
        ("cites", described("passages", "Passages of the guide that tell of it.")),
    ];
    keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn tie(vocabulary: &Vocabulary, relation: &Relation) -> Value {
    let [first, second] = &relation.roles;
    let question = relation.question.as_ref().map(|template| {
        said(template, |role| relation.roles.get(role).map_or("…", String::as_str).to_owned())
    });
    let question = question.unwrap_or_else(|| relation.name.clone());
    let value = reference(&value::name(vocabulary, Type::Choice(relation.kind)));
    keyed(&question, &keyed(&format!("`{first}` toward each `{second}`"), &value))
}

fn question(vocabulary: &Vocabulary, attribute: &Attribute) -> String {
    let entity = vocabulary.entity(attribute.entity);
    let itself = match entity.kind {
        EntityKind::One => entity.label.clone(),
        _ => format!("this {}", entity.name.replace('_', " ")),
    };
    match &attribute.question {
        Some(template) => said(template, |_| itself.clone()),
        None => attribute.name.replace('_', " "),
    }
}

/// A question with words for its holes.
fn said(template: &Template, named: impl Fn(usize) -> String) -> String {
    let pieces = template.pieces.iter().map(|piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Itself => named(0),
        Piece::Role(role) => named(*role),
        Piece::Agreement(_, singular, _) | Piece::OwnAgreement(_, singular, _) => singular.clone(),
        Piece::Name(_) | Piece::Value(..) | Piece::Tie(..) | Piece::Field(..) => "…".to_owned(),
    });
    pieces.collect()
}
