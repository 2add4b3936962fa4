//! Coverage as Markdown, to be mailed or printed: the same content as on the terminal.

use crate::coverage::{Account, Guide, Passage, Rule, Rules};
use crate::report::markdown::{code, escaped};
use crate::source::SourceMap;

use super::phrase::{STATUSES, accounted, carried, counts, lack, mark, missed, title, totals};

/// The columns after the name of a rule.
const COLUMNS: [&str; STATUSES + 2] = [
    "fires",
    "provisional",
    "contested",
    "open",
    "set aside",
    "silent",
    "examples that fire it",
    "near misses",
];

/// What of the guide is accounted for, as Markdown.
#[must_use]
pub fn guide(guide: &Guide) -> String {
    let mut lines =
        vec!["# Coverage of the guide".to_owned(), String::new(), escaped(&accounted(guide))];
    let missing = guide.passages().filter(|passage| passage.account() == Account::Missing);
    let missing = missing.map(|it| (it.id.as_str(), it.place.clone()));
    lines.extend(list("Not accounted for", missing.collect()));
    for section in &guide.sections {
        let told = |it: &Passage| match &it.says {
            Some(says) => format!("{says} By {}", carried(it)),
            None => carried(it),
        };
        let passages = section.passages.iter().map(|it| (it.id.as_str(), told(it)));
        lines.extend(list(&section.title, passages.collect()));
    }
    written(&lines)
}

/// What becomes of the rules, as Markdown.
#[must_use]
pub fn rules(rules: &Rules, sources: &SourceMap) -> String {
    let mut lines =
        vec!["# Coverage of the rules".to_owned(), String::new(), escaped(&title(rules))];
    for file in rules.rules.chunk_by(|a, b| a.span.source == b.span.source) {
        lines.extend(table(file, rules.points, sources));
    }
    let lacking =
        rules.rules.iter().filter_map(|it| Some((it.name.as_str(), lack(it)?.to_owned())));
    lines.extend(list("Not shown by examples", lacking.collect()));
    let missed = missed(rules, sources);
    let missed = missed.iter().map(|[path, words, at]| (path.as_str(), format!("{words} ({at})")));
    lines.extend(list("Not reached by examples", missed.collect()));
    lines.extend([String::new(), escaped(&totals(rules))]);
    written(&lines)
}

/// The rules of one file.
fn table(rules: &[Rule], points: usize, sources: &SourceMap) -> Vec<String> {
    let name = rules.first().map_or("", |first| sources.locate(first.span).0);
    let skipped = if points == 0 { STATUSES } else { 0 };
    let heads: Vec<&str> = COLUMNS.into_iter().skip(skipped).collect();
    let mut lines = vec![
        String::new(),
        format!("## {}", escaped(name)),
        String::new(),
        format!("| rule | {} | |", heads.join(" | ")),
        format!("|---|{}---|", "---:|".repeat(heads.len())),
    ];
    lines.extend(rules.iter().map(|rule| {
        let counts = counts(rule).into_iter().skip(skipped);
        let counts: Vec<String> = counts.map(|count| count.to_string()).collect();
        let mark = mark(rule, points).unwrap_or("");
        format!("| {} | {} | {mark} |", code(&rule.name), counts.join(" | "))
    }));
    lines
}

/// A section with its entries; nothing where there are none.
fn list(title: &str, entries: Vec<(&str, String)>) -> Vec<String> {
    if entries.is_empty() {
        return Vec::new();
    }
    let title = format!("## {} ({})", escaped(title), entries.len());
    let entries =
        entries.into_iter().map(|(name, words)| format!("- {}: {}", code(name), escaped(&words)));
    [String::new(), title, String::new()].into_iter().chain(entries).collect()
}

fn written(lines: &[String]) -> String {
    let mut text = lines.join("\n");
    text.push('\n');
    text
}
