//! Builds knowledge bases and cases by hand and by chance, without texts. Shared by benches and tests of the engine.
#![expect(
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "made for the vocabulary below, and shared"
)]

use convener::facts::{Cell, Evidence, Facts, Record, RowName};
use convener::knowledge::{
    Attribute, AttributeId, Changes, Condition, Definition, Domain, DomainId, DomainMember, Entity,
    EntityId, EntityKind, KnowledgeBase, Predicate, PredicateId, Quantified, Quantifier, Relation,
    RelationId, Row, Rule, RuleId, Stratum, Term, Test, Type, Variable, VariableId, Vocabulary,
};
use convener::source::{SourceId, Span};
use convener::value::{Members, Possible};

#[path = "support/random.rs"]
pub mod random;

/// A small generator of numbers.
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count.max(1) as u64).unwrap_or(0)
    }

    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

pub const YES: Members = 2;
pub const LEVEL: DomainId = DomainId(1);
pub const SECTOR: DomainId = DomainId(2);

pub const CASE: EntityId = EntityId(0);
pub const PARTY: EntityId = EntityId(1);
pub const SECTORS: EntityId = EntityId(2);

pub fn span() -> Span {
    Span { source: SourceId(0), start: 0, end: 0 }
}

fn domain(name: &str, members: &[&str], ordered: bool, rows: Option<EntityId>) -> Domain {
    let members = members
        .iter()
        .map(|name| DomainMember {
            name: (*name).to_string(),
            wording: (*name).to_string(),
            fields: vec![],
            cites: vec![],
            span: None,
        })
        .collect();
    Domain { name: name.to_string(), ordered, members, rows, span: None }
}

/// A vocabulary of an issue, parties and sectors, without attributes.
pub fn words() -> Vocabulary {
    let entity = |name: &str, kind| Entity {
        name: name.to_string(),
        label: String::new(),
        kind,
        span: None,
    };
    Vocabulary {
        domains: vec![
            domain("yes_no", &["no", "yes"], false, None),
            domain("level", &["none", "low", "medium", "high"], true, None),
            domain("sector", &["state", "market", "civil_society"], false, Some(SECTORS)),
        ],
        entities: vec![
            entity("issue", EntityKind::One),
            entity("party", EntityKind::Many),
            entity("sector", EntityKind::Members(SECTOR)),
        ],
        attributes: vec![],
        relations: vec![],
    }
}

pub fn attribute(
    words: &mut Vocabulary,
    entity: EntityId,
    kind: Type,
    default: Option<Possible>,
) -> AttributeId {
    let id = words.attributes.len();
    words.attributes.push(Attribute {
        name: format!("a{id:04}"),
        entity,
        kind,
        background: default.unwrap_or_else(|| words.everything(kind)),
        has_default: default.is_some(),
        changes: Changes::default(),
        fixed: None,
        derived: false,
        action: None,
        question: None,
        cites: vec![],
        span: None,
    });
    AttributeId(id)
}

pub fn relation(
    words: &mut Vocabulary,
    kind: DomainId,
    symmetric: bool,
    default: Option<Possible>,
) -> RelationId {
    let id = words.relations.len();
    words.relations.push(Relation {
        name: format!("r{id:04}"),
        entities: [PARTY, PARTY],
        roles: ["from".to_string(), "to".to_string()],
        kind,
        symmetric,
        background: default.unwrap_or_else(|| words.everything(Type::Choice(kind))),
        has_default: default.is_some(),
        changes: Changes::default(),
        question: None,
        cites: vec![],
        span: span(),
    });
    RelationId(id)
}

pub fn variable(entity: EntityId, apart: &[usize]) -> Variable {
    Variable {
        name: String::new(),
        entity,
        apart: apart.iter().map(|at| VariableId(*at)).collect(),
    }
}

pub fn is(attribute: AttributeId, row: Row, members: Members) -> Condition {
    Condition::Test(Test::Among(Term::Attribute(attribute, row), members), span())
}

pub fn of(variable: usize) -> Row {
    Row::Variable(VariableId(variable))
}

pub fn tied(relation: RelationId, a: usize, b: usize, members: Members) -> Condition {
    let term = Term::Relation(relation, VariableId(a), VariableId(b));
    Condition::Test(Test::Among(term, members), span())
}

pub fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

pub fn many(
    quantifier: Quantifier,
    variable: usize,
    filter: Vec<Condition>,
    body: Vec<Condition>,
) -> Condition {
    Condition::Quantified(
        Quantified {
            quantifier,
            variable: VariableId(variable),
            filter: Box::new(Condition::All(filter)),
            body: Box::new(Condition::All(body)),
        },
        span(),
    )
}

pub fn some(variable: usize, body: Vec<Condition>) -> Condition {
    many(Quantifier::Some, variable, vec![], body)
}

pub fn holds(predicate: PredicateId, arguments: &[usize]) -> Condition {
    Condition::Holds(predicate, arguments.iter().map(|at| VariableId(*at)).collect(), span())
}

pub fn predicate(
    knowledge: &mut KnowledgeBase,
    parameters: usize,
    variables: Vec<Variable>,
    when: Condition,
    recursive: bool,
) -> PredicateId {
    let id = PredicateId(knowledge.predicates.len());
    knowledge.predicates.push(Predicate {
        name: format!("p{:04}", id.0),
        parameters: variables[..parameters].iter().map(|variable| variable.entity).collect(),
        definitions: vec![Definition {
            variables,
            phrase: None,
            cites: vec![],
            when,
            span: span(),
        }],
    });
    knowledge.strata.push(Stratum::Predicates { members: vec![id], recursive });
    id
}

pub fn rule(
    knowledge: &mut KnowledgeBase,
    subjects: usize,
    variables: Vec<Variable>,
    when: Vec<Condition>,
    unless: Vec<Condition>,
) -> RuleId {
    let id = RuleId(knowledge.rules.len());
    knowledge.rules.push(Rule {
        name: format!("rule-{:05}", id.0),
        stage: None,
        cites: vec![],
        variables,
        subjects,
        two: false,
        when: Condition::All(when),
        admits: 0,
        unless: Condition::Any(unless),
        overrides: vec![],
        overridden_by: vec![],
        pack: 0,
        qualifies: None,
        advice: vec![],
        span: span(),
    });
    id
}

pub fn overrides(knowledge: &mut KnowledgeBase, stronger: RuleId, weaker: RuleId) {
    knowledge.rules[stronger.0].overrides.push(weaker);
    knowledge.rules[weaker.0].overridden_by.push(stronger);
}

pub fn parties(words: &Vocabulary, count: usize, complete: bool) -> Facts {
    let mut facts = Facts::new(words);
    let name = |at: usize| format!("p{at:05}");
    let list = (0..count).map(|at| RowName { id: name(at), name: name(at), plural: false });
    facts.set_rows(words, PARTY, list.collect(), complete);
    facts
}

pub fn stated(possible: Possible) -> Cell {
    said(possible, vec![])
}

pub fn said(possible: Possible, says: Vec<(String, Possible)>) -> Cell {
    let record = Record {
        span: span(),
        source: None,
        evidence: Evidence::Documented,
        note: None,
        unknown: false,
        says,
        event: None,
    };
    Cell { possible, record: Some(Box::new(record)) }
}

/// `define reach(party a, party b) when { any of { tie(a, b)  some other party c { tie(a, c)  reach(c, b) } } }`
pub fn reach(knowledge: &mut KnowledgeBase, tie: RelationId) -> PredicateId {
    let id = PredicateId(knowledge.predicates.len());
    let variables = vec![variable(PARTY, &[]), variable(PARTY, &[]), variable(PARTY, &[0, 1])];
    let step = some(2, vec![tied(tie, 0, 2, YES), holds(id, &[2, 1])]);
    let when = Condition::Any(vec![tied(tie, 0, 1, YES), step]);
    predicate(knowledge, 2, variables, when, true)
}
