//! The silent rules that lack little, for a terminal and as Markdown.

use crate::advice::near_miss::{NearMiss, NearMisses};

use super::super::page::Look;
use super::super::sheet::{Piece, Sheet, plain, strong};
use super::super::{Options, phrase};
use super::words::{self, Line};
use super::{Around, branch};

/// For a terminal.
#[must_use]
pub fn text(found: &NearMisses, around: Around<'_>, options: &Options) -> String {
    sheet(found, around).text(options.width, options.colour)
}

/// As Markdown.
#[must_use]
pub fn markdown(found: &NearMisses, around: Around<'_>) -> String {
    sheet(found, around).markdown()
}

fn sheet(found: &NearMisses, around: Around<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    phrase::heading(around.heading, &mut sheet);
    sheet.section("SILENT RULES, NEAREST TO FIRING FIRST");
    for (index, miss) in found.list.iter().enumerate() {
        entry(&mut sheet, index + 1, miss);
        for line in words::lines(&miss.lacks, &found.facts, around.sources) {
            // Which of the rows lacks what is for `--why-not` to tell.
            if line.depth == 0 {
                branch(&mut sheet, Line { depth: line.depth + 1, ..line });
            }
        }
    }
    for line in words::left_out(found) {
        sheet.head(vec![Piece::Words(Look::Dim, line)]);
    }
    let more =
        "`explain CASE --why-not RULE` shows one of them whole, with what would make it fire.";
    sheet.head(vec![Piece::Words(Look::Dim, more.to_owned())]);
    sheet
}

fn entry(sheet: &mut Sheet, number: usize, miss: &NearMiss) {
    let pieces = vec![
        strong(words::named(&miss.rule, &miss.subject)),
        Piece::Words(Look::Dim, format!("({})", words::distance(miss))),
        plain(&miss.text),
    ];
    sheet.branch(0, Look::Plain, format!("{number:<3}"), pieces);
    if let Some(aside) = words::aside(miss) {
        sheet.branch(1, Look::Plain, "but     ".to_owned(), vec![plain(aside)]);
    }
}
