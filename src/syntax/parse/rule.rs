//! Rules, their clauses, and the ranking.

use super::declaration::kept;
use super::ground::{Builder, Pair, child, children, has};
use crate::source::Span;
use crate::syntax::grammar::Rule as Grammar;
use crate::syntax::tree::{
    Advice, AdviceKind, Block, Citation, Name, Parameter, Qualifies, Ranking, Rule, StageClause,
    Subject,
};

/// The clauses of a rule; those that may stand once with their place.
#[derive(Default)]
struct Clauses {
    stage: Option<(StageClause, Span)>,
    cites: Option<(Vec<Citation>, Span)>,
    subject: Option<(Subject, Span)>,
    when: Option<(Block, Span)>,
    unless: Vec<Block>,
    overrides: Option<(Vec<Name>, Span)>,
    qualifies: Option<(Qualifies, Span)>,
    advice: Vec<Advice>,
}

impl Builder<'_, '_> {
    /// `rule`.
    pub(super) fn rule(&mut self, pair: &Pair<'_>) -> Option<Rule> {
        let mut clauses = Clauses::default();
        for clause in pair.clone().into_inner() {
            self.clause(&clause, &mut clauses);
        }
        Some(Rule {
            name: self.child_name(pair, Grammar::id)?,
            stage: kept(clauses.stage),
            cites: kept(clauses.cites).unwrap_or_default(),
            subject: kept(clauses.subject),
            when: kept(clauses.when),
            unless: clauses.unless,
            overrides: kept(clauses.overrides).unwrap_or_default(),
            qualifies: kept(clauses.qualifies),
            advice: clauses.advice,
            span: self.span(pair),
        })
    }

    fn clause(&mut self, clause: &Pair<'_>, clauses: &mut Clauses) {
        match clause.as_rule() {
            Grammar::stage_clause => {
                let only = has(clause, Grammar::ONLY);
                let stage = self.child_name(clause, Grammar::name);
                let value = stage.map(|stage| StageClause { stage, only });
                self.once(&mut clauses.stage, value, clause);
            }
            Grammar::cites => {
                let value = Some(self.citations(clause));
                self.once(&mut clauses.cites, value, clause);
            }
            Grammar::subject => {
                let value = self.subject(clause);
                self.once(&mut clauses.subject, value, clause);
            }
            Grammar::when => {
                let value = self.child_block(clause);
                self.once(&mut clauses.when, value, clause);
            }
            Grammar::unless => clauses.unless.extend(self.child_block(clause)),
            Grammar::overrides => {
                let value = Some(self.names(clause, Grammar::id));
                self.once(&mut clauses.overrides, value, clause);
            }
            Grammar::qualifies => {
                let value = Some(self.qualifies(clause));
                self.once(&mut clauses.qualifies, value, clause);
            }
            _ => clauses.advice.extend(self.advice(clause)),
        }
    }

    fn subject(&mut self, pair: &Pair<'_>) -> Option<Subject> {
        let condition = self.child_block(pair);
        let Some(two) = child(pair, Grammar::two) else {
            return Some(Subject { two: false, parameters: self.rows(pair), condition });
        };
        let mut names = self.names(&two, Grammar::name).into_iter();
        let entity = names.next()?;
        let parameters =
            names.map(|name| (false, Parameter { entity: entity.clone(), name })).collect();
        Some(Subject { two: true, parameters, condition })
    }

    fn qualifies(&self, pair: &Pair<'_>) -> Qualifies {
        Qualifies {
            rules: self.names(pair, Grammar::id),
            citing: child(pair, Grammar::citing)
                .map_or_else(Vec::new, |citing| self.citations(&citing)),
            to: self.child_name(pair, Grammar::severity),
        }
    }

    fn advice(&mut self, pair: &Pair<'_>) -> Option<Advice> {
        let about = self.child_name(pair, Grammar::id);
        let severity = self.child_name(pair, Grammar::severity);
        let kind = match pair.as_rule() {
            Grammar::warn => AdviceKind::Warn(about?, severity?),
            Grammar::recommend => AdviceKind::Recommend(about?, severity?),
            Grammar::encourage => AdviceKind::Encourage,
            Grammar::note => AdviceKind::Note,
            _ => return None,
        };
        Some(Advice { kind, text: self.child_text(pair)?, span: self.span(pair) })
    }

    /// `ranking`.
    pub(super) fn ranking(&mut self, pair: &Pair<'_>) -> Ranking {
        let (mut stage, mut severity, mut timing) = (None, None, None);
        for clause in pair.clone().into_inner() {
            match clause.as_rule() {
                Grammar::ranking_stage => {
                    let value = child(&clause, Grammar::path).map(|path| self.path(&path));
                    self.once(&mut stage, value, &clause);
                }
                Grammar::severities => {
                    let value = Some(self.weights(&clause));
                    self.once(&mut severity, value, &clause);
                }
                Grammar::timings => {
                    let value = Some(self.weights(&clause));
                    self.once(&mut timing, value, &clause);
                }
                _ => {}
            }
        }
        Ranking {
            stage: kept(stage),
            severity: kept(severity).unwrap_or_default(),
            timing: kept(timing).unwrap_or_default(),
            span: self.span(pair),
        }
    }

    fn weights(&mut self, pair: &Pair<'_>) -> Vec<(Name, i64)> {
        children(pair, Grammar::weight)
            .filter_map(|weight| {
                let figure = child(&weight, Grammar::figure)?;
                Some((self.child_name(&weight, Grammar::name)?, self.number(&figure)))
            })
            .collect()
    }
}
