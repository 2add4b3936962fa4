//! A proof from JSON: names to positions. Says exactly what it cannot read; checks no claim.

use std::collections::BTreeMap;

use crate::certificate::place::Found;
use crate::certificate::{self, Atom, Claim, Matter, Outcome, Proof, Quantity, Root, UNBOUND};
use crate::diagnostic::nearest::did_you_mean;
use crate::facts::Facts;
use crate::knowledge::{
    AttributeId, DomainId, EntityId, EntityKind, KnowledgeBase, PredicateId, RelationId, RuleId,
};
use crate::value::{Members, Possible};

use super::About;
use super::names::{Names, UNLISTED};
use super::schema::{self, Document, Form, Of, Part, Place, SCHEMA, Values};

type Read<T> = Result<T, String>;

/// A proof that was read, before it is known which facts it is about.
#[derive(Debug)]
pub struct Unresolved {
    /// What it is about.
    pub about: About,
    document: Box<Document>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a proof of {} steps", self.steps.len())
    }
}

/// Reads what a proof is about; its steps are read with `Unresolved::resolve`.
///
/// # Errors
/// What is wrong with the text.
pub fn read(text: &str) -> Read<Unresolved> {
    let document: Document =
        serde_json::from_str(text).map_err(|error| format!("it is no proof in JSON: {error}"))?;
    if document.schema != SCHEMA {
        return Err(format!("its schema is `{}`, and `{SCHEMA}` is read here", document.schema));
    }
    let mut document = Box::new(document);
    let packs = std::mem::take(&mut document.packs);
    let about = document.case.about(packs.into_iter().map(schema::Pack::name).collect());
    Ok(Unresolved { about, document })
}

impl Unresolved {
    /// The proof, in the words of these packs and of this case.
    ///
    /// # Errors
    /// The first name that is not known.
    pub fn resolve(self, kb: &KnowledgeBase, facts: &Facts) -> Read<Proof> {
        let reader = Reader { names: Names { kb, facts } };
        let mut steps = Vec::with_capacity(self.document.steps.len());
        for (at, step) in self.document.steps.into_iter().enumerate() {
            let wrong = |reason: String| format!("step {at}: {reason}");
            if step.number != at {
                return Err(wrong(format!("it is numbered {}", step.number)));
            }
            let claim = reader.claim(step.claim).map_err(wrong)?;
            let by = step.by.into();
            let believing = step.believing;
            steps.push(certificate::Step { believing, claim, by, from: step.from });
        }
        let mut conclusions = Vec::new();
        for (at, conclusion) in self.document.conclusions.into_iter().enumerate() {
            let wrong = |reason: String| format!("conclusion {at}: {reason}");
            let rule = reader.rule(&conclusion.rule).map_err(wrong)?;
            let subject = reader.subject(rule, &conclusion.subject).map_err(wrong)?;
            let claim = Claim::Verdict(rule, subject, conclusion.status.into());
            if steps.get(conclusion.step).is_none_or(|step| step.claim != claim) {
                return Err(wrong(format!("step {} claims something else", conclusion.step)));
            }
            conclusions.push(conclusion.step);
        }
        Ok(Proof { steps, conclusions })
    }
}

struct Reader<'a> {
    names: Names<'a>,
}

impl<'a> Reader<'a> {
    fn claim(&self, form: Form) -> Read<Claim> {
        Ok(match form {
            Form::Condition { place, rows, is } => {
                let place = self.place(place)?;
                let found = self.found(&place)?;
                let rows = self.bindings(&found, &rows, found.bound.len())?;
                Claim::Holds(Matter::Condition(place, rows), is.into())
            }
            Form::Predicate { atom, is } => {
                let (predicate, rows) = self.atom(&atom)?;
                Claim::Holds(Matter::Predicate(predicate, rows), is.into())
            }
            Form::Rule { rule, subject, is } => {
                let rule = self.rule(&rule)?;
                let subject = self.subject(rule, &subject)?;
                Claim::Holds(Matter::Rule(rule, subject), is.into())
            }
            Form::Value { of, values, may_lack } => {
                let quantity = self.quantity(of)?;
                let value = values.map(|values| self.values(&quantity, values)).transpose()?;
                Claim::Value(quantity, Outcome { value, may_lack })
            }
            Form::NoneOf { atoms, is } => {
                let atoms: Read<Vec<Atom>> = atoms.iter().map(|atom| self.atom(atom)).collect();
                Claim::Fails(atoms?, is.into())
            }
            Form::Verdict { rule, subject, status } => {
                let rule = self.rule(&rule)?;
                Claim::Verdict(rule, self.subject(rule, &subject)?, status.into())
            }
        })
    }

    fn kb(&self) -> &'a KnowledgeBase {
        self.names.kb
    }

    fn rule(&self, name: &str) -> Read<RuleId> {
        let names = self.kb().rules.iter().map(|rule| rule.name.as_str());
        position(name, "rule", names).map(RuleId)
    }

    fn predicate(&self, name: &str) -> Read<PredicateId> {
        let names = self.kb().predicates.iter().map(|predicate| predicate.name.as_str());
        position(name, "predicate", names).map(PredicateId)
    }

    fn attribute(&self, name: &str) -> Read<AttributeId> {
        let vocabulary = &self.kb().vocabulary;
        let (entity, rest) = name.split_once('.').unwrap_or((name, ""));
        let entity = vocabulary.find_entity(entity);
        let found = entity.and_then(|entity| match rest.strip_prefix("did.") {
            Some(action) => {
                let action = self.kb().actions.iter().position(|found| found.name == action)?;
                let action = crate::knowledge::ActionId(action);
                let one = vocabulary.entity(entity).kind == EntityKind::One;
                vocabulary.find_done(action, (!one).then_some(entity))
            }
            None => vocabulary.find_attribute(entity, rest),
        });
        found.ok_or_else(|| format!("`{name}` is no attribute of the packs"))
    }

    fn row(&self, entity: EntityId, id: &str) -> Read<usize> {
        let rows = &self.names.facts.rows(entity).list;
        if let Some(row) = self.names.facts.find_row(entity, id) {
            return Ok(row);
        }
        if id == UNLISTED {
            return Ok(rows.len());
        }
        let ids = rows.iter().map(|row| row.id.as_str());
        position(id, &self.kb().vocabulary.entity(entity).name, ids)
    }

    fn rows(
        &self,
        entities: impl ExactSizeIterator<Item = EntityId>,
        ids: &[String],
    ) -> Read<Vec<usize>> {
        if entities.len() != ids.len() {
            return Err(format!("{} rows are wanted, and there are {}", entities.len(), ids.len()));
        }
        entities.zip(ids).map(|(entity, id)| self.row(entity, id)).collect()
    }

    fn subject(&self, rule: RuleId, ids: &[String]) -> Read<Vec<usize>> {
        let Some(rule) = self.kb().rules.get(rule.0) else { return Ok(Vec::new()) };
        let subject = rule.variables.get(..rule.subjects).unwrap_or_default();
        self.rows(subject.iter().map(|variable| variable.entity), ids)
    }

    fn atom(&self, atom: &schema::Atom) -> Read<Atom> {
        let predicate = self.predicate(&atom.predicate)?;
        let parameters: &[EntityId] =
            self.kb().predicates.get(predicate.0).map_or(&[], |found| &found.parameters);
        Ok((predicate, self.rows(parameters.iter().copied(), &atom.rows)?))
    }

    fn place(&self, place: Place) -> Read<certificate::Place> {
        let number = || place.number.ok_or("it does not say which one is meant");
        let root = match place.part {
            Part::When => Root::When(self.rule(&place.of)?),
            Part::Unless => Root::Unless(self.rule(&place.of)?),
            Part::Define => Root::Definition(self.predicate(&place.of)?, number()?),
            Part::Branch => Root::Branch(self.attribute(&place.of)?, number()?),
            Part::Extreme => Root::Extreme(self.attribute(&place.of)?),
        };
        Ok(certificate::Place { root, path: place.path })
    }

    fn found(&self, place: &certificate::Place) -> Read<Found<'a>> {
        place.find(self.kb()).ok_or_else(|| "the packs have no condition at that place".to_owned())
    }

    /// The rows of all variables from those by name.
    fn bindings(
        &self,
        found: &Found<'_>,
        rows: &BTreeMap<String, String>,
        count: usize,
    ) -> Read<Vec<usize>> {
        if rows.len() != count {
            return Err(format!("{count} variables stand for rows there, not {}", rows.len()));
        }
        let mut all = vec![UNBOUND; found.variables.len()];
        for variable in found.bound.iter().take(count) {
            let declared = found.variables.get(variable.0);
            let (Some(declared), Some(row)) = (declared, all.get_mut(variable.0)) else { continue };
            let id = rows.get(&declared.name);
            let id = id.ok_or_else(|| format!("it gives no row for `{}`", declared.name))?;
            *row = self.row(declared.entity, id)?;
        }
        Ok(all)
    }

    fn quantity(&self, of: Of) -> Read<Quantity> {
        let vocabulary = &self.kb().vocabulary;
        Ok(match of {
            Of::Attribute { attribute, row } => {
                let attribute = self.attribute(&attribute)?;
                let entity = vocabulary.attribute(attribute).entity;
                Quantity::Attribute(attribute, self.row(entity, &row)?)
            }
            Of::Relation { relation, rows: [a, b] } => {
                let names = vocabulary.relations.iter().map(|relation| relation.name.as_str());
                let relation = position(&relation, "relation", names).map(RelationId)?;
                let [first, second] = vocabulary.relation(relation).entities;
                Quantity::Relation(relation, self.row(first, &a)?, self.row(second, &b)?)
            }
            Of::Extreme { place, rows } => {
                let place = self.place(place)?;
                let found = self.found(&place)?;
                let outer = found.bound.len().saturating_sub(1);
                Quantity::Extreme(place, self.bindings(&found, &rows, outer)?)
            }
        })
    }

    fn values(&self, quantity: &Quantity, values: Values) -> Read<Possible> {
        let domain = self.names.domain(quantity);
        let members = |names: &[String]| match domain {
            Some(domain) => self.members(domain, names),
            None => Err("its values are no names".to_owned()),
        };
        Ok(match values {
            Values::Choice(names) => Possible::Choice(members(&names)?),
            Values::Set { may_include, may_exclude } => Possible::Set {
                may_include: members(&may_include)?,
                may_exclude: members(&may_exclude)?,
            },
            Values::Range { low, high } => {
                Possible::Range { low: low.unwrap_or(i64::MIN), high: high.unwrap_or(i64::MAX) }
            }
        })
    }

    fn members(&self, domain: DomainId, names: &[String]) -> Read<Members> {
        let domain = self.kb().vocabulary.domain(domain);
        names.iter().try_fold(0, |all, name| {
            let known = domain.members.iter().map(|member| member.name.as_str());
            Ok(all | 1 << (position(name, &domain.name, known)? & 63))
        })
    }
}

/// The position of a name among those known.
fn position<'n>(
    name: &str,
    what: &str,
    known: impl Iterator<Item = &'n str> + Clone,
) -> Read<usize> {
    known.clone().position(|other| other == name).ok_or_else(|| {
        let near = did_you_mean(name, known).map_or_else(String::new, |near| format!("; {near}"));
        format!("`{name}` is no {what} of the packs and the case{near}")
    })
}
