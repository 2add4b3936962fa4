//! A pack as texts: its manifest, its source index, its parsed rule files. Knows the syntax; resolves nothing, reads no
//! files: the shell passes texts in.

use crate::source::Span;
use crate::syntax::tree::File;

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
    /// The source index: what `cites` may name.
    pub passages: Vec<Passage>,
    /// Its rule files, by name.
    pub files: Vec<File>,
    /// SHA-256 of its files' names and contents, in hexadecimal.
    pub hash: String,
    /// Its manifest.
    pub span: Span,
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
