//! What the rules said of cases, set against what came of them: whether a risk was warned of before it came true, how early and
//! how high, and whether what helped was recommended before it was done. Advice is worked out first, from facts known by then
//! alone; outcomes are only compared with it.

mod baseline;
mod interval;
mod past;
mod record;
mod sensitivity;
mod table;
mod verdict;

use crate::advice::Item;
use crate::case::Filter;
use crate::case::outcome::{ActionResult, Happened};
use crate::engine::{Limit, Limits, Plan};
use crate::knowledge::{AttributeId, KnowledgeBase, PackName, Severity};

pub use baseline::{Baselines, Counts};
pub use interval::{Share, median_interval};
pub use past::{Given, Rows, before, given, point_name};
pub use record::{Record, Trial, hash};
pub use sensitivity::{Fragile, Sensitivity};
pub use table::{Row, Tables};
pub use verdict::{Judged, judged};

use past::Past;

/// How cases are evaluated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// So many months a risk has to be watched after it was warned of before the warning counts as false.
    pub watched_months: i64,
    /// The attribute of rows by whose values results are grouped.
    pub by: Option<AttributeId>,
    /// Whether each fact is left out in turn.
    pub sensitivity: bool,
}

/// What the rules said of cases, and whether they were right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The packs.
    pub packs: Vec<PackName>,
    /// Which facts counted.
    pub filter: Filter,
    /// So many months a risk had to be watched after it was warned of before the warning counted as false.
    pub watched_months: i64,
    /// The cases, by id.
    pub cases: Vec<Record>,
    /// The SHA-256 of packs, cases and outcomes together.
    pub hash: String,
    /// What became of each risk that an outcome tells of, by case, then place.
    pub risks: Vec<RiskVerdict>,
    /// What came of each action that an outcome tells of, by case, then place.
    pub actions: Vec<ActionVerdict>,
    /// Results in groups.
    pub tables: Tables,
    /// Rules of thumb to compare with.
    pub baselines: Baselines,
    /// What hangs on single facts, where it was asked for.
    pub sensitivity: Option<Sensitivity>,
}

/// Whether a risk was warned of, and rightly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskVerdict {
    /// The case.
    pub case: String,
    /// The risk.
    pub risk: String,
    /// What it is.
    pub title: String,
    /// The ids of the rows that the outcome names.
    pub rows: Vec<String>,
    /// Whether it happened.
    pub happened: Happened,
    /// When, or until when it was watched, in words.
    pub at: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The first warning.
    pub first: Option<Said>,
    /// The warning as it stood at the last point that counts; none where it was no longer given.
    pub last: Option<Said>,
    /// The rules that warned, by id.
    pub by: Vec<String>,
    /// The stages that were possible at the first warning, or else at the last point that counts, in words.
    pub stage: Vec<String>,
    /// What the rows carry of the attribute by which results are grouped.
    pub groups: Vec<String>,
    /// How many rules warned of anything at the last point that counts.
    pub unmet: usize,
}

/// Whether a warning was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It was warned of, and happened later.
    Hit,
    /// It happened, and was not warned of before.
    Miss,
    /// It was warned of, was watched long enough, and did not happen.
    FalseAlarm,
    /// It was neither warned of nor happened.
    Silence,
    /// Nobody knows whether it happened.
    Unknown,
    /// It was warned of and did not happen while it was watched, which was too short.
    TooShort,
    /// The case has no point before it at which a warning could have been given.
    NoPoint,
}

impl Verdict {
    /// Whether it says anything about the rules.
    #[must_use]
    pub fn counts(self) -> bool {
        self <= Verdict::Silence
    }

    /// Whether a warning was given.
    #[must_use]
    pub fn is_warned(self) -> bool {
        matches!(self, Verdict::Hit | Verdict::FalseAlarm)
    }
}

/// Whether an action was recommended before it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionVerdict {
    /// The case.
    pub case: String,
    /// The action.
    pub action: String,
    /// What it is.
    pub title: String,
    /// The ids of the rows that the outcome names.
    pub rows: Vec<String>,
    /// What came of it.
    pub result: ActionResult,
    /// When it was done, in words.
    pub at: String,
    /// Whether there is a point before it.
    pub has_point: bool,
    /// The first recommendation.
    pub first: Option<Said>,
}

/// Advice given at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The point, in words.
    pub at: String,
    /// Its place in the list, from 1.
    pub rank: usize,
    /// How grave it was.
    pub severity: Severity,
    /// Whether it was provisional.
    pub provisional: bool,
    /// Completed months until what it speaks of, at least and at most; none where nothing dates the two.
    pub months: Option<[i64; 2]>,
    /// How many points of the case lie from it up to what it speaks of, itself included.
    pub points: usize,
}

impl Said {
    fn new(list: &[Item], item: &Item, at: String) -> Said {
        let todo = list.iter().filter(|other| !other.done);
        let rank = todo.take_while(|other| other.id != item.id).count() + 1;
        let (severity, provisional) = (item.severity, item.provisional);
        Said { at, rank, severity, provisional, months: None, points: 0 }
    }
}

/// Compares what the rules said of cases with what came of them.
///
/// # Errors
/// Where a limit is reached.
pub fn evaluate(
    (kb, plan): (&KnowledgeBase, &Plan),
    trials: &[Trial<'_>],
    settings: &Settings,
    limits: Limits,
) -> Result<Evaluation, Limit> {
    let mut risks = Vec::new();
    let mut actions = Vec::new();
    let mut cases = Vec::new();
    let mut sensitivity = settings.sensitivity.then(Sensitivity::default);
    for trial in trials {
        let past = Past::new((kb, plan), trial.case, &trial.filter, limits)?;
        cases.push(record::record(kb, trial, &past));
        let Some(outcome) = trial.outcome else { continue };
        let found = verdict::risks(kb, &past, outcome, settings);
        if let Some(sensitivity) = &mut sensitivity {
            let verdicts: Vec<Verdict> = found.iter().map(|one| one.verdict).collect();
            sensitivity.try_case((kb, plan), (trial, outcome), (&verdicts, settings), limits)?;
        }
        risks.extend(found);
        actions.extend(verdict::actions(kb, &past, outcome));
    }
    Ok(Evaluation {
        packs: kb.packs.clone(),
        filter: trials.first().map_or_else(Filter::default, |trial| trial.filter.clone()),
        watched_months: settings.watched_months,
        hash: record::whole(&kb.packs, &cases),
        cases,
        tables: table::tables(kb, &risks),
        baselines: baseline::baselines(&risks),
        risks,
        actions,
        sensitivity,
    })
}
