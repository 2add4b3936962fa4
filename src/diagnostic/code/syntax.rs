//! Codes of the phase `syntax`.

use super::Code;

/// A file that is too large or no text.
pub const NOT_A_RULE_FILE: Code =
    Code::error("not-a-rule-file", "a file that is too large or no text");
/// Something between items that starts no item.
pub const NO_ITEM: Code = Code::error("no-item", "something that starts no item");
/// `{` without `}`.
pub const UNCLOSED_BRACE: Code = Code::error("unclosed-brace", "a `{` that is never closed");
/// `}` without `{`.
pub const UNOPENED_BRACE: Code = Code::error("unopened-brace", "a `}` that closes nothing");
/// A text without its closing quote.
pub const UNCLOSED_TEXT: Code = Code::error("unclosed-text", "a text that is never closed");
/// Blocks within blocks without end.
pub const TOO_DEEP: Code = Code::error("too-deep", "blocks that are nested too deep");
/// A word or text without end.
pub const TOO_LONG: Code = Code::error("too-long", "a word or text that is too long");
/// More mistakes than are listed.
pub const TOO_MANY_MISTAKES: Code =
    Code::error("too-many-mistakes", "more mistakes than are listed");
/// Something else was expected here.
pub const UNEXPECTED: Code = Code::error("unexpected", "something other than expected");
/// A clause that may stand once stands twice.
pub const DUPLICATE_CLAUSE: Code = Code::error("duplicate-clause", "a clause that stands twice");
/// A clause that must stand is absent.
pub const MISSING_CLAUSE: Code = Code::error("missing-clause", "a clause that is missing");
/// A number that is no number, or too large, or too exact.
pub const BAD_NUMBER: Code = Code::error("bad-number", "a number that cannot be read");
/// A date that does not exist.
pub const BAD_DATE: Code = Code::error("bad-date", "a date that does not exist");
/// Braces in a text with something other than names in them.
pub const BAD_HOLE: Code = Code::error("bad-hole", "braces in a text that cannot be filled in");
/// A backslash before something that needs none.
pub const BAD_ESCAPE: Code = Code::error("bad-escape", "a backslash that means nothing");

/// All codes of this phase.
pub const ALL: &[Code] = &[
    NOT_A_RULE_FILE,
    NO_ITEM,
    UNCLOSED_BRACE,
    UNOPENED_BRACE,
    UNCLOSED_TEXT,
    TOO_DEEP,
    TOO_LONG,
    TOO_MANY_MISTAKES,
    UNEXPECTED,
    DUPLICATE_CLAUSE,
    MISSING_CLAUSE,
    BAD_NUMBER,
    BAD_DATE,
    BAD_HOLE,
    BAD_ESCAPE,
];
