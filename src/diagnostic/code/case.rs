//! Codes of the phase `case`.

use super::Code;

/// All codes of this phase.
pub const ALL: &[Code] = &[];
