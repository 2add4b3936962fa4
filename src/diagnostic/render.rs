//! Diagnostics as text with marked source lines; the only place that draws them. Text from files is shown harmless:
//! control characters never reach the terminal.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{SourceMap, Span};

/// Problems drawn in full; the rest are only counted.
const DRAWN: usize = 100;
/// Marked places whose lines are longer than this are named by line and column only.
const LONGEST_EXCERPT: usize = 2_000;

/// All problems as text, in the order of their places, with a closing count; empty where there are none.
#[must_use]
pub fn render(diagnostics: &Diagnostics, sources: &SourceMap, colour: bool) -> String {
    let sorted = diagnostics.sorted();
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in sorted.iter().take(DRAWN) {
        out.push_str(&one(diagnostic, sources, &renderer));
        out.push_str("\n\n");
    }
    if let Some(summary) = summary(&sorted) {
        out.push_str(&summary);
        out.push('\n');
    }
    out
}

/// Text in which every control character but the line break is replaced, so that it cannot steer a terminal.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars().map(|c| if c == '\n' || !is_steering(c) { c } else { '\u{fffd}' }).collect()
}

/// Control characters, and those that reverse or hide text.
fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn one(diagnostic: &Diagnostic, sources: &SourceMap, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(harmless(&diagnostic.message)).id(diagnostic.code.name);
    let mut group =
        place(Group::with_title(title), diagnostic.span, &diagnostic.label, true, sources);
    for (span, label) in &diagnostic.related {
        group = place(group, *span, label, false, sources);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(harmless(help)));
    }
    renderer.render(&[group])
}

/// Adds one marked place: its lines where they are short enough, else its line and column.
fn place<'a>(
    group: Group<'a>,
    span: Span,
    label: &str,
    primary: bool,
    sources: &SourceMap,
) -> Group<'a> {
    let (name, position) = sources.locate(span);
    let name = harmless(name);
    let Some((excerpt, marked)) = excerpt(span, sources) else {
        let origin = Origin::path(name).line(position.line).char_column(position.column);
        let group = group.element(origin);
        return if label.is_empty() {
            group
        } else {
            group.element(Level::NOTE.message(harmless(label)))
        };
    };
    let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let mut annotation = kind.span(marked);
    if !label.is_empty() {
        annotation = annotation.label(harmless(label));
    }
    group.element(
        Snippet::source(excerpt)
            .path(name)
            .line_start(position.line)
            .fold(false)
            .annotation(annotation),
    )
}

/// The whole lines that a span touches (of a long span the first line only), and the span within them.
fn excerpt(span: Span, sources: &SourceMap) -> Option<(String, std::ops::Range<usize>)> {
    let text = &sources.get(span.source)?.text;
    let start = (span.start as usize).min(text.len());
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text.get(start..)?.find('\n').map_or(text.len(), |at| start + at);
    let line = text.get(line_start..line_end)?.trim_end_matches('\r');
    if line.len() > LONGEST_EXCERPT {
        return None;
    }
    let from = (start - line_start).min(line.len());
    let to = (span.end as usize).saturating_sub(line_start).clamp(from, line.len());
    let to = if to == from { next_boundary(line, from) } else { to };
    // One replacement per character keeps columns; lengths in bytes change, so both ends are measured again.
    let shown: String = harmless(line);
    let measure = |at: usize| harmless(line.get(..at).unwrap_or(line)).len();
    let marked = measure(from)..measure(to);
    Some((shown, marked))
}

fn next_boundary(line: &str, from: usize) -> usize {
    line.get(from..).and_then(|rest| rest.chars().next()).map_or(from, |c| from + c.len_utf8())
}

fn summary(sorted: &[&Diagnostic]) -> Option<String> {
    let errors =
        sorted.iter().filter(|diagnostic| diagnostic.code.severity == Severity::Error).count();
    let warnings = sorted.len() - errors;
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(counted(errors, "error"));
    }
    if warnings > 0 {
        parts.push(counted(warnings, "warning"));
    }
    if parts.is_empty() {
        return None;
    }
    let hidden = sorted.len().saturating_sub(DRAWN);
    let tail = if hidden > 0 { format!(" ({hidden} not shown)") } else { String::new() };
    Some(format!("{}{tail}", parts.join(", ")))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
