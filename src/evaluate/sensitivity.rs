//! What hangs on single facts: each statement of a case is left out in turn, and the verdicts that change are counted.

use crate::case::outcome::Outcome;
use crate::case::{self, Case, Statements, Target};
use crate::engine::{Limit, Limits, Plan};
use crate::facts::Facts;
use crate::knowledge::{KnowledgeBase, Vocabulary};

use super::past::given;
use super::record::Trial;
use super::verdict::judged;
use super::{Settings, Verdict};

/// So many statements are left out in turn over all cases; the others are counted.
const MOST_TRIED: usize = 5_000;

/// What hangs on single facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sensitivity {
    /// How many statements were left out in turn.
    pub tried: usize,
    /// How many were not, because there are too many.
    pub untried: usize,
    /// How many verdicts there are for each.
    pub verdicts: usize,
    /// Those without which a verdict is another.
    pub fragile: Vec<Fragile>,
}

/// A statement on which verdicts hang.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragile {
    /// The case.
    pub case: String,
    /// The event that states it; none from the start.
    pub event: Option<String>,
    /// The path of the fact.
    pub fact: String,
    /// The risks whose verdict changes, with the verdict before and without it.
    pub changes: Vec<(String, [Verdict; 2])>,
}

/// Where a statement stands: at the start or in an event, and its position among facts or actions there.
type Place = (Option<usize>, bool, usize);

impl Sensitivity {
    /// Leaves out each statement of a case in turn.
    pub(super) fn try_case(
        &mut self,
        (kb, plan): (&KnowledgeBase, &Plan),
        (trial, outcome): (&Trial<'_>, &Outcome),
        (held, settings): (&[Verdict], &Settings),
        limits: Limits,
    ) -> Result<(), Limit> {
        self.verdicts += held.len();
        for place in places(trial.case) {
            if self.tried == MOST_TRIED {
                self.untried += 1;
                continue;
            }
            self.tried += 1;
            let (case, fact) = without(&kb.vocabulary, trial.case, place, kb);
            let points = case.points();
            let facts =
                points.iter().map(|at| case::facts(&case, &kb.vocabulary, at, &trial.filter));
            let facts: Vec<Facts> = facts.collect();
            let models = plan.infer(&facts.iter().collect::<Vec<_>>(), limits)?;
            let given: Vec<_> =
                facts.iter().zip(&models).map(|(facts, model)| given(kb, facts, model)).collect();
            let found = judged(kb, (&points, &given), outcome, settings);
            let pairs = outcome.risks.iter().zip(held.iter().zip(&found));
            let changes: Vec<_> = pairs
                .filter(|(_, (held, found))| **held != found.verdict)
                .filter_map(|(told, (held, found))| {
                    Some((kb.risks.get(told.risk.0)?.name.clone(), [*held, found.verdict]))
                })
                .collect();
            if !changes.is_empty() {
                let event = place.0.and_then(|at| trial.case.events.get(at));
                let event = event.map(|event| event.id.clone());
                self.fragile.push(Fragile { case: case.id, event, fact, changes });
            }
        }
        Ok(())
    }
}

fn places(case: &Case) -> Vec<Place> {
    let events = case.events.iter().enumerate().map(|(at, event)| (Some(at), &event.statements));
    let all = std::iter::once((None, &case.base)).chain(events);
    all.flat_map(|(at, statements)| {
        let facts = (0..statements.facts.len()).map(move |index| (at, false, index));
        facts.chain((0..statements.actions.len()).map(move |index| (at, true, index)))
    })
    .collect()
}

/// The case without a statement, and the path of what it is about.
fn without(
    vocabulary: &Vocabulary,
    case: &Case,
    (event, action, index): Place,
    kb: &KnowledgeBase,
) -> (Case, String) {
    let mut case = case.clone();
    let statements: Option<&mut Statements> = match event {
        None => Some(&mut case.base),
        Some(at) => case.events.get_mut(at).map(|event| &mut event.statements),
    };
    let mut path = String::new();
    if let Some(statements) = statements {
        if action && index < statements.actions.len() {
            let taken = statements.actions.remove(index);
            let name = kb.actions.get(taken.action.0).map_or("", |action| &action.name);
            let row = taken.row.map_or_else(String::new, |(_, id)| format!(".{id}"));
            path = format!("did.{name}{row}");
        } else if !action && index < statements.facts.len() {
            path = path_of(vocabulary, &statements.facts.remove(index).target);
        }
    }
    (case, path)
}

fn path_of(vocabulary: &Vocabulary, target: &Target) -> String {
    match target {
        Target::Attribute(id, row) => {
            let attribute = vocabulary.attribute(*id);
            let entity = &vocabulary.entity(attribute.entity).name;
            let dot = if row.is_empty() { "" } else { "." };
            format!("{entity}{dot}{row}.{}", attribute.name)
        }
        Target::Tie(id, a, b) => format!("{}.{a}.{b}", vocabulary.relation(*id).name),
    }
}
