//! The value of one given fact: constants, bounds, sets, and what several speakers say.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::compile as code;
use crate::diagnostic::nearest::did_you_mean;
use crate::knowledge::{DomainId, Type, example::Statement};
use crate::source::Span;
use crate::syntax::tree::{GivenValue, Literal, Name, Order};
use crate::value::{Members, Possible};

use super::collect::twice;
use super::constant::{Constant, exactly, place};
use super::given::Reading;
use super::names::bit;

impl Reading<'_> {
    /// What is stated of a fact of a type.
    pub(super) fn statement(
        &mut self,
        value: &GivenValue,
        kind: Type,
        span: Span,
    ) -> Option<Statement> {
        match value {
            GivenValue::Says(says, _) => self.dispute(says, kind, span),
            GivenValue::Unknown(_) => {
                let possible = self.names.vocabulary.everything(kind);
                Some(Statement { possible, says: Vec::new(), unknown: true, span })
            }
            value => {
                let possible = self.possible(value, kind, span)?;
                Some(Statement { possible, says: Vec::new(), unknown: false, span })
            }
        }
    }

    fn dispute(
        &mut self,
        says: &[(Name, GivenValue)],
        kind: Type,
        span: Span,
    ) -> Option<Statement> {
        let mut heard: Vec<(&Name, Possible)> = Vec::new();
        for (speaker, value) in says {
            if let Some((first, _)) = heard.iter().find(|(name, _)| name.text == speaker.text) {
                let report = twice("a speaker", &speaker.text, speaker.span, first.span);
                self.diagnostics.push(report);
                continue;
            }
            let possible = match value {
                GivenValue::Unknown(_) => Some(self.names.vocabulary.everything(kind)),
                GivenValue::Says(_, span) => {
                    self.wrong(*span, "what somebody says is one value", "nested `says`");
                    None
                }
                value => self.possible(value, kind, span),
            };
            self.check_speaker(speaker);
            heard.extend(possible.map(|possible| (speaker, possible)));
        }
        let possible = heard.iter().map(|(_, possible)| *possible).reduce(Possible::join)?;
        let says = heard.into_iter().map(|(name, possible)| (name.text.clone(), possible));
        Some(Statement { possible, says: says.collect(), unknown: false, span })
    }

    fn check_speaker(&mut self, speaker: &Name) {
        let rows = self.rows();
        if rows.iter().any(|row| row.id == speaker.text) {
            return;
        }
        let known: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let message = format!("the example gives no row `{}` that could say this", speaker.text);
        let report = Diagnostic::new(code::UNLISTED_SPEAKER, speaker.span, message)
            .label("not given")
            .help(format!(
                "write who says it as its id stands in `given`, or add `{}` there",
                speaker.text
            ))
            .maybe_help(did_you_mean(&speaker.text, known));
        self.diagnostics.push(report);
    }

    fn possible(&mut self, value: &GivenValue, kind: Type, span: Span) -> Option<Possible> {
        match (value, kind) {
            (GivenValue::Set(members, _), Type::Set(domain)) => {
                let inside = self.members(domain, members)?;
                let all = self.names.vocabulary.members_of(domain);
                Some(Possible::Set { may_include: inside, may_exclude: all & !inside })
            }
            (GivenValue::Partial { includes, excludes, span }, Type::Set(domain)) => {
                self.partial(domain, includes, excludes, *span)
            }
            (GivenValue::OneOf(literals), Type::Choice(_) | Type::Number | Type::Date) => {
                self.one_of(literals, kind)
            }
            (GivenValue::Order(order, literal), Type::Choice(_) | Type::Number | Type::Date) => {
                self.ordered(*order, literal, kind)
            }
            (GivenValue::OneOf(literals), Type::Set(_)) => {
                let at = literals.first().map_or(span, place);
                let report = Diagnostic::new(code::WRONG_CONSTANT, at, "a set is given in braces")
                    .label(format!("expected {}", self.names.describe(kind)))
                    .help("write `{ … }` with all its members, or `includes { … }`");
                self.diagnostics.push(report);
                None
            }
            (GivenValue::Order(_, literal), Type::Set(_)) => {
                let message = "a set has no more or less";
                self.wrong(place(literal), message, "expected members in braces");
                None
            }
            (GivenValue::Set(_, at) | GivenValue::Partial { span: at, .. }, _) => {
                let message =
                    format!("this is a set, and the fact is {}", self.names.describe(kind));
                self.wrong(*at, &message, "expected one value");
                None
            }
            (GivenValue::Unknown(_) | GivenValue::Says(..), _) => None,
        }
    }

    fn members(&mut self, domain: DomainId, names: &[Name]) -> Option<Members> {
        let found: Vec<Option<usize>> =
            names.iter().map(|name| self.names.member(domain, name, self.diagnostics)).collect();
        let found: Option<Vec<usize>> = found.into_iter().collect();
        Some(found?.into_iter().map(bit).fold(0, |all, one| all | one))
    }

    fn partial(
        &mut self,
        domain: DomainId,
        includes: &[Name],
        excludes: &[Name],
        span: Span,
    ) -> Option<Possible> {
        if let Some(name) =
            excludes.iter().find(|out| includes.iter().any(|of| of.text == out.text))
        {
            let message = format!("`{}` is both in the set and outside it", name.text);
            let report = Diagnostic::new(code::CONTRADICTORY_EXAMPLE, name.span, message);
            self.diagnostics.push(report.label("excluded here").related(span, "in this fact"));
            return None;
        }
        let (inside, outside) = (self.members(domain, includes), self.members(domain, excludes));
        let (inside, outside) = (inside?, outside?);
        let all = self.names.vocabulary.members_of(domain);
        Some(Possible::Set { may_include: all & !outside, may_exclude: all & !inside })
    }

    fn one_of(&mut self, literals: &[Literal], kind: Type) -> Option<Possible> {
        let found: Vec<Option<Constant>> = literals
            .iter()
            .map(|literal| self.names.constant(literal, kind, self.diagnostics))
            .collect();
        let found: Option<Vec<Constant>> = found.into_iter().collect();
        if matches!(kind, Type::Number | Type::Date)
            && let [_, second, ..] = literals
        {
            let help = "give the one, or a bound: `at least …`, `at most …`";
            let message = "only members of a scale or enum have alternatives";
            let report = Diagnostic::new(code::WRONG_CONSTANT, place(second), message)
                .label("a second number or date")
                .help(help);
            self.diagnostics.push(report);
            return None;
        }
        found?.into_iter().map(exactly).reduce(Possible::join)
    }

    fn ordered(&mut self, order: Order, literal: &Literal, kind: Type) -> Option<Possible> {
        if let Type::Choice(domain) = kind
            && !self.names.is_scale(kind)
        {
            let domain = &self.names.vocabulary.domain(domain).name;
            let message = format!("`{domain}` has no more or less");
            let report = Diagnostic::new(code::UNORDERED, place(literal), message)
                .label("only scales, numbers and dates have an order")
                .help("write the values that are possible, with `or` between them");
            self.diagnostics.push(report);
            return None;
        }
        let constant = self.names.constant(literal, kind, self.diagnostics)?;
        let possible = constant.ordered(order, None, self.names.vocabulary.everything(kind));
        if possible == Possible::Choice(0) {
            self.wrong(place(literal), "no value is left", "nothing lies beyond this");
            return None;
        }
        Some(possible)
    }

    fn wrong(&mut self, span: Span, message: &str, label: &str) {
        self.diagnostics.push(Diagnostic::new(code::WRONG_CONSTANT, span, message).label(label));
    }
}
