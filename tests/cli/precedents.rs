//! `convener precedents` and the lines under advice, end to end.

use std::path::Path;

use tempfile::TempDir;

use super::{convener, text, write};

/// A case of today that shares the troubles of several past ones.
pub(crate) const LAKE: &str = r#"
[case]
id = "lake-fishers"
title = "Fishers and the lake authority"
[[party]]
id = "authority"
name = "the lake authority"
sector = ["state"]
key = true
oversees = true
new_head = true
[[party]]
id = "fishers"
name = "the fishers"
plural = true
sector = ["civil_society"]
key = true
organized = "low"
[[party]]
id = "ngo"
name = "the fisheries NGO"
sector = ["civil_society"]
key = true
contribution = "high"
delivers = "high"
[links]
authority.ngo = "one_person"
[[event]]
id = "quarrel"
at = "2025-05"
title = "The authority and the NGO quarrel"
set.partnership.stage = "implementation"
set.partnership.conflict = "high"
set.partnership.methods = []
"#;

fn lake() -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let case = write(&folder, "lake.toml", LAKE);
    let case = text(&case).to_owned();
    (folder, case)
}

fn words(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_case_of_today_finds_what_became_of_its_like() {
    let (_folder, case) = lake();
    let run = convener(&["precedents", &case]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let page = words(&run.out);
    assert!(page.contains("1. Biogas programme, Orissa, India (orissa-biogas), "));
    assert!(page.contains("A partner withdraws (the implementing NGO): it came true."), "{page}");
    let json = convener(&["precedents", &case, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["schema"], "convener.precedents/1");
    assert_eq!(json["precedents"][0]["id"], "orissa-biogas");
    let advice = convener(&["advise", &case]);
    let line = "As in Orissa, 1988: it came true in 1993 (so in 1 of 2 past cases). Appeals to state and nation brought no means to settle the conflict.";
    assert!(words(&advice.out).contains(line), "{}", advice.out);
    let whole = convener(&["advise", &case, "--all"]);
    let plain = convener(&["advise", &case, "--all", "--no-precedents"]);
    assert!(!plain.out.contains("As in"), "{}", plain.out);
    assert!(plain.out.lines().all(|line| whole.out.contains(line.trim())), "{}", whole.out);
}

#[test]
fn on_an_early_day_nothing_later_is_told() {
    let (folder, _) = lake();
    let early = write(&folder, "early.toml", LAKE.replace("2025-05", "1991-05"));
    let run = convener(&["precedents", text(&early), "--all", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let first = &json["precedents"][0];
    assert_eq!((&first["id"], &first["at"]), (&"orissa-biogas".into(), &"1989".into()));
    let came = first["came_of_it"].as_array().unwrap();
    assert!(came.iter().all(|came| came["risk"] != "partner-exit"), "it left in 1993: {came:?}");
    assert_eq!(first["done"][0]["action"], "name-mediator");
    assert_eq!(first["done"][0]["result"], "unknown");
    assert!(!run.out.contains("west-african-network\",\n      \"title"), "it begins in 1991-11");
}

#[test]
fn its_own_file_is_no_precedent_under_any_name() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let whole = std::fs::read_to_string(root.join("orissa-biogas.toml")).unwrap();
    let folder = TempDir::new().unwrap();
    let named = write(&folder, "draft.toml", &whole);
    let renamed = whole.replace("id = \"orissa-biogas\"", "id = \"our-biogas\"");
    let renamed = write(&folder, "draft-2.toml", renamed);
    let shipped = "cases/orissa-biogas.toml";
    for path in [shipped, text(&named), text(&renamed)] {
        let run = convener(&["precedents", path, "--at", "1990", "--all", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(json["archive"]["itself"], true, "{path}");
        let list = json["precedents"].as_array().unwrap();
        assert!(list.iter().all(|one| one["id"] != "orissa-biogas"), "{path}");
    }
}

#[test]
fn a_folder_of_ones_own_can_be_the_archive() {
    let (_folder, case) = lake();
    let archive = TempDir::new().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    for name in ["orissa-biogas.toml", "orissa-biogas.outcome.toml"] {
        write(&archive, name, std::fs::read(root.join(name)).unwrap());
    }
    let run = convener(&["precedents", &case, "--archive", text(archive.path())]);
    assert!(run.out.contains("PRECEDENTS: 1 of 1 past case had"), "{}", run.out);
    write(&archive, "orissa-biogas.outcome.toml", "[outcome]\ncase = \"orissa-biogas\"\nbad\n");
    for command in ["precedents", "advise"] {
        let run = convener(&[command, &case, "--archive", text(archive.path())]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("orissa-biogas.outcome.toml:3"), "{}", run.err);
    }
    let missing = convener(&["precedents", &case, "--archive", "no-such-folder"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("no-such-folder is no folder"), "{}", missing.err);
}

#[test]
fn a_rule_has_a_record() {
    let (_folder, case) = lake();
    let run = convener(&["precedents", &case, "--rule", "quarrel-without-help"]);
    let page = words(&run.out);
    assert!(
        page.contains(
            "spoke at 6 past points of 3 cases; the problem followed in 1 of the 2 that can be known."
        ),
        "{}",
        run.out
    );
    let explained = convener(&["explain", &case, "quarrel-without-help"]);
    let record = "RECORD over past cases, which are few and tell little record It spoke at 6 past points of 3 cases;";
    assert!(words(&explained.out).contains(record), "{}", explained.out);
    let brief = convener(&["explain", &case, "quarrel-without-help", "--detail", "brief"]);
    assert!(!brief.out.contains("RECORD"), "{}", brief.out);
    let wrong = convener(&["precedents", &case, "--rule", "quarrel-without-hel"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `quarrel-without-help`?"), "{}", wrong.err);
}

#[test]
fn other_rules_have_no_archive_unless_one_is_named() {
    let pack = TempDir::new().unwrap();
    write(
        &pack,
        "pack.toml",
        "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n",
    );
    write(
        &pack,
        "a.rules",
        "entity party \"a party\" { key yes_no }\nrisk r \"R\"\nrule a { for party p { p.key } warn r low \"{p}.\" }\n",
    );
    let folder = TempDir::new().unwrap();
    let case = write(&folder, "c.toml", "[case]\nid = \"c\"\n[[party]]\nid = \"x\"\nkey = true\n");
    let rules = ["--pack", text(pack.path())];
    let run = convener(&["precedents", text(&case), rules[0], rules[1]]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("name a folder of past cases: --archive DIR"), "{}", run.err);
    let advice = convener(&["advise", text(&case), rules[0], rules[1]]);
    assert_eq!((advice.code, advice.err.as_str()), (0, ""));
    let archive = TempDir::new().unwrap();
    let past = "[case]\nid = \"past\"\n[[party]]\nid = \"y\"\nkey = true\n";
    write(&archive, "past.toml", past);
    let run = convener(&[
        "precedents",
        text(&case),
        rules[0],
        rules[1],
        "--archive",
        text(archive.path()),
    ]);
    assert!(run.out.contains("1. past (past)"), "{}", run.out);
}
