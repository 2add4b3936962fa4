//! The words of one pack in those of another, by their names. What the other has no word for is left out.

use crate::change::Target;
use crate::knowledge::{AttributeId, DomainId, EntityId, RelationId, Type, Vocabulary};
use crate::value::{Members, Possible};

/// From one vocabulary to another.
pub(super) struct Translation {
    entities: Vec<Option<EntityId>>,
    attributes: Vec<Option<AttributeId>>,
    relations: Vec<Option<RelationId>>,
    kinds: Vec<Type>,
    tie_kinds: Vec<DomainId>,
    /// Per domain, where each member stands in the other.
    members: Vec<Vec<Option<usize>>>,
}

impl Translation {
    /// From the words of one pack to those of another.
    pub(super) fn new(from: &Vocabulary, to: &Vocabulary) -> Translation {
        let members = from.domains.iter().map(|domain| {
            let other = to.domains.iter().find(|other| other.name == domain.name);
            let place = |name: &String| {
                other.and_then(|other| other.members.iter().position(|it| it.name == *name))
            };
            domain.members.iter().map(|member| place(&member.name)).collect()
        });
        Translation {
            entities: from.entities.iter().map(|entity| to.find_entity(&entity.name)).collect(),
            attributes: (0..from.attributes.len()).map(|at| attribute(from, to, at)).collect(),
            relations: from.relations.iter().map(|one| to.find_relation(&one.name)).collect(),
            kinds: from.attributes.iter().map(|attribute| attribute.kind).collect(),
            tie_kinds: from.relations.iter().map(|relation| relation.kind).collect(),
            members: members.collect(),
        }
    }

    pub(super) fn entity(&self, id: EntityId) -> Option<EntityId> {
        *self.entities.get(id.0)?
    }

    /// What a fact is about.
    pub(super) fn target(&self, target: &Target) -> Option<Target> {
        match target {
            Target::Attribute(id, row) => {
                Some(Target::Attribute((*self.attributes.get(id.0)?)?, row.clone()))
            }
            Target::Tie(id, a, b) => {
                Some(Target::Tie((*self.relations.get(id.0)?)?, a.clone(), b.clone()))
            }
        }
    }

    /// What is possible of a fact; nothing where the other has no words for it.
    pub(super) fn possible(&self, target: &Target, possible: Possible) -> Option<Possible> {
        let domain = match target {
            Target::Attribute(id, _) => match self.kinds.get(id.0)? {
                Type::Choice(domain) | Type::Set(domain) => *domain,
                Type::Number | Type::Date => return Some(possible),
            },
            Target::Tie(id, ..) => *self.tie_kinds.get(id.0)?,
        };
        match possible {
            Possible::Choice(members) => Some(Possible::Choice(self.chosen(domain, members)?)),
            Possible::Set { may_include, may_exclude } => Some(Possible::Set {
                may_include: self.chosen(domain, may_include)?,
                may_exclude: self.chosen(domain, may_exclude)?,
            }),
            Possible::Range { .. } => Some(possible),
        }
    }

    fn chosen(&self, domain: DomainId, members: Members) -> Option<Members> {
        let places = self.members.get(domain.0)?.iter().enumerate();
        let mut chosen = 0;
        for (_, place) in places.filter(|(at, _)| members >> at & 1 == 1) {
            chosen |= 1 << (*place)?;
        }
        Some(chosen)
    }
}

/// The attribute of the same entity, name and type; of an action, what records it for the same rows.
fn attribute(from: &Vocabulary, to: &Vocabulary, at: usize) -> Option<AttributeId> {
    let own = from.attributes.get(at)?;
    let entity = to.find_entity(&from.entity(own.entity).name)?;
    let found = to.attributes.iter().position(|other| {
        other.entity == entity
            && other.name == own.name
            && other.action.is_some() == own.action.is_some()
            && other.fixed.is_some() == own.fixed.is_some()
    })?;
    let kinds = [own.kind, to.attribute(AttributeId(found)).kind];
    let same = match kinds {
        [Type::Choice(a), Type::Choice(b)] | [Type::Set(a), Type::Set(b)] => {
            from.domain(a).name == to.domain(b).name
        }
        [a, b] => a == b,
    };
    same.then_some(AttributeId(found))
}
