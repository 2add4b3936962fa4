//! One line under a piece of advice: the past case with a known end in which the same rule had spoken, of several the one
//! that is most alike, and in how many such cases it ended so.

use std::collections::{BTreeMap, BTreeSet};

use crate::advice::{Advice, Item};
use crate::case::outcome::{ActionOutcome, ActionResult, Happened, Outcome, When};
use crate::evaluate::{Settings, judged, point_name};
use crate::knowledge::{AdviceKind, KnowledgeBase, RiskId, RuleId};
use crate::proof::View;

use super::Named;
use super::alike::Advised;
use super::archive::{Archive, Known};
use super::followed::Heard;
use super::near::wanted;
use super::told::Told;

/// The lines under warnings, by the id of the risk, and under recommendations, by that of the action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// Under warnings.
    pub warnings: BTreeMap<String, Line>,
    /// Under recommendations.
    pub recommendations: BTreeMap<String, Line>,
}

/// A past case in which a rule said the same, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The case.
    pub case: Named,
    /// Where it took place.
    pub place: Option<String>,
    /// Whether another case of the archive took place there too.
    pub shared_place: bool,
    /// The rule.
    pub rule: String,
    /// The point at which it said so, in words.
    pub at: String,
    /// Whether anything dates that point.
    pub dated: bool,
    /// How it ended.
    pub end: End,
    /// When, in words.
    pub when: String,
    /// Of a risk that did not come true: what the same rule recommends and was done by then, by id. A warning that was heeded
    /// and one that was wrong look alike.
    pub heeded: Vec<String>,
    /// A remark.
    pub note: Option<String>,
    /// In how many past cases with a known end it ended in the same way.
    pub so: usize,
    /// How many there are.
    pub of: usize,
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The risk came true.
    CameTrue,
    /// It did not.
    DidNot,
    /// What was recommended was done, with this result.
    Done(ActionResult),
}

impl End {
    /// Whether it counts as the same end as another.
    fn is_like(self, other: End) -> bool {
        let helped = |end| matches!(end, End::Done(ActionResult::Worked | ActionResult::Partly));
        self == other || (helped(self) && helped(other))
    }
}

/// An end that is known, with the point at which the advice was given.
struct Candidate<'a> {
    case: usize,
    at: usize,
    rule: RuleId,
    end: End,
    when: Option<When>,
    note: Option<&'a String>,
}

/// The line under each piece of advice of which anything is known.
#[must_use]
pub fn lines(here: View<'_>, advice: &Advice, archive: &Archive, told: &Told) -> Lines {
    let kb = here.kb;
    let mine = Advised::new(here).ids();
    let finder = Finder { kb, archive, told, mine };
    let risk = |item: &Item| kb.risks.iter().position(|risk| risk.name == item.id);
    let warnings = advice.warnings.iter().filter_map(|item| {
        let found = finder.warned(RiskId(risk(item)?), &finder.rules(item));
        Some((item.id.clone(), finder.pick(&found)?))
    });
    let todo = advice.recommendations.iter().filter(|item| !item.done);
    let recommendations = todo.filter_map(|item| {
        let found = finder.recommended(&item.id, &finder.rules(item));
        Some((item.id.clone(), finder.pick(&found)?))
    });
    Lines { warnings: warnings.collect(), recommendations: recommendations.collect() }
}

struct Finder<'a> {
    kb: &'a KnowledgeBase,
    archive: &'a Archive,
    told: &'a Told,
    /// The rules that give advice on the case looked at.
    mine: BTreeSet<RuleId>,
}

impl<'a> Finder<'a> {
    /// The rules that give an item.
    fn rules(&self, item: &Item) -> BTreeSet<RuleId> {
        let position = |name: &str| self.kb.rules.iter().position(|rule| rule.name == name);
        item.reasons.iter().filter_map(|reason| position(&reason.rule)).map(RuleId).collect()
    }

    fn heard(&self) -> impl Iterator<Item = (usize, &'a Known, &'a Outcome)> {
        let cases = self.archive.cases.iter().zip(&self.told.outcomes).enumerate();
        cases.filter_map(|(case, (known, outcome))| Some((case, known, outcome.as_ref()?)))
    }

    /// Where one of these rules had warned of a risk whose end is known.
    fn warned(&self, risk: RiskId, rules: &BTreeSet<RuleId>) -> Vec<Candidate<'a>> {
        let told = |outcome: &Outcome| outcome.risks.iter().any(|told| told.risk == risk);
        let cases = self.heard().filter(|(_, _, outcome)| told(outcome));
        cases
            .flat_map(|(case, known, outcome)| self.ends((case, known, outcome), risk, rules))
            .collect()
    }

    fn ends(
        &self,
        (case, known, outcome): (usize, &'a Known, &'a Outcome),
        risk: RiskId,
        rules: &BTreeSet<RuleId>,
    ) -> Vec<Candidate<'a>> {
        let of = (known.points.as_slice(), known.given.as_slice());
        let judged = judged(self.kb, of, outcome, &Settings::default());
        let pairs = outcome.risks.iter().zip(&judged);
        let known_ends =
            pairs.filter(|(told, judged)| told.risk == risk && judged.verdict.counts());
        let ends = known_ends.filter_map(|(told, judged)| {
            let warned = judged.warned.iter().filter(|(_, rule)| rules.contains(rule));
            let (at, rule) = self.nearest(known, warned.copied())?;
            let end = if told.happened == Happened::Yes { End::CameTrue } else { End::DidNot };
            let when = told.told.at.or(outcome.observed_until);
            Some(Candidate { case, at, rule, end, when, note: told.told.note.as_ref() })
        });
        ends.collect()
    }

    /// Where one of these rules had recommended an action that was then done, with a known result.
    fn recommended(&self, action: &str, rules: &BTreeSet<RuleId>) -> Vec<Candidate<'a>> {
        let Some(action) = self.kb.actions.iter().position(|one| one.name == action) else {
            return Vec::new();
        };
        let recommends = |rule: &RuleId| {
            let clauses = self.kb.rules.get(rule.0).map_or(&[][..], |rule| &rule.advice);
            let to = |kind| matches!(kind, AdviceKind::Recommend(to, _) if to.0 == action);
            clauses.iter().any(|clause| to(clause.kind))
        };
        let rules: BTreeSet<RuleId> = rules.iter().copied().filter(recommends).collect();
        let told = self.heard().flat_map(|(case, known, outcome)| {
            let told = outcome.actions.iter().filter(|told| told.action.0 == action);
            told.map(move |told| (case, known, told))
        });
        let told = told.filter(|(_, _, told)| told.result != ActionResult::Unknown);
        told.filter_map(|(case, known, told)| self.result((case, known), told, &rules)).collect()
    }

    fn result(
        &self,
        (case, known): (usize, &'a Known),
        told: &'a ActionOutcome,
        rules: &BTreeSet<RuleId>,
    ) -> Option<Candidate<'a>> {
        let heard = Heard { kb: self.kb, known, outcome: None };
        let points = heard.before(told.told.at);
        let given = points.iter().filter_map(|at| Some((*at, known.given.get(*at)?)));
        let given = given.flat_map(|(at, given)| given.iter().map(move |one| (at, one)));
        let given = given
            .filter(|(_, one)| rules.contains(&one.rule) && one.concerns(&told.told.rows))
            .map(|(at, one)| (at, one.rule));
        let (at, rule) = self.nearest(known, given)?;
        let (end, when) = (End::Done(told.result), told.told.at);
        Some(Candidate { case, at, rule, end, when, note: told.told.note.as_ref() })
    }

    /// The point that shares most advice with the case looked at; the earliest of equals.
    fn nearest(
        &self,
        known: &Known,
        points: impl Iterator<Item = (usize, RuleId)>,
    ) -> Option<(usize, RuleId)> {
        points.min_by_key(|(at, rule)| (std::cmp::Reverse(self.shared(known, *at)), *at, *rule))
    }

    fn shared(&self, known: &Known, at: usize) -> usize {
        known.advising.get(at).map_or(0, |rules| rules.intersection(&self.mine).count())
    }

    /// The one that is most alike, with how many ended as it did.
    fn pick(&self, found: &[Candidate<'a>]) -> Option<Line> {
        let key = |one: &&Candidate<'a>| {
            let known = self.archive.cases.get(one.case);
            let shared = known.map_or(0, |known| self.shared(known, one.at));
            (std::cmp::Reverse(shared), one.case, one.at)
        };
        let best = found.iter().min_by_key(key)?;
        let cases = |like: &dyn Fn(&&Candidate<'a>) -> bool| {
            found.iter().filter(like).map(|one| one.case).collect::<BTreeSet<usize>>().len()
        };
        let (of, so) = (cases(&|_| true), cases(&|one| one.end.is_like(best.end)));
        let known = self.archive.cases.get(best.case)?;
        let moment = known.points.get(best.at)?;
        let place = known.case.place.clone();
        let others = self.archive.cases.iter().enumerate().filter(|(case, _)| *case != best.case);
        let heard = Heard { kb: self.kb, known, outcome: None };
        Some(Line {
            case: known.named(),
            shared_place: others.into_iter().any(|(_, other)| other.case.place == place),
            place,
            rule: self.kb.rules.get(best.rule.0)?.name.clone(),
            at: point_name(&known.case, moment),
            dated: moment.today.is_some(),
            end: best.end,
            when: heard.when(best.when),
            heeded: if best.end == End::DidNot { self.heeded(best) } else { Vec::new() },
            note: best.note.cloned(),
            so,
            of,
        })
    }

    /// What a rule recommends that was done after it had spoken and before it was known how that ended.
    fn heeded(&self, of: &Candidate<'a>) -> Vec<String> {
        let Some(known) = self.archive.cases.get(of.case) else { return Vec::new() };
        let outcome = self.told.outcomes.get(of.case).and_then(Option::as_ref);
        let heard = Heard { kb: self.kb, known, outcome };
        let wanted = wanted(self.kb, &BTreeSet::from([of.rule]));
        let done = heard.done(of.at, &wanted).into_iter();
        let ids = done.filter(|done| done.advised && heard.is_by(done.day, of.when));
        ids.map(|done| done.action.id).collect::<BTreeSet<String>>().into_iter().collect()
    }
}
