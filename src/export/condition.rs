//! Conditions to bodies of rules: what is said together stays together, alternatives and negations become predicates.
//! This file does logic and quantifiers; `test` has tests, `term` what is tested.

use crate::knowledge::{Condition, Quantified, Quantifier, VariableId};

use super::free::{Free, free, free_of_quantified};
use super::owner::WORLD;
use super::program::{Atom, Body, Literal, is_never};
use super::{Bound, Export};

impl Export<'_> {
    /// A condition on one bound, as literals that all hold.
    pub(super) fn condition(&mut self, condition: &Condition, bound: Bound) -> Body {
        match condition {
            Condition::All(parts) => {
                parts.iter().flat_map(|part| self.condition(part, bound)).collect()
            }
            Condition::Any(parts) => {
                let bodies = parts.iter().map(|part| self.condition(part, bound)).collect();
                let number = self.number(condition, None);
                self.any((number, "any"), bound, &free(self, condition), bodies)
            }
            Condition::Not(inner) => self.negation(inner, bound.other()),
            Condition::Test(test, span) => self.test(test, *span, bound),
            Condition::Holds(predicate, arguments, _) => {
                let name = self.predicate_name(*predicate, bound);
                let rows = arguments.iter().map(|argument| self.variable(*argument));
                let terms = std::iter::once(WORLD.to_owned()).chain(rows);
                vec![Literal::Holds(Atom::new(name, terms))]
            }
            Condition::Quantified(quantified, span) => {
                let number = self.number(quantified, Some(*span));
                self.quantified(quantified, number, bound)
            }
        }
    }

    /// The negation of a condition; the bound is that of the condition.
    pub(super) fn negation(&mut self, condition: &Condition, bound: Bound) -> Body {
        match condition {
            Condition::Any(parts) => {
                parts.iter().flat_map(|part| self.negation(part, bound)).collect()
            }
            Condition::Not(inner) => self.condition(inner, bound.other()),
            _ => {
                let body = self.condition(condition, bound);
                let number = self.number(condition, None);
                self.not((number, "all"), bound, &free(self, condition), body)
            }
        }
    }

    /// One of several bodies holds.
    pub(super) fn any(
        &mut self,
        part: (usize, &'static str),
        bound: Bound,
        free: &Free,
        bodies: Vec<Body>,
    ) -> Body {
        let mut ways: Vec<Body> = bodies.into_iter().filter(|body| !is_never(body)).collect();
        if ways.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        match ways.pop() {
            None => vec![Literal::Never],
            Some(only) if ways.is_empty() => only,
            Some(last) => {
                ways.push(last);
                vec![Literal::Holds(self.part(part, bound, free, &[], |_| ways))]
            }
        }
    }

    /// A body does not hold.
    pub(super) fn not(
        &mut self,
        part: (usize, &'static str),
        bound: Bound,
        free: &Free,
        body: Body,
    ) -> Body {
        if is_never(&body) {
            return Vec::new();
        }
        match body.as_slice() {
            [] => return vec![Literal::Never],
            [only] => {
                if let Some(opposite) = only.opposite() {
                    return vec![opposite];
                }
            }
            _ => {}
        }
        vec![Literal::Fails(self.part(part, bound, free, &[], |_| vec![body]))]
    }

    /// A row that may stand for a variable: a listed one, or for `Possible` any, apart from those that it differs from.
    pub(super) fn candidate(&self, variable: VariableId, bound: Bound) -> Body {
        let (entity, row) = (self.entity(variable), self.variable(variable));
        let mut body = vec![Literal::Holds(match bound {
            Bound::Certain => self.words.listed(entity, &row),
            Bound::Possible => self.words.any(entity, &row),
        })];
        for other in self.apart_from(variable) {
            let other = self.variable(*other);
            body.push(if bound == Bound::Possible && self.is_many(entity) {
                Literal::Holds(self.words.apart(entity, &row, &other))
            } else {
                Literal::compare(&row, "!=", other)
            });
        }
        body
    }

    fn quantified(&mut self, quantified: &Quantified, number: usize, bound: Bound) -> Body {
        let Quantified { quantifier, variable, filter, body } = quantified;
        let free = free_of_quantified(self, quantified);
        match quantifier {
            Quantifier::AtLeast(0) => Vec::new(),
            Quantifier::Some | Quantifier::AtLeast(1) => {
                let some = self.part((number, "some"), bound, &free, &[], |export| {
                    vec![export.with_row(*variable, &[filter, body], bound)]
                });
                vec![Literal::Holds(some)]
            }
            Quantifier::AtLeast(count) => self.at_least(quantified, number, *count, bound),
            Quantifier::Every => {
                let some = self.part((number, "some"), bound, &free, &[], |export| {
                    vec![export.with_row(*variable, &[filter], bound)]
                });
                let other = bound.other();
                let exception = self.part((number, "exception"), other, &free, &[], |export| {
                    vec![export.exception(quantified, other)]
                });
                vec![Literal::Holds(some), Literal::Fails(exception)]
            }
            Quantifier::Most => self.most(quantified, number, bound),
        }
    }

    /// A row that satisfies all of these.
    fn with_row(&mut self, variable: VariableId, parts: &[&Condition], bound: Bound) -> Body {
        let mut whole = self.candidate(variable, bound);
        for part in parts {
            whole.extend(self.condition(part, bound));
        }
        whole
    }

    /// A row that the filter admits and that does not satisfy the body.
    fn exception(&mut self, quantified: &Quantified, bound: Bound) -> Body {
        let mut whole = self.with_row(quantified.variable, &[&*quantified.filter], bound);
        whole.extend(self.negation(&quantified.body, bound.other()));
        whole
    }

    /// The rows that satisfy filter and body, or filter and not body, as an atom to which the row is added.
    fn counted(
        &mut self,
        quantified: &Quantified,
        number: usize,
        does: bool,
        bound: Bound,
    ) -> Atom {
        let free = free_of_quantified(self, quantified);
        let row = [self.variable(quantified.variable)];
        let what = if does { "does" } else { "does_not" };
        self.part((number, what), bound, &free, &row, |export| {
            vec![if does {
                let parts = [&*quantified.filter, &*quantified.body];
                export.with_row(quantified.variable, &parts, bound)
            } else {
                export.exception(quantified, bound)
            }]
        })
    }

    fn at_least(
        &mut self,
        quantified: &Quantified,
        number: usize,
        count: u32,
        bound: Bound,
    ) -> Body {
        let free = free_of_quantified(self, quantified);
        let rows = self.counted(quantified, number, true, bound);
        let enough = self.count(format!("{count} <="), quantified.variable, &rows);
        let mut ways = vec![vec![enough]];
        ways.extend(self.unlisted(quantified.variable, &rows, bound));
        self.one((number, "enough"), bound, &free, ways)
    }

    fn most(&mut self, quantified: &Quantified, number: usize, bound: Bound) -> Body {
        let free = free_of_quantified(self, quantified);
        let variable = quantified.variable;
        let does = self.counted(quantified, number, true, bound);
        let does_not = self.counted(quantified, number, false, bound.other());
        let [more, fewer] = ["More", "Fewer"].map(|wish| self.fresh(wish));
        let mut majority = vec![
            self.count(format!("{more} ="), variable, &does),
            self.count(format!("{fewer} ="), variable, &does_not),
            Literal::compare(more, ">", fewer),
        ];
        let mut ways = Vec::new();
        if bound == Bound::Certain {
            let unlisted = self.unlisted(variable, &does_not, bound.other());
            majority.extend(unlisted.into_iter().flatten().filter_map(|one| one.opposite()));
        } else {
            ways.extend(self.unlisted(variable, &does, bound));
        }
        ways.insert(0, majority);
        self.one((number, "most"), bound, &free, ways)
    }

    /// A predicate for several ways, even for one: counts are not said inside other bodies.
    fn one(
        &mut self,
        part: (usize, &'static str),
        bound: Bound,
        free: &Free,
        ways: Vec<Body>,
    ) -> Body {
        vec![Literal::Holds(self.part(part, bound, free, &[], |_| ways))]
    }

    /// How many listed rows there are.
    fn count(&self, before: String, variable: VariableId, rows: &Atom) -> Literal {
        let row = self.variable(variable);
        let listed = self.is_many(self.entity(variable));
        let but = listed.then(|| (row.clone(), "unlisted".to_owned()));
        Literal::Over(before, "count", row.clone(), rows.with(row), but)
    }

    /// The unlisted row is among them, which for `Possible` stands for as many as one likes.
    fn unlisted(&self, variable: VariableId, rows: &Atom, bound: Bound) -> Option<Body> {
        let many = bound == Bound::Possible && self.is_many(self.entity(variable));
        many.then(|| vec![Literal::Holds(rows.with("unlisted"))])
    }
}
