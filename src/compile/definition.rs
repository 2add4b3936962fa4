//! Definitions, derivations and the answers of questions.

use std::collections::BTreeMap;

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{Definition, DomainId, EntityId, Predicate, PredicateId, Question};
use crate::syntax::tree::{self, Define, Parameter};

use super::condition::shape;
use super::names::{Names, Signature};
use super::scope::{Declaring, Lowering};
use super::text;

/// The parameters of every defined name, for calls.
pub(super) fn signatures(names: &mut Names, defines: &[&Define], diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<&str, &Define> = BTreeMap::new();
    for define in defines {
        match first.get(define.name.text.as_str()) {
            None => {
                let parameters = define
                    .parameters
                    .iter()
                    .map(|it| (it.name.text.clone(), names.rows(&it.entity, false, diagnostics)))
                    .collect();
                let id = PredicateId(first.len());
                names.predicates.insert(define.name.text.clone(), Signature { id, parameters });
                first.insert(&define.name.text, define);
            }
            Some(first) => compare(define, first, diagnostics),
        }
    }
}

fn compare(define: &Define, first: &Define, diagnostics: &mut Diagnostics) {
    let words =
        |parameter: &Parameter| (parameter.entity.text.clone(), parameter.name.text.clone());
    let same = define.parameters.iter().map(words).eq(first.parameters.iter().map(words));
    if same {
        return;
    }
    let message = format!("the definitions of `{}` differ in their parameters", define.name.text);
    diagnostics.push(
        Diagnostic::new(code::WRONG_PARAMETERS, define.name.span, message)
            .label("these parameters")
            .related(first.name.span, "other parameters, or other names for them, here")
            .help("alternatives of one definition have the same parameters by the same names"),
    );
}

/// All defined predicates, by name.
pub(super) fn predicates(
    names: &Names,
    defines: &[&Define],
    diagnostics: &mut Diagnostics,
) -> Vec<Predicate> {
    let mut predicates: Vec<Predicate> = names
        .predicates
        .iter()
        .map(|(name, signature)| Predicate {
            name: name.clone(),
            parameters: signature
                .parameters
                .iter()
                .map(|(_, entity)| entity.unwrap_or(EntityId(0)))
                .collect(),
            definitions: Vec::new(),
        })
        .collect();
    for define in defines {
        let lowered = definition(names, define, diagnostics);
        let id = names.predicates.get(&define.name.text).map(|signature| signature.id);
        if let Some(predicate) = id.and_then(|id| predicates.get_mut(id.0)) {
            predicate.definitions.push(lowered);
        }
    }
    for predicate in &mut predicates {
        predicate.definitions.sort_by_cached_key(|it| shape(&it.when));
    }
    predicates
}

fn definition(names: &Names, define: &Define, diagnostics: &mut Diagnostics) -> Definition {
    // The entities of the first definition were reported with the signature; those of others must be the same.
    let mut unheard = Diagnostics::default();
    let mut lowering = Lowering::new(names, diagnostics);
    for parameter in &define.parameters {
        let known = names.rows(&parameter.entity, false, &mut unheard).is_some();
        let declaring = Declaring { parameter, other: false, plural: false };
        if known {
            lowering.declare(declaring);
        } else {
            lowering.declare_broken(&parameter.name);
        }
    }
    let phrase = define.phrase.as_ref().map(|phrase| lowering.template(phrase));
    let when = lowering.block(&define.when);
    let variables = lowering.variables;
    let cites = names.cites(&define.cites, diagnostics);
    Definition { variables, phrase, cites, when, span: define.span }
}

/// All questions, by id.
pub(super) fn questions(
    names: &Names,
    questions: &[&tree::Question],
    diagnostics: &mut Diagnostics,
) -> Vec<Question> {
    let lower = |question: &&tree::Question| {
        let mut lowering = Lowering::new(names, diagnostics);
        let answered = question.answered.as_ref().map(|block| lowering.block(block));
        let variables = lowering.variables;
        Question {
            name: question.name.text.clone(),
            title: text::plain(&question.title, diagnostics),
            stage: question.stage.as_ref().and_then(|name| names.stage(name, diagnostics)),
            cites: names.cites(&question.cites, diagnostics),
            variables,
            answered,
            span: question.name.span,
        }
    };
    questions.iter().map(lower).collect()
}

/// The members that a cell names, all of them for `_` and `unknown`.
pub(super) fn cell(
    names: &Names,
    domain: DomainId,
    cell: &tree::Cell,
    diagnostics: &mut Diagnostics,
) -> Option<u64> {
    match cell {
        tree::Cell::Any(_) | tree::Cell::Unknown(_) => Some(names.vocabulary.members_of(domain)),
        tree::Cell::OneOf(members) => {
            let found: Vec<Option<usize>> =
                members.iter().map(|name| names.member(domain, name, diagnostics)).collect();
            let found: Option<Vec<usize>> = found.into_iter().collect();
            Some(found?.into_iter().map(super::names::bit).fold(0, |all, one| all | one))
        }
    }
}
