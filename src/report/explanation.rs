//! Explanations for a terminal and as Markdown, in three lengths: a few lines, the tree, the tree with everything.

mod line;

use crate::explain::{Explanation, Node, facts};
use crate::source::SourceMap;

use super::markdown::{code, escaped};
use super::page::{Look, Page};
use super::{Heading, Options, phrase};

/// How much of a proof is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The conclusion, the facts that matter most, the first places in the guide.
    Brief,
    /// The tree, a line a step, cut where it repeats.
    Normal,
    /// The tree with the text of rules, sources, notes and places in the guide.
    Full,
}

/// So many facts and places of the guide are shown in brief.
const FEW: usize = 3;

/// Explanations for a terminal.
#[must_use]
pub fn explanation(
    list: &[Explanation],
    heading: &Heading,
    sources: &SourceMap,
    (detail, options): (Detail, &Options),
) -> String {
    let mut page = Page::new(options.width, options.colour);
    for text in head(heading) {
        let text = page.look(Look::Dim, &text);
        page.line(&text);
    }
    for one in list {
        page.section(&one.text);
        for text in &one.says {
            let text = page.look(Look::Plain, text);
            page.line(&text);
        }
        if detail == Detail::Brief {
            brief(&mut page, one, sources);
        } else {
            let words = if one.because.is_empty() { "It has no conditions." } else { "Why:" };
            let words = page.look(Look::Strong, words);
            page.line(&words);
            for node in &one.because {
                branch(&mut page, node, (sources, detail), 0);
            }
            grounds(&mut page, one, sources, usize::MAX);
            let steps = phrase::count(one.steps, "step", "steps");
            let proof = format!("{steps}; --format json writes it for convener verify");
            let proof = page.look(Look::Dim, &proof);
            page.tagged(Look::Dim, "proof", &proof);
        }
    }
    page.finish()
}

/// Which case, seen when, and which of its facts count.
fn head(heading: &Heading) -> Vec<String> {
    let after = |event| format!(", after: {event}");
    let seen = heading.seen.as_ref().map_or_else(String::new, |seen| format!(", seen on {seen}"));
    let last = heading.last_event.as_ref().map_or_else(String::new, after);
    let mut lines = vec![format!("{} ({}){seen}{last}", heading.title, heading.id)];
    lines.extend(heading.begins.as_ref().map(|begins| phrase::begins(begins)));
    lines.extend(heading.filtered.as_ref().map(phrase::filtered));
    lines.extend(heading.believing.as_ref().map(phrase::believing));
    lines
}

fn brief(page: &mut Page, one: &Explanation, sources: &SourceMap) {
    let told = facts(&one.because);
    for node in told.iter().take(FEW) {
        let text = page.look(Look::Plain, &line::line(node, sources, Detail::Normal));
        page.tagged(Look::Dim, "because", &text);
    }
    if told.len() > FEW {
        let more = phrase::count(told.len() - FEW, "more fact", "more facts");
        let more = page.look(Look::Dim, &format!("and {more}: --detail normal"));
        page.under(&more);
    }
    grounds(page, one, sources, FEW);
}

fn grounds(page: &mut Page, one: &Explanation, sources: &SourceMap, limit: usize) {
    for cited in one.cites.iter().take(limit) {
        let text = page.look(Look::Dim, &line::cited(cited));
        page.tagged(Look::Dim, "guide", &text);
    }
    if let Some(place) = phrase::place(sources, one.at) {
        let place = page.look(Look::Dim, &place);
        page.tagged(Look::Dim, "rule", &place);
    }
}

fn branch(page: &mut Page, node: &Node, how: (&SourceMap, Detail), depth: usize) {
    let (sources, detail) = how;
    if node.aside && detail != Detail::Full {
        return;
    }
    let text = page.look(Look::Plain, &line::line(node, sources, detail));
    page.step(depth, &text);
    if detail == Detail::Full {
        for more in line::more(node, sources) {
            let more = page.look(Look::Dim, &more);
            page.step(depth + 1, &more);
        }
    }
    for part in &node.parts {
        branch(page, part, how, depth + 1);
    }
}

/// Explanations as Markdown.
#[must_use]
pub fn explanation_in_markdown(
    list: &[Explanation],
    heading: &Heading,
    sources: &SourceMap,
    detail: Detail,
) -> String {
    let mut lines: Vec<String> = head(heading).iter().map(|line| escaped(line)).collect();
    for one in list {
        lines.extend([String::new(), format!("## {}", escaped(&one.text)), String::new()]);
        for text in &one.says {
            lines.extend([escaped(text), String::new()]);
        }
        if detail == Detail::Brief {
            for node in facts(&one.because).iter().take(FEW) {
                let text = line::line(node, sources, Detail::Normal);
                lines.push(format!("- because: {}", escaped(&text)));
            }
        } else {
            for node in &one.because {
                item(&mut lines, node, (sources, detail), 0);
            }
        }
        lines.push(String::new());
        let limit = if detail == Detail::Brief { FEW } else { usize::MAX };
        let cited = one.cites.iter().take(limit);
        lines.extend(cited.map(|cited| format!("- guide: {}", escaped(&line::cited(cited)))));
        let place = phrase::place(sources, one.at);
        lines.extend(place.map(|place| format!("- rule: {}", code(&place))));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn item(lines: &mut Vec<String>, node: &Node, how: (&SourceMap, Detail), depth: usize) {
    let (sources, detail) = how;
    if node.aside && detail != Detail::Full {
        return;
    }
    let indent = "  ".repeat(depth);
    lines.push(format!("{indent}- {}", escaped(&line::line(node, sources, detail))));
    if detail == Detail::Full {
        let more = line::more(node, sources);
        lines.extend(more.iter().map(|more| format!("{indent}  - {}", escaped(more))));
    }
    for part in &node.parts {
        item(lines, part, how, depth + 1);
    }
}
