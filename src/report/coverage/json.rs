//! Coverage as JSON: the schemas `convener.guide-coverage/1` and `convener.rule-coverage/1`, described in
//! `docs/coverage-json.md`. Change them only together with that page.

use serde::Serialize;

use crate::coverage::{self, Account};
use crate::knowledge::PackName;
use crate::report::phrase;
use crate::source::SourceMap;

#[derive(Serialize)]
struct Pack<'a> {
    id: &'a str,
    title: &'a str,
    version: &'a str,
    hash: &'a str,
}

#[derive(Serialize)]
struct GuideReport<'a> {
    schema: &'static str,
    packs: Vec<Pack<'a>>,
    passages: usize,
    runs: usize,
    said: usize,
    cases: usize,
    declined: usize,
    missing: Vec<&'a str>,
    sections: Vec<Section<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    source: &'a str,
    title: &'a str,
    passages: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct Passage<'a> {
    id: &'a str,
    place: &'a str,
    says: Option<&'a str>,
    carried_by: Vec<Carrier<'a>>,
    declined: Option<&'a str>,
}

#[derive(Serialize)]
struct Carrier<'a> {
    kind: &'static str,
    name: &'a str,
    at: Option<String>,
}

#[derive(Serialize)]
struct RuleReport<'a> {
    schema: &'static str,
    packs: Vec<Pack<'a>>,
    cases: usize,
    points: usize,
    examples: usize,
    rules: Vec<RuleEntry<'a>>,
    derived: Vec<DerivedEntry<'a>>,
}

#[derive(Serialize)]
struct RuleEntry<'a> {
    rule: &'a str,
    rule_at: Option<String>,
    fires: usize,
    provisional: usize,
    contested: usize,
    open: usize,
    set_aside: usize,
    silent: usize,
    nearly_always: bool,
    examples_firing: usize,
    examples_not: usize,
}

#[derive(Serialize)]
struct DerivedEntry<'a> {
    fact: &'a str,
    derived_at: Option<String>,
    branches: Vec<Branch>,
}

#[derive(Serialize)]
struct Branch {
    at: Option<String>,
    reached: bool,
}

/// What of the guide is accounted for, as JSON.
#[must_use]
pub fn guide(from: &coverage::Guide, sources: &SourceMap) -> String {
    let missing = |passage: &&coverage::Passage| passage.account() == Account::Missing;
    written(&GuideReport {
        schema: "convener.guide-coverage/1",
        packs: packs(&from.packs),
        passages: from.passages().count(),
        runs: from.count(Account::Runs),
        said: from.count(Account::Said),
        cases: from.count(Account::Case),
        declined: from.count(Account::Declined),
        missing: from.passages().filter(missing).map(|passage| passage.id.as_str()).collect(),
        sections: from.sections.iter().map(|from| section(from, sources)).collect(),
    })
}

fn section<'a>(from: &'a coverage::Section, sources: &SourceMap) -> Section<'a> {
    let passages = from.passages.iter().map(|passage| Passage {
        id: &passage.id,
        place: &passage.place,
        says: passage.says.as_deref(),
        carried_by: passage.carriers.iter().map(|from| carrier(from, sources)).collect(),
        declined: passage.declined.as_deref(),
    });
    Section { source: &from.source, title: &from.title, passages: passages.collect() }
}

fn carrier<'a>(from: &'a coverage::Carrier, sources: &SourceMap) -> Carrier<'a> {
    let [kind, _] = super::kind(from.kind);
    Carrier { kind, name: &from.name, at: phrase::place(sources, from.span) }
}

/// What becomes of the rules, as JSON.
#[must_use]
pub fn rules(from: &coverage::Rules, sources: &SourceMap) -> String {
    written(&RuleReport {
        schema: "convener.rule-coverage/1",
        packs: packs(&from.packs),
        cases: from.cases,
        points: from.points,
        examples: from.examples,
        rules: from.rules.iter().map(|rule| self::rule(rule, from.points, sources)).collect(),
        derived: from.derived.iter().map(|one| derived(one, sources)).collect(),
    })
}

fn rule<'a>(from: &'a coverage::Rule, points: usize, sources: &SourceMap) -> RuleEntry<'a> {
    RuleEntry {
        rule: &from.name,
        rule_at: phrase::place(sources, from.span),
        fires: from.points.fires,
        provisional: from.points.provisional,
        contested: from.points.contested,
        open: from.points.open,
        set_aside: from.points.set_aside,
        silent: from.points.silent,
        nearly_always: from.fires_nearly_always(points),
        examples_firing: from.examples.fires,
        examples_not: from.examples.no,
    }
}

fn derived<'a>(from: &'a coverage::Derived, sources: &SourceMap) -> DerivedEntry<'a> {
    let branches = from
        .branches
        .iter()
        .map(|branch| Branch { at: phrase::place(sources, branch.span), reached: branch.reached });
    DerivedEntry {
        fact: &from.path,
        derived_at: phrase::place(sources, from.span),
        branches: branches.collect(),
    }
}

fn packs(from: &[PackName]) -> Vec<Pack<'_>> {
    from.iter()
        .map(|from| Pack {
            id: &from.id,
            title: &from.title,
            version: &from.version,
            hash: &from.hash,
        })
        .collect()
}

fn written(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
