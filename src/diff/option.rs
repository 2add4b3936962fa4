//! What a made-up case can say more or otherwise: every value, near its boundaries, of the facts that some rules read.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{Change, Target};
use crate::facts::RowName;
use crate::knowledge::{
    AttributeId, EntityId, EntityKind, Reads, RelationId, Term, Test, Type, Vocabulary,
};
use crate::value::{NUMBER_UNIT, Possible, date_of_day, day_number};

use super::sketch::{Sketch, can_be_stated, tie};
use super::translation::Translation;

/// The day at which a case without a date is looked at where rules count years: 1 January 2000.
pub(super) const TODAY: i64 = 10_957;

/// The facts that are of interest, in the words of one pack.
#[derive(Debug, Default)]
pub(super) struct Interest {
    attributes: BTreeSet<AttributeId>,
    relations: BTreeSet<RelationId>,
    entities: BTreeSet<EntityId>,
    /// Numbers near which something changes, in millionths.
    numbers: BTreeMap<AttributeId, BTreeSet<i64>>,
    /// Years likewise, of dates.
    years: BTreeMap<AttributeId, BTreeSet<i64>>,
}

impl Interest {
    /// Adds what some rules read, in other words.
    pub(super) fn add(&mut self, reads: &Reads<'_>, words: &Translation) {
        let attribute =
            |id: AttributeId| match words.target(&Target::Attribute(id, String::new()))? {
                Target::Attribute(id, _) => Some(id),
                Target::Tie(..) => None,
            };
        self.attributes.extend(reads.attributes.iter().filter_map(|id| attribute(*id)));
        self.entities.extend(reads.entities.iter().filter_map(|id| words.entity(*id)));
        for id in &reads.relations {
            let target = words.target(&Target::Tie(*id, String::new(), String::new()));
            if let Some(Target::Tie(id, ..)) = target {
                self.relations.insert(id);
            }
        }
        for test in &reads.tests {
            let Test::Within(term, low, high) = test else { continue };
            let bounds = [*low, *high].into_iter();
            let bounds = bounds.filter(|bound| *bound != i64::MIN && *bound != i64::MAX);
            let (id, years) = match term {
                Term::Attribute(id, _) => (attribute(*id), false),
                Term::Years { date, .. } => (attribute_of(date).and_then(attribute), true),
                _ => continue,
            };
            let Some(id) = id else { continue };
            if years {
                let years = bounds.map(|bound| bound / NUMBER_UNIT);
                self.years.entry(id).or_default().extend(years);
            } else {
                self.numbers.entry(id).or_default().extend(bounds);
            }
        }
    }

    /// Whether the day looked at matters.
    pub(super) fn reads_years(&self) -> bool {
        !self.years.is_empty()
    }

    /// The entities of which a case lists rows.
    pub(super) fn listed(&self, words: &Vocabulary) -> Vec<EntityId> {
        let mut listed = self.entities.clone();
        listed.extend(self.attributes.iter().map(|id| words.attribute(*id).entity));
        listed.extend(self.relations.iter().flat_map(|id| words.relation(*id).entities));
        listed.retain(|id| words.entity(*id).kind == EntityKind::Many);
        listed.into_iter().collect()
    }

    /// All that a case can say more or otherwise with one change.
    pub(super) fn options(
        &self,
        words: &Vocabulary,
        sketch: &Sketch,
        most_rows: usize,
    ) -> Vec<Change> {
        let mut options = Vec::new();
        for id in self.attributes.iter().filter(|id| can_be_stated(words, **id)) {
            let declared = words.attribute(*id);
            let values = self.values(words, *id, sketch.today);
            for row in rows(words, declared.entity, sketch) {
                let target = Target::Attribute(*id, row);
                options.extend(values.iter().map(|one| Change::suppose(target.clone(), *one)));
            }
        }
        for id in &self.relations {
            let count = words.domain(words.relation(*id).kind).members.len();
            let members = |target: Target| {
                (0..count).map(move |at| Change::suppose(target.clone(), Possible::Choice(1 << at)))
            };
            options.extend(ties(words, *id, sketch).into_iter().flat_map(members));
        }
        for entity in self.listed(words) {
            if !sketch.complete.contains(&entity) {
                options.push(Change::Complete(entity, true));
            }
            let count = sketch.rows.iter().filter(|(of, _)| *of == entity).count();
            if count < most_rows {
                options.push(Change::AddRow(entity, new_row(words, entity, sketch)));
            }
        }
        options.extend(sketch.facts.keys().map(|target| Change::Unset(target.clone())));
        let said = |change: &Change| match change {
            Change::State { target, effect: crate::change::Effect::Set(possible), .. } => {
                sketch.facts.get(target) == Some(possible)
            }
            _ => false,
        };
        options.retain(|change| !said(change));
        options
    }

    fn values(&self, words: &Vocabulary, id: AttributeId, today: Option<i64>) -> Vec<Possible> {
        let exactly = |value: i64| Possible::Range { low: value, high: value };
        match words.attribute(id).kind {
            Type::Choice(domain) => {
                let count = words.domain(domain).members.len();
                (0..count).map(|member| Possible::Choice(1 << member)).collect()
            }
            Type::Set(domain) => {
                let all = words.members_of(domain);
                let single = (0..words.domain(domain).members.len()).map(|member| 1 << member);
                std::iter::once(0)
                    .chain(single)
                    .map(|held| Possible::Set { may_include: held, may_exclude: all & !held })
                    .collect()
            }
            Type::Number => {
                let near = self.numbers.get(&id).into_iter().flatten();
                let around = near.flat_map(|at| [at - NUMBER_UNIT, *at, at + NUMBER_UNIT]);
                let values: BTreeSet<i64> = around.chain([0, NUMBER_UNIT]).collect();
                values.into_iter().map(exactly).collect()
            }
            Type::Date => {
                let today = today.unwrap_or(TODAY);
                let years = self.years.get(&id).into_iter().flatten();
                let around = years.flat_map(|at| [-at - 1, -at, 1 - at, at - 1, *at, at + 1]);
                let days = around.filter_map(|years| day_in(today, years));
                let near = self.numbers.get(&id).into_iter().flatten();
                let near = near.flat_map(|day| [day - 1, *day, day + 1]);
                let values: BTreeSet<i64> = days.chain(near).chain([today]).collect();
                values.into_iter().map(exactly).collect()
            }
        }
    }
}

fn attribute_of(term: &Term) -> Option<AttributeId> {
    match term {
        Term::Attribute(id, _) => Some(*id),
        _ => None,
    }
}

fn day_in(today: i64, years: i64) -> Option<i64> {
    let span = jiff::Span::new().try_years(years).ok()?;
    Some(day_number(date_of_day(today)?.checked_add(span).ok()?))
}

/// The ids of the rows of an entity.
fn rows(words: &Vocabulary, entity: EntityId, sketch: &Sketch) -> Vec<String> {
    match words.entity(entity).kind {
        EntityKind::One => vec![String::new()],
        EntityKind::Members(domain) => {
            words.domain(domain).members.iter().map(|member| member.name.clone()).collect()
        }
        EntityKind::Many => {
            let own = sketch.rows.iter().filter(|(of, _)| *of == entity);
            own.map(|(_, id)| id.clone()).collect()
        }
    }
}

/// The facts that a relation of listed rows has.
fn ties(words: &Vocabulary, id: RelationId, sketch: &Sketch) -> BTreeSet<Target> {
    let [first, second] = words.relation(id).entities;
    let others = rows(words, second, sketch);
    let pairs = rows(words, first, sketch).into_iter().flat_map(|a| {
        let itself = |b: &&String| first != second || **b != a;
        let targets = others.iter().filter(itself).map(|b| tie(words, id, &a, b));
        targets.collect::<Vec<_>>()
    });
    pairs.collect()
}

/// A row that the case does not have: `party_a`, `party_b`.
pub(super) fn new_row(words: &Vocabulary, entity: EntityId, sketch: &Sketch) -> RowName {
    let name = &words.entity(entity).name;
    let ids = ('a'..='z').map(|letter| format!("{name}_{letter}"));
    let taken = |id: &String| sketch.rows.iter().any(|(_, other)| other == id);
    let id = { ids }.find(|id| !taken(id)).unwrap_or_else(|| format!("{name}_other"));
    RowName { name: id.replace('_', " "), id, plural: false }
}
