//! Past cases that are like one, nearest first, and the record of a rule over them: for a terminal, as Markdown and as JSON.

mod json;
mod phrase;

use crate::knowledge::PackName;
use crate::precedent::{
    Came, Common, Done, FactPair, Fired, Looked, Named, Precedent, Precedents, Record,
};
use crate::proof::wording::join;

use super::page::Look;
use super::sheet::{Piece, Sheet, id, plain, strong};
use super::{Heading, Options, phrase as words};

pub use json::json;
pub(super) use json::{LineEntry, line};
use phrase::{came, done, known_by, passed_over, recorded, title};
pub(super) use phrase::{fitting, told};

/// What is told of the past of a case.
#[derive(Debug, Clone, Copy)]
pub struct PastTold<'a> {
    /// The packs that advise.
    pub packs: &'a [PackName],
    /// The cases that are like it; or else
    pub precedents: Option<&'a Precedents>,
    /// the record of one rule.
    pub record: Option<&'a Record>,
}

/// So many entries of a list are shown unless all are asked for.
const FEW: usize = 3;

/// For a terminal.
#[must_use]
pub fn text(told: PastTold<'_>, heading: &Heading, options: &Options) -> String {
    sheet(told, heading, *options).text(options.width, options.colour)
}

/// As Markdown.
#[must_use]
pub fn markdown(told: PastTold<'_>, heading: &Heading, options: &Options) -> String {
    sheet(told, heading, *options).markdown()
}

/// The records of those rules that warn in a few lines, for a terminal; nothing where none of them has spoken of a past case.
#[must_use]
pub fn records(list: &[Record], options: &Options) -> String {
    in_short(list).text(options.width, options.colour)
}

/// The same as Markdown.
#[must_use]
pub fn records_in_markdown(list: &[Record]) -> String {
    in_short(list).markdown()
}

fn in_short(list: &[Record]) -> Sheet {
    let mut sheet = Sheet::default();
    let spoken = list.iter().filter(|record| record.warns && record.points > 0);
    let spoken: Vec<&Record> = spoken.collect();
    if spoken.is_empty() {
        return sheet;
    }
    sheet.section("RECORD over past cases, which are few and tell little");
    for record in spoken {
        sheet.entry(Look::Plain, "record", vec![plain(recorded(record)), id(&record.rule)]);
    }
    sheet
}

fn sheet(told: PastTold<'_>, heading: &Heading, options: Options) -> Sheet {
    let mut layout = Layout { options, sheet: Sheet::default() };
    words::heading(heading, &mut layout.sheet);
    if let Some(record) = told.record {
        layout.record(record);
    }
    if let Some(precedents) = told.precedents {
        layout.precedents(precedents);
    }
    layout.sheet
}

struct Layout {
    options: Options,
    sheet: Sheet,
}

impl Layout {
    fn looked(&mut self, looked: &Looked) {
        self.sheet.head(vec![plain(known_by(looked))]);
        if let Some(passed) = passed_over(looked) {
            self.sheet.head(vec![Piece::Words(Look::Dim, passed)]);
        }
    }

    fn precedents(&mut self, of: &Precedents) {
        self.looked(&of.looked);
        let (all, past) = (of.list.len(), of.looked.past);
        if all == 0 {
            let why = match (past, of.advice) {
                (0, _) => "no case of the archive is past",
                (_, 0) => "no rule advises on this case yet, so nothing can be compared",
                _ => "no past case shares any advice with it, or any fact that advice rests on",
            };
            self.sheet.section(format!("PRECEDENTS: none, as {why}"));
            if of.advice == 0 && past > 0 {
                let ask = "`convener ask CASE` says what to find out first.";
                self.sheet.under(vec![plain(ask)]);
            }
            return;
        }
        let shown = all.min(if self.options.all { usize::MAX } else { self.options.top });
        let cases = words::count(past, "past case", "past cases");
        let sharing = of.list.iter().filter(|one| !one.rules.is_empty()).count();
        let facts = of.list.len() - sharing;
        let facts = if facts == 0 { String::new() } else { format!(", {facts} only some facts") };
        self.sheet.section(format!(
            "PRECEDENTS: {sharing} of {cases} had some of the same advice{facts}; the most alike first"
        ));
        for (place, precedent) in of.list.iter().take(shown).enumerate() {
            self.precedent(place + 1, precedent);
        }
        self.sheet.section("MORE");
        let left = all - shown;
        if left > 0 {
            let more = words::count(left, "more past case", "more past cases");
            self.sheet.head(vec![Piece::Words(Look::Dim, format!("{more}: --all."))]);
        }
        let limit = "That a case is alike does not say that it will end alike. Past cases were chosen, and whoever told them knew the end.";
        self.sheet.head(vec![Piece::Words(Look::Dim, limit.to_owned())]);
    }

    fn precedent(&mut self, place: usize, of: &Precedent) {
        let title = title(&of.case, of.place.as_deref());
        self.sheet.moment(format!("{place}. {title} ({}), {}", of.case.id, of.at));
        if let Some(event) = &of.event {
            self.sheet.entry(Look::Dim, "after", vec![plain(event)]);
        }
        self.common("alike", &of.alike);
        if of.rules.is_empty() {
            let none = "None of the advice; only facts on which advice here rests.";
            self.sheet.entry(Look::Plain, "alike", vec![plain(none)]);
        }
        let few = self.limit();
        let same = |pair: &FactPair| vec![plain(format!("{} {}", asked(pair), pair.here))];
        self.list("same", &of.both, few, same);
        let apart = |pair: &FactPair| {
            let answers = format!("{} Here {}, there {}", asked(pair), pair.here, pair.there);
            vec![plain(answers)]
        };
        self.list("differs", &of.differs, few, apart);
        self.common("only here", &of.only_here);
        self.common("only there", &of.only_there);
        self.followed(&of.done, &of.came);
    }

    /// What was done and what came of it.
    fn followed(&mut self, of: &[Done], came_of: &[Came]) {
        let few = self.limit();
        self.list("done", of, few, |one| vec![plain(done(one)), id(&one.action.id)]);
        self.list("came of it", came_of, few, |one| vec![plain(came(one)), id(&one.risk.id)]);
        if came_of.is_empty() {
            let nothing = "Nothing is recorded by then of what came of it.";
            self.sheet.entry(Look::Dim, "came of it", vec![plain(nothing)]);
        }
    }

    fn limit(&self) -> usize {
        if self.options.all { usize::MAX } else { FEW }
    }

    /// A line of a paragraph: the first after its tag, the others below it.
    fn line(&mut self, tag: &str, pieces: Vec<Piece>) {
        if tag.is_empty() {
            self.sheet.under(pieces);
        } else {
            self.sheet.entry(Look::Plain, tag, pieces);
        }
    }

    fn list<T>(&mut self, tag: &str, list: &[T], most: usize, shown: impl Fn(&T) -> Vec<Piece>) {
        for (at, one) in list.iter().take(most).enumerate() {
            self.line(if at == 0 { tag } else { "" }, shown(one));
        }
        let left = list.len().saturating_sub(most);
        if left > 0 {
            self.sheet.under(vec![Piece::Words(Look::Dim, format!("and {left} more: --all"))]);
        }
    }

    fn common(&mut self, tag: &str, of: &Common) {
        let few = self.limit();
        let mut tag = tag;
        for (start, list) in [("Warned of", &of.warnings), ("To do", &of.actions)] {
            if list.is_empty() {
                continue;
            }
            let mut pieces = vec![strong(format!("{start}:"))];
            let shown = list.len().min(few);
            for (at, one) in list.iter().take(shown).enumerate() {
                pieces.extend([plain(&one.title), id(one.id.as_str())]);
                pieces.extend((at + 1 < shown).then(|| plain("·")));
            }
            if list.len() > shown {
                pieces.push(Piece::Words(Look::Dim, format!("and {} more", list.len() - shown)));
            }
            self.line(tag, pieces);
            tag = "";
        }
        let shown = of.going_well.len().min(if self.options.all { usize::MAX } else { 1 });
        for one in of.going_well.iter().take(shown) {
            let pieces = vec![strong("Going well:"), plain(first_sentence(one)), id(&one.id)];
            self.line(tag, pieces);
            tag = "";
        }
        if of.going_well.len() > shown {
            let more = format!("and {} more", of.going_well.len() - shown);
            self.sheet.under(vec![Piece::Words(Look::Dim, more)]);
        }
    }

    fn record(&mut self, of: &Record) {
        self.looked(&of.looked);
        self.sheet.section(format!("THE RECORD of the rule {}", of.rule));
        self.sheet.entry(Look::Strong, "record", vec![plain(recorded(of))]);
        let few = "So few cases, chosen and told by people who knew the end, show little.";
        self.sheet.under(vec![Piece::Words(Look::Dim, few.to_owned())]);
        for fired in &of.cases {
            self.fired(fired);
        }
    }

    fn fired(&mut self, of: &Fired) {
        self.sheet.moment(format!("{} ({})", title(&of.case, of.place.as_deref()), of.case.id));
        let whom = if of.whom.is_empty() {
            String::new()
        } else {
            format!(" for {}", join(&of.whom, "and"))
        };
        let spoke = format!("{}{whom}", join(&of.at, "and"));
        self.sheet.entry(Look::Plain, "spoke", vec![plain(spoke)]);
        self.followed(&of.done, &of.came);
    }
}

fn first_sentence(one: &Named) -> &str {
    let end = [". ", ": "].iter().filter_map(|end| one.title.find(end)).min();
    end.and_then(|end| one.title.get(..end)).unwrap_or_else(|| one.title.trim_end_matches('.'))
}

/// The question of a fact, to stand before its answer.
fn asked(pair: &FactPair) -> String {
    let end = if pair.question.ends_with('?') { "" } else { ":" };
    format!("{}{end}", pair.question)
}
