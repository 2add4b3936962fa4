//! What a pack says to people: risks, actions, questions, caveats, texts, and how advice is ranked. The engine reads none of it.

use crate::source::Span;

use super::condition::{Condition, Row, Variable, VariableId};
use super::vocabulary::AttributeId;
use super::{CitationId, RelationId, RuleId, id};

id!(RiskId, "a risk");
id!(ActionId, "an action");

/// How grave a warning or how urgent a recommendation is, from the guide's own wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The guide says may, or remarks.
    Low,
    /// The guide asserts.
    Medium,
    /// The guide says important, key, best.
    High,
    /// The guide says must, essential, critical.
    Critical,
}

/// Something that may go wrong.
#[derive(Debug, Clone)]
pub struct Risk {
    /// Its id.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// Where it stands.
    pub span: Span,
}

/// Something to do. Whether it was done is recorded in attributes with [`super::Attribute::action`] set: one of the
/// `one` entity named `case` (done at all) and one of each `Many` entity (done for that row).
#[derive(Debug, Clone)]
pub struct Action {
    /// Its id.
    pub name: String,
    /// What to do.
    pub title: String,
    /// The stage it belongs to, a member of the stage scale.
    pub stage: Option<usize>,
    /// Actions that come before it. Acyclic.
    pub after: Vec<ActionId>,
    /// Actions that it pulls against, with why.
    pub opposes: Vec<(ActionId, String)>,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// Where it stands.
    pub span: Span,
}

/// A question of the guide.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its id.
    pub name: String,
    /// The question.
    pub title: String,
    /// The stage it belongs to, a member of the stage scale.
    pub stage: Option<usize>,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// All variables of `answered`.
    pub variables: Vec<Variable>,
    /// What answers it.
    pub answered: Option<Condition>,
    /// Where it stands.
    pub span: Span,
}

/// What is to be borne in mind with all advice.
#[derive(Debug, Clone)]
pub struct Caveat {
    /// Its id.
    pub name: String,
    /// The remark.
    pub text: String,
    /// The stage it belongs to, a member of the stage scale.
    pub stage: Option<usize>,
    /// Its places in the guide.
    pub cites: Vec<CitationId>,
    /// Where it stands.
    pub span: Span,
}

/// One clause of a rule's advice.
#[derive(Debug, Clone)]
pub struct Advice {
    /// Which kind.
    pub kind: AdviceKind,
    /// The text. It may name the rule's subject and the variables of top-level `some` in `when`.
    pub text: Template,
    /// Where it stands.
    pub span: Span,
}

/// Which kind of advice a clause gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdviceKind {
    /// A risk.
    Warn(RiskId, Severity),
    /// An action.
    Recommend(ActionId, Severity),
    /// What goes well.
    Encourage,
    /// A remark on the advice of other rules, or on the case.
    Note,
}

/// Which rules a rule qualifies, and to what severity it softens them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualification {
    /// The rules.
    pub rules: Vec<RuleId>,
    /// The severity that their advice has at most.
    pub to: Option<Severity>,
}

/// A text with holes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    /// Words and holes in order.
    pub pieces: Vec<Piece>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// The names of the rows that a variable stands for: `A, B and C`.
    Name(VariableId),
    /// `{self}`: the row in question.
    Itself,
    /// `{who}` in a relation's question: the row in its first (0) or second (1) role.
    Role(usize),
    /// The value of an attribute: `medium or high` where it is partly known.
    Value(AttributeId, Row),
    /// The value of a relation between two variables.
    Tie(RelationId, VariableId, VariableId),
    /// A fixed text of the member that a variable stands for.
    Field(VariableId, String),
    /// The first form where the variable stands for one row that is not plural, else the second.
    Agreement(VariableId, String, String),
    /// The same by `{self}` or by a role: the row in question decides.
    OwnAgreement(usize, String, String),
}

/// How advice is ranked; factors in millionths.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// The attribute of a `one` that says how far the case has come; its scale is the stage scale.
    pub stage: Option<AttributeId>,
    /// Weights from low to critical.
    pub severity: [i64; 4],
    /// Factors: overdue, now, next, later.
    pub timing: [i64; 4],
}

impl Default for Ranking {
    /// The factors of the design: 1, 2, 4, 8 and 1.5, 1, 0.5, 0.25.
    fn default() -> Ranking {
        Ranking {
            stage: None,
            severity: [1_000_000, 2_000_000, 4_000_000, 8_000_000],
            timing: [1_500_000, 1_000_000, 500_000, 250_000],
        }
    }
}
