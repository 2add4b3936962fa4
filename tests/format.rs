//! Canonical text: formatting changes white space only, and a second time changes nothing.

use convener::diagnostic::Diagnostics;
use convener::source::SourceId;
use convener::syntax::{format, parse};
use proptest::prelude::*;

const TEXTS: [&str; 3] = [
    include_str!("fixtures/sample.rules"),
    include_str!("fixtures/vocabulary.rules"),
    include_str!("fixtures/nasty.rules"),
];

/// The tree in words, places left out.
fn tree(text: &str) -> String {
    let mut diagnostics = Diagnostics::default();
    let file = parse(SourceId(0), text, &mut diagnostics);
    assert_eq!(diagnostics.sorted(), Vec::<&convener::diagnostic::Diagnostic>::new(), "{text}");
    let words = format!("{file:?}");
    words
        .split("Span {")
        .map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest))
        .collect()
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

fn check(text: &str) {
    let once = format(text).unwrap();
    assert_eq!(format(&once).unwrap(), once, "idempotent");
    assert!(tree(&once) == tree(text), "another tree: {once}");
    assert!(without_space(&once) == without_space(text), "more than white space changes: {once}");
    assert!(once.lines().all(|line| line.trim_end() == line), "no space at the end of a line");
    assert!(!once.contains("\n\n\n"), "single empty lines");
}

#[test]
fn fixtures_keep_their_meaning() {
    for text in TEXTS {
        check(text);
    }
}

#[test]
fn texts_that_do_not_parse_are_left_alone() {
    assert_eq!(format("rule x { wen { } }"), None);
    assert_eq!(format("rule x {"), None);
}

#[test]
fn canonical_layout() {
    let text = "entity party \"p\" {\n\n\n key yes_no default no \"Is it?\"\n  power level \"How\n so?\"   # why\n}\n\n\n\
                rule x { \n# first\n for party p { p.key }\nstage a\n  when {\n p.power above low   p.key\n}\n\n\
                warn a high \"one\n\n   two\"\nrecommend long-name low \"x\"\n}";
    let expected = "\
entity party \"p\" {
  key    yes_no  default no  \"Is it?\"
  power  level               \"How
                              so?\"  # why
}

rule x {
  # first
  for    party p { p.key }
  stage  a
  when {
    p.power above low  p.key
  }

  warn      a          high \"one

                             two\"
  recommend long-name  low \"x\"
}
";
    assert_eq!(format(text).unwrap(), expected);
    check(text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// White space and comments put anywhere between the tokens change nothing that matters.
    #[test]
    fn any_layout_has_one_meaning(which in 0..3_usize, breaks in prop::collection::vec((any::<prop::sample::Index>(), 0..5_usize), 1..20)) {
        let mut text = TEXTS[which].to_owned();
        for (at, kind) in breaks {
            let spaces: Vec<usize> = spaces(&text);
            let place = spaces[at.index(spaces.len())];
            text.insert_str(place, [" ", "\n", "\n\n\n", "  # a remark\n", "\t "][kind]);
        }
        check(&text);
    }
}

/// Places between tokens: white space outside texts and comments.
fn spaces(text: &str) -> Vec<usize> {
    let (mut quoted, mut remark, mut escaped) = (false, false, false);
    let mut places = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' if !remark => quoted = !quoted,
            '#' if !quoted => remark = true,
            '\n' if !quoted => remark = false,
            _ => {}
        }
        if letter.is_whitespace() && !quoted && !remark {
            places.push(at);
        }
    }
    places
}
