//! Lines that were typed, as answers to what is asked now.

use crate::case::edit::{Edit, Said};
use crate::case::{Setting, SettingForm, changes};
use crate::change::{Change, Target};
use crate::diagnostic::Diagnostics;
use crate::engine::Limit;
use crate::knowledge::{EntityId, EntityKind, Type};
use crate::proof::wording::capitalised;
use crate::source::SourceId;
use crate::value::{Members, Possible};

use super::answer::{Understood, understood};
use super::{Interview, Note, Reply, State, Subject, Turn, again, told};

/// Words that somebody types to whoever asks, and that name nobody.
const NO_NAMES: [&str; 11] = [
    "clear", "delete", "remove", "cancel", "correct", "edit", "list", "show", "done", "end",
    "finished",
];

/// Longest name that is taken.
const LONGEST_NAME: usize = 120;

impl Interview<'_> {
    /// Takes an answer.
    pub(super) fn take(&mut self, line: &str) -> Result<Reply, Limit> {
        match self.state.turn.clone() {
            Turn::Ask(Subject::Fact(target)) => self.about_fact(&target, line),
            Turn::Ask(Subject::Rows(entity)) => self.rows(entity, line),
            Turn::All(target, members) => self.all(&target, members, line),
            Turn::Plural(entity, name) => match line.to_lowercase().as_str() {
                "1" | "is" => self.add_row(entity, &name, false),
                "2" | "are" => self.add_row(entity, &name, true),
                _ => Ok(again("Type 1 for “is” or 2 for “are”.")),
            },
            Turn::Since(target, said) => match super::Since::of(line, &self.state.case) {
                Ok(since) => {
                    self.state.since = Some(since);
                    self.give(&target, said)
                }
                Err(problem) => Ok(again(&problem)),
            },
            Turn::Speaker(then) => self.speaks(line, *then),
            Turn::SettingSince(then) => self.holds_since(line, *then),
            Turn::Finished => self.finished(line),
        }
    }

    fn about_fact(&mut self, target: &Target, line: &str) -> Result<Reply, Limit> {
        let kind = target.kind(&self.kb.vocabulary);
        let Some(fact) = self.fact(target) else { return Ok(again("It is not there any more.")) };
        let path = self.view().path(fact);
        let known = (self.kb, &self.state.case, &self.look.facts);
        match understood(line, kind, &path, known) {
            Ok(Understood::Is(possible)) => self.give(target, Said::Is(possible)),
            Ok(Understood::Among(members)) => {
                let turn = Turn::All(target.clone(), members);
                self.go_on(State { turn, ..self.state.clone() }, Vec::new())
            }
            Err(problem) => Ok(again(&sentence(&problem))),
        }
    }

    /// Whether the members of a set that were named are all.
    fn all(&mut self, target: &Target, members: Members, line: &str) -> Result<Reply, Limit> {
        let Type::Set(domain) = target.kind(&self.kb.vocabulary) else {
            return Ok(again("It is no list."));
        };
        let all = self.kb.vocabulary.members_of(domain);
        let may_exclude = all & !members;
        let possible = match line.to_lowercase().as_str() {
            "1" | "yes" | "y" | "all" => Possible::Set { may_include: members, may_exclude },
            "2" | "no" | "n" | "at least" => Possible::Set { may_include: all, may_exclude },
            _ => return Ok(again("Type 1 or 2.")),
        };
        self.give(target, Said::Is(possible))
    }

    fn rows(&mut self, entity: EntityId, line: &str) -> Result<Reply, Limit> {
        let listed = self.view().listed(entity);
        match line.to_lowercase().as_str() {
            "nobody" | "nobody else" | "no one" | "no one else" | "no" | "complete" => {
                return self.complete(entity);
            }
            "1" if listed > 0 => return self.complete(entity),
            "2" if listed > 0 => return self.enough(entity),
            "that is all for now" | "that's all for now" | "for now" => return self.enough(entity),
            "yes" => return Ok(again("Then type the name.")),
            word if NO_NAMES.contains(&word) => {
                let text = format!(
                    "“{word}” is no name. `back` takes the last name back; `help` says what may be typed."
                );
                return Ok(again(&text));
            }
            _ => {}
        }
        let name = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let rows = self.look.facts.rows(entity).list.iter();
        if rows.clone().any(|row| row.name.to_lowercase() == name.to_lowercase()) {
            return Ok(again(&format!("“{name}” is in the list already.")));
        }
        if !name.chars().any(char::is_alphabetic) || name.chars().count() > LONGEST_NAME {
            return Ok(again(
                "Type a name, as it is to stand in the advice: the Ministry of Health.",
            ));
        }
        if may_be_plural(&name) {
            let turn = Turn::Plural(entity, name);
            return self.go_on(State { turn, ..self.state.clone() }, Vec::new());
        }
        self.add_row(entity, &name, false)
    }

    /// Nobody else at all; with fewer than two, that is told.
    fn complete(&mut self, entity: EntityId) -> Result<Reply, Limit> {
        let names = self.names(entity);
        let alone = match names.as_slice() {
            [] => Some("Nobody takes part, then".to_owned()),
            [one] => Some(format!("Nobody but {one} takes part, then")),
            _ => None,
        };
        let notes = alone.map(|alone| {
            let text = "and most advice is about two or more. `add` names another, `back` takes this back.";
            Note::Remark(format!("{alone}, {text}"))
        });
        self.write(None, Edit::Complete(entity), notes.into_iter().collect())
    }

    /// Nobody else for now.
    fn enough(&mut self, entity: EntityId) -> Result<Reply, Limit> {
        let mut state = State { turn: Turn::Finished, listing: None, ..self.state.clone() };
        state.aside.insert(Subject::Rows(entity));
        self.go_on(state, Vec::new())
    }

    pub(super) fn not_now(&mut self) -> Result<Reply, Limit> {
        let Turn::Ask(subject) = self.state.turn.clone() else {
            return Ok(again("Choose one of these, or go `back`."));
        };
        let mut state = State { turn: Turn::Finished, ..self.state.clone() };
        if let Subject::Rows(_) = subject {
            state.listing = None;
        }
        state.later.insert(subject);
        self.go_on(state, Vec::new())
    }

    /// Takes up what was left for later.
    fn finished(&mut self, line: &str) -> Result<Reply, Limit> {
        if self.state.later.is_empty() || line != "1" {
            return Ok(again("Type `stop`, or `add`, `about`, `source`, `back`."));
        }
        let mut state = self.state.clone();
        state.later.clear();
        self.go_on(state, Vec::new())
    }

    /// Takes `add`, or `add ENTITY`.
    pub(super) fn add(&mut self, what: &str) -> Result<Reply, Limit> {
        let entities = (0..self.kb.vocabulary.entities.len()).map(EntityId);
        let entity = |id: &EntityId| self.kb.vocabulary.entity(*id);
        let many: Vec<EntityId> =
            entities.filter(|id| entity(id).kind == EntityKind::Many).collect();
        let found = match many.as_slice() {
            [only] => Some(*only),
            _ => many.iter().find(|id| entity(id).name == what).copied(),
        };
        let Some(found) = found else {
            let names: Vec<String> =
                many.iter().map(|id| format!("`add {}`", entity(id).name)).collect();
            return Ok(again(&format!("Say what you add: {}.", names.join(" or "))));
        };
        let turn = Turn::Ask(Subject::Rows(found));
        let state = State { listing: Some(found), ..self.state.with_first(turn) };
        self.go_on(state, Vec::new())
    }

    /// Takes `about PATH`.
    pub(super) fn about(&mut self, path: &str) -> Result<Reply, Limit> {
        if path.trim().is_empty() {
            return Ok(Reply::Again(vec![self.answered()]));
        }
        if let Some(target) = self.answer_at(path).cloned() {
            let turn = Turn::Ask(Subject::Fact(target));
            return self.go_on(self.state.with_first(turn), Vec::new());
        }
        if let Some(facts) = self.facts_below(path) {
            return Ok(again(&facts));
        }
        let text = format!("{}=unknown", path.trim().to_lowercase());
        let setting = Setting { source: SourceId(0), text: &text, form: SettingForm::Set };
        let mut diagnostics = Diagnostics::default();
        let about = (&self.state.case, &self.look.facts);
        let made = changes(&[setting], about, self.kb, &mut diagnostics);
        let Some([Change::State { target, .. }]) = made.as_deref() else {
            return Ok(again(&sentence(&told(&diagnostics))));
        };
        if matches!(target, Target::Attribute(id, _) if self.kb.vocabulary.attribute(*id).fixed.is_some())
            || self.fact(target).is_none()
        {
            return Ok(again("That is nothing that a case file says."));
        }
        let turn = Turn::Ask(Subject::Fact(target.clone()));
        self.go_on(self.state.with_first(turn), Vec::new())
    }

    /// What the answers to the question would change.
    pub(super) fn why(&self) -> Result<Note, Limit> {
        let turn = match &self.state.turn {
            Turn::All(target, _) | Turn::Since(target, _) => {
                Turn::Ask(Subject::Fact(target.clone()))
            }
            other => other.clone(),
        };
        let about = match turn {
            Turn::Ask(Subject::Fact(target)) => self.fact(&target),
            Turn::Ask(Subject::Rows(entity)) => Some(crate::proof::Fact::Others(entity)),
            Turn::Plural(..) => {
                let text = "Advice speaks of it in sentences, and has to put “is” or “are”.";
                return Ok(Note::Remark(text.to_owned()));
            }
            _ => None,
        };
        let Some(fact) = about else {
            let text = "So that it can be told later what is known from where, and since when.";
            return Ok(Note::Remark(text.to_owned()));
        };
        let readers = self.readers(fact);
        let found = self.asked()?.questions.iter().find_map(|question| {
            let facts = question.facts.iter().find(|asked| asked.fact == fact)?;
            Some(crate::ask::Question { facts: vec![facts.clone()], ..question.clone() })
        });
        let asks = if readers == 1 { "1 rule asks" } else { &format!("{readers} rules ask") };
        let idle = format!(
            "{asks} for it. No answer to this alone changes the advice now; together with other answers it may."
        );
        let tells = |facts: &crate::ask::Asked| !facts.answers.is_empty() || facts.pair.is_some();
        let found = found.filter(|question| question.facts.iter().any(tells));
        Ok(found.map_or(Note::Remark(idle), |question| Note::Why(Box::new(question), readers)))
    }

    /// How many rules read a fact, or go through the rows of an entity.
    fn readers(&self, fact: crate::proof::Fact) -> usize {
        let rules = self.kb.rules.iter().map(|rule| self.kb.read_by(rule));
        let reads = rules.filter(|reads| match fact {
            crate::proof::Fact::Attribute(id, _) => reads.attributes.contains(&id),
            crate::proof::Fact::Relation(id, ..) => reads.relations.contains(&id),
            crate::proof::Fact::Others(id) => reads.entities.contains(&id),
            crate::proof::Fact::Today => false,
        });
        reads.count()
    }
}

/// A sentence with its full stop.
fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{end}", capitalised(text))
}

/// Whether a name may take the plural: its last word ends like one.
fn may_be_plural(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.ends_with('s') && !lower.ends_with("ss")
        || lower.contains(" and ")
        || lower.contains("people")
}
