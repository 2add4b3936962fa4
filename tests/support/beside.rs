//! The files beside a case, read against one case and a few rules.

use std::sync::OnceLock;

use convener::case::{self, Beside, Case, Format};
use convener::diagnostic::Diagnostics;
use convener::engine::{Limits, Plan};
use convener::knowledge::KnowledgeBase;
use convener::source::{SourceId, SourceMap};
use convener::trial;

/// The vocabulary that the pages on case files speak of, and rules over it.
const WORDS: &str = include_str!("../fixtures/case/vocabulary.rules");
const RULES: &str = include_str!("../fixtures/case/rules.rules");

/// The case.
pub(crate) const CASE: &str = r#"
[case]
id = "water"
source = "study"

[sources]
study = { title = "A study" }
talks = { title = "Talks", evidence = "reported" }

[issue]
crisis = { is = false, note = "Nobody speaks for the villages yet." }

[partnership]
stage = "preconditions"

[[party]]
id = "ministry"
key = true
organized = { says = { study = "high", talks = "low" } }

[[party]]
id = "ngos"
key = true
organized = "low"
joined = "1989"

[[party]]
id = "unicef"
from = "approach"

[[event]]
id = "start"
at = "1985"
title = "It begins"

[[event]]
id = "approach"
at = "1986-03"
source = "talks"
set.party.ngos.organized = "medium"
did = [{ action = "organize-first", for = "ngos" }]
"#;

/// The rules.
pub(crate) fn knowledge() -> &'static KnowledgeBase {
    static KNOWLEDGE: OnceLock<KnowledgeBase> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
        let compiled = super::compile(WORDS, RULES, &mut sources, &mut diagnostics);
        assert_eq!(super::shown(&diagnostics, &sources), "no problem");
        compiled.unwrap()
    })
}

/// The case, read.
pub(crate) fn case() -> Case {
    case_of(SourceId(9))
}

fn case_of(source: SourceId) -> Case {
    let mut diagnostics = Diagnostics::default();
    let read = case::read(source, CASE, Format::Toml, knowledge(), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    read.unwrap()
}

/// Reads a file beside the case, its outcome if it says `[outcome]` anywhere, else what is expected of it; and tries that.
pub(crate) fn read(text: &str, sources: &mut SourceMap, diagnostics: &mut Diagnostics) {
    let (case, knowledge) = (case_of(sources.add("water.toml", CASE)), knowledge());
    let is_outcome = text.contains("[outcome]");
    let name = if is_outcome { "water.outcome.toml" } else { "water.expect.toml" };
    let source = sources.add(name, text);
    let beside = Beside { source, text, case: &case, knowledge };
    if is_outcome {
        let outcome = case::outcome::read(beside, diagnostics);
        assert_eq!(outcome.is_none(), diagnostics.has_errors(), "errors and refusal go together");
        return;
    }
    let expected = case::expected::read(beside, diagnostics);
    assert_eq!(expected.is_none(), diagnostics.has_errors(), "errors and refusal go together");
    if let Some(expected) = expected {
        let with = (knowledge, &Plan::new(knowledge));
        trial::on_case(with, &case, &expected, Limits::default(), diagnostics).unwrap();
    }
}

/// What is said of a file beside the case.
pub(crate) fn check(_: &str, input: &str) -> String {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    read(input, &mut sources, &mut diagnostics);
    super::shown(&diagnostics, &sources)
}
