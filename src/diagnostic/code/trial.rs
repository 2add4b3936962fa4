//! Codes of examples put to the test.

use super::Code;

/// All codes of this phase.
pub const ALL: &[Code] = &[UNMET_EXPECTATION];

/// An example comes out otherwise than it says.
pub const UNMET_EXPECTATION: Code =
    Code::error("unmet-expectation", "an example comes out otherwise than it says");
