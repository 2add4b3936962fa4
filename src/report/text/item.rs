//! One piece of advice for a terminal: its title, its reasons, what they rest on.
//! Decides nothing about how many are shown.

use std::collections::BTreeSet;

use crate::advice::{Item, Reason};
use crate::knowledge::Severity;
use crate::precedent::Line;
use crate::proof::Fact;

use super::super::page::Look;
use super::super::phrase;
use super::Layout;

impl Layout<'_> {
    pub(super) fn item(&mut self, item: &Item, precedent: Option<&Line>) {
        let look = match item.severity {
            Severity::Critical => Look::Grave,
            Severity::High => Look::Serious,
            Severity::Medium | Severity::Low => Look::Plain,
        };
        let title = self.page.look(Look::Strong, &item.title);
        let mut line = format!("{title} {}", self.id(&item.id));
        let marks = self.marks(item);
        if !marks.is_empty() {
            let marks = self.page.look(Look::Dim, &format!("({})", marks.join("; ")));
            line = format!("{line} {marks}");
        }
        self.page.tagged(look, phrase::severity(item.severity), &line);
        if self.options.explain {
            self.sum(item);
        }
        if self.options.all || self.options.explain {
            self.reasons(item);
        } else {
            self.first_reason(item);
        }
        self.precedent(precedent);
    }

    fn first_reason(&mut self, item: &Item) {
        let Some(reason) = item.reasons.first() else { return };
        let mut more: Vec<String> = self.likewise(reason, &item.reasons).into_iter().collect();
        let rules: BTreeSet<&str> = item.reasons.iter().map(|other| other.rule.as_str()).collect();
        if rules.len() > 1 {
            let count = phrase::count(rules.len() - 1, "more reason", "more reasons");
            more.push(format!("+ {count}"));
        }
        self.told(&reason.text, &more);
        if let Some(note) = reason.notes.first() {
            let note = self.page.look(Look::Dim, &format!("But: {note}"));
            self.page.under(&note);
        }
        self.unless(reason);
    }

    /// A text under its tag, and in parentheses what more there is.
    fn told(&mut self, text: &str, more: &[String]) {
        let mut text = self.page.look(Look::Plain, text);
        if !more.is_empty() {
            let more = self.page.look(Look::Dim, &format!("({})", more.join("; ")));
            text = format!("{text} {more}");
        }
        self.page.under(&text);
    }

    /// Of whom the same rule says the same, where only the first is told in full.
    pub(super) fn likewise(&self, first: &Reason, all: &[Reason]) -> Option<String> {
        if self.options.all || self.options.explain {
            return None;
        }
        let same = |other: &&Reason| other.rule == first.rule && other.subject != first.subject;
        let others = all.iter().filter(same).filter(|other| other.done == first.done);
        let others: Vec<&[String]> = others.map(|other| other.names.as_slice()).collect();
        phrase::likewise(&first.names, &others)
    }

    /// What is to be said of an item beside how grave it is: why it stands where it stands, and how firm it is.
    fn marks(&self, item: &Item) -> Vec<String> {
        let mut marks = Vec::new();
        if item.is_overdue() {
            marks.push("overdue".to_owned());
        }
        if item.rank_score > item.score {
            let later = self.advice.recommendations.iter();
            let later = later.filter(|other| !other.done && other.after.contains(&item.id));
            let later = later.max_by_key(|other| other.rank_score);
            marks.extend(later.map(|later| format!("first step to {}", later.id)));
        } else if item.is_for_later() {
            marks.push("a later step".to_owned());
        }
        let Some(first) = item.reasons.first() else { return marks };
        if first.done_before {
            marks.push("done before this came up".to_owned());
        }
        if first.is_assumed(self.advice) {
            marks.push("rests on an assumption".to_owned());
        }
        marks
    }

    pub(super) fn unless(&mut self, reason: &Reason) {
        if let Some(text) = self.exceptions(reason, 1) {
            self.page.under(&text);
        }
    }

    /// What provisional advice waits for.
    fn exceptions(&self, reason: &Reason, limit: usize) -> Option<String> {
        let open = reason.provisional.then(|| phrase::provisional(self.advice, reason, limit))?;
        Some(self.page.look(Look::Dim, &open))
    }

    pub(super) fn reasons(&mut self, item: &Item) {
        for reason in &item.reasons {
            self.reason(reason);
        }
    }

    fn reason(&mut self, reason: &Reason) {
        let mut who = vec![reason.rule.as_str()];
        who.extend(reason.subject.iter().map(String::as_str));
        let done = phrase::done(reason);
        let text = format!(
            "{}{done} {}",
            self.page.look(Look::Plain, &reason.text),
            self.id(&who.join(" "))
        );
        self.page.bullet(&text);
        for note in &reason.notes {
            self.page.detail("note", note);
        }
        if let Some(text) = self.exceptions(reason, usize::MAX) {
            self.page.under_bullet(&text);
        }
        if self.options.explain {
            self.grounds(reason);
        }
    }

    pub(super) fn because(&mut self, facts: &[Fact]) {
        for view in facts.iter().filter_map(|fact| self.advice.facts.get(fact)) {
            self.page.detail("because", &phrase::fact(view, self.sources));
        }
    }

    pub(super) fn grounds(&mut self, reason: &Reason) {
        self.because(&reason.facts);
        for cited in &reason.cites {
            self.page.detail("guide", &phrase::cited(cited));
        }
        if let Some(place) = phrase::place(self.sources, reason.span) {
            self.page.detail("rule", &place);
        }
    }

    fn sum(&mut self, item: &Item) {
        let total = phrase::score(item.score);
        let ranked = if item.rank_score == item.score {
            String::new()
        } else {
            format!(", ranked by {} of a later step", phrase::score(item.rank_score))
        };
        let evidence = phrase::evidence(item.evidence);
        self.page.detail("score", &format!("{total}{ranked}; evidence: {evidence}"));
        for weight in &item.weights {
            self.page.detail("", &format!("{}: {}", weight.rule, phrase::weight(weight)));
        }
        if !item.after.is_empty() {
            self.page.detail("after", &item.after.join(", "));
        }
    }
}
