//! The syntax tree of a rule file: what was written, with a span on everything, nothing resolved.
//! Sections stand in the order of `grammar/rules.pest`.

mod condition;
mod declaration;
mod definition;
mod example;
mod ground;
mod rule;

use std::collections::BTreeSet;

use crate::source::Span;

pub use condition::{
    Among, Block, Call, Condition, ConditionKind, Extreme, Operand, Order, Quantified, Quantifier,
    Right, Test,
};
pub use declaration::{
    Action, Attribute, Caveat, Changes, Declines, Default, Domain, Entity, EntityKind, FieldValue,
    Member, Parameter, Question, Relation, Risk,
};
pub use definition::{Branch, Cell, Define, Derive, DeriveBody, TableRow};
pub use example::{Example, Expect, ExpectStatus, Given, GivenValue};
pub use ground::{Citation, Literal, Name, Path, Piece, Text, Type};
pub use rule::{Advice, AdviceKind, Qualifies, Ranking, Rule, StageClause, Subject};

/// A rule file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    /// Its items in the order in which they stand.
    pub items: Vec<Item>,
    /// What of it was not understood.
    pub damage: Damage,
}

/// The parts of a file that were not understood, so that what depends on them is not reported as well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Damage {
    /// Items of which at most a part is in the tree.
    pub items: Vec<Span>,
    /// Names that these items may have declared.
    pub names: BTreeSet<String>,
}

/// One top-level item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a file has few items; only rules are many")]
pub enum Item {
    /// `scale level { none low medium high }` or `enum sector { … }`.
    Domain(Domain),
    /// `entity party "…" { … }`, `one issue "…" { … }`, `attributes of sector { … }`.
    Entity(Entity),
    /// `relation credible(party who, party to) level "…"`.
    Relation(Relation),
    /// `risk boycott "…"`.
    Risk(Risk),
    /// `action co-sponsor "…" { … }`.
    Action(Action),
    /// `question whats-in-it "…" { … }`.
    Question(Question),
    /// `declines a.b "…"`.
    Declines(Declines),
    /// `caveat no-recipe "…" { … }`.
    Caveat(Caveat),
    /// `define weak(party p) { … }`.
    Define(Define),
    /// `derive issue.diversity level { … }`.
    Derive(Derive),
    /// `rule convener-not-credible { … }`.
    Rule(Box<Rule>),
    /// `ranking { … }`.
    Ranking(Ranking),
    /// `example "…" { … }`.
    Example(Example),
}

impl Item {
    /// Where it stands: the whole of it, or its name.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Item::Domain(domain) => domain.name.span,
            Item::Entity(entity) => entity.span,
            Item::Relation(relation) => relation.span,
            Item::Risk(Risk { name, .. })
            | Item::Action(Action { name, .. })
            | Item::Question(Question { name, .. })
            | Item::Caveat(Caveat { name, .. }) => name.span,
            Item::Declines(declines) => declines.reason.span,
            Item::Define(define) => define.span,
            Item::Derive(derive) => derive.span,
            Item::Rule(rule) => rule.span,
            Item::Ranking(ranking) => ranking.span,
            Item::Example(example) => example.span,
        }
    }

    /// All places in the guide that it cites.
    #[must_use]
    pub fn cites(&self) -> Vec<&Citation> {
        match self {
            Item::Domain(domain) => domain.members.iter().flat_map(|it| &it.cites).collect(),
            Item::Entity(entity) => entity.attributes.iter().flat_map(|it| &it.cites).collect(),
            Item::Relation(Relation { cites, .. })
            | Item::Risk(Risk { cites, .. })
            | Item::Action(Action { cites, .. })
            | Item::Question(Question { cites, .. })
            | Item::Caveat(Caveat { cites, .. })
            | Item::Define(Define { cites, .. })
            | Item::Derive(Derive { cites, .. }) => cites.iter().collect(),
            Item::Rule(rule) => rule.cites.iter().collect(),
            Item::Declines(_) | Item::Ranking(_) | Item::Example(_) => Vec::new(),
        }
    }
}
