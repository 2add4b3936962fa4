//! The vocabulary of `tests/fixtures/case/vocabulary.rules`, built by hand.

use convener::knowledge::{
    ActionId, Attribute, AttributeId, Domain, DomainId, DomainMember, Entity, EntityId, EntityKind,
    Field, Piece, Relation, RelationId, Template, Type, Vocabulary,
};
use convener::source::{SourceId, Span};
use convener::value::Possible;

const NOWHERE: Span = Span { source: SourceId(0), start: 0, end: 0 };

type Members<'a> = &'a [(&'a str, &'a str)];

fn domain(vocabulary: &mut Vocabulary, name: &str, ordered: bool, members: Members) -> DomainId {
    let members = members.iter().map(|(name, wording)| DomainMember {
        name: (*name).to_owned(),
        wording: (if wording.is_empty() { name } else { wording }).to_string(),
        fields: Vec::new(),
    });
    vocabulary.domains.push(Domain {
        name: name.to_owned(),
        ordered,
        members: members.collect(),
        rows: None,
        span: None,
    });
    DomainId(vocabulary.domains.len() - 1)
}

fn entity(vocabulary: &mut Vocabulary, name: &str, label: &str, kind: EntityKind) -> EntityId {
    vocabulary.entities.push(Entity {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        span: None,
    });
    EntityId(vocabulary.entities.len() - 1)
}

fn attribute(vocabulary: &mut Vocabulary, entity: EntityId, name: &str, kind: Type) -> AttributeId {
    let background = vocabulary.everything(kind);
    let words = |text: &str| Piece::Words(text.to_owned());
    let question = Template { pieces: vec![words("What about "), Piece::Itself, words("?")] };
    vocabulary.attributes.push(Attribute {
        name: name.to_owned(),
        entity,
        kind,
        background,
        has_default: false,
        fixed: None,
        derived: false,
        action: None,
        question: Some(question),
        cites: Vec::new(),
        span: None,
    });
    AttributeId(vocabulary.attributes.len() - 1)
}

fn default_no(vocabulary: &mut Vocabulary, id: AttributeId) {
    let attribute = &mut vocabulary.attributes[id.0];
    attribute.has_default = true;
    attribute.background = match attribute.background {
        Possible::Set { may_exclude, .. } => Possible::Set { may_include: 0, may_exclude },
        _ => Possible::Choice(1),
    };
}

fn action(vocabulary: &mut Vocabulary, entity: EntityId, name: &str, id: usize) {
    let attribute = attribute(vocabulary, entity, name, Type::YES_NO);
    vocabulary.attributes[attribute.0].action = Some(ActionId(id));
}

fn relation(
    vocabulary: &mut Vocabulary,
    name: &str,
    roles: [&str; 2],
    party: EntityId,
    kind: DomainId,
    symmetric: bool,
) -> RelationId {
    let all = vocabulary.members_of(kind);
    vocabulary.relations.push(Relation {
        name: name.to_owned(),
        entities: [party, party],
        roles: roles.map(str::to_owned),
        kind,
        symmetric,
        background: Possible::Choice(if symmetric { 1 } else { all }),
        has_default: symmetric,
        question: None,
        cites: Vec::new(),
        span: NOWHERE,
    });
    RelationId(vocabulary.relations.len() - 1)
}

/// The vocabulary.
pub fn vocabulary() -> Vocabulary {
    let mut words = Vocabulary::default();
    let v = &mut words;
    domain(v, "yes_no", false, &[("no", ""), ("yes", "")]);
    let level =
        domain(v, "level", true, &[("none", ""), ("low", ""), ("medium", ""), ("high", "")]);
    let resource =
        domain(v, "resource", false, &[("money", ""), ("labour", ""), ("relationships", "")]);
    let sectors =
        [("state", "government"), ("market", "business"), ("civil_society", "civil society")];
    let sector = domain(v, "sector", false, &sectors);
    let stages = [("preconditions", ""), ("convening", ""), ("implementation", "")];
    let stage = domain(v, "stage", true, &stages);
    let weakness = domain(v, "weakness", false, &[("inertia", ""), ("founder", "")]);
    for (member, typical) in [0, 1].into_iter().enumerate() {
        let field = ("typical".to_owned(), Field::Value(sector, typical));
        v.domains[weakness.0].members[member].fields.push(field);
    }
    let case = entity(v, "case", "", EntityKind::One);
    let issue = entity(v, "issue", "the issue at hand", EntityKind::One);
    let party = entity(v, "party", "a party to the partnership", EntityKind::Many);
    let partnership = entity(v, "partnership", "the partnership", EntityKind::One);
    let of_sector = entity(v, "sector", "", EntityKind::Members(sector));
    let of_weakness = entity(v, "weakness", "", EntityKind::Members(weakness));
    v.domains[sector.0].rows = Some(of_sector);
    v.domains[weakness.0].rows = Some(of_weakness);
    for (id, name) in ["co-sponsor", "organize-first"].iter().enumerate() {
        action(v, case, name, id);
    }
    attribute(v, issue, "crisis", Type::YES_NO);
    attribute(v, issue, "outlook", Type::Choice(sector));
    for (id, name) in ["co-sponsor", "organize-first"].iter().enumerate() {
        action(v, party, name, id);
    }
    attribute(v, party, "joined", Type::Date);
    let key = attribute(v, party, "key", Type::YES_NO);
    default_no(v, key);
    attribute(v, party, "members", Type::Number);
    attribute(v, party, "organized", Type::Choice(level));
    attribute(v, party, "resources", Type::Set(resource));
    attribute(v, party, "sector", Type::Set(sector));
    attribute(v, party, "trusted", Type::Choice(level));
    let weaknesses = attribute(v, party, "weaknesses", Type::Set(weakness));
    default_no(v, weaknesses);
    let form = attribute(v, partnership, "form", Type::Choice(level));
    v.attributes[form.0].derived = true;
    attribute(v, partnership, "stage", Type::Choice(stage));
    attribute(v, of_sector, "affected", Type::Choice(level));
    let typical = attribute(v, of_weakness, "typical", Type::Choice(sector));
    v.attributes[typical.0].fixed = Some(vec![0, 1]);
    relation(v, "credible", ["who", "to"], party, level, false);
    relation(v, "friends", ["a", "b"], party, Vocabulary::YES_NO, true);
    words
}
