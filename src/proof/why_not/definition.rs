//! Definitions and derived attributes in words: a defined condition by its phrase, a derived value by what it comes from.

use crate::knowledge::{
    AttributeId, Definition, DerivationBody, EntityKind, Extreme, PredicateId, Type,
};
use crate::value::{Members, Possible};

use super::super::evaluate::{Scope, View};
use super::super::wording::{Wording, capitalised, join, spaced, value_text};
use super::condition::{one_of, together};
use super::{Part, State, Teller, by_parts, state};

/// So deep are definitions followed; what lies deeper is named only.
const DEEP: usize = 6;

/// What is being told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inside {
    Predicate(PredicateId, Vec<usize>),
    Attribute(AttributeId, usize),
}

impl Teller {
    /// The same inside of something; none where it is there already, or too deep.
    fn inside(&self, what: Inside) -> Option<Teller> {
        if self.visited.contains(&what) || self.visited.len() >= DEEP {
            return None;
        }
        let mut visited = self.visited.clone();
        visited.push(what);
        Some(Teller { visited })
    }

    /// A defined condition of some rows.
    pub(super) fn predicate(
        &self,
        view: View<'_>,
        predicate: PredicateId,
        rows: &[usize],
        own: State,
        wanted: bool,
    ) -> Part {
        let declared = view.kb.predicates.get(predicate.0);
        let definitions = declared.map_or(&[][..], |declared| &declared.definitions);
        let mut parts = Vec::new();
        if let Some(inner) = self.inside(Inside::Predicate(predicate, rows.to_vec())) {
            let ways = definitions.iter().map(|definition| {
                let scope = Scope::new(view, &definition.variables, rows);
                inner.condition(&scope, &definition.when, wanted)
            });
            let ways: Vec<Vec<Part>> = ways.collect();
            parts = match ways.len() {
                0 | 1 => ways.concat(),
                _ if wanted => vec![one_of(own, ways.into_iter().filter_map(together).collect())],
                _ => ways.concat(),
            };
        }
        let name = declared.map_or("", |declared| declared.name.as_str());
        let said =
            definitions.first().map_or_else(|| spaced(name), |one| said(view, one, name, rows));
        let text = if wanted { format!("{said}.") } else { format!("Not so: {said}.") };
        let state = by_parts(own, &parts);
        Part { state, text: capitalised(&text), fact: None, either: false, parts, more: 0 }
    }

    /// What a derived attribute of a row comes from; nothing where that is told of already.
    pub(super) fn derivation(
        &self,
        view: View<'_>,
        attribute: AttributeId,
        row: usize,
        wanted: Members,
    ) -> Vec<Part> {
        let Some(inner) = self.inside(Inside::Attribute(attribute, row)) else { return Vec::new() };
        let Some(derivation) = view.kb.derivations.get(&attribute) else { return Vec::new() };
        let declared = view.kb.vocabulary.attribute(attribute);
        let one = view.kb.vocabulary.entity(declared.entity).kind == EntityKind::One;
        let subject: &[usize] = if one { &[] } else { &[row] };
        let scope = Scope::new(view, &derivation.variables, subject);
        match &derivation.body {
            DerivationBody::Branches(branches) => {
                let wanted_ones = branches.iter().filter(|branch| branch.result & !wanted == 0);
                let parts = wanted_ones.filter_map(|branch| {
                    let value = value_text(view.kb, declared.kind, Possible::Choice(branch.result));
                    let parts = inner.condition(&scope, &branch.when, true);
                    let own = state(scope.truth(&branch.when), true);
                    let text = format!("{} where:", capitalised(&value));
                    (!parts.is_empty()).then_some(Part {
                        state: by_parts(own, &parts),
                        text,
                        fact: None,
                        either: false,
                        parts,
                        more: 0,
                    })
                });
                parts.collect()
            }
            DerivationBody::Table { inputs, .. } => {
                inputs.iter().map(|input| inner.input(&scope, input)).collect()
            }
            DerivationBody::Extreme(extreme) => inner.over_rows(&scope, extreme),
        }
    }

    /// The rows that a highest or lowest is taken over, with their values.
    pub(super) fn over_rows(&self, scope: &Scope<'_>, extreme: &Extreme) -> Vec<Part> {
        let candidates = scope.candidates(extreme.variable).into_iter();
        let counting = candidates.filter_map(|candidate| {
            let inner = scope.bind(extreme.variable, candidate.row);
            let counts = inner.truth(&extreme.condition);
            (candidate.listed && counts.possible()).then(|| self.input(&inner, &extreme.term))
        });
        counting.collect()
    }
}

/// `A may not be heard by B`.
fn said(view: View<'_>, definition: &Definition, name: &str, rows: &[usize]) -> String {
    let names: Vec<String> = definition
        .variables
        .iter()
        .zip(rows)
        .map(|(variable, row)| view.name(variable.entity, *row))
        .collect();
    let scope = Scope::new(view, &definition.variables, rows);
    let phrase = definition.phrase.as_ref().map_or_else(
        || spaced(name),
        |phrase| Wording::of_rule(&scope, rows.len(), &[]).render_within(phrase),
    );
    match names.split_first() {
        Some((first, [])) => format!("{first} {phrase}"),
        Some((first, rest)) => format!("{first} {phrase} {}", join(rest, "and")),
        None => phrase,
    }
}

/// The members of a domain that a type has.
pub(super) fn domain(kind: Type) -> Option<crate::knowledge::DomainId> {
    match kind {
        Type::Choice(domain) | Type::Set(domain) => Some(domain),
        Type::Number | Type::Date => None,
    }
}
