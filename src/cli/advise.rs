//! `convener advise`: ranked warnings and recommendations on one case.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::advice;
use crate::case;
use crate::engine::{Limits, Plan};
use crate::report;

use super::load::{Session, limit_failure};
use super::{Failure, Outcome, Shared, terminal};

/// What `advise` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener advise cases/orangi.toml\n  convener advise cases/orangi.toml --at 1980 --explain\n  convener advise cases/orangi.toml --format json --all"
)]
pub(super) struct Arguments {
    /// The case file, in TOML or (named `*.json`) JSON.
    case: PathBuf,
    /// Look at the case at this year, month, day or event; without it, at its end.
    #[arg(long, value_name = "DATE|EVENT")]
    at: Option<String>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}
