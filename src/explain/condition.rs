//! Conditions, predicates and rules in sentences.

use crate::certificate::{Atom, Bound, Claim, Inference, Matter, Place, Root};
use crate::knowledge::{Condition, Piece, PredicateId, RuleId, Template};
use crate::proof::wording::{join, spaced};
use crate::proof::{Scope, View, Wording};

use super::{Node, Teller, sentence};

impl Teller<'_> {
    pub(super) fn matter(
        &mut self,
        step: usize,
        view: View<'_>,
        matter: &Matter,
        bound: Bound,
    ) -> Vec<Node> {
        match matter {
            Matter::Condition(place, rows) => self.condition(step, view, (place, rows), bound),
            Matter::Predicate(predicate, rows) => {
                vec![self.predicate(step, view, *predicate, rows, bound)]
            }
            Matter::Rule(rule, subject) => {
                let text = format!("{}:", self.standing(view, *rule, subject, bound));
                let node = self.about_rule(*rule, text);
                if self.told.insert(step) {
                    let parts = self.rule_parts(step, *rule, bound);
                    vec![Node { parts, ..node }]
                } else {
                    vec![Node { told: true, ..node }]
                }
            }
        }
    }

    fn condition(
        &mut self,
        step: usize,
        view: View<'_>,
        (place, rows): (&Place, &[usize]),
        bound: Bound,
    ) -> Vec<Node> {
        let Some(found) = place.find(self.kb) else { return Vec::new() };
        match found.condition {
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => self.parts(step),
            Condition::Holds(predicate, arguments, _) => {
                let from = self.from(step).first().copied().unwrap_or(step);
                let by = self.proof.steps.get(from).map(|step| step.by);
                if by == Some(Inference::Definition) {
                    return self.parts(step);
                }
                let row = |argument: &crate::knowledge::VariableId| rows.get(argument.0).copied();
                let atom = (*predicate, arguments.iter().filter_map(row).collect::<Vec<_>>());
                vec![self.one_of_failing(from, view, &atom, bound)]
            }
            Condition::Test(test, span) => {
                let node = self.test(step, view, (test, *span), (&found, rows), bound);
                vec![node]
            }
            Condition::Quantified(quantified, span) => {
                let told = !self.told.insert(step);
                let node = self.quantified(
                    step,
                    view,
                    (place, quantified),
                    (found.variables, rows),
                    bound,
                );
                let node = Node { asked: Some(*span), ..node };
                vec![if told { Node { told, parts: Vec::new(), ..node } } else { node }]
            }
        }
    }

    fn predicate(
        &mut self,
        step: usize,
        view: View<'_>,
        predicate: PredicateId,
        rows: &[usize],
        bound: Bound,
    ) -> Node {
        let from = self.from(step).first().and_then(|from| self.proof.steps.get(*from));
        let position = match from.map(|step| &step.claim) {
            Some(Claim::Holds(Matter::Condition(place, _), _)) => match place.root {
                Root::Definition(_, position) => position,
                _ => 0,
            },
            _ => 0,
        };
        let definition =
            self.kb.predicates.get(predicate.0).and_then(|found| found.definitions.get(position));
        let node = Node {
            text: format!(
                "{}:",
                self.atom_text(view, &(predicate, rows.to_vec()), position, bound)
            ),
            at: definition.map(|definition| definition.span),
            cites: definition.map_or_else(Vec::new, |found| self.cited(&found.cites)),
            ..Node::default()
        };
        self.node(step, node)
    }

    /// A predicate of some rows, said by the phrase of one of its definitions, or of the first that has one.
    fn atom_text(
        &self,
        view: View<'_>,
        (predicate, rows): &Atom,
        position: usize,
        bound: Bound,
    ) -> String {
        let Some(found) = self.kb.predicates.get(predicate.0) else { return String::new() };
        let names: Vec<String> = found
            .parameters
            .iter()
            .zip(rows)
            .map(|(entity, row)| view.name(*entity, *row))
            .collect();
        let Some(definition) = found.definitions.get(position).or(found.definitions.first()) else {
            return String::new();
        };
        let own = definition.phrase.as_ref();
        let any = found.definitions.iter().find_map(|other| other.phrase.as_ref());
        let plural = found.parameters.first().zip(rows.first()).is_some_and(|(entity, row)| {
            view.facts.rows(*entity).list.get(*row).is_some_and(|row| row.plural)
        });
        let holds = !matches!(bound, Bound::Impossible);
        let text = match own.or(any) {
            Some(phrase) if names_somebody(phrase) => {
                let scope = Scope::new(view, &definition.variables, rows);
                let whole = Wording::of_rule(&scope, rows.len(), &[]).render(phrase);
                if holds { whole } else { format!("It is not so: {whole}") }
            }
            Some(phrase) => {
                let phrase = Wording::of_rows(view, Vec::new()).render(phrase);
                sentence::said(&phrase, &names, plural, holds)
            }
            None => {
                let not = if holds { "" } else { "not " };
                format!("{}: {not}{}", join(&names, "and"), spaced(&found.name))
            }
        };
        match bound {
            Bound::Certain | Bound::Impossible => text,
            Bound::Possible => format!("It may be so: {text}"),
            Bound::NotCertain => format!("It is not certain: {text}"),
        }
    }

    /// An atom that fails with others that it could only be derived from.
    fn one_of_failing(&mut self, step: usize, view: View<'_>, atom: &Atom, bound: Bound) -> Node {
        let text = self.atom_text(view, atom, 0, bound);
        let by = self.proof.steps.get(step).map(|step| step.by);
        if by == Some(Inference::Supposition) {
            return Node {
                text: format!("{text}, as long as none of these holds"),
                ..Node::default()
            };
        }
        let parts = self.tell(step);
        Node { text: format!("{text}:"), parts, ..Node::default() }
    }

    /// Atoms none of which can be derived as long as none of them holds.
    pub(super) fn failing(
        &mut self,
        step: usize,
        view: View<'_>,
        atoms: &[Atom],
        bound: Bound,
    ) -> Node {
        let holds = if bound == Bound::Impossible { Bound::Certain } else { Bound::Possible };
        let texts: Vec<String> =
            atoms.iter().map(|atom| self.atom_text(view, atom, 0, holds)).collect();
        let text = match texts.as_slice() {
            [only] => format!("Nothing gives this but itself: {only}."),
            _ => format!("None of these comes to hold unless another does: {}.", texts.join("; ")),
        };
        let supposed = self.from(step).first().copied();
        supposed.map(|supposed| self.told.insert(supposed));
        let fresh = self.told.insert(step);
        let parts = if fresh { self.atom_by_atom(step, view, atoms, bound) } else { Vec::new() };
        Node { text, parts, told: !fresh, ..Node::default() }
    }

    /// Why no definition gives any of some atoms.
    fn atom_by_atom(
        &mut self,
        step: usize,
        view: View<'_>,
        atoms: &[Atom],
        bound: Bound,
    ) -> Vec<Node> {
        let mut nodes = Vec::new();
        for (predicate, rows) in atoms {
            let own = |from: &&usize| match self.proof.steps.get(**from).map(|step| &step.claim) {
                Some(Claim::Holds(Matter::Condition(place, bound), _)) => {
                    matches!(place.root, Root::Definition(of, _) if of == *predicate)
                        && bound.starts_with(rows)
                }
                _ => false,
            };
            let own: Vec<usize> = self.from(step).iter().filter(own).copied().collect();
            let parts: Vec<Node> = own.into_iter().flat_map(|from| self.tell(from)).collect();
            if atoms.len() == 1 {
                return parts;
            }
            let atom = (*predicate, rows.clone());
            let text = format!("{}:", self.atom_text(view, &atom, 0, bound));
            nodes.push(Node { text, parts, ..Node::default() });
        }
        nodes
    }

    /// A node with the place of a rule.
    pub(super) fn about_rule(&self, rule: RuleId, text: String) -> Node {
        let found = self.kb.rules.get(rule.0);
        Node {
            text,
            at: found.map(|rule| rule.span),
            cites: found.map_or_else(Vec::new, |rule| self.cited(&rule.cites)),
            ..Node::default()
        }
    }
}

/// Whether a phrase is a whole sentence, with the names in it.
fn names_somebody(phrase: &Template) -> bool {
    phrase.pieces.iter().any(|piece| matches!(piece, Piece::Name(_)))
}
