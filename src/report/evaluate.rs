//! What the rules said of cases against what came of them, for a terminal, as Markdown and as HTML: how little it shows first,
//! then each outcome, groups, rules of thumb beside it, and what exactly was evaluated.

mod json;
mod outcome;
pub(super) mod phrase;
mod record;

use crate::evaluate::{Counts, Evaluation, Row, Share, median_interval};

use super::Options;
use super::page::Look;
use super::sheet::{Piece, Sheet, Table, plain, strong};

pub use json::json;
pub(super) use json::{Ratio, ratio};

use phrase::{duration, interval, plainly, settings, share};

/// A whole evaluation: the cases at hand, and those held out, where some are.
#[derive(Debug, Clone, Copy)]
pub struct Evaluated<'a> {
    /// The cases at hand.
    pub main: &'a Evaluation,
    /// Those held out.
    pub held_out: Option<&'a Evaluation>,
    /// The path of the attribute by which results are grouped: `party.sector`.
    pub by: Option<&'a str>,
}

/// For a terminal: the sum of it, and with `all` every table.
#[must_use]
pub fn text(evaluated: Evaluated<'_>, options: &Options) -> String {
    sheet(evaluated, options.all).text(options.width, options.colour)
}

/// As Markdown, whole.
#[must_use]
pub fn markdown(evaluated: Evaluated<'_>) -> String {
    sheet(evaluated, true).markdown()
}

/// As one HTML page, whole.
#[must_use]
pub fn html(evaluated: Evaluated<'_>) -> String {
    sheet(evaluated, true).html("Evaluation")
}

/// The results alone, as Markdown without a title or hashes, for a page that tells of them.
#[must_use]
pub fn results(evaluated: Evaluated<'_>) -> String {
    let mut sheet = Sheet::default();
    body(&mut sheet, evaluated, true);
    sheet.markdown()
}

fn sheet(evaluated: Evaluated<'_>, whole: bool) -> Sheet {
    let mut sheet = Sheet::default();
    let cases = super::phrase::count(evaluated.main.cases.len(), "case", "cases");
    sheet.title(vec![strong(format!("Evaluation of {cases}"))]);
    for pack in &evaluated.main.packs {
        sheet.head(vec![plain(format!("Rules: {} {}", pack.id, pack.version))]);
    }
    sheet.head(vec![plain(format!("Hash of rules, cases and outcomes: {}", evaluated.main.hash))]);
    for setting in settings(evaluated.main) {
        sheet.head(vec![strong(setting)]);
    }
    body(&mut sheet, evaluated, whole);
    if let Some(held_out) = evaluated.held_out {
        record::held_out(&mut sheet, held_out);
    }
    if whole {
        record::records(&mut sheet, evaluated.main);
    } else {
        let more = "Results by rule, stage and passage of the guide, and what was evaluated: --all";
        sheet.section("MORE");
        sheet.head(vec![Piece::Words(Look::Dim, more.to_owned())]);
    }
    sheet
}

fn body(sheet: &mut Sheet, evaluated: Evaluated<'_>, whole: bool) {
    let main = evaluated.main;
    sheet.section("WHAT THIS SHOWS, and how little");
    for sentence in plainly(main) {
        sheet.head(vec![plain(sentence)]);
    }
    sheet.section("WARNINGS: against what happened");
    sheet.table(shares(&main.tables.all));
    lead(sheet, main);
    sheet.section("EACH OUTCOME: whether it was warned of before");
    sheet.table(outcome::risks(main, whole));
    sheet.section("WHAT WAS DONE: whether it was recommended before");
    sheet.table(outcome::actions(main));
    sheet.head(vec![plain(outcome::helped(main))]);
    sheet.section("RULES OF THUMB: on the same outcomes");
    sheet.table(baselines(main));
    sheet.section("BY RISK");
    sheet.table(group("risk", &main.tables.risks));
    if let Some(by) = evaluated.by {
        sheet.section(format!("BY {by}: of the rows that an outcome names"));
        sheet.table(group(by, &main.tables.groups));
    }
    if whole {
        groups(sheet, evaluated);
        record::untold(sheet, main);
    }
    record::sensitivity(sheet, main);
}

fn groups(sheet: &mut Sheet, evaluated: Evaluated<'_>) {
    let tables = &evaluated.main.tables;
    sheet.section("BY RULE: of the risks that it warns of, whether it did");
    sheet.table(group("rule", &tables.rules));
    sheet.section("BY STAGE: at the first warning, or else at the last point that counts");
    sheet.table(group("stage", &tables.stages));
    sheet.section("BY PART OF THE GUIDE: that the rules cite");
    sheet.table(group("part", &tables.passages));
}

/// The shares of all outcomes with their intervals.
fn shares(all: &Row) -> Table {
    let mut table = Table::new(1, &["", "of", "share", "95 in 100 between"]);
    let rows: [(&str, Share); 3] = [
        ("recall: of what happened, warned of before", all.recall()),
        ("precision: of what was warned of, happened", all.precision()),
        ("specificity: of what did not happen, not warned of", all.specificity()),
    ];
    for (name, one) in rows {
        let of = format!("{} of {}", one.of, one.all);
        table.row(vec![name.to_owned(), of, share(one), interval(one)]);
    }
    table
}

fn lead(sheet: &mut Sheet, main: &Evaluation) {
    let hits = main.risks.iter().filter(|one| one.verdict == crate::evaluate::Verdict::Hit);
    let said = hits.filter_map(|one| one.first.as_ref());
    let mut months: Vec<i64> =
        said.filter_map(|said| said.months).map(|[least, _]| least).collect();
    months.sort_unstable();
    let count = super::phrase::count(months.len(), "dated warning", "dated warnings");
    let middle = months.get(months.len().saturating_sub(1) / 2).copied();
    let (Some(middle), Some(first), Some(last)) = (middle, months.first(), months.last()) else {
        sheet.head(vec![plain("Lead time: no warning that came true is dated.")]);
        return;
    };
    let middle = duration(middle);
    let range = format!("from {} to {}", duration(*first), duration(*last));
    let interval = match median_interval(&months) {
        Some([low, high]) => {
            format!("95 in 100 for the median: {} to {}", duration(low), duration(high))
        }
        None => "fewer than six say nothing of the median of others".to_owned(),
    };
    let text = format!(
        "Lead time of {count} that came true, at least: median {middle}, {range}; {interval}."
    );
    sheet.head(vec![plain(text)]);
}

fn baselines(main: &Evaluation) -> Table {
    let mut table =
        Table::new(1, &["", "right", "warned, happened", "happened, not warned", "warned in vain"]);
    let all = &main.baselines;
    let rules = super::phrase::count(all.threshold, "rule warns", "rules warn");
    let count = format!("warn where at least {rules} of anything");
    let rows: [(&str, Counts); 5] = [
        ("these rules", all.rules),
        ("warn always", all.always),
        ("warn never", all.never),
        ("say what is commonest", all.commonest),
        (&count, all.count),
    ];
    for (name, counts) in rows {
        let numbers = [counts.hits, counts.misses, counts.false_alarms].map(|n| n.to_string());
        let right = format!("{} of {}", counts.right(), counts.all());
        table.row([name.to_owned(), right].into_iter().chain(numbers).collect());
    }
    table
}

/// A table of groups.
fn group(name: &str, rows: &[Row]) -> Table {
    let head = [
        name,
        "hits",
        "misses",
        "false alarms",
        "rightly silent",
        "not known",
        "precision",
        "recall",
    ];
    let mut table = Table::new(1, &head);
    for row in rows {
        let numbers = [row.hits, row.misses, row.false_alarms, row.silences, row.unknown];
        let numbers = numbers.map(|number| number.to_string());
        let shares = [row.precision(), row.recall()].map(|one| {
            if one.all == 0 {
                "-".to_owned()
            } else {
                format!("{} ({})", share(one), interval(one))
            }
        });
        let cells = std::iter::once(row.name.clone()).chain(numbers).chain(shares);
        table.row(cells.collect());
    }
    table
}
