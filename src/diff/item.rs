//! The items of packs in their normal form, by kind and name: what two packs are compared by. Packs that are laid over each
//! other count as one, an attribute is an item of its own, and all definitions of one name are one item.

use std::collections::BTreeMap;

use crate::pack::{Pack, Passage, Reference};
use crate::source::{SourceMap, Span, content_hash};
use crate::syntax::tree::{self, EntityKind, Item as Tree, Path, Piece, Text};
use crate::syntax::{Sort, Word, joined, normal};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A rule.
    Rule,
    /// A predicate, with all its definitions.
    Definition,
    /// A derived attribute.
    Derivation,
    /// How advice is ranked.
    Ranking,
    /// A risk.
    Risk,
    /// An action.
    Action,
    /// A question of the guide.
    Question,
    /// A scale or enum.
    Domain,
    /// What a case has rows of, without its attributes.
    Entity,
    /// An attribute.
    Attribute,
    /// A relation.
    Relation,
    /// A standing remark.
    Caveat,
    /// A passage that the pack leaves out on purpose.
    Declined,
    /// A passage of the source index.
    Passage,
    /// A source.
    Source,
    /// An example.
    Example,
}

impl Kind {
    /// All of them, in order.
    pub const ALL: [Kind; 16] = [
        Kind::Rule,
        Kind::Definition,
        Kind::Derivation,
        Kind::Ranking,
        Kind::Risk,
        Kind::Action,
        Kind::Question,
        Kind::Domain,
        Kind::Entity,
        Kind::Attribute,
        Kind::Relation,
        Kind::Caveat,
        Kind::Declined,
        Kind::Passage,
        Kind::Source,
        Kind::Example,
    ];

    /// It in a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Rule => "rule",
            Kind::Definition => "definition",
            Kind::Derivation => "derivation",
            Kind::Ranking => "ranking",
            Kind::Risk => "risk",
            Kind::Action => "action",
            Kind::Question => "question",
            Kind::Domain => "scale",
            Kind::Entity => "entity",
            Kind::Attribute => "attribute",
            Kind::Relation => "relation",
            Kind::Caveat => "caveat",
            Kind::Declined => "declined",
            Kind::Passage => "passage",
            Kind::Source => "source",
            Kind::Example => "example",
        }
    }

    /// Whether a conclusion can depend on it.
    #[must_use]
    pub fn bears_on_conclusions(self) -> bool {
        self < Kind::Caveat
    }
}

/// Which item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// What it is.
    pub kind: Kind,
    /// Its name: `party.power`, `boycott`; the title of an example, nothing for the ranking.
    pub name: String,
}

/// The items of packs laid over each other, each with the hash of its normal form.
#[must_use]
pub fn hashes(packs: &[Pack], sources: &SourceMap) -> BTreeMap<Name, String> {
    let items = items(packs, sources).into_iter();
    items
        .map(|(name, item)| {
            let hash = content_hash(item.words.iter().map(|word| word.text.as_str()));
            (name, hash)
        })
        .collect()
}

/// An item of a pack.
#[derive(Debug, Clone)]
pub(super) struct Item<'a> {
    /// Its words.
    pub(super) words: Vec<Word>,
    /// Its trees: several for a predicate.
    pub(super) trees: Vec<Part<'a>>,
    /// Where it stands.
    pub(super) span: Span,
}

/// What an item was read as.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'a> {
    /// An item of a file, attributes apart.
    Tree(&'a Tree),
    /// An attribute, with the entity under whose heading it stands.
    Attribute(&'a tree::Entity, &'a tree::Attribute),
    /// No part of the rules.
    Beside,
}

/// The items of packs, by kind and name.
pub(super) type Items<'a> = BTreeMap<Name, Item<'a>>;

/// The items of packs laid over each other.
pub(super) fn items<'a>(packs: &'a [Pack], sources: &SourceMap) -> Items<'a> {
    let mut items = Items::new();
    for pack in packs {
        for file in &pack.files {
            let Some(source) = file.items.first().and_then(|item| sources.get(item.span().source))
            else {
                continue;
            };
            for (item, words) in file.items.iter().zip(normal(&source.text)) {
                add(&mut items, item, words);
            }
        }
        for passage in &pack.passages {
            items.insert(name(Kind::Passage, &passage.id), passage_item(passage));
        }
        for reference in &pack.references {
            items.insert(name(Kind::Source, &reference.id), source_item(reference, pack.span));
        }
    }
    items
}

fn name(kind: Kind, name: &str) -> Name {
    Name { kind, name: name.to_owned() }
}

fn passage_item<'a>(passage: &Passage) -> Item<'a> {
    let words = vec![Word::plain(&passage.source), Word::quoted(&passage.place)];
    Item { words, trees: vec![Part::Beside], span: passage.span }
}

fn source_item<'a>(reference: &Reference, span: Span) -> Item<'a> {
    let mut words = vec![Word::quoted(&reference.title)];
    words.extend(reference.evidence.as_deref().map(Word::plain));
    Item { words, trees: vec![Part::Beside], span }
}

fn add<'a>(items: &mut Items<'a>, item: &'a Tree, words: Vec<Word>) {
    if let Tree::Entity(entity) = item {
        return add_entity(items, item, entity, &words);
    }
    let key = key(item);
    let held = items.remove(&key).filter(|_| key.kind == Kind::Definition);
    let mut new = Item { words, trees: vec![Part::Tree(item)], span: item.span() };
    if let Some(held) = held {
        // No definition of a predicate comes before another.
        let later = joined(&held.words) > joined(&new.words);
        let (first, second) = if later { (new, held) } else { (held, new) };
        new = Item {
            words: first.words.into_iter().chain(second.words).collect(),
            trees: first.trees.into_iter().chain(second.trees).collect(),
            span: first.span.min(second.span),
        };
    }
    items.insert(key, new);
}

/// An entity's heading and each of its attributes.
fn add_entity<'a>(items: &mut Items<'a>, item: &'a Tree, entity: &'a tree::Entity, words: &[Word]) {
    if entity.kind != EntityKind::Members {
        let head = words.iter().take_while(|word| word.sort() != Sort::Brace).cloned().collect();
        let trees = vec![Part::Tree(item)];
        let new = Item { words: head, trees, span: entity.name.span };
        items.insert(name(Kind::Entity, &entity.name.text), new);
    }
    let starts = entity.attributes.iter().map(|attribute| attribute.name.span.start as usize);
    let ends = starts.clone().skip(1).chain([usize::MAX]);
    let inner = words.get(..words.len().saturating_sub(1)).unwrap_or_default();
    for (attribute, (start, end)) in entity.attributes.iter().zip(starts.zip(ends)) {
        let own = inner.iter().filter(|word| start <= word.start && word.start < end);
        let path = format!("{}.{}", entity.name.text, attribute.name.text);
        let new = Item {
            words: own.cloned().collect(),
            trees: vec![Part::Attribute(entity, attribute)],
            span: attribute.name.span,
        };
        items.insert(name(Kind::Attribute, &path), new);
    }
}

fn key(item: &Tree) -> Name {
    match item {
        Tree::Domain(tree::Domain { name: id, .. }) => name(Kind::Domain, &id.text),
        Tree::Entity(entity) => name(Kind::Entity, &entity.name.text),
        Tree::Relation(tree::Relation { name: id, .. }) => name(Kind::Relation, &id.text),
        Tree::Risk(tree::Risk { name: id, .. }) => name(Kind::Risk, &id.text),
        Tree::Action(tree::Action { name: id, .. }) => name(Kind::Action, &id.text),
        Tree::Question(tree::Question { name: id, .. }) => name(Kind::Question, &id.text),
        Tree::Caveat(tree::Caveat { name: id, .. }) => name(Kind::Caveat, &id.text),
        Tree::Define(tree::Define { name: id, .. }) => name(Kind::Definition, &id.text),
        Tree::Rule(rule) => name(Kind::Rule, &rule.name.text),
        Tree::Declines(declines) => {
            let passages: Vec<&str> = declines.passages.iter().map(|it| it.text.as_str()).collect();
            name(Kind::Declined, &passages.join(", "))
        }
        Tree::Derive(derive) => {
            let owner = derive.parameter.as_ref().map(|it| it.entity.text.as_str());
            name(Kind::Derivation, &dotted(owner, &derive.target))
        }
        Tree::Ranking(_) => name(Kind::Ranking, ""),
        Tree::Example(example) => name(Kind::Example, &words_of(&example.title)),
    }
}

/// `party.strength`, from `derive party.strength …` and from `derive strength of party p …`.
fn dotted(owner: Option<&str>, path: &Path) -> String {
    let names = owner.into_iter().chain(path.names.iter().map(|name| name.text.as_str()));
    names.collect::<Vec<_>>().join(".")
}

fn words_of(text: &Text) -> String {
    let words = text.pieces.iter().filter_map(|piece| match piece {
        Piece::Words(words) => Some(words.as_str()),
        Piece::Hole(_) | Piece::Agreement { .. } => None,
    });
    words.collect()
}
