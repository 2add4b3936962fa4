//! `convener ask`: what to ask next about a case, and what the answers would change.

use crate::ask::ask;
use crate::engine::Limits;
use crate::report::{self, Options};

use super::load::{Loader, limit_failure};
use super::look::{Asked, Format, look};
use super::{Failure, Outcome, Shared, terminal};

/// What `ask` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener ask cases/orangi.toml\n  convener ask cases/orangi.toml --at 1980 --top 3\n  convener ask cases/bangladesh-immunization.toml     also shows what is disputed, and whom it hangs on\n  convener ask cases/orangi.toml --format json"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// How many questions to show.
    #[arg(long, value_name = "N", default_value_t = 12)]
    top: usize,
    /// Show every question and answer.
    #[arg(long)]
    all: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Says what to ask about one case.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(seen) = look(&mut loader, &arguments.asked, shared)? else {
        return Ok(Outcome::Refused);
    };
    let asked = ask((&seen.knowledge, &seen.plan), &seen.facts, Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let options = Options {
        top: arguments.top,
        all: arguments.all,
        explain: false,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
    };
    terminal::show(&match arguments.format {
        Format::Text => report::ask::text(&asked, &seen.heading, &options),
        Format::Markdown => report::ask::markdown(&asked, &seen.heading, &options),
        Format::Json => report::ask::json(&asked, &seen.heading),
    })?;
    Ok(Outcome::Done)
}
