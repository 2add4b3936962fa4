//! Examples after resolution: facts given, conclusions expected. `facts` turns what is given into facts.

use crate::source::Span;
use crate::value::Possible;

use super::vocabulary::{AttributeId, EntityId, RelationId};
use super::{ActionId, RuleId};

/// A test beside the rule it explains.
#[derive(Debug, Clone)]
pub struct Example {
    /// What it shows.
    pub title: String,
    /// The day at which it is looked at, counted from 1970-01-01.
    pub today: Option<i64>,
    /// The facts.
    pub given: Given,
    /// What is expected.
    pub expects: Vec<Expectation>,
    /// The pack that it belongs to, by position.
    pub pack: usize,
    /// Where it stands.
    pub span: Span,
}

/// The facts of an example.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Rows of entities with many, in the order in which they stand.
    pub rows: Vec<GivenRow>,
    /// Attributes: the attribute, the row by id (none for a `one`, the member's name for members of a domain), what is
    /// possible, who says otherwise, where.
    pub attributes: Vec<(AttributeId, Option<String>, Statement)>,
    /// Relations: the relation, both rows by id or member name, what is possible.
    pub ties: Vec<(RelationId, [String; 2], Statement)>,
    /// Actions: the action, for which row (entity and id; none means for all), whether it was taken.
    #[expect(clippy::type_complexity, reason = "each part is named in the line above")]
    pub actions: Vec<(ActionId, Option<(EntityId, String)>, bool)>,
    /// Entities whose list is complete.
    pub complete: Vec<EntityId>,
}

/// What is stated of one fact.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The possible values; for a disputed fact those of all speakers together.
    pub possible: Possible,
    /// For a disputed fact, who says what.
    pub says: Vec<(String, Possible)>,
    /// Whether it is stated as unknown.
    pub unknown: bool,
    /// Where it stands.
    pub span: Span,
}

/// A row given by an example; its name is its id with spaces for underscores.
#[derive(Debug, Clone)]
pub struct GivenRow {
    /// The entity.
    pub entity: EntityId,
    /// Its id.
    pub id: String,
}

/// What is expected of an example or case.
#[derive(Debug, Clone)]
pub enum Expectation {
    /// A rule has this status for this subject.
    Rule {
        /// What is expected.
        status: ExpectedStatus,
        /// The rule.
        rule: RuleId,
        /// The subject, by row ids or member names; `None` means for some subject (with `No`: for none).
        subject: Option<Vec<String>>,
        /// Where it stands.
        span: Span,
    },
    /// A derived attribute has exactly these possible values.
    Value {
        /// The attribute.
        attribute: AttributeId,
        /// The row by id or member name; none for a `one`.
        row: Option<String>,
        /// The possible values.
        possible: Possible,
        /// Where it stands.
        span: Span,
    },
}

/// What is expected of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedStatus {
    /// It fires.
    Fires,
    /// It is silent or set aside.
    No,
    /// It is open.
    Open,
    /// It is provisional.
    Provisional,
    /// It is contested.
    Contested,
    /// It is set aside.
    SetAside,
}
