//! Codes of the files beside a case: its outcome and its expectations.

use super::Code;

/// The case that the file names is not the one beside it.
pub const OTHER_CASE: Code = Code::error("other-case", "a file beside a case that names another");
/// There is no case beside the file.
pub const NO_CASE: Code = Code::error("no-case", "an outcome or expectations without a case");
/// A risk that the rules do not have.
pub const UNKNOWN_CASE_RISK: Code =
    Code::error("unknown-case-risk", "a risk that the rules do not know");
/// A rule that the packs do not have.
pub const UNKNOWN_CASE_RULE: Code =
    Code::error("unknown-case-rule", "a rule that the packs do not have");
/// Two entries tell what became of one thing.
pub const REPEATED_OUTCOME: Code = Code::error("repeated-outcome", "an outcome that is told twice");
/// An outcome is dated before its case or after what was observed.
pub const OUTCOME_OUT_OF_ORDER: Code = Code::error(
    "outcome-out-of-order",
    "an outcome dated before its case or after its observation",
);
/// A case tells before its time what came of it.
pub const HINDSIGHT: Code =
    Code::warning("hindsight", "a case that tells before its time what came of it");

/// All codes of these files.
pub const ALL: &[Code] = &[
    OTHER_CASE,
    NO_CASE,
    UNKNOWN_CASE_RISK,
    UNKNOWN_CASE_RULE,
    REPEATED_OUTCOME,
    OUTCOME_OUT_OF_ORDER,
    HINDSIGHT,
];
