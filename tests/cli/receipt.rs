//! Receipts: written, worked out again, changed by hand, and compared with other rules and other cases.

use std::path::PathBuf;

use convener::report::receipt::{read, write as written};
use tempfile::TempDir;

use super::{Run, convener, text, write};

const RULES: &str = "one issue \"the issue\" { crisis yes_no  drought yes_no }\nrisk loss \"Loss\"\nrisk hunger \"Hunger\"\nrisk panic \"Panic\"\ndefine pressing(party p) { when { issue.crisis p.key } }\nentity party \"a party\" { key yes_no }\nrule hurry { for party p when { pressing(p) } warn panic high \"Hurry.\" }\nrule dry { when { issue.drought } warn hunger low \"Dry.\" }\nrule calm { overrides dry when { issue.crisis } note \"Calm.\" }\n";

const CASE: &str = "[case]\nid = \"c\"\n\n[issue]\ncrisis = false\ndrought = true\n\n[[party]]\nid = \"a\"\nkey = true\n\n[[event]]\nid = \"storm\"\nat = \"1990\"\nset.issue.crisis = true\n\n[[event]]\nid = \"rain\"\nat = \"1991\"\nset.issue.crisis = false\n";

struct Place {
    folder: TempDir,
    pack: PathBuf,
    case: PathBuf,
    receipt: PathBuf,
}

/// A pack and a case, and a receipt of every moment of it.
fn place() -> Place {
    let folder = TempDir::new().unwrap();
    for name in ["pack", "cases", "receipts"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let manifest = "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n";
    write(&folder, "pack/pack.toml", manifest);
    write(&folder, "pack/a.rules", RULES);
    let case = write(&folder, "cases/c.toml", CASE);
    let (pack, receipt) = (folder.path().join("pack"), folder.path().join("receipts/r.json"));
    let cases = folder.path().join("cases");
    let arguments = ["snapshot", text(&cases), "--every-moment", "--pack", text(&pack), "--to"];
    let run = convener(&[&arguments[..], &[text(&receipt)]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(run.out, format!("{}: 2 results of 1 case\n", text(&receipt)));
    Place { folder, pack, case, receipt }
}

impl Place {
    fn again(&self, more: &[&str]) -> Run {
        convener(&[&["reproduce", text(&self.receipt)], more].concat())
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.again(&["--format", "json"]).out).unwrap()
    }

    fn rules(&self, from: &str, to: &str) {
        assert!(RULES.contains(from));
        std::fs::write(self.pack.join("a.rules"), RULES.replace(from, to)).unwrap();
    }

    fn differences(&self) -> Vec<(String, String, bool)> {
        let found = self.json();
        let cases = found["cases"].as_array().unwrap().iter();
        let all = cases.flat_map(|case| case["differences"].as_array().unwrap().clone());
        all.map(|one| {
            let word = |key: &str| one[key].as_str().unwrap_or("").to_owned();
            (word("at"), word("point"), one["explained"].as_bool().unwrap())
        })
        .collect()
    }
}

#[test]
fn what_did_not_change_is_the_same_byte_for_byte_wherever_it_lies() {
    let place = place();
    let run = place.again(&[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.ends_with("The same, byte for byte: 2 results.\n"), "{}", run.out);

    let moved = place.folder.path().join("elsewhere");
    std::fs::create_dir(&moved).unwrap();
    std::fs::rename(&place.case, moved.join("c.toml")).unwrap();
    let run = place.again(&[]);
    assert!(run.code == 2 && run.err.contains("say with --cases"), "{}", run.err);
    let run = place.again(&["--cases", text(&moved)]);
    assert!(run.code == 0 && run.out.contains("byte for byte"), "{}{}", run.out, run.err);
}

#[test]
fn what_changed_is_named_and_explains_what_comes_of_it() {
    let place = place();
    // A definition explains what the rules that read it conclude.
    place.rules("issue.crisis p.key", "p.key");
    let run = place.again(&[]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("changed   definition pressing"), "{}", run.out);
    assert!(run.out.contains("rule hurry of a: silent → fires at 1991"), "{}", run.out);
    assert!(run.out.contains("warning panic: not given → high, place 1"), "{}", run.out);
    // The other warning stands one place lower for it.
    assert!(run.out.contains("warning hunger: low, place 1 → 2 at 1991"), "{}", run.out);
    assert!(run.out.contains("and each is explained") && !run.out.contains("UNEXPLAINED"));
    assert_eq!(place.again(&["--accept-explained"]).code, 0);

    // So does a rule that is gone what it overrode.
    place.rules("rule calm { overrides dry when { issue.crisis } note \"Calm.\" }\n", "");
    let found = place.differences();
    let point = |point: &str| found.iter().find(|one| one.1 == point).map(|one| one.2);
    assert_eq!(point("rule dry"), Some(true));
    assert_eq!(point("rule calm"), Some(true));
    assert!(place.again(&[]).out.contains("removed   rule calm"));

    // A remark changes no item and no conclusion.
    std::fs::write(place.pack.join("a.rules"), format!("# a remark\n{RULES}")).unwrap();
    let run = place.again(&[]);
    assert!(run.code == 1 && run.out.contains("The conclusions are the same"), "{}", run.out);
    assert!(run.out.contains("no item of theirs"), "{}", run.out);
    assert_eq!(place.again(&["--accept-explained"]).code, 0);
}

#[test]
fn a_case_that_changed_explains_its_conclusions() {
    let place = place();
    std::fs::write(&place.case, CASE.replace("drought = true", "drought = false")).unwrap();
    let run = place.again(&[]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("case      c (../cases/c.toml)"), "{}", run.out);
    assert!(run.out.contains("warning hunger: low, place 1") && !run.out.contains("UNEXPLAINED"));
    assert_eq!(place.again(&["--accept-explained"]).code, 0);
}

#[test]
fn a_stage_that_comes_out_otherwise_explains_what_is_ranked_by_it() {
    let place = place();
    let staged = |early: &str, late: &str| {
        format!(
            "scale step {{ early late }}\none issue \"the issue\" {{ crisis yes_no  drought yes_no }}\none work \"the work\" {{ calm yes_no }}\nentity party \"a party\" {{ key yes_no }}\nderive work.step step {{ {late} when {{ issue.drought }}  {early} otherwise }}\nranking {{ stage work.step  severity {{ critical 8  high 4  medium 2  low 1 }}  timing {{ overdue 1.5  now 1  next 0.5  later 0.25 }} }}\nrisk panic \"Panic\"\nrule hurry {{ stage late  when {{ issue.crisis }}  warn panic high \"Hurry.\" }}\n"
        )
    };
    std::fs::write(place.pack.join("a.rules"), staged("early", "late")).unwrap();
    let arguments = ["snapshot", text(&place.case), "--at", "1990", "--pack", text(&place.pack)];
    let run = convener(&[&arguments[..], &["--to", text(&place.receipt)]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    std::fs::write(place.pack.join("a.rules"), staged("late", "early")).unwrap();
    let run = place.again(&["--accept-explained"]);
    assert!(run.out.contains("warning panic: high, score 4 → 2"), "{}{}", run.out, run.err);
    assert!(run.out.contains("the stage: late → early") && run.code == 0, "{}", run.out);
}

#[test]
fn what_nothing_explains_fails() {
    let place = place();
    let mut receipt = read(&std::fs::read_to_string(&place.receipt).unwrap()).unwrap();
    receipt.program = "0.0.1".to_owned();
    let case = receipt.cases.get_mut("c").unwrap();
    case.results[0].points.insert("rule dry".to_owned(), "fires".to_owned());
    case.results[1].hash = "another".to_owned();
    std::fs::write(&place.receipt, written(&receipt)).unwrap();
    let run = place.again(&["--accept-explained"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("1 conclusion comes out otherwise; 1 that nothing explains"),
        "{}",
        run.out
    );
    assert!(run.out.contains("rule dry: fires → set aside at 1990"), "{}", run.out);
    // A new program explains the form of a result, and no conclusion.
    let found = place.differences();
    let told = |at: &str, point: &str, explained| (at.to_owned(), point.to_owned(), explained);
    assert_eq!(found, [told("1990", "rule dry", false), told("1991", "", true)]);
    // Another rule that differs does not explain it.
    place.rules("issue.crisis p.key", "p.key");
    let found = place.differences();
    assert!(found.contains(&told("1990", "rule dry", false)), "{found:?}");
}

#[test]
fn a_receipt_that_was_changed_or_is_none_is_refused() {
    let place = place();
    let text = std::fs::read_to_string(&place.receipt).unwrap();
    let refused = |text: String, what: &str| {
        std::fs::write(&place.receipt, text).unwrap();
        let run = place.again(&[]);
        assert!(run.code == 2 && run.err.contains(what), "{}{}", run.err, run.out);
        assert!(run.err.contains("r.json: "), "{}", run.err);
    };
    refused(text.replacen("set aside", "fires", 1), "it was changed after it was written");
    refused(text.replace("\"program\"", "\"programme\""), "unknown field `programme`");
    refused(
        text.replace("convener.receipt/1", "convener.receipt/9"),
        "`convener.receipt/1` is read here",
    );
    refused("[case]".to_owned(), "it is no receipt in JSON");
    refused(text.replacen("\"seal\"", "\"sea\"", 1), "at line");
    let spaced = text.replace("\n  ", "\n      ");
    std::fs::write(&place.receipt, spaced).unwrap();
    assert_eq!(place.again(&[]).code, 0, "layout is no content");
}

#[test]
fn one_result_is_pinned_with_its_filter() {
    let run = convener(&["snapshot", "cases/orangi.toml", "--at", "1984", "--source", "idr-1997"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let receipt = read(&run.out).unwrap();
    assert_eq!(receipt.cases["orangi"].file, "cases/orangi.toml");
    assert_eq!(receipt.cases["orangi"].results.len(), 1);
    assert_eq!(receipt.sources.iter().collect::<Vec<_>>(), ["idr-1997"]);
    let run = convener(&["snapshot", "cases/orangi.toml", "--source", "nobody"]);
    assert!(run.code == 2 && run.err.contains("--source: orangi: "), "{}", run.err);
    let run = convener(&["snapshot", "cases", "cases/orangi.toml", "--at", "soon"]);
    assert!(run.code == 2 && run.err.contains("--at: "), "{}", run.err);
}

#[test]
fn a_receipt_takes_the_place_of_a_receipt_alone() {
    let folder = TempDir::new().unwrap();
    let case = write(&folder, "nia.toml", std::fs::read("cases/nia.toml").unwrap());
    let before = std::fs::read(&case).unwrap();
    let over_the_case = convener(&["snapshot", text(&case), "--to", text(&case)]);
    assert_eq!(over_the_case.code, 2);
    assert!(over_the_case.err.contains("is no receipt"), "{}", over_the_case.err);
    assert_eq!(std::fs::read(&case).unwrap(), before);
    let receipt = folder.path().join("nia.json");
    for _ in 0..2 {
        let run = convener(&["snapshot", text(&case), "--to", text(&receipt)]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
    }
}
