//! Texts with their holes filled: names, lists of names, values, agreement. Plain words, no markup.
//! Knows nothing of where a text is shown; whoever prints it makes it safe there.

use std::collections::BTreeMap;

use crate::knowledge::{
    AttributeId, DomainId, EntityId, Field, KnowledgeBase, Piece, RelationId, Row, Template, Type,
    VariableId, Vocabulary,
};
use crate::value::{Possible, calendar_period, date_of_day, decimal};

use super::evaluate::{Scope, View};
use super::support::Witnesses;

/// What the holes of a text stand for.
#[derive(Debug, Clone)]
pub struct Wording<'a> {
    view: View<'a>,
    names: BTreeMap<VariableId, Named>,
    own: Vec<(EntityId, usize)>,
}

/// The rows that a variable stands for.
#[derive(Debug, Clone)]
struct Named {
    entity: EntityId,
    rows: Vec<usize>,
    /// Any one of them, and not all together.
    alternatives: bool,
}

impl<'a> Wording<'a> {
    /// For the texts of a rule: its subject, and the rows that satisfy its top-level `some`.
    #[must_use]
    pub fn of_rule(scope: &Scope<'a>, subjects: usize, witnesses: &[Witnesses]) -> Wording<'a> {
        let mut names = BTreeMap::new();
        for variable in (0..subjects).map(VariableId) {
            let rows = vec![scope.row(variable)];
            let entity = scope.entity(variable);
            names.insert(variable, Named { entity, rows, alternatives: false });
        }
        for found in witnesses {
            let certain = !found.certain.is_empty();
            let rows = if certain { &found.certain } else { &found.possible };
            let found_rows = Named {
                entity: scope.entity(found.variable),
                rows: rows.clone(),
                alternatives: !certain,
            };
            names.insert(found.variable, found_rows);
        }
        Wording { view: scope.view, names, own: Vec::new() }
    }

    /// For the question of an attribute (its row) or relation (its two rows).
    #[must_use]
    pub fn of_rows(view: View<'a>, own: Vec<(EntityId, usize)>) -> Wording<'a> {
        Wording { view, names: BTreeMap::new(), own }
    }

    /// The text with its holes filled; what fills a hole at the start of a sentence begins with a capital.
    #[must_use]
    pub fn render(&self, template: &Template) -> String {
        let mut text = String::new();
        for piece in &template.pieces {
            let filled = self.piece(piece);
            let start = text.is_empty() || [". ", "? ", "! "].iter().any(|end| text.ends_with(end));
            match piece {
                Piece::Words(_) => text.push_str(&filled),
                _ if start => text.push_str(&capitalised(&filled)),
                _ => text.push_str(&filled),
            }
        }
        text
    }

    /// The text with its holes filled, to stand within a sentence.
    #[must_use]
    pub fn render_within(&self, template: &Template) -> String {
        template.pieces.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Words(words) => words.clone(),
            Piece::Name(variable) => self.names_of(*variable),
            Piece::Itself => self.own_name(0),
            Piece::Role(role) => self.own_name(*role),
            Piece::Value(attribute, row) => self.attribute(*attribute, *row),
            Piece::Tie(relation, a, b) => self.tie(*relation, *a, *b),
            Piece::Field(variable, field) => self.field(*variable, field),
            Piece::Agreement(variable, one, many) => choose(self.is_singular(*variable), one, many),
            Piece::OwnAgreement(role, one, many) => {
                let row = self.own.get(*role);
                choose(row.is_none_or(|(entity, row)| !self.is_plural(*entity, *row)), one, many)
            }
        }
    }

    fn rows(&self, variable: VariableId) -> &[usize] {
        self.names.get(&variable).map_or(&[], |named| named.rows.as_slice())
    }

    fn names_of(&self, variable: VariableId) -> String {
        let Some(named) = self.names.get(&variable) else {
            return "somebody".to_owned();
        };
        let list: Vec<String> =
            named.rows.iter().map(|row| self.view.name(named.entity, *row)).collect();
        match list.as_slice() {
            [] => self.view.name(named.entity, usize::MAX),
            _ => join(&list, if named.alternatives { "or" } else { "and" }),
        }
    }

    fn own_name(&self, role: usize) -> String {
        self.own
            .get(role)
            .map_or_else(|| "it".to_owned(), |(entity, row)| self.view.name(*entity, *row))
    }

    fn is_plural(&self, entity: EntityId, row: usize) -> bool {
        self.view.facts.rows(entity).list.get(row).is_some_and(|row| row.plural)
    }

    fn is_singular(&self, variable: VariableId) -> bool {
        let Some(named) = self.names.get(&variable) else { return true };
        let any_plural = named.rows.iter().any(|row| self.is_plural(named.entity, *row));
        (named.rows.len() <= 1 || named.alternatives) && !any_plural
    }

    fn attribute(&self, attribute: AttributeId, row: Row) -> String {
        let kind = self.view.kb.vocabulary.attribute(attribute).kind;
        let rows = match row {
            Row::Variable(variable) => self.rows(variable).to_vec(),
            Row::Only => vec![0],
            Row::Member(member) => vec![member],
        };
        let values = rows
            .iter()
            .map(|row| value_text(self.view.kb, kind, self.view.attribute(attribute, *row)));
        distinct(values)
    }

    fn tie(&self, relation: RelationId, a: VariableId, b: VariableId) -> String {
        let kind = Type::Choice(self.view.kb.vocabulary.relation(relation).kind);
        let pairs = self
            .rows(a)
            .iter()
            .flat_map(|first| self.rows(b).iter().map(move |second| (*first, *second)));
        distinct(pairs.map(|(first, second)| {
            value_text(self.view.kb, kind, self.view.relation(relation, first, second))
        }))
    }

    fn field(&self, variable: VariableId, field: &str) -> String {
        let Some(named) = self.names.get(&variable) else { return String::new() };
        let vocabulary = &self.view.kb.vocabulary;
        let crate::knowledge::EntityKind::Members(domain) = vocabulary.entity(named.entity).kind
        else {
            return String::new();
        };
        let members = &vocabulary.domain(domain).members;
        let texts = named.rows.iter().filter_map(|row| {
            let (_, value) = members.get(*row)?.fields.iter().find(|(name, _)| name == field)?;
            Some(match value {
                Field::Text(text) => {
                    Wording::of_rows(self.view, vec![(named.entity, *row)]).render(text)
                }
                Field::Value(domain, member) => member_wording(vocabulary, *domain, *member),
            })
        });
        distinct(texts)
    }
}

fn choose(singular: bool, one: &str, many: &str) -> String {
    if singular { one.to_owned() } else { many.to_owned() }
}

fn distinct(texts: impl Iterator<Item = String>) -> String {
    let mut list: Vec<String> = Vec::new();
    for text in texts {
        if !list.contains(&text) {
            list.push(text);
        }
    }
    if list.is_empty() { "not known".to_owned() } else { join(&list, "and") }
}

/// `A, B and C`.
#[must_use]
pub fn join(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// The text with a capital at its start.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// A name with spaces for underscores.
#[must_use]
pub fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

fn member_wording(vocabulary: &Vocabulary, domain: DomainId, member: usize) -> String {
    vocabulary
        .domain(domain)
        .members
        .get(member)
        .map_or_else(String::new, |member| member.wording.clone())
}

/// What a value may be, in words: `medium or high`, `not known`.
#[must_use]
pub fn value_text(kb: &KnowledgeBase, kind: Type, possible: Possible) -> String {
    let vocabulary = &kb.vocabulary;
    match (kind, possible) {
        (Type::Choice(domain), Possible::Choice(members)) => {
            if members == vocabulary.members_of(domain) && !members.is_power_of_two() {
                return "not known".to_owned();
            }
            join(&wordings(vocabulary, domain, members), "or")
        }
        (Type::Set(domain), Possible::Set { may_include, may_exclude }) => {
            set_text(vocabulary, domain, [may_include, may_exclude])
        }
        (Type::Number, Possible::Range { low, high }) => range(low, high, number_text),
        (Type::Date, Possible::Range { low, high }) => {
            calendar_period(low, high).unwrap_or_else(|| range(low, high, date_text))
        }
        _ => "not known".to_owned(),
    }
}

/// What is in a set, what is not where the rest is open, and what may be.
fn set_text(
    vocabulary: &Vocabulary,
    domain: DomainId,
    [may_include, may_exclude]: [u64; 2],
) -> String {
    let open = may_include & may_exclude;
    let certain = wordings(vocabulary, domain, may_include & !may_exclude);
    if open == 0 {
        return if certain.is_empty() { "none".to_owned() } else { join(&certain, "and") };
    }
    if open == vocabulary.members_of(domain) {
        return "not known".to_owned();
    }
    let excluded = wordings(vocabulary, domain, may_exclude & !may_include);
    if certain.is_empty() && open.count_ones() <= 2 {
        return format!("perhaps {}", join(&wordings(vocabulary, domain, open), "or"));
    }
    let mut parts = Vec::new();
    if !certain.is_empty() {
        parts.push(join(&certain, "and"));
    }
    if !excluded.is_empty() {
        parts.push(format!("not {}", join(&excluded, "nor")));
    }
    parts.push("the rest is not known".to_owned());
    parts.join("; ")
}

fn wordings(vocabulary: &Vocabulary, domain: DomainId, members: u64) -> Vec<String> {
    (0..64_usize)
        .filter(|member| members >> member & 1 == 1)
        .map(|member| member_wording(vocabulary, domain, member))
        .collect()
}

fn range(low: i64, high: i64, text: fn(i64) -> String) -> String {
    match (low == i64::MIN, high == i64::MAX) {
        _ if low == high => text(low),
        (true, true) => "not known".to_owned(),
        (true, false) => format!("at most {}", text(high)),
        (false, true) => format!("at least {}", text(low)),
        (false, false) => format!("{} to {}", text(low), text(high)),
    }
}

/// A number in millionths, without needless digits.
#[must_use]
pub fn number_text(number: i64) -> String {
    decimal(number)
}

/// A day, as `1985-06-30`.
#[must_use]
pub fn date_text(day: i64) -> String {
    date_of_day(day).map_or_else(|| "not known".to_owned(), |date| date.to_string())
}
