//! On random packs and cases: what a comparison of two packs says changes is what running both shows, packs that it calls
//! equal have no difference, its causes hold, and its made-up cases tell the packs apart.

use std::collections::{BTreeMap, BTreeSet};

use convener::case::{self, Filter, Format};
use convener::diagnostic::Diagnostics;
use convener::diff::{Answer, Bound, CaseText, Diff, Point, Sameness, Settings, Side, diff};
use convener::engine::{Limits, Plan, Status};
use convener::facts::Facts;
use convener::knowledge::KnowledgeBase;
use convener::pack::Pack;
use convener::source::SourceMap;

use crate::properties::{Checked, fail, try_on};
use crate::random::Input;
use crate::random::choice::Choices;
use crate::random::text::{sections, text};
use crate::random::vary::shuffled;
use crate::support;

/// A pack of one text, compiled, where it is one.
fn pack(rules: &str, sources: &mut SourceMap) -> Option<(Pack, KnowledgeBase)> {
    let mut diagnostics = Diagnostics::default();
    let source = sources.add("a.rules", rules);
    let mut pack = support::pack(source, rules, &mut diagnostics);
    pack.hash = convener::source::content_hash([rules]);
    let kb = convener::compile::compile(std::slice::from_ref(&pack), &mut diagnostics)?;
    Some((pack, kb))
}

/// The statuses of all rules and subjects, by names.
fn statuses(kb: &KnowledgeBase, facts: &Facts) -> BTreeMap<(String, Vec<String>), Status> {
    let conclusions = Plan::new(kb).conclusions(&[facts], Limits::default()).unwrap().remove(0);
    let named = conclusions.iter().map(|one| {
        let rule = &kb.rules[one.rule.0];
        let rows = rule.variables.iter().zip(&one.subject);
        let ids = rows.map(|(it, row)| facts.rows(it.entity).list[*row].id.clone());
        ((rule.name.clone(), ids.collect()), one.status)
    });
    named.collect()
}

/// The facts of a case file at its end.
fn read(kb: &KnowledgeBase, file: &str) -> Facts {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let source = sources.add("case.toml", file);
    let case = case::read(source, file, Format::Toml, kb, &mut diagnostics);
    let case = case.unwrap_or_else(|| panic!("{file}\n{}", support::shown(&diagnostics, &sources)));
    case::facts(&case, &kb.vocabulary, &case.end(), &Filter::default())
}

type Found = BTreeSet<(String, Vec<String>, Option<Status>, Option<Status>)>;

/// The rules and subjects whose status differs, by running both.
fn expected(kbs: [&KnowledgeBase; 2], file: &str) -> Found {
    let [old, new] = kbs.map(|kb| statuses(kb, &read(kb, file)));
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let pairs = keys.into_iter().map(|key| (key, old.get(key).copied(), new.get(key).copied()));
    let differing = pairs.filter(|(_, before, after)| before != after);
    differing.map(|((rule, ids), a, b)| (rule.clone(), ids.clone(), a, b)).collect()
}

fn status(answer: Option<&Answer>) -> Option<Status> {
    match answer {
        Some(Answer::Status(status)) => Some(*status),
        _ => None,
    }
}

/// The same as a comparison says it.
fn said<'a>(list: impl Iterator<Item = (&'a Point, &'a [Option<Answer>; 2])>) -> Found {
    let rules = list.filter_map(|(point, [before, after])| match point {
        Point::Rule(rule, ids) => {
            Some((rule.clone(), ids.clone(), status(before.as_ref()), status(after.as_ref())))
        }
        _ => None,
    });
    rules.collect()
}

/// A rule with one of its words exchanged for another.
fn changed(rule: &str, choices: &mut Choices) -> String {
    let swaps = [
        ("at least", "at most"),
        ("at most", "above"),
        (" some ", " no "),
        (" no ", " some "),
        (" every ", " some "),
        (" is ", " is not "),
        ("any of", "none of"),
        (" below ", " above "),
        ("unless", "when"),
        ("when", "unless"),
    ];
    let (from, to) = choices.of(&swaps);
    rule.replacen(from, to, 1)
}

/// The same pack with some of its rules changed, one perhaps gone.
fn other(input: &Input, choices: &mut Choices) -> String {
    let mut next = input.clone();
    for _ in 0..=choices.below(2) {
        let at = choices.below(next.rules.len());
        next.rules[at] = changed(&next.rules[at], choices);
    }
    if choices.chance(15) && next.rules.len() > 1 {
        next.rules.pop();
    }
    next.pack()
}

fn compared(input: &Input, old: &str, new: &str) -> Option<([KnowledgeBase; 2], String, Diff)> {
    let mut sources = SourceMap::default();
    let (old_pack, old) = pack(old, &mut sources)?;
    let (new_pack, new) = pack(new, &mut sources)?;
    let file = text(&sections(&input.words, &input.case));
    let source = sources.add("case.toml", file.clone());
    let sides = [(&old_pack, &old), (&new_pack, &new)]
        .map(|(pack, kb)| Side { packs: std::slice::from_ref(pack), kb });
    let case = CaseText { name: "case.toml", source, text: &file, format: Format::Toml };
    let bound = Bound { cases: 400, rows: 2 };
    let settings = Settings { bound, always: true, ..Settings::default() };
    let found = diff(sides, &sources, &[case], settings, Limits::default()).unwrap();
    Some(([old, new], file, found))
}

#[test]
fn what_changes_is_what_running_both_packs_shows() {
    let (compared_packs, witnesses, differences) =
        (std::cell::Cell::new(0), std::cell::Cell::new(0), std::cell::Cell::new(0));
    try_on(120, |input| {
        let mut choices = Choices::new(&input.spare);
        let new = other(input, &mut choices);
        let Some((kbs, file, found)) = compared(input, &input.pack(), &new) else { return Ok(()) };
        compared_packs.set(compared_packs.get() + 1);
        let kbs = [&kbs[0], &kbs[1]];
        let told = said(found.changes.iter().map(|it| (&it.point, &it.answers)));
        if told != expected(kbs, &file) {
            return fail_with(&told, &expected(kbs, &file));
        }
        differences.set(differences.get() + usize::from(!told.is_empty()));
        every_change_has_one_cause(&found)?;
        for witness in found.searches.iter().filter_map(|search| search.witness.as_ref()) {
            witnesses.set(witnesses.get() + 1);
            let told = said(witness.differing.iter().map(|(point, answers)| (point, answers)));
            let expected = expected(kbs, &witness.file);
            if told != expected || expected.is_empty() {
                return fail_with(&told, &expected);
            }
        }
        Ok(())
    });
    let counts = (compared_packs.get(), differences.get(), witnesses.get());
    assert!(counts.0 > 30 && counts.1 > 10 && counts.2 > 20, "{counts:?}");
}

fn fail_with(told: &Found, expected: &Found) -> Checked {
    Err(fail(format!("told {told:?}\nbut running both shows {expected:?}")))
}

fn every_change_has_one_cause(found: &Diff) -> Checked {
    let causes = found.causes.iter().flat_map(|cause| &cause.changes);
    let mut told: Vec<usize> = causes.chain(&found.untraced).copied().collect();
    told.sort_unstable();
    if told != (0..found.changes.len()).collect::<Vec<_>>() || !found.untraced.is_empty() {
        return Err(fail(format!("{} changes, caused {told:?}", found.changes.len())));
    }
    Ok(())
}

#[test]
fn a_pack_in_another_order_with_remarks_is_equal() {
    try_on(40, |input| {
        let mut choices = Choices::new(&input.spare);
        let mut next = input.clone();
        next.rules = shuffled(&input.rules, &mut choices);
        let remarked = next.pack().replace("\nrule ", "\n# a remark\nrule ");
        let remarked = remarked.replace("  when ", "  when   # and another\n  ");
        let Some((_, _, found)) = compared(input, &input.pack(), &remarked) else {
            return Err(fail("the pack with remarks does not compile"));
        };
        let quiet = found.items.is_empty() && !found.is_change();
        if found.sameness == Sameness::Different || !quiet {
            return Err(fail(format!("{:?}", found.items)));
        }
        Ok(())
    });
}

#[test]
fn the_plainest_difference_is_shown_with_no_fact_too_many() {
    let mut sources = SourceMap::default();
    let words = "one issue \"the issue\" { crisis yes_no }\n";
    let old =
        pack(&format!("{words}rule a {{ when {{ issue.crisis }} note \"x\" }}"), &mut sources);
    let new = pack(&format!("{words}rule a {{ when {{ }} note \"x\" }}"), &mut sources);
    let ((old_pack, old), (new_pack, new)) = (old.unwrap(), new.unwrap());
    let sides = [(&old_pack, &old), (&new_pack, &new)]
        .map(|(pack, kb)| Side { packs: std::slice::from_ref(pack), kb });
    let found = diff(sides, &sources, &[], Settings::default(), Limits::default()).unwrap();
    let witness = found.searches[0].witness.as_ref().unwrap();
    assert_eq!(
        witness.file,
        "[case]\nid = \"made-up-a\"\ntitle = \"Made up, for a\"\n\n[issue]\ncrisis = false\n"
    );
}
