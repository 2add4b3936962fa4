//! Scales, entities, relations, risks, actions, questions, passages declined and caveats.

use super::ground::{Builder, Pair, child, children, has};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{
    Action, Attribute, Caveat, Changes, Citation, Declines, Default, Domain, Entity, EntityKind,
    FieldValue, Member, Question, Relation, Risk, Text,
};

/// What may stand after the type of an attribute or relation.
#[derive(std::default::Default)]
struct Parts {
    default: Option<(Default, Span)>,
    changes: Option<(Changes, Span)>,
    question: Option<(Text, Span)>,
    cites: Option<(Vec<Citation>, Span)>,
    symmetric: Option<((), Span)>,
}

/// What was kept of a clause.
pub(super) fn kept<T>(slot: Option<(T, Span)>) -> Option<T> {
    slot.map(|(value, _)| value)
}

fn changes(pair: &Pair<'_>) -> Changes {
    if has(pair, Rule::CHANGES_BY_ACTING) {
        Changes::ByActing
    } else if has(pair, Rule::NEVER_CHANGES) {
        Changes::Never
    } else {
        Changes::ByItself
    }
}

impl Builder<'_, '_> {
    /// `scale` or `enum`.
    pub(super) fn domain(&mut self, pair: &Pair<'_>) -> Option<Domain> {
        Some(Domain {
            ordered: has(pair, Rule::SCALE),
            name: self.child_name(pair, Rule::name)?,
            members: children(pair, Rule::member)
                .filter_map(|member| self.member(&member))
                .collect(),
        })
    }

    fn member(&mut self, pair: &Pair<'_>) -> Option<Member> {
        let (mut fields, mut cites) = (Vec::new(), None);
        for part in child(pair, Rule::fields).into_iter().flat_map(Pair::into_inner) {
            match part.as_rule() {
                Rule::field => fields.extend(self.field(&part)),
                Rule::cites => {
                    let value = Some(self.citations(&part));
                    self.once(&mut cites, value, &part);
                }
                _ => {}
            }
        }
        Some(Member {
            name: self.child_name(pair, Rule::name)?,
            wording: self.child_text(pair),
            fields,
            cites: kept(cites).unwrap_or_default(),
        })
    }

    fn field(&mut self, pair: &Pair<'_>) -> Option<(crate::syntax::tree::Name, FieldValue)> {
        let mut names = self.names(pair, Rule::name).into_iter();
        let name = names.next()?;
        let value = match self.child_text(pair) {
            Some(text) => FieldValue::Text(text),
            None => FieldValue::Name(names.next()?),
        };
        Some((name, value))
    }

    /// The first text among the children of a node.
    pub(super) fn child_text(&mut self, pair: &Pair<'_>) -> Option<Text> {
        child(pair, Rule::text).map(|text| self.text(&text))
    }

    /// `entity`, `one` or `attributes of`.
    pub(super) fn entity(&mut self, pair: &Pair<'_>) -> Option<Entity> {
        let kind = match pair.clone().into_inner().next()?.as_rule() {
            Rule::ENTITY => EntityKind::Many,
            Rule::ONE => EntityKind::One,
            _ => EntityKind::Members,
        };
        let attributes = child(pair, Rule::attributes)?;
        Some(Entity {
            kind,
            name: self.child_name(pair, Rule::name)?,
            label: self.child_text(pair),
            attributes: children(&attributes, Rule::attribute)
                .filter_map(|attribute| self.attribute(&attribute))
                .collect(),
            span: self.span(pair),
        })
    }

    fn attribute(&mut self, pair: &Pair<'_>) -> Option<Attribute> {
        let parts = self.parts(pair);
        Some(Attribute {
            name: self.child_name(pair, Rule::name)?,
            kind: self.kind(&child(pair, Rule::kind)?)?,
            default: kept(parts.default),
            changes: kept(parts.changes),
            question: kept(parts.question),
            cites: kept(parts.cites).unwrap_or_default(),
        })
    }

    fn parts(&mut self, pair: &Pair<'_>) -> Parts {
        let mut parts = Parts::default();
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::default => {
                    let value = self.default(&part);
                    self.once(&mut parts.default, value, &part);
                }
                Rule::changes => {
                    self.once(&mut parts.changes, Some(changes(&part)), &part);
                }
                Rule::text => {
                    let value = Some(self.text(&part));
                    self.once(&mut parts.question, value, &part);
                }
                Rule::cites => {
                    let value = Some(self.citations(&part));
                    self.once(&mut parts.cites, value, &part);
                }
                Rule::SYMMETRIC => self.once(&mut parts.symmetric, Some(()), &part),
                _ => {}
            }
        }
        parts
    }

    /// `relation`.
    pub(super) fn relation(&mut self, pair: &Pair<'_>) -> Option<Relation> {
        let parts = self.parts(pair);
        Some(Relation {
            name: self.child_name(pair, Rule::name)?,
            roles: self.rows(pair).into_iter().map(|(_, role)| role).collect(),
            kind: self.kind(&child(pair, Rule::kind)?)?,
            symmetric: parts.symmetric.is_some(),
            default: kept(parts.default),
            changes: kept(parts.changes),
            question: kept(parts.question),
            cites: kept(parts.cites).unwrap_or_default(),
            span: self.span(pair),
        })
    }

    /// `risk`.
    pub(super) fn risk(&mut self, pair: &Pair<'_>) -> Option<Risk> {
        Some(Risk {
            name: self.child_name(pair, Rule::id)?,
            title: self.child_text(pair)?,
            cites: child(pair, Rule::cites).map_or_else(Vec::new, |cites| self.citations(&cites)),
        })
    }

    /// `action`.
    pub(super) fn action(&mut self, pair: &Pair<'_>) -> Option<Action> {
        let (mut stage, mut after, mut default, mut cites) = (None, None, None, None);
        let mut opposes = Vec::new();
        for clause in pair.clone().into_inner() {
            match clause.as_rule() {
                Rule::stage => {
                    let value = self.child_name(&clause, Rule::name);
                    self.once(&mut stage, value, &clause);
                }
                Rule::after => {
                    let value = Some(self.names(&clause, Rule::id));
                    self.once(&mut after, value, &clause);
                }
                Rule::opposes => {
                    let other = self.child_name(&clause, Rule::id);
                    opposes.extend(other.zip(self.child_text(&clause)));
                }
                Rule::default => {
                    let value = self.default(&clause);
                    self.once(&mut default, value, &clause);
                }
                Rule::cites => {
                    let value = Some(self.citations(&clause));
                    self.once(&mut cites, value, &clause);
                }
                _ => {}
            }
        }
        Some(Action {
            name: self.child_name(pair, Rule::id)?,
            title: self.child_text(pair)?,
            stage: kept(stage),
            after: kept(after).unwrap_or_default(),
            opposes,
            default: kept(default),
            cites: kept(cites).unwrap_or_default(),
        })
    }

    /// `question`.
    pub(super) fn question(&mut self, pair: &Pair<'_>) -> Option<Question> {
        let (mut stage, mut cites, mut answered) = (None, None, None);
        for clause in pair.clone().into_inner() {
            match clause.as_rule() {
                Rule::stage => {
                    let value = self.child_name(&clause, Rule::name);
                    self.once(&mut stage, value, &clause);
                }
                Rule::cites => {
                    let value = Some(self.citations(&clause));
                    self.once(&mut cites, value, &clause);
                }
                Rule::answered => {
                    let value = self.child_block(&clause);
                    self.once(&mut answered, value, &clause);
                }
                _ => {}
            }
        }
        Some(Question {
            name: self.child_name(pair, Rule::id)?,
            title: self.child_text(pair)?,
            stage: kept(stage),
            cites: kept(cites).unwrap_or_default(),
            answered: kept(answered),
        })
    }

    /// `declines`.
    pub(super) fn declines(&mut self, pair: &Pair<'_>) -> Option<Declines> {
        Some(Declines { passages: self.citations(pair), reason: self.child_text(pair)? })
    }

    /// `caveat`.
    pub(super) fn caveat(&mut self, pair: &Pair<'_>) -> Option<Caveat> {
        let (mut stage, mut cites) = (None, None);
        for clause in pair.clone().into_inner() {
            match clause.as_rule() {
                Rule::stage => {
                    let value = self.child_name(&clause, Rule::name);
                    self.once(&mut stage, value, &clause);
                }
                Rule::cites => {
                    let value = Some(self.citations(&clause));
                    self.once(&mut cites, value, &clause);
                }
                _ => {}
            }
        }
        Some(Caveat {
            name: self.child_name(pair, Rule::id)?,
            text: self.child_text(pair)?,
            stage: kept(stage),
            cites: kept(cites).unwrap_or_default(),
        })
    }
}
