//! Values: what one fact may be, from a plain word to an inline table of bounds, with who says it.
//! Knows the types of the vocabulary, not which fact is meant.

mod bound;
mod plain;

use crate::diagnostic::{Diagnostic, code};
use crate::facts::{Evidence, Record};
use crate::knowledge::{EntityKind, Type};
use crate::source::Span;
use crate::value::Possible;

use super::document::{Entry, Node, Table, Value};
use super::header;
use super::read::Reader;
use super::words::quoted;

pub(super) use plain::{members, period};

/// Keys that bound a value.
const BOUNDS: [&str; 8] =
    ["is", "one_of", "at_least", "at_most", "above", "below", "includes", "excludes"];
/// Keys of an inline table.
const KEYS: [&str; 12] = [
    "is", "one_of", "at_least", "at_most", "above", "below", "includes", "excludes", "says",
    "source", "evidence", "note",
];

/// What is stated of one fact.
pub(super) struct Stated {
    pub(super) possible: Possible,
    unknown: bool,
    says: Vec<(String, Possible)>,
    source: Option<String>,
    evidence: Option<Evidence>,
    note: Option<String>,
}

impl Stated {
    fn plain((possible, unknown): (Possible, bool)) -> Stated {
        Stated { possible, unknown, says: Vec::new(), source: None, evidence: None, note: None }
    }

    /// Who states it, and where.
    pub(super) fn record(
        self,
        reader: &Reader<'_>,
        span: Span,
        default: Option<&str>,
        event: Option<&str>,
    ) -> Record {
        let record = bare(reader, span, self.source.as_deref().or(default), event);
        Record {
            evidence: self.evidence.unwrap_or(record.evidence),
            note: self.note,
            unknown: self.unknown,
            says: self.says,
            ..record
        }
    }
}

/// Who states what needs no more words than that, and where.
pub(super) fn bare(
    reader: &Reader<'_>,
    span: Span,
    source: Option<&str>,
    event: Option<&str>,
) -> Record {
    Record {
        span,
        source: source.map(str::to_owned),
        evidence: reader.evidence_of(source),
        note: None,
        unknown: false,
        says: Vec::new(),
        event: event.map(str::to_owned),
    }
}

/// Reads a value of a type; `what` names the fact in messages.
pub(super) fn value(
    reader: &mut Reader<'_>,
    node: &Node,
    kind: Type,
    what: &str,
) -> Option<Stated> {
    match &node.value {
        Value::Table(table) => inline(reader, node.span, table, kind, what),
        _ => plain::plain(reader, node, kind, what).map(Stated::plain),
    }
}

fn inline(
    reader: &mut Reader<'_>,
    span: Span,
    table: &Table,
    kind: Type,
    what: &str,
) -> Option<Stated> {
    reader.only(table, &format!("the value of {what}"), &KEYS);
    let source = table.get("source").and_then(|entry| reader.source(entry));
    let evidence = table.get("evidence").and_then(|entry| header::evidence(reader, entry));
    let note = table.get("note").and_then(|entry| reader.text(entry)).map(str::to_owned);
    let (possible, unknown, says) = if let Some(entry) = table.get("says") {
        beside(reader, table, entry, what);
        let says = says(reader, entry, kind, what)?;
        let possible = says.iter().map(|(_, possible)| *possible).reduce(Possible::join)?;
        (possible, false, says)
    } else {
        let (possible, unknown) = bounds(reader, span, table, kind, what)?;
        (possible, unknown, Vec::new())
    };
    Some(Stated { possible, unknown, says, source, evidence, note })
}

/// Refuses bounds beside `says`: they would claim to settle the dispute.
fn beside(reader: &mut Reader<'_>, table: &Table, says: &Entry, what: &str) {
    let Some(bound) = table.entries.iter().find(|entry| BOUNDS.contains(&entry.key.as_str()))
    else {
        return;
    };
    let message = format!("{} cannot stand beside `says`", quoted(&bound.key));
    reader.problem(
        Diagnostic::new(code::case::WRONG_VALUE, bound.at, message)
            .related(says.at, format!("{what} is disputed here"))
            .help("keep `says` while it is disputed, or the other once it is settled"),
    );
}

fn says(
    reader: &mut Reader<'_>,
    entry: &Entry,
    kind: Type,
    what: &str,
) -> Option<Vec<(String, Possible)>> {
    let table = reader.table(entry, "`says = { ministry = \"high\", ngos = \"low\" }`")?;
    if table.entries.is_empty() {
        let message = format!("nobody says anything of {what}");
        let help = "write who says what: `says = { ministry = \"high\", ngos = \"low\" }`";
        reader.problem(Diagnostic::new(code::case::MISSING_KEY, entry.at, message).help(help));
        return None;
    }
    let mut says = Vec::new();
    for entry in &table.entries {
        let known = speaker(reader, entry);
        let said = match &entry.node.value {
            Value::Table(table) => {
                reader.only(table, "what somebody says", &BOUNDS);
                bounds(reader, entry.node.span, table, kind, what)
            }
            _ => plain::plain(reader, &entry.node, kind, what),
        };
        if let (true, Some((possible, _))) = (known, said) {
            says.push((entry.key.clone(), possible));
        }
    }
    says.sort();
    (!says.is_empty()).then_some(says)
}

fn speaker(reader: &mut Reader<'_>, entry: &Entry) -> bool {
    if reader.sources.contains_key(&entry.key)
        || reader.rows.values().any(|rows| rows.contains_key(&entry.key))
    {
        return true;
    }
    if reader.is_full() {
        return false;
    }
    let mut known: Vec<String> = reader.sources.keys().cloned().collect();
    known.extend(reader.rows.values().flat_map(|rows| rows.keys().cloned()));
    let message = format!("{} is neither listed in this case nor a source", quoted(&entry.key));
    let names = known.iter().map(String::as_str);
    reader.unknown(code::case::UNKNOWN_SPEAKER, entry.at, message, &entry.key, names);
    false
}

/// What all bounds of an inline table leave possible, and whether it is stated as unknown.
fn bounds(
    reader: &mut Reader<'_>,
    span: Span,
    table: &Table,
    kind: Type,
    what: &str,
) -> Option<(Possible, bool)> {
    let everything = reader.vocabulary.everything(kind);
    let mut bounds: Vec<(&Entry, Possible)> = Vec::new();
    let (mut left, mut unknown, mut whole) = (everything, false, true);
    for entry in table.entries.iter().filter(|entry| BOUNDS.contains(&entry.key.as_str())) {
        let Some((possible, open)) = bound::bound(reader, entry, kind, what) else {
            whole = false;
            continue;
        };
        unknown |= open;
        if let Some(met) = left.meet(possible) {
            left = met;
        } else {
            contradiction(reader, entry, &bounds, what);
            whole = false;
        }
        bounds.push((entry, possible));
    }
    let known = |entry: &Entry| KEYS.contains(&entry.key.as_str());
    if whole && bounds.is_empty() && !table.entries.iter().all(known) {
        return None;
    }
    if whole && bounds.is_empty() {
        let message = format!("nothing says what {what} is");
        let help =
            format!("add {}; or `is = \"unknown\"` where nobody knows", example(reader, kind));
        reader.problem(Diagnostic::new(code::case::MISSING_KEY, span, message).help(help));
        return None;
    }
    whole.then_some((left, unknown && left == everything))
}

fn contradiction(
    reader: &mut Reader<'_>,
    entry: &Entry,
    earlier: &[(&Entry, Possible)],
    what: &str,
) {
    let message = format!("nothing is left that {what} could be");
    let mut problem = Diagnostic::new(code::case::IMPOSSIBLE_VALUE, entry.at, message)
        .label("this excludes what is said before")
        .help("keep what is right; where people say different things, write who says what: `says = { … }`");
    for (other, _) in earlier {
        problem = problem.related(other.at, "together with this");
    }
    reader.problem(problem);
}

/// `is = …` with a value that fits.
fn example(reader: &Reader<'_>, kind: Type) -> String {
    let last = |domain| {
        reader.vocabulary.domain(domain).members.last().map_or("…", |member| member.name.as_str())
    };
    match kind {
        Type::YES_NO => "`is = true`".to_owned(),
        Type::Choice(domain) => format!("`is = \"{}\"`", last(domain)),
        Type::Set(domain) => format!("`is = [\"{}\"]`", last(domain)),
        Type::Number => "`is = 12`".to_owned(),
        Type::Date => "`is = \"1985-06\"`".to_owned(),
    }
}

/// Entities that a case lists rows of.
pub(super) fn listed(reader: &Reader<'_>) -> Vec<crate::knowledge::EntityId> {
    let entities = reader.vocabulary.entities.iter().enumerate();
    entities
        .filter(|(_, entity)| entity.kind == EntityKind::Many)
        .map(|(index, _)| crate::knowledge::EntityId(index))
        .collect()
}
