//! What is shown of silence and of repairs: on a small pack word for word, on shipped cases that it holds together.

use convener::engine::Plan;
use convener::proof::View;
use convener::proof::repair::{Effort, repairs};
use convener::proof::why_not::status;
use convener::source::SourceMap;
use tempfile::TempDir;

use super::{goal, infer, matters, status_after};
use crate::cli::{convener, text, write};
use crate::support::shipped;

const PACK: &str = r#"
scale level { none low medium high }
enum sector { state "government" market "business" }
entity party "a party" {
  sector     set of sector  "Which sector does {self} belong to?"  never changes
  key        yes_no  default no  "Is {self} needed?"
  convenes   yes_no  default no  "Does {self} call the meeting?"  changes by acting
  organized  level  "How well is {self} organized?"  changes by acting
  trusted    level  "How far is {self} trusted?"
}
one issue "the issue" {
  crisis  yes_no  "Is it a crisis?"
}
relation credible(party who, party to) level "How credible is {who} in the eyes of {to}?"
risk boycott "Key parties stay away"
action organize "Help them organize"
define weak(party p) {
  "is too weak to speak as one"
  when { p.organized at most low }
}
rule convener-not-credible {
  for     party p { p.key }
  when    { some other party c { c.convenes  credible(who c, to p) below medium } }
  unless  { issue.crisis }
  warn    boycott critical "{p} does not trust {c}."
}
rule weak-side {
  for        party p { p.key }
  when       { weak(p) }
  recommend  organize medium "Help {p} to choose who speaks."
}
rule firms-alone {
  when  { every party p { p.sector includes market } }
  warn  boycott low "Only firms take part."
}
rule crisis-first {
  overrides  weak-side
  for        party p { p.key }
  when       { issue.crisis }
  encourage  "{p} comes in any case."
}
"#;

const CASE: &str = r#"
[case]
id = "water"
title = "Water for all"

[[party]]
id = "donor"
convenes = true
organized = "high"
sector = ["market"]

[[party]]
id = "office"
key = true
organized = { says = { donor = "low", users = "high" } }
sector = ["state"]

[[party]]
id = "users"
key = true
organized = "high"

[credible]
donor.office = "medium"
donor.users = { one_of = ["low", "medium"] }
"#;

/// A folder with the small pack and case.
fn small() -> TempDir {
    let folder = TempDir::new().unwrap();
    let manifest = "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n";
    write(&folder, "pack.toml", manifest);
    write(&folder, "a.rules", PACK);
    let cases = folder.path().join("cases");
    std::fs::create_dir(&cases).unwrap();
    std::fs::write(cases.join("water.toml"), CASE).unwrap();
    folder
}

/// What a run prints, with the folder's name taken out.
fn screen(folder: &TempDir, arguments: &[&str]) -> String {
    let case = folder.path().join("cases/water.toml");
    let mut all = vec!["explain", text(&case), "--pack", text(folder.path())];
    all.extend(arguments);
    let run = convener(&all);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
    run.out.replace(text(folder.path()), "FOLDER")
}

#[test]
fn the_screens_of_a_small_pack() {
    let folder = small();
    let markdown = ["--format", "markdown"];
    let with = |arguments: &[&'static str]| -> String {
        screen(&folder, &[arguments, &markdown].concat())
    };
    let screens = [
        with(&["--why-not", "convener-not-credible"]),
        with(&["office", "--why-not", "weak-side"]),
        with(&["--why-not", "firms-alone"]),
        with(&["--silent"]),
    ];
    insta::assert_snapshot!("small_screens", screens.join("\n======\n"));
    let json = screen(&folder, &["--why-not", "convener-not-credible", "--format", "json"]);
    let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
    value["packs"] = serde_json::Value::Null;
    insta::assert_snapshot!("small_json", serde_json::to_string_pretty(&value).unwrap());
}

#[test]
fn a_terminal_shows_the_same_within_its_width() {
    let folder = small();
    let text = screen(&folder, &["office", "--why-not", "convener-not-credible"]);
    for words in ["THE RULE", "holds", "fails", "WHAT WOULD MAKE IT FIRE", "WHERE THE RULE STANDS"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    // The folder's name is as long as chance has it.
    let other = |line: &&str| !line.contains("FOLDER");
    assert!(text.lines().filter(other).all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn what_fires_is_said_to_fire_and_is_cleared() {
    let folder = small();
    let case = CASE.replace("donor.office = \"medium\"", "donor.office = \"low\"");
    let case = format!("{case}\n[issue]\ncrisis = false\n");
    std::fs::write(folder.path().join("cases/water.toml"), case).unwrap();
    let fires = screen(&folder, &["office", "--why-not", "convener-not-credible"]);
    assert!(fires.contains("It fires for office"), "{fires}");
    assert!(!fires.contains("WHAT WOULD"), "{fires}");
    let json = screen(&folder, &["--clear", "convener-not-credible", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["repairs"]["goal"], "clear");
    let first = &value["repairs"]["list"][0];
    assert_eq!(first["by_acting"], true, "{json}");
    assert_eq!(first["steps"][0]["fact"], "party.donor.convenes");
    assert_eq!(first["steps"][0]["to"], "no");
}

#[test]
fn on_shipped_cases_repairs_do_what_they_say() {
    let mut sources = SourceMap::default();
    let kb = shipped::pack(&mut sources);
    let plan = Plan::new(&kb);
    let mut count = 0;
    for name in ["bangladesh-immunization", "orangi"] {
        let facts = shipped::moments(&kb, name, &mut sources).pop().unwrap();
        let model = infer(&plan, &facts);
        let view = View { kb: &kb, facts: &facts, model: &model };
        for matter in matters(view).into_iter().step_by(7) {
            let goal = goal(status(view, matter.0, &matter.1));
            let found =
                repairs(view, &plan, (matter.0, &matter.1), goal, Effort::default()).unwrap();
            assert!(found.tried <= 3_400, "{} variants", found.tried);
            for repair in found.list.iter().take(3) {
                let after = status_after((&kb, &plan), &facts, &matter, &repair.changes());
                assert!(goal.is_met(after), "{}", kb.rules[matter.0.0].name);
                count += 1;
            }
        }
    }
    assert!(count > 20, "only {count} repairs were found");
}
