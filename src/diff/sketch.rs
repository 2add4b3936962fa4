//! A made-up case: a few rows and facts in the words of one pack, as facts for another and as a case file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::case::given;
use crate::change::{Change, Effect, Target, state, supposed};
use crate::facts::{Facts, RowName};
use crate::knowledge::{
    AttributeId, EntityId, EntityKind, Example, KnowledgeBase, Type, Vocabulary,
};
use crate::value::{NUMBER_UNIT, Possible, date_of_day};

use super::translation::Translation;

/// A made-up case.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sketch {
    pub(super) today: Option<i64>,
    pub(super) rows: BTreeSet<(EntityId, String)>,
    pub(super) complete: BTreeSet<EntityId>,
    pub(super) facts: BTreeMap<Target, Possible>,
}

impl Sketch {
    /// The facts that an example gives, disputes aside.
    pub(super) fn of_example(kb: &KnowledgeBase, example: &Example) -> Sketch {
        let own = &example.given;
        let mut sketch = Sketch { today: example.today, ..Sketch::default() };
        sketch.rows = own.rows.iter().map(|row| (row.entity, row.id.clone())).collect();
        sketch.complete = own.complete.iter().copied().collect();
        for (id, row, statement) in &own.attributes {
            let target = Target::Attribute(*id, row.clone().unwrap_or_default());
            sketch.facts.insert(target, statement.possible);
        }
        for (id, [a, b], statement) in &own.ties {
            sketch.facts.insert(tie(&kb.vocabulary, *id, a, b), statement.possible);
        }
        let facts = given(&kb.vocabulary, example);
        for (action, row, _) in &own.actions {
            let Some(id) = kb.vocabulary.find_done(*action, row.as_ref().map(|(id, _)| *id)) else {
                continue;
            };
            let row = row.as_ref().map_or("", |(_, id)| id);
            let place = facts.find_row(kb.vocabulary.attribute(id).entity, row);
            if let Some(cell) = place.and_then(|place| facts.cell(id, place)) {
                sketch.facts.insert(Target::Attribute(id, row.to_owned()), cell.possible);
            }
        }
        sketch
    }

    /// The same in the words of another pack; what that has no word for is left out.
    pub(super) fn translated(&self, words: &Translation) -> Sketch {
        let rows = self.rows.iter();
        let facts = self.facts.iter().filter_map(|(target, possible)| {
            Some((words.target(target)?, words.possible(target, *possible)?))
        });
        Sketch {
            today: self.today,
            rows: rows.filter_map(|(id, row)| Some((words.entity(*id)?, row.clone()))).collect(),
            complete: self.complete.iter().filter_map(|id| words.entity(*id)).collect(),
            facts: facts.collect(),
        }
    }

    /// The facts of the case.
    pub(super) fn facts(&self, vocabulary: &Vocabulary) -> Facts {
        let mut facts = Facts::new(vocabulary);
        facts.today = self.today;
        for (at, entity) in vocabulary.entities.iter().enumerate() {
            let id = EntityId(at);
            if entity.kind == EntityKind::Many {
                let rows = self.rows.iter().filter(|(entity, _)| *entity == id);
                let rows = rows.map(|(_, row)| RowName {
                    id: row.clone(),
                    name: row.replace(['_', '-'], " "),
                    plural: false,
                });
                facts.set_rows(vocabulary, id, rows.collect(), self.complete.contains(&id));
            }
        }
        let general = |target: &Target| match target {
            Target::Attribute(_, row) => row.is_empty(),
            Target::Tie(..) => false,
        };
        // What is said of an action for all comes before what is said of it for one.
        let first = self.facts.iter().filter(|(target, _)| general(target));
        for (target, possible) in first.chain(self.facts.iter().filter(|(it, _)| !general(it))) {
            state(&mut facts, vocabulary, target, Effect::Set(*possible), &supposed());
        }
        facts
    }

    /// The same with a change of facts made.
    pub(super) fn with(&self, change: &Change) -> Sketch {
        let mut sketch = self.clone();
        match change {
            Change::State { target, effect, .. } => {
                let held = sketch.facts.get(target).copied();
                let blank = Possible::Set { may_include: u64::MAX, may_exclude: u64::MAX };
                let possible = effect.apply(held.unwrap_or(blank));
                sketch.facts.insert(target.clone(), possible);
            }
            Change::Unset(target) => {
                sketch.facts.remove(target);
            }
            Change::AddRow(entity, row) => {
                sketch.rows.insert((*entity, row.id.clone()));
            }
            Change::Complete(entity, true) => {
                sketch.complete.insert(*entity);
            }
            Change::Complete(entity, false) => {
                sketch.complete.remove(entity);
            }
        }
        sketch
    }

    /// How much it says.
    pub(super) fn size(&self) -> usize {
        let parts = self.facts.len() + self.complete.len() + usize::from(self.today.is_some());
        2 * self.rows.len() + parts
    }

    /// Every case that says one thing less.
    pub(super) fn smaller(&self) -> Vec<Sketch> {
        let mut smaller = Vec::new();
        for row in &self.rows {
            let mut less = self.clone();
            less.rows.remove(row);
            less.facts.retain(|target, _| match target {
                Target::Attribute(_, id) => *id != row.1,
                Target::Tie(_, a, b) => *a != row.1 && *b != row.1,
            });
            smaller.push(less);
        }
        for target in self.facts.keys() {
            let mut less = self.clone();
            less.facts.remove(target);
            smaller.push(less);
        }
        for entity in &self.complete {
            let mut less = self.clone();
            less.complete.remove(entity);
            smaller.push(less);
        }
        if self.today.is_some() {
            smaller.push(Sketch { today: None, ..self.clone() });
        }
        smaller
    }

    /// The case as a file.
    pub(super) fn file(&self, kb: &KnowledgeBase, id: &str, title: &str) -> String {
        let words = &kb.vocabulary;
        let mut file = format!("[case]\nid = \"{id}\"\ntitle = \"{title}\"\n");
        let complete = self.complete.iter().map(|id| format!("\"{}\"", words.entity(*id).name));
        let complete: Vec<String> = complete.collect();
        if !complete.is_empty() {
            let _ = writeln!(file, "complete = [{}]", complete.join(", "));
        }
        for (key, taken) in [("did", true), ("did_not", false)] {
            let list = self.actions(kb, taken);
            if !list.is_empty() {
                let _ = writeln!(file, "{key} = [{}]", list.join(", "));
            }
        }
        self.singles(words, &mut file);
        for (entity, row) in &self.rows {
            let name = &words.entity(*entity).name;
            let _ = write!(file, "\n[[{name}]]\nid = \"{row}\"\n");
            self.attributes(words, *entity, row, &mut file);
        }
        self.ties(words, &mut file);
        if let Some(date) = self.today.and_then(date_of_day) {
            let _ = write!(file, "\n[[event]]\nid = \"look\"\nat = {date}\n");
        }
        file
    }

    fn actions(&self, kb: &KnowledgeBase, taken: bool) -> Vec<String> {
        let wanted = Possible::Choice(if taken { 0b10 } else { 0b01 });
        let done = self.facts.iter().filter(|(_, possible)| **possible == wanted);
        done.filter_map(|(target, _)| {
            let Target::Attribute(id, row) = target else { return None };
            let action = kb.actions.get(kb.vocabulary.attribute(*id).action?.0)?;
            Some(if row.is_empty() {
                format!("\"{}\"", action.name)
            } else {
                format!("{{ action = \"{}\", for = \"{row}\" }}", action.name)
            })
        })
        .collect()
    }

    /// What there is one of, and members of a domain.
    fn singles(&self, words: &Vocabulary, file: &mut String) {
        let mut owners: BTreeSet<(EntityId, &str)> = BTreeSet::new();
        for target in self.facts.keys() {
            if let Target::Attribute(id, row) = target
                && words.attribute(*id).action.is_none()
            {
                owners.insert((words.attribute(*id).entity, row.as_str()));
            }
        }
        owners.retain(|(entity, _)| words.entity(*entity).kind != EntityKind::Many);
        for (entity, row) in owners {
            let dot = if row.is_empty() { "" } else { "." };
            let _ = write!(file, "\n[{}{dot}{row}]\n", words.entity(entity).name);
            self.attributes(words, entity, row, file);
        }
    }

    fn attributes(&self, words: &Vocabulary, entity: EntityId, row: &str, file: &mut String) {
        for (target, possible) in &self.facts {
            let Target::Attribute(id, own) = target else { continue };
            let declared = words.attribute(*id);
            if declared.entity == entity && own == row && declared.action.is_none() {
                let value = value(words, declared.kind, *possible);
                let _ = writeln!(file, "{} = {value}", declared.name);
            }
        }
    }

    fn ties(&self, words: &Vocabulary, file: &mut String) {
        let mut last = None;
        for (target, possible) in &self.facts {
            let Target::Tie(id, a, b) = target else { continue };
            let declared = words.relation(*id);
            if last.replace(*id) != Some(*id) {
                let _ = write!(file, "\n[{}]\n", declared.name);
            }
            let value = value(words, Type::Choice(declared.kind), *possible);
            let _ = writeln!(file, "{a}.{b} = {value}");
        }
    }
}

/// A relation of two rows; of a symmetric one, the smaller id first.
pub(super) fn tie(
    words: &Vocabulary,
    id: crate::knowledge::RelationId,
    a: &str,
    b: &str,
) -> Target {
    let turned = words.relation(id).symmetric && b < a;
    let (a, b) = if turned { (b, a) } else { (a, b) };
    Target::Tie(id, a.to_owned(), b.to_owned())
}

/// Whether an attribute can stand in a case file.
pub(super) fn can_be_stated(words: &Vocabulary, id: AttributeId) -> bool {
    words.attribute(id).fixed.is_none()
}

/// A value as case files write it.
fn value(words: &Vocabulary, kind: Type, possible: Possible) -> String {
    let names = |domain, members: u64| {
        let all = words.domain(domain).members.iter().enumerate();
        let named = all.filter(|(at, _)| members >> at & 1 == 1);
        named.map(|(_, member)| format!("\"{}\"", member.name)).collect::<Vec<_>>()
    };
    match (kind, possible) {
        (Type::Choice(domain), Possible::Choice(members)) => {
            let list = names(domain, members);
            match list.as_slice() {
                [_] if domain == Vocabulary::YES_NO => (members == 0b10).to_string(),
                [one] => one.clone(),
                _ if members == words.members_of(domain) => "\"unknown\"".to_owned(),
                _ => format!("{{ one_of = [{}] }}", list.join(", ")),
            }
        }
        (Type::Set(domain), Possible::Set { may_include, may_exclude }) => {
            let all = words.members_of(domain);
            let (may_include, may_exclude) = (may_include & all, may_exclude & all);
            let within = names(domain, may_include & !may_exclude).join(", ");
            let without = names(domain, may_exclude & !may_include).join(", ");
            if may_include & may_exclude == 0 {
                return format!("[{within}]");
            }
            match (within.is_empty(), without.is_empty()) {
                (true, true) => "\"unknown\"".to_owned(),
                (false, true) => format!("{{ includes = [{within}] }}"),
                (true, false) => format!("{{ excludes = [{without}] }}"),
                (false, false) => format!("{{ includes = [{within}], excludes = [{without}] }}"),
            }
        }
        (Type::Number, Possible::Range { low, high }) => range(low, high, number),
        (_, Possible::Range { low, high }) => {
            range(low, high, |day| date_of_day(day).map_or_else(String::new, |it| it.to_string()))
        }
        _ => "\"unknown\"".to_owned(),
    }
}

fn range(low: i64, high: i64, shown: impl Fn(i64) -> String) -> String {
    match (low, high) {
        (i64::MIN, i64::MAX) => "\"unknown\"".to_owned(),
        (i64::MIN, _) => format!("{{ at_most = {} }}", shown(high)),
        (_, i64::MAX) => format!("{{ at_least = {} }}", shown(low)),
        _ if low == high => shown(low),
        _ => format!("{{ at_least = {}, at_most = {} }}", shown(low), shown(high)),
    }
}

fn number(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let (whole, rest) = (millionths / NUMBER_UNIT, (millionths % NUMBER_UNIT).unsigned_abs());
    let text = format!("{sign}{}.{rest:06}", whole.unsigned_abs());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}
