//! Advice as JSON, for other programs. Fills the structs of `schema`; computes nothing.

mod schema;

pub(super) use schema::{Case, Pack};

use std::collections::BTreeMap;

use crate::advice::{self, Advice};
use crate::precedent::{Line, Lines};
use crate::proof::{Fact, FactView};
use crate::source::{SourceMap, Span};
use crate::value::NUMBER_UNIT;

use super::{Heading, Options, Told, phrase, precedent};
use schema::{
    Caveat, Cited, Conclusion, Contradiction, Document, FactEntry, Filter, Item, LeftOut, Question,
    Reason, Says, Settling, Stage, TradeOff, Undecided, Weight,
};

/// The advice as JSON, on several lines. Everything is always in it; with `all` also every conclusion.
#[must_use]
pub fn json<'a>(
    told: impl Into<Told<'a>>,
    heading: &Heading,
    sources: &SourceMap,
    options: &Options,
) -> String {
    let Told { advice, lines } = told.into();
    let writer = Writer { advice, lines, sources };
    let document = writer.document(heading, options.all);
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

struct Writer<'a> {
    advice: &'a Advice,
    lines: Option<&'a Lines>,
    sources: &'a SourceMap,
}

impl<'a> Writer<'a> {
    fn document(&self, heading: &'a Heading, all: bool) -> Document<'a> {
        let advice = self.advice;
        Document {
            schema: "convener.advice/1",
            packs: advice.packs.iter().map(pack).collect(),
            case: case(heading),
            stage: advice.stage.as_ref().map(stage),
            facts_known: advice.known.known,
            facts_read: advice.known.total,
            contradictions: advice.contradictions.iter().map(|c| self.contradiction(c)).collect(),
            warnings: self.items(&advice.warnings, self.lines.map(|lines| &lines.warnings)),
            recommendations: self
                .items(&advice.recommendations, self.lines.map(|lines| &lines.recommendations)),
            encouragements: self.reasons(&advice.encouragements),
            notes: self.reasons(&advice.notes),
            tradeoffs: advice.tradeoffs.iter().map(tradeoff).collect(),
            undecided: advice.undecided.iter().map(|one| self.undecided(one)).collect(),
            open_not_listed: advice.uncounted,
            settling: advice.settling.iter().map(|one| self.settling(one)).collect(),
            questions: advice.questions.iter().map(question).collect(),
            caveats: advice.caveats.iter().map(caveat).collect(),
            facts: advice.facts.values().map(|view| self.fact(view)).collect(),
            conclusions: all.then(|| advice.conclusions.iter().map(conclusion).collect()),
        }
    }

    fn place(&self, span: Span) -> Option<String> {
        phrase::place(self.sources, span)
    }

    fn paths(&self, facts: &'a [Fact]) -> Vec<&'a str> {
        facts.iter().map(|fact| self.path(fact)).collect()
    }

    fn path(&self, fact: &Fact) -> &'a str {
        self.advice.facts.get(fact).map_or("", |view| view.path.as_str())
    }

    fn contradiction(&self, from: &'a advice::Contradiction) -> Contradiction<'a> {
        Contradiction {
            fact: &from.path,
            stated: &from.stated,
            derived: &from.derived,
            is_stage: from.is_stage,
            skipped: &from.skipped,
            because: self.paths(&from.facts),
        }
    }

    fn items(
        &self,
        items: &'a [advice::Item],
        lines: Option<&'a BTreeMap<String, Line>>,
    ) -> Vec<Item<'a>> {
        let line = |item: &advice::Item| lines.and_then(|lines| lines.get(&item.id));
        items
            .iter()
            .map(|item| Item { precedent: line(item).map(precedent::line), ..self.item(item) })
            .collect()
    }

    fn item(&self, from: &'a advice::Item) -> Item<'a> {
        Item {
            id: &from.id,
            title: &from.title,
            stage: from.stage.as_deref(),
            severity: phrase::severity(from.severity),
            score_millionths: from.score / NUMBER_UNIT,
            ranked_by_millionths: from.rank_score / NUMBER_UNIT,
            evidence: phrase::evidence(from.evidence),
            provisional: from.provisional,
            done: from.done,
            overdue: from.is_overdue(),
            after: &from.after,
            opposes: &from.opposes,
            reasons: self.reasons(&from.reasons),
            weights: from.weights.iter().map(weight).collect(),
            cites: cites(&from.cites),
            precedent: None,
        }
    }

    fn reasons(&self, reasons: &'a [advice::Reason]) -> Vec<Reason<'a>> {
        reasons.iter().map(|reason| self.reason(reason)).collect()
    }

    fn reason(&self, from: &'a advice::Reason) -> Reason<'a> {
        Reason {
            rule: &from.rule,
            rule_at: self.place(from.span),
            subject: &from.subject,
            text: &from.text,
            severity: phrase::severity(from.severity),
            status: if from.provisional { "provisional" } else { "fires" },
            unless: self.paths(&from.unless),
            done: from.done,
            done_before: from.done_before,
            evidence: phrase::evidence(from.evidence),
            notes: &from.notes,
            because: self.paths(&from.facts),
            cites: cites(&from.cites),
        }
    }

    fn undecided(&self, from: &'a advice::Undecided) -> Undecided<'a> {
        Undecided {
            rule: &from.rule,
            rule_at: self.place(from.span),
            subject: &from.subject,
            status: if from.contested { "contested" } else { "open" },
            gives: &from.gives,
            text: &from.text,
            weight_millionths: from.weight / NUMBER_UNIT,
            hangs_on: self.paths(&from.hangs_on),
            believing: &from.believing,
        }
    }

    fn settling(&self, from: &'a advice::Settling) -> Settling<'a> {
        let question = self.advice.facts.get(&from.fact).map_or("", |view| view.question.as_str());
        Settling {
            fact: self.path(&from.fact),
            question,
            conclusions: from.conclusions,
            rules: &from.rules,
            weight_millionths: from.weight / NUMBER_UNIT,
        }
    }

    fn fact(&self, view: &'a FactView) -> (&'a str, FactEntry<'a>) {
        let says = view.says.iter().map(|(who, value)| Says { who, value });
        let entry = FactEntry {
            question: &view.question,
            value: &view.value,
            known: view.known,
            grounds: phrase::grounds(view.grounds),
            evidence: phrase::evidence(view.evidence),
            stated_at: view.span.and_then(|span| self.place(span)),
            source: view.source.as_deref(),
            event: view.event.as_deref(),
            note: view.note.as_deref(),
            says: says.collect(),
        };
        (&view.path, entry)
    }
}

pub(super) fn pack(from: &crate::knowledge::PackName) -> Pack<'_> {
    Pack { id: &from.id, title: &from.title, version: &from.version, hash: &from.hash }
}

pub(super) fn case(from: &Heading) -> Case<'_> {
    Case {
        id: &from.id,
        title: &from.title,
        place: from.place.as_deref(),
        seen: from.seen.as_deref(),
        last_event: from.last_event.as_deref(),
        begins: from.begins.as_deref(),
        believing: from.believing.as_ref().map(|believed| believed.speaker.as_str()),
        filter: from.filtered.as_ref().map(filter),
    }
}

fn filter(from: &super::Filtered) -> Filter<'_> {
    let left_out = LeftOut {
        facts: from.left_out.facts,
        of: from.left_out.of,
        voices: from.left_out.voices,
        rows: from.left_out.rows,
    };
    Filter {
        sources: from.filter.sources.iter().map(String::as_str).collect(),
        evidence: from.filter.evidence.map(phrase::evidence),
        left_out,
    }
}

fn stage(from: &advice::Stage) -> Stage<'_> {
    Stage {
        fact: &from.path,
        possible: &from.possible,
        known: from.possible.len() == 1,
        stated: from.stated,
    }
}

fn weight(from: &advice::Weight) -> Weight<'_> {
    Weight {
        rule: &from.rule,
        severity: phrase::severity(from.severity),
        severity_millionths: from.severity_weight,
        timing: phrase::timing(from.timing),
        timing_millionths: from.timing_factor,
        score_millionths: from.score / NUMBER_UNIT,
    }
}

fn cites(from: &[advice::Cited]) -> Vec<Cited<'_>> {
    from.iter()
        .map(|cited| Cited { id: &cited.id, source: &cited.source, place: &cited.place })
        .collect()
}

fn tradeoff(from: &advice::TradeOff) -> TradeOff<'_> {
    TradeOff {
        actions: &from.actions,
        titles: &from.titles,
        why: &from.why,
        reasons: &from.reasons,
    }
}

fn question(from: &advice::KeyQuestion) -> Question<'_> {
    Question {
        id: &from.id,
        title: &from.title,
        stage: from.stage.as_deref(),
        answered: from.answerable.then_some(from.answered),
        needs_complete: &from.needs_complete,
        cites: cites(&from.cites),
    }
}

fn caveat(from: &advice::Caveat) -> Caveat<'_> {
    Caveat {
        id: &from.id,
        text: &from.text,
        stage: from.stage.as_deref(),
        cites: cites(&from.cites),
    }
}

fn conclusion(from: &advice::Conclusion) -> Conclusion<'_> {
    Conclusion { rule: &from.rule, subject: &from.subject, status: phrase::status(from.status) }
}
