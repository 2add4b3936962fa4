//! Words and signs of other languages that people write from habit.

/// What to do about words and signs of other languages.
pub(in crate::syntax) fn slip(word: &str) -> Option<&'static str> {
    Some(match word {
        "and" | "&&" | "&" => {
            "leave `and` out: conditions stand side by side, and all of them must hold"
        }
        "or" | "||" | "|" => "write `any of { … }` where one of several conditions is enough",
        "=" | "==" | "===" => "write `is`",
        "!=" | "<>" | "/=" => "write `is not`",
        "<" => "write `below`",
        "<=" | "=<" => "write `at most`",
        ">" => "write `above`",
        ">=" | "=>" => "write `at least`",
        "!" => "write `not`",
        "true" | "false" | "yes" | "no" => {
            "a yes-or-no fact stands by itself: `p.key`, or `not p.key` for the contrary"
        }
        "if" => "write `when { … }`",
        "then" => "leave `then` out: what follows from a rule stands beside its conditions",
        "else" => "write `otherwise` in a derived attribute, or a second rule",
        "//" | "/" | "/*" | "*/" | "--" | ";;" => {
            "a comment starts with `#` and runs to the end of its line"
        }
        ";" => "leave the semicolon out: white space is enough",
        ":" => "leave the colon out",
        "[" | "]" => "write `{` and `}`",
        _ if word.starts_with(['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}']) => {
            "this is a space of another kind, as word processors write it: put a plain space here"
        }
        _ if word.starts_with(['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{ad}']) => {
            "a sign that cannot be seen stands here: delete it and write the word again"
        }
        _ if word.starts_with(['–', '—', '‐', '‑', '−']) => {
            "this is a dash of a word processor: write a plain `-`"
        }
        _ if word.starts_with(['\'', '’', '‘', '“', '”', '„', '«', '»']) => {
            "texts stand in straight double quotes: \"like this\""
        }
        _ => return None,
    })
}
