//! Fixture files: an optional `=== prelude`, then sections of a name, an input and what is expected.

use std::path::{Path, PathBuf};

/// One test of a fixture file.
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) input: String,
    pub(crate) expected: String,
}

/// A fixture file.
pub(crate) struct Fixture {
    pub(crate) prelude: String,
    pub(crate) sections: Vec<Section>,
}

/// The fixture files of a folder, by name.
pub(crate) fn files(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = root
        .read_dir()
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files
}

/// Splits a fixture file at its `===` lines.
pub(crate) fn parse(text: &str) -> Fixture {
    let mut fixture = Fixture { prelude: String::new(), sections: Vec::new() };
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(heading) = line.strip_prefix("=== ") {
            parts.push((heading.trim().to_owned(), String::new()));
        } else if let Some((_, body)) = parts.last_mut() {
            body.push_str(line);
        }
    }
    for (heading, body) in parts {
        match heading.as_str() {
            "prelude" => fixture.prelude = body,
            "expected" => {
                if let Some(section) = fixture.sections.last_mut() {
                    section.expected = body;
                }
            }
            _ => fixture.sections.push(Section {
                name: heading,
                input: body,
                expected: String::new(),
            }),
        }
    }
    fixture
}

/// The text of a fixture file.
pub(crate) fn print(prelude: &str, sections: &[Section]) -> String {
    let mut out = String::new();
    if !prelude.is_empty() {
        out.push_str("=== prelude\n");
        out.push_str(prelude);
    }
    for section in sections {
        let expected = section.expected.trim_end();
        out.push_str(&format!(
            "=== {}\n{}=== expected\n{expected}\n\n",
            section.name, section.input
        ));
    }
    out
}
