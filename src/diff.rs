//! What differs between two packs: which items, which conclusions on which case and moment, for which of the items, and a
//! made-up case where the given ones do not show a difference. Every cause is run, every made-up case read back.

mod cause;
mod change;
mod concern;
mod hybrid;
mod item;
mod option;
mod outcome;
mod run;
mod sketch;
mod translation;
mod witness;

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{self, Filter, Format};
use crate::diagnostic::Diagnostics;
use crate::engine::{Limit, Limits, Plan};
use crate::knowledge::{KnowledgeBase, PackName};
use crate::pack::Pack;
use crate::proof::View;
use crate::source::{SourceMap, Span};

pub use cause::Cause;
pub use change::{ItemChange, What};
pub use concern::rules_on;
pub use item::{Kind, Name, hashes};
pub use outcome::{Answer, Differing, Outcome, Point, outcome};
pub use run::{CaseRead, CaseText, Refused, moments_in_words};
pub use witness::Bound;

use cause::{Traced, trace};
use hybrid::{Budget, Mixer};
use item::items;
use outcome::differing;
use run::Cases;
use sketch::Sketch;
use translation::Translation;

/// One of two packs: the packs laid over each other, read and compiled, with their examples.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The packs, the lowest first.
    pub packs: &'a [Pack],
    /// What they compile to.
    pub kb: &'a KnowledgeBase,
}

/// How much is tried; all of it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Mixtures of the two packs that are run to find causes.
    pub mixtures: usize,
    /// Items for which a made-up case is looked for.
    pub witnesses: usize,
    /// How much is tried for one of them.
    pub bound: Bound,
    /// Look for a made-up case also where the given cases show a difference.
    pub always: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        let bound = Bound { cases: 10_000, rows: 3 };
        Settings { mixtures: 300, witnesses: 20, bound, always: false }
    }
}

/// How far two packs are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// Their files are, byte for byte.
    Identical,
    /// Their items are; comments, layout, order, manifests or files differ.
    EqualItems,
    /// Some of their items differ.
    Different,
}

/// What differs between two packs.
#[derive(Debug, Clone)]
pub struct Diff {
    /// The packs, before and after.
    pub packs: [Vec<PackName>; 2],
    /// How far they are the same.
    pub sameness: Sameness,
    /// The items that differ, by kind and name.
    pub items: Vec<ItemChange>,
    /// The cases that both can read.
    pub cases: Vec<CaseRead>,
    /// The cases that one of them cannot read.
    pub refused: Vec<Refused>,
    /// What comes out otherwise, by case, moment and point.
    pub changes: Vec<Change>,
    /// What it comes out otherwise for; what changes most first.
    pub causes: Vec<Cause>,
    /// Changes whose cause was not found within the bound.
    pub untraced: Vec<usize>,
    /// The search for made-up cases, by item.
    pub searches: Vec<Search>,
    /// Items for which none was looked for, as there are too many.
    pub unsearched: usize,
    /// How much was tried.
    pub settings: Settings,
}

impl Diff {
    /// Whether anything comes out otherwise, on the given cases or on made-up ones.
    #[must_use]
    pub fn is_change(&self) -> bool {
        let apart = self.refused.iter().any(|it| it.reads[0] != it.reads[1]);
        !self.changes.is_empty() || apart || self.searches.iter().any(|it| it.witness.is_some())
    }
}

/// A point of a case that comes out otherwise at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The case, by position in [`Diff::cases`].
    pub case: usize,
    /// The moment, by position in [`CaseRead::moments`].
    pub moment: usize,
    /// The point.
    pub point: Point,
    /// What comes out, before and after.
    pub answers: [Option<Answer>; 2],
}

/// The search for a case that tells the packs apart by one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The item, by position in [`Diff::items`].
    pub item: usize,
    /// How many cases were made up.
    pub tried: usize,
    /// The smallest one found.
    pub witness: Option<Witness>,
}

/// A made-up case that tells two packs apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The case file.
    pub file: String,
    /// Whether its words are those of the new pack.
    pub words_of_new: bool,
    /// Whether the other pack lacks words for some of it, which it is then run without.
    pub in_part: bool,
    /// What comes out otherwise at its end; first what it was made for.
    pub differing: Vec<Differing>,
}

/// Compares two packs, on their items, on cases and on made-up cases.
///
/// # Errors
/// Where a limit of the engine is reached.
pub fn diff(
    sides: [Side<'_>; 2],
    sources: &SourceMap,
    texts: &[CaseText<'_>],
    settings: Settings,
    limits: Limits,
) -> Result<Diff, Limit> {
    let [old, new] = sides;
    let own = sides.map(|side| items(side.packs, sources));
    let items = change::changes([&own[0], &own[1]]);
    let cases = Cases::new([old.kb, new.kb], texts);
    let mut diff = Diff {
        packs: sides.map(|side| side.kb.packs.clone()),
        sameness: sameness(sides, &items),
        items,
        cases: Vec::new(),
        refused: Vec::new(),
        changes: Vec::new(),
        causes: Vec::new(),
        untraced: Vec::new(),
        searches: Vec::new(),
        unsearched: 0,
        settings,
    };
    let items = diff.items.clone();
    if let Some(mixer) = Mixer::new([&own[0], &own[1]], sides.map(|side| side.packs), &items)
        && !mixer.candidates().is_empty()
    {
        let traced = on_cases(&mut diff, sides, &mixer, &cases, limits)?;
        searches(&mut diff, sides, &mixer, &traced, limits)?;
        diff.causes = traced.causes;
        diff.untraced = traced.untraced;
    }
    (diff.cases, diff.refused) = (cases.read, cases.refused);
    Ok(diff)
}

fn sameness(sides: [Side<'_>; 2], items: &[ItemChange]) -> Sameness {
    let [old, new] = sides.map(|side| side.packs.iter().map(|pack| &pack.hash).collect::<Vec<_>>());
    match (old == new, items.is_empty()) {
        (true, _) => Sameness::Identical,
        (false, true) => Sameness::EqualItems,
        (false, false) => Sameness::Different,
    }
}

/// Runs the cases with both packs, and finds out what their differences are due to.
fn on_cases(
    diff: &mut Diff,
    [old, new]: [Side<'_>; 2],
    mixer: &Mixer<'_>,
    cases: &Cases<'_>,
    limits: Limits,
) -> Result<Traced, Limit> {
    let places = cases.places();
    let before = cases.outcomes((old.kb, &Plan::new(old.kb)), &places, limits)?;
    let after = cases.outcomes((new.kb, &Plan::new(new.kb)), &places, limits)?;
    for ((case, moment), outcome) in &before {
        let Some(other) = after.get(&(*case, *moment)) else { continue };
        let differing = differing(outcome, other).into_iter();
        diff.changes.extend(differing.map(|(point, answers)| Change {
            case: *case,
            moment: *moment,
            point,
            answers,
        }));
    }
    trace(mixer, cases, &diff.changes, after, (limits, Budget(diff.settings.mixtures)))
}

/// Looks for made-up cases for the items that the given cases are silent about, and for others where that is asked for or
/// there are few.
fn searches(
    diff: &mut Diff,
    sides: [Side<'_>; 2],
    mixer: &Mixer<'_>,
    traced: &Traced,
    limits: Limits,
) -> Result<(), Limit> {
    let told: BTreeSet<usize> = traced.causes.iter().flat_map(|it| &it.items).copied().collect();
    let all = mixer.candidates();
    let always = diff.settings.always || all.len() <= 3;
    let (silent, shown): (Vec<usize>, Vec<usize>) = all.iter().partition(|at| !told.contains(at));
    let wanted = silent.into_iter().chain(shown.into_iter().filter(|_| always));
    let wanted: Vec<usize> = wanted.collect();
    let mut budget = Budget(diff.settings.mixtures);
    diff.unsearched = wanted.len().saturating_sub(diff.settings.witnesses);
    for at in wanted.into_iter().take(diff.settings.witnesses) {
        let Some(item) = diff.items.get(at) else { continue };
        let alone = match traced.alone.get(&at) {
            Some(set) if set.len() == all.len() => None,
            Some(set) => mixer.mixed(set),
            None => mixer.with_needs(at, &mut budget).map(|(_, kb)| kb),
        };
        let search = one_search(sides, (at, item), alone.as_ref(), (diff.settings, limits))?;
        diff.searches.push(search);
    }
    diff.searches.sort_by_key(|search| (search.witness.is_none(), search.item));
    Ok(())
}

fn one_search(
    [old, new]: [Side<'_>; 2],
    (at, item): (usize, &ItemChange),
    alone: Option<&KnowledgeBase>,
    (settings, limits): (Settings, Limits),
) -> Result<Search, Limit> {
    let words_of_new = item.what != What::Removed;
    let base = if words_of_new { new.kb } else { old.kb };
    let packs = witness::Packs { old: old.kb, new: new.kb, alone };
    let found = witness::search(packs, base, &item.name, (settings.bound, limits))?;
    let witness = match &found.sketch {
        None => None,
        Some((sketch, point)) => {
            let kbs = [old.kb, new.kb];
            told(kbs, words_of_new, (sketch, point), &item.name, limits)?
        }
    };
    Ok(Search { item: at, tried: found.tried, witness })
}

/// A made-up case as a file, read back and run with both packs; nothing where it does not tell them apart after all.
fn told(
    kbs: [&KnowledgeBase; 2],
    words_of_new: bool,
    (sketch, point): (&Sketch, &Point),
    name: &Name,
    limits: Limits,
) -> Result<Option<Witness>, Limit> {
    let [old, new] = kbs;
    let base = if words_of_new { new } else { old };
    let id = if name.name.is_empty() { "ranking" } else { &name.name };
    let title = format!("Made up, for {id}");
    let id = format!("made-up-{}", id.replace(['.', '_', ' '], "-"));
    let mut files: BTreeMap<bool, String> = BTreeMap::new();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (is_new, kb) in [(false, old), (true, new)] {
        let words = Translation::new(&base.vocabulary, &kb.vocabulary);
        let file = sketch.translated(&words).file(kb, &id, &title);
        let Some(outcome) = read_back(kb, &file, limits)? else { return Ok(None) };
        outcomes.push(outcome);
        files.insert(is_new, file);
    }
    let [before, after] = outcomes.as_slice() else { return Ok(None) };
    let mut differing = differing(before, after);
    if !differing.iter().any(|(other, _)| other == point) {
        return Ok(None);
    }
    differing.sort_by_key(|(other, _)| other != point);
    let in_part = files.get(&false) != files.get(&true);
    let file = files.remove(&words_of_new).unwrap_or_default();
    Ok(Some(Witness { file, words_of_new, in_part, differing }))
}

/// What a pack makes of a case file at its end; nothing where it cannot read it.
fn read_back(kb: &KnowledgeBase, file: &str, limits: Limits) -> Result<Option<Outcome>, Limit> {
    let mut unheard = Diagnostics::default();
    let source = Span::NOWHERE.source;
    let Some(case) = case::read(source, file, Format::Toml, kb, &mut unheard) else {
        return Ok(None);
    };
    let facts = case::facts(&case, &kb.vocabulary, &case.end(), &Filter::default());
    let models = Plan::new(kb).infer(&[&facts], limits)?;
    Ok(models.first().map(|model| outcome(View { kb, facts: &facts, model })))
}
