//! Codes of the phase `pack`: manifests, source indexes, and packs laid over each other.

use super::Code;

/// The folder has no `pack.toml`.
pub const NO_MANIFEST: Code = Code::error("no-manifest", "a pack without pack.toml");
/// A file of the pack is not TOML.
pub const INVALID_PACK_TOML: Code =
    Code::error("invalid-pack-toml", "a file of the pack that cannot be read as TOML");
/// A table of the manifest has no such key.
pub const UNKNOWN_PACK_KEY: Code =
    Code::error("unknown-pack-key", "a key that pack.toml does not know");
/// A table of the manifest lacks a key.
pub const MISSING_PACK_KEY: Code =
    Code::error("missing-pack-key", "something that pack.toml must say");
/// A value is of another type than its key wants.
pub const WRONG_PACK_TYPE: Code =
    Code::error("wrong-pack-type", "a value of the wrong type in pack.toml");
/// The rules are written for another version of the language.
pub const UNKNOWN_LANGUAGE: Code =
    Code::error("unknown-language", "a version of the rules language that is not known");
/// The id of a pack or source is not made of small letters, digits and dashes.
pub const INVALID_PACK_ID: Code =
    Code::error("invalid-pack-id", "an id of a pack or source that cannot be one");
/// The id of a passage cannot be cited.
pub const INVALID_PASSAGE_ID: Code =
    Code::error("invalid-passage-id", "an id of a passage that cannot be one");
/// A source says `documented`, `reported` or `assumed`, nothing else.
pub const UNKNOWN_SOURCE_EVIDENCE: Code =
    Code::error("unknown-source-evidence", "a source whose evidence is not a known word");
/// The manifest names an index file that the pack does not have.
pub const NO_INDEX_FILE: Code =
    Code::error("no-index-file", "an index file that the pack does not have");
/// A passage stands twice in the index.
pub const DUPLICATE_PASSAGE: Code = Code::error("duplicate-passage", "a passage listed twice");
/// The pack has no rule files.
pub const NO_RULE_FILES: Code = Code::error("no-rule-files", "a pack without rule files");
/// A rule file of comments alone.
pub const EMPTY_RULE_FILE: Code =
    Code::warning("empty-rule-file", "a rule file in which nothing stands");
/// A file is larger than the limit.
pub const PACK_FILE_TOO_LARGE: Code =
    Code::error("pack-file-too-large", "a file of the pack that is too large");
/// Two packs have one id.
pub const DUPLICATE_PACK: Code = Code::error("duplicate-pack", "two packs with one id");
/// What a pack extends does not lie below it.
pub const MISSING_BASE_PACK: Code =
    Code::error("missing-base-pack", "a pack laid over one that is not there");

/// All codes of this phase.
pub const ALL: &[Code] = &[
    NO_MANIFEST,
    INVALID_PACK_TOML,
    UNKNOWN_PACK_KEY,
    MISSING_PACK_KEY,
    WRONG_PACK_TYPE,
    UNKNOWN_LANGUAGE,
    INVALID_PACK_ID,
    INVALID_PASSAGE_ID,
    UNKNOWN_SOURCE_EVIDENCE,
    NO_INDEX_FILE,
    DUPLICATE_PASSAGE,
    NO_RULE_FILES,
    EMPTY_RULE_FILE,
    PACK_FILE_TOO_LARGE,
    DUPLICATE_PACK,
    MISSING_BASE_PACK,
];
