//! Fixed texts and values of members. A value field is of the domain that has its name, or else of the only domain that
//! has all its values.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{DomainId, DomainMember, Piece, Template, vocabulary::Field};
use crate::syntax::tree::{self, FieldValue, Name};

use super::collect::twice;
use super::names::{Names, quoted};
use super::text;

/// A field whose values every member has: it is an attribute too.
pub(super) struct ValueField {
    pub(super) name: String,
    pub(super) domain: DomainId,
    pub(super) values: Vec<usize>,
}

/// A member without fields and places.
pub(super) fn member(name: String, wording: String) -> DomainMember {
    DomainMember { name, wording, fields: Vec::new(), cites: Vec::new(), span: None }
}

/// Fills in the fields of a domain's members.
pub(super) fn fill(
    names: &mut Names,
    domain: DomainId,
    tree: &tree::Domain,
    diagnostics: &mut Diagnostics,
) {
    let mut fields: Vec<&str> = tree
        .members
        .iter()
        .flat_map(|member| member.fields.iter().map(|(name, _)| name.text.as_str()))
        .collect();
    fields.sort_unstable();
    fields.dedup();
    check_doubled(tree, diagnostics);
    for field in fields {
        let written: Vec<(&Name, &Name, &FieldValue)> = tree
            .members
            .iter()
            .filter_map(|member| {
                let (name, value) = member.fields.iter().find(|(name, _)| name.text == field)?;
                Some((&member.name, name, value))
            })
            .collect();
        fill_one(names, domain, field, &written, diagnostics);
    }
}

fn check_doubled(tree: &tree::Domain, diagnostics: &mut Diagnostics) {
    for member in &tree.members {
        for (index, (name, _)) in member.fields.iter().enumerate() {
            let mut before = member.fields.iter().take(index);
            if let Some((first, _)) = before.find(|(known, _)| known.text == name.text) {
                diagnostics.push(twice("a field", &name.text, name.span, first.span));
            }
        }
    }
}

fn fill_one(
    names: &mut Names,
    domain: DomainId,
    field: &str,
    written: &[(&Name, &Name, &FieldValue)],
    diagnostics: &mut Diagnostics,
) {
    let values: Vec<&Name> = written
        .iter()
        .filter_map(|(_, _, value)| match value {
            FieldValue::Name(name) => Some(name),
            FieldValue::Text(_) => None,
        })
        .collect();
    let of = if values.is_empty() {
        None
    } else if let Some((_, name, _)) =
        written.iter().find(|(_, _, value)| matches!(value, FieldValue::Text(_)))
    {
        diagnostics.push(
            wrong_field(name, format!("`{field}` is a text here and a value elsewhere"))
                .label("expected a value, as with the other members"),
        );
        names.forgiven.insert(field.to_owned());
        return;
    } else {
        let of = domain_of(names, field, &values, diagnostics);
        if of.is_none() {
            names.forgiven.insert(field.to_owned());
            return;
        }
        of
    };
    for (member, _, value) in written {
        let filled = match (value, of) {
            (FieldValue::Text(text), _) => {
                let words = text::plain(text, diagnostics);
                Field::Text(Template { pieces: vec![Piece::Words(words)] })
            }
            (FieldValue::Name(name), Some(of)) => {
                let Some(value) = names.find_member(of, &name.text) else { continue };
                Field::Value(of, value)
            }
            (FieldValue::Name(_), None) => continue,
        };
        let members = names.vocabulary.domains.get_mut(domain.0).map(|known| &mut known.members);
        let place =
            members.and_then(|members| members.iter_mut().find(|known| known.name == member.text));
        if let Some(place) = place {
            place.fields.push((field.to_owned(), filled));
        }
    }
}

fn domain_of(
    names: &Names,
    field: &str,
    values: &[&Name],
    diagnostics: &mut Diagnostics,
) -> Option<DomainId> {
    if let Some(named) = names.domains.get(field) {
        let found: Vec<Option<usize>> =
            values.iter().map(|value| names.member(*named, value, diagnostics)).collect();
        return found.iter().all(Option::is_some).then_some(*named);
    }
    let fitting: Vec<DomainId> = (0..names.vocabulary.domains.len())
        .map(DomainId)
        .filter(|id| values.iter().all(|value| names.find_member(*id, &value.text).is_some()))
        .collect();
    if let [only] = fitting.as_slice() {
        return Some(*only);
    }
    let first = values.first()?;
    let words: Vec<&str> =
        fitting.iter().map(|id| names.vocabulary.domain(*id).name.as_str()).collect();
    diagnostics.push(if words.is_empty() {
        wrong_field(first, format!("the values of `{field}` are not of one scale or enum"))
            .label("no scale or enum has all the values of this field")
            .help("write members of one scale or enum, or a text in quotes")
    } else {
        wrong_field(first, format!("`{field}` could be of several scales or enums"))
            .label(format!("{} have all of them", quoted(words, "and")))
            .help("name the field after the one that is meant")
    });
    None
}

fn wrong_field(name: &Name, message: String) -> Diagnostic {
    Diagnostic::new(code::WRONG_FIELD, name.span, message)
}

/// The value fields of a domain; those that some members lack are remembered in `names`.
pub(super) fn values(names: &mut Names, domain: DomainId) -> Vec<ValueField> {
    let known = names.vocabulary.domain(domain);
    let Some(entity) = known.rows else { return Vec::new() };
    let mut fields: Vec<(&str, DomainId)> = known
        .members
        .iter()
        .flat_map(|member| &member.fields)
        .filter_map(|(name, field)| match field {
            Field::Value(of, _) => Some((name.as_str(), *of)),
            Field::Text(_) => None,
        })
        .collect();
    fields.sort_unstable();
    fields.dedup();
    let mut complete = Vec::new();
    let mut partial = Vec::new();
    for (name, of) in fields {
        let value = |member: &DomainMember| {
            member.fields.iter().find_map(|(field, value)| match value {
                Field::Value(_, value) if field == name => Some(*value),
                _ => None,
            })
        };
        let values: Vec<usize> = known.members.iter().filter_map(value).collect();
        if values.len() == known.members.len() {
            complete.push(ValueField { name: name.to_owned(), domain: of, values });
        } else {
            let lacking = known.members.iter().filter(|member| value(member).is_none());
            partial.push((
                (entity, name.to_owned()),
                lacking.map(|member| member.name.clone()).collect(),
            ));
        }
    }
    names.partial_fields.extend(partial);
    complete
}
