//! Writing: results to standard output, everything else to standard error. A reader that went away is no failure.

use std::io::{IsTerminal, Write};

use super::{Colour, Failure};

/// Writes a result to standard output.
pub(super) fn show(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure(format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a result that names things of packs and cases.
pub(super) fn show_safe(text: &str) -> Result<(), Failure> {
    show(&crate::diagnostic::render::harmless(text))
}

/// Writes a line to standard error; there is nobody left to tell where that fails.
pub(super) fn complain(text: &str) {
    let text = crate::diagnostic::render::harmless(text);
    let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
}

/// Writes drawn diagnostics, colour codes included, to standard error.
pub(super) fn complain_drawn(text: &str) {
    let _ = write!(std::io::stderr().lock(), "{text}");
}

/// Whether to colour standard output.
pub(super) fn colours_results(colour: Colour) -> bool {
    colours(colour, std::io::stdout().is_terminal())
}

/// Whether to colour standard error.
pub(super) fn colours_complaints(colour: Colour) -> bool {
    colours(colour, std::io::stderr().is_terminal())
}

fn colours(colour: Colour, terminal: bool) -> bool {
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            terminal && std::env::var("NO_COLOR").map_or(true, |value| value.is_empty())
        }
    }
}

/// Columns to write results in: those of the terminal, between 40 and 100, and 80 where the results go elsewhere.
pub(super) fn width() -> usize {
    if std::io::stdout().is_terminal() { textwrap::termwidth().clamp(40, 100) } else { 80 }
}

/// Columns of the terminal that somebody sits at.
pub(super) fn screen_width() -> usize {
    textwrap::termwidth()
}

/// A number of things in words: `1 example`, `2 examples`.
pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
