//! A case as it is and as each speaker in a dispute has it, with what inference makes of each.

use crate::engine::{Limit, Limits, Model, Plan};
use crate::facts::Facts;
use crate::knowledge::KnowledgeBase;

use super::evaluate::View;

/// A case, with one speaker believed or none.
#[derive(Debug, Clone)]
pub struct World {
    /// Who is believed in all that they say; nobody in particular in the case as it is.
    pub believing: Option<String>,
    /// The facts then.
    pub facts: Facts,
    /// What inference makes of them.
    pub model: Model,
}

/// The case as it is, then with each speaker believed, by id.
#[derive(Debug, Clone)]
pub struct Worlds {
    list: Vec<World>,
}

impl Worlds {
    /// Works out the case for every speaker.
    ///
    /// # Errors
    /// Where a limit is reached.
    pub fn new(plan: &Plan, facts: &Facts, limits: Limits) -> Result<Worlds, Limit> {
        let believed = facts.speakers().into_iter().map(|who| (Some(who), facts.believing(who)));
        let all: Vec<(Option<&str>, Facts)> =
            std::iter::once((None, facts.clone())).chain(believed).collect();
        let facts: Vec<&Facts> = all.iter().map(|(_, facts)| facts).collect();
        let models = plan.infer(&facts, limits)?;
        let list = all.iter().zip(models).map(|((who, facts), model)| World {
            believing: who.map(str::to_owned),
            facts: facts.clone(),
            model,
        });
        Ok(Worlds { list: list.collect() })
    }

    /// All of them, the case as it is first.
    #[must_use]
    pub fn list(&self) -> &[World] {
        &self.list
    }

    /// What is looked at in one of them.
    #[must_use]
    pub fn view<'a>(&'a self, kb: &'a KnowledgeBase, world: usize) -> Option<View<'a>> {
        let World { facts, model, .. } = self.list.get(world)?;
        Some(View { kb, facts, model })
    }
}
