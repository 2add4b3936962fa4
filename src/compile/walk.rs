//! Ways through a finished knowledge base: every condition with its owner and variables, every part of a condition,
//! every term of a test, the variables that a part needs. Judges nothing.

use std::collections::BTreeSet;

use crate::knowledge::{
    AttributeId, Condition, DerivationBody, Extreme, KnowledgeBase, PredicateId, Row, RuleId, Term,
    Test, Variable, VariableId,
};
use crate::source::Span;

/// Whose condition it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// A defined predicate.
    Predicate(PredicateId),
    /// A derived attribute.
    Attribute(AttributeId),
    /// A rule.
    Rule(RuleId),
    /// A question of the guide, by position.
    Question(usize),
}

/// A condition, or the extreme that a derived attribute is, with what its variables are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Site<'k> {
    pub(super) owner: Owner,
    pub(super) variables: &'k [Variable],
    /// How many of the variables are parameters of a predicate.
    pub(super) parameters: usize,
    pub(super) root: Root<'k>,
    /// What holds wherever this is asked: for exceptions, the conditions of the rule.
    pub(super) given: Option<&'k Condition>,
}

/// What stands at a site.
#[derive(Debug, Clone, Copy)]
pub(super) enum Root<'k> {
    /// A condition.
    Condition(&'k Condition),
    /// The whole of a derivation, with its place.
    Extreme(&'k Extreme, Span),
}

/// Every site of a knowledge base, definitions first.
pub(super) fn sites(kb: &KnowledgeBase) -> Vec<Site<'_>> {
    let mut sites = Vec::new();
    for (index, predicate) in kb.predicates.iter().enumerate() {
        sites.extend(predicate.definitions.iter().map(|definition| Site {
            owner: Owner::Predicate(PredicateId(index)),
            variables: &definition.variables,
            parameters: predicate.parameters.len(),
            root: Root::Condition(&definition.when),
            given: None,
        }));
    }
    for derivation in kb.derivations.values() {
        let owner = Owner::Attribute(derivation.attribute);
        let site = |root| plain(owner, &derivation.variables, root);
        match &derivation.body {
            DerivationBody::Branches(branches) => {
                sites.extend(branches.iter().map(|branch| site(Root::Condition(&branch.when))));
            }
            DerivationBody::Table { .. } => {}
            DerivationBody::Extreme(extreme) => {
                sites.push(site(Root::Extreme(extreme, derivation.span)));
            }
        }
    }
    for (index, rule) in kb.rules.iter().enumerate() {
        let site = |root| plain(Owner::Rule(RuleId(index)), &rule.variables, root);
        sites.push(site(Root::Condition(&rule.when)));
        let given = Some(&rule.when);
        sites.push(Site { given, ..site(Root::Condition(&rule.unless)) });
    }
    for (index, question) in kb.questions.iter().enumerate() {
        sites.extend(question.answered.iter().map(|condition| {
            plain(Owner::Question(index), &question.variables, Root::Condition(condition))
        }));
    }
    sites
}

/// A site without parameters, asked by itself.
fn plain<'k>(owner: Owner, variables: &'k [Variable], root: Root<'k>) -> Site<'k> {
    Site { owner, variables, parameters: 0, root, given: None }
}

impl<'k> Site<'k> {
    /// Visits every condition of the site, outer ones first, with those inside a highest or lowest.
    pub(super) fn each(&self, visit: &mut dyn FnMut(&'k Condition)) {
        match self.root {
            Root::Condition(condition) => each(condition, visit),
            Root::Extreme(extreme, _) => each(&extreme.condition, visit),
        }
    }

    /// Visits every extreme of the site with its place.
    pub(super) fn each_extreme(&self, visit: &mut dyn FnMut(&'k Extreme, Span)) {
        if let Root::Extreme(extreme, span) = self.root {
            visit(extreme, span);
        }
        self.each(&mut |condition| {
            let Condition::Test(test, span) = condition else { return };
            for inner in terms(test).into_iter().filter_map(extreme_of) {
                visit(inner, *span);
            }
        });
    }
}

/// Visits a condition and all of its parts, outer ones first.
pub(super) fn each<'k>(condition: &'k Condition, visit: &mut dyn FnMut(&'k Condition)) {
    visit(condition);
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                each(part, visit);
            }
        }
        Condition::Not(part) => each(part, visit),
        Condition::Test(test, _) => {
            for extreme in terms(test).into_iter().filter_map(extreme_of) {
                each(&extreme.condition, visit);
            }
        }
        Condition::Holds(..) => {}
        Condition::Quantified(quantified, _) => {
            each(&quantified.filter, visit);
            each(&quantified.body, visit);
        }
    }
}

/// The terms that a test compares.
pub(super) fn terms(test: &Test) -> Vec<&Term> {
    match test {
        Test::Among(term, _)
        | Test::Within(term, _, _)
        | Test::Includes(term, _)
        | Test::Empty(term)
        | Test::Unknown(term) => vec![term],
        Test::IncludesValue(left, right) | Test::Compare(left, _, right) => vec![left, right],
        Test::OneOf(left, _, rights) => std::iter::once(left).chain(rights).collect(),
    }
}

/// The extreme that a term is.
pub(super) fn extreme_of(term: &Term) -> Option<&Extreme> {
    match term {
        Term::Extreme(extreme) => Some(extreme),
        Term::Years { date, .. } => extreme_of(date),
        Term::Attribute(..) | Term::Relation(..) | Term::Member(_) => None,
    }
}

/// The variables that a condition needs from outside: those it mentions, less those it ranges over itself.
pub(super) fn free(condition: &Condition, variables: &[Variable]) -> BTreeSet<VariableId> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().flat_map(|part| free(part, variables)).collect()
        }
        Condition::Not(part) => free(part, variables),
        Condition::Test(test, _) => {
            terms(test).into_iter().flat_map(|term| free_in_term(term, variables)).collect()
        }
        Condition::Holds(_, arguments, _) => arguments.iter().copied().collect(),
        Condition::Quantified(quantified, _) => {
            let mut needed = free(&quantified.filter, variables);
            needed.extend(free(&quantified.body, variables));
            without(quantified.variable, needed, variables)
        }
    }
}

/// The variables that an extreme needs from outside.
pub(super) fn free_in_extreme(extreme: &Extreme, variables: &[Variable]) -> BTreeSet<VariableId> {
    let mut needed = free(&extreme.condition, variables);
    needed.extend(free_in_term(&extreme.term, variables));
    without(extreme.variable, needed, variables)
}

fn free_in_term(term: &Term, variables: &[Variable]) -> BTreeSet<VariableId> {
    match term {
        Term::Attribute(_, Row::Variable(variable)) | Term::Member(variable) => {
            BTreeSet::from([*variable])
        }
        Term::Attribute(_, Row::Only | Row::Member(_)) => BTreeSet::new(),
        Term::Relation(_, left, right) => BTreeSet::from([*left, *right]),
        Term::Extreme(extreme) => free_in_extreme(extreme, variables),
        Term::Years { date, .. } => free_in_term(date, variables),
    }
}

/// What is needed besides a variable: the rest, and the variables that it must differ from.
fn without(
    variable: VariableId,
    mut needed: BTreeSet<VariableId>,
    variables: &[Variable],
) -> BTreeSet<VariableId> {
    needed.extend(variables.get(variable.0).into_iter().flat_map(|own| own.apart.iter().copied()));
    needed.remove(&variable);
    needed
}
