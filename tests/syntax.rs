//! Text to tree: what is understood, and what is said of what is not.

mod arbitrary;
mod hostile;
mod message;

use convener::diagnostic::Diagnostics;
use convener::source::SourceMap;
use convener::syntax::parse;
use convener::syntax::tree::File;

const SAMPLE: &str = include_str!("fixtures/sample.rules");
const VOCABULARY: &str = include_str!("fixtures/vocabulary.rules");

/// The tree, and each diagnostic as `line:column code marked: message; help`.
fn read(text: &str) -> (File, Vec<String>) {
    let mut sources = SourceMap::default();
    let id = sources.add("test.rules", text);
    let mut diagnostics = Diagnostics::default();
    let file = parse(id, text, &mut diagnostics);
    let lines = diagnostics
        .sorted()
        .into_iter()
        .map(|diagnostic| {
            let (_, at) = sources.locate(diagnostic.span);
            let marked: String = sources.text(diagnostic.span).chars().take(30).collect();
            let help =
                diagnostic.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
            let code = diagnostic.code.name;
            format!("{}:{} {code} [{marked}] {}{help}", at.line, at.column, diagnostic.message)
        })
        .collect();
    (file, lines)
}

#[test]
fn the_samples_parse() {
    for (text, count) in [(SAMPLE, 37), (VOCABULARY, 58)] {
        let (file, problems) = read(text);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(file.items.len(), count);
    }
}
