//! Random defines and derives. Each uses only those before it, so that the whole is stratified.

use super::choice::Choices;
use super::condition::Scope;
use super::words::{Attribute, Predicate, Rows, Words};
use crate::oracle::value::Kind;

const ROLES: [&str; 3] = ["a", "b", "c"];

/// Adds a definition, and its items.
pub(crate) fn add(words: &mut Words, choices: &mut Choices, number: usize) {
    match choices.weighted(&[5, 4, 3, 2]) {
        0 => defines(words, choices, &[format!("pred{number}")]),
        1 => derive(words, choices, number),
        2 => derive_extreme(words, choices, number),
        _ => defines(words, choices, &[format!("pred{number}"), format!("pair{number}")]),
    }
}

/// Predicates that may use each other.
fn defines(words: &mut Words, choices: &mut Choices, names: &[String]) {
    let mut group = Vec::new();
    for name in names {
        let count = choices.weighted(&[5, 5, 1]) + 1;
        let parameter = |choices: &mut Choices, place: usize| {
            let ranges = words.ranges();
            let range = if choices.chance(25) { choices.of(&ranges) } else { &ranges[0] };
            (range.clone(), ROLES[place].to_owned())
        };
        let parameters = (0..count).map(|place| parameter(choices, place)).collect();
        group.push(Predicate { name: name.clone(), parameters });
    }
    let mut items = Vec::new();
    for predicate in &group {
        for _ in 0..choices.between(1, 2) {
            let mut scope = Scope::new(words, 2);
            for (entity, _) in &predicate.parameters {
                scope = scope.with(entity, true);
            }
            if choices.chance(60) {
                scope.recursive.clone_from(&group);
            }
            let block = scope.block(choices, 1, 3);
            let parameters: Vec<String> = predicate
                .parameters
                .iter()
                .map(|(entity, name)| format!("{entity} {name}"))
                .collect();
            let parameters = parameters.join(", ");
            items.push(format!("define {}({parameters}) {{ when {block} }}", predicate.name));
        }
    }
    words.items.extend(items);
    words.predicates.extend(group);
}

/// Whose attribute is derived: as written before the type, the name of the row, the scope.
struct Target<'w> {
    entity: String,
    text: String,
    scope: Scope<'w>,
}

fn target<'w>(words: &'w Words, choices: &mut Choices, name: &str) -> Target<'w> {
    let scope = Scope::new(words, 2);
    let ranges = words.ranges();
    match choices.below(3) {
        0 => Target { entity: "issue".to_owned(), text: format!("issue.{name}"), scope },
        1 => {
            let entity = "party".to_owned();
            let scope = scope.with(&entity, false);
            Target { entity, text: format!("{name} of party a"), scope }
        }
        _ => {
            let entity = choices.of(&ranges).clone();
            let scope = scope.with(&entity, false);
            Target { text: format!("{name} of {entity} a"), entity, scope }
        }
    }
}

fn derive(words: &mut Words, choices: &mut Choices, number: usize) {
    let name = format!("drv{number}");
    let domain = match choices.below(4) {
        0 => "yes_no".to_owned(),
        _ => choices.of(&words.domains).name.clone(),
    };
    let members = words.members(&domain);
    let target = target(words, choices, &name);
    let body = if choices.chance(50) {
        table(words, choices, &target, &members)
    } else {
        branches(choices, &target, &members)
    };
    let item = format!("derive {} {domain} {body}", target.text);
    let entity = target.entity;
    words.items.push(item);
    let kind = Kind::Choice(domain);
    words.attributes.push(Attribute { entity, name, kind, derived: true, fixed: false });
}

fn result(choices: &mut Choices, members: &[String]) -> String {
    match choices.weighted(&[6, 2, 1]) {
        0 => choices.of(members).clone(),
        1 => choices.some_of(members, 1, 50).join("|"),
        _ => "unknown".to_owned(),
    }
}

fn branches(choices: &mut Choices, target: &Target, members: &[String]) -> String {
    let mut text = String::new();
    for _ in 0..choices.between(1, 3) {
        let result = result(choices, members);
        text.push_str(&format!("  {result} when {}\n", target.scope.block(choices, 1, 2)));
    }
    if choices.chance(60) {
        text.push_str(&format!("  {} otherwise\n", result(choices, members)));
    }
    format!("{{\n{text}}}")
}

/// A decision table over one to three attributes of the row itself and of the issue.
fn table(words: &Words, choices: &mut Choices, target: &Target, members: &[String]) -> String {
    let usable = |attribute: &&Attribute| {
        let mine = attribute.entity == target.entity && !target.scope.variables.is_empty();
        (mine || attribute.entity == "issue") && matches!(attribute.kind, Kind::Choice(_))
    };
    let inputs: Vec<&Attribute> = words.attributes.iter().filter(usable).collect();
    let mut inputs: Vec<&Attribute> = choices.some_of(&inputs, 1, 50);
    inputs.truncate(3);
    if inputs.is_empty() {
        return branches(choices, target, members);
    }
    let path = |attribute: &&Attribute| {
        let whose = if attribute.entity == "issue" { "issue" } else { "a" };
        format!("{whose}.{}", attribute.name)
    };
    let paths: Vec<String> = inputs.iter().map(path).collect();
    let mut text = String::new();
    for _ in 0..choices.between(1, 4) {
        for input in &inputs {
            let Kind::Choice(domain) = &input.kind else { continue };
            let cell = if choices.chance(30) {
                "_".to_owned()
            } else {
                choices.some_of(&words.members(domain), 1, 50).join("|")
            };
            text.push_str(&format!("  {cell}"));
        }
        text.push_str(&format!(" -> {}\n", result(choices, members)));
    }
    format!("by {} {{\n{text}}}", paths.join(", "))
}

fn derive_extreme(words: &mut Words, choices: &mut Choices, number: usize) {
    let name = format!("top{number}");
    let target = target(words, choices, &name);
    let found = target.scope.extreme(choices);
    let Some(extreme) = found.filter(|extreme| matches!(extreme.kind, Kind::Choice(_))) else {
        return derive(words, choices, number);
    };
    let item =
        format!("derive {} {} {{ {} }}", target.text, words.kind_text(&extreme.kind), extreme.text);
    let entity = target.entity;
    words.items.push(item);
    words.attributes.push(Attribute {
        entity,
        name,
        kind: extreme.kind,
        derived: true,
        fixed: false,
    });
}

/// Whether a case lists the rows of an entity or has the one row or the members by itself.
pub(crate) fn is_listed(words: &Words, entity: &str) -> bool {
    words.rows(entity) == Rows::Many
}
