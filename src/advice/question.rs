//! The guide's questions for the stage of the case, and which of them the case answers.
//! Questions about single facts are in `open`.

use crate::knowledge::{Condition, Question};
use crate::proof::support::open_facts;
use crate::proof::{Fact, Scope, View};
use crate::truth::Truth;

use super::KeyQuestion;
use super::reason::cited;
use super::stage::Clock;

/// The entities whose lists would have to be complete, where that is all that a condition waits for.
fn needs_complete(view: View<'_>, scope: &Scope<'_>, when: &Condition) -> Vec<String> {
    let open = open_facts(scope, when);
    let others = open.iter().map(|fact| match fact {
        Fact::Others(entity) => Some(view.kb.vocabulary.entity(*entity).name.clone()),
        _ => None,
    });
    others.collect::<Option<Vec<String>>>().unwrap_or_default()
}

/// Where the guide asks a question: by the place of the first passage that it cites. Others come last.
fn place<'k>(view: View<'k>, question: &Question) -> (bool, &'k str, u32) {
    let first = question.cites.first().and_then(|cited| view.kb.citations.get(cited.0));
    first.map_or((true, "", 0), |cited| (false, &cited.source, cited.span.start))
}

/// The questions of the stage, in the order of the guide.
pub(super) fn questions(view: View<'_>, clock: &Clock) -> Vec<KeyQuestion> {
    let mut list: Vec<_> = view
        .kb
        .questions
        .iter()
        .filter(|question| clock.may_be_at(question.stage))
        .map(|question| {
            let scope = Scope::new(view, &question.variables, &[]);
            let answered = question.answered.as_ref().map(|when| scope.truth(when));
            let asked = KeyQuestion {
                id: question.name.clone(),
                title: question.title.clone(),
                stage: clock.wording(view, question.stage),
                answered: answered == Some(Truth::True),
                answerable: answered.is_some(),
                needs_complete: question
                    .answered
                    .as_ref()
                    .filter(|_| answered == Some(Truth::Open))
                    .map_or_else(Vec::new, |when| needs_complete(view, &scope, when)),
                cites: cited(view.kb, &question.cites),
            };
            ((question.stage, place(view, question)), asked)
        })
        .collect();
    list.sort_by(|(a_place, a), (b_place, b)| (a_place, &a.id).cmp(&(b_place, &b.id)));
    list.into_iter().map(|(_, question)| question).collect()
}
