//! All items of all packs by kind and name, each name once. Resolves nothing: it finds names that are declared twice or
//! that case files reserve, and sorts, so that nothing later depends on the order of files or items.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pack::{Pack, Passage};
use crate::source::Span;
use crate::syntax::tree::{self, EntityKind, Item, Name, Piece, Text};

/// Most rules in one run.
const MAX_RULES: usize = 100_000;

/// Names that case files use for themselves.
const RESERVED: [&str; 4] = ["case", "sources", "event", "done"];

/// Names of types.
const TYPES: [&str; 3] = ["yes_no", "number", "date"];

/// Items by kind, sorted by name; of a name declared twice, the first.
#[derive(Default)]
pub(super) struct Declared<'a> {
    pub(super) domains: Vec<&'a tree::Domain>,
    pub(super) entities: Vec<&'a tree::Entity>,
    pub(super) extensions: Vec<&'a tree::Entity>,
    pub(super) relations: Vec<&'a tree::Relation>,
    pub(super) risks: Vec<&'a tree::Risk>,
    pub(super) actions: Vec<&'a tree::Action>,
    pub(super) questions: Vec<&'a tree::Question>,
    pub(super) caveats: Vec<&'a tree::Caveat>,
    pub(super) definitions: Vec<&'a tree::Define>,
    pub(super) derivations: Vec<&'a tree::Derive>,
    pub(super) rules: Vec<&'a tree::Rule>,
    /// Of several packs, the ranking of the last that has one.
    pub(super) ranking: Option<&'a tree::Ranking>,
    pub(super) examples: Vec<&'a tree::Example>,
    pub(super) passages: Vec<&'a Passage>,
    /// Names of what was left out, whose uses are not reported too.
    pub(super) forgiven: BTreeSet<String>,
}

/// Collects the items of all packs.
pub(super) fn collect<'a>(packs: &'a [Pack], diagnostics: &mut Diagnostics) -> Declared<'a> {
    let mut declared = Declared::default();
    for pack in packs {
        declared.passages.extend(&pack.passages);
        let before = declared.rules.len();
        let mut rankings = Vec::new();
        declared
            .forgiven
            .extend(pack.files.iter().flat_map(|file| file.damage.names.iter().cloned()));
        for item in pack.files.iter().flat_map(|file| &file.items) {
            match item {
                Item::Ranking(ranking) => rankings.push(ranking),
                item => declared.add(item),
            }
        }
        check_size(declared.rules.get(before..).unwrap_or_default(), diagnostics);
        declared.lay_ranking(rankings, diagnostics);
    }
    declared.check_reserved(diagnostics);
    declared.keep_first(diagnostics);
    declared
}

impl<'a> Declared<'a> {
    fn add(&mut self, item: &'a Item) {
        match item {
            Item::Domain(domain) => self.domains.push(domain),
            Item::Entity(entity) if entity.kind == EntityKind::Members => {
                self.extensions.push(entity);
            }
            Item::Entity(entity) => self.entities.push(entity),
            Item::Relation(relation) => self.relations.push(relation),
            Item::Risk(risk) => self.risks.push(risk),
            Item::Action(action) => self.actions.push(action),
            Item::Question(question) => self.questions.push(question),
            Item::Declines(_) => {}
            Item::Caveat(caveat) => self.caveats.push(caveat),
            Item::Define(define) => self.definitions.push(define),
            Item::Derive(derive) => self.derivations.push(derive),
            Item::Rule(rule) => self.rules.push(rule),
            Item::Ranking(ranking) => self.ranking = Some(ranking),
            Item::Example(example) => self.examples.push(example),
        }
    }

    fn check_reserved(&self, diagnostics: &mut Diagnostics) {
        let entities = self.entities.iter().map(|entity| &entity.name);
        let domains = self.domains.iter().map(|domain| &domain.name);
        for name in entities.chain(domains) {
            let why = if RESERVED.contains(&name.text.as_str()) {
                "case files use this name for themselves"
            } else if TYPES.contains(&name.text.as_str()) {
                "this is the name of a type"
            } else {
                continue;
            };
            diagnostics.push(
                Diagnostic::new(
                    code::RESERVED_NAME,
                    name.span,
                    format!("`{}` cannot be declared", name.text),
                )
                .label(why)
                .help("choose another name"),
            );
        }
    }

    fn keep_first(&mut self, diagnostics: &mut Diagnostics) {
        self.keep_rows_apart(diagnostics);
        let before = self.domains.clone();
        unique(
            &mut self.domains,
            |it| (&it.name.text, it.name.span),
            "a scale or enum",
            diagnostics,
        );
        self.forgive_members(before);
        let before = self.entities.clone();
        unique(&mut self.entities, |it| (&it.name.text, it.name.span), ENTITY, diagnostics);
        self.forgive(before);
        self.extensions.sort_by_key(|it| (&it.name.text, it.name.span));
        unique(&mut self.relations, |it| (&it.name.text, it.name.span), "a relation", diagnostics);
        unique(&mut self.risks, |it| (&it.name.text, it.name.span), "a risk", diagnostics);
        unique(&mut self.actions, |it| (&it.name.text, it.name.span), "an action", diagnostics);
        unique(&mut self.questions, |it| (&it.name.text, it.name.span), "a question", diagnostics);
        unique(&mut self.caveats, |it| (&it.name.text, it.name.span), "a caveat", diagnostics);
        unique(&mut self.rules, |it| (&it.name.text, it.name.span), "a rule", diagnostics);
        unique(&mut self.passages, |it| (&it.id, it.span), "a passage", diagnostics);
        self.definitions.sort_by_key(|it| (&it.name.text, it.name.span));
        self.derivations.sort_by_key(|it| it.span);
        self.keep_calls_apart(diagnostics);
        self.keep_titles_apart(diagnostics);
    }

    /// Of an entity and a scale or enum of one name, keeps what stands first.
    fn keep_rows_apart(&mut self, diagnostics: &mut Diagnostics) {
        let domains = named(self.domains.iter().map(|domain| &domain.name));
        let entities = named(self.entities.iter().map(|entity| &entity.name));
        let (domains, entities) = (first_places(&domains), first_places(&entities));
        let before = self.entities.clone();
        self.entities.retain(|entity| match domains.get(entity.name.text.as_str()) {
            Some(first) if *first < entity.name.span => {
                let name = &entity.name;
                diagnostics.push(twice("a scale or enum", &name.text, name.span, *first));
                false
            }
            _ => true,
        });
        self.forgive(before);
        self.domains.retain(|domain| match entities.get(domain.name.text.as_str()) {
            Some(first) if *first < domain.name.span => {
                let name = &domain.name;
                diagnostics.push(twice("an entity", &name.text, name.span, *first));
                self.forgiven.insert(name.text.clone());
                false
            }
            _ => true,
        });
    }

    /// Remembers the attributes of entities that were left out, so that their uses are not reported too.
    fn forgive(&mut self, before: Vec<&'a tree::Entity>) {
        let kept: Vec<Span> = self.entities.iter().map(|entity| entity.name.span).collect();
        let gone = before.into_iter().filter(|entity| !kept.contains(&entity.name.span));
        let names = gone.flat_map(|entity| &entity.attributes).map(|it| it.name.text.clone());
        self.forgiven.extend(names);
    }

    /// The same for the members of scales and enums.
    fn forgive_members(&mut self, before: Vec<&'a tree::Domain>) {
        let kept: Vec<Span> = self.domains.iter().map(|domain| domain.name.span).collect();
        let gone = before.into_iter().filter(|domain| !kept.contains(&domain.name.span));
        let names = gone.flat_map(|domain| &domain.members).map(|it| it.name.text.clone());
        self.forgiven.extend(names);
    }

    fn keep_calls_apart(&mut self, diagnostics: &mut Diagnostics) {
        let relations = named(self.relations.iter().map(|relation| &relation.name));
        let taken = first_places(&relations);
        self.definitions.retain(|define| {
            let Some(first) = taken.get(define.name.text.as_str()) else { return true };
            diagnostics.push(twice("a relation", &define.name.text, define.name.span, *first));
            false
        });
    }

    /// The ranking of a pack replaces that of the packs below it.
    fn lay_ranking(&mut self, mut rankings: Vec<&'a tree::Ranking>, diagnostics: &mut Diagnostics) {
        rankings.sort_by_key(|ranking| ranking.span);
        let Some((first, rest)) = rankings.split_first() else { return };
        for other in rest {
            diagnostics.push(
                Diagnostic::new(code::DUPLICATE_NAME, other.span, "there are two rankings")
                    .label("and again here")
                    .related(first.span, "the ranking stands here")
                    .help("join the two"),
            );
        }
        self.ranking = Some(first);
    }

    fn keep_titles_apart(&mut self, diagnostics: &mut Diagnostics) {
        let mut titled: Vec<(String, &tree::Example)> =
            self.examples.iter().map(|example| (words(&example.title), *example)).collect();
        titled.sort_by(|(a, x), (b, y)| (a, x.span).cmp(&(b, y.span)));
        let mut first: Option<(String, Span)> = None;
        titled.retain(|(title, example)| match &first {
            Some((known, span)) if known == title => {
                diagnostics.push(twice("an example", title, example.title.span, *span));
                false
            }
            _ => {
                first = Some((title.clone(), example.title.span));
                true
            }
        });
        self.examples = titled.into_iter().map(|(_, example)| example).collect();
    }
}

fn check_size(rules: &[&tree::Rule], diagnostics: &mut Diagnostics) {
    if let Some(rule) = rules.get(MAX_RULES) {
        let message = format!("the pack has {} rules", rules.len());
        diagnostics.push(
            Diagnostic::new(code::TOO_MANY_RULES, rule.name.span, message)
                .label(format!("the first of more than {MAX_RULES}")),
        );
    }
}

/// What is said of an entity, to which attributes can be added.
const ENTITY: &str = "an entity";

type Names<'a> = Vec<(&'a str, Span)>;

fn named<'a>(names: impl Iterator<Item = &'a Name>) -> Names<'a> {
    names.map(|name| (name.text.as_str(), name.span)).collect()
}

fn first_places<'a>(names: &Names<'a>) -> BTreeMap<&'a str, Span> {
    let mut first = BTreeMap::new();
    for (name, span) in names {
        let place = first.entry(*name).or_insert(*span);
        *place = (*place).min(*span);
    }
    first
}

fn unique<'a, T>(
    items: &mut Vec<&'a T>,
    key: impl Fn(&'a T) -> (&'a String, Span),
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    items.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut first: Option<(&String, Span)> = None;
    items.retain(|item| {
        let (name, span) = key(item);
        match first {
            Some((known, place)) if known == name => {
                diagnostics.push(twice(what, name, span, place));
                false
            }
            _ => {
                first = Some((name, span));
                true
            }
        }
    });
}

/// One name declared twice.
pub(super) fn twice(what: &str, name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_NAME, span, format!("`{name}` is declared twice"))
        .label("declared again here")
        .related(first, format!("{what} of this name stands here"))
        .help(if what == ENTITY {
            format!("to add attributes to it, write `attributes of {name} {{ … }}`")
        } else {
            "rename or remove one of them".to_owned()
        })
}

/// The words of a text, its holes left out.
fn words(text: &Text) -> String {
    text.pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Words(words) => Some(words.as_str()),
            _ => None,
        })
        .collect()
}
