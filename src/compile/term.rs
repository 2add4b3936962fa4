//! Values in conditions: paths, relations, extremes, years. Each is lowered to a term with its type, or reported.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Code, Diagnostic};
use crate::knowledge::{
    AttributeId, Condition, EntityId, EntityKind, Extreme, RelationId, Row, Term, Type, VariableId,
    vocabulary::Field,
};
use crate::source::Span;
use crate::syntax::tree::{self, Call, Name, Operand, Path};

use super::names::{Names, missing_field};
use super::scope::{Declaring, Lowering, Seen};

/// A term and what it is.
pub(super) struct Typed {
    pub(super) term: Term,
    pub(super) kind: Type,
}

impl Lowering<'_> {
    /// A value.
    pub(super) fn operand(&mut self, operand: &Operand) -> Option<Typed> {
        match operand {
            Operand::Path(path) => self.path(path),
            Operand::Call(call) => self.value_of_call(call),
            Operand::Extreme(extreme) => {
                let (extreme, kind) = self.extreme(extreme)?;
                Some(Typed { term: Term::Extreme(Box::new(extreme)), kind })
            }
            Operand::Years { since, path, .. } => self.years(*since, path),
        }
    }

    /// A path as a value.
    pub(super) fn path(&mut self, path: &Path) -> Option<Typed> {
        if let [name] = path.names.as_slice() {
            return self.single(name);
        }
        let (attribute, row) = self.attribute_path(path)?;
        let kind = self.names.kind_of(attribute)?;
        Some(Typed { term: Term::Attribute(attribute, row), kind })
    }

    fn single(&mut self, name: &Name) -> Option<Typed> {
        if let Seen::Nothing = self.see(&name.text)
            && let Some(report) = self.bare_name(name)
        {
            self.push(report);
            return None;
        }
        let (id, entity) = self.require(name)?;
        let entity = self.names.vocabulary.entity(entity);
        if let EntityKind::Members(domain) = entity.kind {
            return Some(Typed { term: Term::Member(id), kind: Type::Choice(domain) });
        }
        let report = wrong_path(name.span, format!("`{}` is a row, not a value", name.text))
            .label(format!("stands for a `{}`", entity.name))
            .help(format!("write one of its attributes: `{}.…`", name.text));
        self.push(report);
        None
    }

    /// A bare name that is an attribute or a `one`.
    fn bare_name(&self, name: &Name) -> Option<Diagnostic> {
        let entity =
            self.names.entities.get(&name.text).map(|id| self.names.vocabulary.entity(*id));
        if let Some(entity) = entity {
            return Some(
                wrong_path(name.span, format!("`{}` is no value by itself", name.text))
                    .label(format!("this is {}", of_kind(entity.kind)))
                    .help(format!("write one of its attributes: `{}.…`", name.text)),
            );
        }
        let (entity, _) = self.names.attributes.keys().find(|(_, known)| *known == name.text)?;
        let entity = &self.names.vocabulary.entity(*entity).name;
        Some(
            wrong_path(name.span, format!("`{}` stands here without a row", name.text))
                .label(format!("an attribute of `{entity}`"))
                .help(format!("write whose it is, such as `p.{}`", name.text)),
        )
    }

    /// A path that ends in an attribute, and its row.
    pub(super) fn attribute_path(&mut self, path: &Path) -> Option<(AttributeId, Row)> {
        match path.names.as_slice() {
            [row, attribute] => {
                let (entity, row) = self.row(row)?;
                let id = self.value_attribute(entity, attribute)?;
                Some((id, row))
            }
            [row, _, last] if !matches!(self.see(&row.text), Seen::Nothing) => {
                let report = wrong_path(last.span, "the path goes on after its attribute")
                    .label("an attribute has no attributes of its own")
                    .help(format!("end the path after the attribute of `{}`", row.text));
                self.push(report);
                None
            }
            [domain, member, attribute] => {
                let entity = self.names.entity(domain, false, self.diagnostics)?;
                let EntityKind::Members(id) = self.names.vocabulary.entity(entity).kind else {
                    let message = format!("`{}` has no members", domain.text);
                    let report = wrong_path(path.span, message)
                        .label("three names are an enum, a member and an attribute")
                        .help("write two names: a row and its attribute");
                    self.push(report);
                    return None;
                };
                let member = self.names.member(id, member, self.diagnostics)?;
                let attribute = self.value_attribute(entity, attribute)?;
                Some((attribute, Row::Member(member)))
            }
            _ => {
                let report = wrong_path(path.span, "this path leads nowhere")
                    .label("expected a row and its attribute")
                    .help("write `p.attribute`, `one.attribute` or `enum.member.attribute`");
                self.push(report);
                None
            }
        }
    }

    /// The row that the first name of a path stands for.
    fn row(&mut self, name: &Name) -> Option<(EntityId, Row)> {
        match self.see(&name.text) {
            Seen::Variable(id, entity) => return Some((entity, Row::Variable(id))),
            Seen::Broken => return None,
            Seen::Nothing => {}
        }
        let found = self.names.entities.get(&name.text).copied();
        let Some(entity) = found else {
            if !self.names.forgiven.contains(&name.text) {
                let report = self.no_variable(name);
                self.push(report);
            }
            return None;
        };
        let known = self.names.vocabulary.entity(entity);
        let (message, help) = match known.kind {
            EntityKind::One => return Some((entity, Row::Only)),
            EntityKind::Many => (
                format!("which `{}` is meant?", name.text),
                format!("name one: `some {0} x {{ x.… }}`, or `for {0} x` in a rule", name.text),
            ),
            EntityKind::Members(_) => (
                format!("which `{}` is meant?", name.text),
                format!(
                    "write a member and its attribute (`{}.member.…`), or a variable",
                    name.text
                ),
            ),
        };
        let label = format!("this is {}", of_kind(known.kind));
        self.push(wrong_path(name.span, message).label(label).help(help));
        None
    }

    /// An attribute that has a value; a fixed text has none.
    fn value_attribute(&mut self, entity: EntityId, name: &Name) -> Option<AttributeId> {
        if !self.names.attributes.contains_key(&(entity, name.text.clone()))
            && self.names.text_field(entity, &name.text).is_some()
        {
            let report = wrong_path(name.span, format!("`{}` is a text, not a value", name.text))
                .label("a fixed text of the members")
                .help("texts of rules may show it; conditions cannot test it");
            self.push(report);
            return None;
        }
        self.names.attribute(entity, name, self.diagnostics)
    }

    fn value_of_call(&mut self, call: &Call) -> Option<Typed> {
        if self.names.predicates.contains_key(&call.name.text) {
            let report = Diagnostic::new(
                code::YES_NO_AS_VALUE,
                call.span,
                format!("`{}` holds or does not; it has no value", call.name.text),
            )
            .label("a definition")
            .help(format!("write it alone: `{0}(…)` or `not {0}(…)`", call.name.text));
            self.push(report);
            return None;
        }
        let (id, [a, b]) = self.relation_call(call)?;
        let kind = Type::Choice(self.names.vocabulary.relation(id).kind);
        (!self.names.broken_relations.contains(&id))
            .then_some(Typed { term: Term::Relation(id, a, b), kind })
    }

    fn relation_call(&mut self, call: &Call) -> Option<(RelationId, [VariableId; 2])> {
        let Some(id) = self.names.relations.get(&call.name.text).copied() else {
            if !self.names.forgiven.contains(&call.name.text) {
                let report = self.names.no_call(&call.name);
                self.push(report);
            }
            return None;
        };
        if self.names.broken_relations.contains(&id) {
            return None;
        }
        let relation = self.names.vocabulary.relation(id);
        let [first, second] = &relation.roles;
        let [one, two] = relation.entities;
        let slots = [(first.clone(), Some(one)), (second.clone(), Some(two))];
        let roles_needed = one == two && !relation.symmetric;
        let found = self.arguments(call, &slots, roles_needed)?;
        let [a, b] = found.as_slice() else { return None };
        Some((id, [*a, *b]))
    }

    /// The highest or lowest over some rows, with its type.
    pub(super) fn extreme(&mut self, extreme: &tree::Extreme) -> Option<(Extreme, Type)> {
        let mark = self.enter();
        let parameter = &extreme.parameter;
        let variable = self.declare(Declaring { parameter, other: extreme.other, plural: false });
        let typed = match &extreme.operand {
            Operand::Path(_) | Operand::Call(_) => self.operand(&extreme.operand),
            other => {
                let report = wrong_path(other.span(), "only a path or a relation can stand here")
                    .label("what the highest or lowest is taken of");
                self.push(report);
                None
            }
        };
        let condition = extreme
            .condition
            .as_ref()
            .map_or(Condition::All(Vec::new()), |block| self.block(block));
        self.leave(mark);
        let Typed { term, kind } = typed?;
        self.require_order(kind, extreme.operand.span())?;
        let condition = Box::new(condition);
        Some((Extreme { highest: extreme.highest, variable: variable?, term, condition }, kind))
    }

    fn years(&mut self, since: bool, path: &Path) -> Option<Typed> {
        let Typed { term, kind } = self.path(path)?;
        if kind == Type::Date {
            return Some(Typed {
                term: Term::Years { since, date: Box::new(term) },
                kind: Type::Number,
            });
        }
        let message =
            format!("years are counted from a date, and this is {}", self.names.describe(kind));
        let report = Diagnostic::new(code::WRONG_CONSTANT, path.span, message)
            .label("not a date")
            .help("name an attribute of type `date`");
        self.push(report);
        None
    }

    /// Reports where a type has no order.
    pub(super) fn require_order(&mut self, kind: Type, span: Span) -> Option<()> {
        let kind_in_words = self.names.describe(kind);
        let help = match kind {
            Type::Number | Type::Date => return Some(()),
            Type::YES_NO => "test it alone, or with `not` before it".to_owned(),
            Type::Choice(domain) if self.names.vocabulary.domain(domain).ordered => return Some(()),
            Type::Choice(_) => {
                "test it with `is` and `is not`, or declare it as a `scale`".to_owned()
            }
            Type::Set(_) => "test it with `includes`, `excludes` or `is empty`".to_owned(),
        };
        let report =
            Diagnostic::new(code::UNORDERED, span, format!("{kind_in_words} has no more or less"))
                .label("only scales, numbers and dates have an order")
                .help(help);
        self.push(report);
        None
    }
}

impl Names {
    /// The type of an attribute; none where its declaration is wrong.
    pub(super) fn kind_of(&self, attribute: AttributeId) -> Option<Type> {
        (!self.broken_attributes.contains(&attribute))
            .then(|| self.vocabulary.attribute(attribute).kind)
    }

    /// Whether members of an entity have a fixed text of this name, and which lack it.
    pub(super) fn text_field(&self, entity: EntityId, name: &str) -> Option<Vec<String>> {
        let EntityKind::Members(domain) = self.vocabulary.entity(entity).kind else { return None };
        let members = &self.vocabulary.domain(domain).members;
        let (with, without): (Vec<_>, Vec<_>) = members.iter().partition(|member| {
            member
                .fields
                .iter()
                .any(|(field, value)| field == name && matches!(value, Field::Text(_)))
        });
        (!with.is_empty()).then(|| without.into_iter().map(|member| member.name.clone()).collect())
    }

    /// Reports a name that is neither an attribute nor a fixed text, and near to one of the texts.
    pub(super) fn misspelt_text(&self, entity: EntityId, name: &Name) -> Option<Diagnostic> {
        let EntityKind::Members(domain) = self.vocabulary.entity(entity).kind else { return None };
        if self.attributes.contains_key(&(entity, name.text.clone())) {
            return None;
        }
        let fields = self.vocabulary.domain(domain).members.iter().flat_map(|it| &it.fields);
        let texts = fields.filter(|(_, field)| matches!(field, Field::Text(_)));
        let near = did_you_mean(&name.text, texts.map(|(field, _)| field.as_str()))?;
        let row = &self.vocabulary.entity(entity).name;
        let message = format!("the members of `{row}` have no `{}`", name.text);
        Some(
            Diagnostic::new(code::UNKNOWN_ATTRIBUTE, name.span, message)
                .label("not declared")
                .help(near),
        )
    }

    /// Reports where not every member has a fixed text.
    pub(super) fn lacking_text(&self, entity: EntityId, name: &Name) -> Option<Diagnostic> {
        let lacking = self.text_field(entity, &name.text)?;
        let domain = &self.vocabulary.entity(entity).name;
        (!lacking.is_empty()).then(|| missing_field(name, domain, &lacking))
    }

    /// A call of what is neither relation nor definition.
    pub(super) fn no_call(&self, name: &Name) -> Diagnostic {
        let known = self.relations.keys().chain(self.predicates.keys()).map(String::as_str);
        let message = format!("there is no relation or definition `{}`", name.text);
        Diagnostic::new(code::UNKNOWN_PREDICATE, name.span, message)
            .label("not declared")
            .help("declare it with `relation` or `define`")
            .maybe_help(did_you_mean(&name.text, known))
    }
}

/// What an entity is, for people.
fn of_kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Many => "an entity of which a case has many",
        EntityKind::One => "an entity of which a case has one",
        EntityKind::Members(_) => "a scale or enum",
    }
}

fn wrong_path(span: Span, message: impl Into<String>) -> Diagnostic {
    const CODE: Code = code::WRONG_PATH;
    Diagnostic::new(CODE, span, message)
}
