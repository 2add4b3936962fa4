//! `convener explain`: why a rule fires, a risk is warned of, an action is recommended; from the conclusion to the facts.

mod find;

use std::path::PathBuf;

use clap::ValueEnum;

use crate::advice;
use crate::case;
use crate::certificate::{Claim, Verdict};
use crate::engine::{Limits, Plan};
use crate::explain::{Explanation, explain};
use crate::proof::{Worlds, prove};
use crate::report::proof::About;
use crate::report::{self, Detail, Options};
use crate::value::date_of_day;

use super::load::{Loader, limit_failure};
use super::{Failure, Outcome, Shared, advise, terminal};

/// What `explain` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener explain cases/orangi.toml unorganized-side.residents --at 1980\n  convener explain cases/orangi.toml organize-first --at 1980 --detail brief\n  convener explain cases/orangi.toml start-small --at 1980 --format json > proof.json"
)]
pub(super) struct Arguments {
    /// The case file, in TOML or (named `*.json`) JSON.
    case: PathBuf,
    /// A rule, a risk or an action, by its id; a rule may have its subject after a dot: `unorganized-side.residents`.
    advice: String,
    /// The subject of a rule, by the ids of its rows.
    subject: Vec<String>,
    /// Look at the case at this year, month, day or event; without it, at its end.
    #[arg(long, value_name = "DATE|EVENT")]
    at: Option<String>,
    /// How much to tell.
    #[arg(long, value_enum, default_value_t = Length::Normal)]
    detail: Length,
    /// The form of the result; `json` is the whole proof, for `convener verify`.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Length {
    /// The conclusion, the facts that matter most, the place in the guide.
    Brief,
    /// The tree of reasons.
    Normal,
    /// The tree, with the text of rules, sources and notes.
    Full,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// So many subjects are told at once.
const MOST: usize = 12;

/// Explains one piece of advice.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge(&shared.packs)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let case = loader.case(&arguments.case, &knowledge.vocabulary)?;
    loader.report(shared);
    let Some(case) = case else {
        return Ok(Outcome::Refused);
    };
    let moment = match &arguments.at {
        None => case.end(),
        Some(at) => case.moment(at).map_err(|problem| Failure(format!("--at: {problem}")))?,
    };
    let facts = case::facts(&case, &knowledge.vocabulary, &moment);
    let worlds = Worlds::new(&Plan::new(&knowledge), &facts, Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let Some(view) = worlds.view(&knowledge, 0) else {
        return Err(Failure("the engine gave no answer for the case".to_owned()));
    };
    let advised = || advice::advise(&knowledge, &facts, view.model);
    let mut wanted = find::find(view, advised, &arguments.advice, &arguments.subject)?;
    let left_out = wanted.subjects.len().saturating_sub(MOST);
    if arguments.format != Format::Json {
        wanted.subjects.truncate(MOST);
    }
    let proof = prove(&knowledge, &worlds, &wanted.subjects).map_err(|_| {
        Failure("gave up: the proof is longer or deeper than the limit for one proof".to_owned())
    })?;
    let verdicts =
        proof.conclusions.iter().filter_map(|step| match proof.steps.get(*step)?.claim {
            Claim::Verdict(.., verdict) => Some(verdict),
            _ => None,
        });
    let silent = verdicts.filter(|verdict| *verdict == Verdict::Silent).count();
    let nothing = silent == wanted.subjects.len();
    if arguments.format == Format::Json {
        let about = About {
            packs: knowledge.packs.clone(),
            case: case.id.clone(),
            seen: moment.today.and_then(date_of_day).map(|date| date.to_string()),
            events: moment.seen,
        };
        terminal::show(&report::proof::proof(&knowledge, &facts, &about, &proof, &loader.sources))?;
    } else if nothing {
        let file = arguments.case.display();
        let why_not = wanted.rule.map_or_else(String::new, |rule| {
            format!("`convener explain {file} --why-not {rule}` says what it would take.\n")
        });
        terminal::show_safe(&format!("{}\n{why_not}", wanted.silence))?;
    } else {
        let list: Vec<Explanation> = proof
            .conclusions
            .iter()
            .filter_map(|step| explain(&knowledge, &worlds, &proof, *step))
            .filter(|one| one.verdict != Verdict::Silent)
            .collect();
        let heading = advise::heading(&case, &moment);
        let detail = match arguments.detail {
            Length::Brief => Detail::Brief,
            Length::Normal => Detail::Normal,
            Length::Full => Detail::Full,
        };
        let options = Options {
            width: terminal::width(),
            colour: terminal::colours_results(shared.colour),
            ..Options::default()
        };
        let sources = &loader.sources;
        terminal::show(&match arguments.format {
            Format::Markdown => report::explanation_in_markdown(&list, &heading, sources, detail),
            _ => report::explanation(&list, &heading, sources, (detail, &options)),
        })?;
        if left_out > 0 {
            terminal::complain(&format!(
                "note: {left_out} more are not told here; name one, like `{}.SUBJECT`",
                arguments.advice
            ));
        }
    }
    Ok(if nothing { Outcome::Findings } else { Outcome::Done })
}
