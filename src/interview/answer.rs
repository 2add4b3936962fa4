//! What somebody types to what a fact may be: numbers of choices, words of the vocabulary, `at least`, lists, and for
//! numbers and dates what `whatif --set` takes.

use crate::case::{Case, Setting, SettingForm, changes, date_meant};
use crate::change::{Change, Effect};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::nearest::did_you_mean;
use crate::facts::Facts;
use crate::knowledge::{DomainId, KnowledgeBase, Type, Vocabulary};
use crate::source::SourceId;
use crate::value::{Members, Possible, all_members};

/// An answer as it was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Understood {
    /// This is possible.
    Is(Possible),
    /// These are in the set, and nobody said yet whether that is all.
    Among(Members),
}

/// Words before a step of a scale.
const BOUNDS: [(&str, Bound); 10] = [
    ("at least ", Bound::AtLeast),
    ("at most ", Bound::AtMost),
    ("no more than ", Bound::AtMost),
    ("no less than ", Bound::AtLeast),
    ("above ", Bound::Above),
    ("more than ", Bound::Above),
    ("over ", Bound::Above),
    ("below ", Bound::Below),
    ("less than ", Bound::Below),
    ("under ", Bound::Below),
];

#[derive(Debug, Clone, Copy)]
enum Bound {
    AtLeast,
    AtMost,
    Above,
    Below,
}

/// The members of a domain in the order in which they are offered.
pub(super) fn offered(vocabulary: &Vocabulary, domain: DomainId) -> Vec<usize> {
    let count = vocabulary.domain(domain).members.len();
    if domain == Vocabulary::YES_NO { (0..count).rev().collect() } else { (0..count).collect() }
}

/// A line understood as an answer about a fact of a type.
pub(super) fn understood(
    line: &str,
    kind: Type,
    path: &str,
    (kb, case, facts): (&KnowledgeBase, &Case, &Facts),
) -> Result<Understood, String> {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match kind {
        Type::Choice(domain) => {
            let words = Words { vocabulary: &kb.vocabulary, domain };
            choice(&words, &line.to_lowercase())
                .map(|members| Understood::Is(Possible::Choice(members)))
        }
        Type::Set(domain) => {
            let words = Words { vocabulary: &kb.vocabulary, domain };
            set(&words, &line.to_lowercase())
        }
        Type::Number | Type::Date => range(&line, kind, path, (kb, case, facts)),
    }
}

struct Words<'v> {
    vocabulary: &'v Vocabulary,
    domain: DomainId,
}

fn choice(words: &Words<'_>, line: &str) -> Result<Members, String> {
    let domain = words.vocabulary.domain(words.domain);
    let all = words.vocabulary.members_of(words.domain);
    let members = if let Ok(member) = words.member(line) {
        member
    } else if let Some((bound, rest)) = bounded(line).filter(|_| domain.ordered) {
        let at = words.member(rest)?.trailing_zeros() as usize;
        let up_to = |count: usize| all_members(count);
        match bound {
            Bound::AtLeast => all & !up_to(at),
            Bound::AtMost => up_to(at + 1),
            Bound::Above => all & !up_to(at + 1),
            Bound::Below => up_to(at),
        }
    } else if let Some(rest) = line.strip_prefix("not ") {
        all & !words.list(rest)?
    } else if let Some((low, high)) = line.split_once(" to ").filter(|_| domain.ordered) {
        let (low, high) = (words.member(low)?, words.member(high)?);
        all_members(high.trailing_zeros() as usize + 1) & !(low - 1)
    } else {
        words.list(line.strip_prefix("one of ").unwrap_or(line))?
    };
    match members {
        0 => Err("nothing is left that it could be".to_owned()),
        _ if members == all => {
            Err("that leaves everything open; say `don't know`, or leave it with `not now`"
                .to_owned())
        }
        members => Ok(members),
    }
}

fn set(words: &Words<'_>, line: &str) -> Result<Understood, String> {
    let all = words.vocabulary.members_of(words.domain);
    let known = |inside: Members| {
        Understood::Is(Possible::Set { may_include: inside, may_exclude: all & !inside })
    };
    if ["none", "nothing", "no", "none of these", "none of them"].contains(&line)
        && words.member(line).is_err()
    {
        return Ok(known(0));
    }
    if ["all", "all of these", "all of them"].contains(&line) {
        return Ok(known(all));
    }
    let only = ["only ", "just "].iter().find_map(|word| line.strip_prefix(word));
    if let Some(rest) = only {
        return words.list(rest).map(known);
    }
    let open = ["at least ", "includes "].iter().find_map(|word| line.strip_prefix(word));
    if let Some(rest) = open {
        let inside = words.list(rest)?;
        return Ok(Understood::Is(Possible::Set { may_include: all, may_exclude: all & !inside }));
    }
    let out = ["not ", "excludes "].iter().find_map(|word| line.strip_prefix(word));
    if let Some(rest) = out.filter(|_| words.member(line).is_err()) {
        let outside = words.list(rest)?;
        return Ok(Understood::Is(Possible::Set { may_include: all & !outside, may_exclude: all }));
    }
    words.list(line).map(Understood::Among)
}

fn bounded(line: &str) -> Option<(Bound, &str)> {
    BOUNDS.iter().find_map(|(word, bound)| Some((*bound, line.strip_prefix(word)?)))
}

impl Words<'_> {
    /// The members in a list: between commas, `and`, `or`, or numbers alone.
    fn list(&self, line: &str) -> Result<Members, String> {
        if let Ok(member) = self.member(line) {
            return Ok(member);
        }
        let digits = line.split(' ').all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        let marks: &[&str] = if digits { &[" "] } else { &[",", ";", " or ", " and "] };
        let Some(mark) = marks.iter().find(|mark| line.contains(**mark)) else {
            return self.member(line);
        };
        let mut members = 0;
        for part in line.split(mark).map(str::trim).filter(|part| !part.is_empty()) {
            let part =
                ["and ", "or "].iter().find_map(|word| part.strip_prefix(word)).unwrap_or(part);
            members |= self.list(part)?;
        }
        Ok(members)
    }

    /// The member that a number of a choice or some words name, as a bit.
    fn member(&self, word: &str) -> Result<Members, String> {
        let word = word.trim();
        let domain = self.vocabulary.domain(self.domain);
        let order = offered(self.vocabulary, self.domain);
        if let Ok(number) = word.parse::<usize>() {
            let found = number.checked_sub(1).and_then(|at| order.get(at));
            let count = order.len();
            return found
                .map(|at| 1 << at)
                .ok_or(format!("there is no {number} here: 1 to {count}"));
        }
        let calls = |name: &str| name.to_lowercase().replace('_', " ");
        let names =
            || domain.members.iter().map(|member| [calls(&member.wording), calls(&member.name)]);
        let asked = calls(word);
        if let Some(at) = names().position(|names| names.contains(&asked)) {
            return Ok(1 << at);
        }
        let mut begun = names().enumerate().filter(|(_, names)| {
            !asked.is_empty() && names.iter().any(|name| name.starts_with(&asked))
        });
        if let (Some((at, _)), None) = (begun.next(), begun.next()) {
            return Ok(1 << at);
        }
        let all: Vec<String> = names().flatten().collect();
        let near = did_you_mean(&asked, all.iter().map(String::as_str));
        let help = near.unwrap_or_else(|| "type a number or a word of the list".to_owned());
        Err(format!("“{word}” is no answer to this: {}", help.replace('`', "")))
    }
}

/// A number or date, or the sides of one.
fn range(
    line: &str,
    kind: Type,
    path: &str,
    (kb, case, facts): (&KnowledgeBase, &Case, &Facts),
) -> Result<Understood, String> {
    let lower = line.to_lowercase();
    let between = lower.strip_prefix("between ").and_then(|rest| rest.split_once(" and "));
    let value = if let Some((low, high)) = between.or_else(|| lower.split_once(" to ")) {
        format!("at least {low} and at most {high}")
    } else {
        let words = [
            ("before ", "below "),
            ("after ", "above "),
            ("more than ", "above "),
            ("over ", "above "),
            ("less than ", "below "),
            ("under ", "below "),
        ];
        let found = words.iter().find_map(|(word, key)| Some((lower.strip_prefix(word)?, key)));
        found.map_or(lower.clone(), |(rest, key)| format!("{key}{rest}"))
    };
    let text = format!("{path}={value}");
    let setting = Setting { source: SourceId(0), text: &text, form: SettingForm::Set };
    let mut diagnostics = Diagnostics::default();
    let made = changes(&[setting], (case, facts), kb, &mut diagnostics);
    match made.as_deref() {
        Some([Change::State { effect: Effect::Set(possible), .. }]) => {
            Ok(Understood::Is(*possible))
        }
        _ => Err(match kind {
            Type::Date if let Some(help) = date_meant(line) => {
                format!("“{line}” is no date: {}", help.replace('"', ""))
            }
            Type::Date => format!(
                "“{line}” is no date: type a year, a month like 1985-06, or a day like 1985-06-30"
            ),
            _ => format!(
                "“{line}” is no number: type one, or how far it may go: at least 5, 10 to 20"
            ),
        }),
    }
}

/// What is wrong, in a sentence.
pub(super) fn told(diagnostics: &Diagnostics) -> String {
    let first = diagnostics.sorted().first().map(|problem| {
        let help = problem.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
        format!("{}{help}", problem.message)
    });
    first.unwrap_or_else(|| "that is no answer to this".to_owned())
}
