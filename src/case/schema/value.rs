//! The part of the schema that says how values are written: one definition for each scale, enum and kind of value.

use serde_json::{Map, Value, json};

use crate::knowledge::{Domain, DomainId, EntityKind, Type, Vocabulary};

use super::{described, reference, text};

/// The name of the definition of a type.
pub(super) fn name(vocabulary: &Vocabulary, kind: Type) -> String {
    match kind {
        Type::Choice(domain) => format!("value-{}", vocabulary.domain(domain).name),
        Type::Set(domain) => format!("set-{}", vocabulary.domain(domain).name),
        Type::Number => "value-number".to_owned(),
        Type::Date => "value-date".to_owned(),
    }
}

/// All definitions.
pub(super) fn definitions(vocabulary: &Vocabulary) -> Map<String, Value> {
    let mut all = Map::new();
    all.insert("id".to_owned(), json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$" }));
    all.insert("date".to_owned(), date());
    all.insert("number".to_owned(), json!({ "type": "number" }));
    all.insert("evidence".to_owned(), json!({ "enum": ["documented", "reported", "assumed"] }));
    all.insert("actions".to_owned(), actions(vocabulary));
    all.insert("passages".to_owned(), json!({ "type": "array", "items": { "type": "string" } }));
    for (index, domain) in vocabulary.domains.iter().enumerate() {
        let member = format!("member-{}", domain.name);
        let list = format!("list-{}", domain.name);
        let plain = if index == 0 { json!([true, false, "yes", "no"]) } else { names(domain) };
        let described = json!({ "description": wordings(domain), "enum": plain });
        all.insert(member.clone(), described);
        all.insert(
            list.clone(),
            json!({
                "type": "array",
                "items": reference(&member),
                "uniqueItems": true,
            }),
        );
        let choice = Type::Choice(DomainId(index));
        let mut keys = vec![("is", member.clone()), ("one_of", list.clone())];
        if domain.ordered {
            keys.extend(order(&member));
        }
        all.insert(name(vocabulary, choice), value(&member, &keys));
        let set = Type::Set(DomainId(index));
        let keys = ["is", "includes", "excludes"].map(|key| (key, list.clone()));
        all.insert(name(vocabulary, set), value(&list, &keys));
    }
    for plain in ["number", "date"] {
        let mut keys = vec![("is", plain.to_owned())];
        keys.extend(order(plain));
        all.insert(format!("value-{plain}"), value(plain, &keys));
    }
    all
}

fn order(plain: &str) -> [(&'static str, String); 4] {
    ["at_least", "at_most", "above", "below"].map(|key| (key, plain.to_owned()))
}

fn date() -> Value {
    json!({
        "description": "A year, a month or a day: 1985, 1985-06, 1985-06-30.",
        "anyOf": [
            { "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" },
            { "type": "integer", "minimum": 1000, "maximum": 9999 },
        ],
    })
}

fn names(domain: &Domain) -> Value {
    domain.members.iter().map(|member| member.name.as_str()).collect()
}

fn wordings(domain: &Domain) -> String {
    let members = domain.members.iter();
    let words = members.map(|member| format!("{}: {}", member.name, member.wording));
    words.collect::<Vec<_>>().join("; ")
}

/// A value that is plain, unknown, or a table with these keys.
fn value(plain: &str, keys: &[(&str, String)]) -> Value {
    let bounds: Map<String, Value> = keys
        .iter()
        .map(|(key, definition)| {
            let unknown = json!({ "anyOf": [reference(definition), { "const": "unknown" }] });
            let list = json!({ "type": "array", "items": reference(definition) });
            let schema = match *key {
                "is" => unknown,
                "one_of" if !definition.starts_with("list-") => list,
                _ => reference(definition),
            };
            ((*key).to_owned(), schema)
        })
        .collect();
    let closed = |properties: &Map<String, Value>| json!({ "type": "object", "additionalProperties": false, "minProperties": 1, "properties": properties });
    let said = json!({
        "description": "Who says what, by the id of a party or of a source.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": { "anyOf": [reference(plain), { "const": "unknown" }, closed(&bounds)] },
    });
    let mut all = bounds.clone();
    all.insert("says".to_owned(), said);
    all.insert("source".to_owned(), described("id", "The source of this fact."));
    all.insert("evidence".to_owned(), described("evidence", "How well this fact is founded."));
    all.insert("note".to_owned(), text("A remark."));
    let unknown = json!({ "const": "unknown", "description": "Asked, and nobody knows." });
    json!({ "anyOf": [reference(plain), unknown, closed(&all)] })
}

fn actions(vocabulary: &Vocabulary) -> Value {
    let general = vocabulary.attributes.iter().filter(|attribute| {
        attribute.action.is_some() && vocabulary.entity(attribute.entity).kind == EntityKind::One
    });
    let names: Vec<&str> = general.map(|attribute| attribute.name.as_str()).collect();
    json!({
        "type": "array",
        "items": { "anyOf": [
            { "enum": names },
            {
                "type": "object",
                "additionalProperties": false,
                "required": ["action"],
                "properties": {
                    "action": { "enum": names },
                    "for": described("id", "For whom it was taken."),
                },
            },
        ] },
    })
}
