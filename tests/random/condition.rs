//! Random blocks of conditions, well typed and within the limits on variables by construction.

use super::choice::Choices;
use super::words::{Attribute, Predicate, Words};
use crate::oracle::value::Kind;

/// A variable in scope.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) entity: String,
    /// Positions of the variables in scope that something keeps it apart from, or that need no keeping apart.
    pub(crate) apart: Vec<usize>,
}

/// What conditions may use where they stand.
#[derive(Debug, Clone)]
pub(crate) struct Scope<'w> {
    pub(crate) words: &'w Words,
    pub(crate) variables: Vec<Variable>,
    /// Predicates that are being defined: to be used where nothing negates them.
    pub(crate) recursive: Vec<Predicate>,
    /// How deep blocks may still nest.
    pub(crate) depth: usize,
}

/// A value in a text.
#[derive(Debug, Clone)]
pub(crate) struct Operand {
    pub(crate) text: String,
    pub(crate) kind: Kind,
}

const MOST_VARIABLES: usize = 3;

impl<'w> Scope<'w> {
    /// No variables yet.
    pub(crate) fn new(words: &'w Words, depth: usize) -> Scope<'w> {
        Scope { words, variables: Vec::new(), recursive: Vec::new(), depth }
    }

    /// The scope with one more variable; with `other` it is apart from all of its entity.
    pub(crate) fn with(&self, entity: &str, other: bool) -> Scope<'w> {
        let mut scope = self.clone();
        let name = ["a", "b", "c", "d"][self.variables.len()].to_owned();
        let earlier = self.variables.iter().enumerate();
        let apart = earlier.filter(|_| other).map(|(position, _)| position).collect();
        scope.variables.push(Variable { name, entity: entity.to_owned(), apart });
        scope
    }

    /// The scope inside a negation, or one block deeper.
    pub(super) fn within(&self, negated: bool) -> Scope<'w> {
        let mut scope = self.clone();
        scope.depth -= 1;
        if negated {
            scope.recursive.clear();
        }
        scope
    }

    /// A block with so many conditions.
    pub(crate) fn block(&self, choices: &mut Choices, least: usize, most: usize) -> String {
        let count = choices.between(least, most);
        let conditions: Vec<String> = (0..count).map(|_| self.condition(choices)).collect();
        format!("{{ {} }}", conditions.join("  "))
    }

    fn condition(&self, choices: &mut Choices) -> String {
        let nested = usize::from(self.depth > 0);
        let bound = usize::from(self.depth > 0 && self.variables.len() < MOST_VARIABLES);
        let made = match choices.weighted(&[10, 6, 8, 4 * nested, 10 * bound, 5, 2, 3 * bound, 2]) {
            1 => self.relation_test(choices),
            2 => self.call(choices),
            3 => Some(self.nested(choices)),
            4 => Some(self.quantified(choices)),
            5 => self.comparison(choices),
            6 => self.done(choices),
            7 => self.extreme_test(choices),
            8 => self.years(choices),
            _ => None,
        };
        made.unwrap_or_else(|| self.attribute_test(choices))
    }

    /// Every attribute that can be named here.
    pub(super) fn operands(&self) -> Vec<Operand> {
        let mut operands = Vec::new();
        for attribute in &self.words.attributes {
            let mine = self.variables.iter().filter(|v| v.entity == attribute.entity);
            for variable in mine {
                operands.push(operand(&variable.name, attribute));
            }
        }
        for attribute in &self.words.attributes {
            if attribute.entity == "issue" {
                operands.push(operand("issue", attribute));
            } else if attribute.entity == "sector" {
                for member in &self.words.members("sector")[..2] {
                    operands.push(operand(&format!("sector.{member}"), attribute));
                }
            }
        }
        operands
    }

    fn attribute_test(&self, choices: &mut Choices) -> String {
        let mut operands = self.operands();
        operands.extend(self.members());
        let chosen = choices.of(&operands).clone();
        self.test(choices, &chosen, false)
    }

    /// A test of an operand against constants; `may_lack` where it may have no value.
    pub(super) fn test(&self, choices: &mut Choices, operand: &Operand, may_lack: bool) -> String {
        let text = &operand.text;
        if choices.chance(8) && text.contains(['.', '(']) {
            return format!("{text} is unknown");
        }
        match &operand.kind {
            Kind::Choice(domain) if domain == "yes_no" && !may_lack => {
                let not = if choices.chance(40) { "not " } else { "" };
                if text.contains('.') || text.contains('(') {
                    format!("{not}{text}")
                } else {
                    format!("{text} is {not}yes")
                }
            }
            Kind::Choice(domain) => self.choice_test(choices, text, domain),
            Kind::Set(domain) => self.set_test(choices, text, domain),
            Kind::Number => {
                let number = choices.of(&["2", "0", "3.5", "-1"]);
                match choices.below(8) {
                    7 => format!("{text} is not {number} or 0 or 3"),
                    6 => format!("{text} {} {number} by 1.5", choices.of(&ORDERS)),
                    4 => format!("{text} is {number} or 7"),
                    5 => format!("{text} is not {number}"),
                    order => format!("{text} {} {number}", ORDERS[order]),
                }
            }
            Kind::Date => {
                let date = choices.of(&["1985", "1985-06", "1985-06-30", "1990", "2000-02"]);
                match choices.below(8) {
                    4 => format!("{text} is {date} or 1970"),
                    6 => format!("{text} is {date} or 1986 or 1985-07"),
                    7 => format!("{text} is not {date} or 1984 or 1986"),
                    5 => format!("{text} is not {date}"),
                    order => format!("{text} {} {date}", ORDERS[order]),
                }
            }
        }
    }

    fn choice_test(&self, choices: &mut Choices, text: &str, domain: &str) -> String {
        let members = self.words.members(domain);
        let variable = self.variables.iter().find(|variable| variable.entity == domain);
        let variable = variable.filter(|variable| variable.name != text);
        let not = if choices.chance(30) { "not " } else { "" };
        let extreme = text.contains(" of ");
        if let Some(variable) = variable
            && choices.chance(50)
        {
            let also = if extreme { Vec::new() } else { choices.some_of(&members, 0, 20) };
            let values = [also, vec![variable.name.clone()]].concat();
            return format!("{text} is {not}{}", values.join(" or "));
        }
        if !extreme && choices.chance(15) {
            let paths = self.values(&Kind::Choice(domain.to_owned())).into_iter();
            let paths: Vec<String> = paths.map(|path| path.text).filter(|p| p != text).collect();
            if !paths.is_empty() {
                let mut values = choices.some_of(&members, 0, 30);
                values.push(choices.of(&paths).clone());
                values.push(choices.of(&paths).clone());
                return format!("{text} is {not}{}", values.join(" or "));
            }
        }
        if self.words.is_scale(domain) && choices.chance(60) {
            let by = if choices.chance(20) { " by 1" } else { "" };
            return format!("{text} {} {}{by}", choices.of(&ORDERS), choices.of(&members));
        }
        let some = choices.some_of(&members, 1, 40);
        format!("{text} is {not}{}", some.join(" or "))
    }

    fn set_test(&self, choices: &mut Choices, text: &str, domain: &str) -> String {
        let verb = if choices.chance(40) { "excludes" } else { "includes" };
        if choices.chance(10) {
            return format!("{text} is empty");
        }
        let choice = Kind::Choice(domain.to_owned());
        let values: Vec<String> = self.values(&choice).into_iter().map(|v| v.text).collect();
        if !values.is_empty() && choices.chance(50) {
            return format!("{text} {verb} {}", choices.of(&values));
        }
        let some = choices.some_of(&self.words.members(domain), 1, 40);
        format!("{text} {verb} {}", some.join(" or "))
    }

    /// The variables that stand for members of enums.
    fn members(&self) -> Vec<Operand> {
        let members = self
            .variables
            .iter()
            .filter(|v| self.words.domains.iter().any(|domain| domain.name == v.entity));
        let members = members.map(|variable| Operand {
            text: variable.name.clone(),
            kind: Kind::Choice(variable.entity.clone()),
        });
        members.collect()
    }

    /// Variables, attributes and relations of one type.
    pub(super) fn values(&self, kind: &Kind) -> Vec<Operand> {
        let relations = self.words.relations.iter().flat_map(|relation| {
            self.pairs(&relation.entities).into_iter().map(|(a, b)| Operand {
                text: relation_call(relation, &self.variables[a].name, &self.variables[b].name),
                kind: Kind::Choice(relation.domain.clone()),
            })
        });
        let all = self.operands().into_iter().chain(self.members()).chain(relations);
        all.filter(|operand| operand.kind == *kind).collect()
    }

    /// Pairs of variables of these entities that may stand together.
    fn pairs(&self, entities: &[String; 2]) -> Vec<(usize, usize)> {
        let count = self.variables.len();
        let all = (0..count).flat_map(|a| (0..count).map(move |b| (a, b)));
        let fits = |position: usize, entity: &str| self.variables[position].entity == entity;
        all.filter(|(a, b)| fits(*a, &entities[0]) && fits(*b, &entities[1]))
            .filter(|(a, b)| entities[0] != entities[1] || self.are_apart(*a, *b))
            .collect()
    }

    fn are_apart(&self, a: usize, b: usize) -> bool {
        self.variables[a].apart.contains(&b) || self.variables[b].apart.contains(&a)
    }

    pub(super) fn relation_test(&self, choices: &mut Choices) -> Option<String> {
        let relation = choices.of(&self.words.relations);
        let pairs = self.pairs(&relation.entities);
        if pairs.is_empty() {
            return None;
        }
        let (a, b) = *choices.of(&pairs);
        let text = relation_call(relation, &self.variables[a].name, &self.variables[b].name);
        let operand = Operand { text, kind: Kind::Choice(relation.domain.clone()) };
        Some(self.test(choices, &operand, false))
    }

    fn call(&self, choices: &mut Choices) -> Option<String> {
        let recursive = !self.recursive.is_empty() && choices.chance(70);
        let list = if recursive { &self.recursive } else { &self.words.predicates };
        if list.is_empty() {
            return None;
        }
        let predicate = choices.of(list).clone();
        let mut arguments: Vec<usize> = Vec::new();
        for (entity, _) in &predicate.parameters {
            let fits = |position: &usize| {
                let same = |other: &&usize| self.variables[**other].entity == *entity;
                self.variables[*position].entity == *entity
                    && arguments.iter().filter(same).all(|other| self.are_apart(*other, *position))
            };
            let fitting: Vec<usize> = (0..self.variables.len()).filter(fits).collect();
            if fitting.is_empty() {
                return None;
            }
            arguments.push(*choices.of(&fitting));
        }
        let roles = choices.chance(50);
        let mut arguments: Vec<String> = predicate
            .parameters
            .iter()
            .zip(&arguments)
            .map(|((_, role), position)| {
                let name = &self.variables[*position].name;
                if roles { format!("{role} {name}") } else { name.clone() }
            })
            .collect();
        if roles && choices.chance(50) {
            arguments.reverse();
        }
        let not = if !recursive && choices.chance(30) { "not " } else { "" };
        Some(format!("{not}{}({})", predicate.name, arguments.join(", ")))
    }

    fn nested(&self, choices: &mut Choices) -> String {
        match choices.below(4) {
            1 => format!("none of {}", self.within(true).block(choices, 1, 3)),
            2 => format!("not {}", self.within(true).block(choices, 1, 3)),
            3 => self.within(false).block(choices, 1, 2),
            _ => format!("any of {}", self.within(false).block(choices, 1, 3)),
        }
    }

    /// A new variable with its `other`, as written and as a scope.
    pub(super) fn new_variable(&self, choices: &mut Choices, entity: &str) -> (String, Scope<'w>) {
        let kin = self.variables.iter().any(|variable| variable.entity == entity);
        let other = kin && choices.chance(70);
        let scope = self.with(entity, other);
        let name = &scope.variables[scope.variables.len() - 1].name;
        let other = if other { "other " } else { "" };
        (format!("{other}{entity} {name}"), scope)
    }

    fn quantified(&self, choices: &mut Choices) -> String {
        let ranges = self.words.ranges();
        let range =
            if choices.chance(35) { choices.of(&ranges).clone() } else { ranges[0].clone() };
        let (variable, inner) = self.new_variable(choices, &range);
        let quantifier = choices.weighted(&[6, 3, 4, 3, 3, 3]);
        let word = match quantifier {
            0 => "some".to_owned(),
            1 => "no".to_owned(),
            2 => "every".to_owned(),
            3 => "most".to_owned(),
            4 => format!("at least {}", choices.between(1, 3)),
            _ => format!("at most {}", choices.between(0, 2)),
        };
        let inner = inner.within(quantifier != 0);
        let filter = match quantifier {
            2 | 3 if choices.chance(70) => format!("where {} ", inner.block(choices, 1, 2)),
            _ => String::new(),
        };
        let variable = match range.as_str() {
            "party" if quantifier > 3 && choices.chance(30) => variable.replace("party", "parties"),
            _ => variable,
        };
        format!("{word} {variable} {filter}{}", inner.block(choices, 1, 2))
    }
}

pub(super) const ORDERS: [&str; 4] = ["at least", "at most", "above", "below"];

fn operand(whose: &str, attribute: &Attribute) -> Operand {
    Operand { text: format!("{whose}.{}", attribute.name), kind: attribute.kind.clone() }
}

fn relation_call(relation: &super::words::Relation, a: &str, b: &str) -> String {
    let [who, to] = &relation.roles;
    format!("{}({who} {a}, {to} {b})", relation.name)
}
