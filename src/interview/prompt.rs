//! What is asked now, as data: the question, what is known so far, the choices, and what else may be typed.

use crate::change::Target;
use crate::knowledge::{EntityKind, Type};
use crate::proof::wording::{capitalised, join, spaced, value_text};
use crate::proof::{Fact, View};
use crate::value::Possible;

use super::answer::offered;
use super::command::{MORE, SHOWN};
use super::write::Since;
use super::{Interview, Note, Subject, Turn};

/// What is asked now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompt {
    /// The question.
    pub question: String,
    /// The path of the fact that it asks for.
    pub path: Option<String>,
    /// What is known so far, and who could tell.
    pub hints: Vec<String>,
    /// What can be chosen by its number.
    pub choices: Vec<String>,
    /// How an answer may be typed besides.
    pub forms: Option<String>,
    /// What may be typed that is no answer.
    pub commands: Vec<&'static str>,
    /// Who speaks now.
    pub speaker: Option<String>,
    /// Since when answers hold.
    pub since: Option<String>,
    /// There is nothing more to ask.
    pub finished: bool,
}

/// What is asked now.
pub(super) fn prompt(interview: &Interview<'_>) -> Prompt {
    let state = &interview.state;
    let mut prompt = match &state.turn {
        Turn::Ask(Subject::Fact(target)) => fact(interview, target),
        Turn::Ask(Subject::Rows(entity)) => rows(interview, *entity),
        Turn::All(target, members) => all(interview, target, *members),
        Turn::Plural(_, name) => Prompt {
            question: "How does one say it?".to_owned(),
            choices: ["is", "are"].map(|word| format!("{} {word} …", capitalised(name))).to_vec(),
            ..Prompt::default()
        },
        Turn::Since(target, _) => since(interview, Some(target)),
        Turn::SettingSince(_) => since(interview, None),
        Turn::Speaker(_) => speaker(interview),
        Turn::Finished => finished(interview),
    };
    prompt.commands = match &state.turn {
        Turn::Finished => vec!["back", "add", "stop"],
        Turn::Ask(Subject::Rows(_)) => vec!["why?", "not now", "back", "stop"],
        Turn::Ask(_) => SHOWN.to_vec(),
        _ => vec!["back", "stop"],
    };
    prompt.commands.push("help");
    prompt.speaker = state.speaker.as_ref().map(|speaker| speaker.title.clone());
    prompt.since = state.since.as_ref().map(|since| since.words(&state.case));
    prompt
}

/// What may be typed at any question.
pub(super) fn help(interview: &Interview<'_>) -> Note {
    let mut lines: Vec<(String, String)> = Vec::new();
    let prompt = prompt(interview);
    if !prompt.choices.is_empty() {
        lines.push((
            "1, 2 …".to_owned(),
            "the answer with this number; or type its words".to_owned(),
        ));
    }
    lines.extend(prompt.forms.map(|forms| (forms, "answers that say only a part".to_owned())));
    let more =
        MORE.iter().filter(|(word, _)| *word != "since" || !interview.state.case.events.is_empty());
    lines.extend(more.map(|(word, does)| ((*word).to_owned(), (*does).to_owned())));
    Note::Help(lines)
}

fn fact(interview: &Interview<'_>, target: &Target) -> Prompt {
    let view = interview.view();
    let Some(fact) = interview.fact(target) else { return Prompt::default() };
    let kind = target.kind(&interview.kb.vocabulary);
    let described = view.describe(fact);
    let mut hints = Vec::new();
    let stated = view.record(fact).filter(|record| !record.unknown);
    if let Some(record) = stated {
        if described.says.is_empty() {
            let from =
                record.source.as_deref().map(|source| format!(" ({})", view.speaker(source)));
            let from = from.unwrap_or_default();
            hints.push(format!("So far the file says: {}{from}.", described.value));
        } else {
            let says = described.says.iter().map(|(who, what)| format!("{who}: {what}"));
            hints.push(format!("Disputed. {}.", says.collect::<Vec<_>>().join("; ")));
        }
    } else if view.record(fact).is_some() {
        hints.push("The file says that nobody knows.".to_owned());
    } else if described.known {
        hints.push(format!("As long as nobody says anything: {}.", described.value));
    }
    hints.extend(could_tell(view, fact));
    Prompt {
        question: capitalised(&described.question),
        path: Some(described.path),
        hints,
        choices: choices(view, kind),
        forms: forms(view, kind),
        ..Prompt::default()
    }
}

/// Who could tell how two stand to each other; of one alone that goes without saying.
fn could_tell(view: View<'_>, fact: Fact) -> Option<String> {
    let Fact::Relation(id, a, b) = fact else { return None };
    let [first, second] = view.kb.vocabulary.relation(id).entities;
    let many = |entity| view.kb.vocabulary.entity(entity).kind == EntityKind::Many;
    let names = [view.name(first, a), view.name(second, b)];
    (many(first) && many(second)).then(|| format!("Could tell: {}.", join(&names, "and")))
}

fn choices(view: View<'_>, kind: Type) -> Vec<String> {
    let (Type::Choice(domain) | Type::Set(domain)) = kind else { return Vec::new() };
    let vocabulary = &view.kb.vocabulary;
    let members = offered(vocabulary, domain).into_iter();
    members
        .map(|member| value_text(view.kb, Type::Choice(domain), Possible::Choice(1 << member)))
        .collect()
}

/// Examples of answers that say only a part.
fn forms(view: View<'_>, kind: Type) -> Option<String> {
    let domain = match kind {
        Type::Number => return Some("12 / at least 5 / 10 to 20".to_owned()),
        Type::Date => return Some("1985 / 1985-06 / before 1990 / 1985 to 1987".to_owned()),
        Type::YES_NO => return None,
        Type::Choice(domain) | Type::Set(domain) => domain,
    };
    if let Type::Set(_) = kind {
        return Some("1, 3 / none / only 2 / at least 1 / not 3".to_owned());
    }
    let domain = view.kb.vocabulary.domain(domain);
    match (domain.ordered, domain.members.len()) {
        (_, 0..=2) => None,
        (true, _) => Some("at least 2 / at most 2 / 2 or 3".to_owned()),
        (false, _) => Some("1 or 2 / not 3".to_owned()),
    }
}

fn rows(interview: &Interview<'_>, entity: crate::knowledge::EntityId) -> Prompt {
    let view = interview.view();
    let listed = view.listed(entity);
    let declared = view.kb.vocabulary.entity(entity);
    if listed == 0 {
        return Prompt {
            question: format!("Who takes part? Name {}.", declared.label),
            hints: vec![
                "One at a time, as the advice is to call it: the Ministry of Health.".to_owned(),
            ],
            ..Prompt::default()
        };
    }
    let names = interview.names(entity);
    let question = if interview.state.listing == Some(entity) {
        format!("Who else takes part? Name the next {}.", spaced(&declared.name))
    } else {
        format!("Does any other {} take part? Then name it.", spaced(&declared.name))
    };
    Prompt {
        question,
        path: Some(view.path(Fact::Others(entity))),
        hints: vec![format!("So far: {}.", join(&names, "and"))],
        choices: vec![
            "nobody else: the list is complete".to_owned(),
            "that is all for now; there may be others".to_owned(),
        ],
        ..Prompt::default()
    }
}

fn all(interview: &Interview<'_>, target: &Target, members: u64) -> Prompt {
    let Type::Set(domain) = target.kind(&interview.kb.vocabulary) else {
        return Prompt::default();
    };
    let named = Possible::Set { may_include: members, may_exclude: !members };
    Prompt {
        question: format!("Is that all: {}?", value_text(interview.kb, Type::Set(domain), named)),
        choices: vec![
            "yes, and none of the others".to_owned(),
            "at least that; the others are not known".to_owned(),
        ],
        ..Prompt::default()
    }
}

fn since(interview: &Interview<'_>, target: Option<&Target>) -> Prompt {
    let case = &interview.state.case;
    let question = match target {
        Some(_) => "Since when does this hold?",
        None => "Since when do the answers from now on hold?",
    };
    let hint = "It counts for the answers that follow too; `since` changes it.";
    let dated = case.events.iter().any(|event| event.at.is_some());
    Prompt {
        question: question.to_owned(),
        hints: target.map(|_| hint.to_owned()).into_iter().collect(),
        choices: [Since::Start, Since::LastEvent].map(|since| since.words(case)).to_vec(),
        forms: dated.then(|| "a date: 1985 / 1985-06 / 1985-06-30".to_owned()),
        ..Prompt::default()
    }
}

fn speaker(interview: &Interview<'_>) -> Prompt {
    let speakers = interview.speakers().into_iter().map(|speaker| speaker.title);
    Prompt {
        question: "Who speaks now? Choose a number, or type who or what it is.".to_owned(),
        choices: speakers.chain(["nobody in particular".to_owned()]).collect(),
        forms: Some("a name: The minister, by telephone".to_owned()),
        ..Prompt::default()
    }
}

fn finished(interview: &Interview<'_>) -> Prompt {
    let later = interview.state.later.len();
    let question = if interview.look.ask.get().is_some_and(|ask| ask.settled) {
        "Nothing more to ask: no answer can change the advice any more."
    } else if later > 0 {
        "That was all, but for what you left for later."
    } else {
        "That was all: no other answer would change the advice as things stand."
    };
    let choice = match later {
        0 => None,
        1 => Some("take up the question that was left for later".to_owned()),
        later => Some(format!("take up the {later} questions that were left for later")),
    };
    Prompt {
        question: question.to_owned(),
        choices: choice.into_iter().collect(),
        finished: true,
        ..Prompt::default()
    }
}
