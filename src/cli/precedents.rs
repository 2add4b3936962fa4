//! `convener precedents`: the past cases that are like one, or the record of a rule over them.

use crate::engine::Limits;
use crate::precedent::{precedents, record};
use crate::proof::View;
use crate::report::Options;
use crate::report::precedent::{PastTold, json, markdown, text};

use super::archive::{Archived, read};
use super::load::{Loader, limit_failure};
use super::look::{Asked, Format, look};
use super::named_rule::named_rule;
use super::{Failure, Outcome, Shared, terminal};

/// What `precedents` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Only what was known on the day looked at is shown, and the case itself never.\n\nExamples:\n  convener precedents cases/zimbabwe-savings.toml\n  convener precedents cases/urban-heights.toml --at charge\n  convener precedents my-case.toml --archive past-cases --all\n  convener precedents cases/orissa-biogas.toml --rule quarrel-without-help     the record of a rule\n\ndocs/precedents.md tells how likeness is found and what it cannot show."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    archived: Archived,
    /// The record of this rule instead: where it spoke, and what followed.
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// How many past cases to show.
    #[arg(long, value_name = "N", default_value_t = 3)]
    top: usize,
    /// Show every past case that shares advice, and all of each.
    #[arg(long)]
    all: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Shows the precedents of a case.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(seen) = look(&mut loader, &arguments.asked, shared)? else {
        return Ok(Outcome::Refused);
    };
    let knowledge = &seen.knowledge;
    let rule = arguments.rule.as_deref().map(|name| named_rule(knowledge, name)).transpose()?;
    let models = seen
        .plan
        .infer(&[&seen.facts], Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let Some(model) = models.first() else {
        return Err(Failure("the engine gave no answer for the case".to_owned()));
    };
    let Some(read) = read(&arguments.archived, loader.built_in, knowledge)? else {
        return Err(Failure(
            "there is no archive for these rules\nhelp: name a folder of past cases: --archive DIR"
                .to_owned(),
        ));
    };
    let mut past = read.past(&seen)?;
    if past.report(shared) {
        return Ok(Outcome::Refused);
    }
    let record = rule.and_then(|rule| record(knowledge, &past.archive, &past.told, rule));
    let view = View { kb: knowledge, facts: &seen.facts, model };
    let found = rule.is_none().then(|| precedents(view, &past.archive, &past.told));
    let told =
        PastTold { packs: &knowledge.packs, precedents: found.as_ref(), record: record.as_ref() };
    let options = Options {
        top: arguments.top,
        all: arguments.all,
        explain: false,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
    };
    terminal::show(&match arguments.format {
        Format::Text => text(told, &seen.heading, &options),
        Format::Markdown => markdown(told, &seen.heading, &options),
        Format::Json => json(told, &seen.heading),
    })?;
    Ok(Outcome::Done)
}
