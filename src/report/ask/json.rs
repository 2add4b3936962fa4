//! What to ask as JSON: the schema `convener.ask/1`, described in `docs/questions-json.md`. Change it only together with
//! that page.

use serde::Serialize;

use crate::ask::{self, Ask, GivenKind, Sight, Turn};
use crate::report::json::{Case, Pack, case, pack};
use crate::report::{Heading, phrase};
use crate::value::NUMBER_UNIT;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    packs: Vec<Pack<'a>>,
    case: Case<'a>,
    settled: bool,
    unsettled: Unsettled,
    unknown: Unknown,
    questions: Vec<Question<'a>>,
    disputes: Disputes<'a>,
}

#[derive(Serialize)]
struct Unsettled {
    open: usize,
    contested: usize,
    provisional: usize,
    resting_on_unknown: usize,
}

#[derive(Serialize)]
struct Unknown {
    facts: usize,
    idle: usize,
    in_vain: usize,
    untried: usize,
}

#[derive(Serialize)]
struct Question<'a> {
    about: &'a str,
    #[serde(rename = "key_question")]
    key: Option<&'a str>,
    is_stage: bool,
    introduces: bool,
    news_millionths: i64,
    weight_millionths: i64,
    settles_millionths: i64,
    opens_millionths: i64,
    facts: Vec<Asked<'a>>,
}

#[derive(Serialize)]
struct Asked<'a> {
    fact: &'a str,
    question: &'a str,
    could_tell: &'a [String],
    assumed: Option<&'a str>,
    says: Vec<Says<'a>>,
    answers: Vec<Answer<'a>>,
    pair: Option<Pair<'a>>,
}

#[derive(Serialize)]
struct Says<'a> {
    who: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(rename = "answer")]
    words: &'a str,
    effects: Vec<Effect<'a>>,
    advice: Vec<Seen<'a>>,
}

#[derive(Serialize)]
struct Seen<'a> {
    #[serde(flatten)]
    gives: Given<'a>,
    change: &'static str,
    provisional: bool,
    names: Vec<String>,
    says: Option<&'a str>,
}

#[derive(Serialize)]
struct Pair<'a> {
    answer: &'a str,
    with: &'a str,
    question: &'a str,
    with_answer: &'a str,
    effects: Vec<Effect<'a>>,
    advice: Vec<Seen<'a>>,
}

#[derive(Serialize)]
struct Effect<'a> {
    rule: &'a str,
    subject: &'a [String],
    now: &'static str,
    then: &'static str,
    turn: &'static str,
    gives: Vec<Given<'a>>,
    weight_millionths: i64,
}

#[derive(Serialize)]
struct Given<'a> {
    kind: &'static str,
    id: &'a str,
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct Disputes<'a> {
    speakers: Vec<Speaker<'a>>,
    facts: Vec<Disputed<'a>>,
    robust: Vec<Given<'a>>,
    depends: Vec<Depends<'a>>,
}

#[derive(Serialize)]
struct Speaker<'a> {
    id: &'a str,
    name: &'a str,
    facts: usize,
}

#[derive(Serialize)]
struct Disputed<'a> {
    fact: &'a str,
    question: &'a str,
    says: Vec<Said<'a>>,
    silent: &'a [String],
}

#[derive(Serialize)]
struct Said<'a> {
    who: &'a str,
    name: &'a str,
    value: &'a str,
    effects: Vec<Effect<'a>>,
    advice: Vec<Seen<'a>>,
}

#[derive(Serialize)]
struct Depends<'a> {
    gives: Given<'a>,
    believing: &'a [String],
}

/// What to ask as JSON, on several lines. Everything is always in it.
#[must_use]
pub fn json(ask: &Ask, heading: &Heading) -> String {
    let (unsettled, unknown) = (ask.unsettled, ask.unknown);
    let document = Document {
        schema: "convener.ask/1",
        packs: ask.packs.iter().map(pack).collect(),
        case: case(heading),
        settled: ask.settled,
        unsettled: Unsettled {
            open: unsettled.open,
            contested: unsettled.contested,
            provisional: unsettled.provisional,
            resting_on_unknown: unsettled.resting_on_unknown,
        },
        unknown: Unknown {
            facts: unknown.facts,
            idle: unknown.idle,
            in_vain: unknown.in_vain,
            untried: unknown.untried,
        },
        questions: ask.questions.iter().map(question).collect(),
        disputes: disputes(&ask.disputes),
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn question(from: &ask::Question) -> Question<'_> {
    Question {
        about: &from.about,
        key: from.key.as_deref(),
        is_stage: from.is_stage,
        introduces: from.introduces,
        news_millionths: from.news / NUMBER_UNIT,
        weight_millionths: from.weight / NUMBER_UNIT,
        settles_millionths: from.settles / NUMBER_UNIT,
        opens_millionths: from.opens / NUMBER_UNIT,
        facts: from.facts.iter().map(fact).collect(),
    }
}

fn fact(from: &ask::Asked) -> Asked<'_> {
    Asked {
        fact: &from.path,
        question: &from.question,
        could_tell: &from.could_tell,
        assumed: from.assumed.as_deref(),
        says: from.says.iter().map(|(who, value)| Says { who, value }).collect(),
        answers: from
            .answers
            .iter()
            .map(|answer| Answer {
                words: &answer.words,
                effects: effects(&answer.effects),
                advice: seen(&answer.seen),
            })
            .collect(),
        pair: from.pair.as_ref().map(|pair| Pair {
            answer: &pair.words,
            with: &pair.path,
            question: &pair.question,
            with_answer: &pair.other,
            effects: effects(&pair.effects),
            advice: seen(&pair.seen),
        }),
    }
}

fn seen(from: &[ask::Seen]) -> Vec<Seen<'_>> {
    let change = |sight: Sight| match sight {
        Sight::Appears => "appears",
        Sight::Goes => "goes",
        Sight::Certain => "certain",
        Sight::Provisional => "provisional",
        Sight::Also => "also",
        Sight::More => "more_reasons",
        Sight::Other => "other_reasons",
        Sight::Fewer => "fewer_reasons",
        Sight::Firmness => "reasons_differ",
    };
    from.iter()
        .map(|one| Seen {
            gives: given(&one.what),
            change: change(one.sight),
            provisional: one.provisional,
            names: one.whom.iter().map(|names| names.join(" with ")).collect(),
            says: one.says.as_deref(),
        })
        .collect()
}

fn effects(from: &[ask::Effect]) -> Vec<Effect<'_>> {
    from.iter().map(effect).collect()
}

fn effect(from: &ask::Effect) -> Effect<'_> {
    let [now, then] = from.status.map(|status| status.map_or("silent", phrase::status));
    Effect {
        rule: &from.rule,
        subject: &from.subject,
        now,
        then,
        turn: match from.turn() {
            Turn::Appears => "appears",
            Turn::Goes => "goes",
            Turn::Certain => "certain",
            Turn::Provisional => "provisional",
            Turn::Settled => "settled",
            Turn::Opens => "opens",
        },
        gives: from.gives.iter().map(given).collect(),
        weight_millionths: from.weight / NUMBER_UNIT,
    }
}

fn given(from: &ask::Given) -> Given<'_> {
    Given {
        kind: match from.kind {
            GivenKind::Warning => "risk",
            GivenKind::Recommendation => "action",
            GivenKind::Remark => "remark",
        },
        id: &from.id,
        title: (!from.title.is_empty()).then_some(from.title.as_str()),
    }
}

fn disputes(from: &ask::Disputes) -> Disputes<'_> {
    Disputes {
        speakers: from
            .speakers
            .iter()
            .map(|one| Speaker { id: &one.id, name: &one.name, facts: one.facts })
            .collect(),
        facts: from
            .facts
            .iter()
            .map(|one| Disputed {
                fact: &one.path,
                question: &one.question,
                says: one.says.iter().map(said).collect(),
                silent: &one.silent,
            })
            .collect(),
        robust: from.robust.iter().map(given).collect(),
        depends: from
            .depends
            .iter()
            .map(|(what, under)| Depends { gives: given(what), believing: under })
            .collect(),
    }
}

fn said(from: &ask::Said) -> Said<'_> {
    Said {
        who: &from.who,
        name: &from.name,
        value: &from.value,
        effects: effects(&from.effects),
        advice: seen(&from.seen),
    }
}
