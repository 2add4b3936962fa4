//! Proofs on demand, for one case: a condition at given rows, what a conclusion rests on, what it hangs on, in words.
//! Reads predicates and derived values from the model and everything else from the facts; ranks and prints nothing.

pub mod derive;
pub mod evaluate;
pub mod fact;
pub mod prove;
mod quantify;
pub mod repair;
pub mod support;
mod term;
mod test;
mod walk;
pub mod why_not;
pub mod wording;
pub mod worlds;

pub use evaluate::{Scope, View};
pub use fact::{Fact, FactView, Grounds};
pub use prove::{TooLong, prove};
pub use support::{Support, Witnesses, support};
pub use wording::Wording;
pub use worlds::{World, Worlds};
