//! Changes of facts as data, and facts with changes made: a fact set or no longer stated, a row added, a list closed.
//! Pure; knows the vocabulary and nothing of files. Targets go by id, so that a change holds for any facts of the case.

use crate::facts::{Cell, Evidence, Facts, Record, RowName};
use crate::knowledge::{ActionId, AttributeId, EntityId, EntityKind, RelationId, Type, Vocabulary};
use crate::source::Span;
use crate::value::{Members, Possible};

/// What a fact is about. Rows go by id, members by name; the row of a `one` has the empty id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An attribute of a row.
    Attribute(AttributeId, String),
    /// A relation of two rows; a symmetric one has the smaller id first.
    Tie(RelationId, String, String),
}

/// What a statement does to a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// From now on, this is possible.
    Set(Possible),
    /// From now on, these members are in the set.
    Add(Members),
    /// From now on, these members are not in the set.
    Remove(Members),
}

impl Effect {
    /// That an action was taken, or was not.
    #[must_use]
    pub fn taken(taken: bool) -> Effect {
        Effect::Set(Possible::Choice(if taken { 0b10 } else { 0b01 }))
    }

    /// What is possible after it.
    #[must_use]
    pub fn apply(self, held: Possible) -> Possible {
        let (may_include, may_exclude) = match held {
            Possible::Set { may_include, may_exclude } => (may_include, may_exclude),
            _ => (Members::MAX, Members::MAX),
        };
        match self {
            Effect::Set(possible) => possible,
            Effect::Add(members) => Possible::Set {
                may_include: may_include | members,
                may_exclude: may_exclude & !members,
            },
            Effect::Remove(members) => Possible::Set {
                may_include: may_include & !members,
                may_exclude: may_exclude | members,
            },
        }
    }
}

/// One change of the facts of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A fact is stated.
    State {
        /// About what.
        target: Target,
        /// What is said.
        effect: Effect,
        /// Who says it, and where.
        record: Record,
    },
    /// A fact is as if the case had never spoken of it: the vocabulary's default holds, or nothing is known.
    Unset(Target),
    /// There is one more row, of which nothing is said.
    AddRow(EntityId, RowName),
    /// Whether there are no rows but those listed.
    Complete(EntityId, bool),
}

impl Change {
    /// That a fact is this, supposed for the sake of the argument.
    #[must_use]
    pub fn suppose(target: Target, possible: Possible) -> Change {
        Change::State { target, effect: Effect::Set(possible), record: supposed() }
    }
}

/// Who states what is only supposed.
#[must_use]
pub fn supposed() -> Record {
    Record {
        span: Span::NOWHERE,
        source: None,
        evidence: Evidence::Assumed,
        note: None,
        unknown: false,
        says: Vec::new(),
        event: None,
    }
}

/// The facts with changes made: rows first, then in the order of the list. What speaks of a row that is not there changes
/// nothing, nor does a row that is there already, nor a fact that the case states as it is: that keeps its source.
#[must_use]
pub fn changed(vocabulary: &Vocabulary, facts: &Facts, changes: &[Change]) -> Facts {
    let mut facts = facts.clone();
    for change in changes {
        if let Change::AddRow(entity, row) = change {
            facts.add_row(vocabulary, *entity, row.clone());
        }
    }
    for change in changes {
        match change {
            Change::State { target, effect, record } => {
                if !is_so(&facts, vocabulary, target, *effect, record) {
                    state(&mut facts, vocabulary, target, *effect, record);
                }
            }
            Change::Unset(target) => unset(&mut facts, vocabulary, target),
            Change::AddRow(..) => {}
            Change::Complete(entity, complete) => {
                if let Some(rows) = facts.rows.get_mut(entity.0) {
                    rows.complete = *complete;
                }
            }
        }
    }
    facts
}

/// Whether the case states a fact just so already, undisputed.
fn is_so(
    facts: &Facts,
    vocabulary: &Vocabulary,
    target: &Target,
    effect: Effect,
    record: &Record,
) -> bool {
    // What is said of an action without a row is said of all rows.
    if matches!(target, Target::Attribute(id, _) if vocabulary.attribute(*id).action.is_some()) {
        return false;
    }
    let stated = |cell: &&Cell| {
        let held = cell.record.as_ref();
        held.is_some_and(|held| held.unknown == record.unknown && held.says.is_empty())
    };
    let says_nothing_new = record.says.is_empty();
    says_nothing_new
        && held(facts, vocabulary, target)
            .filter(stated)
            .is_some_and(|cell| effect.apply(cell.possible) == cell.possible)
}

/// What is held of a fact; nothing where its rows are not there, or a relation of them is not stated.
fn held<'f>(facts: &'f Facts, vocabulary: &Vocabulary, target: &Target) -> Option<&'f Cell> {
    match target {
        Target::Attribute(id, row) => {
            let row = facts.find_row(vocabulary.attribute(*id).entity, row);
            row.and_then(|row| facts.cell(*id, row))
        }
        Target::Tie(id, a, b) => {
            let [first, second] = vocabulary.relation(*id).entities;
            let rows = facts.find_row(first, a).zip(facts.find_row(second, b));
            rows.and_then(|(a, b)| facts.tie(vocabulary, *id, a, b))
        }
    }
}

/// States one fact, where its rows are there.
pub fn state(
    facts: &mut Facts,
    vocabulary: &Vocabulary,
    target: &Target,
    effect: Effect,
    record: &Record,
) {
    let possible = match (target, effect) {
        (Target::Attribute(..), _) => {
            let Some(held) = held(facts, vocabulary, target) else { return };
            effect.apply(held.possible)
        }
        (Target::Tie(..), Effect::Set(possible)) => possible,
        (Target::Tie(..), Effect::Add(_) | Effect::Remove(_)) => return,
    };
    put(facts, vocabulary, target, Cell { possible, record: Some(Box::new(record.clone())) });
}

/// Puts a cell in its place, where its rows are there.
fn put(facts: &mut Facts, vocabulary: &Vocabulary, target: &Target, cell: Cell) {
    match target {
        Target::Attribute(id, row) => {
            let attribute = vocabulary.attribute(*id);
            let Some(row) = facts.find_row(attribute.entity, row) else { return };
            match attribute.action {
                Some(action) => state_action(facts, vocabulary, (action, *id, row), &cell),
                None => facts.set(*id, row, cell),
            }
        }
        Target::Tie(id, a, b) => {
            let [first, second] = vocabulary.relation(*id).entities;
            let rows = (facts.find_row(first, a), facts.find_row(second, b));
            let (Some(a), Some(b)) = rows else { return };
            facts.set_tie(vocabulary, *id, a, b, cell);
        }
    }
}

/// Takes back what is stated of a fact where something not told to us changed it since: what it was may no longer hold, and
/// what it is we do not know. Nothing happens to a fact that is not stated, or that was stated just so.
pub fn unsettle(facts: &mut Facts, vocabulary: &Vocabulary, target: &Target, effect: Effect) {
    let held = held(facts, vocabulary, target);
    let changes =
        |cell: &&Cell| cell.record.is_some() && effect.apply(cell.possible) != cell.possible;
    let Some(cell) = held.filter(changes).cloned() else { return };
    let everything = vocabulary.everything(target.kind(vocabulary));
    let possible = match effect {
        Effect::Set(_) => everything,
        Effect::Add(_) | Effect::Remove(_) => cell.possible.join(effect.apply(cell.possible)),
    };
    let record = cell.record.filter(|_| possible != everything);
    put(facts, vocabulary, target, Cell { possible, record });
}

/// States of an action whether it was taken, for a row or, in the row of the case, for all there are. Taken for one, it was
/// taken at all.
fn state_action(
    facts: &mut Facts,
    vocabulary: &Vocabulary,
    (action, id, row): (ActionId, AttributeId, usize),
    cell: &Cell,
) {
    let general = is_general(vocabulary, id);
    facts.set(id, row, cell.clone());
    let taken = cell.possible == Possible::Choice(0b10);
    for other in actions(vocabulary, action).filter(|other| *other != id) {
        if !general && is_general(vocabulary, other) && taken {
            facts.set(other, 0, cell.clone());
        }
        if general {
            for row in 0..facts.rows(vocabulary.attribute(other).entity).list.len() {
                facts.set(other, row, cell.clone());
            }
        }
    }
}

/// Records that an action was taken or not: for a row, or for all there are.
pub fn record_action(
    facts: &mut Facts,
    vocabulary: &Vocabulary,
    (action, row, taken): (ActionId, Option<(EntityId, &str)>, bool),
    record: &Record,
) {
    let Some(target) = Target::action(vocabulary, action, row) else { return };
    state(facts, vocabulary, &target, Effect::taken(taken), record);
}

/// The attributes that record one action.
fn actions(vocabulary: &Vocabulary, action: ActionId) -> impl Iterator<Item = AttributeId> {
    let attributes = vocabulary.attributes.iter().enumerate();
    attributes.filter(move |(_, other)| other.action == Some(action)).map(|(at, _)| AttributeId(at))
}

fn is_general(vocabulary: &Vocabulary, attribute: AttributeId) -> bool {
    vocabulary.entity(vocabulary.attribute(attribute).entity).kind == EntityKind::One
}

fn unset(facts: &mut Facts, vocabulary: &Vocabulary, target: &Target) {
    match target {
        Target::Attribute(id, row) => {
            let attribute = vocabulary.attribute(*id);
            if let Some(row) = facts.find_row(attribute.entity, row) {
                facts.set(*id, row, Cell::background(attribute.background));
            }
        }
        Target::Tie(id, a, b) => {
            let [first, second] = vocabulary.relation(*id).entities;
            if let (Some(a), Some(b)) = (facts.find_row(first, a), facts.find_row(second, b)) {
                facts.unset_tie(vocabulary, *id, a, b);
            }
        }
    }
}

impl Target {
    /// That an action was taken, for a row or for all there are; none where it is not recorded so.
    #[must_use]
    pub fn action(
        vocabulary: &Vocabulary,
        action: ActionId,
        row: Option<(EntityId, &str)>,
    ) -> Option<Target> {
        let id = vocabulary.find_done(action, row.map(|(entity, _)| entity))?;
        Some(Target::Attribute(id, row.map_or("", |(_, id)| id).to_owned()))
    }

    /// The type of what it is about.
    #[must_use]
    pub fn kind(&self, vocabulary: &Vocabulary) -> Type {
        match self {
            Target::Attribute(id, _) => vocabulary.attribute(*id).kind,
            Target::Tie(id, ..) => Type::Choice(vocabulary.relation(*id).kind),
        }
    }
}
