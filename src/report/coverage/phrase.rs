//! The words and numbers that the layouts of coverage share. No markup.

use crate::coverage::{Account, Guide, Passage, Rule, Rules};
use crate::report::phrase::{count, place};
use crate::source::SourceMap;

/// The first columns of a rule: at how many points it has each status.
pub(super) const STATUSES: usize = 6;

/// What carries a passage, by kind: `rules a, b; question c`.
pub(super) fn carried(passage: &Passage) -> String {
    let mut parts: Vec<String> = Vec::new();
    for group in passage.carriers.chunk_by(|a, b| a.kind == b.kind) {
        let Some(first) = group.first() else { continue };
        let mut names: Vec<&str> = group.iter().map(|carrier| carrier.name.as_str()).collect();
        names.dedup();
        let [one, several] = super::kind(first.kind);
        let kind = if names.len() == 1 { one } else { several };
        parts.push(format!("{kind} {}", names.join(", ")));
    }
    if let Some(reason) = &passage.declined {
        parts.push(format!("declined: {reason}"));
    }
    if parts.is_empty() { "nothing".to_owned() } else { parts.join("; ") }
}

/// How many passages are accounted for, and by what.
pub(super) fn accounted(guide: &Guide) -> String {
    let all = guide.passages().count();
    let ways = [
        (
            Account::Runs,
            "by something that runs (rules, definitions, derived attributes, tables, questions)",
        ),
        (
            Account::Said,
            "by something that is asked or said (facts, members, risks, actions, caveats)",
        ),
        (Account::Case, "by a case"),
        (Account::Declined, "declined"),
    ];
    let ways = ways.map(|(account, how)| format!("{} {how}", guide.count(account)));
    let some = all - guide.count(Account::Missing);
    format!("{some} of {all} accounted for: {}.", ways.join(", "))
}

/// What the rules were run over.
pub(super) fn title(rules: &Rules) -> String {
    let examples = count(rules.examples, "example", "examples");
    let all = count(rules.rules.len(), "rule", "rules");
    if rules.points == 0 {
        return format!("{all}, {examples}; no cases are named.");
    }
    let points = count(rules.points, "point", "points");
    let cases = count(rules.cases, "case", "cases");
    format!("{all} at {points} of {cases} (start, each event, end); {examples}.")
}

/// The columns of a rule: at how many points it has each status, then in how many examples it is expected.
pub(super) fn counts(rule: &Rule) -> [usize; 8] {
    let (points, examples) = (rule.points, rule.examples);
    [
        points.fires,
        points.provisional,
        points.contested,
        points.open,
        points.set_aside,
        points.silent,
        examples.fires,
        examples.no,
    ]
}

/// What is odd about how often a rule fires.
pub(super) fn mark(rule: &Rule, points: usize) -> Option<&'static str> {
    if points == 0 {
        return None;
    }
    match (rule.points.fires, rule.points.provisional, rule.examples.fires) {
        (0, _, 0) => Some("never, and no example fires it"),
        (0, 0, _) => Some("never"),
        (0, ..) => Some("only provisional"),
        _ => rule.fires_nearly_always(points).then_some("nearly always"),
    }
}

/// What the examples lack of a rule.
pub(super) fn lack(rule: &Rule) -> Option<&'static str> {
    match (rule.examples.fires, rule.examples.no) {
        (0, 0) => Some("no example"),
        (0, _) => Some("no example fires it"),
        (_, 0) => Some("no near miss: no example expects that it does not fire"),
        _ => None,
    }
}

/// The branches and rows that no example reaches: the attribute, how it begins, its place.
pub(super) fn missed(rules: &Rules, sources: &SourceMap) -> Vec<[String; 3]> {
    let branches = rules
        .derived
        .iter()
        .flat_map(|one| one.branches.iter().map(|branch| (one.path.as_str(), branch)));
    branches
        .filter(|(_, branch)| !branch.reached)
        .map(|(path, branch)| {
            let line = sources.text(branch.span).lines().next().unwrap_or("");
            let words: Vec<&str> = line.split_whitespace().collect();
            [path.to_owned(), words.join(" "), place(sources, branch.span).unwrap_or_default()]
        })
        .collect()
}

/// How many rules fire and are shown by examples, how many branches are reached.
pub(super) fn totals(rules: &Rules) -> String {
    let count =
        |wanted: &dyn Fn(&Rule) -> bool| rules.rules.iter().filter(|rule| wanted(rule)).count();
    let all = rules.rules.len();
    let mut parts = Vec::new();
    if rules.points > 0 {
        let fires = count(&|rule| rule.points.fires > 0);
        let always = count(&|rule| rule.fires_nearly_always(rules.points));
        parts.push(format!("{fires} of {all} rules fire at some point, {always} nearly always"));
    }
    let shown = count(&Rule::is_shown);
    parts.push(format!("{shown} of {all} rules have an example and a near miss"));
    let branches = || rules.derived.iter().flat_map(|one| &one.branches);
    let reached = branches().filter(|branch| branch.reached).count();
    let total = branches().count();
    parts.push(format!(
        "{reached} of {total} branches and rows of derived attributes are reached by examples"
    ));
    format!("{}.", parts.join("; "))
}
