//! A table of a sheet: a head, and rows whose first columns are words and whose others are numbers.

use textwrap::core::display_width;

use super::super::markdown::escaped;
use super::super::page::{Look, Page, safe};
use super::html::text;

/// The columns before a row.
const MARGIN: usize = 2;
/// The columns between two cells.
const GAP: usize = 2;
/// The columns from which on even a single word is broken.
const WIDEST_WORD: usize = 32;

/// A table.
#[derive(Debug, Clone, Default)]
pub(in crate::report) struct Table {
    /// What the columns are.
    pub(in crate::report) head: Vec<String>,
    /// The rows, each as long as the head.
    pub(in crate::report) rows: Vec<Vec<String>>,
    /// How many columns from the left are words; the rest stand at the right edge.
    pub(in crate::report) words: usize,
}

impl Table {
    pub(in crate::report) fn new(words: usize, head: &[&str]) -> Table {
        let head = head.iter().map(|name| (*name).to_owned()).collect();
        Table { head, rows: Vec::new(), words }
    }

    pub(in crate::report) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// For a terminal: within its width where words can be wrapped, else as wide as it has to be, for a number broken in two
    /// can be read by nobody.
    pub(super) fn text(&self, page: &mut Page) {
        let widths = self.widths(page.width().saturating_sub(MARGIN));
        self.lines(page, Look::Dim, &self.head, &widths);
        for row in &self.rows {
            self.lines(page, Look::Plain, row, &widths);
        }
    }

    /// The columns' widths, the widest narrowed first until they fit or nothing more gives way.
    fn widths(&self, room: usize) -> Vec<usize> {
        let of =
            |row: &Vec<String>, at: usize| row.get(at).map_or(0, |cell| display_width(&safe(cell)));
        let widest = |at: usize| self.rows.iter().map(|row| of(row, at)).max().unwrap_or(0);
        let rows = || std::iter::once(&self.head).chain(&self.rows);
        let piece =
            |at: usize| rows().filter_map(|row| row.get(at)).map(|cell| longest(cell)).max();
        let columns = 0..self.head.len();
        let mut widths: Vec<usize> =
            columns.clone().map(|at| widest(at).max(of(&self.head, at))).collect();
        let least: Vec<usize> = columns
            .map(|at| if at < self.words { piece(at).unwrap_or(0) } else { widest(at).max(3) })
            .collect();
        while widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1) > room {
            let narrowed = widths.iter_mut().zip(&least).filter(|(width, least)| **width > **least);
            let Some((width, _)) = narrowed.max_by_key(|(width, _)| **width) else { break };
            *width -= 1;
        }
        widths
    }

    /// One row, on as many lines as its highest cell takes.
    fn lines(&self, page: &mut Page, look: Look, row: &[String], widths: &[usize]) {
        let wrapped: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| {
                let cell = safe(cell);
                let lines = textwrap::wrap(&cell, (*width).max(1));
                lines.into_iter().map(std::borrow::Cow::into_owned).collect()
            })
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let cells = wrapped.iter().zip(widths).enumerate().map(|(column, (lines, width))| {
                let cell = lines.get(at).map_or("", String::as_str);
                padded(cell, *width, column < self.words)
            });
            page.row(look, &cells.collect::<Vec<_>>().join(&" ".repeat(GAP)));
        }
    }

    pub(super) fn markdown(&self) -> String {
        let line = |row: &[String]| {
            let cells: Vec<String> = row.iter().map(|cell| inside(cell)).collect();
            format!("| {} |", cells.join(" | "))
        };
        let rule = (0..self.head.len()).map(|at| if at < self.words { "---" } else { "---:" });
        let rule = format!("|{}|", rule.collect::<Vec<_>>().join("|"));
        let rows = self.rows.iter().map(|row| line(row));
        let lines = [line(&self.head), rule].into_iter().chain(rows);
        lines.collect::<Vec<_>>().join("\n")
    }

    pub(super) fn html(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| self.html_row(row, "td")).collect();
        format!("<table>\n{}\n{}\n</table>", self.html_row(&self.head, "th"), rows.join("\n"))
    }

    fn html_row(&self, row: &[String], tag: &str) -> String {
        let class = |at: usize| if at < self.words { "" } else { " class=\"number\"" };
        let cell =
            |(at, cell): (usize, &String)| format!("<{tag}{}>{}</{tag}>", class(at), text(cell));
        let cells: Vec<String> = row.iter().enumerate().map(cell).collect();
        format!("<tr>{}</tr>", cells.concat())
    }
}

/// A cell as wide as its column, words at the left edge.
fn padded(cell: &str, width: usize, words: bool) -> String {
    let pad = " ".repeat(width.saturating_sub(display_width(cell)));
    if words { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
}

/// The columns of the longest part of a cell that is not broken: words are, and at hyphens.
fn longest(cell: &str) -> usize {
    let pieces = cell.split_inclusive([' ', '-']).map(|piece| display_width(piece.trim_end()));
    pieces.max().unwrap_or(0).min(WIDEST_WORD)
}

/// A cell in Markdown, where nothing begins a list.
fn inside(cell: &str) -> String {
    let escaped = escaped(&format!("x{cell}"));
    escaped.strip_prefix('x').unwrap_or(&escaped).to_owned()
}
