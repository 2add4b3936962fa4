//! The guide's questions for the stage of the case, and which of them the case answers.
//! Questions about single facts are in `open`.

use crate::knowledge::Condition;
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

pub(super) fn questions(view: View<'_>, clock: &Clock) -> Vec<KeyQuestion> {
    let mut list: Vec<(Option<usize>, KeyQuestion)> = view
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
            (question.stage, asked)
        })
        .collect();
    list.sort_by(|(a_stage, a), (b_stage, b)| (a_stage, &a.id).cmp(&(b_stage, &b.id)));
    list.into_iter().map(|(_, question)| question).collect()
}
