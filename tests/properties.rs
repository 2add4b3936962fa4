//! Properties of inference on random packs and cases: what the engine concludes is what the oracle concludes, and the
//! evaluator behind proofs too, nothing depends on order, and knowing more or less changes conclusions only as `docs/semantics.md` says.
//! `CONVENER_PROPTEST_CASES` says how many inputs each property is tried on.

use std::collections::BTreeSet;

use convener::case::{Filter, Format};
use convener::diagnostic::{Diagnostics, Severity};
use convener::engine::{Layout, Limits, Model, Plan};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::pack::Pack;
use convener::source::{SourceId, Span};
use convener::syntax::tree::File;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::oracle;
use crate::oracle::case::OracleCase;
use crate::oracle::mention::Mentions;
use crate::oracle::rule::{Conclusions, Status};
use crate::oracle::world::World;
use crate::random::choice::Choices;
use crate::random::text::Section;
use crate::random::vary;
use crate::random::{self, Input};
use crate::support::evaluator;

pub(crate) type Checked = Result<(), TestCaseError>;

/// Tries a property on so many inputs, or on as many as the environment asks for.
pub(crate) fn try_on(cases: u32, property: impl Fn(&Input) -> Checked) {
    let wanted = std::env::var("CONVENER_PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let config = Config {
        cases: wanted.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&random::inputs(), |input| property(&input));
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

pub(crate) fn fail(reason: impl Into<String>) -> TestCaseError {
    TestCaseError::fail(reason.into())
}

/// A pack of these files, compiled; a warning is no failure.
pub(crate) fn compile(files: Vec<File>) -> Result<KnowledgeBase, TestCaseError> {
    let pack = Pack {
        id: "random".to_owned(),
        title: "Random".to_owned(),
        version: "1".to_owned(),
        extends: None,
        references: Vec::new(),
        passages: Vec::new(),
        files,
        hash: String::new(),
        span: Span { source: SourceId(0), start: 0, end: 0 },
        doubtful: false,
    };
    let mut diagnostics = Diagnostics::default();
    let base = convener::compile::compile(&[pack], &mut diagnostics);
    base.ok_or_else(|| fail(complaints(&diagnostics)))
}

/// The pack of an input, compiled.
pub(crate) fn compiled(input: &Input) -> Result<KnowledgeBase, TestCaseError> {
    compile(vec![parse(&input.pack(), 0)?])
}

pub(crate) fn parse(text: &str, source: u32) -> Result<File, TestCaseError> {
    let mut diagnostics = Diagnostics::default();
    let file = convener::syntax::parse(SourceId(source), text, &mut diagnostics);
    if diagnostics.is_empty() { Ok(file) } else { Err(fail(complaints(&diagnostics))) }
}

fn complaints(diagnostics: &Diagnostics) -> String {
    let errors = diagnostics.sorted().into_iter();
    let errors = errors.filter(|found| found.code.severity == Severity::Error);
    let lines =
        errors.map(|found| format!("{}: {} ({})", found.code.name, found.message, found.label));
    lines.collect::<Vec<_>>().join("\n")
}

/// What the engine concludes of several cases at once, in the oracle's words.
fn infer(
    plan: &Plan,
    base: &KnowledgeBase,
    facts: &[&Facts],
) -> Result<Vec<Conclusions>, TestCaseError> {
    let models = plan.infer(facts, Limits::default());
    let models = models.map_err(|limit| fail(format!("{limit:?}")))?;
    Ok(models.iter().zip(facts).map(|(model, facts)| conclusions(base, model, facts)).collect())
}

fn conclusions(base: &KnowledgeBase, model: &Model, facts: &Facts) -> Conclusions {
    let conclusions = model.conclusions.iter().map(|conclusion| {
        let rule = &base.rules[conclusion.rule.0];
        let rows = conclusion.subject.iter().zip(&rule.variables);
        let ids = rows.map(|(row, variable)| facts.rows(variable.entity).list[*row].id.clone());
        ((rule.name.clone(), ids.collect()), status(conclusion.status))
    });
    conclusions.collect()
}

/// The facts of a case file on a day.
fn read(base: &KnowledgeBase, text: &str, today: Option<i64>) -> Result<Facts, TestCaseError> {
    let mut diagnostics = Diagnostics::default();
    let vocabulary = &base.vocabulary;
    let case = convener::case::read(SourceId(9), text, Format::Toml, base, &mut diagnostics);
    let case = case.ok_or_else(|| fail(complaints(&diagnostics)))?;
    let moment = match today.and_then(convener::value::date_of_day) {
        Some(date) => case.moment(&date.to_string()).map_err(fail)?,
        None => case.end(),
    };
    Ok(convener::case::facts(&case, vocabulary, &moment, &Filter::default()))
}

fn status(status: convener::engine::Status) -> Status {
    match status {
        convener::engine::Status::Firing => Status::Fires,
        convener::engine::Status::Provisional => Status::Provisional,
        convener::engine::Status::Contested => Status::Contested,
        convener::engine::Status::Open => Status::Open,
        convener::engine::Status::SetAside => Status::SetAside,
    }
}

/// Fails where two sets of conclusions differ, with the first differences.
fn same(left: &Conclusions, right: &Conclusions, names: [&str; 2]) -> Checked {
    let keys: BTreeSet<_> = left.keys().chain(right.keys()).collect();
    let differ = keys.into_iter().filter(|key| left.get(*key) != right.get(*key));
    let lines: Vec<String> = differ
        .take(5)
        .map(|key| {
            let [a, b] = names;
            format!("{key:?}: {a} {:?}, {b} {:?}", left.get(key), right.get(key))
        })
        .collect();
    if lines.is_empty() { Ok(()) } else { Err(fail(lines.join("\n"))) }
}

/// The conclusions of the engine on a case file in the order in which things were chosen.
fn plainly(input: &Input) -> Result<Conclusions, TestCaseError> {
    let base = compile(vec![parse(&input.pack(), 0)?])?;
    let text = random::text::text(&random::text::sections(&input.words, &input.case));
    let facts = read(&base, &text, input.case.today)?;
    Ok(infer(&Plan::new(&base), &base, &[&facts])?.remove(0))
}

#[test]
fn the_engine_concludes_what_the_oracle_does() {
    try_on(1500, |input| {
        let file = parse(&input.pack(), 0)?;
        let expected = oracle::rule::conclusions(&[file], &input.case);
        same(&plainly(input)?, &expected, ["engine", "oracle"])
    });
}

#[test]
fn definitions_come_to_what_the_oracle_says() {
    try_on(500, |input| {
        let files = [parse(&input.pack(), 0)?];
        let words = oracle::words::Words::new(&files);
        let world = World::new(&words, &input.case);
        let base = compile(files.to_vec())?;
        let facts = random::facts::facts(&base, &input.case);
        let model = Plan::new(&base).infer(&[&facts], Limits::default()).unwrap().remove(0);
        for (id, found) in &model.derived {
            let attribute = base.vocabulary.attribute(*id);
            let entity = &base.vocabulary.entity(attribute.entity).name;
            for (row, found) in world.all_rows(entity).iter().zip(found) {
                let expected = world.attribute_values(entity, row, &attribute.name);
                let possible = random::facts::possible(&base.vocabulary, attribute.kind, &expected);
                if *found != possible {
                    let name = &attribute.name;
                    let reason =
                        format!("{name} of {row:?}: engine {found:?}, oracle {expected:?}");
                    return Err(fail(reason));
                }
            }
        }
        for (number, predicate) in base.predicates.iter().enumerate() {
            let tuples = world.tuples(&predicate.name);
            let truths = &model.predicates[number].truths;
            if truths.is_empty() {
                continue;
            }
            // Both go through the rows in order, the unlisted one last.
            let expected: Vec<_> =
                tuples.iter().map(|rows| world.predicate(&predicate.name, rows)).collect();
            if *truths != expected {
                let name = &predicate.name;
                return Err(fail(format!("{name}: engine {truths:?}, oracle {expected:?}")));
            }
        }
        Ok(())
    });
}

#[test]
fn the_evaluator_for_one_case_agrees() {
    try_on(500, |input| {
        let base = compile(vec![parse(&input.pack(), 0)?])?;
        let facts = random::facts::facts(&base, &input.case);
        let model = Plan::new(&base).infer(&[&facts], Limits::default()).unwrap().remove(0);
        evaluator::check_conclusions(&base, &facts, &model, |_, _, _| {});
        evaluator::check_definitions(&base, &facts, &model);
        Ok(())
    });
}

#[test]
fn layouts_and_company_change_nothing() {
    try_on(500, |input| {
        let file = parse(&input.pack(), 0)?;
        let choices = &mut Choices::new(&input.spare);
        let cases = [
            input.case.clone(),
            vary::knowing_more(input, choices),
            vary::knowing_less(input, choices),
            vary::completion(input, choices),
        ];
        let files = [file];
        let expected: Vec<Conclusions> =
            cases.iter().map(|case| oracle::rule::conclusions(&files, case)).collect();
        let base = compile(files.to_vec())?;
        let facts: Vec<Facts> =
            cases.iter().map(|case| random::facts::facts(&base, case)).collect();
        let facts: Vec<&Facts> = facts.iter().collect();
        for layout in [Layout::ByCase, Layout::ByRow] {
            let plan = Plan::new(&base).with_layout(layout);
            for (found, expected) in infer(&plan, &base, &facts)?.iter().zip(&expected) {
                same(found, expected, ["engine", "oracle"])?;
            }
        }
        Ok(())
    });
}

#[test]
fn order_changes_nothing() {
    try_on(500, |input| {
        let choices = &mut Choices::new(&input.spare);
        let items: Vec<String> = input.words.items.iter().chain(&input.rules).cloned().collect();
        let mut texts = vec![String::new(); choices.between(1, 3)];
        for item in vary::shuffled(&items, choices) {
            let text = choices.below(texts.len());
            texts[text].push_str(&item);
            texts[text].push('\n');
        }
        let files: Result<Vec<File>, _> =
            texts.iter().zip(0..).map(|(text, source)| parse(text, source)).collect();
        let base = compile(files?)?;
        let sections = random::text::sections(&input.words, &input.case);
        let sections: Vec<Section> = vary::shuffled(&sections, choices)
            .into_iter()
            .map(|(heading, lines)| (heading, vary::shuffled(&lines, choices)))
            .collect();
        let facts = read(&base, &random::text::text(&sections), input.case.today)?;
        let shuffled = infer(&Plan::new(&base), &base, &[&facts])?.remove(0);
        same(&shuffled, &plainly(input)?, ["shuffled", "in order"])
    });
}

/// What becomes of each rule in two cases, for the rules that depend, through anything, neither on `is unknown` nor on
/// a derived attribute that one of the cases states.
fn compare(
    input: &Input,
    other: &OracleCase,
    allowed: impl Fn(Option<Status>, Option<Status>) -> bool,
) -> Checked {
    let file = parse(&input.pack(), 0)?;
    let files = [file];
    let words = oracle::words::Words::new(&files);
    let base = compile(files.to_vec())?;
    let facts = [&input.case, other].map(|case| random::facts::facts(&base, case));
    let models = Plan::new(&base).infer(&[&facts[0], &facts[1]], Limits::default()).unwrap();
    let [before, after] = [0, 1].map(|at| conclusions(&base, &models[at], &facts[at]));
    let excepted = |rule: &str| {
        let mentions = Mentions::of_rule(&words, rule);
        let stated = input.case.facts.keys().any(|(entity, _, name)| {
            words.derives.contains_key(&(&**entity, &**name)) && mentions.attributes.contains(name)
        });
        mentions.is_unknown || stated
    };
    for key in before.keys().chain(after.keys()).filter(|(rule, _)| !excepted(rule)) {
        let (was, is) = (before.get(key).copied(), after.get(key).copied());
        if !allowed(was, is) {
            let case = random::text::text(&random::text::sections(&input.words, other));
            return Err(fail(format!("{key:?} was {was:?}, is {is:?} in\n{case}")));
        }
    }
    Ok(())
}

#[test]
fn knowing_more_undoes_no_conclusion() {
    try_on(800, |input| {
        let other = vary::knowing_more(input, &mut Choices::new(&input.spare));
        compare(input, &other, |was, is| match was {
            Some(Status::Fires) => is == Some(Status::Fires),
            None => matches!(is, None | Some(Status::Contested)),
            _ => true,
        })
    });
}

#[test]
fn knowing_less_leaves_what_fired_possible() {
    try_on(800, |input| {
        let other = vary::knowing_less(input, &mut Choices::new(&input.spare));
        compare(input, &other, |was, is| match was {
            Some(Status::Fires) => !matches!(is, None | Some(Status::SetAside)),
            _ => true,
        })
    });
}

#[test]
fn what_is_certain_holds_in_every_completion() {
    try_on(500, |input| {
        let choices = &mut Choices::new(&input.spare);
        for _ in 0..3 {
            let other = vary::completion(input, choices);
            compare(input, &other, |was, is| match was {
                Some(Status::Fires) => is == Some(Status::Fires),
                Some(Status::SetAside) => is != Some(Status::Fires),
                None => is.is_none(),
                _ => true,
            })?;
        }
        Ok(())
    });
}
