//! What is not settled, for a terminal: contested and open conclusions, and the questions of the guide.
//! Lays out nothing else.

use std::collections::BTreeSet;

use crate::advice::Settling;

use super::super::page::Look;
use super::super::phrase;
use super::Layout;

impl Layout<'_> {
    pub(super) fn open(&mut self) {
        self.contested();
        let advice = self.advice;
        if advice.settling.is_empty() {
            return;
        }
        let rules: BTreeSet<&str> = advice
            .undecided
            .iter()
            .filter(|one| !one.contested)
            .map(|one| one.rule.as_str())
            .collect();
        let rules = phrase::count(rules.len(), "rule waits", "rules wait");
        self.page.section(&format!("OPEN: {rules} for facts; find out first"));
        for alike in alike(&advice.settling).iter().take(self.usual(3)) {
            self.settling(alike);
        }
        if !self.options.all {
            return;
        }
        self.conclusions();
    }

    /// Facts of one attribute or relation: the question of the first, and whom else it is asked about.
    fn settling(&mut self, alike: &[&Settling]) {
        let mut views = alike.iter().filter_map(|one| self.advice.facts.get(&one.fact));
        let Some(first) = views.next() else { return };
        let text = self.page.look(Look::Plain, &first.question);
        let others: Vec<&[String]> = views.map(|view| view.about.as_slice()).collect();
        let mut id = first.path.clone();
        if let Some(likewise) = phrase::likewise(&first.about, &others) {
            id = format!("{id}; {likewise}");
        }
        let text = format!("{text} {}", self.id(&id));
        self.page.tagged(Look::Plain, "?", &text);
        if self.options.explain {
            let rules: BTreeSet<&str> =
                alike.iter().flat_map(|one| &one.rules).map(String::as_str).collect();
            let rules: Vec<&str> = rules.into_iter().collect();
            self.page.detail("rules", &rules.join(", "));
        }
    }

    fn conclusions(&mut self) {
        let advice = self.advice;
        self.page.section("OPEN CONCLUSIONS");
        for one in advice.undecided.iter().filter(|one| !one.contested) {
            let text = format!("If so: {} ", one.text);
            let mut who = vec![one.rule.as_str()];
            who.extend(one.subject.iter().map(String::as_str));
            let text = format!("{}{}", self.page.look(Look::Plain, &text), self.id(&who.join(" ")));
            self.page.tagged(Look::Plain, "?", &text);
            let asks = phrase::waits_for(advice, &one.hangs_on);
            for (line, tag) in asks.iter().zip(std::iter::once("asks").chain(std::iter::repeat("")))
            {
                self.page.detail(tag, line);
            }
        }
    }

    fn contested(&mut self) {
        let advice = self.advice;
        let contested: Vec<_> = advice.undecided.iter().filter(|one| one.contested).collect();
        if contested.is_empty() {
            return;
        }
        self.page.section(&self.title("CONTESTED", contested.len(), self.usual(2)));
        for one in contested.into_iter().take(self.usual(2)) {
            let whom = crate::proof::wording::join(&one.believing, "or");
            let start = if whom.is_empty() {
                "It depends on whom one believes".to_owned()
            } else {
                format!("If one believes {whom}")
            };
            let text = self.page.look(Look::Plain, &format!("{start}: {} ", one.text));
            let text = format!("{text}{}", self.id(&one.rule));
            self.page.tagged(Look::Serious, "!", &text);
            let dispute = phrase::dispute(advice, one);
            if !dispute.is_empty() {
                let dispute = self.page.look(Look::Dim, &dispute);
                self.page.under(&dispute);
            }
        }
    }

    pub(super) fn questions(&mut self) {
        let asked: Vec<_> = self.advice.questions.iter().filter(|asked| asked.answerable).collect();
        if asked.is_empty() {
            return;
        }
        let answered = asked.iter().filter(|asked| asked.answered).count();
        let of_stage = phrase::of_stage(self.advice);
        let title = format!("KEY QUESTIONS{of_stage}: {answered} of {} answered", asked.len());
        self.page.section(&title);
        let limit = self.usual(2);
        for question in asked.iter().filter(|asked| !asked.answered).take(limit) {
            let text = self.page.look(Look::Plain, &question.title);
            let text = format!("{text} {}", self.id(&question.id));
            self.page.tagged(Look::Plain, "?", &text);
            if let Some(hint) = phrase::completes(question) {
                let hint = self.page.look(Look::Dim, &hint);
                self.page.under(&hint);
            }
        }
        self.more((asked.len() - answered).saturating_sub(limit));
        if self.options.all {
            for question in asked.iter().filter(|asked| asked.answered) {
                let text = self.page.look(Look::Plain, &question.title);
                let text = format!("{text} {}", self.id(&question.id));
                self.page.tagged(Look::Good, "answered", &text);
            }
        }
    }
}

/// Facts that would settle conclusions, those of one attribute or relation together, in the order of the first of each.
fn alike(settling: &[Settling]) -> Vec<Vec<&Settling>> {
    let mut groups: Vec<Vec<&Settling>> = Vec::new();
    for one in settling {
        let same = |other: &&mut Vec<&Settling>| {
            other.first().is_some_and(|first| first.fact.is_alike(one.fact))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}
