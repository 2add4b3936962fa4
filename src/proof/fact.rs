//! A fact of a case as proofs point at it, and as people read it: its path, its question, its value, who says so where.
//! Knows no conditions.

use crate::facts::{Cell, Evidence, Record};
use crate::knowledge::{AttributeId, EntityId, EntityKind, RelationId};
use crate::source::Span;
use crate::value::Possible;

use super::evaluate::View;
use super::wording::{Wording, spaced, value_text};

/// What a proof points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// An attribute of a row; the row after the listed ones stands for all others.
    Attribute(AttributeId, usize),
    /// A relation of two rows; a symmetric one has the smaller row first.
    Relation(RelationId, usize, usize),
    /// Whether there are rows that the case does not list.
    Others(EntityId),
    /// The date at which the case is looked at.
    Today,
}

impl Fact {
    /// Whether both are of one attribute or relation.
    #[must_use]
    pub fn is_alike(self, other: Fact) -> bool {
        match (self, other) {
            (Fact::Attribute(a, _), Fact::Attribute(b, _)) => a == b,
            (Fact::Relation(a, ..), Fact::Relation(b, ..)) => a == b,
            _ => self == other,
        }
    }
}

/// On what a fact rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grounds {
    /// The case states it.
    Stated,
    /// The case says that it was asked for and nobody knows.
    Unknown,
    /// The case says nothing, and the vocabulary has a default.
    Default,
    /// Nobody says anything.
    NotStated,
}

/// A fact in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactView {
    /// Its path in a case file: `party.ministry.organized`.
    pub path: String,
    /// The names of the rows that it is about; empty for a fact about the case as such.
    pub about: Vec<String>,
    /// The question that it answers.
    pub question: String,
    /// What the case says: `medium or high`.
    pub value: String,
    /// Whether exactly one value is possible.
    pub known: bool,
    /// On what it rests.
    pub grounds: Grounds,
    /// How well it is founded.
    pub evidence: Evidence,
    /// Where the case states it.
    pub span: Option<Span>,
    /// The id of its source.
    pub source: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// The event that set it.
    pub event: Option<String>,
    /// For a disputed fact, who says what.
    pub says: Vec<(String, String)>,
}

impl<'a> View<'a> {
    fn cell(self, fact: Fact) -> Option<&'a Cell> {
        match fact {
            Fact::Attribute(attribute, row) => self.facts.cell(attribute, row),
            Fact::Relation(relation, a, b) => self.facts.tie(&self.kb.vocabulary, relation, a, b),
            Fact::Others(_) | Fact::Today => None,
        }
    }

    /// Who states a fact, where the case does.
    #[must_use]
    pub fn record(self, fact: Fact) -> Option<&'a Record> {
        self.cell(fact).and_then(|cell| cell.record.as_deref())
    }

    /// The possible values of a fact; none for questions about the case as such.
    #[must_use]
    pub fn value(self, fact: Fact) -> Option<Possible> {
        match fact {
            Fact::Attribute(attribute, row) => Some(self.attribute(attribute, row)),
            Fact::Relation(relation, a, b) => Some(self.relation(relation, a, b)),
            Fact::Others(_) | Fact::Today => None,
        }
    }

    /// How well a fact is founded; what nobody states is assumed.
    #[must_use]
    pub fn evidence(self, fact: Fact) -> Evidence {
        self.record(fact).map_or(Evidence::Assumed, |record| record.evidence)
    }

    /// Since when a fact is what it is: after how many of the events that are seen. Since the start where no event set it,
    /// since after the last one where it is only supposed.
    #[must_use]
    pub fn since(self, fact: Fact) -> usize {
        let Some(record) = self.record(fact) else { return 0 };
        if record.span == Span::NOWHERE {
            return self.facts.events.len() + 1;
        }
        let event = record.event.as_ref();
        let place = event.and_then(|id| self.facts.events.iter().position(|other| other == id));
        place.map_or(0, |place| place + 1)
    }

    /// Whether speakers differ about a fact.
    #[must_use]
    pub fn is_disputed(self, fact: Fact) -> bool {
        self.record(fact).is_some_and(|record| !record.says.is_empty())
    }

    /// A fact in words.
    #[must_use]
    pub fn describe(self, fact: Fact) -> FactView {
        let record = self.record(fact);
        let value = self.value(fact);
        let text = |possible: Possible| match fact {
            Fact::Attribute(attribute, _) => {
                value_text(self.kb, self.kb.vocabulary.attribute(attribute).kind, possible)
            }
            Fact::Relation(relation, ..) => {
                let domain = self.kb.vocabulary.relation(relation).kind;
                value_text(self.kb, crate::knowledge::Type::Choice(domain), possible)
            }
            Fact::Others(_) | Fact::Today => String::new(),
        };
        FactView {
            path: self.path(fact),
            about: self.about(fact),
            question: self.question(fact),
            value: value.map_or_else(|| "not known".to_owned(), text),
            known: value.is_some_and(Possible::is_known),
            grounds: self.grounds(fact),
            evidence: self.evidence(fact),
            span: record.map(|record| record.span),
            source: record.and_then(|record| record.source.clone()),
            note: record.and_then(|record| record.note.clone()),
            event: record.and_then(|record| record.event.clone()),
            says: record.map_or_else(Vec::new, |record| {
                let say = |(who, what): &(String, Possible)| (self.speaker(who), text(*what));
                record.says.iter().map(say).collect()
            }),
        }
    }

    fn about(self, fact: Fact) -> Vec<String> {
        let vocabulary = &self.kb.vocabulary;
        match fact {
            Fact::Attribute(id, row) => {
                let entity = vocabulary.attribute(id).entity;
                let is_one = vocabulary.entity(entity).kind == EntityKind::One;
                (!is_one).then(|| self.name(entity, row)).into_iter().collect()
            }
            Fact::Relation(id, a, b) => {
                let [first, second] = vocabulary.relation(id).entities;
                vec![self.name(first, a), self.name(second, b)]
            }
            Fact::Others(_) | Fact::Today => Vec::new(),
        }
    }

    fn grounds(self, fact: Fact) -> Grounds {
        let has_default = match fact {
            Fact::Attribute(attribute, _) => {
                let declared = self.kb.vocabulary.attribute(attribute);
                declared.has_default || declared.fixed.is_some()
            }
            Fact::Relation(relation, ..) => self.kb.vocabulary.relation(relation).has_default,
            Fact::Others(_) | Fact::Today => false,
        };
        match self.record(fact) {
            Some(record) if record.unknown => Grounds::Unknown,
            Some(_) => Grounds::Stated,
            None if has_default => Grounds::Default,
            None => Grounds::NotStated,
        }
    }

    /// The name of a speaker: of the row with that id, else the title of that source, in short.
    #[must_use]
    pub fn speaker(self, id: &str) -> String {
        let many = self
            .kb
            .vocabulary
            .entities
            .iter()
            .enumerate()
            .filter(|(_, entity)| entity.kind == EntityKind::Many);
        many.map(|(index, _)| EntityId(index))
            .find_map(|entity| Some(self.name(entity, self.facts.find_row(entity, id)?)))
            .unwrap_or_else(|| {
                self.facts.titles.get(id).map_or_else(|| id.to_owned(), |title| short(title))
            })
    }

    /// How texts call a row.
    #[must_use]
    pub fn name(self, entity: EntityId, row: usize) -> String {
        let declared = self.kb.vocabulary.entity(entity);
        match self.facts.rows(entity).list.get(row) {
            Some(found) if !found.name.is_empty() => found.name.clone(),
            Some(found) if !found.id.is_empty() => found.id.clone(),
            Some(_) => declared.label.clone(),
            None => format!("another {}", spaced(&declared.name)),
        }
    }

    /// The id of a row; empty for the row of a `one`, `*` for the unlisted row.
    #[must_use]
    pub fn row_id(self, entity: EntityId, row: usize) -> &'a str {
        self.facts.rows(entity).list.get(row).map_or("*", |row| row.id.as_str())
    }

    /// The path of a fact in a case file.
    #[must_use]
    pub fn path(self, fact: Fact) -> String {
        let vocabulary = &self.kb.vocabulary;
        match fact {
            Fact::Attribute(attribute, row) => {
                let declared = vocabulary.attribute(attribute);
                let id = self.row_id(declared.entity, row);
                let dot = if id.is_empty() { "" } else { "." };
                if let Some(action) = declared.action.and_then(|id| self.kb.actions.get(id.0)) {
                    return format!("did.{}{dot}{id}", action.name);
                }
                let entity = &vocabulary.entity(declared.entity).name;
                format!("{entity}{dot}{id}.{}", declared.name)
            }
            Fact::Relation(relation, a, b) => {
                let declared = vocabulary.relation(relation);
                let [first, second] = declared.entities;
                format!("{}.{}.{}", declared.name, self.row_id(first, a), self.row_id(second, b))
            }
            Fact::Others(entity) => format!("complete.{}", vocabulary.entity(entity).name),
            Fact::Today => "at".to_owned(),
        }
    }

    /// The question that a fact answers.
    #[must_use]
    pub fn question(self, fact: Fact) -> String {
        let vocabulary = &self.kb.vocabulary;
        match fact {
            Fact::Attribute(attribute, row) => {
                let declared = vocabulary.attribute(attribute);
                let name = self.name(declared.entity, row);
                let one = vocabulary.entity(declared.entity).kind == EntityKind::One;
                if let Some(action) = declared.action.and_then(|id| self.kb.actions.get(id.0)) {
                    return done_question(&action.title, (!one).then_some(&name));
                }
                let wording = Wording::of_rows(self, vec![(declared.entity, row)]);
                match &declared.question {
                    Some(question) => wording.render(question),
                    None => format!("{} of {name}", spaced(&declared.name)),
                }
            }
            Fact::Relation(relation, a, b) => {
                let declared = vocabulary.relation(relation);
                let [first, second] = declared.entities;
                match &declared.question {
                    Some(question) => {
                        Wording::of_rows(self, vec![(first, a), (second, b)]).render(question)
                    }
                    None => format!(
                        "{} of {} and {}",
                        spaced(&declared.name),
                        self.name(first, a),
                        self.name(second, b)
                    ),
                }
            }
            Fact::Others(entity) => {
                let declared = vocabulary.entity(entity);
                if self.listed(entity) == 0 {
                    return format!("Name {}: the case lists none yet.", declared.label);
                }
                let name = spaced(&declared.name);
                format!("Is any other {name} involved, or is the list complete?")
            }
            Fact::Today => "At what date is the case looked at?".to_owned(),
        }
    }
}

fn done_question(title: &str, whom: Option<&String>) -> String {
    match whom {
        Some(whom) => format!("Was this done for {whom}: {title}?"),
        None => format!("Was this done: {title}?"),
    }
}

/// A title up to its first comma, colon or semicolon, as people call a source: `Waddell & Brown`.
fn short(title: &str) -> String {
    const LONGEST: usize = 40;
    let start = title.split([',', ':', ';']).next().unwrap_or(title).trim();
    let start = if start.is_empty() { title } else { start };
    if start.chars().count() <= LONGEST {
        return start.to_owned();
    }
    let cut: String = start.chars().take(LONGEST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}
