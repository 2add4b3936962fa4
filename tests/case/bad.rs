//! The fixtures under `tests/suite/case`, against the vocabulary built by hand.

use std::path::Path;

use convener::case::Format;

use super::read;

#[path = "../support/fixture.rs"]
mod fixture;

#[test]
fn bad_cases_are_told_what_is_wrong() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/case");
    let bless = std::env::var("BLESS").is_ok();
    let (mut failures, mut sections) = (Vec::new(), 0);
    for path in fixture::files(&root) {
        let file = fixture::parse(&std::fs::read_to_string(&path).unwrap());
        let mut actual = Vec::new();
        for section in &file.sections {
            sections += 1;
            let json = section.input.starts_with(['{', '[']) && section.name.contains("JSON");
            let format = if json { Format::Json } else { Format::Toml };
            let output = read(&section.input, format).1;
            if output.trim_end() != section.expected.trim_end() {
                failures.push(format!("{}: {}\n{output}", path.display(), section.name));
            }
            actual.push(fixture::Section {
                name: section.name.clone(),
                input: section.input.clone(),
                expected: output,
            });
        }
        if bless {
            std::fs::write(&path, fixture::print(&file.prelude, &actual)).unwrap();
        }
    }
    assert!(sections >= 60);
    assert!(failures.is_empty() || bless, "{}", failures.join("\n\n"));
}
