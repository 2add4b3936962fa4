//! An interview on a terminal: a question with its choices, what an answer made of the advice, and how it stands at the end.

use crate::interview::{Contested, Given, Note, Progress, Prompt, Standing};

use super::page::{Look, Page};
use super::{Options, ask, phrase};

/// Titles of one kind that are named after an answer.
const FEW: usize = 4;

/// A question, with what is known so far, its choices, and what else may be typed.
#[must_use]
pub fn prompt(prompt: &Prompt, options: &Options) -> String {
    let mut page = Page::new(options.width, options.colour);
    page.section(&prompt.question);
    let dim = |page: &Page, text: &str| page.look(Look::Dim, text);
    let path = prompt.path.iter().map(|path| format!("({path})"));
    for line in path.chain(prompt.hints.iter().cloned()) {
        let line = dim(&page, &line);
        page.entry(&line);
    }
    let width = prompt.choices.len().to_string().len();
    for (at, choice) in prompt.choices.iter().enumerate() {
        let choice = page.look(Look::Plain, choice);
        page.after(&format!("{:>width$}", at + 1), &choice);
    }
    let settings = [("speaking", &prompt.speaker), ("holds", &prompt.since)];
    let settings =
        settings.into_iter().filter_map(|(what, is)| Some(format!("{what}: {}", is.as_ref()?)));
    let forms = prompt.forms.iter().map(|forms| format!("also: {forms}"));
    let commands = std::iter::once(prompt.commands.join(" | "));
    for line in forms.chain(commands).chain(settings) {
        let line = dim(&page, &line);
        page.entry(&line);
    }
    page.finish()
}

/// What is told between questions.
#[must_use]
pub fn note(note: &Note, options: &Options) -> String {
    let mut page = Page::new(options.width, options.colour);
    match note {
        Note::Remark(text) => paragraph(&mut page, Look::Plain, text),
        Note::Refused(text) => paragraph(&mut page, Look::Serious, text),
        Note::Progress(progress) => changes(&mut page, progress),
        Note::Help(lines) => {
            for (word, does) in lines {
                let does = page.look(Look::Plain, does);
                page.after(&format!("{word:<12}"), &does);
            }
        }
        Note::Why(question, readers) => {
            let asks = phrase::count(*readers, "rule asks", "rules ask");
            paragraph(
                &mut page,
                Look::Plain,
                &format!("{asks} for it. What the answers would change now:"),
            );
            let any =
                question.facts.iter().any(|fact| !fact.answers.is_empty() || fact.pair.is_some());
            let shown = ask::why(question, options);
            if !any || shown.is_empty() {
                paragraph(
                    &mut page,
                    Look::Plain,
                    "Nothing by itself; together with other answers it may.",
                );
                return page.finish();
            }
            return page.finish() + &shown;
        }
    }
    page.finish()
}

/// How the advice stands at the end, with the file that the answers are in.
#[must_use]
pub fn closing(standing: &Standing, file: &str, options: &Options) -> String {
    let mut page = Page::new(options.width, options.colour);
    let lists = [("WARNINGS", &standing.warnings), ("WHAT TO DO", &standing.recommendations)];
    for (title, list) in lists {
        page.section(&format!("{title} ({})", list.len()));
        for (at, given) in list.iter().take(options.limit(list.len())).enumerate() {
            let line = page.look(Look::Plain, &title_of(given));
            page.after(&format!("{:>2}", at + 1), &line);
        }
        let left = list.len().saturating_sub(options.limit(list.len()));
        if left > 0 {
            paragraph(&mut page, Look::Dim, &format!("and {left} more"));
        }
        if list.is_empty() {
            paragraph(&mut page, Look::Dim, "none so far");
        }
    }
    contested(&mut page, &standing.contested, options);
    page.section(&format!("Every answer is in {file}."));
    for (command, does) in [("advise", "for the reasons"), ("interview", "to go on")] {
        let text = page.look(Look::Plain, &format!("convener {command} {file}   {does}"));
        page.entry(&text);
    }
    page.finish()
}

/// What holds only if one of those who differ is right.
fn contested(page: &mut Page, list: &[Contested], options: &Options) {
    if list.is_empty() {
        return;
    }
    page.section(&format!("CONTESTED ({})", list.len()));
    for (at, one) in list.iter().take(options.limit(list.len())).enumerate() {
        let who = match one.believing.as_slice() {
            [] => String::new(),
            names => format!("If {} is right: ", names.join(" or ")),
        };
        let line = page.look(Look::Plain, &format!("{who}{}", one.text));
        page.after(&format!("{:>2}", at + 1), &line);
    }
    let left = list.len().saturating_sub(options.limit(list.len()));
    if left > 0 {
        paragraph(page, Look::Dim, &format!("and {left} more"));
    }
}

fn title_of(given: &Given) -> String {
    let provisional = if given.provisional { " (provisional)" } else { "" };
    format!("{}{provisional}", given.title)
}

fn changes(page: &mut Page, progress: &Progress) {
    let warnings = phrase::count(progress.warnings, "warning", "warnings");
    let actions = phrase::count(progress.recommendations, "recommendation", "recommendations");
    let provisional = match progress.provisional {
        0 => String::new(),
        count => format!(", {count} provisional"),
    };
    let contested = match progress.contested {
        0 => String::new(),
        count => format!(", {count} contested"),
    };
    let moved = match (progress.newly_open, progress.no_longer_open) {
        (0, 0) => String::new(),
        (new, 0) => format!(" ({new} of them newly)"),
        (0, old) => format!(" ({old} no longer)"),
        (new, old) => format!(" ({new} of them newly, {old} no longer)"),
    };
    let open = usize::try_from(progress.open).unwrap_or(usize::MAX);
    let open = phrase::count(open, "conclusion waits", "conclusions wait");
    let certain = match progress.warnings + progress.recommendations {
        0 => "No advice is certain yet".to_owned(),
        _ => format!("{warnings} and {actions} certain"),
    };
    let line = format!("{certain}{provisional}{contested}; {open} for facts{moved}.");
    paragraph(page, Look::Dim, &line);
    for (look, mark, what, titles) in [
        (Look::Serious, "+", "warns of", &progress.new_warnings),
        (Look::Good, "+", "advises", &progress.new_recommendations),
        (Look::Plain, "=", "now certain:", &progress.certain),
        (Look::Serious, "?", "now contested:", &progress.now_contested),
        (Look::Plain, "-", "no longer", &progress.gone),
    ] {
        for title in titles.iter().take(FEW) {
            let text = page.look(look, &format!("{what} “{title}”"));
            page.after(mark, &text);
        }
        if titles.len() > FEW {
            let text = page.look(look, &format!("and {} more", titles.len() - FEW));
            page.after(mark, &text);
        }
    }
}

fn paragraph(page: &mut Page, look: Look, text: &str) {
    let text = page.look(look, text);
    page.entry(&text);
}
