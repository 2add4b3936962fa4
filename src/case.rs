//! Case files: text to a case, a case to its facts at a date. Everything that a file says is checked when it is read,
//! against the words and passages of the packs; whoever asks for facts at a date later cannot fail. Infers nothing and
//! does no I/O.

mod action;
mod beside;
mod change;
mod cites;
mod date;
mod document;
pub mod edit;
mod event;
pub mod expected;
mod filter;
mod given;
mod header;
mod look_back;
mod order;
pub mod outcome;
mod read;
mod row;
mod schema;
mod settle;
mod table;
mod timeline;
mod value;
mod words;

use crate::diagnostic::Diagnostics;
use crate::facts::{Evidence, Record};
use crate::knowledge::{ActionId, EntityId, KnowledgeBase};
use crate::source::{SourceId, Span};

pub use crate::change::{Effect, Target};
pub use beside::Beside;
pub use change::{Setting, SettingForm, changes};
pub use date::Period;
pub use filter::{Filter, LeftOut};
pub use given::given;
pub use schema::schema;
pub use timeline::{Moment, facts};

/// Most rows of one entity in a case.
pub const MAX_ROWS: usize = 4096;
/// Most events of a case.
pub const MAX_EVENTS: usize = 4096;

/// How a case file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML.
    Toml,
    /// JSON of the same shape, strict.
    Json,
}

/// A case, checked against its vocabulary.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// Its title; the id where it has none.
    pub title: String,
    /// Where it takes place.
    pub place: Option<String>,
    /// The text it was read from.
    pub text: SourceId,
    /// The source of every fact that names no other.
    pub source: Option<String>,
    /// How well facts without a source are founded.
    pub evidence: Evidence,
    /// Its sources, by id.
    pub sources: Vec<CitedSource>,
    /// Entities whose list is complete.
    pub complete: Vec<EntityId>,
    /// Rows of entities with many, by entity, then id.
    pub rows: Vec<CaseRow>,
    /// What holds from the start.
    pub base: Statements,
    /// What happened, in the order in which it could be seen.
    pub events: Vec<Event>,
    /// The passages of the guide that tell of it, by place; they never become facts.
    pub cites: Vec<CitedPassage>,
}

/// A passage of the guide that a case, a row or an event was written down from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CitedPassage {
    /// Where the case names it.
    pub span: Span,
    /// Its id in the source index.
    pub id: String,
}

/// A source that a case cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedSource {
    /// Its id.
    pub id: String,
    /// Its title; the id where it has none.
    pub title: String,
    /// How well it founds a fact.
    pub evidence: Evidence,
    /// When it was written.
    pub date: Option<Period>,
    /// Where it stands.
    pub span: Span,
}

/// A row of an entity with many.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The entity.
    pub entity: EntityId,
    /// Its id.
    pub id: String,
    /// How texts call it.
    pub name: String,
    /// Whether the case gives it that name; else it goes by its id.
    pub named: bool,
    /// Whether texts take the plural with it.
    pub plural: bool,
    /// Since when it is there; from the start where nothing is said.
    pub from: Option<Boundary>,
    /// Until when it is there; to the end where nothing is said.
    pub until: Option<Boundary>,
    /// Who tells of it.
    pub source: Option<String>,
    /// How well founded it is that it is there.
    pub evidence: Evidence,
    /// Where its id stands.
    pub span: Span,
}

/// When a row begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Boundary {
    /// On the last day of this period.
    Date(Period),
    /// When this event is seen.
    Event(String),
}

/// Facts and actions stated in one place: from the start, or by one event.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    /// Facts, by target.
    pub facts: Vec<Fact>,
    /// Actions: those without a row first.
    pub actions: Vec<ActionTaken>,
}

/// A statement about one fact.
#[derive(Debug, Clone)]
pub struct Fact {
    /// About what.
    pub target: Target,
    /// What is said.
    pub effect: Effect,
    /// Who says it, and where.
    pub record: Record,
}

/// That an action was taken, or was not.
#[derive(Debug, Clone)]
pub struct ActionTaken {
    /// The action.
    pub action: ActionId,
    /// For which row; none means for all.
    pub row: Option<(EntityId, String)>,
    /// Whether it was taken.
    pub taken: bool,
    /// Who says it, and where.
    pub record: Record,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// What happened, in words; the id where nothing is said.
    pub title: String,
    /// When, as stated.
    pub at: Option<Period>,
    /// When it could be known, if later.
    pub known: Option<Period>,
    /// The event that it comes after.
    pub after: Option<String>,
    /// The day from which it is seen; none where nothing dates it.
    pub day: Option<i64>,
    /// Its place in the order in which things happened.
    pub order: usize,
    /// What holds from then on.
    pub statements: Statements,
    /// Where its id stands.
    pub span: Span,
}

/// Reads a case file. Where it has errors they are all in `diagnostics` and there is no case.
pub fn read(
    source: SourceId,
    text: &str,
    format: Format,
    knowledge: &KnowledgeBase,
    diagnostics: &mut Diagnostics,
) -> Option<Case> {
    let (case, problems) = match document::parse(source, text, format, "case") {
        Ok(document) => read::case((source, text.len()), &document, knowledge),
        Err(problems) => (None, problems),
    };
    for problem in problems {
        diagnostics.push(problem);
    }
    case
}

/// How a text that is no date should have been written, or why there is no such date; nothing where it looks like none.
#[must_use]
pub fn date_meant(text: &str) -> Option<String> {
    date::meant(text)
}
