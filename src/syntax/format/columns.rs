//! Even columns for neighbouring one-line entries: attributes, members, clauses of a rule, rows of a table, risks, actions.

use super::lines::{Cell, Line};
use crate::syntax::scan::{ITEMS, Kind};

/// How a line falls into columns: which entries it belongs with, and which of its cells start which column, with the least
/// space before it.
struct Split {
    group: &'static str,
    starts: Vec<(usize, usize, usize)>,
}

/// Sets the spaces before the columns of neighbouring lines that belong together.
pub(super) fn align(lines: &mut [Line]) {
    let mut item = String::new();
    let mut run: Vec<(usize, Split)> = Vec::new();
    for index in 0..lines.len() {
        let Some(line) = lines.get(index) else { break };
        if let Some(first) = line.cells.first().filter(|_| line.depth == 0 && !line.continues)
            && ITEMS.contains(&first.text.as_str())
        {
            item.clone_from(&first.text);
        }
        let split = split(line, &item);
        let goes_on = split.as_ref().zip(run.last()).is_some_and(|(split, (last, before))| {
            split.group == before.group && last + 1 == index && !line.gap
        });
        if !goes_on {
            align_run(lines, &run);
            run.clear();
        }
        run.extend(split.map(|split| (index, split)));
    }
    align_run(lines, &run);
}

/// Lines that belong together, their columns put under each other from left to right.
fn align_run(lines: &mut [Line], run: &[(usize, Split)]) {
    let columns = run.iter().flat_map(|(_, split)| &split.starts).map(|(slot, ..)| slot + 1).max();
    let mut ends = vec![0; run.len()];
    for slot in 0..columns.unwrap_or(0) {
        let mut start = 0;
        for ((_, split), end) in run.iter().zip(&ends) {
            let gap =
                split.starts.iter().find(|(column, ..)| *column == slot).map(|(_, _, gap)| gap);
            start = start.max(end + gap.unwrap_or(&0));
        }
        for ((index, split), end) in run.iter().zip(&mut ends) {
            let Some(place) = split.starts.iter().position(|(column, ..)| *column == slot) else {
                continue;
            };
            let Some((_, from, _)) = split.starts.get(place).copied() else { continue };
            let Some(line) = lines.get_mut(*index) else { continue };
            let until = split.starts.get(place + 1).map_or(line.cells.len(), |(_, cell, _)| *cell);
            let Some(cells) = line.cells.get_mut(from..until) else { continue };
            if let Some(first) = cells.first_mut() {
                first.space = start - *end;
            }
            *end = start + width(cells);
        }
    }
}

fn width(cells: &[Cell]) -> usize {
    let inner: usize = cells.iter().skip(1).map(|cell| cell.space).sum();
    inner + cells.iter().map(|cell| cell.text.chars().count()).sum::<usize>()
}

/// The columns of a line, if it is an entry that stands on it alone.
fn split(line: &Line, item: &str) -> Option<Split> {
    let count = |kind: Kind| line.cells.iter().filter(|cell| cell.kind == kind).count();
    let first = line.cells.first().filter(|cell| cell.kind != Kind::Comment)?.text.as_str();
    let whole = count(Kind::Open) == count(Kind::Close);
    if !whole || line.continues {
        return None;
    }
    let split = match (item, line.depth, first) {
        ("risk" | "action", 0, _) => titles(line, first),
        ("entity" | "one" | "attributes", 1, _) => attribute(line),
        ("scale" | "enum", 1, _) => member(line),
        ("derive", 1, _) => row(line),
        ("rule", 1, "warn" | "recommend") => {
            Some(Split { group: "advice", starts: vec![(0, 0, 0), (1, 1, 1), (2, 2, 2)] })
        }
        ("rule", 1, "stage" | "cites" | "for" | "when" | "unless" | "note" | "encourage") => {
            Some(Split { group: "clause", starts: vec![(0, 0, 0), (1, 1, 2)] })
        }
        _ => None,
    }?;
    let last = split.starts.last().map_or(0, |(_, cell, _)| *cell);
    let wraps = line.cells.iter().take(last).any(|cell| cell.text.contains('\n'));
    (!wraps).then_some(split)
}

fn titles(line: &Line, first: &str) -> Option<Split> {
    let group = if first == "risk" { "risk" } else { "action" };
    (line.cells.get(2)?.kind == Kind::Text)
        .then(|| Split { group, starts: vec![(0, 0, 0), (1, 1, 1), (2, 2, 2)] })
}

fn attribute(line: &Line) -> Option<Split> {
    let set =
        line.cells.get(1)?.text == "set" && line.cells.get(2).is_some_and(|cell| cell.text == "of");
    let mut starts = vec![(0, 0, 0), (1, 1, 2)];
    let mut at = if set { 4 } else { 2 };
    while let Some(cell) = line.cells.get(at) {
        let slot = match (cell.kind, cell.text.as_str()) {
            (Kind::Word, "default") if starts.len() == 2 => 2,
            (Kind::Text, _) if starts.iter().all(|(slot, ..)| *slot < 3) => 3,
            (Kind::Word, "cites" | "changes" | "never") | (Kind::Comment, _) => break,
            _ => return None,
        };
        starts.push((slot, at, 2));
        at += if slot == 2 { 2 } else { 1 };
    }
    Some(Split { group: "attribute", starts })
}

fn member(line: &Line) -> Option<Split> {
    let mut starts = vec![(0, 0, 0)];
    for (at, cell) in line.cells.iter().enumerate().skip(1) {
        let slot = match cell.kind {
            Kind::Text if at == 1 => 1,
            Kind::Open => 2,
            Kind::Comment => break,
            _ => return None,
        };
        starts.push((slot, at, 2));
        if slot == 2 {
            let ends = line.cells.iter().position(|cell| cell.kind == Kind::Close)?;
            let after = line.cells.get(ends + 1);
            return after
                .is_none_or(|cell| cell.kind == Kind::Comment)
                .then_some(Split { group: "member", starts });
        }
    }
    Some(Split { group: "member", starts })
}

fn row(line: &Line) -> Option<Split> {
    let arrow = line.cells.iter().position(|cell| cell.kind == Kind::Arrow)?;
    let mut starts = Vec::new();
    let mut joined = true;
    for (at, cell) in line.cells.iter().enumerate().take(arrow) {
        if cell.kind == Kind::Word && !(joined && at > 0) {
            starts.push((starts.len(), at, if at == 0 { 0 } else { 2 }));
        }
        joined = cell.kind == Kind::Bar;
    }
    starts.push((starts.len(), arrow, 2));
    Some(Split { group: "row", starts })
}
