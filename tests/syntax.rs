//! Text to tree.
#![expect(clippy::unwrap_used, reason = "tests")]

use convener::diagnostic::Diagnostics;
use convener::source::SourceMap;
use convener::syntax::parse;

#[test]
fn samples_parse() {
    for text in [include_str!("fixtures/sample.rules"), include_str!("fixtures/vocabulary.rules")] {
        let mut sources = SourceMap::default();
        let id = sources.add("x", text);
        let mut diagnostics = Diagnostics::default();
        let file = parse(id, text, &mut diagnostics);
        for d in diagnostics.sorted() {
            println!("{:?} {} {}", sources.locate(d.span), d.code.name, d.message);
        }
        assert!(diagnostics.is_empty());
        println!("{}", file.items.len());
    }
    let x: Option<i32> = Some(1);
    x.unwrap();
}
