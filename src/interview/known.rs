//! What is there to ask about: the answers given so far, the facts below a name, and rows in the order of the file.

use crate::change::Target;
use crate::knowledge::{AttributeId, EntityId, RelationId};
use crate::proof::Fact;

use super::{Interview, Note, Subject};

/// Most paths that are named at once.
const MOST_NAMED: usize = 15;

impl Interview<'_> {
    /// Where a row is named that a question is about: rows are asked about in the order in which they were named.
    pub(super) fn named_at(&self, subject: &Subject) -> Option<usize> {
        let Subject::Fact(Target::Attribute(id, row)) = subject else { return None };
        self.row_at(self.kb.vocabulary.attribute(*id).entity, row)
    }

    fn row_at(&self, entity: EntityId, id: &str) -> Option<usize> {
        let mut rows = self.state.case.rows.iter();
        let row = rows.find(|row| row.entity == entity && row.id == id)?;
        usize::try_from(row.span.start).ok()
    }

    /// The names of the rows of an entity, in the order in which they were named.
    pub(super) fn names(&self, entity: EntityId) -> Vec<String> {
        let rows = self.look.facts.rows(entity).list.iter().enumerate();
        let mut rows: Vec<_> = rows.map(|(at, row)| (self.row_at(entity, &row.id), at)).collect();
        rows.sort_unstable();
        let view = self.view();
        let listed = view.listed(entity);
        rows.into_iter()
            .filter(|(_, at)| *at < listed)
            .map(|(_, at)| view.name(entity, at))
            .collect()
    }

    /// What was answered so far in this interview, with a number for each.
    pub(super) fn answered(&self) -> Note {
        let view = self.view();
        let facts = self.state.given.iter().map(|target| self.fact(target));
        let lines = facts.enumerate().filter_map(|(at, fact)| {
            let described = view.describe(fact?);
            let value =
                if described.says.is_empty() { described.value } else { "disputed".to_owned() };
            Some((format!("about {}", at + 1), format!("{}: {value}", described.path)))
        });
        let mut lines: Vec<(String, String)> = lines.collect();
        if lines.is_empty() {
            let text = "Nothing was answered in this interview so far. `about PATH` asks for any fact, and `about` with the first word of a path says which there are.";
            return Note::Remark(text.to_owned());
        }
        lines.push(("about PATH".to_owned(), "any other fact, also one that is known".to_owned()));
        Note::Help(lines)
    }

    /// The answer with a number in that list.
    pub(super) fn answer_at(&self, number: &str) -> Option<&Target> {
        self.state.given.get(number.trim().parse::<usize>().ok()?.checked_sub(1)?)
    }

    /// The facts below the beginning of a path, in a sentence.
    pub(super) fn facts_below(&self, start: &str) -> Option<String> {
        let start = format!("{}.", start.trim().trim_end_matches('.').to_lowercase());
        let below: Vec<String> =
            self.paths().into_iter().filter(|path| path.starts_with(&start)).collect();
        let left = below.len().saturating_sub(MOST_NAMED);
        let more = if left > 0 { format!(" and {left} more") } else { String::new() };
        let named: Vec<&str> = below.iter().take(MOST_NAMED).map(String::as_str).collect();
        (!named.is_empty()).then(|| format!("There are: {}{more}.", named.join(", ")))
    }

    fn paths(&self) -> Vec<String> {
        let (vocabulary, view) = (&self.kb.vocabulary, self.view());
        let rows = |entity: EntityId| 0..self.look.facts.rows(entity).list.len();
        let mut paths = Vec::new();
        for (at, attribute) in vocabulary.attributes.iter().enumerate() {
            if attribute.fixed.is_some() || attribute.action.is_some() {
                continue;
            }
            let facts = rows(attribute.entity).map(|row| Fact::Attribute(AttributeId(at), row));
            paths.extend(facts.map(|fact| view.path(fact)));
        }
        for (at, relation) in vocabulary.relations.iter().enumerate() {
            let [first, second] = relation.entities;
            for a in rows(first) {
                let others = rows(second).filter(|b| first != second || a != *b);
                let facts = others.map(|b| Fact::Relation(RelationId(at), a, b));
                paths.extend(facts.map(|fact| view.path(fact)));
            }
        }
        paths
    }
}
