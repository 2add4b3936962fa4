//! Answers to edits of the case file: where each is written, whose word it is, and what becomes of what stood there.

use crate::case::Case;
use crate::case::edit::{Answer, Edit, NewRow, Place, Said, decided, edited, id_of};
use crate::change::Target;
use crate::engine::Limit;
use crate::facts::Record;
use crate::knowledge::{EntityId, EntityKind};
use crate::proof::wording::value_text;
use crate::value::Possible;

use super::{Interview, Note, Reply, Speaker, State, Subject, Turn, again};

/// The id of the source that stands for nobody in particular.
const UNNAMED: &str = "interview";

/// Since when an answer holds, in a case that tells of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Since {
    /// From the start.
    Start,
    /// Since the last event.
    LastEvent,
    /// Since a date.
    Date(String),
}

impl Since {
    /// What somebody says of it: a number of the list, words, or a date.
    pub(super) fn of(when: &str, case: &Case) -> Result<Since, String> {
        let when = when.trim().to_lowercase();
        match when.as_str() {
            "1" | "start" | "the start" | "from the start" => return Ok(Since::Start),
            "2" | "last" | "now" | "the last event" => return Ok(Since::LastEvent),
            _ => {}
        }
        let date = when.strip_prefix("since ").unwrap_or(&when);
        if case.events.iter().all(|event| event.at.is_none()) {
            return Err("No event of this case has a date, so no date can be set among them: \
                        type 1 or 2."
                .to_owned());
        }
        match case.moment(date) {
            Ok(_) if date.starts_with(|letter: char| letter.is_ascii_digit()) => {
                Ok(Since::Date(date.to_owned()))
            }
            _ => Err("Type 1, 2, or a date: a year, a month like 1985-06, a day like 1985-06-30."
                .to_owned()),
        }
    }

    pub(super) fn words(&self, case: &Case) -> String {
        match self {
            Since::Start => "from the start".to_owned(),
            Since::LastEvent => {
                let title = last_event(case).map_or("", |(_, title)| title);
                format!("since “{title}”")
            }
            Since::Date(date) => format!("since {date}"),
        }
    }

    fn place(&self, case: &Case) -> Place {
        match self {
            Since::Start => Place::Start,
            Since::LastEvent => {
                last_event(case).map_or(Place::Start, |(id, _)| Place::Event(id.to_owned()))
            }
            Since::Date(date) => {
                let id = format!("since-{date}");
                if case.events.iter().any(|event| event.id == id) {
                    return Place::Event(id);
                }
                Place::NewEvent { id, at: date.clone(), title: format!("What holds since {date}") }
            }
        }
    }
}

/// The event that happened last: its id and title.
fn last_event(case: &Case) -> Option<(&str, &str)> {
    let last = case.last_event(&case.end())?;
    Some((&last.id, &last.title))
}

impl Interview<'_> {
    /// Writes an answer, or asks first since when it holds.
    pub(super) fn give(&mut self, target: &Target, said: Said) -> Result<Reply, Limit> {
        if self.says_already(target, &said) {
            return self
                .stays(target, "The file says so already, and it stays as it stands there.");
        }
        let case = &self.state.case;
        let place = match (decided(case, target), &self.state.since) {
            (Some(place), _) => place,
            (None, _) if case.events.is_empty() => Place::Start,
            (None, Some(since)) => since.place(case),
            (None, None) => {
                let turn = Turn::Since(target.clone(), said);
                return self.go_on(State { turn, ..self.state.clone() }, Vec::new());
            }
        };
        let speaker = self.speaker_at(target, &place);
        let (said, notes) = self.weighed(target, said);
        // Who says what stands in the dispute itself.
        let named = speaker.as_ref().filter(|_| !matches!(said, Said::Disputed(_)));
        let answer = Answer { source: named.map(|speaker| speaker.id.clone()), said };
        self.write(speaker, Edit::Fact(target.clone(), answer, place), notes)
    }

    /// Adds a row.
    pub(super) fn add_row(
        &mut self,
        entity: EntityId,
        name: &str,
        plural: bool,
    ) -> Result<Reply, Limit> {
        let case = &self.state.case;
        let taken = |id: &str| {
            case.rows.iter().any(|row| row.id == id)
                || case.sources.iter().any(|source| source.id == id)
        };
        let id = id_of(name, &self.kb.vocabulary.entity(entity).name, taken);
        let speaker = self.speaker_or(case.source.is_some());
        let source = speaker.as_ref().map(|speaker| speaker.id.clone());
        let row = NewRow { entity, id, name: name.to_owned(), plural, source };
        self.write(speaker, Edit::Row(row), Vec::new())
    }

    /// Makes an edit, after the source that it names, and goes on.
    pub(super) fn write(
        &mut self,
        speaker: Option<Speaker>,
        edit: Edit,
        mut notes: Vec<Note>,
    ) -> Result<Reply, Limit> {
        let mut state = State { turn: Turn::Finished, ..self.state.clone() };
        let subject = match &edit {
            Edit::Fact(target, ..) => Some(Subject::Fact(target.clone())),
            Edit::Complete(entity) => Some(Subject::Rows(*entity)),
            Edit::Row(_) | Edit::Source(..) => None,
        };
        state.listing = match &edit {
            Edit::Row(row) => Some(row.entity),
            Edit::Complete(_) => None,
            Edit::Fact(..) | Edit::Source(..) => state.listing,
        };
        state.aside.extend(subject);
        if let Edit::Fact(target, ..) = &edit {
            state.given.retain(|given| given != target);
            state.given.push(target.clone());
        }
        let listed = |speaker: &Speaker| {
            self.state.case.sources.iter().any(|source| source.id == speaker.id)
        };
        let source = speaker.filter(|speaker| !listed(speaker));
        let source = source.map(|speaker| Edit::Source(speaker.id, speaker.title));
        for edit in source.into_iter().chain([edit]) {
            match edited(&state.text, &state.case, &edit, self.kb) {
                Ok((text, case)) => (state.text, state.case) = (text, case),
                Err(unfit) => {
                    (state.text, state.case) = (self.state.text.clone(), self.state.case.clone());
                    state.given.clone_from(&self.state.given);
                    notes = vec![Note::Refused(format!("Nothing was written: {unfit}."))];
                    break;
                }
            }
        }
        self.go_on(state, notes)
    }

    /// Whose word an answer is: who speaks now; or where the place has a source that is somebody else, the interview.
    fn speaker_at(&self, target: &Target, place: &Place) -> Option<Speaker> {
        let case = &self.state.case;
        let vocabulary = &self.kb.vocabulary;
        let row = match target {
            Target::Attribute(id, row) => {
                let attribute = vocabulary.attribute(*id);
                if attribute.action.is_some() {
                    return None;
                }
                let many = vocabulary.entity(attribute.entity).kind == EntityKind::Many;
                let mut rows = case.rows.iter().filter(|_| many);
                rows.find(|one| one.entity == attribute.entity && one.id == *row)
            }
            Target::Tie(..) => None,
        };
        let has_source = match (place, row) {
            (Place::Start, Some(row)) => row.source.is_some(),
            (Place::Event(id) | Place::PartOf(id, _), _) => {
                let event = case.events.iter().find(|event| event.id == *id);
                let mut facts = event.into_iter().flat_map(|event| &event.statements.facts);
                case.source.is_some() || facts.any(|fact| fact.record.source.is_some())
            }
            _ => case.source.is_some(),
        };
        self.speaker_or(has_source)
    }

    fn speaker_or(&self, has_source: bool) -> Option<Speaker> {
        let unnamed = || Speaker { id: UNNAMED.to_owned(), title: "An interview".to_owned() };
        self.state.speaker.clone().or_else(|| has_source.then(unnamed))
    }

    /// An answer in the light of what stands there: it makes it closer, settles it, or stands against it.
    fn weighed(&self, target: &Target, said: Said) -> (Said, Vec<Note>) {
        let fact = self.fact(target);
        let view = self.view();
        let record = fact.and_then(|fact| view.record(fact)).filter(|record| !record.unknown);
        let old = fact.and_then(|fact| view.value(fact));
        let (&Said::Is(new), Some(record), Some(old)) = (&said, record, old) else {
            return (said, Vec::new());
        };
        let speaker = self.state.speaker.as_ref();
        if !record.says.is_empty() {
            return disputed(speaker, record, new);
        }
        let other = record
            .source
            .as_ref()
            .filter(|source| speaker.is_some_and(|speaker| speaker.id != **source));
        match (old.meet(new), speaker, other) {
            (Some(met), ..) if !old.is_known() => (Said::Is(met), Vec::new()),
            (None, Some(speaker), Some(other)) => {
                let mut says = vec![(other.clone(), old), (speaker.id.clone(), new)];
                says.sort();
                let kind = target.kind(&self.kb.vocabulary);
                let text = format!(
                    "{} says otherwise: {}. The file now tells who says what.",
                    view.speaker(other),
                    value_text(self.kb, kind, old)
                );
                (Said::Disputed(says), vec![Note::Remark(text)])
            }
            (None, None, _) => {
                let from = record.source.as_ref().or(self.state.case.source.as_ref());
                let replaced = from.filter(|from| *from != UNNAMED);
                (said, replaced.map(|from| self.replaces(target, from, old)).into_iter().collect())
            }
            _ => (said, Vec::new()),
        }
    }

    /// Tells whose word an answer of nobody in particular takes the place of.
    fn replaces(&self, target: &Target, source: &str, old: Possible) -> Note {
        let kind = target.kind(&self.kb.vocabulary);
        Note::Remark(format!(
            "This replaces what the file had from {}: {}. To keep both: `back`, then `source`.",
            self.view().speaker(source),
            value_text(self.kb, kind, old)
        ))
    }

    /// Whether an answer is just what the file states, and nobody disputes.
    fn says_already(&self, target: &Target, said: &Said) -> bool {
        let Some(fact) = self.fact(target) else { return false };
        let view = self.view();
        let stated = view.record(fact).filter(|record| !record.unknown && record.says.is_empty());
        let old = stated.and_then(|_| view.value(fact));
        matches!((said, old), (Said::Is(new), Some(old)) if *new == old)
    }

    /// Leaves what the file says of a fact, and goes on.
    fn stays(&mut self, target: &Target, why: &str) -> Result<Reply, Limit> {
        let mut state = State { turn: Turn::Finished, ..self.state.clone() };
        state.aside.insert(Subject::Fact(target.clone()));
        self.go_on(state, vec![Note::Remark(why.to_owned())])
    }

    /// Takes that nobody knows.
    pub(super) fn dont_know(&mut self) -> Result<Reply, Limit> {
        let target = match &self.state.turn {
            Turn::Ask(Subject::Fact(target)) => target.clone(),
            Turn::Ask(_) => return self.not_now(),
            // Whether there are more in the set is not known.
            Turn::All(..) => return self.take("2"),
            _ => return Ok(again("Choose one of these, or go `back`.")),
        };
        let record = self.fact(&target).and_then(|fact| self.view().record(fact));
        let is_action = match &target {
            Target::Attribute(id, _) => self.kb.vocabulary.attribute(*id).action.is_some(),
            Target::Tie(..) => false,
        };
        let kept = if is_action {
            Some(
                "A case file cannot say that nobody knows whether something was done: it stays open.",
            )
        } else if record.is_some_and(|record| !record.unknown) {
            Some("What the file says of it so far stays, and it is not asked again now.")
        } else {
            None
        };
        let Some(kept) = kept else { return self.give(&target, Said::Unknown) };
        self.stays(&target, kept)
    }
}

/// One more voice in a dispute; without a name, the answer settles it.
fn disputed(speaker: Option<&Speaker>, record: &Record, new: Possible) -> (Said, Vec<Note>) {
    let Some(speaker) = speaker else {
        let text = "That settles what was disputed. To add a voice instead: `back`, then `source`.";
        return (Said::Is(new), vec![Note::Remark(text.to_owned())]);
    };
    let mut says = record.says.clone();
    says.retain(|(who, _)| *who != speaker.id);
    says.push((speaker.id.clone(), new));
    says.sort();
    (Said::Disputed(says), Vec::new())
}
