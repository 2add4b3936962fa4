//! `convener explain`: why a rule does not fire, what would make it fire or clear it, and which silent rules lack little.

use crate::report::Options;

use super::look::{Asked, Format};
use super::silence::{self, About, Question};
use super::{Failure, Outcome, Shared, terminal};

/// What `explain` takes.
#[derive(Debug, clap::Args)]
#[command(
    group(clap::ArgGroup::new("what").required(true).args(["why_not", "clear", "silent"])),
    after_help = "Examples:\n  convener explain cases/orangi.toml --why-not no-one-convenes\n  convener explain cases/orangi.toml residents --why-not unorganized-side    for one subject\n  convener explain cases/orangi.toml --clear start-small --at 1980           what would clear advice\n  convener explain cases/orangi.toml --silent --top 5                        rules that lack little"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
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

/// Explains one rule, or the silence of many.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let question = match (&arguments.why_not, &arguments.clear) {
        (Some(rule), _) => Question::WhyNot(rule),
        (None, Some(rule)) => Question::Clear(rule),
        (None, None) => Question::Silent,
    };
    let options = Options {
        top: arguments.top,
        all: arguments.all,
        explain: true,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
    };
    let about = About {
        asked: &arguments.asked,
        subject: &arguments.subject,
        format: arguments.format,
        options,
    };
    silence::run(question, &about, shared)
}
