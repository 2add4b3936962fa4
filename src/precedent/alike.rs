//! Two moments of two cases compared: the rules that give advice on both, and the facts on which that advice rests, the rows
//! of one case matched with those of the other by what they stand for in a rule. Knows nothing of what came of either.

use std::collections::{BTreeMap, BTreeSet};

use crate::advice;
use crate::knowledge::{EntityId, EntityKind, RuleId, Type};
use crate::proof::{Fact, Support, View, support};
use crate::value::Possible;

use super::archive::advises;

/// So many subjects of one rule are compared, from the first: enough to find one that is alike.
const MOST_SUBJECTS: usize = 16;

/// What a rule rests on, by its subjects.
type Grounds<'a> = Vec<(&'a [usize], Support)>;

/// The case looked at, with what each piece of advice on it rests on.
pub(super) struct Here<'a> {
    pub(super) advised: Advised<'a>,
    supports: BTreeMap<RuleId, Grounds<'a>>,
}

impl<'a> Here<'a> {
    pub(super) fn new(view: View<'a>) -> Here<'a> {
        let advised = Advised::new(view);
        let rules = advised.rules.keys();
        let supports = rules.map(|rule| (*rule, advised.supports(*rule))).collect();
        Here { advised, supports }
    }
}

/// A case at a moment, with the subjects of every rule that gives advice on it.
pub(super) struct Advised<'a> {
    pub(super) view: View<'a>,
    pub(super) rules: BTreeMap<RuleId, Vec<&'a [usize]>>,
}

impl<'a> Advised<'a> {
    pub(super) fn new(view: View<'a>) -> Advised<'a> {
        let mut rules: BTreeMap<RuleId, Vec<&[usize]>> = BTreeMap::new();
        for one in advice::given(view).into_iter().filter(|one| advises(view.kb, one.rule)) {
            rules.entry(one.rule).or_default().push(&one.subject);
        }
        Advised { view, rules }
    }

    pub(super) fn ids(&self) -> BTreeSet<RuleId> {
        self.rules.keys().copied().collect()
    }

    /// What a rule rests on, for each of its subjects.
    fn supports(&self, rule: RuleId) -> Grounds<'a> {
        let subjects = self.rules.get(&rule).into_iter().flatten().take(MOST_SUBJECTS);
        subjects.map(|subject| (*subject, support(self.view, rule, subject))).collect()
    }
}

/// What two moments share, each fact of the one with that of the other.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// The rules that give advice at both.
    pub(super) rules: BTreeSet<RuleId>,
    /// How many give it at one of them alone.
    pub(super) alone: usize,
    /// Facts of their conditions of which both cases say the same.
    pub(super) both: BTreeMap<Fact, Fact>,
    /// Those of which they say what excludes the other.
    pub(super) differs: BTreeMap<Fact, Fact>,
}

/// Compares two moments: facts of rows that a shared rule matches, and of whatever there is one of, for all advice here.
pub(super) fn alike(here: &Here<'_>, there: &Advised<'_>) -> Alike {
    let [mine, theirs] = [&here.advised, there].map(Advised::ids);
    let mut found = Alike {
        rules: mine.intersection(&theirs).copied().collect(),
        alone: mine.symmetric_difference(&theirs).count(),
        ..Alike::default()
    };
    let views = (here.advised.view, there.view);
    for (rule, mine) in &here.supports {
        let pair = if found.rules.contains(rule) {
            nearest_pair(views, *rule, (mine, &there.supports(*rule)))
        } else {
            let facts = mine.iter().flat_map(|(_, support)| &support.facts).copied().collect();
            Roles { views, rows: BTreeMap::new() }.compare(&facts)
        };
        found.both.extend(pair.both);
        found.differs.extend(pair.differs);
    }
    let Alike { both, differs, .. } = &mut found;
    differs.retain(|fact, _| !both.contains_key(fact));
    found
}

#[derive(Default)]
struct Pair {
    both: Vec<(Fact, Fact)>,
    differs: Vec<(Fact, Fact)>,
}

/// The subjects of a rule, one of each case, of which most is the same and least differs.
fn nearest_pair(
    views: (View<'_>, View<'_>),
    rule: RuleId,
    (mine, theirs): (&Grounds<'_>, &Grounds<'_>),
) -> Pair {
    let mut best: Option<Pair> = None;
    for (subject, support) in mine {
        for (other, others) in theirs {
            let roles = Roles::new(views, rule, [subject, other], [support, others]);
            let pair = roles.compare(&support.facts);
            let key = |pair: &Pair| (pair.both.len(), std::cmp::Reverse(pair.differs.len()));
            if best.as_ref().is_none_or(|held| key(held) < key(&pair)) {
                best = Some(pair);
            }
        }
    }
    best.unwrap_or_default()
}

/// Which row of the other case stands for which of this one.
struct Roles<'a> {
    views: (View<'a>, View<'a>),
    rows: BTreeMap<(EntityId, usize), usize>,
}

impl<'a> Roles<'a> {
    fn new(
        views: (View<'a>, View<'a>),
        rule: RuleId,
        subjects: [&[usize]; 2],
        supports: [&Support; 2],
    ) -> Roles<'a> {
        let mut roles = Roles { views, rows: BTreeMap::new() };
        let Some(rule) = views.0.kb.rules.get(rule.0) else { return roles };
        let [here, there] = subjects;
        for (variable, (mine, theirs)) in rule.variables.iter().zip(here.iter().zip(there)) {
            roles.rows.entry((variable.entity, *mine)).or_insert(*theirs);
        }
        let [mine, theirs] = supports.map(|support| &support.witnesses);
        for found in mine {
            let other = theirs.iter().find(|other| other.variable == found.variable);
            let rows = found.certain.first().zip(other.and_then(|other| other.certain.first()));
            if let (Some((mine, theirs)), Some(variable)) =
                (rows, rule.variables.get(found.variable.0))
            {
                roles.rows.entry((variable.entity, *mine)).or_insert(*theirs);
            }
        }
        roles
    }

    fn row(&self, entity: EntityId, row: usize) -> Option<usize> {
        match self.views.0.kb.vocabulary.entity(entity).kind {
            EntityKind::One | EntityKind::Members(_) => Some(row),
            EntityKind::Many => self.rows.get(&(entity, row)).copied(),
        }
    }

    /// The fact of the other case; none where no row there stands for that of this one, of dates, which always differ, and of
    /// the stage, which many cases share that have nothing else in common.
    fn counterpart(&self, fact: Fact) -> Option<Fact> {
        let vocabulary = &self.views.0.kb.vocabulary;
        match fact {
            Fact::Attribute(attribute, row) => {
                let declared = vocabulary.attribute(attribute);
                let row = self.row(declared.entity, row)?;
                let passes =
                    declared.kind == Type::Date || self.views.0.kb.ranking.stage == Some(attribute);
                (!passes).then_some(Fact::Attribute(attribute, row))
            }
            Fact::Relation(relation, a, b) => {
                let declared = vocabulary.relation(relation);
                let [first, second] = declared.entities;
                let (a, b) = (self.row(first, a)?, self.row(second, b)?);
                let turned = declared.symmetric && b < a;
                let (a, b) = if turned { (b, a) } else { (a, b) };
                Some(Fact::Relation(relation, a, b))
            }
            Fact::Others(_) | Fact::Today => None,
        }
    }

    fn compare(&self, facts: &BTreeSet<Fact>) -> Pair {
        let (here, there) = self.views;
        let mut pair = Pair::default();
        for fact in facts {
            let Some(other) = self.counterpart(*fact) else { continue };
            let (Some(mine), Some(theirs)) = (stated(here, *fact), stated(there, other)) else {
                continue;
            };
            if mine == theirs {
                pair.both.push((*fact, other));
            } else if mine.meet(theirs).is_none() {
                pair.differs.push((*fact, other));
            }
        }
        pair
    }
}

/// What a case says of a fact; none where it says nothing: that two cases are silent does not make them alike.
fn stated(view: View<'_>, fact: Fact) -> Option<Possible> {
    let cell = match fact {
        Fact::Attribute(attribute, row) => view.facts.cell(attribute, row),
        Fact::Relation(relation, a, b) => view.facts.tie(&view.kb.vocabulary, relation, a, b),
        Fact::Others(_) | Fact::Today => None,
    };
    cell.filter(|cell| cell.is_stated()).and_then(|_| view.value(fact))
}
