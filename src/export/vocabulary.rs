//! The words of a pack: members of domains, rows, and what attributes and relations may be where a case states something
//! of them and where it does not.

use crate::knowledge::{
    Attribute, AttributeId, DomainId, EntityId, EntityKind, Relation, RelationId, Type,
};
use crate::value::Possible;

use super::Export;
use super::owner::WORLD;
use super::program::{Atom, Body, Literal, member, text};

/// What holds in a world: a speaker's word where one is believed, else what is stated.
const WORLDS: &str = "\
of(as_stated(Case),Case) :- case(Case,_).
of(believing(Case,Speaker),Case) :- said(Case,Speaker,_,_,_).
world(World) :- of(World,_).
given(World,Fact,Row,Value) :- of(World,Case), World = believing(Case,Speaker), said(Case,Speaker,Fact,Row,Value).
hears(World,Fact,Row) :- of(World,Case), World = believing(Case,Speaker), said(Case,Speaker,Fact,Row,_).
given(World,Fact,Row,Value) :- of(World,Case), stated(Case,Fact,Row,Value), not hears(World,Fact,Row).
given(World,Fact,Row) :- given(World,Fact,Row,_).
settled(World,Fact,Row) :- given(World,Fact,Row,Value), Value != \"unknown\".";

impl Export<'_> {
    /// Everything that the vocabulary says.
    pub(super) fn vocabulary(&mut self) {
        self.program.comment("Worlds, and what is given in them.");
        for line in WORLDS.lines() {
            self.program.line(line);
        }
        self.program
            .line("#defined complete/2. #defined row/3. #defined said/5. #defined stated/4.");
        self.program.line("#defined today/2. #defined case/2.");
        self.program.comment("Members of scales and enums, each with its place.");
        let words = &self.knowledge.vocabulary;
        for (id, domain) in words.domains.iter().enumerate() {
            let members = domain.members.iter().enumerate();
            let members: Vec<Atom> = members
                .map(|(place, one)| {
                    self.words.member(DomainId(id), &member(&one.name), &place.to_string())
                })
                .collect();
            self.program.facts(&members, None);
        }
        for (id, entity) in words.entities.iter().enumerate() {
            if entity.kind == EntityKind::Many {
                self.rows_of(EntityId(id));
            }
        }
        for (id, attribute) in words.attributes.iter().enumerate() {
            self.attribute_of(AttributeId(id), attribute);
        }
        for (id, relation) in words.relations.iter().enumerate() {
            self.relation_of(RelationId(id), relation);
        }
    }

    fn rows_of(&mut self, entity: EntityId) {
        let name = &self.knowledge.vocabulary.entity(entity).name;
        self.program.comment(&format!(
            "Rows of {name}; `unlisted` stands for all that a case does not list."
        ));
        let id = text(name);
        let of = Literal::Holds(Atom::new("of", [WORLD, "Case"]));
        let [listed, any] = ["Row", "Row"].map(|row| self.words.listed(entity, row));
        let any = Atom { name: self.words.any(entity, "Row").name, ..any };
        let row = Literal::Holds(Atom::new("row", ["Case", &id, "Row"]));
        self.program.rule(&listed, &[of.clone(), row]);
        self.program.rule(&any, &[Literal::Holds(listed.clone())]);
        let unlisted = self.words.any(entity, "unlisted");
        let complete = Literal::Fails(Atom::new("complete", ["Case", &id]));
        self.program.rule(&unlisted, &[of, complete]);
        let [one, other] = ["Row", "Other"].map(|row| Literal::Holds(self.words.any(entity, row)));
        let differ = self.words.apart(entity, "Row", "Other");
        self.program.rule(&differ, &[one, other, Literal::compare("Row", "!=", "Other")]);
        let twice = self.words.apart(entity, "unlisted", "unlisted");
        self.program.rule(&twice, &[Literal::Holds(unlisted)]);
        let same = self.words.same(entity, "Row", "Row");
        self.program.rule(&same, &[Literal::Holds(listed)]);
    }

    fn attribute_of(&mut self, id: AttributeId, attribute: &Attribute) {
        let fact = self.words.fact(id);
        self.program.comment(&fact.replace('"', ""));
        if let Some(fixed) = &attribute.fixed {
            self.fixed(id, attribute, fixed);
            return;
        }
        let (rows, row) = self.rows_and_row(attribute.entity);
        let stated = if row.is_empty() { "only".to_owned() } else { row.concat() };
        let key = [WORLD.to_owned(), fact, stated];
        self.values(id, attribute, &rows, &row, &key);
        let head = |what: &str| {
            let terms = std::iter::once(WORLD.to_owned()).chain(row.clone());
            Atom::new(self.words.attribute(what, id), terms)
        };
        if attribute.derived {
            let Type::Choice(_) = attribute.kind else { return };
            let (may, derived) = (head("may").with("Value"), head("derived").with("Value"));
            let settled = Literal::Fails(Atom::new("settled", key));
            self.program.rule(&may, &[Literal::Holds(derived), settled]);
            return;
        }
        let nothing = Literal::Fails(Atom::new("given", key.clone()));
        let mut body = rows;
        body.push(nothing);
        match (attribute.background, attribute.kind) {
            (Possible::Choice(_), Type::Choice(domain)) if !attribute.has_default => {
                body.pop();
                body.push(self.any_member(domain, "Value"));
                body.push(Literal::Fails(Atom::new("settled", key)));
                let may = head("may").with("Value");
                self.program.rule(&may, &body);
            }
            (background, kind) => {
                for (what, value) in self.statements(background, kind) {
                    let atom = head(what).with(value);
                    self.program.rule(&atom, &body);
                }
            }
        }
    }

    /// What a case gives for an attribute.
    fn values(
        &mut self,
        id: AttributeId,
        attribute: &Attribute,
        rows: &Body,
        row: &[String],
        key: &[String; 3],
    ) {
        let given = |value: &str| {
            Literal::Holds(Atom::new("given", key.iter().cloned().chain([value.to_owned()])))
        };
        let head = |what: &str, value: &str| {
            let terms = std::iter::once(WORLD.to_owned()).chain(row.iter().cloned());
            Atom::new(self.words.attribute(what, id), terms).with(value)
        };
        match attribute.kind {
            Type::Choice(domain) => {
                let member = self.any_member(domain, "Value");
                let may = head("may", "Value");
                self.program.rule(&may, &[given("Value"), member.clone()]);
                if attribute.has_default && !attribute.derived {
                    let mut body = rows.clone();
                    body.extend([given("\"unknown\""), member]);
                    self.program.rule(&may, &body);
                }
            }
            Type::Set(_) => {
                for what in ["includes", "excludes"] {
                    let head = head(what, "Member");
                    self.program.rule(&head, &[given(&format!("{what}(Member)"))]);
                }
            }
            Type::Number | Type::Date => {
                for (what, said) in [("least", "at_least"), ("most", "at_most")] {
                    let head = head(what, "Number");
                    self.program.rule(&head, &[given(&format!("{said}(Number)"))]);
                }
            }
        }
    }

    fn fixed(&mut self, id: AttributeId, attribute: &Attribute, fixed: &[usize]) {
        let (EntityKind::Members(domain), Type::Choice(values)) =
            (self.knowledge.vocabulary.entity(attribute.entity).kind, attribute.kind)
        else {
            return;
        };
        let world = Literal::Holds(Atom::new("world", [WORLD]));
        // Not every member is the value of some row.
        self.program.line(&format!("#defined {}/3.", self.words.attribute("may", id)));
        for (row, value) in fixed.iter().enumerate() {
            let terms = [WORLD.to_owned(), self.named(domain, row), self.named(values, *value)];
            let atom = Atom::new(self.words.attribute("may", id), terms);
            self.program.rule(&atom, std::slice::from_ref(&world));
        }
    }

    fn relation_of(&mut self, id: RelationId, relation: &Relation) {
        self.program.comment(&relation.name);
        let fact = text(&relation.name);
        let given = |value: &str| Atom::new("given", [WORLD, &fact, "(A,B)", value]);
        if relation.symmetric {
            let turned = Atom::new("given", [WORLD, &fact, "(B,A)", "Value"]);
            self.program.rule(&turned, &[Literal::Holds(given("Value"))]);
        }
        let may = |value: &str| Atom::new(self.words.relation(id), [WORLD, "A", "B", value]);
        let member = self.any_member(relation.kind, "Value");
        self.program.rule(&may("Value"), &[Literal::Holds(given("Value")), member.clone()]);
        let [a, b] = relation.entities;
        let mut rows: Body = vec![Literal::Holds(self.words.any(a, "A"))];
        rows.push(Literal::Holds(self.words.any(b, "B")));
        let key = [WORLD, &fact, "(A,B)"];
        if relation.has_default {
            let mut asked = rows.clone();
            asked.extend([Literal::Holds(given("\"unknown\"")), member]);
            self.program.rule(&may("Value"), &asked);
            rows.push(Literal::Fails(Atom::new("given", key)));
            for (_, value) in self.statements(relation.background, Type::Choice(relation.kind)) {
                self.program.rule(&may(&value), &rows);
            }
        } else {
            rows.extend([member, Literal::Fails(Atom::new("settled", key))]);
            self.program.rule(&may("Value"), &rows);
        }
    }

    /// The row of an attribute as a term, none for a `one`, and what binds it and the world.
    pub(super) fn rows_and_row(&self, entity: EntityId) -> (Body, Vec<String>) {
        let world = Literal::Holds(Atom::new("world", [WORLD]));
        let any = Literal::Holds(self.words.any(entity, "Row"));
        match self.knowledge.vocabulary.entity(entity).kind {
            EntityKind::One => (vec![world], vec![]),
            EntityKind::Many => (vec![any], vec!["Row".to_owned()]),
            EntityKind::Members(_) => (vec![world, any], vec!["Row".to_owned()]),
        }
    }

    /// Any member of a domain.
    pub(super) fn any_member(&self, domain: DomainId, term: &str) -> Literal {
        Literal::Holds(self.words.member(domain, term, "_"))
    }

    /// A member of a domain as a term.
    pub(super) fn named(&self, domain: DomainId, place: usize) -> String {
        let members = &self.knowledge.vocabulary.domain(domain).members;
        members.get(place).map_or_else(String::new, |one| member(&one.name))
    }

    /// What is said of a value: that it may be, that a set includes or excludes a member, the bounds of a number.
    pub(super) fn statements(&self, possible: Possible, kind: Type) -> Vec<(&'static str, String)> {
        let named = |places: u64, domain: DomainId| -> Vec<String> {
            let places = (0..64).filter(move |place| places >> place & 1 == 1);
            places.map(|place| self.named(domain, place)).collect()
        };
        match (possible, kind) {
            (Possible::Choice(members), Type::Choice(domain)) => {
                named(members, domain).into_iter().map(|value| ("may", value)).collect()
            }
            (Possible::Set { may_include, may_exclude }, Type::Set(domain)) => {
                let includes = named(may_include & !may_exclude, domain).into_iter();
                let excludes = named(may_exclude & !may_include, domain).into_iter();
                let includes = includes.map(|value| ("includes", value));
                includes.chain(excludes.map(|value| ("excludes", value))).collect()
            }
            (Possible::Range { low, high }, _) => {
                let low = (low != i64::MIN).then(|| ("least", self.unit.up(kind, low)));
                let high = (high != i64::MAX).then(|| ("most", self.unit.down(kind, high)));
                let ends = low.into_iter().chain(high);
                ends.map(|(what, number)| (what, number.to_string())).collect()
            }
            _ => Vec::new(),
        }
    }
}
