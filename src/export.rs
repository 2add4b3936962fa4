//! A pack and its cases as one program for clingo, an answer set solver: two atoms per condition, *certainly* and
//! *possibly*, each negation referring to the other. The meaning is that of `docs/semantics.md`, worked out by the solver
//! alone: nothing here infers, and nothing is shared with the engine.

mod compare;
mod condition;
mod definition;
mod extreme;
mod facts;
mod free;
mod number;
mod owner;
mod program;
mod rule;
mod term;
mod test;
mod vocabulary;
mod words;

use crate::facts::Facts;
use crate::knowledge::KnowledgeBase;
use crate::source::{SourceMap, Span};

use number::Unit;
use owner::Owner;
use program::{Names, Program};
use words::Words;

/// A case at one date.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Its id; no two cases of a program share one.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What holds at that date.
    pub facts: &'a Facts,
}

/// A number that clingo cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The fact: `party.ministry.budget`.
    pub fact: String,
    /// Where it stands.
    pub span: Option<Span>,
    /// What is wrong with it.
    pub why: &'static str,
}

/// Which bound of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bound {
    Certain,
    Possible,
}

impl Bound {
    const BOTH: [Bound; 2] = [Bound::Certain, Bound::Possible];

    fn other(self) -> Bound {
        match self {
            Bound::Certain => Bound::Possible,
            Bound::Possible => Bound::Certain,
        }
    }

    /// What stands first of a pair where certain, second where possible.
    fn of<T>(self, both: &[T; 2]) -> &T {
        let [certain, possible] = both;
        match self {
            Bound::Certain => certain,
            Bound::Possible => possible,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Bound::Certain => "certainly",
            Bound::Possible => "possibly",
        }
    }
}

/// A program on its way.
struct Export<'k> {
    knowledge: &'k KnowledgeBase,
    sources: &'k SourceMap,
    program: Program,
    names: Names,
    words: Words,
    unit: Unit,
    /// The rule or definition at hand.
    owner: Owner,
}

const HEADER: &str = "\
Written by `convener export --to clingo`; run it with `clingo FILE`. It has exactly one answer set.
Its atoms conclusion(Case, Rule, Status, Subject…) are what `convener advise --all --format json` lists under
`conclusions`. How it is built: docs/clingo.md; what it means: docs/semantics.md.

A World is a case as it stands, as_stated(Case), or with one speaker believed in all that they say.
may_x(World, Row…, Value): x may have this value. includes_x, excludes_x: a member is certainly in a set, or certainly not.
least_x, most_x: the bounds of a number or date, where it has any.
certainly_x, possibly_x: the two bounds of a condition; `not` of one is the negation of the other.";

/// The program for some cases.
///
/// # Errors
/// Where a number of a case does not fit into clingo's whole numbers of 32 bits.
pub fn clingo(
    knowledge: &KnowledgeBase,
    sources: &SourceMap,
    cases: &[Seen<'_>],
) -> Result<String, Unfit> {
    let unit = Unit::of(knowledge, cases)?;
    let mut names = Names::default();
    let words = Words::new(knowledge, &mut names);
    let owner = Owner::default();
    let program = Program::default();
    let mut export = Export { knowledge, sources, program, names, words, unit, owner };
    export.header();
    for case in cases {
        export.case(case);
    }
    export.vocabulary();
    export.definitions();
    export.rules();
    Ok(export.program.finish())
}

impl Export<'_> {
    fn header(&mut self) {
        self.program.comment(HEADER);
        for pack in &self.knowledge.packs {
            self.program.comment(&format!(
                "Pack {} {}, {}: sha256 {}",
                pack.id, pack.version, pack.title, pack.hash
            ));
        }
    }

    /// `rules/convening.rules:12`.
    fn place(&self, span: Span) -> String {
        let (file, position) = self.sources.locate(span);
        format!("{file}:{}", position.line)
    }
}
