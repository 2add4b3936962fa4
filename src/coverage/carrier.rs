//! What a pack can carry a passage of the guide with: everything that may cite.

use crate::knowledge::{AttributeId, CitationId, DerivationBody, KnowledgeBase};
use crate::source::Span;

/// What kind of thing carries a passage; those that run come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A rule.
    Rule,
    /// A definition.
    Definition,
    /// A derived attribute with branches, or the highest or lowest of something.
    Derived,
    /// A derived attribute with a table.
    Table,
    /// A question of the guide.
    Question,
    /// An attribute that a case states.
    Attribute,
    /// A relation.
    Relation,
    /// A member of a scale or enum.
    Member,
    /// A risk.
    Risk,
    /// An action.
    Action,
    /// A caveat.
    Caveat,
    /// A case.
    Case,
}

impl Kind {
    /// Whether something comes of it when a case is looked at.
    #[must_use]
    pub fn runs(self) -> bool {
        self <= Kind::Question
    }
}

/// Something that carries a passage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Carrier {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// Everything in the packs that cites, with what it cites.
pub(super) fn carriers(kb: &KnowledgeBase) -> Vec<(Carrier, &[CitationId])> {
    let mut all = running(kb);
    all.extend(facts(kb));
    all.extend(kb.risks.iter().map(|it| cited(Kind::Risk, &it.name, it.span, &it.cites)));
    all.extend(kb.actions.iter().map(|it| cited(Kind::Action, &it.name, it.span, &it.cites)));
    all.extend(kb.caveats.iter().map(|it| cited(Kind::Caveat, &it.name, it.span, &it.cites)));
    all
}

fn cited<'k>(
    kind: Kind,
    name: &str,
    span: Span,
    cites: &'k [CitationId],
) -> (Carrier, &'k [CitationId]) {
    (Carrier { kind, name: name.to_owned(), span }, cites)
}

fn running(kb: &KnowledgeBase) -> Vec<(Carrier, &[CitationId])> {
    let mut all = Vec::new();
    all.extend(kb.rules.iter().map(|it| cited(Kind::Rule, &it.name, it.span, &it.cites)));
    for predicate in &kb.predicates {
        let one = |it| (Kind::Definition, it);
        all.extend(
            predicate
                .definitions
                .iter()
                .map(one)
                .map(|(kind, it)| cited(kind, &predicate.name, it.span, &it.cites)),
        );
    }
    for derivation in kb.derivations.values() {
        let kind = match derivation.body {
            DerivationBody::Table { .. } => Kind::Table,
            DerivationBody::Branches(_) | DerivationBody::Extreme(_) => Kind::Derived,
        };
        let name = path(kb, derivation.attribute);
        all.push(cited(kind, &name, derivation.span, &derivation.cites));
    }
    all.extend(kb.questions.iter().map(|it| cited(Kind::Question, &it.name, it.span, &it.cites)));
    all
}

fn facts(kb: &KnowledgeBase) -> Vec<(Carrier, &[CitationId])> {
    let mut all = Vec::new();
    for (index, attribute) in kb.vocabulary.attributes.iter().enumerate() {
        let Some(span) = attribute.span.filter(|_| !attribute.derived) else { continue };
        let name = path(kb, AttributeId(index));
        all.push(cited(Kind::Attribute, &name, span, &attribute.cites));
    }
    for relation in &kb.vocabulary.relations {
        all.push(cited(Kind::Relation, &relation.name, relation.span, &relation.cites));
    }
    for domain in &kb.vocabulary.domains {
        for member in &domain.members {
            let Some(span) = member.span else { continue };
            let name = format!("{}.{}", domain.name, member.name);
            all.push(cited(Kind::Member, &name, span, &member.cites));
        }
    }
    all
}

/// `partnership.stage`.
pub(super) fn path(kb: &KnowledgeBase, attribute: AttributeId) -> String {
    let attribute = kb.vocabulary.attribute(attribute);
    format!("{}.{}", kb.vocabulary.entity(attribute.entity).name, attribute.name)
}
