//! The pack and the cases that come with the program: they are read without a word of complaint, the examples come out as
//! written, and what no file of expectations can say holds too. What rules mean in general is tested elsewhere.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use convener::case::{self, Case, Filter, Format};
use convener::compile::compile;
use convener::diagnostic::{Diagnostics, render::render};
use convener::engine::{Limits, Plan, Status};
use convener::facts::{Cell, Facts, Record, RowName};
use convener::knowledge::{AttributeId, EntityKind, KnowledgeBase, Type};
use convener::pack::{self, PackText};
use convener::source::SourceMap;
use convener::syntax::Wanted;
use convener::trial;
use convener::value::Possible;

/// The pack in `rules/`, which must compile without errors and warnings.
static PACK: LazyLock<KnowledgeBase> = LazyLock::new(|| {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut files = Vec::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        files.push((name.clone(), sources.add(format!("rules/{name}"), text)));
    }
    let text = PackText { name: "rules".to_owned(), files };
    let pack = pack::read(&text, &sources, Wanted::Whole, &mut diagnostics).into_iter().collect();
    let knowledge =
        pack::order(pack, &mut diagnostics).and_then(|packs| compile(&packs, &mut diagnostics));
    if let Some(kb) = &knowledge {
        trial::run(kb, Limits::default(), &mut diagnostics).unwrap();
    }
    assert!(diagnostics.is_empty(), "{}", render(&diagnostics, &sources, false));
    knowledge.unwrap()
});
static PLAN: LazyLock<Plan> = LazyLock::new(|| Plan::new(&PACK));

/// A shipped case, which must be read without errors and warnings.
fn shipped(name: &str) -> Case {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(format!("{name}.toml"));
    let text = std::fs::read_to_string(path).unwrap();
    let source = sources.add(format!("cases/{name}.toml"), text.as_str());
    let case = case::read(source, &text, Format::Toml, &PACK, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{}", render(&diagnostics, &sources, false));
    case.unwrap()
}

fn facts_at(name: &str, at: &str) -> Facts {
    let case = shipped(name);
    case::facts(&case, &PACK.vocabulary, &case.moment(at).unwrap(), &Filter::default())
}

/// `rule` or `rule for a, b` of every conclusion with one of these statuses.
fn concluded(facts: &Facts, statuses: &[Status]) -> BTreeSet<String> {
    let models = PLAN.infer(&[facts], Limits::default()).unwrap();
    let conclusions = models.iter().flat_map(|model| &model.conclusions);
    conclusions
        .filter(|conclusion| statuses.contains(&conclusion.status))
        .map(|conclusion| {
            let rule = &PACK.rules[conclusion.rule.0];
            let subject = conclusion.subject.iter().zip(&rule.variables);
            let ids: Vec<&str> = subject
                .map(|(row, variable)| facts.rows(variable.entity).list[*row].id.as_str())
                .collect();
            if ids.is_empty() {
                rule.name.clone()
            } else {
                format!("{} for {}", rule.name, ids.join(", "))
            }
        })
        .collect()
}

/// What is said to the officer as advice.
fn said(facts: &Facts) -> BTreeSet<String> {
    concluded(facts, &[Status::Firing, Status::Provisional])
}

#[track_caller]
fn lacks(found: &BTreeSet<String>, rules: &[&str]) {
    for rule in rules {
        assert!(
            !found.iter().any(|said| said == rule || said.starts_with(&format!("{rule} "))),
            "`{rule}` is not wanted in {found:#?}"
        );
    }
}

#[test]
fn the_pack_is_sound_and_its_examples_come_out() {
    assert!(PACK.rules.len() >= 40);
}

#[test]
fn orangi_is_organized_before_the_parties_meet() {
    let action = |name: &str| PACK.actions.iter().position(|action| action.name == name).unwrap();
    let meeting = &PACK.actions[action("find-convener")];
    assert!(meeting.after.iter().any(|before| before.0 == action("organize-first")));
}

#[test]
fn the_helping_ngo_of_orangi_is_not_the_dangerous_strong_side() {
    let mut facts = facts_at("orangi", "1980");
    let party = PACK.vocabulary.find_entity("party").unwrap();
    let organized = PACK.vocabulary.find_attribute(party, "organized").unwrap();
    let opp = facts.find_row(party, "opp").unwrap();
    let agencies = facts.find_row(party, "agencies").unwrap();
    let Type::Choice(level) = PACK.vocabulary.attribute(organized).kind else { unreachable!() };
    let members = &PACK.vocabulary.domain(level).members;
    let only = |name: &str| {
        let member = members.iter().position(|member| member.name == name).unwrap();
        Possible::Choice(1 << member)
    };
    facts.set(organized, opp, Cell::background(only("high")));
    facts.set(organized, agencies, Cell::background(only("low")));
    let anything = [Status::Firing, Status::Provisional, Status::Contested, Status::Open];
    lacks(&concluded(&facts, &anything), &["uneven-sides"]);
}

#[test]
fn an_almost_empty_case_is_told_where_to_begin_and_nothing_else() {
    let vocabulary = &PACK.vocabulary;
    let mut facts = Facts::new(vocabulary);
    let party = vocabulary.find_entity("party").unwrap();
    let rows = ["agency", "firm", "tenants"].map(|id| RowName {
        id: id.to_owned(),
        name: id.to_owned(),
        plural: false,
    });
    facts.set_rows(vocabulary, party, rows.to_vec(), false);
    assert_eq!(said(&facts), BTreeSet::from(["where-to-begin".to_owned()]));
}

/// Every copy of the facts in which one stated fact has become unknown, with what became unknown.
fn with_one_fact_unknown(facts: &Facts) -> Vec<(String, Facts)> {
    let vocabulary = &PACK.vocabulary;
    let unknown = |cell: &Cell, possible: Possible| {
        let record = cell.record.clone()?;
        let record = Record { unknown: true, says: Vec::new(), ..*record };
        Some(Cell { possible, record: Some(Box::new(record)) })
    };
    let mut copies = Vec::new();
    for (attribute, declared) in vocabulary.attributes.iter().enumerate() {
        let everything = vocabulary.everything(declared.kind);
        let attribute = AttributeId(attribute);
        for (row, cell) in facts.cells.of(attribute).iter().enumerate() {
            let Some(cell) = unknown(cell, everything) else { continue };
            let mut copy = facts.clone();
            copy.set(attribute, row, cell);
            copies.push((format!("{} of row {row}", declared.name), copy));
        }
    }
    for (tie, cell) in &facts.ties {
        let declared = vocabulary.relation(tie.relation);
        let everything = vocabulary.everything(Type::Choice(declared.kind));
        let Some(cell) = unknown(cell, everything) else { continue };
        let mut copy = facts.clone();
        copy.ties.insert(*tie, cell);
        copies.push((format!("{} of {:?}", declared.name, tie.rows), copy));
    }
    copies
}

#[test]
fn taking_a_fact_back_never_silences_advice() {
    let mut tried = 0;
    for name in ["orangi", "bangladesh-immunization"] {
        let case = shipped(name);
        for index in 0..case.events.len() {
            let facts =
                case::facts(&case, &PACK.vocabulary, &case.moment_of(index), &Filter::default());
            let firing = concluded(&facts, &[Status::Firing]);
            for (what, copy) in with_one_fact_unknown(&facts) {
                let left = concluded(&copy, &[Status::Firing, Status::Provisional, Status::Open]);
                let lost: Vec<&String> = firing.difference(&left).collect();
                assert!(lost.is_empty(), "{name}, event {index}, without {what}: {lost:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "only {tried} facts were taken back");
}

#[test]
fn every_rule_has_an_example_and_a_near_miss() {
    use convener::knowledge::{Expectation, ExpectedStatus};
    for (index, rule) in PACK.rules.iter().enumerate() {
        let expected = |wanted: fn(ExpectedStatus) -> bool| {
            PACK.examples.iter().flat_map(|example| &example.expects).any(|expectation| {
                matches!(expectation, Expectation::Rule { status, rule, .. } if rule.0 == index && wanted(*status))
            })
        };
        assert!(
            expected(|status| matches!(status, ExpectedStatus::Fires)),
            "`{}` never fires",
            rule.name
        );
        assert!(
            expected(|status| matches!(status, ExpectedStatus::No)),
            "`{}` has no near miss",
            rule.name
        );
    }
    let many =
        PACK.vocabulary.entities.iter().filter(|entity| entity.kind == EntityKind::Many).count();
    assert_eq!(many, 1, "only parties are many");
}
