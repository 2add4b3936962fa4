//! What becomes of a rule for a subject.

use std::collections::BTreeMap;

use convener::syntax::tree::{File, Rule};
use convener::truth::Truth;

use super::case::OracleCase;
use super::value::crisp;
use super::words::Words;
use super::world::{Row, Scope, World};

/// What became of a rule for one subject; silence is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Fires,
    Provisional,
    Contested,
    Open,
    SetAside,
}

/// What every rule came to, by its id and the ids of its subject.
pub(crate) type Conclusions = BTreeMap<(String, Vec<String>), Status>;

/// Conditions, exceptions and what follows for one subject.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    when: Truth,
    unless: Truth,
    overridden: Truth,
}

impl Standing {
    fn fires(self) -> bool {
        self.when.certain() && !self.unless.possible() && !self.overridden.possible()
    }

    fn may(self) -> bool {
        self.when.possible() && !self.unless.certain() && !self.overridden.certain()
    }
}

/// Runs every rule of a pack on a case.
pub(crate) fn conclusions(files: &[File], case: &OracleCase) -> Conclusions {
    let words = Words::new(files);
    let world = World::new(&words, case);
    let believed: Vec<OracleCase> =
        case.speakers().iter().map(|speaker| case.believing(speaker)).collect();
    let believing: Vec<World> = believed.iter().map(|case| World::new(&words, case)).collect();
    let mut conclusions = Conclusions::new();
    for (name, rule) in &words.rules {
        for rows in world.subjects(rule) {
            if let Some(status) = status(&world, &believing, rule, &rows) {
                conclusions.insert(((*name).to_owned(), rows.iter().map(id).collect()), status);
            }
        }
    }
    conclusions
}

fn id(row: &Row) -> String {
    match row {
        Row::Listed(id) => id.clone(),
        Row::Unlisted => panic!("a subject that is not listed"),
    }
}

fn status(world: &World, believing: &[World], rule: &Rule, rows: &[Row]) -> Option<Status> {
    let standing = world.standing(rule, rows);
    let contested = || believing.iter().any(|world| world.standing(rule, rows).fires());
    if standing.fires() {
        Some(Status::Fires)
    } else if standing.when.certain() && standing.may() {
        Some(Status::Provisional)
    } else if standing.when.possible()
        && !standing.unless.certain()
        && standing.overridden.certain()
    {
        Some(Status::SetAside)
    } else if contested() {
        Some(Status::Contested)
    } else if standing.may() {
        Some(Status::Open)
    } else {
        None
    }
}

impl World<'_> {
    /// Every subject of a rule.
    fn subjects(&self, rule: &Rule) -> Vec<Vec<Row>> {
        let Some(subject) = &rule.subject else { return vec![Vec::new()] };
        let mut tuples = vec![Vec::new()];
        for (_, parameter) in &subject.parameters {
            let rows = self.listed(&self.words.entity(&parameter.entity.text));
            tuples = tuples
                .into_iter()
                .flat_map(|tuple| {
                    rows.iter().map(move |row| [tuple.clone(), vec![row.clone()]].concat())
                })
                .collect();
        }
        tuples.retain(|rows| self.binds(rule, rows).certain());
        tuples
    }

    /// Whether a rule speaks of these rows: kept apart, and in order under `two`.
    fn binds(&self, rule: &Rule, rows: &[Row]) -> Truth {
        let Some(subject) = &rule.subject else { return Truth::True };
        let mut scope = Scope::new();
        let mut binds = Truth::True;
        for ((other, parameter), row) in subject.parameters.iter().zip(rows) {
            scope = self.bind(&scope, parameter, row);
            if *other {
                binds = binds.and(super::world::apart(&scope));
            }
        }
        if !subject.two {
            return binds;
        }
        let listed = self.listed(&self.words.entity(&subject.parameters[0].1.entity.text));
        let place = |row: &Row| listed.iter().position(|other| other == row);
        binds.and(crisp(place(&rows[0]) < place(&rows[1])))
    }

    fn scope_of(&self, rule: &Rule, rows: &[Row]) -> Scope {
        let parameters = rule.subject.iter().flat_map(|subject| &subject.parameters);
        let pairs = parameters.zip(rows);
        pairs.fold(Scope::new(), |scope, ((_, parameter), row)| self.bind(&scope, parameter, row))
    }

    fn standing(&self, rule: &Rule, rows: &[Row]) -> Standing {
        let key = (rule.name.text.clone(), rows.to_vec());
        if let Some(standing) = self.rules.borrow().get(&key) {
            return *standing;
        }
        let scope = self.scope_of(rule, rows);
        let subject = rule.subject.as_ref().and_then(|subject| subject.condition.as_ref());
        let conditions = subject.into_iter().chain(&rule.when);
        let when = conditions.fold(self.binds(rule, rows), |all, b| all.and(self.block(b, &scope)));
        let unless = rule.unless.iter().map(|block| self.block(block, &scope));
        let unless = unless.fold(Truth::False, Truth::or);
        let standing = Standing { when, unless, overridden: self.overridden(rule, rows) };
        self.rules.borrow_mut().insert(key, standing);
        standing
    }

    /// Whether a rule that overrides this one fires, or may.
    fn overridden(&self, rule: &Rule, rows: &[Row]) -> Truth {
        let overrides =
            |other: &&&Rule| other.overrides.iter().any(|name| name.text == rule.name.text);
        let standings =
            self.words.rules.values().filter(overrides).map(|other| self.standing(other, rows));
        standings.fold(Truth::False, |any, standing| {
            any.or(Truth::from_bounds(standing.fires(), standing.may()))
        })
    }
}
