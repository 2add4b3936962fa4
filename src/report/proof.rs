//! Proofs as JSON, written and read: the schema `convener.proof/1`, described in `docs/proof-json.md`.
//! Names stand for everything, so that a proof can be read without the program; whether it proves anything is for `verify`.

mod names;
mod read;
mod schema;

use crate::case::Filter;
use crate::certificate::{Claim, Inference, Matter, Proof, Quantity, Step};
use crate::facts::Facts;
use crate::knowledge::{Condition, KnowledgeBase, PackName};
use crate::source::{SourceMap, Span};

use super::phrase;
use names::Names;
use schema::{Case, Conclusion, Form, Pack};

pub use read::read;

/// What a proof is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The packs, in the order in which they lie on each other.
    pub packs: Vec<PackName>,
    /// The id of the case.
    pub case: String,
    /// The date at which it is looked at, as `1985-12-31`; none where nothing dates it.
    pub seen: Option<String>,
    /// How many of its events are seen.
    pub events: usize,
    /// Which of its facts count.
    pub filter: Filter,
    /// Who is believed in what is disputed, if anybody is.
    pub believing: Option<String>,
}

/// The proof as JSON, a step a line.
#[must_use]
pub fn proof(
    kb: &KnowledgeBase,
    facts: &Facts,
    about: &About,
    proof: &Proof,
    sources: &SourceMap,
) -> String {
    let names = Names { kb, facts };
    let writer = Writer { names, sources };
    let packs: Vec<Pack> = about.packs.iter().map(Pack::of).collect();
    let conclusions = proof.conclusions.iter().filter_map(|step| writer.conclusion(proof, *step));
    let steps = proof.steps.iter().enumerate().map(|(at, step)| writer.step(at, step));
    let fields = [
        format!("  \"schema\": {}", text(&schema::SCHEMA)),
        format!("  \"packs\": {}", text(&packs)),
        format!("  \"case\": {}", text(&Case::of(about))),
        format!("  \"conclusions\": [{}\n  ]", lines(conclusions)),
        format!("  \"steps\": [{}\n  ]", lines(steps)),
    ];
    format!("{{\n{}\n}}\n", fields.join(",\n"))
}

fn text(form: &impl serde::Serialize) -> String {
    serde_json::to_string(form).unwrap_or_default()
}

fn lines<T: serde::Serialize>(forms: impl Iterator<Item = T>) -> String {
    let lines: Vec<String> = forms.map(|form| format!("\n    {}", text(&form))).collect();
    lines.join(",")
}

struct Writer<'a> {
    names: Names<'a>,
    sources: &'a SourceMap,
}

impl Writer<'_> {
    fn conclusion(&self, proof: &Proof, step: usize) -> Option<Conclusion> {
        let Claim::Verdict(rule, subject, verdict) = &proof.steps.get(step)?.claim else {
            return None;
        };
        Some(Conclusion {
            rule: self.names.rule(*rule),
            subject: self.names.subject(*rule, subject),
            status: (*verdict).into(),
            step,
        })
    }

    fn step(&self, at: usize, step: &Step) -> schema::Step {
        schema::Step {
            number: at,
            claim: self.claim(&step.claim),
            by: step.by.into(),
            from: step.from.clone(),
            believing: step.believing.clone(),
            at: self.place(step).and_then(|span| phrase::place(self.sources, span)),
        }
    }

    fn claim(&self, claim: &Claim) -> Form {
        match claim {
            Claim::Holds(Matter::Condition(place, rows), bound) => Form::Condition {
                place: self.names.place(place),
                rows: self.names.bindings(place, rows),
                is: (*bound).into(),
            },
            Claim::Holds(Matter::Predicate(predicate, rows), bound) => {
                Form::Predicate { atom: self.names.atom(*predicate, rows), is: (*bound).into() }
            }
            Claim::Holds(Matter::Rule(rule, subject), bound) => Form::Rule {
                rule: self.names.rule(*rule),
                subject: self.names.subject(*rule, subject),
                is: (*bound).into(),
            },
            Claim::Value(quantity, outcome) => Form::Value {
                of: self.names.quantity(quantity),
                values: self.names.values(quantity, outcome.value),
                may_lack: outcome.may_lack,
            },
            Claim::Fails(atoms, bound) => Form::NoneOf {
                atoms: atoms
                    .iter()
                    .map(|(predicate, rows)| self.names.atom(*predicate, rows))
                    .collect(),
                is: (*bound).into(),
            },
            Claim::Verdict(rule, subject, verdict) => Form::Verdict {
                rule: self.names.rule(*rule),
                subject: self.names.subject(*rule, subject),
                status: (*verdict).into(),
            },
        }
    }

    /// Where what a step claims stands: a condition or rule in the packs, a fact in the case.
    fn place(&self, step: &Step) -> Option<Span> {
        let Names { kb, facts } = self.names;
        match (&step.claim, step.by) {
            (Claim::Holds(Matter::Condition(place, _), _), _) => match place.find(kb)?.condition {
                Condition::Test(_, span)
                | Condition::Holds(_, _, span)
                | Condition::Quantified(_, span) => Some(*span),
                _ => None,
            },
            (Claim::Holds(Matter::Rule(rule, _), _) | Claim::Verdict(rule, ..), _) => {
                kb.rules.get(rule.0).map(|rule| rule.span)
            }
            (Claim::Value(quantity, _), Inference::Fact) => {
                let cell = match quantity {
                    Quantity::Attribute(attribute, row) => facts.cell(*attribute, *row),
                    Quantity::Relation(relation, a, b) => {
                        facts.tie(&kb.vocabulary, *relation, *a, *b)
                    }
                    Quantity::Extreme(..) => None,
                };
                cell?.record.as_deref().map(|record| record.span)
            }
            (Claim::Value(Quantity::Attribute(attribute, _), _), Inference::Derivation) => {
                kb.derivations.get(attribute).map(|derivation| derivation.span)
            }
            _ => None,
        }
    }
}
