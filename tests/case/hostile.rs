//! Broken, cut, mutated and outsized texts get a diagnostic, soon, and never a panic.

use std::time::Instant;

use convener::case::Format;
use proptest::prelude::*;

use super::read;

const PIECES: [&str; 24] = [
    "[case]\n",
    "id = \"water\"\n",
    "[[party]]\n",
    "[[event]]\n",
    "at = \"1985\"\n",
    "after = ",
    "set.party.a.organized = ",
    "\"a\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "\n",
    "\"unknown\"",
    "[friends]\n",
    "a.b = true\n",
    "did = ",
    "says",
    "\u{feff}",
    "\u{0}",
    "é",
    "1985-06-30",
];

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        read(&text, Format::Toml);
        read(&text, Format::Json);
    }

    #[test]
    fn any_pieces_are_read_or_refused(picks in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        read(&text, Format::Toml);
        read(&text, Format::Json);
    }

    #[test]
    fn a_mutated_case_is_read_or_refused(at in 0_usize..1000, piece in 0..PIECES.len(), cut in 0_usize..40) {
        let good = include_str!("../fixtures/case/immunization.toml");
        let at = good.floor_char_boundary(at * good.len() / 1000);
        let end = good.ceil_char_boundary((at + cut).min(good.len()));
        read(&format!("{}{}{}", &good[..at], PIECES[piece], &good[end..]), Format::Toml);
        read(&good[..at], Format::Toml);
        let json = serde_json::to_string_pretty(&toml::from_str::<toml::Table>(good).unwrap()).unwrap();
        let at = json.floor_char_boundary(at.min(json.len()));
        let end = json.ceil_char_boundary((at + cut).min(json.len()));
        read(&format!("{}{}{}", &json[..at], PIECES[piece], &json[end..]), Format::Json);
        read(&json[..at], Format::Json);
    }
}

#[test]
fn the_example_that_is_mutated_is_good() {
    super::good(include_str!("../fixtures/case/immunization.toml"));
}

/// Reads a text; says how long that took if it was more than the limit, which is generous: tests share the machine.
fn soon(name: &str, text: &str, format: Format, expected: &str) {
    let start = Instant::now();
    let said = read(text, format).1;
    let took = start.elapsed().as_millis();
    assert!(said.contains(expected), "{name}: {}", said.chars().take(2000).collect::<String>());
    assert!(took < 5000, "{name} took {took} ms");
}

#[test]
fn outsized_texts_are_refused_soon() {
    let head = "[case]\nid = \"water\"\n";
    let most = 8 * 1024 * 1024;
    soon("too large", &"#".repeat(most + 1), Format::Toml, "larger than 8 MiB");
    soon("brackets", &"[".repeat(most), Format::Toml, "malformed-case");
    soon("deep", &format!("{head}x = {}", "[".repeat(100_000)), Format::Toml, "levels");
    soon("deep JSON", &"[".repeat(100_000), Format::Json, "levels");
    soon("deep objects", &"{\"a\":".repeat(100_000), Format::Json, "levels");
    soon("dots", &format!("{head}{} = 1", vec!["a"; 100_000].join(".")), Format::Toml, "levels");
    let keys: String = (0..300_000).map(|index| format!("k{index} = 1\n")).collect();
    soon("keys", &format!("{head}{keys}"), Format::Toml, "too-many-problems");
    let twice = "id = 1\n".repeat(300_000);
    soon("one key", &format!("{head}{twice}"), Format::Toml, "repeated-key");
    let long = format!("{head}{} = 1\n", "k".repeat(1_000_000));
    soon("a long key", &long, Format::Toml, "unknown-key");
    let members = vec!["\"moneyy\""; 200_000].join(", ");
    let text = format!("{head}[[party]]\nid = \"a\"\nresources = [{members}]\n");
    soon("members", &text, Format::Toml, "too-many-problems");
    let binary: String =
        (0..200_000_u32).filter_map(|n| char::from_u32(n * 7919 % 0x500)).collect();
    soon("binary", &binary, Format::Toml, "malformed-case");
    soon("binary as JSON", &binary, Format::Json, "malformed-case");
}

#[test]
fn the_note_that_there_are_more_stands_last_and_is_no_error() {
    let mut sources = convener::source::SourceMap::default();
    let keys: String = (0..150).map(|index| format!("k{index} = 1\n")).collect();
    let text = format!("[case]\nid = \"water\"\n{keys}");
    let source = sources.add("water.toml", text.as_str());
    let mut diagnostics = convener::diagnostic::Diagnostics::default();
    let words = super::vocabulary::knowledge();
    assert!(convener::case::read(source, &text, Format::Toml, words, &mut diagnostics).is_none());
    let sorted = diagnostics.sorted();
    let last = sorted.last().unwrap();
    assert_eq!(sorted.len(), 100);
    assert_eq!(last.code, convener::diagnostic::code::case::TOO_MANY_PROBLEMS);
    assert_eq!(last.message, "besides the first 99 problems there are 51 more");
    assert_eq!(last.code.severity, convener::diagnostic::Severity::Warning);
}

#[test]
fn many_rows_and_events_have_a_limit() {
    let head = "[case]\nid = \"water\"\n";
    let rows = |count: usize| -> String {
        (0..count).map(|index| format!("[[party]]\nid = \"p{index}\"\nkey = true\n")).collect()
    };
    soon("rows", &format!("{head}{}", rows(4096)), Format::Toml, "no problem");
    soon("more rows", &format!("{head}{}", rows(4097)), Format::Toml, "more than 4096 of `party`");
    let events: String = (0..4096)
        .map(|index| {
            let after = if index == 0 {
                "at = \"1985\"".to_owned()
            } else {
                format!("after = \"e{}\"", index - 1)
            };
            format!(
                "[[event]]\nid = \"e{index}\"\n{after}\nset.issue.crisis = {}\n",
                index % 2 == 0
            )
        })
        .collect();
    soon("a chain of events", &format!("{head}{events}"), Format::Toml, "no problem");
    let loose = events.replace("after = \"e", "at = \"1985\"\ntitle = \"");
    soon("events of one day", &format!("{head}{loose}"), Format::Toml, "too-many-problems");
}
