//! Turns of phrase that people bring along from other notations, known by the place where the grammar broke off.

use super::{Around, Break};
use crate::syntax::grammar::Rule;
use crate::syntax::scan::Kind;

const SEVERITIES: [&str; 4] = ["critical", "high", "medium", "low"];

/// What to write in place of a turn that the language does not have.
pub(super) fn habit(broken: &Break, around: &Around<'_>) -> Option<String> {
    let word = around.words(around.token);
    let [before, earlier] = around.before.map(|token| around.words(token));
    let after = around.words(around.after);
    in_figures(word, before, after)
        .or_else(|| in_conditions(broken, word, [before, earlier]))
        .or_else(|| in_lists(broken, word, [before, earlier]))
        .or_else(|| before_rows(broken, before, earlier, word))
        .or_else(|| in_advice(broken, around))
        .or_else(|| other_word(broken, word).map(|meant| format!("write `{meant}`")))
        .or_else(|| quoted_name(broken, around))
}

fn in_figures(word: &str, before: &str, after: &str) -> Option<String> {
    let figure = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if !figure(before) || !figure(after) {
        return None;
    }
    match word {
        "/" => Some("a date is written with dashes, the year first: `1985-06-30`".to_owned()),
        "," if after.len() == 3 => Some(format!(
            "leave the comma out: `{before}{after}`; decimals are written with a point"
        )),
        _ => None,
    }
}

/// What to do about a comparison in other words.
pub(super) fn comparison(word: &str) -> Option<&'static str> {
    Some(match word {
        "least" | "most" => "leave `is` out: write `at least …` or `at most …`",
        "at_least" | "atleast" => "write `at least`",
        "at_most" | "atmost" => "write `at most`",
        "between" => "write two tests: `at least …` for the lower bound, `at most …` for the upper",
        "more" | "greater" | "higher" => "write `above`, or `at least`",
        "less" | "fewer" | "lower" => "write `below`, or `at most`",
        "before" => "write `below` for an earlier date",
        "after" => "write `above` for a later date",
        _ => return None,
    })
}

fn in_conditions(broken: &Break, word: &str, [before, earlier]: [&str; 2]) -> Option<String> {
    let leave_out = "leave it out: in an example the value stands right after the fact";
    let said = match word {
        "=>" | "=" | ":" if broken.expects(Rule::arrow) => "write `->` before the result of a row",
        "=" | "==" | ":" | "is" if broken.expects(Rule::given_value) => leave_out,
        _ if earlier == "is" && broken.expects(Rule::open) => {
            "leave `is` out: in an example the value stands right after the fact"
        }
        "at" if before == "is" => "leave `is` out: write `at least …` or `at most …`",
        "'" if broken.expects(Rule::dot) => "an attribute stands after a dot: `issue.crisis`",
        _ if broken.expects(Rule::test) => comparison(word)?,
        _ => return None,
    };
    Some(said.to_owned())
}

fn in_lists(broken: &Break, word: &str, [before, earlier]: [&str; 2]) -> Option<String> {
    const CLAUSES: [&str; 8] =
        ["for", "when", "unless", "warn", "recommend", "encourage", "note", "stage"];
    if earlier == "," && CLAUSES.contains(&before) {
        return Some(format!("leave the comma before `{before}` out: nothing follows in the list"));
    }
    (word == "and" && broken.expects(Rule::comma)).then(|| "write a comma for `and`".to_owned())
}

/// `for every party p`, `all party p`: the word was taken for an entity.
fn before_rows(broken: &Break, before: &str, earlier: &str, word: &str) -> Option<String> {
    const ALL: [&str; 6] = ["each", "every", "all", "any", "some", "a"];
    if broken.expects(Rule::parameter) && ALL.contains(&word) {
        return Some(format!("leave `{word}` out: `for party p` already means each of them"));
    }
    if earlier == "rule" && broken.expects(Rule::open) && word.starts_with(char::is_alphabetic) {
        return Some(format!("the words of an id are joined by dashes: `{before}-{word}`"));
    }
    if !ALL.contains(&earlier) || before.is_empty() || !word.starts_with(char::is_alphabetic) {
        return None;
    }
    Some(format!(
        "write `for {before} {word}` for the rows of a rule, and `every {before} {word}` in conditions"
    ))
}

/// A risk or action, a severity and a text, in another order.
fn in_advice(broken: &Break, around: &Around<'_>) -> Option<String> {
    let [before, earlier] = around.before.map(|token| around.words(token));
    let (verb, misplaced) = match (before, earlier) {
        ("warn" | "recommend", _) => (before, true),
        (_, "warn" | "recommend") => (earlier, SEVERITIES.contains(&before)),
        _ => return None,
    };
    let what = if verb == "warn" { "RISK" } else { "ACTION" };
    let text = around.token.is_some_and(|token| token.kind == Kind::Text);
    let lacks = text && broken.expects(Rule::severity);
    (lacks || misplaced).then(|| format!("the order is `{verb} {what} SEVERITY \"…\"`"))
}

/// The word of the language for another one.
fn other_word(broken: &Break, word: &str) -> Option<&'static str> {
    let (meant, wanted) = match word {
        "warning" | "alert" => ("warn", Rule::WARN),
        "except" | "except_if" | "excepting" => ("unless", Rule::UNLESS),
        "suggest" | "advise" | "advice" => ("recommend", Rule::RECOMMEND),
        "praise" => ("encourage", Rule::ENCOURAGE),
        "where" | "conditions" => ("when", Rule::WHEN),
        "source" | "sources" | "cite" => ("cites", Rule::CITES),
        "silent" | "not" => ("no", Rule::NO),
        _ => return None,
    };
    broken.expects(wanted).then_some(meant)
}

/// A name in quotes.
fn quoted_name(broken: &Break, around: &Around<'_>) -> Option<String> {
    let names =
        [Rule::name, Rule::id, Rule::citation, Rule::value, Rule::literal, Rule::given_value];
    let token = around.token.filter(|token| token.kind == Kind::Text)?;
    if !names.iter().any(|wanted| broken.expects(*wanted)) || broken.expects(Rule::text) {
        return None;
    }
    let inside = token.text(around.text).trim_matches('"').trim();
    let name = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    (!inside.is_empty() && inside.chars().all(name))
        .then(|| format!("only texts stand in quotes: write `{}`", inside.to_lowercase()))
}
