//! `convener coverage`: what of the guide a pack accounts for, and what becomes of its rules over many cases.

use std::path::PathBuf;

use clap::ValueEnum;
use tracing::info;

use crate::case::Case;
use crate::coverage::{self, Account, Rule};
use crate::engine::Limits;
use crate::knowledge::KnowledgeBase;
use crate::report::{self, Options};

use super::case_files::case_files;
use super::load::{Loader, is_pack, limit_failure};
use super::statements::statements;
use super::{Failure, Outcome, Shared, terminal};

/// What `coverage` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener coverage --guide rules cases which passages of the guide nothing accounts for\n  convener coverage rules cases         at how many points of the cases each rule fires\n  convener coverage --strict rules      also end with 1 where a rule lacks an example\n  convener coverage cases --format json"
)]
pub(super) struct Arguments {
    /// Packs to look at, and case files or folders of case files to run them over. Without a pack, the packs in use are
    /// looked at; without a case, only their examples are counted. With
    /// `--guide`, the passages that the cases cite count too.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Show every passage of the guide with what accounts for it; end with exit code 1 where nothing does.
    #[arg(long)]
    guide: bool,
    /// End with exit code 1 where a rule has no example in which it fires, or none in which it does not.
    #[arg(long, conflicts_with = "guide")]
    strict: bool,
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

/// Counts, and says what is left out.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut in_use = shared.packs.clone();
    let mut others = Vec::new();
    for path in &arguments.paths {
        if is_pack(path)? { &mut in_use } else { &mut others }.push(path.clone());
    }
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge(&in_use)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let cases = cases(&others, &knowledge, &mut loader)?;
    if loader.report(shared) {
        return Ok(Outcome::Refused);
    }
    let options = Options {
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
        ..Options::default()
    };
    if arguments.guide {
        guide(arguments.format, (&knowledge, &cases), (&loader, &in_use), &options)
    } else {
        rules(arguments, &knowledge, &cases, (&loader, &options))
    }
}

fn cases(
    paths: &[PathBuf],
    knowledge: &KnowledgeBase,
    loader: &mut Loader,
) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for path in paths {
        let files = case_files(std::slice::from_ref(path))?;
        if files.is_empty() {
            return Err(Failure(format!("there are no case files below {}", path.display())));
        }
        for files in files {
            cases.extend(loader.case_of(&files, knowledge)?);
        }
    }
    Ok(cases)
}

fn guide(
    format: Format,
    (knowledge, cases): (&KnowledgeBase, &[Case]),
    (loader, packs): (&Loader, &[PathBuf]),
    options: &Options,
) -> Result<Outcome, Failure> {
    let mut guide = coverage::guide(knowledge, cases);
    guide.tell(&statements(packs)?);
    terminal::show(&match format {
        Format::Text => report::coverage::guide(&guide, options),
        Format::Markdown => report::coverage::guide_markdown(&guide),
        Format::Json => report::coverage::guide_json(&guide, &loader.sources),
    })?;
    Ok(findings(guide.count(Account::Missing) > 0))
}

fn rules(
    arguments: &Arguments,
    knowledge: &KnowledgeBase,
    cases: &[Case],
    (loader, options): (&Loader, &Options),
) -> Result<Outcome, Failure> {
    let rules = coverage::rules(knowledge, cases, Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    info!(points = rules.points, rules = rules.rules.len(), "ran the rules");
    terminal::show(&match arguments.format {
        Format::Text => report::coverage::rules(&rules, &loader.sources, options),
        Format::Markdown => report::coverage::rules_markdown(&rules, &loader.sources),
        Format::Json => report::coverage::rules_json(&rules, &loader.sources),
    })?;
    Ok(findings(arguments.strict && !rules.rules.iter().all(Rule::is_shown)))
}

fn findings(found: bool) -> Outcome {
    if found { Outcome::Findings } else { Outcome::Done }
}
