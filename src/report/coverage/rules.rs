//! What becomes of the rules over many cases, for a terminal: a line a rule, then what the examples leave out.

use crate::coverage::{Rule, Rules};
use crate::report::page::{Look, Page};
use crate::report::{Options, phrase};
use crate::source::SourceMap;

use super::phrase::{STATUSES, counts, lack, mark, missed, title, totals};

/// The columns before the name of a rule: at how many points, then in how many examples.
const POINTS: [&str; STATUSES] = ["fires", "prov.", "cont.", "open", "aside", "silent"];
const EXAMPLES: [&str; 2] = ["ex.", "no"];

/// The report for a terminal.
#[must_use]
pub fn rules(rules: &Rules, sources: &SourceMap, options: &Options) -> String {
    let page = Page::new(options.width, options.colour);
    let mut layout = Layout { rules, sources, page };
    layout.head();
    for file in rules.rules.chunk_by(|a, b| a.span.source == b.span.source) {
        layout.file(file);
    }
    layout.without_example();
    layout.branches();
    layout.total();
    layout.page.finish()
}

struct Layout<'a> {
    rules: &'a Rules,
    sources: &'a SourceMap,
    page: Page,
}

impl Layout<'_> {
    fn plain(&mut self, line: &str) {
        let line = self.page.look(Look::Plain, line);
        self.page.line(&line);
    }

    fn head(&mut self) {
        let line = title(self.rules);
        let line = self.page.look(Look::Strong, &line);
        self.page.line(&line);
        if self.rules.points > 0 {
            self.plain(
                "At how many points a rule fires, is provisional, contested, open or set aside for \
                 somebody, or is silent for everybody.",
            );
        }
        self.plain("ex.: examples that expect it to fire. no: examples that expect it not to.");
    }

    fn file(&mut self, rules: &[Rule]) {
        let Some(first) = rules.first() else { return };
        let (name, _) = self.sources.locate(first.span);
        let title = format!("{name} ({})", phrase::count(rules.len(), "rule", "rules"));
        self.page.section(&title);
        let heads = self.columns().concat();
        let heads = self.page.look(Look::Dim, &heads);
        self.page.entry(&heads);
        for rule in rules {
            self.rule(rule);
        }
    }

    /// The heads of the columns, each as wide as its column.
    fn columns(&self) -> Vec<String> {
        let points = if self.rules.points == 0 { &[][..] } else { &POINTS[..] };
        points.iter().chain(&EXAMPLES).map(|head| format!("{head:>0$}", head.len() + 1)).collect()
    }

    fn rule(&mut self, rule: &Rule) {
        let heads = self.columns();
        let counts = counts(rule);
        let counts = counts.iter().skip(counts.len() - heads.len());
        let line: String = heads
            .iter()
            .zip(counts)
            .map(|(head, count)| match count {
                0 => format!("{:>1$}", "-", head.len()),
                count => format!("{count:>0$}", head.len()),
            })
            .collect();
        let name = self.page.look(Look::Plain, &rule.name);
        let mark = mark(rule, self.rules.points).map(|mark| self.page.look(Look::Serious, mark));
        let mark = mark.map_or_else(String::new, |mark| format!("  {mark}"));
        self.page.after(&line, &format!("{name}{mark}"));
    }

    fn without_example(&mut self) {
        let all = &self.rules.rules;
        let lacking: Vec<(&str, &str)> =
            all.iter().filter_map(|rule| Some((rule.name.as_str(), lack(rule)?))).collect();
        if lacking.is_empty() {
            return;
        }
        let count = phrase::count(lacking.len(), "rule", "rules");
        self.page.section(&format!("NOT SHOWN BY EXAMPLES: {count}"));
        for (name, lack) in lacking {
            let name = self.page.look(Look::Serious, name);
            let lack = self.page.look(Look::Plain, lack);
            self.page.entry(&format!("{name}: {lack}"));
        }
    }

    fn branches(&mut self) {
        let missed = missed(self.rules, self.sources);
        if missed.is_empty() {
            return;
        }
        let count = phrase::count(missed.len(), "branch or row", "branches and rows");
        self.page.section(&format!("NOT REACHED BY EXAMPLES: {count} of derived attributes"));
        for [path, words, place] in missed {
            let path = self.page.look(Look::Serious, &path);
            let words = self.page.look(Look::Plain, &words);
            let place = self.page.look(Look::Dim, &format!("({place})"));
            self.page.entry(&format!("{path}: {words} {place}"));
        }
    }

    fn total(&mut self) {
        self.page.section(&totals(self.rules));
    }
}
