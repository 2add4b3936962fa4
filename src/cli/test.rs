//! `convener test`: the examples of a pack, and what is expected of cases, run.

use std::path::PathBuf;

use tracing::info;

use crate::engine::{Limits, Plan};
use crate::knowledge::KnowledgeBase;
use crate::trial;

use super::case_files::{CaseFiles, EXPECTATIONS, case_files};
use super::load::{Loader, is_pack, limit_failure};
use super::{Failure, Outcome, Shared, terminal};

/// What `test` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  convener test rules                the examples of a pack\n  convener test rules cases          and what is expected of cases, in `cases/*.expect.toml`\n  convener test cases/orangi.toml    with the built-in pack"
)]
pub(super) struct Arguments {
    /// Packs whose examples to run, case files with a file `ID.expect.toml` beside them, or folders of such; without a pack,
    /// the examples of the packs in use are run.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// End with exit code 1 also where examples of a pack below come out otherwise because of the pack laid over it.
    #[arg(long)]
    strict: bool,
}

/// How many there were, and how many of them came out as expected.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    all: usize,
    met: usize,
}

/// Runs everything and reports what comes out otherwise.
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
    let files = expected(&others)?;
    let (cases, moments) = on_cases(&mut loader, &files, &knowledge)?;
    if cases < files.len() {
        loader.report(shared);
        return Ok(Outcome::Refused);
    }
    let tried = trial::run(&knowledge, Limits::default(), &mut loader.diagnostics)
        .map_err(|limit| limit_failure(&limit))?;
    info!(met = tried.met, changed = tried.changed, "ran the examples");
    loader.report(shared);
    let examples = Count { all: knowledge.examples.len(), met: tried.met + tried.changed };
    let mut what = terminal::counted(examples.all, "example");
    if !files.is_empty() {
        let moments = terminal::counted(moments.all, "moment");
        what = format!("{what} and {moments} of {}", terminal::counted(cases, "case"));
    }
    let missed = (examples.all - examples.met) + (moments.all - moments.met);
    let result = if missed == 0 {
        "all as expected".to_owned()
    } else {
        format!("{missed} not as expected")
    };
    terminal::show(&format!("{what}, {result}{}\n", changed(tried.changed, missed)))?;
    let findings = missed > 0 || arguments.strict && tried.changed > 0;
    Ok(if findings { Outcome::Findings } else { Outcome::Done })
}

/// What is said of examples of a pack below that come out otherwise.
fn changed(count: usize, missed: usize) -> String {
    let joint = if missed == 0 { " but" } else { "; and" };
    match count {
        0 => String::new(),
        1 => format!("{joint} one of a pack below, which comes out otherwise because of this pack"),
        _ => {
            format!("{joint} {count} of packs below, which come out otherwise because of this pack")
        }
    }
}

/// The cases of which something is expected.
fn expected(paths: &[PathBuf]) -> Result<Vec<CaseFiles>, Failure> {
    let mut files = case_files(paths)?;
    let bare =
        files.iter().find(|files| files.expectations.is_none() && paths.contains(&files.case));
    if let Some(bare) = bare {
        return Err(Failure(format!(
            "nothing is expected of {}\nhelp: write it down in {}, as docs/cases.md shows",
            bare.case.display(),
            bare.case.with_extension(EXPECTATIONS).display()
        )));
    }
    files.retain(|files| files.expectations.is_some());
    if files.is_empty() && !paths.is_empty() {
        return Err(Failure(
            "no file named here says what is expected of a case\nhelp: such files are called `ID.expect.toml`"
                .to_owned(),
        ));
    }
    Ok(files)
}

/// Tries what is expected of cases. How many cases could be read, with their moments.
fn on_cases(
    loader: &mut Loader,
    files: &[CaseFiles],
    knowledge: &KnowledgeBase,
) -> Result<(usize, Count), Failure> {
    let plan = Plan::new(knowledge);
    let (mut cases, mut moments) = (0, Count::default());
    for files in files {
        let case = loader.case_of(files, knowledge)?;
        let Some(path) = &files.expectations else { continue };
        let expectations = loader.expectations(path, case.as_ref(), knowledge)?;
        let (Some(case), Some(expectations)) = (case, expectations) else { continue };
        cases += 1;
        moments.all += expectations.moments.len();
        let with = (knowledge, &plan);
        moments.met +=
            trial::on_case(with, &case, &expectations, Limits::default(), &mut loader.diagnostics)
                .map_err(|limit| limit_failure(&limit))?;
    }
    info!(met = moments.met, "tried what is expected of cases");
    Ok((cases, moments))
}
