//! Codes of the phase `compile`.

use super::Code;

/// All codes of this phase.
pub const ALL: &[Code] = &[];
