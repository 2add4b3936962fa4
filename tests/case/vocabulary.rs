//! The vocabulary of `tests/fixtures/case/vocabulary.rules`.

use std::sync::OnceLock;

use convener::diagnostic::Diagnostics;
use convener::knowledge::Vocabulary;
use convener::source::SourceMap;

/// The vocabulary.
pub(crate) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let text = include_str!("../fixtures/case/vocabulary.rules");
        let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
        let compiled = crate::support::compile("", text, &mut sources, &mut diagnostics);
        assert!(!diagnostics.has_errors(), "{}", crate::support::shown(&diagnostics, &sources));
        compiled.unwrap().vocabulary
    })
}
