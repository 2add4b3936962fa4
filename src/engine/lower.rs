//! Conditions to circuits: each has two bounds, certain and possible, and `not` swaps them.
//! This file does logic and quantifiers; `lower/` has tests, terms, numbers, definitions and rules.

use std::collections::BTreeMap;

use crate::knowledge::{
    AttributeId, Condition, EntityId, EntityKind, KnowledgeBase, PredicateId, Quantified,
    Quantifier, Variable, VariableId,
};

use super::circuit::{Circuit, Expr, Gate, Leaf};

mod compare;
mod define;
mod number;
mod rule;
mod term;

pub(super) use define::{Atom, Group};
pub(super) use rule::RulePlan;

/// Which bound of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bound {
    Certain,
    Possible,
}

impl Bound {
    pub(super) const BOTH: [Bound; 2] = [Bound::Certain, Bound::Possible];

    fn other(self) -> Bound {
        match self {
            Bound::Certain => Bound::Possible,
            Bound::Possible => Bound::Certain,
        }
    }

    fn certain(self) -> bool {
        self == Bound::Certain
    }
}

/// A knowledge base on its way to circuits.
pub(super) struct Lower<'k> {
    pub(super) knowledge: &'k KnowledgeBase,
    pub(super) circuit: Circuit,
    /// Both bounds of each predicate over its parameters, as variables 0, 1, 2.
    pub(super) predicates: Vec<[Expr; 2]>,
    /// For each derived attribute, where each value is possible, over the row as variable 0.
    pub(super) derived: BTreeMap<AttributeId, Vec<Expr>>,
    pub(super) atoms: Vec<Atom>,
    pub(super) groups: Vec<Group>,
    /// The entity of each variable of the rule or definition at hand, and what each differs from.
    scope: Vec<(EntityId, Vec<VariableId>)>,
}

impl<'k> Lower<'k> {
    pub(super) fn new(knowledge: &'k KnowledgeBase) -> Lower<'k> {
        let never = [Expr::constant(false), Expr::constant(false)];
        Lower {
            knowledge,
            circuit: Circuit::new(),
            predicates: vec![never; knowledge.predicates.len()],
            derived: BTreeMap::new(),
            atoms: Vec::new(),
            groups: Vec::new(),
            scope: Vec::new(),
        }
    }

    fn enter(&mut self, variables: &[Variable]) {
        self.scope =
            variables.iter().map(|variable| (variable.entity, variable.apart.clone())).collect();
    }

    /// A variable that the author did not write.
    fn fresh(&mut self, entity: EntityId) -> usize {
        self.scope.push((entity, Vec::new()));
        self.scope.len() - 1
    }

    fn entity(&self, variable: VariableId) -> EntityId {
        self.scope.get(variable.0).map_or(EntityId(0), |(entity, _)| *entity)
    }

    /// How many rows an entity has in every case; none where the case says.
    fn fixed_rows(&self, entity: EntityId) -> Option<usize> {
        let words = &self.knowledge.vocabulary;
        match words.entity(entity).kind {
            EntityKind::Many => None,
            EntityKind::One => Some(1),
            EntityKind::Members(domain) => Some(words.domain(domain).members.len()),
        }
    }

    fn leaf(&mut self, leaf: Leaf, frame: Vec<EntityId>, variables: Vec<usize>) -> Expr {
        self.circuit.source(Gate::Leaf(leaf), frame, variables)
    }

    /// A mask of rows; all where the rows are fixed.
    fn mask(&mut self, variable: usize, leaf: impl Fn(EntityId) -> Leaf) -> Option<Expr> {
        let entity = self.entity(VariableId(variable));
        self.fixed_rows(entity)
            .is_none()
            .then(|| self.leaf(leaf(entity), vec![entity], vec![variable]))
    }

    /// What keeps a variable apart from others.
    fn apart(&mut self, variable: usize, bound: Bound) -> Vec<Expr> {
        let (entity, others) = self.scope.get(variable).cloned().unwrap_or((EntityId(0), vec![]));
        let open = !bound.certain() && self.fixed_rows(entity).is_none();
        let mut parts = Vec::new();
        for other in others {
            let pair = vec![other.0.min(variable), other.0.max(variable)];
            parts.push(self.leaf(Leaf::Apart { entity, open }, vec![entity; 2], pair));
        }
        parts
    }

    /// A condition on one bound.
    pub(super) fn condition(&mut self, condition: &Condition, bound: Bound) -> Expr {
        match condition {
            Condition::All(parts) => {
                let parts = self.each(parts, bound);
                self.circuit.all(parts)
            }
            Condition::Any(parts) => {
                let parts = self.each(parts, bound);
                self.circuit.any(parts)
            }
            Condition::Not(inner) => self.condition(inner, bound.other()).not(),
            Condition::Test(test, _) => self.test(test, bound),
            Condition::Holds(predicate, arguments, _) => self.holds(*predicate, arguments, bound),
            Condition::Quantified(quantified, _) => self.quantified(quantified, bound),
        }
    }

    fn each(&mut self, parts: &[Condition], bound: Bound) -> Vec<Expr> {
        parts.iter().map(|part| self.condition(part, bound)).collect()
    }

    /// A condition as parts that all hold.
    pub(super) fn parts(&mut self, condition: &Condition, bound: Bound) -> Vec<Expr> {
        match condition {
            Condition::All(parts) => {
                parts.iter().flat_map(|part| self.parts(part, bound)).collect()
            }
            Condition::Not(inner) => self.counter_parts(inner, bound.other()),
            _ => vec![self.condition(condition, bound)],
        }
    }

    /// The negation of a condition as parts that all hold; the bound is that of the condition.
    fn counter_parts(&mut self, condition: &Condition, bound: Bound) -> Vec<Expr> {
        match condition {
            Condition::Any(parts) => {
                parts.iter().flat_map(|part| self.counter_parts(part, bound)).collect()
            }
            Condition::Not(inner) => self.parts(inner, bound.other()),
            _ => vec![self.condition(condition, bound).not()],
        }
    }

    fn holds(&mut self, predicate: PredicateId, arguments: &[VariableId], bound: Bound) -> Expr {
        let both = self.predicates.get(predicate.0).cloned();
        let [certain, possible] = both.unwrap_or([Expr::constant(false), Expr::constant(false)]);
        let expr = if bound.certain() { certain } else { possible };
        expr.rename(|parameter| arguments.get(parameter).map_or(0, |argument| argument.0))
    }

    /// There is a row such that all parts hold: a listed one, or for `Possible` any.
    fn exists(&mut self, variable: VariableId, mut parts: Vec<Expr>, bound: Bound) -> Expr {
        let mask = if bound.certain() { Leaf::Listed } else { Leaf::There };
        parts.extend(self.mask(variable.0, mask));
        parts.extend(self.apart(variable.0, bound));
        self.exists_plain(variable, parts)
    }

    /// Perhaps the unlisted row is one for which all parts hold.
    fn exists_unlisted(&mut self, variable: VariableId, mut parts: Vec<Expr>) -> Expr {
        let Some(mask) = self.mask(variable.0, Leaf::Unlisted) else {
            return Expr::constant(false);
        };
        parts.push(mask);
        parts.extend(self.apart(variable.0, Bound::Possible));
        self.exists_plain(variable, parts)
    }

    fn exists_plain(&mut self, variable: VariableId, parts: Vec<Expr>) -> Expr {
        let entity = self.entity(variable);
        self.circuit.exists(variable.0, entity, parts)
    }

    fn quantified(&mut self, quantified: &Quantified, bound: Bound) -> Expr {
        let Quantified { quantifier, variable, filter, body } = quantified;
        match quantifier {
            Quantifier::Some | Quantifier::AtLeast(1) => {
                let parts = self.filtered(filter, body, bound);
                self.exists(*variable, parts, bound)
            }
            Quantifier::AtLeast(0) => Expr::constant(true),
            Quantifier::AtLeast(count) => self.at_least(quantified, *count, bound),
            Quantifier::Every => {
                let some = self.parts(filter, bound);
                let some = self.exists(*variable, some, bound);
                let breach = self.breach(filter, body, bound.other());
                let breach = self.exists(*variable, breach, bound.other());
                self.circuit.all(vec![some, breach.not()])
            }
            Quantifier::Most => self.most(quantified, bound),
        }
    }

    fn filtered(&mut self, filter: &Condition, body: &Condition, bound: Bound) -> Vec<Expr> {
        let mut parts = self.parts(filter, bound);
        parts.extend(self.parts(body, bound));
        parts
    }

    /// The filter holds and the body does not.
    fn breach(&mut self, filter: &Condition, body: &Condition, bound: Bound) -> Vec<Expr> {
        let mut parts = self.parts(filter, bound);
        parts.extend(self.counter_parts(body, bound.other()));
        parts
    }

    fn at_least(&mut self, quantified: &Quantified, count: u32, bound: Bound) -> Expr {
        let variable = quantified.variable;
        let parts = self.filtered(&quantified.filter, &quantified.body, bound);
        let mut listed = parts.clone();
        listed.extend(self.mask(variable.0, Leaf::Listed));
        listed.extend(self.apart(variable.0, bound));
        let entity = self.entity(variable);
        let rows = self.fixed_rows(entity);
        let enough = self.circuit.at_least(variable.0, (entity, rows), count, listed);
        if bound.certain() {
            return enough;
        }
        let unlisted = self.exists_unlisted(variable, parts);
        self.circuit.any(vec![enough, unlisted])
    }

    fn most(&mut self, quantified: &Quantified, bound: Bound) -> Expr {
        let Quantified { variable, filter, body, .. } = quantified;
        let more = self.filtered(filter, body, bound);
        let less = self.breach(filter, body, bound.other());
        let mut listed_more = more.clone();
        listed_more.extend(self.mask(variable.0, Leaf::Listed));
        listed_more.extend(self.apart(variable.0, bound));
        let mut listed_less = less.clone();
        listed_less.extend(self.mask(variable.0, Leaf::Listed));
        listed_less.extend(self.apart(variable.0, bound.other()));
        let entity = self.entity(*variable);
        let majority = self.circuit.most(variable.0, entity, listed_more, listed_less);
        if bound.certain() {
            let unlisted = self.exists_unlisted(*variable, less).not();
            return self.circuit.all(vec![majority, unlisted]);
        }
        let unlisted = self.exists_unlisted(*variable, more);
        self.circuit.any(vec![majority, unlisted])
    }
}
