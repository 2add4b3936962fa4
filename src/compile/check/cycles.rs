//! Circles among rules that override each other and among actions that come after each other.

use crate::compile::graph::Graph;
use crate::diagnostic::code::Code;
use crate::diagnostic::code::check::{AFTER_CYCLE, OVERRIDES_CYCLE};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::KnowledgeBase;
use crate::source::Span;

/// Refuses rules that override each other in a circle.
pub(super) fn overrides(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    let mut graph = Graph::new(kb.rules.len());
    for (index, rule) in kb.rules.iter().enumerate() {
        for other in &rule.overrides {
            graph.connect(index, other.0);
        }
    }
    let circle = Circle {
        code: OVERRIDES_CYCLE,
        own: "a rule cannot override itself",
        several: "these rules override each other in a circle",
        verb: "overrides",
        help: "an exception overrides what it is an exception to, and not the other way: take one \
               of these `overrides` out",
    };
    let name = |index: usize| kb.rules.get(index).map(|rule| (rule.name.as_str(), rule.span));
    circle.report(&graph, name, diagnostics);
}

/// Refuses actions that come after each other in a circle.
pub(super) fn after(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    let mut graph = Graph::new(kb.actions.len());
    for (index, action) in kb.actions.iter().enumerate() {
        for other in &action.after {
            graph.connect(index, other.0);
        }
    }
    let circle = Circle {
        code: AFTER_CYCLE,
        own: "an action cannot come after itself",
        several: "these actions come after each other in a circle",
        verb: "comes after",
        help: "one of them has to come first: take one of these `after` out",
    };
    let name =
        |index: usize| kb.actions.get(index).map(|action| (action.name.as_str(), action.span));
    circle.report(&graph, name, diagnostics);
}

/// How circles of one kind are told.
struct Circle {
    code: Code,
    own: &'static str,
    several: &'static str,
    verb: &'static str,
    help: &'static str,
}

impl Circle {
    fn report<'k>(
        &self,
        graph: &Graph,
        name: impl Fn(usize) -> Option<(&'k str, Span)>,
        diagnostics: &mut Diagnostics,
    ) {
        for cycle in graph.cycles() {
            let known: Vec<(&str, Span)> = cycle.iter().filter_map(|node| name(*node)).collect();
            let next = known.iter().cycle().skip(1);
            let told: Vec<(Span, String)> = known
                .iter()
                .zip(next)
                .map(|((from, span), (to, _))| (*span, format!("`{from}` {} `{to}`", self.verb)))
                .collect();
            let Some(((span, label), rest)) = told.split_first() else { continue };
            let message = if rest.is_empty() { self.own } else { self.several };
            let mut diagnostic = Diagnostic::new(self.code, *span, message).label(label.clone());
            for (span, label) in rest {
                diagnostic = diagnostic.related(*span, label.clone());
            }
            diagnostics.push(diagnostic.help(self.help));
        }
    }
}
