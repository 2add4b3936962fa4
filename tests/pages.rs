//! The pages of all codes: the first block of each shows that one problem and no other, the second its repair.

use std::collections::BTreeSet;
use std::path::Path;

use convener::case::{self, Format};
use convener::diagnostic::Diagnostics;
use convener::diagnostic::code::{self, Code};
use convener::engine::Limits;
use convener::pack::{self, PackText};
use convener::source::SourceMap;
use convener::syntax::Wanted;

use crate::support;

/// The vocabulary that the pages on case files speak of.
const VOCABULARY: &str = include_str!("fixtures/case/vocabulary.rules");

/// What is wrong with these lies outside the text that their pages show.
const OUTSIDE: [Code; 8] = [
    code::pack::NO_MANIFEST,
    code::pack::NO_RULE_FILES,
    code::pack::EMPTY_RULE_FILE,
    code::pack::PACK_FILE_TOO_LARGE,
    code::pack::DUPLICATE_PACK,
    code::pack::MISSING_BASE_PACK,
    code::beside::NO_CASE,
    code::trial::CHANGED_EXAMPLE,
];

/// Those that come only after many others.
const AFTER_OTHERS: [Code; 2] = [code::syntax::TOO_MANY_MISTAKES, code::case::TOO_MANY_PROBLEMS];

/// Too large for a page, which shows a part; other tests show the whole.
const TOO_LARGE: [Code; 1] = [code::compile::TOO_MANY_RULES];

/// The two blocks of a page in one language; other blocks it has none.
fn blocks(code: Code, language: &str) -> [String; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let page = std::fs::read_to_string(folder.join(format!("{}.md", code.name))).unwrap();
    assert!(page.starts_with(&format!("# {}\n", code.name)), "{}", code.name);
    assert_eq!(page.matches("```").count(), 4, "{} has two blocks", code.name);
    let fence = format!("```{language}\n");
    let blocks = page.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.map(str::to_owned).collect::<Vec<String>>().try_into().unwrap()
}

/// The names of the problems that a step reports of a text.
fn said(
    text: &str,
    step: impl Fn(&str, &mut SourceMap, &mut Diagnostics),
) -> BTreeSet<&'static str> {
    let mut diagnostics = Diagnostics::default();
    step(text, &mut SourceMap::default(), &mut diagnostics);
    diagnostics.sorted().iter().map(|diagnostic| diagnostic.code.name).collect()
}

fn hold_to_their_pages(
    codes: &[Code],
    language: &str,
    step: impl Fn(&str, &mut SourceMap, &mut Diagnostics),
) {
    assert!(!codes.is_empty());
    let mut wrong = Vec::new();
    for &code in codes {
        let [failing, mended] = blocks(code, language);
        let (before, after) = (said(&failing, &step), said(&mended, &step));
        let shown = before == BTreeSet::from([code.name])
            || OUTSIDE.contains(&code)
            || TOO_LARGE.contains(&code)
            || AFTER_OTHERS.contains(&code) && before.contains(code.name);
        if !shown {
            wrong.push(format!("{}: the example yields {before:?}", code.name));
        }
        if !after.is_empty() {
            wrong.push(format!("{}: the repair yields {after:?}", code.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn parse(text: &str, sources: &mut SourceMap, diagnostics: &mut Diagnostics) {
    let source = sources.add("test.rules", text);
    _ = convener::syntax::parse(source, text, diagnostics);
}

/// Compiles a rule file and runs its examples.
fn compile(text: &str, sources: &mut SourceMap, diagnostics: &mut Diagnostics) {
    if let Some(knowledge) = support::compile("", text, sources, diagnostics) {
        convener::trial::run(&knowledge, Limits::default(), diagnostics).unwrap();
    }
}

fn read_manifest(text: &str, sources: &mut SourceMap, diagnostics: &mut Diagnostics) {
    let files = [("pack.toml", text), ("a.rules", "scale level { low }")];
    let files = files.map(|(name, text)| (name.to_owned(), sources.add(name, text)));
    let text = PackText { name: "pack".to_owned(), files: files.to_vec() };
    pack::read(&text, sources, Wanted::Whole, diagnostics);
}

fn read_case(text: &str, sources: &mut SourceMap, diagnostics: &mut Diagnostics) {
    let mut problems = Diagnostics::default();
    let knowledge = support::compile("", VOCABULARY, sources, &mut problems).unwrap();
    let source = sources.add("case.toml", text);
    case::read(source, text, Format::Toml, &knowledge, diagnostics);
}

#[test]
fn of_the_syntax() {
    hold_to_their_pages(code::syntax::ALL, "rules", parse);
}

#[test]
fn of_the_compiler() {
    hold_to_their_pages(code::compile::ALL, "rules", compile);
}

#[test]
fn of_checks() {
    hold_to_their_pages(code::check::ALL, "rules", compile);
}

#[test]
fn of_packs() {
    hold_to_their_pages(code::pack::ALL, "toml", read_manifest);
}

#[test]
fn of_case_files() {
    hold_to_their_pages(code::case::ALL, "toml", read_case);
}

#[test]
fn of_files_beside_a_case() {
    hold_to_their_pages(code::beside::ALL, "toml", support::beside::read);
}

#[test]
fn of_examples() {
    hold_to_their_pages(code::trial::ALL, "rules", compile);
}
