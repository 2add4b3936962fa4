//! What is said of a fact, as it is written in a case file: the shortest form that says exactly that.

use toml_edit::Value;

use crate::change::Target;
use crate::knowledge::{DomainId, Type, Vocabulary};
use crate::value::{
    Members, NUMBER_UNIT, Possible, all_members, calendar_period, date_of_day, decimal,
};

use super::{Answer, Said};

/// A key of an inline table, with its value.
type Bound = (&'static str, String);

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The value of a fact; `note` is what stood beside the one before, as it is written.
pub(super) fn value(
    vocabulary: &Vocabulary,
    target: &Target,
    answer: &Answer,
    note: Option<String>,
) -> String {
    let kind = target.kind(vocabulary);
    let mut bounds = match &answer.said {
        Said::Is(possible) => bounds(vocabulary, kind, *possible),
        Said::Unknown => vec![("is", quoted("unknown"))],
        Said::Disputed(says) => {
            let says = says.iter().map(|(who, what)| {
                format!("{} = {}", key(who), inline(&bounds(vocabulary, kind, *what)))
            });
            vec![("says", format!("{{ {} }}", says.collect::<Vec<_>>().join(", ")))]
        }
    };
    bounds.extend(answer.source.as_deref().map(|source| ("source", quoted(source))));
    bounds.extend(note.map(|note| ("note", note)));
    inline(&bounds)
}

/// A key, in quotes where it needs them.
pub(super) fn key(name: &str) -> String {
    toml_edit::Key::new(name).to_string()
}

/// The value alone where nothing else is said, else an inline table.
fn inline(bounds: &[Bound]) -> String {
    if let [("is", value)] = bounds {
        return value.clone();
    }
    let pairs = bounds.iter().map(|(key, value)| format!("{key} = {value}"));
    format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
}

fn bounds(vocabulary: &Vocabulary, kind: Type, possible: Possible) -> Vec<Bound> {
    match (kind, possible) {
        (Type::Choice(domain), Possible::Choice(members)) => choice(vocabulary, domain, members),
        (Type::Set(domain), Possible::Set { may_include, may_exclude }) => {
            set(vocabulary, domain, may_include, may_exclude)
        }
        (Type::Date, Possible::Range { low, high }) => match calendar_period(low, high) {
            Some(period) => vec![("is", quoted(&period))],
            None => range(low, high, day),
        },
        (_, Possible::Range { low, high }) => {
            let strict = |bound: i64| bound % NUMBER_UNIT == 0;
            match (low.checked_sub(1), high.checked_add(1)) {
                (Some(below), None) if strict(below) => vec![("above", decimal(below))],
                (None, Some(above)) if strict(above) => vec![("below", decimal(above))],
                _ => range(low, high, decimal),
            }
        }
        _ => Vec::new(),
    }
}

fn choice(vocabulary: &Vocabulary, domain: DomainId, members: Members) -> Vec<Bound> {
    if domain == Vocabulary::YES_NO && members.is_power_of_two() {
        return vec![("is", (members == 2).to_string())];
    }
    let count = vocabulary.domain(domain).members.len();
    let name = |at: u32| quoted(&name(vocabulary, domain, at));
    let (low, high) = (members.trailing_zeros(), members.ilog2());
    let between = all_members(high as usize + 1) & !all_members(low as usize);
    let contiguous = between == members && vocabulary.domain(domain).ordered;
    let top = high as usize + 1 == count;
    match (low == high, contiguous, low == 0, top) {
        (true, ..) => vec![("is", name(low))],
        (_, true, true, false) => vec![("at_most", name(high))],
        (_, true, false, true) => vec![("at_least", name(low))],
        (_, true, false, false) => vec![("at_least", name(low)), ("at_most", name(high))],
        _ => vec![("one_of", list(vocabulary, domain, members))],
    }
}

fn set(
    vocabulary: &Vocabulary,
    domain: DomainId,
    may_include: Members,
    may_exclude: Members,
) -> Vec<Bound> {
    let (inside, outside) = (may_include & !may_exclude, may_exclude & !may_include);
    if may_include & may_exclude == 0 {
        return vec![("is", list(vocabulary, domain, inside))];
    }
    [("includes", inside), ("excludes", outside)]
        .into_iter()
        .filter(|(_, members)| *members != 0)
        .map(|(key, members)| (key, list(vocabulary, domain, members)))
        .collect()
}

fn list(vocabulary: &Vocabulary, domain: DomainId, members: Members) -> String {
    let names = (0..Members::BITS).filter(|at| members >> at & 1 == 1);
    let names: Vec<String> = names.map(|at| quoted(&name(vocabulary, domain, at))).collect();
    format!("[{}]", names.join(", "))
}

fn name(vocabulary: &Vocabulary, domain: DomainId, at: u32) -> String {
    let members = &vocabulary.domain(domain).members;
    members.get(at as usize).map_or_else(String::new, |member| member.name.clone())
}

fn range(low: i64, high: i64, text: fn(i64) -> String) -> Vec<Bound> {
    if low == high {
        return vec![("is", text(low))];
    }
    let low = (low != i64::MIN).then(|| ("at_least", text(low)));
    let high = (high != i64::MAX).then(|| ("at_most", text(high)));
    low.into_iter().chain(high).collect()
}

fn day(day: i64) -> String {
    date_of_day(day).map_or_else(String::new, |date| quoted(&date.to_string()))
}
