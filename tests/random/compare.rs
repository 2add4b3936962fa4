//! Random conditions that compare two values, or take the highest of several; years, and actions done.

use super::choice::Choices;
use super::condition::{ORDERS, Operand, Scope, Variable};
use crate::oracle::value::Kind;

impl Scope<'_> {
    pub(super) fn comparison(&self, choices: &mut Choices) -> Option<String> {
        let left = choices.of(&self.operands()).clone();
        let rights: Vec<Operand> = self
            .values(&left.kind)
            .into_iter()
            .filter(|right| right.text.contains(['.', '(']))
            .collect();
        if rights.is_empty() || matches!(left.kind, Kind::Set(_)) {
            return None;
        }
        let right = if choices.chance(10) { &left } else { choices.of(&rights) };
        let right = &right.text;
        let ordered = match &left.kind {
            Kind::Choice(domain) => self.words.is_scale(domain),
            _ => true,
        };
        let text = &left.text;
        if ordered && choices.chance(70) {
            let order = choices.below(4);
            let by = left.kind != Kind::Date && choices.chance(30);
            let by = if by { format!(" by {}", choices.between(1, 2)) } else { String::new() };
            return Some(format!("{text} {} {right}{by}", ORDERS[order]));
        }
        let not = if choices.chance(30) { "not " } else { "" };
        Some(format!("{text} is {not}{right}"))
    }

    pub(super) fn done(&self, choices: &mut Choices) -> Option<String> {
        if self.words.actions.is_empty() {
            return None;
        }
        let action = choices.of(&self.words.actions);
        let many = self.words.entities.clone();
        let rows = self.variables.iter().filter(|v| many.iter().any(|(name, _)| *name == v.entity));
        let rows: Vec<&Variable> = rows.collect();
        let whom = if !rows.is_empty() && choices.chance(60) {
            format!(" for {}", choices.of(&rows).name)
        } else {
            String::new()
        };
        let not = if choices.chance(30) { "not " } else { "" };
        Some(format!("{not}done {action}{whom}"))
    }

    /// `highest b.level of other party b { … }`, of a scale, a number or a date; its parts depend on nothing recursive.
    pub(crate) fn extreme(&self, choices: &mut Choices) -> Option<Operand> {
        let ranges = self.words.ranges();
        let range =
            if choices.chance(20) { choices.of(&ranges).clone() } else { ranges[0].clone() };
        let (variable, inner) = self.new_variable(choices, &range);
        let inner = inner.within(true);
        let own = &inner.variables[inner.variables.len() - 1].name;
        let fits = |operand: &Operand| match &operand.kind {
            Kind::Choice(domain) => self.words.is_scale(domain),
            Kind::Number | Kind::Date => true,
            Kind::Set(_) => false,
        };
        let attributes = inner.operands().into_iter();
        let attributes = attributes.filter(|o| o.text.starts_with(&format!("{own}.")));
        let scales = self.words.domains.iter().filter(|domain| domain.ordered);
        let relations = scales.flat_map(|d| inner.values(&Kind::Choice(d.name.clone())));
        let relations =
            relations.filter(|o| o.text.contains('(') && o.text.contains(&format!(" {own}")));
        let operands: Vec<Operand> = attributes.chain(relations).filter(fits).collect();
        if operands.is_empty() {
            return None;
        }
        let chosen = choices.of(&operands).clone();
        let which = if choices.chance(40) { "lowest" } else { "highest" };
        let block = if choices.chance(70) {
            format!(" {}", inner.block(choices, 1, 2))
        } else {
            String::new()
        };
        let text = format!("{which} {} of {variable}{block}", chosen.text);
        Some(Operand { text, kind: chosen.kind })
    }

    pub(super) fn extreme_test(&self, choices: &mut Choices) -> Option<String> {
        let extreme = self.extreme(choices)?;
        let rights: Vec<Operand> = self
            .values(&extreme.kind)
            .into_iter()
            .filter(|right| right.text.contains(['.', '(']))
            .collect();
        if choices.chance(40) && !rights.is_empty() {
            let right = choices.of(&rights);
            let test = choices.of(&["at least", "at most", "above", "below", "is", "is not"]);
            // A block of its own, or the next block would be read as its.
            let block = if extreme.text.ends_with('}') { "" } else { " { }" };
            return Some(if choices.chance(30) {
                format!("{} {test} {}{block}", right.text, extreme.text)
            } else {
                format!("{} {test} {}", extreme.text, right.text)
            });
        }
        Some(self.test(choices, &extreme, true))
    }

    pub(super) fn years(&self, choices: &mut Choices) -> Option<String> {
        let dates = self.operands().into_iter().filter(|operand| operand.kind == Kind::Date);
        let dates: Vec<Operand> = dates.collect();
        if dates.is_empty() {
            return None;
        }
        let which = choices.of(&["since", "until"]);
        let date = &choices.of(&dates).text;
        let number = choices.of(&["5", "0", "1", "-2"]);
        Some(format!("years {which} {date} {} {number}", choices.of(&ORDERS)))
    }
}
