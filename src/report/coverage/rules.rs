//! What becomes of the rules over many cases, for a terminal: a line a rule, then what the examples leave out.

use crate::coverage::{Rule, Rules};
use crate::report::page::{Look, Page};
use crate::report::{Options, phrase};
use crate::source::{SourceMap, Span};

/// The columns before the name of a rule: at how many points, then in how many examples.
const POINTS: [&str; 6] = ["fires", "prov.", "cont.", "open", "aside", "silent"];
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
        let rules = phrase::count(self.rules.rules.len(), "rule", "rules");
        let examples = phrase::count(self.rules.examples, "example", "examples");
        let (points, cases) = (self.rules.points, self.rules.cases);
        let line = if points == 0 {
            format!("{rules}, {examples}; no cases are named.")
        } else {
            let points = phrase::count(points, "point", "points");
            let cases = phrase::count(cases, "case", "cases");
            format!("{rules} at {points} of {cases} (start, each event, end); {examples}.")
        };
        let line = self.page.look(Look::Strong, &line);
        self.page.line(&line);
        if points > 0 {
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
        let points = rule.points;
        let counts = [
            points.fires,
            points.provisional,
            points.contested,
            points.open,
            points.set_aside,
            points.silent,
            rule.examples.fires,
            rule.examples.no,
        ];
        let heads = self.columns();
        let counts = counts.iter().skip(POINTS.len() + EXAMPLES.len() - heads.len());
        let line: String = heads
            .iter()
            .zip(counts)
            .map(|(head, count)| match count {
                0 => format!("{:>1$}", "-", head.len()),
                count => format!("{count:>0$}", head.len()),
            })
            .collect();
        let name = self.page.look(Look::Plain, &rule.name);
        let mark = self.mark(rule).map(|mark| self.page.look(Look::Serious, mark));
        let mark = mark.map_or_else(String::new, |mark| format!("  {mark}"));
        self.page.after(&line, &format!("{name}{mark}"));
    }

    fn mark(&self, rule: &Rule) -> Option<&'static str> {
        if self.rules.points == 0 {
            return None;
        }
        match (rule.points.fires, rule.points.provisional, rule.examples.fires) {
            (0, _, 0) => Some("never, and no example fires it"),
            (0, 0, _) => Some("never"),
            (0, ..) => Some("only provisional"),
            _ => rule.fires_nearly_always(self.rules.points).then_some("nearly always"),
        }
    }

    fn without_example(&mut self) {
        let lacking: Vec<&Rule> = self.rules.rules.iter().filter(|rule| !rule.is_shown()).collect();
        if lacking.is_empty() {
            return;
        }
        self.page.section(&format!(
            "NOT SHOWN BY EXAMPLES: {}",
            phrase::count(lacking.len(), "rule", "rules")
        ));
        for rule in lacking {
            let lack = match (rule.examples.fires, rule.examples.no) {
                (0, 0) => "no example",
                (0, _) => "no example fires it",
                _ => "no near miss: no example expects that it does not fire",
            };
            let name = self.page.look(Look::Serious, &rule.name);
            let lack = self.page.look(Look::Plain, lack);
            self.page.entry(&format!("{name}: {lack}"));
        }
    }

    fn branches(&mut self) {
        let derived = &self.rules.derived;
        let missed: Vec<(&str, Span)> = derived
            .iter()
            .flat_map(|one| one.branches.iter().map(|branch| (one.path.as_str(), branch)))
            .filter(|(_, branch)| !branch.reached)
            .map(|(path, branch)| (path, branch.span))
            .collect();
        if missed.is_empty() {
            return;
        }
        let title = phrase::count(missed.len(), "branch or row", "branches and rows");
        self.page.section(&format!("NOT REACHED BY EXAMPLES: {title} of derived attributes"));
        for (path, span) in missed {
            let place = phrase::place(self.sources, span).unwrap_or_default();
            let path = self.page.look(Look::Serious, path);
            let first = self.sources.text(span).lines().next().unwrap_or("").trim();
            let words = self
                .page
                .look(Look::Plain, &first.split_whitespace().collect::<Vec<_>>().join(" "));
            let place = self.page.look(Look::Dim, &format!("({place})"));
            self.page.entry(&format!("{path}: {words} {place}"));
        }
    }

    fn total(&mut self) {
        let rules = &self.rules.rules;
        let count =
            |wanted: &dyn Fn(&Rule) -> bool| rules.iter().filter(|rule| wanted(rule)).count();
        let all = rules.len();
        let mut parts = Vec::new();
        if self.rules.points > 0 {
            let fires = count(&|rule| rule.points.fires > 0);
            let always = count(&|rule| rule.fires_nearly_always(self.rules.points));
            parts
                .push(format!("{fires} of {all} rules fire at some point, {always} nearly always"));
        }
        let shown = count(&Rule::is_shown);
        parts.push(format!("{shown} of {all} rules have an example and a near miss"));
        let branches = || self.rules.derived.iter().flat_map(|one| &one.branches);
        let reached = branches().filter(|branch| branch.reached).count();
        let total = branches().count();
        parts.push(format!(
            "{reached} of {total} branches and rows of derived attributes are reached by examples"
        ));
        self.page.section(&format!("{}.", parts.join("; ")));
    }
}
