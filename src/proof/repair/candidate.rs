//! One change that a repair may be made of, in a form that can be compared and put in order.

use crate::change::{Change, Effect, Target, changed, supposed};
use crate::facts::{Facts, RowName};
use crate::knowledge::EntityId;
use crate::value::{Members, Possible};

use super::super::evaluate::View;
use super::super::wording::spaced;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Candidate {
    /// One more row of an entity.
    Row(EntityId),
    /// The list of an entity is complete.
    Close(EntityId),
    /// A fact is this.
    Set(Target, Possible),
    /// A set has this member.
    Add(Target, Members),
    /// A set has none of these members.
    Remove(Target, Members),
}

impl Candidate {
    /// The fact that it is about.
    pub(super) fn target(&self) -> Option<&Target> {
        match self {
            Candidate::Row(_) | Candidate::Close(_) => None,
            Candidate::Set(target, _)
            | Candidate::Add(target, _)
            | Candidate::Remove(target, _) => Some(target),
        }
    }

    /// The change as data.
    pub(super) fn change(&self, view: View<'_>) -> Change {
        let state = |target: &Target, effect| Change::State {
            target: target.clone(),
            effect,
            record: supposed(),
        };
        match self {
            Candidate::Row(entity) => Change::AddRow(*entity, new_row(view, *entity)),
            Candidate::Close(entity) => Change::Complete(*entity, true),
            Candidate::Set(target, possible) => state(target, Effect::Set(*possible)),
            Candidate::Add(target, members) => state(target, Effect::Add(*members)),
            Candidate::Remove(target, members) => state(target, Effect::Remove(*members)),
        }
    }

    /// The same as far as what is held leaves it possible; none where that excludes it.
    pub(super) fn within(&self, held: Possible) -> Option<Candidate> {
        match (self, held) {
            (Candidate::Set(target, possible), held) => {
                Some(Candidate::Set(target.clone(), possible.meet(held)?))
            }
            (Candidate::Add(_, members), Possible::Set { may_include, .. }) => {
                (members & !may_include == 0).then(|| self.clone())
            }
            (Candidate::Remove(_, members), Possible::Set { may_exclude, .. }) => {
                (members & !may_exclude == 0).then(|| self.clone())
            }
            _ => None,
        }
    }

    /// Whether it says no more than another about the same.
    fn says_no_more_than(&self, other: &Candidate) -> bool {
        match (self, other) {
            (Candidate::Set(a, wide), Candidate::Set(b, narrow)) => a == b && narrow.within(*wide),
            (Candidate::Remove(a, few), Candidate::Remove(b, many)) => a == b && few & !many == 0,
            _ => self == other,
        }
    }
}

/// A set of changes with one more, or with one made narrower; none where they contradict each other.
pub(super) fn with(set: &[Candidate], more: &Candidate) -> Option<Vec<Candidate>> {
    let mut next: Vec<Candidate> = set.to_vec();
    let same = |other: &Candidate| more.target().is_some() && more.target() == other.target();
    if let Some(place) = next.iter_mut().find(|other| same(other)) {
        match (&*place, more) {
            (Candidate::Set(_, held), Candidate::Set(_, wanted)) => {
                let met = wanted.meet(*held).filter(|met| met != held)?;
                *place = Candidate::Set(more.target()?.clone(), met);
                next.sort();
                return Some(next);
            }
            (Candidate::Set(..), _) | (_, Candidate::Set(..)) => return None,
            (Candidate::Add(_, a), Candidate::Remove(_, b))
            | (Candidate::Remove(_, a), Candidate::Add(_, b))
                if a & b != 0 =>
            {
                return None;
            }
            _ => {}
        }
    }
    if next.contains(more) {
        return None;
    }
    next.push(more.clone());
    next.sort();
    Some(next)
}

/// Whether a set of changes asks for no more than another.
pub(super) fn covers(set: &[Candidate], other: &[Candidate]) -> bool {
    set.iter().all(|one| other.iter().any(|other| one.says_no_more_than(other)))
}

/// The facts with changes made.
pub(super) fn applied(view: View<'_>, set: &[Candidate]) -> Facts {
    let changes: Vec<Change> = set.iter().map(|candidate| candidate.change(view)).collect();
    changed(&view.kb.vocabulary, view.facts, &changes)
}

/// A row that the case does not have.
pub(super) fn new_row(view: View<'_>, entity: EntityId) -> RowName {
    let name = &view.kb.vocabulary.entity(entity).name;
    let id = format!("another-{}", name.replace('_', "-"));
    let taken = |id: &String| view.facts.find_row(entity, id).is_some();
    let mut ids = std::iter::once(id.clone()).chain((2..).map(|number| format!("{id}-{number}")));
    let id = ids.find(|id| !taken(id)).unwrap_or(id);
    RowName { id, name: format!("another {}", spaced(name)), plural: false }
}
