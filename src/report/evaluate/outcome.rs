//! Each outcome in a row: what was said before it, when first, how early and how high.

use crate::case::outcome::ActionResult;
use crate::evaluate::{Evaluation, Said, Share};
use crate::report::phrase::severity;
use crate::report::sheet::Table;

use super::phrase::{between, happened, lead, result, share, verdict};

/// The risks; with `whole`, also what warned.
pub(super) fn risks(of: &Evaluation, whole: bool) -> Table {
    let mut head =
        vec!["case", "risk", "happened", "verdict", "first warned", "rank", "lead, at least"];
    if whole {
        head.extend(["at the end", "by"]);
    }
    let mut table = Table::new(head.len(), &head);
    for one in &of.risks {
        let whom =
            if one.rows.is_empty() { String::new() } else { format!(" ({})", one.rows.join(", ")) };
        let ends = if one.at.is_empty() { String::new() } else { format!(", {}", one.at) };
        let [at, rank] = first(one.first.as_ref());
        let leads = one.verdict == crate::evaluate::Verdict::Hit;
        let early = one.first.as_ref().filter(|_| leads).map_or_else(|| "-".to_owned(), lead);
        let mut row = vec![
            one.case.clone(),
            format!("{}{whom}", one.risk),
            format!("{}{ends}", happened(one.happened)),
            verdict(one.verdict).to_owned(),
            at,
            rank,
            early,
        ];
        if whole {
            let stands = one.last.as_ref().map_or("-", |_| "still given");
            let by = if one.by.is_empty() { "-".to_owned() } else { one.by.join(", ") };
            row.extend([stands.to_owned(), by]);
        }
        table.row(row);
    }
    table
}

/// When something was first said, and how high it stood then.
fn first(said: Option<&Said>) -> [String; 2] {
    let Some(said) = said else { return ["-".to_owned(), "-".to_owned()] };
    let open = if said.provisional { ", provisional" } else { "" };
    [said.at.clone(), format!("{}, {}{open}", said.rank, severity(said.severity))]
}

/// The actions.
pub(super) fn actions(of: &Evaluation) -> Table {
    let head = ["case", "action", "done", "result", "first recommended", "rank", "lead, at least"];
    let mut table = Table::new(head.len(), &head);
    for one in &of.actions {
        let whom =
            if one.rows.is_empty() { String::new() } else { format!(" ({})", one.rows.join(", ")) };
        let [at, rank] = first(one.first.as_ref());
        let at = if one.has_point { at } else { "nothing before it".to_owned() };
        table.row(vec![
            one.case.clone(),
            format!("{}{whom}", one.action),
            one.at.clone(),
            result(one.result).to_owned(),
            at,
            rank,
            one.first.as_ref().map_or_else(|| "-".to_owned(), lead),
        ]);
    }
    table
}

/// Of the actions that helped, those that had been recommended, in a sentence.
pub(super) fn helped(of: &Evaluation) -> String {
    let helped = |result| matches!(result, ActionResult::Worked | ActionResult::Partly);
    let all = || of.actions.iter().filter(|one| one.has_point && helped(one.result));
    let before = Share::new(all().filter(|one| one.first.is_some()).count(), all().count());
    if before.all == 0 {
        return "Of no action that helped is there a point before it.".to_owned();
    }
    format!(
        "Of {} that helped at least partly and have a point before them, {} had been recommended: {}, 95 in 100 between {}.",
        crate::report::phrase::count(before.all, "action", "actions"),
        before.of,
        share(before),
        between(before)
    )
}
