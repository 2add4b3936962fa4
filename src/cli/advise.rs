//! `convener advise`: ranked warnings and recommendations on one case.

use tracing::info;

use crate::advice;
use crate::engine::Limits;
use crate::precedent::lines;
use crate::proof::View;
use crate::report::{self, Options, Told};

use super::archive::{Archived, Found, Heard, past};
use super::load::{Loader, limit_failure};
use super::look::{Asked, Format, look};
use super::{Failure, Outcome, Shared, terminal};

/// What `advise` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener advise cases/orangi.toml\n  convener advise cases/orangi.toml --at 1980 --explain\n  convener advise cases/orangi.toml --source idr-1997    from the guide's facts alone\n  convener advise case.toml --believing ministry         as if the ministry were right\n  convener advise cases/orangi.toml --format json --all"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    archived: Archived,
    /// Leave out what past cases have to say of the advice.
    #[arg(long, conflicts_with = "archive")]
    no_precedents: bool,
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

/// Advises on one case.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(seen) = look(&mut loader, &arguments.asked, shared)? else {
        return Ok(Outcome::Refused);
    };
    let models = seen
        .plan
        .infer(&[&seen.facts], Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let Some(model) = models.first() else {
        return Err(Failure("the engine gave no answer for the case".to_owned()));
    };
    info!(conclusions = model.conclusions.len(), "drew conclusions");
    let advice = advice::advise(&seen.knowledge, &seen.facts, model);
    let lines = if arguments.no_precedents {
        None
    } else {
        match past(&loader, &arguments.archived, &seen, (model, Heard::Alike), shared)? {
            Found::Past(past) => {
                let view = View { kb: &seen.knowledge, facts: &seen.facts, model };
                Some(lines(view, &advice, &past.archive, &past.told))
            }
            Found::NoArchive => None,
            Found::Refused => return Ok(Outcome::Refused),
        }
    };
    let told = Told { advice: &advice, lines: lines.as_ref() };
    let (heading, sources, options) = (&seen.heading, &loader.sources, &options(arguments, shared));
    terminal::show(&match arguments.format {
        Format::Text => report::text(told, heading, sources, options),
        Format::Markdown => report::markdown(told, heading, sources, options),
        Format::Json => report::json(told, heading, sources, options),
    })?;
    Ok(Outcome::Done)
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
