//! Advice for a terminal: one page that a busy officer reads from the top, most important first.
//! Ids stand in parentheses, for use with other commands.

mod caveat;
mod item;
mod open;
mod precedent;

use crate::advice::{Advice, Item, Reason, TradeOff};
use crate::precedent::Lines;
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
    let mut tight = false;
    loop {
        let page = laid_out(told, heading, sources, (*options, shown, tight));
        if !bounded || tight || page.lines().count() <= LINES {
            return page;
        }
        let [warnings, steps] = &mut shown;
        let longer = if *warnings >= *steps { warnings } else { steps };
        if *longer > LEAST {
            *longer -= 1;
        } else {
            tight = true;
        }
    }
}

fn laid_out(
    told: Told<'_>,
    heading: &Heading,
    sources: &SourceMap,
    (options, shown, tight): (Options, [usize; 2], bool),
) -> String {
    let page = Page::new(options.width, options.colour);
    let advice = told.advice;
    let lines = told.lines;
    let mut layout = Layout { advice, lines, heading, sources, options, shown, tight, page };
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
    /// Whether of everything else there is as little as can be, and of past cases only what the first item has.
    tight: bool,
    page: Page,
}

impl Layout<'_> {
    fn head(&mut self) {
        let heading = self.heading;
        let mut title = self.page.look(Look::Strong, &heading.title);
        if let Some(place) = phrase::further_place(heading) {
            title = format!("{title}, {}", self.page.look(Look::Plain, &place));
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
        for contradiction in self.advice.contradictions.iter().take(self.usual(2)) {
            let text = self.page.look(Look::Serious, &phrase::contradiction(contradiction));
            self.page.line(&text);
            if self.options.explain {
                self.because(&contradiction.facts);
            }
        }
    }

    /// How many of a list are shown beside the warnings and actions, where the page has room for so many.
    fn usual(&self, room: usize) -> usize {
        self.options.limit(if self.tight { 1 } else { room })
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
        for (at, item) in items.iter().take(shown).enumerate() {
            let lines = lines.filter(|_| at == 0 || !self.tight);
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
            self.page.section(&self.title("WHAT TO DO, first things first", todo.len(), shown));
        }
        let lines = self.lines.map(|lines| &lines.recommendations);
        for (at, item) in todo.iter().take(shown).enumerate() {
            let lines = lines.filter(|_| at == 0 || !self.tight);
            self.item(item, lines.and_then(|lines| lines.get(&item.id)));
        }
        self.more(todo.len().saturating_sub(shown));
        for item in done.iter().take(self.usual(2)) {
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

    fn encouragements(&mut self) {
        if self.advice.encouragements.is_empty() {
            return;
        }
        let mut groups: Vec<&Reason> = self.advice.encouragements.iter().collect();
        if !self.options.all && !self.options.explain {
            groups.dedup_by_key(|reason| &reason.rule);
        }
        let all = groups.len();
        self.page.section(&self.title("GOING WELL", all, self.usual(2)));
        for reason in groups.into_iter().take(self.usual(2)) {
            let text = self.page.look(Look::Plain, &reason.text);
            let mut id = reason.rule.clone();
            if let Some(likewise) = self.likewise(reason, &self.advice.encouragements) {
                id = format!("{id}; {likewise}");
            }
            let text = format!("{text} {}", self.id(&id));
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
        self.page.section(&self.title("TRADE-OFFS", all, self.usual(2)));
        for tradeoff in self.advice.tradeoffs.iter().take(self.usual(2)) {
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
        self.page.section(&self.title("REMARKS", self.advice.notes.len(), self.usual(1)));
        for note in self.advice.notes.iter().take(self.usual(1)) {
            let text =
                format!("{} {}", self.page.look(Look::Plain, &note.text), self.id(&note.rule));
            self.page.tagged(Look::Plain, "-", &text);
        }
    }

    fn foot(&mut self) {
        self.page.section("MORE");
        let caveats = phrase::count(self.advice.caveats.len(), "caveat", "caveats");
        let all = match (self.options.all, self.advice.caveats.is_empty()) {
            (true, _) => String::new(),
            (false, true) => "All: --all. ".to_owned(),
            (false, false) => format!("All, and {caveats}: --all. "),
        };
        for line in [
            format!("{all}Earlier: --at DATE. To find out: convener ask CASE."),
            "Why: convener explain CASE ID. What if: whatif CASE --set PATH=VALUE.".to_owned(),
        ] {
            let line = self.page.look(Look::Dim, &line);
            self.page.line(&line);
        }
        for pack in &self.advice.packs {
            let hash = pack.hash.get(..12).unwrap_or(&pack.hash);
            let line = format!("Rules: {} {} ({hash})", pack.id, pack.version);
            let line = self.page.look(Look::Dim, &line);
            self.page.line(&line);
        }
    }
}
