//! A document to a case: first every id (sources, rows, events), then every statement, then the order of events.
//! Holds what all the readers beside it share: the ids, the problems found, and where a problem is one too many.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity, code};
use crate::facts::Evidence;
use crate::knowledge::{EntityId, EntityKind, KnowledgeBase, Vocabulary};
use crate::source::{SourceId, Span};

use super::document::{Entry, Node, Table, Value};
use super::words::{known_here, list, member_suggestion, quoted, suggestion};
use super::{
    Case, CaseRow, CitedPassage, CitedSource, Statements, event, header, look_back, order, row,
    settle, table,
};

/// Most problems that are told at once; with the note that there are more, as many as are shown.
const MAX_PROBLEMS: usize = 99;

/// What is being read, and what is wrong with it.
pub(super) struct Reader<'a> {
    pub(super) knowledge: &'a KnowledgeBase,
    pub(super) vocabulary: &'a Vocabulary,
    /// The sources of the case.
    pub(super) sources: BTreeMap<String, CitedSource>,
    /// The rows of the case.
    pub(super) rows: BTreeMap<EntityId, BTreeMap<String, CaseRow>>,
    /// The events of the case, with the places of their ids.
    pub(super) events: BTreeMap<String, Span>,
    /// The header's own evidence.
    pub(super) evidence: Option<Evidence>,
    /// The passages that are cited anywhere.
    pub(super) cites: Vec<CitedPassage>,
    /// What the shell shows.
    problems: Vec<Diagnostic>,
    /// Problems beyond the most that are told.
    beyond: usize,
    /// How many of the problems that are told are errors.
    errors: usize,
    /// How many are warnings.
    warnings: usize,
}

/// Reads a document of a text that ends at `end`, with the problems found; no case where one of them is an error.
pub(super) fn case(
    (source, end): (SourceId, usize),
    document: &Table,
    knowledge: &KnowledgeBase,
) -> (Option<Case>, Vec<Diagnostic>) {
    let mut reader = Reader::new(knowledge);
    header::sources(&mut reader, document);
    let listed = row::list(&mut reader, document);
    let told = event::list(&mut reader, document);
    let header = header::header(&mut reader, document, source);
    let default = header.source.as_deref();
    row::boundaries(&mut reader, &listed, default);
    let mut base = Statements::default();
    table::base(&mut reader, document, &listed, default, &mut base);
    header::actions(&mut reader, document, default, &mut base);
    let base = settle::settle(&mut reader, base);
    let (events, whole) = event::read(&mut reader, &told, default);
    let events = order::arrange(&mut reader, events, whole);
    reader.cites.sort();
    let case = Case {
        id: header.id,
        title: header.title,
        place: header.place,
        text: source,
        source: header.source,
        evidence: reader.evidence_of(None),
        sources: reader.sources.values().cloned().collect(),
        complete: header.complete,
        rows: reader.rows.values().flat_map(BTreeMap::values).cloned().collect(),
        base,
        events,
        cites: reader.cites.clone(),
    };
    if whole {
        look_back::look_back(&mut reader, &case);
    }
    let end = u32::try_from(end).unwrap_or(u32::MAX);
    reader.finish(case, Span { source, start: end, end })
}

impl<'a> Reader<'a> {
    /// Nothing read and nothing found yet.
    pub(super) fn new(knowledge: &'a KnowledgeBase) -> Reader<'a> {
        Reader {
            knowledge,
            vocabulary: &knowledge.vocabulary,
            sources: BTreeMap::new(),
            rows: BTreeMap::new(),
            events: BTreeMap::new(),
            evidence: None,
            cites: Vec::new(),
            problems: Vec::new(),
            beyond: 0,
            errors: 0,
            warnings: 0,
        }
    }
}

impl Reader<'_> {
    /// Notes a problem, unless there are too many of its kind already, so that warnings never hide an error.
    pub(super) fn problem(&mut self, problem: Diagnostic) {
        let told = match problem.code.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        if *told < MAX_PROBLEMS {
            *told += 1;
            self.problems.push(problem);
        } else {
            self.beyond += 1;
        }
    }

    /// Whether no more problems are told; to be asked before a costly one is put into words, which it then counts.
    pub(super) fn is_full(&mut self) -> bool {
        let full = self.errors >= MAX_PROBLEMS;
        self.beyond += usize::from(full);
        full
    }

    /// What was read, unless there are errors, and all problems; `end` is the end of the text.
    pub(super) fn finish<T>(mut self, read: T, end: Span) -> (Option<T>, Vec<Diagnostic>) {
        self.make_room();
        if self.beyond > 0 {
            let told = self.problems.len();
            let message =
                format!("besides the first {told} problems there are {} more", self.beyond);
            let problem = Diagnostic::new(code::case::TOO_MANY_PROBLEMS, end, message)
                .help("is it a file for these rules? if so, mend the first ones and look again");
            self.problems.push(problem);
        }
        ((self.errors == 0).then_some(read), self.problems)
    }

    /// Leaves out the warnings that no longer have room beside the errors.
    fn make_room(&mut self) {
        let mut room = MAX_PROBLEMS.saturating_sub(self.errors);
        let before = self.problems.len();
        self.problems.retain(|problem| {
            let kept = problem.code.severity == Severity::Error || room > 0;
            room -= usize::from(kept && problem.code.severity == Severity::Warning);
            kept
        });
        self.beyond += before - self.problems.len();
    }

    /// Notes that a name is not known, with the nearest that is, or else the ones there are.
    pub(super) fn unknown<'n>(
        &mut self,
        code: Code,
        at: Span,
        message: String,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        if self.is_full() {
            return;
        }
        let help = suggestion(name, known.clone()).or_else(|| known_here(name, known));
        self.problem(Diagnostic::new(code, at, message).maybe_help(help));
    }

    /// Notes a value of the wrong kind.
    pub(super) fn wrong(&mut self, node: &Node, what: &str, wanted: &str, help: Option<String>) {
        let message = format!("{what} must be {wanted}, not {}", node.value.kind());
        let label = format!("{} stands here", node.value.kind());
        self.problem(
            Diagnostic::new(code::case::WRONG_VALUE, node.span, message)
                .label(label)
                .maybe_help(help),
        );
    }

    /// The table in an entry, or a problem.
    pub(super) fn table<'n>(&mut self, entry: &'n Entry, form: &str) -> Option<&'n Table> {
        if let Value::Table(table) = &entry.node.value {
            return Some(table);
        }
        let help = Some(format!("write {form}"));
        self.wrong(&entry.node, &quoted(&entry.key), "a table", help);
        None
    }

    /// The text in an entry, or a problem.
    pub(super) fn text<'n>(&mut self, entry: &'n Entry) -> Option<&'n str> {
        if let Value::Text(text) = &entry.node.value {
            return Some(text);
        }
        let help = Some("words stand in double quotes".to_owned());
        self.wrong(&entry.node, &quoted(&entry.key), "a text", help);
        None
    }

    /// The name or title in an entry, or a problem where there is none or it is blank.
    pub(super) fn name<'n>(&mut self, entry: &'n Entry) -> Option<&'n str> {
        let text = self.text(entry)?;
        if !text.trim().is_empty() {
            return Some(text);
        }
        let message = format!("{} is blank", quoted(&entry.key));
        self.problem(
            Diagnostic::new(code::case::WRONG_VALUE, entry.node.span, message)
                .help("write the words that advice is to use, or leave the key out"),
        );
        None
    }

    /// The items of a list in an entry, or a problem.
    pub(super) fn items<'n>(&mut self, entry: &'n Entry, example: &str) -> &'n [Node] {
        if let Value::List(items) = &entry.node.value {
            return items;
        }
        let help = Some(format!("write {example}"));
        self.wrong(&entry.node, &quoted(&entry.key), "a list", help);
        &[]
    }

    /// A source's id in an entry, if there is such a source.
    pub(super) fn source(&mut self, entry: &Entry) -> Option<String> {
        let id = self.text(entry)?;
        self.source_id(id, entry.node.span)
    }

    /// The id, if there is such a source.
    pub(super) fn source_id(&mut self, id: &str, at: Span) -> Option<String> {
        if self.sources.contains_key(id) {
            return Some(id.to_owned());
        }
        if self.is_full() {
            return None;
        }
        let known: Vec<String> = self.sources.keys().cloned().collect();
        let message = format!("there is no source {}", quoted(id));
        if known.is_empty() {
            let help = format!("list it: `[sources]`, then `{} = {{ title = \"…\" }}`", short(id));
            self.problem(Diagnostic::new(code::case::UNKNOWN_SOURCE, at, message).help(help));
        } else {
            let names = known.iter().map(String::as_str);
            self.unknown(code::case::UNKNOWN_SOURCE, at, message, id, names);
        }
        None
    }

    /// How well a fact of a source is founded, where the fact itself does not say.
    pub(super) fn evidence_of(&self, source: Option<&str>) -> Evidence {
        match source.and_then(|id| self.sources.get(id)) {
            Some(source) => source.evidence,
            None => self.evidence.unwrap_or(Evidence::Reported),
        }
    }

    /// Whether an entity has a row or member with this id.
    pub(super) fn has_row(&self, entity: EntityId, id: &str) -> bool {
        match self.vocabulary.entity(entity).kind {
            EntityKind::Many => self.rows.get(&entity).is_some_and(|rows| rows.contains_key(id)),
            EntityKind::One => id.is_empty(),
            EntityKind::Members(domain) => {
                self.vocabulary.domain(domain).members.iter().any(|member| member.name == id)
            }
        }
    }

    /// Checks that a key names a row or member of an entity.
    pub(super) fn row(&mut self, entity: EntityId, id: &str, at: Span) -> bool {
        if self.has_row(entity, id) {
            return true;
        }
        if self.is_full() {
            return false;
        }
        let (vocabulary, name) = (self.vocabulary, &self.vocabulary.entity(entity).name);
        if let EntityKind::Members(domain) = vocabulary.entity(entity).kind {
            let message = format!("{} is not among the values of `{name}`", quoted(id));
            let members = &vocabulary.domain(domain).members;
            let names = members.iter().map(|member| member.name.as_str());
            let help = member_suggestion(id, members).or_else(|| known_here(id, names));
            let problem = Diagnostic::new(code::case::UNKNOWN_VALUE, at, message).maybe_help(help);
            self.problem(problem);
            return false;
        }
        let message = format!("the case lists no {name} {}", quoted(id));
        let rows = self.rows.get(&entity).into_iter().flat_map(BTreeMap::keys);
        let known: Vec<String> = rows.cloned().collect();
        if known.is_empty() {
            let help = format!("list it: `[[{name}]]`, then `id = \"{}\"`", short(id));
            self.problem(Diagnostic::new(code::case::UNKNOWN_ROW, at, message).help(help));
        } else {
            let known = known.iter().map(String::as_str);
            self.unknown(code::case::UNKNOWN_ROW, at, message, id, known);
        }
        false
    }

    /// Checks that an id names an event.
    pub(super) fn event(&mut self, id: &str, at: Span) -> bool {
        if self.events.contains_key(id) {
            return true;
        }
        if self.is_full() {
            return false;
        }
        let known: Vec<String> = self.events.keys().cloned().collect();
        let message = format!("there is no event {}", quoted(id));
        if known.is_empty() {
            let help = "tell of it: `[[event]]`, with an `id` and a date in `at`";
            self.problem(Diagnostic::new(code::case::UNKNOWN_EVENT, at, message).help(help));
            return false;
        }
        let names = known.iter().map(String::as_str);
        self.unknown(code::case::UNKNOWN_EVENT, at, message, id, names);
        false
    }

    /// Notes keys of a table that are none of these.
    pub(super) fn only(&mut self, table: &Table, place: &str, known: &[&str]) {
        for entry in &table.entries {
            if !known.contains(&entry.key.as_str()) {
                self.misplaced(entry, place, known);
            }
        }
    }
}

/// Words that people write for keys, with the key.
const OTHER_WORDS: [(&str, &str); 7] = [
    ("date", "at"),
    ("when", "at"),
    ("day", "at"),
    ("on", "at"),
    ("name", "title"),
    ("start", "from"),
    ("end", "until"),
];

impl Reader<'_> {
    /// Notes a key that means nothing in a place; where it is a fact, also of what.
    fn misplaced(&mut self, entry: &Entry, place: &str, known: &[&str]) {
        let message = format!("{} means nothing in {place}", quoted(&entry.key));
        let other =
            OTHER_WORDS.iter().find(|(word, key)| *word == entry.key && known.contains(key));
        if let Some((_, key)) = other {
            let problem = Diagnostic::new(code::case::UNKNOWN_KEY, entry.at, message);
            return self.problem(problem.help(format!("did you mean `{key}`?")));
        }
        let owners = table::owners(self.vocabulary, &entry.key);
        if owners.is_empty() || suggestion(&entry.key, known.iter().copied()).is_some() {
            let known = known.iter().copied();
            return self.unknown(code::case::UNKNOWN_KEY, entry.at, message, &entry.key, known);
        }
        let help = format!("it is a fact of {}", list(owners, "and of"));
        self.problem(Diagnostic::new(code::case::UNKNOWN_KEY, entry.at, message).help(help));
    }
}

/// An id as an example for a help text; one that is too long or odd gives way to `…`.
pub(super) fn short(id: &str) -> &str {
    if is_id(id) && id.len() <= 40 { id } else { "…" }
}

/// Whether ids are made like this: small letters, digits, `-` and `_`, with a letter or digit first.
pub(super) fn is_id(id: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    id.bytes().next().is_some_and(inner)
        && id.bytes().all(|byte| inner(byte) || byte == b'-' || byte == b'_')
}

/// Says how ids are made, with the id mended where that is simple.
pub(super) fn check_id(reader: &mut Reader<'_>, id: &str, at: Span) -> bool {
    if is_id(id) {
        return true;
    }
    let mended: String = id
        .chars()
        .map(
            |letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' },
        )
        .collect();
    let mended = mended.trim_matches('-');
    let help = if is_id(mended) && mended.len() <= 40 {
        format!("write `{mended}`")
    } else {
        "write something like `water-board`".to_owned()
    };
    let message = format!("{} cannot be an id", quoted(id));
    reader.problem(
        Diagnostic::new(code::case::MALFORMED_ID, at, message)
            .label("ids are small letters, digits, `-` and `_`, a letter or digit first")
            .help(help),
    );
    false
}
