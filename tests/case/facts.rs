//! What each form of a value makes of a fact.

use convener::facts::Evidence;

use super::{at, cell, said};

const HEAD: &str = r#"
[case]
id = "water"
title = "Water"
source = "study"
[sources]
study = { title = "A study" }
talk = { title = "A talk", evidence = "reported" }
[[party]]
id = "ministry"
[[party]]
id = "ngos"
plural = true
name = "The NGOs"
"#;

#[track_caller]
fn check(line: &str, path: &str, expected: &str) {
    let facts = at(&format!("{HEAD}{line}\n"), "");
    assert_eq!(said(&facts, path), expected, "{line}");
}

#[test]
fn plain_values() {
    check("key = true", "party.ngos.key", "yes");
    check("key = false", "party.ngos.key", "no");
    check("key = \"yes\"", "party.ngos.key", "yes");
    check("organized = \"low\"", "party.ngos.organized", "low");
    check("members = 12", "party.ngos.members", "12000000..12000000");
    check("members = -0.25", "party.ngos.members", "-250000..-250000");
    check("sector = [\"state\", \"market\"]", "party.ngos.sector", "state market -civil_society");
    check("sector = []", "party.ngos.sector", "-state -market -civil_society");
    check("joined = 1985-06-30", "party.ngos.joined", "1985-06-30..1985-06-30");
    check("joined = \"1985-02\"", "party.ngos.joined", "1985-02-01..1985-02-28");
    check("joined = \"1985\"", "party.ngos.joined", "1985-01-01..1985-12-31");
    check("joined = 1985", "party.ngos.joined", "1985-01-01..1985-12-31");
}

#[test]
fn bounds_and_their_combinations() {
    check("organized = { is = \"low\" }", "party.ngos.organized", "low");
    check("organized = { one_of = [\"low\", \"high\"] }", "party.ngos.organized", "low|high");
    check("organized = { at_least = \"medium\" }", "party.ngos.organized", "medium|high");
    check("organized = { above = \"medium\" }", "party.ngos.organized", "high");
    check("organized = { at_most = \"low\" }", "party.ngos.organized", "none|low");
    check("organized = { below = \"low\" }", "party.ngos.organized", "none");
    let both = "organized = { at_least = \"low\", below = \"high\" }";
    check(both, "party.ngos.organized", "low|medium");
    check("members = { at_least = 3, below = 5 }", "party.ngos.members", "3000000..4999999");
    check("members = { above = 3 }", "party.ngos.members", "3000001..");
    check("members = { one_of = [3, 7] }", "party.ngos.members", "3000000..7000000");
    check("joined = { above = \"1985\" }", "party.ngos.joined", "1986-01-01..");
    check("joined = { at_least = \"1985\" }", "party.ngos.joined", "1985-01-01..");
    check("joined = { below = \"1985-06\" }", "party.ngos.joined", "..1985-05-31");
    check("joined = { at_most = \"1985\" }", "party.ngos.joined", "..1985-12-31");
    let part = "resources = { includes = [\"money\"], excludes = [\"labour\"] }";
    check(part, "party.ngos.resources", "money -labour ?relationships");
    let open = "resources = { includes = [\"money\"] }";
    check(open, "party.ngos.resources", "money ?labour ?relationships");
    check(
        "[issue]\noutlook = { one_of = [\"state\", \"market\"] }",
        "issue.outlook",
        "state|market",
    );
}

#[test]
fn what_is_not_said_keeps_its_default() {
    check("", "party.ngos.key", "no");
    check("", "party.ngos.organized", "none|low|medium|high");
    check("", "party.ngos.weaknesses", "-inertia -founder");
    check("", "friends.ngos.ministry", "no");
    let facts = at(HEAD, "");
    assert!(cell(&facts, "party.ngos.key").record.is_none());
    assert_eq!(facts.today, None);
}

#[test]
fn asked_and_nobody_knows_cancels_a_default() {
    for line in ["key = \"unknown\"", "key = { is = \"unknown\", note = \"asked twice\" }"] {
        let facts = at(&format!("{HEAD}{line}\n"), "");
        assert_eq!(said(&facts, "party.ngos.key"), "no|yes");
        let cell = cell(&facts, "party.ngos.key");
        assert!(!cell.is_stated());
        assert!(cell.record.unwrap().unknown);
    }
    check("weaknesses = \"unknown\"", "party.ngos.weaknesses", "?inertia ?founder");
    let partly = "organized = { is = \"unknown\", at_most = \"low\" }";
    assert!(cell(&at(&format!("{HEAD}{partly}\n"), ""), "party.ngos.organized").is_stated());
}

#[test]
fn a_dispute_leaves_all_that_is_said_possible() {
    let line = "trusted = { says = { ngos = \"high\", talk = \"low\", ministry = { at_most = \"low\" } } }";
    let facts = at(&format!("{HEAD}{line}\n"), "");
    assert_eq!(said(&facts, "party.ngos.trusted"), "none|low|high");
    assert_eq!(facts.speakers().into_iter().collect::<Vec<_>>(), ["ministry", "ngos", "talk"]);
    assert_eq!(said(&facts.believing("ngos"), "party.ngos.trusted"), "high");
    assert_eq!(said(&facts.believing("ministry"), "party.ngos.trusted"), "none|low");
}

#[test]
fn a_fact_knows_its_source_evidence_and_note() {
    let lines = "key = true\norganized = { is = \"low\", source = \"talk\", note = \"weak\" }\n\
                 trusted = { is = \"low\", evidence = \"assumed\" }\n";
    let facts = at(&format!("{HEAD}{lines}"), "");
    let record = |path: &str| *cell(&facts, path).record.unwrap();
    assert_eq!(record("party.ngos.key").source.as_deref(), Some("study"));
    assert_eq!(record("party.ngos.key").evidence, Evidence::Documented);
    assert_eq!(record("party.ngos.organized").source.as_deref(), Some("talk"));
    assert_eq!(record("party.ngos.organized").evidence, Evidence::Reported);
    assert_eq!(record("party.ngos.organized").note.as_deref(), Some("weak"));
    assert_eq!(record("party.ngos.trusted").evidence, Evidence::Assumed);
    let text = "[case]\nid = \"w\"\n[issue]\ncrisis = true\n";
    let bare = at(text, "");
    let record = *cell(&bare, "issue.crisis").record.unwrap();
    assert_eq!((record.source, record.evidence), (None, Evidence::Reported));
    let span = record.span;
    assert_eq!(&text[span.start as usize..span.end as usize], "crisis = true");
}

#[test]
fn relations_and_members() {
    check("[credible]\nngos.ministry = \"high\"", "credible.ngos.ministry", "high");
    check("[credible]\nngos.ministry = \"high\"", "credible.ministry.ngos", "none|low|medium|high");
    check("[friends]\nngos.ministry = true", "friends.ministry.ngos", "yes");
    check("[sector.market]\naffected = \"low\"", "sector.market.affected", "low");
    check("[partnership]\nform = \"low\"", "partnership.form", "low");
    let facts = at(HEAD, "");
    assert_eq!(said(&facts, "weakness.inertia.typical"), "state");
}

#[test]
fn rows_have_names_and_may_be_complete() {
    let facts = at(&HEAD.replacen("title = ", "complete = [\"party\"]\ntitle = ", 1), "");
    let party = super::vocabulary::vocabulary().find_entity("party").unwrap();
    let rows = facts.rows(party);
    assert!(rows.complete);
    let names: Vec<_> = rows.list.iter().map(|row| (&*row.id, &*row.name, row.plural)).collect();
    assert_eq!(names, [("ministry", "ministry", false), ("ngos", "The NGOs", true)]);
    assert!(!at(HEAD, "").rows(party).complete);
}

#[test]
fn actions_are_done_at_all_and_for_rows() {
    let with = |line: &str| at(&HEAD.replacen("title = ", &format!("{line}\ntitle = "), 1), "");
    let path = ["case.co-sponsor", "party.ngos.co-sponsor", "party.ministry.co-sponsor"];
    let all = |line: &str| path.map(|path| said(&with(line), path)).join(" ");
    assert_eq!(all(""), "no|yes no|yes no|yes");
    assert_eq!(all("did = [\"co-sponsor\"]"), "yes yes yes");
    assert_eq!(all("did_not = [\"co-sponsor\"]"), "no no no");
    let one = "[{ action = \"co-sponsor\", for = \"ngos\" }]";
    assert_eq!(all(&format!("did = {one}")), "yes yes no|yes");
    assert_eq!(all(&format!("did_not = {one}")), "no|yes no no|yes");
    let other = "did_not = [{ action = \"co-sponsor\", for = \"ministry\" }]";
    assert_eq!(all(&format!("did = {one}\n{other}")), "yes yes no");
}

#[test]
fn passages_are_kept_beside_the_facts_with_their_places() {
    let text = "[case]\nid = \"water\"\ncites = [\"s1.b\", \"s1.a\"]\n[[party]]\nid = \"ngos\"\ncites = [\"pit.a\"]\n[[event]]\nid = \"start\"\nat = \"1985\"\ncites = [\"s1.a\"]\n";
    let case = super::good(text);
    let cited = case.cites.iter().map(|cited| {
        assert_eq!(
            text[cited.span.start as usize..cited.span.end as usize],
            format!("{:?}", cited.id)
        );
        cited.id.as_str()
    });
    assert_eq!(cited.collect::<Vec<_>>(), ["s1.b", "s1.a", "pit.a", "s1.a"]);
}
