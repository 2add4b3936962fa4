//! A random vocabulary: what the random rules may speak of, and its text.

use super::choice::Choices;
use crate::oracle::value::Kind;

/// A scale or enum.
#[derive(Debug, Clone)]
pub(crate) struct Domain {
    pub(crate) name: String,
    pub(crate) ordered: bool,
    pub(crate) members: Vec<String>,
}

/// How many rows an entity has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    Many,
    One,
    Members,
}

/// An attribute, declared, derived or a field of members.
#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    pub(crate) entity: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) derived: bool,
    /// Whether it is a fixed field, which a case cannot state.
    pub(crate) fixed: bool,
}

/// A relation, its roles and its scale or enum.
#[derive(Debug, Clone)]
pub(crate) struct Relation {
    pub(crate) name: String,
    pub(crate) entities: [String; 2],
    pub(crate) roles: [String; 2],
    pub(crate) domain: String,
    pub(crate) symmetric: bool,
}

/// A defined predicate, its parameters by entity and name.
#[derive(Debug, Clone)]
pub(crate) struct Predicate {
    pub(crate) name: String,
    pub(crate) parameters: Vec<(String, String)>,
}

/// What may be spoken of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub(crate) domains: Vec<Domain>,
    pub(crate) entities: Vec<(String, Rows)>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) actions: Vec<String>,
    pub(crate) predicates: Vec<Predicate>,
    /// What has a default: attributes by entity and name; relations and actions by name, the entity empty.
    pub(crate) defaults: Vec<(String, String)>,
    /// The items that declare all this.
    pub(crate) items: Vec<String>,
}

const NAMES: [&str; 14] = [
    "key", "size", "stage", "none", "some", "rule", "for", "open", "yes", "at", "action", "power",
    "most", "every",
];

impl Words {
    /// A vocabulary as chosen.
    pub(crate) fn random(choices: &mut Choices) -> Words {
        let mut words = Words::default();
        words.add_domains(choices);
        words.add_entity(choices, "party", Rows::Many, 3, 6);
        words.add_entity(choices, "issue", Rows::One, 1, 3);
        if choices.chance(50) {
            words.add_entity(choices, "box", Rows::Many, 1, 3);
        }
        if choices.chance(50) {
            words.add_entity(choices, "sector", Rows::Members, 1, 2);
        }
        for number in 0..choices.between(1, 3) {
            words.add_relation(choices, number);
        }
        for name in ["act-one", "act-two"].into_iter().take(choices.below(3)) {
            let default = if choices.chance(40) { " { default no }" } else { "" };
            words.items.push(format!("action {name} \"Do it\"{default}"));
            words.actions.push(name.to_owned());
            words.note_default("", name, default);
        }
        words
    }

    /// The members of a scale or enum.
    pub(crate) fn members(&self, domain: &str) -> Vec<String> {
        match self.domains.iter().find(|found| found.name == domain) {
            Some(domain) => domain.members.clone(),
            None => vec!["no".to_owned(), "yes".to_owned()],
        }
    }

    /// Whether it is a scale.
    pub(crate) fn is_scale(&self, domain: &str) -> bool {
        self.domains.iter().any(|found| found.name == domain && found.ordered)
    }

    /// How many rows an entity has.
    pub(crate) fn rows(&self, entity: &str) -> Rows {
        let found = self.entities.iter().find(|(name, _)| name == entity);
        found.map_or(Rows::Members, |(_, rows)| *rows)
    }

    /// What a variable may range over.
    pub(crate) fn ranges(&self) -> Vec<String> {
        let many = self.entities.iter().filter(|(_, rows)| *rows == Rows::Many);
        let many = many.map(|(name, _)| name.clone());
        many.chain(self.domains.iter().skip(1).map(|domain| domain.name.clone())).collect()
    }

    /// Whether something has a default; the entity of a relation or action is empty.
    pub(crate) fn has_default(&self, entity: &str, name: &str) -> bool {
        self.defaults.iter().any(|(whose, what)| whose == entity && what == name)
    }

    /// Whether the order of a relation's rows does not matter.
    pub(crate) fn is_symmetric(&self, relation: &str) -> bool {
        self.relations.iter().any(|found| found.name == relation && found.symmetric)
    }

    fn note_default(&mut self, entity: &str, name: &str, default: &str) {
        if !default.is_empty() {
            self.defaults.push((entity.to_owned(), name.to_owned()));
        }
    }

    fn add_domains(&mut self, choices: &mut Choices) {
        let pools: [(&str, bool, &[&str]); 4] = [
            ("level", true, &["none", "low", "medium", "high", "full"]),
            ("sector", false, &["state", "market", "society", "abroad"]),
            ("grade", true, &["poor", "fair", "good"]),
            ("weakness", false, &["inertia", "founder", "blaming", "closed"]),
        ];
        for (name, ordered, pool) in pools.into_iter().take(choices.between(2, 4)) {
            let count = choices.between(2, pool.len());
            let members: Vec<String> =
                pool[..count].iter().map(|name| (*name).to_owned()).collect();
            let field = (name == "sector" && choices.chance(40)).then_some("level");
            self.add_domain(choices, name, ordered, &members, field);
            self.domains.push(Domain { name: name.to_owned(), ordered, members });
        }
    }

    fn add_domain(
        &mut self,
        choices: &mut Choices,
        name: &str,
        ordered: bool,
        members: &[String],
        field: Option<&str>,
    ) {
        let mut text = String::new();
        for member in members {
            text.push_str(&format!(" {member}"));
            if let Some(domain) = field {
                let value = choices.of(&self.members(domain)).clone();
                text.push_str(&format!(" {{ usual {value} }}"));
            }
        }
        let word = if ordered { "scale" } else { "enum" };
        self.items.push(format!("{word} {name} {{{text} }}"));
        if let Some(domain) = field {
            self.attributes.push(Attribute {
                entity: name.to_owned(),
                name: "usual".to_owned(),
                kind: Kind::Choice(domain.to_owned()),
                derived: false,
                fixed: true,
            });
        }
    }

    fn add_entity(
        &mut self,
        choices: &mut Choices,
        name: &str,
        rows: Rows,
        least: usize,
        most: usize,
    ) {
        let mut text = String::new();
        let count = choices.between(least, most);
        for (number, word) in NAMES.iter().enumerate().take(count) {
            let kind = self.any_kind(choices);
            let default = self.default_text(choices, &kind);
            // One name in three is a word of the language; the number keeps the names of an entity apart.
            let attribute = match choices.below(3) {
                2 => format!("{}_{number}", choices.of(&NAMES)),
                1 => (*word).to_owned(),
                _ => format!("{}{number}", &name[..1]),
            };
            text.push_str(&format!("  {attribute} {}{default}\n", kind_text(&kind)));
            self.note_default(name, &attribute, &default);
            let attribute = Attribute {
                entity: name.to_owned(),
                name: attribute,
                kind,
                derived: false,
                fixed: false,
            };
            self.attributes.push(attribute);
        }
        let head = match rows {
            Rows::Many => "entity",
            Rows::One => "one",
            Rows::Members => "attributes of",
        };
        let label = if rows == Rows::Members { "" } else { " \"a thing\"" };
        self.items.push(format!("{head} {name}{label} {{\n{text}}}"));
        if rows != Rows::Members {
            self.entities.push((name.to_owned(), rows));
        }
    }

    fn any_kind(&self, choices: &mut Choices) -> Kind {
        match choices.weighted(&[4, 6, 3, 2, 2]) {
            0 => Kind::Choice("yes_no".to_owned()),
            1 => Kind::Choice(choices.of(&self.domains).name.clone()),
            2 => Kind::Set(choices.of(&self.domains[1..]).name.clone()),
            3 => Kind::Number,
            _ => Kind::Date,
        }
    }

    fn default_text(&self, choices: &mut Choices, kind: &Kind) -> String {
        if !choices.chance(30) {
            return String::new();
        }
        match kind {
            Kind::Choice(domain) => format!(" default {}", choices.of(&self.members(domain))),
            Kind::Set(_) => " default no".to_owned(),
            Kind::Number => format!(" default {}", choices.of(&["2", "0", "-1"])),
            Kind::Date => format!(" default {}", choices.of(&["1985-06-30", "1985-06", "1985"])),
        }
    }

    fn add_relation(&mut self, choices: &mut Choices, number: usize) {
        let boxes = self.entities.iter().any(|(name, _)| name == "box");
        let second = match choices.weighted(&[6, 2, 2]) {
            1 => "sector",
            2 if boxes => "box",
            _ => "party",
        };
        let entities = ["party".to_owned(), second.to_owned()];
        let domain = match choices.below(3) {
            0 => "yes_no".to_owned(),
            1 => "level".to_owned(),
            _ => choices.of(&self.domains).name.clone(),
        };
        let symmetric = second == "party" && choices.chance(40);
        let default = self.default_text(choices, &Kind::Choice(domain.clone()));
        let name = format!("tie{number}");
        let symmetric_text = if symmetric { " symmetric" } else { "" };
        self.items.push(format!(
            "relation {name}(party who, {second} to) {domain}{symmetric_text}{default}"
        ));
        self.note_default("", &name, &default);
        let roles = ["who".to_owned(), "to".to_owned()];
        self.relations.push(Relation { name, entities, roles, domain, symmetric });
    }
}

/// The name of a type.
pub(crate) fn kind_text(kind: &Kind) -> String {
    match kind {
        Kind::Choice(domain) => domain.clone(),
        Kind::Set(domain) => format!("set of {domain}"),
        Kind::Number => "number".to_owned(),
        Kind::Date => "date".to_owned(),
    }
}
