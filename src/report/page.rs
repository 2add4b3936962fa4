//! A page for a terminal: sections, a tag before each paragraph, wrapped lines, colour only where asked for.
//! Whatever is written passes through [`safe`], so that no text can control the terminal.

use anstyle::{AnsiColor, Effects, Style};

/// The columns of the tag before a paragraph.
const TAG: usize = 12;

/// The level of a tree from which on branches stand no further in.
const DEEPEST: usize = 12;

/// How a piece of text looks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Look {
    Plain,
    Strong,
    Dim,
    Heading,
    Grave,
    Serious,
    Good,
}

#[derive(Debug)]
pub(super) struct Page {
    out: String,
    width: usize,
    colour: bool,
}

impl Page {
    pub(super) fn new(width: usize, colour: bool) -> Page {
        Page { out: String::new(), width: width.clamp(40, 100), colour }
    }

    /// The columns of a line.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Text that is safe to show, with its look.
    pub(super) fn look(&self, look: Look, text: &str) -> String {
        let style = match look {
            _ if !self.colour => return safe(text),
            Look::Plain => return safe(text),
            Look::Strong => Style::new().bold(),
            Look::Dim => Style::new().effects(Effects::DIMMED),
            Look::Heading => Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())),
            Look::Grave => Style::new().bold().fg_color(Some(AnsiColor::Red.into())),
            Look::Serious => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
            Look::Good => Style::new().fg_color(Some(AnsiColor::Green.into())),
        };
        format!("{style}{}{style:#}", safe(text))
    }

    /// A line at the left edge, of pieces made with [`Page::look`].
    pub(super) fn line(&mut self, pieces: &str) {
        self.wrapped(pieces, "", "  ");
    }

    /// The title of a section, after an empty line.
    pub(super) fn section(&mut self, title: &str) {
        self.out.push('\n');
        let title = self.look(Look::Heading, title);
        self.line(&title);
    }

    /// A paragraph of a list, its further lines set in.
    pub(super) fn entry(&mut self, pieces: &str) {
        self.wrapped(pieces, "  ", "      ");
    }

    /// A paragraph after columns that are wide already.
    pub(super) fn after(&mut self, columns: &str, pieces: &str) {
        let columns = format!("  {}  ", safe(columns));
        let indent = " ".repeat(textwrap::core::display_width(&columns));
        self.wrapped(pieces, &columns, &indent);
    }

    /// A paragraph of a tree, so deep, after its mark.
    pub(super) fn branch(&mut self, depth: usize, look: Look, mark: &str, pieces: &str) {
        let mark = safe(mark);
        let indent = "  ".repeat(depth + 1);
        let pad = " ".repeat(2 + textwrap::core::display_width(&mark));
        let first = format!("{indent}{}  ", self.look(look, &mark));
        self.wrapped(pieces, &first, &format!("{indent}{pad}"));
    }

    /// A line as it is, of columns that are laid out already, made safe.
    pub(super) fn row(&mut self, look: Look, columns: &str) {
        let columns = self.look(look, columns);
        self.out.push_str(format!("  {columns}").trim_end());
        self.out.push('\n');
    }

    /// A file, its lines as they are, made safe.
    pub(super) fn block(&mut self, text: &str) {
        for line in text.lines() {
            self.row(Look::Plain, &format!("  {line}"));
        }
    }

    /// A paragraph after its tag.
    pub(super) fn tagged(&mut self, look: Look, tag: &str, pieces: &str) {
        let tag = safe(tag);
        let pad = " ".repeat(TAG.saturating_sub(2 + textwrap::core::display_width(&tag)).max(1));
        let first = format!("  {}{pad}", self.look(look, &tag));
        self.wrapped(pieces, &first, &" ".repeat(TAG));
    }

    /// A paragraph under one with a tag.
    pub(super) fn under(&mut self, pieces: &str) {
        let indent = " ".repeat(TAG);
        self.wrapped(pieces, &indent, &indent);
    }

    /// How many lines such a paragraph takes.
    pub(super) fn lines_under(&self, text: &str) -> usize {
        textwrap::wrap(&safe(text), self.width - TAG).len()
    }

    /// One of several paragraphs under one with a tag.
    pub(super) fn bullet(&mut self, pieces: &str) {
        let indent = " ".repeat(TAG);
        self.wrapped(pieces, &format!("{indent}- "), &format!("{indent}  "));
    }

    /// A paragraph under one of these.
    pub(super) fn under_bullet(&mut self, pieces: &str) {
        let indent = " ".repeat(TAG + 2);
        self.wrapped(pieces, &indent, &indent);
    }

    /// A smaller paragraph under that, after a word.
    pub(super) fn detail(&mut self, word: &str, text: &str) {
        let first = format!("{}{word:<9}", " ".repeat(TAG));
        let first = if self.colour { self.dimmed(&first) } else { first };
        let text = self.look(Look::Dim, text);
        self.wrapped(&text, &first, &" ".repeat(TAG + 9));
    }

    /// A step of a proof, so many levels down; deep ones stand no further in.
    pub(super) fn step(&mut self, depth: usize, pieces: &str) {
        let indent = "  ".repeat(1 + depth.min(DEEPEST));
        self.wrapped(pieces, &format!("{indent}- "), &format!("{indent}  "));
    }

    fn dimmed(&self, text: &str) -> String {
        self.look(Look::Dim, text)
    }

    fn wrapped(&mut self, text: &str, first: &str, rest: &str) {
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
            .break_words(true);
        for line in textwrap::wrap(text, options) {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// The text on one line, with a replacement for every character that could control a terminal or the order of reading.
pub(super) fn safe(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' | '\t' => ' ',
            _ if character.is_control() || steers_reading(character) => '\u{fffd}',
            _ => character,
        })
        .collect()
}

/// Marks that break lines or turn the order of reading around.
fn steers_reading(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{feff}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}
