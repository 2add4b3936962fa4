//! `convener explain` and `convener verify` from the command line: what they print and with which exit code.

use tempfile::TempDir;

use crate::cli::{Run, convener, text, write};

const CASE: &str = "cases/orangi.toml";

fn proof(folder: &TempDir, arguments: &[&str]) -> std::path::PathBuf {
    let all = [&["explain", CASE], arguments, &["--at", "1980", "--format", "json"]].concat();
    let run = convener(&all);
    assert_eq!(run.err, "");
    write(folder, "proof.json", run.out)
}

#[test]
fn a_proof_that_was_written_is_verified() {
    let folder = TempDir::new().unwrap();
    let path = proof(&folder, &["unorganized-side.residents"]);
    let run = convener(&["verify", text(&path), CASE]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("verified: unorganized-side fires for residents, "), "{}", run.out);
    assert!(run.out.ends_with(" steps\n"), "{}", run.out);
    let path = proof(&folder, &["unorganized-side", "agencies"]);
    let run = convener(&["verify", text(&path), CASE]);
    assert!(
        run.out.starts_with("verified: unorganized-side is open for agencies, "),
        "{}",
        run.out
    );
}

#[test]
fn what_of_a_case_counts_goes_with_its_proof() {
    let folder = TempDir::new().unwrap();
    let all = ["explain", CASE, "start-small", "--at", "1980", "--source", "idr-1997", "--format"];
    let run = convener(&[&all[..], &["json"]].concat());
    assert!(run.out.contains("\"sources\":[\"idr-1997\"]"), "{}", run.out);
    let path = write(&folder, "filtered.json", &run.out);
    let verified = convener(&["verify", text(&path), CASE]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    let told = convener(&[&all[..], &["text"]].concat());
    assert!(told.out.contains("idr-1997"), "{}", told.out);
}

#[test]
fn a_silent_rule_says_so_and_its_silence_can_be_proved() {
    let run = convener(&["explain", CASE, "no-stake", "residents", "--at", "1980"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("is silent for the residents of Orangi."), "{}", run.out);
    assert!(run.out.contains("--why-not no-stake"), "{}", run.out);
    let folder = TempDir::new().unwrap();
    let path = proof(&folder, &["no-stake.residents"]);
    let run = convener(&["verify", text(&path), CASE]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("is silent for residents"), "{}", run.out);
}

#[test]
fn a_risk_or_an_action_has_all_its_reasons() {
    let run = convener(&["explain", CASE, "no-voice", "--at", "1980", "--detail", "brief"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("unorganized-side fires for the residents of Orangi."), "{}", run.out);
    let none = convener(&["explain", CASE, "boycott", "--at", "1980"]);
    assert_eq!(none.code, 1, "{}", none.out);
    assert!(none.out.starts_with("Nothing gives a reason for boycott here"), "{}", none.out);
    let subject = convener(&["explain", CASE, "no-voice.residents"]);
    assert_eq!(subject.code, 2);
    assert!(subject.err.contains("only a rule has a subject"), "{}", subject.err);
}

#[test]
fn what_is_not_known_is_named_with_what_is_near() {
    let refused = |arguments: &[&str]| -> String {
        let run = convener(&[&["explain", CASE], arguments].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        run.err
    };
    let rule = refused(&["start-smal"]);
    assert!(rule.contains("`start-smal` is no rule, risk or action"), "{rule}");
    assert!(rule.contains("did you mean `start-small`?"), "{rule}");
    let row = refused(&["unorganized-side.resident"]);
    assert!(row.contains("`resident` is no party of the case"), "{row}");
    assert!(row.contains("did you mean `residents`?"), "{row}");
    let many = refused(&["unorganized-side", "opp", "residents"]);
    assert!(many.contains("has a subject of 1 row (party), and 2 ids are given"), "{many}");
}

/// A proof with some of its text replaced, checked.
fn tampered(from: &str, to: &str) -> Run {
    let folder = TempDir::new().unwrap();
    let path = proof(&folder, &["unorganized-side.residents"]);
    let whole = std::fs::read_to_string(&path).unwrap();
    let changed = whole.replacen(from, to, 1);
    assert_ne!(whole, changed, "{from}");
    let path = write(&folder, "changed.json", changed);
    convener(&["verify", text(&path), CASE])
}

#[test]
fn a_proof_that_was_tampered_with_is_refused() {
    let value = tampered("\"values\":[\"low\"]", "\"values\":[\"none\"]");
    assert_eq!(value.code, 1, "{}", value.err);
    assert!(value.out.contains("does not follow: the values are others"), "{}", value.out);
    let verdict = tampered("\"is\":\"certain\"", "\"is\":\"impossible\"");
    assert_eq!(verdict.code, 1, "{}", verdict.err);
    for (from, to, reason) in [
        ("\"hash\":\"", "\"hash\":\"0", "it is a proof of other packs"),
        ("\"id\":\"orangi\"", "\"id\":\"other\"", "it is about the case `other`"),
        ("1980-12-31", "1975-12-31", "the case has no such moment"),
        ("convener.proof/1", "convener.proof/9", "its schema is `convener.proof/9`"),
        ("{\"step\":1,", "{\"step\":7,", "step 1: it is numbered 7"),
        ("\"row\":\"residents\"", "\"row\":\"resident\"", "did you mean `residents`?"),
        ("\"schema\"", "schema", "it is no proof in JSON"),
    ] {
        let run = tampered(from, to);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{from}");
        assert!(run.err.contains(reason), "{}", run.err);
    }
}

#[test]
fn names_that_control_a_terminal_are_made_harmless() {
    let folder = TempDir::new().unwrap();
    let case = write(
        &folder,
        "case.toml",
        "[case]\nid = \"a\"\ntitle = \"A\\u001b[31m\"\n[[party]]\nid = \"p\"\nname = \"\\u001b]0;owned\\u0007\"\nkey = true\norganized = { is = \"none\", note = \"\\u001b[1m\" }\n",
    );
    for format in ["text", "markdown"] {
        for subject in [&["unorganized-side"][..], &["credible-convener", "p"]] {
            let all =
                [&["explain", text(&case)], subject, &["--detail", "full", "--format", format]];
            let run = convener(&all.concat());
            assert!(!run.out.is_empty(), "{}", run.err);
            assert!(!run.out.chars().any(|c| c.is_control() && c != '\n'), "{:?}", run.out);
        }
    }
}
