//! Past cases as JSON: the schema `convener.precedents/1`, described in `docs/precedents.md`, and the line under a piece of
//! advice, described in `docs/advice-json.md`. Change them only together with those pages.

use serde::Serialize;

use crate::case::outcome::{ActionResult, Happened};
use crate::precedent::{
    self, Came, Common, Done, End, FactPair, Fired, Line, Named, Precedent, Record,
};
use crate::report::Heading;
use crate::report::json::{Case, Pack, case, pack};

use super::PastTold;
use super::phrase::{recorded, told};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    packs: Vec<Pack<'a>>,
    case: Case<'a>,
    archive: Option<Looked<'a>>,
    advising_rules: Option<usize>,
    precedents: Option<Vec<PrecedentEntry<'a>>>,
    record: Option<RecordEntry<'a>>,
}

#[derive(Serialize)]
struct Looked<'a> {
    known_by: Option<&'a str>,
    past: usize,
    itself: bool,
    later: usize,
    undated: &'a [String],
}

#[derive(Serialize)]
struct NamedEntry<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct PrecedentEntry<'a> {
    id: &'a str,
    title: &'a str,
    place: Option<&'a str>,
    at: &'a str,
    after: Option<&'a str>,
    rules: &'a [String],
    alike: CommonEntry<'a>,
    same: Vec<Pair<'a>>,
    differs: Vec<Pair<'a>>,
    only_here: CommonEntry<'a>,
    only_there: CommonEntry<'a>,
    done: Vec<DoneEntry<'a>>,
    came_of_it: Vec<CameEntry<'a>>,
}

#[derive(Serialize)]
struct CommonEntry<'a> {
    warnings: Vec<NamedEntry<'a>>,
    actions: Vec<NamedEntry<'a>>,
    going_well: Vec<NamedEntry<'a>>,
}

#[derive(Serialize)]
struct Pair<'a> {
    fact: &'a str,
    question: &'a str,
    here: &'a str,
    there_fact: &'a str,
    there: &'a str,
}

#[derive(Serialize)]
struct DoneEntry<'a> {
    action: &'a str,
    title: &'a str,
    whom: &'a [String],
    at: &'a str,
    result: &'static str,
    note: Option<&'a str>,
    advised_here: bool,
}

#[derive(Serialize)]
struct CameEntry<'a> {
    risk: &'a str,
    title: &'a str,
    whom: &'a [String],
    at: &'a str,
    happened: &'static str,
    later: bool,
    note: Option<&'a str>,
    advised_here: bool,
}

#[derive(Serialize)]
struct RecordEntry<'a> {
    rule: &'a str,
    text: String,
    warns: bool,
    points: usize,
    hits: usize,
    misses: usize,
    false_alarms: usize,
    silences: usize,
    unknown: usize,
    cases: Vec<FiredEntry<'a>>,
}

#[derive(Serialize)]
struct FiredEntry<'a> {
    id: &'a str,
    title: &'a str,
    place: Option<&'a str>,
    at: &'a [String],
    whom: &'a [String],
    done: Vec<DoneEntry<'a>>,
    came_of_it: Vec<CameEntry<'a>>,
}

/// The line under a piece of advice.
#[derive(Serialize)]
pub(in crate::report) struct LineEntry<'a> {
    case: &'a str,
    title: &'a str,
    place: Option<&'a str>,
    at: &'a str,
    rule: &'a str,
    end: &'static str,
    when: &'a str,
    heeded: &'a [String],
    note: Option<&'a str>,
    so_in: usize,
    of: usize,
    text: String,
}

/// The past of a case as JSON, on several lines. Everything is always in it.
#[must_use]
pub fn json(of: PastTold<'_>, heading: &Heading) -> String {
    let looked = of.precedents.map(|of| &of.looked).or_else(|| of.record.map(|of| &of.looked));
    let document = Document {
        schema: "convener.precedents/1",
        packs: of.packs.iter().map(pack).collect(),
        case: case(heading),
        archive: looked.map(archive),
        advising_rules: of.precedents.map(|of| of.advice),
        precedents: of.precedents.map(|of| of.list.iter().map(precedent).collect()),
        record: of.record.map(record),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

pub(in crate::report) fn line(from: &Line) -> LineEntry<'_> {
    LineEntry {
        case: &from.case.id,
        title: &from.case.title,
        place: from.place.as_deref(),
        at: &from.at,
        rule: &from.rule,
        end: match from.end {
            End::CameTrue => "came_true",
            End::DidNot => "did_not",
            End::Done(of) => result(of),
        },
        when: &from.when,
        heeded: &from.heeded,
        note: from.note.as_deref(),
        so_in: from.so,
        of: from.of,
        text: told(from, None),
    }
}

fn archive(from: &precedent::Looked) -> Looked<'_> {
    Looked {
        known_by: from.by.as_deref(),
        past: from.past,
        itself: from.own,
        later: from.later,
        undated: &from.undated,
    }
}

fn precedent(from: &Precedent) -> PrecedentEntry<'_> {
    PrecedentEntry {
        id: &from.case.id,
        title: &from.case.title,
        place: from.place.as_deref(),
        at: &from.at,
        after: from.event.as_deref(),
        rules: &from.rules,
        alike: common(&from.alike),
        same: from.both.iter().map(pair).collect(),
        differs: from.differs.iter().map(pair).collect(),
        only_here: common(&from.only_here),
        only_there: common(&from.only_there),
        done: from.done.iter().map(done).collect(),
        came_of_it: from.came.iter().map(came).collect(),
    }
}

fn common(from: &Common) -> CommonEntry<'_> {
    CommonEntry {
        warnings: from.warnings.iter().map(entry).collect(),
        actions: from.actions.iter().map(entry).collect(),
        going_well: from.going_well.iter().map(entry).collect(),
    }
}

fn entry(from: &Named) -> NamedEntry<'_> {
    NamedEntry { id: &from.id, title: &from.title }
}

fn pair(from: &FactPair) -> Pair<'_> {
    Pair {
        fact: &from.path,
        question: &from.question,
        here: &from.here,
        there_fact: &from.there_path,
        there: &from.there,
    }
}

fn done(from: &Done) -> DoneEntry<'_> {
    DoneEntry {
        action: &from.action.id,
        title: &from.action.title,
        whom: &from.whom,
        at: &from.at,
        result: result(from.result),
        note: from.note.as_deref(),
        advised_here: from.advised,
    }
}

fn result(result: ActionResult) -> &'static str {
    match result {
        ActionResult::Worked => "worked",
        ActionResult::Partly => "partly",
        ActionResult::Failed => "failed",
        ActionResult::Unknown => "unknown",
    }
}

fn came(from: &Came) -> CameEntry<'_> {
    CameEntry {
        risk: &from.risk.id,
        title: &from.risk.title,
        whom: &from.whom,
        at: &from.at,
        happened: match from.happened {
            Happened::Yes => "yes",
            Happened::No => "no",
            Happened::Unknown => "unknown",
        },
        later: from.later,
        note: from.note.as_deref(),
        advised_here: from.advised,
    }
}

fn record(from: &Record) -> RecordEntry<'_> {
    RecordEntry {
        rule: &from.rule,
        text: recorded(from),
        warns: from.warns,
        points: from.points,
        hits: from.verdicts.hits,
        misses: from.verdicts.misses,
        false_alarms: from.verdicts.false_alarms,
        silences: from.verdicts.silences,
        unknown: from.verdicts.unknown,
        cases: from.cases.iter().map(fired).collect(),
    }
}

fn fired(from: &Fired) -> FiredEntry<'_> {
    FiredEntry {
        id: &from.case.id,
        title: &from.case.title,
        place: from.place.as_deref(),
        at: &from.at,
        whom: &from.whom,
        done: from.done.iter().map(done).collect(),
        came_of_it: from.came.iter().map(came).collect(),
    }
}
