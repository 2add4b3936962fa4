//! Advice as Markdown: the same content as on the terminal, complete, to be mailed, edited or printed.
//! Every text is escaped: neither markup nor HTML of a case or pack survives.

use std::collections::BTreeMap;

use crate::advice::{Advice, Item, Reason, Undecided};
use crate::precedent::Line;
use crate::source::SourceMap;

use super::page::safe;
use super::{Heading, Options, Told, phrase};

/// The advice as a Markdown document.
#[must_use]
pub fn markdown<'a>(
    told: impl Into<Told<'a>>,
    heading: &Heading,
    sources: &SourceMap,
    options: &Options,
) -> String {
    let Told { advice, lines } = told.into();
    let mut document = Document { advice, sources, options: *options, out: String::new() };
    document.head(heading);
    document.items(
        "Warnings",
        &advice.warnings.iter().collect::<Vec<_>>(),
        "Nothing from what is known.",
        lines.map(|lines| &lines.warnings),
    );
    let todo: Vec<&Item> = advice.recommendations.iter().filter(|item| !item.done).collect();
    let lines = lines.map(|lines| &lines.recommendations);
    document.items("What to do, first things first", &todo, "Nothing from what is known.", lines);
    document.done();
    document.remarks("Going well", &advice.encouragements);
    document.tradeoffs();
    document.contested();
    document.open();
    document.questions();
    document.remarks("Remarks", &advice.notes);
    document.caveats();
    document.packs();
    document.out
}

struct Document<'a> {
    advice: &'a Advice,
    sources: &'a SourceMap,
    options: Options,
    out: String,
}

impl Document<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn section(&mut self, title: &str) {
        self.line(&format!("\n## {title}\n"));
    }

    fn head(&mut self, heading: &Heading) {
        let place = phrase::further_place(heading);
        let place = place.map_or_else(String::new, |place| format!(", {place}"));
        self.line(&format!("# {}\n", escaped(&format!("{}{place}", heading.title))));
        self.line(&format!("- Case: {}", code(&heading.id)));
        if let Some(seen) = &heading.seen {
            self.line(&format!("- Seen on {}", escaped(seen)));
        }
        if let Some(event) = &heading.last_event {
            self.line(&format!("- After: {}", escaped(event)));
        }
        if let Some(begins) = &heading.begins {
            self.line(&format!("- **{}**", escaped(&phrase::begins(begins))));
        }
        if let Some(filtered) = &heading.filtered {
            self.line(&format!("- **{}**", escaped(&phrase::filtered(filtered))));
        }
        if let Some(believing) = &heading.believing {
            self.line(&format!("- **{}**", escaped(&phrase::believing(believing))));
        }
        if let Some(stage) = phrase::stage(self.advice) {
            self.line(&format!("- {}", escaped(&stage)));
        }
        self.line(&format!("- {}", phrase::known(self.advice)));
        for contradiction in &self.advice.contradictions {
            self.line(&format!("- **{}**", escaped(&phrase::contradiction(contradiction))));
        }
    }

    fn items(
        &mut self,
        title: &str,
        items: &[&Item],
        none: &str,
        lines: Option<&BTreeMap<String, Line>>,
    ) {
        self.section(title);
        if items.is_empty() {
            self.line(none);
        }
        for (index, item) in items.iter().take(self.options.limit(usize::MAX)).enumerate() {
            let severity = phrase::severity(item.severity);
            let title = escaped(&item.title);
            let overdue = if item.is_overdue() { " (overdue)" } else { "" };
            let id = code(&item.id);
            self.line(&format!("{}. **{title}** ({severity}) {id}{overdue}", index + 1));
            if self.options.explain {
                self.sum(item);
            }
            for reason in &item.reasons {
                self.reason(reason, "   ");
            }
            if let Some(line) = lines.and_then(|lines| lines.get(&item.id)) {
                self.line(&format!("   - {}", escaped(&super::precedent::told(line, None))));
            }
        }
        let left = items.len().saturating_sub(self.options.limit(usize::MAX));
        if left > 0 {
            self.line(&format!("\nAnd {left} more."));
        }
    }

    fn sum(&mut self, item: &Item) {
        let weights: Vec<String> = item
            .weights
            .iter()
            .map(|weight| format!("{}: {}", weight.rule, phrase::weight(weight)))
            .collect();
        let line = format!("score {}: {}", phrase::score(item.score), weights.join("; "));
        self.line(&format!("   - {}", escaped(&line)));
    }

    fn reason(&mut self, reason: &Reason, indent: &str) {
        let done = phrase::done(reason);
        let mut who = vec![reason.rule.as_str()];
        who.extend(reason.subject.iter().map(String::as_str));
        self.line(&format!("{indent}- {}{done} {}", escaped(&reason.text), code(&who.join(" "))));
        if reason.provisional {
            let open = phrase::provisional(self.advice, reason, usize::MAX);
            self.line(&format!("{indent}  - {}", escaped(&open)));
        }
        for note in &reason.notes {
            self.line(&format!("{indent}  - {}", escaped(note)));
        }
        if !self.options.explain {
            return;
        }
        for view in reason.facts.iter().filter_map(|fact| self.advice.facts.get(fact)) {
            let fact = phrase::fact(view, self.sources);
            self.line(&format!("{indent}  - because {}", escaped(&fact)));
        }
        for cited in &reason.cites {
            self.line(&format!("{indent}  - guide: {}", escaped(&phrase::cited(cited))));
        }
        if let Some(place) = phrase::place(self.sources, reason.span) {
            self.line(&format!("{indent}  - rule: {}", code(&place)));
        }
    }

    fn done(&mut self) {
        let done: Vec<&Item> =
            self.advice.recommendations.iter().filter(|item| item.done).collect();
        if done.is_empty() {
            return;
        }
        self.section("Done");
        for item in done {
            self.line(&format!("- {} {}", escaped(&item.title), code(&item.id)));
        }
    }

    fn remarks(&mut self, title: &str, reasons: &[Reason]) {
        if reasons.is_empty() {
            return;
        }
        self.section(title);
        for reason in reasons {
            self.reason(reason, "");
        }
    }

    fn tradeoffs(&mut self) {
        if self.advice.tradeoffs.is_empty() {
            return;
        }
        self.section("Trade-offs");
        for tradeoff in &self.advice.tradeoffs {
            let [first, second] = &tradeoff.titles;
            let line = format!("{first} pulls against {second}: {}.", tradeoff.why.join("; "));
            self.line(&format!("- {}", escaped(&line)));
            for (action, reason) in tradeoff.actions.iter().zip(&tradeoff.reasons) {
                self.line(&format!("  - {} {}", escaped(reason), code(action)));
            }
        }
    }

    fn contested(&mut self) {
        let advice = self.advice;
        let contested: Vec<&Undecided> =
            advice.undecided.iter().filter(|one| one.contested).collect();
        if contested.is_empty() {
            return;
        }
        self.section("Contested");
        for one in contested {
            let whom = crate::proof::wording::join(&one.believing, "or");
            let start = if whom.is_empty() {
                "It depends on whom one believes".to_owned()
            } else {
                format!("If one believes {whom}")
            };
            let text = escaped(&format!("{start}: {}", one.text));
            self.line(&format!("- {text} {}", code(&one.rule)));
            self.line(&format!("  - {}", escaped(&phrase::dispute(advice, one))));
        }
    }

    fn open(&mut self) {
        let advice = self.advice;
        if advice.settling.is_empty() {
            return;
        }
        self.section("What would settle most, weightiest first");
        for settling in advice.settling.iter().take(self.options.limit(10)) {
            let Some(view) = advice.facts.get(&settling.fact) else { continue };
            let count = phrase::count(settling.rules.len(), "rule", "rules");
            let question = escaped(&view.question);
            self.line(&format!("- {question} {} ({count})", code(&view.path)));
        }
        if !self.options.all {
            return;
        }
        self.section("Open conclusions");
        for one in advice.undecided.iter().filter(|one| !one.contested) {
            let mut who = vec![one.rule.as_str()];
            who.extend(one.subject.iter().map(String::as_str));
            self.line(&format!("- If so: {} {}", escaped(&one.text), code(&who.join(" "))));
            for asks in phrase::waits_for(advice, &one.hangs_on) {
                self.line(&format!("  - {}", escaped(&asks)));
            }
        }
    }

    fn questions(&mut self) {
        let advice = self.advice;
        if advice.questions.is_empty() {
            return;
        }
        self.section(&format!("Key questions{}", phrase::of_stage(advice)));
        for question in &advice.questions {
            let mark = if question.answered { "x" } else { " " };
            self.line(&format!("- [{mark}] {} {}", escaped(&question.title), code(&question.id)));
            if let Some(hint) = phrase::completes(question) {
                self.line(&format!("  - {}", escaped(&hint)));
            }
        }
    }

    fn caveats(&mut self) {
        if self.advice.caveats.is_empty() {
            return;
        }
        self.section("Caveats");
        let explain = self.options.explain;
        for caveat in &self.advice.caveats {
            self.line(&format!("- {} {}", escaped(&caveat.text), code(&caveat.id)));
            for cited in caveat.cites.iter().filter(|_| explain) {
                self.line(&format!("  - guide: {}", escaped(&phrase::cited(cited))));
            }
        }
    }

    fn packs(&mut self) {
        self.line("");
        for pack in &self.advice.packs {
            let line = format!("{} {} {}", pack.id, pack.version, pack.hash);
            self.line(&format!("Rules: {}\n", code(&line)));
        }
    }
}

/// The text with everything escaped that Markdown or HTML would read as more than text.
pub(super) fn escaped(text: &str) -> String {
    let text = safe(text);
    let mut out = String::with_capacity(text.len());
    for (index, character) in text.char_indices() {
        let rest = text.get(index..).unwrap_or("");
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' => {
                out.push('\\');
                out.push(character);
            }
            ':' if rest.starts_with("://") => out.push_str("\\:"),
            '.' if out.to_ascii_lowercase().ends_with("www") => out.push_str("\\."),
            '-' | '+' | '=' if out.trim().is_empty() => {
                out.push('\\');
                out.push(character);
            }
            '.' | ')' if !out.is_empty() && out.bytes().all(|byte| byte.is_ascii_digit()) => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

/// The text as code.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", safe(text).replace('`', "'"))
}
