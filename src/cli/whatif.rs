//! `convener whatif`: what becomes of the advice on a case if some facts were different.

use std::path::PathBuf;

use crate::case::{self, Setting, SettingForm};
use crate::change::Change;
use crate::diagnostic::Diagnostics;
use crate::engine::Limits;
use crate::report::{self, Options};
use crate::source::SourceId;
use crate::whatif::what_if;

use super::load::{Loader, limit_failure};
use super::look::{Asked, Format, Look, look};
use super::{Failure, Outcome, Shared, terminal};

/// What `whatif` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "PATH names a fact as case files do, and as advice shows it in parentheses:\n  party.residents.organized   issue.crisis   sector.market.needed   credible.unicef.ministry\n  did.co-sponsor   did.organize-first.residents   complete.party\n\nVALUE is a value as in a case file, or in words:\n  high   yes   12   1985-06   at least medium   below high   one of low, medium   unknown\n  money, labour   includes money and excludes labour   [\"money\"]   { at_least = \"low\" }\n\nExamples:\n  convener whatif cases/orangi.toml --set party.agencies.blamed=no\n  convener whatif cases/orangi.toml --at 1980 --set 'party.residents.organized=at least medium' --set party.residents.standing=high\n  convener whatif cases/orangi.toml --add party.chamber:'The chamber of commerce' --set party.chamber.key=yes\n  convener whatif cases/orangi.toml --set party.agencies.carries+=payment --unset issue.size\n  convener whatif cases/orangi.toml --from changes.toml --format json"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    asked: Asked,
    /// A fact that is so; with `+=` and `-=` something goes into a set or out of it. Repeat it for several.
    #[arg(long = "set", value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// A fact that the case does not speak of. What nobody knows is set to `unknown`.
    #[arg(long, value_name = "PATH")]
    unset: Vec<String>,
    /// A party, or another row, that takes part as well.
    #[arg(long, value_name = "ENTITY.ID[:NAME]")]
    add: Vec<String>,
    /// A file of facts that are so, written as in a case, or as in an event's `set`, `add` and `remove`.
    #[arg(long, value_name = "FILE")]
    from: Vec<PathBuf>,
    /// How many warnings and how many recommendations to show.
    #[arg(long, value_name = "N", default_value_t = 5)]
    top: usize,
    /// Show everything.
    #[arg(long)]
    all: bool,
    /// The form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Compares the advice on a case with that on the changed case.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let given = [&arguments.set, &arguments.unset, &arguments.add];
    if given.into_iter().all(Vec::is_empty) && arguments.from.is_empty() {
        return Err(Failure(
            "nothing is to be different\nhelp: say what with --set PATH=VALUE, --unset PATH, --add ENTITY.ID or --from FILE"
                .to_owned(),
        ));
    }
    let mut loader = Loader::default();
    let Some(seen) = look(&mut loader, &arguments.asked, shared)? else {
        return Ok(Outcome::Refused);
    };
    let Some(changes) = changes(arguments, &mut loader, &seen)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let whatif = what_if((&seen.knowledge, &seen.plan), &seen.facts, &changes, Limits::default())
        .map_err(|limit| limit_failure(&limit))?;
    let options = Options {
        top: arguments.top,
        all: arguments.all,
        explain: false,
        width: terminal::width(),
        colour: terminal::colours_results(shared.colour),
    };
    terminal::show(&match arguments.format {
        Format::Text => report::whatif::text(&whatif, &seen.heading, &options),
        Format::Markdown => report::whatif::markdown(&whatif, &seen.heading, &options),
        Format::Json => report::whatif::json(&whatif, &seen.heading),
    })?;
    Ok(Outcome::Done)
}

/// What is to be different; none where it cannot be read.
fn changes(
    arguments: &Arguments,
    loader: &mut Loader,
    seen: &Look,
) -> Result<Option<Vec<Change>>, Failure> {
    let mut texts: Vec<(SourceId, String, SettingForm)> = Vec::new();
    for path in &arguments.from {
        let (source, text, format) = loader.text(path)?;
        texts.push((source, text, SettingForm::File(format)));
    }
    let given = [
        ("--add", &arguments.add, SettingForm::Add),
        ("--unset", &arguments.unset, SettingForm::Unset),
        ("--set", &arguments.set, SettingForm::Set),
    ];
    for (name, list, form) in given {
        for text in list {
            texts.push((loader.sources.add(name, text.clone()), text.clone(), form));
        }
    }
    let settings: Vec<Setting<'_>> = texts
        .iter()
        .map(|(source, text, form)| Setting { source: *source, text, form: *form })
        .collect();
    loader.diagnostics = Diagnostics::default();
    let of = (&seen.case, &seen.facts);
    Ok(case::changes(&settings, of, &seen.knowledge, &mut loader.diagnostics))
}
