//! The pack and the cases that come with the program: they parse without a word of complaint, and the cases are advised as
//! they should be. What the rules mean is tested elsewhere.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads the shipped files")]

use std::path::Path;

use convener::diagnostic::Diagnostics;
use convener::diagnostic::render::render;
use convener::source::SourceMap;
use convener::syntax::parse;

#[test]
fn rule_files_parse() {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rules") {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let id = sources.add(name, text.as_str());
            parse(id, &text, &mut diagnostics);
        }
    }
    assert!(diagnostics.is_empty(), "{}", render(&diagnostics, &sources, false));
}
