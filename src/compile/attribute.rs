//! Attributes of all origins: declared, derived, fields of members, recorded actions. Sorted by entity and name.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{
    ActionId, Attribute, AttributeId, Changes, DomainId, EntityId, EntityKind, Type,
};
use crate::source::Span;
use crate::syntax::tree;
use crate::value::Possible;

use super::collect::{Declared, twice};
use super::field;
use super::names::Names;
use super::text;

/// An attribute before it has its number.
struct Draft<'a> {
    entity: EntityId,
    name: String,
    /// None where it is not known.
    kind: Option<Type>,
    span: Option<Span>,
    default: Option<&'a tree::Default>,
    changes: Option<tree::Changes>,
    fixed: Option<Vec<usize>>,
    derived: Option<&'a tree::Derive>,
    action: Option<ActionId>,
    question: Option<&'a tree::Text>,
    cites: &'a [tree::Citation],
}

/// A derivation and the attribute that it derives.
pub(super) type Derived<'a> = (AttributeId, &'a tree::Derive);

/// Fills in all attributes; returns what is derived.
pub(super) fn declare<'a>(
    names: &mut Names,
    declared: &Declared<'a>,
    diagnostics: &mut Diagnostics,
) -> Vec<Derived<'a>> {
    let mut drafts = own(names, declared, diagnostics);
    fields(names, &mut drafts);
    recorded(names, declared, &mut drafts);
    sort(&mut drafts);
    keep_first(&mut drafts, diagnostics);
    for derive in &declared.derivations {
        derived(names, derive, &mut drafts, diagnostics);
    }
    sort(&mut drafts);
    number(names, drafts, diagnostics)
}

fn sort(drafts: &mut [Draft]) {
    drafts.sort_by(|a, b| {
        (a.entity, a.action, &a.name, a.span).cmp(&(b.entity, b.action, &b.name, b.span))
    });
}

fn own<'a>(
    names: &mut Names,
    declared: &Declared<'a>,
    diagnostics: &mut Diagnostics,
) -> Vec<Draft<'a>> {
    let mut drafts = Vec::new();
    for item in declared.entities.iter().chain(&declared.extensions) {
        let entity = if item.kind == tree::EntityKind::Members {
            names.entity(&item.name, false, diagnostics)
        } else {
            names.entities.get(&item.name.text).copied()
        };
        for attribute in &item.attributes {
            let kind = names.kind(&attribute.kind, diagnostics);
            let Some(entity) = entity else {
                names.forgiven.insert(attribute.name.text.clone());
                continue;
            };
            drafts.push(Draft {
                entity,
                name: attribute.name.text.clone(),
                kind,
                span: Some(attribute.name.span),
                default: attribute.default.as_ref(),
                changes: attribute.changes,
                fixed: None,
                derived: None,
                action: None,
                question: attribute.question.as_ref(),
                cites: &attribute.cites,
            });
        }
    }
    drafts
}

fn bare<'a>(entity: EntityId, name: String, kind: Option<Type>) -> Draft<'a> {
    Draft {
        entity,
        name,
        kind,
        span: None,
        default: None,
        changes: None,
        fixed: None,
        derived: None,
        action: None,
        question: None,
        cites: &[],
    }
}

fn fields(names: &mut Names, drafts: &mut Vec<Draft>) {
    for index in 1..names.vocabulary.domains.len() {
        let domain = DomainId(index);
        let Some(entity) = names.vocabulary.domain(domain).rows else { continue };
        let span = names.vocabulary.domain(domain).span;
        for field in field::values(names, domain) {
            let draft = bare(entity, field.name, Some(Type::Choice(field.domain)));
            drafts.push(Draft { fixed: Some(field.values), span, ..draft });
        }
    }
}

fn recorded<'a>(names: &Names, declared: &Declared<'a>, drafts: &mut Vec<Draft<'a>>) {
    for (index, action) in declared.actions.iter().enumerate() {
        for (entity, known) in names.vocabulary.entities.iter().enumerate() {
            if known.kind == EntityKind::Many || known.name == "case" {
                let name = action.name.text.clone();
                let draft = bare(EntityId(entity), name, Some(Type::YES_NO));
                let (action_id, default) = (Some(ActionId(index)), action.default.as_ref());
                drafts.push(Draft { action: action_id, default, ..draft });
            }
        }
    }
}

fn keep_first(drafts: &mut Vec<Draft>, diagnostics: &mut Diagnostics) {
    let mut first: Option<(EntityId, String, Option<ActionId>, Option<Span>)> = None;
    drafts.retain(|draft| {
        let is_same = first.as_ref().is_some_and(|(entity, name, action, _)| {
            (*entity, name.as_str(), *action) == (draft.entity, draft.name.as_str(), draft.action)
        });
        if !is_same {
            first = Some((draft.entity, draft.name.clone(), draft.action, draft.span));
            return true;
        }
        if let (Some(span), Some((_, _, _, Some(place)))) = (draft.span, &first) {
            diagnostics.push(twice("an attribute or field", &draft.name, span, *place));
        }
        false
    });
}

/// Marks the attribute of a derivation as derived, or adds it.
fn derived<'a>(
    names: &mut Names,
    derive: &'a tree::Derive,
    drafts: &mut Vec<Draft<'a>>,
    diagnostics: &mut Diagnostics,
) {
    let kind = names.kind(&derive.kind, diagnostics);
    let Some((entity, name)) = target(names, derive, diagnostics) else {
        let last = derive.target.names.last();
        names.forgiven.extend(last.map(|name| name.text.clone()));
        return;
    };
    if let Some(Type::Set(_) | Type::Number | Type::Date) = kind {
        diagnostics.push(
            wrong(derive.target.span, "only a yes or no, a scale or an enum can be derived").label(
                format!(
                    "`{}` is {}",
                    name.text,
                    kind.map_or_else(String::new, |kind| names.describe(kind))
                ),
            ),
        );
    }
    let known = drafts
        .iter_mut()
        .find(|draft| draft.entity == entity && draft.name == name.text && draft.action.is_none());
    let Some(known) = known else {
        let draft = bare(entity, name.text.clone(), kind);
        drafts.push(Draft {
            span: Some(name.span),
            derived: Some(derive),
            question: derive.question.as_ref(),
            cites: &derive.cites,
            ..draft
        });
        return;
    };
    let place = known.span.unwrap_or(name.span);
    if let Some(first) = known.derived {
        diagnostics.push(twice("a derivation", &name.text, name.span, first.target.span));
    } else if let Some(problem) = unfit(names, known, kind) {
        diagnostics.push(
            wrong(name.span, format!("`{}` cannot be derived: {problem}", name.text))
                .label("derived here")
                .related(place, "declared here"),
        );
    } else {
        known.derived = Some(derive);
        known.question = known.question.or(derive.question.as_ref());
    }
}

fn unfit(names: &Names, known: &Draft, kind: Option<Type>) -> Option<String> {
    if known.fixed.is_some() {
        return Some("it is a field of the members".to_owned());
    }
    if known.default.is_some() {
        return Some("it has a default".to_owned());
    }
    let (declared, derived) = (known.kind?, kind?);
    (declared != derived)
        .then(|| format!("it is {} and not {}", names.describe(declared), names.describe(derived)))
}

/// Which attribute a derivation is for.
fn target<'a>(
    names: &Names,
    derive: &'a tree::Derive,
    diagnostics: &mut Diagnostics,
) -> Option<(EntityId, &'a tree::Name)> {
    match (derive.target.names.as_slice(), &derive.parameter) {
        ([entity, name], None) => {
            let id = names.entity(entity, false, diagnostics)?;
            if names.vocabulary.entity(id).kind == EntityKind::One {
                return Some((id, name));
            }
            diagnostics.push(
                Diagnostic::new(
                    code::WRONG_ROWS,
                    entity.span,
                    format!("there are many rows of `{}`", entity.text),
                )
                .label("which one is not said")
                .help(format!("write `derive {} of {} x …`", name.text, entity.text)),
            );
            None
        }
        ([name], Some(parameter)) => {
            names.rows(&parameter.entity, false, diagnostics).map(|id| (id, name))
        }
        _ => {
            diagnostics.push(
                wrong(derive.target.span, "it is not said whose attribute is derived")
                    .label("expected `one.attribute`, or `attribute of entity x`"),
            );
            None
        }
    }
}

fn number<'a>(
    names: &mut Names,
    drafts: Vec<Draft<'a>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Derived<'a>> {
    let mut derivations = Vec::new();
    for (index, draft) in drafts.into_iter().enumerate() {
        let id = AttributeId(index);
        if draft.action.is_none() {
            names.attributes.insert((draft.entity, draft.name.clone()), id);
        }
        if draft.kind.is_none() {
            names.broken_attributes.insert(id);
        }
        derivations.extend(draft.derived.map(|derive| (id, derive)));
        let attribute = finish(names, draft, diagnostics);
        names.vocabulary.attributes.push(attribute);
    }
    derivations
}

fn finish(names: &Names, draft: Draft, diagnostics: &mut Diagnostics) -> Attribute {
    let kind = draft.kind.unwrap_or(Type::YES_NO);
    let default = if draft.kind.is_some() { draft.default } else { None };
    let first_of_action = |name: &str| name == "case";
    let entity = &names.vocabulary.entity(draft.entity).name;
    // A wrong default of an action is reported once, not for every entity.
    let mut unheard = Diagnostics::default();
    let heard = draft.action.is_none() || first_of_action(entity);
    let background: Possible =
        names.background(default, kind, if heard { diagnostics } else { &mut unheard });
    Attribute {
        name: draft.name,
        entity: draft.entity,
        kind,
        background,
        has_default: draft.default.is_some(),
        fixed: draft.fixed,
        derived: draft.derived.is_some(),
        changes: if draft.action.is_some() { Changes::ByActing } else { changes(draft.changes) },
        action: draft.action,
        question: draft.question.map(|question| text::about(question, &[], diagnostics)),
        cites: names.cites(draft.cites, diagnostics),
        span: draft.span,
    }
}

/// What can change a fact; where nothing is said, nobody here decides it.
pub(super) fn changes(said: Option<tree::Changes>) -> Changes {
    match said {
        Some(tree::Changes::ByActing) => Changes::ByActing,
        Some(tree::Changes::ByItself) | None => Changes::ByItself,
        Some(tree::Changes::Never) => Changes::Never,
    }
}

fn wrong(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code::WRONG_DERIVATION, span, message)
}
