//! Bad and good texts with the exact diagnostics expected of them: one file per topic under `tests/suite/`, sections
//! `=== name`, input, `=== expected`, output. `BLESS=1` rewrites what is expected.

use std::path::Path;

use crate::support;
use crate::support::fixture::{self, Section};

fn run_folder(folder: &str, run: impl Fn(&str, &str) -> String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(folder);
    let mut failures = Vec::new();
    let mut sections = 0;
    for path in fixture::files(&root) {
        let text = std::fs::read_to_string(&path).unwrap();
        let file = fixture::parse(&text);
        let mut actual = Vec::new();
        for Section { name, input, expected } in &file.sections {
            sections += 1;
            let output = run(&file.prelude, input);
            if output.trim_end() != expected.trim_end() {
                failures.push(describe(&path, name, expected, &output));
            }
            actual.push(Section { name: name.clone(), input: input.clone(), expected: output });
        }
        if std::env::var("BLESS").is_ok() {
            std::fs::write(&path, fixture::print(&file.prelude, &actual)).unwrap();
        }
    }
    assert!(sections > 0, "no section under {}", root.display());
    assert!(
        failures.is_empty() || std::env::var("BLESS").is_ok(),
        "{} of {sections} differ (BLESS=1 rewrites them):\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

fn describe(path: &Path, name: &str, expected: &str, output: &str) -> String {
    format!("{}: {name}\n--- expected\n{expected}\n--- actual\n{output}", path.display())
}

/// Rule texts that the compiler refuses or accepts.
#[test]
fn compile() {
    run_folder("compile", support::check_rules);
}

/// Knowledge bases that the checks over the whole refuse or warn about.
#[test]
fn check() {
    run_folder("check", support::check_rules);
}

/// Outcomes, and what is expected of cases, with what comes of it.
#[test]
fn beside() {
    run_folder("beside", support::beside::check);
}

/// Case files.
#[test]
fn case() {
    run_folder("case", support::check_case);
}
