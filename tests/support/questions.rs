//! A small pack and a case with gaps and a dispute, for tests of questions and of what-ifs.

use std::sync::OnceLock;

use convener::case::{self, Case, Filter, Format, Setting, SettingForm};
use convener::change::Change;
use convener::diagnostic::Diagnostics;
use convener::engine::{Limits, Model, Plan};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::report::Heading;
use convener::source::SourceMap;

const RULES: &str = include_str!("../fixtures/questions/pack.rules");

/// A ministry that others dispute about, NGOs of which little is known, and a fund that is no key party.
pub(crate) const CASE: &str = r#"
[case]
id = "water"
title = "Water for all"

[sources]
study = { title = "A study" }

[issue]
crisis = false
size = "unknown"

[partnership]
stage = "convening"

[[party]]
id = "fund"
name = "the fund"
weaknesses = { includes = ["founder"] }

[[party]]
id = "ministry"
name = "the ministry"
key = true
organized = { says = { ministry = "high", study = "low" } }
staff = { at_least = 5 }

[[party]]
id = "ngos"
name = "the NGOs"
plural = true
key = true

[[party]]
id = "donors"
from = "later"

[[event]]
id = "start"
at = "1990"
title = "It begins"

[[event]]
id = "later"
at = "1995"
title = "Donors come"

[trust]
ngos.ministry = "high"
"#;

/// The rules.
pub(crate) fn knowledge() -> &'static KnowledgeBase {
    static KNOWLEDGE: OnceLock<KnowledgeBase> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
        let compiled = super::compile("", RULES, &mut sources, &mut diagnostics);
        assert!(!diagnostics.has_errors(), "{}", super::shown(&diagnostics, &sources));
        compiled.unwrap()
    })
}

/// A case at its first event, with what its file says.
pub(crate) fn read(text: &str) -> (Case, Facts) {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let source = sources.add("water.toml", text);
    let case = case::read(source, text, Format::Toml, knowledge(), &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{}", super::shown(&diagnostics, &sources));
    let case = case.unwrap();
    let facts = case::facts(&case, &knowledge().vocabulary, &case.moment_of(0), &Filter::default());
    (case, facts)
}

/// How a setting is written: `PATH=VALUE`, `unset PATH`, `add ENTITY.ID`, or over several lines a file.
fn form(text: &str) -> (SettingForm, &str) {
    if text.contains('\n') {
        return (SettingForm::File(Format::Toml), text);
    }
    for (word, form) in [("unset ", SettingForm::Unset), ("add ", SettingForm::Add)] {
        if let Some(rest) = text.strip_prefix(word) {
            return (form, rest);
        }
    }
    (SettingForm::Set, text)
}

/// The changes that some settings ask for, or what is wrong with them.
pub(crate) fn changes(settings: &[&str]) -> Result<Vec<Change>, String> {
    let (case, facts) = read(CASE);
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let settings: Vec<Setting<'_>> = settings
        .iter()
        .map(|text| {
            let (form, text) = form(text);
            Setting { source: sources.add("set", text), text, form }
        })
        .collect();
    let read = case::changes(&settings, (&case, &facts), knowledge(), &mut diagnostics);
    assert_eq!(read.is_none(), diagnostics.has_errors(), "errors and refusal go together");
    read.ok_or_else(|| super::shown(&diagnostics, &sources))
}

/// The case with changes made.
pub(crate) fn changed(settings: &[&str]) -> Facts {
    let (_, facts) = read(CASE);
    let changes = changes(settings).unwrap_or_else(|problem| panic!("{problem}"));
    convener::change::changed(&knowledge().vocabulary, &facts, &changes)
}

pub(crate) fn infer(facts: &Facts) -> Model {
    Plan::new(knowledge()).infer(&[facts], Limits::default()).unwrap().remove(0)
}

pub(crate) fn heading() -> Heading {
    Heading {
        id: "water".to_owned(),
        title: "Water for all".to_owned(),
        seen: Some("1990-12-31".to_owned()),
        ..Heading::default()
    }
}
