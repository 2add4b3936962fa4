//! A proof as a tree of sentences, in the words of whoever wrote the pack: what became of a rule, and down to the facts
//! why. Pure data; lays nothing out.

mod condition;
mod quantity;
mod rows;
mod sentence;
mod verdict;

use std::collections::BTreeSet;

use crate::certificate::{Claim, Proof, Verdict};
use crate::knowledge::{CitationId, KnowledgeBase, RuleId};
use crate::proof::{Fact, FactView, Scope, View, Wording, Worlds, support};
use crate::source::Span;

/// Why a rule came to its verdict for a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The rule.
    pub rule: String,
    /// The names of the subject's rows.
    pub subject: Vec<String>,
    /// What became of it.
    pub verdict: Verdict,
    /// The verdict as a sentence.
    pub text: String,
    /// What the rule says, clause by clause.
    pub says: Vec<String>,
    /// Where the rule stands.
    pub at: Span,
    /// Its places in the guide.
    pub cites: Vec<Cited>,
    /// The reasons.
    pub because: Vec<Node>,
    /// How many steps the proof has.
    pub steps: usize,
}

/// A place in a source guide, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub place: String,
}

/// A sentence and what carries it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// The sentence.
    pub text: String,
    /// The fact that it tells.
    pub fact: Option<FactView>,
    /// The condition of the rules that it answers.
    pub asked: Option<Span>,
    /// The sentence is hard to understand without that condition.
    pub needs_asked: bool,
    /// A rule or definition that it is about.
    pub at: Option<Span>,
    /// The places of that rule or definition in the guide.
    pub cites: Vec<Cited>,
    /// What carries it.
    pub parts: Vec<Node>,
    /// What carries it is told earlier.
    pub told: bool,
    /// Needed for completeness only.
    pub aside: bool,
}

/// Tells a conclusion of a proof; none where it is of other rules or another case.
#[must_use]
pub fn explain(
    kb: &KnowledgeBase,
    worlds: &Worlds,
    proof: &Proof,
    conclusion: usize,
) -> Option<Explanation> {
    let step = proof.steps.get(conclusion)?;
    let Claim::Verdict(rule, subject, verdict) = &step.claim else { return None };
    let mut teller = Teller { kb, worlds, proof, told: BTreeSet::new() };
    let view = worlds.view(kb, 0)?;
    let declared = kb.rules.get(rule.0)?;
    let names = declared.variables.iter().zip(subject);
    Some(Explanation {
        rule: declared.name.clone(),
        subject: names.map(|(variable, row)| view.name(variable.entity, *row)).collect(),
        verdict: *verdict,
        text: teller.verdict_text(conclusion, *rule, subject, *verdict),
        says: says(view, *rule, subject),
        at: declared.span,
        cites: teller.cited(&declared.cites),
        because: teller.verdict(conclusion, *rule, *verdict),
        steps: proof.steps.len(),
    })
}

/// What a rule says for a subject, each text once.
fn says(view: View<'_>, id: RuleId, subject: &[usize]) -> Vec<String> {
    let Some(rule) = view.kb.rules.get(id.0) else { return Vec::new() };
    let found = support(view, id, subject);
    let scope = Scope::new(view, &rule.variables, subject);
    let wording = Wording::of_rule(&scope, rule.subjects, &found.witnesses);
    let mut texts: Vec<String> = Vec::new();
    for clause in &rule.advice {
        let text = wording.render(&clause.text);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

/// The facts that some nodes tell, stated ones first, each once.
#[must_use]
pub fn facts(nodes: &[Node]) -> Vec<&Node> {
    let mut list: Vec<&Node> = Vec::new();
    gather(nodes, &mut list);
    let mut seen = BTreeSet::new();
    let path = |node: &&Node| node.fact.as_ref().map(|fact| fact.path.clone());
    list.retain(|node| seen.insert(path(node)));
    list.sort_by_key(|node| node.fact.as_ref().is_none_or(|fact| fact.span.is_none()));
    list
}

fn gather<'n>(nodes: &'n [Node], list: &mut Vec<&'n Node>) {
    for node in nodes.iter().filter(|node| !node.aside) {
        if node.fact.is_some() {
            list.push(node);
        }
        gather(&node.parts, list);
    }
}

/// Turns steps into sentences; remembers what it has told.
struct Teller<'a> {
    kb: &'a KnowledgeBase,
    worlds: &'a Worlds,
    proof: &'a Proof,
    told: BTreeSet<usize>,
}

impl<'a> Teller<'a> {
    /// What is looked at in a step.
    fn view(&self, step: usize) -> Option<View<'a>> {
        let believing = self.proof.steps.get(step).map(|step| &step.believing)?;
        let world = self.worlds.list().iter().position(|world| world.believing == *believing)?;
        self.worlds.view(self.kb, world)
    }

    fn from(&self, step: usize) -> &'a [usize] {
        self.proof.steps.get(step).map_or(&[], |step| &step.from)
    }

    fn cited(&self, cites: &[CitationId]) -> Vec<Cited> {
        let found = cites.iter().filter_map(|id| self.kb.citations.get(id.0));
        found.map(|found| Cited { id: found.id.clone(), place: found.place.clone() }).collect()
    }

    /// The sentences of the steps that a step rests on.
    fn parts(&mut self, step: usize) -> Vec<Node> {
        self.from(step).iter().flat_map(|from| self.tell(*from)).collect()
    }

    /// A node whose parts are told only where they have not been before.
    fn node(&mut self, step: usize, node: Node) -> Node {
        if self.told.insert(step) {
            let parts = self.parts(step);
            return Node { parts, ..node };
        }
        Node { told: !self.from(step).is_empty(), ..node }
    }

    /// The sentences of a step; those of blocks and negations are those of their parts.
    fn tell(&mut self, step: usize) -> Vec<Node> {
        let (Some(view), Some(found)) = (self.view(step), self.proof.steps.get(step)) else {
            return Vec::new();
        };
        match &found.claim {
            Claim::Holds(matter, bound) => self.matter(step, view, matter, *bound),
            Claim::Value(quantity, outcome) => vec![self.quantity(step, view, quantity, *outcome)],
            Claim::Fails(atoms, bound) => vec![self.failing(step, view, atoms, *bound)],
            Claim::Verdict(..) => Vec::new(),
        }
    }
}

/// A node that tells a fact.
fn fact_node(view: View<'_>, fact: Fact, text: String) -> Node {
    Node { text, fact: Some(view.describe(fact)), ..Node::default() }
}
