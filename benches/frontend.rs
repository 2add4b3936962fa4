//! How long a pack takes from text to a plan, and a case from text to facts. `cargo bench --bench frontend`.
#![expect(clippy::unwrap_used, reason = "a bench has nobody to report to")]

use std::fmt::Write;

use convener::case::{self, Filter, Format};
use convener::compile::compile;
use convener::diagnostic::Diagnostics;
use convener::engine::Plan;
use convener::knowledge::KnowledgeBase;
use convener::pack::{self, PackText};
use convener::source::SourceMap;
use convener::syntax::Wanted;
use divan::Bencher;

fn main() {
    divan::main();
}

const MANIFEST: &str =
    "[pack]\nid = \"bench\"\ntitle = \"Bench\"\nversion = \"1\"\nlanguage = \"1\"\n";

const VOCABULARY: &str = r#"
scale level { none low medium high }
enum sector { state market civil_society }
entity party "a party" {
  sector    set of sector  "Which sector does {self} belong to?"
  key       yes_no default no
  organized level
  power     level
  gain      level
}
one issue "the issue" { crisis yes_no }
relation credible(party who, party to) level
risk boycott "Key parties stay away"
action talk "Talk to them"
define weak(party p) { "is weak" when { p.organized at most low } }
"#;

/// A rule of four conditions with a warning, a recommendation and an example.
fn rule(out: &mut String, at: usize) {
    let level = ["none", "low", "medium", "high"].into_iter().cycle().nth(at % 4).unwrap();
    write!(
        out,
        r#"
rule rule-{at} {{
  for party p {{ p.key  p.power at least {level} }}
  when {{
    some other party c {{ weak(c)  credible(who c, to p) below {level} }}
    not {{ p.gain is {level} }}
  }}
  unless {{ issue.crisis }}
  warn boycott high "{{p}} {{p: does|do}} not find {{c}} credible."
  recommend talk medium "Let {{p}} talk to {{c}} first, number {at}."
}}
example "rule {at}" {{
  given {{ party a {{ key no }} }}
  expect no rule-{at}
}}
"#
    )
    .unwrap();
}

fn texts(rules: usize) -> (PackText, SourceMap) {
    let mut sources = SourceMap::default();
    let mut files = vec![
        ("pack.toml".to_owned(), sources.add("pack.toml", MANIFEST)),
        ("vocabulary.rules".to_owned(), sources.add("vocabulary.rules", VOCABULARY)),
    ];
    for chunk in (0..rules).collect::<Vec<_>>().chunks(500) {
        let mut text = String::new();
        for &at in chunk {
            rule(&mut text, at);
        }
        let name = format!("rules-{:05}.rules", chunk.first().unwrap());
        files.push((name.clone(), sources.add(name, text)));
    }
    (PackText { name: "bench".to_owned(), files }, sources)
}

fn knowledge(pack: &PackText, sources: &SourceMap) -> KnowledgeBase {
    let mut diagnostics = Diagnostics::default();
    let pack = pack::read(pack, sources, Wanted::Whole, &mut diagnostics).unwrap();
    compile(&[pack], &mut diagnostics).unwrap()
}

/// Reading and compiling, up to the knowledge base.
#[divan::bench(args = [1_000, 10_000], sample_count = 5, sample_size = 1)]
fn read_and_compile(bencher: Bencher, rules: usize) {
    let (pack, sources) = texts(rules);
    bencher.bench(|| knowledge(&pack, &sources).rules.len());
}

/// Making the knowledge base ready for inference.
#[divan::bench(args = [1_000, 10_000], sample_count = 5, sample_size = 1)]
fn plan(bencher: Bencher, rules: usize) {
    let (pack, sources) = texts(rules);
    let knowledge = knowledge(&pack, &sources);
    bencher.bench(|| Plan::new(&knowledge));
}

/// A case of twelve parties from text to facts.
#[divan::bench]
fn read_case(bencher: Bencher) {
    let (pack, mut sources) = texts(1);
    let knowledge = knowledge(&pack, &sources);
    let mut text = "[case]\nid = \"bench\"\ntitle = \"Bench\"\n[issue]\ncrisis = true\n".to_owned();
    for party in 0..12 {
        write!(
            text,
            "[[party]]\nid = \"p{party}\"\nsector = [\"state\"]\nkey = true\npower = \"high\"\n"
        )
        .unwrap();
    }
    let source = sources.add("case.toml", text.clone());
    bencher.bench(|| {
        let mut diagnostics = Diagnostics::default();
        let words = &knowledge.vocabulary;
        let case = case::read(source, &text, Format::Toml, &knowledge, &mut diagnostics).unwrap();
        case::facts(&case, words, &case.end(), &Filter::default())
    });
}
