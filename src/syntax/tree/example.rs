//! Examples in the tree: what is given and what is expected.
//! Running them is left to `trial`.

use crate::source::Span;
use crate::syntax::tree::{Call, Literal, Name, Order, Path, Text};

/// `example "…" { given { … } expect … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it shows.
    pub title: Text,
    /// `at 1985-12`: the date at which it is looked at.
    pub at: Option<Literal>,
    /// The facts.
    pub given: Vec<Given>,
    /// What is expected.
    pub expects: Vec<Expect>,
    /// The whole item.
    pub span: Span,
}

/// A statement of `given`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// `party gov { sector { state } key yes }`: a row of an entity.
    Row {
        /// The entity.
        entity: Name,
        /// The id of the row.
        id: Name,
        /// Its facts.
        facts: Vec<(Name, GivenValue)>,
    },
    /// `issue { crisis yes }`: the one row.
    One {
        /// The entity.
        entity: Name,
        /// Its facts.
        facts: Vec<(Name, GivenValue)>,
    },
    /// `credible(who don, to gov) high`.
    Tie(Call, GivenValue),
    /// `did organize-first`, `did organize-first for residents`; `did not …`.
    Did {
        /// Whether it was taken.
        taken: bool,
        /// The action.
        action: Name,
        /// For whom.
        subject: Option<Name>,
    },
    /// `complete party`: nobody else takes part.
    Complete(Name),
}

/// The value of a given fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenValue {
    /// `high`, `low or medium`: one of these.
    OneOf(Vec<Literal>),
    /// `at least medium`, `at most …`, `above …`, `below …`.
    Order(Order, Literal),
    /// `unknown`.
    Unknown(Span),
    /// `{ state market }`: exactly these members.
    Set(Vec<Name>, Span),
    /// `includes { money } excludes { labour }`: these in, those out, the rest unknown.
    Partial {
        /// In the set.
        includes: Vec<Name>,
        /// Outside the set.
        excludes: Vec<Name>,
        /// Where it stands.
        span: Span,
    },
    /// `says { ministry high  ngos low }`: disputed between parties.
    Says(Vec<(Name, GivenValue)>, Span),
}

/// `expect [no|open|provisional|contested|set aside] RULE [for a, b]`, `expect issue.diversity is high`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// About a rule.
    Rule {
        /// What is expected of it.
        status: ExpectStatus,
        /// The rule.
        rule: Name,
        /// The subject by row ids or member names; absent means for some subject (with `no`: for none).
        subject: Option<Vec<Name>>,
        /// Where it stands.
        span: Span,
    },
    /// About a derived attribute: `expect issue.diversity is high`, `expect party.gov.strength is low or medium`,
    /// `expect issue.diversity is unknown`.
    Value {
        /// `issue.diversity`, `party.gov.strength`, `sector.market.capacity`.
        path: Path,
        /// The possible values, exactly; empty means that every value is possible (`is unknown`).
        values: Vec<Name>,
        /// Where it stands.
        span: Span,
    },
}

/// What is expected of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectStatus {
    /// Nothing before the name: it fires.
    Fires,
    /// `no`: neither firing, provisional, contested nor open.
    No,
    /// `open`.
    Open,
    /// `provisional`.
    Provisional,
    /// `contested`.
    Contested,
    /// `set aside`.
    SetAside,
}
