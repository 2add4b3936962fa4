//! A relation holds between two different rows: two of its variables that may be one row are refused, and so are the
//! arguments of a predicate. The parameters of a `define` are exempt among themselves: who uses it keeps them apart.

use crate::compile::walk::{self, Root, Site};
use crate::compile::words;
use crate::diagnostic::code::check::{SAME_ARGUMENT_TWICE, VARIABLES_NOT_APART};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{Condition, KnowledgeBase, Term, VariableId};
use crate::source::Span;

/// Refuses pairs of arguments that may be one row.
pub(super) fn distinct(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    for site in walk::sites(kb) {
        for (name, arguments, span) in uses(kb, &site) {
            let judge = |pair| judge(kb, &site, &name, pair, span);
            for found in pairs(&arguments).into_iter().filter_map(judge) {
                diagnostics.push(found);
            }
        }
    }
}

/// Every two arguments, in their order.
fn pairs(arguments: &[VariableId]) -> Vec<(VariableId, VariableId)> {
    let second = arguments.iter().enumerate();
    second
        .flat_map(|(index, right)| arguments.iter().take(index).map(|left| (*left, *right)))
        .collect()
}

/// Every relation and predicate of a site: its name, its arguments, its place.
fn uses(kb: &KnowledgeBase, site: &Site<'_>) -> Vec<(String, Vec<VariableId>, Span)> {
    let mut uses = Vec::new();
    if let Root::Extreme(extreme, span) = site.root {
        uses.extend(relation(kb, &extreme.term, span));
    }
    site.each(&mut |condition| match condition {
        Condition::Test(test, span) => {
            for term in walk::terms(test) {
                uses.extend(relation(kb, term, *span));
            }
        }
        Condition::Holds(id, arguments, span) => {
            let name = kb.predicates.get(id.0).map_or("", |predicate| &predicate.name);
            uses.push((name.to_owned(), arguments.clone(), *span));
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Quantified(..) => {}
    });
    uses
}

/// The relation that a term asks for, if it does. What stands in the condition of an extreme is seen on its own.
fn relation(
    kb: &KnowledgeBase,
    term: &Term,
    span: Span,
) -> Option<(String, Vec<VariableId>, Span)> {
    match term {
        Term::Relation(id, left, right) => {
            Some((kb.vocabulary.relation(*id).name.clone(), vec![*left, *right], span))
        }
        Term::Extreme(extreme) => relation(kb, &extreme.term, span),
        Term::Years { date, .. } => relation(kb, date, span),
        Term::Attribute(..) | Term::Member(_) => None,
    }
}

fn judge(
    kb: &KnowledgeBase,
    site: &Site<'_>,
    name: &str,
    (left, right): (VariableId, VariableId),
    span: Span,
) -> Option<Diagnostic> {
    let (first, second) = (site.variables.get(left.0)?, site.variables.get(right.0)?);
    if left == right {
        let diagnostic = Diagnostic::new(
            SAME_ARGUMENT_TWICE,
            span,
            format!("`{name}` is asked of `{}` and itself", first.name),
        );
        return Some(diagnostic.help(
            "it is said of two different rows: give the second one a variable of its own, \
             for example with `some other`",
        ));
    }
    let own = |id: VariableId| id.0 < site.parameters;
    let apart = first.apart.contains(&right) || second.apart.contains(&left);
    if first.entity != second.entity || apart || (own(left) && own(right)) {
        return None;
    }
    let entity = &kb.vocabulary.entity(first.entity).name;
    let (earlier, later) = if left < right { (left, right) } else { (right, left) };
    let (earlier, later) =
        (words::variable(site.variables, earlier), words::variable(site.variables, later));
    Some(
        Diagnostic::new(
            VARIABLES_NOT_APART,
            span,
            format!("`{earlier}` and `{later}` may be one and the same {entity} here"),
        )
        .label(format!("`{name}` is said of two different ones"))
        .help(format!("write `other {entity} {later}` where `{later}` is introduced")),
    )
}
