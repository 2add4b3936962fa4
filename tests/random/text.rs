//! A case as the text of a case file.

use super::words::Words;
use crate::oracle::case::{OracleCase, Stated};
use crate::oracle::value::{Kind, Values};

/// One table of a case file: its heading and its lines.
pub(crate) type Section = (String, Vec<String>);

/// The case file; its sections apart, so that they can be put in another order.
pub(crate) fn sections(words: &Words, case: &OracleCase) -> Vec<Section> {
    let mut sections = vec![header(case)];
    let reports = case.speakers().into_iter().filter(|id| !case.rows["party"].contains(id));
    let speakers: Vec<String> =
        reports.map(|id| format!("{id} = {{ title = \"A report\" }}")).collect();
    if !speakers.is_empty() {
        sections.push(("[sources]".to_owned(), speakers));
    }
    for (entity, ids) in &case.rows {
        for id in ids {
            let mut lines = vec![format!("id = \"{id}\"")];
            lines.extend(facts(words, case, entity, id));
            sections.push((format!("[[{entity}]]"), lines));
        }
    }
    sections.push(("[issue]".to_owned(), facts(words, case, "issue", "")));
    for domain in &words.domains {
        for member in &domain.members {
            let lines = facts(words, case, &domain.name, member);
            if !lines.is_empty() {
                sections.push((format!("[{}.{member}]", domain.name), lines));
            }
        }
    }
    for relation in &words.relations {
        let kind = Kind::Choice(relation.domain.clone());
        let ties = case.ties.iter().filter(|((name, _, _), _)| *name == relation.name);
        let lines: Vec<String> = ties
            .map(|((_, a, b), stated)| format!("{a}.{b} = {}", value(words, &kind, stated)))
            .collect();
        if !lines.is_empty() {
            sections.push((format!("[{}]", relation.name), lines));
        }
    }
    sections
}

/// The sections one after the other; `[case]` is to stand first.
pub(crate) fn text(sections: &[Section]) -> String {
    let sections =
        sections.iter().map(|(heading, lines)| format!("{heading}\n{}\n", lines.join("\n")));
    sections.collect::<Vec<_>>().join("\n")
}

fn header(case: &OracleCase) -> Section {
    let mut lines = vec!["id = \"random\"".to_owned(), "title = \"A random case\"".to_owned()];
    if !case.complete.is_empty() {
        let names: Vec<String> = case.complete.iter().map(|name| format!("\"{name}\"")).collect();
        lines.push(format!("complete = [{}]", names.join(", ")));
    }
    lines.extend(actions(case));
    ("[case]".to_owned(), lines)
}

/// `did` and `did_not`, at all or for one row.
fn actions(case: &OracleCase) -> Vec<String> {
    let list = |key: &str, taken: bool| {
        let did = case.did.iter().filter(|did| did.taken == taken);
        let names = did.map(|did| match &did.row {
            None => format!("\"{}\"", did.action),
            Some((_, id)) => format!("{{ action = \"{}\", for = \"{id}\" }}", did.action),
        });
        let names: Vec<String> = names.collect();
        (!names.is_empty()).then(|| format!("{key} = [{}]", names.join(", ")))
    };
    list("did", true).into_iter().chain(list("did_not", false)).collect()
}

fn facts(words: &Words, case: &OracleCase, entity: &str, row: &str) -> Vec<String> {
    let mine = case.facts.iter().filter(|((e, r, _), _)| e == entity && r == row);
    mine.map(|((_, _, name), stated)| {
        let attributes = words.attributes.iter();
        let mut found = attributes.filter(|a| a.entity == entity && a.name == *name);
        let kind = &found.next().expect("an attribute of the vocabulary").kind;
        format!("{name} = {}", value(words, kind, stated))
    })
    .collect()
}

fn value(words: &Words, kind: &Kind, stated: &Stated) -> String {
    if stated.unknown {
        return "\"unknown\"".to_owned();
    }
    if stated.says.is_empty() {
        return values(words, kind, &stated.values);
    }
    let says =
        stated.says.iter().map(|(who, said)| format!("{who} = {}", values(words, kind, said)));
    format!("{{ says = {{ {} }} }}", says.collect::<Vec<_>>().join(", "))
}

fn values(words: &Words, kind: &Kind, values: &Values) -> String {
    match (kind, values) {
        (Kind::Choice(domain), Values::Choice(members)) => {
            let member = |name: &String| match (&**domain, &**name) {
                ("yes_no", "yes") => "true".to_owned(),
                ("yes_no", _) => "false".to_owned(),
                _ => format!("\"{name}\""),
            };
            let names: Vec<String> = members.iter().map(member).collect();
            match names.as_slice() {
                [name] => name.clone(),
                _ => format!("{{ one_of = [{}] }}", names.join(", ")),
            }
        }
        (Kind::Set(domain), Values::Set { may_include, may_exclude }) => {
            let all = words.members(domain);
            let list = |chosen: &dyn Fn(&String) -> bool| {
                let chosen = all.iter().filter(|member| chosen(member));
                chosen.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
            };
            let includes = list(&|member| !may_exclude.contains(member));
            let excludes = list(&|member| !may_include.contains(member));
            if values.is_known() {
                format!("[{includes}]")
            } else {
                format!("{{ includes = [{includes}], excludes = [{excludes}] }}")
            }
        }
        (_, Values::Range { low, high }) => {
            let mut bounds = Vec::new();
            if low == high {
                return bound(kind, *low);
            }
            if *low > i64::MIN {
                bounds.push(format!("at_least = {}", bound(kind, *low)));
            }
            if *high < i64::MAX {
                bounds.push(format!("at_most = {}", bound(kind, *high)));
            }
            format!("{{ {} }}", bounds.join(", "))
        }
        _ => panic!("{values:?} is no {kind:?}"),
    }
}

fn bound(kind: &Kind, number: i64) -> String {
    if *kind == Kind::Date {
        return format!("\"{}\"", convener::value::date_of_day(number).expect("a date"));
    }
    (number / convener::value::NUMBER_UNIT).to_string()
}
