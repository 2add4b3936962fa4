//! Order and form mean nothing: shuffled keys and rows, and JSON of the same shape, give the same facts.

use convener::case::{self, Filter, Format};
use convener::facts::Facts;
use proptest::prelude::*;

use super::read;

const CASE: &str = r#"
[case]
id = "immunization"
title = "Immunization"
source = "study"
complete = ["party"]
did = ["organize-first", { action = "co-sponsor", for = "unicef" }]
[sources]
study = { title = "A study" }
talk = { title = "A talk", evidence = "reported", date = "1980" }
[issue]
crisis = true
[sector.market]
affected = { at_most = "low" }
[sector.state]
affected = "high"
[[party]]
id = "ministry"
name = "Ministry of Health"
sector = ["state"]
organized = { is = "low", source = "talk", note = "no outreach" }
trusted = { says = { ngos = "low", unicef = "high" } }
members = 12.5
joined = "1985-06"
[[party]]
id = "ngos"
plural = true
resources = { includes = ["money"], excludes = ["labour"] }
key = "unknown"
[[party]]
id = "unicef"
from = "approach"
[credible]
unicef.ministry = "high"
unicef.ngos = "medium"
ngos.ministry = "low"
[friends]
unicef.ngos = true
[[event]]
id = "approach"
at = "1985-12"
known = "1986-02"
set.partnership.stage = "convening"
add.party.ngos.resources = ["labour"]
did = ["co-sponsor"]
[[event]]
id = "campaign"
after = "approach"
set.partnership.stage = "implementation"
remove.party.ngos.resources = ["money"]
"#;

/// A case as JSON; dates are texts.
fn json(text: &str) -> serde_json::Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

/// The facts at each event and at the end, without places.
fn bare(text: &str, format: Format) -> Vec<String> {
    let (case, said) = read(text, format);
    let case = case.unwrap_or_else(|| panic!("{said}\n{text}"));
    let words = super::vocabulary::vocabulary();
    (0..=case.events.len())
        .map(|index| {
            let mut facts = case::facts(&case, words, &case.moment_of(index), &Filter::default());
            without_places(&mut facts);
            format!("{facts:?}")
        })
        .collect()
}

fn without_places(facts: &mut Facts) {
    for cell in facts.cells.iter_mut().chain(facts.ties.values_mut()) {
        if let Some(record) = &mut cell.record {
            record.span.start = 0;
            record.span.end = 0;
        }
    }
}

#[test]
fn json_of_the_same_shape_gives_the_same_facts() {
    let text = serde_json::to_string_pretty(&json(CASE)).unwrap();
    assert_eq!(bare(&text, Format::Json), bare(CASE, Format::Toml));
    let with_schema = text.replacen('{', "{ \"$schema\": \"case.schema.json\",", 1);
    assert_eq!(bare(&with_schema, Format::Json), bare(CASE, Format::Toml));
    let marked = format!("\u{feff}{text}");
    assert_eq!(bare(&marked, Format::Json), bare(CASE, Format::Toml));
}

#[test]
fn json_is_one_object() {
    let said = read("[1, 2]", Format::Json).1;
    assert!(said.starts_with("error[wrong-value]: a case file in JSON is one object"), "{said}");
}

/// Shuffles the keys of every object, and lists whose order means nothing.
fn shuffle(value: &mut serde_json::Value, numbers: &mut dyn Iterator<Item = usize>) {
    match value {
        serde_json::Value::Object(object) => {
            let mut entries: Vec<_> = std::mem::take(object).into_iter().collect();
            permute(&mut entries, numbers);
            for (key, mut value) in entries {
                shuffle(&mut value, numbers);
                object.insert(key, value);
            }
        }
        serde_json::Value::Array(items) => {
            permute(items, numbers);
            for item in items.iter_mut() {
                shuffle(item, numbers);
            }
        }
        _ => {}
    }
}

fn permute<T>(items: &mut [T], numbers: &mut dyn Iterator<Item = usize>) {
    for index in (1..items.len()).rev() {
        let other = numbers.next().unwrap_or(0) % (index + 1);
        items.swap(index, other);
    }
}

proptest! {
    #[test]
    fn order_means_nothing(seed in proptest::collection::vec(any::<usize>(), 200)) {
        let mut value = json(CASE);
        shuffle(&mut value, &mut seed.into_iter());
        let text = value.to_string();
        prop_assert_eq!(bare(&text, Format::Json), bare(CASE, Format::Toml));
    }
}

#[test]
fn the_schema_knows_every_key_of_a_case_and_resolves_every_reference() {
    let schema = case::schema(super::vocabulary::vocabulary());
    let properties = schema["properties"].as_object().unwrap();
    for key in json(CASE).as_object().unwrap().keys() {
        assert!(properties.contains_key(key), "{key}");
    }
    let party = &schema["properties"]["party"]["items"]["properties"];
    assert_eq!(
        party["organized"]["description"],
        "How well can this party act as one organisation?"
    );
    assert!(party.get("co-sponsor").is_none());
    assert!(schema["properties"].get("weakness").is_none(), "its one attribute is fixed");
    let event = &schema["properties"]["event"]["items"]["properties"];
    assert!(event["set"]["properties"]["credible"].is_object());
    assert!(
        event["add"]["properties"]["party"]["additionalProperties"]["properties"]["sector"]
            .is_object()
    );
    let definitions = schema["$defs"].as_object().unwrap();
    for name in schema.to_string().split("#/$defs/").skip(1) {
        let name = name.split('"').next().unwrap();
        assert!(definitions.contains_key(name), "{name}");
    }
    assert_eq!(schema, case::schema(super::vocabulary::vocabulary()));
}
