//! What is tested: attributes, relations, members, years, the highest and lowest over some rows, each as the predicates
//! that say what it may be.

use crate::knowledge::{
    AttributeId, DomainId, EntityKind, Extreme, Row, Term, Type, VariableId,
};

use super::condition::{free_of_extreme, free_of_term};
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
            return Values::Range(Type::Number, ["least", "most"].map(|name| Atom::new(name, [WORLD])));
        };
        let number = self.number(date, None);
        let unit = self.unit.per_whole();
        // Years since a date are fewest since its last day, years until it until its first.
        let [fewest, most] = [0, 1].map(|end| if since { 1 - end } else { end });
        let said = [("least_years", fewest), ("most_years", most)].map(|(what, end)| {
            let [day, today] = ["Date", "Today"].map(|wish| self.fresh(wish));
            let (from, to) = if since { (&day, &today) } else { (&today, &day) };
            let years = format!("({to} - {from}) / 10000 * {unit}");
            let case = self.fresh("Case");
            let body = vec![
                Literal::Holds(Atom::new("of", [WORLD, &case])),
                Literal::Holds(Atom::new("today", [&case, &today])),
                Literal::Holds(dates[end].with(&day)),
            ];
            self.part((number, what), Bound::Certain, &free, &[years], |_| vec![body])
        });
        Values::Range(Type::Number, said)
    }

    /// The highest or lowest value over some rows.
    pub(super) fn extreme(&mut self, extreme: &Extreme) -> Subject {
        let number = self.number(extreme, None);
        let free = free_of_extreme(self, extreme);
        let row = self.variable(extreme.variable);
        let counts = Bound::BOTH.map(|bound| {
            self.part((number, "counts"), bound, &free, std::slice::from_ref(&row), |export| {
                let mut body = export.candidate(extreme.variable, bound);
                body.extend(export.condition(&extreme.condition, bound));
                vec![body]
            })
        });
        let has = [0, 1].map(|at| {
            let one = vec![Literal::Holds(counts[at].with(&row))];
            self.part((number, "has_one"), Bound::BOTH[at], &free, &[], |_| vec![one])
        });
        let inner = self.subject(&extreme.term).values;
        let rows = Counted { number, row, counts, has: has.clone(), highest: extreme.highest };
        let values = match inner {
            Values::Choice(domain, may) => self.top_choice(extreme, &rows, domain, &may),
            Values::Range(kind, bounds) => self.top_range(extreme, &rows, kind, bounds),
            other @ (Values::Member(..) | Values::Set(..)) => other,
        };
        Subject { values, has: Some(has) }
    }

    /// A value is possible where a row that may count may have it, and no row that certainly counts has a better one.
    fn top_choice(
        &mut self,
        extreme: &Extreme,
        rows: &Counted,
        domain: DomainId,
        may: &Atom,
    ) -> Values {
        let free = free_of_extreme(self, extreme);
        let [certainly, possibly] = rows.counts.clone().map(|counts| counts.with(&rows.row));
        let [value, place] = ["Value", "Place"].map(|wish| self.fresh(wish));
        let [own, own_place] = ["Own", "OwnPlace"].map(|wish| self.fresh(wish));
        let mut with_row = free.clone();
        with_row.insert(extreme.variable);
        let here = Literal::Holds(self.words.member(domain, &value, &place));
        let no_better = if rows.highest { "<=" } else { ">=" };
        let part = (rows.number, "no_better");
        let reaches = vec![
            here.clone(),
            Literal::Holds(may.with(&own)),
            Literal::Holds(self.words.member(domain, &own, &own_place)),
            Literal::compare(&own_place, no_better, &place),
        ];
        let value_term = std::slice::from_ref(&value);
        let reaches = self.part(part, Bound::Possible, &with_row, value_term, |_| vec![reaches]);
        let beaten = vec![here, Literal::Holds(certainly), Literal::Fails(reaches.with(&value))];
        let part = (rows.number, "better_than");
        let beaten = self.part(part, Bound::Certain, &free, value_term, |_| vec![beaten]);
        let top = vec![
            Literal::Holds(possibly),
            Literal::Holds(may.with(&value)),
            Literal::Fails(beaten.with(&value)),
        ];
        let part = (rows.number, "top");
        Values::Choice(domain, self.part(part, Bound::Possible, &free, value_term, |_| vec![top]))
    }

    /// The far bound is that of rows that may count, the near one that of rows that certainly do, or else the worst.
    fn top_range(
        &mut self,
        extreme: &Extreme,
        rows: &Counted,
        kind: Type,
        bounds: [Atom; 2],
    ) -> Values {
        let [least, most] = bounds;
        let (near, far) = if rows.highest { (least, most) } else { (most, least) };
        let (best, worst) = if rows.highest { ("max", "min") } else { ("min", "max") };
        let has = Literal::Holds(rows.has[0].clone());
        let lacks = Literal::Fails(rows.has[0].clone());
        let far = [("far", Bound::Possible, best, vec![])].map(|way| self.end(extreme, rows, &far, way));
        let near = [
            ("near", Bound::Certain, best, vec![has]),
            ("near_if_none", Bound::Possible, worst, vec![lacks]),
        ]
        .map(|way| self.end(extreme, rows, &near, way));
        let free = free_of_extreme(self, extreme);
        let end = self.fresh("End");
        let ways = near.iter().map(|way| vec![Literal::Holds(way.with(&end))]).collect();
        let part = (rows.number, "near_end");
        let near = self.part(part, Bound::Certain, &free, &[end], |_| ways);
        let [far] = far;
        Values::Range(kind, if rows.highest { [near, far] } else { [far, near] })
    }

    /// The best or worst of a bound over rows. Where a row of those that may count has no bound there is none, since it
    /// may lie anywhere; rows that certainly count and have none do not matter.
    fn end(
        &mut self,
        extreme: &Extreme,
        rows: &Counted,
        bound: &Atom,
        (what, which, pick, mut body): (&'static str, Bound, &'static str, Body),
    ) -> Atom {
        let free = free_of_extreme(self, extreme);
        let counts = rows.counts[usize::from(which == Bound::Possible)].with(&rows.row);
        let [end, top] = ["End", "Top"].map(|wish| self.fresh(wish));
        let names: [&'static str; 2] = match what {
            "far" => ["far_ends", "far_without_end"],
            "near" => ["near_ends", "near_without_end"],
            _ => ["worst_ends", "worst_without_end"],
        };
        let ends = vec![Literal::Holds(counts.clone()), Literal::Holds(bound.with(&end))];
        let part = (rows.number, names[0]);
        let ends = self.part(part, which, &free, std::slice::from_ref(&end), |_| vec![ends]);
        if which == Bound::Possible {
            let mut with_row = free.clone();
            with_row.insert(extreme.variable);
            let bounded = vec![Literal::Holds(bound.with("_"))];
            let part = (rows.number, if what == "far" { "far_bounded" } else { "worst_bounded" });
            let bounded = self.part(part, which, &with_row, &[], |_| vec![bounded]);
            let open = vec![Literal::Holds(counts), Literal::Fails(bounded)];
            let open = self.part((rows.number, names[1]), which, &free, &[], |_| vec![open]);
            body.push(Literal::Fails(open));
        }
        let every = ends.with(&end);
        body.push(Literal::Over(format!("{top} ="), pick, end, every, None));
        body.push(Literal::Holds(ends.with(&top)));
        self.part((rows.number, what), which, &free, &[top], |_| vec![body])
    }

    /// Certainly or possibly has a value.
    pub(super) fn has(&self, subject: &Subject, bound: Bound) -> Option<Literal> {
        let has = subject.has.as_ref()?;
        Some(Literal::Holds(has[usize::from(bound == Bound::Possible)].clone()))
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

/// The rows over which the highest or lowest is taken.
struct Counted {
    number: usize,
    row: String,
    /// A row certainly counts, possibly counts.
    counts: [Atom; 2],
    /// Some row does.
    has: [Atom; 2],
    highest: bool,
}
