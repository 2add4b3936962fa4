//! Arguments of calls: which variable fills which role. Says what is missing, doubled or of another kind.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::compile as code;
use crate::diagnostic::nearest::did_you_mean;
use crate::knowledge::{Condition, EntityId, VariableId};
use crate::syntax::tree::{Call, Name};

use super::names::{Names, list};
use super::scope::Lowering;

/// A role and the entity that it wants; no entity where that is not known.
pub(super) type Slot = (String, Option<EntityId>);

impl Lowering<'_> {
    /// A call of a definition as a condition.
    pub(super) fn holds(&mut self, call: &Call) -> Option<Condition> {
        let signature = self.names.predicates.get(&call.name.text)?;
        let found = self.arguments(call, &signature.parameters, false)?;
        Some(Condition::Holds(signature.id, found, call.span))
    }

    /// The variables that fill the slots, in their order.
    pub(super) fn arguments(
        &mut self,
        call: &Call,
        slots: &[Slot],
        roles_needed: bool,
    ) -> Option<Vec<VariableId>> {
        let ordered = match order(self.names, call, slots, roles_needed) {
            Ok(ordered) => ordered,
            Err(reports) => {
                for report in reports {
                    self.push(report);
                }
                return None;
            }
        };
        let filled: Vec<Option<VariableId>> =
            ordered.iter().zip(slots).map(|(name, slot)| self.argument(name, slot)).collect();
        filled.into_iter().collect()
    }

    fn argument(&mut self, name: &Name, (role, wanted): &Slot) -> Option<VariableId> {
        let (id, entity) = self.require(name)?;
        let Some(wanted) = wanted else { return None };
        if entity == *wanted {
            return Some(id);
        }
        let is = &self.names.vocabulary.entity(entity).name;
        let wants = &self.names.vocabulary.entity(*wanted).name;
        let report = Diagnostic::new(
            code::WRONG_ARGUMENTS,
            name.span,
            format!("`{}` is a `{is}`, and `{role}` is a `{wants}`", name.text),
        )
        .label(format!("expected a variable for a `{wants}`"));
        self.push(report);
        None
    }
}

/// The arguments of a call in the order of its slots, or what is wrong with them.
pub(super) fn order<'a>(
    names: &Names,
    call: &'a Call,
    slots: &[Slot],
    roles_needed: bool,
) -> Result<Vec<&'a Name>, Vec<Diagnostic>> {
    let written_roles = call.arguments.iter().filter(|(role, _)| role.is_some()).count();
    if call.arguments.len() != slots.len() {
        return Err(vec![wrong_count(names, call, slots)]);
    }
    if written_roles < call.arguments.len() && (roles_needed || written_roles > 0) {
        return Err(vec![missing_role(call, slots, written_roles)]);
    }
    if written_roles == 0 {
        return Ok(call.arguments.iter().map(|(_, name)| name).collect());
    }
    let mut filled: BTreeMap<usize, (&Name, &Name)> = BTreeMap::new();
    let mut reports = Vec::new();
    for (role, name) in &call.arguments {
        let Some(role) = role else { continue };
        let Some(position) = slots.iter().position(|(known, _)| *known == role.text) else {
            reports.push(unknown_role(role, call, slots));
            continue;
        };
        if let Some((first, _)) = filled.get(&position) {
            reports.push(doubled_role(role, first));
            continue;
        }
        filled.insert(position, (role, name));
    }
    if reports.is_empty() {
        return Ok(filled.into_values().map(|(_, name)| name).collect());
    }
    Err(reports)
}

fn wrong_count(names: &Names, call: &Call, slots: &[Slot]) -> Diagnostic {
    let wants = match slots.len() {
        1 => "one argument".to_owned(),
        count => format!("{count} arguments"),
    };
    Diagnostic::new(
        code::WRONG_ARGUMENTS,
        call.span,
        format!("`{}` takes {wants}, not {}", call.name.text, call.arguments.len()),
    )
    .label(format!("expected {}", shape(names, call, slots)))
}

fn missing_role(call: &Call, slots: &[Slot], written_roles: usize) -> Diagnostic {
    let why = if written_roles > 0 {
        "every argument has its role, or none has"
    } else {
        "who is who cannot be told without roles"
    };
    Diagnostic::new(
        code::MISSING_ROLE,
        call.span,
        format!("the roles of `{}` are not written", call.name.text),
    )
    .label(why)
    .help(with_roles(call, slots))
}

/// How the call reads with its roles, in either order.
fn with_roles(call: &Call, slots: &[Slot]) -> String {
    let written = || call.arguments.iter().map(|(_, name)| name.text.as_str());
    let fill = |names: Vec<&str>| {
        let parts = slots.iter().zip(names).map(|((role, _), name)| format!("{role} {name}"));
        format!("`{}({})`", call.name.text, parts.collect::<Vec<String>>().join(", "))
    };
    format!("write {} or {}", fill(written().collect()), fill(written().rev().collect()))
}

fn shape(names: &Names, call: &Call, slots: &[Slot]) -> String {
    let parts: Vec<String> = slots
        .iter()
        .map(|(role, entity)| match entity {
            Some(entity) => format!("{role} <{}>", names.vocabulary.entity(*entity).name),
            None => format!("{role} …"),
        })
        .collect();
    format!("`{}({})`", call.name.text, parts.join(", "))
}

fn doubled_role(role: &Name, first: &Name) -> Diagnostic {
    Diagnostic::new(
        code::WRONG_ARGUMENTS,
        role.span,
        format!("the role `{}` is filled twice", role.text),
    )
    .label("filled again here")
    .related(first.span, "the first time here")
}

fn unknown_role(role: &Name, call: &Call, slots: &[Slot]) -> Diagnostic {
    let roles = || slots.iter().map(|(role, _)| role.as_str());
    Diagnostic::new(
        code::UNKNOWN_ROLE,
        role.span,
        format!("`{}` has no role `{}`", call.name.text, role.text),
    )
    .label("not one of its roles")
    .maybe_help(list("its roles are", roles()))
    .maybe_help(did_you_mean(&role.text, roles()))
}
