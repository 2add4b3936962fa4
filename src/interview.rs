//! An interview about one case, a question at a time: what is typed goes in, the next question and the new text of the case
//! file come out. Pure: it draws nothing and writes nothing; whoever runs it keeps the file.

mod answer;
mod command;
mod known;
mod pending;
mod prompt;
mod speaker;
mod standing;
mod turn;
mod write;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::advice::advise;
use crate::ask::{Ask, Question, ask, introductions, target};
use crate::case::{self, Case, Filter};
use crate::change::Target;
use crate::diagnostic::Diagnostics;
use crate::engine::{Limit, Limits, Model, Plan};
use crate::facts::Facts;
use crate::knowledge::{EntityId, EntityKind, KnowledgeBase, Type};
use crate::proof::{Fact, View};
use crate::value::Members;

use command::{Command, command};
use write::Since;

pub use prompt::Prompt;
pub use speaker::Speaker;
pub use standing::{Contested, Given, Progress, Standing};

/// An interview.
pub struct Interview<'a> {
    kb: &'a KnowledgeBase,
    plan: &'a Plan,
    state: State,
    look: Look,
    /// What was before each answer.
    history: Vec<State>,
}

/// All that an answer changes.
#[derive(Debug, Clone)]
struct State {
    text: String,
    case: Case,
    turn: Turn,
    /// What is not asked again in this interview.
    aside: BTreeSet<Subject>,
    /// What is left for later in this interview.
    later: BTreeSet<Subject>,
    /// The entity whose rows are being listed.
    listing: Option<EntityId>,
    speaker: Option<Speaker>,
    since: Option<Since>,
    /// Questions on the way to something that is not written yet, to be taken up again; the last one first.
    pending: Vec<Turn>,
    /// What was answered in this interview, the last one last.
    given: Vec<Target>,
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    /// A fact.
    Fact(Target),
    /// Which rows there are of an entity, or which others.
    Rows(EntityId),
}

/// What is asked now.
#[derive(Debug, Clone)]
enum Turn {
    /// A question about the case.
    Ask(Subject),
    /// Whether these are all members of a set.
    All(Target, Members),
    /// Whether a name takes the plural.
    Plural(EntityId, String),
    /// Since when an answer holds.
    Since(Target, case::edit::Said),
    /// Who speaks; then the question from before.
    Speaker(Box<Turn>),
    /// Since when answers hold; then the question from before.
    SettingSince(Box<Turn>),
    /// There is nothing more to ask.
    Finished,
}

/// A case looked at.
struct Look {
    facts: Facts,
    model: Model,
    standing: Standing,
    /// What to ask; worked out once it is needed.
    ask: OnceCell<Ask>,
}

/// What becomes of a line that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The next question stands; the text may have changed.
    Next(Vec<Note>),
    /// The same question stands.
    Again(Vec<Note>),
    /// The interview ends.
    Stop,
}

/// Something to be told between questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A remark.
    Remark(String),
    /// What was typed is no answer, or cannot be written.
    Refused(String),
    /// What became of the advice.
    Progress(Progress),
    /// What the answers to the question would change, and how many rules ask for it.
    Why(Box<Question>, usize),
    /// What may be typed: words, and what they do.
    Help(Vec<(String, String)>),
}

impl<'a> Interview<'a> {
    /// An interview that goes on from a case.
    ///
    /// # Errors
    /// Where a limit is reached.
    pub fn new(
        (kb, plan): (&'a KnowledgeBase, &'a Plan),
        text: String,
        case: Case,
    ) -> Result<Interview<'a>, Limit> {
        let look = Look::at((kb, plan), &case)?;
        let state = State {
            text,
            case,
            turn: Turn::Finished,
            aside: BTreeSet::new(),
            later: BTreeSet::new(),
            listing: None,
            speaker: None,
            since: None,
            pending: Vec::new(),
            given: Vec::new(),
        };
        let mut interview = Interview { kb, plan, state, look, history: Vec::new() };
        interview.state.turn = interview.next()?;
        Ok(interview)
    }

    /// The text of the case file as it is to be now.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.state.text
    }

    /// How the advice stands.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.look.standing
    }

    /// What is asked now.
    #[must_use]
    pub fn prompt(&self) -> Prompt {
        prompt::prompt(self)
    }

    /// Takes a line that was typed.
    ///
    /// # Errors
    /// Where a limit is reached.
    pub fn reply(&mut self, line: &str) -> Result<Reply, Limit> {
        let line: String = line.chars().filter(|letter| !letter.is_control()).collect();
        let line = line.trim();
        if line.is_empty() {
            let text = "Type an answer; `not now` leaves the question, `stop` ends the interview.";
            return Ok(again(text));
        }
        let number = self.number_of(line);
        if let Some(number) = number {
            return self.take(&number.to_string());
        }
        if !self.is_choice(line)
            && let Some(command) = command(line)
        {
            return self.command(command);
        }
        self.take(line)
    }

    fn command(&mut self, command: Command) -> Result<Reply, Limit> {
        match command {
            Command::Stop => Ok(Reply::Stop),
            Command::Back => self.back(),
            Command::Help => Ok(Reply::Again(vec![prompt::help(self)])),
            Command::Why => Ok(Reply::Again(vec![self.why()?])),
            Command::NotNow => self.not_now(),
            Command::DontKnow => self.dont_know(),
            Command::Source(name) => self.source(&name),
            Command::Since(when) => self.since(&when),
            Command::Add(what) => self.add(&what),
            Command::About(path) => self.about(&path),
        }
    }

    /// Whether a line is the very word of an answer to what is asked, which goes before a command of that name.
    fn is_choice(&self, line: &str) -> bool {
        let Turn::Ask(Subject::Fact(target)) = &self.state.turn else { return false };
        let (Type::Choice(domain) | Type::Set(domain)) = target.kind(&self.kb.vocabulary) else {
            return false;
        };
        let members = self.kb.vocabulary.domain(domain).members.iter();
        let line = line.to_lowercase();
        members.into_iter().any(|one| one.name == line || one.wording.to_lowercase() == line)
    }

    fn view(&self) -> View<'_> {
        View { kb: self.kb, facts: &self.look.facts, model: &self.look.model }
    }

    /// Goes on with a state; the one before can be gone back to. Says what became of the advice where the text changed.
    fn go_on(&mut self, state: State, mut notes: Vec<Note>) -> Result<Reply, Limit> {
        let changed = state.text != self.state.text;
        let before = std::mem::replace(&mut self.state, state);
        self.history.push(before);
        if changed {
            let look = Look::at((self.kb, self.plan), &self.state.case)?;
            let look = std::mem::replace(&mut self.look, look);
            notes.push(Note::Progress(self.look.standing.since(&look.standing)));
        }
        if matches!(self.state.turn, Turn::Finished) {
            self.state.turn = match self.state.pending.pop() {
                Some(turn) => turn,
                None => self.next()?,
            };
        }
        Ok(Reply::Next(notes))
    }

    fn back(&mut self) -> Result<Reply, Limit> {
        let Some(before) = self.history.pop() else {
            return Ok(again("This is the first question of this interview."));
        };
        let after = std::mem::replace(&mut self.state, before);
        if after.text == self.state.text {
            return Ok(Reply::Next(vec![Note::Remark("Back to the question before.".to_owned())]));
        }
        let look = Look::at((self.kb, self.plan), &self.state.case)?;
        let look = std::mem::replace(&mut self.look, look);
        let text = "The last answer is taken out of the file again.".to_owned();
        let progress = self.look.standing.since(&look.standing);
        // What waits anew is what waited before: nothing was learned.
        let progress = Progress { newly_open: 0, no_longer_open: 0, ..progress };
        Ok(Reply::Next(vec![Note::Remark(text), Note::Progress(progress)]))
    }

    /// What is asked next: who there is, what they are, then what would change most.
    fn next(&self) -> Result<Turn, Limit> {
        let view = self.view();
        let vocabulary = &self.kb.vocabulary;
        let entities = (0..vocabulary.entities.len()).map(EntityId);
        let mut empty = entities.filter(|id| {
            let many = vocabulary.entity(*id).kind == EntityKind::Many;
            many && view.listed(*id) == 0 && view.has_unlisted(*id)
        });
        let wanted = |subject: &Subject| {
            let State { aside, later, .. } = &self.state;
            !aside.contains(subject) && !later.contains(subject) && !self.has_spoken(subject)
        };
        let listed = self.state.listing.or_else(|| empty.find(|id| wanted(&Subject::Rows(*id))));
        if let Some(entity) = listed {
            return Ok(Turn::Ask(Subject::Rows(entity)));
        }
        let first = introductions(view).into_iter().filter_map(|fact| self.subject(fact));
        let first = first.filter(wanted).min_by_key(|subject| self.named_at(subject));
        if let Some(subject) = first {
            return Ok(Turn::Ask(subject));
        }
        let asked = self.asked()?.questions.iter().flat_map(|question| &question.facts);
        let mut subjects = asked.filter_map(|asked| self.subject(asked.fact));
        Ok(subjects.find(wanted).map_or(Turn::Finished, Turn::Ask))
    }

    /// What to ask, and what the answers would change.
    fn asked(&self) -> Result<&Ask, Limit> {
        if let Some(ask) = self.look.ask.get() {
            return Ok(ask);
        }
        let ask = ask((self.kb, self.plan), &self.look.facts, Limits::default())?;
        Ok(self.look.ask.get_or_init(|| ask))
    }

    fn subject(&self, fact: Fact) -> Option<Subject> {
        match fact {
            Fact::Others(entity) => Some(Subject::Rows(entity)),
            fact => target(self.view(), fact).map(Subject::Fact),
        }
    }

    /// The fact that a target names.
    fn fact(&self, target: &Target) -> Option<Fact> {
        let (vocabulary, facts) = (&self.kb.vocabulary, &self.look.facts);
        match target {
            Target::Attribute(id, row) => {
                let row = facts.find_row(vocabulary.attribute(*id).entity, row)?;
                Some(Fact::Attribute(*id, row))
            }
            Target::Tie(id, a, b) => {
                let [first, second] = vocabulary.relation(*id).entities;
                let rows = (facts.find_row(first, a)?, facts.find_row(second, b)?);
                Some(Fact::Relation(*id, rows.0, rows.1))
            }
        }
    }

    /// Whether whoever speaks now has had a say in a dispute.
    fn has_spoken(&self, subject: &Subject) -> bool {
        let Subject::Fact(target) = subject else { return false };
        let record = self.fact(target).and_then(|fact| self.view().record(fact));
        let speaker = self.state.speaker.as_ref().map(|speaker| speaker.id.as_str());
        record
            .is_some_and(|record| record.says.iter().any(|(who, _)| Some(who.as_str()) == speaker))
    }
}

impl Look {
    fn at((kb, plan): (&KnowledgeBase, &Plan), case: &Case) -> Result<Look, Limit> {
        let facts = case::facts(case, &kb.vocabulary, &case.end(), &Filter::default());
        let mut models = plan.infer(&[&facts], Limits::default())?;
        let model = models.pop().ok_or(Limit::Words(0))?;
        let standing = Standing::of(&advise(kb, &facts, &model));
        Ok(Look { facts, model, standing, ask: OnceCell::new() })
    }
}

fn again(text: &str) -> Reply {
    Reply::Again(vec![Note::Refused(text.to_owned())])
}

/// What is wrong, in a sentence.
fn told(diagnostics: &Diagnostics) -> String {
    answer::told(diagnostics)
}
