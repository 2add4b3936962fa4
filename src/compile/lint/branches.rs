//! Branches of a derived attribute that are never reached, because earlier ones hold whenever they do.
//! Compares by value what branches ask of choices; what they ask else is taken to be possible.

use crate::compile::by_value::{self, Ask};
use crate::compile::product::{Product, Row};
use crate::compile::words;
use crate::diagnostic::code::check::UNREACHABLE_BRANCH;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{
    Branch, Condition, Derivation, DerivationBody, DomainId, KnowledgeBase, Term,
};
use crate::source::Span;
use crate::value::Members;

/// Warns of branches that are never reached.
pub(in crate::compile) fn branches(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    for derivation in kb.derivations.values() {
        if let DerivationBody::Branches(branches) = &derivation.body {
            judge(kb, derivation, branches, diagnostics);
        }
    }
}

fn judge(
    kb: &KnowledgeBase,
    derivation: &Derivation,
    branches: &[Branch],
    diagnostics: &mut Diagnostics,
) {
    let last = branches.iter().position(|branch| is_otherwise(&branch.when));
    let after = last.map_or(branches.len(), |last| last + 1);
    let otherwise = last.and_then(|last| branches.get(last));
    for (branch, otherwise) in branches.iter().skip(after).zip(otherwise.iter().cycle()) {
        diagnostics.push(
            unreachable(branch.span)
                .label("`otherwise` above holds always")
                .related(otherwise.span, "what stands after this is not read")
                .help("put `otherwise` last"),
        );
    }
    let live: Vec<&Branch> = branches.iter().take(after).collect();
    for (index, covering) in covered(kb, derivation, &live) {
        let Some(branch) = live.get(index).filter(|branch| !is_otherwise(&branch.when)) else {
            continue;
        };
        let mut diagnostic =
            unreachable(branch.span).label("whenever this holds, an earlier branch holds");
        for span in covering {
            diagnostic = diagnostic.related(span, "this one is taken before it");
        }
        diagnostics.push(diagnostic.help("put the narrower branch first, or take this one out"));
    }
}

fn unreachable(span: Span) -> Diagnostic {
    Diagnostic::new(UNREACHABLE_BRANCH, span, "this branch is never reached")
}

fn is_otherwise(condition: &Condition) -> bool {
    matches!(condition, Condition::All(parts) if parts.is_empty())
}

/// Branches that earlier ones cover by value, each with the places of those.
fn covered(
    kb: &KnowledgeBase,
    derivation: &Derivation,
    branches: &[&Branch],
) -> Vec<(usize, Vec<Span>)> {
    let asks: Vec<(Vec<Ask<'_>>, bool)> = branches
        .iter()
        .map(|branch| by_value::of(kb, &derivation.variables, &branch.when))
        .collect();
    let mut inputs: Vec<(&Term, DomainId)> = Vec::new();
    for ask in asks.iter().flat_map(|(asks, _)| asks) {
        if let Some(domain) = words::choice(kb, &derivation.variables, ask.term)
            && !inputs.iter().any(|(known, _)| *known == ask.term)
        {
            inputs.push((ask.term, domain));
        }
    }
    let rows = asks.iter().map(|(asks, exact)| Row {
        cells: inputs
            .iter()
            .map(|(term, domain)| {
                let all = kb.vocabulary.members_of(*domain);
                let own = asks.iter().filter(|ask| ask.term == *term);
                own.fold(all, |members, ask| members & ask.members().unwrap_or(all))
            })
            .collect(),
        closes: *exact && asks.iter().all(|ask| ask.members().is_some()),
    });
    let domains: Vec<Members> =
        inputs.iter().map(|(_, domain)| kb.vocabulary.members_of(*domain)).collect();
    let Some(product) = Product::of(&domains, rows.collect()) else {
        return Vec::new();
    };
    let masked = product.masked().into_iter();
    let place = |index: &usize| branches.get(*index).map(|branch| branch.span);
    masked.map(|(row, by)| (row, by.iter().filter_map(place).collect())).collect()
}
