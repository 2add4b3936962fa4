//! The rule or definition at hand: its variables as terms, and the predicates that stand for parts of its conditions.

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::{EntityId, EntityKind, Variable, VariableId};
use crate::source::Span;

use super::program::{Atom, Body, Literal, MARK};
use super::{Bound, Export};

/// The variable of the world.
pub(super) const WORLD: &str = "World";

/// Variables of the program's own; an author's variable of such a name gets another.
const OWN: [&str; 20] = [
    WORLD, "Value", "Place", "Own", "OwnPlace", "End", "Top", "Date", "Today", "Case", "More",
    "Fewer", "Number", "Member", "Row", "First", "Second", "Line", "Result", "Base",
];

/// A part of a condition: which one, in the order in which they are come upon, and what is said of it.
pub(super) type Part = (usize, &'static str);

/// The rule or definition at hand.
#[derive(Debug, Default)]
pub(super) struct Owner {
    /// What its predicates are called after.
    label: String,
    variables: Vec<(EntityId, Vec<VariableId>, String)>,
    taken: BTreeSet<String>,
    fresh: usize,
    /// Parts of its conditions by where they lie in memory, so that both bounds go by one number.
    numbers: BTreeMap<usize, usize>,
    /// Where numbered parts stand in the text.
    places: BTreeMap<usize, Span>,
    /// The numbers of those that have predicates, as they are shown.
    shown: BTreeMap<usize, usize>,
    /// The predicates that are written already.
    written: BTreeMap<(Part, Bound), Atom>,
}

impl Export<'_> {
    /// Begins a rule or definition.
    pub(super) fn enter(&mut self, label: &str, variables: &[Variable]) {
        if self.owner.label != label {
            self.owner = Owner { label: label.to_owned(), ..Owner::default() };
        }
        self.owner.taken.clear();
        self.owner.variables.clear();
        for variable in variables {
            let name = self.owner.term(&variable.name);
            self.owner.variables.push((variable.entity, variable.apart.clone(), name));
        }
    }

    /// A variable that the author did not write; the program gives it a number where a rule has several.
    pub(super) fn fresh(&mut self, wish: &str) -> String {
        self.owner.fresh += 1;
        format!("{wish}{MARK}{}", self.owner.fresh)
    }

    /// A variable as a term.
    pub(super) fn variable(&self, variable: VariableId) -> String {
        let found = self.owner.variables.get(variable.0);
        found.map_or_else(String::new, |(_, _, name)| name.clone())
    }

    /// What a variable ranges over.
    pub(super) fn entity(&self, variable: VariableId) -> EntityId {
        self.owner.variables.get(variable.0).map_or(EntityId(0), |(entity, _, _)| *entity)
    }

    /// The variables that this one differs from.
    pub(super) fn apart_from(&self, variable: VariableId) -> &[VariableId] {
        self.owner.variables.get(variable.0).map_or(&[], |(_, apart, _)| apart)
    }

    /// Whether an entity may have a row that the case does not list.
    pub(super) fn is_many(&self, entity: EntityId) -> bool {
        self.knowledge.vocabulary.entity(entity).kind == EntityKind::Many
    }

    /// The row, listed or not, that a variable stands for.
    pub(super) fn row(&self, variable: VariableId) -> Literal {
        let (entity, name) = (self.entity(variable), self.variable(variable));
        Literal::Holds(self.words.any(entity, &name))
    }

    /// The world and the rows of some variables.
    pub(super) fn rows(&self, variables: &BTreeSet<VariableId>) -> Body {
        let mut body: Body = variables.iter().map(|variable| self.row(*variable)).collect();
        if !variables.iter().any(|variable| self.is_many(self.entity(*variable))) {
            body.insert(0, Literal::Holds(Atom::new("world", [WORLD])));
        }
        body
    }

    /// The number of a part of a condition.
    pub(super) fn number<T>(&mut self, part: &T, span: Option<Span>) -> usize {
        let next = self.owner.numbers.len() + 1;
        let address = std::ptr::from_ref(part).addr();
        if let Some(number) = self.owner.numbers.get(&address) {
            return *number;
        }
        self.owner.numbers.insert(address, next);
        if let Some(span) = span {
            self.owner.places.insert(next, span);
        }
        next
    }

    /// The number by which a part is shown; where it is new, the part stands above its rules as in the text.
    fn show(&mut self, number: usize) -> usize {
        if let Some(shown) = self.owner.shown.get(&number) {
            return *shown;
        }
        let next = self.owner.shown.len() + 1;
        self.owner.shown.insert(number, next);
        let Some(span) = self.owner.places.get(&number).copied() else { return next };
        let words: Vec<&str> = self.sources.text(span).split_whitespace().collect();
        let line = self.sources.locate(span).1.line;
        self.program.note(&format!("{next}, line {line}: {}", words.join(" ")));
        next
    }

    /// A predicate that stands for a part of a condition, over the variables that it speaks of and, after them, some
    /// more terms. Its rules are written when it is first asked for.
    pub(super) fn part(
        &mut self,
        part: Part,
        bound: Bound,
        free: &BTreeSet<VariableId>,
        more: &[String],
        rules: impl FnOnce(&mut Self) -> Vec<Body>,
    ) -> Atom {
        if let Some(atom) = self.owner.written.get(&(part, bound)) {
            return atom.clone();
        }
        let bodies = rules(self);
        let number = self.show(part.0);
        let name = format!("{}_{}_{number}_{}", bound.word(), self.owner.label, part.1);
        let name = self.names.fresh(&name);
        let terms = std::iter::once(WORLD.to_owned());
        let terms = terms.chain(free.iter().map(|variable| self.variable(*variable)));
        let atom = Atom::new(name, terms);
        let mut head = atom.clone();
        head.terms.extend(more.iter().cloned());
        for body in bodies {
            let mut whole = self.rows(free);
            whole.extend(body);
            self.program.rule(&head, &whole);
        }
        self.owner.written.insert((part, bound), atom.clone());
        atom
    }
}

impl Owner {
    fn term(&mut self, wish: &str) -> String {
        let mut letters = wish.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        let mut wish: String = first.into_iter().chain(letters).collect();
        if OWN.contains(&wish.trim_end_matches(|c: char| c.is_ascii_digit())) {
            wish.push('_');
        }
        let mut name = wish.clone();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{wish}{number}");
            number += 1;
        }
        name
    }
}
