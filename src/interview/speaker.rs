//! Who speaks, and since when what is said holds: settings for the answers that follow.

use crate::case::edit::id_of;
use crate::engine::Limit;
use crate::knowledge::{EntityId, EntityKind};

use super::write::Since;
use super::{Interview, Note, Reply, State, Turn, again};

/// Somebody whose word the answers are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The id of the source that stands for them.
    pub id: String,
    /// The title of that source.
    pub title: String,
}

impl Interview<'_> {
    /// Those who may speak: the sources of the case, then its rows.
    pub(super) fn speakers(&self) -> Vec<Speaker> {
        let sources = self.state.case.sources.iter();
        let mut list: Vec<Speaker> = sources
            .map(|source| Speaker { id: source.id.clone(), title: source.title.clone() })
            .collect();
        let vocabulary = &self.kb.vocabulary;
        let entities = (0..vocabulary.entities.len()).map(EntityId);
        let many = entities.filter(|id| vocabulary.entity(*id).kind == EntityKind::Many);
        for row in many.flat_map(|entity| self.look.facts.rows(entity).list.iter()) {
            if list.iter().all(|speaker| speaker.id != row.id) {
                list.push(Speaker { id: row.id.clone(), title: row.name.clone() });
            }
        }
        list
    }

    /// Takes `source`, or `source NAME`.
    pub(super) fn source(&mut self, name: &str) -> Result<Reply, Limit> {
        if name.is_empty() {
            let turn = Turn::Speaker(Box::new(self.state.turn.clone()));
            return self.go_on(State { turn, ..self.state.clone() }, Vec::new());
        }
        self.speaks(name, self.state.turn.clone())
    }

    /// Takes who speaks: a number of the list, a name, or `nobody`.
    pub(super) fn speaks(&mut self, name: &str, then: Turn) -> Result<Reply, Limit> {
        let speakers = self.speakers();
        let known = |speaker: &&Speaker| {
            speaker.id == name || speaker.title.to_lowercase() == name.to_lowercase()
        };
        let number = name.parse::<usize>().ok();
        let speaker = match number {
            Some(number) if number == speakers.len() + 1 => None,
            Some(number) => {
                let found = number.checked_sub(1).and_then(|at| speakers.get(at));
                let Some(found) = found else {
                    return Ok(again("There is no such number in the list."));
                };
                Some(found.clone())
            }
            None if [
                "nobody",
                "nobody in particular",
                "no one",
                "no one in particular",
                "none",
            ]
            .contains(&name.to_lowercase().as_str()) =>
            {
                None
            }
            None => Some(speakers.iter().find(known).cloned().unwrap_or_else(|| {
                let taken = |id: &str| speakers.iter().any(|speaker| speaker.id == id);
                Speaker { id: id_of(name, "talk", taken), title: name.to_owned() }
            })),
        };
        let text = match &speaker {
            Some(speaker) => format!("Answers from now on come from: {}.", speaker.title),
            None => "Answers from now on come from nobody in particular.".to_owned(),
        };
        let state = State { speaker, turn: then, ..self.state.clone() };
        self.go_on(state, vec![Note::Remark(text)])
    }

    /// Takes `since`, or `since WHEN`.
    pub(super) fn since(&mut self, when: &str) -> Result<Reply, Limit> {
        if self.state.case.events.is_empty() {
            return Ok(again(
                "This case tells of no event, so what you answer simply holds. Events are written in an editor.",
            ));
        }
        if when.is_empty() {
            let turn = Turn::SettingSince(Box::new(self.state.turn.clone()));
            return self.go_on(State { turn, ..self.state.clone() }, Vec::new());
        }
        self.holds_since(when, self.state.turn.clone())
    }

    /// Takes since when answers hold from now on.
    pub(super) fn holds_since(&mut self, when: &str, then: Turn) -> Result<Reply, Limit> {
        match Since::of(when, &self.state.case) {
            Ok(since) => {
                let text = format!("Answers from now on hold {}.", since.words(&self.state.case));
                let state = State { since: Some(since), turn: then, ..self.state.clone() };
                self.go_on(state, vec![Note::Remark(text)])
            }
            Err(problem) => Ok(again(&problem)),
        }
    }
}
