//! A small knowledge base and its facts, built by hand, for tests that must not depend on parser, compiler or engine.
//! Conclusions are drawn with the evaluator of `proof`.

use convener::engine::model::{Conclusion, Model, Status};
use convener::facts::{Cell, Evidence, Facts, Record, RowName};
use convener::knowledge::{
    Action, ActionId, Advice, AdviceKind, Attribute, AttributeId, Caveat, Changes, Condition,
    Domain, DomainId, DomainMember, Entity, EntityId, EntityKind, KnowledgeBase, PackName, Piece,
    Quantified, Quantifier, Question, Ranking, Relation, RelationId, Risk, RiskId, Row, Rule,
    Severity, Stage, Template, Term, Test, Type, Variable, VariableId, Vocabulary,
};
use convener::proof::{Scope, View};
use convener::source::{SourceId, Span};
use convener::truth::Truth;
use convener::value::Possible;

pub(crate) const PARTY: EntityId = EntityId(2);
pub(crate) const CRISIS: AttributeId = AttributeId(2);
pub(crate) const CONVENES: AttributeId = AttributeId(3);
pub(crate) const KEY: AttributeId = AttributeId(6);
pub(crate) const ORGANIZED: AttributeId = AttributeId(7);
pub(crate) const STAGE: AttributeId = AttributeId(8);
pub(crate) const CREDIBLE: RelationId = RelationId(0);
pub(crate) const P: VariableId = VariableId(0);
pub(crate) const C: VariableId = VariableId(1);
pub(crate) const YES: Possible = Possible::Choice(2);
pub(crate) const NO: Possible = Possible::Choice(1);

pub(crate) fn span() -> Span {
    Span { source: SourceId(0), start: 0, end: 1 }
}

fn members(names: &[&str]) -> Vec<DomainMember> {
    let member = |name: &&str| DomainMember {
        name: (*name).to_owned(),
        wording: (*name).to_owned(),
        fields: Vec::new(),
        cites: Vec::new(),
        span: None,
    };
    names.iter().map(member).collect()
}

fn domain(name: &str, ordered: bool, names: &[&str]) -> Domain {
    Domain { name: name.to_owned(), ordered, members: members(names), rows: None, span: None }
}

fn attribute(entity: usize, name: &str, domain: usize, size: usize, no: bool) -> Attribute {
    let everything = Possible::Choice((1 << size) - 1);
    Attribute {
        name: name.to_owned(),
        entity: EntityId(entity),
        kind: Type::Choice(DomainId(domain)),
        background: if no { NO } else { everything },
        has_default: no,
        fixed: None,
        derived: false,
        changes: Changes::default(),
        action: None,
        question: Some(template(vec![Piece::Words(format!("{name} of ")), Piece::Itself])),
        cites: Vec::new(),
        span: None,
    }
}

fn done(entity: usize, action: usize) -> Attribute {
    Attribute { action: Some(ActionId(action)), ..attribute(entity, "done", 0, 2, false) }
}

fn template(pieces: Vec<Piece>) -> Template {
    Template { pieces }
}

fn entity(name: &str, kind: EntityKind) -> Entity {
    Entity { name: name.to_owned(), label: format!("the {name}"), kind, span: None }
}

fn vocabulary() -> Vocabulary {
    Vocabulary {
        domains: vec![
            domain("yes_no", false, &["no", "yes"]),
            domain("level", true, &["none", "low", "medium", "high"]),
            domain("stage", true, &["preconditions", "convening", "directions"]),
        ],
        entities: vec![
            entity("case", EntityKind::One),
            entity("issue", EntityKind::One),
            entity("party", EntityKind::Many),
            entity("partnership", EntityKind::One),
        ],
        attributes: vec![
            done(0, 0),
            done(0, 1),
            attribute(1, "crisis", 0, 2, false),
            attribute(2, "convenes", 0, 2, true),
            done(2, 0),
            done(2, 1),
            attribute(2, "key", 0, 2, true),
            attribute(2, "organized", 1, 4, false),
            attribute(3, "stage", 2, 3, false),
        ],
        relations: vec![Relation {
            name: "credible".to_owned(),
            entities: [PARTY, PARTY],
            roles: ["who".to_owned(), "to".to_owned()],
            kind: DomainId(1),
            symmetric: false,
            background: Possible::Choice(15),
            has_default: false,
            changes: Changes::default(),
            question: None,
            cites: Vec::new(),
            span: span(),
        }],
    }
}

pub(crate) fn variable(name: &str, apart: &[usize]) -> Variable {
    Variable {
        name: name.to_owned(),
        entity: PARTY,
        apart: apart.iter().copied().map(VariableId).collect(),
    }
}

pub(crate) fn yes(attribute: AttributeId, row: Row) -> Condition {
    Condition::Test(Test::Among(Term::Attribute(attribute, row), 2), span())
}

pub(crate) fn of(variable: VariableId) -> Row {
    Row::Variable(variable)
}

pub(crate) fn at_most_low(term: Term) -> Condition {
    Condition::Test(Test::Among(term, 0b11), span())
}

pub(crate) fn quantified(quantifier: Quantifier, filter: Condition, body: Condition) -> Condition {
    let (filter, body) = (Box::new(filter), Box::new(body));
    Condition::Quantified(Quantified { quantifier, variable: C, filter, body }, span())
}

pub(crate) fn always() -> Condition {
    Condition::All(Vec::new())
}

fn clause(kind: AdviceKind, pieces: Vec<Piece>) -> Advice {
    Advice { kind, text: template(pieces), span: span() }
}

fn words(text: &str) -> Piece {
    Piece::Words(text.to_owned())
}

fn rule(name: &str, stage: Option<usize>, when: Condition, advice: Vec<Advice>) -> Rule {
    Rule {
        name: name.to_owned(),
        stage: stage.map(|member| Stage { member, only: false }),
        cites: Vec::new(),
        variables: vec![variable("p", &[]), variable("c", &[0])],
        subjects: 1,
        two: false,
        when,
        admits: 0,
        unless: Condition::Any(Vec::new()),
        overrides: Vec::new(),
        overridden_by: Vec::new(),
        pack: 0,
        qualifies: None,
        advice,
        span: span(),
    }
}

fn convener_not_credible() -> Rule {
    let distrust = quantified(
        Quantifier::Some,
        always(),
        Condition::All(vec![yes(CONVENES, of(C)), at_most_low(Term::Relation(CREDIBLE, C, P))]),
    );
    let agreement = Piece::Agreement(P, "does".to_owned(), "do".to_owned());
    let advice = vec![
        clause(
            AdviceKind::Warn(RiskId(0), Severity::Critical),
            vec![
                Piece::Name(P),
                words(" "),
                agreement,
                words(" not trust "),
                Piece::Name(C),
                words("."),
            ],
        ),
        clause(
            AdviceKind::Recommend(ActionId(0), Severity::High),
            vec![words("Ask "), Piece::Name(P), words(" whom they would come for.")],
        ),
    ];
    let when = Condition::All(vec![yes(KEY, of(P)), distrust]);
    Rule {
        unless: Condition::Any(vec![yes(CRISIS, Row::Only)]),
        ..rule("convener-not-credible", Some(1), when, advice)
    }
}

fn unorganised() -> Rule {
    let organized = Term::Attribute(ORGANIZED, of(P));
    let when = Condition::All(vec![yes(KEY, of(P)), at_most_low(organized)]);
    let value = Piece::Value(ORGANIZED, of(P));
    let text = vec![Piece::Name(P), words(" ("), value, words(") first.")];
    rule(
        "unorganised",
        Some(0),
        when,
        vec![clause(AdviceKind::Recommend(ActionId(1), Severity::Medium), text)],
    )
}

/// Two rules, one risk, two actions of which the second comes first and pulls against the other.
pub(crate) fn knowledge() -> KnowledgeBase {
    let action = |name: &str, after: Vec<ActionId>, opposes| Action {
        name: name.to_owned(),
        title: format!("Do {name}"),
        stage: None,
        after,
        opposes,
        cites: Vec::new(),
        span: span(),
    };
    KnowledgeBase {
        vocabulary: vocabulary(),
        rules: vec![convener_not_credible(), unorganised()],
        risks: vec![Risk {
            name: "boycott".to_owned(),
            title: "Key parties stay away".to_owned(),
            cites: Vec::new(),
            span: span(),
        }],
        actions: vec![
            action("find-convener", vec![ActionId(1)], vec![(ActionId(1), "one day".to_owned())]),
            action("organize", Vec::new(), Vec::new()),
        ],
        questions: vec![Question {
            name: "is-it-urgent".to_owned(),
            title: "Is it urgent?".to_owned(),
            stage: Some(1),
            cites: Vec::new(),
            variables: Vec::new(),
            answered: Some(yes(CRISIS, Row::Only)),
            span: span(),
        }],
        caveats: vec![
            caveat("no-recipe", "No two partnerships go the same way.", None),
            caveat("never-alone", "Nobody brings the parties together alone.", Some(1)),
            caveat("slow", "What was decided takes years.", Some(2)),
        ],
        ranking: Ranking { stage: Some(STAGE), ..Ranking::default() },
        packs: vec![PackName {
            id: "small".to_owned(),
            title: "Small".to_owned(),
            version: "1".to_owned(),
            hash: "0123456789abcdef".to_owned(),
        }],
        ..KnowledgeBase::default()
    }
}

fn caveat(name: &str, text: &str, stage: Option<usize>) -> Caveat {
    Caveat { name: name.to_owned(), text: text.to_owned(), stage, cites: Vec::new(), span: span() }
}

pub(crate) fn stated(possible: Possible, evidence: Evidence) -> Cell {
    let record = Record {
        span: span(),
        source: None,
        evidence,
        note: None,
        unknown: false,
        says: Vec::new(),
        event: None,
    };
    Cell { possible, record: Some(Box::new(record)) }
}

/// Parties of these ids, sorted; nothing else is known.
pub(crate) fn parties(kb: &KnowledgeBase, ids: &[&str], complete: bool) -> Facts {
    let mut facts = Facts::new(&kb.vocabulary);
    let row = |id: &&str| RowName {
        id: (*id).to_owned(),
        name: id.to_uppercase(),
        plural: id.ends_with('s'),
    };
    facts.set_rows(&kb.vocabulary, PARTY, ids.iter().map(row).collect(), complete);
    facts
}

/// Every rule for every party.
pub(crate) fn conclude(kb: &KnowledgeBase, facts: &Facts) -> Model {
    let empty = Model::default();
    let view = View { kb, facts, model: &empty };
    let mut conclusions = Vec::new();
    for (index, rule) in kb.rules.iter().enumerate() {
        for row in 0..facts.rows(PARTY).list.len() {
            let scope = Scope::new(view, &rule.variables, &[row]);
            let status = match (scope.truth(&rule.when), scope.truth(&rule.unless)) {
                (Truth::True, Truth::False) => Status::Firing,
                (Truth::True, Truth::Open) => Status::Provisional,
                (Truth::False, _) | (_, Truth::True) => continue,
                _ => Status::Open,
            };
            let rule = convener::knowledge::RuleId(index);
            conclusions.push(Conclusion { rule, subject: [row].into_iter().collect(), status });
        }
    }
    Model { conclusions, ..Model::default() }
}

/// The row of a party.
pub(crate) fn row(facts: &Facts, id: &str) -> usize {
    facts.find_row(PARTY, id).unwrap()
}

/// The rules by position.
pub(crate) fn rule_of(kb: &KnowledgeBase, index: usize) -> &Rule {
    &kb.rules[index]
}
