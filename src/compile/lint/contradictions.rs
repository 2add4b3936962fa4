//! Conditions that no case can satisfy, because they ask different things of one value, and conditions that every case
//! satisfies. Compares what blocks ask of one term with what the blocks around them ask.

use crate::compile::by_value::{self, Ask, Values};
use crate::compile::walk::{self, Root, Site};
use crate::compile::words;
use crate::diagnostic::code::check::{ALWAYS_HOLDS, NEVER_HOLDS};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{Condition, KnowledgeBase, Term};
use crate::value::Members;

/// Warns of conditions that can never hold, or always do.
pub(in crate::compile) fn contradictions(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    for site in walk::sites(kb) {
        let given = site.given.map(|given| by_value::of(kb, site.variables, given).0);
        let given = given.unwrap_or_default();
        let mut search = Search { kb, site, diagnostics };
        match site.root {
            Root::Condition(condition) => search.block(&[(condition, true)], &given),
            Root::Extreme(extreme, _) => search.block(&[(&extreme.condition, true)], &[]),
        }
    }
}

struct Search<'k, 'd> {
    kb: &'k KnowledgeBase,
    site: Site<'k>,
    diagnostics: &'d mut Diagnostics,
}

impl<'k> Search<'k, '_> {
    /// Conditions that hold together, within what is asked around them.
    fn block(&mut self, conditions: &[(&'k Condition, bool)], around: &[Ask<'k>]) {
        let mut asked = around.to_vec();
        let mut rest = Vec::new();
        for (condition, holds) in conditions.iter().flat_map(dissolved) {
            match (condition, self.ask(condition, holds)) {
                (_, Some(ask)) => self.add(ask, &mut asked),
                _ => rest.push((condition, holds)),
            }
        }
        for (condition, holds) in rest {
            self.inside(condition, holds, &asked);
        }
    }

    fn ask(&self, condition: &'k Condition, holds: bool) -> Option<Ask<'k>> {
        let Condition::Test(test, span) = condition else { return None };
        let (term, values) = by_value::ask(self.kb, self.site.variables, test, holds)?;
        Some(Ask { term, values, span: *span })
    }

    /// What stands inside a condition that is no test of one value.
    fn inside(&mut self, condition: &'k Condition, holds: bool, asked: &[Ask<'k>]) {
        match condition {
            Condition::Any(parts) if holds => {
                for part in parts {
                    self.block(&[(part, true)], asked);
                }
            }
            Condition::All(_) | Condition::Any(_) => self.block(&[(condition, true)], &[]),
            Condition::Quantified(quantified, _) => {
                let around = if holds { asked } else { &[] };
                self.block(&[(&quantified.filter, true), (&quantified.body, true)], around);
            }
            Condition::Test(test, _) => {
                for extreme in walk::terms(test).into_iter().filter_map(walk::extreme_of) {
                    self.block(&[(&extreme.condition, true)], &[]);
                }
            }
            Condition::Not(_) | Condition::Holds(..) => {}
        }
    }

    /// Takes up what is asked of a term; reports it where it cannot be had, or asks for nothing.
    fn add(&mut self, ask: Ask<'k>, asked: &mut Vec<Ask<'k>>) {
        let all = self.all_members(ask.term);
        if contradict(&[ask], all) {
            self.diagnostics.push(
                Diagnostic::new(NEVER_HOLDS, ask.span, "this condition can never hold")
                    .label(format!("no value of `{}` passes", self.term(&ask)))
                    .help("ask for a value that there is, or take the condition out"),
            );
            return;
        }
        if asks_nothing(&ask, all) {
            self.diagnostics.push(
                Diagnostic::new(ALWAYS_HOLDS, ask.span, "this condition always holds")
                    .label(format!("every value of `{}` passes", self.term(&ask)))
                    .help("take it out, or ask for less"),
            );
            return;
        }
        let same: Vec<Ask<'k>> =
            asked.iter().filter(|other| other.term == ask.term).copied().collect();
        let one = same.iter().find(|other| contradict(&[**other, ask], all)).copied();
        let against = match one {
            Some(other) => vec![other],
            None if contradict(&[same.as_slice(), &[ask]].concat(), all) => same,
            None => {
                asked.push(ask);
                return;
            }
        };
        self.report(&ask, &against);
    }

    fn report(&mut self, ask: &Ask<'k>, against: &[Ask<'k>]) {
        let mut diagnostic = Diagnostic::new(
            NEVER_HOLDS,
            ask.span,
            format!("`{}` cannot be all that is asked of it here", self.term(ask)),
        )
        .label(format!("this asks that it {}", self.tell(ask)));
        for other in against {
            diagnostic =
                diagnostic.related(other.span, format!("this that it {}", self.tell(other)));
        }
        self.diagnostics.push(diagnostic.help(
            "these would have to hold together: take one out, or put them in `any of { … }` if \
             one of them is enough",
        ));
    }

    fn term(&self, ask: &Ask<'_>) -> String {
        words::term(self.kb, self.site.variables, ask.term)
    }

    fn tell(&self, ask: &Ask<'_>) -> String {
        let domain = words::domain(self.kb, self.site.variables, ask.term);
        let list = |set: Members, last: &str| {
            domain.map_or_else(String::new, |domain| words::members(self.kb, domain, set, last))
        };
        match ask.values {
            Values::Among(members) => format!("is {}", list(members, "or")),
            Values::Includes(members) => format!("includes {}", list(members, "or")),
            Values::Excludes(members) if members == self.all_members(ask.term) => {
                "is empty".to_owned()
            }
            Values::Excludes(members) => format!("excludes {}", list(members, "and")),
            Values::Within(low, high) => {
                format!("is {}", words::bounds(words::is_date(self.kb, ask.term), low, high))
            }
        }
    }

    fn all_members(&self, term: &Term) -> Members {
        words::domain(self.kb, self.site.variables, term)
            .map_or(0, |domain| self.kb.vocabulary.members_of(domain))
    }
}

fn dissolved<'k>((condition, holds): &(&'k Condition, bool)) -> Vec<(&'k Condition, bool)> {
    by_value::conjuncts(condition, *holds)
}

/// Whether no value passes all of these, which are about one term.
fn contradict(asks: &[Ask<'_>], all: Members) -> bool {
    let (mut among, mut low, mut high, mut excluded) = (all, i64::MIN, i64::MAX, 0);
    for ask in asks {
        match ask.values {
            Values::Among(members) => among &= members,
            Values::Within(least, most) => (low, high) = (low.max(least), high.min(most)),
            Values::Excludes(members) => excluded |= members,
            Values::Includes(_) => {}
        }
    }
    let choice = asks.iter().any(|ask| ask.members().is_some());
    let starved = |ask: &Ask<'_>| matches!(ask.values, Values::Includes(m) if m & !excluded == 0);
    (choice && among == 0) || low > high || asks.iter().any(starved)
}

/// Whether every value passes. A highest or lowest may have none, and then asking for any is asking for something.
fn asks_nothing(ask: &Ask<'_>, all: Members) -> bool {
    match ask.values {
        _ if walk::extreme_of(ask.term).is_some() => false,
        Values::Among(members) => members & all == all,
        Values::Within(low, high) => low == i64::MIN && high == i64::MAX,
        Values::Includes(_) => false,
        Values::Excludes(members) => members == 0,
    }
}
