//! A case read back after an edit: the meant fact is there, and every other fact is as it was.

use crate::change::{Change, Target, changed, state};
use crate::facts::{Cell, Evidence, Facts, Record};
use crate::knowledge::{AttributeId, EntityId, EntityKind, RelationId, Vocabulary};
use crate::source::Span;
use crate::value::Possible;

use super::super::{Case, Filter, facts};
use super::{Answer, Edit, Said};

/// Whether the second case, read back, differs from the first just by the edit.
pub(super) fn is_as_meant(
    vocabulary: &Vocabulary,
    [before, after]: [&Case; 2],
    edit: &Edit,
) -> bool {
    let look = |case: &Case| facts(case, vocabulary, &case.end(), &Filter::default());
    let [mut was, is] = [before, after].map(look);
    let kept = |id: &String| after.sources.iter().any(|source| source.id == *id);
    if !before.sources.iter().all(|source| kept(&source.id)) || before.title != after.title {
        return false;
    }
    match edit {
        Edit::Fact(target, answer, _) => {
            meant(vocabulary, &mut was, target, answer);
            holds(vocabulary, &is, target, answer) && same(vocabulary, [&was, &is], Some(target))
        }
        Edit::Row(row) => {
            let name = crate::facts::RowName {
                id: row.id.clone(),
                name: row.name.clone(),
                plural: row.plural,
            };
            was.add_row(vocabulary, row.entity, name);
            // What was done for all was done for it as well.
            let new = is.find_row(row.entity, &row.id);
            for at in (0..vocabulary.attributes.len()).map(AttributeId) {
                let of_row = vocabulary.attribute(at).entity == row.entity;
                if let Some(new) = new.filter(|_| of_row)
                    && let Some(cell) = is.cell(at, new)
                {
                    was.set(at, new, cell.clone());
                }
            }
            new.is_some() && same(vocabulary, [&was, &is], None)
        }
        Edit::Complete(entity) => {
            let closed = is.rows(*entity).complete;
            was = changed(vocabulary, &was, &[Change::Complete(*entity, true)]);
            closed && same(vocabulary, [&was, &is], None)
        }
        Edit::Source(id, title) => {
            let listed = after.sources.iter().any(|one| one.id == *id && one.title == *title);
            listed && same(vocabulary, [&was, &is], None)
        }
    }
}

/// States in the facts from before what is meant, so that what hangs together with it changes as well.
fn meant(vocabulary: &Vocabulary, facts: &mut Facts, target: &Target, answer: &Answer) {
    let record = Record {
        span: Span::NOWHERE,
        source: answer.source.clone(),
        evidence: Evidence::Reported,
        note: None,
        unknown: answer.said == Said::Unknown,
        says: Vec::new(),
        event: None,
    };
    let possible = possible(vocabulary, target, &answer.said);
    state(facts, vocabulary, target, crate::change::Effect::Set(possible), &record);
}

fn possible(vocabulary: &Vocabulary, target: &Target, said: &Said) -> Possible {
    let everything = vocabulary.everything(target.kind(vocabulary));
    match said {
        Said::Is(possible) => *possible,
        Said::Unknown => everything,
        Said::Disputed(says) => {
            says.iter().map(|(_, what)| *what).reduce(Possible::join).unwrap_or(everything)
        }
    }
}

/// Whether a fact is as the answer has it.
fn holds(vocabulary: &Vocabulary, facts: &Facts, target: &Target, answer: &Answer) -> bool {
    let Some(cell) = cell(vocabulary, facts, target) else { return false };
    let Some(record) = &cell.record else { return false };
    let says: &[(String, Possible)] = match &answer.said {
        Said::Disputed(says) => says,
        _ => &[],
    };
    let is_action =
        matches!(target, Target::Attribute(id, _) if vocabulary.attribute(*id).action.is_some());
    let from = is_action || answer.source.is_none() || record.source == answer.source;
    let unknown = record.unknown == (answer.said == Said::Unknown);
    cell.possible == possible(vocabulary, target, &answer.said)
        && unknown
        && record.says == says
        && from
}

fn cell<'f>(vocabulary: &Vocabulary, facts: &'f Facts, target: &Target) -> Option<&'f Cell> {
    match target {
        Target::Attribute(id, row) => {
            let row = facts.find_row(vocabulary.attribute(*id).entity, row)?;
            facts.cell(*id, row)
        }
        Target::Tie(id, a, b) => {
            let [first, second] = vocabulary.relation(*id).entities;
            let (a, b) = (facts.find_row(first, a)?, facts.find_row(second, b)?);
            facts.tie(vocabulary, *id, a, b)
        }
    }
}

/// Whether all facts are the same, those aside that hang together with a target.
fn same(vocabulary: &Vocabulary, [was, is]: [&Facts; 2], target: Option<&Target>) -> bool {
    let entities = (0..vocabulary.entities.len()).map(EntityId);
    let mut many = entities.filter(|id| vocabulary.entity(*id).kind == EntityKind::Many);
    let rows = many.all(|id| {
        let (was, is) = (was.rows(id), is.rows(id));
        was.list == is.list && was.complete == is.complete
    });
    let action = target.and_then(|target| match target {
        Target::Attribute(id, _) => vocabulary.attribute(*id).action,
        Target::Tie(..) => None,
    });
    let attributes = vocabulary.attributes.iter().enumerate();
    let mut attributes = attributes.filter(|(_, one)| action.is_none() || one.action != action);
    let cells = rows
        && attributes.all(|(at, declared)| {
            let id = AttributeId(at);
            let rows = was.rows(declared.entity).list.iter();
            rows.enumerate().all(|(row, name)| {
            let it =
                matches!(target, Some(Target::Attribute(of, row)) if *of == id && *row == name.id);
            it || alike(was.cell(id, row), is.cell(id, row))
        })
        });
    cells
        && vocabulary.relations.iter().enumerate().all(|(at, declared)| {
            let id = RelationId(at);
            let is_it = |rows: [usize; 2]| {
                let name = |role: usize| {
                    let entity = declared.entities.get(role)?;
                    Some(was.rows(*entity).list.get(*rows.get(role)?)?.id.as_str())
                };
                let Some(Target::Tie(of, a, b)) = target else { return false };
                let ids = (name(0), name(1));
                *of == id && (ids == (Some(a), Some(b)) || ids == (Some(b), Some(a)))
            };
            let all = was.ties_of(id).chain(is.ties_of(id)).map(|(tie, _)| tie);
            all.into_iter()
                .filter(|tie| !is_it(tie.rows))
                .all(|tie| alike(was.ties.get(tie), is.ties.get(tie)))
        })
}

/// Whether two cells say the same, wherever that stands.
fn alike(a: Option<&Cell>, b: Option<&Cell>) -> bool {
    let parts = |cell: &Cell| {
        let record =
            cell.record.as_deref().map(|record| Record { span: Span::NOWHERE, ..record.clone() });
        (cell.possible, record)
    };
    a.map(parts) == b.map(parts)
}
