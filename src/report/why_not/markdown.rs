//! Why a rule does not fire, as Markdown: the same content, complete. Every text is escaped.

use crate::advice::near_miss::NearMisses;
use crate::advice::silence::Silence;

use super::super::markdown::{code, escaped};
use super::super::{Options, phrase};
use super::Around;
use super::words::{self, Line};

/// Why a rule does not fire for a subject, and what would change that.
#[must_use]
pub fn markdown(silence: &Silence, around: Around<'_>, options: &Options) -> String {
    let mut out = head(around);
    let rule = words::name(&silence.rule, &silence.subject);
    push(&mut out, &format!("\n## The rule {}\n", code(&rule)));
    push(&mut out, &format!("- It says: {}", escaped(&silence.text)));
    push(&mut out, &format!("- **{}**", escaped(&words::verdict(silence))));
    if let Some(others) = words::others(silence.others) {
        push(&mut out, &format!("- {}", escaped(&others)));
    }
    if let Some(place) = phrase::place(around.sources, silence.span) {
        push(&mut out, &format!("- Rule: {}", code(&place)));
    }
    for cited in &silence.cites {
        push(&mut out, &format!("- Guide: {}", escaped(&phrase::cited(cited))));
    }
    let sections = [
        ("Its subject", &silence.why.admits),
        ("Its conditions", &silence.why.conditions),
        ("Its exceptions", &silence.why.exceptions),
    ];
    for (title, parts) in sections.into_iter().filter(|(_, parts)| !parts.is_empty()) {
        push(&mut out, &format!("\n## {title}\n"));
        for line in words::lines(parts, &silence.facts, around.sources) {
            tree(&mut out, &line);
        }
    }
    if !silence.overridden_by.is_empty() {
        push(&mut out, "\n## Rules that override it\n");
    }
    for (rule, fires) in &silence.overridden_by {
        let how = if *fires { "fires" } else { "may fire" };
        push(&mut out, &format!("- {} {how}.", code(rule)));
    }
    repairs(&mut out, silence, around, options);
    out
}

fn repairs(out: &mut String, silence: &Silence, around: Around<'_>, options: &Options) {
    let Some((goal, found)) = &silence.repairs else { return };
    let title = words::repairs_title(*goal).to_lowercase();
    push(out, &format!("\n## {}\n", crate::proof::wording::capitalised(&title)));
    let shown = options.limit(usize::MAX);
    for (index, repair) in found.list.iter().take(shown).enumerate() {
        let steps = repair.steps.iter().map(|step| {
            let text = words::step(step, &silence.facts, around.sources);
            format!("*{}*: {}", words::way(step), escaped(&text))
        });
        let steps: Vec<String> = steps.collect();
        push(out, &format!("{}. {}", index + 1, steps.join("\n   and ")));
    }
    for line in words::effort(found, shown, &silence.facts) {
        push(out, &format!("\n{}", escaped(&line)));
    }
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

fn head(around: Around<'_>) -> String {
    let heading = around.heading;
    let place = heading.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
    let mut out = String::new();
    push(&mut out, &format!("# {}\n", escaped(&format!("{}{place}", heading.title))));
    push(&mut out, &format!("- Case: {}", code(&heading.id)));
    if let Some(seen) = &heading.seen {
        push(&mut out, &format!("- Seen on {}", escaped(seen)));
    }
    if let Some(event) = &heading.last_event {
        push(&mut out, &format!("- After: {}", escaped(event)));
    }
    out
}

fn tree(out: &mut String, line: &Line) {
    let indent = "  ".repeat(line.depth);
    let state =
        line.state.map_or_else(String::new, |state| format!("**{}** ", words::state(state)));
    let place = line.place.as_ref().map_or_else(String::new, |place| format!(" ({})", code(place)));
    push(out, &format!("{indent}- {state}{}{place}", escaped(&line.text)));
}

/// The silent rules that lack little.
#[must_use]
pub fn near_misses(found: &NearMisses, around: Around<'_>) -> String {
    let mut out = head(around);
    push(&mut out, "\n## Silent rules, nearest to firing first\n");
    for (index, miss) in found.list.iter().enumerate() {
        let rule = code(&words::name(&miss.rule, &miss.subject));
        push(&mut out, &format!("{}. {rule}: {}", index + 1, escaped(&words::distance(miss))));
        push(&mut out, &format!("   - It would say: {}", escaped(&miss.text)));
        if miss.lacks.is_empty() {
            push(&mut out, &format!("   - {}", escaped(&words::lacks(miss))));
        }
        for line in words::lines(&miss.lacks, &found.facts, around.sources) {
            let mut text = String::new();
            tree(&mut text, &line);
            push(&mut out, &format!("   {}", text.trim_end()));
        }
    }
    for line in words::left_out(found) {
        push(&mut out, &format!("\n{}", escaped(&line)));
    }
    out
}
