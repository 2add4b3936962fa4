//! `convener coverage`, end to end.

use tempfile::TempDir;

use super::{convener, text, write};

#[test]
fn coverage_finds_what_nothing_accounts_for() {
    let folder = TempDir::new().unwrap();
    write(
        &folder,
        "pack.toml",
        "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n[sources.h]\ntitle = \"H\"\n[sources.h.passages]\n\"h.a\" = \"Chapter 1, line 1\"\n\"h.b\" = \"Chapter 1, line 2\"\n",
    );
    let rules = "entity party \"a party\" { key yes_no }\nrule r { cites h.a for party p { p.key } note \"x\" }\nexample \"e\" { given { party a { key yes } } expect r for a }\n";
    write(&folder, "a.rules", rules);
    let pack = text(folder.path()).to_owned();
    let guide = |format| convener(&["coverage", "--guide", &pack, "--format", format]);
    let missing = guide("text");
    assert_eq!((missing.code, missing.err.as_str()), (1, ""));
    assert!(
        missing.out.starts_with("NOT ACCOUNTED FOR: 1 of 2 passages\n  h.b:"),
        "{}",
        missing.out
    );
    assert!(guide("json").out.contains("\"missing\": [\n    \"h.b\"\n  ]"));
    write(&folder, "b.rules", "declines h.b \"It is about another country.\"\n");
    let whole = guide("text");
    assert_eq!((whole.code, whole.err.as_str()), (0, ""));
    assert!(whole.out.contains("h.b: declined: It is about another country."), "{}", whole.out);

    assert_eq!(convener(&["coverage", "--pack", &pack]).code, 0);
    let strict = convener(&["coverage", "--strict", "--pack", &pack]);
    assert_eq!(strict.code, 1);
    assert!(
        strict.out.contains("NOT SHOWN BY EXAMPLES: 1 rule\n  r: no near miss"),
        "{}",
        strict.out
    );
    let example = "example \"f\" { given { party a { key no } } expect no r for a }\n";
    write(&folder, "a.rules", format!("{rules}{example}"));
    assert_eq!(convener(&["coverage", "--strict", "--pack", &pack]).code, 0);
}

#[test]
fn coverage_of_the_shipped_cases_counts_every_point() {
    let run = convener(&["coverage", "cases", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let counted: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let points = counted["points"].as_u64().unwrap();
    assert!(points > 10);
    let rules = counted["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["fires"].as_u64() > Some(0)));
    for rule in rules {
        let count = |status: &str| rule[status].as_u64().unwrap();
        let heard = ["fires", "provisional", "contested", "open", "set_aside"].map(count);
        assert!(heard.iter().all(|heard| *heard <= points - count("silent")), "{rule}");
        assert!(heard.iter().sum::<u64>() >= points - count("silent"), "{rule}");
    }
    let pack = convener(&["coverage", "rules", "cases", "--format", "json"]);
    assert_eq!((pack.code, pack.err.as_str()), (0, ""));
    assert_eq!(pack.out, run.out, "the built-in pack is the one in `rules`");
    let folder = TempDir::new().unwrap();
    let empty = convener(&["coverage", text(folder.path())]);
    assert_eq!(empty.code, 2);
    assert!(empty.err.contains("there are no case files below"), "{}", empty.err);
    let broken = write(&folder, "case.toml", "[case]\nid = 1\n");
    assert_eq!(convener(&["coverage", text(&broken)]).code, 2);
}

#[test]
fn every_statement_of_the_guide_is_told_with_what_carries_it() {
    let run = convener(&["coverage", "--guide", "rules", "cases", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let sections = json["sections"].as_array().unwrap().iter();
    let passages: Vec<_> = sections.flat_map(|it| it["passages"].as_array().unwrap()).collect();
    assert_eq!(passages.len(), 457);
    assert!(passages.iter().all(|it| it["says"].as_str().is_some_and(|says| says.len() > 20)));
}
