//! The guide's questions for the stage of the case, and which of them the case answers.
//! Questions about single facts are in `open`.

use crate::proof::{Scope, View};
use crate::truth::Truth;

use super::KeyQuestion;
use super::reason::cited;
use super::stage::Clock;

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
                cites: cited(view.kb, &question.cites),
            };
            (question.stage, asked)
        })
        .collect();
    list.sort_by(|(a_stage, a), (b_stage, b)| (a_stage, &a.id).cmp(&(b_stage, &b.id)));
    list.into_iter().map(|(_, question)| question).collect()
}
