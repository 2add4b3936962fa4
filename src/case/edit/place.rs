//! Where in a case the present value of a fact is decided: what is written elsewhere would not be seen.

use crate::change::{Effect, Target};

use super::super::{Case, Event};

/// Where a fact is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Among what holds from the start.
    Start,
    /// Under `set` of this event.
    Event(String),
    /// Instead of what this event adds or removes, by its verb.
    PartOf(String, &'static str),
    /// In an event that is not there yet.
    NewEvent {
        /// Its id.
        id: String,
        /// Its date.
        at: String,
        /// What it is called.
        title: String,
    },
}

/// Where the value of a fact at the end of a case is stated; none where nothing states it.
#[must_use]
pub fn decided(case: &Case, target: &Target) -> Option<Place> {
    let mut events: Vec<&Event> = case.events.iter().collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.order));
    for event in events {
        let facts = event.statements.facts.iter();
        if let Some(fact) = facts.rev().find(|fact| fact.target == *target) {
            return Some(match fact.effect {
                Effect::Set(_) => Place::Event(event.id.clone()),
                Effect::Add(_) => Place::PartOf(event.id.clone(), "add"),
                Effect::Remove(_) => Place::PartOf(event.id.clone(), "remove"),
            });
        }
    }
    case.base.facts.iter().any(|fact| fact.target == *target).then_some(Place::Start)
}
