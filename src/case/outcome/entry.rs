//! One entry of an outcome: what became of a risk or an action, when, of whom, and who says so.

use crate::diagnostic::{Diagnostic, code};
use crate::knowledge::RiskId;
use crate::source::Span;

use super::super::beside::rows;
use super::super::date::Period;
use super::super::document::{Entry, Table, Value};
use super::super::read::Reader;
use super::super::words::{list, quoted, suggestion};
use super::super::{Case, action, header, value};
use super::{ActionOutcome, ActionResult, Happened, RiskOutcome, Told, When};

const RISK: [&str; 6] = ["id", "at", "for", "happened", "note", "source"];
const ACTION: [&str; 6] = ["id", "at", "for", "result", "note", "source"];
const RESULTS: [(&str, ActionResult); 4] = [
    ("worked", ActionResult::Worked),
    ("partly", ActionResult::Partly),
    ("failed", ActionResult::Failed),
    ("unknown", ActionResult::Unknown),
];

/// What all entries share.
pub(super) struct Frame<'c> {
    pub(super) case: &'c Case,
    /// Until when it was observed.
    pub(super) until: Option<When>,
    /// The source of those that name no other.
    pub(super) source: Option<String>,
}

impl Frame<'_> {
    /// A date, or the id of an event of the case.
    pub(super) fn when(&self, reader: &mut Reader<'_>, entry: &Entry) -> Option<When> {
        if let Value::Text(text) = &entry.node.value
            && !text.starts_with(|first: char| first.is_ascii_digit())
        {
            if !reader.event(text, entry.node.span) {
                return None;
            }
            let event = self.case.events.iter().position(|event| event.id == *text)?;
            self.check_event(reader, event, entry);
            return Some(When::Event(event));
        }
        let period = value::period(reader, &entry.node, &quoted(&entry.key))?;
        self.check(reader, period, entry);
        Some(When::Dated(period))
    }

    /// Says where an event lies after what was observed.
    fn check_event(&self, reader: &mut Reader<'_>, event: usize, entry: &Entry) {
        let day = |event: usize| self.case.events.get(event).and_then(|event| event.at);
        let late = match self.until {
            Some(When::Event(until)) => event > until,
            Some(When::Dated(until)) => day(event).is_some_and(|at| at.first > until.last),
            None => false,
        };
        if late {
            out_of_order(
                reader,
                entry,
                "this lies after `observed_until`",
                "mend one of the two moments",
            );
        }
    }

    /// Says where a date lies before the case begins, or after what was observed.
    fn check(&self, reader: &mut Reader<'_>, period: Period, entry: &Entry) {
        let days = self.case.events.iter().filter_map(|event| event.at);
        let until = match self.until {
            Some(When::Dated(until)) => Some(until),
            Some(When::Event(event)) => self.case.events.get(event).and_then(|event| event.at),
            None => None,
        };
        if days.map(|at| at.first).min().is_some_and(|first| period.last < first) {
            let help = "mend the date; what was before belongs into the case";
            out_of_order(reader, entry, "this lies before the first event of the case", help);
        } else if until.is_some_and(|until| period.first > until.last) {
            out_of_order(
                reader,
                entry,
                "this lies after `observed_until`",
                "mend one of the two moments",
            );
        }
    }
}

fn out_of_order(reader: &mut Reader<'_>, entry: &Entry, message: &str, help: &str) {
    let code = code::beside::OUTCOME_OUT_OF_ORDER;
    reader.problem(Diagnostic::new(code, entry.node.span, message).help(help));
}

/// What became of one risk.
pub(super) fn risk(
    reader: &mut Reader<'_>,
    table: &Table,
    at: Span,
    frame: &Frame<'_>,
) -> Option<RiskOutcome> {
    reader.only(table, "an outcome of a risk", &RISK);
    let (id, span) = id(reader, table, at, "risk")?;
    let risk = risk_id(reader, id, span);
    let told = told(reader, table, span, frame);
    let happened = happened(reader, table, at);
    if happened == Some(Happened::Yes) && table.get("at").is_none() {
        undated(reader, span, "this happened, and nothing says when");
    }
    if happened == Some(Happened::No) && table.get("at").is_none() && frame.until.is_none() {
        let message = "this did not happen, and nothing says until when anybody looked";
        let help = "add `observed_until = \"1994\"` to `[outcome]`, or `at` here";
        reader.problem(Diagnostic::new(code::case::MISSING_KEY, span, message).help(help));
    }
    Some(RiskOutcome { risk: risk?, happened: happened?, told })
}

/// The risk of this name, or a problem.
pub(in super::super) fn risk_id(reader: &mut Reader<'_>, name: &str, at: Span) -> Option<RiskId> {
    let risks = &reader.knowledge.risks;
    if let Some(index) = risks.iter().position(|risk| risk.name == name) {
        return Some(RiskId(index));
    }
    let message = format!("the rules know no risk {}", quoted(name));
    let known = risks.iter().map(|risk| risk.name.as_str());
    reader.unknown(code::beside::UNKNOWN_CASE_RISK, at, message, name, known);
    None
}

/// What came of one action.
pub(super) fn taken(
    reader: &mut Reader<'_>,
    table: &Table,
    at: Span,
    frame: &Frame<'_>,
) -> Option<ActionOutcome> {
    reader.only(table, "an outcome of an action", &ACTION);
    let (id, span) = id(reader, table, at, "action")?;
    let action = action::action(reader, id, span);
    let told = told(reader, table, span, frame);
    let result = result(reader, table, at);
    if result.is_some_and(|result| result != ActionResult::Unknown) && table.get("at").is_none() {
        undated(reader, span, "something came of this, and nothing says when it was done");
    }
    Some(ActionOutcome { action: action?, result: result?, told })
}

fn id<'n>(
    reader: &mut Reader<'_>,
    table: &'n Table,
    at: Span,
    heading: &str,
) -> Option<(&'n str, Span)> {
    let Some(entry) = table.get("id") else {
        header::missing_id(reader, at, &format!("this {heading}"), &format!("[[{heading}]]"));
        return None;
    };
    Some((reader.text(entry)?, entry.node.span))
}

fn told(reader: &mut Reader<'_>, table: &Table, span: Span, frame: &Frame<'_>) -> Told {
    let at = table.get("at").and_then(|entry| frame.when(reader, entry));
    let own = table.get("source").and_then(|entry| reader.source(entry));
    let note = table.get("note").and_then(|entry| reader.text(entry)).map(str::to_owned);
    let source = own.or_else(|| frame.source.clone());
    Told { at, rows: rows(reader, table), note, source, span }
}

fn happened(reader: &mut Reader<'_>, table: &Table, at: Span) -> Option<Happened> {
    let Some(entry) = table.get("happened") else {
        missing(
            reader,
            at,
            "this does not say whether it happened",
            "happened = true`, `false` or `\"unknown\"",
        );
        return None;
    };
    match &entry.node.value {
        Value::Truth(true) => Some(Happened::Yes),
        Value::Truth(false) => Some(Happened::No),
        Value::Text(text) if text == "unknown" => Some(Happened::Unknown),
        _ => {
            reader.wrong(&entry.node, "`happened`", "`true`, `false` or `\"unknown\"`", None);
            None
        }
    }
}

fn result(reader: &mut Reader<'_>, table: &Table, at: Span) -> Option<ActionResult> {
    let Some(entry) = table.get("result") else {
        missing(
            reader,
            at,
            "this does not say what came of it",
            "result = \"worked\"`, `\"partly\"`, `\"failed\"` or `\"unknown\"",
        );
        return None;
    };
    let word = reader.text(entry)?;
    if let Some((_, result)) = RESULTS.iter().find(|(name, _)| *name == word) {
        return Some(*result);
    }
    let names = RESULTS.iter().map(|(name, _)| *name);
    let message = format!("{} is not what may come of an action", quoted(word));
    let near = suggestion(word, names.clone());
    let help = near.unwrap_or_else(|| format!("write {}", list(names, "or")));
    reader.problem(Diagnostic::new(code::case::UNKNOWN_VALUE, entry.node.span, message).help(help));
    None
}

fn missing(reader: &mut Reader<'_>, at: Span, message: &str, line: &str) {
    reader.problem(
        Diagnostic::new(code::case::MISSING_KEY, at, message).help(format!("add `{line}`")),
    );
}

fn undated(reader: &mut Reader<'_>, at: Span, message: &str) {
    reader.problem(
        Diagnostic::new(code::case::MISSING_KEY, at, message)
            .help("add `at`, if only with a year: `at = \"1992\"`, or with an event of the case"),
    );
}
