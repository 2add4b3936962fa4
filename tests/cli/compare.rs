//! `convener compare`: two codings of one case, end to end.

use tempfile::TempDir;

use super::{convener, text, write};
use crate::support::timeline;

/// Two folders with a coding each, and a pack: the folder, the pack's path, the paths of both codings.
fn codings(second: &str) -> (TempDir, String, [String; 2]) {
    let folder = TempDir::new().unwrap();
    for name in ["pack", "one", "two"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let manifest = "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n[sources.guide]\ntitle = \"G\"\n[sources.guide.passages]\n\"s1.a\" = \"A, 1\"\n\"pit.a\" = \"B, 1\"\n\"pit.b\" = \"B, 2\"\n";
    write(&folder, "pack/pack.toml", manifest);
    write(&folder, "pack/a.rules", timeline::RULES);
    let one = write(&folder, "one/well.toml", timeline::CASE);
    write(&folder, "one/well.outcome.toml", timeline::OUTCOME);
    let two = write(&folder, "two/well.toml", second);
    let pack = text(&folder.path().join("pack")).to_owned();
    let paths = [text(&one).to_owned(), text(&two).to_owned()];
    (folder, pack, paths)
}

/// The case as somebody else might have coded it.
fn otherwise() -> String {
    let case = timeline::CASE
        .replace("weak = true", "weak = false\nkey = true")
        .replace("set.party.bank.angry = true\n", "")
        .replace(
            "set.partnership.conflict = \"high\"",
            "set.partnership.conflict = \"high\"\nset.party.bank.angry = true",
        );
    assert_ne!(case, timeline::CASE);
    case + "[[party]]\nid = \"donor\"\nname = \"the donor\"\nsector = \"market\"\n"
}

fn compare(arguments: &[&str], second: &str) -> String {
    let (folder, pack, [one, two]) = codings(second);
    let mut all = vec!["compare", one.as_str(), two.as_str(), "--pack", pack.as_str()];
    all.extend(arguments);
    let run = convener(&all);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    run.out.replace(text(folder.path()), "")
}

#[test]
fn what_two_people_make_of_a_case_is_compared() {
    insta::assert_snapshot!("text", compare(&[], &otherwise()));
    insta::assert_snapshot!("markdown", compare(&["--format", "markdown"], &otherwise()));
}

#[test]
fn the_json_holds_it_all() {
    let out = compare(&["--format", "json"], &otherwise());
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["schema"], "convener.coding/1");
    let saying = |path: &str| {
        let facts = json["facts"].as_array().unwrap();
        facts.iter().find(|fact| fact["path"] == path).map(|fact| fact["saying"].clone())
    };
    assert_eq!(saying("party.users.weak"), Some("differently".into()));
    assert_eq!(saying("party.bank.angry"), Some("differently".into()), "angry one year later");
    assert_eq!(saying("party.users.key"), Some("only_second".into()));
    assert_eq!(saying("partnership.conflict"), Some("same".into()));
    assert_eq!(json["only_rows"][1][0], "party.donor");
    let no_voice = json["warnings"].as_array().unwrap().iter().find(|it| it["id"] == "no-voice");
    let no_voice = no_voice.unwrap();
    assert_eq!(no_voice["only"][1].as_array().unwrap().len(), 0);
    assert_eq!(no_voice["because"], serde_json::json!(["party.users.key", "party.users.weak"]));
    let verdicts = json["verdicts"].as_array().unwrap();
    assert!(verdicts.iter().any(|it| it["first"] == "false alarm"), "{verdicts:?}");
}

#[test]
fn the_same_coding_agrees_with_itself() {
    let out = compare(&[], timeline::CASE);
    for wanted in ["WARNINGS: the same by both", "VERDICTS: the same by both"] {
        assert!(out.contains(wanted), "{out}");
    }
    assert!(!out.contains("OTHERWISE") && !out.contains("ONLY THE"), "{out}");
}

#[test]
fn every_event_is_compared_also_where_nothing_dates_it() {
    let undated = "[case]\nid = \"well\"\n[[party]]\nid = \"users\"\nweak = true\n[[event]]\nid = \"a\"\ntitle = \"A\"\nafter = \"b\"\nset.party.users.weak = false\n[[event]]\nid = \"b\"\ntitle = \"B\"\nset.party.users.angry = true\n[[event]]\nid = \"c\"\ntitle = \"C\"\nafter = \"a\"\nset.party.users.angry = false\n";
    let (folder, pack, _) = codings(undated);
    let one = write(&folder, "one/lake.toml", undated);
    let other = undated.replace("set.party.users.angry = true", "set.party.users.angry = false");
    let two = write(&folder, "two/lake.toml", other);
    let run = convener(&["compare", text(&one), text(&two), "--pack", &pack, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["moments"], serde_json::json!(["b", "a", "c"]), "{}", run.err);
    assert_eq!((&json["agreement"]["of"], &json["agreement"]["all"]), (&1.into(), &2.into()));
    assert_eq!(json["warnings"][0]["only"][0], serde_json::json!([0, 1]));
    assert_eq!(json["verdicts"], serde_json::Value::Null);
}

#[test]
fn what_a_set_excludes_is_said_too() {
    let folder = TempDir::new().unwrap();
    let case = |name: &str, carries: &str| {
        let text = format!(
            "[case]\nid = \"y\"\n[[party]]\nid = \"ministry\"\nsector = [\"state\"]\ncarries = {carries}\n"
        );
        text_of(&write(&folder, name, text))
    };
    let one = case("one.toml", "{ includes = [\"delivery\"], excludes = [\"reaching_people\"] }");
    let two = case("two.toml", "{ includes = [\"delivery\"] }");
    let run = convener(&["compare", &one, &two]);
    let words = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("OTHERWISE") && words.contains("; not getting"), "{}", run.out);
    assert!(words.contains("VERDICTS: not compared"), "{}", run.out);
}

fn text_of(path: &std::path::Path) -> String {
    text(path).to_owned()
}

#[test]
fn a_coding_that_cannot_be_read_is_refused() {
    let (_folder, pack, [one, two]) = codings("[case]\nid = \"well\"\ntitl = \"x\"\n");
    let run = convener(&["compare", &one, &two, "--pack", &pack]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("title"), "{}", run.err);
}
