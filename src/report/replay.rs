//! A case along its timeline, for a terminal, as Markdown and as HTML: one block for each event that changed the advice, and
//! the life of each warning.

mod between;
mod json;
mod phrase;
mod picture;

use crate::engine::Status;
use crate::proof::wording::join;
use crate::replay::{Life, Point, Replay};
use crate::whatif::{ItemChange, ReasonChange, WhatIf};

use super::page::Look;
use super::sheet::{Piece, Sheet, id, plain, strong};
use super::whatif::tag;
use super::{Heading, Options, phrase as words};
use phrase::{causes, spans, step, when};

pub use between::{
    html as between_html, json as between_json, markdown as between_markdown, text as between_text,
};
pub use json::json;

/// So many facts are named as the cause of one change.
const CAUSES: usize = 3;

/// For a terminal.
#[must_use]
pub fn text(replay: &Replay, heading: &Heading, options: &Options) -> String {
    sheet(replay, heading, *options).text(options.width, options.colour)
}

/// As Markdown.
#[must_use]
pub fn markdown(replay: &Replay, heading: &Heading, options: &Options) -> String {
    sheet(replay, heading, *options).markdown()
}

/// As one HTML page with a picture of the timeline.
#[must_use]
pub fn html(replay: &Replay, heading: &Heading, options: &Options) -> String {
    sheet(replay, heading, *options).html(&heading.title)
}

fn sheet(replay: &Replay, heading: &Heading, options: Options) -> Sheet {
    let mut layout = Layout { replay, options, sheet: Sheet::default() };
    words::heading(heading, &mut layout.sheet);
    layout.sheet.picture(picture::svg(replay, &heading.title));
    layout.opening();
    let mut quiet = Vec::new();
    for point in &replay.points {
        let Some(change) = &point.change else { continue };
        if layout.says_nothing(change) {
            quiet.push(when(point));
        } else {
            layout.point(point, change);
        }
    }
    layout.quiet(&quiet);
    layout.lives();
    layout.sheet
}

/// What the layouts of a change share.
pub(super) struct Layout<'a> {
    replay: &'a Replay,
    options: Options,
    sheet: Sheet,
}

impl Layout<'_> {
    fn opening(&mut self) {
        let Some(first) = self.replay.points.first() else { return };
        self.sheet.moment(when(first));
        let stage = join(&first.stage, "or");
        if !stage.is_empty() && first.stage.len() < 3 {
            self.sheet.entry(Look::Plain, "stage", vec![plain(stage)]);
        }
        self.standing("Warning", &self.replay.warnings);
        self.standing("To do", &self.replay.recommendations);
    }

    /// What is advised at the first point.
    fn standing(&mut self, what: &str, lives: &[Life]) {
        let standing = |life: &Life| life.standing.first().copied().flatten();
        let here: Vec<_> = lives.iter().filter_map(|life| Some((life, standing(life)?))).collect();
        let shown = self.options.limit(here.len());
        for (life, standing) in here.iter().take(shown) {
            let what = if standing.done { "Done" } else { what };
            let pieces = vec![plain(format!("{what}:")), strong(&life.title), id(&life.id)];
            self.sheet.entry(Look::Plain, words::severity(standing.severity), pieces);
        }
        self.more(here.len().saturating_sub(shown));
    }

    /// Whether a change is not worth a block.
    fn says_nothing(&self, change: &WhatIf) -> bool {
        let items = change.warnings.iter().chain(&change.recommendations);
        let mut items = items.filter(|item| is_told(item) || item.moved);
        let remarks = self.options.all && !change.remarks.is_empty();
        items.next().is_none() && change.stage.is_none() && !remarks
    }

    fn point(&mut self, point: &Point, change: &WhatIf) {
        self.sheet.moment(when(point));
        if let Some([before, now]) = &change.stage {
            let text = format!("{}, before {}", join(now, "or"), join(before, "or"));
            self.sheet.entry(Look::Plain, "stage", vec![plain(text)]);
        }
        for (what, items) in [("Warning", &change.warnings), ("To do", &change.recommendations)] {
            let told: Vec<&ItemChange> = items.iter().filter(|item| is_told(item)).collect();
            let shown = self.options.limit(told.len());
            for item in told.iter().take(shown) {
                self.item(what, item, change);
            }
            self.more(told.len().saturating_sub(shown));
        }
        self.ranks(change);
        if self.options.all {
            for reason in &change.remarks {
                let pieces = self.reason(reason, change);
                self.sheet.entry(Look::Plain, "remark", pieces);
            }
            self.facts(change);
        }
    }

    fn item(&mut self, what: &str, item: &ItemChange, change: &WhatIf) {
        let (look, tag) = tag(item);
        let severity = |at: usize| {
            let standing = item.standing.get(at).copied().flatten();
            standing.map(|standing| words::severity(standing.severity))
        };
        let severity = match (severity(0), severity(1)) {
            (Some(before), Some(now)) if before != now => format!(", {now}, before {before}"),
            (_, Some(now)) => format!(", {now}"),
            _ => String::new(),
        };
        let pieces = vec![plain(format!("{what}{severity}:")), strong(&item.title), id(&item.id)];
        self.sheet.entry(look, tag, pieces);
        if item.standing[1].is_none() && item.reasons.is_empty() {
            let text = if change.stage.is_some() {
                "What it rests on still holds; it belongs to a stage that is over."
            } else {
                "What it rests on still holds."
            };
            self.sheet.under(vec![plain(text)]);
        }
        let most = if self.options.all { usize::MAX } else { 2 };
        for reason in item.reasons.iter().take(most) {
            let pieces = self.reason(reason, change);
            self.sheet.bullet(pieces);
        }
        self.more(item.reasons.len().saturating_sub(most));
    }

    /// What a rule says now, or that it no longer says it, and because of which facts.
    fn reason(&self, reason: &ReasonChange, change: &WhatIf) -> Vec<Piece> {
        let mut who = vec![reason.rule.as_str()];
        who.extend(reason.subject.iter().map(String::as_str));
        let given = matches!(reason.status[1], Some(Status::Firing | Status::Provisional));
        let mut pieces = Vec::new();
        if given {
            pieces.push(plain(&reason.text));
        }
        pieces.push(id(who.join(" ")));
        let mut words = Vec::new();
        match reason.status {
            [_, Some(Status::Provisional)] => words.push("provisional".to_owned()),
            [Some(Status::Provisional), Some(Status::Firing)] => {
                words.push("now certain".to_owned());
            }
            [_, Some(Status::Firing)] => {}
            [_, status] => words.push(format!("now {}", super::whatif::status(status))),
        }
        if let Some(because) = self.because(&reason.because, change) {
            words.push(because);
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(Look::Dim, words.join(", ")));
        }
        pieces
    }

    fn because(&self, because: &[usize], change: &WhatIf) -> Option<String> {
        let most = if self.options.all { usize::MAX } else { CAUSES };
        causes(because, change, most)
    }

    /// What moved in rank and nothing else, in one line.
    fn ranks(&mut self, change: &WhatIf) {
        let items = change.warnings.iter().chain(&change.recommendations);
        let moved = items.filter(|item| item.moved && !is_told(item)).filter_map(|item| {
            let [before, now] = item.standing.map(|standing| standing.and_then(|one| one.rank));
            let (before, now) = (before?, now?);
            let way = if now < before { "up" } else { "down" };
            (now != before).then(|| format!("{} {way} from {before} to {now}", item.id))
        });
        let moved: Vec<String> = moved.collect();
        if !moved.is_empty() {
            self.sheet.entry(Look::Dim, "ranks", vec![plain(moved.join("; "))]);
        }
    }

    fn facts(&mut self, change: &WhatIf) {
        for changed in change.changed.iter().filter(|changed| changed.differs) {
            self.sheet.entry(Look::Dim, "fact", vec![plain(step(changed))]);
        }
    }

    fn quiet(&mut self, quiet: &[String]) {
        if quiet.is_empty() {
            return;
        }
        let count = words::count(quiet.len(), "point", "points");
        self.sheet.section(format!("NOTHING CHANGED: at {count}"));
        for when in quiet {
            self.sheet.entry(Look::Dim, "", vec![plain(when)]);
        }
    }

    fn lives(&mut self) {
        if self.replay.warnings.is_empty() {
            self.sheet.section("WARNINGS: none at any point");
            return;
        }
        self.sheet.section("THE LIFE OF EACH WARNING");
        for life in &self.replay.warnings {
            let gravest = life.standing.iter().flatten().map(|standing| standing.severity).max();
            let tag = gravest.map_or("", words::severity);
            let spans = spans(self.replay, life).join("; ");
            let pieces = vec![strong(&life.title), id(&life.id), plain(spans)];
            self.sheet.entry(Look::Plain, tag, pieces);
        }
    }

    fn more(&mut self, left: usize) {
        if left > 0 {
            self.sheet.under(vec![Piece::Words(Look::Dim, format!("and {left} more: --all"))]);
        }
    }
}

/// Whether an item is told in words: it comes, goes, or stands otherwise than before.
fn is_told(item: &ItemChange) -> bool {
    let key = |at: usize| {
        let standing = item.standing.get(at).copied().flatten();
        standing.map(|one| (one.severity, one.provisional, one.done))
    };
    key(0) != key(1) || !item.reasons.is_empty()
}
