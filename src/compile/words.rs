//! A finished knowledge base in its author's words: names of terms, members, variables, for messages.

use crate::knowledge::{
    AttributeId, Domain, DomainId, EntityId, EntityKind, KnowledgeBase, Row, Term, Type, Variable,
    VariableId,
};
use crate::value::{Members, NUMBER_UNIT, date_of_day};

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

/// Members in words, with `and` or `or` before the last.
pub(super) fn members(kb: &KnowledgeBase, domain: DomainId, set: Members, last: &str) -> String {
    let names: Vec<String> = (0..kb.vocabulary.domain(domain).members.len())
        .filter(|index| set >> index & 1 == 1)
        .map(|index| format!("`{}`", member(kb, domain, index)))
        .collect();
    series(&names, last)
}

/// Whether a term is a date and not a number.
pub(super) fn is_date(kb: &KnowledgeBase, of: &Term) -> bool {
    match of {
        Term::Attribute(id, _) => kb.vocabulary.attribute(*id).kind == Type::Date,
        Term::Extreme(extreme) => is_date(kb, &extreme.term),
        Term::Relation(..) | Term::Member(_) | Term::Years { .. } => false,
    }
}

/// Bounds of a number or date in words: ``at least 5``, ``below 2``, ``1985-01-01 to 1985-12-31``.
pub(super) fn bounds(date: bool, low: i64, high: i64) -> String {
    let say = |value: i64| if date { day(value) } else { number(value) };
    // A bound just beside a round number comes from `below` or `above` it.
    let beside =
        |value: i64, round: i64| !date && value % NUMBER_UNIT != 0 && round % NUMBER_UNIT == 0;
    match (low, high) {
        (i64::MIN, i64::MAX) => "anything".to_owned(),
        (i64::MIN, _) if beside(high, high + 1) => format!("below {}", say(high + 1)),
        (_, i64::MAX) if beside(low, low - 1) => format!("above {}", say(low - 1)),
        (i64::MIN, _) => format!("at most {}", say(high)),
        (_, i64::MAX) => format!("at least {}", say(low)),
        _ if low == high => say(low),
        _ => format!("{} to {}", say(low), say(high)),
    }
}

fn day(value: i64) -> String {
    date_of_day(value).map_or_else(String::new, |date| date.to_string())
}

/// An exact number without the zeros at its end.
fn number(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let unit = NUMBER_UNIT.unsigned_abs();
    let (whole, part) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let text = format!("{sign}{whole}.{part:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A series in words: `a, b and c`.
pub(super) fn series(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{NUMBER_UNIT, bounds};

    #[test]
    fn bounds_read_as_they_were_written() {
        let five = 5 * NUMBER_UNIT;
        assert_eq!(bounds(false, five, i64::MAX), "at least 5");
        assert_eq!(bounds(false, i64::MIN, five - 1), "below 5");
        assert_eq!(bounds(false, five + 1, i64::MAX), "above 5");
        assert_eq!(bounds(false, -1_500_000, five), "-1.5 to 5");
        assert_eq!(bounds(true, i64::MIN, 0), "at most 1970-01-01");
        assert_eq!(bounds(true, i64::MIN, i64::MAX), "anything");
    }
}
