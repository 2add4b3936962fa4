//! Two receipts compared: what differs in what the results rest on, what comes out otherwise, and whether the one explains
//! the other. A rule explains by itself, and so does all that it reads; a new version of the program explains no conclusion.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::{Kind, Name, rules_on};
use crate::knowledge::KnowledgeBase;

use super::{PinnedCase, PinnedResult, Receipt};

/// The point that is the stage.
const STAGE: &str = "the stage";

/// What became of a result that was worked out again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reproduction {
    /// The version of the program before and now, where it differs.
    pub program: Option<[String; 2]>,
    /// The version of the rules language likewise.
    pub language: Option<[String; 2]>,
    /// The packs in words likewise.
    pub packs: Option<[Vec<String>; 2]>,
    /// The items that differ.
    pub items: Vec<ItemDifference>,
    /// The cases of which something differs.
    pub cases: Vec<CaseDifference>,
    /// How many results were worked out again.
    pub results: usize,
}

/// An item that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemDifference {
    /// Which.
    pub name: Name,
    /// Whether it was there before, and whether it is now.
    pub there: [bool; 2],
}

/// A case of which something differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseDifference {
    /// Its id.
    pub id: String,
    /// Its file now.
    pub file: String,
    /// Whether its text differs.
    pub changed: bool,
    /// What comes out otherwise.
    pub differences: Vec<Difference>,
}

/// A point of a case that comes out otherwise at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The moment in words.
    pub at: String,
    /// The point in words; nothing where only the wording or the layout of the result differs.
    pub point: Option<String>,
    /// What comes out before and now.
    pub answers: [Option<String>; 2],
    /// Whether something that it rests on differs.
    pub explained: bool,
}

impl Reproduction {
    /// Whether everything is as it was, byte for byte.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let inputs = self.program.is_none() && self.language.is_none() && self.packs.is_none();
        inputs && self.items.is_empty() && self.cases.is_empty()
    }

    /// All that comes out otherwise.
    pub fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.cases.iter().flat_map(|case| &case.differences)
    }

    /// Whether there is something for everything that comes out otherwise.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        self.differences().all(|difference| difference.explained)
    }
}

/// What differs between a receipt and the same worked out again; `kb` is what the packs now compile to.
#[must_use]
pub fn compare(before: &Receipt, now: &Receipt, kb: &KnowledgeBase) -> Reproduction {
    let items = items(before, now);
    let grounds = Grounds {
        rules: rules(before, now, &items, kb),
        kinds: items.iter().map(|item| item.name.kind).collect(),
        questions: items.iter().map(|item| item.name.clone()).collect(),
        any: !items.is_empty() || before.packs != now.packs || before.program != now.program,
    };
    let mut found = Reproduction {
        program: differs(&before.program, &now.program),
        language: differs(&before.language, &now.language),
        packs: differs(&packs(before), &packs(now)),
        items,
        cases: Vec::new(),
        results: now.cases.values().map(|case| case.results.len()).sum(),
    };
    for (id, case) in &now.cases {
        let Some(held) = before.cases.get(id) else { continue };
        let changed = held.hash != case.hash;
        let differences = results(held, case, changed, &grounds);
        if changed || !differences.is_empty() {
            let file = case.file.clone();
            found.cases.push(CaseDifference { id: id.clone(), file, changed, differences });
        }
    }
    found
}

fn differs<T: Clone + PartialEq>(before: &T, now: &T) -> Option<[T; 2]> {
    (before != now).then(|| [before.clone(), now.clone()])
}

fn packs(receipt: &Receipt) -> Vec<String> {
    let short = |hash: &str| hash.get(..12).unwrap_or(hash).to_owned();
    let packs = receipt.packs.iter();
    packs.map(|pack| format!("{} {} ({})", pack.id, pack.version, short(&pack.hash))).collect()
}

fn items(before: &Receipt, now: &Receipt) -> Vec<ItemDifference> {
    let names: BTreeSet<&Name> = before.items.keys().chain(now.items.keys()).collect();
    let pairs = names.into_iter().map(|name| (name, before.items.get(name), now.items.get(name)));
    let differing =
        pairs.filter(|(_, held, item)| held.map(|it| &it.hash) != item.map(|it| &it.hash));
    differing
        .map(|(name, held, item)| ItemDifference {
            name: name.clone(),
            there: [held.is_some(), item.is_some()],
        })
        .collect()
}

/// The rules that differ, that read what differs, or that such rules override or qualify, before or now.
fn rules(
    before: &Receipt,
    now: &Receipt,
    items: &[ItemDifference],
    kb: &KnowledgeBase,
) -> BTreeSet<String> {
    let own = items.iter().filter(|item| item.name.kind == Kind::Rule);
    let mut rules: BTreeSet<String> = own.map(|item| item.name.name.clone()).collect();
    rules.extend(items.iter().flat_map(|item| rules_on(kb, &item.name)));
    let mut left: Vec<String> = rules.iter().cloned().collect();
    while let Some(rule) = left.pop() {
        let name = Name { kind: Kind::Rule, name: rule };
        let pinned = [before.items.get(&name), now.items.get(&name)].into_iter().flatten();
        for over in pinned.flat_map(|item| &item.over) {
            if rules.insert(over.clone()) {
                left.push(over.clone());
            }
        }
    }
    rules
}

/// What can explain that something comes out otherwise.
struct Grounds {
    rules: BTreeSet<String>,
    kinds: BTreeSet<Kind>,
    questions: BTreeSet<Name>,
    any: bool,
}

impl Grounds {
    fn explains(&self, point: &str, results: [&PinnedResult; 2]) -> bool {
        let words = |kind: &Kind| {
            matches!(
                kind,
                Kind::Definition
                    | Kind::Derivation
                    | Kind::Domain
                    | Kind::Entity
                    | Kind::Attribute
                    | Kind::Relation
            )
        };
        let (kind, rest) = point.split_once(' ').unwrap_or((point, ""));
        match kind {
            "rule" => self.rules.contains(rule_of(rest)),
            "question" => {
                let name = Name { kind: Kind::Question, name: rest.to_owned() };
                self.questions.contains(&name) || self.kinds.iter().any(words)
            }
            "the" => self.kinds.contains(&Kind::Ranking) || self.kinds.iter().any(words),
            _ => {
                // What other advice there is, and the stage, decide on places as well.
                let [held, new] = results.map(|result| result.points.get(STAGE));
                if held != new && self.explains(STAGE, results) {
                    return true;
                }
                let orders = [Kind::Ranking, Kind::Risk, Kind::Action];
                let concluded = results.into_iter().flat_map(|result| result.points.keys());
                let ruled = concluded.filter_map(|point| point.strip_prefix("rule "));
                orders.iter().any(|kind| self.kinds.contains(kind))
                    || ruled.into_iter().any(|rest| self.rules.contains(rule_of(rest)))
            }
        }
    }
}

/// The rule of `unorganized-side of residents`.
fn rule_of(rest: &str) -> &str {
    rest.split(' ').next().unwrap_or_default()
}

fn results(
    before: &PinnedCase,
    now: &PinnedCase,
    changed: bool,
    grounds: &Grounds,
) -> Vec<Difference> {
    let by_moment = |case: &PinnedCase| {
        let results = case.results.iter().cloned();
        results.map(|result| (result.at.clone(), result)).collect::<BTreeMap<_, _>>()
    };
    let (held, new) = (by_moment(before), by_moment(now));
    let mut differences = Vec::new();
    let moments = before.results.iter().map(|result| &result.at);
    let added = now.results.iter().map(|it| &it.at).filter(|at| !held.contains_key(*at));
    for at in moments.chain(added) {
        match (held.get(at), new.get(at)) {
            (Some(held), Some(new)) => {
                differences.extend(points([held, new], changed, grounds));
            }
            (held, new) => {
                let there = |result: Option<&PinnedResult>| result.map(|_| "told of".to_owned());
                differences.push(Difference {
                    at: at.clone(),
                    point: Some("this moment".to_owned()),
                    answers: [there(held), there(new)],
                    explained: changed,
                });
            }
        }
    }
    differences
}

fn points([held, new]: [&PinnedResult; 2], changed: bool, grounds: &Grounds) -> Vec<Difference> {
    if held.hash == new.hash && held.points == new.points {
        return Vec::new();
    }
    let keys: BTreeSet<&String> = held.points.keys().chain(new.points.keys()).collect();
    let pairs = keys.into_iter().map(|key| (key, [held.points.get(key), new.points.get(key)]));
    let differing = pairs.filter(|(_, [before, now])| before != now);
    let mut differences: Vec<Difference> = differing
        .map(|(key, answers)| Difference {
            at: held.at.clone(),
            point: Some(key.clone()),
            answers: answers.map(Option::<&String>::cloned),
            explained: changed || grounds.explains(key, [held, new]),
        })
        .collect();
    if differences.is_empty() {
        differences.push(Difference {
            at: held.at.clone(),
            point: None,
            answers: [None, None],
            explained: changed || grounds.any,
        });
    }
    differences
}
