//! `convener export`: the program is the library's, many cases go into one, and what cannot be exported is refused.

use tempfile::TempDir;

use super::{convener, text, write};
use crate::support::clingo;

/// What `advise` concludes of the Orangi case.
fn advised(at: &[&str]) -> clingo::Concluded {
    let advice = ["advise", "cases/orangi.toml", "--all", "--format", "json"];
    let advice = convener(&[&advice, at].concat()).out;
    let advice: serde_json::Value = serde_json::from_str(&advice).unwrap();
    let word = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let conclusions = advice["conclusions"].as_array().unwrap().iter().map(|one| {
        let subject = one["subject"].as_array().unwrap().iter().map(word).collect();
        (("orangi".to_owned(), word(&one["rule"]), subject), word(&one["status"]))
    });
    conclusions.collect()
}

#[test]
fn the_documentation_shows_conclusions_of_the_case() {
    let page = include_str!("../../docs/clingo.md");
    let shown: Vec<_> = page.lines().filter_map(clingo::conclusion).collect();
    assert!(shown.len() >= 2);
    let advised = advised(&[]);
    for (key, status) in shown {
        assert_eq!(advised.get(&key), Some(&status), "{key:?}");
    }
}

#[test]
fn the_solver_concludes_what_advise_shows() {
    let export = convener(&["export", "cases/orangi.toml", "--to", "clingo", "--at", "1985"]);
    assert_eq!((export.code, export.err.as_str()), (0, ""));
    assert!(export.out.starts_with("% Written by `convener export --to clingo`"));
    assert!(export.out.contains("\ntoday(\"orangi\",19851231).\n"));
    assert!(export.out.contains("% rule convener-not-credible, rules/convening.rules:"));
    let Some(clingo) = clingo::find("the_solver_concludes_what_advise_shows") else { return };
    let shown = advised(&["--at", "1985"]);
    assert!(shown.len() > 50);
    assert_eq!(clingo.conclusions(&export.out).unwrap(), shown);
}

#[test]
fn a_folder_of_cases_is_one_program() {
    let export = convener(&["export", "cases", "--to", "clingo"]);
    assert_eq!((export.code, export.err.as_str()), (0, ""));
    let cases = export.out.lines().filter(|line| line.starts_with("case(\"")).count();
    assert!(cases >= 2, "{cases} cases");
    assert_eq!(export.out.matches("\n% rule convener-not-credible, ").count(), 1);
}

#[test]
fn what_cannot_be_exported_is_refused() {
    assert_eq!(convener(&["export", "--to", "clingo"]).code, 2);
    assert_eq!(convener(&["export", "cases/orangi.toml"]).code, 2);
    let never = convener(&["export", "cases/orangi.toml", "--to", "clingo", "--at", "someday"]);
    assert_eq!(never.code, 2);
    assert!(never.err.starts_with("error: cases/orangi.toml: --at: "), "{}", never.err);
    let folder = TempDir::new().unwrap();
    let case = "[case]\nid = \"one\"\n";
    let (one, two) = (write(&folder, "one.toml", case), write(&folder, "two.toml", case));
    let twice = convener(&["export", text(&one), text(&two), "--to", "clingo"]);
    assert_eq!(twice.code, 2);
    assert!(twice.err.contains("two.toml both have the id `one`"), "{}", twice.err);
    assert_eq!(twice.out, "");
    let manifest = "[pack]\nid = \"money\"\ntitle = \"Money\"\nversion = \"1\"\nlanguage = \"1\"\n";
    std::fs::create_dir(folder.path().join("pack")).unwrap();
    write(&folder, "pack/pack.toml", manifest);
    write(&folder, "pack/money.rules", "one issue \"it\" {\n  cost number \"How much?\"\n}\n");
    let dear = write(&folder, "dear.toml", format!("{case}[issue]\ncost = 7000000000\n"));
    let pack = folder.path().join("pack");
    let dear = convener(&["export", text(&dear), "--to", "clingo", "--pack", text(&pack)]);
    assert_eq!(dear.code, 2, "{}", dear.out);
    let expected = "dear.toml:4:1: `issue.cost` cannot be exported: it is more than 500 million";
    assert!(dear.err.contains(expected), "{}", dear.err);
}
