//! A case at a moment, with the rules that it is looked at with: what all commands about one case begin with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use tracing::debug;

use crate::case::{self, Case, Filter, Moment};
use crate::engine::Plan;
use crate::facts::{Evidence, Facts};
use crate::knowledge::KnowledgeBase;
use crate::proof::View;
use crate::report::{Believing, Filtered, Heading};
use crate::value::date_of_day;

use super::load::Loader;
use super::{Failure, Shared};

/// The form of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Markdown,
    Json,
}

/// How well founded a fact has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Firmness {
    Documented,
    Reported,
    Assumed,
}

impl From<Firmness> for Evidence {
    fn from(firmness: Firmness) -> Evidence {
        match firmness {
            Firmness::Documented => Evidence::Documented,
            Firmness::Reported => Evidence::Reported,
            Firmness::Assumed => Evidence::Assumed,
        }
    }
}

/// Which case, when, and what of it.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// The case file, in TOML or (named `*.json`) JSON.
    pub(super) case: PathBuf,
    /// Look at the case at this year, month, day or event; without it, at its end.
    #[arg(long, value_name = "DATE|EVENT")]
    pub(super) at: Option<String>,
    /// Use only facts from this source of the case; repeat it for several.
    #[arg(long = "source", value_name = "ID")]
    pub(super) sources: Vec<String>,
    /// Use only facts at least as well founded as this.
    #[arg(long, value_enum)]
    pub(super) evidence: Option<Firmness>,
    /// Where people say different things, take this one's word, by the id of a party or source.
    #[arg(long, value_name = "WHO")]
    pub(super) believing: Option<String>,
}

/// A case looked at.
pub(super) struct Look {
    pub(super) knowledge: Arc<KnowledgeBase>,
    pub(super) plan: Plan,
    pub(super) case: Case,
    pub(super) moment: Moment,
    pub(super) facts: Facts,
    pub(super) heading: Heading,
}

/// Reads the rules and the case; none where they have errors, which are reported.
pub(super) fn look(
    loader: &mut Loader,
    asked: &Asked,
    shared: &Shared,
) -> Result<Option<Look>, Failure> {
    let Some(knowledge) = loader.knowledge_in_use(&shared.packs)? else {
        loader.report(shared);
        return Ok(None);
    };
    look_with(loader, Arc::new(knowledge), asked, shared)
}

/// The same with rules that are read already.
pub(super) fn look_with(
    loader: &mut Loader,
    knowledge: Arc<KnowledgeBase>,
    asked: &Asked,
    shared: &Shared,
) -> Result<Option<Look>, Failure> {
    let case = loader.case(Path::new(&asked.case), &knowledge)?;
    loader.report(shared);
    let Some(case) = case else { return Ok(None) };
    let moment = match &asked.at {
        None => case.end(),
        Some(at) => case.moment(at).map_err(|problem| Failure(format!("--at: {problem}")))?,
    };
    let filter = filter(asked, &case)?;
    let mut heading = heading(&case, &moment);
    heading.filtered = filter.as_ref().map(|filter| Filtered {
        filter: filter.clone(),
        left_out: filter.left_out(&case, &knowledge.vocabulary, &moment),
    });
    debug!(seen = heading.seen, last_event = heading.last_event, "chose the moment");
    let mut facts = case::facts(&case, &knowledge.vocabulary, &moment, &filter.unwrap_or_default());
    if let Some(who) = &asked.believing {
        let believing = believing(&knowledge, &facts, who)?;
        facts = facts.believing(who);
        heading.believing = Some(believing);
    }
    Ok(Some(Look { plan: Plan::new(&knowledge), knowledge, case, moment, facts, heading }))
}

/// The filter that was asked for, if one was.
fn filter(asked: &Asked, case: &Case) -> Result<Option<Filter>, Failure> {
    if asked.sources.is_empty() && asked.evidence.is_none() {
        return Ok(None);
    }
    case.filter(&asked.sources, asked.evidence.map(Evidence::from))
        .map(Some)
        .map_err(|problem| Failure(format!("--source: {problem}")))
}

/// Who is believed, if they say anything that others dispute.
fn believing(knowledge: &KnowledgeBase, facts: &Facts, who: &str) -> Result<Believing, Failure> {
    let cells = facts.cells.iter().chain(facts.ties.values());
    let records = cells.filter_map(|cell| cell.record.as_deref());
    let count = records.filter(|record| record.says.iter().any(|(id, _)| id == who)).count();
    let model = crate::engine::Model::default();
    let view = View { kb: knowledge, facts, model: &model };
    if count > 0 {
        let (speaker, name) = (who.to_owned(), view.speaker(who));
        return Ok(Believing { speaker, name, facts: count });
    }
    let speakers: Vec<&str> = facts.speakers().into_iter().collect();
    Err(Failure(match speakers.as_slice() {
        [] => "--believing: nothing is disputed in this case at this time".to_owned(),
        _ => format!(
            "--believing: `{who}` says nothing that is disputed\nhelp: these do: {}",
            speakers.join(", ")
        ),
    }))
}

/// What stands above a result: which case, seen when.
pub(super) fn heading(case: &Case, moment: &Moment) -> Heading {
    let last_event = case.last_event(moment).map(|event| match event.at {
        Some(at) => format!("{} ({at})", event.title),
        None => event.title.clone(),
    });
    let begins = case.events.first().filter(|_| moment.seen == 0).map(|event| {
        let date = event.day.and_then(date_of_day);
        let date = date.map_or_else(String::new, |date| format!("{date}: "));
        format!("{date}{}", event.title)
    });
    Heading {
        id: case.id.clone(),
        title: case.title.clone(),
        place: case.place.clone(),
        seen: moment.today.and_then(date_of_day).map(|date| date.to_string()),
        last_event,
        begins,
        ..Heading::default()
    }
}
