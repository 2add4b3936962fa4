//! `convener advise`: ranked warnings and recommendations on one case.

use std::sync::Arc;

use tracing::info;

use crate::advice::{self, Advice};
use crate::engine::{Limits, Model};
use crate::precedent::lines;
use crate::proof::View;
use crate::report::{self, Options, Told};

use super::archive::{Archived, meanwhile, read};
use super::load::{Loader, limit_failure};
use super::look::{Asked, Format, Look, look_with};
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

/// Advises on one case. The archive is read and looked through on a second thread, as it takes as long as the rest.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge_in_use(&shared.packs)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let knowledge = Arc::new(knowledge);
    let built_in = loader.built_in;
    let (seen, archive) = meanwhile(
        || look_with(&mut loader, Arc::clone(&knowledge), &arguments.asked, shared),
        || {
            let wanted = !arguments.no_precedents;
            let read = || read(&arguments.archived, built_in, &knowledge);
            wanted.then(read).transpose().map(Option::flatten)
        },
    );
    let Some(seen) = seen? else { return Ok(Outcome::Refused) };
    let archive = archive?;
    let (advised, past) =
        meanwhile(|| advised(&seen), || archive.map(|read| read.past(&seen)).transpose());
    let (model, advice) = advised?;
    let mut past = past?;
    if past.as_mut().is_some_and(|past| past.report(shared)) {
        return Ok(Outcome::Refused);
    }
    let view = View { kb: &seen.knowledge, facts: &seen.facts, model: &model };
    let lines = past.map(|past| lines(view, &advice, &past.archive, &past.told));
    let told = Told { advice: &advice, lines: lines.as_ref() };
    let (heading, sources, options) = (&seen.heading, &loader.sources, &options(arguments, shared));
    terminal::show(&match arguments.format {
        Format::Text => report::text(told, heading, sources, options),
        Format::Markdown => report::markdown(told, heading, sources, options),
        Format::Json => report::json(told, heading, sources, options),
    })?;
    Ok(Outcome::Done)
}

/// What inference makes of the case, and the advice.
fn advised(seen: &Look) -> Result<(Model, Advice), Failure> {
    let models = seen
        .plan
        .infer(&[&seen.facts], Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let Some(model) = models.into_iter().next() else {
        return Err(Failure("the engine gave no answer for the case".to_owned()));
    };
    info!(conclusions = model.conclusions.len(), "drew conclusions");
    let advice = advice::advise(&seen.knowledge, &seen.facts, &model);
    Ok((model, advice))
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
