//! Conditions after resolution: variables are numbers, values are members of domains, every test is typed.
//! Their meaning is that of `docs/semantics.md`: two bounds, combined by Kleene's strong three-valued logic.

use crate::source::Span;
use crate::value::Members;

use super::PredicateId;
use super::id;
use super::vocabulary::{AttributeId, EntityId, RelationId};

id!(VariableId, "a variable among those of its rule or definition");

/// A variable of a rule or definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// What it ranges over: an entity of many rows, or the members of a domain.
    pub entity: EntityId,
    /// Earlier variables of the same entity in scope that it differs from (`other`, `two`).
    pub apart: Vec<VariableId>,
}

/// A condition with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A test of a value, with its place.
    Test(Test, Span),
    /// A defined predicate holds, with its place.
    Holds(PredicateId, Vec<VariableId>, Span),
    /// So many rows satisfy a condition, with its place.
    Quantified(Quantified, Span),
}

/// So many rows satisfy a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantified {
    /// How many.
    pub quantifier: Quantifier,
    /// The variable that ranges over the rows.
    pub variable: VariableId,
    /// Which rows count, with `every` and `most`; otherwise empty.
    pub filter: Box<Condition>,
    /// What is asked of them.
    pub body: Box<Condition>,
}

/// How many rows. `no` is [`Condition::Not`] of `Some`; `at most n` is `Not` of `AtLeast(n + 1)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Some,
    /// All that the filter admits, and it admits at least one.
    Every,
    /// More than half of those that the filter admits.
    Most,
    /// At least so many, 1 or more.
    AtLeast(u32),
}

/// Whose attribute is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// The row that a variable stands for.
    Variable(VariableId),
    /// The one row of a `one`.
    Only,
    /// A member of a domain, by position.
    Member(usize),
}

/// A value to test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// An attribute of a row.
    Attribute(AttributeId, Row),
    /// A relation of two rows.
    Relation(RelationId, VariableId, VariableId),
    /// The member that an enum variable stands for.
    Member(VariableId),
    /// The highest or lowest over some rows; has no value where there is no such row, and then every test fails.
    Extreme(Box<Extreme>),
    /// Completed years from a date to the date looked at (`since`), or the other way (`until`), as a number in
    /// millionths.
    Years {
        /// `since`, or else `until`.
        since: bool,
        /// An attribute of type date.
        date: Box<Term>,
    },
}

/// The highest or lowest value over some rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// Highest, or else lowest.
    pub highest: bool,
    /// The variable that ranges over the rows.
    pub variable: VariableId,
    /// Its value per row: a scale, a number or a date; never itself an extreme.
    pub term: Term,
    /// Which rows count.
    pub condition: Box<Condition>,
}

/// A test of one or two values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A choice is one of these members.
    Among(Term, Members),
    /// A number or day lies within these bounds, both included; `i64::MIN` and `i64::MAX` stand for none.
    Within(Term, i64, i64),
    /// A set-valued attribute includes at least one of these members.
    Includes(Term, Members),
    /// A set-valued attribute includes the member that the second term stands for.
    IncludesValue(Term, Term),
    /// A set-valued attribute has no member.
    Empty(Term),
    /// More than one value is possible. Never open.
    Unknown(Term),
    /// Two values of one type compare so. The same attribute of the same row is one value.
    Compare(Term, Comparison, Term),
    /// A choice is one of these members, or what one of these terms is.
    OneOf(Term, Members, Vec<Term>),
}

/// How two values compare. Negations are [`Condition::Not`] of these, unless a value may be lacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// They are the same.
    Same,
    /// There are both, and they are not the same.
    Different,
    /// The left is at least the right plus this: steps on a scale; millionths or days otherwise. `above` on a scale
    /// is 1 step; `above … by 2` is 2 steps; `at least` is 0. `below` and `at most` swap the sides.
    AtLeast(i64),
}
