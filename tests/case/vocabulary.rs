//! The vocabulary of `tests/fixtures/case/vocabulary.rules`.

use std::sync::OnceLock;

use convener::diagnostic::Diagnostics;
use convener::knowledge::{KnowledgeBase, Vocabulary};
use convener::source::SourceMap;

/// The vocabulary.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    &knowledge().vocabulary
}

/// All that the file says, with the passages of the fixtures.
pub(crate) fn knowledge() -> &'static KnowledgeBase {
    static KNOWLEDGE: OnceLock<KnowledgeBase> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        let text = include_str!("../fixtures/case/vocabulary.rules");
        let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
        let compiled = crate::support::compile("", text, &mut sources, &mut diagnostics);
        assert!(!diagnostics.has_errors(), "{}", crate::support::shown(&diagnostics, &sources));
        compiled.unwrap()
    })
}
