//! Packs made of two: the old one with some of the items that differ taken from the new one. What a conclusion changes for is
//! found by running these.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::compile;
use crate::diagnostic::Diagnostics;
use crate::knowledge::KnowledgeBase;
use crate::pack::{Pack, Passage};
use crate::syntax::tree::{Damage, Entity, EntityKind, File, Item as Tree};

use super::change::{ItemChange, What};
use super::item::{Item, Items, Kind, Name, Part};

/// Two packs, and what differs.
pub(super) struct Mixer<'a> {
    old: &'a Items<'a>,
    new: &'a Items<'a>,
    changes: &'a [ItemChange],
    frame: Pack,
}

/// Some of the items that differ, by position.
pub(super) type Chosen = BTreeSet<usize>;

impl<'a> Mixer<'a> {
    /// Of two packs with these items; nothing where one of them is empty.
    pub(super) fn new(
        items: [&'a Items<'a>; 2],
        packs: [&[Pack]; 2],
        changes: &'a [ItemChange],
    ) -> Option<Mixer<'a>> {
        let mut passages: BTreeMap<&str, &Passage> = BTreeMap::new();
        for pack in packs.into_iter().flatten() {
            passages.extend(pack.passages.iter().map(|passage| (passage.id.as_str(), passage)));
        }
        let first = packs[0].first()?;
        let frame = Pack {
            id: first.id.clone(),
            title: first.title.clone(),
            version: first.version.clone(),
            extends: None,
            references: Vec::new(),
            passages: passages.into_values().cloned().collect(),
            files: Vec::new(),
            hash: String::new(),
            span: first.span,
            doubtful: false,
        };
        Some(Mixer { old: items[0], new: items[1], changes, frame })
    }

    /// The items that differ and on which conclusions may depend.
    pub(super) fn candidates(&self) -> Chosen {
        let all = self.changes.iter().enumerate();
        all.filter(|(_, change)| change.may_matter()).map(|(at, _)| at).collect()
    }

    /// The old pack with these items of the new one; nothing where that is no pack.
    pub(super) fn mixed(&self, chosen: &Chosen) -> Option<KnowledgeBase> {
        let mut picked: BTreeMap<&Name, &Item<'_>> = self.old.iter().collect();
        for change in chosen.iter().filter_map(|at| self.changes.get(*at)) {
            match self.new.get_key_value(&change.name) {
                Some((name, item)) => picked.insert(name, item),
                None => picked.remove(&change.name),
            };
        }
        let file = File { items: trees(&picked), damage: Damage::default() };
        let pack = Pack { files: vec![file], ..self.frame.clone() };
        compile(&[pack], &mut Diagnostics::default())
    }

    /// An item with those others that it needs so that the mixture is a pack; nothing where no such others are found.
    pub(super) fn with_needs(
        &self,
        at: usize,
        budget: &mut Budget,
    ) -> Option<(Chosen, KnowledgeBase)> {
        let mut chosen = Chosen::from([at]);
        loop {
            if !budget.spend() {
                return None;
            }
            if let Some(kb) = self.mixed(&chosen) {
                return Some((chosen, kb));
            }
            let more = self.needed(&chosen);
            if more.is_subset(&chosen) {
                return None;
            }
            chosen.extend(more);
        }
    }

    /// The items that differ and that some others name, or that name what others no longer declare.
    fn needed(&self, chosen: &Chosen) -> Chosen {
        let picked = || chosen.iter().filter_map(|at| self.changes.get(*at));
        let named: BTreeSet<&str> = picked()
            .filter_map(|change| self.new.get(&change.name))
            .flat_map(|item| item.words.iter().map(|word| word.text.as_str()))
            .collect();
        let gone: BTreeSet<&str> =
            picked().filter(|it| it.what != What::Added).map(|it| last_name(&it.name)).collect();
        let own: BTreeSet<&str> = picked().map(|it| last_name(&it.name)).collect();
        let all = self.changes.iter().enumerate().filter(|(_, change)| change.may_matter());
        let needed = all.filter(|(_, other)| {
            let held = self.old.get(&other.name).map_or(&[][..], |item| item.words.as_slice());
            let new = self.new.get(&other.name).map_or(&[][..], |item| item.words.as_slice());
            named.contains(last_name(&other.name))
                || held.iter().any(|word| gone.contains(word.text.as_str()))
                || (own.contains(last_name(&other.name)) && !new.is_empty())
        });
        needed.map(|(at, _)| at).collect()
    }
}

/// How many mixtures may still be made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget(pub(super) usize);

impl Budget {
    /// Counts one; false where there is none left.
    pub(super) fn spend(&mut self) -> bool {
        let left = self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        left
    }
}

/// The word by which other items name one.
fn last_name(name: &Name) -> &str {
    name.name.rsplit('.').next().unwrap_or_default()
}

/// The trees of items, attributes under the headings of their entities.
fn trees(picked: &BTreeMap<&Name, &Item<'_>>) -> Vec<Tree> {
    let mut attributes: BTreeMap<&str, Entity> = BTreeMap::new();
    let mut trees = Vec::new();
    for part in picked.values().flat_map(|item| &item.trees) {
        if let Part::Attribute(entity, attribute) = part {
            let held = attributes.entry(&entity.name.text).or_insert_with(|| Entity {
                kind: EntityKind::Members,
                label: None,
                attributes: Vec::new(),
                ..(*entity).clone()
            });
            held.attributes.push((*attribute).clone());
        }
    }
    for (name, item) in picked {
        let wanted = name.kind.bears_on_conclusions();
        for part in item.trees.iter().filter(|_| wanted && name.kind != Kind::Attribute) {
            match part {
                Part::Tree(Tree::Entity(entity)) => {
                    let held = attributes.remove(entity.name.text.as_str());
                    let attributes = held.map_or_else(Vec::new, |held| held.attributes);
                    trees.push(Tree::Entity(Entity { attributes, ..entity.clone() }));
                }
                Part::Tree(tree) => trees.push((*tree).clone()),
                Part::Attribute(..) | Part::Beside => {}
            }
        }
    }
    trees.extend(attributes.into_values().map(Tree::Entity));
    trees
}
