//! What the rules are expected to say of a case, at moments of its time, from the file beside it: rules with what becomes
//! of them, and actions and risks that advice names or does not name. Read and checked here, tried elsewhere.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::facts::Evidence;
use crate::knowledge::{ActionId, RiskId, RuleId};
use crate::source::Span;

use super::beside::{Beside, tables, texts};
use super::document::{Table, Value};
use super::outcome::risk_id;
use super::read::Reader;
use super::timeline::Moment;
use super::words::quoted;
use super::{Case, Filter, action, header};

const TOP: [&str; 2] = ["expect", "at"];
const AT: [&str; 15] = [
    "moment",
    "why",
    "source",
    "evidence",
    "fires",
    "provisional",
    "contested",
    "open",
    "silent",
    "set_aside",
    "recommends",
    "not_recommends",
    "warns",
    "not_warns",
    "first",
];
const RULES: [(&str, Becomes); 6] = [
    ("fires", Becomes::Firing),
    ("provisional", Becomes::Provisional),
    ("contested", Becomes::Contested),
    ("open", Becomes::Open),
    ("silent", Becomes::Silent),
    ("set_aside", Becomes::SetAside),
];

/// What is expected of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectations {
    /// The id of the case.
    pub case: String,
    /// What is expected when, by place.
    pub moments: Vec<ExpectedMoment>,
}

/// What is expected at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedMoment {
    /// When.
    pub moment: Moment,
    /// The moment as the file names it; none for the end.
    pub name: Option<String>,
    /// Why it is expected.
    pub why: Option<String>,
    /// Which facts count.
    pub filter: Filter,
    /// What becomes of rules.
    pub rules: Vec<ExpectedRule>,
    /// What advice names and does not name.
    pub named: Vec<Named>,
    /// The actions that lead what is to be done, in order.
    pub first: Vec<(ActionId, Span)>,
    /// Where it stands.
    pub span: Span,
}

/// What is expected of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedRule {
    /// The rule.
    pub rule: RuleId,
    /// The ids of its subject; any subject where there are none.
    pub subject: Option<Vec<String>>,
    /// What becomes of it.
    pub becomes: Becomes,
    /// Where it stands.
    pub span: Span,
}

/// What becomes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// It fires.
    Firing,
    /// It fires unless an exception turns out to hold.
    Provisional,
    /// Speakers disagree about what decides it.
    Contested,
    /// It waits for facts.
    Open,
    /// It neither fires nor is it provisional or contested.
    Silent,
    /// Another rule takes its place, or an exception holds.
    SetAside,
}

/// An action or a risk that advice names, or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub what: Recommendation,
    /// Whether it is named.
    pub wanted: bool,
    /// Where it stands.
    pub span: Span,
}

/// What advice may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recommendation {
    /// Something to do.
    Action(ActionId),
    /// Something to be warned of.
    Risk(RiskId),
}

/// Reads what is expected of a case. Where it has errors they are all in `diagnostics` and there is nothing.
pub fn read(beside: Beside<'_>, diagnostics: &mut Diagnostics) -> Option<Expectations> {
    beside.read("expect", diagnostics, |reader, document| {
        reader.only(document, "a file of expectations", &TOP);
        beside.header(reader, document, "expect", &["case"]);
        let mut moments = Vec::new();
        for (table, at) in tables(reader, document, "at") {
            moments.extend(moment(reader, beside.case, table, at));
        }
        if document.get("at").is_none() {
            let at = Span { source: beside.source, start: 0, end: 0 };
            nothing(reader, at, "add `[[at]]`, then a line such as `fires = [\"some-rule\"]`");
        }
        Expectations { case: beside.case.id.clone(), moments }
    })
}

fn nothing(reader: &mut Reader<'_>, at: Span, help: &str) {
    let message = "this says nothing of what is expected";
    reader.problem(Diagnostic::new(code::case::MISSING_KEY, at, message).help(help));
}

fn moment(reader: &mut Reader<'_>, case: &Case, table: &Table, at: Span) -> Option<ExpectedMoment> {
    reader.only(table, "`[[at]]`", &AT);
    let when = named_moment(reader, case, table);
    let why = table.get("why").and_then(|entry| reader.name(entry)).map(str::to_owned);
    let filter = filter(reader, table);
    let rules = rules(reader, table);
    let named = named(reader, table);
    let first = actions(reader, table, "first");
    if AT.iter().skip(4).all(|key| table.get(key).is_none()) {
        nothing(reader, at, "add a line such as `fires = [\"some-rule\"]`");
    }
    let (moment, name) = when?;
    Some(ExpectedMoment { moment, name, why, filter, rules, named, first, span: at })
}

fn named_moment(
    reader: &mut Reader<'_>,
    case: &Case,
    table: &Table,
) -> Option<(Moment, Option<String>)> {
    let Some(entry) = table.get("moment") else { return Some((case.end(), None)) };
    let (Value::Text(text) | Value::Day(text) | Value::Number(text)) = &entry.node.value else {
        reader.wrong(&entry.node, "`moment`", "a date or the id of an event", None);
        return None;
    };
    match case.moment(text) {
        Ok(moment) => Some((moment, Some(text.clone()))),
        Err(problem) => {
            let code = code::case::UNKNOWN_EVENT;
            reader.problem(Diagnostic::new(code, entry.node.span, problem));
            None
        }
    }
}

fn filter(reader: &mut Reader<'_>, table: &Table) -> Filter {
    let mut filter = Filter::default();
    if let Some(entry) = table.get("source") {
        for (id, at) in texts(reader, entry, "`source = [\"some-source\"]`") {
            filter.sources.extend(reader.source_id(id, at));
        }
    }
    let evidence: Option<Evidence> =
        table.get("evidence").and_then(|entry| header::evidence(reader, entry));
    filter.evidence = evidence;
    filter
}

fn rules(reader: &mut Reader<'_>, table: &Table) -> Vec<ExpectedRule> {
    let mut rules = Vec::new();
    for (key, becomes) in RULES {
        let Some(entry) = table.get(key) else { continue };
        for (text, span) in texts(reader, entry, &format!("`{key} = [\"some-rule.some-id\"]`")) {
            let Some((rule, subject)) = rule(reader, text, span) else { continue };
            rules.push(ExpectedRule { rule, subject, becomes, span });
        }
    }
    rules
}

/// A rule, maybe with the ids of its subject: `weak-side` or `weak-side.residents`.
fn rule(reader: &mut Reader<'_>, text: &str, at: Span) -> Option<(RuleId, Option<Vec<String>>)> {
    let knowledge = reader.knowledge;
    let (name, ids) = text.split_once('.').map_or((text, None), |(name, ids)| (name, Some(ids)));
    let Some(index) = knowledge.rules.iter().position(|rule| rule.name == name) else {
        let message = format!("there is no rule {}", quoted(name));
        let known = knowledge.rules.iter().map(|rule| rule.name.as_str());
        reader.unknown(code::beside::UNKNOWN_CASE_RULE, at, message, name, known);
        return None;
    };
    let Some(ids) = ids else { return Some((RuleId(index), None)) };
    let rule = knowledge.rules.get(index)?;
    let subject = rule.variables.get(..rule.subjects)?;
    let mut ids: Vec<String> = ids.split('.').map(str::to_owned).collect();
    if ids.len() != subject.len() {
        let entities =
            subject.iter().map(|one| knowledge.vocabulary.entity(one.entity).name.as_str());
        let form: Vec<&str> = std::iter::once(name).chain(entities).collect();
        let message =
            format!("{} names {} of a subject of {}", quoted(text), ids.len(), subject.len());
        let help =
            format!("write `{}`, with ids in the place of what is after the rule", form.join("."));
        reader.problem(Diagnostic::new(code::case::WRONG_VALUE, at, message).help(help));
        return None;
    }
    let mut known = true;
    for (id, variable) in ids.iter().zip(subject) {
        known &= reader.row(variable.entity, id, at);
    }
    if rule.two {
        ids.sort();
    }
    known.then_some((RuleId(index), Some(ids)))
}

fn named(reader: &mut Reader<'_>, table: &Table) -> Vec<Named> {
    let mut named = Vec::new();
    for (key, wanted) in [("recommends", true), ("not_recommends", false)] {
        let actions = actions(reader, table, key).into_iter();
        named.extend(actions.map(|(id, span)| Named {
            what: Recommendation::Action(id),
            wanted,
            span,
        }));
    }
    for (key, wanted) in [("warns", true), ("not_warns", false)] {
        let Some(entry) = table.get(key) else { continue };
        for (name, span) in texts(reader, entry, &format!("`{key} = [\"some-risk\"]`")) {
            let risk = risk_id(reader, name, span);
            named.extend(risk.map(|id| Named { what: Recommendation::Risk(id), wanted, span }));
        }
    }
    named
}

fn actions(reader: &mut Reader<'_>, table: &Table, key: &str) -> Vec<(ActionId, Span)> {
    let Some(entry) = table.get(key) else { return Vec::new() };
    let texts = texts(reader, entry, &format!("`{key} = [\"some-action\"]`")).into_iter();
    texts.filter_map(|(name, span)| Some((action::action(reader, name, span)?, span))).collect()
}
