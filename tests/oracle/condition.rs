//! Blocks, quantifiers and calls: Kleene's three-valued logic, one subject at a time.

use convener::syntax::tree::{
    Block, Condition, ConditionKind, Operand, Parameter, Quantified, Quantifier,
};
use convener::truth::Truth;

use super::value::{Kind, Values};
use super::world::{Row, Scope, World, apart, variable};

impl World<'_> {
    /// Whether all conditions of a block hold.
    pub(crate) fn block(&self, block: &Block, scope: &Scope) -> Truth {
        block.conditions.iter().fold(Truth::True, |all, c| all.and(self.condition(c, scope)))
    }

    fn any_of(&self, block: &Block, scope: &Scope) -> Truth {
        block.conditions.iter().fold(Truth::False, |any, c| any.or(self.condition(c, scope)))
    }

    fn condition(&self, condition: &Condition, scope: &Scope) -> Truth {
        match &condition.kind {
            ConditionKind::Holds { negated, operand } => {
                let holds = self.holds(operand, scope);
                if *negated { !holds } else { holds }
            }
            ConditionKind::Test { operand, test } => self.test(operand, test, scope),
            ConditionKind::AnyOf(block) => self.any_of(block, scope),
            ConditionKind::NoneOf(block) => !self.any_of(block, scope),
            ConditionKind::NotAll(block) => !self.block(block, scope),
            ConditionKind::All(block) => self.block(block, scope),
            ConditionKind::Quantified(quantified) => self.quantified(quantified, scope),
            ConditionKind::Done { negated, action, subject } => {
                let subject = subject.as_ref().map(|name| &*name.text);
                let done = self.done(&action.text, subject, scope);
                if *negated { !done } else { done }
            }
        }
    }

    fn holds(&self, operand: &Operand, scope: &Scope) -> Truth {
        if let Operand::Call(call) = operand
            && let Some(defines) = self.words.defines.get(&*call.name.text)
        {
            let rows = self.arguments(call, &defines[0].parameters, scope);
            return self.predicate(&call.name.text, &rows);
        }
        let term = self.term(operand, scope);
        yes(&term.values.expect("a yes or no"))
    }

    fn done(&self, action: &str, subject: Option<&str>, scope: &Scope) -> Truth {
        let kind = Kind::Choice("yes_no".to_owned());
        let row = subject.map(|name| variable(scope, name).expect("a variable"));
        let stated = match row.map(|bound| (&*bound.entity, &bound.row)) {
            None => self.case.done(action, None),
            Some((entity, Row::Listed(id))) => self.case.done(action, Some((entity, id))),
            Some((_, Row::Unlisted)) => None,
        };
        match stated {
            Some(taken) => Truth::from_bounds(taken, taken),
            None => yes(&self.words.background(&kind, self.words.actions[action])),
        }
    }

    /// For every row that may stand for the variable, whether it does and satisfies all of these.
    fn rows_that(
        &self,
        quantified: &Quantified,
        scope: &Scope,
        asked: impl Fn(&Scope) -> Truth,
    ) -> Vec<(Row, Truth)> {
        let parameter: &Parameter = &quantified.parameter;
        let entity = self.words.entity(&parameter.entity.text);
        let truth = |row: &Row| {
            let scope = self.bind(scope, parameter, row);
            let apart = if quantified.other { apart(&scope) } else { Truth::True };
            apart.and(asked(&scope))
        };
        let rows = self.all_rows(&entity);
        rows.into_iter().map(|row| (row.clone(), truth(&row))).collect()
    }

    fn quantified(&self, quantified: &Quantified, scope: &Scope) -> Truth {
        let where_holds = |scope: &Scope| {
            quantified.filter.as_ref().map_or(Truth::True, |f| self.block(f, scope))
        };
        let body_holds = |scope: &Scope| self.block(&quantified.body, scope);
        let both = |scope: &Scope| where_holds(scope).and(body_holds(scope));
        let other = |scope: &Scope| where_holds(scope).and(!body_holds(scope));
        match quantified.quantifier {
            Quantifier::Some => at_least(1, &self.rows_that(quantified, scope, both)),
            Quantifier::No => !at_least(1, &self.rows_that(quantified, scope, both)),
            Quantifier::AtLeast(n) => at_least(n, &self.rows_that(quantified, scope, both)),
            Quantifier::AtMost(n) => !at_least(n + 1, &self.rows_that(quantified, scope, both)),
            Quantifier::Every => {
                let any = at_least(1, &self.rows_that(quantified, scope, where_holds));
                any.and(!at_least(1, &self.rows_that(quantified, scope, other)))
            }
            Quantifier::Most => most(
                &self.rows_that(quantified, scope, both),
                &self.rows_that(quantified, scope, other),
            ),
        }
    }
}

/// Whether a yes_no value is yes.
fn yes(values: &Values) -> Truth {
    let members = values.members();
    Truth::from_bounds(!members.contains("no"), members.contains("yes"))
}

fn listed(rows: &[(Row, Truth)], counts: impl Fn(Truth) -> bool) -> usize {
    rows.iter().filter(|(row, truth)| *row != Row::Unlisted && counts(*truth)).count()
}

/// The unlisted row stands for any number of rows.
fn unlisted_may(rows: &[(Row, Truth)]) -> bool {
    rows.iter().any(|(row, truth)| *row == Row::Unlisted && truth.possible())
}

fn at_least(n: u32, rows: &[(Row, Truth)]) -> Truth {
    let n = n as usize;
    Truth::from_bounds(
        listed(rows, Truth::certain) >= n,
        listed(rows, Truth::possible) >= n || unlisted_may(rows),
    )
}

/// More rows do than do not.
fn most(rows_that_do: &[(Row, Truth)], rows_that_do_not: &[(Row, Truth)]) -> Truth {
    let certain = !unlisted_may(rows_that_do_not)
        && listed(rows_that_do, Truth::certain) > listed(rows_that_do_not, Truth::possible);
    let possible = unlisted_may(rows_that_do)
        || listed(rows_that_do, Truth::possible) > listed(rows_that_do_not, Truth::certain);
    Truth::from_bounds(certain, possible)
}
