//! What several tests share: fixtures, and the pipeline from texts to diagnostics.

pub(crate) mod beside;
pub(crate) mod clingo;
pub(crate) mod evaluator;
pub(crate) mod fixture;
pub(crate) mod questions;
pub(crate) mod shipped;
pub(crate) mod small;
pub(crate) mod terminal;
pub(crate) mod timeline;

use convener::diagnostic::{Diagnostics, render};
use convener::knowledge::KnowledgeBase;
use convener::pack::{Pack, Passage};
use convener::source::{SourceId, SourceMap, Span};

/// Citations that fixtures may use.
const PASSAGES: [&str; 4] = ["s1.a", "s1.b", "pit.a", "pit.b"];

/// A pack of one rule file, without a manifest.
#[must_use]
pub(crate) fn pack(source: SourceId, text: &str, diagnostics: &mut Diagnostics) -> Pack {
    let span = Span { source, start: 0, end: 0 };
    let file = convener::syntax::parse(source, text, diagnostics);
    let passages = PASSAGES.map(|id| Passage {
        id: id.to_owned(),
        source: "guide".to_owned(),
        place: "a place".to_owned(),
        span,
    });
    Pack {
        id: "fixture".to_owned(),
        title: "A fixture".to_owned(),
        version: "1".to_owned(),
        extends: None,
        references: Vec::new(),
        passages: passages.to_vec(),
        files: vec![file],
        hash: String::new(),
        span,
        doubtful: false,
    }
}

/// Compiles a prelude and a text as one pack; the knowledge base is there only where nothing stops it.
pub(crate) fn compile(
    prelude: &str,
    input: &str,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<KnowledgeBase> {
    let first = sources.add("prelude.rules", prelude);
    let second = sources.add("test.rules", input);
    let mut whole = pack(first, prelude, diagnostics);
    whole.files.extend(pack(second, input, diagnostics).files);
    convener::compile::compile(&[whole], diagnostics)
}

/// The diagnostics of a rule text; `no problem` where there are none.
#[must_use]
pub(crate) fn check_rules(prelude: &str, input: &str) -> String {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let knowledge = compile(prelude, input, &mut sources, &mut diagnostics);
    assert_eq!(knowledge.is_none(), diagnostics.has_errors(), "errors and refusal go together");
    shown(&diagnostics, &sources)
}

/// The diagnostics of a case file read against the vocabulary of the prelude; `no problem` where there are none. A case that
/// starts with `{` is read as JSON.
#[must_use]
pub(crate) fn check_case(prelude: &str, input: &str) -> String {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let Some(knowledge) = compile(prelude, "", &mut sources, &mut diagnostics) else {
        return shown(&diagnostics, &sources);
    };
    let json = input.trim_start().starts_with('{');
    let format = if json { convener::case::Format::Json } else { convener::case::Format::Toml };
    let source = sources.add(if json { "case.json" } else { "case.toml" }, input);
    let mut diagnostics = Diagnostics::default();
    let case = convener::case::read(source, input, format, &knowledge, &mut diagnostics);
    assert_eq!(case.is_none(), diagnostics.has_errors(), "errors and refusal go together");
    shown(&diagnostics, &sources)
}

#[must_use]
pub(crate) fn shown(diagnostics: &Diagnostics, sources: &SourceMap) -> String {
    if diagnostics.is_empty() {
        "no problem".to_owned()
    } else {
        render::render(diagnostics, sources, false)
    }
}
