//! Cases under packs: read with the words of each, run at every moment at which the case tells of something.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{self, Case, Filter, Format, Moment};
use crate::diagnostic::Diagnostics;
use crate::engine::{Limit, Limits, Plan};
use crate::facts::Facts;
use crate::knowledge::KnowledgeBase;
use crate::proof::View;
use crate::source::SourceId;
use crate::value::date_of_day;

use super::outcome::{Outcome, outcome};

/// A case file.
#[derive(Debug, Clone, Copy)]
pub struct CaseText<'a> {
    /// How the user knows it.
    pub name: &'a str,
    /// Its text among all texts.
    pub source: SourceId,
    /// Its text.
    pub text: &'a str,
    /// How it is written.
    pub format: Format,
}

/// A case that both packs can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRead {
    /// How the user knows its file.
    pub name: String,
    /// Its id.
    pub id: String,
    /// The moments at which it was run, in words.
    pub moments: Vec<String>,
}

/// A case that a pack cannot read.
#[derive(Debug, Clone)]
pub struct Refused {
    /// How the user knows its file.
    pub name: String,
    /// Whether the old pack, and whether the new one, can read it.
    pub reads: [bool; 2],
    /// What is wrong with it, by the first pack that cannot read it.
    pub problems: Diagnostics,
}

/// A case and a moment of it, by position.
pub(super) type Place = (usize, usize);

/// The cases that both packs can read.
pub(super) struct Cases<'a> {
    texts: Vec<CaseText<'a>>,
    moments: Vec<Vec<Moment>>,
    pub(super) read: Vec<CaseRead>,
    pub(super) refused: Vec<Refused>,
}

impl<'a> Cases<'a> {
    /// Reads cases with the words of both packs.
    pub(super) fn new(kbs: [&KnowledgeBase; 2], texts: &[CaseText<'a>]) -> Cases<'a> {
        let mut cases =
            Cases { texts: Vec::new(), moments: Vec::new(), read: Vec::new(), refused: Vec::new() };
        for text in texts {
            match kbs.map(|kb| read(kb, text)) {
                [Ok(case), Ok(_)] => {
                    let moments = case.points();
                    cases.read.push(CaseRead {
                        name: text.name.to_owned(),
                        id: case.id.clone(),
                        moments: moments_in_words(&case, &moments),
                    });
                    cases.moments.push(moments);
                    cases.texts.push(*text);
                }
                [old, new] => {
                    let reads = [old.is_ok(), new.is_ok()];
                    let problems = old.err().or(new.err()).unwrap_or_default();
                    let name = text.name.to_owned();
                    cases.refused.push(Refused { name, reads, problems });
                }
            }
        }
        cases
    }

    /// All cases at all of their moments.
    pub(super) fn places(&self) -> BTreeSet<Place> {
        let all = self.moments.iter().enumerate();
        all.flat_map(|(case, moments)| (0..moments.len()).map(move |at| (case, at))).collect()
    }

    /// What a pack makes of cases; those that it cannot read are left out.
    pub(super) fn outcomes(
        &self,
        (kb, plan): (&KnowledgeBase, &Plan),
        places: &BTreeSet<Place>,
        limits: Limits,
    ) -> Result<BTreeMap<Place, Outcome>, Limit> {
        let mut facts: Vec<(Place, Facts)> = Vec::new();
        let cases: BTreeSet<usize> = places.iter().map(|(case, _)| *case).collect();
        for at in cases {
            let Some(Ok(case)) = self.texts.get(at).map(|text| read(kb, text)) else { continue };
            let facts_at = |moment| case::facts(&case, &kb.vocabulary, moment, &Filter::default());
            let own = places.iter().filter(|(case, _)| *case == at);
            facts.extend(own.filter_map(|place| {
                let moment = self.moments.get(at)?.get(place.1)?;
                Some((*place, facts_at(moment)))
            }));
        }
        let block: Vec<&Facts> = facts.iter().map(|(_, facts)| facts).collect();
        let models = plan.infer(&block, limits)?;
        let all = facts.iter().zip(&models);
        Ok(all
            .map(|((place, facts), model)| (*place, outcome(View { kb, facts, model })))
            .collect())
    }
}

fn read(kb: &KnowledgeBase, text: &CaseText<'_>) -> Result<Case, Diagnostics> {
    let mut problems = Diagnostics::default();
    let case = case::read(text.source, text.text, text.format, kb, &mut problems);
    problems.keep_errors();
    case.ok_or(problems)
}

/// Moments in words, no two of them alike; the event stands beside a date that, looked at alone, means a later moment.
#[must_use]
pub fn moments_in_words(case: &Case, moments: &[Moment]) -> Vec<String> {
    let words: Vec<String> = moments.iter().map(|moment| in_words(case, moment)).collect();
    let alone = |own: &String| words.iter().filter(|other| *other == own).count() == 1;
    let named = words.iter().zip(moments).map(|(own, moment)| {
        let other = case.moment(own).is_ok_and(|meant| meant != *moment);
        match case.seen(moment).last() {
            Some(event) if other || !alone(own) => format!("{own} ({})", event.id),
            _ => own.clone(),
        }
    });
    named.collect()
}

/// `1985-12`, or the event where nothing dates the moment.
fn in_words(case: &Case, moment: &Moment) -> String {
    let last = case.seen(moment).last();
    let stated = last.and_then(|event| event.at).filter(|at| Some(at.last) == moment.today);
    let day = || moment.today.and_then(date_of_day).map(|date| date.to_string());
    let dated = stated.map(|at| at.to_string()).or_else(day);
    dated.or_else(|| last.map(|event| event.id.clone())).unwrap_or_else(|| "its end".to_owned())
}
