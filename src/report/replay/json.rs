//! A replay as JSON: the schema `convener.replay/1`, described in `docs/replay-json.md`. Change it only together with that
//! page.

use serde::Serialize;

use crate::knowledge::PackName;
use crate::replay::{Life, Point, Replay};

use super::super::Heading;
use super::super::json::{Case, Pack, case, pack};
use super::super::whatif::{Change, StandingEntry as Standing, change, standing_of};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    packs: Vec<Pack<'a>>,
    case: Case<'a>,
    points: Vec<PointEntry<'a>>,
    warnings: Vec<LifeEntry<'a>>,
    recommendations: Vec<LifeEntry<'a>>,
}

#[derive(Serialize)]
struct PointEntry<'a> {
    date: Option<&'a str>,
    when: Option<&'a str>,
    events: Vec<Event<'a>>,
    stage: &'a [String],
    change: Option<Change<'a>>,
}

#[derive(Serialize)]
struct Event<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct LifeEntry<'a> {
    id: &'a str,
    title: &'a str,
    at: Vec<Option<Standing>>,
}

/// The replay as JSON, on several lines. Everything is always in it.
#[must_use]
pub fn json(replay: &Replay, heading: &Heading) -> String {
    let packs: &[PackName] = &replay.packs;
    let document = Document {
        schema: "convener.replay/1",
        packs: packs.iter().map(pack).collect(),
        case: case(heading),
        points: replay.points.iter().map(point).collect(),
        warnings: replay.warnings.iter().map(life).collect(),
        recommendations: replay.recommendations.iter().map(life).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn point(from: &Point) -> PointEntry<'_> {
    let events = from.events.iter().map(|event| Event { id: &event.id, title: &event.title });
    PointEntry {
        date: from.date.as_deref(),
        when: from.when.as_deref(),
        events: events.collect(),
        stage: &from.stage,
        change: from.change.as_ref().map(change),
    }
}

fn life(from: &Life) -> LifeEntry<'_> {
    let at = from.standing.iter().map(|standing| standing.map(standing_of));
    LifeEntry { id: &from.id, title: &from.title, at: at.collect() }
}
