//! `convener advise`: ranked warnings and recommendations on one case.

use std::path::PathBuf;

use clap::ValueEnum;
use tracing::{debug, info};

use crate::advice;
use crate::case::{self, Case, Filter, Moment};
use crate::engine::{Limits, Plan};
use crate::facts::Evidence;
use crate::report::{self, Filtered, Heading, Options};
use crate::value::date_of_day;

use super::load::{Loader, limit_failure};
use super::{Failure, Outcome, Shared, terminal};

/// What `advise` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener advise cases/orangi.toml\n  convener advise cases/orangi.toml --at 1980 --explain\n  convener advise cases/orangi.toml --source idr-1997    from the guide's facts alone\n  convener advise cases/orangi.toml --format json --all"
)]
pub(super) struct Arguments {
    /// The case file, in TOML or (named `*.json`) JSON.
    case: PathBuf,
    /// Look at the case at this year, month, day or event; without it, at its end.
    #[arg(long, value_name = "DATE|EVENT")]
    at: Option<String>,
    /// Use only facts from this source of the case; repeat it for several.
    #[arg(long = "source", value_name = "ID")]
    sources: Vec<String>,
    /// Use only facts at least as well founded as this.
    #[arg(long, value_enum)]
    evidence: Option<Firmness>,
    /// How many warnings and how many recommendations to show.
    #[arg(long, value_name = "N", default_value_t = 5)]
    top: usize,
    /// Show everything, also what is open.
    #[arg(long)]
    all: bool,
    /// Show how each rank comes about, with facts, rules and places in the guide.
    #[arg(long)]
    explain: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How well founded a fact has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Firmness {
    Documented,
    Reported,
    Assumed,
}

impl From<Firmness> for Evidence {
    fn from(firmness: Firmness) -> Evidence {
        match firmness {
            Firmness::Documented => Evidence::Documented,
            Firmness::Reported => Evidence::Reported,
            Firmness::Assumed => Evidence::Assumed,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// Advises on one case.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge(&shared.packs)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let case = loader.case(&arguments.case, &knowledge)?;
    loader.report(shared);
    let Some(case) = case else {
        return Ok(Outcome::Refused);
    };
    let moment = match &arguments.at {
        None => case.end(),
        Some(at) => case.moment(at).map_err(|problem| Failure(format!("--at: {problem}")))?,
    };
    let filter = filter(arguments, &case)?;
    let mut heading = heading(&case, &moment);
    heading.filtered = filter.as_ref().map(|filter| Filtered {
        filter: filter.clone(),
        left_out: filter.left_out(&case, &knowledge.vocabulary, &moment),
    });
    debug!(seen = heading.seen, last_event = heading.last_event, "chose the moment");
    let facts = case::facts(&case, &knowledge.vocabulary, &moment, &filter.unwrap_or_default());
    let models = Plan::new(&knowledge)
        .infer(&[&facts], Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let Some(model) = models.first() else {
        return Err(Failure("the engine gave no answer for the case".to_owned()));
    };
    info!(conclusions = model.conclusions.len(), "drew conclusions");
    let advice = advice::advise(&knowledge, &facts, model);
    terminal::show(&match arguments.format {
        Format::Text => {
            report::text(&advice, &heading, &loader.sources, &options(arguments, shared))
        }
        Format::Markdown => {
            report::markdown(&advice, &heading, &loader.sources, &options(arguments, shared))
        }
        Format::Json => {
            report::json(&advice, &heading, &loader.sources, &options(arguments, shared))
        }
    })?;
    Ok(Outcome::Done)
}

/// The filter that was asked for, if one was.
fn filter(arguments: &Arguments, case: &Case) -> Result<Option<Filter>, Failure> {
    if arguments.sources.is_empty() && arguments.evidence.is_none() {
        return Ok(None);
    }
    case.filter(&arguments.sources, arguments.evidence.map(Evidence::from))
        .map(Some)
        .map_err(|problem| Failure(format!("--source: {problem}")))
}

fn options(arguments: &Arguments, shared: &Shared) -> Options {
    Options {
        top: arguments.top,
        all: arguments.all,
        explain: arguments.explain,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
    }
}

/// What stands above the advice: which case, seen when.
pub(super) fn heading(case: &Case, moment: &Moment) -> Heading {
    let last_event = case.last_event(moment).map(|event| match event.at {
        Some(at) => format!("{} ({at})", event.title),
        None => event.title.clone(),
    });
    Heading {
        id: case.id.clone(),
        title: case.title.clone(),
        place: case.place.clone(),
        seen: moment.today.and_then(date_of_day).map(|date| date.to_string()),
        last_event,
        filtered: None,
    }
}
