//! Verdicts and rules in sentences: what fires, what is excused or overridden, what leaves it open, whom one would have
//! to believe.

use crate::certificate::{Bound, Claim, Matter, Root, Verdict};
use crate::knowledge::RuleId;
use crate::proof::View;
use crate::proof::wording::join;

use super::{Node, Teller};

impl Teller<'_> {
    fn names(&self, view: View<'_>, rule: RuleId, subject: &[usize]) -> String {
        let variables = self.kb.rules.get(rule.0).map_or(&[][..], |rule| &rule.variables);
        let rows = variables.iter().zip(subject);
        let names: Vec<String> =
            rows.map(|(variable, row)| view.name(variable.entity, *row)).collect();
        if names.is_empty() { String::new() } else { format!(" for {}", join(&names, "and")) }
    }

    /// A verdict as a sentence.
    pub(super) fn verdict_text(
        &self,
        step: usize,
        rule: RuleId,
        subject: &[usize],
        verdict: Verdict,
    ) -> String {
        let Some(view) = self.view(step) else { return String::new() };
        let name = self.rule_name(rule);
        let whom = self.names(view, rule, subject);
        match verdict {
            Verdict::Fires => format!("{name} fires{whom}."),
            Verdict::Provisional => {
                format!("{name} fires{whom}, provisionally: whether an exception holds is open.")
            }
            Verdict::Contested => {
                let believing = self.from(step).iter().find_map(|from| {
                    self.proof.steps.get(*from).and_then(|step| step.believing.as_deref())
                });
                let who = believing.map_or_else(String::new, |who| view.speaker(who));
                format!("{name} is contested{whom}: it fires if one believes {who}.")
            }
            Verdict::Open => format!("{name} is open{whom}: it may fire, and it is not certain."),
            Verdict::SetAside => {
                let other = self.overriding(step, rule);
                let other = other.map_or_else(String::new, |other| self.rule_name(other));
                format!("{name} is set aside{whom}: {other} takes its place.")
            }
            Verdict::Silent => format!("{name} is silent{whom}."),
        }
    }

    fn rule_name(&self, rule: RuleId) -> String {
        self.kb.rules.get(rule.0).map_or_else(String::new, |rule| rule.name.clone())
    }

    /// The rule that fires in place of this one.
    fn overriding(&self, step: usize, rule: RuleId) -> Option<RuleId> {
        self.from(step).iter().find_map(|from| match &self.proof.steps.get(*from)?.claim {
            Claim::Holds(Matter::Rule(other, _), Bound::Certain) if *other != rule => Some(*other),
            _ => None,
        })
    }

    /// What becomes of a rule, as a clause.
    pub(super) fn standing(
        &self,
        view: View<'_>,
        rule: RuleId,
        subject: &[usize],
        bound: Bound,
    ) -> String {
        let does = match bound {
            Bound::Certain => "fires",
            Bound::NotCertain => "does not certainly fire",
            Bound::Possible => "may fire",
            Bound::Impossible => "cannot fire",
        };
        format!("{} {does}{}", self.rule_name(rule), self.names(view, rule, subject))
    }

    /// The reasons of a verdict.
    pub(super) fn verdict(&mut self, step: usize, rule: RuleId, verdict: Verdict) -> Vec<Node> {
        let mut nodes = Vec::new();
        for from in self.from(step) {
            let Some(found) = self.proof.steps.get(*from) else { continue };
            match (&found.claim, &found.believing) {
                (Claim::Holds(Matter::Rule(..), bound), Some(who)) => {
                    nodes.push(self.believed(*from, (rule, who), *bound));
                }
                (Claim::Holds(Matter::Rule(id, _), bound), None) if *id == rule => {
                    nodes.extend(self.itself(*from, rule, *bound, verdict));
                }
                (Claim::Holds(Matter::Condition(place, _), bound), _) => {
                    nodes.extend(self.own_condition(*from, place.root, *bound, verdict));
                }
                _ => nodes.extend(self.tell(*from)),
            }
        }
        nodes.retain(|node| !node.parts.is_empty() || node.told || !node.text.ends_with(':'));
        nodes
    }

    /// The rule where a speaker is believed.
    fn believed(&mut self, step: usize, (rule, who): (RuleId, &str), bound: Bound) -> Node {
        let who = self.view(step).map_or_else(String::new, |view| view.speaker(who));
        let does = match bound {
            Bound::Certain => "it fires",
            Bound::Impossible => "it cannot fire either",
            _ => "it does not certainly fire",
        };
        let parts = self.rule_parts(step, rule, bound);
        let text = format!("If one believes {who}, {does}:");
        Node { text, parts, aside: !bound.is_reached(), ..Node::default() }
    }

    /// The rule in the case as it is.
    fn itself(&mut self, step: usize, rule: RuleId, bound: Bound, verdict: Verdict) -> Vec<Node> {
        let parts = self.rule_parts(step, rule, bound);
        if bound != Bound::Possible {
            return parts;
        }
        let (text, aside) = match verdict {
            Verdict::Provisional => ("It is not excluded:", true),
            _ => ("It may fire:", verdict == Verdict::Contested),
        };
        vec![Node { text: text.to_owned(), parts, aside, ..Node::default() }]
    }

    /// Its conditions or exceptions in the case as it is.
    fn own_condition(
        &mut self,
        step: usize,
        root: Root,
        bound: Bound,
        verdict: Verdict,
    ) -> Vec<Node> {
        let when = matches!(root, Root::When(_));
        let parts = self.tell(step);
        let text = match (when, bound) {
            (true, Bound::Certain) => return parts,
            (true, Bound::NotCertain) => "What is not certain:",
            (true, Bound::Possible) => "It would otherwise be possible:",
            (true, Bound::Impossible) => "Its conditions do not hold:",
            (false, Bound::Certain) => "It is excused:",
            (false, _) => "Nothing excuses it for certain:",
        };
        let aside = verdict == Verdict::Contested
            || if when { bound == Bound::Possible } else { !bound.is_reached() };
        vec![Node { text: text.to_owned(), parts, aside, ..Node::default() }]
    }

    /// The conditions of a rule, its exceptions, the rules that would override it.
    pub(super) fn rule_parts(&mut self, step: usize, rule: RuleId, bound: Bound) -> Vec<Node> {
        let mut nodes = Vec::new();
        for from in self.from(step) {
            let claim = self.proof.steps.get(*from).map(|step| &step.claim);
            let told = match claim {
                Some(Claim::Holds(Matter::Condition(place, _), _))
                    if place.root == Root::Unless(rule) =>
                {
                    let text = match bound {
                        Bound::Certain => "Its exception does not hold:",
                        Bound::Possible => "Its exception does not certainly hold:",
                        Bound::NotCertain => "Its exception may hold:",
                        Bound::Impossible => "Its exception holds:",
                    };
                    let parts = self.tell(*from);
                    vec![Node { text: text.to_owned(), parts, ..Node::default() }]
                }
                Some(Claim::Holds(Matter::Rule(..), _)) => self.overrider(*from),
                _ => self.tell(*from),
            };
            nodes.extend(told);
        }
        nodes
    }

    /// A rule that overrides the one at hand, or would.
    fn overrider(&mut self, step: usize) -> Vec<Node> {
        let mut nodes = self.tell(step);
        for node in &mut nodes {
            node.text = format!("A rule that would override it: {}", node.text);
        }
        nodes
    }
}
