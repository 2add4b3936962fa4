//! Comparisons `by` more steps than a scale has.

use crate::compile::{walk, words};
use crate::diagnostic::code::check::NEVER_HOLDS;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{Comparison, Condition, KnowledgeBase, Test};

/// Warns of distances that no two values of a scale have.
pub(in crate::compile) fn steps(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    for site in walk::sites(kb) {
        site.each(&mut |condition| {
            let Condition::Test(Test::Compare(left, Comparison::AtLeast(by), _), span) = condition
            else {
                return;
            };
            let Some(domain) = words::choice(kb, site.variables, left) else { return };
            let domain = kb.vocabulary.domain(domain);
            let most = domain.members.len().saturating_sub(1);
            if usize::try_from(*by).is_ok_and(|by| by > most) {
                let name = &domain.name;
                let count = domain.members.len();
                let label = format!("`{name}` has {count} members, so no two are {by} steps apart");
                diagnostics.push(
                    Diagnostic::new(NEVER_HOLDS, *span, "this condition can never hold")
                        .label(label)
                        .help("ask for fewer steps, or take the condition out"),
                );
            }
        });
    }
}
