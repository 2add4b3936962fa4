//! `convener explain`: why a rule fires, a risk is warned of, an action is recommended, from the conclusion to the facts;
//! or, with an option, why a rule does not fire and what would change that.

mod find;

use clap::ValueEnum;

use crate::advice;
use crate::certificate::{Claim, Proof, Verdict};
use crate::engine::Limits;
use crate::explain::{Explanation, explain};
use crate::knowledge::RuleId;
use crate::precedent::{Record, record};
use crate::proof::{Worlds, prove};
use crate::report::proof::About;
use crate::report::{self, Detail, Options};

use super::archive::{Archived, read};
use super::load::{Loader, limit_failure};
use super::look::{Asked, Format, Look, look};
use super::silence::{self, Question};
use super::{Failure, Outcome, Shared, terminal};

/// What `explain` takes.
#[derive(Debug, clap::Args)]
#[command(
    group(clap::ArgGroup::new("silence").args(["why_not", "clear", "silent"])),
    after_help = "Examples:\n  convener explain cases/orangi.toml unorganized-side.residents --at 1980    why it fires\n  convener explain cases/orangi.toml organize-first --at 1980 --detail brief\n  convener explain cases/orangi.toml start-small --at 1980 --format json > proof.json\n  convener explain cases/orangi.toml --why-not convener-not-credible         why it does not\n  convener explain cases/orangi.toml residents --why-not unorganized-side    for one subject\n  convener explain cases/orangi.toml --clear start-small --at 1980           what would clear advice\n  convener explain cases/orangi.toml --silent --top 5                        rules that lack little"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// A rule, a risk or an action, by its id, and the subject of a rule by the ids of its rows, after a dot or a space:
    /// `unorganized-side.residents`. With `--why-not` or `--clear` only the subject, else the one nearest to firing is told.
    #[arg(value_name = "ADVICE", required_unless_present = "silence")]
    words: Vec<String>,
    /// Say why this rule does not fire, and what would make it fire.
    #[arg(long, value_name = "RULE")]
    why_not: Option<String>,
    /// Say what would clear the advice of this rule, which fires.
    #[arg(long, value_name = "RULE")]
    clear: Option<String>,
    /// List the silent rules that lack least.
    #[arg(long)]
    silent: bool,
    #[command(flatten)]
    archived: Archived,
    /// How many repairs or silent rules to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Show every repair or silent rule that was found.
    #[arg(long)]
    all: bool,
    /// How much to tell of why a rule fires.
    #[arg(long, value_enum, default_value_t = Length::Normal)]
    detail: Length,
    /// The form of the result; why a rule fires is in `json` the whole proof, for `convener verify`.
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

/// Explains one piece of advice, or the silence of rules.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let question = match (&arguments.why_not, &arguments.clear) {
        (Some(rule), _) => Question::WhyNot(rule),
        (None, Some(rule)) => Question::Clear(rule),
        (None, None) if arguments.silent => Question::Silent,
        (None, None) => return advice(arguments, shared),
    };
    let about = silence::About {
        asked: &arguments.asked,
        subject: &arguments.words,
        format: arguments.format,
        options: Options {
            top: arguments.top,
            all: arguments.all,
            explain: true,
            ..options(shared)
        },
    };
    silence::run(question, &about, shared)
}

fn options(shared: &Shared) -> Options {
    Options {
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
        ..Options::default()
    }
}

fn advice(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let Some((name, subject)) = arguments.words.split_first() else {
        return Err(Failure("name a rule, a risk or an action to explain".to_owned()));
    };
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
    let mut wanted = find::find(view, advised, name, subject)?;
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
        let told = proof.conclusions.iter();
        let told = told.filter_map(|step| explain(&seen.knowledge, &worlds, &proof, *step));
        let list: Vec<Explanation> = told.collect();
        let Some(records) = records(arguments, shared, (&seen, &loader), &list)? else {
            return Ok(Outcome::Refused);
        };
        tell(arguments, shared, (&seen, &loader), (&list, &records))?;
        if left_out > 0 {
            terminal::complain(&format!(
                "note: {left_out} more are not told here; name one, like `{name}.SUBJECT`"
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

/// The records of the rules that are explained, each once; none of them where nothing is past. Nothing at all where an archive
/// that was named has errors, which are reported.
fn records(
    arguments: &Arguments,
    shared: &Shared,
    (seen, loader): (&Look, &Loader),
    list: &[Explanation],
) -> Result<Option<Vec<Record>>, Failure> {
    let knowledge = &seen.knowledge;
    if arguments.detail == Length::Brief {
        return Ok(Some(Vec::new()));
    }
    let Some(read) = read(&arguments.archived, loader.built_in, knowledge)? else {
        return Ok(Some(Vec::new()));
    };
    let mut past = read.past(seen)?;
    if past.report(shared) {
        return Ok(None);
    }
    let rules = knowledge.rules.iter().enumerate();
    let explained = rules.filter(|(_, rule)| list.iter().any(|one| one.rule == rule.name));
    let records =
        explained.filter_map(|(at, _)| record(knowledge, &past.archive, &past.told, RuleId(at)));
    Ok(Some(records.collect()))
}

/// Tells all that is proved in sentences, and what the rules are worth.
fn tell(
    arguments: &Arguments,
    shared: &Shared,
    (seen, loader): (&Look, &Loader),
    (list, records): (&[Explanation], &[Record]),
) -> Result<(), Failure> {
    let options = options(shared);
    let detail = arguments.detail.into();
    let (heading, sources) = (&seen.heading, &loader.sources);
    let (why, past) = match arguments.format {
        Format::Markdown => (
            report::explanation_in_markdown(list, heading, sources, detail),
            report::precedent::records_in_markdown(records),
        ),
        _ => (
            report::explanation(list, heading, sources, (detail, &options)),
            report::precedent::records(records, &options),
        ),
    };
    terminal::show(&format!("{why}{past}"))
}
