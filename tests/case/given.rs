//! What an example in a rule file gives becomes facts as a case file's would.

use convener::case;
use convener::diagnostic::Diagnostics;
use convener::facts::{Evidence, Facts};
use convener::source::SourceMap;

use super::{cell, said};
use crate::support;

const EXAMPLE: &str = r#"
example "a board and those it serves" {
  at 1985
  given {
    party water_board { organized low or medium  sector { state } }
    party ngos { resources includes { money }  trusted says { ngos high  water_board low }  key unknown }
    issue { crisis yes }
    sector.market { affected at most low }
    credible(who ngos, to water_board) at least medium
    friends(a water_board, b ngos) yes
    did co-sponsor for water_board
    did not co-sponsor for ngos
    complete party
  }
  expect partnership.form is low or high
}
"#;

fn facts() -> Facts {
    let words = include_str!("../fixtures/case/vocabulary.rules");
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let compiled = support::compile(words, EXAMPLE, &mut sources, &mut diagnostics);
    let knowledge =
        compiled.unwrap_or_else(|| panic!("{}", support::shown(&diagnostics, &sources)));
    case::given(&knowledge.vocabulary, &knowledge.examples[0])
}

#[test]
fn an_example_gives_facts() {
    let facts = facts();
    for (path, expected) in [
        ("party.water_board.organized", "low|medium"),
        ("party.water_board.sector", "state -market -civil_society"),
        ("party.water_board.key", "no"),
        ("party.ngos.key", "no|yes"),
        ("party.ngos.resources", "money ?labour ?relationships"),
        ("party.ngos.trusted", "low|high"),
        ("issue.crisis", "yes"),
        ("sector.market.affected", "none|low"),
        ("sector.state.affected", "none|low|medium|high"),
        ("credible.ngos.water_board", "medium|high"),
        ("friends.ngos.water_board", "yes"),
        ("case.co-sponsor", "yes"),
        ("party.water_board.co-sponsor", "yes"),
        ("party.ngos.co-sponsor", "no"),
    ] {
        assert_eq!(said(&facts, path), expected, "{path}");
    }
}

#[test]
fn an_example_names_its_rows_its_speakers_and_its_day() {
    let facts = facts();
    let party = super::vocabulary::vocabulary().find_entity("party").unwrap();
    let rows = facts.rows(party);
    let names: Vec<&str> = rows.list.iter().map(|row| row.name.as_str()).collect();
    assert_eq!((names, rows.complete), (vec!["ngos", "water board"], true));
    assert_eq!(facts.speakers().into_iter().collect::<Vec<_>>(), ["ngos", "water_board"]);
    assert_eq!(said(&facts.believing("ngos"), "party.ngos.trusted"), "high");
    assert!(!cell(&facts, "party.ngos.key").is_stated());
    assert_eq!(cell(&facts, "issue.crisis").record.unwrap().evidence, Evidence::Documented);
    let today = convener::value::date_of_day(facts.today.unwrap()).unwrap();
    assert_eq!(today.to_string(), "1985-12-31");
}
