//! What was evaluated, what hangs on single facts, what nobody tells the end of, and whether cases held out were.

use crate::evaluate::{Evaluation, Fragile, Record};
use crate::proof::wording::join;
use crate::report::page::Look;
use crate::report::phrase::count;
use crate::report::sheet::{Sheet, Table, id, plain};

use super::phrase::{plainly, verdict};
use super::{group, shares};

/// The cases with their hashes.
pub(super) fn records(sheet: &mut Sheet, of: &Evaluation) {
    sheet.section("WHAT WAS EVALUATED");
    let mut table = Table::new(3, &["case", "hash of the case", "hash of the outcome", "points"]);
    for case in &of.cases {
        let hash = |hash: &Option<String>| hash.clone().unwrap_or_else(|| "-".to_owned());
        let points = case.points.to_string();
        table.row(vec![case.id.clone(), hash(&case.hash), hash(&case.outcome_hash), points]);
    }
    sheet.table(table);
}

/// Warnings of which nobody tells what came of them.
pub(super) fn untold(sheet: &mut Sheet, of: &Evaluation) {
    let cases: Vec<&Record> = of.cases.iter().filter(|case| !case.untold.is_empty()).collect();
    if cases.is_empty() {
        return;
    }
    sheet.section("NOT TOLD: warned of, and no outcome says what came of it");
    for case in cases {
        sheet.entry(Look::Dim, "", vec![plain(case.untold.join(", ")), id(&case.id)]);
    }
}

/// What hangs on single facts.
pub(super) fn sensitivity(sheet: &mut Sheet, of: &Evaluation) {
    let Some(found) = &of.sensitivity else { return };
    sheet.section("WHAT HANGS ON SINGLE FACTS");
    let left_out = count(found.left_out, "statement", "statements");
    let replaced = count(found.replaced, "other value", "other values");
    for (what, replaces) in [
        (format!("Each of {left_out} was left out in turn"), false),
        (format!("Each of {replaced} was put in the place of a statement"), true),
    ] {
        let these = found.fragile.iter().filter(|one| one.instead.is_some() == replaces);
        let (many, verdicts) = (these.clone().count(), touched(these));
        let text =
            format!("{what}: {many} of them changed {verdicts} of {} verdicts.", found.verdicts);
        sheet.head(vec![plain(text)]);
    }
    if found.untried > 0 {
        let text = format!("{} more were not tried, for there are too many.", found.untried);
        sheet.head(vec![plain(text)]);
    }
    if found.fragile.is_empty() {
        return;
    }
    let mut rows: Vec<([String; 4], Vec<String>)> = Vec::new();
    for one in &found.fragile {
        let event = one.event.as_ref().map_or_else(String::new, |event| format!(" ({event})"));
        for (risk, [before, after]) in &one.changes {
            let change = format!("{}, then {}", verdict(*before), verdict(*after));
            let row = [one.case.clone(), format!("{}{event}", one.fact), risk.clone(), change];
            let instead = one.instead.clone().unwrap_or_else(|| "left out".to_owned());
            match rows.iter_mut().find(|(other, _)| *other == row) {
                Some((_, all)) => all.push(instead),
                None => rows.push((row, vec![instead])),
            }
        }
    }
    rows.sort_by(|([case, fact, ..], _), ([other, its, ..], _)| (case, fact).cmp(&(other, its)));
    let mut table = Table::new(5, &["case", "statement", "instead", "risk", "verdict"]);
    for ([case, fact, risk, change], instead) in rows {
        table.row(vec![case, fact, join(&instead, "or"), risk, change]);
    }
    sheet.table(table);
}

/// How many verdicts hang on some of these.
fn touched<'a>(fragile: impl Iterator<Item = &'a Fragile>) -> usize {
    let changes = fragile.flat_map(|one| one.changes.iter().map(|it| (&one.case, &it.0)));
    changes.collect::<std::collections::BTreeSet<_>>().len()
}

/// The cases held out, and what shows that they were not.
pub(super) fn held_out(sheet: &mut Sheet, of: &Evaluation) {
    sheet.section(format!("HELD OUT: {}", count(of.cases.len(), "case", "cases")));
    for sentence in plainly(of) {
        sheet.head(vec![plain(sentence)]);
    }
    sheet.head(vec![plain(format!("Hash of rules and cases held out: {}", of.hash))]);
    sheet.table(shares(&of.tables.all));
    sheet.table(group("risk", &of.tables.risks));
    let leaks: Vec<(&Record, String)> =
        of.cases.iter().filter_map(|case| Some((case, leak(case)?))).collect();
    if leaks.is_empty() {
        sheet.head(vec![plain("Nothing shows that the rules were made or tested with them.")]);
        return;
    }
    sheet.section("HELD OUT IN NAME ONLY: the rules have seen these cases");
    for (case, leak) in leaks {
        sheet.entry(Look::Serious, "", vec![plain(leak), id(&case.id)]);
    }
}

fn leak(case: &Record) -> Option<String> {
    let tested =
        case.expected.then(|| "the rules are tested on it, by its file of expectations".to_owned());
    let shared = (!case.shared.is_empty()).then(|| {
        let passages = count(case.shared.len(), "passage", "passages");
        format!("rules cite {passages} that tell of it: {}", case.shared.join(", "))
    });
    let all: Vec<String> = tested.into_iter().chain(shared).collect();
    (!all.is_empty()).then(|| all.join("; "))
}
