//! What is half said: a question on the way to an answer is taken up again after another one, or told of at the end; and
//! the words of a menu as its numbers.

use super::{Interview, Note, State, Subject, Turn};

impl Interview<'_> {
    /// The number of the choice whose words a line is, where a choice is no answer about a fact: they are read elsewhere.
    pub(super) fn number_of(&self, line: &str) -> Option<usize> {
        if matches!(self.state.turn, Turn::Ask(Subject::Fact(_)) | Turn::Speaker(_)) {
            return None;
        }
        let line = line.to_lowercase();
        let is_called = |choice: &String| {
            let choice = choice.to_lowercase();
            let short = choice.split([':', ';', ',']).next().unwrap_or_default();
            choice == line || choice.trim_end_matches(" …") == line || short == line
        };
        let choices = self.prompt().choices;
        let mut named = choices.iter().enumerate().filter(|(_, choice)| is_called(choice));
        match (named.next(), named.next()) {
            (Some((at, _)), None) => Some(at + 1),
            _ => None,
        }
    }

    /// What was said and is not in the file, since a question about it was not answered.
    #[must_use]
    pub fn unwritten(&self) -> Option<Note> {
        let turns = self.state.pending.iter().chain([self.state.turn.unfinished()]);
        let names: Vec<String> = turns.filter_map(|turn| self.said_in(turn)).collect();
        let text = format!("Not written, as it was not told in full: {}.", names.join("; "));
        (!names.is_empty()).then_some(Note::Refused(text))
    }

    /// What was said before a question that asks more of it.
    fn said_in(&self, turn: &Turn) -> Option<String> {
        match turn {
            Turn::Plural(_, name) => Some(name.clone()),
            Turn::All(target, _) | Turn::Since(target, _) => {
                Some(self.view().path(self.fact(target)?))
            }
            _ => None,
        }
    }
}

impl Turn {
    /// The question itself, behind those about who speaks and since when.
    fn unfinished(&self) -> &Turn {
        match self {
            Turn::Speaker(then) | Turn::SettingSince(then) => then.unfinished(),
            turn => turn,
        }
    }
}

impl State {
    /// With another question first; one that is half answered is taken up again after it.
    pub(super) fn with_first(&self, turn: Turn) -> State {
        let mut state = State { turn, ..self.clone() };
        let left = self.turn.unfinished();
        let again = match (left, &state.turn) {
            (Turn::All(old, _) | Turn::Since(old, _), Turn::Ask(Subject::Fact(new))) => old != new,
            (Turn::Plural(..) | Turn::All(..) | Turn::Since(..), _) => true,
            _ => false,
        };
        if again {
            state.pending.push(left.clone());
        }
        state
    }
}
