//! Words, texts and marks of a rule file, one after the other, whatever the file holds: for splitting, for saying what was
//! found, and for formatting. Knows no grammar beyond what an item starts with.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a word of the language, a number or a date without its dots.
    Word,
    /// A text with its quotes.
    Text,
    /// A text that is never closed: it reaches to the next item.
    UnclosedText,
    /// `#` to the end of the line.
    Comment,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `(`
    Left,
    /// `)`
    Right,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `|`
    Bar,
    /// `->`
    Arrow,
    /// `*`
    Star,
    /// Anything that the language does not use.
    Other,
}

/// A piece of a rule file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Its first byte.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
}

impl Token {
    /// Its text.
    pub(super) fn text(self, text: &str) -> &str {
        slice(text, self.start, self.end)
    }
}

/// The words that start an item.
pub(super) const ITEMS: [&str; 16] = [
    "scale",
    "enum",
    "entity",
    "one",
    "attributes",
    "relation",
    "risk",
    "action",
    "question",
    "declines",
    "caveat",
    "define",
    "derive",
    "rule",
    "ranking",
    "example",
];

/// The bytes from `start` to `end`, or nothing where that is no piece of the text.
pub(super) fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

/// The tokens of a text, in order, white space left out.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Whether a text is taken for its first quote only.
    shallow: bool,
}

impl<'t> Scanner<'t> {
    /// All tokens of `text`.
    pub(super) fn new(text: &'t str) -> Scanner<'t> {
        Scanner { text, at: 0, shallow: false }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn text_token(&self) -> (Kind, usize) {
        if self.shallow {
            return (Kind::Text, 1);
        }
        match closing_quote(self.rest()) {
            Ok(length) => (Kind::Text, length),
            Err(searched) => (Kind::UnclosedText, next_item(self.rest(), searched)),
        }
    }
}

impl Iterator for Scanner<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let rest = self.rest();
        let skipped = rest.len() - rest.trim_start_matches(is_space).len();
        self.at += skipped;
        let rest = self.rest();
        let first = rest.chars().next()?;
        let (kind, length) = match first {
            '"' => self.text_token(),
            '#' => (Kind::Comment, rest.find('\n').unwrap_or(rest.len())),
            '{' => (Kind::Open, 1),
            '}' => (Kind::Close, 1),
            '(' => (Kind::Left, 1),
            ')' => (Kind::Right, 1),
            ',' => (Kind::Comma, 1),
            '.' => (Kind::Dot, 1),
            '|' => (Kind::Bar, 1),
            '*' => (Kind::Star, 1),
            '-' if rest.starts_with("->") => (Kind::Arrow, 2),
            _ => match word_length(rest) {
                0 => (Kind::Other, other_length(rest)),
                length => (Kind::Word, length),
            },
        };
        let start = self.at;
        self.at += length;
        Some(Token { kind, start, end: self.at })
    }
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\r' | '\n' | '\u{FEFF}')
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The length of the word at the start of `rest`: letters, digits and `_`, with single dashes between or before digits.
fn word_length(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    let mut dash = None;
    let mut end = 0;
    while let Some((at, letter)) = letters.next() {
        if is_word(letter) {
            end = at + letter.len_utf8();
            dash = None;
        } else if letter == '-' && dash.is_none() {
            let follows = letters.peek().map(|(_, next)| *next);
            let joins = if at == 0 {
                follows.is_some_and(|next| next.is_ascii_digit())
            } else {
                follows.is_some_and(is_word)
            };
            if !joins {
                break;
            }
            dash = Some(at);
        } else {
            break;
        }
    }
    end
}

/// The length of a run of signs that the language does not use.
fn other_length(rest: &str) -> usize {
    rest.char_indices()
        .skip(1)
        .find(|(_, letter)| {
            is_space(*letter) || is_word(*letter) || "\"#{}(),.|*-'".contains(*letter)
        })
        .map_or(rest.len(), |(at, _)| at)
}

/// The length of the text at the start of `rest`, quotes included; or, where it is never closed, how much of it to skip
/// before the next item is looked for.
fn closing_quote(rest: &str) -> Result<usize, usize> {
    let mut escaped = false;
    let mut first_line = None;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => {
                let suspect = first_line.is_some() && runs_on(slice(rest, at + 1, rest.len()));
                return if suspect { Err(first_line.unwrap_or(at)) } else { Ok(at + 1) };
            }
            b'\n' => {
                first_line = first_line.or(Some(at));
                if starts_item(slice(rest, at + 1, rest.len())) {
                    return Err(at);
                }
            }
            _ => {}
        }
        if byte == b'\n' {
            first_line = first_line.or(Some(at));
        }
    }
    Err(rest.len())
}

/// Whether what follows a closing quote reads as the inside of a text: then the quote opens one, and an earlier one is missing.
fn runs_on(after: &str) -> bool {
    if after.starts_with(|letter: char| letter.is_alphabetic()) {
        return true;
    }
    let Some(inside) = after.strip_prefix('{') else { return false };
    let word = word_length(inside);
    word > 0 && inside.get(word..).is_some_and(|next| next.starts_with(['.', ':', '}']))
}

/// The distance to the next line that starts an item, looking from `from` on.
fn next_item(rest: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(found) = rest.get(at..).and_then(|rest| rest.find('\n')) {
        at += found + 1;
        if rest.get(at..).is_some_and(starts_item) {
            return at;
        }
    }
    rest.len()
}

/// Whether `rest` starts with what only the head of an item looks like.
pub(super) fn starts_item(rest: &str) -> bool {
    let word = slice(rest, 0, word_length(rest));
    if !ITEMS.contains(&word) {
        return false;
    }
    let mut tokens = Scanner { text: rest, at: word.len(), shallow: true };
    let mut next = || tokens.by_ref().find(|token| token.kind != Kind::Comment);
    match word {
        "ranking" => return matches!(next(), Some(Token { kind: Kind::Open, .. })),
        "example" => return matches!(next(), Some(Token { kind: Kind::Text, .. })),
        "attributes" if next().is_none_or(|of| of.text(rest) != "of") => return false,
        _ => {}
    }
    let (Some(name), Some(after)) = (next(), next()) else { return false };
    name.kind == Kind::Word
        && match word {
            "scale" | "enum" | "rule" | "attributes" => after.kind == Kind::Open,
            "entity" | "one" => matches!(after.kind, Kind::Open | Kind::Text),
            "relation" | "define" => after.kind == Kind::Left,
            "derive" => after.kind == Kind::Dot || after.text(rest) == "of",
            "declines" => matches!(after.kind, Kind::Dot | Kind::Comma | Kind::Text),
            _ => after.kind == Kind::Text,
        }
}
