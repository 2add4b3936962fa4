//! The program itself, end to end: what it prints, where, and with which exit code.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

mod beside;
mod compare;
mod coverage;
mod diff;
mod explain;
mod export;
mod interview;
mod layers;
mod meant;
pub(crate) mod precedents;
mod questions;
mod receipt;
mod replay;

/// What a run came to.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn convener(arguments: &[&str]) -> Run {
    let output = Command::cargo_bin("convener")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn write(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn every_command_has_help_with_an_example() {
    let commands = [
        "advise",
        "explain",
        "verify",
        "ask",
        "interview",
        "whatif",
        "replay",
        "precedents",
        "evaluate",
        "compare",
        "check",
        "fmt",
        "test",
        "coverage",
        "diff",
        "snapshot",
        "reproduce",
        "export",
        "schema",
    ];
    for command in commands {
        let run = convener(&[command, "--help"]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("Example"), "{command}: {}", run.out);
    }
}

#[test]
fn misuse_ends_with_2() {
    assert_eq!(convener(&["advice"]).code, 2);
    assert_eq!(convener(&["advise"]).code, 2);
    let missing = convener(&["advise", "no-such.toml"]);
    assert_eq!(missing.code, 2);
    assert_eq!(missing.err, "error: cannot read no-such.toml: there is no such file or folder\n");
    let folder = convener(&["advise", "cases"]);
    assert_eq!(folder.code, 2);
    assert!(folder.err.contains("it is a folder, and a file is wanted here"), "{}", folder.err);
    let folder = TempDir::new().unwrap();
    let rules = write(&folder, "a.rules", "scale level { low high }\n");
    let unnamed = convener(&["check", text(folder.path())]);
    assert_eq!(unnamed.code, 2);
    assert!(unnamed.err.contains("it has no `pack.toml`"), "{}", unnamed.err);
    let file = convener(&["check", text(&rules)]);
    assert_eq!(file.code, 2);
    assert!(
        file.err.contains("is a rule file, and rules are checked as a whole pack"),
        "{}",
        file.err
    );
    let no_pack = convener(&["check", "--pack", "docs"]);
    assert_eq!(no_pack.code, 2);
    assert!(no_pack.err.contains("docs is no pack: it has no `pack.toml`"), "{}", no_pack.err);
}

#[test]
fn the_shipped_pack_and_cases_are_in_order() {
    let check = convener(&["check", "rules", "cases"]);
    assert_eq!((check.code, check.err.as_str()), (0, ""), "{}", check.out);
    assert!(check.out.ends_with(": no errors\n"), "{}", check.out);
    let built_in = convener(&["check"]);
    assert_eq!((built_in.code, built_in.err.as_str()), (0, ""), "{}", built_in.out);
    let test = convener(&["test", "rules", "cases"]);
    assert_eq!((test.code, test.err.as_str()), (0, ""), "{}", test.out);
    assert!(test.out.contains(" cases, all as expected"), "{}", test.out);
    assert_eq!(convener(&["fmt", "--check", "rules"]).code, 0);
}

#[test]
fn the_log_names_each_step_and_changes_nothing() {
    let quiet = convener(&["advise", "cases/orangi.toml"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    let logged = convener(&["advise", "cases/orangi.toml", "--log", "info"]);
    assert_eq!((logged.code, logged.out), (0, quiet.out));
    let steps = [
        "read a pack",
        "compiled the rules",
        "read a case",
        "drew conclusions",
        "looked through the archive",
    ];
    let lines: Vec<&str> = logged.err.lines().collect();
    assert_eq!(lines.len(), steps.len(), "{}", logged.err);
    for (line, step) in lines.iter().zip(steps) {
        assert!(line.trim_start().starts_with(&format!("INFO {step}")), "{line}");
    }
}

#[test]
fn bad_files_end_in_a_diagnostic() {
    let folder = TempDir::new().unwrap();
    let header = "[case]\nid = \"a\"\ntitle = \"A\"\n";
    let hostile: Vec<(&str, Vec<u8>)> = vec![
        ("empty.toml", Vec::new()),
        ("latin.toml", b"[case]\nid = \"caf\xe9\"\n".to_vec()),
        ("binary.toml", (0..=255_u8).cycle().take(5_000).collect()),
        ("truncated.toml", b"[case]\nid = \"a".to_vec()),
        ("braces.toml", format!("{header}x = {}", "{a=".repeat(10_000)).into_bytes()),
        ("brackets.json", "[".repeat(10_000).into_bytes()),
        ("token.toml", format!("{header}{}", "a".repeat(1_000_000)).into_bytes()),
        ("large.toml", vec![b'#'; (8 << 20) + 1]),
        ("typo.toml", format!("{header}[isue]\n").into_bytes()),
    ];
    for (name, bytes) in hostile {
        let path = write(&folder, name, bytes);
        let run = convener(&["advise", text(&path)]);
        assert_eq!(run.code, 2, "{name}: {}", run.out);
        assert!(run.err.contains("error"), "{name}: {}", run.err);
        assert!(run.err.len() < 20_000, "{name}: {} bytes of complaint", run.err.len());
        assert_eq!(run.out, "", "{name}");
    }
}

#[test]
fn limits_are_named() {
    let folder = TempDir::new().unwrap();
    let large = write(&folder, "large.toml", vec![b'#'; (8 << 20) + 1]);
    assert!(convener(&["advise", text(&large)]).err.contains("limit of 8 MiB"));
    let mut rows = "[case]\nid = \"a\"\ntitle = \"A\"\n".to_owned();
    for row in 0..4_097 {
        rows.push_str(&format!("[[party]]\nid = \"p{row}\"\n"));
    }
    let many = write(&folder, "many.toml", rows);
    let run = convener(&["advise", text(&many)]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("4,096") || run.err.contains("4096"), "{}", run.err);
}

#[test]
fn bad_rule_files_end_in_a_diagnostic() {
    let hostile: Vec<(&str, Vec<u8>)> = vec![
        (
            "braces",
            "rule a { when "
                .to_owned()
                .into_bytes()
                .into_iter()
                .chain("{".repeat(10_000).into_bytes())
                .collect(),
        ),
        ("token", vec![b'a'; 1_000_000]),
        ("string", format!("rule a {{ note \"{}", "x".repeat(1_000_000)).into_bytes()),
        ("binary", (0..=127_u8).cycle().take(5_000).collect()),
        (
            "nots",
            format!("rule a {{ when {{ {} }} note \"x\" }}", "not { ".repeat(5_000)).into_bytes(),
        ),
    ];
    for (name, bytes) in hostile {
        let folder = TempDir::new().unwrap();
        write(
            &folder,
            "pack.toml",
            "[pack]\nid = \"bad\"\ntitle = \"Bad\"\nversion = \"1\"\nlanguage = \"1\"\n",
        );
        write(&folder, "bad.rules", bytes);
        let run = convener(&["check", text(folder.path())]);
        assert_eq!(run.code, 1, "{name}: {}", run.out);
        assert!(run.err.contains("bad.rules"), "{name}: {}", run.err);
        assert!(run.err.len() < 20_000, "{name}: {} bytes of complaint", run.err.len());
    }
}

#[test]
fn control_characters_of_a_file_never_reach_the_terminal() {
    let folder = TempDir::new().unwrap();
    let case = write(
        &folder,
        "case.toml",
        "[case]\nid = \"a\"\ntitle = \"A\\u001b[31m\\u0007 title\"\n[[party]]\nid = \"p\"\nname = \"\\u001b]0;owned\\u0007\"\nkey = true\norganized = \"none\"\n",
    );
    for format in ["text", "markdown"] {
        let run = convener(&["advise", text(&case), "--format", format, "--all", "--explain"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(!run.out.chars().any(|c| c.is_control() && c != '\n'), "{:?}", run.out);
    }
    let bad =
        write(&folder, "bad.toml", "[case]\nid = \"a\"\n\"\\u001b[31m\" = 1\n\u{202e}x = 2\n");
    let run = convener(&["advise", text(&bad)]);
    assert_eq!(run.code, 2);
    assert!(
        !run.err.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'),
        "{:?}",
        run.err
    );
}

#[test]
fn an_unknown_event_or_date_names_the_nearest() {
    let run = convener(&["advise", "cases/orangi.toml", "--at", "1980-13"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("1980-13"), "{}", run.err);
}

#[test]
fn a_filter_stands_above_the_advice_in_every_form() {
    let advise = |more: &[&str]| {
        let mut arguments = vec!["advise", "cases/orangi.toml", "--source", "idr-1997"];
        arguments.extend(more);
        convener(&arguments)
    };
    let line = "Only documented facts from idr-1997: ";
    let plain = advise(&["--evidence", "documented"]);
    assert!(plain.out.lines().any(|text| text.starts_with(line)), "{}", plain.out);
    let markdown = advise(&["--evidence", "documented", "--format", "markdown"]);
    assert!(markdown.out.contains(&format!("- **{line}")), "{}", markdown.out);
    let json = advise(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let filter = &json["case"]["filter"];
    assert_eq!(filter["sources"][0], "idr-1997");
    assert!(filter["left_out"]["facts"].as_u64().unwrap() > 0);
    let facts = json["facts"].as_object().unwrap();
    assert!(facts.values().all(|fact| fact["source"].is_null() || fact["source"] == "idr-1997"));
    let unknown = convener(&["advise", "cases/orangi.toml", "--source", "idr-1979"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("did you mean `idr-1997`?"), "{}", unknown.err);
    assert!(unknown.err.contains("it lists `"), "{}", unknown.err);
}

#[test]
fn json_is_whole_and_versioned() {
    let run =
        convener(&["advise", "cases/orangi.toml", "--at", "1980", "--format", "json", "--all"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["schema"], "convener.advice/1");
    let conclusions = json["conclusions"].as_array().unwrap();
    assert!(!conclusions.is_empty());
    for conclusion in conclusions {
        let status = conclusion["status"].as_str().unwrap();
        assert!(["fires", "provisional", "contested", "open", "set_aside"].contains(&status));
        assert!(conclusion["rule"].is_string() && conclusion["subject"].is_array());
    }
}

#[test]
fn the_same_input_gives_the_same_output_in_any_surroundings() {
    let plain =
        convener(&["advise", "cases/orangi.toml", "--format", "json", "--all", "--explain"]);
    let output = Command::cargo_bin("convener")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["advise", "cases/orangi.toml", "--format", "json", "--all", "--explain"])
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("TZ", "Pacific/Kiritimati")
        .env("RUST_LOG", "trace")
        .output()
        .unwrap();
    assert_eq!(plain.out, String::from_utf8(output.stdout).unwrap());
}

#[test]
fn a_pack_is_laid_over_the_built_in_one_or_stands_alone() {
    let folder = TempDir::new().unwrap();
    let manifest = "[pack]\nid = \"local\"\ntitle = \"Local\"\nversion = \"1\"\nlanguage = \"1\"\n";
    write(&folder, "pack.toml", format!("{manifest}extends = \"intersectoral-partnering\"\n"));
    write(
        &folder,
        "local.rules",
        "rule local-remark {\n  for party p { p.key }\n  encourage \"{p} {p: is|are} known here.\"\n}\n",
    );
    let laid = convener(&[
        "advise",
        "cases/orangi.toml",
        "--format",
        "json",
        "--pack",
        text(folder.path()),
        "--all",
    ]);
    assert_eq!(laid.code, 0, "{}", laid.err);
    assert!(laid.out.contains("local-remark"));

    write(&folder, "pack.toml", manifest);
    let alone = convener(&["check", text(folder.path())]);
    assert_eq!(alone.code, 1);
    assert!(alone.err.contains("error[no-vocabulary]"), "{}", alone.err);
    assert!(
        alone.err.contains("pack.toml:2:6") && alone.err.ends_with("1 error\n"),
        "{}",
        alone.err
    );
}

#[test]
fn an_example_that_comes_out_otherwise_is_a_finding() {
    let folder = TempDir::new().unwrap();
    write(
        &folder,
        "pack.toml",
        "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n",
    );
    write(
        &folder,
        "a.rules",
        "entity party \"a party\" { key yes_no }\nrule r { for party p { p.key } note \"x\" }\nexample \"e\" { given { party a { key no } } expect r for a }\n",
    );
    let run = convener(&["test", text(folder.path())]);
    assert_eq!(run.code, 1);
    assert_eq!(run.out, "1 example, 1 not as expected\n");
    assert!(run.err.contains("error[unmet-expectation]: `r` for a should fire"), "{}", run.err);
    assert!(run.err.contains("it is silent"), "{}", run.err);
}

#[test]
fn a_manifest_named_for_its_pack_is_answered_with_the_folder() {
    let run = convener(&["check", "rules/pack.toml"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("name the folder: convener check rules"), "{}", run.err);
}

#[test]
fn formatting_is_checked_and_done() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "a.rules", "scale   level {low   high}   # two steps\n");
    let check = convener(&["fmt", "--check", text(folder.path())]);
    assert_eq!(check.code, 1);
    let done = convener(&["fmt", text(folder.path())]);
    assert_eq!(done.code, 0, "{}", done.err);
    let formatted = std::fs::read_to_string(&path).unwrap();
    assert!(formatted.contains("# two steps"), "{formatted}");
    assert_eq!(convener(&["fmt", "--check", text(folder.path())]).code, 0);
    let broken = write(&folder, "b.rules", "scale {\n");
    assert_eq!(convener(&["fmt", text(&broken)]).code, 2);
    assert_eq!(std::fs::read_to_string(&broken).unwrap(), "scale {\n");
}
