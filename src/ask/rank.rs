//! Questions put together and ranked: what a case begins with, the stage while it is not known, then by the weight of what
//! the answers bring or take, then of what else they change; where that ties, what the guide asks at this stage comes first.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::Change;
use crate::engine::Limit;
use crate::knowledge::{AttributeId, EntityKind, RuleId, Test};
use crate::proof::{Fact, View};
use crate::value::Possible;

use super::answer::{Reply, replies, together};
use super::candidate::{Candidate, Topic, rows};
use super::effect::{Difference, Trials, Weighing, turn};
use super::opening::{Opening, Step};
use super::{Answer, Asked, Pair, Question, Turn};

/// A fact with its answers tried.
pub(super) struct Tried {
    pub(super) candidate: Candidate,
    pub(super) replies: Vec<Reply>,
    pub(super) differences: Vec<Vec<Difference>>,
    /// Two answers that change the advice; the rules of which such pairs do, and those by which it comes or goes.
    pub(super) pair: Option<(Pair, [BTreeSet<RuleId>; 2])>,
}

/// A topic with its facts.
pub(super) struct Asking {
    pub(super) topic: Topic,
    pub(super) facts: Vec<Tried>,
}

impl Asking {
    /// Whether some single answer changes the advice.
    pub(super) fn changes_advice(&self) -> bool {
        self.facts.iter().any(Tried::changes_advice)
    }
}

impl Tried {
    fn changes_advice(&self) -> bool {
        self.differences.iter().flatten().any(|one| turn(one.status) <= Turn::Goes)
    }

    fn is_idle(&self) -> bool {
        self.differences.iter().all(Vec::is_empty) && self.pair.is_none()
    }

    /// What its answers bring to the page or take off it, change of the advice, settle, and bring into question.
    fn weigh(&self, trials: &Trials<'_>, into: &mut [Weighing; 4]) {
        for rule in self.differences.iter().flat_map(|found| trials.page.news(found)) {
            into[0].add(rule, trials.weight(rule));
        }
        for one in self.differences.iter().flatten() {
            let weight = trials.weight(one.rule);
            let [_, changes, settles, opens] = &mut *into;
            match turn(one.status) {
                Turn::Appears | Turn::Goes => changes.add(one.rule, weight),
                Turn::Certain | Turn::Provisional | Turn::Settled => settles.add(one.rule, weight),
                Turn::Opens => opens.add(one.rule, weight),
            }
        }
        let Some((_, [rules, news])) = &self.pair else { return };
        let [brings, changes, ..] = into;
        for rule in news {
            brings.add(*rule, trials.weight(*rule) / 2);
        }
        for rule in rules {
            changes.add(*rule, trials.weight(*rule) / 2);
        }
    }

    fn weights(&self, trials: &Trials<'_>) -> [i64; 4] {
        let mut weighing = <[Weighing; 4]>::default();
        self.weigh(trials, &mut weighing);
        weighing.map(|weighing| weighing.sum())
    }
}

/// Every answer to every question about a single fact, tried; and how many facts are left out because there are too many.
pub(super) fn singles(
    trials: &Trials<'_>,
    candidates: Vec<Candidate>,
) -> Result<(Vec<Asking>, usize), Limit> {
    let tests: Vec<&Test> =
        trials.reads.iter().flat_map(|reads| reads.tests.iter().copied()).collect();
    let mut variants: Vec<Vec<Change>> = Vec::new();
    let mut taken = Vec::new();
    let mut untried = 0;
    for candidate in candidates {
        let replies = replies(trials.view, &candidate, &tests);
        if trials.claim(replies.len()) {
            variants.extend(replies.iter().map(|reply| vec![reply.change.clone()]));
            taken.push((candidate, replies));
        } else {
            untried += 1;
        }
    }
    let mut found = trials.run(&variants)?.into_iter();
    let mut topics: BTreeMap<Topic, Vec<Tried>> = BTreeMap::new();
    for (candidate, replies) in taken {
        let differences = found.by_ref().take(replies.len()).collect();
        let topic = candidate.topic;
        let tried = Tried { candidate, replies, differences, pair: None };
        topics.entry(topic).or_default().push(tried);
    }
    let asking = topics.into_iter().map(|(topic, facts)| Asking { topic, facts });
    Ok((asking.collect(), untried))
}

/// The questions in order, and how many facts no answer to which changes anything.
pub(super) fn ranked(trials: &Trials<'_>, asking: Vec<Asking>) -> (Vec<Question>, usize) {
    let keys = Keys::new(trials.view);
    let opening = Opening::new(trials.view);
    let mut idle = 0;
    let mut list = Vec::new();
    for (place, mut asking) in asking.into_iter().enumerate() {
        let before = asking.facts.len();
        let stage = trials.view.kb.ranking.stage.map(Topic::Attribute);
        let is_stage = stage == Some(asking.topic);
        asking.facts.retain(|tried| opening.asks(tried.candidate.fact) || !tried.is_idle());
        idle += before - asking.facts.len();
        if asking.facts.is_empty() {
            continue;
        }
        let (order, key) = keys.of(asking.topic).unzip();
        let step = (opening.step(asking.topic), opening.place(asking.topic));
        let mut question = question(trials, asking, is_stage, key);
        question.introduces = step.0 == Step::Introduction;
        list.push((step, (order, place), question));
    }
    list.sort_by(|(a_step, (a_key, a_place), a), (b_step, (b_key, b_place), b)| {
        let weights = |one: &Question| (one.weight, one.settles, one.opens);
        let late = |key: &Option<usize>| key.unwrap_or(usize::MAX);
        a_step
            .cmp(b_step)
            .then((b.news, b.weight).cmp(&(a.news, a.weight)))
            .then(late(a_key).cmp(&late(b_key)))
            .then(weights(b).cmp(&weights(a)))
            .then(a_place.cmp(b_place))
    });
    (list.into_iter().map(|(.., question)| question).collect(), idle)
}

fn question(
    trials: &Trials<'_>,
    mut asking: Asking,
    is_stage: bool,
    key: Option<String>,
) -> Question {
    let mut weighing = <[Weighing; 4]>::default();
    for tried in &asking.facts {
        tried.weigh(trials, &mut weighing);
    }
    let [news, weight, settles, opens] = weighing.map(|weighing| weighing.sum());
    asking.facts.sort_by_cached_key(|tried| {
        (std::cmp::Reverse(tried.weights(trials)), tried.candidate.fact)
    });
    Question {
        about: about(trials.view, asking.topic),
        facts: asking.facts.into_iter().map(|tried| asked(trials, tried)).collect(),
        key,
        is_stage,
        introduces: false,
        news,
        weight,
        settles,
        opens,
    }
}

fn about(view: View<'_>, topic: Topic) -> String {
    let vocabulary = &view.kb.vocabulary;
    match topic {
        Topic::Attribute(id) => {
            let declared = vocabulary.attribute(id);
            if declared.action.is_some() {
                return format!("did.{}", declared.name);
            }
            format!("{}.{}", vocabulary.entity(declared.entity).name, declared.name)
        }
        Topic::Relation(id) => vocabulary.relation(id).name.clone(),
        Topic::Others(entity) => format!("complete.{}", vocabulary.entity(entity).name),
    }
}

fn asked(trials: &Trials<'_>, tried: Tried) -> Asked {
    let view = trials.view;
    let fact = tried.candidate.fact;
    let described = view.describe(fact);
    let about = rows(view, fact);
    let names = about.iter().map(|(entity, row)| view.name(*entity, *row)).collect();
    let could_tell = about
        .iter()
        .filter(|(entity, _)| view.kb.vocabulary.entity(*entity).kind == EntityKind::Many)
        .map(|(entity, row)| view.name(*entity, *row))
        .collect();
    Asked {
        fact,
        path: described.path,
        question: described.question,
        names,
        could_tell,
        assumed: tried.candidate.assumed.then_some(described.value),
        says: described.says,
        answers: answers(trials, fact, &tried.replies, &tried.differences),
        pair: tried.pair.map(|(pair, _)| pair),
    }
}

/// Answers, those with like effects together.
fn answers(
    trials: &Trials<'_>,
    fact: Fact,
    replies: &[Reply],
    differences: &[Vec<Difference>],
) -> Vec<Answer> {
    let mut groups: Vec<(Vec<&Reply>, &[Difference])> = Vec::new();
    for (reply, found) in replies.iter().zip(differences) {
        let is_range = |reply: &Reply| matches!(reply.possible, Some(Possible::Range { .. }));
        let like = groups.iter().position(|(_, other)| *other == found.as_slice());
        // A range goes only with the one before it.
        let like = like.filter(|at| !is_range(reply) || at + 1 == groups.len());
        match like.and_then(|at| groups.get_mut(at)) {
            Some((list, _)) => list.push(reply),
            None => groups.push((vec![reply], found)),
        }
    }
    groups
        .into_iter()
        .map(|(replies, found)| Answer {
            words: together(trials.view, fact, &replies),
            changes: replies.iter().map(|reply| reply.change.clone()).collect(),
            effects: trials.effects(found),
            seen: trials.page.seen(trials.view, found),
        })
        .collect()
}

/// What the guide asks at the stages that are possible, by the topics that answer it.
struct Keys(BTreeMap<Topic, (usize, String)>);

impl Keys {
    fn new(view: View<'_>) -> Keys {
        let stage = view.kb.ranking.stage.map(|id| view.attribute(id, 0));
        let possible = |member: usize| match stage {
            Some(Possible::Choice(members)) => members >> member.min(63) & 1 == 1,
            _ => true,
        };
        let questions = view.kb.questions.iter();
        let mut questions: Vec<_> =
            questions.filter(|question| question.stage.is_none_or(possible)).collect();
        questions.sort_by_key(|question| question.stage);
        let mut keys = BTreeMap::new();
        for (order, question) in questions.into_iter().enumerate() {
            let reads = view.kb.reads(&question.answered);
            let attributes = reads.attributes.iter().map(|id: &AttributeId| Topic::Attribute(*id));
            let relations = reads.relations.iter().map(|id| Topic::Relation(*id));
            for topic in attributes.chain(relations) {
                keys.entry(topic).or_insert((order, question.title.clone()));
            }
        }
        Keys(keys)
    }

    fn of(&self, topic: Topic) -> Option<(usize, String)> {
        self.0.get(&topic).cloned()
    }
}
