//! Why a rule does not fire, as JSON. Fills the structs of `schema`; computes nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::advice::near_miss;
use crate::advice::silence::Silence;
use crate::knowledge::Changes;
use crate::proof::repair::{self, Goal};
use crate::proof::{Fact, FactView, why_not};
use crate::value::NUMBER_UNIT;

use super::super::json::{Case, Pack, case, pack};
use super::super::phrase;
use super::schema::{
    Document, NearMiss, NearMisses, Others, Overrider, Part, Repair, Repairs, Step,
};
use super::{Around, words};

type Facts = BTreeMap<Fact, FactView>;

/// Why a rule does not fire for a subject, on several lines.
#[must_use]
pub fn json(silence: &Silence, around: Around<'_>) -> String {
    let writer = Writer { around, facts: &silence.facts };
    let others = silence.others;
    written(&Document {
        schema: "convener.why-not/1",
        packs: writer.packs(),
        case: writer.case(),
        rule: &silence.rule,
        rule_at: phrase::place(around.sources, silence.span),
        cites: silence.cites.iter().map(|cited| cited.id.as_str()).collect(),
        subject: &silence.subject,
        status: silence.why.status.map_or("silent", phrase::status),
        excluded: silence.why.is_excluded(),
        text: &silence.text,
        verdict: words::verdict(silence),
        others: Others {
            fires: others.fires,
            open: others.open,
            set_aside: others.set_aside,
            silent: others.silent,
            excluded: others.excluded,
        },
        subject_conditions: writer.parts(&silence.why.admits),
        conditions: writer.parts(&silence.why.conditions),
        exceptions: writer.parts(&silence.why.exceptions),
        overridden_by: silence
            .overridden_by
            .iter()
            .map(|(rule, fires)| Overrider { rule, fires: *fires })
            .collect(),
        repairs: silence.repairs.as_ref().map(|(goal, found)| writer.repairs(*goal, found)),
    })
}

/// The silent rules that lack little, on several lines.
#[must_use]
pub fn near_misses(found: &near_miss::NearMisses, around: Around<'_>) -> String {
    let writer = Writer { around, facts: &found.facts };
    written(&NearMisses {
        schema: "convener.near-misses/1",
        packs: writer.packs(),
        case: writer.case(),
        listed: found.list.iter().map(|miss| writer.near_miss(miss)).collect(),
        not_listed: found.more,
        without_subject: found.without_subject,
        stage_past: found.over,
    })
}

fn written(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

struct Writer<'a> {
    around: Around<'a>,
    facts: &'a Facts,
}

impl<'a> Writer<'a> {
    fn packs(&self) -> Vec<Pack<'a>> {
        self.around.packs.iter().map(pack).collect()
    }

    fn case(&self) -> Case<'a> {
        case(self.around.heading)
    }

    fn parts(&self, parts: &'a [why_not::Part]) -> Vec<Part<'a>> {
        parts.iter().map(|part| self.part(part)).collect()
    }

    fn part(&self, from: &'a why_not::Part) -> Part<'a> {
        let view = from.fact.and_then(|fact| self.facts.get(&fact));
        Part {
            state: words::state(from.state),
            text: &from.text,
            fact: view.map(|view| view.path.as_str()),
            value: view.map(|view| view.value.as_str()),
            grounds: view.map(|view| phrase::grounds(view.grounds)),
            stated_at: view
                .and_then(|view| view.span)
                .and_then(|span| phrase::place(self.around.sources, span)),
            either: from.either,
            parts: self.parts(&from.parts),
            not_listed: from.more,
        }
    }

    fn repairs(&self, goal: Goal, from: &'a repair::Repairs) -> Repairs<'a> {
        let never = from.barred.iter().filter_map(|fact| self.facts.get(fact));
        Repairs {
            goal: match goal {
                Goal::Fire => "fire",
                Goal::Clear => "clear",
            },
            list: from.list.iter().map(one_repair).collect(),
            variants_tried: from.tried,
            stopped_early: from.stopped,
            never_changing: never.map(|view| view.path.as_str()).collect(),
        }
    }

    fn near_miss(&self, from: &'a near_miss::NearMiss) -> NearMiss<'a> {
        NearMiss {
            rule: &from.rule,
            rule_at: phrase::place(self.around.sources, from.span),
            subject: &from.subject,
            text: &from.text,
            failing: from.distance.failing,
            open: from.distance.open,
            excluded: from.distance.excluded,
            subjects_as_near: from.as_near,
            weight_millionths: from.weight / NUMBER_UNIT,
            lacks: self.parts(&from.lacks),
            overridden_by: &from.overridden_by,
        }
    }
}

fn one_repair(from: &repair::Repair) -> Repair<'_> {
    let steps = from.steps.iter().map(|step| Step {
        fact: &step.path,
        question: &step.question,
        from: &step.from,
        to: &step.to,
        find_out: step.unknown,
        changes: match step.changes {
            Changes::ByActing => "by_acting",
            Changes::ByItself => "by_itself",
            Changes::Never => "never",
        },
    });
    Repair { by_acting: from.is_by_acting(), steps: steps.collect() }
}
