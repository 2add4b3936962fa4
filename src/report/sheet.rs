//! A result as headings, entries and lines below them, laid out for a terminal or as Markdown: one description for both.
//! Every text is made safe where it is laid out.

use super::markdown::{code, escaped};
use super::page::{Look, Page};

/// A piece of a line.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// Words.
    Words(Look, String),
    /// An id or a path, for use with other commands.
    Id(String),
}

/// Words without emphasis.
pub(super) fn plain(words: impl Into<String>) -> Piece {
    Piece::Words(Look::Plain, words.into())
}

/// Words with emphasis.
pub(super) fn strong(words: impl Into<String>) -> Piece {
    Piece::Words(Look::Strong, words.into())
}

/// An id.
pub(super) fn id(id: impl Into<String>) -> Piece {
    Piece::Id(id.into())
}

#[derive(Debug)]
enum Line {
    Title(Vec<Piece>),
    Head(Vec<Piece>),
    Section(String),
    Entry(Look, String, Vec<Piece>),
    Under(Vec<Piece>),
    Bullet(Vec<Piece>),
}

/// What is laid out.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    lines: Vec<Line>,
}

impl Sheet {
    pub(super) fn title(&mut self, pieces: Vec<Piece>) {
        self.lines.push(Line::Title(pieces));
    }

    /// A line at the left edge.
    pub(super) fn head(&mut self, pieces: Vec<Piece>) {
        self.lines.push(Line::Head(pieces));
    }

    pub(super) fn section(&mut self, title: impl Into<String>) {
        self.lines.push(Line::Section(title.into()));
    }

    /// An entry of a section, after its tag.
    pub(super) fn entry(&mut self, look: Look, tag: impl Into<String>, pieces: Vec<Piece>) {
        self.lines.push(Line::Entry(look, tag.into(), pieces));
    }

    /// A line that belongs to the entry above.
    pub(super) fn under(&mut self, pieces: Vec<Piece>) {
        self.lines.push(Line::Under(pieces));
    }

    /// One of several lines that belong to the entry above.
    pub(super) fn bullet(&mut self, pieces: Vec<Piece>) {
        self.lines.push(Line::Bullet(pieces));
    }

    /// For a terminal.
    pub(super) fn text(&self, width: usize, colour: bool) -> String {
        let mut page = Page::new(width, colour);
        for line in &self.lines {
            let look = |pieces: &[Piece], page: &Page| join(pieces, |piece| shown(piece, page));
            match line {
                Line::Title(pieces) | Line::Head(pieces) => {
                    let text = look(pieces, &page);
                    page.line(&text);
                }
                Line::Section(title) => page.section(title),
                Line::Entry(tone, tag, pieces) => {
                    let text = look(pieces, &page);
                    page.tagged(*tone, tag, &text);
                }
                Line::Under(pieces) => {
                    let text = look(pieces, &page);
                    page.under(&text);
                }
                Line::Bullet(pieces) => {
                    let text = look(pieces, &page);
                    page.bullet(&text);
                }
            }
        }
        page.finish()
    }

    /// As Markdown.
    pub(super) fn markdown(&self) -> String {
        let mut out = String::new();
        let mut in_head = false;
        for line in &self.lines {
            let heads = matches!(line, Line::Head(_));
            if heads && !in_head {
                out.push('\n');
            }
            in_head = heads;
            let text = match line {
                Line::Title(pieces) => format!("# {}", join(pieces, marked)),
                Line::Head(pieces) => format!("- {}", join(pieces, marked)),
                Line::Section(title) => format!("\n## {}\n", escaped(&sentence(title))),
                Line::Entry(_, tag, pieces) => {
                    format!("- *{}* {}", escaped(tag), join(pieces, marked))
                }
                Line::Under(pieces) | Line::Bullet(pieces) => {
                    format!("  - {}", join(pieces, marked))
                }
            };
            out.push_str(&text);
            out.push('\n');
        }
        out
    }
}

fn join(pieces: &[Piece], shown: impl Fn(&Piece) -> String) -> String {
    pieces.iter().map(shown).collect::<Vec<_>>().join(" ")
}

fn shown(piece: &Piece, page: &Page) -> String {
    match piece {
        Piece::Words(look, words) => page.look(*look, words),
        Piece::Id(id) => page.look(Look::Dim, &format!("({id})")),
    }
}

fn marked(piece: &Piece) -> String {
    match piece {
        Piece::Words(Look::Plain | Look::Dim, words) => escaped(words),
        Piece::Words(_, words) => format!("**{}**", escaped(words)),
        Piece::Id(id) => code(id),
    }
}

/// `WHAT TO DO: …` as `What to do: …`, for headings that need no shouting.
fn sentence(title: &str) -> String {
    let (head, rest) = title.split_once(':').map_or((title, None), |(a, b)| (a, Some(b)));
    let mut letters = head.chars();
    let first = letters.next().map_or_else(String::new, |first| first.to_string());
    let head = format!("{first}{}", letters.as_str().to_lowercase());
    rest.map_or_else(|| head.clone(), |rest| format!("{head}:{rest}"))
}
