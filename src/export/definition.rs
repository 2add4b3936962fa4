//! Definitions: predicates on both bounds, and what derived attributes may be by their branches, table or extreme.

use std::collections::BTreeSet;

use crate::knowledge::{
    AttributeId, Branch, DerivationBody, DomainId, Extreme, PredicateId, Stratum, TableRow, Term,
    Type, VariableId,
};
use crate::value::{Members, all_members};

use super::owner::WORLD;
use super::program::{Atom, Body, Literal, is_never};
use super::term::Values;
use super::{Bound, Export};

/// A derived attribute at hand: what it may be by its derivation, its domain and the row.
struct Derived {
    head: Atom,
    domain: DomainId,
    row: BTreeSet<VariableId>,
}

impl Export<'_> {
    /// All definitions, in the order in which they can be worked out.
    pub(super) fn definitions(&mut self) {
        let knowledge = self.knowledge;
        for stratum in &knowledge.strata {
            self.stratum(stratum);
        }
    }

    fn stratum(&mut self, stratum: &Stratum) {
        match stratum {
            Stratum::Predicates { members, .. } => {
                for member in members {
                    self.predicate(*member);
                }
            }
            Stratum::Attribute(attribute) => self.derivation(*attribute),
        }
    }

    /// The name of a predicate on one bound.
    pub(super) fn predicate_name(&self, predicate: PredicateId, bound: Bound) -> String {
        format!("{}_{}", bound.word(), self.words.predicate(predicate))
    }

    fn predicate(&mut self, id: PredicateId) {
        let Some(predicate) = self.knowledge.predicates.get(id.0) else { return };
        for definition in &predicate.definitions {
            let place = self.place(definition.span);
            self.program.comment(&format!("define {}, {place}", predicate.name));
            let label = self.words.predicate(id).to_owned();
            self.enter(&label, &definition.variables);
            let parameters: BTreeSet<VariableId> =
                (0..predicate.parameters.len()).map(VariableId).collect();
            let terms = parameters.iter().map(|parameter| self.variable(*parameter));
            let terms: Vec<String> = std::iter::once(WORLD.to_owned()).chain(terms).collect();
            for bound in Bound::BOTH {
                let when = self.condition(&definition.when, bound);
                let mut body = self.rows(&parameters);
                body.extend(when);
                let head = Atom::new(self.predicate_name(id, bound), terms.clone());
                self.program.rule(&head, &body);
            }
        }
    }

    fn derivation(&mut self, attribute: AttributeId) {
        let Some(derivation) = self.knowledge.derivations.get(&attribute) else { return };
        let declared = self.knowledge.vocabulary.attribute(attribute);
        let Type::Choice(domain) = declared.kind else { return };
        let fact = self.words.fact(attribute).replace('"', "");
        let place = self.place(derivation.span);
        self.program.comment(&format!("derive {fact}, {place}"));
        let label = self.words.label(attribute).to_owned();
        self.enter(&label, &derivation.variables);
        let (_, row) = self.rows_and_row(declared.entity);
        let row: BTreeSet<VariableId> = row.iter().map(|_| VariableId(0)).collect();
        let terms = row.iter().map(|row| self.variable(*row));
        let terms: Vec<String> = std::iter::once(WORLD.to_owned()).chain(terms).collect();
        let head = Atom::new(self.words.attribute("derived", attribute), terms);
        let derived = Derived { head, domain, row };
        match &derivation.body {
            DerivationBody::Branches(branches) => self.branches(&derived, branches),
            DerivationBody::Table { inputs, rows } => self.table(&derived, &label, inputs, rows),
            DerivationBody::Extreme(extreme) => self.top(&derived, extreme),
        }
    }

    /// The values of a result are possible where a body holds.
    fn result(&mut self, derived: &Derived, result: Members, body: &Body) {
        let mut whole = self.rows(&derived.row);
        whole.extend(body.iter().cloned());
        let count = self.knowledge.vocabulary.domain(derived.domain).members.len();
        if result == all_members(count) {
            let value = self.fresh("Value");
            whole.push(self.any_member(derived.domain, &value));
            self.program.rule(&derived.head.with(value), &whole);
            return;
        }
        for place in (0..count).filter(|place| result >> place & 1 == 1) {
            let value = self.named(derived.domain, place);
            self.program.rule(&derived.head.with(value), &whole);
        }
    }

    /// A branch gives its values where it is possible and no branch before it is certain.
    fn branches(&mut self, derived: &Derived, branches: &[Branch]) {
        let mut reached: Body = Vec::new();
        for branch in branches {
            let mut body = reached.clone();
            body.extend(self.condition(&branch.when, Bound::Possible));
            self.result(derived, branch.result, &body);
            let certain = self.condition(&branch.when, Bound::Certain);
            let number = self.number(branch, None);
            let part = (number, "taken");
            reached.extend(self.not(part, Bound::Certain, &derived.row, certain));
            if is_never(&reached) {
                return;
            }
        }
        let count = self.knowledge.vocabulary.domain(derived.domain).members.len();
        self.result(derived, all_members(count), &reached);
    }

    /// Every combination of what the inputs may be gives the result of the first row that it matches.
    fn table(&mut self, derived: &Derived, label: &str, inputs: &[Term], rows: &[TableRow]) {
        let [matches, gives] =
            ["matches", "gives"].map(|what| self.names.fresh(&format!("{what}_{label}")));
        let mut combination = Vec::new();
        let mut values = Vec::new();
        let mut domains = Vec::new();
        for input in inputs {
            let subject = self.subject(input);
            let (Values::Choice(domain, _) | Values::Member(domain, _)) = subject.values else {
                continue;
            };
            let (body, value) = self.value(&subject);
            combination.extend(body);
            values.push(value);
            domains.push(domain);
        }
        let count = self.knowledge.vocabulary.domain(derived.domain).members.len();
        for (at, row) in rows.iter().enumerate() {
            let number = (at + 1).to_string();
            let cells: Body = row
                .cells
                .iter()
                .zip(&domains)
                .zip(&values)
                .map(|((cell, domain), value)| self.cell(*domain, *cell, value))
                .collect();
            let terms = std::iter::once(number.clone()).chain(values.iter().cloned());
            self.program.rule(&Atom::new(&matches, terms), &cells);
            let results: Vec<Atom> = (0..count)
                .filter(|place| row.result >> place & 1 == 1)
                .map(|place| Atom::new(&gives, [number.clone(), self.named(derived.domain, place)]))
                .collect();
            self.program.facts(&results, None);
        }
        let row = |term: &str| {
            let terms = std::iter::once(term.to_owned()).chain(values.iter().cloned());
            Atom::new(&matches, terms)
        };
        let mut first = self.rows(&derived.row);
        first.extend(combination.iter().cloned());
        first.push(Literal::Over(
            "First =".to_owned(),
            "min",
            "Line".to_owned(),
            row("Line"),
            None,
        ));
        first.push(Literal::Holds(Atom::new(&gives, ["First", "Result"])));
        self.program.rule(&derived.head.with("Result"), &first);
        combination.push(Literal::Fails(row("_")));
        self.result(derived, all_members(count), &combination);
    }

    fn cell(&self, domain: DomainId, cell: Members, value: &str) -> Literal {
        let count = self.knowledge.vocabulary.domain(domain).members.len();
        let names: Vec<String> = (0..count)
            .filter(|place| cell >> place & 1 == 1)
            .map(|place| self.named(domain, place))
            .collect();
        if names.len() < count {
            return Literal::among(value, &names);
        }
        self.any_member(domain, value)
    }

    /// The highest or lowest, and every value where there may be none.
    fn top(&mut self, derived: &Derived, extreme: &Extreme) {
        let subject = self.extreme(extreme);
        let (body, value) = self.value(&subject);
        let mut whole = self.rows(&derived.row);
        whole.extend(body);
        self.program.rule(&derived.head.with(value), &whole);
        if let Some([certainly, _]) = subject.has {
            let count = self.knowledge.vocabulary.domain(derived.domain).members.len();
            self.result(derived, all_members(count), &vec![Literal::Fails(certainly)]);
        }
    }
}
