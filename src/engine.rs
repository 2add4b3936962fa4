//! Inference: a knowledge base and facts to a [`Model`], set at a time on planes of bits.
//! Knows no text, no files, no spans, no severity. Cannot fail but by running out of a counted [`Limit`].
//!
//! ```text
//! KnowledgeBase ──lower──▶ circuits, compiled once ──┐
//!                                                     ├──evaluate, with a kernel──▶ planes ──▶ Model
//! Facts of a block of cases ──leaf────────────────────┘
//! ```

mod block;
mod by_case;
mod by_row;
mod circuit;
mod evaluate;
mod firing;
mod kernel;
mod leaf;
mod lower;
mod meter;
pub mod model;
mod verdict;

use crate::facts::Facts;
use crate::knowledge::{AttributeId, EntityId, KnowledgeBase, RuleId, Vocabulary};

use circuit::{Asked, Gate, Node, NodeId, Wire};
use lower::{Atom, Group, Lower, RulePlan};

pub use firing::Firing;
pub use model::{Conclusion, Limit, Limits, Model, Relationship, Status, Subject};

/// A knowledge base made ready for inference, once for all cases.
#[derive(Debug, Clone)]
pub struct Plan {
    vocabulary: Vocabulary,
    nodes: Vec<Node>,
    atoms: Vec<Atom>,
    groups: Vec<Group>,
    rules: Vec<RulePlan>,
    /// Rules in the order in which to work them out: what overrides comes first.
    order: Vec<usize>,
    predicates: Vec<PredicatePlan>,
    derived: Vec<DerivedPlan>,
    /// How often each node is used where everything is asked for, and where only what fires is.
    uses_of_all: Vec<u32>,
    uses_of_firing: Vec<u32>,
    layout: Option<Layout>,
    asked: Asked,
}

/// A predicate over its parameters.
#[derive(Debug, Clone)]
struct PredicatePlan {
    frame: Vec<EntityId>,
    /// Certain, possible.
    bounds: [Wire; 2],
}

/// Where each value of a derived attribute is possible.
#[derive(Debug, Clone)]
struct DerivedPlan {
    attribute: AttributeId,
    /// The entity of its row; none for a `one`.
    frame: Vec<EntityId>,
    values: Vec<Wire>,
}

/// How planes are laid out; chosen by the number of rows, and no result depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A bit per case: for many cases with few rows.
    ByCase,
    /// A bit per row: for one case with many rows.
    ByRow,
}

impl Plan {
    /// Compiles a knowledge base.
    #[must_use]
    pub fn new(knowledge: &KnowledgeBase) -> Plan {
        let mut lower = Lower::new(knowledge);
        lower.definitions();
        let rules = knowledge.rules.iter().enumerate();
        let rules: Vec<RulePlan> = rules.map(|(at, rule)| lower.rule(RuleId(at), rule)).collect();
        let predicates = knowledge.predicates.iter().zip(&lower.predicates);
        let predicates = predicates
            .map(|(predicate, bounds)| {
                let places: Vec<usize> = (0..predicate.parameters.len()).collect();
                let bounds = [bounds[0].wire(&places), bounds[1].wire(&places)];
                PredicatePlan { frame: predicate.parameters.clone(), bounds }
            })
            .collect();
        let derived = lower.derived.iter().map(|(&attribute, values)| {
            let entity = knowledge.vocabulary.attribute(attribute).entity;
            let frame = if lower.is_one(entity) { vec![] } else { vec![entity] };
            let places: Vec<usize> = (0..frame.len()).collect();
            let values = values.iter().map(|value| value.wire(&places)).collect();
            DerivedPlan { attribute, frame, values }
        });
        let derived = derived.collect();
        let mut plan = Plan {
            vocabulary: knowledge.vocabulary.clone(),
            order: order(&rules),
            rules,
            predicates,
            derived,
            uses_of_all: Vec::new(),
            uses_of_firing: Vec::new(),
            layout: None,
            asked: Asked::by(&lower.circuit.nodes),
            atoms: lower.atoms,
            groups: lower.groups,
            nodes: lower.circuit.nodes,
        };
        plan.uses_of_all = plan.uses(true);
        plan.uses_of_firing = plan.uses(false);
        plan
    }

    /// The same with one layout for all cases, to compare layouts in tests.
    #[doc(hidden)]
    #[must_use]
    pub fn with_layout(mut self, layout: Layout) -> Plan {
        self.layout = Some(layout);
        self
    }

    /// Full models, in the order of the cases.
    ///
    /// # Errors
    /// Where a limit is reached.
    pub fn infer(&self, facts: &[&Facts], limits: Limits) -> Result<Vec<Model>, Limit> {
        block::models(self, facts, limits, true)
    }

    /// Conclusions with every status, in the order of the cases.
    ///
    /// # Errors
    /// Where a limit is reached.
    pub fn conclusions(
        &self,
        facts: &[&Facts],
        limits: Limits,
    ) -> Result<Vec<Vec<Conclusion>>, Limit> {
        let models = block::models(self, facts, limits, false)?;
        Ok(models.into_iter().map(|model| model.conclusions).collect())
    }

    /// What fires in each case, by rule and subject: the fastest question to many cases.
    ///
    /// # Errors
    /// Where a limit is reached.
    pub fn firing(&self, facts: &[&Facts], limits: Limits) -> Result<Vec<Vec<Firing>>, Limit> {
        firing::firing(self, facts, limits)
    }

    /// How often each node is used by what is asked for.
    fn uses(&self, full: bool) -> Vec<u32> {
        let mut roots: Vec<&Wire> = Vec::new();
        for rule in &self.rules {
            roots.extend(&rule.certain);
            if full || rule.overrides {
                roots.extend(&rule.possible);
            }
            roots.extend(rule.unless.iter().flatten());
        }
        if full {
            roots.extend(self.predicates.iter().flat_map(|predicate| &predicate.bounds));
            roots.extend(self.derived.iter().flat_map(|derived| &derived.values));
        }
        let mut uses = vec![0_u32; self.nodes.len()];
        let mut stack = Vec::new();
        for root in roots {
            bump(&mut uses, root.node, &mut stack);
        }
        while let Some(node) = stack.pop() {
            let Some(node) = self.nodes.get(node) else { continue };
            for wire in node.wires() {
                bump(&mut uses, wire.node, &mut stack);
            }
            let Gate::Atom(atom) = node.gate else { continue };
            for atom in self.group_of(atom).filter_map(|&atom| self.atoms.get(atom)) {
                bump(&mut uses, atom.node, &mut stack);
                bump(&mut uses, atom.body.node, &mut stack);
            }
        }
        uses
    }

    /// The atoms that are worked out together with one.
    fn group_of(&self, atom: usize) -> impl Iterator<Item = &usize> {
        let group = self.groups.iter().find(|group| group.atoms.contains(&atom));
        group.into_iter().flat_map(|group| &group.atoms)
    }
}

/// Counts a use; a node used for the first time is still to be looked into.
fn bump(uses: &mut [u32], node: NodeId, stack: &mut Vec<NodeId>) {
    if let Some(uses) = uses.get_mut(node) {
        if *uses == 0 {
            stack.push(node);
        }
        *uses = uses.saturating_add(1);
    }
}

/// Rules so that those that override another come before it.
fn order(rules: &[RulePlan]) -> Vec<usize> {
    let mut order = Vec::with_capacity(rules.len());
    let mut placed = vec![false; rules.len()];
    let mut stack: Vec<usize> = (0..rules.len()).rev().collect();
    while let Some(&top) = stack.last() {
        let before = stack.len();
        let unplaced = |at: &usize| placed.get(*at) == Some(&false);
        if unplaced(&top) {
            let rivals = rules.get(top).map_or(&[][..], |rule| &rule.overridden_by);
            stack.extend(rivals.iter().copied().filter(unplaced));
        }
        if stack.len() > before {
            continue;
        }
        stack.pop();
        if let Some(placed) = placed.get_mut(top).filter(|placed| !**placed) {
            *placed = true;
            order.push(top);
        }
    }
    order
}
