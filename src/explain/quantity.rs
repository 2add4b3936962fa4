//! Values and tests of values in sentences: a question with its answer, and what was wanted where that is not the same.

use crate::certificate::place::Found;
use crate::certificate::{Bound, Claim, Inference, Matter, Outcome, Quantity, Root};
use crate::knowledge::{
    AttributeId, DerivationBody, DomainId, KnowledgeBase, TableRow, Term, Test, Type,
};
use crate::proof::wording::{capitalised, value_text};
use crate::proof::{Fact, View};
use crate::source::Span;
use crate::value::{Members, Possible};

use super::sentence::statement;
use super::{Node, Teller, fact_node};

impl Teller<'_> {
    /// A test: told by its one fact where it has one, and otherwise by what it compares.
    pub(super) fn test(
        &mut self,
        step: usize,
        view: View<'_>,
        (test, span): (&Test, Span),
        (found, rows): (&Found<'_>, &[usize]),
        bound: Bound,
    ) -> Node {
        let asked = Some(span);
        let only = match self.from(step) {
            [only] => Some(*only),
            _ => None,
        };
        let quantity = only.and_then(|only| match self.proof.steps.get(only).map(|s| &s.claim) {
            Some(Claim::Value(quantity, _)) => Some((only, quantity)),
            _ => None,
        });
        let plain = matches!(
            test,
            Test::Among(..)
                | Test::Within(..)
                | Test::Includes(..)
                | Test::Empty(_)
                | Test::Unknown(_)
        );
        if let (true, Some((only, quantity))) = (plain, quantity)
            && let Some(fact) = fact(quantity)
        {
            let years = matches!(test, Test::Within(Term::Years { .. }, ..));
            let wanted = (!years).then(|| wanted(view, test, fact, bound)).flatten();
            let node = self.value_node(only, view, fact);
            let sentence = match wanted {
                Some(wanted) => format!("{} {}.", node.text, capitalised(&wanted)),
                None => node.text.clone(),
            };
            return Node { text: sentence, asked, needs_asked: years, ..node };
        }
        let sentence = match bound {
            Bound::Certain => "This holds as it was asked:",
            Bound::Possible => "This may hold as it was asked:",
            Bound::NotCertain => "It is not certain that this holds as it was asked:",
            Bound::Impossible => "This does not hold as it was asked:",
        };
        let mut parts = self.parts(step);
        parts.extend(members(view, test, found, rows));
        Node { text: sentence.to_owned(), asked, needs_asked: true, parts, ..Node::default() }
    }

    /// A value that stands for itself.
    pub(super) fn quantity(
        &mut self,
        step: usize,
        view: View<'_>,
        quantity: &Quantity,
        outcome: Outcome,
    ) -> Node {
        if let Some(fact) = fact(quantity) {
            return self.value_node(step, view, fact);
        }
        let Quantity::Extreme(place, _) = quantity else { return Node::default() };
        let found = place.find(self.kb).and_then(|found| found.extreme);
        let text = extreme_text(self.kb, found, outcome);
        self.node(step, Node { text, ..Node::default() })
    }

    /// A fact, stated or worked out.
    fn value_node(&mut self, step: usize, view: View<'_>, fact: Fact) -> Node {
        let node = fact_node(view, fact, value_sentence(view, fact));
        let Fact::Attribute(attribute, row) = fact else { return node };
        let worked_out =
            self.proof.steps.get(step).is_some_and(|step| step.by == Inference::Derivation);
        let derivation = worked_out.then(|| self.kb.derivations.get(&attribute)).flatten();
        let Some(derivation) = derivation else { return node };
        let cites = self.cited(&derivation.cites);
        let text = format!("{} (worked out)", node.text);
        let node = Node { text, fact: None, at: Some(derivation.span), cites, ..node };
        if !self.told.insert(step) {
            return Node { told: true, ..node };
        }
        let parts = match &derivation.body {
            DerivationBody::Branches(_) => self.branches(step, attribute),
            DerivationBody::Table { rows, .. } => {
                let mut parts = self.parts(step);
                parts.extend(table_rows(view, (attribute, row), rows));
                parts
            }
            DerivationBody::Extreme(_) => self.parts(step),
        };
        Node { parts, ..node }
    }

    /// Branch by branch, up to the one that holds.
    fn branches(&mut self, step: usize, attribute: AttributeId) -> Vec<Node> {
        let Some(derivation) = self.kb.derivations.get(&attribute) else { return Vec::new() };
        let DerivationBody::Branches(branches) = &derivation.body else { return Vec::new() };
        let kind = self.kb.vocabulary.attribute(attribute).kind;
        let mut nodes = Vec::new();
        for (position, branch) in branches.iter().enumerate() {
            let own = self.of_branch(step, Root::Branch(attribute, position));
            let otherwise =
                matches!(&branch.when, crate::knowledge::Condition::All(all) if all.is_empty());
            if own.is_empty() && !otherwise {
                break;
            }
            let result = value_text(self.kb, kind, Possible::Choice(branch.result));
            let holds = match own.first() {
                Some((_, Bound::Impossible)) => "this does not hold",
                Some((_, Bound::Possible | Bound::NotCertain)) => "this may hold",
                _ => "this holds",
            };
            let parts = own.iter().flat_map(|(from, _)| self.tell(*from)).collect();
            let text = format!("{}: {holds}.", capitalised(&result));
            nodes.push(Node { text, at: Some(branch.span), parts, ..Node::default() });
            if holds == "this holds" {
                break;
            }
        }
        nodes
    }

    /// What the premises of a derivation say of one branch.
    fn of_branch(&self, step: usize, root: Root) -> Vec<(usize, Bound)> {
        let own = |from: &usize| match &self.proof.steps.get(*from)?.claim {
            Claim::Holds(Matter::Condition(place, _), bound) if place.root == root => {
                Some((*from, *bound))
            }
            _ => None,
        };
        self.from(step).iter().filter_map(own).collect()
    }
}

/// The rows of a table that may be the first to match.
fn table_rows(
    view: View<'_>,
    (attribute, row): (AttributeId, usize),
    rows: &[TableRow],
) -> Vec<Node> {
    let deciding = view.deciding(attribute, row);
    let text = match deciding.len() {
        1 => "This row of the table applies:",
        _ => "This row of the table may apply:",
    };
    let node = |row: &TableRow| Node {
        text: text.to_owned(),
        asked: Some(row.span),
        needs_asked: true,
        ..Node::default()
    };
    deciding.into_iter().filter_map(|at| rows.get(at)).map(node).collect()
}

/// A fact as a statement where its question can be turned around, and as a question with its answer otherwise.
fn value_sentence(view: View<'_>, fact: Fact) -> String {
    let told = view.describe(fact);
    if let (Fact::Attribute(attribute, row), Some(Possible::Choice(value))) =
        (fact, view.value(fact))
    {
        let declared = view.kb.vocabulary.attribute(attribute);
        let yes_no = declared.kind == Type::YES_NO && value.is_power_of_two();
        let name = view.name(declared.entity, row);
        let turned = yes_no.then(|| statement(&told.question, &name, value == 2)).flatten();
        if let Some(turned) = turned {
            return turned;
        }
    }
    let answer = capitalised(&told.value);
    match told.question.split_once('?') {
        Some((question, _)) => format!("{question}? {answer}."),
        None => format!("{}: {answer}.", told.question),
    }
}

fn fact(quantity: &Quantity) -> Option<Fact> {
    match quantity {
        Quantity::Attribute(attribute, row) => Some(Fact::Attribute(*attribute, *row)),
        Quantity::Relation(relation, a, b) => Some(Fact::Relation(*relation, *a, *b)),
        Quantity::Extreme(..) => None,
    }
}

/// What was wanted, where the value alone does not tell.
fn wanted(view: View<'_>, test: &Test, fact: Fact, bound: Bound) -> Option<String> {
    let kind = match fact {
        Fact::Attribute(attribute, _) => view.kb.vocabulary.attribute(attribute).kind,
        Fact::Relation(relation, ..) => Type::Choice(view.kb.vocabulary.relation(relation).kind),
        Fact::Others(_) | Fact::Today => return None,
    };
    let value = view.value(fact)?;
    let words = match (test, kind) {
        (Test::Among(_, members), Type::Choice(domain)) if kind != Type::YES_NO => {
            choices(view.kb, domain, *members)
        }
        (Test::Includes(_, members), Type::Set(domain)) => choices(view.kb, domain, *members),
        (Test::Within(_, low, high), _) => {
            value_text(view.kb, kind, Possible::Range { low: *low, high: *high })
        }
        (Test::Empty(_), _) => "none".to_owned(),
        _ => return None,
    };
    if words == value_text(view.kb, kind, value) {
        return None;
    }
    Some(match bound {
        Bound::Certain => format!("{words} counts"),
        _ => format!("{words} would count"),
    })
}

/// Some members in words, or all but the others where these are fewer.
fn choices(kb: &KnowledgeBase, domain: DomainId, members: Members) -> String {
    let all = kb.vocabulary.members_of(domain);
    let others = all & !members;
    let kind = Type::Choice(domain);
    if others != 0 && others.count_ones() < members.count_ones() {
        format!("anything but {}", value_text(kb, kind, Possible::Choice(others)))
    } else {
        value_text(kb, kind, Possible::Choice(members))
    }
}

/// What variables over members stand for in a test.
fn members(view: View<'_>, test: &Test, found: &Found<'_>, rows: &[usize]) -> Vec<Node> {
    let terms = crate::certificate::place::terms(test);
    let named = terms.into_iter().filter_map(|term| match term {
        Term::Member(variable) => {
            let entity = found.variables.get(variable.0)?.entity;
            let noun = crate::proof::wording::spaced(&view.kb.vocabulary.entity(entity).name);
            let name = view.name(entity, *rows.get(variable.0)?);
            Some(Node { text: format!("The {noun} in question: {name}."), ..Node::default() })
        }
        _ => None,
    });
    named.collect()
}

fn extreme_text(
    kb: &KnowledgeBase,
    extreme: Option<&crate::knowledge::Extreme>,
    outcome: Outcome,
) -> String {
    let Some(extreme) = extreme else { return String::new() };
    let which = if extreme.highest { "highest" } else { "lowest" };
    let kind = match &extreme.term {
        Term::Attribute(attribute, _) => kb.vocabulary.attribute(*attribute).kind,
        Term::Relation(relation, ..) => Type::Choice(kb.vocabulary.relation(*relation).kind),
        _ => Type::Number,
    };
    let value = outcome
        .value
        .map_or_else(|| "there is none".to_owned(), |value| value_text(kb, kind, value));
    let lack = if outcome.may_lack && outcome.value.is_some() { ", or there is none" } else { "" };
    format!("The {which} is: {value}{lack}.")
}
