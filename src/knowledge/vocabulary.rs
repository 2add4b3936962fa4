//! What may be said of a case: domains of values, entities with their attributes, relations.

use crate::source::Span;
use crate::value::{Members, Possible, all_members};

use super::advice::Template;
use super::{CitationId, id};

id!(DomainId, "a scale or enum");
id!(EntityId, "an entity");
id!(AttributeId, "an attribute");
id!(RelationId, "a relation");

/// The words of a knowledge base.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Scales and enums. The first is always `yes_no` with the members `no` and `yes`; the rest go by name.
    pub domains: Vec<Domain>,
    /// Entities by name: what a case has rows of, and one for the members of each declared domain.
    pub entities: Vec<Entity>,
    /// Attributes by entity, then name. Actions are attributes too: see [`super::Action`].
    pub attributes: Vec<Attribute>,
    /// Relations by name.
    pub relations: Vec<Relation>,
}

/// A scale or enum.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Its name.
    pub name: String,
    /// Whether it is a scale: its members run from lowest to highest.
    pub ordered: bool,
    /// Its members in the order of their declaration, at most 64.
    pub members: Vec<DomainMember>,
    /// The entity whose rows are the members; none for `yes_no`.
    pub rows: Option<EntityId>,
    /// Where it stands; none for `yes_no`.
    pub span: Option<Span>,
}

/// A member of a domain.
#[derive(Debug, Clone)]
pub struct DomainMember {
    /// Its name, as in case files.
    pub name: String,
    /// How texts call it.
    pub wording: String,
    /// Fixed texts and values.
    pub fields: Vec<(String, Field)>,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// Where it stands; none for those of `yes_no`.
    pub span: Option<Span>,
}

/// A fixed text or value of a member.
#[derive(Debug, Clone)]
pub enum Field {
    /// A text, for use in texts.
    Text(Template),
    /// A member of a domain. It is also an attribute of the members' entity, with `fixed` values.
    Value(DomainId, usize),
}

/// What a case has rows of.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// What it is, in words.
    pub label: String,
    /// How its rows come about.
    pub kind: EntityKind,
    /// Where it stands; none for members of a domain without own attributes, and for the row of actions.
    pub span: Option<Span>,
}

/// How the rows of an entity come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// Listed by the case, with ids; unless the case says `complete`, one unlisted row stands for all others.
    Many,
    /// Exactly one row.
    One,
    /// The members of a domain, in order.
    Members(DomainId),
}

/// The type of an attribute or relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// A member of a domain; `yes_no` is domain 0.
    Choice(DomainId),
    /// A set of members of a domain.
    Set(DomainId),
    /// An exact number, in millionths.
    Number,
    /// A day.
    Date,
}

impl Type {
    /// `yes_no`.
    pub const YES_NO: Type = Type::Choice(DomainId(0));
}

/// What can change a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Changes {
    /// Those concerned can bring it about.
    ByActing,
    /// It can be found out, and nobody here decides it.
    #[default]
    ByItself,
    /// It is once and for all what it is.
    Never,
}

/// An attribute of an entity.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub entity: EntityId,
    /// Its type.
    pub kind: Type,
    /// What holds where a case says nothing; every value where the vocabulary has no default.
    pub background: Possible,
    /// Whether `background` comes from a declared default.
    pub has_default: bool,
    /// Values per member for a field of a domain's members; a case cannot state them.
    pub fixed: Option<Vec<usize>>,
    /// Whether it is worked out by a derivation unless the case states it.
    pub derived: bool,
    /// What can change it.
    pub changes: Changes,
    /// The action whose taking it records, if it is one of those; a case says it with `did`.
    pub action: Option<super::ActionId>,
    /// The question an officer answers.
    pub question: Option<Template>,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// Where it stands.
    pub span: Option<Span>,
}

/// A relation between two rows.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name.
    pub name: String,
    /// The entities of its two roles, both `Many`, or one `Many` and one members of a domain.
    pub entities: [EntityId; 2],
    /// The names of its two roles.
    pub roles: [String; 2],
    /// Its type: a `Choice`.
    pub kind: DomainId,
    /// Whether the order of the two does not matter.
    pub symmetric: bool,
    /// What holds where a case says nothing; every value where the vocabulary has no default.
    pub background: Possible,
    /// Whether `background` comes from a declared default.
    pub has_default: bool,
    /// What can change it.
    pub changes: Changes,
    /// The question an officer answers.
    pub question: Option<Template>,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// Where it stands.
    pub span: Span,
}

impl Vocabulary {
    /// The domain of yes and no.
    pub const YES_NO: DomainId = DomainId(0);

    /// The domain with this id; `yes_no` where it is of another vocabulary.
    ///
    /// # Panics
    /// Where the vocabulary is empty: a compiled one has `yes_no` at least.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the lists they index")]
    pub fn domain(&self, id: DomainId) -> &Domain {
        &self.domains[id.0]
    }

    /// The entity with this id.
    ///
    /// # Panics
    /// Where the id is of another vocabulary.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the lists they index")]
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0]
    }

    /// The attribute with this id.
    ///
    /// # Panics
    /// Where the id is of another vocabulary.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the lists they index")]
    pub fn attribute(&self, id: AttributeId) -> &Attribute {
        &self.attributes[id.0]
    }

    /// The relation with this id.
    ///
    /// # Panics
    /// Where the id is of another vocabulary.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the lists they index")]
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.0]
    }

    /// The entity with this name.
    #[must_use]
    pub fn find_entity(&self, name: &str) -> Option<EntityId> {
        self.entities.iter().position(|entity| entity.name == name).map(EntityId)
    }

    /// The attribute of an entity with this name; recorded actions are not found by name.
    #[must_use]
    pub fn find_attribute(&self, entity: EntityId, name: &str) -> Option<AttributeId> {
        self.attributes
            .iter()
            .position(|attribute| {
                attribute.entity == entity && attribute.name == name && attribute.action.is_none()
            })
            .map(AttributeId)
    }

    /// The relation with this name.
    #[must_use]
    pub fn find_relation(&self, name: &str) -> Option<RelationId> {
        self.relations.iter().position(|relation| relation.name == name).map(RelationId)
    }

    /// The attribute that records whether an action was taken for rows of an entity (for `None`: at all).
    #[must_use]
    pub fn find_done(
        &self,
        action: super::ActionId,
        entity: Option<EntityId>,
    ) -> Option<AttributeId> {
        self.attributes
            .iter()
            .position(|attribute| {
                attribute.action == Some(action)
                    && match entity {
                        Some(entity) => attribute.entity == entity,
                        None => self.entity(attribute.entity).kind == EntityKind::One,
                    }
            })
            .map(AttributeId)
    }

    /// Every value of a type.
    #[must_use]
    pub fn everything(&self, kind: Type) -> Possible {
        match kind {
            Type::Choice(domain) => Possible::Choice(self.members_of(domain)),
            Type::Set(domain) => {
                let all = self.members_of(domain);
                Possible::Set { may_include: all, may_exclude: all }
            }
            Type::Number | Type::Date => Possible::Range { low: i64::MIN, high: i64::MAX },
        }
    }

    /// All members of a domain.
    #[must_use]
    pub fn members_of(&self, domain: DomainId) -> Members {
        all_members(self.domain(domain).members.len())
    }
}
