//! Definitions in the tree: `define` and the three shapes of `derive`.
//! Order and cycles among them are left to the compiler.

use crate::source::Span;
use crate::syntax::tree::{Block, Citation, Extreme, Name, Parameter, Path, Text, Type};

/// `define weak(party p) { "is too weakly organised" when { … } }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// Its name.
    pub name: Name,
    /// One to three parameters.
    pub parameters: Vec<Parameter>,
    /// How explanations put it.
    pub phrase: Option<Text>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// When it holds.
    pub when: Block,
    /// The whole item.
    pub span: Span,
}

/// `derive issue.diversity level { … }` and its two other shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derive {
    /// `issue.diversity` (two names), or `capacity` in `capacity of sector s` (one name).
    pub target: Path,
    /// `of sector s`.
    pub parameter: Option<Parameter>,
    /// Its type.
    pub kind: Type,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// The question an officer answers where a case states it.
    pub question: Option<Text>,
    /// How its value comes about.
    pub body: DeriveBody,
    /// The whole item.
    pub span: Span,
}

/// How a derived value comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeriveBody {
    /// First branch that holds; `when` is absent for `otherwise`.
    Branches(Vec<Branch>),
    /// `by a, b { cell cell -> result }`.
    Table {
        /// The inputs.
        inputs: Vec<Path>,
        /// The rows.
        rows: Vec<TableRow>,
    },
    /// `{ highest p.organized of party p { … } }`.
    Extreme(Extreme),
}

/// `high when { … }`, `low otherwise`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The result.
    pub result: Cell,
    /// When; absent for `otherwise`.
    pub when: Option<Block>,
    /// Where it stands.
    pub span: Span,
}

/// `none|low _ -> issue_network`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// One cell per input.
    pub cells: Vec<Cell>,
    /// The result.
    pub result: Cell,
    /// Where it stands.
    pub span: Span,
}

/// A cell of a table, or a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// `_`: any value (not as a result).
    Any(Span),
    /// `unknown`: only as a result.
    Unknown(Span),
    /// `low|medium`: one of these.
    OneOf(Vec<Name>),
}
