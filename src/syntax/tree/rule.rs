//! Rules in the tree, with the advice they give, and the `ranking` of the whole pack.
//! Names stay words; the compiler finds out what they mean.

use crate::source::Span;
use crate::syntax::tree::{Block, Citation, Name, Parameter, Path, Text};

/// `rule convener-not-credible { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub name: Name,
    /// `stage convening`, `stage convening only`.
    pub stage: Option<StageClause>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// `for …`.
    pub subject: Option<Subject>,
    /// `when { … }`.
    pub when: Option<Block>,
    /// `unless { … }`; several are alternatives.
    pub unless: Vec<Block>,
    /// `overrides a, b`.
    pub overrides: Vec<Name>,
    /// `qualifies …`.
    pub qualifies: Option<Qualifies>,
    /// `warn`, `recommend`, `encourage`, `note`.
    pub advice: Vec<Advice>,
    /// The whole item.
    pub span: Span,
}

/// `stage convening only`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageClause {
    /// The stage.
    pub stage: Name,
    /// Not shown once that stage is past.
    pub only: bool,
}

/// `for party p, other party q { … }`, `for two parties a, b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Whether it is `two`: both of one entity, unordered.
    pub two: bool,
    /// The variables; with `other`, the row differs from every row of its entity before it.
    pub parameters: Vec<(bool, Parameter)>,
    /// Conditions on them.
    pub condition: Option<Block>,
}

/// `qualifies rules citing pit.* to low`, `qualifies some-rule, other-rule`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualifies {
    /// The rules by name.
    pub rules: Vec<Name>,
    /// The rules by their citations; a trailing `*` matches any rest.
    pub citing: Vec<Citation>,
    /// `to low`: the severity it softens to.
    pub to: Option<Name>,
}

/// One clause of advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Which kind.
    pub kind: AdviceKind,
    /// The text.
    pub text: Text,
    /// Where it stands.
    pub span: Span,
}

/// Which kind of advice a clause gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdviceKind {
    /// `warn RISK SEVERITY`.
    Warn(Name, Name),
    /// `recommend ACTION SEVERITY`.
    Recommend(Name, Name),
    /// `encourage`.
    Encourage,
    /// `note`.
    Note,
}

/// `ranking { stage partnership.stage  severity { critical 8 … }  timing { overdue 1.5 … } }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// The attribute that says how far the case has come.
    pub stage: Option<Path>,
    /// `severity`: weight by name, in millionths.
    pub severity: Vec<(Name, i64)>,
    /// `timing`: factor by name, in millionths.
    pub timing: Vec<(Name, i64)>,
    /// The whole item.
    pub span: Span,
}
