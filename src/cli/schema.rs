//! `convener schema`: the JSON Schema of case files.

use crate::case;

use super::load::Loader;
use super::{Failure, Outcome, Shared, terminal};

/// What `schema` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: convener schema > case.schema.json")]
pub(super) struct Arguments {}

/// Prints the schema for the packs in use.
pub(super) fn run(_: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let mut loader = Loader::default();
    let knowledge = loader.knowledge_in_use(&shared.packs)?;
    loader.report(shared);
    let Some(knowledge) = knowledge else {
        return Ok(Outcome::Refused);
    };
    let schema = case::schema(&knowledge.vocabulary);
    terminal::show(&format!("{schema:#}\n"))?;
    Ok(Outcome::Done)
}
