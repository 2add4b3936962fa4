//! Codes of the phase `pack`.

use super::Code;

/// All codes of this phase.
pub const ALL: &[Code] = &[];
