//! When two conditions ask the same: their shape, in which variables of their own go by order and not by number.

use crate::compile::{condition, walk};
use crate::knowledge::{Condition, Variable, VariableId};
use crate::source::Span;

/// A key that two conditions of one rule share where they ask the same.
pub(super) fn shape(condition: &Condition, variables: &[Variable]) -> String {
    let mut own: Vec<VariableId> = Vec::new();
    walk::each(condition, &mut |part| match part {
        Condition::Quantified(quantified, _) => own.push(quantified.variable),
        Condition::Test(test, _) => {
            let terms = walk::terms(test).into_iter();
            own.extend(terms.filter_map(walk::extreme_of).map(|extreme| extreme.variable));
        }
        _ => {}
    });
    let mut shape = condition::shape(condition);
    for variable in own.iter().filter_map(|id| variables.get(id.0)) {
        shape = format!("{shape} {:?} {:?}", variable.entity, variable.apart);
    }
    for (order, id) in own.iter().enumerate() {
        shape = shape.replace(&format!("{id:?}"), &format!("#{order}"));
    }
    shape
}

/// Where a condition stands; nothing for one in which nothing stands.
pub(super) fn place(condition: &Condition) -> Option<Span> {
    let mut whole: Option<Span> = None;
    walk::each(condition, &mut |part| {
        if let Condition::Test(_, span)
        | Condition::Holds(_, _, span)
        | Condition::Quantified(_, span) = part
        {
            whole = Some(whole.map_or(*span, |known| known.to(*span)));
        }
    });
    whole
}
