//! The order in which definitions can be worked out: each after what it needs. Refuses a definition that needs its own
//! negation, and tells the circle step by step. Leaves rules alone: exceptions and overrides are no part of definitions.

mod dependency;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::code::check::NEGATIVE_CYCLE;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{AttributeId, KnowledgeBase, PredicateId, Stratum};

use super::graph::Graph;
use super::words;
use dependency::Step;

/// Most circles of a component among which the shortest is chosen to be told.
const CIRCLES: usize = 100;

/// What is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Defined {
    Predicate(PredicateId),
    Attribute(AttributeId),
}

/// Fills [`KnowledgeBase::strata`]; a circle through a negation is reported.
pub fn stratify(kb: &mut KnowledgeBase, diagnostics: &mut Diagnostics) {
    let nodes: Vec<Defined> = (0..kb.predicates.len())
        .map(|index| Defined::Predicate(PredicateId(index)))
        .chain(kb.derivations.keys().map(|attribute| Defined::Attribute(*attribute)))
        .collect();
    let numbers: BTreeMap<Defined, usize> =
        nodes.iter().enumerate().map(|(number, node)| (*node, number)).collect();
    let steps = dependency::steps(kb, &numbers);
    let mut graph = Graph::new(nodes.len());
    for step in &steps {
        graph.connect(step.from, step.to);
    }
    let components = graph.components();
    let names: Vec<String> = nodes.iter().map(|node| name(kb, *node)).collect();
    for component in &components {
        if let Some(circle) = negative_circle(&graph, component, &steps) {
            diagnostics.push(report(&circle, &names));
        }
    }
    kb.strata = components.iter().flat_map(|component| strata(&graph, &nodes, component)).collect();
}

fn name(kb: &KnowledgeBase, node: Defined) -> String {
    match node {
        Defined::Predicate(id) => {
            kb.predicates.get(id.0).map_or_else(String::new, |predicate| predicate.name.clone())
        }
        Defined::Attribute(id) => words::attribute(kb, id),
    }
}

/// The strata of a component: one for its predicates, one for each attribute (only a circle that is reported has both).
fn strata(graph: &Graph, nodes: &[Defined], component: &[usize]) -> Vec<Stratum> {
    let mut strata = Vec::new();
    let mut members = Vec::new();
    for node in component.iter().filter_map(|number| nodes.get(*number)) {
        match node {
            Defined::Predicate(id) => members.push(*id),
            Defined::Attribute(id) => strata.push(Stratum::Attribute(*id)),
        }
    }
    if !members.is_empty() {
        let recursive =
            component.len() > 1 || component.iter().any(|node| graph.has_edge(*node, *node));
        strata.push(Stratum::Predicates { members, recursive });
    }
    strata
}

/// A shortest circle through a negative step of a component, that step first.
fn negative_circle<'s>(
    graph: &Graph,
    component: &[usize],
    steps: &'s [Step],
) -> Option<Vec<&'s Step>> {
    let allowed: BTreeSet<usize> = component.iter().copied().collect();
    let inside = |step: &Step| allowed.contains(&step.from) && allowed.contains(&step.to);
    let circle = |first: &'s Step| {
        let mut circle = vec![first];
        if first.to != first.from {
            let path = graph.path(first.to, first.from, &allowed)?;
            for (from, to) in path.iter().zip(path.iter().skip(1)) {
                circle.push(steps.iter().find(|step| step.from == *from && step.to == *to)?);
            }
        }
        Some(circle)
    };
    steps
        .iter()
        .filter(|step| step.need.is_negative() && inside(step))
        .take(CIRCLES)
        .filter_map(circle)
        .min_by_key(|circle| (circle.len(), circle.first().map(|step| step.span)))
}

fn report(circle: &[&Step], names: &[String]) -> Diagnostic {
    let name = |number: usize| names.get(number).map_or("", String::as_str);
    let told: Vec<String> =
        circle.iter().map(|step| step.tell(name(step.from), name(step.to))).collect();
    let (Some(first), Some(label)) = (circle.first(), told.first()) else {
        return Diagnostic::new(NEGATIVE_CYCLE, dependency::NOWHERE, "a definition needs itself");
    };
    let message = if circle.len() == 1 {
        format!("`{}` cannot be settled without itself", name(first.from))
    } else {
        format!("`{}` cannot be settled without itself: {}", name(first.from), told.join(", "))
    };
    let mut diagnostic = Diagnostic::new(NEGATIVE_CYCLE, first.span, message).label(label.clone());
    for (step, text) in circle.iter().zip(&told).skip(1) {
        diagnostic = diagnostic.related(step.span, text.clone());
    }
    diagnostic.help(
        "a definition may need itself only as something that holds: break the circle at one of \
         these steps, for example by asking a fact of the case there",
    )
}
