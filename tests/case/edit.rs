//! Case files edited as text: the one fact is as answered, all others as they were, and no line or comment is lost.

use std::path::Path;
use std::sync::OnceLock;

use convener::case::edit::{
    Answer, Edit, NewRow, Place, Said, Unfit, begin, decided, edited, id_of,
};
use convener::case::{self, Case, Filter, Format};
use convener::change::Target;
use convener::diagnostic::Diagnostics;
use convener::facts::{Cell, Facts};
use convener::knowledge::{
    AttributeId, EntityId, EntityKind, KnowledgeBase, RelationId, Type, Vocabulary,
};
use convener::source::{SourceId, SourceMap};
use convener::value::{NUMBER_UNIT, Possible};
use proptest::prelude::*;

use crate::support::shipped;

fn pack() -> &'static KnowledgeBase {
    static PACK: OnceLock<KnowledgeBase> = OnceLock::new();
    PACK.get_or_init(|| shipped::pack(&mut SourceMap::default()))
}

fn read(text: &str) -> Case {
    let mut diagnostics = Diagnostics::default();
    case::read(SourceId(0), text, Format::Toml, pack(), &mut diagnostics).expect(text)
}

fn end(case: &Case) -> Facts {
    case::facts(case, &pack().vocabulary, &case.end(), &Filter::default())
}

fn shipped_texts() -> &'static [String] {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
        let path = |name: &String| folder.join(format!("{name}.toml"));
        let texts = shipped::cases();
        texts.iter().map(|name| std::fs::read_to_string(path(name)).unwrap()).collect()
    })
}

/// All facts that a case has a place for at its end, actions aside.
fn targets(facts: &Facts) -> Vec<Target> {
    let vocabulary = &pack().vocabulary;
    let mut targets = Vec::new();
    for (at, attribute) in vocabulary.attributes.iter().enumerate() {
        if attribute.action.is_none() && attribute.fixed.is_none() {
            let rows = facts.rows(attribute.entity).list.iter();
            targets.extend(rows.map(|row| Target::Attribute(AttributeId(at), row.id.clone())));
        }
    }
    for (at, relation) in vocabulary.relations.iter().enumerate() {
        let [first, second] = relation.entities.map(|id| facts.rows(id).list.clone());
        for a in first.iter() {
            for b in second.iter() {
                let turned = relation.symmetric && b.id < a.id;
                if a.id != b.id && !turned {
                    targets.push(Target::Tie(RelationId(at), a.id.clone(), b.id.clone()));
                }
            }
        }
    }
    targets
}

/// A possible value of a type that says something, made of a few numbers.
fn possible(kind: Type, numbers: [u64; 2]) -> Possible {
    let vocabulary = &pack().vocabulary;
    match kind {
        Type::Choice(domain) => {
            let all = vocabulary.members_of(domain);
            let some = numbers[0] & all;
            Possible::Choice(if some == 0 || some == all { 1 } else { some })
        }
        Type::Set(domain) => {
            let all = vocabulary.members_of(domain);
            let (inside, decided) = (numbers[0] & all, numbers[1] & all | 1);
            Possible::Set {
                may_include: inside | all & !decided,
                may_exclude: all & !inside | all & !decided,
            }
        }
        Type::Number | Type::Date => {
            let unit = if kind == Type::Number { NUMBER_UNIT } else { 1 };
            let low = i64::try_from(numbers[0] % 9_000).unwrap() * unit;
            let high = low + i64::try_from(numbers[1] % 3).unwrap() * unit;
            match numbers[1] % 5 {
                3 => Possible::Range { low: i64::MIN, high },
                4 => Possible::Range { low, high: i64::MAX },
                _ => Possible::Range { low, high },
            }
        }
    }
}

/// What facts say, without the places where it stands, and without one of them.
fn said(facts: &Facts, but: &Target) -> Vec<String> {
    let vocabulary: &Vocabulary = &pack().vocabulary;
    let mut list = Vec::new();
    let show = |cell: &Cell| {
        let record = cell.record.as_ref().map(|record| {
            (&record.source, record.evidence, &record.note, record.unknown, &record.says)
        });
        format!("{:?} {record:?}", cell.possible)
    };
    for (at, attribute) in vocabulary.attributes.iter().enumerate() {
        let id = AttributeId(at);
        for (row, name) in facts.rows(attribute.entity).list.iter().enumerate() {
            if Target::Attribute(id, name.id.clone()) != *but {
                let cell = show(facts.cell(id, row).unwrap());
                list.push(format!("{} {}: {cell}", attribute.name, name.id));
            }
        }
    }
    for (tie, cell) in &facts.ties {
        let relation = vocabulary.relation(tie.relation);
        let ids =
            [0, 1].map(|role| facts.rows(relation.entities[role]).list[tie.rows[role]].id.clone());
        let [a, b] = ids.clone();
        let [c, d] = ids;
        let is = |target: Target| target == *but;
        if !is(Target::Tie(tie.relation, a, b)) && !is(Target::Tie(tie.relation, d, c)) {
            list.push(format!("{} {:?}: {}", relation.name, tie.rows, show(cell)));
        }
    }
    list
}

fn value(facts: &Facts, target: &Target) -> Cell {
    let vocabulary = &pack().vocabulary;
    let row = |entity: EntityId, id: &str| facts.find_row(entity, id).unwrap();
    match target {
        Target::Attribute(id, name) => {
            facts.cell(*id, row(vocabulary.attribute(*id).entity, name)).unwrap().clone()
        }
        Target::Tie(id, a, b) => {
            let [first, second] = vocabulary.relation(*id).entities;
            facts.tie(vocabulary, *id, row(first, a), row(second, b)).unwrap().clone()
        }
    }
}

/// The comments of a text, in order.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.find('#').map(|at| &line[at..])).collect()
}

/// Whether at most one line of a text was replaced by others, in one place.
fn keeps_lines(before: &str, after: &str) -> bool {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    let alike = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let above = before.iter().zip(&after).take_while(alike).count();
    let rest = (before[above..].iter().rev()).zip(after[above..].iter().rev());
    before.len() - above - rest.take_while(alike).count() <= 1
}

fn place(case: &Case, target: &Target, number: usize) -> Place {
    if let Some(place) = decided(case, target) {
        return place;
    }
    match case.events.get(number.checked_rem(case.events.len() + 1).unwrap_or(0)) {
        Some(event) => Place::Event(event.id.clone()),
        None => Place::Start,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_changes_one_fact_and_keeps_the_rest(
        (which, fact, numbers, kind) in (any::<usize>(), any::<usize>(), any::<[u64; 2]>(), 0..4_u8)
    ) {
        let texts = shipped_texts();
        let text = &texts[which % texts.len()];
        let case = read(text);
        let facts = end(&case);
        let targets = targets(&facts);
        let target = targets[fact % targets.len()].clone();
        let wanted = possible(target.kind(&pack().vocabulary), numbers);
        let source = case.sources.first().map(|source| source.id.clone());
        let said_of_it = match (kind, &source) {
            (0, _) => Said::Unknown,
            (1, Some(source)) => Said::Disputed(vec![(source.clone(), wanted)]),
            _ => Said::Is(wanted),
        };
        let named = source.filter(|_| kind == 2);
        let answer = Answer { said: said_of_it.clone(), source: named.clone() };
        let place = place(&case, &target, fact);
        let edit = Edit::Fact(target.clone(), answer, place.clone());
        let made = edited(text, &case, &edit, pack());
        if matches!(made, Err(Unfit::Form(_) | Unfit::NotAsMeant)) {
            // What an event adds and takes out at once is left to people.
            prop_assert!(matches!(place, Place::PartOf(..)), "{:?} {:?} {:?}", edit, made, text);
            return Ok(());
        }
        let (new, _) = made.unwrap();
        let then = end(&read(&new));
        prop_assert_eq!(said(&facts, &target), said(&then, &target), "{}", new);
        let cell = value(&then, &target);
        let record = cell.record.unwrap();
        match said_of_it {
            Said::Unknown => prop_assert!(record.unknown),
            Said::Is(wanted) => prop_assert!(cell.possible == wanted && !record.unknown),
            Said::Disputed(says) => prop_assert_eq!(record.says, says),
        }
        prop_assert!(named.is_none() || record.source == named);
        prop_assert!(keeps_lines(text, &new), "{}", new);
        prop_assert_eq!(comments(text), comments(&new));
    }

    #[test]
    fn rows_sources_and_ends_of_lists_change_no_fact(which in any::<usize>(), name in "[ -~äß]{1,40}") {
        prop_assume!(!name.trim().is_empty());
        let texts = shipped_texts();
        let text = &texts[which % texts.len()];
        let case = read(text);
        let vocabulary = &pack().vocabulary;
        let entity = EntityId(
            vocabulary.entities.iter().position(|entity| entity.kind == EntityKind::Many).unwrap(),
        );
        let taken = |id: &str| text.contains(&format!("\"{id}\""));
        let row = NewRow {
            entity,
            id: id_of(&name, "party", taken),
            name: name.clone(),
            plural: which % 2 == 0,
            source: None,
        };
        let source = id_of(&name, "talk", |id| text.contains(&format!("{id} = {{")));
        let edits = [Edit::Source(source, name.clone()), Edit::Row(row.clone()), Edit::Complete(entity)];
        let (mut text, mut case) = (text.clone(), case);
        for edit in &edits {
            if case.complete.contains(&entity) && *edit == Edit::Complete(entity) {
                continue;
            }
            let (new, next) = edited(&text, &case, edit, pack()).unwrap();
            prop_assert!(keeps_lines(&text, &new), "{}", new);
            prop_assert_eq!(comments(&text), comments(&new).into_iter().filter(|one| comments(&text).contains(one)).collect::<Vec<_>>());
            (text, case) = (new, next);
        }
        let facts = end(&read(&text));
        let place = facts.find_row(entity, &row.id).unwrap();
        prop_assert_eq!(&facts.rows(entity).list[place].name, &name);
        prop_assert!(facts.rows(entity).complete);
    }
}

/// A fact of the shipped pack by the path of a case file.
fn target(path: &str) -> Target {
    let vocabulary = &pack().vocabulary;
    let parts: Vec<&str> = path.split('.').collect();
    match (vocabulary.find_entity(parts[0]), parts.as_slice()) {
        (Some(entity), [_, name]) => {
            Target::Attribute(vocabulary.find_attribute(entity, name).unwrap(), String::new())
        }
        (Some(entity), [_, row, name]) => {
            Target::Attribute(vocabulary.find_attribute(entity, name).unwrap(), (*row).to_owned())
        }
        (None, [relation, a, b]) => {
            let id = vocabulary.find_relation(relation).unwrap();
            Target::Tie(id, (*a).to_owned(), (*b).to_owned())
        }
        _ => panic!("{path}"),
    }
}

/// The text after a fact was stated as yes, or as the lowest member.
fn stated(text: &str, path: &str, members: u64) -> Result<String, Unfit> {
    let case = read(text);
    let target = target(path);
    let place = decided(&case, &target).unwrap_or(Place::Start);
    let answer = Answer { said: Said::Is(Possible::Choice(members)), source: None };
    edited(text, &case, &Edit::Fact(target, answer, place), pack()).map(|(text, _)| text)
}

#[test]
fn a_fact_goes_where_people_look_for_it() {
    let mut text = begin("# what we know\n", "water", "Water \"for\" all");
    text.push_str("\n[[party]]\nid = \"a\"  # first\n\n[[party]]\nid = \"b\"\n\n# later\n[[event]]\nid = \"start\"\n");
    for (path, members) in [
        ("issue.crisis", 0b1100),
        ("party.a.key", 0b10),
        ("sector.state.needed", 1),
        ("history.a.b", 2),
        ("sector.market.needed", 2),
        ("issue.size", 0b0110),
        ("credible.b.a", 0b1001),
        ("issue.crisis", 0b0011),
    ] {
        text = stated(&text, path, members).unwrap();
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_way_of_writing_a_case_is_gone_on_with() {
    let inline = "issue = { size = \"low\" }\nparty = [{ id = \"a\" }, { id = \"b\", key = true }]\ncase = { id = \"x\" }\n";
    let dotted =
        "case.id = \"x\"\nissue.size = \"low\"\n[[party]]\nid = \"a\"\n[[party]]\nid = \"b\"";
    let windows = "[case]\r\nid = \"x\"\r\n[[party]]\r\nid = \"a\"\r\n[[party]]\r\nid = \"b\"\r\n";
    for text in [inline, dotted, windows] {
        let mut text = text.to_owned();
        for path in ["issue.crisis", "party.a.key", "party.b.organized", "credible.a.b"] {
            text = stated(&text, path, 2).unwrap();
        }
        assert_eq!(
            text.matches("\r\n").count() > 0,
            text.lines().count() == text.matches("\r\n").count()
        );
    }
    let spread = "[case]\nid = \"x\"\n[issue.size]\nat_least = \"low\"\n";
    assert_eq!(stated(spread, "issue.size", 2), Err(Unfit::Form(4)));
}

#[test]
fn ids_are_made_of_names() {
    let free = |_: &str| false;
    assert_eq!(id_of("The Ministry of Health", "party", free), "ministry-of-health");
    assert_eq!(id_of("Südwasser", "party", free), "sudwasser");
    assert_eq!(id_of("水", "party", free), "shui");
    assert_eq!(id_of("?!", "party", free), "party");
    assert_eq!(id_of("NGOs", "party", |id| id == "ngos"), "ngos-2");
    let long = id_of(&"abcdefgh ".repeat(20), "party", free);
    assert!(long.len() <= 40, "{long}");
}
