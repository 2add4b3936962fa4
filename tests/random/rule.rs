//! Random rules over a vocabulary with its definitions.

use super::choice::Choices;
use super::condition::Scope;
use super::words::Words;

/// A rule as far as later ones must know it.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) name: String,
    /// The entities of its subject; under `two` that word first.
    entities: Vec<String>,
    pub(crate) text: String,
}

/// A rule that may override those before it.
pub(crate) fn random(words: &Words, choices: &mut Choices, before: &[Rule]) -> Rule {
    let name = format!("rule-{}", before.len());
    let depth = if choices.chance(25) { 3 } else { 2 };
    let mut scope = Scope::new(words, depth);
    let (subject, entities) = subject(words, choices, &mut scope);
    let mut text = String::new();
    let alike: Vec<&Rule> = before.iter().filter(|rule| rule.entities == entities).collect();
    let overridden = choices.some_of(&alike, 0, 55);
    if !overridden.is_empty() {
        let names: Vec<&str> = overridden.iter().map(|rule| &*rule.name).collect();
        text.push_str(&format!("  overrides {}\n", names.join(", ")));
    }
    text.push_str(&subject);
    if !entities.is_empty() && choices.chance(40) {
        text.push_str(&format!("    {}\n", scope.block(choices, 1, 2)));
    }
    text.push_str(&format!("  when {}\n", scope.block(choices, 1, 3)));
    for _ in 0..choices.weighted(&[5, 4, 1]) {
        text.push_str(&format!("  unless {}\n", scope.block(choices, 1, 2)));
    }
    let text = format!("rule {name} {{\n{text}  note \"So it is.\"\n}}");
    Rule { name, entities, text }
}

fn subject(words: &Words, choices: &mut Choices, scope: &mut Scope) -> (String, Vec<String>) {
    let ranges = words.ranges();
    let mut entities = Vec::new();
    if choices.chance(20) {
        let range = if choices.chance(25) { choices.of(&ranges) } else { &ranges[0] };
        *scope = scope.with(range, false).with(range, true);
        return (format!("  for two {range} a, b\n"), vec!["two".to_owned(), range.clone()]);
    }
    let mut parameters = Vec::new();
    for _ in 0..choices.weighted(&[2, 6, 4, 1]) {
        let range = if choices.chance(30) { choices.of(&ranges) } else { &ranges[0] };
        let other = entities.contains(range);
        *scope = scope.with(range, other);
        let name = &scope.variables[scope.variables.len() - 1].name;
        parameters.push(format!("{}{range} {name}", if other { "other " } else { "" }));
        entities.push(range.clone());
    }
    if parameters.is_empty() {
        return (String::new(), entities);
    }
    (format!("  for {}\n", parameters.join(", ")), entities)
}
