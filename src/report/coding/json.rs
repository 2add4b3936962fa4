//! Two codings of one case as JSON: the schema `convener.coding/1`, described in `docs/coding-json.md`. Change it only
//! together with that page.

use serde::Serialize;

use crate::coding::{Coded, ItemCoded, Saying};

use super::super::evaluate::phrase::verdict;
use super::super::evaluate::{Ratio, ratio};
use super::super::json::{Case, Pack, case, pack};
use super::Compared;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    packs: Vec<Pack<'a>>,
    codings: Vec<Case<'a>>,
    moments: &'a [String],
    only_rows: &'a [Vec<String>; 2],
    agreement: Ratio,
    facts: Vec<FactEntry<'a>>,
    warnings: Vec<ItemEntry<'a>>,
    recommendations: Vec<ItemEntry<'a>>,
    verdicts: Option<Vec<VerdictEntry<'a>>>,
}

#[derive(Serialize)]
struct FactEntry<'a> {
    path: &'a str,
    question: &'a str,
    saying: &'static str,
    values: Vec<Values<'a>>,
}

#[derive(Serialize)]
struct Values<'a> {
    from: usize,
    first: Option<&'a str>,
    second: Option<&'a str>,
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    id: &'a str,
    title: &'a str,
    only: &'a [Vec<usize>; 2],
    both: usize,
    because: &'a [String],
}

#[derive(Serialize)]
struct VerdictEntry<'a> {
    risk: &'a str,
    rows: &'a [String],
    first: &'static str,
    second: &'static str,
}

/// The comparison as JSON, on several lines. Everything is always in it.
#[must_use]
pub fn json(of: Compared<'_>) -> String {
    let coding = of.coding;
    let verdicts = coding.verdicts.as_ref().map(|verdicts| {
        let entries = verdicts.iter().map(|one| {
            let [first, second] = one.verdicts.map(verdict);
            VerdictEntry { risk: &one.risk, rows: &one.rows, first, second }
        });
        entries.collect()
    });
    let document = Document {
        schema: "convener.coding/1",
        packs: coding.packs.iter().map(pack).collect(),
        codings: of.headings.into_iter().map(case).collect(),
        moments: &coding.moments,
        only_rows: &coding.rows,
        agreement: ratio(coding.agreement),
        facts: coding.facts.iter().map(fact).collect(),
        warnings: coding.warnings.iter().map(item).collect(),
        recommendations: coding.recommendations.iter().map(item).collect(),
        verdicts,
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn fact(from: &Coded) -> FactEntry<'_> {
    let values = from.values.iter().map(|(at, [first, second])| Values {
        from: *at,
        first: first.as_deref(),
        second: second.as_deref(),
    });
    FactEntry {
        path: &from.path,
        question: &from.question,
        saying: saying(from.saying),
        values: values.collect(),
    }
}

fn saying(saying: Saying) -> &'static str {
    match saying {
        Saying::Differently => "differently",
        Saying::AtOtherTimes => "at_other_times",
        Saying::Same => "same",
        Saying::OnlyFirst => "only_first",
        Saying::OnlySecond => "only_second",
    }
}

fn item(from: &ItemCoded) -> ItemEntry<'_> {
    ItemEntry {
        id: &from.id,
        title: &from.title,
        only: &from.only,
        both: from.both,
        because: &from.because,
    }
}
