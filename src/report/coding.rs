//! Two codings of one case, for a terminal, as Markdown and as JSON: how far they agree, and what hangs on where they do not.

mod json;

use crate::coding::{Coded, Coding, ItemCoded, Saying};
use crate::proof::wording::join;

use super::evaluate::phrase::{interval, share, verdict};
use super::page::Look;
use super::phrase::count;
use super::sheet::{Piece, Sheet, Table, id, plain, strong};
use super::{Heading, Options};

pub use json::json;

/// Two codings, and what stands above each.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// What was found.
    pub coding: &'a Coding,
    /// The two codings: their titles, and the names of their files as ids.
    pub headings: [&'a Heading; 2],
}

/// For a terminal.
#[must_use]
pub fn text(of: Compared<'_>, options: &Options) -> String {
    sheet(of, *options).text(options.width, options.colour)
}

/// As Markdown.
#[must_use]
pub fn markdown(of: Compared<'_>, options: &Options) -> String {
    sheet(of, *options).markdown()
}

fn sheet(of: Compared<'_>, options: Options) -> Sheet {
    let mut layout = Layout { coding: of.coding, options, sheet: Sheet::default() };
    let [first, second] = of.headings;
    layout.sheet.title(vec![strong(format!("Two codings of {}", first.title))]);
    for (name, heading) in [("first", first), ("second", second)] {
        layout.sheet.head(vec![plain(format!("The {name}:")), id(&heading.id)]);
    }
    let [one, other] = &of.coding.ids;
    if one != other {
        let text = format!("The ids differ ({one}, {other}): are they two codings of one case?");
        layout.sheet.head(vec![strong(text)]);
    }
    let moments = count(of.coding.moments.len(), "moment", "moments");
    layout.sheet.head(vec![plain(format!("Compared at {moments}: {}.", span(&of.coding.moments)))]);
    layout.facts();
    layout.items("WARNINGS", &of.coding.warnings);
    layout.items("WHAT TO DO", &of.coding.recommendations);
    layout.verdicts();
    layout.sheet
}

fn span(moments: &[String]) -> String {
    match moments {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [first, .., last] => format!("{first} to {last}"),
    }
}

struct Layout<'a> {
    coding: &'a Coding,
    options: Options,
    sheet: Sheet,
}

impl Layout<'_> {
    fn facts(&mut self) {
        let coding = self.coding;
        self.sheet.section("FACTS: how far the two agree");
        let both = coding.agreement;
        let agreed = format!(
            "Both state {}, and say the same of {} throughout: {}, in keeping with {} in the long run.",
            count(both.all, "fact", "facts"),
            both.of,
            share(both),
            interval(both)
        );
        self.sheet.head(vec![plain(agreed)]);
        for (rows, which) in coding.rows.iter().zip(["first", "second"]) {
            if !rows.is_empty() {
                let text = format!("Only the {which} has {}.", join(rows, "and"));
                self.sheet.head(vec![plain(text)]);
            }
        }
        self.differing("OTHERWISE: they say different things", Saying::Differently);
        self.differing(
            "AT OTHER TIMES: the same, but not from or until the same moment",
            Saying::AtOtherTimes,
        );
        self.lone("ONLY THE FIRST STATES", Saying::OnlyFirst);
        self.lone("ONLY THE SECOND STATES", Saying::OnlySecond);
    }

    fn differing(&mut self, title: &str, saying: Saying) {
        let facts: Vec<&Coded> = self.coding.said(saying).collect();
        if facts.is_empty() {
            return;
        }
        self.sheet.section(title);
        let mut table = Table::new(4, &["fact", "from", "the first", "the second"]);
        for fact in facts {
            let mut path = fact.path.clone();
            for (at, [first, second]) in &fact.values {
                let from = self.coding.moments.get(*at).cloned().unwrap_or_default();
                let cells =
                    [first, second].map(|value| value.clone().unwrap_or_else(|| "-".to_owned()));
                let [first, second] = cells;
                table.row(vec![std::mem::take(&mut path), from, first, second]);
            }
        }
        self.sheet.table(table);
    }

    fn lone(&mut self, title: &str, saying: Saying) {
        let facts: Vec<String> = self.coding.said(saying).map(|fact| fact.path.clone()).collect();
        if facts.is_empty() {
            return;
        }
        self.sheet.section(format!("{title}: {}", count(facts.len(), "fact", "facts")));
        let shown = if self.options.all { facts.len() } else { facts.len().min(8) };
        let more = facts.len() - shown;
        let mut text = facts.into_iter().take(shown).collect::<Vec<_>>().join(", ");
        if more > 0 {
            text = format!("{text}, and {more} more: --all");
        }
        self.sheet.head(vec![plain(text)]);
    }

    fn items(&mut self, title: &str, items: &[ItemCoded]) {
        if items.is_empty() {
            self.sheet.section(format!("{title}: the same by both"));
            return;
        }
        self.sheet.section(format!("{title}: what hangs on who coded the case"));
        for item in items {
            self.sheet.entry(Look::Plain, "differs", vec![strong(&item.title), id(&item.id)]);
            let only = item.only.iter().zip(["first", "second"]);
            for (moments, which) in only.filter(|(moments, _)| !moments.is_empty()) {
                let names: Vec<String> =
                    moments.iter().filter_map(|at| self.coding.moments.get(*at).cloned()).collect();
                let text = format!("only the {which} gives it: {}", join(&names, "and"));
                self.sheet.under(vec![plain(text)]);
            }
            if item.both > 0 {
                let text = format!("both give it at {}", count(item.both, "moment", "moments"));
                self.sheet.under(vec![plain(text)]);
            }
            if !item.because.is_empty() {
                let by = format!("by {}", join(&item.because, "and"));
                self.sheet.under(vec![Piece::Words(Look::Dim, by)]);
            }
        }
    }

    fn verdicts(&mut self) {
        let Some(verdicts) = &self.coding.verdicts else {
            self.sheet.section("VERDICTS: not compared, for no outcome stands beside the first");
            return;
        };
        if verdicts.is_empty() {
            self.sheet.section("VERDICTS: the same by both");
            return;
        }
        self.sheet.section("VERDICTS: whether a risk was warned of before it came true");
        let mut table = Table::new(3, &["risk", "the first", "the second"]);
        for one in verdicts {
            let rows = one.rows.join(", ");
            let rows = if rows.is_empty() { rows } else { format!(" ({rows})") };
            let [first, second] = one.verdicts.map(verdict);
            table.row(vec![format!("{}{rows}", one.risk), first.to_owned(), second.to_owned()]);
        }
        self.sheet.table(table);
    }
}
