//! A case file edited as text: a fact stated, a row added, a list closed, a source listed. Comments, order and layout stay
//! as they are, and every edit is read back: it gives the meant fact and no other, or it is refused.

mod check;
mod place;
mod splice;
mod written;

use crate::change::Target;
use crate::knowledge::{EntityId, EntityKind, KnowledgeBase, Vocabulary};
use crate::source::SourceId;
use crate::value::Possible;

use super::{Case, Format, read::is_id};
use crate::diagnostic::Diagnostics;
use splice::{Path, Splice};
use written::{key, quoted};

pub use place::{Place, decided};

/// One edit of a case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A fact is stated, or stated anew.
    Fact(Target, Answer, Place),
    /// There is one more row.
    Row(NewRow),
    /// There are no rows of an entity but those listed.
    Complete(EntityId),
    /// There is one more source, by its id and title; what it says counts as reported.
    Source(String, String),
}

/// A row that is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// The entity.
    pub entity: EntityId,
    /// Its id.
    pub id: String,
    /// How texts call it.
    pub name: String,
    /// Whether texts take the plural with it.
    pub plural: bool,
    /// Who tells of it.
    pub source: Option<String>,
}

/// What is said of a fact, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What is said.
    pub said: Said,
    /// The id of the source that says it; without one, that of the place where it is written.
    pub source: Option<String>,
}

/// What is said of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It is one of these.
    Is(Possible),
    /// Asked, and nobody knows.
    Unknown,
    /// Who says what, where that differs; sorted by who.
    Disputed(Vec<(String, Possible)>),
}

/// Why an edit is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// What stands on this line has a form that is not changed here.
    Form(usize),
    /// A case file has no words for it.
    NoWords,
    /// Read back, the file would not say what was meant.
    NotAsMeant,
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, form: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unfit::Form(line) => write!(
                form,
                "line {line} of the file is written in a way that only you can change, in an editor"
            ),
            Unfit::NoWords => write!(form, "a case file cannot say that"),
            Unfit::NotAsMeant => write!(
                form,
                "written into the file, it would change more than this fact, or not hold; write it there yourself, in an editor"
            ),
        }
    }
}

/// The text of a new case, to stand behind what the text says so far: comments, or nothing.
#[must_use]
pub fn begin(text: &str, id: &str, title: &str) -> String {
    let gap = match text.trim_end() {
        "" => "",
        _ if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let before = if gap.is_empty() { "" } else { text };
    format!("{before}{gap}[case]\nid = {}\ntitle = {}\n", quoted(id), quoted(title.trim()))
}

/// Whether a text says nothing yet: it is empty, or all comments.
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// An id made of a name, none of those taken: small letters, digits and `-`.
#[must_use]
pub fn id_of(name: &str, otherwise: &str, is_taken: impl Fn(&str) -> bool) -> String {
    const LONGEST: usize = 32;
    let lower = deunicode::deunicode(name).to_lowercase();
    let words = lower.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut id = String::new();
    for word in words.filter(|word| !word.is_empty() && *word != "the") {
        if !id.is_empty() && id.len() + word.len() >= LONGEST {
            break;
        }
        let dash = if id.is_empty() { "" } else { "-" };
        id = format!("{id}{dash}{}", word.get(..word.len().min(LONGEST)).unwrap_or_default());
    }
    let id = if is_id(&id) { id } else { otherwise.replace('_', "-") };
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.clone()).chain(numbered).find(|id| !is_taken(id)).unwrap_or(id)
}

/// The text of a case file after an edit, and the case that it tells.
///
/// # Errors
/// Where the edit cannot be made so that the file says just that.
pub fn edited(
    text: &str,
    case: &Case,
    edit: &Edit,
    knowledge: &KnowledgeBase,
) -> Result<(String, Case), Unfit> {
    let splice = Splice::new(text)?;
    let vocabulary = &knowledge.vocabulary;
    let rank = |name: &str| rank(vocabulary, name);
    let new = match edit {
        Edit::Fact(target, answer, place) => {
            fact(text, &splice, vocabulary, target, answer, place)?
        }
        Edit::Row(row) => {
            splice.add_entry(&vocabulary.entity(row.entity).name, &pairs(row), rank)?
        }
        Edit::Complete(entity) => {
            let path = Path { entry: None, keys: vec!["case", "complete"], heading: 1 };
            splice.push(&path, &quoted(&vocabulary.entity(*entity).name), rank)?
        }
        Edit::Source(id, title) => {
            let path = Path { entry: None, keys: vec!["sources", id], heading: 1 };
            let value = format!("{{ title = {}, evidence = \"reported\" }}", quoted(title));
            splice.set(&path, &value, rank)?
        }
    };
    let mut diagnostics = Diagnostics::default();
    let read = super::read(SourceId(0), &new, Format::Toml, knowledge, &mut diagnostics);
    let read = read.ok_or(Unfit::NotAsMeant)?;
    if check::is_as_meant(vocabulary, [case, &read], edit) {
        Ok((new, read))
    } else {
        Err(Unfit::NotAsMeant)
    }
}

fn pairs(row: &NewRow) -> Vec<(&'static str, String)> {
    let mut pairs = vec![("id", quoted(&row.id)), ("name", quoted(&row.name))];
    pairs.extend(row.plural.then(|| ("plural", true.to_string())));
    pairs.extend(row.source.as_deref().map(|source| ("source", quoted(source))));
    pairs
}

/// The order of headings.
fn rank(vocabulary: &Vocabulary, name: &str) -> usize {
    let kind = vocabulary.find_entity(name).map(|id| vocabulary.entity(id).kind);
    match (name, kind) {
        ("case", _) => 0,
        ("sources", _) => 1,
        ("event", _) => 6,
        (_, Some(EntityKind::One)) => 2,
        (_, Some(EntityKind::Members(_))) => 3,
        (_, Some(EntityKind::Many)) => 4,
        (_, None) => 5,
    }
}

fn fact(
    text: &str,
    splice: &Splice<'_>,
    vocabulary: &Vocabulary,
    target: &Target,
    answer: &Answer,
    place: &Place,
) -> Result<String, Unfit> {
    let rank = |name: &str| rank(vocabulary, name);
    if let Place::NewEvent { id, at, title } = place {
        let mut pairs = vec![("id", quoted(id)), ("at", quoted(at)), ("title", quoted(title))];
        if let Some((name, item)) = done(vocabulary, target, &answer.said)? {
            pairs.push((name, format!("[{item}]")));
            return splice.add_entry("event", &pairs, rank);
        }
        let path: Vec<String> = keys(vocabulary, target).iter().map(|name| key(name)).collect();
        let path = format!("set.{}", path.join("."));
        let value = written::value(vocabulary, target, answer, None);
        pairs.push((&path, value));
        return splice.add_entry("event", &pairs, rank);
    }
    let event = match place {
        Place::Event(id) | Place::PartOf(id, _) => Some(("event", id.as_str())),
        _ => None,
    };
    if let Some((name, item)) = done(vocabulary, target, &answer.said)? {
        let keys = if event.is_some() { vec![name] } else { vec!["case", name] };
        return splice.push(&Path { entry: event, keys, heading: 1 }, &item, rank);
    }
    let path = |verb| path(vocabulary, target, event, verb);
    if let Place::PartOf(_, verb) = place {
        if splice.get(&path(Some("set"))).is_some() {
            return Err(Unfit::NotAsMeant);
        }
        let value = written::value(vocabulary, target, answer, None);
        return splice.reverse(&path(Some(verb)), [verb, "set"], &value);
    }
    let mut path = path(event.map(|_| "set"));
    if splice.get(&path).is_none() && is_symmetric(vocabulary, target) {
        let turned = turned(&path);
        if splice.get(&turned).is_some() {
            path = turned;
        }
    }
    let note = splice.get(&path).and_then(|old| note(text, old));
    splice.set(&path, &written::value(vocabulary, target, answer, note), rank)
}

/// The note beside a value, as it is written.
fn note(text: &str, value: &toml_edit::Value) -> Option<String> {
    let span = value.as_inline_table()?.get("note")?.span()?;
    text.get(span).map(str::to_owned)
}

fn is_symmetric(vocabulary: &Vocabulary, target: &Target) -> bool {
    matches!(target, Target::Tie(id, ..) if vocabulary.relation(*id).symmetric)
}

fn turned<'p>(path: &Path<'p>) -> Path<'p> {
    let mut turned = path.clone();
    if let [.., a, b] = turned.keys.as_mut_slice() {
        std::mem::swap(a, b);
    }
    turned
}

/// For an action: the list that it belongs to, and its entry there.
fn done(
    vocabulary: &Vocabulary,
    target: &Target,
    said: &Said,
) -> Result<Option<(&'static str, String)>, Unfit> {
    let Target::Attribute(id, row) = target else { return Ok(None) };
    let attribute = vocabulary.attribute(*id);
    if attribute.action.is_none() {
        return Ok(None);
    }
    let list = match said {
        Said::Is(Possible::Choice(2)) => "did",
        Said::Is(Possible::Choice(1)) => "did_not",
        _ => return Err(Unfit::NoWords),
    };
    let name = quoted(&attribute.name);
    let item = match row.as_str() {
        "" => name,
        row => format!("{{ action = {name}, for = {} }}", quoted(row)),
    };
    Ok(Some((list, item)))
}

/// The keys of a fact at the top of a case, or below a verb of an event.
fn keys<'v>(vocabulary: &'v Vocabulary, target: &'v Target) -> Vec<&'v str> {
    match target {
        Target::Attribute(id, row) => {
            let attribute = vocabulary.attribute(*id);
            let entity = vocabulary.entity(attribute.entity).name.as_str();
            let row = Some(row.as_str()).filter(|row| !row.is_empty());
            [Some(entity), row, Some(attribute.name.as_str())].into_iter().flatten().collect()
        }
        Target::Tie(id, a, b) => vec![&vocabulary.relation(*id).name, a, b],
    }
}

fn path<'v>(
    vocabulary: &'v Vocabulary,
    target: &'v Target,
    event: Option<(&'v str, &'v str)>,
    verb: Option<&'v str>,
) -> Path<'v> {
    let keys = keys(vocabulary, target);
    if event.is_some() {
        return Path { entry: event, keys: verb.into_iter().chain(keys).collect(), heading: 0 };
    }
    if let Target::Attribute(id, row) = target {
        let attribute = vocabulary.attribute(*id);
        let entity = vocabulary.entity(attribute.entity);
        if entity.kind == EntityKind::Many {
            let entry = Some((entity.name.as_str(), row.as_str()));
            return Path { entry, keys: vec![attribute.name.as_str()], heading: 0 };
        }
        return Path { entry: None, heading: keys.len() - 1, keys };
    }
    Path { entry: None, keys, heading: 1 }
}
