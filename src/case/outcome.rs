//! What came of a case, dated, from the file beside it. Nothing here ever becomes a fact: it is for comparing advice with
//! what happened, after the advice is given.

mod entry;
mod hindsight;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::knowledge::{ActionId, EntityId, RiskId};
use crate::source::Span;

use super::beside::{Beside, tables};
use super::date::Period;
use super::document::Table;
use super::read::Reader;
use super::{CitedSource, header};
use entry::{Frame, risk, taken};

pub(super) use entry::risk_id;

const TOP: [&str; 4] = ["outcome", "sources", "risk", "action"];
const HEADER: [&str; 3] = ["case", "observed_until", "source"];

/// What came of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The id of the case.
    pub case: String,
    /// Until when it was observed.
    pub observed_until: Option<When>,
    /// Its sources, and those of the case, by id.
    pub sources: Vec<CitedSource>,
    /// What became of risks, by place.
    pub risks: Vec<RiskOutcome>,
    /// What became of actions, by place.
    pub actions: Vec<ActionOutcome>,
}

/// Whether something that may go wrong did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskOutcome {
    /// The risk.
    pub risk: RiskId,
    /// Whether it happened.
    pub happened: Happened,
    /// When, of whom, and who says so.
    pub told: Told,
}

/// Whether a risk came true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// It did.
    Yes,
    /// It was observed, and it did not.
    No,
    /// Nobody knows.
    Unknown,
}

/// What came of something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionOutcome {
    /// The action.
    pub action: ActionId,
    /// What came of it.
    pub result: ActionResult,
    /// When, for whom, and who says so.
    pub told: Told,
}

/// What came of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionResult {
    /// It did what it was for.
    Worked,
    /// It did some of that.
    Partly,
    /// It did not.
    Failed,
    /// Nobody knows.
    Unknown,
}

/// When something happened or was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// In a year, a month or on a day.
    Dated(Period),
    /// At an event of the case, by its position: where nothing dates it.
    Event(usize),
}

/// When, of whom, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: Option<When>,
    /// The rows that it is about; of the case as a whole where there are none.
    pub rows: Vec<(EntityId, String)>,
    /// A remark.
    pub note: Option<String>,
    /// The id of the source.
    pub source: Option<String>,
    /// Where its id stands.
    pub span: Span,
}

/// Reads the outcome of a case. Where it has errors they are all in `diagnostics` and there is none.
pub fn read(beside: Beside<'_>, diagnostics: &mut Diagnostics) -> Option<Outcome> {
    beside.read("outcome", diagnostics, |reader, document| outcome(beside, reader, document))
}

fn outcome(beside: Beside<'_>, reader: &mut Reader<'_>, document: &Table) -> Outcome {
    reader.only(document, "a file of outcomes", &TOP);
    header::sources(reader, document);
    let header = beside.header(reader, document, "outcome", &HEADER);
    let source = header.and_then(|table| table.get("source")).and_then(|at| reader.source(at));
    let mut frame = Frame { case: beside.case, until: None, source };
    let until = header.and_then(|table| table.get("observed_until"));
    let observed_until = until.and_then(|entry| frame.when(reader, entry));
    frame.until = observed_until;
    let mut risks: Vec<RiskOutcome> = Vec::new();
    for (table, at) in tables(reader, document, "risk") {
        let Some(found) = risk(reader, table, at, &frame) else { continue };
        let same = risks.iter().filter(|other| other.risk == found.risk);
        repeated(reader, &found.told, same.map(|other| &other.told));
        if found.happened == Happened::Yes {
            hindsight::hindsight(reader, beside.case, &found.told);
        }
        risks.push(found);
    }
    let mut actions: Vec<ActionOutcome> = Vec::new();
    for (table, at) in tables(reader, document, "action") {
        let Some(found) = taken(reader, table, at, &frame) else { continue };
        let same = actions.iter().filter(|other| other.action == found.action);
        repeated(reader, &found.told, same.map(|other| &other.told));
        hindsight::hindsight(reader, beside.case, &found.told);
        actions.push(found);
    }
    Outcome {
        case: beside.case.id.clone(),
        observed_until,
        sources: reader.sources.values().cloned().collect(),
        risks,
        actions,
    }
}

impl Told {
    /// Whether two entries of one thing speak of some of the same rows at one time; without a date, of all time.
    fn repeats(&self, other: &Told) -> bool {
        let shared = self.rows.iter().any(|row| other.rows.contains(row));
        let same_rows = shared || (self.rows.is_empty() && other.rows.is_empty());
        let same_time = self.at == other.at || self.at.is_none() || other.at.is_none();
        same_rows && same_time
    }
}

/// Says that what became of a thing is told already.
fn repeated<'o>(reader: &mut Reader<'_>, told: &Told, mut earlier: impl Iterator<Item = &'o Told>) {
    let Some(other) = earlier.find(|other| told.repeats(other)) else { return };
    let message = "what became of this is told already";
    reader.problem(
        Diagnostic::new(code::beside::REPEATED_OUTCOME, told.span, message)
            .label("again here")
            .related(other.span, "first here")
            .help("keep one, or give each its own date in `at`"),
    );
}
