//! A case with one statement left out or replaced. Tries nothing.

use crate::case::{ActionTaken, Case, Effect, Event, Fact, Statements, Target};
use crate::knowledge::{KnowledgeBase, Type};
use crate::proof::wording::value_text;
use crate::value::Possible;

/// A case that differs from another in one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Variant {
    /// The event that states it; none from the start.
    event: Option<usize>,
    statement: Statement,
}

/// A statement by its position, and what stands in its place; nothing where it is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Statement {
    Fact(usize, Option<Effect>),
    /// Whether an action was taken is turned round, or left out.
    Action(usize, bool),
}

/// All variants of a case: each statement left out, then each with every value that it rules out. Numbers, dates and what is
/// disputed are only left out.
pub(super) fn variants(kb: &KnowledgeBase, case: &Case) -> Vec<Variant> {
    let events = case.events.iter().enumerate().map(|(at, event)| (Some(at), &event.statements));
    let all = std::iter::once((None, &case.base)).chain(events);
    let of_one = |(event, statements): (Option<usize>, &Statements)| {
        let facts = statements.facts.iter().enumerate().flat_map(|(at, fact)| {
            let others = others(kb, fact).into_iter().map(Some);
            std::iter::once(None).chain(others).map(move |effect| Statement::Fact(at, effect))
        });
        let actions = (0..statements.actions.len())
            .flat_map(|at| [false, true].map(|turned| Statement::Action(at, turned)));
        let list: Vec<Variant> =
            facts.chain(actions).map(|statement| Variant { event, statement }).collect();
        list
    };
    let mut list: Vec<Variant> = all.flat_map(of_one).collect();
    list.sort_by_key(|variant| !variant.is_left_out());
    list
}

/// What could have been stated in place of a fact: each single value that it rules out.
fn others(kb: &KnowledgeBase, fact: &Fact) -> Vec<Effect> {
    if !fact.record.says.is_empty() || fact.record.unknown {
        return Vec::new();
    }
    let bits = |members: u64| (0..64).map(|at| 1_u64 << at).filter(move |bit| members & bit != 0);
    match (fact.target.kind(&kb.vocabulary), fact.effect) {
        (Type::Choice(domain), Effect::Set(Possible::Choice(stated))) => {
            let ruled_out = kb.vocabulary.members_of(domain) & !stated;
            bits(ruled_out).map(|bit| Effect::Set(Possible::Choice(bit))).collect()
        }
        (Type::Set(_), Effect::Set(Possible::Set { may_include, may_exclude })) => {
            bits(may_include ^ may_exclude)
                .map(|bit| {
                    let (may_include, may_exclude) = (may_include ^ bit, may_exclude ^ bit);
                    Effect::Set(Possible::Set { may_include, may_exclude })
                })
                .collect()
        }
        (Type::Set(_), Effect::Add(members)) => bits(members).map(Effect::Remove).collect(),
        (Type::Set(_), Effect::Remove(members)) => bits(members).map(Effect::Add).collect(),
        _ => Vec::new(),
    }
}

impl Variant {
    /// Whether the statement is left out, and nothing stands in its place.
    pub(super) fn is_left_out(self) -> bool {
        matches!(self.statement, Statement::Fact(_, None) | Statement::Action(_, false))
    }

    /// The event that states it; none from the start.
    pub(super) fn event(self, case: &Case) -> Option<&Event> {
        self.event.and_then(|at| case.events.get(at))
    }

    /// The case with it.
    pub(super) fn of(self, case: &Case) -> Case {
        let mut case = case.clone();
        let statements = match self.event {
            None => &mut case.base,
            Some(at) => match case.events.get_mut(at) {
                Some(event) => &mut event.statements,
                None => return case,
            },
        };
        match self.statement {
            Statement::Fact(at, None) if at < statements.facts.len() => {
                statements.facts.remove(at);
            }
            Statement::Fact(at, effect) => {
                if let (Some(fact), Some(effect)) = (statements.facts.get_mut(at), effect) {
                    fact.effect = effect;
                }
            }
            Statement::Action(at, false) if at < statements.actions.len() => {
                statements.actions.remove(at);
            }
            Statement::Action(at, _) => {
                if let Some(action) = statements.actions.get_mut(at) {
                    action.taken = !action.taken;
                }
            }
        }
        case
    }

    fn statements(self, case: &Case) -> &Statements {
        self.event(case).map_or(&case.base, |event| &event.statements)
    }

    fn fact(self, case: &Case) -> Option<&Fact> {
        let Statement::Fact(at, _) = self.statement else { return None };
        self.statements(case).facts.get(at)
    }

    fn action(self, case: &Case) -> Option<&ActionTaken> {
        let Statement::Action(at, _) = self.statement else { return None };
        self.statements(case).actions.get(at)
    }

    /// The path of what the statement is about.
    pub(super) fn path(self, kb: &KnowledgeBase, case: &Case) -> String {
        if let Some(taken) = self.action(case) {
            let name = kb.actions.get(taken.action.0).map_or("", |action| &action.name);
            let row = taken.row.as_ref().map_or_else(String::new, |(_, id)| format!(".{id}"));
            return format!("did.{name}{row}");
        }
        let vocabulary = &kb.vocabulary;
        match self.fact(case).map(|fact| &fact.target) {
            Some(Target::Attribute(id, row)) => {
                let attribute = vocabulary.attribute(*id);
                let entity = &vocabulary.entity(attribute.entity).name;
                let dot = if row.is_empty() { "" } else { "." };
                format!("{entity}{dot}{row}.{}", attribute.name)
            }
            Some(Target::Tie(id, a, b)) => format!("{}.{a}.{b}", vocabulary.relation(*id).name),
            None => String::new(),
        }
    }

    /// What stands in the statement's place, in words; nothing where it is left out.
    pub(super) fn instead(self, kb: &KnowledgeBase, case: &Case) -> Option<String> {
        if self.is_left_out() {
            return None;
        }
        if let Some(taken) = self.action(case) {
            return Some(if taken.taken { "not done" } else { "done" }.to_owned());
        }
        let Statement::Fact(_, effect) = self.statement else { return None };
        let fact = self.fact(case)?;
        let kind = fact.target.kind(&kb.vocabulary);
        let text =
            |members| value_text(kb, kind, Possible::Set { may_include: members, may_exclude: 0 });
        Some(match effect? {
            Effect::Set(Possible::Set { may_include, .. }) => match fact.effect {
                Effect::Set(Possible::Set { may_include: stated, .. })
                    if may_include & !stated != 0 =>
                {
                    format!("with {}", text(may_include & !stated))
                }
                Effect::Set(Possible::Set { may_include: stated, .. }) => {
                    format!("without {}", text(stated & !may_include))
                }
                _ => return None,
            },
            Effect::Set(possible) => value_text(kb, kind, possible),
            Effect::Add(members) => format!("with {}", text(members)),
            Effect::Remove(members) => format!("without {}", text(members)),
        })
    }
}
