//! The smallest parts of the tree: names, texts with holes, paths, constants, types, citations.
//! What they mean is left to the compiler.

use jiff::civil::Date;

use crate::source::Span;

/// A name as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A double-quoted text, white space folded, split at its holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Words and holes in order.
    pub pieces: Vec<Piece>,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words, escapes resolved.
    Words(String),
    /// `{p.power}` or `{p}`: to be filled in.
    Hole(Path),
    /// `{p: does|do}`: the first form where `p` is one, the second where it is several.
    Agreement {
        /// Who decides the form.
        path: Path,
        /// The form for one.
        singular: String,
        /// The form for several.
        plural: String,
    },
}

/// Dotted names: `p`, `p.key`, `partnership.stage`, `sector.market.affected`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// At least one name.
    pub names: Vec<Name>,
    /// Where it stands.
    pub span: Span,
}

/// A constant as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// A member of a scale or enum, `yes`, `no`, or an enum variable in scope.
    Name(Name),
    /// An exact number, in millionths (see `value::NUMBER_UNIT`).
    Number(i64, Span),
    /// A year, a month or a day as its first and last day: `1985-06` is 1985-06-01 to 1985-06-30.
    /// A bare year such as `1985` is read as a number and taken as a year where a date is wanted.
    Date(Date, Date, Span),
    /// A number or date that does not exist; the parser has said so.
    Broken(Span),
}

/// The type of an attribute or relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `yes_no`.
    YesNo(Span),
    /// `number`.
    Number(Span),
    /// `date`.
    Date(Span),
    /// The name of a scale or enum.
    Domain(Name),
    /// `set of NAME`.
    Set(Name),
}

/// `stage`, `cites` and other ids: dotted, with dashes (`s2.convener-credible`); in `qualifies rules citing` the last part
/// may be `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The id as written, dots included.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}
