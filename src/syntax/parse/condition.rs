//! Conditions and what they test.

use super::ground::{Builder, Pair, child, children, has};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::syntax as code;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{
    Among, Block, Call, Condition, ConditionKind, Extreme, Operand, Order, Quantified, Quantifier,
    Right, Test,
};

impl Builder<'_, '_> {
    /// The block among the children of a node.
    pub(super) fn child_block(&mut self, pair: &Pair<'_>) -> Option<Block> {
        child(pair, Rule::block).and_then(|block| self.block(&block))
    }

    /// `{ … }`.
    #[expect(clippy::unnecessary_wraps, reason = "all builders look alike")]
    pub(super) fn block(&mut self, pair: &Pair<'_>) -> Option<Block> {
        let conditions = children(pair, Rule::condition)
            .filter_map(|condition| self.condition(&condition))
            .collect();
        Some(Block { conditions, span: self.span(pair) })
    }

    fn condition(&mut self, pair: &Pair<'_>) -> Option<Condition> {
        let inner = pair.clone().into_inner().next()?;
        let kind = match inner.as_rule() {
            Rule::any_of => ConditionKind::AnyOf(self.child_block(&inner)?),
            Rule::none_of => ConditionKind::NoneOf(self.child_block(&inner)?),
            Rule::not_all => ConditionKind::NotAll(self.child_block(&inner)?),
            Rule::block => ConditionKind::All(self.block(&inner)?),
            Rule::quantified => ConditionKind::Quantified(self.quantified(&inner)?),
            Rule::done => ConditionKind::Done {
                negated: has(&inner, Rule::NOT),
                action: self.child_name(&inner, Rule::id)?,
                subject: self.child_name(&inner, Rule::name),
            },
            Rule::tested => ConditionKind::Test {
                operand: self.operand(&child(&inner, Rule::operand)?)?,
                test: self.test(&child(&inner, Rule::test)?)?,
            },
            _ => ConditionKind::Holds {
                negated: has(&inner, Rule::NOT),
                operand: self.operand(&inner)?,
            },
        };
        Some(Condition { kind, span: self.span(pair) })
    }

    fn quantified(&mut self, pair: &Pair<'_>) -> Option<Quantified> {
        let quantifier = pair.clone().into_inner().next()?;
        let quantifier = match quantifier.as_rule() {
            Rule::SOME => Quantifier::Some,
            Rule::NO => Quantifier::No,
            Rule::EVERY => Quantifier::Every,
            Rule::MOST => Quantifier::Most,
            _ => self.counted(&quantifier)?,
        };
        let (other, parameter) = self.rows(pair).pop()?;
        let mut blocks = children(pair, Rule::block);
        let filter = if has(pair, Rule::WHERE) { self.block(&blocks.next()?) } else { None };
        let body = self.block(&blocks.next()?)?;
        Some(Quantified { quantifier, other, parameter, filter, body })
    }

    fn counted(&mut self, pair: &Pair<'_>) -> Option<Quantifier> {
        let count = child(pair, Rule::count)?;
        let number = count.as_str().parse::<u32>().unwrap_or_else(|_| {
            let message = format!("`{}` is more than anybody can count", count.as_str());
            let span = self.span(&count);
            self.problem(Diagnostic::new(code::BAD_NUMBER, span, message).label("too large"));
            u32::MAX
        });
        Some(if has(pair, Rule::AT_LEAST) {
            Quantifier::AtLeast(number)
        } else {
            Quantifier::AtMost(number)
        })
    }

    /// An operand from the node that has it as a child.
    fn operand(&mut self, pair: &Pair<'_>) -> Option<Operand> {
        pair.clone().into_inner().find_map(|inner| match inner.as_rule() {
            Rule::extreme => Some(Operand::Extreme(Box::new(self.extreme(&inner)?))),
            Rule::years => Some(Operand::Years {
                since: has(&inner, Rule::YEARS_SINCE),
                path: self.path(&child(&inner, Rule::path)?),
                span: self.span(&inner),
            }),
            Rule::call => Some(Operand::Call(self.call(&inner)?)),
            Rule::path | Rule::dotted => Some(Operand::Path(self.path(&inner))),
            _ => None,
        })
    }

    /// `credible(who c, to p)`, from a node with a name and arguments.
    pub(super) fn call(&self, pair: &Pair<'_>) -> Option<Call> {
        let arguments = pair
            .clone()
            .into_inner()
            .filter(|child| matches!(child.as_rule(), Rule::argument | Rule::tie_argument))
            .filter_map(|argument| {
                let mut names = argument.into_inner().map(|name| self.name(&name));
                let first = names.next()?;
                Some(match names.next() {
                    Some(second) => (Some(first), second),
                    None => (None, first),
                })
            })
            .collect();
        let name = self.child_name(pair, Rule::name)?;
        let end = child(pair, Rule::right).map_or(name.span, |right| self.span(&right));
        Some(Call { span: name.span.to(end), name, arguments })
    }

    /// `highest p.organized of party p { … }`.
    pub(super) fn extreme(&mut self, pair: &Pair<'_>) -> Option<Extreme> {
        let (other, parameter) = self.rows(pair).pop()?;
        Some(Extreme {
            highest: has(pair, Rule::HIGHEST),
            operand: self.operand(&child(pair, Rule::extreme_of)?)?,
            other,
            parameter,
            condition: self.child_block(pair),
            span: self.span(pair),
        })
    }

    fn test(&mut self, pair: &Pair<'_>) -> Option<Test> {
        let inner = pair.clone().into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::empty => Test::Empty,
            Rule::unknown => Test::Unknown,
            Rule::among => Test::Among { relation: among(&inner), values: self.values(&inner) },
            _ => Test::Order {
                order: order(&inner),
                right: self.value(&child(&inner, Rule::value)?)?,
                by: child(&inner, Rule::by).and_then(|by| {
                    let figure = child(&by, Rule::figure)?;
                    Some((self.number(&figure), self.span(&figure)))
                }),
            },
        })
    }

    fn values(&mut self, pair: &Pair<'_>) -> Vec<Right> {
        children(pair, Rule::value).filter_map(|value| self.value(&value)).collect()
    }

    fn value(&mut self, pair: &Pair<'_>) -> Option<Right> {
        if let Some(literal) = child(pair, Rule::literal) {
            return self.literal(&literal).map(Right::Literal);
        }
        self.operand(pair).map(Right::Operand)
    }
}

fn among(pair: &Pair<'_>) -> Among {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::IS_NOT) => Among::IsNot,
        Some(Rule::INCLUDES) => Among::Includes,
        Some(Rule::EXCLUDES) => Among::Excludes,
        _ => Among::Is,
    }
}

/// Which of `at least`, `at most`, `below` and `above` is among the children.
pub(super) fn order(pair: &Pair<'_>) -> Order {
    let words = [
        (Rule::AT_LEAST, Order::AtLeast),
        (Rule::AT_MOST, Order::AtMost),
        (Rule::BELOW, Order::Below),
    ];
    words.into_iter().find(|(word, _)| has(pair, *word)).map_or(Order::Above, |(_, order)| order)
}
