//! Whatever the text, nothing panics.

use convener::syntax::format;
use proptest::prelude::*;

use super::{SAMPLE, read};

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_texts_do_not_panic(text in "\\PC{0,200}") {
        let _ = read(&text);
        let _ = format(&text);
    }

    #[test]
    fn arbitrary_words_do_not_panic(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        let text = words.join(" ");
        let _ = read(&text);
        let _ = format(&text);
    }

    #[test]
    fn mutations_do_not_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, prop::sample::select(WORDS)), 1..6)) {
        let mut tokens: Vec<&str> = SAMPLE.split_inclusive([' ', '\n', '{', '}', '"', '.', ',', '(']).collect();
        for (at, change, word) in changes {
            let at = at.index(tokens.len());
            match change {
                0 => { tokens.remove(at); }
                1 => tokens.insert(at, word),
                _ => tokens.insert(at, tokens[at]),
            }
        }
        let text = tokens.concat();
        let (file, problems) = read(&text);
        prop_assert!(!problems.is_empty() || format(&text).is_some());
        prop_assert!(!file.items.is_empty());
    }
}

const WORDS: &[&str] = &[
    "rule",
    "x",
    "{",
    "}",
    "when",
    "p.key",
    "\"",
    "\"a\"",
    "\n",
    "#",
    "{p",
    "enum",
    "derive",
    "a.b",
    "->",
    "_",
    "|",
    ",",
    "(",
    ")",
    "at least",
    "2",
    "party p",
    "some",
    "not",
    "is",
    "or",
    "1985-02-30",
    "-",
    "\\",
    "é",
    "example",
    "given",
    "expect",
    "says",
    "action",
    "cites",
    "declines",
    "caveat",
    "*",
    "where",
    "highest",
    "of",
    "entity",
    "default",
    "unless",
    "1.5",
    "'",
    ";",
    "define",
    "\u{FEFF}",
];
