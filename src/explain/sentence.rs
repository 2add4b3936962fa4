//! English made of the pack's own questions and phrases: a question and its answer as a statement, a phrase said of
//! somebody, its negation. What cannot be turned around safely stays a question with its answer.

use crate::proof::wording::capitalised;

/// Words that may stand between `do` and its verb.
const ADVERBS: [&str; 10] =
    ["also", "already", "always", "ever", "now", "often", "so", "still", "then", "too"];

/// A yes or no question about somebody, turned into a statement; none where it is built otherwise.
pub(super) fn statement(question: &str, name: &str, yes: bool) -> Option<String> {
    let (verb, rest) = question.strip_suffix('?')?.split_once(' ')?;
    let verb = verb.to_lowercase();
    let start = rest.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name))?;
    let rest = rest.get(name.len()..)?.strip_prefix(' ')?;
    let said = match verb.as_str() {
        "can" if !yes => format!("{start} cannot {rest}"),
        "is" | "are" | "was" | "were" | "has" | "have" | "can" | "could" | "may" | "must"
        | "will" | "would" | "should" => {
            let not = if yes { "" } else { "not " };
            format!("{start} {verb} {not}{rest}")
        }
        "do" | "does" | "did" if !yes => format!("{start} {verb} not {rest}"),
        "do" => format!("{start} {rest}"),
        "does" => format!("{start} {}", third_person(rest)?),
        _ => return None,
    };
    Some(format!("{}.", capitalised(&said)))
}

/// `call the parties` as said of one: `calls the parties`.
fn third_person(rest: &str) -> Option<String> {
    let (verb, after) = rest.split_once(' ').map_or((rest, ""), |(verb, after)| (verb, after));
    if ADVERBS.contains(&verb) || verb.ends_with("ly") {
        return None;
    }
    let space = if after.is_empty() { "" } else { " " };
    Some(format!("{}{space}{after}", with_s(verb)))
}

/// A verb as said of one: `calls`, `carries`, `reaches`, `has`.
fn with_s(verb: &str) -> String {
    let stem = verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let hisses = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end));
    match (verb, stem) {
        ("have", _) => "has".to_owned(),
        ("be", _) => "is".to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        _ if hisses => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

/// A verb as said of several: `call`, `carry`, `reach`, `have`; none where it does not look like one said of one.
fn without_s(verb: &str) -> Option<String> {
    Some(match verb {
        "is" => "are".to_owned(),
        "was" => "were".to_owned(),
        "has" => "have".to_owned(),
        "does" => "do".to_owned(),
        _ => {
            let hisses = ["sses", "xes", "zes", "ches", "shes", "oes"];
            if let Some(stem) = verb.strip_suffix("ies").filter(|stem| stem.len() > 1) {
                format!("{stem}y")
            } else if hisses.iter().any(|end| verb.ends_with(end)) {
                verb.strip_suffix("es")?.to_owned()
            } else {
                verb.strip_suffix('s').filter(|stem| !stem.ends_with('s'))?.to_owned()
            }
        }
    })
}

/// A predicate's phrase said of one or two: `A is trusted by every key party`, `A may not be heard by B`,
/// `A and B belong to one sector`.
pub(super) fn said(phrase: &str, names: &[String], plural: bool, holds: bool) -> String {
    let (verb, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let (first, others) = match names {
        [] => ("it".to_owned(), &[][..]),
        [first, others @ ..] => (first.clone(), others),
    };
    let agrees = without_s(verb).is_some();
    let modal = ["may", "can", "could", "must", "will", "would", "should"].contains(&verb);
    let together = !others.is_empty() && !agrees && !modal;
    let subject = if together { crate::proof::wording::join(names, "and") } else { first };
    let object = if together { String::new() } else { others.join(" and ") };
    let many = plural && !together;
    let clause = |verb: &str, rest: &str| {
        let words = [subject.as_str(), verb, rest, object.as_str()];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    let own =
        if many { without_s(verb).unwrap_or_else(|| verb.to_owned()) } else { verb.to_owned() };
    let text = match verb {
        _ if holds => clause(&own, rest),
        _ if rest.starts_with("not ") => {
            format!("it is not so that {}", clause(&own, rest))
        }
        "is" | "are" | "was" | "were" => clause(&format!("{own} not"), rest),
        "can" => clause("cannot", rest),
        _ if modal => clause(&format!("{own} not"), rest),
        _ => {
            let base = without_s(verb).unwrap_or_else(|| verb.to_owned());
            let does = if many || together { "do" } else { "does" };
            clause(&format!("{does} not {base}"), rest)
        }
    };
    capitalised(&text)
}

/// A noun as said of several.
pub(super) fn plural(noun: &str) -> String {
    with_s(noun)
}

/// `1 party`, `4 parties`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {}", plural(noun)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_turn_into_statements() {
        let said = |question, yes| statement(question, "the donors", yes);
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(said("Are the donors ready?", true), text("The donors are ready."));
        assert_eq!(said("Are the donors ready?", false), text("The donors are not ready."));
        assert_eq!(said("Do the donors carry it?", true), text("The donors carry it."));
        assert_eq!(said("Do the donors carry it?", false), text("The donors do not carry it."));
        assert_eq!(said("How ready are the donors?", true), None);
        assert_eq!(said("Do others blame the donors?", true), None);
        let one = |question| statement(question, "the bank", true);
        assert_eq!(one("Does the bank carry it?"), text("The bank carries it."));
        assert_eq!(one("Does the bank reach all?"), text("The bank reaches all."));
        assert_eq!(one("Does the bank have staff?"), text("The bank has staff."));
        assert_eq!(one("Does the bank really pay?"), None);
    }

    #[test]
    fn phrases_agree_and_are_negated() {
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let one = names(&["the bank"]);
        let two = names(&["the bank", "the donors"]);
        assert_eq!(said("is weak", &one, false, true), "The bank is weak");
        assert_eq!(said("is weak", &one, true, true), "The bank are weak");
        assert_eq!(said("has an ear", &one, false, false), "The bank does not have an ear");
        assert_eq!(said("trusts", &two, false, false), "The bank does not trust the donors");
        assert_eq!(
            said("belong together", &two, false, true),
            "The bank and the donors belong together"
        );
        assert_eq!(
            said("belong together", &two, false, false),
            "The bank and the donors do not belong together"
        );
        assert_eq!(
            said("may not be heard by", &two, false, false),
            "It is not so that the bank may not be heard by the donors"
        );
    }
}
