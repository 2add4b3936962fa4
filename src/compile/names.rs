//! What every name of the packs stands for, and what is said where one stands for nothing. A name whose declaration is
//! wrong is remembered, so that its uses are not reported as well.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::code::check::SAID_TWICE;
use crate::diagnostic::code::compile as code;
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::knowledge::{
    ActionId, AttributeId, CitationId, DomainId, EntityId, EntityKind, PredicateId, RelationId,
    RiskId, RuleId, Severity, Type, Vocabulary,
};
use crate::source::Span;
use crate::syntax::tree::{self, Name};
use crate::value::Members;

/// Most members that a message lists.
const FEW: usize = 8;

/// A defined predicate as its calls see it.
pub(super) struct Signature {
    pub(super) id: PredicateId,
    /// Role name and entity; no entity where it is unknown.
    pub(super) parameters: Vec<(String, Option<EntityId>)>,
}

/// What the stages of rules are members of.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Stages {
    /// No ranking says so, or wrongly: reported already.
    #[default]
    None,
    /// An attribute of a `one`, and its scale.
    Of(AttributeId, DomainId),
}

/// What every name stands for.
#[derive(Default)]
pub(super) struct Names {
    pub(super) vocabulary: Vocabulary,
    pub(super) domains: BTreeMap<String, DomainId>,
    pub(super) entities: BTreeMap<String, EntityId>,
    pub(super) attributes: BTreeMap<(EntityId, String), AttributeId>,
    pub(super) relations: BTreeMap<String, RelationId>,
    pub(super) predicates: BTreeMap<String, Signature>,
    pub(super) risks: BTreeMap<String, RiskId>,
    pub(super) actions: BTreeMap<String, ActionId>,
    pub(super) rules: BTreeMap<String, RuleId>,
    pub(super) citations: BTreeMap<String, CitationId>,
    pub(super) stages: Stages,
    /// Attributes whose type is not known.
    pub(super) broken_attributes: BTreeSet<AttributeId>,
    /// Relations whose roles or type are not known.
    pub(super) broken_relations: BTreeSet<RelationId>,
    /// Fields that some members lack, and which.
    pub(super) partial_fields: BTreeMap<(EntityId, String), Vec<String>>,
    /// Names whose declaration is wrong in a way that leaves nothing to look up.
    pub(super) forgiven: BTreeSet<String>,
}

impl Names {
    /// The type that a declaration names.
    pub(super) fn kind(&self, kind: &tree::Type, diagnostics: &mut Diagnostics) -> Option<Type> {
        match kind {
            tree::Type::YesNo(_) => Some(Type::YES_NO),
            tree::Type::Number(_) => Some(Type::Number),
            tree::Type::Date(_) => Some(Type::Date),
            tree::Type::Domain(name) => self.domain(name, diagnostics).map(Type::Choice),
            tree::Type::Set(name) => self.domain(name, diagnostics).map(Type::Set),
        }
    }

    fn domain(&self, name: &Name, diagnostics: &mut Diagnostics) -> Option<DomainId> {
        if let Some(id) = self.domains.get(&name.text) {
            return Some(*id);
        }
        if !self.forgiven.contains(&name.text) {
            let known = self.domains.keys().map(String::as_str).chain(["number", "date"]);
            diagnostics.push(
                unknown(code::UNKNOWN_TYPE, "scale or enum", name, known)
                    .label("not a type: `yes_no`, `number`, `date`, or a declared scale or enum"),
            );
        }
        None
    }

    /// The entity that a name stands for; with `plural`, also in the plural.
    pub(super) fn entity(
        &self,
        name: &Name,
        plural: bool,
        diagnostics: &mut Diagnostics,
    ) -> Option<EntityId> {
        if let Some(id) = self.entities.get(&name.text) {
            return Some(*id);
        }
        if plural && let Some(id) = self.entity_in_plural(&name.text) {
            return Some(id);
        }
        if !self.forgiven.contains(&name.text) {
            let known = self.entities.keys().map(String::as_str).filter(|name| *name != "case");
            let report = unknown(code::UNKNOWN_ENTITY, "entity, scale or enum", name, known);
            let singular = self.entity_in_plural(&name.text);
            let help = singular.map(|id| {
                format!(
                    "here the name stands in the singular: `{}`",
                    self.vocabulary.entity(id).name
                )
            });
            diagnostics.push(report.maybe_help(help));
        }
        None
    }

    fn entity_in_plural(&self, word: &str) -> Option<EntityId> {
        self.entities.iter().find(|(name, _)| is_plural(name, word)).map(|(_, id)| *id)
    }

    /// An entity whose rows a variable can stand for.
    pub(super) fn rows(
        &self,
        name: &Name,
        plural: bool,
        diagnostics: &mut Diagnostics,
    ) -> Option<EntityId> {
        let id = self.entity(name, plural, diagnostics)?;
        if self.vocabulary.entity(id).kind != EntityKind::One {
            return Some(id);
        }
        let one = &self.vocabulary.entity(id).name;
        diagnostics.push(
            Diagnostic::new(code::WRONG_ROWS, name.span, format!("there is only one `{one}`"))
                .label("no variable is needed for it")
                .help(format!("write its attributes with its name: `{one}.…`")),
        );
        None
    }

    /// An attribute of an entity, whatever state it is in.
    pub(super) fn attribute(
        &self,
        entity: EntityId,
        name: &Name,
        diagnostics: &mut Diagnostics,
    ) -> Option<AttributeId> {
        if let Some(id) = self.attributes.get(&(entity, name.text.clone())) {
            return Some(*id);
        }
        if self.forgiven.contains(&name.text) {
            return None;
        }
        let row = self.vocabulary.entity(entity);
        if let Some(lacking) = self.partial_fields.get(&(entity, name.text.clone())) {
            diagnostics.push(missing_field(name, &row.name, lacking));
            return None;
        }
        let own: Vec<&str> = self
            .attributes
            .keys()
            .filter(|(of, _)| *of == entity)
            .map(|(_, name)| name.as_str())
            .collect();
        let report = Diagnostic::new(
            code::UNKNOWN_ATTRIBUTE,
            name.span,
            format!("`{}` has no attribute `{}`", row.name, name.text),
        )
        .label("not declared")
        .maybe_help(list("its attributes are", own.iter().copied()))
        .maybe_help(self.elsewhere(&name.text))
        .maybe_help(did_you_mean(&name.text, own));
        diagnostics.push(report);
        None
    }

    fn elsewhere(&self, attribute: &str) -> Option<String> {
        let (entity, _) = self.attributes.keys().find(|(_, name)| name == attribute)?;
        let entity = &self.vocabulary.entity(*entity).name;
        Some(format!("`{attribute}` is an attribute of `{entity}`"))
    }

    /// A member of a domain by name.
    pub(super) fn member(
        &self,
        domain: DomainId,
        name: &Name,
        diagnostics: &mut Diagnostics,
    ) -> Option<usize> {
        let found = self.find_member(domain, &name.text);
        if found.is_none() && !self.forgiven.contains(&name.text) {
            diagnostics.push(if domain == Vocabulary::YES_NO {
                self.wrong_value(name.span, Type::YES_NO)
            } else {
                self.no_member(code::UNKNOWN_MEMBER, domain, name)
            });
        }
        found
    }

    fn no_member(&self, code: Code, domain: DomainId, name: &Name) -> Diagnostic {
        let wanted = self.vocabulary.domain(domain);
        let members = || wanted.members.iter().map(|member| member.name.as_str());
        let owners: Vec<&str> = self
            .vocabulary
            .domains
            .iter()
            .filter(|other| other.members.iter().any(|member| member.name == name.text))
            .map(|other| other.name.as_str())
            .collect();
        let label = if code == code::UNKNOWN_STAGE {
            "not one of the stages".to_owned()
        } else if owners.is_empty() {
            "no scale or enum has it".to_owned()
        } else {
            format!("this is a member of {}", quoted(owners, "and"))
        };
        let members_are = format!("the members of `{}` are", wanted.name);
        let near = did_you_mean(&name.text, members().chain(["unknown"]));
        let all = list(&members_are, members());
        Diagnostic::new(code, name.span, format!("`{}` has no member `{}`", wanted.name, name.text))
            .label(label)
            .maybe_help(near.into_iter().chain(all).reduce(|near, all| format!("{near} ({all})")))
    }

    /// A member of a domain by name, silently.
    pub(super) fn find_member(&self, domain: DomainId, name: &str) -> Option<usize> {
        self.vocabulary.domain(domain).members.iter().position(|member| member.name == name)
    }

    /// A member of the stage scale.
    pub(super) fn stage(&self, name: &Name, diagnostics: &mut Diagnostics) -> Option<usize> {
        let Stages::Of(_, domain) = self.stages else { return None };
        let found = self.find_member(domain, &name.text);
        if found.is_none() && !self.forgiven.contains(&name.text) {
            diagnostics.push(self.no_member(code::UNKNOWN_STAGE, domain, name));
        }
        found
    }

    /// Citations by id, in the order of the author, who names the most fitting first.
    pub(super) fn cites(
        &self,
        cites: &[tree::Citation],
        diagnostics: &mut Diagnostics,
    ) -> Vec<CitationId> {
        for (index, cite) in cites.iter().enumerate() {
            if let Some(first) = cites.iter().take(index).find(|first| first.text == cite.text) {
                diagnostics.push(again(&cite.text, cite.span, first.span));
            }
        }
        let mut found = Vec::new();
        for id in cites.iter().filter_map(|cite| self.citation(cite, diagnostics)) {
            if !found.contains(&id) {
                found.push(id);
            }
        }
        found
    }

    /// A citation by id.
    pub(super) fn citation(
        &self,
        cite: &tree::Citation,
        diagnostics: &mut Diagnostics,
    ) -> Option<CitationId> {
        let name = Name { text: cite.text.clone(), span: cite.span };
        look_up(
            (&self.citations, &self.forgiven),
            &name,
            code::UNKNOWN_CITATION,
            "passage",
            diagnostics,
        )
    }

    /// A type in words: ``a `level` ``.
    pub(super) fn describe(&self, kind: Type) -> String {
        match kind {
            Type::YES_NO => "a yes or no".to_owned(),
            Type::Choice(domain) => format!("a `{}`", self.vocabulary.domain(domain).name),
            Type::Set(domain) => format!("a set of `{}`", self.vocabulary.domain(domain).name),
            Type::Number => "a number".to_owned(),
            Type::Date => "a date".to_owned(),
        }
    }

    /// Whether a type is a scale.
    pub(super) fn is_scale(&self, kind: Type) -> bool {
        matches!(kind, Type::Choice(domain) if self.vocabulary.domain(domain).ordered)
    }
}

/// One word twice in one list.
pub(super) fn again(name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(SAID_TWICE, span, format!("`{name}` stands here twice"))
        .label("again")
        .related(first, "the first time")
        .help("take one of them out, or write what was meant")
}

/// The set of one member.
pub(super) fn bit(member: usize) -> Members {
    u32::try_from(member).ok().and_then(|shift| 1_u64.checked_shl(shift)).unwrap_or(0)
}

/// Finds a name, or says that there is none.
pub(super) fn look_up<T: Copy>(
    (known, forgiven): (&BTreeMap<String, T>, &BTreeSet<String>),
    name: &Name,
    code: Code,
    what: &str,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let found = known.get(&name.text).copied();
    if found.is_none() && !forgiven.contains(&name.text) {
        diagnostics.push(unknown(code, what, name, known.keys().map(String::as_str)));
    }
    found
}

/// What severities are called.
const SEVERITIES: [(&str, Severity); 4] = [
    ("low", Severity::Low),
    ("medium", Severity::Medium),
    ("high", Severity::High),
    ("critical", Severity::Critical),
];

/// What a severity is called.
pub(super) fn severity_name(severity: Severity) -> &'static str {
    SEVERITIES.iter().find(|(_, known)| *known == severity).map_or("", |(name, _)| name)
}

/// A severity by name.
pub(super) fn severity(name: &Name, diagnostics: &mut Diagnostics) -> Option<Severity> {
    let found = SEVERITIES.iter().find(|(known, _)| *known == name.text);
    if found.is_none() {
        diagnostics.push(
            Diagnostic::new(
                code::UNKNOWN_SEVERITY,
                name.span,
                format!("there is no severity `{}`", name.text),
            )
            .label("a severity belongs here")
            .help("severities are `critical`, `high`, `medium` and `low`"),
        );
    }
    found.map(|(_, severity)| *severity)
}

/// A name that stands for nothing, with the nearest that does.
pub(super) fn unknown<'a>(
    code: Code,
    what: &str,
    name: &Name,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    Diagnostic::new(code, name.span, format!("there is no {what} `{}`", name.text))
        .label("not declared")
        .maybe_help(list("there is", known.iter().copied()))
        .maybe_help(did_you_mean(&name.text, known))
}

/// ``start `a`, `b` and `c` ``, where they are few.
pub(super) fn list<'a>(start: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.collect();
    (1..=FEW).contains(&names.len()).then(|| format!("{start} {}", quoted(names, "and")))
}

/// `` `a`, `b` and `c` ``.
pub(super) fn quoted<'a>(names: impl IntoIterator<Item = &'a str>, joint: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} {joint} {last}", names.join(", ")) }
}

/// A field that some members lack.
pub(super) fn missing_field(name: &Name, domain: &str, lacking: &[String]) -> Diagnostic {
    let few: Vec<&str> = lacking.iter().take(FEW).map(String::as_str).collect();
    let more = if lacking.len() > FEW { ", and others" } else { "" };
    Diagnostic::new(
        code::MISSING_FIELD,
        name.span,
        format!("not every member of `{domain}` has the field `{}`", name.text),
    )
    .label("used here for any of them")
    .help(format!("give it to {}{more}", quoted(few, "and")))
}

fn is_plural(name: &str, word: &str) -> bool {
    let regular = word.strip_suffix('s') == Some(name) || word.strip_suffix("es") == Some(name);
    let with_y = word.strip_suffix("ies").is_some_and(|stem| name.strip_suffix('y') == Some(stem));
    regular || with_y
}
