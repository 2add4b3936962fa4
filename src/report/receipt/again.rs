//! What became of a result that was worked out again: the same, or what it rests on that differs, then what comes out
//! otherwise, what nothing explains first.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::receipt::{CaseDifference, Difference, Reproduction};
use crate::report::Options;
use crate::report::diff::item_name;
use crate::report::page::Look;
use crate::report::phrase::count;
use crate::report::sheet::{Piece, Sheet, id, plain, strong};

/// How many items, cases and lines are shown where not all are asked for.
const FEW: usize = 6;

/// For a terminal.
#[must_use]
pub fn text(found: &Reproduction, name: &str, options: &Options) -> String {
    let few = if options.all { usize::MAX } else { FEW };
    let mut layout = Layout { few, sheet: Sheet::default() };
    layout.sheet.title(vec![strong(name)]);
    let results = count(found.results, "result", "results");
    if found.is_same() {
        layout.sheet.head(vec![strong(format!("The same, byte for byte: {results}."))]);
        return layout.sheet.text(options.width, options.colour);
    }
    let unexplained = found.differences().filter(|one| !one.explained).count();
    let points = found.differences().filter(|one| one.point.is_some()).count();
    let otherwise = count(points, "conclusion comes", "conclusions come");
    let verdict = match (points, unexplained) {
        (0, 0) => format!("The conclusions are the same in {results}; what they rest on is not."),
        (_, 0) => format!("{otherwise} out otherwise, and each is explained."),
        _ => format!("{otherwise} out otherwise; {unexplained} that nothing explains."),
    };
    layout.sheet.head(vec![strong(verdict)]);
    layout.inputs(found);
    layout.cases(found);
    layout.sheet.text(options.width, options.colour)
}

struct Layout {
    few: usize,
    sheet: Sheet,
}

impl Layout {
    fn inputs(&mut self, found: &Reproduction) {
        self.sheet.section("WHAT IT RESTS ON");
        for (tag, pair) in [("program", &found.program), ("language", &found.language)] {
            if let Some([before, now]) = pair {
                self.sheet.entry(Look::Plain, tag, vec![plain(format!("{before} → {now}"))]);
            }
        }
        if let Some([before, now]) = &found.packs {
            let text = format!("{} → {}", before.join(" under "), now.join(" under "));
            self.sheet.entry(Look::Plain, "packs", vec![plain(text)]);
            if found.items.is_empty() {
                self.sheet.under(vec![plain("no item of theirs that advice rests on")]);
            }
        }
        for item in found.items.iter().take(self.few) {
            let tag = match item.there {
                [false, _] => "added",
                [_, false] => "removed",
                _ => "changed",
            };
            self.sheet.entry(Look::Plain, tag, vec![strong(item_name(&item.name))]);
        }
        self.more(found.items.len());
        let changed = found.cases.iter().filter(|case| case.changed);
        for case in changed {
            self.sheet.entry(Look::Plain, "case", vec![strong(&case.id), id(&case.file)]);
        }
        let still = found.program.is_none() && found.packs.is_none() && found.items.is_empty();
        if still && found.language.is_none() && found.cases.iter().all(|case| !case.changed) {
            self.sheet.entry(Look::Serious, "nothing", vec![plain("differs in what it rests on")]);
        }
    }

    fn cases(&mut self, found: &Reproduction) {
        for (title, explained) in [("UNEXPLAINED", false), ("EXPLAINED by what differs", true)] {
            let told = |one: &&Difference| one.explained == explained && is_told(one);
            let own = |case: &&CaseDifference| case.differences.iter().any(|one| told(&one));
            let cases: Vec<&CaseDifference> = found.cases.iter().filter(own).collect();
            let aside =
                found.differences().filter(|one| one.explained == explained && !is_told(one));
            let aside = aside.count();
            if cases.is_empty() && aside == 0 {
                continue;
            }
            self.sheet.section(title);
            for case in cases.iter().take(self.few) {
                self.case(case, explained);
            }
            self.more(cases.len());
            if aside > 0 {
                let text = format!("of {}, and no conclusion", count(aside, "result", "results"));
                self.sheet.entry(Look::Plain, "wording", vec![plain(text)]);
            }
        }
    }

    fn case(&mut self, case: &CaseDifference, explained: bool) {
        self.sheet.entry(Look::Plain, "case", vec![strong(&case.id)]);
        let own = case.differences.iter();
        let own = own.filter(|one| one.explained == explained && is_told(one));
        let mut lines: BTreeMap<(usize, String, String), Vec<&str>> = BTreeMap::new();
        for one in own {
            let (weight, point, becomes) = line(one);
            lines.entry((weight, point, becomes)).or_default().push(&one.at);
        }
        for ((_, point, becomes), at) in lines.iter().take(self.few) {
            let mut when: Vec<String> =
                at.iter().take(self.few).map(|at| (*at).to_owned()).collect();
            let left = at.len().saturating_sub(self.few);
            when.extend((left > 0).then(|| format!("{left} more")));
            let when = format!("at {}", crate::proof::wording::join(&when, "and"));
            self.sheet.bullet(vec![strong(point), plain(becomes), Piece::Words(Look::Dim, when)]);
        }
        self.more(lines.len());
    }

    /// How many of a list are not shown.
    fn more(&mut self, all: usize) {
        let left = all.saturating_sub(self.few);
        if left > 0 {
            self.sheet.under(vec![Piece::Words(Look::Dim, format!("and {left} more: --all"))]);
        }
    }
}

/// Whether a difference is told by itself: of wording that differs with the packs it is enough to say how often.
fn is_told(one: &Difference) -> bool {
    one.point.is_some() || !one.explained
}

/// What comes out before and now; of what is given both times, only what differs.
fn becomes(before: &str, now: &str) -> String {
    let (held, new): (Vec<&str>, Vec<&str>) =
        (before.split(", ").collect(), now.split(", ").collect());
    if held.len() < 2 || held.len() != new.len() {
        return format!("{before} → {now}");
    }
    let parts = held.iter().zip(&new).enumerate().filter_map(|(at, (held, new))| {
        let same = held == new;
        let value = new.split_once(' ').filter(|(label, _)| held.starts_with(label));
        let value = value.map_or(*new, |(_, value)| value);
        if same {
            (at == 0).then(|| (*held).to_owned())
        } else {
            Some(format!("{held} → {value}"))
        }
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// A difference in words, with how far down it stands: advice that appears or goes, advice that moves, the rest.
fn line(one: &Difference) -> (usize, String, String) {
    let Some(point) = &one.point else {
        return (3, "the wording or layout".to_owned(), "differs, and no conclusion".to_owned());
    };
    let advice = point.starts_with("warning ") || point.starts_with("recommendation ");
    let none = if advice { "not given" } else { "silent" };
    let [before, now] = one.answers.each_ref().map(|it| it.as_deref().unwrap_or(none));
    let weight = match (advice, before == none || now == none) {
        (true, true) => 0,
        (true, false) => 1,
        _ => 2,
    };
    (weight, format!("{point}:"), becomes(before, now))
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    same: bool,
    explained: bool,
    results: usize,
    program: Option<&'a [String; 2]>,
    language: Option<&'a [String; 2]>,
    packs: Option<&'a [Vec<String>; 2]>,
    items: Vec<Item<'a>>,
    cases: Vec<Case<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    kind: &'static str,
    name: &'a str,
    before: bool,
    now: bool,
}

#[derive(Serialize)]
struct Case<'a> {
    id: &'a str,
    file: &'a str,
    changed: bool,
    differences: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    at: &'a str,
    point: Option<&'a str>,
    before: Option<&'a str>,
    now: Option<&'a str>,
    explained: bool,
}

/// The same as JSON, on several lines.
#[must_use]
pub fn json(found: &Reproduction) -> String {
    let items = found.items.iter().map(|item| Item {
        kind: item.name.kind.word(),
        name: &item.name.name,
        before: item.there[0],
        now: item.there[1],
    });
    let cases = found.cases.iter().map(|case| Case {
        id: &case.id,
        file: &case.file,
        changed: case.changed,
        differences: case.differences.iter().map(entry).collect(),
    });
    let document = Document {
        schema: "convener.reproduction/1",
        same: found.is_same(),
        explained: found.is_explained(),
        results: found.results,
        program: found.program.as_ref(),
        language: found.language.as_ref(),
        packs: found.packs.as_ref(),
        items: items.collect(),
        cases: cases.collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn entry(from: &Difference) -> Entry<'_> {
    let [before, now] = from.answers.each_ref().map(Option::as_deref);
    Entry { at: &from.at, point: from.point.as_deref(), before, now, explained: from.explained }
}
