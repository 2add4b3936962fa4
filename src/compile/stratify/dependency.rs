//! What definitions need of each other, with the place and the manner of each need.

use std::collections::BTreeMap;

use crate::knowledge::{Condition, DerivationBody, KnowledgeBase, Quantifier, Term, Test};
use crate::source::{SourceId, Span};

use super::Defined;
use crate::compile::walk::{self, Owner, Root};

/// The place of what stands nowhere.
pub(super) const NOWHERE: Span = Span { source: SourceId(u32::MAX), start: 0, end: 0 };

/// One definition needs another.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) need: Need,
    pub(super) span: Span,
}

/// In what manner. All but the first are negative: more knowledge of the one may take away from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// It must hold.
    Holds,
    /// It must not hold.
    Not,
    /// It is asked of every row, of most, or counted.
    Count,
    /// It selects the rows for a highest or lowest.
    Extreme,
    /// The derived value is needed.
    Value,
    /// Whether the derived value is known is asked.
    Known,
    /// A derived value comes about by it.
    Derived,
}

impl Need {
    /// Whether a circle through it is refused.
    pub(super) fn is_negative(self) -> bool {
        self != Need::Holds
    }
}

impl Step {
    /// The step in words.
    pub(super) fn tell(&self, from: &str, to: &str) -> String {
        match self.need {
            Need::Holds => format!("`{from}` needs `{to}`"),
            Need::Not => format!("`{from}` needs that `{to}` does not hold"),
            Need::Count => format!("`{from}` counts where `{to}` holds"),
            Need::Extreme => format!("`{from}` takes a highest or lowest where `{to}` holds"),
            Need::Value => format!("`{from}` needs the value of `{to}`"),
            Need::Known => format!("`{from}` asks whether `{to}` is known"),
            Need::Derived => format!("the value of `{from}` comes from `{to}`"),
        }
    }
}

/// Every need of every definition.
pub(super) fn steps(kb: &KnowledgeBase, numbers: &BTreeMap<Defined, usize>) -> Vec<Step> {
    let mut steps = Vec::new();
    for site in walk::sites(kb) {
        let (from, need) = match site.owner {
            Owner::Predicate(id) => (Defined::Predicate(id), Need::Holds),
            Owner::Attribute(id) => (Defined::Attribute(id), Need::Derived),
            Owner::Rule(_) | Owner::Question(_) => continue,
        };
        let Some(from) = numbers.get(&from).copied() else { continue };
        let mut collector = Collector { numbers, from, steps: &mut steps };
        match site.root {
            Root::Condition(condition) => collector.condition(condition, need),
            Root::Extreme(extreme, span) => {
                collector.term(&Term::Extreme(Box::new(extreme.clone())), need, span);
            }
        }
    }
    for derivation in kb.derivations.values() {
        let DerivationBody::Table { inputs, .. } = &derivation.body else { continue };
        let from = Defined::Attribute(derivation.attribute);
        let Some(from) = numbers.get(&from).copied() else { continue };
        let mut collector = Collector { numbers, from, steps: &mut steps };
        for input in inputs {
            collector.term(input, Need::Derived, derivation.span);
        }
    }
    steps
}

struct Collector<'c> {
    numbers: &'c BTreeMap<Defined, usize>,
    from: usize,
    steps: &'c mut Vec<Step>,
}

impl Collector<'_> {
    fn add(&mut self, to: Defined, need: Need, span: Span) {
        let need = match (to, need) {
            (_, Need::Known | Need::Derived) | (Defined::Predicate(_), _) => need,
            (Defined::Attribute(_), _) => Need::Value,
        };
        if let Some(to) = self.numbers.get(&to).copied() {
            self.steps.push(Step { from: self.from, to, need, span });
        }
    }

    fn condition(&mut self, condition: &Condition, need: Need) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.condition(part, need);
                }
            }
            Condition::Not(part) if is_count(part) => self.condition(part, need),
            Condition::Not(part) => self.condition(part, through(need, Need::Not)),
            Condition::Test(test, span) => self.test(test, need, *span),
            Condition::Holds(id, _, span) => {
                self.add(Defined::Predicate(*id), need, *span);
            }
            Condition::Quantified(quantified, _) => {
                let need = if is_count(condition) { through(need, Need::Count) } else { need };
                self.condition(&quantified.filter, need);
                self.condition(&quantified.body, need);
            }
        }
    }

    fn test(&mut self, test: &Test, need: Need, span: Span) {
        let need = match test {
            Test::Unknown(_) => through(need, Need::Known),
            _ => through(need, Need::Value),
        };
        for term in walk::terms(test) {
            self.term(term, need, span);
        }
    }

    fn term(&mut self, term: &Term, need: Need, span: Span) {
        match term {
            Term::Attribute(id, _) => self.add(Defined::Attribute(*id), need, span),
            Term::Relation(..) | Term::Member(_) => {}
            Term::Extreme(extreme) => {
                self.term(&extreme.term, need, span);
                let need = if need == Need::Derived { need } else { Need::Extreme };
                self.condition(&extreme.condition, need);
            }
            Term::Years { date, .. } => self.term(date, need, span),
        }
    }
}

/// Whether a condition counts rows, or asks something of all or most of them.
fn is_count(condition: &Condition) -> bool {
    match condition {
        Condition::Quantified(quantified, _) => match quantified.quantifier {
            Quantifier::Some | Quantifier::AtLeast(0 | 1) => false,
            Quantifier::Every | Quantifier::Most | Quantifier::AtLeast(_) => true,
        },
        _ => false,
    }
}

/// A need inside another: the outer one decides how it is told, unless it only passes on what holds.
fn through(outer: Need, inner: Need) -> Need {
    if outer == Need::Holds { inner } else { outer }
}
