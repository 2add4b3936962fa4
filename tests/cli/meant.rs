//! What somebody meant who named something that is not there: a file, a rule, an option.

use tempfile::TempDir;

use super::{convener, text, write};

#[test]
fn a_file_of_nearly_that_name_is_offered() {
    let folder = TempDir::new().unwrap();
    write(&folder, "water.toml", "[case]\nid = \"water\"\n");
    for name in ["water", "water.tml", "watr.toml"] {
        let run = convener(&["advise", text(&folder.path().join(name))]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("water.toml`?"), "{name}: {}", run.err);
    }
    let other = convener(&["advise", text(&folder.path().join("quarrel.toml"))]);
    assert!(!other.err.contains("did you mean"), "{}", other.err);
}

#[test]
fn an_action_is_not_taken_for_a_rule() {
    for arguments in [
        ["explain", "cases/orangi.toml", "--why-not", "name-mediator"],
        ["precedents", "cases/orangi.toml", "--rule", "name-mediator"],
    ] {
        let run = convener(&arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("it comes from") && run.err.contains("`quarrel-without-help`"));
    }
}

#[test]
fn titles_and_rows_after_a_dot_are_understood() {
    let by_title = convener(&[
        "explain",
        "cases/orangi.toml",
        "a side cannot speak for itself",
        "--at",
        "1980",
    ]);
    let by_id = convener(&["explain", "cases/orangi.toml", "no-voice", "--at", "1980"]);
    assert_eq!((by_title.code, &by_title.out), (0, &by_id.out));
    let dotted =
        convener(&["explain", "cases/orangi.toml", "--why-not", "unorganized-side.residents"]);
    let spaced =
        convener(&["explain", "cases/orangi.toml", "residents", "--why-not", "unorganized-side"]);
    assert_eq!((dotted.code, &dotted.out), (0, &spaced.out));
}

#[test]
fn a_replay_at_one_moment_is_told_what_to_write() {
    let run = convener(&["replay", "cases/orangi.toml", "--at", "1985"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--to 1985") && run.err.contains("advise"), "{}", run.err);
}
