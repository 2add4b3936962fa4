//! The short way of writing a change on one line: its path, and a value without the marks of TOML where it needs none.

use crate::knowledge::{DomainId, Type, Vocabulary};
use crate::source::{SourceId, Span};

use super::super::Format;
use super::super::document::{self, Entry, Node, Table, Value};
use super::super::read::Reader;
use super::super::table::{Verb, entity};
use super::Setting;

/// The type of a fact that is not known; its value is read as a word.
pub(super) const UNKNOWN_KIND: Type = Type::Choice(DomainId(usize::MAX));

/// Words before a value, and the key of a case file that they stand for.
const WORDS: [(&str, &str); 7] = [
    ("at least ", "at_least"),
    ("at most ", "at_most"),
    ("above ", "above"),
    ("below ", "below"),
    ("one of ", "one_of"),
    ("includes ", "includes"),
    ("excludes ", "excludes"),
];

/// A part of a text, with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    source: SourceId,
    start: usize,
}

impl<'a> Piece<'a> {
    pub(super) fn whole(setting: &Setting<'a>) -> Piece<'a> {
        Piece { text: setting.text, source: setting.source, start: 0 }.trimmed()
    }

    pub(super) fn span(self) -> Span {
        let place = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Span {
            source: self.source,
            start: place(self.start),
            end: place(self.start + self.text.len()),
        }
    }

    fn trimmed(self) -> Piece<'a> {
        let text = self.text.trim_start();
        let start = self.start + self.text.len() - text.len();
        Piece { text: text.trim_end(), start, ..self }
    }

    /// What stands before a mark and after it.
    pub(super) fn split_once(self, mark: &str) -> Option<(Piece<'a>, Piece<'a>)> {
        let (before, after) = self.text.split_once(mark)?;
        let start = self.start + before.len() + mark.len();
        let before = Piece { text: before, ..self };
        Some((before.trimmed(), Piece { text: after, start, ..self }.trimmed()))
    }

    /// The parts between marks.
    fn split(self, mark: &str) -> Vec<Piece<'a>> {
        let mut parts = Vec::new();
        let mut rest = self;
        while let Some((before, after)) = rest.split_once(mark) {
            parts.push(before);
            rest = after;
        }
        parts.push(rest);
        parts
    }

    /// The parts of a path.
    pub(super) fn segments(self) -> Vec<Piece<'a>> {
        self.split(".")
    }

    /// Path, value, and what is done with it.
    pub(super) fn assignment(self) -> Option<(Piece<'a>, Piece<'a>, Verb)> {
        let (path, value) = self.split_once("=").filter(|(path, _)| !path.text.is_empty())?;
        let (verb, end) = match path.text.as_bytes().last() {
            Some(b'+') => (Verb::Add, 1),
            Some(b'-') => (Verb::Remove, 1),
            _ => (Verb::Set, 0),
        };
        let text = path.text.get(..path.text.len() - end).unwrap_or(path.text);
        Some((Piece { text, ..path }.trimmed(), value, verb))
    }
}

/// The type of the fact that a path names, if it names one.
pub(super) fn kind(vocabulary: &Vocabulary, segments: &[Piece<'_>]) -> Option<Type> {
    let [head, .., last] = segments else { return None };
    if let Some(id) = entity(vocabulary, head.text) {
        let attribute = vocabulary.find_attribute(id, last.text)?;
        return Some(vocabulary.attribute(attribute).kind);
    }
    let relation = vocabulary.find_relation(head.text)?;
    Some(Type::Choice(vocabulary.relation(relation).kind))
}

/// A value: as in TOML where it begins like that, else words.
pub(super) fn node(reader: &mut Reader<'_>, value: Piece<'_>, kind: Type) -> Option<Node> {
    if value.text.starts_with(['[', '{', '"', '\'']) {
        return toml(reader, value);
    }
    let vocabulary = reader.vocabulary;
    let parts = value.split(" and ");
    let bounds: Vec<Option<Entry>> =
        parts.iter().map(|part| bound(vocabulary, *part, kind)).collect();
    if bounds.iter().all(Option::is_some) {
        let entries = bounds.into_iter().flatten().collect();
        return Some(Node { span: value.span(), value: Value::Table(Table { entries }) });
    }
    Some(plain(vocabulary, value, kind))
}

/// `at least medium`, as the key `at_least` with its value.
fn bound(vocabulary: &Vocabulary, part: Piece<'_>, kind: Type) -> Option<Entry> {
    let (word, key) = WORDS.iter().find(|(word, _)| part.text.starts_with(word))?;
    let text = part.text.get(word.len()..)?;
    let value = Piece { text, start: part.start + word.len(), ..part }.trimmed();
    let is_list = matches!(*key, "one_of" | "includes" | "excludes");
    let node = if is_list {
        list(vocabulary, value, kind)
    } else {
        word_or_number(vocabulary, value, kind)
    };
    Some(Entry { key: (*key).to_owned(), at: part.span(), node })
}

fn plain(vocabulary: &Vocabulary, value: Piece<'_>, kind: Type) -> Node {
    let is_set = matches!(kind, Type::Set(_)) && value.text != "unknown";
    if is_set { list(vocabulary, value, kind) } else { word_or_number(vocabulary, value, kind) }
}

fn list(vocabulary: &Vocabulary, value: Piece<'_>, kind: Type) -> Node {
    let whole = member(vocabulary, value.text, kind).is_some();
    let items = if whole { vec![value] } else { value.split(",") };
    let items = items.into_iter().map(|item| word_or_number(vocabulary, item, kind)).collect();
    Node { span: value.span(), value: Value::List(items) }
}

fn word_or_number(vocabulary: &Vocabulary, value: Piece<'_>, kind: Type) -> Node {
    let is = match (value.text, kind) {
        ("true", Type::YES_NO) => Value::Truth(true),
        ("false", Type::YES_NO) => Value::Truth(false),
        ("unknown", Type::Number) => Value::Text("unknown".to_owned()),
        (digits, Type::Number) => Value::Number(digits.to_owned()),
        (word, _) => Value::Text(member(vocabulary, word, kind).unwrap_or(word).to_owned()),
    };
    Node { span: value.span(), value: is }
}

/// The one member that texts call so, where none has it as its name: questions and advice show these words.
fn member<'v>(vocabulary: &'v Vocabulary, wording: &str, kind: Type) -> Option<&'v str> {
    let (Type::Choice(domain) | Type::Set(domain)) = kind else { return None };
    if kind == UNKNOWN_KIND {
        return None;
    }
    let members = &vocabulary.domain(domain).members;
    if wording == "unknown" || members.iter().any(|member| member.name == wording) {
        return None;
    }
    let mut called = members.iter().filter(|one| one.wording.eq_ignore_ascii_case(wording));
    let only = called.next()?;
    called.next().is_none().then_some(only.name.as_str())
}

/// A value as TOML has it. It is parsed where it stands, behind a key of the same length, so that places stay right.
fn toml(reader: &mut Reader<'_>, value: Piece<'_>) -> Option<Node> {
    let mark = value.start - 1;
    let padding = " ".repeat(mark.saturating_sub(1));
    let text = format!("x{padding}={}", value.text);
    match document::parse(value.source, &text, Format::Toml, "set") {
        Ok(table) => table.entries.into_iter().next().map(|entry| entry.node),
        Err(problems) => {
            for problem in problems {
                reader.problem(problem);
            }
            None
        }
    }
}
