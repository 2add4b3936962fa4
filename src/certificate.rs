//! Proofs as data: claims in topological order, each with the inference that carries it and the steps it rests on.
//! What may follow from what is known to `verify`; how proofs are found, to `proof`.

pub mod place;

use crate::knowledge::{AttributeId, PredicateId, RelationId, RuleId};
use crate::value::Possible;

pub use place::{Place, Root};

/// Stands for a variable that stands for no row yet.
pub const UNBOUND: usize = usize::MAX;

/// A proof of one or several conclusions on one case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// The steps; each rests on earlier ones only.
    pub steps: Vec<Step>,
    /// The steps that state what is proved, each a [`Claim::Verdict`].
    pub conclusions: Vec<usize>,
}

/// One claim, and why it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The speaker who is believed; none for the case as it is.
    pub believing: Option<String>,
    /// What is claimed.
    pub claim: Claim,
    /// By what kind of inference.
    pub by: Inference,
    /// The steps it rests on.
    pub from: Vec<usize>,
}

/// What a step claims.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// One bound of something that holds or does not.
    Holds(Matter, Bound),
    /// What something may be.
    Value(Quantity, Outcome),
    /// None of these atoms reaches a bound: [`Bound::NotCertain`] or [`Bound::Impossible`].
    Fails(Vec<Atom>, Bound),
    /// What becomes of a rule for a subject.
    Verdict(RuleId, Vec<usize>, Verdict),
}

/// What holds or does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A condition where its variables stand for these rows; [`UNBOUND`] for those not in scope.
    Condition(Place, Vec<usize>),
    /// A predicate of these rows.
    Predicate(PredicateId, Vec<usize>),
    /// A rule for a subject: certain where it fires, possible where it may fire.
    Rule(RuleId, Vec<usize>),
}

/// What has possible values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// An attribute of a row.
    Attribute(AttributeId, usize),
    /// A relation of two rows.
    Relation(RelationId, usize, usize),
    /// A highest or lowest, by the place of its condition, where variables stand for these rows.
    Extreme(Place, Vec<usize>),
}

/// The possible values of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// The values; none where it certainly has none.
    pub value: Option<Possible>,
    /// Whether it may have none.
    pub may_lack: bool,
}

/// A predicate of some rows.
pub type Atom = (PredicateId, Vec<usize>);

/// One of the two bounds, reached or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// It holds in every completion of the case.
    Certain,
    /// It is not certain.
    NotCertain,
    /// It may hold.
    Possible,
    /// It does not hold.
    Impossible,
}

impl Bound {
    /// All four.
    pub const ALL: [Bound; 4] =
        [Bound::Certain, Bound::NotCertain, Bound::Possible, Bound::Impossible];

    /// What the negation of something reaches where it reaches this bound.
    #[must_use]
    pub fn swapped(self) -> Bound {
        match self {
            Bound::Certain => Bound::Impossible,
            Bound::Impossible => Bound::Certain,
            Bound::Possible => Bound::NotCertain,
            Bound::NotCertain => Bound::Possible,
        }
    }

    /// Whether it says that something is reached.
    #[must_use]
    pub fn is_reached(self) -> bool {
        matches!(self, Bound::Certain | Bound::Possible)
    }
}

/// What becomes of a rule for a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It fires.
    Fires,
    /// Its conditions are certain and an exception is open.
    Provisional,
    /// It would fire if one speaker is believed in all that they say.
    Contested,
    /// It may fire.
    Open,
    /// A rule that fires overrides it.
    SetAside,
    /// None of these.
    Silent,
}

/// The kind of inference that carries a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inference {
    /// The case states it, or the vocabulary says what holds where a case is silent.
    Fact,
    /// A derivation, from its conditions or inputs.
    Derivation,
    /// The highest or lowest over some rows.
    Extreme,
    /// A test of values.
    Test,
    /// A block, from its parts.
    Block,
    /// A negation: the two bounds swap.
    Negation,
    /// So many rows.
    Quantifier,
    /// A condition that names a predicate.
    Call,
    /// A predicate, by its definitions.
    Definition,
    /// Atoms taken not to hold, to see what follows.
    Supposition,
    /// Atoms that cannot be derived as long as none of them holds; ends the supposition that it rests on first.
    Unfounded,
    /// A rule, from its conditions, exceptions and the rules that override it.
    Rule,
    /// A verdict, from the rule here and where speakers are believed.
    Verdict,
}
