//! Tests of values in words: the question that a fact answers, what the case says, and what it would take.
#![expect(clippy::excessive_nesting, reason = "what a test takes is told kind by kind")]

use crate::knowledge::{Comparison, Term, Test, Type};
use crate::value::{Members, Possible};

use super::super::evaluate::Scope;
use super::super::fact::Fact;
use super::super::wording::{capitalised, join, spaced, value_text};
use super::definition::domain;
use super::{Part, State, Teller, state};

impl Teller {
    /// A test that has to come out as wanted.
    pub(super) fn test(&self, scope: &Scope<'_>, test: &Test, wanted: bool) -> Part {
        let own = state(scope.test(test), wanted);
        let takes = takes(scope, test, wanted);
        let leading = first(test);
        let mut words = told(scope, leading);
        for other in others(test) {
            words = format!("{words} {}", told(scope, other));
        }
        if own.hinders() {
            words = format!("{words} It takes {takes}.");
        }
        let fact = fact(scope, leading);
        let disputed = fact.is_some_and(|fact| scope.view.is_disputed(fact));
        let state = if own == State::Open && disputed { State::Disputed } else { own };
        let parts =
            if own.hinders() { self.below(scope, leading, test, wanted) } else { Vec::new() };
        Part { state, text: words, fact, either: false, parts, more: 0 }
    }

    /// A value that something is worked out from.
    pub(super) fn input(&self, scope: &Scope<'_>, term: &Term) -> Part {
        let fact = fact(scope, term);
        let known = scope.outcome(term).is_known();
        let disputed = fact.is_some_and(|fact| scope.view.is_disputed(fact));
        let state = match (known, disputed) {
            (true, _) => State::Holds,
            (false, true) => State::Disputed,
            (false, false) => State::Open,
        };
        let parts = match term {
            Term::Attribute(attribute, row) if fact.is_none() => {
                self.derivation(scope.view, *attribute, scope.resolve(*row), Members::MAX)
            }
            _ => Vec::new(),
        };
        Part { state, text: told(scope, term), fact, either: false, parts, more: 0 }
    }

    /// What a value that hinders comes from.
    fn below(&self, scope: &Scope<'_>, term: &Term, test: &Test, wanted: bool) -> Vec<Part> {
        match term {
            Term::Attribute(attribute, row)
                if scope.is_worked_out(*attribute, scope.resolve(*row)) =>
            {
                let members = match test {
                    Test::Among(_, members) => {
                        if wanted {
                            *members
                        } else {
                            !*members
                        }
                    }
                    _ => Members::MAX,
                };
                self.derivation(scope.view, *attribute, scope.resolve(*row), members)
            }
            Term::Extreme(extreme) => self.over_rows(scope, extreme),
            _ => Vec::new(),
        }
    }
}

fn first(test: &Test) -> &Term {
    match test {
        Test::Among(term, _)
        | Test::Within(term, ..)
        | Test::Includes(term, _)
        | Test::IncludesValue(term, _)
        | Test::Empty(term)
        | Test::Unknown(term)
        | Test::Compare(term, ..)
        | Test::OneOf(term, ..) => term,
    }
}

fn others(test: &Test) -> Vec<&Term> {
    match test {
        Test::IncludesValue(_, member) if !matches!(member, Term::Member(_)) => vec![member],
        Test::Compare(_, _, right) => vec![right],
        Test::OneOf(_, _, rights) => rights.iter().collect(),
        _ => Vec::new(),
    }
}

/// The fact of the case that a term reads; none for what is worked out.
pub(super) fn fact(scope: &Scope<'_>, term: &Term) -> Option<Fact> {
    match term {
        Term::Attribute(attribute, row) => {
            let row = scope.resolve(*row);
            (!scope.is_worked_out(*attribute, row)).then_some(Fact::Attribute(*attribute, row))
        }
        Term::Relation(relation, a, b) => {
            let (a, b) = (scope.row(*a), scope.row(*b));
            let symmetric = scope.view.kb.vocabulary.relation(*relation).symmetric;
            let (a, b) = if symmetric { (a.min(b), a.max(b)) } else { (a, b) };
            Some(Fact::Relation(*relation, a, b))
        }
        Term::Years { date, .. } => fact(scope, date),
        Term::Member(_) | Term::Extreme(_) => None,
    }
}

/// The type of a term.
pub(in crate::proof) fn kind(scope: &Scope<'_>, term: &Term) -> Type {
    let vocabulary = &scope.view.kb.vocabulary;
    match term {
        Term::Attribute(attribute, _) => vocabulary.attribute(*attribute).kind,
        Term::Relation(relation, ..) => Type::Choice(vocabulary.relation(*relation).kind),
        Term::Member(variable) => match vocabulary.entity(scope.entity(*variable)).kind {
            crate::knowledge::EntityKind::Members(domain) => Type::Choice(domain),
            _ => Type::Number,
        },
        Term::Extreme(extreme) => kind(scope, &extreme.term),
        Term::Years { .. } => Type::Number,
    }
}

/// `How well can the users act together? Low.`
fn told(scope: &Scope<'_>, term: &Term) -> String {
    let outcome = scope.outcome(term);
    let kind = kind(scope, term);
    let value = match outcome.value {
        None => "there is none".to_owned(),
        Some(value) => value_text(scope.view.kb, kind, value),
    };
    format!("{} {}.", asked(scope, term), capitalised(&value))
}

/// What is asked of the case.
fn asked(scope: &Scope<'_>, term: &Term) -> String {
    match term {
        Term::Attribute(attribute, row) => {
            scope.view.question(Fact::Attribute(*attribute, scope.resolve(*row)))
        }
        Term::Relation(relation, a, b) => {
            scope.view.question(Fact::Relation(*relation, scope.row(*a), scope.row(*b)))
        }
        Term::Member(variable) => {
            format!("{}:", scope.view.name(scope.entity(*variable), scope.row(*variable)))
        }
        Term::Years { since, date } => {
            let way = if *since { "since" } else { "until" };
            format!("Years {way} the answer to: {}", asked(scope, date))
        }
        Term::Extreme(extreme) => {
            let end = if extreme.highest { "highest" } else { "lowest" };
            let entity =
                spaced(&scope.view.kb.vocabulary.entity(scope.entity(extreme.variable)).name);
            let of = match &extreme.term {
                Term::Attribute(attribute, _) => {
                    spaced(&scope.view.kb.vocabulary.attribute(*attribute).name)
                }
                Term::Relation(relation, ..) => {
                    spaced(&scope.view.kb.vocabulary.relation(*relation).name)
                }
                _ => "value".to_owned(),
            };
            format!("What is the {end} `{of}` of each {entity} that counts?")
        }
    }
}

/// What a test takes to come out as wanted.
fn takes(scope: &Scope<'_>, test: &Test, wanted: bool) -> String {
    let kb = scope.view.kb;
    let kind = kind(scope, first(test));
    let not = if wanted { "" } else { "not " };
    match test {
        Test::Among(_, members) => among(scope, kind, *members, wanted),
        Test::Within(_, low, high) => {
            format!("{not}{}", value_text(kb, kind, Possible::Range { low: *low, high: *high }))
        }
        Test::Includes(_, members) => {
            let words = wordings(scope, kind, *members);
            if wanted { join(&words, "or") } else { format!("none of: {}", join(&words, "or")) }
        }
        Test::IncludesValue(_, member) => {
            let value = scope
                .outcome(member)
                .value
                .map_or_else(String::new, |value| value_text(kb, self::kind(scope, member), value));
            format!("{not}{value}")
        }
        Test::Empty(_) => if wanted { "none of them" } else { "at least one of them" }.to_owned(),
        Test::Unknown(_) if wanted => "that the case does not settle it".to_owned(),
        Test::Unknown(_) => "that the case settles it".to_owned(),
        Test::Compare(_, comparison, _) => compared(*comparison, kind, wanted),
        Test::OneOf(_, members, _) => {
            let words = wordings(scope, kind, *members);
            let constants = if words.is_empty() {
                String::new()
            } else {
                format!(" or {}", join(&words, "or"))
            };
            format!("that the first is {not}the same as another{constants}")
        }
    }
}

fn compared(comparison: Comparison, kind: Type, wanted: bool) -> String {
    let steps = |by: i64| match kind {
        Type::Choice(_) if by == 1 => "at least a step above".to_owned(),
        Type::Choice(_) => format!("at least {by} steps above"),
        Type::Number => format!("at least {} above", super::super::wording::number_text(by)),
        Type::Date | Type::Set(_) => "after".to_owned(),
    };
    match (comparison, wanted) {
        (Comparison::Same, true) | (Comparison::Different, false) => {
            "that both are the same".to_owned()
        }
        (Comparison::Same, false) | (Comparison::Different, true) => {
            "that the two differ".to_owned()
        }
        (Comparison::AtLeast(0), true) => "that the first is at least the second".to_owned(),
        (Comparison::AtLeast(0), false) => "that the first is below the second".to_owned(),
        (Comparison::AtLeast(by), true) => format!("that the first is {} the second", steps(by)),
        (Comparison::AtLeast(by), false) => {
            format!("that the first is not {} the second", steps(by))
        }
    }
}

fn among(scope: &Scope<'_>, kind: Type, members: Members, wanted: bool) -> String {
    let all = domain(kind).map_or(0, |domain| scope.view.kb.vocabulary.members_of(domain));
    let good = if wanted { members & all } else { all & !members };
    let bad = all & !good;
    if good.count_ones() > 3 && bad.count_ones() < good.count_ones() {
        return format!("anything but {}", join(&wordings(scope, kind, bad), "or"));
    }
    join(&wordings(scope, kind, good), "or")
}

fn wordings(scope: &Scope<'_>, kind: Type, members: Members) -> Vec<String> {
    let Some(domain) = domain(kind) else { return Vec::new() };
    let all = scope.view.kb.vocabulary.domain(domain).members.iter().enumerate();
    all.filter(|(index, _)| members >> (index & 63) & 1 == 1)
        .map(|(_, member)| member.wording.clone())
        .collect()
}
