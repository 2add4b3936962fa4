//! A table of a sheet: a head, and rows whose first columns are words and whose others are numbers.

use super::super::markdown::escaped;
use super::super::page::{Look, Page, safe};
use super::html::text;

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

    fn widths(&self) -> Vec<usize> {
        let width = |cell: &String| textwrap::core::display_width(&safe(cell));
        let all = std::iter::once(&self.head).chain(&self.rows);
        let widths: Vec<Vec<usize>> = all.map(|row| row.iter().map(width).collect()).collect();
        let column = |at: usize| widths.iter().filter_map(|row| row.get(at)).max().copied();
        (0..self.head.len()).map(|at| column(at).unwrap_or(0)).collect()
    }

    /// For a terminal: as wide as it has to be, for a row of numbers broken in two can be read by nobody.
    pub(super) fn text(&self, page: &mut Page) {
        let widths = self.widths();
        page.row(Look::Dim, &self.line(&self.head, &widths));
        for row in &self.rows {
            page.row(Look::Plain, &self.line(row, &widths));
        }
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let cells = row.iter().zip(widths).enumerate().map(|(at, (cell, width))| {
            let cell = safe(cell);
            let pad = " ".repeat(width.saturating_sub(textwrap::core::display_width(&cell)));
            if at < self.words { format!("{cell}{pad}") } else { format!("{pad}{cell}") }
        });
        cells.collect::<Vec<_>>().join("  ")
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

/// A cell in Markdown, where nothing begins a list.
fn inside(cell: &str) -> String {
    let escaped = escaped(&format!("x{cell}"));
    escaped.strip_prefix('x').unwrap_or(&escaped).to_owned()
}
