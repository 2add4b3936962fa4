//! The house rules that a machine can see: which module imports which, sizes of files, module docs, forbidden words.

use std::path::{Path, PathBuf};

/// Modules in reading order, each with those it may import.
const IMPORTS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("truth", &[]),
    ("value", &[]),
    ("diagnostic", &["source"]),
    ("syntax", &["source", "diagnostic", "value"]),
    ("pack", &["source", "diagnostic", "syntax", "value"]),
    ("knowledge", &["source", "value", "truth"]),
    ("compile", &["source", "diagnostic", "syntax", "pack", "knowledge", "value"]),
    ("facts", &["source", "knowledge", "value", "truth"]),
    ("change", &["source", "knowledge", "facts", "value"]),
    ("case", &["source", "diagnostic", "knowledge", "facts", "change", "value"]),
    ("engine", &["knowledge", "facts", "value", "truth"]),
    ("certificate", &["knowledge", "value"]),
    ("verify", &["certificate", "knowledge", "facts", "value"]),
    (
        "proof",
        &["source", "certificate", "knowledge", "facts", "change", "engine", "truth", "value"],
    ),
    ("explain", &["source", "certificate", "knowledge", "proof", "value"]),
    ("advice", &["source", "knowledge", "facts", "engine", "proof", "truth", "value"]),
    (
        "whatif",
        &["source", "knowledge", "facts", "change", "engine", "proof", "advice", "truth", "value"],
    ),
    (
        "ask",
        &["source", "knowledge", "facts", "change", "engine", "proof", "advice", "truth", "value"],
    ),
    (
        "interview",
        &[
            "source",
            "diagnostic",
            "knowledge",
            "facts",
            "change",
            "case",
            "engine",
            "proof",
            "advice",
            "ask",
            "value",
        ],
    ),
    (
        "replay",
        &["source", "knowledge", "facts", "case", "engine", "proof", "advice", "whatif", "value"],
    ),
    (
        "evaluate",
        &["source", "knowledge", "facts", "case", "engine", "proof", "advice", "whatif", "value"],
    ),
    (
        "coding",
        &["knowledge", "facts", "case", "engine", "proof", "advice", "whatif", "evaluate", "value"],
    ),
    (
        "precedent",
        &["knowledge", "facts", "case", "engine", "proof", "advice", "evaluate", "value"],
    ),
    (
        "trial",
        &[
            "source",
            "diagnostic",
            "knowledge",
            "facts",
            "case",
            "engine",
            "proof",
            "advice",
            "value",
        ],
    ),
    (
        "diff",
        &[
            "source",
            "diagnostic",
            "syntax",
            "pack",
            "compile",
            "knowledge",
            "facts",
            "change",
            "case",
            "engine",
            "proof",
            "advice",
            "whatif",
            "value",
        ],
    ),
    ("receipt", &["source", "pack", "knowledge", "facts", "engine", "proof", "diff", "value"]),
    ("export", &["source", "knowledge", "facts", "value"]),
    ("coverage", &["source", "knowledge", "facts", "case", "engine", "proof", "value"]),
    (
        "report",
        &[
            "source",
            "diagnostic",
            "knowledge",
            "facts",
            "change",
            "case",
            "engine",
            "certificate",
            "proof",
            "explain",
            "advice",
            "whatif",
            "ask",
            "interview",
            "replay",
            "evaluate",
            "coding",
            "precedent",
            "diff",
            "receipt",
            "coverage",
            "truth",
            "value",
        ],
    ),
];

/// Modules of the shell, which may import everything.
const SHELL: &[&str] = &["cli", "lib", "main"];

/// Longest file, in lines.
const LONGEST_FILE: usize = 400;

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests", "benches"] {
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path.strip_prefix(root).unwrap().to_owned(), text)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The top-level module that a file of `src` belongs to.
fn module(path: &Path) -> Option<String> {
    let inner = path.strip_prefix("src").ok()?;
    let first = inner.components().next()?.as_os_str().to_str()?;
    Some(first.trim_end_matches(".rs").to_owned())
}

/// The top-level modules that a text names after `crate::`, documentation aside.
fn imported(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1).map(leading_name).collect::<Vec<_>>())
        .filter(|name| {
            IMPORTS.iter().any(|(module, _)| module == name) || SHELL.contains(&name.as_str())
        })
        .collect()
}

fn leading_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_go_down_only() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(module) = module(&path) else { continue };
        if SHELL.contains(&module.as_str()) {
            continue;
        }
        let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{} belongs to no module of the table", path.display()));
            continue;
        };
        for name in imported(&text) {
            if name != module && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{} imports `{name}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{} has {lines} lines", path.display()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{} does not open with what it is for", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_and_words_of_the_house() {
    // Written in two halves so that this file does not trip over itself.
    let words = [
        ("to", "do!("),
        ("FIX", "ME"),
        ("XX", "X"),
        ("db", "g!("),
        ("#[ign", "ore"),
        ("unsa", "fe {"),
    ];
    let names = ["utils", "helpers", "common", "manager", "misc", "mod"];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for word in words.map(|(a, b)| format!("{a}{b}")) {
            if text.contains(&word) {
                wrong.push(format!("{} has `{word}`", path.display()));
            }
        }
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
        if names.contains(&stem) {
            wrong.push(format!("{} is not named after what it holds", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
