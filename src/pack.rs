//! A pack as texts: its manifest, its source index, its parsed rule files. Knows the syntax; resolves nothing, reads no
//! files: the shell passes texts in.

mod index;
mod manifest;
mod parallel;
mod table;

use std::collections::BTreeMap;

use crate::diagnostic::code::pack::{
    DUPLICATE_PACK, EMPTY_RULE_FILE, MISSING_BASE_PACK, NO_RULE_FILES, PACK_FILE_TOO_LARGE,
};
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{SourceId, SourceMap, Span, content_hash};
use crate::syntax::Wanted;
use crate::syntax::tree::File;

/// The name of the manifest in a pack's folder.
pub const MANIFEST: &str = "pack.toml";

/// The version of the rules language.
pub const LANGUAGE: &str = "1";

/// Most bytes that one file of a pack may have.
pub const MAX_FILE_BYTES: usize = 8 << 20;

/// A pack, read but not compiled.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// The pack that it is to be laid over, if it does not stand alone.
    pub extends: Option<String>,
    /// The sources that its passages stand in, by id.
    pub references: Vec<Reference>,
    /// The source index: what `cites` may name, by id.
    pub passages: Vec<Passage>,
    /// Its rule files, by name.
    pub files: Vec<File>,
    /// SHA-256 of its files' names and contents, in hexadecimal.
    pub hash: String,
    /// Its manifest.
    pub span: Span,
    /// Whether some of its manifest or source index could not be read, so that names may be missing.
    pub doubtful: bool,
}

/// A source that a pack cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its id: `idr-1997`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How well founded it is: `documented`, `reported` or `assumed`, where the pack says so.
    pub evidence: Option<String>,
}

/// A place in a source that can be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its id: `s2.convener-credible`.
    pub id: String,
    /// The source: `idr-1997`.
    pub source: String,
    /// Where it stands there, in words.
    pub place: String,
    /// Where the index says so.
    pub span: Span,
}

/// The texts of one pack, as the shell found them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackText {
    /// How the user knows the pack: a folder as typed.
    pub name: String,
    /// Names relative to the pack's folder, with `/`, and texts, in any order.
    pub files: Vec<(String, SourceId)>,
}

/// Reads a pack: its manifest, its source index and all of its `.rules` files. Everything wrong with them is reported
/// at once, except in examples that are not wanted; there is no pack where the manifest does not say which it is.
pub fn read(
    pack: &PackText,
    sources: &SourceMap,
    wanted: Wanted,
    diagnostics: &mut Diagnostics,
) -> Option<Pack> {
    let texts = texts(pack, sources, diagnostics);
    let mut found = Diagnostics::default();
    let manifest = manifest::read(pack, &texts, &mut found);
    let doubtful = found.has_errors();
    diagnostics.extend(found);
    let rules = |name: &str| extension(name) == "rules";
    let rule_files: Vec<_> = texts.values().filter(|text| rules(text.name)).collect();
    let sources: Vec<(SourceId, &str)> =
        rule_files.iter().map(|text| (text.id, text.content)).collect();
    let files = parallel::parse(&sources, wanted, diagnostics);
    for (text, file) in rule_files.iter().zip(&files) {
        if wanted == Wanted::Whole && file.items.is_empty() && file.damage.items.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    EMPTY_RULE_FILE,
                    text.start(),
                    format!("nothing stands in `{}`", text.name),
                )
                .help("comments say nothing to the program: take the `#` away, or remove the file"),
            );
        }
    }
    let manifest = manifest?;
    if files.is_empty() && !pack.files.iter().any(|(name, _)| rules(name)) {
        diagnostics.push(
            Diagnostic::new(
                NO_RULE_FILES,
                manifest.span,
                format!("the pack `{}` has no rule files", pack.name),
            )
            .help("put at least one file whose name ends in `.rules` beside `pack.toml`"),
        );
    }
    let counted = texts.values().filter(|text| {
        rules(text.name) || text.name == MANIFEST || manifest.indexes.contains(text.name)
    });
    Some(Pack {
        hash: content_hash(counted.flat_map(|text| [text.name, text.content])),
        id: manifest.id?,
        title: manifest.title?,
        version: manifest.version?,
        extends: manifest.extends,
        references: manifest.references,
        passages: manifest.passages,
        files,
        span: manifest.span,
        doubtful,
    })
}

/// Checks that packs can be laid over each other in this order: no id occurs twice, and what a pack extends lies below it.
pub fn order(packs: Vec<Pack>, diagnostics: &mut Diagnostics) -> Option<Vec<Pack>> {
    let mut below: BTreeMap<&str, Span> = BTreeMap::new();
    let mut sound = true;
    for pack in &packs {
        if let Some(base) = pack.extends.as_deref().filter(|base| !below.contains_key(base)) {
            sound = false;
            diagnostics.push(missing_base(pack, base, &packs, &below));
        }
        if let Some(first) = below.get(pack.id.as_str()) {
            sound = false;
            diagnostics.push(
                Diagnostic::new(
                    DUPLICATE_PACK,
                    pack.span,
                    format!("two packs have the id `{}`", pack.id),
                )
                .related(*first, "the other is here")
                .help("leave one of them out, or give it an id of its own"),
            );
        } else {
            below.insert(&pack.id, pack.span);
        }
    }
    sound.then_some(packs)
}

fn missing_base(
    pack: &Pack,
    base: &str,
    packs: &[Pack],
    below: &BTreeMap<&str, Span>,
) -> Diagnostic {
    let help = if base == pack.id {
        "a pack cannot be laid over itself: name the pack it adds to".to_owned()
    } else if packs.iter().any(|other| other.id == base) {
        format!("name the pack `{base}` before `{}`", pack.id)
    } else {
        did_you_mean(base, below.keys().copied())
            .unwrap_or_else(|| format!("load the pack `{base}` as well, before `{}`", pack.id))
    };
    Diagnostic::new(
        MISSING_BASE_PACK,
        pack.span,
        format!("the pack `{}` extends `{base}`, which does not lie below it", pack.id),
    )
    .help(help)
}

/// A file of the pack with its text.
#[derive(Debug, Clone, Copy)]
struct Text<'a> {
    name: &'a str,
    id: SourceId,
    content: &'a str,
}

impl Text<'_> {
    /// Its beginning.
    fn start(&self) -> Span {
        Span { source: self.id, start: 0, end: 0 }
    }
}

/// What stands after the last dot of a file's name.
fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The files of a pack that may count, by name; those that are too large are reported and left out.
fn texts<'a>(
    pack: &'a PackText,
    sources: &'a SourceMap,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<&'a str, Text<'a>> {
    let mut texts = BTreeMap::new();
    for (name, id) in &pack.files {
        let Some(source) = sources.get(*id) else { continue };
        let text = Text { name, id: *id, content: &source.text };
        let known = ["rules", "toml"].contains(&extension(name));
        if known && text.content.len() > MAX_FILE_BYTES {
            diagnostics.push(
                Diagnostic::new(
                    PACK_FILE_TOO_LARGE,
                    text.start(),
                    format!("`{name}` is larger than 8 MiB"),
                )
                .help("split it into several files"),
            );
        } else if known {
            texts.insert(name.as_str(), text);
        }
    }
    texts
}
