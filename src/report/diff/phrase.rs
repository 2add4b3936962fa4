//! The words of a comparison of packs: items, points, answers, moments. No markup but ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::{Answer, CaseRead, Change, Diff, Kind, Name, Point};
use crate::engine::Status;
use crate::knowledge::PackName;
use crate::proof::wording::join;
use crate::report::page::Look;
use crate::report::phrase::{evidence, score, severity};
use crate::report::sheet::{Piece, plain, strong};
use crate::report::whatif::standing;
use crate::whatif::Standing;

/// `rule convener-not-credible`.
pub(in crate::report) fn name(name: &Name) -> String {
    let Name { kind, name } = name;
    match kind {
        Kind::Ranking => "the ranking".to_owned(),
        Kind::Derivation => format!("how {name} is worked out"),
        Kind::Declined => format!("what the pack declines: {name}"),
        Kind::Example => format!("example \"{name}\""),
        _ => format!("{} {name}", kind.word()),
    }
}

/// `partnerships 1.0, and kenya 2 over it`.
pub(super) fn packs(packs: &[PackName]) -> String {
    let named: Vec<String> =
        packs.iter().map(|pack| format!("{} {}", pack.id, pack.version)).collect();
    named.join(" under ")
}

/// What comes out before and after, in words.
pub(super) fn sides(answers: &[Option<Answer>; 2]) -> [String; 2] {
    let stands = answers.iter().flatten().any(|answer| matches!(answer, Answer::Stands(_)));
    let silent = answers.iter().flatten().any(|answer| matches!(answer, Answer::Status(_)));
    [0, 1].map(|at| match answers.get(at).and_then(Option::as_ref) {
        Some(Answer::Status(status)) => status_word(*status).to_owned(),
        Some(Answer::Stands(one)) => standing(Some(*one)),
        Some(Answer::Holds) => "so".to_owned(),
        Some(Answer::Stages(stages)) => join(stages, "or"),
        None if stands => "not given".to_owned(),
        None if silent => "silent".to_owned(),
        None => "not so".to_owned(),
    })
}

fn status_word(status: Status) -> &'static str {
    crate::report::whatif::status(Some(status))
}

/// A point with what comes out.
pub(super) fn line(own: &Point, answers: &[Option<Answer>; 2]) -> Vec<Piece> {
    vec![strong(format!("{own}:")), plain(becomes(answers))]
}

/// What comes out before and after, on one line; of what is given both times, only what differs.
pub(super) fn becomes(answers: &[Option<Answer>; 2]) -> String {
    if let [Some(Answer::Stands(before)), Some(Answer::Stands(after))] = answers {
        let parts = parts(before).into_iter().zip(parts(after));
        let told = parts.enumerate().filter_map(|(at, (before, after))| {
            let same = before.1 == after.1;
            let whole = |(label, value): (&str, String)| format!("{label}{value}");
            let differs = |(label, value): (&str, String)| format!("{label}{value} → {}", after.1);
            if same { (at == 0).then(|| whole(before)) } else { Some(differs(before)) }
        });
        return told.collect::<Vec<_>>().join(", ");
    }
    sides(answers).join(" → ")
}

/// How something stands, part by part, each after its label.
fn parts(standing: &Standing) -> [(&'static str, String); 5] {
    let place = match standing.rank {
        Some(rank) if !standing.done => rank.to_string(),
        _ => "done".to_owned(),
    };
    let firm = if standing.provisional { "provisional" } else { "certain" };
    [
        ("", severity(standing.severity).to_owned()),
        ("place ", place),
        ("score ", score(standing.score)),
        ("", firm.to_owned()),
        ("", evidence(standing.evidence).to_owned()),
    ]
}

/// How much a difference matters, the most first: what appears or goes, how it stands, the rest.
pub(super) fn weight(group: &Group<'_>) -> usize {
    match (tag(&group.answers).1, group.point) {
        ("appears" | "goes", Point::Warning(_) | Point::Recommendation(_)) => 0,
        (_, Point::Warning(_) | Point::Recommendation(_)) => 1,
        ("appears" | "goes", _) => 2,
        _ => 3,
    }
}

/// What becomes of a point, in a word.
pub(super) fn tag(answers: &[Option<Answer>; 2]) -> (Look, &'static str) {
    let given = |answer: &Option<Answer>| {
        !matches!(
            answer,
            None | Some(Answer::Status(Status::Open | Status::Contested | Status::SetAside))
        )
    };
    match [given(&answers[0]), given(&answers[1])] {
        [false, true] => (Look::Serious, "appears"),
        [true, false] => (Look::Good, "goes"),
        _ => (Look::Plain, "differs"),
    }
}

/// Whether only the place in the list differs.
pub(super) fn only_place(answers: &[Option<Answer>; 2]) -> bool {
    let [Some(Answer::Stands(before)), Some(Answer::Stands(after))] = answers else { return false };
    Standing { rank: after.rank, ..*before } == *after
}

/// `organize-first 3 → 2`.
pub(super) fn moves(own: &Point, answers: &[Option<Answer>; 2]) -> String {
    let (Point::Warning(id) | Point::Recommendation(id)) = own else { return own.to_string() };
    let rank = |answer: &Option<Answer>| match answer {
        Some(Answer::Stands(Standing { rank: Some(rank), .. })) => rank.to_string(),
        _ => "-".to_owned(),
    };
    format!("{id} {} → {}", rank(&answers[0]), rank(&answers[1]))
}

/// Changes of one case that are the same at several moments.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) point: &'a Point,
    pub(super) answers: [Option<Answer>; 2],
    pub(super) moments: BTreeSet<usize>,
    pub(super) changes: Vec<&'a Change>,
}

/// The changes of one case, those that are the same at several moments as one, the weightiest first.
pub(super) fn grouped<'a>(changes: &[&'a Change]) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<&Point, Vec<Group<'a>>> = BTreeMap::new();
    for change in changes {
        let own = groups.entry(&change.point).or_default();
        match own.iter_mut().find(|group| group.answers == change.answers) {
            Some(group) => {
                group.moments.insert(change.moment);
                group.changes.push(change);
            }
            None => own.push(Group {
                point: &change.point,
                answers: change.answers.clone(),
                moments: BTreeSet::from([change.moment]),
                changes: vec![change],
            }),
        }
    }
    let mut groups: Vec<Group<'a>> = groups.into_values().flatten().collect();
    groups.sort_by_key(weight);
    groups
}

/// The moments of some changes.
pub(super) fn moment_set(changes: &[&Change]) -> BTreeSet<usize> {
    changes.iter().map(|change| change.moment).collect()
}

/// `1980, 1985-12 and 2 more moments`.
pub(super) fn moments(case: &CaseRead, changes: &[&Change], most: usize) -> String {
    let set = moment_set(changes);
    if set.len() == case.moments.len() && set.len() > 1 {
        return format!("all {} moments", set.len());
    }
    let named = set.iter().filter_map(|at| case.moments.get(*at));
    let mut words: Vec<String> = named.take(most).cloned().collect();
    let left = set.len().saturating_sub(most);
    if left > 0 {
        words.push(format!("{left} more"));
    }
    join(&words, "and")
}

/// How many points come out otherwise, each counted once a case.
pub(super) fn points(diff: &Diff) -> usize {
    let points: BTreeSet<(usize, &Point)> =
        diff.changes.iter().map(|change| (change.case, &change.point)).collect();
    points.len()
}
