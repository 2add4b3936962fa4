//! Cases to blocks and planes back to models: which cases are worked out together, and who is believed in disputes.
#![expect(
    clippy::excessive_nesting,
    reason = "loops over cases, rows and words lie within each other"
)]

use std::collections::BTreeMap;

use crate::facts::Facts;
use crate::knowledge::{EntityId, EntityKind, RuleId};
use crate::truth::Truth;
use crate::value::Possible;

use super::by_case::{ByCase, Spare};
use super::by_row::ByRow;
use super::evaluate::Evaluator;
use super::firing::{Firing, firing};
use super::kernel::{Kernel, ones};
use super::leaf;
use super::meter::Meter;
use super::{Conclusion, Layout, Limit, Limits, Model, Plan, Relationship, Status, Subject};

/// Words per lane in a block of many cases.
const WIDE: usize = 16;
/// With more rows of an entity than this, planes of pairs are laid out by row.
const MANY_ROWS: usize = 64;
/// Predicates with more entries are not kept in models.
const MANY_ENTRIES: u64 = 16_000_000;

/// What to do with a block of cases, given by their positions.
pub(super) trait Job {
    fn run<K: Kernel>(&mut self, plan: &Plan, kernel: K, cases: &[usize]) -> Result<(), Limit>;
}

/// Runs a job on all cases, block by block.
pub(super) fn run(plan: &Plan, facts: &[&Facts], job: &mut impl Job) -> Result<(), Limit> {
    let words = &plan.vocabulary;
    let many: Vec<EntityId> = (0..words.entities.len())
        .map(EntityId)
        .filter(|entity| words.entity(*entity).kind == EntityKind::Many)
        .collect();
    let mut shapes: Vec<(Vec<usize>, usize)> = facts
        .iter()
        .enumerate()
        .map(|(at, facts)| (many.iter().map(|&entity| leaf::rows(facts, entity)).collect(), at))
        .collect();
    shapes.sort();
    let (small, large): (Vec<_>, Vec<_>) = shapes.into_iter().partition(|(shape, _)| {
        let by_row = plan.layout.unwrap_or(if shape.iter().any(|rows| *rows > MANY_ROWS) {
            Layout::ByRow
        } else {
            Layout::ByCase
        });
        by_row == Layout::ByCase
    });
    let (narrow, wide) = (Spare::default(), Spare::default());
    for chunk in small.chunks(64 * WIDE) {
        let cases: Vec<usize> = chunk.iter().map(|(_, at)| *at).collect();
        let block: Vec<&Facts> = cases.iter().filter_map(|&at| facts.get(at).copied()).collect();
        if cases.len() <= 64 {
            job.run(plan, ByCase::<1>::new(words, block, &plan.asked, &narrow), &cases)?;
        } else {
            job.run(plan, ByCase::<WIDE>::new(words, block, &plan.asked, &wide), &cases)?;
        }
    }
    for (_, at) in large {
        if let Some(facts) = facts.get(at) {
            job.run(plan, ByRow::new(words, facts), &[at])?;
        }
    }
    Ok(())
}

/// Models of all cases; `whole` with definitions.
pub(super) fn models(
    plan: &Plan,
    facts: &[&Facts],
    limits: Limits,
    whole: bool,
) -> Result<Vec<Model>, Limit> {
    let disputed = disputes(plan, facts, limits)?;
    let mut meter = Meter::new(limits);
    let mut job = ModelJob {
        facts,
        whole,
        disputed: &disputed,
        meter: &mut meter,
        models: vec![Model::default(); facts.len()],
    };
    run(plan, facts, &mut job)?;
    let mut models = job.models;
    for (case, model) in models.iter_mut().enumerate() {
        model.conclusions.sort_by(|a, b| (a.rule, &a.subject).cmp(&(b.rule, &b.subject)));
        if let Some(disputes) = disputed.get(&case) {
            contest(plan, model, disputes);
        }
    }
    Ok(models)
}

/// What fires in a case if one speaker is believed, sorted.
type Disputes = Vec<Firing>;

fn disputes(
    plan: &Plan,
    facts: &[&Facts],
    limits: Limits,
) -> Result<BTreeMap<usize, Disputes>, Limit> {
    let mut owners = Vec::new();
    let mut believed = Vec::new();
    for (case, facts) in facts.iter().enumerate() {
        for speaker in facts.speakers() {
            owners.push(case);
            believed.push(facts.believing(speaker));
        }
    }
    let mut disputed: BTreeMap<usize, Disputes> = BTreeMap::new();
    if believed.is_empty() {
        return Ok(disputed);
    }
    let believed: Vec<&Facts> = believed.iter().collect();
    for (owner, found) in owners.into_iter().zip(firing(plan, &believed, limits)?) {
        disputed.entry(owner).or_default().extend(found);
    }
    for disputes in disputed.values_mut() {
        disputes.sort_unstable();
        disputes.dedup();
    }
    Ok(disputed)
}

/// Adds what is contested and not even open. What is open was marked when it was read out.
fn contest(plan: &Plan, model: &mut Model, disputes: &Disputes) {
    let mut added = Vec::new();
    for firing in disputes {
        let rule = firing.rule();
        let count = plan.rules.get(rule.0).map_or(0, |rule| rule.frame.len());
        let subject: Subject = firing.subject().into_iter().take(count).collect();
        let known = model
            .conclusions
            .binary_search_by(|other| (other.rule, &other.subject).cmp(&(rule, &subject)));
        if known.is_err() {
            added.push(Conclusion { rule, subject, status: Status::Contested });
        }
    }
    model.conclusions.extend(added);
    model.conclusions.sort_by(|a, b| (a.rule, &a.subject).cmp(&(b.rule, &b.subject)));
}

struct ModelJob<'m> {
    facts: &'m [&'m Facts],
    whole: bool,
    disputed: &'m BTreeMap<usize, Disputes>,
    meter: &'m mut Meter,
    models: Vec<Model>,
}

impl Job for ModelJob<'_> {
    fn run<K: Kernel>(&mut self, plan: &Plan, kernel: K, cases: &[usize]) -> Result<(), Limit> {
        let most_open = self.meter.limits.open_subjects as u64;
        let mut evaluator = Evaluator::new(plan, kernel, true, self.meter);
        evaluator.fixpoints()?;
        let (models, disputed) = (&mut self.models, self.disputed);
        let mut opens = vec![(RuleId(0), 0_u64); cases.len()];
        evaluator.rules(true, &mut |rule, status, rows, lane| {
            for case in ones(lane) {
                let Some(&at) = cases.get(case) else { return };
                let (Some(model), Some(open)) = (models.get_mut(at), opens.get_mut(case)) else {
                    return;
                };
                let mut status = status;
                if status == Status::Open {
                    let key = Firing::new(rule, rows);
                    if disputed.get(&at).is_some_and(|keys| keys.binary_search(&key).is_ok()) {
                        status = Status::Contested;
                    } else {
                        *open = if open.0 == rule { (rule, open.1 + 1) } else { (rule, 1) };
                    }
                    if status == Status::Open && open.1 > most_open {
                        *model.uncounted.entry(rule).or_default() += 1;
                        continue;
                    }
                }
                model.conclusions.push(Conclusion {
                    rule,
                    subject: Subject::from_slice(rows),
                    status,
                });
            }
        })?;
        if self.whole {
            definitions(plan, &mut evaluator, self.facts, cases, models)?;
        }
        Ok(())
    }
}

/// Reads out predicates and derived attributes.
fn definitions<K: Kernel>(
    plan: &Plan,
    evaluator: &mut Evaluator<'_, K>,
    facts: &[&Facts],
    cases: &[usize],
    models: &mut [Model],
) -> Result<(), Limit> {
    for predicate in &plan.predicates {
        let frame = predicate.frame.as_slice();
        let mut tables: Vec<Relationship> =
            cases.iter().map(|&case| table(frame, facts.get(case).copied())).collect();
        let [certain, possible] = &predicate.bounds;
        if evaluator.kernel().size(frame) <= MANY_ENTRIES {
            for (wire, truth) in [(possible, Truth::Open), (certain, Truth::True)] {
                let plane = evaluator.joint(frame, std::slice::from_ref(wire))?;
                evaluator.kernel().visit(frame, &plane, &mut |rows, lane| {
                    for case in ones(lane) {
                        if let Some(table) = tables.get_mut(case) {
                            mark(table, rows, truth);
                        }
                    }
                });
            }
        } else {
            for table in &mut tables {
                table.truths.clear();
            }
        }
        for (table, &case) in tables.into_iter().zip(cases) {
            if let Some(model) = models.get_mut(case) {
                model.predicates.push(table);
            }
        }
    }
    derived(plan, evaluator, facts, cases, models)
}

/// The truths of a predicate in a case, at first all false.
fn table(frame: &[EntityId], facts: Option<&Facts>) -> Relationship {
    let rows = |entity: &EntityId| facts.map_or(0, |facts| leaf::rows(facts, *entity));
    let sizes: Vec<usize> = frame.iter().map(rows).collect();
    Relationship { truths: vec![Truth::False; sizes.iter().product()], sizes }
}

/// Enters a truth, if the case has these rows.
fn mark(table: &mut Relationship, rows: &[usize], truth: Truth) {
    if rows.iter().zip(&table.sizes).any(|(row, size)| row >= size) {
        return;
    }
    let index = rows.iter().zip(&table.sizes).fold(0, |index, (row, size)| index * size + row);
    if let Some(entry) = table.truths.get_mut(index) {
        *entry = truth;
    }
}

fn derived<K: Kernel>(
    plan: &Plan,
    evaluator: &mut Evaluator<'_, K>,
    facts: &[&Facts],
    cases: &[usize],
    models: &mut [Model],
) -> Result<(), Limit> {
    for derived in &plan.derived {
        let frame = derived.frame.as_slice();
        let mut planes = Vec::new();
        for value in &derived.values {
            planes.push(evaluator.joint(frame, std::slice::from_ref(value))?);
        }
        for (lane, &case) in cases.iter().enumerate() {
            let (Some(facts), Some(model)) = (facts.get(case), models.get_mut(case)) else {
                continue;
            };
            let count = frame.first().map_or(1, |entity| leaf::rows(facts, *entity));
            let values = (0..count).map(|row| {
                let at = [row];
                let rows = at.get(..frame.len()).unwrap_or(&[]);
                let may = planes
                    .iter()
                    .enumerate()
                    .filter(|(_, plane)| evaluator.kernel().get(frame, plane, lane, rows));
                Possible::Choice(may.fold(0, |all, (value, _)| all | 1 << (value & 63)))
            });
            model.derived.insert(derived.attribute, values.collect());
        }
    }
    Ok(())
}
