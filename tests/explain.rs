//! Explanations: in three lengths on the shipped cases, every form of condition in sentences, the commands end to end.

mod command;

use convener::case::{self, Format};
use convener::certificate::Verdict;
use convener::diagnostic::Diagnostics;
use convener::engine::{Limits, Plan};
use convener::explain::{Explanation, explain};
use convener::facts::Facts;
use convener::knowledge::{KnowledgeBase, RuleId};
use convener::proof::{Worlds, prove};
use convener::report::{self, Detail, Heading, Options};
use convener::source::SourceMap;
use convener::verify::verify;

use crate::cli::convener;
use crate::support;

const RULES: &str = include_str!("fixtures/explain/forms.rules");
const CASE: &str = include_str!("fixtures/explain/forms.toml");

struct Read {
    kb: KnowledgeBase,
    facts: Facts,
    worlds: Worlds,
    sources: SourceMap,
}

fn fixture() -> Read {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let kb = support::compile("", RULES, &mut sources, &mut diagnostics);
    assert_eq!(support::shown(&diagnostics, &sources), "no problem");
    let kb = kb.unwrap();
    let source = sources.add("forms.toml", CASE);
    let case = case::read(source, CASE, Format::Toml, &kb, &mut diagnostics);
    assert_eq!(support::shown(&diagnostics, &sources), "no problem");
    let case = case.unwrap();
    let facts = case::facts(&case, &kb.vocabulary, &case.end(), &case::Filter::default());
    let worlds = Worlds::new(&Plan::new(&kb), &facts, Limits::default()).unwrap();
    Read { kb, facts, worlds, sources }
}

fn explanation(read: &Read, rule: &str, subject: &[&str]) -> Explanation {
    let at = read.kb.rules.iter().position(|found| found.name == rule).unwrap();
    let rows = read.kb.rules[at].variables.iter().zip(subject);
    let rows = rows.map(|(variable, id)| read.facts.find_row(variable.entity, id).unwrap());
    let proof = prove(&read.kb, &read.worlds, &[(RuleId(at), rows.collect())]).unwrap();
    assert_eq!(verify(&read.kb, &read.facts, &proof), Ok(()));
    explain(&read.kb, &read.worlds, &proof, proof.conclusions[0]).unwrap()
}

fn told(read: &Read, list: &[Explanation], detail: Detail) -> String {
    let heading =
        Heading { id: "forms".to_owned(), title: "Forms".to_owned(), ..Heading::default() };
    report::explanation(list, &heading, &read.sources, (detail, &Options::default()))
}

/// The rules of the fixture, each with a subject and what is to become of it.
const FORMS: [(&str, &[&str], Verdict); 17] = [
    ("no-convener", &[], Verdict::Fires),
    ("no-crisis", &[], Verdict::Open),
    ("all-strong", &[], Verdict::Open),
    ("most-known", &[], Verdict::Fires),
    ("enough", &[], Verdict::Fires),
    ("too-few", &[], Verdict::Fires),
    ("reached", &["hill"], Verdict::Fires),
    ("cut-off", &["island"], Verdict::Fires),
    ("apart", &["bank", "island"], Verdict::Fires),
    ("formed", &[], Verdict::Fires),
    ("long", &[], Verdict::Fires),
    ("strongest", &[], Verdict::Fires),
    ("graded", &["bank"], Verdict::Fires),
    ("graded", &["island"], Verdict::Silent),
    ("general", &["bank"], Verdict::SetAside),
    ("excused", &["hill"], Verdict::Provisional),
    ("trusted", &["hill"], Verdict::Contested),
];

#[test]
fn every_form_has_its_sentences() {
    let read = fixture();
    let list: Vec<Explanation> = FORMS
        .iter()
        .map(|(rule, subject, verdict)| {
            let found = explanation(&read, rule, subject);
            assert_eq!(found.verdict, *verdict, "{rule}");
            found
        })
        .collect();
    insta::assert_snapshot!("forms", told(&read, &list, Detail::Normal));
    insta::assert_snapshot!("forms_full", told(&read, &list, Detail::Full));
}

#[test]
fn a_circle_is_told_once() {
    let read = fixture();
    let text = told(&read, &[explanation(&read, "apart", &["bank", "island"])], Detail::Normal);
    assert!(text.contains("None of these comes to hold unless another does"), "{text}");
    assert!(text.contains("as long as none of these holds"), "{text}");
}

/// Explanations of the shipped cases in three lengths.
fn shipped(name: &str, arguments: &[&str]) {
    for detail in ["brief", "normal", "full"] {
        let all = [&["explain"], arguments, &["--detail", detail]].concat();
        let run = convener(&all);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("{name}_{detail}"), run.out);
    }
}

#[test]
fn orangi_in_three_lengths() {
    shipped("orangi", &["cases/orangi.toml", "government-convenes", "--at", "1985"]);
}

#[test]
fn bangladesh_in_three_lengths() {
    let case = "cases/bangladesh-immunization.toml";
    shipped("bangladesh", &[case, "credible-convener.donors", "--at", "1985"]);
}
