//! `convener verify`: a proof checked step by step, from the rules and the facts alone.

use std::path::PathBuf;

use crate::case::{self, Case, Moment};
use crate::certificate::{Claim, Proof, Verdict};
use crate::facts::Facts;
use crate::knowledge::{KnowledgeBase, PackName};
use crate::report::proof::{About, read};
use crate::value::date_of_day;
use crate::verify::verify;

use super::load::{Loader, read_text};
use super::{Failure, Outcome, Shared, terminal};

/// What `verify` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  convener explain cases/orangi.toml start-small --at 1980 --format json > proof.json\n  convener verify proof.json cases/orangi.toml"
)]
pub(super) struct Arguments {
    /// The proof, as `convener explain --format json` writes it.
    proof: PathBuf,
    /// The case file that it is about.
    case: PathBuf,
}

/// Checks a proof.
pub(super) fn run(arguments: &Arguments, shared: &Shared) -> Result<Outcome, Failure> {
    let name = arguments.proof.display();
    let unreadable = |problem: String| Failure(format!("{name}: {problem}"));
    let proof = read(&read_text(&arguments.proof)?).map_err(unreadable)?;
    let mut loader = Loader::default();
    let Some(knowledge) = loader.knowledge_in_use(&shared.packs)? else {
        loader.report(shared);
        return Ok(Outcome::Refused);
    };
    let case = loader.case(&arguments.case, &knowledge)?;
    loader.report(shared);
    let Some(case) = case else {
        return Ok(Outcome::Refused);
    };
    same_packs(&proof.about.packs, &knowledge.packs).map_err(unreadable)?;
    let moment = moment(&proof.about, &case).map_err(unreadable)?;
    let mut facts = case::facts(&case, &knowledge.vocabulary, &moment, &proof.about.filter);
    if let Some(who) = &proof.about.believing {
        facts = facts.believing(who);
    }
    let proof = proof.resolve(&knowledge, &facts).map_err(unreadable)?;
    if let Err(flaw) = verify(&knowledge, &facts, &proof) {
        terminal::show_safe(&format!("step {} does not follow: {}\n", flaw.step, flaw.reason))?;
        return Ok(Outcome::Findings);
    }
    if proof.conclusions.is_empty() {
        terminal::show("it proves nothing: it has no conclusion\n")?;
        return Ok(Outcome::Findings);
    }
    let lines = proof.conclusions.iter().map(|step| verified(&knowledge, &facts, &proof, *step));
    terminal::show_safe(&lines.collect::<String>())?;
    Ok(Outcome::Done)
}

/// That the proof is of the packs in use.
fn same_packs(proof: &[PackName], used: &[PackName]) -> Result<(), String> {
    let list = |packs: &[PackName]| {
        let names = packs.iter().map(|pack| {
            format!("{} {} ({})", pack.id, pack.version, pack.hash.get(..12).unwrap_or(&pack.hash))
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let key = |pack: &PackName| (pack.id.clone(), pack.version.clone(), pack.hash.clone());
    if proof.iter().map(key).eq(used.iter().map(key)) {
        return Ok(());
    }
    Err(format!(
        "it is a proof of other packs: of {}, and {} in use here",
        list(proof),
        if used.len() == 1 { format!("{} is", list(used)) } else { format!("{} are", list(used)) }
    ))
}

/// The moment of the case that the proof is of.
fn moment(about: &About, case: &Case) -> Result<Moment, String> {
    if about.case != case.id {
        return Err(format!(
            "it is about the case `{}`, and this one is `{}`",
            about.case, case.id
        ));
    }
    let matches = |moment: &Moment| {
        let seen = moment.today.and_then(date_of_day).map(|date| date.to_string());
        seen == about.seen && moment.seen == about.events
    };
    let by_date = about.seen.as_ref().and_then(|seen| case.moment(seen).ok());
    let by_event = (0..=case.events.len()).map(|index| case.moment_of(index));
    by_event.chain(by_date).chain([case.start()]).find(matches).ok_or_else(|| {
        let seen = about.seen.as_deref().unwrap_or("no date");
        let events = terminal::counted(about.events, "event");
        format!("it looks at the case at {seen}, after {events}; the case has no such moment")
    })
}

/// `verified: RULE fires for SUBJECT, N steps`.
fn verified(kb: &KnowledgeBase, facts: &Facts, proof: &Proof, step: usize) -> String {
    let Some(Claim::Verdict(rule, subject, verdict)) =
        proof.steps.get(step).map(|step| &step.claim)
    else {
        return String::new();
    };
    let Some(rule) = kb.rules.get(rule.0) else { return String::new() };
    let ids = subject.iter().zip(&rule.variables).filter_map(|(row, variable)| {
        facts.rows(variable.entity).list.get(*row).map(|row| row.id.as_str())
    });
    let ids: Vec<&str> = ids.collect();
    let whom = if ids.is_empty() { String::new() } else { format!(" for {}", ids.join(", ")) };
    let does = match verdict {
        Verdict::Fires => "fires",
        Verdict::Provisional => "is provisional",
        Verdict::Contested => "is contested",
        Verdict::Open => "is open",
        Verdict::SetAside => "is set aside",
        Verdict::Silent => "is silent",
    };
    let steps = terminal::counted(proof.steps.len(), "step");
    format!("verified: {} {does}{whom}, {steps}\n", rule.name)
}
