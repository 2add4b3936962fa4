//! What the files of a pack declare, by name: a look-up table over the syntax tree. Takes the files to be free of mistakes.

use std::collections::BTreeMap;

use convener::syntax::tree::{
    Attribute, Default, Define, Derive, Domain, EntityKind, FieldValue, File, Item, Literal,
    Relation, Rule, Type,
};

use super::value::{Kind, Values};

/// The declarations of a pack.
#[derive(Debug, Default)]
pub(crate) struct Words<'a> {
    pub(crate) domains: BTreeMap<&'a str, &'a Domain>,
    /// Entities of many rows and of one.
    pub(crate) entities: BTreeMap<&'a str, EntityKind>,
    /// By entity (or domain) and name.
    pub(crate) attributes: BTreeMap<(&'a str, &'a str), &'a Attribute>,
    pub(crate) relations: BTreeMap<&'a str, &'a Relation>,
    /// The default of each action.
    pub(crate) actions: BTreeMap<&'a str, Option<&'a Default>>,
    pub(crate) defines: BTreeMap<&'a str, Vec<&'a Define>>,
    /// By entity (or domain) and name.
    pub(crate) derives: BTreeMap<(&'a str, &'a str), &'a Derive>,
    pub(crate) rules: BTreeMap<&'a str, &'a Rule>,
}

impl<'a> Words<'a> {
    /// Reads the declarations of all files.
    pub(crate) fn new(files: &'a [File]) -> Words<'a> {
        let mut words = Words::default();
        for item in files.iter().flat_map(|file| &file.items) {
            words.add(item);
        }
        words
    }

    fn add(&mut self, item: &'a Item) {
        match item {
            Item::Domain(domain) => {
                self.domains.insert(&domain.name.text, domain);
            }
            Item::Entity(entity) => {
                if entity.kind != EntityKind::Members {
                    self.entities.insert(&entity.name.text, entity.kind);
                }
                for attribute in &entity.attributes {
                    self.attributes.insert((&entity.name.text, &attribute.name.text), attribute);
                }
            }
            Item::Relation(relation) => {
                self.relations.insert(&relation.name.text, relation);
            }
            Item::Action(action) => {
                self.actions.insert(&action.name.text, action.default.as_ref());
            }
            Item::Define(define) => {
                self.defines.entry(&define.name.text).or_default().push(define);
            }
            Item::Derive(derive) => {
                let names: Vec<&str> = derive.target.names.iter().map(|name| &*name.text).collect();
                let key = match (&derive.parameter, names.as_slice()) {
                    (Some(parameter), [attribute]) => (&*parameter.entity.text, *attribute),
                    (None, [one, attribute]) => (*one, *attribute),
                    _ => panic!("a derive of {names:?}"),
                };
                self.derives.insert(key, derive);
            }
            Item::Rule(rule) => {
                self.rules.insert(&rule.name.text, rule);
            }
            Item::Risk(_)
            | Item::Question(_)
            | Item::Declines(_)
            | Item::Caveat(_)
            | Item::Ranking(_)
            | Item::Example(_) => {}
        }
    }

    /// The entity or domain that a name, or its plural, stands for after a quantifier.
    pub(crate) fn entity(&self, written: &str) -> String {
        let names = self.entities.keys().chain(self.domains.keys());
        let exact = names.clone().find(|name| **name == written);
        let found = exact.or_else(|| names.clone().find(|name| plural(name) == written));
        (*found.unwrap_or_else(|| panic!("no entity {written}"))).to_owned()
    }

    /// The members of a scale or enum in their order.
    pub(crate) fn members(&self, domain: &str) -> Vec<String> {
        if domain == "yes_no" {
            return vec!["no".to_owned(), "yes".to_owned()];
        }
        self.domains[domain].members.iter().map(|member| member.name.text.clone()).collect()
    }

    /// The place of a member in its scale.
    pub(crate) fn place(&self, domain: &str, member: &str) -> i64 {
        let place = self.members(domain).iter().position(|name| name == member);
        i64::try_from(place.unwrap_or_else(|| panic!("{member} in {domain}"))).unwrap()
    }

    /// Every value of a type.
    pub(crate) fn everything(&self, kind: &Kind) -> Values {
        match kind {
            Kind::Choice(domain) => Values::Choice(self.members(domain).into_iter().collect()),
            Kind::Set(domain) => {
                let all: std::collections::BTreeSet<String> =
                    self.members(domain).into_iter().collect();
                Values::Set { may_include: all.clone(), may_exclude: all }
            }
            Kind::Number | Kind::Date => Values::Range { low: i64::MIN, high: i64::MAX },
        }
    }

    /// What holds where a case says nothing.
    pub(crate) fn background(&self, kind: &Kind, default: Option<&Default>) -> Values {
        let Some(Default::Value(literal)) = default else { return self.everything(kind) };
        match (kind, literal) {
            (Kind::Set(domain), Literal::Name(name)) if name.text == "no" => Values::Set {
                may_include: [].into(),
                may_exclude: self.members(domain).into_iter().collect(),
            },
            (Kind::Choice(_), Literal::Name(name)) => Values::Choice([name.text.clone()].into()),
            _ => {
                let (low, high) = period(kind, literal);
                Values::Range { low, high }
            }
        }
    }

    /// The type of an attribute, declared, derived or a field of the members of an enum.
    pub(crate) fn kind_of(&self, entity: &str, attribute: &str) -> Kind {
        if let Some(declared) = self.attributes.get(&(entity, attribute)) {
            return kind(&declared.kind);
        }
        if let Some(derive) = self.derives.get(&(entity, attribute)) {
            return kind(&derive.kind);
        }
        let values: Vec<String> = self
            .members(entity)
            .iter()
            .map(|member| self.field(entity, member, attribute).expect("a field"))
            .collect();
        let mut domains = self.domains.keys().copied().chain(["yes_no"]);
        let domain = domains.find(|domain| values.iter().all(|v| self.members(domain).contains(v)));
        Kind::Choice(domain.expect("a domain of the field").to_owned())
    }

    /// The fixed value of a member.
    pub(crate) fn field(&self, domain: &str, member: &str, field: &str) -> Option<String> {
        let members = &self.domains.get(domain)?.members;
        let member = members.iter().find(|found| found.name.text == member)?;
        member.fields.iter().find_map(|(name, value)| match value {
            FieldValue::Name(value) if name.text == field => Some(value.text.clone()),
            _ => None,
        })
    }
}

/// The type as written.
pub(crate) fn kind(written: &Type) -> Kind {
    match written {
        Type::YesNo(_) => Kind::Choice("yes_no".to_owned()),
        Type::Number(_) => Kind::Number,
        Type::Date(_) => Kind::Date,
        Type::Domain(name) => Kind::Choice(name.text.clone()),
        Type::Set(name) => Kind::Set(name.text.clone()),
    }
}

/// The first and last number or day that a constant stands for.
pub(crate) fn period(kind: &Kind, literal: &Literal) -> (i64, i64) {
    match (kind, literal) {
        (Kind::Number, Literal::Number(number, _)) => (*number, *number),
        (Kind::Date, Literal::Number(number, _)) => {
            let year = i16::try_from(number / convener::value::NUMBER_UNIT).expect("a year");
            let day = |month, day| {
                convener::value::day_number(jiff::civil::Date::new(year, month, day).unwrap())
            };
            (day(1, 1), day(12, 31))
        }
        (Kind::Date, Literal::Date(first, last, _)) => {
            (convener::value::day_number(*first), convener::value::day_number(*last))
        }
        _ => panic!("not a constant of {kind:?}: {literal:?}"),
    }
}

fn plural(name: &str) -> String {
    let before_y = name.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match before_y {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh"].iter().any(|end| name.ends_with(end)) => {
            format!("{name}es")
        }
        None => format!("{name}s"),
    }
}
