//! Codes of the phase `check`: what is wrong with, or odd about, a pack whose every name and type is right.

use super::Code;

/// A definition needs its own negation.
pub const NEGATIVE_CYCLE: Code =
    Code::error("negative-cycle", "a definition that cannot be settled without itself");
/// Rules override each other in a circle.
pub const OVERRIDES_CYCLE: Code =
    Code::error("overrides-cycle", "rules that override each other in a circle");
/// Actions come after each other in a circle.
pub const AFTER_CYCLE: Code =
    Code::error("after-cycle", "actions that come after each other in a circle");
/// A condition needs four or more variables at once.
pub const TOO_MANY_VARIABLES: Code =
    Code::error("too-many-variables", "a condition about more than three rows at once");
/// A relation or predicate between two variables that may be one row.
pub const VARIABLES_NOT_APART: Code =
    Code::error("variables-not-apart", "two variables that nothing keeps apart");
/// A relation or predicate between a row and itself.
pub const SAME_ARGUMENT_TWICE: Code =
    Code::error("same-argument-twice", "one variable in two places of a relation");
/// A branch of a derived attribute that is never reached.
pub const UNREACHABLE_BRANCH: Code =
    Code::warning("unreachable-branch", "a branch that is never reached");
/// A table without a row for some combination.
pub const TABLE_GAP: Code = Code::warning("table-gap", "a table with a gap");
/// A row of a table that earlier rows cover.
pub const MASKED_ROW: Code = Code::warning("masked-row", "a row that earlier rows cover");
/// Two rows of a table that share combinations and give different results.
pub const OVERLAPPING_ROWS: Code =
    Code::warning("overlapping-rows", "two rows that partly say different things");
/// A table with too many combinations to check.
pub const TABLE_TOO_LARGE: Code =
    Code::warning("table-too-large", "a table with too many combinations to check");
/// Conditions that exclude each other, or one that nothing passes.
pub const NEVER_HOLDS: Code = Code::warning("never-holds", "conditions that can never hold");
/// A condition that everything passes.
pub const ALWAYS_HOLDS: Code = Code::warning("always-holds", "a condition that always holds");
/// A rule whose exception holds whenever its conditions do.
pub const NEVER_FIRES: Code = Code::warning("never-fires", "a rule that can never fire");
/// Two rows of a rule's subject that nothing keeps apart.
pub const MAYBE_ONE_ROW: Code =
    Code::warning("maybe-one-row", "two rows of one rule that may be one and the same");
/// The same condition, place, value or advice twice in one place.
pub const SAID_TWICE: Code = Code::warning("said-twice", "something that is said twice");
/// A definition that nothing uses.
pub const UNUSED_DEFINE: Code = Code::warning("unused-define", "a definition that nothing uses");
/// A risk that no rule warns of.
pub const UNUSED_RISK: Code = Code::warning("unused-risk", "a risk that no rule warns of");
/// An action that no rule recommends or asks for.
pub const UNUSED_ACTION: Code = Code::warning("unused-action", "an action that no rule recommends");

/// All codes of this phase.
pub const ALL: &[Code] = &[
    NEGATIVE_CYCLE,
    OVERRIDES_CYCLE,
    AFTER_CYCLE,
    TOO_MANY_VARIABLES,
    VARIABLES_NOT_APART,
    SAME_ARGUMENT_TWICE,
    UNREACHABLE_BRANCH,
    TABLE_GAP,
    MASKED_ROW,
    OVERLAPPING_ROWS,
    TABLE_TOO_LARGE,
    NEVER_HOLDS,
    ALWAYS_HOLDS,
    NEVER_FIRES,
    MAYBE_ONE_ROW,
    SAID_TWICE,
    UNUSED_DEFINE,
    UNUSED_RISK,
    UNUSED_ACTION,
];
