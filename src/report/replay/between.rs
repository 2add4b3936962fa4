//! Two moments of a case side by side, for a terminal, as Markdown, HTML and JSON.

use serde::Serialize;

use crate::proof::wording::join;
use crate::replay::{Became, Between, Fate};

use super::super::json::{Case, Pack, case, pack};
use super::super::page::Look;
use super::super::sheet::{Piece, Sheet, id, plain, strong};
use super::super::whatif::{Change, StandingEntry as Standing, change, standing_of};
use super::super::{Heading, Options, phrase};
use super::phrase::causes;

/// For a terminal. The headings are of the earlier and the later moment.
#[must_use]
pub fn text(between: &Between, headings: [&Heading; 2], options: &Options) -> String {
    sheet(between, headings, *options).text(options.width, options.colour)
}

/// As Markdown.
#[must_use]
pub fn markdown(between: &Between, headings: [&Heading; 2], options: &Options) -> String {
    sheet(between, headings, *options).markdown()
}

/// As one HTML page.
#[must_use]
pub fn html(between: &Between, headings: [&Heading; 2], options: &Options) -> String {
    sheet(between, headings, *options).html(&headings[1].title)
}

const KINDS: [(Became, Look, &str, &str); 7] = [
    (Became::New, Look::Serious, "new", "warned of now, and not before"),
    (Became::Worse, Look::Serious, "worse", "graver, or certain where it was provisional"),
    (Became::Unanswered, Look::Plain, "unanswered", "warned of before, and not known any more"),
    (Became::Milder, Look::Good, "milder", "less grave, or provisional where it was certain"),
    (Became::Standing, Look::Plain, "standing", "as before"),
    (Became::Mended, Look::Good, "mended", "warned of before, and settled"),
    (Became::Past, Look::Dim, "past", "of a stage that is over; what they rest on still holds"),
];

fn sheet(between: &Between, [before, now]: [&Heading; 2], options: Options) -> Sheet {
    let mut sheet = Sheet::default();
    let same = Heading { seen: None, last_event: None, ..now.clone() };
    phrase::heading(&same, &mut sheet);
    sheet.head(vec![plain(format!("Before: {}", seen(before)))]);
    sheet.head(vec![plain(format!("Now: {}", seen(now)))]);
    if let Some([before, now]) = &between.change.stage {
        let text = format!("Stage: {}, before {}", join(now, "or"), join(before, "or"));
        sheet.head(vec![plain(text)]);
    }
    if between.warnings.is_empty() {
        sheet.section("NO WARNING: at either moment");
    }
    for (became, look, tag, meaning) in KINDS {
        let those: Vec<&Fate> =
            between.warnings.iter().filter(|fate| fate.became == became).collect();
        if those.is_empty() {
            continue;
        }
        sheet.section(format!("{}: {}, {meaning}", tag.to_uppercase(), those.len()));
        for fate in those {
            entry(&mut sheet, (between, fate), look, options);
        }
    }
    sheet
}

fn entry(sheet: &mut Sheet, (between, fate): (&Between, &Fate), look: Look, options: Options) {
    let severity = |at: usize| {
        let standing = fate.standing.get(at).copied().flatten();
        standing.map(|one| phrase::severity(one.severity))
    };
    let tag = match (severity(0), severity(1)) {
        (Some(before), None) => before,
        (_, Some(now)) => now,
        (None, None) => "",
    };
    sheet.entry(look, tag, vec![strong(&fate.title), id(&fate.id)]);
    if matches!(fate.became, Became::New | Became::Worse) {
        sheet.under(vec![plain(&fate.text)]);
    }
    let most = if options.all { usize::MAX } else { super::CAUSES };
    if let Some(because) = causes(&fate.because, &between.change, most) {
        sheet.under(vec![Piece::Words(Look::Dim, because)]);
    }
}

/// `1988-12-31, after: A new head comes`.
fn seen(heading: &Heading) -> String {
    match (&heading.seen, &heading.last_event) {
        (Some(date), Some(event)) => format!("{date}, after: {event}"),
        (Some(date), None) => date.clone(),
        (None, Some(event)) => event.clone(),
        (None, None) => "the start".to_owned(),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    packs: Vec<Pack<'a>>,
    before: Case<'a>,
    now: Case<'a>,
    warnings: Vec<Entry<'a>>,
    change: Change<'a>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    became: &'static str,
    before: Option<Standing>,
    now: Option<Standing>,
    text: &'a str,
    because: Vec<&'a str>,
}

/// As JSON: the schema `convener.between/1`, described in `docs/replay-json.md`.
#[must_use]
pub fn json(between: &Between, [before, now]: [&Heading; 2]) -> String {
    let document = Document {
        schema: "convener.between/1",
        packs: between.change.packs.iter().map(pack).collect(),
        before: case(before),
        now: case(now),
        warnings: between.warnings.iter().map(|fate| written(between, fate)).collect(),
        change: change(&between.change),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn written<'a>(between: &'a Between, fate: &'a Fate) -> Entry<'a> {
    let [before, now] = fate.standing.map(|standing| standing.map(standing_of));
    let because = fate.because.iter().filter_map(|at| between.change.changed.get(*at));
    let kind = KINDS.iter().find(|(became, ..)| *became == fate.became);
    Entry {
        id: &fate.id,
        title: &fate.title,
        became: kind.map_or("", |(_, _, tag, _)| tag),
        before,
        now,
        text: &fate.text,
        because: because.map(|changed| changed.path.as_str()).collect(),
    }
}
