//! `convener explain`: why a rule fires, a risk is warned of, an action is recommended; from the conclusion to the facts.

mod find;

use clap::ValueEnum;

use crate::advice;
use crate::certificate::{Claim, Proof, Verdict};
use crate::engine::Limits;
use crate::explain::{Explanation, explain};
use crate::proof::{Worlds, prove};
use crate::report::proof::About;
use crate::report::{self, Detail, Options};

use super::load::{Loader, limit_failure};
use super::look::{Asked, Format, Look, look};
use super::{Failure, Outcome, Shared, terminal};

/// What `explain` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener explain cases/orangi.toml unorganized-side.residents --at 1980\n  convener explain cases/orangi.toml organize-first --at 1980 --detail brief\n  convener explain cases/orangi.toml start-small --at 1980 --format json > proof.json"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// A rule, a risk or an action, by its id; a rule may have its subject after a dot: `unorganized-side.residents`.
    advice: String,
    /// The subject of a rule, by the ids of its rows.
    subject: Vec<String>,
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

impl From<Length> for Detail {
    fn from(length: Length) -> Detail {
        match length {
            Length::Brief => Detail::Brief,
            Length::Normal => Detail::Normal,
            Length::Full => Detail::Full,
        }
    }
}

/// So many subjects are told at once.
const MOST: usize = 12;

/// Explains one piece of advice.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(seen) = look(&mut loader, &arguments.asked, shared)? else {
        return Ok(Outcome::Refused);
    };
    let worlds = Worlds::new(&seen.plan, &seen.facts, Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let Some(view) = worlds.view(&seen.knowledge, 0) else {
        return Err(Failure("the engine gave no answer for the case".to_owned()));
    };
    let advised = || advice::advise(&seen.knowledge, &seen.facts, view.model);
    let mut wanted = find::find(view, advised, &arguments.advice, &arguments.subject)?;
    let left_out = wanted.subjects.len().saturating_sub(MOST);
    if arguments.format != Format::Json {
        wanted.subjects.truncate(MOST);
    }
    let proof = prove(&seen.knowledge, &worlds, &wanted.subjects).map_err(|_| {
        Failure("gave up: the proof is longer or deeper than the limit for one proof".to_owned())
    })?;
    let silent = all_silent(&proof);
    if arguments.format == Format::Json {
        let about = about(&seen);
        let (knowledge, facts) = (&seen.knowledge, &seen.facts);
        let text = report::proof::proof(knowledge, facts, &about, &proof, &loader.sources);
        terminal::show(&text)?;
    } else if silent {
        let file = arguments.asked.case.display();
        let why_not = wanted.rule.map_or_else(String::new, |rule| {
            format!("`convener explain {file} --why-not {rule}` says what it would take.\n")
        });
        terminal::show_safe(&format!("{}\n{why_not}", wanted.silence))?;
    } else {
        tell(arguments, shared, (&seen, &loader), (&worlds, &proof))?;
        if left_out > 0 {
            terminal::complain(&format!(
                "note: {left_out} more are not told here; name one, like `{}.SUBJECT`",
                arguments.advice
            ));
        }
    }
    Ok(if silent { Outcome::Findings } else { Outcome::Done })
}

/// Whether every rule that is proved something of is silent.
fn all_silent(proof: &Proof) -> bool {
    proof.conclusions.iter().all(|step| {
        let claim = proof.steps.get(*step).map(|step| &step.claim);
        matches!(claim, Some(Claim::Verdict(_, _, Verdict::Silent)))
    })
}

/// What the proof is about.
fn about(seen: &Look) -> About {
    let filtered = seen.heading.filtered.as_ref().map(|filtered| filtered.filter.clone());
    About {
        packs: seen.knowledge.packs.clone(),
        case: seen.case.id.clone(),
        seen: seen.heading.seen.clone(),
        events: seen.moment.seen,
        filter: filtered.unwrap_or_default(),
        believing: seen.heading.believing.as_ref().map(|who| who.speaker.clone()),
    }
}

/// Tells all that is proved in sentences.
fn tell(
    arguments: &Arguments,
    shared: &Shared,
    (seen, loader): (&Look, &Loader),
    (worlds, proof): (&Worlds, &Proof),
) -> Result<(), Failure> {
    let told = proof.conclusions.iter();
    let told = told.filter_map(|step| explain(&seen.knowledge, worlds, proof, *step));
    let list: Vec<Explanation> = told.collect();
    let options = Options {
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
        ..Options::default()
    };
    let detail = arguments.detail.into();
    let (heading, sources) = (&seen.heading, &loader.sources);
    terminal::show(&match arguments.format {
        Format::Markdown => report::explanation_in_markdown(&list, heading, sources, detail),
        _ => report::explanation(&list, heading, sources, (detail, &options)),
    })
}
