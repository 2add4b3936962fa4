//! A result as headings, entries, lines below them and tables, laid out for a terminal, as Markdown or as HTML: one
//! description for all. Every text is made safe where it is laid out.

mod html;
mod table;

use super::markdown::{code, escaped};
use super::page::{Look, Page, safe};
pub(super) use html::attribute;
pub(super) use table::Table;

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
    /// Like a section, of words that keep their letters.
    Moment(String),
    /// A picture in SVG, made here and safe; only HTML can show it.
    Picture(String),
    Rows(Table),
    /// A file, its lines as they are.
    Block(String),
    Entry(Look, String, Vec<Piece>),
    Under(Vec<Piece>),
    Bullet(Vec<Piece>),
    Branch(usize, Look, String, Vec<Piece>),
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

    /// The title of a section that is a sentence of its own.
    pub(super) fn moment(&mut self, title: impl Into<String>) {
        self.lines.push(Line::Moment(title.into()));
    }

    /// A picture, for HTML alone.
    pub(super) fn picture(&mut self, svg: String) {
        self.lines.push(Line::Picture(svg));
    }

    pub(super) fn table(&mut self, table: Table) {
        self.lines.push(Line::Rows(table));
    }

    /// A file, its lines as they are.
    pub(super) fn block(&mut self, text: &str) {
        self.lines.push(Line::Block(text.trim_end().to_owned()));
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

    /// A line of a tree, so deep, after its mark.
    pub(super) fn branch(&mut self, depth: usize, look: Look, mark: String, pieces: Vec<Piece>) {
        self.lines.push(Line::Branch(depth, look, mark, pieces));
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
                Line::Section(title) | Line::Moment(title) => page.section(title),
                Line::Picture(_) => {}
                Line::Rows(table) => table.text(&mut page),
                Line::Block(text) => page.block(text),
                Line::Entry(emphasis, tag, pieces) => {
                    let text = look(pieces, &page);
                    page.tagged(*emphasis, tag, &text);
                }
                Line::Under(pieces) => {
                    let text = look(pieces, &page);
                    page.under(&text);
                }
                Line::Bullet(pieces) => {
                    let text = look(pieces, &page);
                    page.bullet(&text);
                }
                Line::Branch(depth, emphasis, mark, pieces) => {
                    let text = look(pieces, &page);
                    page.branch(*depth, *emphasis, mark, &text);
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
            let table = matches!(line, Line::Rows(_));
            if (table || heads && !in_head) && !out.ends_with("\n\n") {
                out.push('\n');
            }
            in_head = heads;
            let text = match line {
                Line::Title(pieces) => format!("# {}", join(pieces, marked)),
                Line::Head(pieces) => format!("- {}", join(pieces, marked)),
                Line::Section(title) => format!("\n## {}\n", escaped(&sentence(title))),
                Line::Moment(title) => format!("\n## {}\n", escaped(title)),
                Line::Picture(_) => continue,
                Line::Rows(table) => table.markdown(),
                Line::Block(text) => fenced(text),
                Line::Entry(_, tag, pieces) => format!("- {}{}", tagged(tag), join(pieces, marked)),
                Line::Under(pieces) | Line::Bullet(pieces) => {
                    format!("  - {}", join(pieces, marked))
                }
                Line::Branch(depth, _, mark, pieces) => {
                    let mark = mark.split_whitespace().collect::<Vec<_>>().join(" ");
                    let mark = tagged(&mark);
                    format!("{}- {mark}{}", "  ".repeat(*depth), join(pieces, marked))
                }
            };
            out.push_str(&text);
            out.push('\n');
        }
        out
    }
}

/// A file between fences that nothing in it closes.
fn fenced(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(safe).collect();
    let ticks = |line: &String| line.chars().take_while(|letter| *letter == '`').count();
    let fence = "`".repeat(lines.iter().map(ticks).max().unwrap_or(0).max(2) + 1);
    format!("\n{fence}toml\n{}\n{fence}\n", lines.join("\n"))
}

fn tagged(tag: &str) -> String {
    if tag.is_empty() { String::new() } else { format!("*{}* ", escaped(tag)) }
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
