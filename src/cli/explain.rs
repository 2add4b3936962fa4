//! `convener explain`: why a rule does not fire, what would make it fire or clear it, and which silent rules lack little.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::report::Options;

use super::silence::{self, Asked};
use super::{Failure, Outcome, Shared, terminal};

/// What `explain` takes.
#[derive(Debug, clap::Args)]
#[command(
    group(clap::ArgGroup::new("what").required(true).args(["why_not", "clear", "silent"])),
    after_help = "Examples:\n  convener explain cases/orangi.toml --why-not power-play-early\n  convener explain cases/orangi.toml --why-not convener-not-credible RULE-SUBJECT\n  convener explain cases/orangi.toml --clear convener-not-credible    what would clear advice\n  convener explain cases/orangi.toml --silent --top 5                 rules that lack little"
)]
pub(super) struct Arguments {
    /// The case file, in TOML or (named `*.json`) JSON.
    case: PathBuf,
    /// The subject, by the ids of its rows or members; without it, the one nearest to firing.
    #[arg(value_name = "SUBJECT")]
    subject: Vec<String>,
    /// Say why this rule does not fire, and what would make it fire.
    #[arg(long, value_name = "RULE")]
    why_not: Option<String>,
    /// Say what would clear the advice of this rule, which fires.
    #[arg(long, value_name = "RULE")]
    clear: Option<String>,
    /// List the silent rules that lack least.
    #[arg(long)]
    silent: bool,
    /// Look at the case at this year, month, day or event; without it, at its end.
    #[arg(long, value_name = "DATE|EVENT")]
    at: Option<String>,
    /// How many repairs or silent rules to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Show everything that was found.
    #[arg(long)]
    all: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Markdown,
    Json,
}

/// Explains one rule, or the silence of many.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let asked = match (&arguments.why_not, &arguments.clear) {
        (Some(rule), _) => Asked::WhyNot(rule),
        (None, Some(rule)) => Asked::Clear(rule),
        (None, None) => Asked::Silent,
    };
    let options = Options {
        top: arguments.top,
        all: arguments.all,
        explain: true,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
    };
    let about = silence::About {
        case: &arguments.case,
        at: arguments.at.as_deref(),
        subject: &arguments.subject,
        format: arguments.format,
        options,
    };
    silence::run(asked, &about, shared)
}
