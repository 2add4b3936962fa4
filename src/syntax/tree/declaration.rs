//! Declarations in the tree: scales and enums, entities, relations, risks, actions, questions, passages declined, caveats.
//! Whether their names clash or exist is left to the compiler.

use crate::source::Span;
use crate::syntax::tree::{Block, Citation, Literal, Name, Text, Type};

/// A scale (ordered, lowest first) or an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Whether the members are ordered.
    pub ordered: bool,
    /// Its name.
    pub name: Name,
    /// Its members.
    pub members: Vec<Member>,
}

/// A member of a scale or enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// How texts call it, where that is not its name with spaces for underscores.
    pub wording: Option<Text>,
    /// Fixed texts and values: `{ typical state  remedy "…" }`.
    pub fields: Vec<(Name, FieldValue)>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
}

/// A fixed value or text of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// A text for use in texts.
    Text(Text),
    /// A member of another scale or enum, or `yes`, `no`.
    Name(Name),
}

/// What kind of rows an item declares attributes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// `entity`: many per case, with ids.
    Many,
    /// `one`: one per case.
    One,
    /// `attributes of`: the members of an enum or scale.
    Members,
}

/// An entity with its attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What kind of rows.
    pub kind: EntityKind,
    /// Its name, or the name of the enum.
    pub name: Name,
    /// What it is, in words; none for `attributes of`.
    pub label: Option<Text>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// The whole item.
    pub span: Span,
}

/// `key yes_no default no "…" cites q.1-2a`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub kind: Type,
    /// What holds where a case says nothing.
    pub default: Option<Default>,
    /// What can change it.
    pub changes: Option<Changes>,
    /// The question an officer answers; may use `{self}`.
    pub question: Option<Text>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
}

/// What holds where a case says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Default {
    /// `default no`: a value; for a set-valued attribute `no` means none of the members.
    Value(Literal),
}

/// What can change a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// `changes by acting`: those concerned can bring it about.
    ByActing,
    /// `changes by itself`: it can be found out, and nobody here decides it.
    ByItself,
    /// `never changes`.
    Never,
}

/// `relation credible(party who, party to) level symmetric default low "…"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its name.
    pub name: Name,
    /// Exactly two: entity and role name.
    pub roles: Vec<Parameter>,
    /// Its type.
    pub kind: Type,
    /// Whether the order of the two does not matter.
    pub symmetric: bool,
    /// What holds where a case says nothing.
    pub default: Option<Default>,
    /// What can change it.
    pub changes: Option<Changes>,
    /// The question an officer answers; may use `{role}`.
    pub question: Option<Text>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// The whole item.
    pub span: Span,
}

/// `party p`: an entity and a name for one of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The entity, or the enum whose members are meant.
    pub entity: Name,
    /// The variable or role.
    pub name: Name,
}

/// `risk boycott "Key parties stay away"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// Its id.
    pub name: Name,
    /// What it is.
    pub title: Text,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
}

/// `action co-sponsor "…" { stage convening  after map-relations  opposes show-results "…" }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub name: Name,
    /// What to do.
    pub title: Text,
    /// The stage it belongs to.
    pub stage: Option<Name>,
    /// Actions that come before it.
    pub after: Vec<Name>,
    /// Actions that it pulls against, with why.
    pub opposes: Vec<(Name, Text)>,
    /// What holds where a case says nothing about it: `default no`.
    pub default: Option<Default>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
}

/// `question whats-in-it "…" { stage …  cites …  answered when { … } }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub name: Name,
    /// The question.
    pub title: Text,
    /// The stage it belongs to.
    pub stage: Option<Name>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// What answers it.
    pub answered: Option<Block>,
}

/// `declines form.own-product-trust "The pack advises on partnerships of all three sectors."`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declines {
    /// The passages, at least one.
    pub passages: Vec<Citation>,
    /// Why the pack leaves them out.
    pub reason: Text,
}

/// `caveat no-recipe "No two partnerships go the same way." { stage …  cites … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caveat {
    /// Its id.
    pub name: Name,
    /// What to bear in mind.
    pub text: Text,
    /// The stage it belongs to.
    pub stage: Option<Name>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
}
