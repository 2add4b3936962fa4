//! Codes of the phase `case`.

use super::Code;

/// The text is not valid TOML or JSON.
pub const MALFORMED_CASE: Code = Code::error("malformed-case", "a case file that cannot be read");
/// There is nothing in the file.
pub const EMPTY_CASE: Code = Code::error("empty-case", "a case file without anything in it");
/// A limit on size, nesting, rows or events is passed.
pub const CASE_TOO_LARGE: Code = Code::error("case-too-large", "a case file beyond a limit");
/// More problems than anybody reads at once.
pub const TOO_MANY_PROBLEMS: Code =
    Code::warning("too-many-problems", "a case file with very many problems");
/// One key stands twice in one place.
pub const REPEATED_KEY: Code = Code::error("repeated-key", "a key that stands twice");
/// A key that neither the format nor the vocabulary knows.
pub const UNKNOWN_KEY: Code = Code::error("unknown-key", "a key that means nothing here");
/// Something that must be said is not.
pub const MISSING_KEY: Code = Code::error("missing-key", "something that must be said");
/// An id that is not made as ids are.
pub const MALFORMED_ID: Code = Code::error("malformed-id", "an id that is not made as ids are");
/// Two rows or events have one id.
pub const REPEATED_ID: Code = Code::error("repeated-id", "an id that stands for two things");
/// A value of the wrong type or form.
pub const WRONG_VALUE: Code = Code::error("wrong-value", "a value of the wrong kind");
/// A word that the scale or enum does not have.
pub const UNKNOWN_VALUE: Code = Code::error("unknown-value", "a word that is not among the values");
/// A date that does not exist or is not written as dates are.
pub const MALFORMED_DATE: Code = Code::error("malformed-date", "a date that cannot be read");
/// A row that the case does not list.
pub const UNKNOWN_ROW: Code = Code::error("unknown-row", "a party or other row that is not listed");
/// An event that the case does not tell of.
pub const UNKNOWN_EVENT: Code = Code::error("unknown-event", "an event that is not in the case");
/// A source that `[sources]` does not list.
pub const UNKNOWN_SOURCE: Code = Code::error("unknown-source", "a source that is not listed");
/// A passage that no source index lists.
pub const UNKNOWN_PASSAGE: Code =
    Code::error("unknown-passage", "a passage that no source index lists");
/// An action that the rules do not have.
pub const UNKNOWN_CASE_ACTION: Code =
    Code::error("unknown-case-action", "an action that the rules do not know");
/// A speaker who is neither a row nor a source.
pub const UNKNOWN_SPEAKER: Code =
    Code::error("unknown-speaker", "a speaker who is neither listed nor a source");
/// A fixed attribute of a member is stated.
pub const FIXED_FACT: Code = Code::error("fixed-fact", "a fact that the rules have settled");
/// What is said of one value excludes itself.
pub const IMPOSSIBLE_VALUE: Code =
    Code::error("impossible-value", "a value that excludes every possibility");
/// Two places state one fact differently.
pub const CONTRADICTORY_FACTS: Code =
    Code::error("contradictory-facts", "one fact stated in two ways");
/// Events on one day set one fact differently.
pub const CONFLICTING_EVENTS: Code =
    Code::error("conflicting-events", "events on one day that set one fact differently");
/// Events come after each other in a circle.
pub const CIRCULAR_EVENTS: Code =
    Code::error("circular-events", "events that come after each other in a circle");
/// An event is dated before the one it comes after.
pub const EVENT_OUT_OF_ORDER: Code =
    Code::error("event-out-of-order", "an event dated before the one it follows");
/// An event is seen before one that it is listed after.
pub const LISTED_OUT_OF_ORDER: Code =
    Code::warning("listed-out-of-order", "an event that is seen before one it is listed after");
/// An event has neither a date nor a place in the order.
pub const UNDATED_EVENT: Code =
    Code::error("undated-event", "an event with neither date nor place in the order");
/// A row ends before it begins.
pub const ROW_NEVER_THERE: Code =
    Code::error("row-never-there", "a party or other row that ends before it begins");
/// An event says something of a row that is not there by then.
pub const ROW_NOT_THERE: Code =
    Code::warning("row-not-there", "an event that speaks of a row before or after its time");
/// A relation of a row with itself.
pub const SELF_RELATION: Code = Code::error("self-relation", "a relation of a party with itself");
/// An event takes out of a set what was not in it.
pub const REMOVES_NOTHING: Code =
    Code::warning("removes-nothing", "an event that takes out what was not in");
/// Facts that hold from the start come from a later source.
pub const LATE_SOURCE: Code =
    Code::warning("late-source", "facts from the start whose source is later");

/// All codes of this phase.
pub const ALL: &[Code] = &[
    MALFORMED_CASE,
    EMPTY_CASE,
    CASE_TOO_LARGE,
    TOO_MANY_PROBLEMS,
    REPEATED_KEY,
    UNKNOWN_KEY,
    MISSING_KEY,
    MALFORMED_ID,
    REPEATED_ID,
    WRONG_VALUE,
    UNKNOWN_VALUE,
    MALFORMED_DATE,
    UNKNOWN_ROW,
    UNKNOWN_EVENT,
    UNKNOWN_SOURCE,
    UNKNOWN_PASSAGE,
    UNKNOWN_CASE_ACTION,
    UNKNOWN_SPEAKER,
    FIXED_FACT,
    IMPOSSIBLE_VALUE,
    CONTRADICTORY_FACTS,
    CONFLICTING_EVENTS,
    CIRCULAR_EVENTS,
    EVENT_OUT_OF_ORDER,
    LISTED_OUT_OF_ORDER,
    UNDATED_EVENT,
    ROW_NEVER_THERE,
    ROW_NOT_THERE,
    SELF_RELATION,
    REMOVES_NOTHING,
    LATE_SOURCE,
];
