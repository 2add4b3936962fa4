//! How messages put names and lists: quoted, shortened, without characters that could control a terminal.

use crate::diagnostic::nearest::did_you_mean;

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

/// ``did you mean `NAME`?``, where a name is near.
pub(super) fn suggestion<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    if name.len() > LONGEST {
        return None;
    }
    did_you_mean(name, known)
}

/// `a, b and c`, or `a, b or c`: at most eight, then how many more.
pub(super) fn list<'a>(words: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    const MOST: usize = 8;
    let words: Vec<String> = words.into_iter().map(quoted).collect();
    if words.len() > MOST {
        let shown = words.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
        return format!("{shown} {last} {} more", words.len() - MOST);
    }
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}
