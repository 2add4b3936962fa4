//! Which facts of a case count: those of some of its sources, or founded well enough. What is left out is as if the case
//! had never said it. The clock is not touched: events keep their days, whatever of them is left out.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::facts::{Evidence, Record};
use crate::knowledge::{EntityId, Vocabulary};
use crate::value::Possible;

use super::timeline::Moment;
use super::words::{list, quoted, suggestion};
use super::{ActionTaken, Case, CaseRow, Effect, Fact, Statements, Target};

/// Which facts of a case count; the default admits all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only facts of these sources of the case, by id; of all, and without any, where none is named.
    pub sources: BTreeSet<String>,
    /// Only facts at least as well founded as this.
    pub evidence: Option<Evidence>,
}

/// How much of a case a filter leaves out at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Facts and actions that are left out.
    pub facts: usize,
    /// All facts and actions that are seen.
    pub of: usize,
    /// Voices that are left out of disputes in which others remain.
    pub voices: usize,
    /// Rows of which nothing tells that is admitted.
    pub rows: usize,
}

/// A row of the case: its entity and its id.
pub(super) type RowKey<'c> = (EntityId, &'c str);

impl Case {
    /// The filter that admits facts of these sources, all where none is named, at least as well founded as this.
    ///
    /// # Errors
    /// Where the case lists no such source: what is wrong, with the nearest one and all there are.
    pub fn filter(&self, sources: &[String], evidence: Option<Evidence>) -> Result<Filter, String> {
        for id in sources {
            if self.sources.iter().all(|source| source.id != *id) {
                return Err(self.no_source(id));
            }
        }
        Ok(Filter { sources: sources.iter().cloned().collect(), evidence })
    }

    fn no_source(&self, id: &str) -> String {
        let message = format!("the case lists no source {}", quoted(id));
        let ids = || self.sources.iter().map(|source| source.id.as_str());
        let near = suggestion(id, ids()).map_or_else(String::new, |near| format!("; {near}"));
        if self.sources.is_empty() {
            return format!("{message}, nor any other");
        }
        format!("{message}{near}\nhelp: it lists {}", list(ids(), "and"))
    }

    /// How well a fact of a source is founded that says no more of it.
    fn evidence_of(&self, source: Option<&str>) -> Evidence {
        let source = source.and_then(|id| self.sources.iter().find(|source| source.id == id));
        source.map_or(self.evidence, |source| source.evidence)
    }

    /// All statements that are seen at a moment: from the start, then by event.
    fn stated(&self, moment: &Moment) -> impl Iterator<Item = &Statements> {
        let events = self.seen(moment).iter().map(|event| &event.statements);
        std::iter::once(&self.base).chain(events)
    }
}

impl Filter {
    /// Whether nothing can be left out.
    #[must_use]
    pub fn admits_all(&self) -> bool {
        self.sources.is_empty() && self.evidence.is_none_or(|least| least == Evidence::Assumed)
    }

    fn admits(&self, source: Option<&str>, evidence: Evidence) -> bool {
        let named = || source.is_some_and(|source| self.sources.contains(source));
        (self.sources.is_empty() || named()) && self.evidence.is_none_or(|least| evidence >= least)
    }

    fn admits_record(&self, record: &Record) -> bool {
        self.admits(record.source.as_deref(), record.evidence)
    }

    /// Whether an action counts.
    pub(super) fn admits_action(&self, taken: &ActionTaken) -> bool {
        self.admits_record(&taken.record)
    }

    /// Whether what the header says counts.
    pub(super) fn admits_header(&self, case: &Case) -> bool {
        let source = case.source.as_deref();
        self.admits(source, case.evidence_of(source))
    }

    /// What is left of a fact; nothing where all of it is left out.
    pub(super) fn admitted<'f>(&self, case: &Case, fact: &'f Fact) -> Option<Cow<'f, Fact>> {
        if self.admits_all() {
            return Some(Cow::Borrowed(fact));
        }
        if fact.record.says.is_empty() {
            return self.admits_record(&fact.record).then_some(Cow::Borrowed(fact));
        }
        let voices =
            fact.record.says.iter().map(|(who, what)| (who, what, Voice::of(case, fact, who)));
        let left: Vec<_> =
            voices.filter(|(_, _, voice)| self.admits(voice.source, voice.evidence)).collect();
        if left.len() == fact.record.says.len() {
            return Some(Cow::Borrowed(fact));
        }
        let possible = left.iter().map(|(_, what, _)| **what).reduce(Possible::join)?;
        let evidence = left.iter().map(|(_, _, voice)| voice.evidence).min()?;
        let source = match left.as_slice() {
            [(_, _, only)] => only.source.map(str::to_owned),
            _ => fact.record.source.clone().filter(|_| self.admits_record(&fact.record)),
        };
        let says = left.iter().map(|(who, what, _)| ((*who).clone(), **what)).collect();
        let record = Record { source, evidence, says, ..fact.record.clone() };
        let effect = Effect::Set(possible);
        Some(Cow::Owned(Fact { target: fact.target.clone(), effect, record }))
    }

    /// Whether a row counts: by its own source, or because something admitted tells of it.
    pub(super) fn admits_row(&self, row: &CaseRow, told_of: &BTreeSet<RowKey<'_>>) -> bool {
        self.admits(row.source.as_deref(), row.evidence)
            || told_of.contains(&(row.entity, row.id.as_str()))
    }

    /// The rows that something admitted tells of at a moment; empty where everything is admitted anyway.
    pub(super) fn told_of<'c>(
        &self,
        case: &'c Case,
        vocabulary: &Vocabulary,
        moment: &Moment,
    ) -> BTreeSet<RowKey<'c>> {
        let mut rows = BTreeSet::new();
        if self.admits_all() {
            return rows;
        }
        for statements in case.stated(moment) {
            let facts = statements.facts.iter().filter(|fact| self.admitted(case, fact).is_some());
            rows.extend(facts.flat_map(|fact| rows_of(vocabulary, &fact.target)));
            let actions = statements.actions.iter().filter(|taken| self.admits_action(taken));
            rows.extend(actions.filter_map(row_of));
        }
        rows
    }

    /// How much is left out at a moment. What the case says of rows that are not there by then is not counted.
    #[must_use]
    pub fn left_out(&self, case: &Case, vocabulary: &Vocabulary, moment: &Moment) -> LeftOut {
        let told_of = self.told_of(case, vocabulary, moment);
        let there = |row: &&CaseRow| case.is_there(row, moment);
        let gone: BTreeSet<RowKey<'_>> =
            case.rows.iter().filter(|row| !there(row)).map(|row| (row.entity, &*row.id)).collect();
        let here = |row: &RowKey<'_>| !gone.contains(row);
        let rows = case.rows.iter().filter(there);
        let rows = rows.filter(|row| !self.admits_row(row, &told_of)).count();
        let mut left = LeftOut { rows, ..LeftOut::default() };
        for statements in case.stated(moment) {
            let about_here = |fact: &&Fact| rows_of(vocabulary, &fact.target).all(|row| here(&row));
            for fact in statements.facts.iter().filter(about_here) {
                left.of += 1;
                match self.admitted(case, fact) {
                    None => left.facts += 1,
                    Some(heard) => left.voices += fact.record.says.len() - heard.record.says.len(),
                }
            }
            for taken in
                statements.actions.iter().filter(|taken| row_of(taken).is_none_or(|row| here(&row)))
            {
                left.of += 1;
                left.facts += usize::from(!self.admits_action(taken));
            }
        }
        left
    }
}

/// Where a voice in a dispute comes from. A source speaks for itself; what a party says is told by the fact's source.
struct Voice<'f> {
    source: Option<&'f str>,
    evidence: Evidence,
}

impl<'f> Voice<'f> {
    fn of(case: &Case, fact: &'f Fact, speaker: &'f str) -> Voice<'f> {
        let is_row = case.rows.iter().any(|row| row.id == speaker);
        if is_row || case.sources.iter().all(|source| source.id != speaker) {
            let Record { source, evidence, .. } = &fact.record;
            return Voice { source: source.as_deref(), evidence: *evidence };
        }
        Voice { source: Some(speaker), evidence: case.evidence_of(Some(speaker)) }
    }
}

/// The rows that a fact is about.
fn rows_of<'c>(vocabulary: &Vocabulary, target: &'c Target) -> impl Iterator<Item = RowKey<'c>> {
    let (first, second) = match target {
        Target::Attribute(id, row) => ((vocabulary.attribute(*id).entity, row.as_str()), None),
        Target::Tie(id, a, b) => {
            let [first, second] = vocabulary.relation(*id).entities;
            ((first, a.as_str()), Some((second, b.as_str())))
        }
    };
    std::iter::once(first).chain(second)
}

fn row_of(taken: &ActionTaken) -> Option<RowKey<'_>> {
    taken.row.as_ref().map(|(entity, id)| (*entity, id.as_str()))
}
