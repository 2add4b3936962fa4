//! Examples: what is given and what is expected.

use super::condition::order;
use super::declaration::kept;
use super::ground::{Builder, Pair, child, children, has};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Example, Expect, ExpectStatus, Given, GivenValue, Literal, Name};

impl Builder<'_, '_> {
    /// `example`.
    pub(super) fn example(&mut self, pair: &Pair<'_>) -> Option<Example> {
        let (mut at, mut given, mut expects) = (None, None, Vec::new());
        for clause in pair.clone().into_inner() {
            match clause.as_rule() {
                Rule::looked_at => {
                    let value = child(&clause, Rule::figure).map(|figure| self.figure(&figure));
                    self.once(&mut at, value, &clause);
                }
                Rule::given => {
                    let statements = clause.clone().into_inner();
                    let value = Some(statements.filter_map(|pair| self.statement(&pair)).collect());
                    self.once(&mut given, value, &clause);
                }
                Rule::expect => expects.extend(self.expect(&clause)),
                _ => {}
            }
        }
        Some(Example {
            title: self.child_text(pair)?,
            at: kept(at),
            given: kept(given).unwrap_or_default(),
            expects,
            span: self.span(pair),
        })
    }

    fn statement(&mut self, pair: &Pair<'_>) -> Option<Given> {
        let mut names = children(pair, Rule::name);
        Some(match pair.as_rule() {
            Rule::given_row => Given::Row {
                entity: self.name(&names.next()?),
                id: self.child_name(pair, Rule::id)?,
                facts: self.facts(pair),
            },
            Rule::given_one => {
                Given::One { entity: self.name(&names.next()?), facts: self.facts(pair) }
            }
            Rule::tie => {
                Given::Tie(self.call(pair)?, self.given_value(&child(pair, Rule::given_value)?)?)
            }
            Rule::did => {
                let mut ids = self.names(pair, Rule::id).into_iter();
                Given::Did { taken: has(pair, Rule::DID), action: ids.next()?, subject: ids.next() }
            }
            Rule::complete => Given::Complete(self.name(&names.next()?)),
            _ => return None,
        })
    }

    fn facts(&mut self, pair: &Pair<'_>) -> Vec<(Name, GivenValue)> {
        let Some(facts) = child(pair, Rule::facts) else { return Vec::new() };
        children(&facts, Rule::fact).filter_map(|fact| self.fact(&fact, Rule::name)).collect()
    }

    fn fact(&mut self, pair: &Pair<'_>, named: Rule) -> Option<(Name, GivenValue)> {
        let value = self.given_value(&child(pair, Rule::given_value)?)?;
        Some((self.child_name(pair, named)?, value))
    }

    fn given_value(&mut self, pair: &Pair<'_>) -> Option<GivenValue> {
        let inner = pair.clone().into_inner().next()?;
        let span = self.span(&inner);
        Some(match inner.as_rule() {
            Rule::says => GivenValue::Says(
                children(&inner, Rule::saying)
                    .filter_map(|saying| self.fact(&saying, Rule::id))
                    .collect(),
                span,
            ),
            Rule::partial => GivenValue::Partial {
                includes: self.part(&inner, Rule::included),
                excludes: self.part(&inner, Rule::excluded),
                span,
            },
            Rule::given_order => {
                GivenValue::Order(order(&inner), self.literal(&child(&inner, Rule::literal)?)?)
            }
            Rule::given_unknown => GivenValue::Unknown(span),
            Rule::members => GivenValue::Set(self.names(&inner, Rule::name), span),
            _ => {
                let literals = children(&inner, Rule::literal);
                let literals: Vec<Literal> =
                    literals.filter_map(|pair| self.literal(&pair)).collect();
                GivenValue::OneOf(literals)
            }
        })
    }

    fn part(&self, pair: &Pair<'_>, wanted: Rule) -> Vec<Name> {
        child(pair, wanted)
            .and_then(|part| child(&part, Rule::members))
            .map_or_else(Vec::new, |members| self.names(&members, Rule::name))
    }

    fn expect(&mut self, pair: &Pair<'_>) -> Option<Expect> {
        if let Some(value) = child(pair, Rule::expect_value) {
            return Some(Expect::Value {
                path: self.path(&child(&value, Rule::expect_path)?),
                values: self.names(&value, Rule::name),
                span: self.span(pair),
            });
        }
        let about = child(pair, Rule::expect_rule)?;
        let mut ids = self.names(&about, Rule::id).into_iter();
        let rule = ids.next()?;
        let status = child(&about, Rule::status).and_then(|status| status.into_inner().next());
        let status = match status.map(|word| word.as_rule()) {
            Some(Rule::NO) => ExpectStatus::No,
            Some(Rule::OPEN) => ExpectStatus::Open,
            Some(Rule::PROVISIONAL) => ExpectStatus::Provisional,
            Some(Rule::CONTESTED) => ExpectStatus::Contested,
            Some(Rule::SET_ASIDE) => ExpectStatus::SetAside,
            _ => ExpectStatus::Fires,
        };
        let subject = has(&about, Rule::FOR).then(|| ids.collect());
        Some(Expect::Rule { status, rule, subject, span: self.span(pair) })
    }
}
