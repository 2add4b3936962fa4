//! Past cases that are like one: what is alike, what differs, what was done and what came of it; and the record of a rule.
//! In two steps, so that nothing is wise after the event: an [`Archive`] holds every case as it was known on the day looked
//! at and what the rules said of it, and knows no outcome; what came of the cases by that day is heard afterwards.

mod alike;
mod archive;
mod cut;
mod followed;
mod line;
mod near;
mod record;
mod told;

use crate::case::outcome::{ActionResult, Happened};

pub use archive::{Archive, Known};
pub use line::{End, Line, Lines, lines};
pub use near::precedents;
pub use record::{Fired, Record, record};
pub use told::Told;

/// The past cases that are like one, nearest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedents {
    /// The archive that was looked through.
    pub looked: Looked,
    /// How many rules give advice on the case itself.
    pub advice: usize,
    /// The cases that share advice with it, or facts that advice on it rests on, each at its most alike moment, nearest first.
    pub list: Vec<Precedent>,
}

/// How much of an archive is past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked {
    /// The day by which everything shown was known, as `1985-12-31`; none where nothing dates the case looked at.
    pub by: Option<String>,
    /// The cases of the archive that are past.
    pub past: usize,
    /// Whether the case looked at is in the archive itself, where it is passed over.
    pub own: bool,
    /// How many cases begin later.
    pub later: usize,
    /// The cases that nothing dates, so that they may be later, by id.
    pub undated: Vec<String>,
}

/// A past case, at the moment at which it is most alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precedent {
    /// The case.
    pub case: Named,
    /// Where it took place.
    pub place: Option<String>,
    /// The moment, in words: `1985`, or the id of an event.
    pub at: String,
    /// What had happened last by then, in words.
    pub event: Option<String>,
    /// The rules that give advice on both, by id.
    pub rules: Vec<String>,
    /// The advice that these give.
    pub alike: Common,
    /// The facts on which advice here rests that are the same in both.
    pub both: Vec<FactPair>,
    /// Those that differ.
    pub differs: Vec<FactPair>,
    /// Advice that is given only on the case looked at.
    pub only_here: Common,
    /// Advice that was given only on the past case.
    pub only_there: Common,
    /// What was done there at that moment or later.
    pub done: Vec<Done>,
    /// What came of it there at that moment or later.
    pub came: Vec<Came>,
}

/// Advice by what it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common {
    /// Risks.
    pub warnings: Vec<Named>,
    /// Actions.
    pub actions: Vec<Named>,
    /// What goes well, by the rules that say so.
    pub going_well: Vec<Named>,
}

/// Something with its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// What it is called, or says.
    pub title: String,
}

/// One fact in two cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactPair {
    /// Its path in the case looked at.
    pub path: String,
    /// The question that it answers there.
    pub question: String,
    /// The answer there.
    pub here: String,
    /// The path in the past case.
    pub there_path: String,
    /// The answer in the past case.
    pub there: String,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The action.
    pub action: Named,
    /// The names of the rows that it was done for.
    pub whom: Vec<String>,
    /// When, in words.
    pub at: String,
    /// The last day of that; none where nothing dates it.
    pub day: Option<i64>,
    /// What came of it, as far as that was known.
    pub result: ActionResult,
    /// A remark.
    pub note: Option<String>,
    /// Whether it is recommended in the case looked at.
    pub advised: bool,
}

/// A risk that came true or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// The risk.
    pub risk: Named,
    /// The names of the rows of which it is told.
    pub whom: Vec<String>,
    /// When, or until when it was watched, in words.
    pub at: String,
    /// Whether it came true.
    pub happened: Happened,
    /// Whether that was certainly later than the moment from which on it is told.
    pub later: bool,
    /// A remark.
    pub note: Option<String>,
    /// Whether it is warned of in the case looked at.
    pub advised: bool,
}
