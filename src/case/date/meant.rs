//! What date somebody meant who wrote it in another way. Reads nothing as a date that is none: it only helps.

use super::Period;

/// The months, as people write them.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// How a text that is no date should have been written, or why there is no such date; nothing where it looks like none.
pub(in super::super) fn meant(text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = words.iter().copied().find(|word| number(word).is_some() && word.len() == 4)?;
    let others = || words.iter().copied().filter(|word| *word != year);
    let named = others().find_map(month_named);
    let mut numbers = others().filter_map(number);
    let (month, day) = match named {
        Some(month) => (month, numbers.next()),
        None if words.first() == Some(&year) => (numbers.next()?, numbers.next()),
        None => {
            let (first, second) = (numbers.next()?, numbers.next());
            second.map_or((first, None), |second| (second, Some(first)))
        }
    };
    if !(1..=12).contains(&month) {
        return Some("a year has twelve months".to_owned());
    }
    let written = match day {
        None => format!("{year}-{month:02}"),
        Some(day) => format!("{year}-{month:02}-{day:02}"),
    };
    if Period::parse(&written).is_some() {
        return Some(format!("write `\"{written}\"`"));
    }
    let name = MONTHS.get(usize::from(month) - 1)?;
    let (first, rest) = name.split_at_checked(1)?;
    Some(format!("{}{rest} {year} has no such day", first.to_uppercase()))
}

/// The month of a name or of its first three letters or more.
fn month_named(word: &str) -> Option<u16> {
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(&word))?;
    u16::try_from(at + 1).ok()
}

/// A number of at most four digits; endings as in `3rd` are left out.
fn number(word: &str) -> Option<u16> {
    let digits = word.trim_end_matches(|sign: char| sign.is_alphabetic());
    let ending = word.len() - digits.len();
    (ending <= 2 && digits.len() <= 4).then(|| digits.parse().ok()).flatten()
}
