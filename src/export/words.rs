//! What the words of a pack are called in a program, and the atoms that speak of rows.

use crate::knowledge::{
    Attribute, AttributeId, DomainId, EntityId, EntityKind, KnowledgeBase, PredicateId, RelationId,
    RuleId, Vocabulary,
};

use super::owner::WORLD;
use super::program::{Atom, Names, text};

/// The names of predicates that stand for words.
#[derive(Debug, Default)]
pub(super) struct Words {
    domains: Vec<String>,
    /// By entity: its rows, listed or not; those that the case lists.
    rows: Vec<[String; 2]>,
    /// By attribute: what it is called in predicates, and in facts.
    attributes: Vec<[String; 2]>,
    relations: Vec<String>,
    predicates: Vec<String>,
    rules: Vec<String>,
    /// By entity: two rows that may differ; two that are one listed row.
    pairs: Vec<[String; 2]>,
    /// Which entities are the members of a domain.
    members: Vec<Option<DomainId>>,
}

impl Words {
    pub(super) fn new(knowledge: &KnowledgeBase, names: &mut Names) -> Words {
        let vocabulary = &knowledge.vocabulary;
        for taken in ["world", "of", "case", "row", "complete", "stated", "said", "today", "given"]
        {
            names.fresh(taken);
        }
        for taken in ["settled", "conclusion", "standing", "hears", "speaker"] {
            names.fresh(taken);
        }
        let domains = vocabulary.domains.iter();
        let domains = domains.map(|domain| names.fresh(&format!("member_{}", domain.name)));
        let domains = domains.collect();
        let entities = vocabulary.entities.iter();
        let rows = entities.map(|entity| {
            ["any", "listed"].map(|which| names.fresh(&format!("{which}_{}", entity.name)))
        });
        let rows = rows.collect();
        let members = vocabulary.entities.iter().map(|entity| match entity.kind {
            EntityKind::Members(domain) => Some(domain),
            EntityKind::Many | EntityKind::One => None,
        });
        let members = members.collect();
        let attributes = vocabulary.attributes.iter();
        let attributes = attributes.map(|attribute| {
            let fact = fact_name(vocabulary, attribute);
            [names.fresh(&fact), text(&fact)]
        });
        let attributes = attributes.collect();
        let relations = vocabulary.relations.iter();
        let relations = relations.map(|relation| names.fresh(&relation.name)).collect();
        let predicates = knowledge.predicates.iter();
        let predicates = predicates.map(|predicate| names.fresh(&predicate.name)).collect();
        let rules = knowledge.rules.iter().map(|rule| names.fresh(&rule.name)).collect();
        let pairs = vocabulary.entities.iter().map(|entity| {
            ["may_differ", "one"].map(|which| names.fresh(&format!("{which}_{}", entity.name)))
        });
        let pairs = pairs.collect();
        Words { domains, rows, attributes, relations, predicates, rules, pairs, members }
    }

    /// Two rows that may differ.
    pub(super) fn apart(&self, entity: EntityId, row: &str, other: &str) -> Atom {
        let [apart, _] = self.pairs.get(entity.0).cloned().unwrap_or_default();
        Atom::new(apart, [WORLD, row, other])
    }

    /// One listed row, twice.
    pub(super) fn same(&self, entity: EntityId, row: &str, other: &str) -> Atom {
        let [_, same] = self.pairs.get(entity.0).cloned().unwrap_or_default();
        Atom::new(same, [WORLD, row, other])
    }

    /// What the predicates of a defined predicate are called after.
    pub(super) fn predicate(&self, predicate: PredicateId) -> &str {
        at(&self.predicates, predicate.0)
    }

    /// What the predicates of a rule are called after.
    pub(super) fn rule(&self, rule: RuleId) -> &str {
        at(&self.rules, rule.0)
    }

    /// What the predicates of a derivation are called after.
    pub(super) fn label(&self, attribute: AttributeId) -> &str {
        self.attributes.get(attribute.0).map_or("", |[name, _]| name.as_str())
    }

    /// A member of a domain and its place.
    pub(super) fn member(&self, domain: DomainId, name: &str, place: &str) -> Atom {
        Atom::new(at(&self.domains, domain.0), [name, place])
    }

    /// Any row of an entity.
    pub(super) fn any(&self, entity: EntityId, row: &str) -> Atom {
        if let Some(Some(domain)) = self.members.get(entity.0) {
            return self.member(*domain, row, "_");
        }
        let [any, _] = self.rows.get(entity.0).cloned().unwrap_or_default();
        Atom::new(any, [WORLD, row])
    }

    /// A row that the case lists.
    pub(super) fn listed(&self, entity: EntityId, row: &str) -> Atom {
        if self.members.get(entity.0).is_some_and(Option::is_some) {
            return self.any(entity, row);
        }
        let [_, listed] = self.rows.get(entity.0).cloned().unwrap_or_default();
        Atom::new(listed, [WORLD, row])
    }

    /// What is said of an attribute: `may_party_key`, `least_issue_budget`.
    pub(super) fn attribute(&self, what: &str, attribute: AttributeId) -> String {
        let name = self.attributes.get(attribute.0).map_or("", |[name, _]| name.as_str());
        format!("{what}_{name}")
    }

    /// An attribute in the facts of a case.
    pub(super) fn fact(&self, attribute: AttributeId) -> String {
        self.attributes.get(attribute.0).map_or_else(String::new, |[_, fact]| fact.clone())
    }

    pub(super) fn relation(&self, relation: RelationId) -> String {
        format!("may_{}", at(&self.relations, relation.0))
    }
}

fn at(names: &[String], place: usize) -> &str {
    names.get(place).map_or("", String::as_str)
}

/// `party.organized`, `did.co-sponsor`, `did.co-sponsor.party`.
fn fact_name(vocabulary: &Vocabulary, attribute: &Attribute) -> String {
    let entity = vocabulary.entity(attribute.entity);
    match (attribute.action, entity.kind) {
        (None, _) => format!("{}.{}", entity.name, attribute.name),
        (Some(_), EntityKind::One) => format!("did.{}", attribute.name),
        (Some(_), _) => format!("did.{}.{}", attribute.name, entity.name),
    }
}
