//! Says what was found and what was expected, in the words of the language, and what to do about the commonest slips.
//! Knows the rules of the grammar by name only.

mod habit;
pub(super) mod slip;

use pest::error::{Error, ErrorVariant};

use habit::{comparison, habit};
use slip::slip;

use super::grammar::Rule;
use super::report::Report;
use super::scan::{Kind, Scanner, Token};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::syntax as code;
use crate::diagnostic::nearest::did_you_mean;

/// Where the grammar broke off, and what it would have taken there.
#[derive(Debug)]
pub(super) struct Break {
    /// The first byte of the token that did not fit.
    pub(super) at: usize,
    expected: Vec<Rule>,
    /// Whether the grammar gave up for length.
    exhausted: bool,
}

impl Break {
    /// At a place.
    pub(super) fn new(at: usize, error: &Error<Rule>) -> Break {
        let (expected, exhausted) = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => (positives.clone(), false),
            ErrorVariant::CustomError { .. } => (Vec::new(), true),
        };
        Break { at, expected, exhausted }
    }

    /// Whether the clause or condition before the place may end there.
    pub(super) fn may_end(&self) -> bool {
        self.expects(Rule::close)
    }

    /// Whether the name before the place is nothing by itself.
    fn goes_on(&self) -> bool {
        !self.expected.is_empty()
            && self.expected.iter().all(|wanted| matches!(wanted, Rule::left | Rule::dot))
    }

    fn expects(&self, wanted: Rule) -> bool {
        self.expected.contains(&wanted)
    }
}

/// How a token is named in a message.
pub(super) fn found(text: &str, token: Token) -> String {
    match token.kind {
        Kind::Text | Kind::UnclosedText => "a text".to_owned(),
        _ => format!("`{}`", token.text(text).chars().take(40).collect::<String>()),
    }
}

/// The tokens around the place.
struct Around<'t> {
    text: &'t str,
    before: [Option<Token>; 2],
    token: Option<Token>,
    after: Option<Token>,
}

impl<'t> Around<'t> {
    fn new(text: &'t str, at: usize) -> Around<'t> {
        let mut around = Around { text, before: [None, None], token: None, after: None };
        let mut tokens = Scanner::new(text).filter(|token| token.kind != Kind::Comment);
        for token in tokens.by_ref() {
            if token.start >= at {
                around.token = Some(token);
                break;
            }
            around.before = [Some(token), around.before[0]];
        }
        around.after = tokens.next();
        around
    }

    /// `1.5` where a comma stands at the place, between two figures.
    fn decimal(&self) -> Option<String> {
        let [whole, part] = [self.before[0]?, self.after?];
        let comma = self.token.filter(|token| token.kind == Kind::Comma)?;
        let figures = [whole, part].map(|token| token.text(self.text));
        let digits = |text: &&str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        (whole.end == comma.start && comma.end == part.start && figures.iter().all(digits))
            .then(|| figures.join("."))
    }

    /// Whether the word before the place stands where an example says what it expects: `expect opne rule`.
    fn expects(&self) -> bool {
        self.words(self.before[1]) == "expect"
            && self.token.is_some_and(|token| token.kind == Kind::Word)
    }

    /// Whether the word before the place comes after `or` and a path: `… or p.size above`.
    fn follows_or(&self) -> bool {
        let until = self.before[0].map_or(0, |token| token.start);
        let path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
        let before =
            self.text.get(..until).unwrap_or_default().trim_end().trim_end_matches(path).trim_end();
        before.ends_with(" or")
    }

    fn words(&self, token: Option<Token>) -> &'t str {
        token.map_or("", |token| token.text(self.text))
    }
}

/// The diagnostic for the place where the grammar broke off.
pub(super) fn explain(
    text: &str,
    offset: usize,
    broken: &Break,
    report: &Report<'_>,
) -> Diagnostic {
    let around = Around::new(text, broken.at);
    let lone =
        broken.expects(Rule::left) && broken.expects(Rule::test) && !broken.expects(Rule::value);
    let status = around.expects();
    let negated = broken.goes_on() && around.words(around.before[1]) == "not";
    let token = if lone || status || negated { around.before[0] } else { around.token };
    let (start, end) = token.map_or((text.len(), text.len()), |token| (token.start, token.end));
    let span = report.span(offset + start, offset + end);
    if broken.exhausted {
        let help = "split it into several";
        return Diagnostic::new(code::TOO_LONG, span, "this item is too long to be read")
            .help(help);
    }
    let what = token.map_or("the end of the item".to_owned(), |token| found(text, token));
    let message = match (lone, near_test(around.words(token))) {
        (true, true) => format!("expected a test, found {what}"),
        (true, false) if slip(around.words(token)).is_none() => {
            format!("{what} alone is no condition")
        }
        (true, false) => format!("expected a condition, found {what}"),
        _ if negated => format!("`not {}` is no condition", around.words(token)),
        _ if status => format!("expected a rule, or what becomes of it, found {what}"),
        _ if broken.expects(Rule::test) && operator(around.words(token)) => {
            format!("expected a test such as `is`, `at least` or `includes`, found {what}")
        }
        _ => format!("expected {}, found {what}", expected(broken)),
    };
    let help = if lone {
        lone_help(&around)
    } else if negated {
        Some(format!("where a value is meant, write `is not {}`", around.words(token)))
    } else if status {
        Some(status_help(&around))
    } else {
        help(broken, &around)
    };
    Diagnostic::new(code::UNEXPECTED, span, message).maybe_help(help)
}

/// What the grammar would have taken, in words.
fn expected(broken: &Break) -> String {
    let mut list: Vec<String> = Vec::new();
    let broad = [
        (Rule::severity, "a severity: critical, high, medium or low"),
        (Rule::condition, "a condition"),
        (Rule::SET_OF, "a type such as `yes_no` or the name of a scale"),
        (Rule::value, "a value"),
        (Rule::test, "a test such as `is`, `at least` or `includes`"),
        (Rule::WARN, "a clause of the rule"),
        (Rule::given_value, "a value"),
    ];
    match broad.iter().find(|(wanted, _)| broken.expects(*wanted)) {
        Some((_, words)) => list.push((*words).to_owned()),
        None => list.extend(broken.expected.iter().filter_map(|wanted| words(*wanted))),
    }
    if broken.expects(Rule::close) {
        list.push("`}`".to_owned());
    }
    if list.is_empty() {
        list.extend(
            broken.expected.iter().filter_map(|wanted| mark(*wanted)).map(ToOwned::to_owned),
        );
    }
    list.dedup();
    match list.split_last() {
        Some((only, [])) => only.clone(),
        Some((end, before)) => format!("{} or {end}", before.join(", ")),
        None => "something else".to_owned(),
    }
}

/// What a rule of the grammar is in words; nothing for the marks that merely might have gone on.
fn words(wanted: Rule) -> Option<String> {
    let words = match wanted {
        Rule::name | Rule::argument | Rule::tie_argument => "a name",
        Rule::id => "a name such as `convener-not-credible`",
        Rule::text => "a text in quotes",
        Rule::citation | Rule::citation_group => "a place in the guide such as `s2.trust`",
        Rule::figure => "a number or a date",
        Rule::count => "a whole number",
        Rule::kind => "a type such as `yes_no` or the name of a scale",
        Rule::literal => "a value",
        Rule::parameter | Rule::other_parameter => "an entity and a name, such as `party p`",
        Rule::path | Rule::dotted | Rule::expect_path | Rule::operand | Rule::extreme_of => {
            "a fact such as `p.power`"
        }
        Rule::block | Rule::open | Rule::attributes | Rule::facts | Rule::members => "`{`",
        Rule::branch => "a result such as `high when { … }`",
        Rule::result => "a result",
        Rule::cell | Rule::row => "a cell of the table",
        Rule::expect_rule | Rule::expect_value => "a rule, or a fact with `is`",
        Rule::EOI => "the next item",
        _ => return keyword(wanted).map(|word| format!("`{word}`")),
    };
    Some(words.to_owned())
}

fn mark(wanted: Rule) -> Option<&'static str> {
    Some(match wanted {
        Rule::left => "`(`",
        Rule::right => "`)`",
        Rule::comma => "`,`",
        Rule::dot => "`.`",
        Rule::arrow => "`->`",
        Rule::bar => "`|`",
        _ => return None,
    })
}

/// The word of the language that a rule in capitals stands for.
fn keyword(wanted: Rule) -> Option<String> {
    let name = format!("{wanted:?}");
    let capital = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    capital.then(|| name.to_ascii_lowercase().replace('_', " "))
}

const TESTS: [&str; 6] = ["is", "includes", "excludes", "above", "below", "at"];

fn operator(word: &str) -> bool {
    slip(word).is_some() && (word.starts_with(['=', '<', '>', '!']) || word == "/=")
}

const STATUSES: [&str; 5] = ["no", "open", "provisional", "contested", "set aside"];

/// What to do about a word before a rule in `expect` that says nothing of what becomes of it.
fn status_help(around: &Around<'_>) -> String {
    let word = around.words(around.before[0]);
    if matches!(word, "not" | "never" | "silent" | "none") {
        return format!("write `expect no {}`", around.words(around.token));
    }
    did_you_mean(word, STATUSES).unwrap_or_else(|| {
        "before the rule may stand `no`, `open`, `provisional`, `contested` or `set aside`; a rule \
         alone is expected to fire"
            .to_owned()
    })
}

fn near_test(word: &str) -> bool {
    did_you_mean(word, TESTS).is_some() && !TESTS.contains(&word) && word.len() > 2
}

/// What to do about a word that stands alone where a condition should.
fn lone_help(around: &Around<'_>) -> Option<String> {
    let word = around.words(around.before[0]);
    let said = match word {
        "is" | "includes" | "excludes" | "above" | "below" | "at" if around.follows_or() => {
            "`or` joins values; between conditions write `any of { … }`, with each condition inside"
        }
        "is" | "includes" | "excludes" | "above" | "below" => {
            "`not` stands before a yes-or-no fact only: write `is not`, or put the test into `not { … }`"
        }
        "at" => "write `at least` or `at most`",
        "where" => {
            "`where { … }` stands right after `every party p` or `most party p`, and the block of what \
             must hold after it"
        }
        "any" | "none" => "write `any of { … }` or `none of { … }`",
        _ if near_test(word) => return did_you_mean(word, TESTS),
        _ => comparison(word)
            .or_else(|| slip(word))
            .unwrap_or("say what is asked of it, such as `p.key` or `p.power at least high`"),
    };
    Some(said.to_owned())
}

/// What to do about the token that did not fit.
fn help(broken: &Break, around: &Around<'_>) -> Option<String> {
    let word = around.words(around.token);
    let before = around.words(around.before[0]);
    if before == "unknown" || before == "empty" {
        let not = around.words(around.before[1]) == "not";
        if not {
            return Some(format!("write `not {{ … is {before} }}`"));
        }
    }
    if let Some(said) = habit(broken, around) {
        return Some(said);
    }
    if let Some(decimal) = around.decimal() {
        return Some(format!("decimals are written with a point: `{decimal}`"));
    }
    let conditions = broken.expects(Rule::condition) || broken.expects(Rule::test);
    if word == "," && broken.may_end() {
        return Some(if conditions && broken.expects(Rule::OR) {
            "several values are joined by `or`; between conditions stands nothing".to_owned()
        } else if conditions {
            "leave the comma out: conditions stand side by side, and all of them must hold"
                .to_owned()
        } else {
            "leave the comma out: white space is enough".to_owned()
        });
    }
    let logical = matches!(word, "and" | "or" | "|" | "true" | "false" | "yes" | "no");
    if let Some(said) = slip(word).filter(|_| conditions || !logical) {
        return Some(said.to_owned());
    }
    if broken.expects(Rule::open) && matches!(before, "when" | "unless") {
        return Some(format!("put the conditions into braces: `{before} {{ … }}`"));
    }
    let known: Vec<String> = broken
        .expected
        .iter()
        .filter_map(|wanted| keyword(*wanted))
        .chain(severities(broken))
        .chain(items(broken))
        .chain(starters(broken))
        .collect();
    if let Some(whole) =
        known.iter().find(|known| known.split_once(' ').is_some_and(|(first, _)| first == word))
    {
        return Some(format!("write `{whole}`"));
    }
    let near = did_you_mean(word, known.iter().map(String::as_str))
        .filter(|_| !known.iter().any(|known| known == word));
    near.or_else(|| list_help(broken, around))
        .or_else(|| before_help(broken, before))
        .or_else(|| name_help(broken, word))
}

/// What to do where a list lacks its comma.
fn list_help(broken: &Break, around: &Around<'_>) -> Option<String> {
    let word = around.token.is_some_and(|token| token.kind == Kind::Word);
    (word && broken.expects(Rule::comma))
        .then(|| "several names are written with commas between them".to_owned())
}

/// What to do where the word before the place was misspelled and taken for a name.
fn before_help(broken: &Break, before: &str) -> Option<String> {
    let parts = ["default", "cites", "symmetric", "changes", "never"];
    ((broken.expects(Rule::kind) || broken.expects(Rule::SET_OF)) && !parts.contains(&before))
        .then(|| did_you_mean(before, parts))
        .flatten()
}

fn severities(broken: &Break) -> impl Iterator<Item = String> {
    let list: &[&str] =
        if broken.expects(Rule::severity) { &["critical", "high", "medium", "low"] } else { &[] };
    list.iter().map(|word| (*word).to_owned())
}

fn items(broken: &Break) -> impl Iterator<Item = String> {
    let list: &[&str] = if broken.expects(Rule::EOI) { &super::scan::ITEMS } else { &[] };
    list.iter().map(|word| (*word).to_owned())
}

fn starters(broken: &Break) -> impl Iterator<Item = String> {
    let conditions: &[&str] = if broken.expects(Rule::condition) {
        &[
            "some", "every", "most", "none of", "any of", "done", "is", "includes", "excludes",
            "above", "below",
        ]
    } else {
        &[]
    };
    conditions.iter().map(|word| (*word).to_owned())
}

/// What to do about a name that is not written like one.
fn name_help(broken: &Break, word: &str) -> Option<String> {
    let wants_name =
        broken.expects(Rule::name) || broken.expects(Rule::id) || broken.expects(Rule::parameter);
    if !wants_name || !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let small = word.to_lowercase();
    if small != word {
        return Some(format!("names are written in small letters: `{small}`"));
    }
    (word.contains('-') && !broken.expects(Rule::id))
        .then(|| format!("names of facts are joined by `_`: `{}`", word.replace('-', "_")))
}
