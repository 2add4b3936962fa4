//! Advice from a part of what a case says: of some sources, or founded well enough.

use convener::case::{self, Case, Filter, LeftOut};
use convener::facts::{Evidence, Facts};

use super::{cell, good, said, vocabulary};

const CASE: &str = r#"
[case]
id = "water"
source = "guide"
complete = ["party"]

[sources]
guide = { title = "The guide" }
talks = { title = "Talks", evidence = "reported" }
guess = { title = "A guess", evidence = "assumed" }

[[party]]
id = "ministry"
key = { is = true, source = "talks" }
organized = "low"
resources = ["money"]

[[party]]
id = "ngos"
source = "talks"
organized = { is = "high", source = "guide" }

[[party]]
id = "unicef"
source = "guess"
key = true

[credible]
unicef.ministry = { is = "high", source = "guess" }

[issue]
crisis = { says = { ministry = true, talks = false, guess = false } }

[[event]]
id = "start"
at = "1985"
source = "talks"
set.party.ministry.organized = "medium"
add.party.ministry.resources = ["labour"]
did = ["co-sponsor"]
"#;

fn water() -> Case {
    good(CASE)
}

fn filter(sources: &[&str], evidence: Option<Evidence>) -> Filter {
    let sources: Vec<String> = sources.iter().map(|&id| id.to_owned()).collect();
    water().filter(&sources, evidence).unwrap()
}

fn from(sources: &[&str], evidence: Option<Evidence>) -> Facts {
    let case = water();
    case::facts(&case, vocabulary::vocabulary(), &case.end(), &filter(sources, evidence))
}

fn left_out(sources: &[&str], evidence: Option<Evidence>) -> LeftOut {
    let case = water();
    filter(sources, evidence).left_out(&case, vocabulary::vocabulary(), &case.end())
}

fn parties(facts: &Facts) -> Vec<&str> {
    let party = vocabulary::vocabulary().find_entity("party").unwrap();
    facts.rows(party).list.iter().map(|row| row.id.as_str()).collect()
}

fn is_complete(facts: &Facts) -> bool {
    facts.rows(vocabulary::vocabulary().find_entity("party").unwrap()).complete
}

#[test]
fn without_a_filter_everything_counts() {
    let case = water();
    let all = case::facts(&case, vocabulary::vocabulary(), &case.end(), &Filter::default());
    let assumed = from(&[], Some(Evidence::Assumed));
    let every_source = from(&["guide", "talks", "guess"], None);
    assert_eq!((&all.cells, &all.ties), (&every_source.cells, &every_source.ties));
    assert!(is_complete(&every_source));
    assert_eq!(all.cells, assumed.cells);
    assert_eq!(parties(&all), ["ministry", "ngos", "unicef"]);
    assert!(is_complete(&all));
    assert_eq!(left_out(&[], None), LeftOut { of: 10, ..LeftOut::default() });
}

#[test]
fn what_is_left_out_was_never_said() {
    let facts = from(&["guide"], None);
    // The default holds again; what the event changed may no longer be as it was.
    assert_eq!(said(&facts, "party.ministry.key"), "no");
    assert!(cell(&facts, "party.ministry.key").record.is_none());
    assert_eq!(said(&facts, "party.ministry.organized"), "none|low|medium|high");
    assert!(cell(&facts, "party.ministry.organized").record.is_none());
    assert_eq!(said(&facts, "party.ministry.resources"), "money ?labour -relationships");
    assert_eq!(said(&facts, "case.co-sponsor"), "no|yes");
    let talks = from(&["talks"], None);
    assert_eq!(said(&talks, "party.ministry.organized"), "medium");
    assert_eq!(said(&talks, "party.ministry.resources"), "?money labour ?relationships");
    assert_eq!(said(&talks, "case.co-sponsor"), "yes");
}

#[test]
fn a_party_is_there_where_anything_that_counts_tells_of_it() {
    // The row of the NGOs is told of by the talks, but the guide says something of them.
    let guide = from(&["guide"], None);
    assert_eq!(parties(&guide), ["ministry", "ngos"]);
    assert!(!is_complete(&guide), "somebody is left out");
    // The talks do not list the parties, so nobody says that the list is complete.
    let talks = from(&["talks"], None);
    assert_eq!(parties(&talks), ["ministry", "ngos"]);
    assert!(!is_complete(&talks));
    // A relation tells of both.
    let guess = from(&["guess"], None);
    assert_eq!(parties(&guess), ["ministry", "unicef"]);
}

#[test]
fn evidence_is_a_least() {
    let reported = from(&[], Some(Evidence::Reported));
    assert_eq!(parties(&reported), ["ministry", "ngos"]);
    assert_eq!(said(&reported, "party.ministry.key"), "yes");
    let documented = from(&[], Some(Evidence::Documented));
    assert_eq!(said(&documented, "party.ministry.key"), "no");
    assert_eq!(said(&documented, "party.ngos.organized"), "high");
}

#[test]
fn in_a_dispute_the_voices_that_count_remain() {
    let voices = |facts: &Facts| -> Vec<String> {
        let record = cell(facts, "issue.crisis").record.unwrap();
        record.says.iter().map(|(who, _)| who.clone()).collect()
    };
    // What a party says is told by the fact's own source, here the guide.
    let guide = from(&["guide"], None);
    assert_eq!(
        (voices(&guide), said(&guide, "issue.crisis")),
        (vec!["ministry".into()], "yes".into())
    );
    let talks = from(&["talks"], None);
    assert_eq!((voices(&talks), said(&talks, "issue.crisis")), (vec!["talks".into()], "no".into()));
    let record = cell(&talks, "issue.crisis").record.unwrap();
    assert_eq!((record.source.as_deref(), record.evidence), (Some("talks"), Evidence::Reported));
    let reported = from(&[], Some(Evidence::Reported));
    assert_eq!(voices(&reported), ["ministry", "talks"]);
    assert_eq!(said(&reported, "issue.crisis"), "no|yes");
    assert_eq!(cell(&reported, "issue.crisis").record.unwrap().evidence, Evidence::Reported);
}

#[test]
fn what_is_left_out_is_counted() {
    assert_eq!(left_out(&["guide"], None), LeftOut { facts: 6, of: 10, voices: 2, rows: 1 });
    assert_eq!(
        left_out(&[], Some(Evidence::Reported)),
        LeftOut { facts: 2, of: 10, voices: 1, rows: 1 }
    );
}

#[test]
fn an_unknown_source_names_the_nearest_and_all() {
    let problem = |case: &Case| case.filter(&["talk".to_owned()], None).unwrap_err();
    assert_eq!(
        problem(&water()),
        "the case lists no source `talk`; did you mean `talks`?\nhelp: it lists `guess`, `guide` and `talks`"
    );
    let without = good("[case]\nid = \"water\"\n");
    assert_eq!(problem(&without), "the case lists no source `talk`, nor any other");
}
