//! `ask` and `whatif`, and advice under one side's word.

use tempfile::TempDir;

use super::{convener, text, write};

const DISPUTED: &str = "[case]\nid = \"a\"\n[sources]\nstudy = { title = \"A study\" }\n\
    [[party]]\nid = \"ministry\"\nkey = true\n\
    organized = { says = { ministry = \"high\", study = \"low\" } }\n";

#[test]
fn a_triage_of_a_nearly_empty_case_fits_twelve_questions() {
    let folder = TempDir::new().unwrap();
    let case = write(&folder, "a.toml", "[case]\nid = \"a\"\n[[party]]\nid = \"ministry\"\n");
    let run = convener(&["ask", text(&case)]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let number = |line: &str| {
        let word = line.split_whitespace().next().unwrap_or("");
        line.starts_with("  ") && !line.starts_with("   ") && word.parse::<usize>().is_ok()
    };
    assert_eq!(run.out.lines().filter(|line| number(line)).count(), 12, "{}", run.out);
    // What most rules ask of the one party, then the stage.
    assert!(run.out.contains("  1         Which sector does ministry belong to?"), "{}", run.out);
    assert!(run.out.contains("(party.ministry.key)"), "{}", run.out);
    assert!(run.out.contains("  4         How far has the effort come?"), "{}", run.out);
    let three = convener(&["ask", text(&case), "--top", "3"]);
    assert_eq!(three.out.lines().filter(|line| number(line)).count(), 3, "{}", three.out);
    for format in ["markdown", "json"] {
        let run = convener(&["ask", text(&case), "--format", format]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
    }
}

#[test]
fn what_if_shows_now_and_then() {
    let case = "cases/orangi.toml";
    let at = ["whatif", case, "--at", "1980", "--set"];
    let run = convener(&[&at[..], &["party.residents.organized=high"]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("goes      A side cannot speak for itself"), "{}", run.out);
    let words: Vec<&str> = run.out.split_whitespace().collect();
    assert!(words.join(" ").contains("by party.residents.organized"), "{}", run.out);
    let same = convener(&[&at[..], &["party.residents.organized=low"]].concat());
    assert!(same.out.contains("NOTHING CHANGES"), "{}", same.out);
    let folder = TempDir::new().unwrap();
    let file = write(&folder, "b.toml", "[party.residents]\norganized = \"high\"\n");
    let from = convener(&["whatif", case, "--at", "1980", "--from", text(&file)]);
    assert_eq!((from.code, from.out), (0, run.out));
    let json = convener(&["whatif", case, "--add", "party.bank", "--format", "json"]);
    assert!(json.out.contains("\"schema\": \"convener.whatif/1\""), "{}", json.out);
}

#[test]
fn a_change_that_cannot_be_read_is_refused() {
    let run = convener(&["whatif", "cases/orangi.toml", "--set", "party.resident.key=yes"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("--set:1:7") && run.err.contains("`residents`"), "{}", run.err);
    let nothing = convener(&["whatif", "cases/orangi.toml"]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("nothing is to be different"), "{}", nothing.err);
}

#[test]
fn one_side_is_taken_at_its_word() {
    let folder = TempDir::new().unwrap();
    let case = write(&folder, "a.toml", DISPUTED);
    let of = |who: &str| convener(&["advise", text(&case), "--believing", who]);
    let (study, ministry) = (of("study"), of("ministry"));
    assert!(study.out.contains("As if A study were right, in 1 disputed fact."), "{}", study.out);
    assert!(study.out.contains("(no-voice)") && !ministry.out.contains("(no-voice)"));
    let nobody = of("studdy");
    assert_eq!(nobody.code, 2);
    assert!(nobody.err.contains("these do: ministry, study"), "{}", nobody.err);
    let none = convener(&["advise", "cases/gal-oya.toml", "--believing", "users"]);
    assert!(none.err.contains("nothing is disputed"), "{}", none.err);
}
