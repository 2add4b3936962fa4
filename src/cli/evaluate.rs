//! `convener evaluate`: what the rules said of cases against what came of them.

use std::path::PathBuf;

use tracing::info;

use crate::case::outcome::Outcome as CameOf;
use crate::case::{Case, Filter};
use crate::diagnostic::nearest::did_you_mean;
use crate::engine::{Limits, Plan};
use crate::evaluate::{Settings, Trial, evaluate, hash};
use crate::facts::Evidence;
use crate::knowledge::{AttributeId, KnowledgeBase, Type};
use crate::report::Options;
use crate::report::evaluate::{Evaluated, html, json, markdown, text};

use super::case_files::{CaseFiles, case_files};
use super::load::{Loader, limit_failure, read_text};
use super::look::Firmness;
use super::replay::Form;
use super::{Failure, Outcome, Shared, terminal};

/// What `evaluate` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A case is evaluated with `ID.outcome.toml` beside it, which is read only after the advice is worked out.\n\nExamples:\n  convener evaluate cases\n  convener evaluate cases --by party.sector --all\n  convener evaluate cases --evidence documented            from firm facts alone\n  convener evaluate cases --hold-out nia --hold-out orangi\n  convener evaluate cases --sensitivity --format html > evaluation.html\n\ndocs/evaluation.md tells how it is worked out and what it cannot show."
)]
pub(super) struct Arguments {
    /// Case files, or folders of case files.
    #[arg(value_name = "CASE", required = true)]
    cases: Vec<PathBuf>,
    /// Use only facts from this source; repeat it for several. Every case has to list it.
    #[arg(long = "source", value_name = "ID")]
    sources: Vec<String>,
    /// Use only facts at least as well founded as this.
    #[arg(long, value_enum)]
    evidence: Option<Firmness>,
    /// Evaluate these cases apart from the others, and say whether the rules have seen them.
    #[arg(long, value_name = "ID", num_args = 1..)]
    hold_out: Vec<String>,
    /// Group results by what the rows that an outcome names carry of this attribute.
    #[arg(long, value_name = "ENTITY.ATTRIBUTE")]
    by: Option<String>,
    /// A warning counts as false only where the risk was watched for so many months after it.
    #[arg(long, value_name = "MONTHS", default_value_t = 0)]
    watched: i64,
    /// Leave out each fact in turn, put each other value in its place, and count the verdicts that change.
    #[arg(long)]
    sensitivity: bool,
    /// Show every table.
    #[arg(long)]
    all: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

/// A case with what stands beside it.
struct Read {
    case: Case,
    outcome: Option<CameOf>,
    hashes: [Option<String>; 2],
    expected: bool,
}

/// Evaluates cases.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge_in_use(&shared.packs)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let by = arguments.by.as_deref().map(|path| attribute(&knowledge, path)).transpose()?;
    let files = case_files(&arguments.cases)?;
    let mut cases = Vec::new();
    for files in &files {
        cases.extend(read(&mut loader, files, &knowledge)?);
    }
    if loader.report(shared) {
        return Ok(Outcome::Refused);
    }
    cases.sort_by(|a, b| a.case.id.cmp(&b.case.id));
    check(arguments, &cases)?;
    let plan = Plan::new(&knowledge);
    let settings =
        Settings { watched_months: arguments.watched, by, sensitivity: arguments.sensitivity };
    let part = |held_out: bool| {
        let chosen = cases.iter().filter(|it| held_out == arguments.hold_out.contains(&it.case.id));
        let trials: Vec<Trial<'_>> =
            chosen.map(|it| trial(arguments, it)).collect::<Result<_, Failure>>()?;
        evaluate((&knowledge, &plan), &trials, &settings, Limits::default())
            .map_err(|limit| limit_failure(&limit))
    };
    let main = part(false)?;
    let held_out = if arguments.hold_out.is_empty() { None } else { Some(part(true)?) };
    info!(cases = main.cases.len(), outcomes = main.risks.len(), "evaluated the cases");
    let evaluated =
        Evaluated { main: &main, held_out: held_out.as_ref(), by: arguments.by.as_deref() };
    let options = Options {
        all: arguments.all,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
        ..Options::default()
    };
    terminal::show(&match arguments.format {
        Form::Text => text(evaluated, &options),
        Form::Markdown => markdown(evaluated),
        Form::Json => json(evaluated),
        Form::Html => html(evaluated),
    })?;
    Ok(Outcome::Done)
}

fn read(
    loader: &mut Loader,
    files: &CaseFiles,
    knowledge: &KnowledgeBase,
) -> Result<Option<Read>, Failure> {
    let case = loader.case_of(files, knowledge)?;
    let mut hashes = [None, None];
    let mut outcome = None;
    if let Some(path) = &files.outcome {
        outcome = loader.outcome(path, case.as_ref(), knowledge)?;
        hashes[1] = Some(hash(&read_text(path)?));
    }
    let Some(case) = case else { return Ok(None) };
    hashes[0] = loader.sources.get(case.text).map(|source| hash(&source.text));
    Ok(Some(Read { case, outcome, hashes, expected: files.expectations.is_some() }))
}

/// Fails where there is nothing to evaluate, two cases have one id, or a case is held out that is not there.
fn check(arguments: &Arguments, cases: &[Read]) -> Result<(), Failure> {
    if cases.iter().all(|it| it.outcome.is_none()) {
        return Err(Failure(
            "no outcome stands beside a case named here\nhelp: write down what came of it in `ID.outcome.toml`, as docs/cases.md shows"
                .to_owned(),
        ));
    }
    if let Some([first, _]) = cases.windows(2).find_map(|pair| match pair {
        [a, b] if a.case.id == b.case.id => Some([a, b]),
        _ => None,
    }) {
        return Err(Failure(format!("two cases have the id `{}`", first.case.id)));
    }
    for id in &arguments.hold_out {
        let ids = || cases.iter().map(|it| it.case.id.as_str());
        if ids().all(|other| other != id) {
            let help =
                did_you_mean(id, ids()).map_or_else(String::new, |help| format!("\nhelp: {help}"));
            return Err(Failure(format!("--hold-out: no case here is called `{id}`{help}")));
        }
    }
    Ok(())
}

fn trial<'a>(arguments: &Arguments, it: &'a Read) -> Result<Trial<'a>, Failure> {
    let filter: Filter = it
        .case
        .filter(&arguments.sources, arguments.evidence.map(Evidence::from))
        .map_err(|problem| Failure(format!("--source: {}: {problem}", it.case.id)))?;
    Ok(Trial {
        case: &it.case,
        outcome: it.outcome.as_ref(),
        filter,
        hashes: it.hashes.clone(),
        expected: it.expected,
    })
}

/// The attribute of a path such as `party.sector`, whose values are members of a scale or enum.
fn attribute(knowledge: &KnowledgeBase, path: &str) -> Result<AttributeId, Failure> {
    let vocabulary = &knowledge.vocabulary;
    let known: Vec<(String, AttributeId)> = vocabulary
        .attributes
        .iter()
        .enumerate()
        .filter(|(_, it)| it.action.is_none() && matches!(it.kind, Type::Choice(_) | Type::Set(_)))
        .map(|(at, it)| {
            (format!("{}.{}", vocabulary.entity(it.entity).name, it.name), AttributeId(at))
        })
        .collect();
    if let Some((_, id)) = known.iter().find(|(name, _)| name == path) {
        return Ok(*id);
    }
    let help = did_you_mean(path, known.iter().map(|(name, _)| name.as_str()));
    let help = help.map_or_else(String::new, |help| format!("\nhelp: {help}"));
    Err(Failure(format!(
        "--by: `{path}` is no attribute with a scale or enum, such as `party.sector`{help}"
    )))
}
