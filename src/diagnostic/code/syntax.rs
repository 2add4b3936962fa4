//! Codes of the phase `syntax`.

use super::Code;

/// All codes of this phase.
pub const ALL: &[Code] = &[];
