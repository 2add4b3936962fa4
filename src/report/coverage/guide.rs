//! What of the guide is accounted for, for a terminal: first what is not, then every section with what carries it.

use crate::coverage::{Account, Guide, Section};
use crate::report::page::{Look, Page};
use crate::report::{Options, phrase};

use super::phrase::{accounted, carried};

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
            let carried = carried(passage);
            if let Some(says) = &passage.says {
                let says = self.page.look(Look::Plain, says);
                self.page.entry(&format!("{id}: {says}"));
                let carried = self.page.look(Look::Dim, &format!("By {carried}"));
                self.page.under(&carried);
                continue;
            }
            let carried = self.page.look(Look::Plain, &carried);
            self.page.entry(&format!("{id}: {carried}"));
        }
    }

    fn total(&mut self) {
        self.page.section(&accounted(self.guide));
    }
}
