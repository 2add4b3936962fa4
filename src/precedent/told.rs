//! What came of the cases of an archive, as far as it was known on the day looked at. Heard only after the rules have spoken.

use crate::case::outcome::{ActionOutcome, ActionResult, Happened, Outcome, RiskOutcome, When};
use crate::value::date_of_day;

use super::archive::{Archive, Known};
use super::cut::written;

/// What came of each case of an archive by the day looked at.
#[derive(Debug)]
pub struct Told {
    /// In the order of the archive's cases.
    pub(super) outcomes: Vec<Option<Outcome>>,
}

impl Told {
    /// What of these outcomes was known, each at the position that its case had in the list that the archive was made of.
    #[must_use]
    pub fn new(archive: &Archive, outcomes: &[Option<Outcome>]) -> Told {
        let of = |known: &Known| outcomes.get(known.place).and_then(Option::as_ref);
        let heard = |known: &Known| of(known).and_then(|outcome| hear(archive.by, known, outcome));
        Told { outcomes: archive.cases.iter().map(heard).collect() }
    }
}

/// What of an outcome was known by a day: that a risk came true, from when it did; that it did not, when the watching ended;
/// what came of an action, when its case was no longer observed, unless nobody says until when it was.
fn hear(by: Option<i64>, known: &Known, outcome: &Outcome) -> Option<Outcome> {
    let Some(by) = by else { return Some(outcome.clone()) };
    if known.case.events.iter().all(|event| event.day.is_none()) {
        return written(&outcome.sources).is_some_and(|day| day <= by).then(|| outcome.clone());
    }
    let day = |when: When| match when {
        When::Dated(period) => Some(period.last),
        When::Event(at) => known.case.events.get(at).and_then(|event| event.day),
    };
    let reached = |when: Option<When>| when.and_then(day).is_some_and(|day| day <= by);
    let observed_until = outcome.observed_until.filter(|until| reached(Some(*until)));
    let note = |note: &Option<String>| note.clone().filter(|note| !tells_of_later(note, by));
    let risk = |told: &RiskOutcome| {
        let at = match told.happened {
            Happened::Yes => told.told.at,
            Happened::No | Happened::Unknown => told.told.at.or(outcome.observed_until),
        };
        let mut heard = told.clone();
        heard.told.note = note(&told.told.note);
        reached(at).then_some(heard)
    };
    let ended = outcome.observed_until.is_none_or(|until| reached(Some(until)));
    let action = |told: &ActionOutcome| {
        let mut heard = told.clone();
        heard.told.note = note(&told.told.note).filter(|_| ended);
        if !ended {
            heard.result = ActionResult::Unknown;
        }
        reached(told.told.at).then_some(heard)
    };
    Some(Outcome {
        case: outcome.case.clone(),
        observed_until,
        sources: outcome.sources.clone(),
        risks: outcome.risks.iter().filter_map(risk).collect(),
        actions: outcome.actions.iter().filter_map(action).collect(),
    })
}

/// Whether a text names a year after a day: whoever wrote it down knew more than could be known then.
fn tells_of_later(text: &str, by: i64) -> bool {
    let Some(year) = date_of_day(by).map(jiff::civil::Date::year) else { return false };
    let numbers = text.split(|letter: char| !letter.is_ascii_digit());
    let years = numbers.filter(|digits| digits.len() == 4).filter_map(|year| year.parse().ok());
    years.filter(|named: &i16| (1500..3000).contains(named)).any(|named| named > year)
}
