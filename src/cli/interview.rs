//! `convener interview`: the questions of `ask`, one at a time in a terminal; every answer is in the file before the next.

mod line;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::case::Case;
use crate::case::edit::{begin, id_of, says_nothing};
use crate::engine::Plan;
use crate::interview::{Interview, Note, Prompt, Reply};
use crate::knowledge::KnowledgeBase;
use crate::report::{self, Options};

use super::case_files::{Kind, kind};
use super::load::{Loader, limit_failure};
use super::save::Kept;
use super::{Failure, Outcome, Shared, terminal};

/// What `interview` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Type a number or the words of an answer; `why?`, `don't know`, `not now`, `back`, `source`, `stop`; `help`\nshows more. Every answer is in the file before the next question, so an interview can be broken off at any point.\n\nExamples:\n  convener interview                     a new case: its title first, then who takes part\n  convener interview water.toml          begins water.toml, or goes on with it\n  convener interview cases/orangi.toml"
)]
pub(super) struct Arguments {
    /// The case file, in TOML; a new one is begun where there is none.
    case: Option<PathBuf>,
}

/// Interviews somebody about one case.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let (input, output) = (std::io::stdin(), std::io::stdout());
    if !input.is_terminal() || !output.is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Failure(
            "an interview needs a terminal to ask and to be answered in\nhelp: `convener ask CASE` lists the same questions, and a case file is a text to write the answers into".to_owned(),
        ));
    }
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge_in_use(&shared.packs)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let colour = terminal::colours_results(shared.colour);
    let session = Session {
        colour,
        options: Options { width: terminal::screen_width(), colour, ..Options::default() },
    };
    let Some((mut kept, mut text)) = session.file(arguments.case.as_deref())? else {
        return Ok(Outcome::Done);
    };
    if says_nothing(&text) && !session.begin(&mut kept, &mut text)? {
        return Ok(Outcome::Done);
    }
    let case = loader.case(kept.path(), &knowledge)?;
    loader.report(shared);
    let Some(case) = case else { return Ok(Outcome::Refused) };
    session.interview((kept, text, case), &knowledge)
}

/// What became of the question for a file.
enum Named {
    Opened(Kept, String),
    Back,
    Stop,
}

/// How things are shown.
struct Session {
    colour: bool,
    options: Options,
}

impl Session {
    /// The file that was named, or that somebody names now; none where they stop.
    fn file(&self, named: Option<&Path>) -> Result<Option<(Kept, String)>, Failure> {
        if let Some(path) = named {
            return Kept::open(&accepted(path)?).map(Some);
        }
        loop {
            let Some(title) = self.title()? else { return Ok(None) };
            match self.named(&title)? {
                Named::Stop => return Ok(None),
                Named::Back => {}
                Named::Opened(kept, text) => return Ok(Some((kept, text))),
            }
        }
    }

    /// Asks for the title; none where somebody stops.
    fn title(&self) -> Result<Option<String>, Failure> {
        loop {
            let Some(title) = self.ask(&title_prompt())? else { return Ok(None) };
            let told = match title.to_lowercase().as_str() {
                "help" | "?" | "why?" => {
                    "Type a few words, or `stop`. You can change the title when the file is named, with `back`, and later in the file."
                }
                "back" => "This is the first question.",
                _ => return Ok(Some(title)),
            };
            self.tell(&[Note::Remark(told.to_owned())])?;
        }
    }

    /// Asks how the file of a new case is to be called, and opens it.
    fn named(&self, title: &str) -> Result<Named, Failure> {
        let offered = format!("{}.toml", id_of(title, "case", |_| false));
        let prompt = Prompt {
            question: "What shall the file be called?".to_owned(),
            hints: vec![
                "It is written into this folder. A file that is there is gone on with.".to_owned(),
            ],
            choices: vec![offered.clone()],
            forms: Some("another name".to_owned()),
            commands: vec!["back", "stop", "help"],
            ..Prompt::default()
        };
        loop {
            let Some(name) = self.ask(&prompt)? else { return Ok(Named::Stop) };
            let name = match name.to_lowercase().as_str() {
                "back" => return Ok(Named::Back),
                "help" | "?" | "why?" => {
                    let text = "Type 1 for the name shown, or another name; `back` asks for the title again.";
                    self.tell(&[Note::Remark(text.to_owned())])?;
                    continue;
                }
                "1" => offered.clone(),
                _ => name,
            };
            let opened = accepted(Path::new(&name)).and_then(|path| Kept::open(&path));
            let (mut kept, mut text) = match opened {
                Ok(opened) => opened,
                Err(Failure(problem)) => {
                    self.tell(&[Note::Refused(problem)])?;
                    continue;
                }
            };
            if says_nothing(&text) {
                write_beginning(&mut kept, &mut text, title)?;
            } else {
                let note = format!("{name} is there already; this goes on with it.");
                self.tell(&[Note::Remark(note)])?;
            }
            return Ok(Named::Opened(kept, text));
        }
    }

    /// Asks for the title of a case that is begun, and writes it; false where somebody stops.
    fn begin(&self, kept: &mut Kept, text: &mut String) -> Result<bool, Failure> {
        let Some(title) = self.title()? else { return Ok(false) };
        write_beginning(kept, text, &title)?;
        Ok(true)
    }

    fn interview(
        &self,
        (mut kept, text, case): (Kept, String, Case),
        knowledge: &KnowledgeBase,
    ) -> Result<Outcome, Failure> {
        let plan = Plan::new(knowledge);
        let limit = |limit| limit_failure(&limit);
        let heading = format!("{} ({})", case.title, case.id);
        let mut interview = Interview::new((knowledge, &plan), text, case).map_err(limit)?;
        let opening = format!(
            "{heading}. Every answer is written to {} at once; `help` shows what may be typed.",
            kept.path().display()
        );
        self.tell(&[Note::Remark(opening), Note::Progress(interview.standing().so_far())])?;
        let mut whole = true;
        loop {
            let prompt = interview.prompt();
            if whole {
                terminal::show(&report::interview::prompt(&prompt, &self.options))?;
            }
            let line = line::read(&prompt.choices, self.colour)?;
            let reply = match line {
                Some(line) => interview.reply(&line).map_err(limit)?,
                None => Reply::Stop,
            };
            match reply {
                Reply::Stop => break,
                Reply::Next(notes) => {
                    kept.save(interview.text())?;
                    self.tell(&notes)?;
                    whole = true;
                }
                Reply::Again(notes) => {
                    whole = !notes.iter().all(|note| matches!(note, Note::Refused(_)));
                    self.tell(&notes)?;
                }
            }
        }
        let file = kept.path().display().to_string();
        self.tell(interview.unwritten().as_slice())?;
        terminal::show(&report::interview::closing(interview.standing(), &file, &self.options))?;
        Ok(Outcome::Done)
    }

    /// Asks until something is typed; none where somebody stops.
    fn ask(&self, prompt: &Prompt) -> Result<Option<String>, Failure> {
        terminal::show(&report::interview::prompt(prompt, &self.options))?;
        loop {
            let Some(line) = line::read(&[], self.colour)? else { return Ok(None) };
            let line: String = line.chars().filter(|letter| !letter.is_control()).collect();
            match line.trim() {
                "" => {}
                "stop" | "quit" | "exit" => return Ok(None),
                line => return Ok(Some(line.to_owned())),
            }
        }
    }

    fn tell(&self, notes: &[Note]) -> Result<(), Failure> {
        notes
            .iter()
            .try_for_each(|note| terminal::show(&report::interview::note(note, &self.options)))
    }
}

fn title_prompt() -> Prompt {
    Prompt {
        question: "What is the case about? Give it a title.".to_owned(),
        hints: vec!["A few words, as they are to stand above the advice.".to_owned()],
        commands: vec!["stop", "help"],
        ..Prompt::default()
    }
}

fn write_beginning(kept: &mut Kept, text: &mut String, title: &str) -> Result<(), Failure> {
    let stem = kept.path().file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let id = id_of(&stem.unwrap_or_default(), "case", |_| false);
    *text = begin(text, &id, title);
    kept.save(text)
}

/// The path of a case file that can be gone on with.
fn accepted(path: &Path) -> Result<PathBuf, Failure> {
    if let (Kind::Outcome | Kind::Expectations, case) = kind(path) {
        return Err(Failure(format!(
            "{} stands beside a case\nhelp: name the case itself: {}",
            path.display(),
            case.display()
        )));
    }
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        return Err(Failure(format!(
            "{} is JSON, and an interview writes TOML, which has room for remarks\nhelp: name a file that ends in `.toml`",
            path.display()
        )));
    }
    if path.extension().is_none() && !path.exists() {
        return Ok(path.with_extension("toml"));
    }
    Ok(path.to_owned())
}
