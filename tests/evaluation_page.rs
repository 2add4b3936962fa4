//! The results in `docs/evaluation.md` are those of the cases and rules that come with the program: what stands between its
//! two marks is written by `convener evaluate cases`. `BLESS=1` rewrites it.

use std::path::Path;

use crate::cli::convener;

const BEGIN: &str = "<!-- results: BLESS=1 cargo test -- evaluation_page writes them -->\n";
const END: &str = "<!-- end of results -->\n";

/// The results alone, from the first heading up to the hashes, each heading one step lower.
fn results() -> String {
    let arguments =
        ["evaluate", "cases", "--by", "party.sector", "--sensitivity", "--format", "markdown"];
    let run = convener(&arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let start = run.out.find("\n## ").unwrap();
    let end = run.out.find("\n## What was evaluated").unwrap();
    format!("{}\n", run.out[start..end].replace("\n## ", "\n### "))
}

#[test]
fn shows_the_results_of_the_day() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/evaluation.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let results = results();
    if std::env::var("BLESS").is_ok() {
        std::fs::write(&path, format!("{before}{BEGIN}{results}{END}{after}")).unwrap();
        return;
    }
    assert!(
        shown == results,
        "docs/evaluation.md is not up to date: BLESS=1 cargo test -- evaluation_page rewrites it"
    );
}
