//! How long it takes to prove, verify and tell every conclusion of a shipped case. `cargo bench --bench explain`.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench reads its input and has nobody to report to"
)]

use std::path::Path;

use convener::case::{self, Format};
use convener::certificate::Proof;
use convener::diagnostic::Diagnostics;
use convener::engine::{Limits, Plan};
use convener::explain::explain;
use convener::facts::Facts;
use convener::knowledge::{KnowledgeBase, RuleId};
use convener::pack::{self, PackText};
use convener::proof::{Worlds, prove};
use convener::report::{self, Detail, Heading, Options};
use convener::source::SourceMap;
use convener::syntax::Wanted;
use convener::verify::verify;
use divan::Bencher;
use divan::counter::ItemsCount;

const CASES: [&str; 2] = ["orangi", "bangladesh-immunization"];

fn main() {
    divan::main();
}

struct Shipped {
    sources: SourceMap,
    kb: KnowledgeBase,
    facts: Facts,
}

impl Shipped {
    fn read(name: &str) -> Shipped {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut sources = SourceMap::default();
        let mut diagnostics = Diagnostics::default();
        let mut names: Vec<String> = root
            .join("rules")
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let mut file = |name: String| {
            let text = std::fs::read_to_string(root.join("rules").join(&name)).unwrap();
            (name.clone(), sources.add(format!("rules/{name}"), text))
        };
        let files = names.into_iter().map(&mut file).collect();
        let text = PackText { name: "rules".to_owned(), files };
        let pack = pack::read(&text, &sources, Wanted::Whole, &mut diagnostics).unwrap();
        let kb = convener::compile::compile(&[pack], &mut diagnostics).unwrap();
        let text = std::fs::read_to_string(root.join(format!("cases/{name}.toml"))).unwrap();
        let source = sources.add(name, text.as_str());
        let case = case::read(source, &text, Format::Toml, &kb, &mut diagnostics);
        let case = case.unwrap();
        let facts = case::facts(&case, &kb.vocabulary, &case.end(), &case::Filter::default());
        Shipped { sources, kb, facts }
    }

    fn worlds(&self) -> Worlds {
        Worlds::new(&Plan::new(&self.kb), &self.facts, Limits::default()).unwrap()
    }

    /// Every rule and subject that is not silent.
    fn subjects(worlds: &Worlds) -> Vec<(RuleId, Vec<usize>)> {
        let conclusions = worlds.list().iter().take(1).flat_map(|world| &world.model.conclusions);
        conclusions.map(|one| (one.rule, one.subject.to_vec())).collect()
    }

    fn proofs(&self, worlds: &Worlds) -> Vec<Proof> {
        let one = |subject| prove(&self.kb, worlds, &[subject]).unwrap();
        Shipped::subjects(worlds).into_iter().map(one).collect()
    }
}

#[divan::bench(args = CASES)]
fn infer_for_every_speaker(bencher: Bencher, name: &str) {
    let shipped = Shipped::read(name);
    bencher.bench(|| shipped.worlds());
}

#[divan::bench(args = CASES)]
fn prove_all(bencher: Bencher, name: &str) {
    let shipped = Shipped::read(name);
    let worlds = shipped.worlds();
    let count = Shipped::subjects(&worlds).len();
    bencher.counter(ItemsCount::new(count)).bench(|| shipped.proofs(&worlds));
}

#[divan::bench(args = CASES)]
fn verify_all(bencher: Bencher, name: &str) {
    let shipped = Shipped::read(name);
    let worlds = shipped.worlds();
    let proofs = shipped.proofs(&worlds);
    bencher.counter(ItemsCount::new(proofs.len())).bench(|| {
        let verified = proofs.iter().all(|one| verify(&shipped.kb, &shipped.facts, one).is_ok());
        assert!(verified);
    });
}

#[divan::bench(args = CASES)]
fn tell_all(bencher: Bencher, name: &str) {
    let shipped = Shipped::read(name);
    let worlds = shipped.worlds();
    let proofs = shipped.proofs(&worlds);
    let (heading, options) = (Heading::default(), Options::default());
    bencher.counter(ItemsCount::new(proofs.len())).bench(|| {
        let told = proofs
            .iter()
            .filter_map(|proof| explain(&shipped.kb, &worlds, proof, *proof.conclusions.first()?));
        let told: Vec<_> = told.collect();
        report::explanation(&told, &heading, &shipped.sources, (Detail::Full, &options)).len()
    });
}
