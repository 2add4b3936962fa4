//! Trees to a knowledge base: names resolved, tests typed, definitions stratified. Knows no cases.
//! [`compile`] is the list of its passes. Each reports all that it finds; what it could not resolve is remembered, so
//! that one mistake is reported once.

pub mod check;
pub mod stratify;

mod arguments;
mod attribute;
mod by_value;
mod caveat;
mod collect;
mod condition;
mod constant;
mod damage;
mod declined;
mod definition;
mod derivation;
mod empty;
mod example;
mod exception;
mod field;
mod given;
mod graph;
mod id;
mod layer;
mod lint;
mod names;
mod product;
mod ranking;
mod rule;
mod scope;
mod stated;
mod term;
mod test;
mod text;
mod vocabulary;
mod walk;
mod words;

use crate::diagnostic::Diagnostics;
use crate::knowledge::{KnowledgeBase, PackName};
use crate::pack::Pack;

use layer::Layers;

/// Compiles packs laid over each other, the first lowest. Gives nothing where anything is wrong, also before it. What did
/// not parse is not complained of again: neither names that it may have declared, nor what may be missing from it.
#[must_use]
pub fn compile(packs: &[Pack], diagnostics: &mut Diagnostics) -> Option<KnowledgeBase> {
    let layers = Layers::new(packs);
    let mut found = Diagnostics::default();
    let mut kb = lower(packs, &layers, &mut found);
    let found = damage::forgive_names(packs, layers.blame(found), diagnostics);
    damage::forgive(packs, found, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    stratify::stratify(&mut kb, diagnostics);
    check::check(&kb, diagnostics);
    (!diagnostics.has_errors()).then_some(kb)
}

/// Names, types, lowering.
fn lower(packs: &[Pack], layers: &Layers<'_>, diagnostics: &mut Diagnostics) -> KnowledgeBase {
    let declared = collect::collect(packs, diagnostics);
    id::spelling(&declared, diagnostics);
    empty::empty(&declared, diagnostics);

    let mut names = vocabulary::declare(&declared, diagnostics);
    let derived = attribute::declare(&mut names, &declared, diagnostics);
    vocabulary::relations(&mut names, &declared, diagnostics);
    definition::signatures(&mut names, &declared.definitions, diagnostics);
    let ranking = ranking::ranking(&mut names, &declared, diagnostics);

    let predicates = definition::predicates(&names, &declared.definitions, diagnostics);
    let derivations = derivation::derivations(&names, &derived, diagnostics);
    let mut rules = rule::rules(&names, &declared.rules, diagnostics);
    for rule in &mut rules {
        rule.pack = layers.of(rule.span);
    }
    exception::join(&names, &declared.rules, &mut rules, diagnostics);
    let mut examples = example::examples(&names, &rules, &declared.examples, diagnostics);
    for example in &mut examples {
        example.pack = layers.of(example.span);
    }

    KnowledgeBase {
        predicates,
        derivations,
        strata: Vec::new(),
        rules,
        risks: rule::risks(&names, &declared.risks, diagnostics),
        actions: rule::actions(&names, &declared.actions, diagnostics),
        questions: definition::questions(&names, &declared.questions, diagnostics),
        caveats: caveat::caveats(&names, &declared.caveats, diagnostics),
        citations: vocabulary::citations(&declared),
        declined: declined::declined(&names, packs, diagnostics),
        ranking,
        examples,
        packs: packs.iter().map(pack_name).collect(),
        vocabulary: names.vocabulary,
    }
}

fn pack_name(pack: &Pack) -> PackName {
    PackName {
        id: pack.id.clone(),
        title: pack.title.clone(),
        version: pack.version.clone(),
        hash: pack.hash.clone(),
    }
}
