//! A finished knowledge base in its author's words: names of terms, members, variables, for messages.

use crate::knowledge::{
    AttributeId, Domain, DomainId, EntityId, EntityKind, KnowledgeBase, Row, Term, Type, Variable,
    VariableId,
};
use crate::value::Members;

/// How a text calls a variable.
pub(super) fn variable(variables: &[Variable], id: VariableId) -> &str {
    variables.get(id.0).map_or("", |variable| variable.name.as_str())
}

/// How a text calls a derived attribute: `issue.diversity`, `capacity of sector`.
pub(super) fn attribute(kb: &KnowledgeBase, id: AttributeId) -> String {
    let attribute = kb.vocabulary.attribute(id);
    let entity = kb.vocabulary.entity(attribute.entity);
    match entity.kind {
        EntityKind::One => format!("{}.{}", entity.name, attribute.name),
        EntityKind::Many | EntityKind::Members(_) => {
            format!("{} of {}", attribute.name, entity.name)
        }
    }
}

/// How a condition writes a term.
pub(super) fn term(kb: &KnowledgeBase, variables: &[Variable], of: &Term) -> String {
    let name = |id: VariableId| variable(variables, id);
    match of {
        Term::Attribute(id, row) => {
            let attribute = kb.vocabulary.attribute(*id);
            match row {
                Row::Variable(id) => format!("{}.{}", name(*id), attribute.name),
                Row::Only => self::attribute(kb, *id),
                Row::Member(index) => {
                    let entity = kb.vocabulary.entity(attribute.entity);
                    let member = match entity.kind {
                        EntityKind::Members(domain) => member(kb, domain, *index),
                        EntityKind::Many | EntityKind::One => "",
                    };
                    format!("{}.{member}.{}", entity.name, attribute.name)
                }
            }
        }
        Term::Relation(id, left, right) => {
            let relation = kb.vocabulary.relation(*id);
            let [first, second] = &relation.roles;
            format!("{}({first} {}, {second} {})", relation.name, name(*left), name(*right))
        }
        Term::Member(id) => name(*id).to_owned(),
        Term::Extreme(extreme) => {
            let which = if extreme.highest { "highest" } else { "lowest" };
            format!("{which} {}", term(kb, variables, &extreme.term))
        }
        Term::Years { since, date } => {
            let which = if *since { "years since" } else { "years until" };
            format!("{which} {}", term(kb, variables, date))
        }
    }
}

/// The domain of a term that takes one member of a domain.
pub(super) fn choice(kb: &KnowledgeBase, variables: &[Variable], of: &Term) -> Option<DomainId> {
    match of {
        Term::Attribute(id, _) => match kb.vocabulary.attribute(*id).kind {
            Type::Choice(domain) => Some(domain),
            Type::Set(_) | Type::Number | Type::Date => None,
        },
        Term::Relation(id, ..) => Some(kb.vocabulary.relation(*id).kind),
        Term::Member(id) => members_of(kb, variables.get(id.0)?.entity),
        Term::Extreme(extreme) => choice(kb, variables, &extreme.term),
        Term::Years { .. } => None,
    }
}

/// The domain of a term that takes one member of a domain or a set of them.
pub(super) fn domain(kb: &KnowledgeBase, variables: &[Variable], of: &Term) -> Option<DomainId> {
    match of {
        Term::Attribute(id, _) => match kb.vocabulary.attribute(*id).kind {
            Type::Choice(domain) | Type::Set(domain) => Some(domain),
            Type::Number | Type::Date => None,
        },
        _ => choice(kb, variables, of),
    }
}

fn members_of(kb: &KnowledgeBase, entity: EntityId) -> Option<DomainId> {
    match kb.vocabulary.entity(entity).kind {
        EntityKind::Members(domain) => Some(domain),
        EntityKind::Many | EntityKind::One => None,
    }
}

fn member(kb: &KnowledgeBase, domain: DomainId, index: usize) -> &str {
    let Domain { members, .. } = kb.vocabulary.domain(domain);
    members.get(index).map_or("", |member| member.name.as_str())
}

/// Members in words: ``low`, `medium` or `high``.
pub(super) fn members(kb: &KnowledgeBase, domain: DomainId, set: Members) -> String {
    let names: Vec<String> = (0..kb.vocabulary.domain(domain).members.len())
        .filter(|index| set >> index & 1 == 1)
        .map(|index| format!("`{}`", member(kb, domain, index)))
        .collect();
    series(&names, "or")
}

/// A series in words: `a, b and c`.
pub(super) fn series(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}
