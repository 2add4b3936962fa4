//! Why a rule does not fire, for a terminal.

use crate::advice::near_miss::NearMisses;
use crate::advice::silence::Silence;
use crate::proof::repair::Repairs;
use crate::proof::why_not::State;

use super::super::page::{Look, Page};
use super::super::{Options, phrase};
use super::Around;
use super::words::{self, Line};

/// Why a rule does not fire for a subject, and what would change that.
#[must_use]
pub fn text(silence: &Silence, around: Around<'_>, options: &Options) -> String {
    let mut page = head(around, options);
    let rule = words::name(&silence.rule, &silence.subject);
    page.section(&format!("THE RULE {rule}"));
    let says = page.look(Look::Plain, &format!("It says: {}", silence.text));
    page.line(&says);
    let verdict = page.look(Look::Strong, &words::verdict(silence));
    page.line(&verdict);
    let mut more: Vec<String> = words::others(silence.others).into_iter().collect();
    if silence.is_over {
        more.push("Its only stage is past: it would not be shown.".to_owned());
    }
    for line in more {
        let line = page.look(Look::Plain, &line);
        page.line(&line);
    }
    let sections = [
        ("ITS SUBJECT", &silence.why.admits),
        ("ITS CONDITIONS", &silence.why.conditions),
        ("ITS EXCEPTIONS", &silence.why.exceptions),
    ];
    for (title, parts) in sections.into_iter().filter(|(_, parts)| !parts.is_empty()) {
        page.section(title);
        for line in words::lines(parts, &silence.facts, around.sources) {
            tree(&mut page, &line);
        }
    }
    overriders(&mut page, silence);
    if let Some((goal, found)) = &silence.repairs {
        page.section(words::repairs_title(*goal));
        repairs(&mut page, silence, found, around, options);
    }
    foot(&mut page, silence, around);
    page.finish()
}

fn head(around: Around<'_>, options: &Options) -> Page {
    let mut page = Page::new(options.width, options.colour);
    let heading = around.heading;
    let mut title = page.look(Look::Strong, &heading.title);
    if let Some(place) = &heading.place {
        title = format!("{title}, {}", page.look(Look::Plain, place));
    }
    page.line(&title);
    let seen = heading.seen.as_ref().map(|seen| format!("Seen on {seen}"));
    let after = heading.last_event.as_ref().map(|event| format!("after: {event}"));
    let when: Vec<String> = seen.into_iter().chain(after).collect();
    if !when.is_empty() {
        let when = page.look(Look::Dim, &format!("{}.", when.join(", ")));
        page.line(&when);
    }
    page
}

fn tree(page: &mut Page, line: &Line) {
    let mark = line.state.map_or("", words::state);
    let look = match line.state {
        Some(State::Fails) => Look::Grave,
        Some(State::Open | State::Disputed) => Look::Serious,
        Some(State::Holds) => Look::Good,
        None => Look::Dim,
    };
    let mut text =
        page.look(if line.state == Some(State::Holds) { Look::Plain } else { look }, &line.text);
    if let Some(place) = &line.place {
        text = format!("{text} {}", page.look(Look::Dim, &format!("({place})")));
    }
    page.after(&format!("{}{mark:<8}", "  ".repeat(line.depth)), &text);
}

fn overriders(page: &mut Page, silence: &Silence) {
    if silence.overridden_by.is_empty() {
        return;
    }
    page.section("RULES THAT OVERRIDE IT");
    for (rule, fires) in &silence.overridden_by {
        let how =
            if *fires { "fires and sets it aside" } else { "may fire and would set it aside" };
        let line = page.look(Look::Plain, &format!("{rule} {how}."));
        page.entry(&line);
    }
}

fn repairs(
    page: &mut Page,
    silence: &Silence,
    found: &Repairs,
    around: Around<'_>,
    options: &Options,
) {
    let shown = options.limit(usize::MAX);
    for (index, repair) in found.list.iter().take(shown).enumerate() {
        for (at, step) in repair.steps.iter().enumerate() {
            let number = if at == 0 { format!("{}.", index + 1) } else { "and".to_owned() };
            let text = words::step(step, &silence.facts, around.sources);
            let text = page.look(Look::Plain, &text);
            page.after(&format!("{number:<4} {:<8}", words::way(step)), &text);
        }
    }
    for line in words::effort(found, shown, &silence.facts) {
        let line = page.look(Look::Dim, &line);
        page.entry(&line);
    }
}

fn foot(page: &mut Page, silence: &Silence, around: Around<'_>) {
    page.section("WHERE IT STANDS");
    let mut lines: Vec<String> = phrase::place(around.sources, silence.span).into_iter().collect();
    lines.extend(silence.cites.iter().map(phrase::cited));
    for line in lines {
        let line = page.look(Look::Dim, &line);
        page.line(&line);
    }
}

/// The silent rules that lack little.
#[must_use]
pub fn near_misses(found: &NearMisses, around: Around<'_>, options: &Options) -> String {
    let mut page = head(around, options);
    page.section("SILENT RULES, NEAREST TO FIRING FIRST");
    for (index, miss) in found.list.iter().enumerate() {
        let rule = words::name(&miss.rule, &miss.subject);
        let title = format!(
            "{} {}",
            page.look(Look::Strong, &rule),
            page.look(Look::Dim, &format!("({})", words::distance(miss)))
        );
        page.after(&format!("{:<3}", format!("{}.", index + 1)), &title);
        let says = page.look(Look::Dim, &format!("would say: {}", miss.text));
        page.after("   ", &says);
        if miss.lacks.is_empty() {
            let lacks = page.look(Look::Plain, &words::lacks(miss));
            page.after("   ", &lacks);
        }
        for line in words::lines(&miss.lacks, &found.facts, around.sources) {
            let line = Line { depth: line.depth + 1, ..line };
            if line.depth < 3 {
                tree(&mut page, &line);
            }
        }
    }
    for line in words::left_out(found) {
        let line = page.look(Look::Dim, &line);
        page.line(&line);
    }
    let more =
        "`explain CASE --why-not RULE` shows one of them whole, with what would make it fire.";
    let more = page.look(Look::Dim, more);
    page.line(&more);
    page.finish()
}
