//! Documentation that is checked: the language reference compiles, and every code has its page and its test.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use convener::diagnostic::Diagnostics;
use convener::engine::Limits;
use convener::source::SourceMap;

use crate::support;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// The fenced blocks of a page with their language.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if let Some(language) = line.strip_prefix("```") {
            if !open {
                blocks.push((language.to_owned(), String::new()));
            }
            open = !open;
        } else if let Some((_, block)) = blocks.last_mut().filter(|_| open) {
            block.push_str(line);
            block.push('\n');
        }
    }
    blocks
}

#[test]
fn the_language_reference_is_one_pack_that_compiles_and_passes_its_examples() {
    let text = std::fs::read_to_string(docs().join("language.md")).unwrap();
    let rules: Vec<String> = blocks(&text)
        .into_iter()
        .filter(|(language, _)| language == "rules")
        .map(|(_, block)| block)
        .collect();
    assert!(rules.len() > 10);
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let whole = rules.concat();
    let knowledge = support::compile("", &whole, &mut sources, &mut diagnostics);
    assert_eq!(support::shown(&diagnostics, &sources), "no problem");
    let knowledge = knowledge.unwrap();
    let met = convener::trial::run(&knowledge, Limits::default(), &mut diagnostics).unwrap().met;
    assert_eq!(support::shown(&diagnostics, &sources), "no problem");
    assert!(met >= 4 && met == knowledge.examples.len());
    for block in &rules {
        let formatted = convener::syntax::format(block);
        assert_eq!(formatted.as_deref(), Some(block.as_str()), "a block is not in canonical form");
    }
}

#[test]
fn every_code_has_a_page_and_every_page_its_code() {
    let codes: BTreeSet<&str> =
        convener::diagnostic::code::all().iter().map(|code| code.name).collect();
    let pages: BTreeSet<String> = docs()
        .join("diagnostics")
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "README")
        .collect();
    let pages: BTreeSet<&str> = pages.iter().map(String::as_str).collect();
    assert_eq!(codes, pages);
}

#[test]
fn every_code_occurs_in_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut texts = String::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                texts.push_str(&text);
            }
        }
    }
    let missing: Vec<&str> = convener::diagnostic::code::all()
        .iter()
        .map(|code| code.name)
        .filter(|name| {
            let forms = [format!("[{name}]"), format!("\"{name}\""), format!(" {name} [")];
            !forms.iter().any(|form| texts.contains(form))
        })
        .collect();
    assert!(missing.is_empty(), "no test shows {missing:?}");
}
