//! What came of a case, as it is kept; and that nothing which advises can see it.

use std::path::Path;

use convener::case::outcome::{self, ActionResult, Happened, When};
use convener::case::{Beside, Period};
use convener::diagnostic::Diagnostics;
use convener::source::SourceId;

use crate::support::beside::{case, knowledge};

const OUTCOME: &str = r#"
[outcome]
case = "water"
observed_until = "1990"
source = "study"

[sources]
report = { title = "A report" }

[[risk]]
id = "no-voice"
at = "1986"
for = ["ngos", "ministry"]
happened = true
note = "nobody answered"

[[risk]]
id = "no-voice"
happened = "unknown"
source = "report"

[[action]]
id = "organize-first"
at = "1987"
for = "ngos"
result = "partly"
"#;

#[test]
fn an_outcome_is_kept_as_it_is_told() {
    let mut diagnostics = Diagnostics::default();
    let (case, knowledge) = (case(), knowledge());
    let beside = Beside { source: SourceId(3), text: OUTCOME, case: &case, knowledge };
    let outcome = outcome::read(beside, &mut diagnostics).unwrap();
    assert!(diagnostics.is_empty());
    assert_eq!(outcome.case, "water");
    assert_eq!(outcome.observed_until, Period::parse("1990").map(When::Dated));
    let sources: Vec<&str> = outcome.sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(sources, ["report", "study", "talks"]);
    let [happened, unknown] = outcome.risks.as_slice() else { panic!("{:?}", outcome.risks) };
    assert_eq!(knowledge.risks[happened.risk.0].name, "no-voice");
    assert_eq!((happened.happened, unknown.happened), (Happened::Yes, Happened::Unknown));
    let rows: Vec<&str> = happened.told.rows.iter().map(|(_, id)| id.as_str()).collect();
    assert_eq!(rows, ["ministry", "ngos"]);
    assert_eq!(happened.told.at, Period::parse("1986").map(When::Dated));
    assert_eq!(happened.told.note.as_deref(), Some("nobody answered"));
    assert_eq!(happened.told.source.as_deref(), Some("study"));
    assert_eq!(unknown.told.source.as_deref(), Some("report"));
    assert_eq!((unknown.told.at, unknown.told.rows.len()), (None, 0));
    let [done] = outcome.actions.as_slice() else { panic!("{:?}", outcome.actions) };
    assert_eq!(knowledge.actions[done.action.0].name, "organize-first");
    assert_eq!(done.result, ActionResult::Partly);
}

/// The modules between a case and its advice name no outcome, so that none can be used with hindsight.
#[test]
fn nothing_that_advises_can_see_an_outcome() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let blind = [
        "facts",
        "engine",
        "proof",
        "advice",
        "whatif",
        "replay",
        "case/timeline",
        "case/filter",
        "precedent/alike",
        "precedent/archive",
        "precedent/cut",
    ];
    let mut folders = vec![root.clone()];
    let mut looked = 0;
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inner = path.strip_prefix(&root).unwrap().with_extension("");
            if blind.iter().any(|module| inner.starts_with(module)) {
                let text = std::fs::read_to_string(&path).unwrap();
                for word in ["outcome::", "RiskOutcome", "ActionOutcome"] {
                    assert!(!text.contains(word), "{} names `{word}`", path.display());
                }
                looked += 1;
            }
        }
    }
    assert!(looked > 20, "only {looked} files were looked at");
}
