//! Words that are no answer: `why?`, `not now`, `back` and the like.

/// What somebody wants other than to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// What the answers would change.
    Why,
    /// Asked, and nobody knows.
    DontKnow,
    /// Later in this interview.
    NotNow,
    /// The question before.
    Back,
    /// The end of the interview.
    Stop,
    /// What may be typed.
    Help,
    /// Who speaks from now on.
    Source(String),
    /// Since when answers hold from now on.
    Since(String),
    /// One more row; of which entity, where there are several.
    Add(String),
    /// A question about the fact of this path.
    About(String),
}

/// The commands that every question takes, as they are shown.
pub(super) const SHOWN: [&str; 5] = ["why?", "don't know", "not now", "back", "stop"];
/// Those that `help` tells of as well.
pub(super) const MORE: [(&str, &str); 9] = [
    ("why?", "what the answers would change; `?` does the same"),
    ("don't know", "asked, and nobody knows: it is not asked again"),
    ("not now", "leave the question for later; `skip` does the same"),
    ("back", "take the last answer back"),
    ("source", "say who speaks: answers from now on come from them"),
    ("since", "say since when answers hold, where the case tells of events"),
    ("add", "add somebody who takes part"),
    ("about", "the answers given so far, to correct one: `about 2`; or any fact by its path"),
    ("stop", "end, as does `quit`; every answer is in the file already"),
];

/// The command that a line is, if it is one.
pub(super) fn command(line: &str) -> Option<Command> {
    let whole = line.trim();
    let line = whole.to_lowercase().replace(['’', '`'], "'");
    let plain = line.trim_end_matches(['?', '.', '!']).trim();
    Some(match plain {
        "why" | "" if line.starts_with(['w', '?']) => Command::Why,
        "don't know" | "dont know" | "do not know" | "i don't know" | "i dont know"
        | "i do not know" | "no idea" | "unknown" | "dk" | "nobody knows" => Command::DontKnow,
        "not now" | "later" | "skip" => Command::NotNow,
        "back" | "undo" => Command::Back,
        "stop" | "quit" | "exit" | "q" => Command::Stop,
        "help" => Command::Help,
        _ => return with_words(whole),
    })
}

fn with_words(line: &str) -> Option<Command> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim().to_owned();
    match word.to_lowercase().as_str() {
        "source" => Some(Command::Source(rest)),
        "since" => Some(Command::Since(rest)),
        "add" => Some(Command::Add(rest)),
        "about" => Some(Command::About(rest)),
        _ => None,
    }
}
