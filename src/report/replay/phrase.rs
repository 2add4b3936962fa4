//! The words of a replay: when something was, which facts brought it about, from when to when a warning was given. No markup.

use crate::replay::{Life, Point, Replay};
use crate::report::phrase::count;
use crate::whatif::{Changed, WhatIf};

/// `1988-12-31: A new head comes to the agency`.
pub(super) fn when(point: &Point) -> String {
    let events: Vec<&str> = point.events.iter().map(|event| event.title.as_str()).collect();
    let events = match (events.as_slice(), &point.change) {
        ([], None) if point.when.is_none() => "at the start".to_owned(),
        ([], None) => "how things stand".to_owned(),
        ([], Some(_)) => "a party comes or goes".to_owned(),
        (events, _) => events.join("; "),
    };
    match &point.when {
        Some(date) => format!("{date}: {events}"),
        None => events,
    }
}

/// The facts that brought something about: `because party.a.key: no → yes (study)`.
pub(super) fn causes(because: &[usize], change: &WhatIf, most: usize) -> Option<String> {
    let changed: Vec<&Changed> = because.iter().filter_map(|at| change.changed.get(*at)).collect();
    let mut steps: Vec<String> = changed.iter().take(most).map(|changed| step(changed)).collect();
    let left = changed.len().saturating_sub(most);
    if left > 0 {
        steps.push(count(left, "more fact", "more facts"));
    }
    (!steps.is_empty()).then(|| format!("because {}", steps.join("; ")))
}

/// `party.a.key: no → yes (study)`.
pub(super) fn step(changed: &Changed) -> String {
    let [before, now] = &changed.values;
    let word = |value: &Option<String>| match value.as_deref() {
        None | Some("") => "not known".to_owned(),
        Some(value) => value.to_owned(),
    };
    let source = changed.source.as_ref().map_or_else(String::new, |id| format!(" ({id})"));
    match (before, now) {
        _ if changed.path == "at" => "time has passed".to_owned(),
        (Some(_), None) => format!("{} is gone", changed.path),
        (None, Some(_)) if changed.adds => format!("{} is there", changed.path),
        _ if !changed.differs => {
            format!("{}: {}, founded otherwise{source}", changed.path, word(now))
        }
        _ => format!("{}: {} → {}{source}", changed.path, word(before), word(now)),
    }
}

/// From when to when a warning is given: `from 1981-12-31 to 1989-12-31`.
pub(super) fn spans(replay: &Replay, life: &Life) -> Vec<String> {
    let name = |at: usize| {
        let point = replay.points.get(at)?;
        let event = || point.events.last().map(|event| event.id.clone());
        point.when.clone().or_else(event)
    };
    runs(life)
        .into_iter()
        .map(|(from, until)| {
            let from = name(from).unwrap_or_else(|| "the start".to_owned());
            match name(until) {
                Some(until) => format!("from {from} until {until}"),
                None => format!("from {from} on"),
            }
        })
        .collect()
}

/// The runs of points at which something is advised: the first, and the first after it.
pub(super) fn runs(life: &Life) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in life.standing.iter().enumerate().filter(|(_, standing)| standing.is_some()) {
        match runs.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}
