//! Rules: where they fire and may fire for a subject, and what status follows.

use std::collections::BTreeSet;

use crate::knowledge::{EntityKind, Rule, RuleId, VariableId};

use super::owner::WORLD;
use super::program::{Atom, Body, Literal, text};
use super::{Bound, Export};

/// The status of a rule for a subject is the first that applies; only cases as they stand have conclusions.
const CONCLUSIONS: &str = "\
standing(World,Rule,Subject,said) :- standing(World,Rule,Subject,fires).
standing(World,Rule,Subject,said) :- standing(World,Rule,Subject,certain), standing(World,Rule,Subject,may_fire).
status(Case,Rule,Subject,fires) :- standing(as_stated(Case),Rule,Subject,fires).
status(Case,Rule,Subject,provisional) :- standing(as_stated(Case),Rule,Subject,said),
    not standing(as_stated(Case),Rule,Subject,fires).
status(Case,Rule,Subject,set_aside) :- standing(as_stated(Case),Rule,Subject,overridden),
    not standing(as_stated(Case),Rule,Subject,said).
heard(Case,Rule,Subject) :- standing(believing(Case,_),Rule,Subject,fires).
status(Case,Rule,Subject,contested) :- heard(Case,Rule,Subject), not standing(as_stated(Case),Rule,Subject,said),
    not standing(as_stated(Case),Rule,Subject,overridden).
status(Case,Rule,Subject,open) :- standing(as_stated(Case),Rule,Subject,may_fire), not heard(Case,Rule,Subject),
    not standing(as_stated(Case),Rule,Subject,said).
conclusion(Case,Rule,Status) :- status(Case,Rule,nobody,Status).
conclusion(Case,Rule,Status,A) :- status(Case,Rule,for(A),Status).
conclusion(Case,Rule,Status,A,B) :- status(Case,Rule,for(A,B),Status).
conclusion(Case,Rule,Status,A,B,C) :- status(Case,Rule,for(A,B,C),Status).
#show conclusion/3. #show conclusion/4. #show conclusion/5. #show conclusion/6.";

impl Export<'_> {
    /// All rules and their conclusions.
    pub(super) fn rules(&mut self) {
        let knowledge = self.knowledge;
        for (id, rule) in knowledge.rules.iter().enumerate() {
            self.rule(RuleId(id), rule);
        }
        self.program.comment("What becomes of each rule for each subject: the first that applies.");
        self.program.line("#defined standing/4.");
        for line in CONCLUSIONS.lines() {
            self.program.line(line);
        }
    }

    fn rule(&mut self, id: RuleId, rule: &Rule) {
        let place = self.place(rule.span);
        self.program.comment(&format!("rule {}, {place}", rule.name));
        let label = self.words.rule(id).to_owned();
        self.enter(&label, &rule.variables);
        let subject: BTreeSet<VariableId> = (0..rule.subjects).map(VariableId).collect();
        let names: Vec<String> = subject.iter().map(|one| self.variable(*one)).collect();
        let said = |what: &str, rule: &str| {
            let terms = std::iter::once(WORLD.to_owned()).chain(names.clone());
            Atom::new(format!("{what}_{rule}"), terms)
        };
        let has_exception = rule.unless != crate::knowledge::Condition::Any(Vec::new());
        for bound in Bound::BOTH {
            let mut body = self.subject_rows(rule);
            body.extend(self.condition(&rule.when, bound));
            self.program.rule(&said(bound.word(), &label), &body);
        }
        if has_exception {
            for bound in [Bound::Possible, Bound::Certain] {
                let exception = self.condition(&rule.unless, bound);
                let mut body = self.rows(&subject);
                body.extend(exception);
                self.program.rule(&said(bound.word(), &format!("{label}_unless")), &body);
            }
        }
        let rivals: Vec<String> =
            rule.overridden_by.iter().map(|rival| self.words.rule(*rival).to_owned()).collect();
        let body = |bound: Bound| {
            let mut body = vec![Literal::Holds(said(bound.word(), &label))];
            if has_exception {
                let exception = said(bound.other().word(), &format!("{label}_unless"));
                body.push(Literal::Fails(exception));
            }
            body
        };
        let kinds = [("fires", Bound::Certain, "may_fire"), ("may_fire", Bound::Possible, "fires")];
        for (what, bound, rival) in kinds {
            let mut whole = body(bound);
            whole.extend(rivals.iter().map(|name| Literal::Fails(said(rival, name))));
            self.program.rule(&said(what, &label), &whole);
        }
        for name in &rivals {
            let mut whole = body(Bound::Possible);
            whole.push(Literal::Holds(said("fires", name)));
            self.program.rule(&said("overridden", &label), &whole);
        }
        self.standings(rule, &names, &label, !rivals.is_empty());
    }

    /// Which rows can be a subject: listed ones, kept apart, in order under `two`.
    fn subject_rows(&self, rule: &Rule) -> Body {
        let mut body = Vec::new();
        for variable in (0..rule.subjects).map(VariableId) {
            body.extend(self.candidate(variable, Bound::Certain));
        }
        let members =
            (0..rule.subjects).all(|variable| !self.is_many(self.entity(VariableId(variable))));
        if members {
            body.insert(0, Literal::Holds(Atom::new("world", [WORLD])));
        }
        if rule.two {
            let [a, b] = [VariableId(0), VariableId(1)];
            let entity = self.knowledge.vocabulary.entity(self.entity(a));
            let [one, other] = [self.variable(a), self.variable(b)];
            if let EntityKind::Members(domain) = entity.kind {
                body.push(Literal::Holds(self.words.member(domain, &one, "First")));
                body.push(Literal::Holds(self.words.member(domain, &other, "Second")));
                body.push(Literal::compare("First", "<", "Second"));
            } else {
                body.push(Literal::compare(one, "<", other));
            }
        }
        body
    }

    /// The same for every rule alike.
    fn standings(&mut self, rule: &Rule, names: &[String], label: &str, overridden: bool) {
        let subject = if names.is_empty() {
            "nobody".to_owned()
        } else {
            format!("for({})", names.join(","))
        };
        let kinds = [
            ("fires", "fires"),
            ("may_fire", "may_fire"),
            ("certain", "certainly"),
            ("overridden", "overridden"),
        ];
        for (standing, what) in kinds {
            if standing == "overridden" && !overridden {
                continue;
            }
            let terms = std::iter::once(WORLD.to_owned()).chain(names.iter().cloned());
            let body = [Literal::Holds(Atom::new(format!("{what}_{label}"), terms))];
            let terms = [WORLD, &text(&rule.name), &subject, standing];
            self.program.rule(&Atom::new("standing", terms), &body);
        }
    }
}
