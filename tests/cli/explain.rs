//! `convener explain` at the command line.

use super::*;

fn pack(folder: &TempDir) -> String {
    write(
        folder,
        "pack.toml",
        "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n",
    );
    let rules = "entity party \"a party\" { key yes_no \"Is {self} needed?\" }\n\
                 risk boycott \"They stay away\"\n\
                 rule needed { for party p { p.key } warn boycott high \"{p} is needed.\" }\n\
                 rule pair { for two parties a, b { a.key b.key } note \"{a} and {b}.\" }\n\
                 rule nobody { when { no party p { p.key } } note \"Nobody is needed.\" }\n";
    write(folder, "a.rules", rules);
    text(folder.path()).to_owned()
}

fn case(folder: &TempDir, rows: &str) -> String {
    let path = write(folder, "water.toml", format!("[case]\nid = \"water\"\n{rows}"));
    text(&path).to_owned()
}

#[test]
fn exactly_one_question_is_asked() {
    for arguments in [&[][..], &["--silent", "--clear", "x"], &["--silent", "--why-not", "x"]] {
        let run = convener(&[&["explain", "cases/orangi.toml"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}");
    }
}

#[test]
fn an_unknown_rule_or_row_is_answered_with_the_nearest() {
    let (folder, cases) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let pack = pack(&folder);
    let case = case(&cases, "[[party]]\nid = \"users\"\nkey = false\n[[party]]\nid = \"office\"\n");
    let run = |arguments: &[&str]| {
        let run = convener(&[&["explain", &case, "--pack", &pack], arguments].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        run.err
    };
    let needed = "error: no rule has the id `neded`\nhelp: did you mean `needed`?\n";
    assert_eq!(run(&["--why-not", "neded"]), needed);
    let risk = run(&["--why-not", "boycott"]);
    assert!(risk.contains("that is a risk or an action"), "{risk}");
    let row = "error: the case has no party `user` at this date\nhelp: did you mean `users`?\n";
    assert_eq!(run(&["user", "--why-not", "needed"]), row);
    let few = run(&["users", "--why-not", "pair"]);
    assert_eq!(few, "error: `pair` speaks of party a, party b\nhelp: 1 id was given\n");
    let whole = run(&["users", "--why-not", "nobody"]);
    assert!(whole.contains("speaks of the case as a whole"), "{whole}");
    let twice = run(&["users", "users", "--why-not", "pair"]);
    assert!(twice.contains("one is named twice"), "{twice}");
}

#[test]
fn the_rows_of_a_pair_may_be_named_either_way_round() {
    let (folder, cases) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let pack = pack(&folder);
    let case = case(&cases, "[[party]]\nid = \"users\"\nkey = true\n[[party]]\nid = \"office\"\n");
    let run = |ids: [&str; 2]| {
        convener(&["explain", &case, ids[0], ids[1], "--pack", &pack, "--why-not", "pair"]).out
    };
    assert_eq!(run(["users", "office"]), run(["office", "users"]));
    assert!(run(["users", "office"]).contains("(pair office users)"));
}

#[test]
fn a_case_without_subjects_says_so() {
    let (folder, cases) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let pack = pack(&folder);
    let case = case(&cases, "");
    let run = convener(&["explain", &case, "--pack", &pack, "--why-not", "needed"]);
    let said = "error: `needed` has no subject in this case: the case lists no party\n";
    assert_eq!((run.code, run.err.as_str()), (2, said));
    let silent = convener(&["explain", &case, "--pack", &pack, "--silent"]);
    assert!(silent.out.contains("2 rules have no subject in this case."), "{}", silent.out);
}

#[test]
fn shipped_rules_are_explained_in_every_form() {
    let json = convener(&["explain", "cases/orangi.toml", "--silent", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["schema"], "convener.near-misses/1");
    let failing: Vec<u64> = value["near_misses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|miss| miss["failing"].as_u64().unwrap())
        .collect();
    assert!(failing.len() == 10 && failing.is_sorted(), "{failing:?}");
    let rule = value["near_misses"][0]["rule"].as_str().unwrap();
    for format in ["text", "markdown", "json"] {
        let run =
            convener(&["explain", "cases/orangi.toml", "--why-not", rule, "--format", format]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{format}");
        assert!(run.out.contains(rule), "{format}: {}", run.out);
    }
}
