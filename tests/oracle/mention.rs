//! What a definition or rule depends on, through anything: predicates, attributes, `is unknown`.

use std::collections::BTreeSet;

use convener::syntax::tree::{
    Block, Call, Condition, ConditionKind, Derive, DeriveBody, Extreme, Operand, Path, Right, Test,
};

use super::words::Words;

/// What is depended on.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Mentions {
    pub(crate) predicates: BTreeSet<String>,
    /// By name alone, whosever they are.
    pub(crate) attributes: BTreeSet<String>,
    pub(crate) is_unknown: bool,
}

impl Mentions {
    /// All that a predicate depends on.
    pub(crate) fn of_predicate(words: &Words, name: &str) -> Mentions {
        let mut mentions = Mentions::default();
        for define in words.defines.get(name).into_iter().flatten() {
            mentions.block(&define.when);
        }
        mentions.close(words);
        mentions
    }

    /// All that a rule depends on, and the rules that override it.
    pub(crate) fn of_rule(words: &Words, name: &str) -> Mentions {
        let mut mentions = Mentions::default();
        let mut rules = vec![name.to_owned()];
        while let Some(name) = rules.pop() {
            let rule = words.rules[&*name];
            let subject = rule.subject.as_ref().and_then(|subject| subject.condition.as_ref());
            for block in subject.into_iter().chain(&rule.when).chain(&rule.unless) {
                mentions.block(block);
            }
            let over = words
                .rules
                .values()
                .filter(|other| other.overrides.iter().any(|overridden| overridden.text == name));
            rules.extend(over.map(|other| other.name.text.clone()));
        }
        mentions.close(words);
        mentions
    }

    fn close(&mut self, words: &Words) {
        loop {
            let before = self.clone();
            for name in &before.predicates {
                for define in words.defines.get(&**name).into_iter().flatten() {
                    self.block(&define.when);
                }
            }
            for ((_, attribute), derive) in &words.derives {
                if before.attributes.contains(*attribute) {
                    self.derive(derive);
                }
            }
            if *self == before {
                return;
            }
        }
    }

    fn derive(&mut self, derive: &Derive) {
        match &derive.body {
            DeriveBody::Branches(branches) => {
                branches
                    .iter()
                    .filter_map(|branch| branch.when.as_ref())
                    .for_each(|b| self.block(b));
            }
            DeriveBody::Table { inputs, .. } => inputs.iter().for_each(|path| self.path(path)),
            DeriveBody::Extreme(extreme) => self.extreme(extreme),
        }
    }

    fn block(&mut self, block: &Block) {
        block.conditions.iter().for_each(|condition| self.condition(condition));
    }

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Holds { operand, .. } => self.operand(operand),
            ConditionKind::Test { operand, test } => {
                self.operand(operand);
                self.test(test);
            }
            ConditionKind::AnyOf(block)
            | ConditionKind::NoneOf(block)
            | ConditionKind::NotAll(block)
            | ConditionKind::All(block) => self.block(block),
            ConditionKind::Quantified(quantified) => {
                quantified.filter.iter().for_each(|filter| self.block(filter));
                self.block(&quantified.body);
            }
            ConditionKind::Done { .. } => {}
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Among { values, .. } => values.iter().for_each(|right| self.right(right)),
            Test::Order { right, .. } => self.right(right),
            Test::Empty => {}
            Test::Unknown => self.is_unknown = true,
        }
    }

    fn right(&mut self, right: &Right) {
        if let Right::Operand(operand) = right {
            self.operand(operand);
        }
    }

    fn operand(&mut self, operand: &Operand) {
        match operand {
            Operand::Path(path) | Operand::Years { path, .. } => self.path(path),
            Operand::Call(call) => self.call(call),
            Operand::Extreme(extreme) => self.extreme(extreme),
        }
    }

    fn extreme(&mut self, extreme: &Extreme) {
        self.operand(&extreme.operand);
        extreme.condition.iter().for_each(|condition| self.block(condition));
    }

    fn call(&mut self, call: &Call) {
        self.predicates.insert(call.name.text.clone());
    }

    fn path(&mut self, path: &Path) {
        self.attributes.extend(path.names.last().map(|name| name.text.clone()));
    }
}
