//! Codes of examples and cases put to the test.

use super::Code;

/// All codes of this phase.
pub const ALL: &[Code] = &[UNMET_EXPECTATION, CHANGED_EXAMPLE];

/// An example or a case comes out otherwise than expected.
pub const UNMET_EXPECTATION: Code =
    Code::error("unmet-expectation", "an example or a case comes out otherwise than expected");

/// An example of a pack below comes out otherwise because of the pack that is laid over it.
pub const CHANGED_EXAMPLE: Code = Code::warning(
    "changed-example",
    "an example of a pack below comes out otherwise because of this pack",
);
