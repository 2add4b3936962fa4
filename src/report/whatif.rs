//! What advice becomes of changed facts, for a terminal and as Markdown: now and then side by side, each with the changes
//! that bring it about.

mod json;

use crate::engine::Status;
use crate::proof::wording::join;
use crate::whatif::{Changed, ItemChange, ReasonChange, Standing, WhatIf};

use super::page::Look;
use super::sheet::{Piece, Sheet, id, plain, strong};
use super::{Heading, Options, phrase};

pub use json::json;
pub(super) use json::{Change, Standing as StandingEntry, change, standing_of};

/// For a terminal.
#[must_use]
pub fn text(whatif: &WhatIf, heading: &Heading, options: &Options) -> String {
    sheet(whatif, heading, *options).text(options.width, options.colour)
}

/// As Markdown.
#[must_use]
pub fn markdown(whatif: &WhatIf, heading: &Heading, options: &Options) -> String {
    sheet(whatif, heading, *options).markdown()
}

fn sheet(whatif: &WhatIf, heading: &Heading, options: Options) -> Sheet {
    let mut layout = Layout { whatif, options, sheet: Sheet::default() };
    phrase::heading(heading, &mut layout.sheet);
    layout.changes();
    if whatif.is_nothing() {
        layout.sheet.section("NOTHING CHANGES");
        layout.sheet.head(vec![plain("The advice is the same, and so is what is open.")]);
        return layout.sheet;
    }
    layout.stage();
    layout.items("WARNINGS", &whatif.warnings);
    layout.items("WHAT TO DO", &whatif.recommendations);
    layout.tradeoffs();
    layout.reasons("GOING WELL, AND REMARKS", &whatif.remarks, usize::MAX);
    layout.undecided();
    layout.sheet
}

struct Layout<'a> {
    whatif: &'a WhatIf,
    options: Options,
    sheet: Sheet,
}

impl Layout<'_> {
    fn changes(&mut self) {
        self.sheet.section("WHAT IF");
        for changed in &self.whatif.changed {
            let tag = if changed.differs { "then" } else { "as it is" };
            self.sheet.entry(
                Look::Strong,
                tag,
                vec![plain(supposition(changed)), id(&changed.path)],
            );
        }
    }

    fn stage(&mut self) {
        let Some([now, then]) = &self.whatif.stage else { return };
        self.sheet.section("STAGE");
        let words = |stages: &[String]| join(stages, "or");
        let text = format!("now {}; then {}", words(now), words(then));
        self.sheet.entry(Look::Plain, "moves", vec![plain(text)]);
    }

    fn items(&mut self, title: &str, items: &[ItemChange]) {
        if items.is_empty() {
            self.sheet.section(format!("{title}: the same"));
            return;
        }
        self.sheet.section(title);
        let shown = self.options.limit(items.len());
        for item in items.iter().take(shown) {
            let (look, tag) = tag(item);
            self.sheet.entry(look, tag, vec![strong(&item.title), id(&item.id)]);
            let [now, then] = item.standing.map(standing);
            self.sheet.under(vec![plain(format!("now {now}; then {then}"))]);
            let reasons = if self.options.all { usize::MAX } else { 2 };
            for reason in item.reasons.iter().take(reasons) {
                self.reason(reason);
            }
            self.more(item.reasons.len().saturating_sub(reasons));
        }
        self.more(items.len().saturating_sub(shown));
    }

    fn reason(&mut self, reason: &ReasonChange) {
        let pieces = self.pieces(reason);
        self.sheet.bullet(pieces);
    }

    fn pieces(&self, reason: &ReasonChange) -> Vec<Piece> {
        let mut who = vec![reason.rule.as_str()];
        who.extend(reason.subject.iter().map(String::as_str));
        let [now, then] = reason.status.map(status);
        let mut pieces = vec![plain(&reason.text), id(who.join(" "))];
        pieces.push(plain(format!("{now}, then {then}")));
        let because = reason.because.iter().filter_map(|at| self.whatif.changed.get(*at));
        let because: Vec<String> = because.map(|changed| changed.path.clone()).collect();
        if !because.is_empty() {
            pieces.push(Piece::Words(Look::Dim, format!("by {}", join(&because, "and"))));
        }
        pieces
    }

    fn tradeoffs(&mut self) {
        let [gone, come] = &self.whatif.tradeoffs;
        if gone.is_empty() && come.is_empty() {
            return;
        }
        self.sheet.section("TRADE-OFFS");
        for (tag, look, list) in [("appears", Look::Serious, come), ("goes", Look::Good, gone)] {
            for tradeoff in list {
                let [first, second] = &tradeoff.titles;
                let text = format!("{first} pulls against {second}: {}", tradeoff.why.join("; "));
                self.sheet.entry(look, tag, vec![plain(text), id(tradeoff.actions.join(" "))]);
            }
        }
    }

    fn reasons(&mut self, title: &str, reasons: &[ReasonChange], most: usize) {
        if reasons.is_empty() {
            return;
        }
        self.sheet.section(title);
        for reason in reasons.iter().take(most) {
            let pieces = self.pieces(reason);
            self.sheet.entry(Look::Plain, come_or_gone(reason), pieces);
        }
        self.more(reasons.len().saturating_sub(most));
    }

    fn undecided(&mut self) {
        let whatif = self.whatif;
        let [now, then] = whatif.unsettled;
        let most = if self.options.all { usize::MAX } else { 3 };
        let title = format!("OPEN: {now} conclusions are not settled now, {then} then");
        if whatif.undecided.is_empty() {
            self.sheet.section(title);
            let text = "Those that would give advice are the same; the others only lead to it.";
            self.sheet.head(vec![plain(text)]);
        } else {
            self.reasons(&title, &whatif.undecided, most);
        }
    }

    /// How many of a list are not shown.
    fn more(&mut self, left: usize) {
        if left > 0 {
            self.sheet.under(vec![Piece::Words(Look::Dim, format!("and {left} more: --all"))]);
        }
    }
}

/// The change in words.
fn supposition(changed: &Changed) -> String {
    let words = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let Changed { question, values: [now, then], .. } = changed;
    match now {
        _ if changed.adds => format!("{question} takes part"),
        Some(_) if changed.differs => {
            format!("{question} {} instead of {}", words(then), words(now))
        }
        _ => format!("{question} {}", words(then)),
    }
}

/// What becomes of an item, in a word.
pub(super) fn tag(item: &ItemChange) -> (Look, &'static str) {
    match &item.standing {
        [None, _] => (Look::Serious, "appears"),
        [_, None] => (Look::Good, "goes"),
        [Some(now), Some(then)] => {
            if now.done != then.done {
                (Look::Good, if then.done { "is done" } else { "is to do" })
            } else if then.severity != now.severity {
                let graver = then.severity > now.severity;
                if graver { (Look::Serious, "graver") } else { (Look::Good, "milder") }
            } else if then.provisional != now.provisional {
                (Look::Plain, if then.provisional { "provisional" } else { "certain" })
            } else if then.rank != now.rank {
                let up = then.rank < now.rank;
                (Look::Plain, if up { "moves up" } else { "moves down" })
            } else if then.score != now.score {
                let more = then.score > now.score;
                (Look::Plain, if more { "weighs more" } else { "weighs less" })
            } else {
                (Look::Plain, "reasons")
            }
        }
    }
}

/// How an item stands, in words.
pub(super) fn standing(standing: Option<Standing>) -> String {
    let Some(standing) = standing else { return "not advised".to_owned() };
    let severity = phrase::severity(standing.severity);
    let place = match (standing.rank, standing.done) {
        (_, true) | (None, _) => "done".to_owned(),
        (Some(rank), false) => format!("place {rank}"),
    };
    let score = phrase::score(standing.score);
    let provisional = if standing.provisional { ", provisional" } else { "" };
    format!("{severity}, {place}, score {score}{provisional}")
}

/// What becomes of a rule, in words.
pub(super) fn status(status: Option<Status>) -> &'static str {
    match status {
        None => "not so",
        Some(Status::Firing) => "certain",
        Some(Status::Provisional) => "provisional",
        Some(Status::Contested) => "contested",
        Some(Status::Open) => "open",
        Some(Status::SetAside) => "set aside",
    }
}

fn come_or_gone(reason: &ReasonChange) -> &'static str {
    match reason.status {
        [_, Some(Status::Firing | Status::Provisional)] => "appears",
        [Some(Status::Firing | Status::Provisional), _] => "goes",
        [None, _] => "comes up",
        [_, None] => "ruled out",
        _ => "differs",
    }
}
