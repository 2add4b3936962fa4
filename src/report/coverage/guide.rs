//! What of the guide is accounted for, for a terminal: first what is not, then every section with what carries it.

use crate::coverage::{Account, Guide, Passage, Section};
use crate::report::page::{Look, Page};
use crate::report::{Options, phrase};

/// The report for a terminal.
#[must_use]
pub fn guide(guide: &Guide, options: &Options) -> String {
    let mut layout = Layout { guide, page: Page::new(options.width, options.colour) };
    layout.missing();
    for section in &guide.sections {
        layout.section(section);
    }
    layout.total();
    layout.page.finish()
}

struct Layout<'a> {
    guide: &'a Guide,
    page: Page,
}

impl Layout<'_> {
    fn missing(&mut self) {
        let all = self.guide.passages().count();
        let missing = self.guide.count(Account::Missing);
        if missing == 0 {
            let line = format!("Every passage of the guide is accounted for: {all} of {all}.");
            let line = self.page.look(Look::Good, &line);
            self.page.line(&line);
            return;
        }
        let line = format!("NOT ACCOUNTED FOR: {missing} of {all} passages");
        let line = self.page.look(Look::Heading, &line);
        self.page.line(&line);
        for passage in self.guide.passages() {
            if passage.account() == Account::Missing {
                let id = self.page.look(Look::Serious, &passage.id);
                let place = self.page.look(Look::Plain, &passage.place);
                self.page.entry(&format!("{id}: {place}"));
            }
        }
        let help =
            "Let a rule, a question or a fact cite each of them, or decline it with a reason.";
        let help = self.page.look(Look::Dim, help);
        self.page.line(&help);
    }

    fn section(&mut self, section: &Section) {
        let count = phrase::count(section.passages.len(), "passage", "passages");
        self.page.section(&format!("{} ({count})", section.title));
        for passage in &section.passages {
            let look = match passage.account() {
                Account::Missing => Look::Serious,
                _ => Look::Strong,
            };
            let id = self.page.look(look, &passage.id);
            let carried = self.page.look(Look::Plain, &carried(passage));
            self.page.entry(&format!("{id}: {carried}"));
        }
    }

    fn total(&mut self) {
        let all = self.guide.passages().count();
        let accounted = all - self.guide.count(Account::Missing);
        let ways = [
            (
                Account::Runs,
                "by something that runs (rules, definitions, derived attributes, tables, questions)",
            ),
            (
                Account::Said,
                "by something that is asked or said (facts, members, risks, actions, caveats)",
            ),
            (Account::Case, "by a case"),
            (Account::Declined, "declined"),
        ];
        let ways = ways.map(|(account, how)| format!("{} {how}", self.guide.count(account)));
        let line = format!("{accounted} of {all} accounted for: {}.", ways.join(", "));
        self.page.section(&line);
    }
}

/// What carries a passage, by kind: `rules a, b; question c`.
fn carried(passage: &Passage) -> String {
    let mut parts: Vec<String> = Vec::new();
    for group in passage.carriers.chunk_by(|a, b| a.kind == b.kind) {
        let Some(first) = group.first() else { continue };
        let mut names: Vec<&str> = group.iter().map(|carrier| carrier.name.as_str()).collect();
        names.dedup();
        let [one, several] = super::kind(first.kind);
        let kind = if names.len() == 1 { one } else { several };
        parts.push(format!("{kind} {}", names.join(", ")));
    }
    if let Some(reason) = &passage.declined {
        parts.push(format!("declined: {reason}"));
    }
    if parts.is_empty() { "nothing".to_owned() } else { parts.join("; ") }
}
