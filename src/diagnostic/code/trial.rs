//! Codes of examples and cases put to the test.

use super::Code;

/// All codes of this phase.
pub const ALL: &[Code] = &[UNMET_EXPECTATION];

/// An example or a case comes out otherwise than expected.
pub const UNMET_EXPECTATION: Code =
    Code::error("unmet-expectation", "an example or a case comes out otherwise than expected");
