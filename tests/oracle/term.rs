//! What a path, a call, a `highest` or a `years since` may come to.

use std::collections::BTreeSet;

use convener::syntax::tree::{Call, Extreme, Operand, Parameter, Path};
use convener::truth::Truth;
use convener::value::{NUMBER_UNIT, completed_years};

use super::value::{Kind, Values};
use super::world::{Bound, Row, Scope, World, variable};

/// What a term may come to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    pub(crate) kind: Kind,
    /// Its possible values; none where there can be no row to take one from.
    pub(crate) values: Option<Values>,
    /// Whether it may have no value.
    pub(crate) may_lack: bool,
    /// The fact that it is, so that the same fact is one value: of a listed row, or of what a variable stands for.
    pub(crate) fact: Option<Vec<String>>,
}

impl Term {
    fn of(kind: Kind, values: Values, fact: Option<Vec<String>>) -> Term {
        Term { kind, values: Some(values), may_lack: false, fact }
    }
}

impl World<'_> {
    /// What an operand may come to. A defined predicate is none.
    pub(crate) fn term(&self, operand: &Operand, scope: &Scope) -> Term {
        match operand {
            Operand::Path(path) => self.path(path, scope),
            Operand::Call(call) => self.relation(call, scope),
            Operand::Extreme(extreme) => self.extreme(extreme, scope),
            Operand::Years { since, path, .. } => self.years(*since, path, scope),
        }
    }

    /// `p.attr`, `issue.attr`, `sector.market.attr`, `w`.
    pub(crate) fn path(&self, path: &Path, scope: &Scope) -> Term {
        let names: Vec<&str> = path.names.iter().map(|name| &*name.text).collect();
        match names.as_slice() {
            [name] => member(name, scope),
            [first, attribute] => match variable(scope, first) {
                Some(bound) => self.attribute(&bound.entity, bound, attribute),
                None => self.attribute(first, &fixed(""), attribute),
            },
            [domain, member, attribute] => self.attribute(domain, &fixed(member), attribute),
            _ => panic!("a path of {names:?}"),
        }
    }

    fn attribute(&self, entity: &str, bound: &Bound, attribute: &str) -> Term {
        let kind = self.words.kind_of(entity, attribute);
        let fact = vec![entity.to_owned(), one_row(bound), attribute.to_owned()];
        Term::of(kind, self.attribute_values(entity, &bound.row, attribute), Some(fact))
    }

    /// What an attribute of a row may be.
    pub(crate) fn attribute_values(&self, entity: &str, row: &Row, attribute: &str) -> Values {
        let kind = self.words.kind_of(entity, attribute);
        let derived = self.words.derives.contains_key(&(entity, attribute));
        if let Row::Listed(id) = row {
            if let Some(value) = self.words.field(entity, id, attribute) {
                return Values::Choice([value].into());
            }
            let key = (entity.to_owned(), id.clone(), attribute.to_owned());
            match self.case.facts.get(&key) {
                Some(stated) if !stated.unknown => return stated.values.clone(),
                Some(_) if !derived => return self.words.everything(&kind),
                _ => {}
            }
        }
        if derived {
            return self.derived_values(entity, row, attribute);
        }
        let declared = self.words.attributes[&(entity, attribute)];
        self.words.background(&kind, declared.default.as_ref())
    }

    fn relation(&self, call: &Call, scope: &Scope) -> Term {
        let relation = self.words.relations[&*call.name.text];
        let kind = super::words::kind(&relation.kind);
        let bound = bound_arguments(call, &relation.roles, scope);
        let background = self.words.background(&kind, relation.default.as_ref());
        let name = relation.name.text.clone();
        let mut rows: Vec<String> = bound.iter().map(|bound| one_row(bound)).collect();
        if relation.symmetric {
            rows.sort();
        }
        let fact = [vec!["a relation".to_owned(), name.clone()], rows].concat();
        let [Row::Listed(a), Row::Listed(b)] = [&bound[0].row, &bound[1].row] else {
            return Term::of(kind, background, Some(fact));
        };
        let stated =
            |a: &String, b: &String| self.case.ties.get(&(name.clone(), a.clone(), b.clone()));
        let found = stated(a, b).or_else(|| stated(b, a).filter(|_| relation.symmetric));
        let values = match found {
            Some(stated) if stated.unknown => self.words.everything(&kind),
            Some(stated) => stated.values.clone(),
            None => background,
        };
        Term::of(kind, values, Some(fact))
    }

    fn years(&self, since: bool, path: &Path, scope: &Scope) -> Term {
        let date = self.path(path, scope);
        let Some(Values::Range { low, high }) = date.values else { panic!("not a date") };
        let (least, most) = match self.case.today {
            None => (i64::MIN, i64::MAX),
            Some(today) if since => (completed_years(high, today), completed_years(low, today)),
            Some(today) => (completed_years(today, low), completed_years(today, high)),
        };
        let values = Values::Range {
            low: least.saturating_mul(NUMBER_UNIT),
            high: most.saturating_mul(NUMBER_UNIT),
        };
        Term::of(Kind::Number, values, None)
    }

    /// `highest p.organized of party p { … }`.
    pub(crate) fn extreme(&self, extreme: &Extreme, scope: &Scope) -> Term {
        let entity = self.words.entity(&extreme.parameter.entity.text);
        let mut rows = Vec::new();
        for row in self.all_rows(&entity) {
            let scope = self.bind(scope, &extreme.parameter, &row);
            let apart = if extreme.other { super::world::apart(&scope) } else { Truth::True };
            let counts = extreme.condition.as_ref().map_or(Truth::True, |c| self.block(c, &scope));
            let counts = apart.and(counts);
            if counts.possible() {
                let term = self.term(&extreme.operand, &scope);
                let certain = counts.certain() && row != Row::Unlisted;
                rows.push((certain, term.values.expect("a value")));
            }
        }
        let kind = self.operand_kind(&extreme.operand, &entity, &extreme.parameter, scope);
        let may_lack = !rows.iter().any(|(certain, _)| *certain);
        let values = match &kind {
            Kind::Choice(domain) => self.top_of_scale(domain, extreme.highest, &rows),
            _ => top_of_ranges(extreme.highest, &rows),
        };
        Term { kind, values, may_lack, fact: None }
    }

    fn operand_kind(
        &self,
        operand: &Operand,
        entity: &str,
        parameter: &Parameter,
        scope: &Scope,
    ) -> Kind {
        match operand {
            Operand::Call(call) => super::words::kind(&self.words.relations[&*call.name.text].kind),
            Operand::Years { .. } => Kind::Number,
            Operand::Path(path) => match path.names.as_slice() {
                [first, attribute] if first.text == parameter.name.text => {
                    self.words.kind_of(entity, &attribute.text)
                }
                _ => self.path(path, scope).kind,
            },
            Operand::Extreme(_) => panic!("a highest of a highest"),
        }
    }

    fn top_of_scale(&self, domain: &str, highest: bool, rows: &[(bool, Values)]) -> Option<Values> {
        let place = |member: &String| {
            let place = self.words.place(domain, member);
            if highest { place } else { -place }
        };
        let may_be_no_higher =
            |values: &Values, v: i64| values.members().iter().any(|member| place(member) <= v);
        let possible: BTreeSet<String> = rows
            .iter()
            .flat_map(|(_, values)| values.members())
            .filter(|v| {
                let mut certain = rows.iter().filter(|(certain, _)| *certain);
                certain.all(|(_, values)| may_be_no_higher(values, place(v)))
            })
            .cloned()
            .collect();
        (!possible.is_empty()).then_some(Values::Choice(possible))
    }
}

fn top_of_ranges(highest: bool, rows: &[(bool, Values)]) -> Option<Values> {
    let bounds = |certain_only: bool| {
        rows.iter().filter(move |(certain, _)| *certain || !certain_only).map(|(_, values)| {
            let Values::Range { low, high } = values else { panic!("not a range") };
            (*low, *high)
        })
    };
    let (low, high) = if highest {
        let far = bounds(false).map(|(_, high)| high).max()?;
        let near = bounds(true).map(|(low, _)| low).max();
        (near.or_else(|| bounds(false).map(|(low, _)| low).min())?, far)
    } else {
        let far = bounds(false).map(|(low, _)| low).min()?;
        let near = bounds(true).map(|(_, high)| high).min();
        (far, near.or_else(|| bounds(false).map(|(_, high)| high).max())?)
    };
    Some(Values::Range { low, high })
}

/// The member that an enum variable stands for.
pub(crate) fn member(name: &str, scope: &Scope) -> Term {
    let bound = variable(scope, name).unwrap_or_else(|| panic!("no variable {name}"));
    let Row::Listed(member) = &bound.row else { panic!("{name} is no member") };
    let values = Values::Choice([member.clone()].into());
    Term::of(Kind::Choice(bound.entity.clone()), values, None)
}

/// The one row of a `one`, or a member.
fn fixed(id: &str) -> Bound {
    Bound { name: String::new(), entity: String::new(), row: Row::Listed(id.to_owned()) }
}

/// What tells the row of a variable from others: two variables never certainly stand for one row that is not listed.
fn one_row(bound: &Bound) -> String {
    match &bound.row {
        Row::Listed(id) => id.clone(),
        Row::Unlisted => format!("the row of {}", bound.name),
    }
}

/// The rows of a call's arguments, in the order of the parameters.
pub(crate) fn arguments(call: &Call, parameters: &[Parameter], scope: &Scope) -> Vec<Row> {
    let bound = bound_arguments(call, parameters, scope);
    bound.into_iter().map(|bound| bound.row.clone()).collect()
}

fn bound_arguments<'s>(call: &Call, parameters: &[Parameter], scope: &'s Scope) -> Vec<&'s Bound> {
    let row = |place: usize, parameter: &Parameter| {
        let by_role = call
            .arguments
            .iter()
            .find(|(role, _)| role.as_ref().is_some_and(|role| role.text == parameter.name.text));
        let (_, name) = by_role.unwrap_or(&call.arguments[place]);
        variable(scope, &name.text).unwrap_or_else(|| panic!("no variable {}", name.text))
    };
    parameters.iter().enumerate().map(|(place, parameter)| row(place, parameter)).collect()
}
