//! Packs compared: the shipped pack against copies of it in which one thing is otherwise.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Run, convener, text, write};

/// The shipped pack with a text replaced by another in one of its files.
fn copy(folder: &TempDir, file: &str, change: impl Fn(&str) -> String) -> PathBuf {
    let pack = folder.path().join("pack");
    std::fs::create_dir(&pack).unwrap();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    for entry in rules.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let changed = if name == file { change(&text) } else { text.clone() };
        assert_eq!(name == file, changed != text, "{name}");
        write(folder, &format!("pack/{name}"), changed);
    }
    pack
}

fn replaced(folder: &TempDir, file: &str, from: &str, to: &str) -> PathBuf {
    copy(folder, file, |text| text.replacen(from, to, 1))
}

fn diff(pack: &Path, more: &[&str]) -> Run {
    convener(&[&["diff", "built-in", text(pack)], more].concat())
}

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

/// What `advise` makes of a rule in a case at a moment.
fn advised(pack: Option<&Path>, case: &str, at: Option<&str>, rule: &str) -> serde_json::Value {
    let mut arguments = vec!["advise", case, "--format", "json", "--all"];
    arguments.extend(at.iter().flat_map(|at| ["--at", at]));
    arguments.extend(pack.iter().flat_map(|pack| ["--pack", text(pack)]));
    let advice = json(&convener(&arguments));
    let conclusions = advice["conclusions"].as_array().unwrap().iter();
    conclusions.filter(|one| one["rule"] == rule).cloned().collect::<Vec<_>>().into()
}

#[test]
fn a_moved_threshold_names_the_rule_the_cases_and_a_witness() {
    let folder = TempDir::new().unwrap();
    let (from, to) = ("    p.organized at least medium\n", "    p.organized at least high\n");
    let pack = replaced(&folder, "preconditions.rules", from, to);
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let output = assert_cmd::Command::cargo_bin("convener")
        .unwrap()
        .current_dir(folder.path())
        .args(["diff", "built-in", "pack", text(&cases)])
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    insta::assert_snapshot!("moved_threshold", String::from_utf8(output.stdout).unwrap());
    assert_eq!(diff(&pack, &["--expect-same"]).code, 1);

    let found = json(&diff(&pack, &["--format", "json"]));
    assert_eq!(found["schema"], "convener.diff/1");
    assert_eq!(found["items"][0]["name"], "organizing-paid");
    assert_eq!(found["causes"].as_array().unwrap().len(), 1);
    assert_eq!(found["changes"][0]["rule"], "organizing-paid");
    // What it says of a case is what `advise` says under either pack.
    let change = &found["changes"][0];
    let case = format!("cases/{}.toml", change["case"].as_str().unwrap());
    let at = change["moment"].as_str();
    let [old, new] = [None, Some(pack.as_path())].map(|pack| {
        let list = advised(pack, &case, at, "organizing-paid");
        let own = list.as_array().unwrap().iter().find(|one| one["subject"] == change["subject"]);
        own.map_or(serde_json::Value::Null, |one| one["status"].clone())
    });
    assert_eq!((&old, &new), (&change["old"], &change["new"]));
    assert_ne!(old, new);
    // So it is with the made-up case, which is a case file.
    let witness = write(&folder, "witness.toml", found["made_up"][0]["case"].as_str().unwrap());
    assert!(!advised(None, text(&witness), None, "organizing-paid").as_array().unwrap().is_empty());
    let new = advised(Some(&pack), text(&witness), None, "organizing-paid");
    assert_eq!(new, serde_json::json!([]));
}

#[test]
fn comments_layout_and_the_place_of_items_are_no_difference() {
    let folder = TempDir::new().unwrap();
    let pack = copy(&folder, "history.rules", |text| {
        let (first, rest) = text.split_once("\nrule ").unwrap();
        format!("{first}\n# another remark\nrule {}", rest.replace("  when ", "   when\n "))
    });
    let moved = std::fs::read_to_string(pack.join("history.rules")).unwrap();
    std::fs::write(pack.join("past.rules"), moved).unwrap();
    std::fs::remove_file(pack.join("history.rules")).unwrap();
    let run = diff(&pack, &["--expect-same"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("The packs are equal: they say the same"), "{}", run.out);
    assert!(!run.out.contains("IN THE PACKS"));

    let run = convener(&["diff", "built-in", "rules", "--expect-same"]);
    assert!(run.code == 0 && run.out.contains("byte for byte"), "{}", run.out);
}

#[test]
fn a_title_is_wording_and_changes_no_conclusion() {
    let folder = TempDir::new().unwrap();
    let (from, to) = ("The effort costs more than it can bring", "It is not worth the effort");
    let pack = replaced(&folder, "risks-and-actions.rules", from, to);
    let run = diff(&pack, &["--expect-same"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("wording   risk effort-not-worth"), "{}", run.out);
    assert!(run.out.contains("ON THE CASES: nothing changes, on 10 cases"), "{}", run.out);
}

#[test]
fn a_severity_and_the_ranking_change_how_advice_stands() {
    let folder = TempDir::new().unwrap();
    let (from, to) = ("boycott          critical", "boycott          low");
    let pack = replaced(&folder, "convening.rules", from, to);
    let run = diff(&pack, &[]);
    assert!(run.out.contains("warning boycott: critical → low, score 8 → 1"), "{}", run.out);

    let folder = TempDir::new().unwrap();
    let pack = replaced(&folder, "ranking.rules", "high 4", "high 7");
    let run = diff(&pack, &["--all"]);
    assert!(run.out.contains("By the ranking"), "{}", run.out);
    assert!(run.out.contains("places shift: "), "{}", run.out);
    let found = json(&diff(&pack, &["--format", "json"]));
    let about = |change: &serde_json::Value| change["about"].as_str().unwrap().to_owned();
    let changes = found["changes"].as_array().unwrap();
    assert!(changes.iter().all(|change| about(change) != "rule") && !changes.is_empty());
    assert_eq!(found["causes"][0]["changes"].as_array().unwrap().len(), changes.len());
}

#[test]
fn a_pack_laid_over_another_is_compared_with_it() {
    let folder = TempDir::new().unwrap();
    write(
        &folder,
        "pack.toml",
        "[pack]\nid = \"local\"\ntitle = \"L\"\nversion = \"1\"\nlanguage = \"1\"\nextends = \"intersectoral-partnering\"\n",
    );
    write(
        &folder,
        "a.rules",
        "attributes of party { permit yes_no default no }\nrule permitted { overrides credible-convener for party c { c.permit } note \"x\" }\n",
    );
    let run = diff(folder.path(), &[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("added     rule permitted"), "{}", run.out);
    assert!(run.out.contains("tells them apart by rule permitted"), "{}", run.out);
    assert!(run.out.contains("built-in lacks words for some of it"), "{}", run.out);
    assert!(run.out.contains("no rule reads it without the other changes"), "{}", run.out);
}

#[test]
fn what_two_changes_do_together_is_told_as_such() {
    let folder = TempDir::new().unwrap();
    let pack = |name: &str, rules: &str| {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        let manifest = "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n";
        write(&folder, &format!("{name}/pack.toml"), manifest);
        write(&folder, &format!("{name}/a.rules"), rules);
        folder.path().join(name)
    };
    let words = "one issue \"the issue\" { crisis yes_no  drought yes_no  flood yes_no }\n";
    let old = pack(
        "old",
        &format!(
            "{words}rule a {{ when {{ issue.crisis issue.drought issue.flood }} note \"x\" }}\ndefine bad(stage s) {{ when {{ issue.flood }} }}\nscale stage {{ one_step two_step }}\nrule b {{ for stage s when {{ bad(s) issue.drought }} note \"y\" }}\n"
        ),
    );
    let new = pack(
        "new",
        &format!(
            "{words}rule a {{ when {{ issue.crisis }} note \"x\" }}\ndefine bad(stage s) {{ when {{ issue.crisis }} }}\nscale stage {{ one_step two_step }}\nrule b {{ for stage s when {{ bad(s) }} note \"y\" }}\n"
        ),
    );
    let case = write(
        &folder,
        "c.toml",
        "[case]\nid = \"c\"\n\n[issue]\ncrisis = true\ndrought = false\nflood = false\n",
    );
    let (old, new, case) = (text(&old), text(&new), text(&case));
    let run = convener(&["diff", old, new, case]);
    assert!(run.out.contains("By rule b and definition bad, together"), "{}", run.out);
    assert!(run.out.contains("By rule a\n"), "{}", run.out);
    assert!(run.out.contains("rule b of one_step: silent → certain"), "{}", run.out);

    // A case that a pack has no words for is left out and named, and the others go on.
    let other = write(&folder, "d.toml", "[case]\nid = \"d\"\n\n[issue]\nstorm = true\n");
    let run = convener(&["diff", old, new, case, text(&other)]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("not readable with the words of either pack"), "{}", run.out);
    assert!(run.err.contains("storm") && run.out.contains("By rule a\n"), "{}", run.err);
}

#[test]
fn what_is_no_pack_is_refused() {
    let run = convener(&["diff", "built-in", "no-such-folder"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no pack no-such-folder"), "{}", run.err);
    let run = convener(&["diff", "built-in", "cases"]);
    assert!(run.code == 2 && run.err.contains("cases is no pack"), "{}", run.err);
}
