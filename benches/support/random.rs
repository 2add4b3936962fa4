//! Knowledge bases and cases by chance, of the make that real ones have: two to five conditions a rule, most flags not set.
#![expect(
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "made for the vocabulary of the module above, and shared"
)]

use convener::facts::Facts;
use convener::knowledge::Row;
use convener::knowledge::{
    AttributeId, Comparison, Condition, DomainId, KnowledgeBase, PredicateId, Quantifier,
    RelationId, Term, Test, Type, Variable, VariableId, Vocabulary,
};
use convener::value::{Members, Possible, all_members};

use super::{
    CASE, Chance, LEVEL, PARTY, SECTOR, YES, attribute, holds, is, many, not, of, parties,
    predicate, relation, rule, some, span, stated, tied, variable, words,
};

/// The attributes that random rules speak of.
#[derive(Debug, Clone, Default)]
pub struct Stock {
    pub issue: Vec<AttributeId>,
    pub party: Vec<AttributeId>,
    pub sets: Vec<AttributeId>,
    pub levels: Vec<RelationId>,
    pub ties: Vec<RelationId>,
    pub predicates: Vec<PredicateId>,
}

/// A random knowledge base of so many rules, with definitions in three strata.
pub fn knowledge(rules: usize, chance: &mut Chance) -> (KnowledgeBase, Stock) {
    let mut words = words();
    let mut stock = Stock::default();
    let level = Type::Choice(LEVEL);
    for at in 0..30 {
        let kind = if at % 2 == 0 { Type::YES_NO } else { level };
        stock.issue.push(attribute(&mut words, CASE, kind, None));
        stock.party.push(attribute(&mut words, PARTY, kind, None));
    }
    for _ in 0..3 {
        stock.sets.push(attribute(&mut words, PARTY, Type::Set(SECTOR), None));
    }
    let no = Some(Possible::Choice(1));
    stock.levels = (0..3).map(|_| relation(&mut words, LEVEL, false, None)).collect();
    stock.ties.push(relation(&mut words, DomainId(0), false, no));
    stock.ties.push(relation(&mut words, DomainId(0), true, no));
    let mut knowledge = KnowledgeBase { vocabulary: words, ..KnowledgeBase::default() };
    for _ in 0..3 {
        let mut layer = Vec::new();
        for _ in 0..10 {
            let mut variables = vec![variable(PARTY, &[])];
            let count = 1 + chance.below(2);
            let parts =
                (0..count).map(|_| condition(&stock, &mut variables, &knowledge, &[0], chance));
            let when = Condition::All(parts.collect());
            layer.push(predicate(&mut knowledge, 1, variables, when, false));
        }
        stock.predicates.extend(layer);
    }
    for _ in 0..rules {
        random_rule(&mut knowledge, &stock, chance);
    }
    (knowledge, stock)
}

fn random_rule(knowledge: &mut KnowledgeBase, stock: &Stock, chance: &mut Chance) {
    let subjects = [0, 1, 1, 1, 1, 1, 1, 2][chance.below(8)];
    let mut variables: Vec<Variable> =
        (0..subjects).map(|at| variable(PARTY, &(0..at).collect::<Vec<usize>>())).collect();
    let live: Vec<usize> = (0..subjects).collect();
    let count = 2 + chance.below(4);
    let when = (0..count).map(|_| condition(stock, &mut variables, knowledge, &live, chance));
    let mut when: Vec<Condition> = when.collect();
    if subjects == 2 {
        // Advice on a pair is advice on how the two are tied.
        when.push(tied(pick(&stock.ties, chance), 0, 1, YES));
    }
    let mut unless = Vec::new();
    if chance.percent(15) {
        unless.push(condition(stock, &mut variables, knowledge, &live, chance));
    }
    rule(knowledge, subjects, variables, when, unless);
}

fn pick<T: Copy>(list: &[T], chance: &mut Chance) -> T {
    list[chance.below(list.len())]
}

/// A test of an attribute.
fn scalar(
    stock: &Stock,
    knowledge: &KnowledgeBase,
    live: &[usize],
    chance: &mut Chance,
) -> Condition {
    if live.is_empty() || chance.percent(20) {
        let attribute = pick(&stock.issue, chance);
        return is(attribute, Row::Only, some_members(knowledge, attribute, chance));
    }
    let row = of(pick(live, chance));
    if chance.percent(10) {
        let term = Term::Attribute(pick(&stock.sets, chance), row);
        return Condition::Test(Test::Includes(term, 1 << chance.below(3)), span());
    }
    if chance.percent(5) {
        let odd = stock.party[1 + 2 * chance.below(10)];
        let even = stock.party[1 + 2 * chance.below(10)];
        let pair = [Term::Attribute(odd, row), Term::Attribute(even, row)];
        let [left, right] = pair;
        return Condition::Test(Test::Compare(left, Comparison::AtLeast(1), right), span());
    }
    let attribute = pick(&stock.party, chance);
    is(attribute, row, some_members(knowledge, attribute, chance))
}

fn some_members(knowledge: &KnowledgeBase, attribute: AttributeId, chance: &mut Chance) -> Members {
    if knowledge.vocabulary.attribute(attribute).kind == Type::YES_NO {
        return if chance.percent(80) { YES } else { 1 };
    }
    [1, 3, 8, 12, 2, 4][chance.below(6)]
}

/// A condition on the variables that are live.
fn condition(
    stock: &Stock,
    variables: &mut Vec<Variable>,
    knowledge: &KnowledgeBase,
    live: &[usize],
    chance: &mut Chance,
) -> Condition {
    let dice = chance.below(100);
    if dice < 50 || live.len() > 2 {
        return scalar(stock, knowledge, live, chance);
    }
    if dice < 58 && !stock.predicates.is_empty() && !live.is_empty() {
        let call = holds(pick(&stock.predicates, chance), &[pick(live, chance)]);
        return if chance.percent(30) { not(call) } else { call };
    }
    let bound = variables.len();
    variables.push(variable(PARTY, if chance.percent(50) { live } else { &[] }));
    let mut inner = live.to_vec();
    inner.truncate(1);
    let tie = (!live.is_empty() && chance.percent(50)).then(|| {
        variables[bound].apart = live.iter().map(|at| VariableId(*at)).collect();
        let pair = if chance.percent(50) { [live[0], bound] } else { [bound, live[0]] };
        if chance.percent(50) {
            tied(pick(&stock.levels, chance), pair[0], pair[1], [3, 12, 8][chance.below(3)])
        } else {
            tied(pick(&stock.ties, chance), pair[0], pair[1], YES)
        }
    });
    let mut body = vec![scalar(stock, knowledge, &[bound], chance)];
    let filter = scalar(stock, knowledge, &[bound], chance);
    match chance.below(6) {
        0 | 1 => {
            body.extend(tie);
            some(bound, body)
        }
        2 => {
            body.extend(tie);
            not(some(bound, body))
        }
        3 => many(
            Quantifier::Every,
            bound,
            [Some(filter), tie].into_iter().flatten().collect(),
            body,
        ),
        4 => {
            body.extend(tie);
            many(
                Quantifier::AtLeast(2 + u32::try_from(chance.below(2)).unwrap_or(0)),
                bound,
                vec![],
                body,
            )
        }
        _ => {
            many(Quantifier::Most, bound, [Some(filter), tie].into_iter().flatten().collect(), body)
        }
    }
}

/// A random case; so many of a hundred facts are unknown.
pub fn case(knowledge: &KnowledgeBase, unknown: usize, chance: &mut Chance) -> Facts {
    let count = 4 + chance.below(9);
    case_of(knowledge, unknown, count, 20, chance)
}

/// A random case of so many parties and ties.
pub fn case_of(
    knowledge: &KnowledgeBase,
    unknown: usize,
    count: usize,
    ties: usize,
    chance: &mut Chance,
) -> Facts {
    let words = &knowledge.vocabulary;
    let complete = chance.percent(50);
    let mut facts = parties(words, count, complete);
    for (at, attribute) in words.attributes.iter().enumerate() {
        let rows = facts.rows(attribute.entity).list.len();
        for row in 0..rows {
            if !attribute.derived && !chance.percent(unknown) {
                let possible = value(words, attribute.kind, chance);
                facts.set(AttributeId(at), row, stated(possible));
            }
        }
    }
    for _ in 0..ties {
        let relation = RelationId(chance.below(words.relations.len()));
        let kind = words.relation(relation).kind;
        let (a, b) = (chance.below(count), chance.below(count));
        if a != b {
            let possible = value(words, Type::Choice(kind), chance);
            facts.set_tie(words, relation, a, b, stated(possible));
        }
    }
    facts
}

/// A value at random; what can be yes or no is mostly no, as in real cases.
fn value(words: &Vocabulary, kind: Type, chance: &mut Chance) -> Possible {
    if kind == Type::YES_NO {
        return Possible::Choice(if chance.percent(30) { YES } else { 1 });
    }
    match words.everything(kind) {
        Possible::Choice(all) => {
            let count = all.count_ones() as usize;
            if count > 2 && chance.percent(15) {
                return Possible::Choice(3 << chance.below(count - 1));
            }
            Possible::Choice(1 << chance.below(count))
        }
        Possible::Set { may_include, .. } => {
            let all = all_members(may_include.count_ones() as usize);
            let inside = chance.next() & all;
            Possible::Set { may_include: inside, may_exclude: all & !inside }
        }
        Possible::Range { .. } => {
            let low = i64::try_from(chance.below(10)).unwrap_or(0);
            let high = low + i64::try_from(chance.below(3)).unwrap_or(0);
            Possible::Range { low, high }
        }
    }
}
