//! A made-up case, as small as can be found, that tells two packs apart. Begins with the examples of the rules in question
//! and with empty cases, changes what these rules read, and leaves out all that the difference does not need.
//! Bounded by a counted number of cases.

use std::collections::BTreeSet;

use crate::engine::{Limit, Limits, Plan, Status};
use crate::facts::Facts;
use crate::knowledge::{Example, Expectation, KnowledgeBase, RuleId, Vocabulary};
use crate::proof::View;
use crate::proof::repair::{Effort, Goal, repairs};
use crate::proof::why_not::nearest;

use super::concern::{concerned, narrowed, reads};
use super::item::{Kind, Name};
use super::option::{Interest, TODAY, new_row};
use super::outcome::{Answer, Differing, Outcome, Point, differing, outcome};
use super::sketch::Sketch;
use super::translation::Translation;

/// Most changes made to a case to begin with.
const MOST_CHANGES: usize = 3;
/// Most examples to begin with.
const MOST_EXAMPLES: usize = 24;
/// Rules for which it is asked what would make them fire.
const MOST_RULES: usize = 4;

/// Most cases times rules: where many rules hang on an item, fewer cases are tried.
const MOST_WORK: usize = 200_000;

/// How much is tried for one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Bound-up cases.
    pub cases: usize,
    /// Rows of one entity.
    pub rows: usize,
}

/// The packs between which a difference is looked for, and one that has only the item in question from the new one.
#[derive(Clone, Copy)]
pub(super) struct Packs<'a> {
    pub(super) old: &'a KnowledgeBase,
    pub(super) new: &'a KnowledgeBase,
    pub(super) alone: Option<&'a KnowledgeBase>,
}

/// What was found, and how many cases were made up for it.
pub(super) struct Found {
    pub(super) sketch: Option<(Sketch, Point)>,
    pub(super) tried: usize,
}

/// A pack with the rules in question alone.
struct Side {
    kb: KnowledgeBase,
    plan: Plan,
    /// From the words of the cases to those of this pack, and back.
    words: [Translation; 2],
    rules: Vec<RuleId>,
}

impl Side {
    fn new(kb: &KnowledgeBase, base: &Vocabulary, names: &BTreeSet<String>, name: &Name) -> Side {
        let kb = narrowed(kb, &places(kb, names), name);
        Side {
            rules: places(&kb, names).into_iter().map(RuleId).collect(),
            plan: Plan::new(&kb),
            words: [Translation::new(base, &kb.vocabulary), Translation::new(&kb.vocabulary, base)],
            kb,
        }
    }

    fn outcomes(&self, sketches: &[Sketch], limits: Limits) -> Result<Vec<Outcome>, Limit> {
        let words = &self.kb.vocabulary;
        let facts: Vec<Facts> =
            sketches.iter().map(|it| it.translated(&self.words[0]).facts(words)).collect();
        let block: Vec<&Facts> = facts.iter().collect();
        let models = self.plan.infer(&block, limits)?;
        let views = facts.iter().zip(&models);
        Ok(views.map(|(facts, model)| outcome(View { kb: &self.kb, facts, model })).collect())
    }

    /// The smallest changes of a case that make the rules fire.
    fn mended(&self, sketch: &Sketch, limits: Limits) -> Result<Vec<Sketch>, Limit> {
        let own = sketch.translated(&self.words[0]);
        let facts = own.facts(&self.kb.vocabulary);
        let models = self.plan.infer(&[&facts], limits)?;
        let Some(model) = models.first() else { return Ok(Vec::new()) };
        let view = View { kb: &self.kb, facts: &facts, model };
        let effort = Effort { variants: 300, repairs: 10 };
        let mut mended = Vec::new();
        for rule in self.rules.iter().take(MOST_RULES) {
            let Some((_, subject)) = nearest(view, *rule).into_iter().next() else { continue };
            let found = repairs(view, &self.plan, (*rule, &subject), Goal::Fire, effort)?;
            mended.extend(found.list.iter().map(|repair| {
                let changes = repair.changes();
                let with = changes.iter().fold(own.clone(), |one, change| one.with(change));
                with.translated(&self.words[1])
            }));
        }
        Ok(mended)
    }
}

/// Where rules of these names stand.
fn places(kb: &KnowledgeBase, names: &BTreeSet<String>) -> BTreeSet<usize> {
    let rules = kb.rules.iter().enumerate();
    rules.filter(|(_, rule)| names.contains(&rule.name)).map(|(at, _)| at).collect()
}

/// A difference that a case shows: how plain it is, how much the case says, the case, the point.
type Shown = (usize, usize, Sketch, Differing);

struct Search<'a> {
    base: &'a KnowledgeBase,
    sides: Vec<Side>,
    interest: Interest,
    effort: Bound,
    limits: Limits,
    tried: usize,
    seen: BTreeSet<Sketch>,
    best: Option<Shown>,
}

/// Looks for a case that tells two packs apart by an item. The case speaks the words of `base`.
pub(super) fn search(
    packs: Packs<'_>,
    base: &KnowledgeBase,
    name: &Name,
    (effort, limits): (Bound, Limits),
) -> Result<Found, Limit> {
    let kbs: Vec<&KnowledgeBase> = [packs.old, packs.new].into_iter().chain(packs.alone).collect();
    // What other changes bring along is not what this item does.
    let own = [packs.old, packs.alone.unwrap_or(packs.new)];
    let names: BTreeSet<String> = own
        .iter()
        .flat_map(|kb| concerned(kb, name).into_iter().filter_map(|at| kb.rules.get(at)))
        .map(|rule| rule.name.clone())
        .collect();
    if names.is_empty() && name.kind != Kind::Question {
        return Ok(Found { sketch: None, tried: 0 });
    }
    let sides: Vec<Side> =
        kbs.iter().map(|kb| Side::new(kb, &base.vocabulary, &names, name)).collect();
    let mut interest = Interest::default();
    for side in &sides {
        let rules = side.rules.iter().map(|id| id.0).collect();
        interest.add(&reads(&side.kb, &rules, name), &side.words[1]);
    }
    let work = sides.iter().map(|side| side.kb.rules.len()).max().unwrap_or(0).max(1);
    let cases = effort.cases.min(MOST_WORK / work);
    let mut search = Search {
        base,
        sides,
        interest,
        effort: Bound { cases, ..effort },
        limits,
        tried: 0,
        seen: BTreeSet::new(),
        best: None,
    };
    let mut frontier = search.beginnings([packs.old, packs.new], &names, name);
    search.look(&frontier)?;
    for round in 0..MOST_CHANGES {
        let shown = search.best.is_some();
        let enough = search.is_plain() || (shown && (round > 0 || only_ranks(name)));
        if enough || frontier.is_empty() {
            break;
        }
        if round == 0 {
            frontier.extend(search.mended()?);
            frontier.sort_by_key(Sketch::size);
            search.look(&frontier)?;
        }
        frontier = search.wider(&frontier);
        search.look(&frontier)?;
    }
    let sketch = search.smallest()?;
    Ok(Found { sketch, tried: search.tried })
}

impl Search<'_> {
    fn words(&self) -> &Vocabulary {
        &self.base.vocabulary
    }

    /// The examples of the rules, and cases that list a few rows of which nothing is said.
    fn beginnings(
        &self,
        packs: [&KnowledgeBase; 2],
        names: &BTreeSet<String>,
        name: &Name,
    ) -> Vec<Sketch> {
        let mut sketches = BTreeSet::new();
        for kb in packs {
            let words = Translation::new(&kb.vocabulary, self.words());
            let examples = kb
                .examples
                .iter()
                .filter(|example| name.kind == Kind::Ranking || speaks_of(kb, example, names));
            let told = examples.take(MOST_EXAMPLES).map(|it| Sketch::of_example(kb, it));
            sketches.extend(told.map(|sketch| sketch.translated(&words)));
        }
        sketches.extend((0..=self.effort.rows).map(|count| self.blank(count)));
        let dated = self.interest.reads_years();
        let date = |sketch: Sketch| match sketch.today {
            None if dated => Sketch { today: Some(TODAY), ..sketch },
            _ => sketch,
        };
        let mut sketches: Vec<Sketch> = sketches.into_iter().map(date).collect();
        sketches.sort_by_key(Sketch::size);
        sketches
    }

    /// What would make the rules fire in either pack, in cases of which nothing is said but their rows.
    fn mended(&self) -> Result<Vec<Sketch>, Limit> {
        let mut mended = BTreeSet::new();
        let today = self.interest.reads_years().then_some(TODAY);
        for count in 1..=self.effort.rows.min(2) {
            let sketch = Sketch { today, ..self.blank(count) };
            for side in self.sides.iter().take(2) {
                mended.extend(side.mended(&sketch, self.limits)?);
            }
        }
        Ok(mended.into_iter().collect())
    }

    /// A case with so many rows of every entity, of which nothing is said.
    fn blank(&self, count: usize) -> Sketch {
        let mut sketch = Sketch::default();
        let listed = self.interest.listed(self.words());
        for entity in listed.into_iter().flat_map(|entity| std::iter::repeat_n(entity, count)) {
            let row = new_row(self.words(), entity, &sketch);
            sketch.rows.insert((entity, row.id));
        }
        sketch
    }

    /// Every case that differs from these by one change, as far as there is effort left.
    fn wider(&mut self, frontier: &[Sketch]) -> Vec<Sketch> {
        let left = self.effort.cases.saturating_sub(self.tried);
        let (words, most) = (&self.base.vocabulary, self.effort.rows);
        let mut wider = Vec::new();
        for sketch in frontier {
            let options = self.interest.options(words, sketch, most);
            let next = options.iter().map(|change| sketch.with(change));
            let new = next.filter(|next| self.seen.insert(next.clone()));
            wider.extend(new.take(left - wider.len()));
        }
        wider
    }

    /// Runs cases and keeps the plainest difference.
    fn look(&mut self, sketches: &[Sketch]) -> Result<(), Limit> {
        self.tried += sketches.len();
        for (sketch, found) in sketches.iter().zip(self.differences(sketches)?) {
            let Some((class, found)) = found else { continue };
            let rank = (class, sketch.size(), sketch);
            if self.best.as_ref().is_none_or(|best| rank < (best.0, best.1, &best.2)) {
                self.best = Some((class, sketch.size(), sketch.clone(), found));
            }
        }
        Ok(())
    }

    /// The plainest difference that each case shows.
    fn differences(&self, sketches: &[Sketch]) -> Result<Vec<Option<(usize, Differing)>>, Limit> {
        let mut lists: Vec<Vec<Outcome>> = Vec::new();
        for side in &self.sides {
            lists.push(side.outcomes(sketches, self.limits)?);
        }
        let [old, new, alone @ ..] = lists.as_slice() else { return Ok(Vec::new()) };
        let pairs = old.iter().zip(new).enumerate();
        Ok(pairs
            .map(|(at, (old, new))| {
                let alone = alone.first().and_then(|list| list.get(at));
                let own = differing(old, new).into_iter().filter(|(point, answers)| {
                    alone.is_none_or(|alone| alone.get(point) == answers[1].as_ref())
                });
                own.map(|one| (class(&one), one)).min_by(|a, b| (a.0, &a.1.0).cmp(&(b.0, &b.1.0)))
            })
            .collect())
    }

    fn is_plain(&self) -> bool {
        self.best.as_ref().is_some_and(|best| best.0 == 0)
    }

    /// The best case without all that its difference does not need.
    fn smallest(&mut self) -> Result<Option<(Sketch, Point)>, Limit> {
        let Some((_, _, mut sketch, (point, answers))) = self.best.clone() else { return Ok(None) };
        loop {
            let smaller = sketch.smaller();
            self.tried += smaller.len();
            let mut lists: Vec<Vec<Outcome>> = Vec::new();
            for side in &self.sides {
                lists.push(side.outcomes(&smaller, self.limits)?);
            }
            let wanted = |side: usize| answers.get(side.min(1)).and_then(Option::as_ref);
            let found = |list: &[Outcome], at: usize| list.get(at)?.get(&point).cloned();
            let same = |at: usize| {
                let mut lists = lists.iter().enumerate();
                lists.all(|(side, list)| found(list, at).as_ref() == wanted(side))
            };
            let next = smaller.into_iter().enumerate().find(|(at, _)| same(*at));
            let Some((_, less)) = next else { return Ok(Some((sketch, point))) };
            sketch = less;
        }
    }
}

/// How plain a difference is, the plainest first: a rule that fires and one that is silent, a rule that fires, the rest.
fn class((point, answers): &Differing) -> usize {
    let fires = |answer: &Option<Answer>| {
        matches!(answer, Some(Answer::Status(Status::Firing | Status::Provisional)))
    };
    let silent =
        |answer: &Option<Answer>| matches!(answer, None | Some(Answer::Status(Status::SetAside)));
    let [before, after] = answers;
    match point {
        Point::Rule(..) if fires(before) && silent(after) || silent(before) && fires(after) => 0,
        Point::Rule(..) if fires(before) != fires(after) => 1,
        Point::Question(_) | Point::TradeOff(_) => 0,
        Point::Rule(..) | Point::Stage => 3,
        Point::Warning(_) | Point::Recommendation(_) => 2,
    }
}

/// Whether no conclusion can hang on an item, but only how advice is put in order.
fn only_ranks(name: &Name) -> bool {
    matches!(name.kind, Kind::Ranking | Kind::Risk | Kind::Action)
}

/// Whether an example expects something of a rule.
fn speaks_of(kb: &KnowledgeBase, example: &Example, names: &BTreeSet<String>) -> bool {
    example.expects.iter().any(|expected| match expected {
        Expectation::Rule { rule, .. } => {
            kb.rules.get(rule.0).is_some_and(|rule| names.contains(&rule.name))
        }
        Expectation::Value { .. } => false,
    })
}
