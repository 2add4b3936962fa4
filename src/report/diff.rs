//! What differs between two packs, for a terminal and as Markdown: the items, then what that changes by cause and case, then
//! made-up cases.

mod json;
mod phrase;

use std::collections::BTreeMap;

use crate::diff::{Cause, Change, Diff, ItemChange, Sameness, Search, What};
use crate::source::SourceMap;

use super::Options;
use super::page::Look;
use super::phrase::{count, place};
use super::sheet::{Piece, Sheet, id, plain, strong};

use phrase::{line, name, only_place};

pub use json::json;
pub(super) use phrase::name as item_name;

/// How many items, cases and lines are shown where not all are asked for.
const FEW: usize = 5;
/// How many made-up cases.
const FEW_CASES: usize = 3;

/// How the user knows the two packs, and where they stand.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The two packs as typed.
    pub names: [&'a str; 2],
    /// All texts.
    pub sources: &'a SourceMap,
}

/// For a terminal.
#[must_use]
pub fn text(diff: &Diff, around: Around<'_>, options: &Options) -> String {
    sheet(diff, around, *options).text(options.width, options.colour)
}

/// As Markdown.
#[must_use]
pub fn markdown(diff: &Diff, around: Around<'_>, options: &Options) -> String {
    sheet(diff, around, *options).markdown()
}

fn sheet(diff: &Diff, around: Around<'_>, options: Options) -> Sheet {
    let mut layout = Layout { diff, around, all: options.all, sheet: Sheet::default() };
    layout.head();
    if diff.sameness == Sameness::Different {
        layout.items();
    }
    if diff.sameness == Sameness::Different || !diff.refused.is_empty() {
        layout.cases();
        for cause in &diff.causes {
            layout.cause(cause);
        }
        layout.untraced();
        layout.searches();
    }
    layout.sheet
}

struct Layout<'a> {
    diff: &'a Diff,
    around: Around<'a>,
    all: bool,
    sheet: Sheet,
}

impl<'a> Layout<'a> {
    fn head(&mut self) {
        let [old, new] = self.around.names;
        self.sheet.title(vec![strong(format!("{old} against {new}"))]);
        let versions: Vec<String> =
            self.diff.packs.iter().map(|packs| phrase::packs(packs)).collect();
        if let [before, after] = versions.as_slice() {
            let text = if before == after {
                format!("Both are {before}.")
            } else {
                format!("Before: {before}. After: {after}.")
            };
            self.sheet.head(vec![plain(text)]);
        }
        let verdict = match self.diff.sameness {
            Sameness::Identical => "The packs are equal: their files are the same, byte for byte.",
            Sameness::EqualItems => {
                "The packs are equal: they say the same in the same words. Only comments, layout, the order or the files of items, or the manifest differ."
            }
            Sameness::Different => return,
        };
        self.sheet.head(vec![strong(verdict)]);
    }

    fn few(&self, few: usize) -> usize {
        if self.all { usize::MAX } else { few }
    }

    fn items(&mut self) {
        let diff = self.diff;
        let (mattering, others): (Vec<&ItemChange>, Vec<&ItemChange>) =
            diff.items.iter().partition(|item| item.may_matter());
        let items = count(diff.items.len(), "item differs", "items differ");
        self.sheet.section(format!("IN THE PACKS: {items}"));
        for item in mattering.iter().take(self.few(2 * FEW)) {
            self.item(item);
        }
        self.more(mattering.len().saturating_sub(self.few(2 * FEW)));
        for item in others.iter().take(self.few(FEW)) {
            self.item(item);
        }
        self.more(others.len().saturating_sub(self.few(FEW)));
    }

    fn item(&mut self, item: &ItemChange) {
        let tag = match item.what {
            What::Added => "added",
            What::Removed => "removed",
            What::Meaning => "changed",
            What::Cites => "cites",
            What::Wording => "wording",
        };
        let at = item.spans.iter().rev().flatten().next();
        let at = at.and_then(|span| place(self.around.sources, *span));
        let mut pieces = vec![strong(name(&item.name))];
        pieces.extend(at.map(id));
        self.sheet.entry(Look::Plain, tag, pieces);
        let few = self.few(2);
        for [before, after] in item.places.iter().take(few) {
            self.sheet.bullet(vec![plain(format!("before: {before}"))]);
            self.sheet.bullet(vec![plain(format!("after:  {after}"))]);
        }
        self.more(item.places.len().saturating_sub(few));
    }

    /// How many of a list are not shown.
    fn more(&mut self, left: usize) {
        if left > 0 {
            self.sheet.under(vec![Piece::Words(Look::Dim, format!("and {left} more: --all"))]);
        }
    }

    fn cases(&mut self) {
        let diff = self.diff;
        let moments: usize = diff.cases.iter().map(|case| case.moments.len()).sum();
        let all = format!(
            "{} at {}",
            count(diff.cases.len(), "case", "cases"),
            count(moments, "moment", "moments")
        );
        if diff.cases.is_empty() {
            self.sheet.section("ON THE CASES: none was compared");
        } else if diff.changes.is_empty() {
            self.sheet.section(format!("ON THE CASES: nothing changes, on {all}"));
        } else {
            let mut cases: Vec<usize> = diff.changes.iter().map(|change| change.case).collect();
            cases.dedup();
            let points = phrase::points(diff);
            let points = count(points, "conclusion changes", "conclusions change");
            self.sheet.section(format!("ON THE CASES: {points}, on {} of {all}", cases.len()));
        }
        for refused in &diff.refused {
            let [old, new] = self.around.names;
            let who = match refused.reads {
                [false, true] => old.to_owned(),
                [true, false] => new.to_owned(),
                _ => "either pack".to_owned(),
            };
            let text = format!("{}: not readable with the words of {who}", refused.name);
            self.sheet.entry(Look::Serious, "left out", vec![plain(text)]);
        }
    }

    fn cause(&mut self, cause: &Cause) {
        self.sheet.moment(format!("By {}", self.causes(cause)));
        let changes = cause.changes.iter().filter_map(|at| self.diff.changes.get(*at));
        self.changes(&changes.collect::<Vec<_>>());
    }

    fn causes(&self, cause: &Cause) -> String {
        let lists = std::iter::once(&cause.items).chain(&cause.or);
        let lists: Vec<String> = lists.map(|list| self.together(list)).collect();
        lists.join(", or alone by ")
    }

    fn together(&self, items: &[usize]) -> String {
        let few = self.few(FEW);
        let own = items.iter().filter_map(|at| self.diff.items.get(*at));
        let mut names: Vec<String> = own.take(few).map(|item| name(&item.name)).collect();
        let left = items.len().saturating_sub(few);
        if left > 0 {
            names.push(format!("{left} more"));
        }
        match names.as_slice() {
            [one] => one.clone(),
            _ => format!("{}, together", crate::proof::wording::join(&names, "and")),
        }
    }

    fn untraced(&mut self) {
        let diff = self.diff;
        let changes: Vec<&Change> =
            diff.untraced.iter().filter_map(|at| diff.changes.get(*at)).collect();
        if changes.is_empty() {
            return;
        }
        let tried = diff.settings.mixtures;
        self.sheet.moment(format!("By causes not found with {tried} mixtures of the two packs"));
        self.changes(&changes);
    }

    fn changes(&mut self, changes: &[&'a Change]) {
        let mut by_case: BTreeMap<usize, Vec<&Change>> = BTreeMap::new();
        for change in changes {
            by_case.entry(change.case).or_default().push(change);
        }
        let few = self.few(FEW);
        let gravest = |changes: &[&Change]| {
            phrase::grouped(changes).iter().map(phrase::weight).min().unwrap_or(usize::MAX)
        };
        let mut by_case: Vec<(usize, Vec<&Change>)> = by_case.into_iter().collect();
        by_case.sort_by_key(|(at, changes)| (gravest(changes), *at));
        for (at, changes) in by_case.iter().take(few) {
            self.case(*at, changes);
        }
        let left = by_case.len().saturating_sub(few);
        if left > 0 {
            let text = format!("and {}: --all", count(left, "more case", "more cases"));
            self.sheet.entry(Look::Dim, "", vec![Piece::Words(Look::Dim, text)]);
        }
    }

    fn case(&mut self, at: usize, changes: &[&Change]) {
        let Some(case) = self.diff.cases.get(at) else { return };
        let moments = phrase::moments(case, changes, self.few(3));
        let own = format!("at {moments}");
        self.sheet.entry(Look::Plain, "case", vec![strong(&case.id), plain(own)]);
        let groups = phrase::grouped(changes);
        let (moved, others): (Vec<_>, Vec<_>) =
            groups.iter().partition(|group| only_place(&group.answers));
        let few = self.few(FEW);
        let all = phrase::moment_set(changes);
        for group in others.iter().take(few) {
            let mut pieces = line(group.point, &group.answers);
            if group.moments != all {
                let own: Vec<&Change> = group.changes.clone();
                let when = phrase::moments(case, &own, self.few(3));
                pieces.push(Piece::Words(Look::Dim, format!("at {when}")));
            }
            self.sheet.bullet(pieces);
        }
        self.more(others.len().saturating_sub(few));
        if !moved.is_empty() {
            let items =
                moved.iter().take(few).map(|group| phrase::moves(group.point, &group.answers));
            let mut items: Vec<String> = items.collect();
            let left = moved.len().saturating_sub(few);
            items.extend((left > 0).then(|| format!("{left} more")));
            let text = format!("places shift: {}", items.join(", "));
            self.sheet.bullet(vec![plain(text)]);
        }
    }

    fn searches(&mut self) {
        let diff = self.diff;
        let few = self.few(FEW_CASES);
        let found = |search: &&Search| search.witness.is_some();
        for search in diff.searches.iter().filter(found).take(few) {
            self.witness(search);
        }
        let shown = diff.searches.iter().filter(found).count();
        if shown > few {
            let text =
                format!("{}: --all", count(shown - few, "more made-up case", "more made-up cases"));
            self.sheet.section(text.to_uppercase());
        }
        let lacking: Vec<&Search> = diff.searches.iter().filter(|it| !found(it)).collect();
        if lacking.is_empty() && diff.unsearched == 0 {
            return;
        }
        let rows = diff.settings.bound.rows;
        self.sheet.section(format!("NO DIFFERENCE FOUND, up to {rows} rows per entity, for"));
        for search in lacking {
            let Some(item) = diff.items.get(search.item) else { continue };
            let tried = match search.tried {
                0 => "no rule reads it without the other changes".to_owned(),
                tried => format!("{} tried", count(tried, "made-up case", "made-up cases")),
            };
            self.sheet.entry(Look::Plain, "-", vec![strong(name(&item.name)), id(tried)]);
        }
        if diff.unsearched > 0 {
            let text =
                count(diff.unsearched, "more item, not looked into", "more items, not looked into");
            self.sheet.entry(Look::Plain, "-", vec![plain(text)]);
        }
    }

    fn witness(&mut self, search: &Search) {
        let (Some(witness), Some(item)) = (&search.witness, self.diff.items.get(search.item))
        else {
            return;
        };
        self.sheet.section(format!("A MADE-UP CASE that tells them apart by {}", name(&item.name)));
        self.sheet.block(&witness.file);
        self.sheet.section("Of this case");
        let few = self.few(3);
        for (own, answers) in witness.differing.iter().take(few) {
            let (look, tag) = phrase::tag(answers);
            self.sheet.entry(look, tag, line(own, answers));
        }
        self.more(witness.differing.len().saturating_sub(few));
        if witness.in_part {
            let [old, new] = self.around.names;
            let other = if witness.words_of_new { old } else { new };
            let text = format!("{other} lacks words for some of it and is run without these.");
            self.sheet.entry(Look::Dim, "", vec![plain(text)]);
        }
    }
}
