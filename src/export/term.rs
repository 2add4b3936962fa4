//! What is tested: attributes, relations, members, years, the highest and lowest over some rows, each as the predicates
//! that say what it may be.

use crate::knowledge::{AttributeId, DomainId, EntityKind, Row, Term, Type, VariableId};

use super::free::free_of_term;
use super::owner::WORLD;
use super::program::{Atom, Body, Literal};
use super::{Bound, Export};

/// What a term may be, in predicates.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) values: Values,
    /// That it has a value, certainly and possibly, where it may have none.
    pub(super) has: Option<[Atom; 2]>,
}

/// Its values.
#[derive(Debug, Clone)]
pub(super) enum Values {
    /// It may be the term that is added.
    Choice(DomainId, Atom),
    /// It is the member that this variable stands for.
    Member(DomainId, String),
    /// It certainly includes the member that is added; it certainly does not.
    Set(DomainId, [Atom; 2]),
    /// Its lower and its upper bound are the number that is added.
    Range(Type, [Atom; 2]),
}

impl Subject {
    /// It certainly or possibly has a value, where it may have none.
    pub(super) fn has(&self, bound: Bound) -> Option<Literal> {
        self.has.as_ref().map(|has| Literal::Holds(bound.of(has).clone()))
    }
}

impl Export<'_> {
    /// What a term may be.
    pub(super) fn subject(&mut self, term: &Term) -> Subject {
        let values = match term {
            Term::Attribute(attribute, row) => self.attribute_values(*attribute, *row),
            Term::Relation(relation, a, b) => {
                let domain = self.knowledge.vocabulary.relation(*relation).kind;
                let terms = [WORLD.to_owned(), self.variable(*a), self.variable(*b)];
                Values::Choice(domain, Atom::new(self.words.relation(*relation), terms))
            }
            Term::Member(variable) => {
                let entity = self.knowledge.vocabulary.entity(self.entity(*variable));
                let domain = match entity.kind {
                    EntityKind::Members(domain) => domain,
                    EntityKind::Many | EntityKind::One => DomainId(0),
                };
                Values::Member(domain, self.variable(*variable))
            }
            Term::Extreme(extreme) => return self.extreme(extreme),
            Term::Years { since, date } => self.years(*since, date),
        };
        Subject { values, has: None }
    }

    fn attribute_values(&self, attribute: AttributeId, row: Row) -> Values {
        let declared = self.knowledge.vocabulary.attribute(attribute);
        let owner = self.knowledge.vocabulary.entity(declared.entity);
        let row = match (row, owner.kind) {
            (Row::Variable(variable), _) => Some(self.variable(variable)),
            (Row::Member(place), EntityKind::Members(domain)) => Some(self.named(domain, place)),
            (Row::Only | Row::Member(_), _) => None,
        };
        let said = |what: &str| {
            let terms = std::iter::once(WORLD.to_owned()).chain(row.clone());
            Atom::new(self.words.attribute(what, attribute), terms)
        };
        match declared.kind {
            Type::Choice(domain) => Values::Choice(domain, said("may")),
            Type::Set(domain) => Values::Set(domain, [said("includes"), said("excludes")]),
            kind @ (Type::Number | Type::Date) => {
                Values::Range(kind, [said("least"), said("most")])
            }
        }
    }

    /// Completed years, counted between two dates written year, month, day one after the other: their difference without
    /// its last four digits.
    fn years(&mut self, since: bool, date: &Term) -> Values {
        let free = free_of_term(self, date);
        let Values::Range(_, dates) = self.subject(date).values else {
            return Values::Range(
                Type::Number,
                ["least", "most"].map(|name| Atom::new(name, [WORLD])),
            );
        };
        let number = self.number(date, None);
        let unit = self.unit.per_whole();
        // Years since a date are fewest since its last day, years until it until its first.
        let [first, last] = &dates;
        let (fewest, most) = if since { (last, first) } else { (first, last) };
        let said = [("least_years", fewest), ("most_years", most)].map(|(what, end)| {
            let [day, today] = ["Date", "Today"].map(|wish| self.fresh(wish));
            let (from, to) = if since { (&day, &today) } else { (&today, &day) };
            let years = format!("({to} - {from}) / 10000 * {unit}");
            let case = self.fresh("Case");
            let body = vec![
                Literal::Holds(Atom::new("of", [WORLD, &case])),
                Literal::Holds(Atom::new("today", [&case, &today])),
                Literal::Holds(end.with(&day)),
            ];
            self.part((number, what), Bound::Certain, &free, &[years], |_| vec![body])
        });
        Values::Range(Type::Number, said)
    }

    /// Any value that a choice may have, as a term, and what binds it.
    pub(super) fn value(&mut self, subject: &Subject) -> (Body, String) {
        match &subject.values {
            Values::Choice(_, may) => {
                let value = self.fresh("Value");
                (vec![Literal::Holds(may.with(&value))], value)
            }
            Values::Member(_, variable) => (Vec::new(), variable.clone()),
            Values::Set(..) | Values::Range(..) => (vec![Literal::Never], "_".to_owned()),
        }
    }

    /// Both terms are one value wherever one of these holds: the same attribute of one row, the same relation of the same
    /// rows.
    pub(super) fn same_cell(&self, left: &Term, right: &Term) -> Vec<Body> {
        match (left, right) {
            (Term::Attribute(a, p), Term::Attribute(b, q)) if a == b => {
                self.same_row(*a, *p, *q).into_iter().collect()
            }
            (Term::Relation(a, from, to), Term::Relation(b, start, end)) if a == b => {
                let both = |one: Option<Body>, two: Option<Body>| Some([one?, two?].concat());
                let straight = both(self.one_row(*from, *start), self.one_row(*to, *end));
                let symmetric = self.knowledge.vocabulary.relation(*a).symmetric;
                let crossed = both(self.one_row(*from, *end), self.one_row(*to, *start));
                let crossed = crossed.filter(|_| symmetric);
                straight.into_iter().chain(crossed).collect()
            }
            _ => Vec::new(),
        }
    }

    fn same_row(&self, attribute: AttributeId, left: Row, right: Row) -> Option<Body> {
        let entity = self.knowledge.vocabulary.attribute(attribute).entity;
        match (left, right) {
            (Row::Only, Row::Only) => Some(Vec::new()),
            (Row::Member(a), Row::Member(b)) => (a == b).then(Vec::new),
            (Row::Variable(a), Row::Variable(b)) => self.one_row(a, b),
            (Row::Variable(variable), Row::Member(place))
            | (Row::Member(place), Row::Variable(variable)) => {
                let EntityKind::Members(domain) = self.knowledge.vocabulary.entity(entity).kind
                else {
                    return None;
                };
                let name = self.named(domain, place);
                Some(vec![Literal::compare(self.variable(variable), "=", name)])
            }
            _ => None,
        }
    }

    /// Two variables stand for one row: they are one variable, or stand for one listed row.
    fn one_row(&self, a: VariableId, b: VariableId) -> Option<Body> {
        let entity = self.entity(a);
        if entity != self.entity(b) {
            return None;
        }
        if a == b {
            return Some(Vec::new());
        }
        let (a, b) = (self.variable(a), self.variable(b));
        Some(vec![if self.is_many(entity) {
            Literal::Holds(self.words.same(entity, &a, &b))
        } else {
            Literal::compare(a, "=", b)
        }])
    }
}
