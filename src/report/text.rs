//! Advice for a terminal: one page that a busy officer reads from the top, most important first.
//! Ids stand in parentheses, for use with other commands.

mod caveat;
mod open;
mod precedent;

use crate::advice::{Advice, Item, Reason, TradeOff};
use crate::knowledge::Severity;
use crate::precedent::{Line, Lines};
use crate::proof::Fact;
use crate::source::SourceMap;

use super::page::{Look, Page};
use super::{Heading, Options, Told, phrase};

/// The lines that a page has at most, if fewer items can bring that about.
const LINES: usize = 48;
/// The warnings, and the actions, that are shown even if the page is longer then.
const LEAST: usize = 3;

/// The page for a terminal. Every item has its reason; where that takes more than a page, fewer items are shown.
#[must_use]
pub fn text<'a>(
    told: impl Into<Told<'a>>,
    heading: &Heading,
    sources: &SourceMap,
    options: &Options,
) -> String {
    let told: Told<'_> = told.into();
    let advice = told.advice;
    let full = options.limit(usize::MAX);
    let mut shown = [&advice.warnings, &advice.recommendations]
        .map(|items| items.iter().filter(|item| !item.done).count().min(full));
    let bounded = !options.all && !options.explain && options.top <= Options::default().top;
    loop {
        let page = laid_out(told, heading, sources, (*options, shown));
        let [warnings, steps] = &mut shown;
        let longer = if *warnings >= *steps { warnings } else { steps };
        if !bounded || *longer <= LEAST || page.lines().count() <= LINES {
            return page;
        }
        *longer -= 1;
    }
}

fn laid_out(
    told: Told<'_>,
    heading: &Heading,
    sources: &SourceMap,
    (options, shown): (Options, [usize; 2]),
) -> String {
    let page = Page::new(options.width, options.colour);
    let advice = told.advice;
    let mut layout = Layout { advice, lines: told.lines, heading, sources, options, shown, page };
    layout.head();
    layout.warnings();
    layout.recommendations();
    layout.encouragements();
    layout.tradeoffs();
    layout.open();
    layout.questions();
    layout.notes();
    layout.caveats();
    layout.foot();
    layout.page.finish()
}

struct Layout<'a> {
    advice: &'a Advice,
    lines: Option<&'a Lines>,
    heading: &'a Heading,
    sources: &'a SourceMap,
    options: Options,
    /// How many warnings and how many actions.
    shown: [usize; 2],
    page: Page,
}

impl Layout<'_> {
    fn head(&mut self) {
        let heading = self.heading;
        let mut title = self.page.look(Look::Strong, &heading.title);
        if let Some(place) = &heading.place {
            title = format!("{title}, {}", self.page.look(Look::Plain, place));
        }
        let title = format!("{title} {}", self.id(&heading.id));
        self.page.line(&title);
        let mut seen = String::new();
        if let Some(date) = &heading.seen {
            seen = format!("Seen on {date}");
        }
        if let Some(event) = &heading.last_event {
            let start = if seen.is_empty() { "Seen" } else { &seen };
            seen = format!("{start}, after: {event}");
        }
        if !seen.is_empty() {
            let seen = self.page.look(Look::Plain, &seen);
            self.page.line(&seen);
        }
        if let Some(begins) = &heading.begins {
            let line = self.page.look(Look::Serious, &phrase::begins(begins));
            self.page.line(&line);
        }
        if let Some(filtered) = &heading.filtered {
            let line = self.page.look(Look::Strong, &phrase::filtered(filtered));
            self.page.line(&line);
        }
        if let Some(believing) = &heading.believing {
            let line = self.page.look(Look::Strong, &phrase::believing(believing));
            self.page.line(&line);
        }
        let stage =
            phrase::stage(self.advice).map_or_else(String::new, |stage| format!("{stage} "));
        let line = self.page.look(Look::Plain, &format!("{stage}{}", phrase::known(self.advice)));
        self.page.line(&line);
        for contradiction in self.advice.contradictions.iter().take(self.options.limit(2)) {
            let text = self.page.look(Look::Serious, &phrase::contradiction(contradiction));
            self.page.line(&text);
            if self.options.explain {
                self.because(&contradiction.facts);
            }
        }
    }

    /// How many of a list are not shown.
    fn more(&mut self, left: usize) {
        if left > 0 {
            let text = self.page.look(Look::Dim, &format!("and {left} more: --all"));
            self.page.under(&text);
        }
    }

    fn id(&self, id: &str) -> String {
        self.page.look(Look::Dim, &format!("({id})"))
    }

    fn warnings(&mut self) {
        let items = &self.advice.warnings;
        if items.is_empty() {
            self.page.section("WARNINGS: none from what is known");
            return;
        }
        let [shown, _] = self.shown;
        self.page.section(&self.title("WARNINGS", items.len(), shown));
        let lines = self.lines.map(|lines| &lines.warnings);
        for item in items.iter().take(shown) {
            self.item(item, lines.and_then(|lines| lines.get(&item.id)));
        }
        self.more(items.len().saturating_sub(shown));
    }

    fn recommendations(&mut self) {
        let [_, shown] = self.shown;
        let (done, todo): (Vec<&Item>, Vec<&Item>) =
            self.advice.recommendations.iter().partition(|item| item.done);
        if todo.is_empty() {
            self.page.section("WHAT TO DO: nothing from what is known");
        } else {
            self.page.section(&self.title("WHAT TO DO, weightiest first", todo.len(), shown));
        }
        let lines = self.lines.map(|lines| &lines.recommendations);
        for item in todo.iter().take(shown) {
            self.item(item, lines.and_then(|lines| lines.get(&item.id)));
        }
        self.more(todo.len().saturating_sub(shown));
        for item in done.iter().take(self.options.limit(2)) {
            let line =
                format!("{} {}", self.page.look(Look::Plain, &item.title), self.id(&item.id));
            self.page.tagged(Look::Good, "done", &line);
            if self.options.explain {
                self.reasons(item);
            }
        }
    }

    /// `WARNINGS (3 of 8)`.
    fn title(&self, title: &str, all: usize, shown: usize) -> String {
        if self.options.all || all <= shown {
            title.to_owned()
        } else {
            format!("{title} ({shown} of {all})")
        }
    }

    fn item(&mut self, item: &Item, precedent: Option<&Line>) {
        let look = match item.severity {
            Severity::Critical => Look::Grave,
            Severity::High => Look::Serious,
            Severity::Medium | Severity::Low => Look::Plain,
        };
        let title = self.page.look(Look::Strong, &item.title);
        let mut line = format!("{title} {}", self.id(&item.id));
        if item.is_overdue() {
            line.push_str(" (overdue)");
        }
        self.page.tagged(look, phrase::severity(item.severity), &line);
        if self.options.explain {
            self.sum(item);
        }
        if self.options.all || self.options.explain {
            self.reasons(item);
        } else {
            self.first_reason(item);
        }
        self.precedent(precedent);
    }

    fn first_reason(&mut self, item: &Item) {
        let Some(reason) = item.reasons.first() else { return };
        let mut text = self.page.look(Look::Plain, &reason.text);
        let more = item.reasons.len() - 1;
        if more > 0 {
            let more = format!("(+ {})", phrase::count(more, "more reason", "more reasons"));
            text = format!("{text} {}", self.page.look(Look::Dim, &more));
        }
        self.page.under(&text);
        if let Some(note) = reason.notes.first() {
            let note = self.page.look(Look::Dim, &format!("But: {note}"));
            self.page.under(&note);
        }
        self.unless(reason);
    }

    fn unless(&mut self, reason: &Reason) {
        if let Some(text) = self.exceptions(reason, 1) {
            self.page.under(&text);
        }
    }

    /// What provisional advice waits for.
    fn exceptions(&self, reason: &Reason, limit: usize) -> Option<String> {
        let open =
            reason.provisional.then(|| phrase::questions(self.advice, &reason.unless, limit))?;
        Some(self.page.look(Look::Dim, &format!("Provisional until this is known: {open}")))
    }

    fn reasons(&mut self, item: &Item) {
        for reason in &item.reasons {
            self.reason(reason);
        }
    }

    fn reason(&mut self, reason: &Reason) {
        let mut who = vec![reason.rule.as_str()];
        who.extend(reason.subject.iter().map(String::as_str));
        let done = if reason.done { " Done." } else { "" };
        let text = format!(
            "{}{done} {}",
            self.page.look(Look::Plain, &reason.text),
            self.id(&who.join(" "))
        );
        self.page.bullet(&text);
        for note in &reason.notes {
            self.page.detail("note", note);
        }
        if let Some(text) = self.exceptions(reason, usize::MAX) {
            self.page.under_bullet(&text);
        }
        if self.options.explain {
            self.grounds(reason);
        }
    }

    fn because(&mut self, facts: &[Fact]) {
        for view in facts.iter().filter_map(|fact| self.advice.facts.get(fact)) {
            self.page.detail("because", &phrase::fact(view, self.sources));
        }
    }

    fn grounds(&mut self, reason: &Reason) {
        self.because(&reason.facts);
        for cited in &reason.cites {
            self.page.detail("guide", &phrase::cited(cited));
        }
        if let Some(place) = phrase::place(self.sources, reason.span) {
            self.page.detail("rule", &place);
        }
    }

    fn sum(&mut self, item: &Item) {
        let total = phrase::score(item.score);
        let ranked = if item.rank_score == item.score {
            String::new()
        } else {
            format!(", ranked by {} of a later step", phrase::score(item.rank_score))
        };
        let evidence = phrase::evidence(item.evidence);
        self.page.detail("score", &format!("{total}{ranked}; evidence: {evidence}"));
        for weight in &item.weights {
            self.page.detail("", &format!("{}: {}", weight.rule, phrase::weight(weight)));
        }
        if !item.after.is_empty() {
            self.page.detail("after", &item.after.join(", "));
        }
    }

    fn encouragements(&mut self) {
        if self.advice.encouragements.is_empty() {
            return;
        }
        let all = self.advice.encouragements.len();
        self.page.section(&self.title("GOING WELL", all, 2.min(self.options.top)));
        for reason in self.advice.encouragements.iter().take(self.options.limit(2)) {
            let text = self.page.look(Look::Plain, &reason.text);
            let text = format!("{text} {}", self.id(&reason.rule));
            self.page.tagged(Look::Good, "+", &text);
            self.unless(reason);
            if self.options.explain {
                self.grounds(reason);
            }
        }
    }

    fn tradeoffs(&mut self) {
        if self.advice.tradeoffs.is_empty() {
            return;
        }
        let all = self.advice.tradeoffs.len();
        self.page.section(&self.title("TRADE-OFFS", all, 2.min(self.options.top)));
        for tradeoff in self.advice.tradeoffs.iter().take(self.options.limit(2)) {
            let [a, b] = &tradeoff.actions;
            let [first, second] = &tradeoff.titles;
            let line =
                format!("{first} ({a}) pulls against {second} ({b}): {}.", tradeoff.why.join("; "));
            let line = self.page.look(Look::Plain, &line);
            self.page.tagged(Look::Plain, "<>", &line);
            if self.options.all {
                self.sides(tradeoff);
            }
        }
    }

    fn sides(&mut self, tradeoff: &TradeOff) {
        for (action, reason) in tradeoff.actions.iter().zip(&tradeoff.reasons) {
            let text = format!("{} {}", self.page.look(Look::Plain, reason), self.id(action));
            self.page.bullet(&text);
        }
    }

    fn notes(&mut self) {
        if self.advice.notes.is_empty() {
            return;
        }
        self.page.section(&self.title("REMARKS", self.advice.notes.len(), 1));
        for note in self.advice.notes.iter().take(self.options.limit(1)) {
            let text =
                format!("{} {}", self.page.look(Look::Plain, &note.text), self.id(&note.rule));
            self.page.tagged(Look::Plain, "-", &text);
        }
    }

    fn foot(&mut self) {
        self.page.section("MORE");
        let more = if self.options.all {
            "Earlier: --at DATE. Ask: convener ask CASE. Why: convener explain CASE ID."
        } else {
            "All: --all. Earlier: --at DATE. Ask: convener ask CASE. Why: explain CASE ID."
        };
        let more = self.page.look(Look::Dim, more);
        self.page.line(&more);
        for pack in &self.advice.packs {
            let hash = pack.hash.get(..12).unwrap_or(&pack.hash);
            let line = format!("Rules: {} {} ({hash})", pack.id, pack.version);
            let line = self.page.look(Look::Dim, &line);
            self.page.line(&line);
        }
    }
}
