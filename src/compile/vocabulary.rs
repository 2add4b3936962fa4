//! The words of the packs: domains, entities, attributes of all origins, relations. Fills [`Names`].

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{
    Citation, CitationId, Domain, DomainId, DomainMember, Entity, EntityId, EntityKind, Relation,
    RelationId, Type,
};
use crate::syntax::tree;
use crate::value::{MAX_MEMBERS, Possible, all_members};

use super::collect::{Declared, twice};
use super::constant::exactly;
use super::field;
use super::names::Names;
use super::text;

/// Citations, domains and entities: all that attributes and relations refer to.
pub(super) fn declare(declared: &Declared, diagnostics: &mut Diagnostics) -> Names {
    let mut names = Names { forgiven: declared.forgiven.clone(), ..Names::default() };
    for (index, passage) in declared.passages.iter().enumerate() {
        names.citations.insert(passage.id.clone(), CitationId(index));
    }
    for (index, action) in declared.actions.iter().enumerate() {
        names.actions.insert(action.name.text.clone(), crate::knowledge::ActionId(index));
    }
    for (index, risk) in declared.risks.iter().enumerate() {
        names.risks.insert(risk.name.text.clone(), crate::knowledge::RiskId(index));
    }
    for (index, rule) in declared.rules.iter().enumerate() {
        names.rules.insert(rule.name.text.clone(), crate::knowledge::RuleId(index));
    }
    domains(&mut names, declared, diagnostics);
    entities(&mut names, declared, diagnostics);
    for (index, domain) in declared.domains.iter().enumerate() {
        field::fill(&mut names, DomainId(index + 1), domain, diagnostics);
    }
    names
}

/// The passages of the source index.
pub(super) fn citations(declared: &Declared) -> Vec<Citation> {
    let passages = declared.passages.iter();
    passages
        .map(|passage| Citation {
            id: passage.id.clone(),
            source: passage.source.clone(),
            place: passage.place.clone(),
            span: passage.span,
        })
        .collect()
}

fn domains(names: &mut Names, declared: &Declared, diagnostics: &mut Diagnostics) {
    let yes_no = ["no", "yes"].map(|name| field::member(name.to_owned(), name.to_owned()));
    names.vocabulary.domains.push(Domain {
        name: "yes_no".to_owned(),
        ordered: false,
        members: yes_no.into(),
        rows: None,
        span: None,
    });
    for (index, tree) in declared.domains.iter().enumerate() {
        names.domains.insert(tree.name.text.clone(), DomainId(index + 1));
        let domain = domain(names, tree, diagnostics);
        names.vocabulary.domains.push(domain);
    }
}

fn domain(names: &Names, tree: &tree::Domain, diagnostics: &mut Diagnostics) -> Domain {
    let count = tree.members.len();
    if count == 0 || count > MAX_MEMBERS {
        let message = format!("`{}` has {count} members", tree.name.text);
        diagnostics.push(
            Diagnostic::new(code::DOMAIN_SIZE, tree.name.span, message)
                .label(format!("expected 1 to {MAX_MEMBERS}")),
        );
    }
    let mut seen: Vec<&tree::Name> = Vec::new();
    let mut members = Vec::new();
    for member in &tree.members {
        if let Some(first) = seen.iter().find(|name| name.text == member.name.text) {
            diagnostics.push(twice("a member", &member.name.text, member.name.span, first.span));
            continue;
        }
        seen.push(&member.name);
        let spoken = member.name.text.replace('_', " ");
        let wording = member.wording.as_ref().map(|text| text::plain(text, diagnostics));
        members.push(DomainMember {
            cites: names.cites(&member.cites, diagnostics),
            span: Some(member.name.span),
            ..field::member(member.name.text.clone(), wording.unwrap_or(spoken))
        });
    }
    let span = Some(tree.name.span);
    Domain { name: tree.name.text.clone(), ordered: tree.ordered, members, rows: None, span }
}

fn entities(names: &mut Names, declared: &Declared, diagnostics: &mut Diagnostics) {
    let mut entities = vec![Entity {
        name: "case".to_owned(),
        label: "the case".to_owned(),
        kind: EntityKind::One,
        span: None,
    }];
    for entity in &declared.entities {
        let kind = match entity.kind {
            tree::EntityKind::One => EntityKind::One,
            tree::EntityKind::Many | tree::EntityKind::Members => EntityKind::Many,
        };
        let label = entity.label.as_ref().map(|text| text::plain(text, diagnostics));
        let spoken = entity.name.text.replace('_', " ");
        entities.push(Entity {
            name: entity.name.text.clone(),
            label: label.unwrap_or(spoken),
            kind,
            span: Some(entity.span),
        });
    }
    for (index, domain) in names.vocabulary.domains.iter().enumerate().skip(1) {
        let extension = declared.extensions.iter().find(|it| it.name.text == domain.name);
        entities.push(Entity {
            name: domain.name.clone(),
            label: domain.name.replace('_', " "),
            kind: EntityKind::Members(DomainId(index)),
            span: extension.map(|extension| extension.span),
        });
    }
    entities.sort_by(|a, b| a.name.cmp(&b.name));
    for (index, entity) in entities.iter().enumerate() {
        names.entities.insert(entity.name.clone(), EntityId(index));
        if let EntityKind::Members(domain) = entity.kind
            && let Some(domain) = names.vocabulary.domains.get_mut(domain.0)
        {
            domain.rows = Some(EntityId(index));
        }
    }
    names.vocabulary.entities = entities;
}

impl Names {
    /// What holds where a case says nothing: the default, or everything.
    pub(super) fn background(
        &self,
        default: Option<&tree::Default>,
        kind: Type,
        diagnostics: &mut Diagnostics,
    ) -> Possible {
        let everything = self.vocabulary.everything(kind);
        let Some(tree::Default::Value(literal)) = default else { return everything };
        if let (Type::Set(domain), tree::Literal::Name(name)) = (kind, literal)
            && (name.text == "no" || self.find_member(domain, &name.text).is_some())
        {
            let all = all_members(self.vocabulary.domain(domain).members.len());
            let inside = self.find_member(domain, &name.text).map_or(0, super::names::bit);
            let inside = if name.text == "no" { 0 } else { inside };
            return Possible::Set { may_include: inside, may_exclude: all & !inside };
        }
        self.constant(literal, kind, diagnostics).map_or(everything, exactly)
    }
}

/// Relations by name.
pub(super) fn relations(names: &mut Names, declared: &Declared, diagnostics: &mut Diagnostics) {
    for (index, tree) in declared.relations.iter().enumerate() {
        names.relations.insert(tree.name.text.clone(), RelationId(index));
        let (relation, sound) = relation(names, tree, diagnostics);
        names.vocabulary.relations.push(relation);
        if !sound {
            names.broken_relations.insert(RelationId(index));
        }
    }
}

fn relation(
    names: &Names,
    tree: &tree::Relation,
    diagnostics: &mut Diagnostics,
) -> (Relation, bool) {
    let rows: Vec<Option<EntityId>> =
        tree.roles.iter().map(|role| names.rows(&role.entity, false, diagnostics)).collect();
    let kind = names.kind(&tree.kind, diagnostics);
    let shape = relation_shape(names, tree, &rows, kind);
    let sound = shape.is_none() && kind.is_some() && rows.iter().all(Option::is_some);
    if let Some(report) = shape {
        diagnostics.push(report);
    }
    let domain = match kind {
        Some(Type::Choice(domain)) => domain,
        _ => DomainId(0),
    };
    let mut roles = tree.roles.iter().map(|role| role.name.text.clone());
    let roles = [roles.next().unwrap_or_default(), roles.next().unwrap_or_default()];
    let [one, two] = roles.each_ref().map(String::as_str);
    let question = tree.question.as_ref().map(|text| text::about(text, &[one, two], diagnostics));
    let mut entities = rows.into_iter().map(|row| row.unwrap_or(EntityId(0)));
    let entities = [entities.next().unwrap_or(EntityId(0)), entities.next().unwrap_or(EntityId(0))];
    let default = if kind.is_some() { tree.default.as_ref() } else { None };
    let relation = Relation {
        name: tree.name.text.clone(),
        entities,
        kind: domain,
        symmetric: tree.symmetric,
        background: names.background(default, Type::Choice(domain), diagnostics),
        has_default: tree.default.is_some(),
        changes: super::attribute::changes(tree.changes),
        question,
        cites: names.cites(&tree.cites, diagnostics),
        span: tree.span,
        roles,
    };
    (relation, sound)
}

fn relation_shape(
    names: &Names,
    tree: &tree::Relation,
    rows: &[Option<EntityId>],
    kind: Option<Type>,
) -> Option<Diagnostic> {
    let wrong = |span, message: &str, label: &str| {
        Some(Diagnostic::new(code::WRONG_RELATION, span, message).label(label))
    };
    let [first, second] = tree.roles.as_slice() else {
        return wrong(tree.name.span, "a relation has two roles", "expected two");
    };
    if first.name.text == second.name.text {
        return wrong(second.name.span, "the two roles have one name", "expected another name");
    }
    if let Some(Type::Number | Type::Date | Type::Set(_)) = kind {
        let message = "a relation is a yes or no, or a member of a scale or enum";
        return wrong(tree.name.span, message, "its type is none of these");
    }
    let [Some(one), Some(two)] = rows else { return None };
    let members = |id: &EntityId| names.vocabulary.entity(*id).kind != EntityKind::Many;
    if members(one) && members(two) {
        let message = "a relation needs rows that a case lists";
        return wrong(second.entity.span, message, "both roles are members of scales or enums");
    }
    if tree.symmetric && one != two {
        let message = "only a relation between rows of one entity can be symmetric";
        return wrong(second.entity.span, message, "another entity than the first role");
    }
    None
}
