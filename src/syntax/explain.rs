//! Says what was found and what was expected, in the words of the language.

use pest::error::{Error, ErrorVariant};

use super::grammar::Rule;
use super::report::Report;
use super::scan::{Kind, Scanner, Token};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::syntax as code;

/// How a token is named in a message.
pub(super) fn found(text: &str, token: Token) -> String {
    match token.kind {
        Kind::Text | Kind::UnclosedText => "a text".to_owned(),
        _ => format!("`{}`", token.text(text).chars().take(40).collect::<String>()),
    }
}

/// The diagnostic for the place where the grammar broke off.
pub(super) fn explain(
    fragment: &str,
    offset: usize,
    at: usize,
    error: &Error<Rule>,
    report: &Report<'_>,
) -> Diagnostic {
    let token = Scanner::new(fragment).find(|token| token.start >= at);
    let what = token.map_or("the end of the item".to_owned(), |token| found(fragment, token));
    let (start, end) =
        token.map_or((fragment.len(), fragment.len()), |token| (token.start, token.end));
    let positives = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => format!("{positives:?}"),
        ErrorVariant::CustomError { message } => message.clone(),
    };
    let span = report.span(offset + start, offset + end);
    Diagnostic::new(code::UNEXPECTED, span, format!("expected {positives}, found {what}"))
}
