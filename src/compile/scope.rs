//! One rule, definition or derivation while it is lowered: its variables, and which of them can be seen.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{EntityId, EntityKind, Variable, VariableId};
use crate::source::Span;
use crate::syntax::tree::{Name, Parameter};

use super::names::{Names, list};

/// Lowers the conditions and texts of one item.
pub(super) struct Lowering<'a> {
    pub(super) names: &'a Names,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// All variables so far, in scope or not.
    pub(super) variables: Vec<Variable>,
    visible: Vec<Visible>,
    /// Variables of top-level `some`, which texts may name.
    pub(super) witnesses: Vec<(String, Option<VariableId>)>,
}

/// A variable in scope; without id where its entity is not known.
struct Visible {
    name: String,
    id: Option<VariableId>,
    span: Span,
}

/// What a name in scope stands for.
#[derive(Clone, Copy)]
pub(super) enum Seen {
    /// A variable, and what it ranges over.
    Variable(VariableId, EntityId),
    /// A variable whose declaration is wrong: reported already.
    Broken,
    /// No variable.
    Nothing,
}

/// A variable that is being declared.
#[derive(Clone, Copy)]
pub(super) struct Declaring<'a> {
    pub(super) parameter: &'a Parameter,
    /// With `other`.
    pub(super) other: bool,
    /// Whether the entity may stand in the plural.
    pub(super) plural: bool,
}

impl<'a> Lowering<'a> {
    pub(super) fn new(names: &'a Names, diagnostics: &'a mut Diagnostics) -> Lowering<'a> {
        Lowering {
            names,
            diagnostics,
            variables: Vec::new(),
            visible: Vec::new(),
            witnesses: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Declares a variable that is in scope until [`Lowering::leave`].
    pub(super) fn declare(&mut self, declaring: Declaring) -> Option<VariableId> {
        let Declaring { parameter, other, plural } = declaring;
        let entity = self.names.rows(&parameter.entity, plural, self.diagnostics);
        self.check_shadow(&parameter.name, entity);
        let apart = match entity {
            Some(entity) if other => self.in_scope_of(entity),
            _ => Vec::new(),
        };
        let id = entity.map(|entity| {
            let id = VariableId(self.variables.len());
            self.variables.push(Variable { name: parameter.name.text.clone(), entity, apart });
            id
        });
        let (name, span) = (parameter.name.text.clone(), parameter.name.span);
        self.visible.push(Visible { name, id, span });
        id
    }

    /// Declares a variable whose entity was reported elsewhere.
    pub(super) fn declare_broken(&mut self, name: &Name) {
        self.visible.push(Visible { name: name.text.clone(), id: None, span: name.span });
    }

    fn in_scope_of(&self, entity: EntityId) -> Vec<VariableId> {
        let ids = self.visible.iter().filter_map(|visible| visible.id);
        ids.filter(|id| self.variable(*id).is_some_and(|known| known.entity == entity)).collect()
    }

    /// The variable with this id.
    pub(super) fn variable(&self, id: VariableId) -> Option<&Variable> {
        self.variables.get(id.0)
    }

    fn check_shadow(&mut self, name: &Name, entity: Option<EntityId>) {
        let outer = self.visible.iter().find(|visible| visible.name == name.text);
        let report = Diagnostic::new(
            code::SHADOWED_NAME,
            name.span,
            format!("`{}` already stands for something else here", name.text),
        )
        .help("choose another name for the variable");
        if let Some(outer) = outer {
            let report = report
                .label("a second variable of this name")
                .related(outer.span, "the first stands here and is still in scope");
            self.push(report);
        } else if let Some(taken) = self.names.entities.get(&name.text) {
            let entity = self.names.vocabulary.entity(*taken);
            let label = match entity.kind {
                EntityKind::Many => return,
                EntityKind::One => format!("`{}` is the name of a `one`", entity.name),
                EntityKind::Members(_) => format!("`{}` is a scale or enum", entity.name),
            };
            self.push(report.label(label));
        } else if let Some(EntityKind::Members(domain)) =
            entity.map(|entity| self.names.vocabulary.entity(entity).kind)
            && self.names.find_member(domain, &name.text).is_some()
        {
            let domain = &self.names.vocabulary.domain(domain).name;
            let report = report.label(format!("`{}` is a member of `{domain}`", name.text));
            self.push(report);
        }
    }

    /// How many variables are in scope, for [`Lowering::leave`].
    pub(super) fn enter(&self) -> usize {
        self.visible.len()
    }

    /// Leaves the scope entered at this mark.
    pub(super) fn leave(&mut self, mark: usize) {
        self.visible.truncate(mark);
    }

    /// What a name stands for in scope.
    pub(super) fn see(&self, name: &str) -> Seen {
        let Some(visible) = self.visible.iter().rev().find(|visible| visible.name == name) else {
            return Seen::Nothing;
        };
        match visible.id.and_then(|id| Some((id, self.variable(id)?.entity))) {
            Some((id, entity)) => Seen::Variable(id, entity),
            None => Seen::Broken,
        }
    }

    /// The variable with this name, or a report that there is none.
    pub(super) fn require(&mut self, name: &Name) -> Option<(VariableId, EntityId)> {
        match self.see(&name.text) {
            Seen::Variable(id, entity) => Some((id, entity)),
            Seen::Broken => None,
            Seen::Nothing => {
                let report = self.no_variable(name);
                self.push(report);
                None
            }
        }
    }

    /// A name that stands for nothing in scope.
    pub(super) fn no_variable(&self, name: &Name) -> Diagnostic {
        let names = self.visible.iter().map(|visible| visible.name.as_str());
        let ones = self.names.vocabulary.entities.iter();
        let ones = ones.filter(|entity| entity.kind == EntityKind::One && entity.name != "case");
        let known: Vec<&str> =
            names.clone().chain(ones.map(|entity| entity.name.as_str())).collect();
        Diagnostic::new(
            code::UNKNOWN_VARIABLE,
            name.span,
            format!("nothing here is called `{}`", name.text),
        )
        .label("not a variable in scope")
        .maybe_help(list("the variables in scope are", names))
        .maybe_help(did_you_mean(&name.text, known))
    }
}
