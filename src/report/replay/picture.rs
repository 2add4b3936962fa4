//! The timeline as a picture in SVG: bands of stages, the points, and a bar for the life of each warning. Whole numbers only,
//! words beside colours, nothing from outside.

use crate::knowledge::Severity;
use crate::proof::wording::join;
use crate::replay::{Life, Point, Replay};
use crate::report::phrase;
use crate::report::sheet::attribute;

use super::phrase::{runs, when};

/// Columns for the names of warnings, and for the points together.
const NAMES: usize = 290;
const POINTS: usize = 640;
/// The height of the bands, of the labels of the points, and of a bar with its gap.
const BAND: usize = 24;
const LABELS: usize = 40;
const BAR: usize = 22;
/// So many letters of a name fit.
const LETTERS: usize = 42;

struct Picture<'a> {
    replay: &'a Replay,
    step: usize,
    out: String,
}

/// The picture.
pub(super) fn svg(replay: &Replay, title: &str) -> String {
    let count = replay.points.len().max(1);
    let step = (POINTS / count).max(24);
    let (width, height) =
        (NAMES + step * count + 10, BAND + LABELS + BAR * replay.warnings.len() + 10);
    let mut picture = Picture { replay, step, out: String::new() };
    picture.stages();
    picture.points(height);
    for (row, life) in replay.warnings.iter().enumerate() {
        picture.life(row, life);
    }
    let name = attribute(&format!("Timeline of {title}"));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{name}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"system-ui,sans-serif\" font-size=\"12\">\n<title>{name}</title>\n{}</svg>",
        picture.out
    )
}

impl Picture<'_> {
    fn x(&self, point: usize) -> usize {
        NAMES + self.step * point
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A band for each run of points at one stage.
    fn stages(&mut self) {
        let points = &self.replay.points;
        let mut from = 0;
        for (shade, run) in points.chunk_by(|a, b| a.stage == b.stage).enumerate() {
            let stage = run.first().map_or_else(String::new, stage);
            let (x, width) = (self.x(from), self.step * run.len());
            let fill = if shade % 2 == 0 { "#e6edf5" } else { "#d3deea" };
            let letters = (width / 7).saturating_sub(1);
            let (short, whole) = (attribute(&cut(&stage, letters)), attribute(&stage));
            self.line(&format!(
                "<g><title>{whole}</title><rect x=\"{x}\" y=\"0\" width=\"{width}\" height=\"{BAND}\" fill=\"{fill}\"/><text x=\"{}\" y=\"16\" fill=\"#1a1a1a\">{short}</text></g>",
                x + 4
            ));
            from += run.len();
        }
    }

    /// A tick for each point, with its year or number, and what happened as its title.
    fn points(&mut self, height: usize) {
        for (at, point) in self.replay.points.iter().enumerate() {
            let x = self.x(at);
            let label = point.date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned);
            let label = attribute(&label.unwrap_or_else(|| format!("{}", at + 1)));
            let whole = attribute(&when(point));
            self.line(&format!(
                "<g><title>{whole}</title><line x1=\"{x}\" y1=\"{BAND}\" x2=\"{x}\" y2=\"{height}\" stroke=\"#999\" stroke-dasharray=\"2 3\"/><text x=\"{}\" y=\"{}\" fill=\"#1a1a1a\">{label}</text></g>",
                x + 3,
                BAND + 16
            ));
        }
    }

    /// A bar for each run of points at which a warning is given, in pieces of one severity.
    fn life(&mut self, row: usize, life: &Life) {
        let y = BAND + LABELS + BAR * row;
        let (short, whole) = (attribute(&cut(&life.title, LETTERS)), attribute(&life.title));
        self.line(&format!(
            "<g><title>{whole}</title><text x=\"0\" y=\"{}\" fill=\"#1a1a1a\">{short}</text></g>",
            y + 13
        ));
        for (from, until) in runs(life) {
            let mut at = from;
            let pieces = life.standing.get(from..until).unwrap_or_default();
            let same = |a: &Option<_>, b: &Option<_>| key(*a) == key(*b);
            for piece in pieces.chunk_by(same) {
                self.bar((at, piece.len(), y), piece.first().copied().and_then(key));
                at += piece.len();
            }
        }
    }

    fn bar(&mut self, (at, length, y): (usize, usize, usize), kind: Option<(Severity, bool)>) {
        let Some((severity, open)) = kind else { return };
        let (x, width) = (self.x(at), self.step * length);
        let fill = match severity {
            Severity::Low => "#d9d9d9",
            Severity::Medium => "#f3dd9b",
            Severity::High => "#f0a868",
            Severity::Critical => "#e0736b",
        };
        let word = phrase::severity(severity);
        let edge = if open { " stroke-dasharray=\"4 3\"" } else { "" };
        let name = if open { format!("{word}, provisional") } else { word.to_owned() };
        let short = cut(&name, (width / 7).saturating_sub(1));
        self.line(&format!(
            "<g><title>{name}</title><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"18\" fill=\"{fill}\" stroke=\"#555\"{edge}/><text x=\"{}\" y=\"{}\" fill=\"#1a1a1a\">{short}</text></g>",
            x + 4,
            y + 13
        ));
    }
}

fn key(standing: Option<crate::whatif::Standing>) -> Option<(Severity, bool)> {
    standing.map(|one| (one.severity, one.provisional))
}

fn stage(point: &Point) -> String {
    if point.stage.len() > 2 { "not known".to_owned() } else { join(&point.stage, "or") }
}

/// The first letters of a text.
fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let start: String = text.chars().take(letters.saturating_sub(1)).collect();
    if start.is_empty() { start } else { format!("{}…", start.trim_end()) }
}
