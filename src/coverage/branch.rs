//! Which branches and rows of derived attributes the examples reach: those that have a say in a value that an example
//! expects.

use std::collections::BTreeSet;

use crate::case;
use crate::engine::{Limit, Limits, Plan};
use crate::facts::{Cell, Facts};
use crate::knowledge::{AttributeId, DerivationBody, Expectation, KnowledgeBase};
use crate::proof::View;
use crate::source::Span;

use super::carrier::path;

/// A derived attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Its path: `partnership.stage`.
    pub path: String,
    /// Where it is derived.
    pub span: Span,
    /// Its branches, or the rows of its table; a single one where it is a highest or lowest.
    pub branches: Vec<Branch>,
}

/// A branch, or a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Where it stands.
    pub span: Span,
    /// Whether an example reaches it.
    pub reached: bool,
}

/// All derived attributes, with what the examples reach of each.
pub(super) fn derived(
    kb: &KnowledgeBase,
    plan: &Plan,
    limits: Limits,
) -> Result<Vec<Derived>, Limit> {
    let reached = reached(kb, plan, limits)?;
    let derived = kb.derivations.values().map(|derivation| {
        let of = derivation.attribute;
        let branch = |(index, span)| Branch { span, reached: reached.contains(&(of, index)) };
        let spans: Vec<Span> = match &derivation.body {
            DerivationBody::Branches(branches) => branches.iter().map(|it| it.span).collect(),
            DerivationBody::Table { rows, .. } => rows.iter().map(|it| it.span).collect(),
            DerivationBody::Extreme(_) => vec![derivation.span],
        };
        Derived {
            path: path(kb, of),
            span: derivation.span,
            branches: spans.into_iter().enumerate().map(branch).collect(),
        }
    });
    Ok(derived.collect())
}

fn reached(
    kb: &KnowledgeBase,
    plan: &Plan,
    limits: Limits,
) -> Result<BTreeSet<(AttributeId, usize)>, Limit> {
    let facts: Vec<Facts> =
        kb.examples.iter().map(|example| case::given(&kb.vocabulary, example)).collect();
    let models = plan.infer(&facts.iter().collect::<Vec<_>>(), limits)?;
    let mut reached = BTreeSet::new();
    for ((example, facts), model) in kb.examples.iter().zip(&facts).zip(&models) {
        let view = View { kb, facts, model };
        for expectation in &example.expects {
            let Expectation::Value { attribute, row, .. } = expectation else { continue };
            let entity = kb.vocabulary.attribute(*attribute).entity;
            let Some(row) = facts.find_row(entity, row.as_deref().unwrap_or("")) else { continue };
            if facts.cell(*attribute, row).is_some_and(Cell::is_stated) {
                continue;
            }
            let deciding = view.deciding(*attribute, row);
            reached.extend(deciding.into_iter().map(|index| (*attribute, index)));
        }
    }
    Ok(reached)
}
