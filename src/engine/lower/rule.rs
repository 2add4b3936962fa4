//! Rules: for which subjects their conditions and exceptions hold, on both bounds.

use crate::knowledge::{EntityId, Rule, RuleId, VariableId};

use super::super::circuit::{Expr, Leaf, Wire};
use super::{Bound, Lower};

/// A rule as circuits over its subject.
#[derive(Debug, Clone)]
pub(in super::super) struct RulePlan {
    pub(in super::super) rule: RuleId,
    /// The entities of the subject's variables.
    pub(in super::super) frame: Vec<EntityId>,
    /// What the subject must be, and its conditions possibly; cheap parts first.
    pub(in super::super) possible: Vec<Wire>,
    /// What the subject must be, and its conditions certainly.
    pub(in super::super) certain: Vec<Wire>,
    /// Its exceptions possibly and certainly; none where it has none.
    pub(in super::super) unless: Option<[Wire; 2]>,
    /// Rules that override it.
    pub(in super::super) overridden_by: Vec<usize>,
    /// Whether it overrides another.
    pub(in super::super) overrides: bool,
}

impl Lower<'_> {
    /// A rule.
    pub(in super::super) fn rule(&mut self, id: RuleId, rule: &Rule) -> RulePlan {
        self.enter(&rule.variables);
        let frame = (0..rule.subjects).map(|at| self.entity(VariableId(at))).collect();
        let places: Vec<usize> = (0..rule.subjects).collect();
        let mut possible = self.subject(rule);
        let mut certain = possible.clone();
        possible.extend(self.parts(&rule.when, Bound::Possible));
        certain.extend(self.parts(&rule.when, Bound::Certain));
        let exception = Bound::BOTH.map(|bound| self.condition(&rule.unless, bound));
        let [excluded, excusable] = exception.map(|exception| exception.wire(&places));
        let unless = if excusable.node == 0 && excusable.negated {
            None
        } else {
            Some([excusable, excluded])
        };
        RulePlan {
            rule: id,
            frame,
            possible: self.sorted(possible, &places),
            certain: self.sorted(certain, &places),
            unless,
            overridden_by: rule.overridden_by.iter().map(|rule| rule.0).collect(),
            overrides: !rule.overrides.is_empty(),
        }
    }

    /// Which rows can be subjects: listed ones, kept apart, in order under `two`.
    fn subject(&mut self, rule: &Rule) -> Vec<Expr> {
        let mut parts = Vec::new();
        for variable in 0..rule.subjects {
            parts.extend(self.mask(variable, Leaf::Listed));
            parts.extend(self.apart(variable, Bound::Certain));
        }
        if rule.two {
            let entity = self.entity(VariableId(0));
            parts.push(self.leaf(Leaf::Before(entity), vec![entity; 2], vec![0, 1]));
        }
        parts
    }

    /// Parts in the order in which to work them out: those that speak of few variables first.
    fn sorted(&self, mut parts: Vec<Expr>, places: &[usize]) -> Vec<Wire> {
        parts.sort_by_key(|part| {
            let leaf =
                self.circuit.nodes.get(part.node).is_none_or(|node| node.wires().next().is_none());
            (part.variables.len(), !leaf, part.clone())
        });
        parts.dedup();
        parts.iter().map(|part| part.wire(places)).collect()
    }
}
