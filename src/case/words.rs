//! How messages put names and lists: quoted, shortened, without characters that could control a terminal.

use crate::diagnostic::nearest::{begins_alike, by_nearness, did_you_mean, nearest};
use crate::knowledge::DomainMember;

/// Most names of a list that is cut.
const MOST: usize = 8;
/// Longest name that is quoted whole, and that a nearest name is looked for.
const LONGEST: usize = 60;

/// A word of the author in backticks; long ones are cut, characters that control a terminal are shown as escapes.
pub(super) fn quoted(word: &str) -> String {
    let mut shown = String::from("`");
    for (count, letter) in word.chars().enumerate() {
        if count == LONGEST {
            shown.push('…');
            break;
        }
        if letter.is_control() || letter == '`' {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown.push('`');
    shown
}

/// ``did you mean `NAME`?``, where a name is near, or else begins with the same word.
pub(super) fn suggestion<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    if name.len() > LONGEST {
        return None;
    }
    let known: Vec<&str> = known.into_iter().collect();
    did_you_mean(name, known.iter().copied()).or_else(|| {
        let alike = known.into_iter().filter(|known| begins_alike(name, known));
        by_nearness(name, alike).first().map(|nearest| format!("did you mean `{nearest}`?"))
    })
}

/// ``did you mean `NAME`?``, where the name of a member is near, or how texts call it.
pub(super) fn member_suggestion(name: &str, members: &[DomainMember]) -> Option<String> {
    suggestion(name, members.iter().map(|member| member.name.as_str())).or_else(|| {
        let wording = nearest(name, members.iter().map(|member| member.wording.as_str()))
            .filter(|_| name.len() <= LONGEST)?;
        let meant = members.iter().find(|member| member.wording == wording)?;
        Some(format!("did you mean `{}`, {wording}?", meant.name))
    })
}

/// The known names as a list; where there are too many to show, the nearest.
pub(super) fn known_here<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let name: String = name.chars().take(LONGEST).collect();
    let mut known = by_nearness(&name, known);
    if known.len() <= MOST + 1 {
        known.sort_unstable();
    }
    (!known.is_empty()).then(|| format!("known here: {}", list(known, "and")))
}

/// `a, b and c`, or `a, b or c`: at most nine, or else eight and how many more.
pub(super) fn list<'a>(words: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let words: Vec<String> = words.into_iter().map(quoted).collect();
    if words.len() > MOST + 1 {
        let shown = words.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
        return format!("{shown} {last} {} more", words.len() - MOST);
    }
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}
