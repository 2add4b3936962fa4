//! `convener replay` and `convener evaluate`, end to end.

use tempfile::TempDir;

use super::{convener, text, write};
use crate::support::timeline;

/// A folder with a pack and a case with its outcome: the folder, the pack's path, the case's path.
fn small() -> (TempDir, String, String) {
    let folder = TempDir::new().unwrap();
    for name in ["pack", "cases"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let manifest = "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n[sources.guide]\ntitle = \"G\"\n[sources.guide.passages]\n\"s1.a\" = \"A, 1\"\n\"pit.a\" = \"B, 1\"\n\"pit.b\" = \"B, 2\"\n";
    write(&folder, "pack/pack.toml", manifest);
    write(&folder, "pack/a.rules", timeline::RULES);
    let case = write(&folder, "cases/well.toml", timeline::CASE);
    write(&folder, "cases/well.outcome.toml", timeline::OUTCOME);
    let pack = text(&folder.path().join("pack")).to_owned();
    let case = text(&case).to_owned();
    (folder, pack, case)
}

#[test]
fn a_replay_tells_the_story_in_every_form() {
    let (_folder, pack, case) = small();
    let run = |rest: &[&str]| {
        let mut arguments = vec!["replay", case.as_str(), "--pack", pack.as_str()];
        arguments.extend(rest);
        let run = convener(&arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{rest:?}");
        run.out
    };
    let story = run(&[]);
    assert!(story.contains("1984: They quarrel <loudly>"), "{story}");
    assert!(!story.contains("\n1983: "), "nothing happens in a year without a change: {story}");
    assert!(run(&["--format", "markdown"]).contains("## 1984: They quarrel &lt;loudly&gt;"));
    assert!(run(&["--format", "html"]).contains("<svg "));
    let json: serde_json::Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    assert_eq!(
        (&json["schema"], &json["points"][0]["change"]),
        (&"convener.replay/1".into(), &serde_json::Value::Null)
    );
    let firm = run(&["--evidence", "documented"]);
    assert!(firm.contains("Only documented facts: 2 of 13 left out."), "{firm}");
    let taken_back = "(weak-side users) now open, because party.users.weak: yes → not";
    assert!(firm.contains(taken_back), "only talks tell of the change: {firm}");
    let between = run(&["--between", "1984", "1985"]);
    assert!(between.contains("WORSE: 1") && between.contains("NEW: 1"), "{between}");
    let late = run(&["--from", "1985", "--risk", "exit"]);
    assert!(!late.contains("tired") && late.contains("1986-07-01"), "{late}");
}

#[test]
fn what_held_before_the_first_event_is_told_where_it_goes_with_it() {
    let (folder, pack, _) = small();
    let case = |event: &str| {
        let text = format!(
            "[case]\nid = \"well\"\n[[party]]\nid = \"users\"\nname = \"the users\"\nweak = true\n{event}"
        );
        write(&folder, "cases/well.toml", text)
    };
    let replay = |event: &str| convener(&["replay", text(&case(event)), "--pack", &pack]).out;
    let event = "[[event]]\nid = \"organize\"\nat = \"1982\"\ntitle = \"They organize\"\n";
    let mended = replay(&format!("{event}set.party.users.weak = false\n"));
    assert!(mended.contains("\nat the start\n"), "{mended}");
    assert!(mended.contains("(no-voice) from the start until 1982"), "{mended}");
    let kept = replay(event);
    assert!(!kept.contains("at the start") && kept.contains("(no-voice) from 1982 on"), "{kept}");
    let none = replay("");
    assert!(none.contains("\nat the start\n"), "{none}");
    let later = format!(
        "{event}[[event]]\nid = \"meet\"\nafter = \"organize\"\ntitle = \"They meet\"\nset.party.users.weak = false\n"
    );
    assert!(replay(&later).contains("1982 or later: They meet"));
}

#[test]
fn what_cannot_be_replayed_is_said() {
    let (_folder, pack, case) = small();
    for (rest, wanted) in [
        (&["--between", "1985", "1984"][..], "--between: 1984 lies before 1985"),
        (
            &["--rule", "weak-sid"][..],
            "--rule: the packs have no rule `weak-sid`\nhelp: did you mean `weak-side`?",
        ),
        (
            &["--risk", "exits"],
            "--risk: the packs have no risk `exits`\nhelp: did you mean `exit`?",
        ),
        (&["--from", "1985", "--to", "1981"], "--to lies before --from"),
        (&["--between", "1981", "never"], "--between: `never` is neither a date nor an event"),
        (&["--source", "studi"], "--source: the case lists no source `studi`"),
    ] {
        let mut arguments = vec!["replay", case.as_str(), "--pack", pack.as_str()];
        arguments.extend(rest);
        let run = convener(&arguments);
        assert_eq!(run.code, 2);
        assert!(run.err.contains(wanted), "{}", run.err);
    }
}

#[test]
fn an_evaluation_pins_what_it_evaluated() {
    let (folder, pack, case) = small();
    let cases = text(&folder.path().join("cases")).to_owned();
    let run = |rest: &[&str]| {
        let mut arguments = vec!["evaluate", cases.as_str(), "--pack", pack.as_str()];
        arguments.extend(rest);
        convener(&arguments)
    };
    let json = |rest: &[&str]| -> serde_json::Value {
        let mut all = vec!["--format", "json"];
        all.extend(rest);
        let run = run(&all);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        serde_json::from_str(&run.out).unwrap()
    };
    let first = json(&[]);
    assert_eq!(first["schema"], "convener.evaluation/1");
    assert_eq!((&first["all"]["hits"], &first["all"]["misses"]), (&1.into(), &1.into()));
    assert_eq!(json(&[]), first, "the same input gives the same result");
    write(&folder, "cases/well.outcome.toml", format!("{}# a remark\n", timeline::OUTCOME));
    let second = json(&[]);
    assert_eq!(second["cases"][0]["hash"], first["cases"][0]["hash"]);
    assert_ne!(second["cases"][0]["outcome_hash"], first["cases"][0]["outcome_hash"]);
    assert_ne!(second["hash"], first["hash"]);
    let held_out = json(&["--hold-out", "well"]);
    assert_eq!(held_out["all"]["hits"], 0);
    assert_eq!(held_out["held_out"]["all"]["hits"], 1);
    write(
        &folder,
        "cases/well.expect.toml",
        "[expect]\ncase = \"well\"\n[[at]]\nwarns = [\"tired\"]\n",
    );
    let leaked = run(&["--hold-out", "well"]);
    assert!(leaked.out.contains("HELD OUT IN NAME ONLY"), "{}", leaked.out);
    for format in ["text", "markdown", "html"] {
        assert_eq!(run(&["--format", format, "--sensitivity", "--by", "party.sector"]).code, 0);
    }
    for (rest, wanted) in [
        (
            &["--hold-out", "wel"][..],
            "--hold-out: no case here is called `wel`\nhelp: did you mean `well`?",
        ),
        (&["--by", "party.secto"], "did you mean `party.sector`?"),
        (&["--by", "partnership.since"], "is no attribute with a scale or enum"),
        (&["--source", "nobody"], "--source: well: the case lists no source `nobody`"),
    ] {
        let run = run(rest);
        assert_eq!(run.code, 2);
        assert!(run.err.contains(wanted), "{}", run.err);
    }
    std::fs::remove_file(folder.path().join("cases/well.outcome.toml")).unwrap();
    let bare = convener(&["evaluate", case.as_str(), "--pack", pack.as_str()]);
    assert_eq!(bare.code, 2);
    assert!(bare.err.contains("no outcome stands beside a case named here"), "{}", bare.err);
}
