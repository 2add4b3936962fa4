//! Conditions in the tree: blocks, tests with their operands, quantifiers.
//! Names stay words; the compiler finds out what they mean.

use crate::source::Span;
use crate::syntax::tree::{Literal, Name, Parameter, Path};

/// `{ … }`: all of these hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The conditions in order; may be empty, which holds.
    pub conditions: Vec<Condition>,
    /// Where it stands, braces included.
    pub span: Span,
}

/// One condition with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is asked.
    pub kind: ConditionKind,
    /// Where it stands.
    pub span: Span,
}

/// What a condition asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionKind {
    /// `p.key`, `conflict(a, b)`, `weak(p)`; with `negated`, `not` stands before it.
    Holds {
        /// Whether `not` stands before it.
        negated: bool,
        /// A path or a call.
        operand: Operand,
    },
    /// `p.power above q.power by 2`.
    Test {
        /// What is tested.
        operand: Operand,
        /// The test.
        test: Test,
    },
    /// `any of { … }`: at least one of the conditions in the block.
    AnyOf(Block),
    /// `none of { … }`: none of the conditions in the block.
    NoneOf(Block),
    /// `not { … }`: not all of the conditions in the block.
    NotAll(Block),
    /// A bare `{ … }` inside another block: all of them.
    All(Block),
    /// `some other party c { … }` and its kin.
    Quantified(Quantified),
    /// `done organize-first`, `done organize-first for p`; with `negated`, `not` stands before it.
    Done {
        /// Whether `not` stands before it.
        negated: bool,
        /// The action.
        action: Name,
        /// For whom.
        subject: Option<Name>,
    },
}

/// What is tested or compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// `p.power`, `issue.crisis`, `sector.market.affected`, `w.typical`.
    Path(Path),
    /// `credible(who c, to p)`, `weak(p)`.
    Call(Call),
    /// `highest p.organized of party p { … }`, `lowest …`.
    Extreme(Box<Extreme>),
    /// `years since partnership.started`, `years until …`.
    Years {
        /// `since`, or else `until`.
        since: bool,
        /// A date.
        path: Path,
        /// Where it stands.
        span: Span,
    },
}

impl Operand {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Operand::Path(path) => path.span,
            Operand::Call(call) => call.span,
            Operand::Extreme(extreme) => extreme.span,
            Operand::Years { span, .. } => *span,
        }
    }
}

/// A relation or a defined predicate with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub name: Name,
    /// Its arguments: an optional role, and a variable.
    pub arguments: Vec<(Option<Name>, Name)>,
    /// Where it stands.
    pub span: Span,
}

/// `highest p.organized of party p { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// `highest`, or else `lowest`.
    pub highest: bool,
    /// The value.
    pub operand: Operand,
    /// Whether the row must differ from every row in scope (`of other party q`).
    pub other: bool,
    /// Over which rows.
    pub parameter: Parameter,
    /// Which of them; absent means all.
    pub condition: Option<Block>,
    /// Where it stands.
    pub span: Span,
}

/// A test of one operand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `is state or market`, `is not …`, `includes …`, `excludes …`: one of the listed values (`excludes`: none of them).
    Among {
        /// Which of the four.
        relation: Among,
        /// The listed values, at least one; a path stands alone.
        values: Vec<Right>,
    },
    /// `at least`, `at most`, `below`, `above`.
    Order {
        /// Which of the four.
        order: Order,
        /// The right side.
        right: Right,
        /// `by 2`: steps on a scale, or a number in millionths.
        by: Option<(i64, Span)>,
    },
    /// `is empty`.
    Empty,
    /// `is unknown`.
    Unknown,
}

/// The right side of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Right {
    /// A constant, or an enum variable.
    Literal(Literal),
    /// A path of two or more names, a call, `highest …`, `years …`.
    Operand(Operand),
}

/// Tests against listed values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
    /// `includes`.
    Includes,
    /// `excludes`.
    Excludes,
}

/// Order on a scale, number or date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// `at least`.
    AtLeast,
    /// `at most`.
    AtMost,
    /// `below`.
    Below,
    /// `above`.
    Above,
}

/// `some other party c { … }`, `every party c where { … } { … }`, `at least 2 party c { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantified {
    /// How many.
    pub quantifier: Quantifier,
    /// Whether the row must differ from every row of its entity in scope.
    pub other: bool,
    /// Over which rows.
    pub parameter: Parameter,
    /// `where { … }`, with `every` and `most` only.
    pub filter: Option<Block>,
    /// What is asked of them.
    pub body: Block,
}

/// How many rows must satisfy a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// `some`.
    Some,
    /// `no`.
    No,
    /// `every`: all, and at least one.
    Every,
    /// `most`: more than half.
    Most,
    /// `at least N`.
    AtLeast(u32),
    /// `at most N`.
    AtMost(u32),
}
