//! Names, paths and literals; and how the other sections take a pair of the grammar apart.

use pest::iterators::Pair as PestPair;

use super::figure;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::syntax as code;
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::report::Report;
use crate::syntax::tree::{Citation, Default, Literal, Name, Parameter, Path, Type};

/// A node of the grammar.
pub(super) type Pair<'i> = PestPair<'i, Rule>;

/// The first child of this rule.
pub(super) fn child<'i>(pair: &Pair<'i>, wanted: Rule) -> Option<Pair<'i>> {
    children(pair, wanted).next()
}

/// The children of this rule.
pub(super) fn children<'i>(pair: &Pair<'i>, wanted: Rule) -> impl Iterator<Item = Pair<'i>> {
    pair.clone().into_inner().filter(move |child| child.as_rule() == wanted)
}

/// Whether there is a child of this rule.
pub(super) fn has(pair: &Pair<'_>, wanted: Rule) -> bool {
    child(pair, wanted).is_some()
}

/// Makes the tree of one item. Where a method returns an option, the grammar sees to it that there is something.
pub(super) struct Builder<'r, 'd> {
    /// Where the item starts in its file.
    pub(super) offset: usize,
    /// Whether something of it was left out.
    pub(super) repaired: bool,
    /// What is wrong with it.
    pub(super) report: &'r mut Report<'d>,
}

impl Builder<'_, '_> {
    /// Where a node stands, from its first token to its last.
    pub(super) fn span(&self, pair: &Pair<'_>) -> Span {
        let start = pair.as_span().start();
        self.report.span(self.offset + start, self.offset + last_byte(pair.clone()))
    }

    /// Reports a problem at a node.
    pub(super) fn problem(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }

    /// A name or id.
    pub(super) fn name(&self, pair: &Pair<'_>) -> Name {
        Name { text: pair.as_str().to_owned(), span: self.span(pair) }
    }

    /// The first child of this rule as a name.
    pub(super) fn child_name(&self, pair: &Pair<'_>, wanted: Rule) -> Option<Name> {
        child(pair, wanted).map(|child| self.name(&child))
    }

    /// All children of this rule as names.
    pub(super) fn names(&self, pair: &Pair<'_>, wanted: Rule) -> Vec<Name> {
        children(pair, wanted).map(|child| self.name(&child)).collect()
    }

    /// `p.power`, from a node that has its names as children.
    pub(super) fn path(&self, pair: &Pair<'_>) -> Path {
        let names = pair
            .clone()
            .into_inner()
            .filter(|child| matches!(child.as_rule(), Rule::name | Rule::id))
            .map(|child| self.name(&child))
            .collect();
        Path { names, span: self.span(pair) }
    }

    /// `party p`.
    pub(super) fn parameter(&self, pair: &Pair<'_>) -> Option<Parameter> {
        let mut names = children(pair, Rule::name);
        Some(Parameter { entity: self.name(&names.next()?), name: self.name(&names.next()?) })
    }

    /// `party p` or `other party p` among the children of a node, with whether `other` stands before it.
    pub(super) fn rows(&self, pair: &Pair<'_>) -> Vec<(bool, Parameter)> {
        pair.clone()
            .into_inner()
            .filter_map(|child| match child.as_rule() {
                Rule::parameter => Some((false, self.parameter(&child)?)),
                Rule::other_parameter => {
                    Some((true, self.parameter(&self::child(&child, Rule::parameter)?)?))
                }
                _ => None,
            })
            .collect()
    }

    /// `cites a, b`.
    pub(super) fn citations(&self, pair: &Pair<'_>) -> Vec<Citation> {
        pair.clone()
            .into_inner()
            .filter(|child| matches!(child.as_rule(), Rule::citation | Rule::citation_group))
            .map(|child| Citation { text: child.as_str().to_owned(), span: self.span(&child) })
            .collect()
    }

    /// The type of an attribute.
    pub(super) fn kind(&self, pair: &Pair<'_>) -> Option<Type> {
        let name = self.child_name(pair, Rule::name)?;
        Some(match name.text.as_str() {
            _ if has(pair, Rule::SET_OF) => Type::Set(name),
            "yes_no" => Type::YesNo(name.span),
            "number" => Type::Number(name.span),
            "date" => Type::Date(name.span),
            _ => Type::Domain(name),
        })
    }

    /// `default no`.
    pub(super) fn default(&mut self, pair: &Pair<'_>) -> Option<Default> {
        Some(Default::Value(self.literal(&child(pair, Rule::literal)?)?))
    }

    /// A name, a number or a date.
    pub(super) fn literal(&mut self, pair: &Pair<'_>) -> Option<Literal> {
        let inner = pair.clone().into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::figure => self.figure(&inner),
            _ => Literal::Name(self.name(&inner)),
        })
    }

    /// A number or a date.
    pub(super) fn figure(&mut self, pair: &Pair<'_>) -> Literal {
        let span = self.span(pair);
        figure::read(pair.as_str(), span).unwrap_or_else(|problem| {
            self.report.push_whole(*problem);
            Literal::Broken(span)
        })
    }

    /// A number in millionths, where no date will do.
    pub(super) fn number(&mut self, pair: &Pair<'_>) -> i64 {
        match self.figure(pair) {
            Literal::Number(millionths, _) => millionths,
            Literal::Date(_, _, span) => {
                let message = format!("expected a number, found the date `{}`", pair.as_str());
                self.problem(Diagnostic::new(code::BAD_NUMBER, span, message).label("a date"));
                0
            }
            Literal::Name(Name { span, .. }) | Literal::Broken(span) => {
                self.report.spoil(span);
                0
            }
        }
    }

    /// Keeps the first of several clauses that may stand once, and reports the others.
    pub(super) fn once<T>(
        &mut self,
        slot: &mut Option<(T, Span)>,
        value: Option<T>,
        pair: &Pair<'_>,
    ) {
        let span = self.span(pair);
        let Some((_, first)) = slot else {
            *slot = value.map(|value| (value, span));
            return;
        };
        let what = match pair.as_rule() {
            Rule::text => "text".to_owned(),
            _ => format!("`{}`", pair.as_str().split_whitespace().next().unwrap_or("")),
        };
        let first = *first;
        self.problem(
            Diagnostic::new(code::DUPLICATE_CLAUSE, span, format!("a second {what} clause"))
                .label("only one may stand here")
                .related(first, "the first one")
                .help("remove one of the two, or put both into one"),
        );
    }
}

/// One past the last byte of the last token of a node; a node itself may reach into the white space after it.
fn last_byte(pair: Pair<'_>) -> usize {
    let mut node = pair;
    while let Some(last) = node.clone().into_inner().next_back() {
        node = last;
    }
    node.as_span().end()
}
