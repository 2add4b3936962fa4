//! The knowledge base: a pack, or several laid over each other, after compilation. One exists only if every name is
//! resolved, every test typed and every definition stratified; nobody downstream checks again.
//! Ids are positions in these lists, which are sorted by name, so nothing depends on the order of files or items.

pub mod advice;
pub mod condition;
pub mod example;
pub mod reads;
pub mod vocabulary;

use std::collections::BTreeMap;

use crate::source::Span;
use crate::value::Members;

pub use advice::{
    Action, ActionId, Advice, AdviceKind, Caveat, Piece, Qualification, Question, Ranking, Risk,
    RiskId, Severity, Template,
};
pub use condition::{
    Comparison, Condition, Extreme, Quantified, Quantifier, Row, Term, Test, Variable, VariableId,
};
pub use example::{Example, Expectation, ExpectedStatus, Given, GivenRow};
pub use reads::Reads;
pub use vocabulary::{
    Attribute, AttributeId, Changes, Domain, DomainId, DomainMember, Entity, EntityId, EntityKind,
    Field, Relation, RelationId, Type, Vocabulary,
};

macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("Identifies ", $what, " by its position in the knowledge base.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    };
}
pub(crate) use id;

id!(PredicateId, "a defined predicate");
id!(RuleId, "a rule");
id!(CitationId, "a citation");

/// Everything that the packs say.
#[derive(Debug, Clone, Default)]
pub struct KnowledgeBase {
    /// What may be said of a case.
    pub vocabulary: Vocabulary,
    /// Defined predicates, by name.
    pub predicates: Vec<Predicate>,
    /// How derived attributes come about, by attribute.
    pub derivations: BTreeMap<AttributeId, Derivation>,
    /// Groups of definitions in the order in which they can be worked out; a group is recursive or a single one.
    pub strata: Vec<Stratum>,
    /// Rules, by id.
    pub rules: Vec<Rule>,
    /// Risks, by id.
    pub risks: Vec<Risk>,
    /// Actions, by id.
    pub actions: Vec<Action>,
    /// Questions of the guide, by id.
    pub questions: Vec<Question>,
    /// What is to be borne in mind with all advice, by id.
    pub caveats: Vec<Caveat>,
    /// Citations that the pack's source index lists, by id.
    pub citations: Vec<Citation>,
    /// Passages that the packs leave out on purpose, by citation and pack.
    pub declined: Vec<Declined>,
    /// How advice is ranked.
    pub ranking: Ranking,
    /// Examples, by title.
    pub examples: Vec<Example>,
    /// The packs, in the order in which they were laid.
    pub packs: Vec<PackName>,
}

/// Which pack, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackName {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its files' names and contents, in hexadecimal.
    pub hash: String,
}

/// A place in a source guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its id: `s2.convener-credible`.
    pub id: String,
    /// The source it belongs to: `idr-1997`.
    pub source: String,
    /// Where it stands there, in words.
    pub place: String,
    /// Where the source index lists it.
    pub span: Span,
}

/// A passage that a pack leaves out on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined {
    /// The passage.
    pub citation: CitationId,
    /// Why.
    pub reason: String,
    /// Where it is named.
    pub span: Span,
}

/// A defined predicate: the least fixpoint of its definitions.
#[derive(Debug, Clone)]
pub struct Predicate {
    /// Its name.
    pub name: String,
    /// The entities of its parameters, one to three.
    pub parameters: Vec<EntityId>,
    /// Its definitions; it holds where one of them does.
    pub definitions: Vec<Definition>,
}

/// One `define`.
#[derive(Debug, Clone)]
pub struct Definition {
    /// All variables; the first ones are the parameters.
    pub variables: Vec<Variable>,
    /// How explanations put it.
    pub phrase: Option<Template>,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// When it holds.
    pub when: Condition,
    /// Where it stands.
    pub span: Span,
}

/// How one derived attribute comes about.
#[derive(Debug, Clone)]
pub struct Derivation {
    /// The attribute; its type is `yes_no`, a scale or an enum.
    pub attribute: AttributeId,
    /// All variables; the first is the row itself where the entity has several rows, and there is none for `one`.
    pub variables: Vec<Variable>,
    /// How its value comes about.
    pub body: DerivationBody,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// Where it stands.
    pub span: Span,
}

/// How a derived value comes about.
#[derive(Debug, Clone)]
pub enum DerivationBody {
    /// The first branch that holds gives its result; where none does, every value is possible.
    Branches(Vec<Branch>),
    /// The first row that matches gives its result, worked out exactly over the possible values of the inputs;
    /// where none matches, every value is possible.
    Table {
        /// Attributes of the row itself or of a `one`; all of finite type, all different.
        inputs: Vec<Term>,
        /// The rows.
        rows: Vec<TableRow>,
    },
    /// The highest or lowest; every value is possible where there may be no row to take it from.
    Extreme(Extreme),
}

/// A branch of a derivation.
#[derive(Debug, Clone)]
pub struct Branch {
    /// The values that it leaves possible; all of them for `unknown`.
    pub result: Members,
    /// When; `Condition::All(vec![])` for `otherwise`.
    pub when: Condition,
    /// Where it stands.
    pub span: Span,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// Per input, the values that match; all of them for `_`.
    pub cells: Vec<Members>,
    /// The values that it leaves possible; all of them for `unknown`.
    pub result: Members,
    /// Where it stands.
    pub span: Span,
}

/// Definitions that depend on each other, or a single one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stratum {
    /// Predicates worked out together, by rounds where `recursive`.
    Predicates {
        /// The predicates, in order.
        members: Vec<PredicateId>,
        /// Whether they depend on themselves.
        recursive: bool,
    },
    /// A derived attribute.
    Attribute(AttributeId),
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub name: String,
    /// The stage it belongs to, a member of the stage scale (see [`Ranking::stage`]).
    pub stage: Option<Stage>,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// All variables of subject, conditions and exceptions; the first `subjects` of them are the subject.
    pub variables: Vec<Variable>,
    /// How many variables the subject has, 0 to 3. Each has `apart` filled where it must differ from earlier ones.
    pub subjects: usize,
    /// Whether the subject is `two`: only pairs whose first id sorts before the second.
    pub two: bool,
    /// Conditions on the subject and `when`, together: a [`Condition::All`] unless there is only one.
    pub when: Condition,
    /// How many of the leading parts of `when` stand in `for`.
    pub admits: usize,
    /// `unless`, as alternatives: `Condition::Any(vec![])` where there is none.
    pub unless: Condition,
    /// Rules that this one overrides, with the same kinds of subject by position. Acyclic.
    pub overrides: Vec<RuleId>,
    /// Rules that override this one: the inverse of `overrides`.
    pub overridden_by: Vec<RuleId>,
    /// Rules whose advice this one qualifies.
    pub qualifies: Option<Qualification>,
    /// Its advice, in order.
    pub advice: Vec<Advice>,
    /// The pack that it belongs to, by position.
    pub pack: usize,
    /// Where it stands.
    pub span: Span,
}

/// The stage of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// A member of the stage scale.
    pub member: usize,
    /// Not shown once that stage is past.
    pub only: bool,
}
