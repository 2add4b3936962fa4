//! No hindsight: whatever a case says of later, and whatever came of it, nothing earlier changes. Later facts, events and
//! outcomes of every shipped case are poisoned, and the advice before them stays as it was, byte for byte.

use std::path::Path;

use convener::case::outcome::{Happened, Outcome, When};
use convener::case::{self, Case, Effect, Fact, Filter, Format, Moment};
use convener::diagnostic::Diagnostics;
use convener::engine::{Limits, Plan};
use convener::evaluate::{Evaluation, Settings, Trial, evaluate};
use convener::knowledge::{EntityKind, KnowledgeBase};
use convener::replay::{Span, replay};
use convener::source::SourceMap;
use tempfile::TempDir;

use crate::cli::{convener, text, write};
use crate::support::shipped;

/// The case with everything that its events say from one on turned into something else: other values of their facts, all
/// facts of the start unknown or otherwise, actions the other way, other titles.
pub(crate) fn poisoned(kb: &KnowledgeBase, case: &Case, from: usize) -> Case {
    let mut poisoned = case.clone();
    let base = case.base.facts.clone();
    for event in poisoned.events.iter_mut().skip(from) {
        "poison".clone_into(&mut event.title);
        let facts = event.statements.facts.iter().chain(&base).cloned();
        event.statements.facts = facts.map(|fact| other(kb, fact)).collect();
        for taken in &mut event.statements.actions {
            taken.taken = !taken.taken;
        }
    }
    poisoned
}

fn other(kb: &KnowledgeBase, fact: Fact) -> Fact {
    use convener::value::Possible;
    let everything = kb.vocabulary.everything(fact.target.kind(&kb.vocabulary));
    let flipped = match (everything, fact.effect) {
        (Possible::Choice(all), Effect::Set(Possible::Choice(some))) if all != some => {
            Possible::Choice(all & !some)
        }
        _ => everything,
    };
    Fact { effect: Effect::Set(flipped), ..fact }
}

/// All that a replay up to a moment shows.
fn shown(kb: &KnowledgeBase, plan: &Plan, case: &Case, to: Moment) -> String {
    let span = Span { to: Some(to), ..Span::default() };
    format!("{:#?}", replay((kb, plan), case, &span, Limits::default()).unwrap())
}

#[test]
fn poisoned_events_change_nothing_before_them() {
    let kb = shipped::pack(&mut SourceMap::default());
    let plan = Plan::new(&kb);
    let (mut points, mut bites) = (0, 0);
    for (case, _, _) in shipped::told(&kb) {
        for at in 0..case.events.len() {
            let bad = poisoned(&kb, &case, at + 1);
            let moment = case.moment_of(at);
            let facts = |case| case::facts(case, &kb.vocabulary, &moment, &Filter::default());
            assert_eq!(format!("{:?}", facts(&bad)), format!("{:?}", facts(&case)), "{}", case.id);
            if at % 2 == 0 {
                let (before, after) =
                    (shown(&kb, &plan, &case, moment), shown(&kb, &plan, &bad, moment));
                assert_eq!(before, after, "{} after its event {at}", case.id);
            }
            let end = case.end();
            let facts = |case| case::facts(case, &kb.vocabulary, &end, &Filter::default());
            bites += usize::from(format!("{:?}", facts(&bad)) != format!("{:?}", facts(&case)));
            points += 1;
        }
    }
    assert!(points > 50 && bites > points / 2, "{bites} of {points} poisons change the end");
}

#[test]
fn an_event_written_after_the_end_changes_nothing_before_it() {
    let kb = shipped::pack(&mut SourceMap::default());
    let plan = Plan::new(&kb);
    for (case, whole, _) in shipped::told(&kb) {
        let mut poison =
            String::from("\n[[event]]\nid = \"poison\"\nat = \"2090\"\ntitle = \"poison\"\n");
        for attribute in kb.vocabulary.attributes.iter().filter(|one| one.action.is_none()) {
            let entity = kb.vocabulary.entity(attribute.entity);
            if entity.kind == EntityKind::One && attribute.fixed.is_none() {
                poison.push_str(&format!("set.{}.{} = \"unknown\"\n", entity.name, attribute.name));
            }
        }
        let dated = case.events.iter().all(|event| event.day.is_some());
        let later = if dated { String::new() } else { poison.replace("at = \"2090\"\n", "") };
        let poison = match case.events.last() {
            Some(last) if !dated => {
                later.replacen("title", &format!("after = \"{}\"\ntitle", last.id), 1)
            }
            _ => poison,
        };
        let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
        let text = format!("{whole}{poison}");
        let source = sources.add("case.toml", text.as_str());
        let bad = case::read(source, &text, Format::Toml, &kb, &mut diagnostics);
        let bad =
            bad.unwrap_or_else(|| panic!("{}", crate::support::shown(&diagnostics, &sources)));
        assert_eq!(bad.events.len(), case.events.len() + 1);
        let to = case.moment_of(case.events.len().saturating_sub(1));
        let spans = |text: String| {
            text.lines()
                .filter(|line| !line.contains("source: SourceId"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        let (before, after) = (shown(&kb, &plan, &case, to), shown(&kb, &plan, &bad, to));
        assert_eq!(spans(before), spans(after), "{}", case.id);
    }
}

fn evaluated(kb: &KnowledgeBase, plan: &Plan, case: &Case, came_of: &Outcome) -> Evaluation {
    let trial = Trial {
        case,
        outcome: Some(came_of),
        filter: Filter::default(),
        hashes: [None, None],
        expected: false,
    };
    evaluate((kb, plan), &[trial], &Settings::default(), Limits::default()).unwrap()
}

#[test]
fn what_a_case_says_from_an_outcome_on_changes_no_verdict_on_it() {
    let kb = shipped::pack(&mut SourceMap::default());
    let plan = Plan::new(&kb);
    let (mut tried, mut warned) = (0, 0);
    for (case, _, came_of) in shipped::told(&kb) {
        let Some(came_of) = came_of else { continue };
        let held = evaluated(&kb, &plan, &case, &came_of);
        for (at, told) in came_of.risks.iter().enumerate() {
            if told.happened != Happened::Yes {
                continue;
            }
            let from = match told.told.at.unwrap() {
                When::Dated(period) => {
                    case.events.iter().position(|event| event.day >= Some(period.first))
                }
                When::Event(event) => Some(event),
            };
            let bad = poisoned(&kb, &case, from.unwrap_or(case.events.len()));
            let found = evaluated(&kb, &plan, &bad, &came_of);
            assert_eq!(found.risks[at], held.risks[at], "{}", case.id);
            tried += 1;
            warned += usize::from(held.risks[at].first.is_some());
        }
    }
    assert!(tried > warned && warned > 0, "{warned} of {tried} warned of");
}

#[test]
fn an_outcome_changes_nothing_that_is_said_of_its_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let folder = TempDir::new().unwrap();
    let whole = std::fs::read_to_string(root.join("orissa-biogas.toml")).unwrap();
    let path = write(&folder, "orissa-biogas.toml", whole);
    let runs = |path: &Path| {
        [
            convener(&["replay", text(path), "--format", "json"]).out,
            convener(&["advise", text(path), "--format", "json", "--all"]).out,
        ]
    };
    let alone = runs(&path);
    assert!(alone.iter().all(|out| out.len() > 1_000));
    let poison = "[outcome]\ncase = \"orissa-biogas\"\nobserved_until = \"2090\"\n[[risk]]\nid = \"collapse\"\nat = \"1982\"\nhappened = true\nnote = \"poison\"\n";
    write(&folder, "orissa-biogas.outcome.toml", poison);
    assert_eq!(convener(&["check", text(&path)]).code, 0, "the poison is read");
    assert_eq!(runs(&path), alone);
}
