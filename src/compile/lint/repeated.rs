//! Conditions that stand twice in one block, and exceptions that ask for no more than the rule itself does.

use crate::compile::by_value::{self, Ask, Values};
use crate::compile::walk::{self, Root};
use crate::diagnostic::code::check::{NEVER_FIRES, SAID_TWICE};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{Condition, KnowledgeBase, Rule, Term, Variable};
use crate::source::Span;
use crate::value::Members;

use super::alike::{place, shape};

/// Warns of conditions, and of exceptions of one rule, that stand twice.
pub(in crate::compile) fn repeated(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    for site in walk::sites(kb) {
        if let Root::Extreme(..) = site.root {
            continue;
        }
        site.each(&mut |condition| {
            if let Condition::All(parts) | Condition::Any(parts) = condition {
                diagnostics.extend(doubles(parts, site.variables));
            }
        });
    }
}

/// The conditions of a block that stand in it before.
fn doubles(parts: &[Condition], variables: &[Variable]) -> Vec<Diagnostic> {
    let mut seen: Vec<(String, Span)> = Vec::new();
    let mut doubles = Vec::new();
    for part in parts {
        let Some(at) = place(part) else { continue };
        let shape = shape(part, variables);
        match seen.iter().find(|(known, _)| *known == shape) {
            Some((_, first)) => doubles.push(twice(at, *first)),
            None => seen.push((shape, at)),
        }
    }
    doubles
}

fn twice(at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(SAID_TWICE, at, "this is asked twice")
        .label("asked again here")
        .related(first, "asked here already")
        .help("take one of them out, or ask for what was meant")
}

/// Warns of exceptions that hold whenever the conditions of their rule do.
pub(in crate::compile) fn exceptions(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    for rule in &kb.rules {
        let Condition::Any(exceptions) = &rule.unless else { continue };
        for exception in exceptions {
            let Some(at) = place(exception) else { continue };
            if follows(kb, rule, exception) {
                diagnostics.push(
                    Diagnostic::new(NEVER_FIRES, at, "this exception holds whenever the rule does")
                        .label(format!("so `{}` never fires", rule.name))
                        .help("ask for something else in `unless`, or take it out"),
                );
            }
        }
    }
}

/// Whether a condition holds wherever the conditions of the rule do.
fn follows(kb: &KnowledgeBase, rule: &Rule, exception: &Condition) -> bool {
    let shaped = |condition: &Condition| -> Vec<(String, bool)> {
        let parts = by_value::conjuncts(condition, true).into_iter();
        parts.map(|(part, holds)| (shape(part, &rule.variables), holds)).collect()
    };
    let given = shaped(&rule.when);
    let (asked, _) = by_value::of(kb, &rule.variables, &rule.when);
    let parts = by_value::conjuncts(exception, true);
    let by_value = |part: &Condition, holds: bool| {
        let Condition::Test(test, span) = part else { return false };
        let ask = by_value::ask(kb, &rule.variables, test, holds);
        ask.is_some_and(|(term, values)| implied(&Ask { term, values, span: *span }, &asked))
    };
    !parts.is_empty()
        && parts.into_iter().all(|(part, holds)| {
            given.contains(&(shape(part, &rule.variables), holds)) || by_value(part, holds)
        })
}

/// Whether what is asked of a term leaves only values that pass.
fn implied(ask: &Ask<'_>, asked: &[Ask<'_>]) -> bool {
    if let Term::Extreme(_) = ask.term {
        return false;
    }
    let same: Vec<Values> =
        asked.iter().filter(|other| other.term == ask.term).map(|other| other.values).collect();
    let among =
        || same.iter().filter_map(|it| if let Values::Among(m) = it { Some(*m) } else { None });
    match ask.values {
        Values::Among(wanted) => {
            among().reduce(|a, b| a & b).is_some_and(|left| left & !wanted == 0)
        }
        Values::Includes(wanted) => same
            .iter()
            .any(|it| matches!(it, Values::Includes(included) if included & !wanted == 0)),
        Values::Excludes(wanted) => {
            let out = same.iter().fold(0, |all: Members, it| match it {
                Values::Excludes(members) => all | members,
                _ => all,
            });
            wanted & !out == 0
        }
        Values::Within(least, most) => {
            let bounds = same.iter().fold((i64::MIN, i64::MAX), |(low, high), it| match it {
                Values::Within(a, b) => (low.max(*a), high.min(*b)),
                _ => (low, high),
            });
            bounds != (i64::MIN, i64::MAX) && bounds.0 >= least && bounds.1 <= most
        }
    }
}
