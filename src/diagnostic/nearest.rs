//! The nearest known name to a mistyped one, for "did you mean".

/// The known name nearest to `name`, if one is near enough to be meant; ties go to the first in sorting order. One letter
/// is near to no other.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let limit = (length / 3).clamp(1, 4).min(length.saturating_sub(1));
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The known names, each once, those first that begin with the same word as `name`, then the nearest.
#[must_use]
pub fn by_nearness<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_by_cached_key(|candidate| {
        (!begins_alike(name, candidate), strsim::damerau_levenshtein(name, candidate), *candidate)
    });
    known.dedup();
    known
}

/// Whether two names begin with the same word, give or take a slip or a plural: `organise_all` and `organize-first`.
#[must_use]
pub fn begins_alike(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 4;
    const SHORTEST_START: usize = 5;
    let (a, b) = (singular(first_word(a)), singular(first_word(b)));
    let long = |word: &str| word.chars().count() >= SHORTEST;
    let (short, whole) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let begins = short.chars().count() >= SHORTEST_START && whole.starts_with(short.as_str());
    long(&a) && long(&b) && (a == b || begins || nearest(&a, [b.as_str()]).is_some())
}

fn first_word(name: &str) -> &str {
    name.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or(name)
}

fn singular(word: &str) -> String {
    let word = word.to_lowercase();
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    word.strip_suffix('s').map_or_else(|| word.clone(), str::to_owned)
}

/// ``did you mean `NAME`?`` for the nearest known name.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, known).map(|found| format!("did you mean `{found}`?"))
}
