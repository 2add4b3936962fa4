//! The lines of a file as the author broke them: each with its depth and its tokens, and the spaces before each.

use crate::syntax::scan::{Kind, Scanner, Token, slice};

/// A token with what stands before it on its line.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Spaces before it.
    pub(super) space: usize,
}

/// A line of the canonical text.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Whether an empty line stands before it.
    pub(super) gap: bool,
    /// How many blocks it stands in.
    pub(super) depth: usize,
    /// Whether it goes on with the entry of the line before.
    pub(super) continues: bool,
    pub(super) cells: Vec<Cell>,
}

impl Line {
    /// The line as it is written, with its end.
    pub(super) fn write(&self) -> String {
        let mut line = String::from(if self.gap { "\n" } else { "" });
        let indent = 2 * self.depth + if self.continues { 2 } else { 0 };
        let mut column = 0;
        for (index, cell) in self.cells.iter().enumerate() {
            let space = if index == 0 { indent } else { cell.space };
            line.push_str(&" ".repeat(space));
            column += space;
            let text = continued(&cell.text, column + 1);
            column = match text.rsplit_once('\n') {
                Some((_, last)) => last.chars().count(),
                None => column + text.chars().count(),
            };
            line.push_str(&text);
        }
        line.push('\n');
        line
    }
}

/// A text that runs over lines, its further lines under its first word.
fn continued(text: &str, indent: usize) -> String {
    let mut lines = text.split('\n').map(str::trim);
    let first = lines.next().unwrap_or("").to_owned();
    lines.fold(first, |mut all, line| {
        all.push('\n');
        if !line.is_empty() {
            all.push_str(&" ".repeat(indent));
            all.push_str(line);
        }
        all
    })
}

/// The lines of a file.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<Kind> = Vec::new();
    let mut last: Option<Token> = None;
    for token in Scanner::new(text) {
        let between = slice(text, last.map_or(0, |last| last.end), token.start);
        let breaks = between.matches('\n').count();
        if token.kind == Kind::Close || token.kind == Kind::Right {
            open.pop();
        }
        if last.is_none() || breaks > 0 {
            let gap = breaks > 1
                && token.kind != Kind::Close
                && last.is_some_and(|last| last.kind != Kind::Open);
            let depth = open.iter().filter(|kind| **kind == Kind::Open).count();
            let continues = last.is_some_and(|last| goes_on(text, last, token, open.last()));
            lines.push(Line { gap, depth, continues, cells: Vec::new() });
        }
        if let Some(line) = lines.last_mut() {
            let written = token.text(text).trim_end().to_owned();
            let space = line.cells.last().map_or(0, |before| {
                let wide =
                    between.len() > 1 && !open.is_empty() && open.last() != Some(&Kind::Left);
                space(before.kind, token.kind, wide)
            });
            line.cells.push(Cell { kind: token.kind, text: written, space });
        }
        if token.kind == Kind::Open || token.kind == Kind::Left {
            open.push(token.kind);
        }
        last = Some(token);
    }
    lines
}

/// Whether a line that starts with `token` goes on with what stands before it.
fn goes_on(text: &str, last: Token, token: Token, open: Option<&Kind>) -> bool {
    if token.kind == Kind::Comment || last.kind == Kind::Comment {
        return false;
    }
    let word = token.text(text);
    open == Some(&Kind::Left)
        || matches!(last.kind, Kind::Comma | Kind::Bar | Kind::Arrow | Kind::Dot)
        || matches!(token.kind, Kind::Text | Kind::Arrow | Kind::Bar | Kind::Comma)
            && !matches!(last.kind, Kind::Open | Kind::Text | Kind::Close)
        || (open.is_none()
            && token.kind == Kind::Word
            && matches!(word, "by" | "cites" | "symmetric" | "default" | "changes" | "never"))
}

/// The spaces between two tokens of one line; two where the author set neighbours apart in a block.
fn space(before: Kind, token: Kind, wide: bool) -> usize {
    match (before, token) {
        (_, Kind::Comment) => 2,
        (Kind::Left | Kind::Dot | Kind::Bar, _)
        | (_, Kind::Right | Kind::Dot | Kind::Comma | Kind::Bar | Kind::Star)
        | (Kind::Word, Kind::Left) => 0,
        (Kind::Open | Kind::Comma, _) | (_, Kind::Close) => 1,
        _ => 1 + usize::from(wide),
    }
}
