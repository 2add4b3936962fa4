//! At most three rows at once: a condition that needs four variables together is refused, with advice how to divide it.

use std::collections::BTreeSet;

use crate::compile::walk::{self, Site};
use crate::compile::words;
use crate::diagnostic::code::check::TOO_MANY_VARIABLES;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{Condition, KnowledgeBase, VariableId};
use crate::source::Span;

/// Most variables that a condition may need at once.
const MOST: usize = 3;

/// Refuses conditions that need more than three variables at once.
pub(super) fn width(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    for site in walk::sites(kb) {
        let variables = site.variables;
        site.each(&mut |condition| {
            if let Condition::Quantified(quantified, span) = condition {
                let needed = walk::free(condition, variables);
                judge(&site, quantified.variable, needed, *span, diagnostics);
            }
        });
        site.each_extreme(&mut |extreme, span| {
            let needed = walk::free_in_extreme(extreme, variables);
            judge(&site, extreme.variable, needed, span, diagnostics);
        });
    }
}

fn judge(
    site: &Site<'_>,
    own: VariableId,
    mut needed: BTreeSet<VariableId>,
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    needed.insert(own);
    if needed.len() <= MOST {
        return;
    }
    let names: Vec<String> = needed
        .iter()
        .map(|variable| format!("`{}`", words::variable(site.variables, *variable)))
        .collect();
    let apart = site.variables.get(own.0).is_some_and(|own| !own.apart.is_empty());
    let help = if apart {
        "`other` asks for every earlier row too: leave it out where it does not matter, or move \
         what stands inside into a `define` that needs fewer rows"
    } else {
        "move what stands inside into a `define` that needs fewer rows, and ask for that here"
    };
    diagnostics.push(
        Diagnostic::new(
            TOO_MANY_VARIABLES,
            span,
            format!("this condition is about {} rows at once", needed.len()),
        )
        .label(format!("it needs {} together", words::series(&names, "and")))
        .help(help),
    );
}
