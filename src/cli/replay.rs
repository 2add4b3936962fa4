//! `convener replay`: the advice on a case along its timeline, or two moments of it side by side.

use std::path::PathBuf;

use clap::ValueEnum;
use tracing::info;

use crate::case::{Case, Filter, Moment};
use crate::diagnostic::nearest::did_you_mean;
use crate::engine::{Limits, Plan};
use crate::facts::Evidence;
use crate::knowledge::KnowledgeBase;
use crate::replay::{Span, between, replay};
use crate::report::{self, Filtered, Heading, Options};

use super::load::{Loader, limit_failure};
use super::look::{Firmness, heading};
use super::{Failure, Outcome, Shared, terminal};

/// What `replay` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener replay cases/orangi.toml\n  convener replay cases/orissa-biogas.toml --from 1986 --risk partner-exit\n  convener replay cases/orissa-biogas.toml --between 1986 1990     mended, worse, new, unanswered\n  convener replay cases/orangi.toml --format html > orangi.html    with a picture of the timeline\n\nWhat became of the case, in `ID.outcome.toml`, is not read: `convener evaluate` compares the two."
)]
pub(super) struct Arguments {
    /// The case file.
    case: PathBuf,
    /// Begin at this year, month, day or event.
    #[arg(long, value_name = "DATE|EVENT", conflicts_with = "between")]
    from: Option<String>,
    /// End at this year, month, day or event.
    #[arg(long, value_name = "DATE|EVENT", conflicts_with = "between")]
    to: Option<String>,
    /// What other commands take; a replay takes `--from` and `--to`.
    #[arg(long, value_name = "DATE|EVENT", hide = true)]
    at: Option<String>,
    /// Compare the advice at two moments instead.
    #[arg(long, num_args = 2, value_names = ["DATE|EVENT", "DATE|EVENT"])]
    between: Option<Vec<String>>,
    /// Only advice of this rule; repeat it for several.
    #[arg(long = "rule", value_name = "ID")]
    rules: Vec<String>,
    /// Only warnings of this risk; repeat it for several.
    #[arg(long = "risk", value_name = "ID")]
    risks: Vec<String>,
    /// Use only facts from this source of the case; repeat it for several.
    #[arg(long = "source", value_name = "ID")]
    sources: Vec<String>,
    /// Use only facts at least as well founded as this.
    #[arg(long, value_enum)]
    evidence: Option<Firmness>,
    /// How many warnings and how many recommendations to show at each point.
    #[arg(long, value_name = "N", default_value_t = 5)]
    top: usize,
    /// Show everything, also remarks and facts that change no advice.
    #[arg(long)]
    all: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

/// The form of a result that can be a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    Text,
    Markdown,
    Json,
    Html,
}

/// Replays a case.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    over_a_time(arguments)?;
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge_in_use(&shared.packs)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let case = loader.case(&arguments.case, &knowledge)?;
    loader.report(shared);
    let Some(case) = case else { return Ok(Outcome::Refused) };
    named(&arguments.rules, "--rule", "rule", knowledge.rules.iter().map(|rule| &*rule.name))?;
    named(&arguments.risks, "--risk", "risk", knowledge.risks.iter().map(|risk| &*risk.name))?;
    let filter = case
        .filter(&arguments.sources, arguments.evidence.map(Evidence::from))
        .map_err(|problem| Failure(format!("--source: {problem}")))?;
    let options = Options {
        top: arguments.top,
        all: arguments.all,
        explain: false,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
    };
    let moment = |option: &str, text: &String| {
        case.moment(text).map_err(|problem| Failure(format!("--{option}: {problem}")))
    };
    let span = Span {
        from: arguments.from.as_ref().map(|text| moment("from", text)).transpose()?,
        to: arguments.to.as_ref().map(|text| moment("to", text)).transpose()?,
        filter,
        rules: arguments.rules.clone(),
        risks: arguments.risks.clone(),
    };
    if let Some([before, now]) = arguments.between.as_deref() {
        let moments = [moment("between", before)?, moment("between", now)?];
        if (moments[1].seen, moments[1].today) < (moments[0].seen, moments[0].today) {
            return Err(Failure(format!("--between: {now} lies before {before}")));
        }
        return two(arguments, (&knowledge, &case), moments, (&span, &options));
    }
    if let (Some(from), Some(to)) = (span.from, span.to)
        && (to.seen, to.today) < (from.seen, from.today)
    {
        return Err(Failure("--to lies before --from".to_owned()));
    }
    whole(arguments, (&knowledge, &case), &span, &options)
}

/// Replays all that is asked for.
fn whole(
    arguments: &Arguments,
    (knowledge, case): (&KnowledgeBase, &Case),
    span: &Span,
    options: &Options,
) -> Result<Outcome, Failure> {
    let plan = Plan::new(knowledge);
    let found = replay((knowledge, &plan), case, span, Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    info!(points = found.points.len(), "replayed the case");
    let heading = Heading {
        seen: None,
        last_event: None,
        begins: None,
        ..headed(knowledge, case, &span.to.unwrap_or_else(|| case.end()), &span.filter)
    };
    terminal::show(&match arguments.format {
        Form::Text => report::replay::text(&found, &heading, options),
        Form::Markdown => report::replay::markdown(&found, &heading, options),
        Form::Json => report::replay::json(&found, &heading),
        Form::Html => report::replay::html(&found, &heading, options),
    })?;
    Ok(Outcome::Done)
}

/// Fails where one moment is asked for.
fn over_a_time(arguments: &Arguments) -> Result<(), Failure> {
    let Some(at) = &arguments.at else { return Ok(()) };
    Err(Failure(format!(
        "a replay runs over a time, and not at one\nhelp: write `--to {at}`, `--from {at}` or both; for one moment, `convener advise … --at {at}`"
    )))
}

/// Compares two moments.
fn two(
    arguments: &Arguments,
    (knowledge, case): (&KnowledgeBase, &Case),
    moments: [Moment; 2],
    (span, options): (&Span, &Options),
) -> Result<Outcome, Failure> {
    let plan = Plan::new(knowledge);
    let found = between((knowledge, &plan), case, moments, span, Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let Some(found) = found else {
        return Err(Failure("the engine gave no answer for the case".to_owned()));
    };
    let [before, now] = moments.map(|moment| headed(knowledge, case, &moment, &span.filter));
    let headings = [&before, &now];
    terminal::show(&match arguments.format {
        Form::Text => report::replay::between_text(&found, headings, options),
        Form::Markdown => report::replay::between_markdown(&found, headings, options),
        Form::Json => report::replay::between_json(&found, headings),
        Form::Html => report::replay::between_html(&found, headings, options),
    })?;
    Ok(Outcome::Done)
}

/// What stands above the result, with what is left out at a moment.
fn headed(knowledge: &KnowledgeBase, case: &Case, moment: &Moment, filter: &Filter) -> Heading {
    let filtered = (!filter.admits_all()).then(|| Filtered {
        filter: filter.clone(),
        left_out: filter.left_out(case, &knowledge.vocabulary, moment),
    });
    Heading { filtered, ..heading(case, moment) }
}

/// Fails where something is named that the packs do not have.
fn named<'a>(
    ids: &[String],
    option: &str,
    what: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), Failure> {
    let unknown = ids.iter().find(|id| known.clone().all(|other| other != id.as_str()));
    let Some(id) = unknown else { return Ok(()) };
    let help = did_you_mean(id, known).map_or_else(String::new, |help| format!("\nhelp: {help}"));
    Err(Failure(format!("{option}: the packs have no {what} `{id}`{help}")))
}
